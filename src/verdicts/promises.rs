//! Promises: planned dates by when they were made, put off from one to the next, and held against what came.
//!
//! The accounts of a promise were given at one time; if that is not known, each planned date is a promise of its own. An
//! outcome is held against the first promise and the last that was made before it; where the order of the promises is not
//! told, against the one that was due first and the one due last.
//!
//! Invariant: a delay is told once for each step, and a number of days is given with its bounds, never as more than the
//! dates tell.

use super::judge;
use super::rule::Rule;
use super::{Pair, Side};
use crate::graph::compare::due;
use crate::graph::positions::{is_same_scope, made, positions};
use crate::model::{ClaimId, DayWindow, Dossier, Modality, Rank, When};

/// A promise: what was planned at one time.
#[derive(Debug, Clone)]
struct Promise {
    /// The days on one of which it was made.
    made: Option<DayWindow>,
    /// Its accounts, the one due first first.
    accounts: Vec<ClaimId>,
    /// The days by which it was due, by all accounts.
    due: DayWindow,
}

/// By how many days an outcome came after the day on which it was due; negative before it. `None` where a bound is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The least.
    pub at_least: Option<i64>,
    /// The most.
    pub at_most: Option<i64>,
}

/// How an outcome stands to the promises made before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    /// After the first promise.
    pub first: Days,
    /// After the last promise, if there are several.
    pub last: Option<Days>,
    /// True if the order of the promises is told; else the first is the one due first.
    pub is_told: bool,
}

/// Judges planned dates of one scope with each other, and with the dates on which it came about.
pub(super) fn judge(dossier: &Dossier, plans: &[ClaimId], facts: &[ClaimId], pairs: &mut Vec<Pair>) {
    let promises = promises(dossier, plans);
    for promise in &promises {
        pairs.extend(two_by_two(&promise.accounts).filter_map(|(a, b)| judge::pair(dossier, a, b)));
    }
    for (number, a) in promises.iter().enumerate() {
        for b in promises.iter().skip(number.saturating_add(1)) {
            let is_step = !promises.iter().any(|between| between.is_between(a, b));
            if let (true, Some(&a), Some(&b)) = (is_step, a.accounts.last(), b.accounts.last()) {
                pairs.extend(judge::pair(dossier, a, b));
            }
        }
    }
    for &fact in facts {
        let Some(came) = dossier.date(dossier.claim(fact)) else { continue };
        let (before, after): (Vec<&Promise>, Vec<&Promise>) =
            promises.iter().partition(|promise| promise.precedes(came));
        let made_after = after.iter().filter_map(|promise| promise.accounts.last());
        pairs.extend(made_after.map(|&plan| Pair {
            a: Side::Claim(plan),
            b: Side::Claim(fact),
            rule: Rule::MadeAfter,
        }));
        let (ordered, _) = in_order(&before);
        if let (Some(first), Some(plan)) = (ordered.first(), ordered.last().and_then(|last| last.accounts.last())) {
            let latest = first.accounts.iter().filter_map(|&id| dossier.date(dossier.claim(id)));
            let rule = judge::arrival(latest.filter_map(When::latest).min(), first.due.latest, came);
            pairs.push(Pair { a: Side::Claim(*plan), b: Side::Claim(fact), rule });
        }
    }
}

/// Returns every two of some claims.
fn two_by_two(claims: &[ClaimId]) -> impl Iterator<Item = (ClaimId, ClaimId)> {
    claims.iter().enumerate().flat_map(|(at, &a)| claims.iter().skip(at.saturating_add(1)).map(move |&b| (a, b)))
}

/// Returns how an outcome stands to the promises of its slot and scope; `None` if none was made before it.
pub fn lateness(dossier: &Dossier, fact: ClaimId) -> Option<Lateness> {
    let claim = dossier.claim(fact);
    let came = dossier.date(claim)?;
    let is_plan = |id: &ClaimId| {
        let plan = dossier.claim(*id);
        let is_valid = plan.modality() == Modality::Planned && plan.rank() != Rank::Deprecated;
        is_valid && dossier.date(plan).is_some() && is_same_scope(dossier, plan, claim)
    };
    let shown = positions(dossier, claim.subject, claim.property).into_iter().map(|position| position.claim);
    let promises = promises(dossier, &shown.filter(is_plan).collect::<Vec<_>>());
    let before: Vec<&Promise> = promises.iter().filter(|promise| promise.precedes(came)).collect();
    let (ordered, is_told) = in_order(&before);
    let (first, last) = (ordered.first()?, ordered.last()?);
    let days = |promise: &Promise| Days {
        at_least: came.earliest().zip(promise.due.latest).map(|(came, due)| (came - due).num_days()),
        at_most: came.latest().zip(promise.due.earliest).map(|(came, due)| (came - due).num_days()),
    };
    Some(Lateness { first: days(first), last: (ordered.len() > 1).then(|| days(last)), is_told })
}

fn promises(dossier: &Dossier, plans: &[ClaimId]) -> Vec<Promise> {
    let mut found: Vec<Promise> = Vec::new();
    for &id in plans {
        let claim = dossier.claim(id);
        let Some(date) = dossier.date(claim) else { continue };
        let (made, due) = (made(dossier, claim), due(date));
        match found.iter_mut().find(|promise| made.is_some() && promise.made == made) {
            Some(promise) => {
                promise.accounts.push(id);
                promise.due = promise.due.hull(due);
            }
            None => found.push(Promise { made, accounts: vec![id], due }),
        }
    }
    let by_due = |&id: &ClaimId| {
        let due = dossier.date(dossier.claim(id)).map(due).unwrap_or_default();
        (due.latest.is_none(), due.latest, due.earliest, id)
    };
    for promise in &mut found {
        promise.accounts.sort_by_key(by_due);
    }
    found.sort_by_key(|promise| promise.accounts.last().map(by_due));
    found
}

/// Returns promises by the days on which they were made, and true; or as they are, by the days on which they are due, and
/// false, if their order is not told.
fn in_order<'a>(promises: &[&'a Promise]) -> (Vec<&'a Promise>, bool) {
    let mut ordered = promises.to_vec();
    ordered.sort_by_key(|promise| promise.made);
    if ordered.is_sorted_by(|a, b| a.is_before(b)) { (ordered, true) } else { (promises.to_vec(), false) }
}

impl Promise {
    /// Returns true if it was surely made before another one.
    fn is_before(&self, other: &Self) -> bool {
        self.made.zip(other.made).is_some_and(|(a, b)| a.surely_before(b))
    }

    /// Returns true if it was not surely made after something came about.
    fn precedes(&self, came: &When) -> bool {
        !self.made.is_some_and(|made| came.window().surely_before(made))
    }

    /// Returns true if the step from one promise to another leads over this one: made between them, or, where the order is
    /// not told, due between them.
    fn is_between(&self, a: &Self, b: &Self) -> bool {
        let is_told = |a: &Self, b: &Self| a.is_before(b) || b.is_before(a);
        if is_told(a, b) {
            return a.is_before(self) && self.is_before(b) || b.is_before(self) && self.is_before(a);
        }
        let is_earlier = |a: &Self, b: &Self| matches!((a.due.latest, b.due.latest), (Some(a), Some(b)) if a < b);
        !is_told(self, a)
            && !is_told(self, b)
            && (is_earlier(a, self) && is_earlier(self, b) || is_earlier(b, self) && is_earlier(self, a))
    }
}
