//! Positions: what the claims of a slot come to when those that say one thing, more or less exactly, are one.
//!
//! Of "2021", "March 2021" and "5 March 2021" the day is the position, and the other two support it. A claim that two finer
//! ones narrow in different ways supports both. Only claims of one modality, scope and state go together, and those whose
//! times may be the same; the accounts of a plan only if they were given at one time, for a plan that is repeated later is
//! another promise.
//!
//! Invariant: every claim supports at least one position, the value shown of a position is that of its finest claim, and
//! nothing depends on the order of the claims, but for equal ones, of which the first is shown.

use std::cmp::Ordering;

use super::compare::{Comparison, compare, compare_due};
use super::slots::slot_ids;
use crate::model::{
    Basis, Claim, ClaimId, DayWindow, Details, Dossier, EntityId, Modality, PropertyId, Rank, Reference, State, Value,
    When,
};

/// The most claims of a slot that are compared two by two; in a slot of more, only equal values are one position.
const MAX_COMPARED: usize = 64;

/// What one or more claims of a slot say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The finest claim, which gives the value that is shown. Basis and rank are its own.
    pub claim: ClaimId,
    /// All claims that say so, that one included, in the order of the documents.
    pub supports: Vec<ClaimId>,
}

/// Returns the positions of a slot, in the order of the claims that are shown. Deprecated claims have positions of their own.
pub fn positions(dossier: &Dossier, subject: EntityId, property: impl Into<PropertyId>) -> Vec<Position> {
    let ids: Vec<ClaimId> = slot_ids(dossier, subject, property).collect();
    positions_of(dossier, &ids)
}

/// Returns the positions of some claims of one slot, given in the order of the documents.
pub fn positions_of(dossier: &Dossier, ids: &[ClaimId]) -> Vec<Position> {
    if let [only] = ids {
        return vec![Position { claim: *only, supports: vec![*only] }];
    }
    let is_few = ids.len() <= MAX_COMPARED;
    let rows: Vec<(ClaimId, &Claim)> = ids.iter().map(|&id| (id, dossier.claim(id))).collect();
    let mut keyed: Vec<(ValueKey, (ClaimId, &Claim))> = rows
        .into_iter()
        // Few claims are compared two by two, whatever their values; of many, and of values that may stand side by side,
        // only equal ones.
        .map(|row| (if is_few && !dossier.property(row.1.property).many { (0, 0) } else { value_key(row.1) }, row))
        .collect();
    keyed.sort_by_key(|(key, (id, _))| (*key, *id));
    let mut found: Vec<Position> = Vec::new();
    for group in keyed.chunk_by(|a, b| a.0 == b.0) {
        let rows: Vec<(ClaimId, &Claim)> = group.iter().map(|&(_, row)| row).collect();
        for part in rows.chunks(MAX_COMPARED) {
            found.extend(of_group(dossier, part));
        }
    }
    found.sort_by_key(|position| position.claim);
    found
}

/// A key that is equal for equal values; texts and dates are stored once in a dossier.
pub type ValueKey = (u8, u64);

/// Returns the key of the value of a claim.
pub fn value_key(claim: &Claim) -> ValueKey {
    match claim.value {
        Value::Text(text) => (1, text.index() as u64),
        Value::Number { number, .. } => (2, number.get().to_bits()),
        Value::Entity(EntityId(entity)) => (3, entity.into()),
        Value::Date(date) => (4, date.index() as u64),
        Value::Missing => (5, 0),
    }
}

/// Returns the positions of claims each of which is compared with every other.
fn of_group(dossier: &Dossier, rows: &[(ClaimId, &Claim)]) -> Vec<Position> {
    let covers = |a: &Claim, b: &Claim| supports(dossier, b, a);
    let mut found: Vec<Position> = Vec::new();
    let mut rest: Vec<(ClaimId, &Claim)> = rows.to_vec();
    // Roundings of roundings may leave claims that the finest ones do not support; these form positions in their turn.
    while let Some(&first) = rest.first() {
        let is_finest = |&&(_, claim): &&(ClaimId, &Claim)| {
            !rest.iter().any(|(_, other)| covers(other, claim) && !covers(claim, other))
        };
        let mut finest: Vec<(ClaimId, &Claim)> = rest.iter().filter(is_finest).copied().collect();
        if finest.is_empty() {
            finest.push(first);
        }
        finest.sort_by(|a, b| preference(dossier, *a, *b));
        let mut shown: Vec<(ClaimId, &Claim)> = Vec::new();
        for row in finest {
            if !shown.iter().any(|(_, other)| covers(other, row.1)) {
                shown.push(row);
            }
        }
        rest.retain(|(id, claim)| !shown.iter().any(|(other, by)| other == id || covers(by, claim)));
        found.extend(shown.into_iter().map(|(claim, by)| {
            let supports = rows.iter().filter(|(id, other)| *id == claim || covers(by, other));
            Position { claim, supports: supports.map(|&(id, _)| id).collect() }
        }));
    }
    found
}

