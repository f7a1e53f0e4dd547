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
    ("group", "number"),
];

/// Returns the sort of value that a word of `value` means: text, number, date or entity; `None` for another word.
pub(super) fn sort_of_value(word: &str) -> Option<&'static str> {
    match word {
        "text" | "identifier" | "url" => Some("text"),
        "number" => Some("number"),
        "date" => Some("date"),
        "entity" => Some("entity"),
        _ => None,
    }
}

/// Returns the sort of value of a property: text, number, date or entity.
pub(super) fn sort_of_range(range: &Range) -> &'static str {
    if matches!(range, Range::Text(_)) { "text" } else { range.word() }
}

/// Reports that a property with values that exclude each other is said to have several.
pub(super) fn refuse_many(reader: &mut Reader, fields: &mut Fields<'_>) {
    if let Some(node) = fields.get("many") {
        let found = "\"many\" of a property with exclusive = true";
        reader.defects.push(node.defect(Code::VocabularyMisfit, found, "values that exclude each other are not many"));
    }
}

/// Reports the keys of a property that do not go with its sort of value, `word`.
pub(super) fn check_keys(reader: &mut Reader, word: &str, fields: &mut Fields<'_>) {
    let written = fields.value("value").unwrap_or(word);
    for (key, fits) in FITTING.iter().filter(|(_, fits)| *fits != word) {
        if let Some(node) = fields.get(key) {
            let found = format!("\"{key}\" of a property with value = \"{written}\"");
            reader.defects.push(node.defect(Code::VocabularyMisfit, found, format!("it goes with value = \"{fits}\"")));
        }
    }
}

/// Reports what an extended property cannot change: its sort of value, how many it has, its role, and what bounds it.
pub(super) fn check_same(reader: &mut Reader, id: PropertyId, property: &Property, fields: &mut Fields<'_>) {
    for key in ["value", "many", "role", "exclusive", "values", "dimension"] {
        // One that does not go with the values at all is reported as such.
        let fits = FITTING.iter().all(|(known, sort)| *known != key || *sort == sort_of_range(&property.range));
        let Some(node) = fields.get(key).filter(|_| fits) else { continue };
        let is_same = match key {
            "value" => node.as_text() == Some(property.range.word()),
            "many" => node.as_bool() == Some(property.many),
            "exclusive" => node.as_bool() == Some(property.exclusive),
            // A closed list and a dimension are not added to.
            "values" | "dimension" => false,
            _ => node.as_text().is_some() && node.as_text() == property.role.map(Role::as_str),
        };
        if !is_same {
            let code = if id.core().is_some() { Code::VocabularyCore } else { Code::VocabularyMisfit };
            let found = format!("\"{key}\" of property \"{}\", which exists", property.name);
            reader.defects.push(node.defect(code, found, "expected of, to, measure, label, order or a sentence"));
        }
    }
}
