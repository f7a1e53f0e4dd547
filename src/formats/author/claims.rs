//! Reads the names and claims in the table of one entity, with their evidence.
//!
//! Invariant: the keys that a table may have come from the table of properties, and a value outside the range of its
//! property is a defect.

use std::sync::Arc;

use super::details::{self, Shared};
use super::loader::{Context, Loader, date};
use super::place;
use crate::model::builder::{Handle, PlaceHandle};
use crate::model::words::{Basis, Modality, NameKind, Rank};
use crate::model::{NewClaim, NewDetails, NewValue, PropertyId, Range, Vocabulary, When};
use crate::syntax::{Defect, Fields, Node, suggestion};

/// Settings of a table for all its claims; a value may override them.
#[derive(Debug, Clone, Default)]
struct Defaults {
    evidence: Vec<PlaceHandle>,
    modality: Option<Modality>,
    basis: Option<Basis>,
    rank: Option<Rank>,
    reason: Option<String>,
    as_of: Option<When>,
    shared: Shared,
}

/// Reads every name and property of a table whose `id`, `label` or `of` has been read.
pub(super) fn read_claims(loader: &mut Loader, subject: Handle, mut fields: Fields<'_>, context: Context) {
    let defaults = read_defaults(loader, &mut fields, context, &Defaults::default());
    let lists = loader.read_lists(&mut fields, "complete");
    loader.complete_lists(subject, lists, &defaults.evidence);
    if let Some(short) = fields.optional_text("short", &mut loader.defects) {
        loader.builder.name(subject, short, NameKind::Short, None, defaults.evidence.clone());
    }
    if let Some(node) = fields.get("names") {
        for item in node.items() {
            read_name(loader, subject, item, context, &defaults);
        }
    }
    let kind = loader.builder.kind(subject);
    let words = Arc::clone(&loader.words);
    let known: Vec<&str> = words.names_for(kind).collect();
    for key in fields.keys() {
        let Some(property) = words.find_property(key) else { continue };
        let Some(node) = fields.get(key) else { continue };
        let domain = &words.property(property).domain;
        if !domain.has(kind) {
            let found = format!("\"{key}\" cannot be said of a {}", words.kind(kind).name);
            let names: Vec<&str> = domain.listed.iter().map(|&kind| &*words.kind(kind).name).collect();
            loader.defects.push(node.defect(found, format!("it is said of: {}", names.join(", "))));
            continue;
        }
        for item in node.items() {
            if let Some(claim) = read_claim(loader, subject, property, item, context, &defaults) {
                check_claim(loader, item, &claim);
                loader.builder.claim(claim);
            }
        }
    }
    fields.close(&known, &mut loader.defects);
}

fn read_defaults(loader: &mut Loader, fields: &mut Fields<'_>, context: Context, outer: &Defaults) -> Defaults {
    let evidence = match fields.get("at") {
        Some(at) => place::read_all(loader, at, context),
        None => outer.evidence.clone(),
    };
    let mut word =
        |key, loader: &mut Loader| fields.optional_text(key, &mut loader.defects).map(|word| (fields.get(key), word));
    let modality = word("modality", loader).and_then(|(node, text)| loader.word(node, text));
    let basis = word("basis", loader).and_then(|(node, text)| loader.word(node, text));
    let rank = word("rank", loader).and_then(|(node, text)| loader.word(node, text));
    let reason = fields.optional_text("reason", &mut loader.defects).map(str::to_owned);
    let as_of = fields.get("as_of").and_then(|node| date(node, loader));
    let shared = Shared::read(loader, fields, &outer.shared);
    Defaults {
        evidence,
        modality: modality.or(outer.modality),
        basis: basis.or(outer.basis),
        rank: rank.or(outer.rank),
        reason: reason.or_else(|| outer.reason.clone()),
        as_of: as_of.or_else(|| outer.as_of.clone()),
        shared,
    }
}

fn read_name(loader: &mut Loader, entity: Handle, node: Node<'_>, context: Context, defaults: &Defaults) {
    if let Some(value) = node.as_text() {
        loader.builder.name(entity, value, NameKind::Alias, None, defaults.evidence.clone());
        return;
    }
    let Some(mut fields) = node.as_table() else {
        loader.defects.push(node.unexpected("a name in quotes, or { value = \"…\", kind = \"…\" }"));
        return;
    };
    let value = fields.text("value", &mut loader.defects);
    let kind = match fields.optional_text("kind", &mut loader.defects) {
        Some(word) => loader.word(fields.get("kind"), word),
        None => Some(NameKind::Alias),
    };
    let lang = fields.optional_text("lang", &mut loader.defects);
    let start = fields.get("start").and_then(|node| date(node, loader));
    let end = fields.get("end").and_then(|node| date(node, loader));
    let evidence = match fields.get("at") {
        Some(at) => place::read_all(loader, at, context),
        None => defaults.evidence.clone(),
    };
    fields.close(&[], &mut loader.defects);
    if let (Some(value), Some(kind)) = (value, kind) {
        loader.builder.former_name(entity, value, kind, lang, [start, end], &evidence);
    }
}

