//! Reads `[[kind]]`.
//!
//! Invariant: a kind that is broken counts as declared, as one of its core kind or an item.

use super::reader::{FILE_TABLES, Reader};
use crate::syntax::{Code, Fields, Node, allowed, suggestion, tables_of};
use crate::vocabulary::kind::{CoreKind, Kind, KindId, Origin};

/// The greatest number of kinds that a dossier declares.
const MAX_KINDS: usize = 200;

/// The greatest number of kinds above a kind.
const MAX_DEPTH: usize = 4;

/// Reads the kinds of all files: first their names, then what they lie below.
pub(super) fn read<'a>(reader: &mut Reader, roots: &mut [Fields<'a>]) {
    let mut declared: Vec<(KindId, Node<'a>, Fields<'a>)> = Vec::new();
    for root in roots {
        for node in tables_of(root, "kind", &mut reader.defects) {
            let Some(mut fields) = node.as_table() else { continue };
            if !reader.has_room("kind", MAX_KINDS, node) {
                continue;
            }
            match kind(reader, &mut fields) {
                Some(id) => declared.push((id, node, fields)),
                None => close(reader, fields),
            }
        }
    }
    for (id, _, fields) in &mut declared {
        let Some(node) = fields.get("of") else { continue };
        let parent = reader.kind(node);
        if let Some(kind) = reader.vocabulary.kinds.get_mut(id.index()) {
            kind.parent = parent;
        }
    }
    for (id, _, fields) in &declared {
        cut_circle(reader, *id, fields);
    }
    for (id, node, fields) in declared {
        settle(reader, id, node, &fields);
        close(reader, fields);
    }
}

