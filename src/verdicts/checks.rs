//! The results of checks: sums, ratios and bounds that the documents imply.
//!
//! Invariant: a result names every claim whose number went into it.

use crate::graph::Graph;
use crate::graph::positions::{days_of, positions_of};
use crate::model::compute::{Computed, Uncomputable, compute_from};
use crate::model::id::WhenId;
use crate::model::{Check, ClaimId, DayWindow, Dossier};
use crate::text::word::words;

words! {
    /// The outcome of a check, worst first.
    CheckOutcome {
        /// The numbers of the documents contradict each other.
        Fails = "fails",
        /// The check cannot be computed.
        Unknown = "unknown",
        /// The numbers agree.
        Holds = "holds",
    }
}

impl CheckOutcome {
    /// Returns a sign of one column.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Fails => "≠",
            Self::Unknown => "?",
            Self::Holds => "✓",
        }
    }
}

/// A check with its result.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckResult {
    /// The index of the check in [`Dossier::checks`].
    pub check: usize,
    /// The outcome.
    pub outcome: CheckOutcome,
    /// The numbers and their result, or the reason why there is none.
    pub computed: Result<Computed, Uncomputable>,
    /// The claims whose numbers went into it.
    pub claims: Vec<ClaimId>,
    /// The times of its numbers in the order of its claims, each once, if two of them surely differ; else none.
    pub times: Vec<WhenId>,
}

/// Returns the results of all checks, failed ones first, then in the order of the documents.
pub fn checks(graph: &Graph) -> Vec<CheckResult> {
    let dossier = graph.dossier();
    let mut results: Vec<CheckResult> =
        dossier.checks().iter().enumerate().map(|(index, check)| result(dossier, index, check)).collect();
    results.sort_by_key(|result| (result.outcome, result.check));
    results
}

fn result(dossier: &Dossier, index: usize, check: &Check) -> CheckResult {
    let shown = |ids: &[ClaimId]| positions_of(dossier, ids).into_iter().map(|position| position.claim).collect();
    let computed = compute_from(dossier, check, &shown);
    let outcome = match &computed {
        Err(_) => CheckOutcome::Unknown,
        Ok(computed) if computed.holds => CheckOutcome::Holds,
        Ok(_) => CheckOutcome::Fails,
    };
    let parts = computed.iter().flat_map(|computed| &computed.parts);
    let mut claims: Vec<ClaimId> = parts.flat_map(|part| part.claims.iter().copied()).collect();
    claims.sort_unstable();
    claims.dedup();
    let times = mixed_times(dossier, &claims);
    CheckResult { check: index, outcome, computed, claims, times }
}

/// Returns the times of some claims, each once, if two of them surely differ.
fn mixed_times(dossier: &Dossier, claims: &[ClaimId]) -> Vec<WhenId> {
    let claims = claims.iter().map(|&id| dossier.claim(id));
    let dated = claims.filter_map(|claim| Some((claim.as_of.or(claim.start).or(claim.end)?, days_of(dossier, claim)?)));
    let mut times: Vec<(WhenId, DayWindow)> = Vec::new();
    for row in dated {
        if !times.contains(&row) {
            times.push(row);
        }
    }
    let differ = |a: DayWindow| times.iter().any(|(_, b)| !a.overlaps(*b));
    if times.iter().any(|(_, days)| differ(*days)) {
        times.into_iter().map(|(time, _)| time).collect()
    } else {
        Vec::new()
    }
}
