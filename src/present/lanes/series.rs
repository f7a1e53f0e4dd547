//! Lanes of dated numbers, such as members or passengers.
//!
//! A value is stated on the days of its date and up to its end, if it has one; after that it is the last known until
//! the next value of the slot, at most to the horizon. Of a value with only an end, only the end is known.
//!
//! Invariant: a bar covers only days on which [`claim_until`] has the value as so or possible.

use chrono::NaiveDate;

use super::{Bar, Lane, LaneGroup, horizon, runs};
use crate::graph::positions::is_of_one_thing;
use crate::graph::slots::is_actual;
use crate::model::{Claim, ClaimId, DayWindow, Dossier, EntityId, Moment, PropertyId, Value};
use crate::offices::periods::periods;
use crate::offices::{Certainty, Knowledge};
use crate::present::wording::{extent_words, quantity};
use crate::timeline::World;
use crate::timeline::status::{Supersession, TemporalStatus, claim_until, supersession};

/// Passes to `each` a lane for every slot with a number that has a date.
pub(super) fn lanes(world: &World, within: &dyn Fn(EntityId) -> bool, each: &mut dyn FnMut(Lane)) {
    let dossier = world.dossier();
    let mut start = 0;
    for slot in dossier.all_claims().chunk_by(|a, b| (a.subject, a.property) == (b.subject, b.property)) {
        let first = start;
        start += slot.len();
        let Some(&Claim { subject, property, .. }) = slot.first() else { continue };
        if !dossier.property(property).is_number() {
            continue;
        }
        let dated: Vec<ClaimId> = (first..start)
            .map(ClaimId::from_index)
            .filter(|&id| is_actual(dossier.claim(id)) && bounds(dossier, dossier.claim(id)).is_some())
            .collect();
        if dated.is_empty() || !within(subject) {
            continue;
        }
        for series in of_one_thing(dossier, &dated) {
            lane(world, subject, property, &series).into_iter().for_each(&mut *each);
        }
    }
}

/// Divides the claims of a slot into series: what there is room for, what is in use and what is said of a part are series of
/// their own.
fn of_one_thing(dossier: &Dossier, claims: &[ClaimId]) -> Vec<Vec<ClaimId>> {
    let mut series: Vec<Vec<ClaimId>> = Vec::new();
    for &id in claims {
        let fits = |found: &&mut Vec<ClaimId>| {
            found.first().is_some_and(|&first| is_of_one_thing(dossier, dossier.claim(first), dossier.claim(id)))
        };
        match series.iter_mut().find(fits) {
            Some(found) => found.push(id),
            None => series.push(vec![id]),
        }
    }
    series
}

fn lane(world: &World, subject: EntityId, property: PropertyId, dated: &[ClaimId]) -> Option<Lane> {
    let dossier = world.dossier();
    let horizon = horizon(world);
    let dated: Vec<(ClaimId, Option<Supersession>)> =
        dated.iter().map(|&id| (id, supersession(dossier, dossier.claim(id)))).collect();
    let whens = dated.iter().map(|&(id, _)| dossier.claim(id)).flat_map(|claim| [claim.start, claim.as_of, claim.end]);
    let whens = whens.flatten().map(|when| dossier.when(when).window());
    let limits = whens.flat_map(|bounds| [bounds.earliest, bounds.latest]).flatten().chain(horizon);
    let bars = runs(periods(limits).into_iter().map(|(first, last)| {
        let bars = dated.iter().filter_map(|&dated| bar(dossier, dated, first, horizon)).collect();
        ((first, last), bars)
    }));
    let first = dossier.claim(dated.first()?.0);
    let what = dossier.property(property).label.to_lowercase();
    let what = [what].into_iter().chain(extent_words(dossier, first)).collect::<Vec<_>>().join(", ");
    let label = format!("{}: {what}", world.short_name(subject));
    let lane = Lane { property: Some(property), bars, ..Lane::new(LaneGroup::Series, label, subject) };
    (!lane.is_empty()).then_some(lane)
}

/// Returns the date at which a value begins: its start, else the day to which it refers, else its end.
fn bounds(dossier: &Dossier, claim: &Claim) -> Option<DayWindow> {
    claim.start.or(claim.as_of).or(claim.end).map(|when| dossier.when(when).window())
}

/// Returns the value on a day, if it is in force then.
fn bar(
    dossier: &Dossier,
    (id, superseded): (ClaimId, Option<Supersession>),
    day: NaiveDate,
    horizon: Option<NaiveDate>,
) -> Option<Bar> {
    let claim = dossier.claim(id);
    let Value::Number { number, unit } = claim.value else { return None };
    let number = number.get();
    let begins = bounds(dossier, claim)?;
    if begins.earliest.or(begins.latest).is_none_or(|first| day < first) {
        return None;
    }
    let certainty = match claim_until(dossier, claim, superseded, Moment::day(day)) {
        TemporalStatus::So => Certainty::Definite,
        TemporalStatus::Possible => Certainty::Possible,
        TemporalStatus::Undated | TemporalStatus::Over | TemporalStatus::Later => return None,
    };
    let is_stated = claim.end.is_some() || begins.latest.is_some_and(|last| day <= last);
    let state = if is_stated { Knowledge::Stated } else { Knowledge::LastKnown };
    if state == Knowledge::LastKnown && horizon.is_some_and(|last| day > last) {
        return None;
    }
    Some(Bar {
        from: day,
        to: Some(day),
        state,
        certainty,
        basis: claim.basis(),
        label: quantity(dossier.vocabulary(), number, unit),
        entity: Some(claim.subject),
        value: Some(number),
        claims: vec![id],
    })
}
