//! Reads `[[property]]`.
//!
//! Invariant: a property that is broken counts as declared, with a text as its value.

use super::reader::{FILE_TABLES, Reader};
use super::refer::OTHERS;
use super::{fit, measures, refer};
use crate::syntax::{Code, Fields, Node, allowed, suggestion, tables_of};
use crate::vocabulary::kind::{Kinds, Origin};
use crate::vocabulary::measure::{Dimension, Unit};
use crate::vocabulary::property::{Numbers, Property, PropertyId, Range, Role, TextForm};
use crate::vocabulary::template::Template;

/// The greatest number of properties that a dossier declares.
const MAX_PROPERTIES: usize = 4_000;

/// Keys of a claim or of an entity's table, which no property may be called.
const RESERVED: &[&str] = &[
    "allow", "as_of", "at", "basis", "by", "complete", "id", "label", "missing", "modality", "names", "note", "of",
    "private", "rank", "reason", "said-in", "sentence", "short", "value",
];

/// The fields of queries, which no property of a dossier may be called; those of the built-in sets give way.
pub const QUERY_FIELDS: &[&str] =
    &["at", "has", "id", "inst", "kind", "person", "prop", "review", "role", "sort", "source", "state", "year"];

/// The values that a property may have, as they are written.
const VALUES: &str = "text, number, date, entity, identifier or url";

/// The keys of a declaration.
const KEYS: &[&str] = &[
    "name",
    "label",
    "of",
    "value",
    "measure",
    "dimension",
    "to",
    "inverse",
    "many",
    "exclusive",
    "happening",
    "planned",
    "alleged",
    "denied",
    "role",
    "field",
    "counts",
    "values",
    "group",
    "order",
    "extend",
    "replaces",
];

