//! The result of a check in words: `865 + 78 + 8 = 951`.
//!
//! Invariant: the words hold every number that went into the result, as it was stated.

use super::wording::{grouped, quantity};
use crate::model::compute::Computed;
use crate::model::quantity::decimals;
use crate::model::{Check, Dossier, Operation, Quantity, Relation, Term, Vocabulary};
use crate::verdicts::CheckResult;

/// Returns the arithmetic of a check, or the reason why it cannot be computed.
pub fn arithmetic(dossier: &Dossier, result: &CheckResult) -> String {
    let Some(check) = dossier.checks().get(result.check) else { return String::new() };
    match &result.computed {
        Ok(computed) => arithmetic_of(dossier.vocabulary(), check, computed),
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

fn arithmetic_of(words: &Vocabulary, check: &Check, computed: &Computed) -> String {
    let Some((last, parts)) = computed.parts.split_last() else { return String::new() };
    let quantities: Vec<Quantity> = parts.iter().map(|part| part.quantity).collect();
    // Units that only name the things counted are left to the label.
    let counted = quantities.iter().chain([&last.quantity]).all(|part| !part.is_measured(words));
    let shown = |part: Quantity| if counted { grouped(part.number) } else { full(words, part) };
    let sign = match check.operation {
        Operation::Sum => " + ",
        Operation::Ratio => " / ",
    };
    let left = quantities.into_iter().map(shown).collect::<Vec<_>>().join(sign);
    let alone = parts.len() == 1;
    let result = shown(stepped(computed.result, last.quantity));
    let stated = shown(last.quantity);
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