/// Reads everything but `of`.
fn kind(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<KindId> {
    let name = reader.name(fields)?;
    if !reader.declare("kind", name, fields) {
        return None;
    }
    let label = reader.label(fields, "label");
    let plural = reader.label(fields, "plural");
    let group = reader.label(fields, "group");
    let order = reader.order(fields);
    let extends = reader.flag(fields, "extend") == Some(true);
    if let Some(id) = reader.vocabulary.find_kind(name) {
        // Kinds are not replaced, which is told here.
        let replaces = !extends && fields.get("replaces").is_some();
        if replaces && id.index() < CoreKind::ALL.len() {
            let found = format!("kind \"{name}\" is one of the core");
            let remedy = "expected extend = true, with which label, order and heading may change";
            reader.defects.push(fields.defect(Code::VocabularyCore, found, remedy));
            return None;
        }
        if !extends {
            reader.defects.push(fields.defect(
                Code::VocabularyDuplicate,
                format!("kind \"{name}\" exists"),
                "expected extend = true",
            ));
            return None;
        }
        check_same(reader, id, fields);
        if let Some(kind) = reader.vocabulary.kinds.get_mut(id.index()) {
            kind.label = label.unwrap_or_else(|| kind.label.clone());
            kind.plural = plural.unwrap_or_else(|| kind.plural.clone());
            kind.group = group.unwrap_or_else(|| kind.group.clone());
            kind.order = order.or(kind.order);
        }
        return None;
    }
    if extends {
        let names = reader.vocabulary.kinds.iter().map(|kind| &*kind.name);
        let remedy = suggestion(name, names, || "expected no extend = true".into());
        let found = format!("kind \"{name}\" does not exist");
        reader.defects.push(fields.defect(Code::VocabularyUnknown, found, remedy));
    }
    if FILE_TABLES.contains(&name) {
        let found = format!("kind \"{name}\" has the name of another table");
        if let Some(node) = fields.get("name") {
            reader.defects.push(node.defect(Code::VocabularyReserved, found, "expected another name"));
        }
    }
    let label = label.unwrap_or_else(|| {
        if fields.get("label").is_none() && !extends {
            reader.defects.push(fields.defect(Code::WrongValue, "no \"label\"", "expected label = \"…\""));
        }
        name.into()
    });
    let id = KindId::from_index(reader.vocabulary.kinds.len());
    let plural = plural.unwrap_or_else(|| format!("{label}s").into());
    reader.vocabulary.kinds.push(Kind {
        name: name.into(),
        group: group.unwrap_or_else(|| plural.clone()),
        plural,
        label,
        core: CoreKind::Item,
        parent: None,
        position: 0,
        origin: reader.origin,
        order,
    });
    reader.vocabulary.kinds_by_name.insert(name.into(), id);
    Some(id)
}

/// Reports what an extended kind cannot change: what it lies below.
fn check_same(reader: &mut Reader, id: KindId, fields: &mut Fields<'_>) {
    let Some(node) = fields.get("of") else { return };
    let kind = reader.vocabulary.kind(id);
    let above = kind.parent.map(|parent| &*reader.vocabulary.kind(parent).name);
    if above.is_none() || node.as_text() != above {
        let code = if id.index() < CoreKind::ALL.len() { Code::VocabularyCore } else { Code::VocabularyMisfit };
        let found = format!("\"of\" of kind \"{}\", which exists", kind.name);
        reader.defects.push(node.defect(code, found, "expected label, plural, group or order"));
    }
}

/// Reports a kind that lies below itself, once for all kinds of the circle, which then count as items.
fn cut_circle(reader: &mut Reader, id: KindId, fields: &Fields<'_>) {
    let vocabulary = &reader.vocabulary;
    let above = vocabulary.with_above(id).skip(1).take(vocabulary.kinds.len());
    let above: Vec<KindId> = above.collect();
    let Some(others) = above.iter().position(|&kind| kind == id).and_then(|at| above.get(..at)) else { return };
    let circle: Vec<KindId> = std::iter::once(id).chain(others.iter().copied()).collect();
    let members: Vec<String> = circle.iter().map(|&id| format!("\"{}\"", vocabulary.kind(id).name)).collect();
    let found =
        format!("kind {} lies below itself: {}", members.first().map_or("", String::as_str), members.join(", "));
    reader.defects.push(fields.defect(Code::VocabularyCycle, found, "expected a chain to a core kind"));
    for id in circle {
        if let Some(kind) = reader.vocabulary.kinds.get_mut(id.index()) {
            kind.parent = Some(CoreKind::Item.into());
        }
    }
}

/// Finds the core kind of a kind; without one, it counts as an item.
fn settle(reader: &mut Reader, id: KindId, node: Node<'_>, fields: &Fields<'_>) {
    if reader.origin == Origin::Core {
        if let (Some(kind), Some(&core)) = (reader.vocabulary.kinds.get_mut(id.index()), CoreKind::ALL.get(id.index()))
        {
            kind.core = core;
        }
        return;
    }
    let vocabulary = &reader.vocabulary;
    let above: Vec<KindId> = vocabulary.with_above(id).take(MAX_DEPTH.saturating_add(2)).collect();
    let core = above.last().and_then(|kind| CoreKind::ALL.get(kind.index()).copied());
    let name = &vocabulary.kind(id).name;
    let defect = match core {
        Some(CoreKind::Document) => {
            let found = format!("kind \"{name}\" lies below document");
            let remedy = "documents are declared as [[source]]; its key \"kind\" says of what sort one is";
            Some(fields.defect(Code::VocabularyCore, found, remedy))
        }
        Some(core) if above.len() <= MAX_DEPTH.saturating_add(1) => {
            if let Some(kind) = reader.vocabulary.kinds.get_mut(id.index()) {
                kind.core = core;
            }
            return;
        }
        Some(_) => {
            let found = format!("kind \"{name}\" lies more than four deep below its core kind");
            Some(fields.defect(Code::VocabularyDepth, found, format!("expected at most {MAX_DEPTH} kinds above it")))
        }
        // A kind above that is not known was reported where it is named; of a longer chain, a kind above it is reported.
        None if fields.has("of") || fields.has("extend") => None,
        None => {
            let found = format!("kind \"{name}\" lies below no core kind");
            Some(node.defect(Code::WrongValue, found, "expected of = \"…\""))
        }
    };
    reader.defects.extend(defect);
    if let Some(kind) = reader.vocabulary.kinds.get_mut(id.index()) {
        kind.parent = Some(CoreKind::Item.into());
    }
}

fn close(reader: &mut Reader, mut fields: Fields<'_>) {
    if reader.is_trusted() {
        return;
    }
    let _ = allowed(&mut fields, &mut reader.defects);
    for key in ["name", "of", "label", "plural", "group", "order", "extend"] {
        let _ = fields.get(key);
    }
    fields.close(&[], &mut reader.defects);
}
