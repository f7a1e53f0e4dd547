//! Reads `[[check]]`: sums, ratios and bounds over the claims of a dossier.
//!
//! Invariant: a check that cannot be computed from the sound rest of the dossier is a defect at its own place.

use std::collections::HashMap;
use std::sync::Arc;

use super::loader::{Context, Loader};
use super::notes::Mark;
use super::place;
use crate::model::compute::{Uncomputable, compute};
use crate::model::{
    Basis, Dossier, KindId, Modality, NewCheck, NewFilter, NewTerm, NewWhich, Operation, PropertyId, Quantity, Range,
    Relation, When,
};
use crate::syntax::{Code, Defect, Fields, Node, Position, allowed, suggestion};

/// The forms of a term, for messages.
const TERM: &str = "\"KIND/ID PROPERTY\", a number such as \"100 %\", or { count = \"KIND\", PROPERTY = … }";

/// The words that may follow a slot to select one of its claims, for messages.
const WHICH: &str = "expected a modality, a basis, @DATE (as of), or the number itself";

/// The positions of checks by their label.
#[derive(Debug, Default)]
pub(super) struct Written(HashMap<String, Position>);

/// Reads one `[[check]]`.
pub(super) fn read(loader: &mut Loader, mut fields: Fields<'_>, context: Context, written: &mut Written) {
    let label = fields.text("label", &mut loader.defects);
    let note = fields.optional_text("note", &mut loader.defects).map(str::to_owned);
    let allowed = allowed(&mut fields, &mut loader.defects);
    let evidence = if let Some(at) = fields.get("at") {
        place::read_all(loader, at, context)
    } else if allowed.and(loader.allowed).has(Code::NoEvidence) {
        Vec::new()
    } else {
        loader.defects.push(fields.defect(
            Code::NoEvidence,
            "a check without evidence",
            "expected at = \"SECTION / PLACE\"",
        ));
        Vec::new()
    };
    let left = side(loader, &mut fields, &Operation::ALL.iter().map(|word| (word.as_str(), *word)).collect::<Vec<_>>());
    let right = side(loader, &mut fields, &Relation::ALL.iter().map(|word| (word.as_str(), *word)).collect::<Vec<_>>());
    let head = fields.position();
    fields.close(&[], &mut loader.defects);
    let (Some(label), Some((operation, left)), Some((relation, right))) = (label, left, right) else { return };
    if let Some(first) = written.0.get(label) {
        let found = format!("two checks are called \"{label}\"");
        let defect = right.defect(Code::DuplicateId, found, "expected labels that differ");
        loader.defects.push(defect.with_second(first.clone()));
        return;
    }
    written.0.insert(label.to_owned(), head.clone());
    if let Some(notes) = &mut loader.notes {
        notes.checks.push((label.to_owned(), Mark { at: head, allowed }));
    }
    let terms: Vec<Option<NewTerm>> = left.items().into_iter().chain([right]).map(|node| term(loader, node)).collect();
    let Some(terms) = terms.into_iter().collect::<Option<Vec<_>>>() else { return };
    loader.builder.check(NewCheck { label: label.to_owned(), operation, relation, terms, note, evidence });
}

