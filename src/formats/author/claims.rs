//! Reads the names and claims in the table of one entity, with their evidence.
//!
//! Invariant: the keys that a table may have come from the table of properties, and a value outside the range of its
//! property is a defect.

use std::sync::Arc;

use super::details::{self, Shared};
use super::loader::{Context, Loader, date};
use super::notes::Mark;
use super::place;
use crate::model::builder::{Handle, PlaceHandle};
use crate::model::words::{Basis, Modality, NameKind, Rank};
use crate::model::{NewClaim, NewDetails, NewNameDetails, NewValue, PropertyId, Range, When};
use crate::syntax::{Code, Codes, Fields, MAX_INTEGER, Node, allowed, suggestion};
use crate::text::with_article;

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
    allowed: Codes,
}

/// Reads every name and property of a table whose `id`, `label` or `of` has been read. Returns the codes that the table
/// allows.
pub(super) fn read_claims(loader: &mut Loader, subject: Handle, mut fields: Fields<'_>, context: Context) -> Codes {
    let defaults = read_defaults(loader, &mut fields, context, &Defaults::default());
    let lists = loader.read_lists(&mut fields, "complete");
    if !lists.is_empty() {
        loader.complete_lists(subject, lists, &defaults.evidence, &fields.position());
    }
    if let Some(short) = fields.optional_text("short", &mut loader.defects) {
        let details = NewNameDetails { is_private: defaults.shared.is_private(), ..NewNameDetails::default() };
        loader.builder.detailed_name(subject, short, NameKind::Short, None, &details, &defaults.evidence);
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
        if words.is_broken(property) {
            // What is wrong with it is told where it is declared.
            continue;
        }
        let domain = &words.property(property).domain;
        if !domain.has(kind) {
            let found = format!("\"{key}\" cannot be said of {}", with_article(&words.kind(kind).name));
            let names: Vec<&str> = domain.listed.iter().map(|&kind| &*words.kind(kind).name).collect();
            loader.defects.push(node.defect(Code::UnknownKey, found, format!("it is said of: {}", names.join(", "))));
            continue;
        }
        for item in node.items() {
            if let Some(claim) = read_claim(loader, subject, property, item, context, &defaults) {
                let (claim, allowed) = claim;
                check_claim(loader, item, &claim, allowed);
                if let Some(notes) = &mut loader.notes {
                    notes.claims.push((Mark { at: item.position(), allowed }, claim.evidence.clone()));
                }
                loader.builder.claim(claim);
            }
        }
    }
    fields.close(&known, &mut loader.defects);
    defaults.allowed
}

fn read_defaults(loader: &mut Loader, fields: &mut Fields<'_>, context: Context, outer: &Defaults) -> Defaults {
    let (evidence, is_lost) = match fields.get("at") {
        Some(at) => {
            let places = place::read_all(loader, at, context);
            // A place that cannot be read was reported, so that it is not missed.
            let is_lost = places.is_empty() && !at.items().is_empty();
            (places, is_lost)
        }
        None => (outer.evidence.clone(), false),
    };
    let mut word =
        |key, loader: &mut Loader| fields.optional_text(key, &mut loader.defects).map(|word| (fields.get(key), word));
    let modality = word("modality", loader).and_then(|(node, text)| loader.word(node, text));
    let basis = word("basis", loader).and_then(|(node, text)| loader.word(node, text));
    let rank = word("rank", loader).and_then(|(node, text)| loader.word(node, text));
    let reason = fields.optional_text("reason", &mut loader.defects).map(str::to_owned);
    let as_of = fields.get("as_of").and_then(|node| date(node, loader));
    let shared = Shared::read(loader, fields, &outer.shared);
    let allowed = allowed(fields, &mut loader.defects).and(outer.allowed);
    Defaults {
        evidence,
        modality: modality.or(outer.modality),
        basis: basis.or(outer.basis),
        rank: rank.or(outer.rank),
        reason: reason.or_else(|| outer.reason.clone()),
        as_of: as_of.or_else(|| outer.as_of.clone()),
        shared,
        allowed: if is_lost { allowed.with(Code::NoEvidence) } else { allowed },
    }
}

