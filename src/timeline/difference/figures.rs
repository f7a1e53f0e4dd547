//! The numbers in force on two days.
//!
//! Invariant: planned numbers are compared with planned numbers, never with facts.

use chrono::NaiveDate;

use super::since::since;
use super::{Answer, Change, Days, Part, Sign, groups, preferred};
use crate::model::{ClaimId, DayWindow, Dossier, Modality, Moment, PropertyId, Value, When};
use crate::offices::Certainty;
use crate::timeline::status::{TemporalStatus, due_at};

/// The numbers of a slot that are in force on a day; several only if claims differ.
struct InForce {
    standing: TemporalStatus,
    claims: Vec<ClaimId>,
}

impl InForce {
    fn answer(found: Option<Self>) -> Answer {
        found.map_or(Answer::Nothing, |Self { standing, claims }| Answer::Figures { claims, standing })
    }
}

/// Returns the figures that differ between the day `a` and the last of `days`.
pub(super) fn changes(dossier: &Dossier, a: NaiveDate, days: Days) -> Vec<Change> {
    let groups = groups(dossier, |property| dossier.property(property).is_number());
    let slots = groups.into_iter().flat_map(|((_, property, _), ids)| slots(dossier, property, ids));
    slots.filter_map(|ids| change(dossier, &ids, a, days)).collect()
}

/// Splits the claims of a slot into comparable ones: for a many-valued property, each value by itself.
fn slots(dossier: &Dossier, property: PropertyId, ids: Vec<ClaimId>) -> Vec<Vec<ClaimId>> {
    if !dossier.property(property).many {
        return vec![ids];
    }
    let mut slots: Vec<Vec<ClaimId>> = Vec::new();
    for id in ids {
        let same = |slot: &&mut Vec<ClaimId>| {
            slot.first().is_some_and(|&other| dossier.claim(other).value == dossier.claim(id).value)
        };
        match slots.iter_mut().find(same) {
            Some(slot) => slot.push(id),
            None => slots.push(vec![id]),
        }
    }
    slots
}

fn change(dossier: &Dossier, ids: &[ClaimId], a: NaiveDate, days: Days) -> Option<Change> {
    let before = answer(dossier, ids, day_before(dossier, ids, a, days));
    let after = answer(dossier, ids, days.last);
    let sign = sign(dossier, before.as_ref(), after.as_ref())?;
    let claims = |answer: &Option<InForce>| answer.as_ref().map(|answer| answer.claims.clone()).unwrap_or_default();
    let (were, are) = (claims(&before), claims(&after));
    let (when, certainty) = dated(dossier, sign, &were, &are, days);
    let certain = [&before, &after].into_iter().flatten().all(|answer| answer.standing != TemporalStatus::Possible);
    // Uncertainty about the number before does not affect one that is certainly in force after.
    let came = after.as_ref().is_some_and(|answer| answer.standing == TemporalStatus::So) && sign != Sign::Ended;
    let certainty = if certain || came { certainty } else { Certainty::Possible };
    // A number that certainly began on these days was not in force before, even if it began on the first.
    let is_new = sign == Sign::Began && certainty == Certainty::Definite;
    let mut all = are;
    all.extend(were.iter().filter(|id| !all.contains(id)).copied().collect::<Vec<_>>());
    let first = dossier.claim(*all.first()?);
    Some(Change {
        part: Part::Figures,
        subject: first.subject,
        property: Some(first.property),
        sign,
        certainty,
        before: InForce::answer(before.filter(|_| !is_new)),
        after: InForce::answer(after),
        when: when.cloned(),
        modality: first.modality(),
        claims: all,
    })
}

/// Returns the day compared as "before": the one before `a` if a value begins on `a`.
fn day_before(dossier: &Dossier, ids: &[ClaimId], a: NaiveDate, days: Days) -> NaiveDate {
    let on_it = |when: &When| when.window().is_within(DayWindow::between(a, a));
    let came = days.first == a && ids.iter().any(|&id| since(dossier, dossier.claim(id)).is_some_and(on_it));
    if came { a.pred_opt().unwrap_or(a) } else { a }
}