/// Orders claims of equal value: that with a time of its own first, the preferred, the better founded, the first.
fn preference(dossier: &Dossier, (a, x): (ClaimId, &Claim), (b, y): (ClaimId, &Claim)) -> Ordering {
    let key = |claim: &Claim| (days_of(dossier, claim).is_none(), claim.rank() as u8, basis_order(claim.basis()));
    key(x).cmp(&key(y)).then(a.cmp(&b))
}

const fn basis_order(basis: Basis) -> u8 {
    match basis {
        Basis::Stated => 0,
        Basis::Listed => 1,
        Basis::Counted => 2,
        Basis::Inferred => 3,
    }
}

/// Returns true if a claim says nothing that a finer one does not: its value contains that of the finer one, or equals it.
fn supports(dossier: &Dossier, coarse: &Claim, fine: &Claim) -> bool {
    let is_deprecated = |claim: &Claim| claim.rank() == Rank::Deprecated;
    let stance = |claim: &Claim| (claim.modality(), is_deprecated(claim));
    if stance(coarse) != stance(fine) || !is_of_one_thing(dossier, coarse, fine) {
        return false;
    }
    match (coarse.value, fine.value) {
        (Value::Missing, Value::Missing) => true,
        (Value::Date(a), Value::Date(b)) => {
            let (coarse_date, fine_date) = (dossier.when(a), dossier.when(b));
            let is_plan = fine.modality() == Modality::Planned;
            let comparison = if is_plan { compare_due(fine_date, coarse_date) } else { compare(dossier, fine, coarse) };
            let is_one_promise = !is_plan || same_promise(dossier, coarse, fine, a == b);
            is_one_promise
                && is_finer_date(comparison, fine_date, coarse_date)
                && !differ_in_time(dossier, coarse, fine)
        }
        _ => {
            let (fine_days, coarse_days) = (days_of(dossier, fine), days_of(dossier, coarse));
            // The time of a plan is that for which it is made: "by the end of 2018" is not a finer "by the end of 2019".
            let is_one_plan = fine.modality() != Modality::Planned || coarse_days.is_none() || coarse_days == fine_days;
            matches!(compare(dossier, fine, coarse), Comparison::Same(_) | Comparison::Within(_))
                && is_one_plan
                && is_finer_time(fine_days, coarse_days)
        }
    }
}

/// Returns true if a date is as fine as another that it lies in; of the same days, the one without "about" is the finer.
fn is_finer_date(comparison: Comparison, fine: &When, coarse: &When) -> bool {
    match comparison {
        Comparison::Same(_) => coarse.is_qualified() || !fine.is_qualified(),
        Comparison::Within(_) => true,
        Comparison::Contains(_) | Comparison::Overlap(_) | Comparison::Disjoint | Comparison::Incomparable => false,
    }
}

