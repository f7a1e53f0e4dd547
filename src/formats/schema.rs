//! The JSON Schema of the files of a dossier, for editors: which tables and keys there are, and what each takes.
//!
//! Invariant: a file that is read without a defect is valid under the schema of its dossier. The reverse does not hold:
//! whether an id leads anywhere, or a claim has evidence, only the reader knows.

mod common;
mod keys;
mod patterns;
mod values;

use serde_json::{Map, Value, json};

use crate::formats::author::FORMAT;
use crate::model::CoreKind;
use crate::model::rows::SourceKey;
use crate::vocabulary::Vocabulary;
use keys::{Form, Key};

/// The dialect in which the schema is written.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Returns the JSON Schema (2020-12) of the authored files of a dossier with these words. `title` is that of the
/// dossier.
pub fn schema(words: &Vocabulary, title: &str) -> Value {
    let mut properties = Map::new();
    let mut add = |name: &str, schema: Value| properties.insert(name.to_owned(), schema);
    add(
        "document",
        described(json!({ "type": "string" }), "The document of every place in this file that names none."),
    );
    add("dossier", table(&[keys::DOSSIER], "The dossier itself, once.", &[]));
    add("vocabulary", table(&[keys::VOCABULARY], "The built-in set of words on which the dossier is based.", &[]));
    for (name, keys, about, rules) in file_tables() {
        add(name, list(&table(&keys.iter().map(Vec::as_slice).collect::<Vec<_>>(), about, &rules)));
    }
    add("pins", described(json!({ "type": "object", "additionalProperties": reference("pins") }), PINS));
    for id in words.kinds().filter(|&id| words.core(id) != CoreKind::Document) {
        let kind = words.kind(id);
        let head = if words.core(id) == CoreKind::Tenure { keys::TENURE } else { keys::ENTITY };
        let mut entity = table(&[head, keys::SUBJECT, keys::DEFAULTS], &kind.label, &[]);
        values::add_properties(&mut entity, words.properties_of(id).map(|id| words.name(id)));
        add(&kind.name, list(&titled(entity, &kind.plural)));
    }
    let mut claim = table(&[keys::CLAIM, keys::SUBJECT, keys::DEFAULTS], "More that is said of an entity.", &[]);
    values::add_properties(&mut claim, words.properties().map(|id| words.name(id)));
    add("claim", list(&claim));
    let mut shared = common::definitions(words);
    values::define(words, &mut shared);
    json!({
        "$schema": DIALECT,
        "title": title,
        "description": "A file of this dossier, in TOML.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "$defs": shared,
    })
}

const PINS: &str = "Where each place stands in its document: made by a command, never edited.";

/// A table that a file may have several times: its name, its keys, what it is, and what else holds of it.
type FileTable = (&'static str, Vec<Vec<Key>>, &'static str, Vec<Value>);

fn file_tables() -> Vec<FileTable> {
    let details: Vec<Key> = SourceKey::ALL.iter().map(|&key| keys::source_detail(key)).collect();
    let one = |keys: &[Key]| vec![keys.to_vec()];
    vec![
        ("source", vec![keys::SOURCE.to_vec(), details], "A document.", vec![]),
        ("check", one(keys::CHECK), "What the documents' own numbers imply.", check_rules()),
        ("judgement", one(keys::JUDGEMENT), "Whether two entities are the same.", vec![]),
        ("unclaimed", one(keys::UNCLAIMED), "Places of a document that hold no fact.", vec![]),
        ("complete", one(keys::COMPLETE), "That a list is whole.", complete_rules()),
        ("review", one(keys::REVIEW), "What a reader says of a claim.", vec![]),
        ("kind", one(keys::KIND), "A sort of entities.", kind_rules()),
        ("property", one(keys::PROPERTY), "What can be said of entities.", property_rules()),
        ("measure", one(keys::MEASURE), "A unit of measure.", vec![]),
        ("matrix", one(keys::MATRIX), "A table of rows and columns.", vec![]),
    ]
}

/// Exactly one operation, and exactly one relation.
fn check_rules() -> Vec<Value> {
    vec![one_of_keys(&["sum", "ratio"]), one_of_keys(&["equals", "at-most"])]
}

fn complete_rules() -> Vec<Value> {
    vec![one_of_keys(&["of", "source"]), json!({ "anyOf": [{ "required": ["at"] }, { "required": ["reason"] }] })]
}

fn kind_rules() -> Vec<Value> {
    vec![json!({ "if": is_true("extend"), "else": { "required": ["label", "of"] } })]
}

fn property_rules() -> Vec<Value> {
    let is = |value: &str| json!({ "required": ["value"], "properties": { "value": { "const": value } } });
    let units = json!({ "anyOf": [{ "required": ["measure"] }, { "required": ["dimension"] }] });
    vec![json!({ "if": is_true("extend"), "else": {
            "required": ["label", "of", "value"],
            "allOf": [
                { "if": is("number"), "then": units },
                { "if": is("entity"), "then": { "required": ["to"] } },
            ],
        } })]
}

fn one_of_keys(keys: &[&str]) -> Value {
    json!({ "oneOf": keys.iter().map(|key| json!({ "required": [key] })).collect::<Vec<_>>() })
}

/// Returns the condition that a flag is set.
fn is_true(key: &str) -> Value {
    json!({ "required": [key], "properties": { key: { "const": true } } })
}

/// Returns the schema of a table with these keys and no others.
fn table(keys: &[&[Key]], about: &str, rules: &[Value]) -> Value {
    let keys: Vec<&Key> = keys.iter().copied().flatten().collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), described(form(key.form), key.about))).collect();
    let mut table = json!({
        "type": "object",
        "description": about,
        "properties": properties,
        "additionalProperties": false,
    });
    if let Some(fields) = table.as_object_mut() {
        if !required.is_empty() {
            fields.insert("required".into(), json!(required));
        }
        if !rules.is_empty() {
            fields.insert("allOf".into(), json!(rules));
        }
    }
    table
}

/// Returns the schema of a value.
fn form(form: Form) -> Value {
    match form {
        Form::Text => json!({ "type": "string" }),
        Form::Filled => filled(),
        Form::Texts => one_or_more(&filled()),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Whole => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Form::Positive => json!({ "type": "number", "exclusiveMinimum": 0 }),
        Form::Word(words) => json!({ "enum": words() }),
        Form::Shared(name) => reference(name),
        Form::OneOrMore(name) => one_or_more(&reference(name)),
        Form::Format => json!({ "enum": (1..=FORMAT).collect::<Vec<_>>() }),
    }
}

/// Returns the schema of a text with something in it.
fn filled() -> Value {
    json!({ "type": "string", "pattern": "\\S" })
}

fn one_or_more(item: &Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item }] })
}

fn list(item: &Value) -> Value {
    json!({ "type": "array", "items": item })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn described(schema: Value, about: &str) -> Value {
    with(schema, "description", about)
}

fn titled(schema: Value, title: &str) -> Value {
    with(schema, "title", title)
}

fn with(mut schema: Value, key: &str, text: &str) -> Value {
    if let Some(fields) = schema.as_object_mut() {
        fields.insert(key.to_owned(), Value::String(text.to_owned()));
    }
    schema
}

#[cfg(test)]
mod tests;
