//! The result of a check in words: `865 + 78 + 8 = 951`.
//!
//! Invariant: the words hold every number that went into the result, as it was stated.

use std::collections::HashSet;

use super::wording::{distinct, grouped, quantity};
use crate::model::compute::Computed;
use crate::model::quantity::decimals;
use crate::model::{Check, Claim, Dossier, Modality, Operation, Quantity, Relation, Term, Value, Vocabulary};
use crate::verdicts::CheckResult;

/// Returns the arithmetic of a check, or the reason why it cannot be computed.
pub fn arithmetic(dossier: &Dossier, result: &CheckResult) -> String {
    in_words(dossier, result, &[])
}

/// Returns the arithmetic of a check with the name of each term: `High voices 24 + Low voices 16 = 40 (Voices)`.
pub fn named(dossier: &Dossier, result: &CheckResult) -> String {
    let names = dossier.checks().get(result.check).map(|check| names(dossier, check));
    in_words(dossier, result, &names.unwrap_or_default())
}

/// Returns what the dossier's authors remark on a check, and that its numbers are of different times.
pub fn remarks(dossier: &Dossier, result: &CheckResult) -> Vec<String> {
    let note = dossier.checks().get(result.check).and_then(|check| check.note);
    let times: Vec<String> = distinct(result.times.iter().map(|&time| dossier.when(time).stated()));
    let mixed = (!times.is_empty()).then(|| format!("The numbers are of different times: {}", times.join(", ")));
    let states = states(dossier, result);
    let states = (states.len() > 1).then(|| format!("The numbers are not of one state: {}", states.join(", ")));
    note.map(|note| dossier.text(note).to_owned()).into_iter().chain(mixed).chain(states).collect()
}

/// Returns the states of the numbers that are added or divided, each once: planned, of what there is room for, in use.
fn states(dossier: &Dossier, result: &CheckResult) -> Vec<String> {
    let parts = result.computed.iter().filter_map(|computed| computed.parts.split_last().map(|(_, parts)| parts));
    let claims = parts.flatten().flat_map(|part| &part.claims).map(|&id| dossier.claim(id));
    let state = |claim: &Claim| match dossier.details(claim).and_then(|details| details.state) {
        _ if claim.modality() == Modality::Planned => "planned".to_owned(),
        Some(state) => state.as_str().replace('-', " "),
        None => "not said".to_owned(),
    };
    distinct(claims.map(state))
}

/// Returns the name of each term of a check: what tells it from the others, the entity, the property or both; nothing for
/// a plain number.
fn names(dossier: &Dossier, check: &Check) -> Vec<String> {
    let terms = dossier.terms(check);
    let slots = || {
        terms.iter().filter_map(|term| match term {
            Term::Slot { entity, property, .. } => Some((*entity, *property)),
            Term::Constant(_) | Term::Count { .. } => None,
        })
    };
    let entities = slots().map(|(entity, _)| entity).collect::<HashSet<_>>().len() == slots().count();
    let properties = slots().map(|(_, property)| property).collect::<HashSet<_>>().len() == slots().count();
    let name = |term: &Term| match term {
        Term::Constant(_) => String::new(),
        Term::Slot { entity, property, .. } => {
            let (of, what) = (dossier.label(*entity), dossier.vocabulary().label(*property));
            match (entities, properties) {
                (_, true) if !entities || slots().count() == 1 => what.to_owned(),
                (true, _) => of.to_owned(),
                (false, _) => format!("{of}, {}", what.to_lowercase()),
            }
        }
        Term::Count { kind, filters } => {
            let texts = dossier.filters(*filters).iter().filter_map(|filter| match filter.value {
                Value::Text(text) => Some(dossier.text(text)),
                Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
            });
            let texts: Vec<&str> = texts.collect();
            if texts.is_empty() { dossier.vocabulary().kind(*kind).plural.to_string() } else { texts.join(" ") }
        }
    };
    terms.iter().map(name).collect()
}

fn in_words(dossier: &Dossier, result: &CheckResult, names: &[String]) -> String {
    let Some(check) = dossier.checks().get(result.check) else { return String::new() };
    match &result.computed {
        Ok(computed) => arithmetic_of(dossier.vocabulary(), check, computed, names),
        Err(reason) => {
            let subject = reason.term().and_then(|term| slot_words(dossier, dossier.terms(check).get(term)?));
            subject.map_or_else(|| reason.to_string(), |subject| format!("{reason} ({subject})"))
        }
    }
}

/// Returns the name of a slot in messages.
fn slot_words(dossier: &Dossier, term: &Term) -> Option<String> {
    match term {
        Term::Slot { entity, property, .. } => {
            Some(format!("{} {}", dossier.id(*entity), dossier.vocabulary().name(*property)))
        }
        Term::Constant(_) | Term::Count { .. } => None,
    }
}

fn arithmetic_of(words: &Vocabulary, check: &Check, computed: &Computed, names: &[String]) -> String {
    let Some((last, parts)) = computed.parts.split_last() else { return String::new() };
    let quantities: Vec<Quantity> = parts.iter().map(|part| part.quantity).collect();
    // Units that only name the things counted are left to the label.
    let counted = quantities.iter().chain([&last.quantity]).all(|part| !part.is_measured(words));
    let shown = |part: Quantity| if counted { grouped(part.number) } else { full(words, part) };
    let sign = match check.operation {
        Operation::Sum => " + ",
        Operation::Ratio => " / ",
    };
    let called = |at: usize, number: String| match names.get(at).filter(|name| !name.is_empty()) {
        Some(name) => format!("{name} {number}"),
        None => number,
    };
    let left: Vec<String> = quantities.into_iter().enumerate().map(|(at, part)| called(at, shown(part))).collect();
    let left = left.join(sign);
    let alone = parts.len() == 1;
    let result = shown(stepped(computed.result, last.quantity));
    let stated = match names.get(parts.len()).filter(|name| !name.is_empty()) {
        Some(name) => format!("{} ({name})", shown(last.quantity)),
        None => shown(last.quantity),
    };
    match (check.relation, computed.holds) {
        (Relation::Equals, true) => format!("{left} = {stated}"),
        (Relation::Equals, false) if alone => format!("{left}, not {stated}"),
        (Relation::Equals, false) => format!("{left} = {result}, not {stated}"),
        (Relation::AtMost, holds) => {
            let relation = if holds { "≤" } else { ">" };
            if alone { format!("{left} {relation} {stated}") } else { format!("{left} = {result} {relation} {stated}") }
        }
    }
}

/// Returns a result with as many digits as the number with which it is compared.
fn stepped(result: Quantity, stated: Quantity) -> Quantity {
    let decimals = decimals(stated.number);
    let number = format!("{:.decimals$}", result.number).parse().unwrap_or(result.number);
    Quantity { number, ..result }
}

fn full(words: &Vocabulary, part: Quantity) -> String {
    part.unit.map_or_else(|| grouped(part.number), |unit| quantity(words, part.number, unit))
}