fn read_claim(
    loader: &mut Loader,
    subject: Handle,
    property: PropertyId,
    node: Node<'_>,
    context: Context,
    defaults: &Defaults,
) -> Option<NewClaim> {
    let Some(mut fields) = node.as_table() else {
        let value = read_value(loader, property, node)?;
        let details = defaults.shared.details(node, &value);
        return Some(NewClaim { details, ..claim(loader, subject, property, value, defaults) });
    };
    let own = read_defaults(loader, &mut fields, context, defaults);
    let missing = fields.get("missing").and_then(|node| {
        let flag = node.as_bool();
        if flag.is_none() {
            loader.defects.push(node.unexpected("true"));
        }
        flag
    });
    let written = fields.get("value");
    let value = match (written, missing) {
        (Some(node), None | Some(false)) => read_value(loader, property, node),
        (None, Some(true)) => Some(NewValue::Missing),
        (Some(_), Some(true)) => {
            loader
                .defects
                .push(fields.defect("a value that is also missing", "expected either value or missing = true"));
            None
        }
        (None, None | Some(false)) => {
            loader.defects.push(fields.defect("no \"value\"", "expected value = …, or missing = true"));
            None
        }
    };
    let label = fields.optional_text("label", &mut loader.defects);
    let note = fields.optional_text("note", &mut loader.defects).map(str::to_owned);
    let start = fields.get("start").and_then(|node| date(node, loader));
    let end = fields.get("end").and_then(|node| date(node, loader));
    let further = details::read_own(loader, &mut fields, value.as_ref());
    let value = match (value?, label) {
        (NewValue::Date(when), Some(label)) => NewValue::Date(when.with_label(label)),
        (value, None) => value,
        (NewValue::Text(_) | NewValue::Number(..) | NewValue::Entity(_) | NewValue::Missing, Some(_)) => {
            if let Some(node) = fields.get("label") {
                loader.defects.push(node.defect("a label on a value that is no date", "use note for a remark"));
            }
            return None;
        }
    };
    fields.close(&[], &mut loader.defects);
    let shared = own.shared.details(written.unwrap_or(node), &value);
    let NewDetails { id, state, scope, sentence, .. } = further;
    let details = NewDetails { id, state, scope, sentence, note, ..shared };
    Some(NewClaim { start, end, details, ..claim(loader, subject, property, value, &own) })
}

fn claim(loader: &Loader, subject: Handle, property: PropertyId, value: NewValue, defaults: &Defaults) -> NewClaim {
    let usual = if loader.builder.is_listed(&defaults.evidence) { Basis::Listed } else { Basis::Stated };
    NewClaim {
        modality: defaults.modality.unwrap_or(Modality::Actual),
        basis: defaults.basis.unwrap_or(usual),
        rank: defaults.rank.unwrap_or(Rank::Normal),
        reason: defaults.reason.clone(),
        as_of: defaults.as_of.clone(),
        evidence: defaults.evidence.clone(),
        ..NewClaim::new(subject, property, value)
    }
}

/// Reports defects that are not those of a single key.
fn check_claim(loader: &mut Loader, node: Node<'_>, claim: &NewClaim) {
    let words = Arc::clone(&loader.words);
    let name = words.name(claim.property);
    if claim.evidence.is_empty() {
        loader.defects.push(node.defect(format!("\"{name}\" without evidence"), "expected at = \"SECTION / PLACE\""));
    }
    let needs_reason = claim.basis == Basis::Inferred || claim.rank != Rank::Normal;
    if needs_reason && claim.reason.is_none() {
        let why = if claim.basis == Basis::Inferred { "inferred" } else { claim.rank.as_str() };
        loader.defects.push(node.defect(format!("\"{name}\" is {why} without a reason"), "expected reason = \"…\""));
    }
}

fn read_value(loader: &mut Loader, property: PropertyId, node: Node<'_>) -> Option<NewValue> {
    let words = Arc::clone(&loader.words);
    let declared = words.property(property);
    match &declared.range {
        Range::Text(_) => match node.as_text() {
            Some("") => wrong(loader, node, "a text that is not empty"),
            Some(text) if !declared.values.is_empty() && declared.values.iter().all(|value| **value != *text) => {
                let values: Vec<&str> = declared.values.iter().map(|value| &**value).collect();
                let remedy =
                    suggestion(text, values.iter().copied(), || format!("expected one of: {}", values.join(", ")));
                loader.defects.push(node.defect(format!("\"{text}\" is no value of \"{}\"", declared.name), remedy));
                None
            }
            Some(text) => Some(NewValue::Text(text.to_owned())),
            None => wrong(loader, node, "a text in quotes"),
        },
        Range::Entity(kinds) => loader.entity(node, kinds).map(NewValue::Entity),
        Range::Date => date(node, loader).map(NewValue::Date),
        Range::Number(numbers) => {
            let read = match node.as_text() {
                Some(text) => read_quantity(&words, property, text),
                None => node.as_number().zip(numbers.default).map(|(number, unit)| NewValue::Number(number, unit)),
            };
            read.or_else(|| wrong(loader, node, &words.expectation(property)))
        }
    }
}

/// Reads `12.5 million EUR`: a number, a space, a unit of the property.
fn read_quantity(words: &Vocabulary, property: PropertyId, text: &str) -> Option<NewValue> {
    let (number, unit) = text.split_once(' ')?;
    let number: f64 = number.parse().ok().filter(|number: &f64| number.is_finite())?;
    let unit = words.find_unit(unit.trim()).filter(|&unit| words.takes(property, unit))?;
    Some(NewValue::Number(number, unit))
}

fn wrong(loader: &mut Loader, node: Node<'_>, expected: &str) -> Option<NewValue> {
    let defect: Defect = node.unexpected(expected);
    loader.defects.push(defect);
    None
}
