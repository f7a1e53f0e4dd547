//! Checks computed: sums, ratios and bounds that the documents imply.
//!
//! Invariant: a result names every claim whose number went into it.

use crate::graph::Graph;
use crate::model::compute::{Computed, Uncomputable, compute};
use crate::model::{Check, ClaimId, Dossier};

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
#[derive(Debug, Clone, PartialEq)]
pub struct CheckResult {
    /// Which one, as an index into [`Dossier::checks`].
    pub check: usize,
    /// What came of it.
    pub outcome: Outcome,
    /// The numbers and their result, or why there is none.
    pub computed: Result<Computed, Uncomputable>,
    /// The claims whose numbers went into it.
    pub claims: Vec<ClaimId>,
}

/// The results of all checks: what fails first, then in the order of the documents.
pub fn checks(graph: &Graph) -> Vec<CheckResult> {
    let dossier = graph.dossier();
    let mut results: Vec<CheckResult> =
        dossier.checks().iter().enumerate().map(|(index, check)| result(dossier, index, check)).collect();
    results.sort_by_key(|result| (result.outcome, result.check));
    results
}

fn result(dossier: &Dossier, index: usize, check: &Check) -> CheckResult {
    let computed = compute(dossier, check);
    let outcome = match &computed {
        Err(_) => Outcome::Unknown,
        Ok(computed) if computed.holds => Outcome::Holds,
        Ok(_) => Outcome::Fails,
    };
    let parts = computed.iter().flat_map(|computed| &computed.parts);
    let mut claims: Vec<ClaimId> = parts.flat_map(|part| part.claims.iter().copied()).collect();
    claims.sort_unstable();
    claims.dedup();
    CheckResult { check: index, outcome, computed, claims }
}
