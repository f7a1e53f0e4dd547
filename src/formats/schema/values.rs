//! The values of properties: plain, as a table, or a list of either.
//!
//! Invariant: every property of the vocabulary has a definition, under its name with `property-` before it.

use serde_json::{Map, Value, json};

use super::keys::{self, Key};
use super::{described, one_or_more, patterns, reference, table, titled};
use crate::vocabulary::{Numbers, Property, PropertyId, Range, Vocabulary};

/// Adds properties to the schema of a table.
pub(super) fn add_properties<'a>(table: &mut Value, names: impl Iterator<Item = &'a str>) {
    let Some(keys) = table.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for name in names {
        keys.insert(name.to_owned(), reference(&format!("property-{name}")));
    }
}

/// Defines the values of every property.
pub(super) fn define(words: &Vocabulary, shared: &mut Map<String, Value>) {
    for said in Said::ALL {
        shared.insert(said.name().to_owned(), said.table());
    }
    for id in words.properties() {
        let property = words.property(id);
        let value = format!("value-{}", property.name);
        let plain = plain(words, property);
        let mut table = reference(Said::of(property).name());
        if let Some(fields) = table.as_object_mut() {
            fields.insert("properties".into(), json!({ "value": plain }));
        }
        let single = json!({ "anyOf": [plain, table] });
        shared.insert(format!("property-{}", property.name), about(words, id, one_or_more(&reference(&value))));
        shared.insert(value, single);
    }
}

/// Adds what an editor shows of a property.
fn about(words: &Vocabulary, id: PropertyId, schema: Value) -> Value {
    let property = words.property(id);
    let kinds: Vec<&str> = property.domain.listed.iter().map(|&kind| &*words.kind(kind).name).collect();
    let about = format!("{}; said of: {}.", words.expectation(id), kinds.join(", "));
    described(titled(schema, &property.label), &about)
}

/// Returns the schema of a value as it is.
fn plain(words: &Vocabulary, property: &Property) -> Value {
    match &property.range {
        Range::Text(_) if property.values.is_empty() => json!({ "type": "string", "minLength": 1 }),
        Range::Text(_) => json!({ "enum": property.values }),
        Range::Date => reference("date"),
        Range::Entity(kinds) => {
            let names = words.kinds().filter(|&kind| kinds.has(kind)).map(|kind| &*words.kind(kind).name);
            json!({ "type": "string", "pattern": patterns::entity(&names.collect::<Vec<_>>()) })
        }
        Range::Number(numbers) => number(words, numbers),
    }
}

/// Returns the schema of a number, or of a number with a unit.
fn number(words: &Vocabulary, numbers: &Numbers) -> Value {
    let mut units = Vec::new();
    if !numbers.listed.is_empty() {
        units.push(patterns::of_units(words, &numbers.listed));
    }
    if let Some(dimension) = &numbers.dimension {
        let measures = words.measures().iter().filter(|measure| measure.dimension == *dimension);
        units.push(patterns::of_measures(words, measures));
    }
    let text = json!({ "type": "string", "pattern": format!("^{} +({}) *$", patterns::NUMBER, units.join("|")) });
    match numbers.default {
        Some(_) => json!({ "anyOf": [{ "type": "number" }, text] }),
        None => text,
    }
}

/// The form of the table of a value, by the sort of its property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Date,
    Number,
    Other,
}

impl Said {
    const ALL: [Self; 3] = [Self::Date, Self::Number, Self::Other];

    fn of(property: &Property) -> Self {
        match property.range {
            Range::Date => Self::Date,
            Range::Number(_) => Self::Number,
            Range::Text(_) | Range::Entity(_) => Self::Other,
        }
    }

    /// Returns the name of its definition.
    const fn name(self) -> &'static str {
        match self {
            Self::Date => "said-of-date",
            Self::Number => "said-of-number",
            Self::Other => "said",
        }
    }

    /// Returns true if the table may have a key: some are for dates or numbers alone.
    fn has(self, key: &Key) -> bool {
        match key.name {
            "label" => self == Self::Date,
            "state" => self == Self::Number,
            _ => true,
        }
    }

    /// Returns the schema of the table, in which the value itself may be anything.
    fn table(self) -> Value {
        let keys: Vec<Key> = keys::VALUE.iter().copied().filter(|key| self.has(key)).collect();
        let rules = [json!({
            "if": { "required": ["missing"], "properties": { "missing": { "const": true } } },
            "then": { "not": { "required": ["value"] } },
            "else": { "required": ["value"] },
        })];
        let mut table = table(&[&keys, keys::DEFAULTS], "A value with what is said of it.", &rules);
        if let Some(fields) = table.get_mut("properties").and_then(Value::as_object_mut) {
            fields.insert("value".into(), Value::Bool(true));
        }
        table
    }
}