/// Returns true if two plans are accounts of one promise: made at one time, or, if that is not known, of one date.
fn same_promise(dossier: &Dossier, a: &Claim, b: &Claim, same_date: bool) -> bool {
    match (made(dossier, a), made(dossier, b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => same_date,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn is_finer_time(fine: Option<DayWindow>, coarse: Option<DayWindow>) -> bool {
    coarse.is_none_or(|coarse| fine.is_some_and(|fine| fine.is_within(coarse)))
}

/// Returns what a number speaks of; two claims that speak of different things are not compared.
fn state_of(dossier: &Dossier, claim: &Claim) -> Option<State> {
    dossier.details(claim)?.state
}

/// Returns true if two claims speak of the same parts of their subject and of one state: of what there is room for, of what
/// is in use, or of neither. Others are not compared, and do not follow each other.
pub fn is_of_one_thing(dossier: &Dossier, a: &Claim, b: &Claim) -> bool {
    state_of(dossier, a) == state_of(dossier, b) && is_same_scope(dossier, a, b)
}

/// Returns the parts of its subject of which a claim speaks; of the whole if there are none.
pub fn scope_of<'a>(dossier: &'a Dossier, claim: &Claim) -> &'a [Reference] {
    dossier.details(claim).map_or(&[], |details: &Details| &details.scope)
}

/// Returns true if two claims speak of the same parts of their subject.
pub fn is_same_scope(dossier: &Dossier, a: &Claim, b: &Claim) -> bool {
    let (a, b) = (scope_of(dossier, a), scope_of(dossier, b));
    a.iter().all(|part| b.contains(part)) && b.iter().all(|part| a.contains(part))
}

/// Returns the days that a claim is about: start to end if one of them is given, else the days of `as_of`. `None` if
/// nothing is given or the end is before the start.
pub fn days_of(dossier: &Dossier, claim: &Claim) -> Option<DayWindow> {
    let window = |when| dossier.when(when).window();
    let days = match (claim.start, claim.end, claim.as_of) {
        (None, None, day) => window(day?),
        (start, end, _) => DayWindow {
            earliest: start.and_then(|start| window(start).earliest),
            latest: end.and_then(|end| window(end).latest),
        },
    };
    (!days.is_reversed()).then_some(days)
}

/// Returns the order of the times of two claims if they certainly differ, else `None`.
pub fn order_in_time(dossier: &Dossier, a: &Claim, b: &Claim) -> Option<Ordering> {
    let (a, b) = (days_of(dossier, a)?, days_of(dossier, b)?);
    if a.surely_before(b) {
        return Some(Ordering::Less);
    }
    b.surely_before(a).then_some(Ordering::Greater)
}

fn differ_in_time(dossier: &Dossier, a: &Claim, b: &Claim) -> bool {
    order_in_time(dossier, a, b).is_some()
}

/// Returns the days on one of which a promise was made, or a date denied: those to which the claim refers, else those on
/// which the first of its documents appeared; `None` if they are not known on both sides. A document that appeared after
/// the planned day tells of an older promise, and does not date it.
pub fn made(dossier: &Dossier, claim: &Claim) -> Option<DayWindow> {
    let date = dossier.date(claim);
    let as_of = claim.as_of.filter(|_| date.is_some()).map(|when| dossier.when(when).window());
    let told = || {
        let is_plan = claim.modality() == Modality::Planned;
        let is_over = |day: &DayWindow| is_plan && date.is_some_and(|date| date.window().surely_before(*day));
        published(dossier, claim).filter(|day| !is_over(day))
    };
    let days = as_of.or_else(told)?;
    (days.earliest.is_some() && days.latest.is_some()).then_some(days)
}

/// Returns the days on one of which the first of the documents of a claim appeared.
pub fn published(dossier: &Dossier, claim: &Claim) -> Option<DayWindow> {
    let dated = dossier.evidence(claim).filter_map(|place| dossier.document(place.document).published.as_ref());
    dated.map(When::window).filter(|days| days.earliest.is_some()).min_by_key(|days| (days.earliest, days.latest))
}

/// The positions of several claims in a whole dossier, for many questions about single claims.
///
/// Slots with one claim, which is nearly all of them, take neither space nor comparisons.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    /// The positions with more than one claim, by the claim that is shown.
    several: Vec<Position>,
    /// The claims that support other positions and are shown in none, ascending.
    hidden: Vec<ClaimId>,
}

impl Merged {
    /// Computes the positions of the properties that are `wanted`.
    pub fn new(dossier: &Dossier, wanted: impl Fn(PropertyId) -> bool) -> Self {
        let mut merged = Self::default();
        let mut start: usize = 0;
        for slot in dossier.all_claims().chunk_by(|a, b| (a.subject, a.property) == (b.subject, b.property)) {
            let first = start;
            start = start.saturating_add(slot.len());
            if slot.len() > 1 && slot.first().is_some_and(|claim| wanted(claim.property)) {
                let ids: Vec<ClaimId> = (first..start).map(ClaimId::from_index).collect();
                merged.add(&ids, positions_of(dossier, &ids));
            }
        }
        merged
    }

    fn add(&mut self, ids: &[ClaimId], found: Vec<Position>) {
        let is_shown = |id: &ClaimId| found.binary_search_by_key(id, |position| position.claim).is_ok();
        self.hidden.extend(ids.iter().filter(|id| !is_shown(id)));
        self.several.extend(found.into_iter().filter(|position| position.supports.len() > 1));
    }

    /// Returns true if a claim gives a position the value that is shown.
    pub fn is_shown(&self, claim: ClaimId) -> bool {
        self.hidden.binary_search(&claim).is_err()
    }

    /// Returns all claims of the position that a claim is shown for, in the order of the documents; none if it is the only
    /// one, or not shown.
    pub fn supports(&self, claim: ClaimId) -> &[ClaimId] {
        let found = self.several.binary_search_by_key(&claim, |position| position.claim).ok();
        found.and_then(|at| self.several.get(at)).map_or(&[], |position| &position.supports)
    }

    /// Returns the claims that are not shown, ascending.
    pub fn hidden(&self) -> &[ClaimId] {
        &self.hidden
    }
}

#[cfg(test)]
mod tests;
