//! What tables have in common: dates, places, ids, and the parts of declarations, under `$defs`.
//!
//! Invariant: every name to which a key refers is defined here or with the values of properties.

use serde_json::{Map, Value, json};

use super::keys::{self, Key};
use super::{described, filled, list, one_or_more, patterns, reference, table};
use crate::formats::author::{KEYED, PINNED_BY};
use crate::model::complete::Listed;
use crate::syntax::Code;
use crate::vocabulary::Vocabulary;

/// Returns what the tables of a dossier with these words refer to.
pub(super) fn definitions(words: &Vocabulary) -> Map<String, Value> {
    let kinds: Vec<&str> = words.kind_names().collect();
    let properties: Vec<&str> = words.properties().map(|id| words.name(id)).collect();
    let lists = Listed::ALL.iter().map(|list| list.as_str()).chain(properties.iter().copied()).chain(kinds.clone());
    let label = json!({ "type": "string", "pattern": "\\S", "maxLength": 200 });
    let table = |keys: &[&[Key]], about: &str| table(keys, about, &[]);
    [
        ("date", described(text(patterns::DATE), "A date in EDTF, such as \"1957\", \"2014-07\" or \"[..2014-06]\".")),
        ("place", described(text(patterns::PLACE), "\"SECTION / PLACE\", with \"DOCUMENT: \" before it where needed.")),
        ("slug", text(patterns::SLUG)),
        ("code", json!({ "enum": codes() })),
        ("claim-id", text("^[a-z0-9]{4,16}$")),
        ("entity", described(text(&patterns::entity(&kinds)), "The id of an entity: KIND/ID, or ID where one has it.")),
        ("kind", json!({ "enum": kinds })),
        ("property", json!({ "enum": properties })),
        ("list", json!({ "enum": unique(lists) })),
        ("name", name()),
        ("term", term(words)),
        ("ratio", json!({ "type": "array", "items": reference("term"), "minItems": 2, "maxItems": 2 })),
        ("splitter", json!({ "anyOf": [{ "type": "integer", "minimum": PINNED_BY }, filled()] })),
        ("digest-form", json!({ "const": KEYED })),
        ("digest", text("^[0-9a-fA-F]{64}$")),
        ("pins", table(&[keys::PINS], "The pins of one document.")),
        ("pinned", json!({ "type": "object", "additionalProperties": pin() })),
        ("any-text", json!({ "type": "string" })),
        ("word", text("^[a-z][a-z0-9-]{0,39}$")),
        ("words", json!({ "type": "string", "pattern": "^\\S(.*\\S)?$", "maxLength": 200 })),
        ("label", label),
        ("order", json!({ "type": "integer", "minimum": 0, "maximum": 1_000_000 })),
        (
            "sentence",
            described(text("\\{subject\\}"), "A sentence such as \"{subject} is opened[ by {performed-by}]\"."),
        ),
        ("value-form", json!({ "enum": ["text", "number", "date", "entity", "identifier", "url"] })),
        ("unit", text(&format!("^{}$", patterns::any_unit(words)))),
        ("members", table(&[keys::MEMBERS], "Entities of a kind that belong to the subject.")),
        ("counts", either(&table(&[keys::MEMBERS], "Entities."), &table(&[keys::COUNTED], "Values of a link."))),
        ("cell", either(&table(&[keys::CELL_ENTITIES], "Entities."), &table(&[keys::CELL_LINKS], "Links."))),
        (
            "columns",
            either(
                &table(&[keys::COLUMN_TEXTS], "Texts."),
                &table(&[keys::MEMBERS, keys::COLUMN_ORDER], "Entities that belong to the subject."),
            ),
        ),
        ("groups", json!({ "type": "object", "additionalProperties": one_or_more(&reference("any-text")) })),
        ("mark", table(&[keys::MARK], "A further column.")),
        ("pick", text(&format!("^earliest {}$", patterns::among(&properties)))),
    ]
    .map(|(name, schema)| (name.to_owned(), schema))
    .into_iter()
    .collect()
}

/// Returns the codes that a table may allow.
fn codes() -> Vec<&'static str> {
    Code::ALL.iter().filter(|code| code.can_be_allowed()).map(|code| code.as_str()).collect()
}

fn text(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

fn either(a: &Value, b: &Value) -> Value {
    json!({ "anyOf": [a, b] })
}

/// Returns texts without those that came before.
fn unique<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut unique: Vec<&str> = Vec::new();
    for text in texts {
        if !unique.contains(&text) {
            unique.push(text);
        }
    }
    unique
}

fn name() -> Value {
    either(&json!({ "type": "string" }), &table(&[keys::NAME], "A further name.", &[]))
}

/// Returns the schema of a term of a check: a slot, a number, or a count.
fn term(words: &Vocabulary) -> Value {
    let numbers: Vec<&str> =
        words.properties().filter(|&id| words.property(id).is_number()).map(|id| words.name(id)).collect();
    let filters: Map<String, Value> = words
        .properties()
        .filter(|&id| !words.property(id).is_number())
        .map(|id| (words.name(id).to_owned(), json!({ "type": "string" })))
        .chain([("count".to_owned(), reference("kind"))])
        .collect();
    let count = json!({
        "type": "object",
        "description": "How many entities of a kind there are of which all this is said.",
        "properties": filters,
        "required": ["count"],
        "minProperties": 2,
        "additionalProperties": false,
    });
    let slot = text(&patterns::slot(&numbers));
    let number = text(&format!("^\\s*{}( +{})?\\s*$", patterns::NUMBER, patterns::any_unit(words)));
    json!({ "anyOf": [{ "type": "number" }, number, slot, count] })
}

/// Returns the schema of `[line, start, length, "SHA-256"]`.
fn pin() -> Value {
    let whole = json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX });
    let mut pin = list(&Value::Bool(false));
    if let Some(fields) = pin.as_object_mut() {
        fields.insert("prefixItems".into(), json!([whole, whole, whole, reference("digest")]));
        fields.insert("minItems".into(), json!(4));
    }
    pin
}