fn read_name(loader: &mut Loader, entity: Handle, node: Node<'_>, context: Context, defaults: &Defaults) {
    if let Some(value) = node.as_text() {
        note_name(loader, node, defaults.allowed);
        let details = NewNameDetails { is_private: defaults.shared.is_private(), ..NewNameDetails::default() };
        loader.builder.detailed_name(entity, value, NameKind::Alias, None, &details, &defaults.evidence);
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
    let is_private = details::flag(loader, &mut fields, "private").unwrap_or(defaults.shared.is_private());
    let evidence = match fields.get("at") {
        Some(at) => place::read_all(loader, at, context),
        None => defaults.evidence.clone(),
    };
    let allowed = allowed(&mut fields, &mut loader.defects).and(defaults.allowed);
    fields.close(&[], &mut loader.defects);
    if let (Some(value), Some(kind)) = (value, kind) {
        note_name(loader, node, allowed);
        let details = NewNameDetails { start, end, is_private };
        loader.builder.detailed_name(entity, value, kind, lang, &details, &evidence);
    }
}

fn note_name(loader: &mut Loader, node: Node<'_>, allowed: Codes) {
    if let Some(notes) = &mut loader.notes {
        notes.names.push(Mark { at: node.position(), allowed });
    }
}

/// Reads a claim, and the codes that are allowed of it.
fn read_claim(
    loader: &mut Loader,
    subject: Handle,
    property: PropertyId,
    node: Node<'_>,
    context: Context,
    defaults: &Defaults,
) -> Option<(NewClaim, Codes)> {
    let Some(mut fields) = node.as_table() else {
        let value = read_value(loader, property, node)?;
        let details = defaults.shared.details(node, &value);
        let claim = NewClaim { details, ..claim(loader, subject, property, value, defaults) };
        return Some((claim, defaults.allowed));
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
            loader.defects.push(fields.defect(
                Code::WrongValue,
                "a value that is also missing",
                "expected either value or missing = true",
            ));
            None
        }
        (None, None | Some(false)) => {
            loader.defects.push(fields.defect(
                Code::WrongValue,
                "no \"value\"",
                "expected value = …, or missing = true",
            ));
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
                loader.defects.push(node.defect(
                    Code::WrongValue,
                    "a label on a value that is no date",
                    "use note for a remark",
                ));
            }
            return None;
        }
    };
    fields.close(&[], &mut loader.defects);
    let shared = own.shared.details(written.unwrap_or(node), &value);
    let NewDetails { id, state, scope, sentence, .. } = further;
    let details = NewDetails { id, state, scope, sentence, note, ..shared };
    let claim = NewClaim { start, end, details, ..claim(loader, subject, property, value, &own) };
    Some((claim, own.allowed))
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
fn check_claim(loader: &mut Loader, node: Node<'_>, claim: &NewClaim, allowed: Codes) {
    let words = Arc::clone(&loader.words);
    let name = words.name(claim.property);
    if claim.evidence.is_empty() && !allowed.and(loader.allowed).has(Code::NoEvidence) {
        loader.defects.push(node.defect(
            Code::NoEvidence,
            format!("\"{name}\" without evidence"),
            "expected at = \"SECTION / PLACE\"",
        ));
    }
    let needs_reason = claim.basis == Basis::Inferred || claim.rank != Rank::Normal;
    if needs_reason && claim.reason.is_none() {
        let why = if claim.basis == Basis::Inferred { "inferred" } else { claim.rank.as_str() };
        loader.defects.push(node.defect(
            Code::NoReason,
            format!("\"{name}\" is {why} without a reason"),
            "expected reason = \"…\"",
        ));
    }
}

fn read_value(loader: &mut Loader, property: PropertyId, node: Node<'_>) -> Option<NewValue> {
    let words = Arc::clone(&loader.words);
    let declared = words.property(property);
    match &declared.range {
        Range::Text(_) => match node.as_text() {
            Some("") => {
                loader.defects.push(node.defect(Code::BlankText, "a blank text", "expected a text that is not empty"));
                None
            }
            Some(text) if !declared.values.is_empty() && declared.values.iter().all(|value| **value != *text) => {
                let values: Vec<&str> = declared.values.iter().map(|value| &**value).collect();
                let remedy =
                    suggestion(text, values.iter().copied(), || format!("expected one of: {}", values.join(", ")));
                loader.defects.push(node.defect(
                    Code::UnknownWord,
                    format!("\"{text}\" is no value of \"{}\"", declared.name),
                    remedy,
                ));
                None
            }
            Some(text) => Some(NewValue::Text(text.to_owned())),
            None => wrong(loader, node, "a text in quotes"),
        },
        Range::Entity(kinds) => loader.entity(node, kinds).map(NewValue::Entity),
        Range::Date => date(node, loader).map(NewValue::Date),
        Range::Number(numbers) => {
            if let Some(text) = node.as_text() {
                return read_quantity(loader, node, property, text);
            }
            let read = node.as_number().zip(numbers.default);
            if read.is_none() {
                loader.defects.push(node.unexpected_number(&words.expectation(property)));
            }
            read.map(|(number, unit)| NewValue::Number(number, unit))
        }
    }
}

/// Reads `12.5 million EUR`: a number, a space, a unit of the property.
fn read_quantity(loader: &mut Loader, node: Node<'_>, property: PropertyId, text: &str) -> Option<NewValue> {
    let words = Arc::clone(&loader.words);
    let parts = text.split_once(' ').map(|(number, unit)| (number, unit.trim()));
    let number = |number: &str| number.parse().ok().filter(|number: &f64| number.is_finite());
    let Some((digits, number, unit)) = parts.and_then(|(digits, unit)| Some((digits, number(digits)?, unit))) else {
        return wrong(loader, node, &words.expectation(property));
    };
    if number.abs() > MAX_INTEGER as f64 && digits.bytes().skip(1).all(|byte| byte.is_ascii_digit()) {
        loader.defects.push(node.integer_range(digits));
        return None;
    }
    match words.find_unit(unit) {
        Some(unit) if words.takes(property, unit) => Some(NewValue::Number(number, unit)),
        Some(_) => wrong(loader, node, &words.expectation(property)),
        None => {
            let remedy =
                suggestion(unit, words.measure_names(), || format!("expected {}", words.expectation(property)));
            loader.defects.push(node.defect(Code::UnknownUnit, format!("unknown unit \"{unit}\""), remedy));
            None
        }
    }
}

fn wrong(loader: &mut Loader, node: Node<'_>, expected: &str) -> Option<NewValue> {
    loader.defects.push(node.unexpected(expected));
    None
}