/// Reads the value of exactly one of several keys, with the word for that key.
fn side<'a, T: Copy>(
    loader: &mut Loader,
    fields: &mut Fields<'a>,
    keys: &[(&'static str, T)],
) -> Option<(T, Node<'a>)> {
    let found: Vec<(T, Node<'a>)> = keys.iter().filter_map(|(key, word)| Some((*word, fields.get(key)?))).collect();
    if let [one] = found[..] {
        return Some(one);
    }
    let names: Vec<String> = keys.iter().map(|(key, _)| format!("{key} = …")).collect();
    let what = if found.is_empty() { "none" } else { "both" };
    let remedy = format!("expected one of: {}", names.join(", "));
    let keys: Vec<String> = keys.iter().map(|(key, _)| format!("\"{key}\"")).collect();
    loader.defects.push(fields.defect(Code::CheckUnknown, format!("{what} of {}", keys.join(" and ")), remedy));
    None
}

fn term(loader: &mut Loader, node: Node<'_>) -> Option<NewTerm> {
    if let Some(number) = node.as_number() {
        return Some(NewTerm::Constant(Quantity { number, unit: None }));
    }
    if let Some(fields) = node.as_table() {
        return count(loader, node, fields);
    }
    let Some(text) = node.as_text() else {
        loader.defects.push(node.unexpected_number(TERM));
        return None;
    };
    let text = text.trim();
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    if let Some(number) = first.parse().ok().filter(|number: &f64| number.is_finite()) {
        return constant(loader, node, number, rest.trim());
    }
    let (property, which) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
    let entity = loader.entity_named(node, first, &loader.any.clone())?;
    let property = property_of(loader, node, property, loader.builder.kind(entity))?;
    let words = Arc::clone(&loader.words);
    if !words.property(property).is_number() {
        loader.defects.push(node.defect(
            Code::CheckUnknown,
            format!("\"{}\" is no number", words.name(property)),
            format!("expected {TERM}"),
        ));
        return None;
    }
    Some(NewTerm::Slot { entity, property, which: read_which(loader, node, which)? })
}

fn constant(loader: &mut Loader, node: Node<'_>, number: f64, unit: &str) -> Option<NewTerm> {
    if unit.is_empty() {
        return Some(NewTerm::Constant(Quantity { number, unit: None }));
    }
    let Some(unit) = loader.words.find_unit(unit) else {
        loader.defects.push(node.defect(
            Code::UnknownUnit,
            format!("unknown unit \"{unit}\""),
            "expected a declared unit",
        ));
        return None;
    };
    Some(NewTerm::Constant(Quantity { number, unit: Some(unit) }))
}

fn property_of(loader: &mut Loader, node: Node<'_>, name: &str, kind: KindId) -> Option<PropertyId> {
    let words = Arc::clone(&loader.words);
    let property = words.find_property(name).filter(|&property| words.property(property).domain.has(kind));
    if property.is_none() {
        let known = || words.names_for(kind);
        let remedy =
            suggestion(name, known(), || format!("expected one of: {}", known().collect::<Vec<_>>().join(", ")));
        let found = format!("unknown property \"{name}\" of the kind {}", words.kind(kind).name);
        loader.defects.push(node.defect(Code::UnknownKey, found, remedy));
    }
    property
}

fn read_which(loader: &mut Loader, node: Node<'_>, text: &str) -> Option<NewWhich> {
    let mut which = NewWhich::default();
    for word in text.split_whitespace() {
        if let Some(date) = word.strip_prefix('@') {
            match When::parse(date) {
                Ok(when) => which.as_of = Some(when),
                Err(error) => {
                    loader.defects.push(node.defect(
                        Code::WrongValue,
                        format!("\"{date}\" is no date: {error}"),
                        WHICH,
                    ));
                    return None;
                }
            }
        } else if let Some(modality) = Modality::parse(word) {
            which.modality = Some(modality);
        } else if let Some(basis) = Basis::parse(word) {
            which.basis = Some(basis);
        } else if let Some(number) = word.parse().ok().filter(|number: &f64| number.is_finite()) {
            which.number = Some(number);
        } else {
            loader.defects.push(node.defect(Code::CheckUnknown, format!("\"{word}\" behind a slot"), WHICH));
            return None;
        }
    }
    Some(which)
}

/// Reads `{ count = "programme", level = "MD" }`: the number of entities of a kind that have all these claims.
fn count(loader: &mut Loader, node: Node<'_>, mut fields: Fields<'_>) -> Option<NewTerm> {
    let word = fields.text("count", &mut loader.defects)?;
    let words = Arc::clone(&loader.words);
    let kind = words.find_kind(word);
    if let (None, Some(node)) = (kind, fields.get("count")) {
        let known = || words.kind_names();
        let remedy =
            suggestion(word, known(), || format!("expected one of: {}", known().collect::<Vec<_>>().join(", ")));
        loader.defects.push(node.defect(Code::UnknownWord, format!("unknown kind \"{word}\""), remedy));
    }
    let kind = kind?;
    let mut filters = Vec::new();
    let mut sound = true;
    for key in fields.keys().into_iter().filter(|key| *key != "count") {
        let Some(value) = fields.get(key) else { continue };
        let filter = property_of(loader, value, key, kind).and_then(|property| {
            let range = &words.property(property).range;
            let filter = match range {
                Range::Text(_) => value.as_text().map(|text| NewFilter::Text(text.to_owned())),
                Range::Entity(kinds) => loader.entity(value, kinds).map(NewFilter::Entity),
                Range::Number(_) | Range::Date => None,
            };
            if filter.is_none() && !matches!(range, Range::Entity(_)) {
                loader.defects.push(value.unexpected("a property with texts or entities, and one of its values"));
            }
            Some((property, filter?))
        });
        sound &= filter.is_some();
        filters.extend(filter);
    }
    if sound && filters.is_empty() {
        loader.defects.push(node.defect(Code::CheckUnknown, "a count of everything", format!("expected {TERM}")));
    }
    (sound && !filters.is_empty()).then_some(NewTerm::Count(kind, filters))
}

/// Reports the checks that cannot be computed, whatever the numbers are; several numbers for one term are no mistake of the
/// file, but of the documents.
pub(super) fn verify(dossier: &Dossier, written: &Written, defects: &mut Vec<Defect>) {
    for check in dossier.checks() {
        let (Err(reason), Some(place)) = (compute(dossier, check), written.0.get(dossier.text(check.label))) else {
            continue;
        };
        let found = format!("\"{}\" cannot be computed: {reason}", dossier.text(check.label));
        let remedy = match reason {
            Uncomputable::Several(..) => continue,
            Uncomputable::Nothing(_) | Uncomputable::Blank(_) | Uncomputable::NotANumber(_) => {
                "expected a slot of which one number is claimed"
            }
            Uncomputable::Units(..) => "expected units that can be converted into each other",
            Uncomputable::Zero(_) => "expected a number to divide by",
            Uncomputable::Terms => "expected ratio = [\"…\", \"…\"], or a sum of one term or more",
        };
        defects.push(Defect::new(Code::CheckUnknown, place.clone(), found, remedy));
    }
}

#[cfg(test)]
mod tests {
    use super::super::load;
    use super::*;
    use crate::syntax::SourceFile;

    const WORLD: &str = r#"
document = "paper"
[[source]]
id = "paper"
key = "P"
title = "A paper"
[[institution]]
id = "house"
label = "House"
at = "lead / p1 s1"
students = 951
undergraduates = 865
doctoral = { value = 86, as_of = "2022" }
beds = [4, { value = 9, modality = "planned" }]
cribs = { missing = true }
area = "1 acre"
motto = "Work"
[[programme]]
id = "course"
label = "A course"
at = "lead / p1 s1"
level = "MD"
institution = "house"
"#;

    /// The checks and the defects of the small world with one more table.
    fn read(table: &str) -> (Dossier, Vec<String>) {
        let text = format!("{WORLD}[[check]]\n{table}\n");
        let (dossier, defects) = load(&[SourceFile::new("w.toml", text)]);
        (dossier, defects.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_sum_a_ratio_a_bound_and_a_count_are_read() {
        for table in [
            r#"label = "x"
at = "lead / p1 s1"
sum = ["institution/house undergraduates", "institution/house doctoral @2022"]
equals = "institution/house students""#,
            r#"label = "x"
at = "lead / p1 s1"
note = "half"
ratio = ["2023.43 m²", "institution/house area"]
equals = "50 %""#,
            r#"label = "x"
at = ["lead / p1 s1", "lead / p1 s2"]
sum = "institution/house beds actual stated 4"
at-most = "institution/house beds planned""#,
            r#"label = "x"
at = "lead / p1 s1"
sum = [{ count = "programme", level = "MD", institution = "house" }, 2, 0.5]
equals = 3.5"#,
        ] {
            let (dossier, defects) = read(table);
            assert_eq!(defects, [""; 0], "{table}");
            let [check] = dossier.checks() else { unreachable!("{table}") };
            assert!(compute(&dossier, check).unwrap().holds, "{table}");
        }
    }

    #[test]
    fn every_defect_of_a_check_is_reported() {
        let sound = "label = \"x\"\nat = \"lead / p1 s1\"\n";
        for (table, expected) in [
            ("label = \"x\"\nsum = 1\nequals = 1", "a check without evidence; expected at = \"SECTION / PLACE\""),
            ("at = \"lead / p1 s1\"\nsum = 1\nequals = 1", "no \"label\""),
            ("{}sum = 1", "none of \"equals\" and \"at-most\"; expected one of: equals = …, at-most = …"),
            ("{}equals = 1", "none of \"sum\" and \"ratio\""),
            ("{}sum = 1\nratio = 1\nequals = 1", "both of \"sum\" and \"ratio\""),
            ("{}sum = true\nequals = 1", "found true; expected \"KIND/ID PROPERTY\""),
            ("{}sum = 1\nequal = 1\nequals = 1", "unknown key \"equal\"; did you mean \"equals\"?"),
            (
                "{}sum = \"institution/hous beds\"\nequals = 1",
                "unknown id \"institution/hous\"; did you mean \"institution/house\"?",
            ),
            (
                "{}sum = \"institution/house bed\"\nequals = 1",
                "unknown property \"bed\" of the kind institution; did you mean \"beds\"?",
            ),
            ("{}sum = \"institution/house motto\"\nequals = 1", "\"motto\" is no number"),
            (
                "{}sum = \"institution/house beds soon\"\nequals = 4",
                "\"soon\" behind a slot; expected a modality, a basis, @DATE",
            ),
            ("{}sum = \"institution/house beds @soon\"\nequals = 4", "\"soon\" is no date"),
            ("{}sum = \"4 furlongs\"\nequals = 4", "unknown unit \"furlongs\""),
            (
                "{}sum = \"institution/house cribs\"\nequals = 4",
                "cannot be computed: term 1: the document leaves a blank",
            ),
            ("{}sum = \"institution/house seats\"\nequals = 4", "cannot be computed: term 1: no claim says so"),
            (
                "{}sum = \"institution/house area\"\nequals = \"institution/house students\"",
                "cannot be computed: term 1: its unit does not go with that of term 2; expected units",
            ),
            ("{}ratio = \"institution/house area\"\nequals = \"50 %\"", "cannot be computed: a ratio takes two terms"),
            ("{}ratio = [1, 0]\nequals = 1", "cannot be computed: term 2: nothing can be divided by zero"),
            ("{}sum = { count = \"programm\" }\nequals = 1", "unknown kind \"programm\"; did you mean \"programme\"?"),
            ("{}sum = { count = \"programme\" }\nequals = 1", "a count of everything"),
            (
                "{}sum = { count = \"programme\", levl = \"MD\" }\nequals = 1",
                "unknown property \"levl\" of the kind programme; did you mean \"level\"?",
            ),
            (
                "{}sum = { count = \"programme\", seats = 3 }\nequals = 1",
                "found 3; expected a property with texts or entities",
            ),
            (
                "{}sum = { count = \"programme\", institution = \"mouse\" }\nequals = 1",
                "unknown institution \"mouse\"; did you mean \"house\"?",
            ),
        ] {
            let (_, defects) = read(&table.replace("{}", sound));
            assert!(
                defects.len() == 1 && defects[0].contains(expected),
                "{table}\nexpected {expected}\nfound {defects:#?}"
            );
            assert!(defects[0].starts_with("w.toml:"), "{}", defects[0]);
        }
    }

    #[test]
    fn two_checks_with_one_label_are_a_defect() {
        let one = "label = \"x\"\nat = \"lead / p1 s1\"\nsum = 1\nequals = 1\n";
        let (dossier, defects) = read(&format!("{one}[[check]]\n{one}"));
        assert_eq!((dossier.checks().len(), defects.len()), (1, 1));
        assert!(defects[0].contains("two checks are called \"x\""), "{}", defects[0]);
    }
}
