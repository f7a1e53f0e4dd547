//! Reads `[[measure]]`, and of the core the multipliers and currencies.
//!
//! Invariant: a word names one unit.

use super::reader::Reader;
use crate::syntax::{Code, Defect, Fields, Node, allowed, suggestion, tables_of};
use crate::vocabulary::measure::{Dimension, MAX_MULTIPLIERS, Measure, MeasureId, Multiplier, RATE};

/// The greatest number of measures that a dossier declares.
const MAX_MEASURES: usize = 1_000;

/// Reads the tables that only the core has.
pub(super) fn read_core(reader: &mut Reader, root: &mut Fields<'_>) {
    for node in tables_of(root, "multiplier", &mut reader.defects) {
        let Some(mut fields) = node.as_table() else { continue };
        let name = fields.text("name", &mut reader.defects);
        let factor = factor(reader, &mut fields);
        fields.close(&[], &mut reader.defects);
        if let (Some(name), Some(factor)) = (name, factor)
            && reader.vocabulary.multipliers.len() < MAX_MULTIPLIERS
        {
            reader.vocabulary.multipliers.push(Multiplier { name: name.into(), factor });
        }
    }
    let Some(mut fields) = root.get("currencies").and_then(|node| node.as_table()) else { return };
    let codes = fields.get("codes").map(|node| reader.texts(node)).unwrap_or_default();
    let symbols = fields.get("symbols").and_then(|node| node.as_table());
    fields.close(&[], &mut reader.defects);
    for code in codes {
        let origin = reader.origin;
        let symbol = symbols.as_ref().and_then(|symbols| symbols.value(&code)).map(Into::into);
        add(
            reader,
            Measure {
                plural: code.clone(),
                name: code,
                symbol,
                dimension: Dimension::Money,
                factor: 1.0,
                adds_to: None,
                has_rate: false,
                origin,
            },
        );
    }
}

/// Reads every `[[measure]]` of a file.
pub(super) fn read(reader: &mut Reader, root: &mut Fields<'_>) {
    for node in tables_of(root, "measure", &mut reader.defects) {
        let Some(fields) = node.as_table() else { continue };
        if reader.has_room("measure", MAX_MEASURES, node) {
            measure(reader, node, fields);
        }
    }
}

/// Reports the measures that are added up as one that is not declared, once all are.
pub(super) fn check_sums(reader: &mut Reader) {
    for (sum, at) in std::mem::take(&mut reader.sums) {
        if reader.vocabulary.find_unit(&sum).is_none() {
            let remedy = suggestion(&sum, reader.vocabulary.measure_names(), || "expected a declared measure".into());
            reader.defects.push(Defect::new(Code::VocabularyUnknown, at, format!("unknown measure \"{sum}\""), remedy));
        }
    }
}

fn measure(reader: &mut Reader, node: Node<'_>, mut fields: Fields<'_>) {
    let name = match fields.get("name") {
        Some(_) => reader.words(&mut fields, "name"),
        None => fields.text("name", &mut reader.defects),
    };
    let plural = reader.words(&mut fields, "plural");
    let symbol = reader.words(&mut fields, "symbol");
    let dimension = fields.optional_text("dimension", &mut reader.defects).map_or(Dimension::Count, Dimension::named);
    let factor = if fields.get("factor").is_some() { factor(reader, &mut fields) } else { Some(1.0) };
    let adds_to = reader.words(&mut fields, "adds_to");
    if let (Some(sum), Some(node)) = (adds_to, fields.get("adds_to")) {
        reader.sums.push((sum.to_owned(), node.position()));
    }
    let has_rate = reader.flag(&mut fields, "rate") == Some(true);
    let replaces = reader.flag(&mut fields, "replaces") == Some(true);
    let _ = allowed(&mut fields, &mut reader.defects);
    for key in ["name", "plural", "symbol"] {
        refuse_compound(reader, &mut fields, key);
    }
    if let Some(name) = name
        && reader.declare("measure", name, &fields)
    {
        let taken = [Some(name), plural, symbol].into_iter().flatten().find(|word| {
            reader
                .vocabulary
                .find_unit(word)
                .is_some_and(|unit| !replaces || *reader.vocabulary.measure(unit.measure()).name != *name)
        });
        let is_known = reader.vocabulary.measures.iter().any(|known| *known.name == *name);
        if replaces && !is_known {
            let names = reader.vocabulary.measures.iter().map(|measure| &*measure.name);
            let remedy = suggestion(name, names, || "expected no replaces = true".into());
            reader.defects.push(fields.defect(
                Code::VocabularyUnknown,
                format!("measure \"{name}\" does not exist"),
                remedy,
            ));
        }
        if let Some(word) = taken {
            let found = format!("\"{word}\" is a unit already");
            reader.defects.push(node.defect(
                Code::VocabularyDuplicate,
                found,
                "expected a word of its own, or replaces = true",
            ));
        } else {
            let measure = Measure {
                name: name.into(),
                plural: plural.unwrap_or(name).into(),
                symbol: symbol.map(Into::into),
                dimension,
                factor: factor.unwrap_or(1.0),
                adds_to: adds_to.map(Into::into),
                has_rate,
                origin: reader.origin,
            };
            add(reader, measure);
        }
    }
    fields.close(&[], &mut reader.defects);
}

/// Reports a word that is read as a unit with what may stand around it, so that it would name two.
fn refuse_compound(reader: &mut Reader, fields: &mut Fields<'_>, key: &'static str) {
    let Some(node) = fields.get(key) else { return };
    let Some(word) = node.as_text() else { return };
    let first = word.split(' ').next().unwrap_or_default();
    let multiplier = reader.vocabulary.multipliers.iter().find(|known| *known.name == *first);
    let part = multiplier.map(|known| &*known.name).or_else(|| word.ends_with(RATE).then_some(RATE));
    if let Some(part) = part {
        let found = format!("{key} \"{word}\" with \"{part}\", which may stand around every unit");
        let remedy = "expected the unit alone, with rate = true if it may be that many a year";
        reader.defects.push(node.defect(Code::VocabularyReserved, found, remedy));
    }
}

/// Declares a unit of which there is a defect already, so that what uses it is no further one.
pub(super) fn stand_in(reader: &mut Reader, name: &str) {
    let origin = reader.origin;
    let (dimension, factor) = (Dimension::Count, 1.0);
    let (symbol, adds_to, has_rate) = (None, None, true);
    add(
        reader,
        Measure { name: name.into(), plural: name.into(), symbol, dimension, factor, adds_to, has_rate, origin },
    );
}

/// Reads a number above 0.
fn factor(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<f64> {
    let node = fields.get("factor")?;
    let factor = node.as_number().filter(|factor| *factor > 0.0);
    if factor.is_none() {
        reader.defects.push(node.unexpected_number("a number above 0"));
    }
    factor
}

/// Adds a measure, or replaces the one of this name.
fn add(reader: &mut Reader, measure: Measure) {
    let vocabulary = &mut reader.vocabulary;
    let known = vocabulary.measures.iter().position(|known| known.name == measure.name);
    let at = known.unwrap_or(vocabulary.measures.len());
    if at >= usize::from(MeasureId::MAX) {
        return;
    }
    let id = MeasureId(at as u16);
    for word in [Some(&measure.name), Some(&measure.plural), measure.symbol.as_ref()].into_iter().flatten() {
        vocabulary.measures_by_name.insert(word.clone(), id);
    }
    match vocabulary.measures.get_mut(at) {
        Some(row) => *row = measure,
        None => vocabulary.measures.push(measure),
    }
}