/// Reads the properties of all files, and then what refers to other properties.
pub(super) fn read<'a>(reader: &mut Reader, roots: &mut [Fields<'a>]) {
    let mut declared: Vec<(PropertyId, Fields<'a>)> = Vec::new();
    for root in roots {
        for node in tables_of(root, "property", &mut reader.defects) {
            let Some(mut fields) = node.as_table() else { continue };
            if !reader.has_room("property", MAX_PROPERTIES, node) {
                continue;
            }
            match property(reader, &mut fields) {
                Some(id) => declared.push((id, fields)),
                None => close(reader, fields),
            }
        }
    }
    for (id, mut fields) in declared {
        refer::read(reader, id, &mut fields);
        close(reader, fields);
    }
}

fn close(reader: &mut Reader, mut fields: Fields<'_>) {
    if reader.is_trusted() {
        return;
    }
    let _ = allowed(&mut fields, &mut reader.defects);
    for key in KEYS {
        let _ = fields.get(key);
    }
    fields.close(&[], &mut reader.defects);
}

fn property(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<PropertyId> {
    let name = reader.name(fields)?;
    if let Some((meaning, taken)) = other_meaning(reader, name) {
        let found = format!("property \"{name}\" has the name of {meaning}");
        if let Some(node) = fields.get("name") {
            let remedy = format!("expected a name that is none of: {}", taken.join(", "));
            reader.defects.push(node.defect(Code::VocabularyReserved, found, remedy));
        }
        if RESERVED.contains(&name) {
            return None;
        }
    }
    if !reader.declare("property", name, fields) {
        return None;
    }
    let (extends, replaces) =
        (reader.flag(fields, "extend") == Some(true), reader.flag(fields, "replaces") == Some(true));
    let known = reader.vocabulary.find_property(name);
    match (known, extends, replaces) {
        (Some(id), true, _) => {
            extend(reader, id, fields);
            Some(id)
        }
        (Some(id), false, true) if id.core().is_none() => {
            let property = read_new(reader, name, id, fields);
            set(reader, id, property);
            Some(id)
        }
        (Some(_), false, true) => {
            let found = format!("property \"{name}\" is one of the core");
            let remedy = "expected extend = true, with which label, kinds and sentences may change";
            reader.defects.push(fields.defect(Code::VocabularyCore, found, remedy));
            None
        }
        (Some(_), false, false) => {
            let found = format!("property \"{name}\" exists");
            reader.defects.push(fields.defect(
                Code::VocabularyDuplicate,
                found,
                "expected extend = true or replaces = true",
            ));
            None
        }
        (None, ..) => {
            if extends || replaces {
                let found = format!("property \"{name}\" does not exist");
                let names = reader.vocabulary.properties.iter().map(|property| &*property.name);
                let remedy = suggestion(name, names, || "expected neither extend nor replaces".into());
                reader.defects.push(fields.defect(Code::VocabularyUnknown, found, remedy));
            }
            let id = PropertyId::from_index(reader.vocabulary.properties.len());
            let before = reader.defects.len();
            let property = read_new(reader, name, id, fields);
            if extends {
                // What it lacks stands where the property is that was meant.
                reader.defects.truncate(before);
                reader.vocabulary.broken.push(id);
            }
            reader.vocabulary.properties.push(property);
            reader.vocabulary.properties_by_name.insert(name.into(), id);
            Some(id)
        }
    }
}

/// Returns what a name already means in a file or a query, and all names with such a meaning.
fn other_meaning(reader: &Reader, name: &str) -> Option<(&'static str, &'static [&'static str])> {
    // Built-in properties give way to a query field, and a dossier may extend them.
    let is_own = reader.origin == Origin::Dossier && reader.vocabulary.find_property(name).is_none();
    match name {
        _ if RESERVED.contains(&name) => Some(("a key of claims", RESERVED)),
        _ if is_own && QUERY_FIELDS.contains(&name) => Some(("a field of queries", QUERY_FIELDS)),
        _ if is_own && FILE_TABLES.contains(&name) => Some(("a table of files", FILE_TABLES)),
        _ => None,
    }
}

fn set(reader: &mut Reader, id: PropertyId, property: Property) {
    if let Some(row) = reader.vocabulary.properties.get_mut(id.index()) {
        *row = property;
    }
}

/// Reads a declaration without what refers to other properties.
fn read_new(reader: &mut Reader, name: &str, id: PropertyId, fields: &mut Fields<'_>) -> Property {
    let label = reader.label(fields, "label").unwrap_or_else(|| {
        if fields.get("label").is_none() {
            reader.defects.push(fields.defect(Code::WrongValue, "no \"label\"", "expected label = \"…\""));
        }
        name.into()
    });
    let before = reader.defects.len();
    let domain = domain(reader, fields);
    let range = range(reader, fields);
    note_broken(reader, id, before);
    let exclusive = reader.flag(fields, "exclusive").unwrap_or_default();
    let many = reader.flag(fields, "many").unwrap_or_else(|| Property::is_usually_many(&range, exclusive));
    if let Some(word) = fields.value("value").and_then(fit::sort_of_value) {
        fit::check_keys(reader, word, fields);
    }
    if exclusive && many {
        fit::refuse_many(reader, fields);
    }
    let values = fields.get("values").map(|node| {
        reader.refuse_empty(node, "a text");
        for item in node.items().into_iter().filter(|item| item.as_text().is_some_and(|text| text.trim().is_empty())) {
            let remedy = "expected a text that a claim may have";
            reader.defects.push(item.defect(Code::WrongValue, "no characters", remedy));
        }
        reader.texts(node)
    });
    Property {
        name: name.into(),
        label,
        domain,
        many,
        exclusive,
        happening: template(reader, fields, "happening"),
        others: OTHERS.map(|key| template(reader, fields, key)),
        role: role(reader, fields, &range),
        range,
        field: field(reader, fields),
        inverse: reader.label(fields, "inverse"),
        counts: Vec::new(),
        values: values.unwrap_or_default(),
        group: reader.label(fields, "group"),
        position: 0,
        origin: reader.origin,
        order: reader.order(fields),
    }
}

/// Adds kinds and units to a property that is declared already, and changes how it is shown.
fn extend(reader: &mut Reader, id: PropertyId, fields: &mut Fields<'_>) {
    let mut property = reader.vocabulary.property(id).clone();
    let before = reader.defects.len();
    if fields.get("of").is_some() {
        let more = domain(reader, fields);
        merge(&mut property.domain, &more);
    }
    if let (Range::Entity(kinds), Some(node)) = (&mut property.range, fields.get("to")) {
        merge(kinds, &reader.kinds(node));
    }
    if let (Range::Number(numbers), Some(node)) = (&mut property.range, fields.get("measure")) {
        for unit in units(reader, node) {
            if !numbers.listed.contains(&unit) {
                numbers.listed.push(unit);
            }
        }
    }
    note_broken(reader, id, before);
    fit::check_same(reader, id, &property, fields);
    fit::check_keys(reader, fit::sort_of_range(&property.range), fields);
    property.label = reader.label(fields, "label").unwrap_or(property.label);
    property.order = reader.order(fields).or(property.order);
    property.happening = template(reader, fields, "happening").or(property.happening);
    for (sentence, key) in property.others.iter_mut().zip(OTHERS) {
        *sentence = template(reader, fields, key).or(sentence.take());
    }
    property.field = field(reader, fields).or(property.field);
    property.inverse = reader.label(fields, "inverse").or(property.inverse);
    property.group = reader.label(fields, "group").or(property.group);
    if reader.origin == Origin::Dossier {
        property.origin = Origin::Dossier;
    }
    set(reader, id, property);
}

/// Notes a property as broken if what it takes or of what it is said has added to this many defects.
fn note_broken(reader: &mut Reader, id: PropertyId, before: usize) {
    if reader.defects.len() > before {
        reader.vocabulary.broken.push(id);
    }
}

/// Reads the second name in queries, which must not be a field of the language.
fn field(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Box<str>> {
    let field = reader.optional_name(fields, "field")?;
    if !QUERY_FIELDS.contains(&field) {
        return Some(field.into());
    }
    if let Some(node) = fields.get("field") {
        let found = format!("field \"{field}\" is one of the query language");
        let remedy = format!("expected a name that is none of: {}", QUERY_FIELDS.join(", "));
        reader.defects.push(node.defect(Code::VocabularyReserved, found, remedy));
    }
    None
}

fn merge(kinds: &mut Kinds, more: &Kinds) {
    for &kind in &more.listed {
        if !kinds.listed.contains(&kind) {
            kinds.listed.push(kind);
        }
    }
}

/// Reads the kinds of entity that may have a property.
fn domain(reader: &mut Reader, fields: &mut Fields<'_>) -> Kinds {
    if let Some(node) = fields.get("of") {
        return reader.kinds(node);
    }
    reader.defects.push(fields.defect(Code::WrongValue, "no \"of\"", "expected of = [\"KIND\"]"));
    Kinds::default()
}

/// Reads the values that a property may have; a text where they cannot be read.
fn range(reader: &mut Reader, fields: &mut Fields<'_>) -> Range {
    let plain = Range::Text(TextForm::Plain);
    let Some(value) = fields.text("value", &mut reader.defects) else { return plain };
    match value {
        "date" => Range::Date,
        "number" => numbers(reader, fields).map_or(plain, Range::Number),
        "entity" => {
            if let Some(node) = fields.get("to") {
                return Range::Entity(reader.kinds(node));
            }
            reader.defects.push(fields.defect(Code::WrongValue, "a link without \"to\"", "expected to = [\"KIND\"]"));
            plain
        }
        text => {
            if let Some(form) = TextForm::parse(text) {
                Range::Text(form)
            } else {
                if let Some(node) = fields.get("value") {
                    let known = ["text", "number", "date", "entity", "identifier", "url"];
                    let remedy = suggestion(text, known, || format!("expected {VALUES}"));
                    reader.defects.push(node.defect(Code::UnknownWord, format!("unknown value \"{text}\""), remedy));
                }
                plain
            }
        }
    }
}

fn numbers(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Numbers> {
    let listed = fields.get("measure").map(|node| units(reader, node)).unwrap_or_default();
    let dimension = fields.optional_text("dimension", &mut reader.defects).map(Dimension::named);
    let of_dimension = |dimension: &Dimension| {
        let measures = &reader.vocabulary.measures;
        let name = measures.iter().find(|measure| measure.dimension == *dimension).map(|measure| measure.name.clone());
        name.and_then(|name| reader.vocabulary.find_unit(&name))
    };
    // No currency is the usual one.
    let usual = dimension.as_ref().filter(|dimension| **dimension != Dimension::Money).and_then(of_dimension);
    let default = listed.first().copied().or(usual);
    let is_money = dimension == Some(Dimension::Money);
    if default.is_none() && !is_money && fields.get("measure").is_none_or(|node| node.items().is_empty()) {
        let remedy = "expected measure = [\"UNIT\"] or dimension = \"…\" that a measure has";
        reader.defects.push(fields.defect(Code::VocabularyMisfit, "a number without a unit", remedy));
    }
    (default.is_some() || dimension.is_some()).then_some(Numbers { default, listed, dimension })
}

fn units(reader: &mut Reader, node: Node<'_>) -> Vec<Unit> {
    let mut units = Vec::new();
    for item in node.items() {
        let Some(text) = item.as_text() else {
            reader.defects.push(item.unexpected("a unit in quotes"));
            continue;
        };
        if let Some(unit) = reader.vocabulary.find_unit(text) {
            units.push(unit);
        } else {
            let remedy = suggestion(text, reader.vocabulary.measure_names(), || "expected a declared unit".into());
            reader.defects.push(item.defect(Code::UnknownUnit, format!("unknown unit \"{text}\""), remedy));
            measures::stand_in(reader, text);
            units.extend(reader.vocabulary.find_unit(text));
        }
    }
    units
}

fn template(reader: &mut Reader, fields: &mut Fields<'_>, key: &'static str) -> Option<Template> {
    let text = fields.optional_text(key, &mut reader.defects)?;
    match Template::parse(text) {
        Ok(template) => Some(template),
        Err(error) => {
            if let Some(node) = fields.get(key) {
                let remedy = "expected a sentence such as \"{subject} is opened[ by {performed-by}]\"";
                reader.defects.push(node.defect(Code::WrongValue, format!("{key} \"{text}\": {error}"), remedy));
            }
            None
        }
    }
}

fn role(reader: &mut Reader, fields: &mut Fields<'_>, range: &Range) -> Option<Role> {
    let word = fields.optional_text("role", &mut reader.defects)?;
    let node = fields.get("role")?;
    let role = Role::parse(word);
    if role.is_none() {
        let words: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        let remedy = suggestion(word, words.iter().copied(), || format!("expected {}", words.join(" or ")));
        reader.defects.push(node.defect(Code::UnknownWord, format!("unknown role \"{word}\""), remedy));
    }
    let fits = match role {
        Some(Role::Begins | Role::Ends) => *range == Range::Date,
        Some(Role::Whole) => matches!(range, Range::Entity(_)),
        None => true,
    };
    if !fits {
        let found = format!("role \"{word}\" of a property with other values");
        reader.defects.push(node.defect(
            Code::VocabularyMisfit,
            found,
            "expected begins or ends for a date, whole for a link",
        ));
    }
    role.filter(|_| fits)
}
