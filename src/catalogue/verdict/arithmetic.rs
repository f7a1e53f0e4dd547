//! Checks in words: `865 + 78 + 8 = 951`.
//!
//! Invariant: the words hold every number that went into the result, as it was stated.

use crate::catalogue::Catalogue;
use crate::catalogue::words::quantity;
use crate::model::compute::{Computed, compute};
use crate::model::quantity::decimals;
use crate::model::{Check, ClaimId, Dossier, Operation, Quantity, Relation, Term};

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The documents' numbers do not fit together.
    Fails,
    /// It cannot be computed.
    Unknown,
    /// The numbers fit.
    Holds,
}

impl Outcome {
    /// One column that shows it.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Fails => "≠",
            Self::Unknown => "?",
            Self::Holds => "✓",
        }
    }

    /// The name in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fails => "fails",
            Self::Unknown => "unknown",
            Self::Holds => "holds",
        }
    }
}

/// A check with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckResult {
    /// Which one, as an index into [`Dossier::checks`].
    pub check: usize,
    /// What came of it.
    pub outcome: Outcome,
    /// The arithmetic, or why there is none.
    pub words: String,
    /// The claims whose numbers went into it.
    pub claims: Vec<ClaimId>,
}

impl CheckResult {
    /// The arithmetic with its sign: `865 + 78 + 8 = 951 ✓`.
    pub fn line(&self) -> String {
        format!("{} {}", self.words, self.outcome.sign())
    }
}

/// The results of all checks: what fails first, then in the order of the documents.
pub fn checks(catalogue: &Catalogue) -> Vec<CheckResult> {
    let dossier = catalogue.dossier();
    let mut results: Vec<CheckResult> =
        dossier.checks().iter().enumerate().map(|(index, check)| result(dossier, index, check)).collect();
    results.sort_by_key(|result| (result.outcome, result.check));
    results
}

fn result(dossier: &Dossier, index: usize, check: &Check) -> CheckResult {
    match compute(dossier, check) {
        Err(reason) => {
            let subject = reason.term().and_then(|term| slot_words(dossier, dossier.terms(check).get(term)?));
            let words = subject.map_or_else(|| reason.to_string(), |subject| format!("{reason} ({subject})"));
            CheckResult { check: index, outcome: Outcome::Unknown, words, claims: Vec::new() }
        }
        Ok(computed) => {
            let outcome = if computed.holds { Outcome::Holds } else { Outcome::Fails };
            let words = words(check, &computed);
            let mut claims: Vec<ClaimId> = computed.parts.into_iter().flat_map(|part| part.claims).collect();
            claims.sort_unstable();
            claims.dedup();
            CheckResult { check: index, outcome, words, claims }
        }
    }
}

/// A slot, as a message names it.
fn slot_words(dossier: &Dossier, term: &Term) -> Option<String> {
    match term {
        Term::Slot { entity, property, .. } => Some(format!("{} {}", dossier.id(*entity), property.name())),
        Term::Constant(_) | Term::Count { .. } => None,
    }
}

fn words(check: &Check, computed: &Computed) -> String {
    let Some((last, parts)) = computed.parts.split_last() else { return String::new() };
    let quantities: Vec<Quantity> = parts.iter().map(|part| part.quantity).collect();
    // Units that only say what is counted are left to the label.
    let counted = quantities.iter().chain([&last.quantity]).all(|part| !part.is_measured());
    let shown = |part: Quantity| if counted { number(part.number) } else { full(part) };
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

/// A result with as many digits as the number with which it is compared.
fn stepped(result: Quantity, stated: Quantity) -> Quantity {
    let decimals = decimals(stated.number);
    let number = format!("{:.decimals$}", result.number).parse().unwrap_or(result.number);
    Quantity { number, ..result }
}

fn full(part: Quantity) -> String {
    part.unit.map_or_else(|| number(part.number), |unit| quantity(part.number, unit))
}

fn number(number: f64) -> String {
    quantity(number, "").trim_end().to_owned()
}