fn answer(dossier: &Dossier, ids: &[ClaimId], day: NaiveDate) -> Option<InForce> {
    let moment = Moment::day(day);
    // A planned number is in force from the day it is for, like a planned opening.
    let stands = |id: &ClaimId| due_at(dossier, dossier.claim(*id), moment);
    let numbers = ids.iter().copied().filter(|&id| matches!(dossier.claim(id).value, Value::Number { .. }));
    let counting: Vec<ClaimId> = numbers.filter(|id| stands(id).counts()).collect();
    let standing = counting.iter().map(stands).min()?;
    let best: Vec<ClaimId> = counting.into_iter().filter(|id| stands(id) == standing).collect();
    let property = dossier.claim(*best.first()?).property;
    Some(InForce { standing, claims: preferred(dossier, property, best) })
}

/// Returns the direction of the change, or `None` if there is none.
fn sign(dossier: &Dossier, before: Option<&InForce>, after: Option<&InForce>) -> Option<Sign> {
    let (before, after) = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => return Some(Sign::Began),
        (Some(_), None) => return Some(Sign::Ended),
        (Some(before), Some(after)) => (before, after),
    };
    let (old, new) = (values(dossier, before), values(dossier, after));
    if old.len() != new.len() || !new.iter().all(|value| old.contains(value)) {
        return Some(Sign::Changed);
    }
    // Of a number that nothing dates, the days tell no change.
    if [before, after].iter().any(|answer| answer.standing == TemporalStatus::Undated) {
        return None;
    }
    // The number is the same, but better known to be in force: it may have begun in between.
    match before.standing.cmp(&after.standing) {
        std::cmp::Ordering::Greater => Some(Sign::Began),
        std::cmp::Ordering::Less => Some(Sign::Ended),
        std::cmp::Ordering::Equal => None,
    }
}

/// Returns the distinct values.
fn values(dossier: &Dossier, answer: &InForce) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    for value in answer.claims.iter().map(|&id| dossier.claim(id).value) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// Returns the date of the change, and whether it certainly lies in the days.
fn dated<'a>(
    dossier: &'a Dossier,
    sign: Sign,
    were: &[ClaimId],
    are: &[ClaimId],
    days: Days,
) -> (Option<&'a When>, Certainty) {
    let fresh = |ids: &[ClaimId], others: &[ClaimId]| -> Vec<ClaimId> {
        let fresh: Vec<ClaimId> = ids.iter().copied().filter(|id| !others.contains(id)).collect();
        if fresh.is_empty() { ids.to_vec() } else { fresh }
    };
    let begun = || fresh(are, were).iter().map(|&id| since(dossier, dossier.claim(id))).collect();
    let until = |&id: &ClaimId| dossier.claim(id).end.map(|when| dossier.when(when));
    let gone = sign == Sign::Ended || (are.iter().all(|id| were.contains(id)) && are.len() < were.len());
    let ends: Vec<Option<&When>> = if gone { fresh(were, are).iter().map(until).collect() } else { Vec::new() };
    // A value without an end was replaced by the remaining one, whose start dates the change.
    let dates: Vec<Option<&When>> = if ends.iter().any(Option::is_some) { ends } else { begun() };
    let sure = |when: Option<&When>| when.is_some_and(|when| days.certainty(when) == Some(Certainty::Definite));
    // A first count as of a day states the number of that day, not that it began then.
    let is_count = |&id: &ClaimId| {
        let claim = dossier.claim(id);
        claim.modality() == Modality::Actual && claim.start.is_none() && claim.as_of.is_some()
    };
    let is_first_count = sign == Sign::Began && are.iter().all(is_count);
    let is_sure = !is_first_count && dates.iter().all(|&when| sure(when));
    let certainty = if is_sure { Certainty::Definite } else { Certainty::Possible };
    let touching = dates.into_iter().flatten().filter(|when| days.certainty(when).is_some());
    (touching.min_by(|a, b| a.chronological(b)), certainty)
}
