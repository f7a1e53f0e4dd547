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
        if let Some(kind) = reader.vocabulary.kinds.get_mut(id.index()) {
            kind.label = label.unwrap_or_else(|| kind.label.clone());
            kind.plural = plural.unwrap_or_else(|| kind.plural.clone());
            kind.group = group.unwrap_or_else(|| kind.group.clone());
            kind.order = order.or(kind.order);
        }
        // What it lies below stays as it is.
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
        return None;
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
    let above: Vec<KindId> = std::iter::successors(Some(id), |&kind| vocabulary.kind(kind).parent)
        .take(MAX_DEPTH.saturating_add(2))
        .collect();
    let core = above.last().and_then(|kind| CoreKind::ALL.get(kind.index()).copied());
    let name = vocabulary.kind(id).name.clone();
    let circle = above.iter().skip(1).position(|&kind| kind == id).and_then(|at| above.get(..=at));
    let defect = match (core, circle) {
        (Some(CoreKind::Document), _) => {
            let found = format!("kind \"{name}\" lies below document");
            let remedy = "documents are declared as [[source]]; its key \"kind\" says of what sort one is";
            fields.defect(Code::VocabularyCore, found, remedy)
        }
        (Some(core), _) if above.len() <= MAX_DEPTH.saturating_add(1) => {
            if let Some(kind) = reader.vocabulary.kinds.get_mut(id.index()) {
                kind.core = core;
            }
            return;
        }
        (_, Some(circle)) => {
            let members: Vec<String> = circle.iter().map(|&id| format!("\"{}\"", vocabulary.kind(id).name)).collect();
            let found = format!("kind \"{name}\" lies below itself: {}", members.join(", "));
            fields.defect(Code::VocabularyCycle, found, "expected a chain to a core kind")
        }
        (_, None) if above.len() > MAX_DEPTH.saturating_add(1) => {
            let found = format!("kind \"{name}\" lies more than four deep below its core kind");
            fields.defect(Code::VocabularyDepth, found, format!("expected at most {MAX_DEPTH} kinds above it"))
        }
        (_, None) => {
            let found = format!("kind \"{name}\" lies below no core kind");
            node.defect(Code::WrongValue, found, "expected of = \"…\"")
        }
    };
    // A kind above that is not known was reported where it is named.
    if !(core.is_none() && circle.is_none() && (fields.has("of") || fields.has("extend"))) {
        reader.defects.push(defect);
    }
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
