//! Reads what a `[[property]]` says of other properties: what it counts, its sentences, its name in queries.
//!
//! Invariant: all properties are declared before this is read, in whatever order they stand.

use super::counts_fit;
use super::reader::Reader;
use crate::syntax::{Code, Fields, Node, suggestion};
use crate::vocabulary::property::{Core, Counts, PropertyId};

/// The keys of the sentences for what is not so: planned, alleged, denied.
pub(super) const OTHERS: [&str; 3] = ["planned", "alleged", "denied"];

/// The placeholders of a sentence that are no properties.
const PLACEHOLDERS: &[&str] = &["subject", "value", "label"];

/// Reads what refers to other properties: what a number counts, and the placeholders of sentences.
pub(super) fn read(reader: &mut Reader, id: PropertyId, fields: &mut Fields<'_>) {
    for key in ["happening"].into_iter().chain(OTHERS) {
        let property = reader.vocabulary.property(id);
        let sentences = property.others.iter().zip(OTHERS).chain([(&property.happening, "happening")]);
        let template = sentences.filter(|(_, name)| *name == key).find_map(|(template, _)| template.clone());
        let (Some(template), Some(node)) = (template, fields.get(key)) else { continue };
        for name in template.placeholders() {
            if !PLACEHOLDERS.contains(&name) && reader.vocabulary.find_property(name).is_none() {
                let known = reader.vocabulary.properties.iter().map(|property| &*property.name);
                let remedy = suggestion(name, known.chain(PLACEHOLDERS.iter().copied()), || {
                    format!("expected {} or a property", PLACEHOLDERS.join(", "))
                });
                reader.defects.push(node.defect(
                    Code::VocabularyUnknown,
                    format!("unknown placeholder \"{name}\""),
                    remedy,
                ));
            }
        }
    }
    if let Some(field) = reader.vocabulary.property(id).field.clone() {
        let taken = reader.vocabulary.find_field(&field).filter(|&other| other != id);
        if let (Some(other), Some(node)) = (taken, fields.get("field")) {
            let found = format!("field \"{field}\" is taken by property \"{}\"", reader.vocabulary.name(other));
            reader.defects.push(node.defect(Code::VocabularyDuplicate, found, "expected another name"));
        } else {
            reader.vocabulary.properties_by_field.insert(field, id);
        }
    }
    if let Some(node) = fields.get("counts") {
        let read = node.items().into_iter().filter_map(|node| Some((counts(reader, node)?, node)));
        let read: Vec<(Counts, Node<'_>)> = read.collect();
        for (counts, node) in &read {
            counts_fit::check(reader, id, counts, *node);
        }
        let counts = read.into_iter().map(|(counts, _)| counts).collect();
        if let Some(property) = reader.vocabulary.properties.get_mut(id.index()) {
            property.counts = counts;
        }
    }
}

/// Reads `{ kind = "…", type = "…", through = "…" }` or `{ values = "…", plus = "…" }`.
fn counts(reader: &mut Reader, node: Node<'_>) -> Option<Counts> {
    let Some(mut fields) = node.as_table() else {
        reader.defects.push(node.unexpected("{ kind = \"…\", through = \"…\" } or { values = \"…\" }"));
        return None;
    };
    let counts = if let Some(values) = fields.get("values") {
        let property = reader.property(values);
        let plus = fields.get("plus").map(|node| reader.property(node));
        Some(Counts::Values { property: property?, plus: plus.flatten() })
    } else {
        let kind = fields.get("kind").and_then(|node| reader.kind(node));
        let of_type = fields.optional_text("type", &mut reader.defects).map(Into::into);
        let through = fields.get("through").map_or(Some(Core::Institution.into()), |node| reader.property(node));
        if kind.is_none() && fields.get("kind").is_none() {
            reader.defects.push(fields.defect(
                Code::WrongValue,
                "neither \"kind\" nor \"values\"",
                "expected kind = \"…\"",
            ));
        }
        kind.zip(through).map(|(kind, through)| Counts::Entities { kind, of_type, through })
    };
    fields.close(&[], &mut reader.defects);
    counts
}
