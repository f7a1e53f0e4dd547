//! Whether the keys of a `[[property]]` go with its values, and with the property that it extends.
//!
//! Invariant: a key that does not fit is one defect, and what it says is not used.

use super::reader::Reader;
use crate::syntax::{Code, Fields};
use crate::vocabulary::property::{Property, PropertyId, Range, Role};

/// Keys of a declaration, and the sort of value with which they go.
const FITTING: &[(&str, &str)] = &[
    ("measure", "number"),
    ("dimension", "number"),
    ("counts", "number"),
    ("to", "entity"),
    ("inverse", "entity"),
    ("happening", "date"),
    ("planned", "date"),
    ("alleged", "date"),
    ("denied", "date"),
    ("values", "text"),
    ("exclusive", "text"),
];

/// Reports the keys of a new property that do not go with its values.
pub(super) fn check_keys(reader: &mut Reader, fields: &mut Fields<'_>) {
    let word = match fields.value("value") {
        Some(word @ ("number" | "entity" | "date")) => word,
        Some("text" | "identifier" | "url") => "text",
        // Reported as an unknown value already.
        Some(_) | None => return,
    };
    for (key, fits) in FITTING.iter().filter(|(_, fits)| *fits != word) {
        if let Some(node) = fields.get(key) {
            let found = format!("\"{key}\" of a property with value = \"{word}\"");
            reader.defects.push(node.defect(Code::VocabularyMisfit, found, format!("it goes with value = \"{fits}\"")));
        }
    }
}

/// Reports what an extended property cannot change: its sort of value, how many it has, and its role.
pub(super) fn check_same(reader: &mut Reader, id: PropertyId, property: &Property, fields: &mut Fields<'_>) {
    for key in ["value", "many", "role", "exclusive"] {
        let Some(node) = fields.get(key) else { continue };
        let is_same = match key {
            "value" => node.as_text() == Some(value_word(&property.range)),
            "many" => node.as_bool() == Some(property.many),
            "exclusive" => node.as_bool() == Some(property.exclusive),
            _ => node.as_text().is_some() && node.as_text() == property.role.map(Role::as_str),
        };
        if !is_same {
            let code = if id.core().is_some() { Code::VocabularyCore } else { Code::VocabularyMisfit };
            let found = format!("\"{key}\" of property \"{}\", which exists", property.name);
            reader.defects.push(node.defect(code, found, "expected of, to, measure, label, order or a sentence"));
        }
    }
}

/// Returns the word for the values of a property.
fn value_word(range: &Range) -> &'static str {
    match range {
        Range::Text(form) => form.as_str(),
        Range::Number(_) => "number",
        Range::Date => "date",
        Range::Entity(_) => "entity",
    }
}
