//! The holders of each post on two days.
//!
//! Invariant: only posts with different holders are reported, with the proof of both answers: those that changed hands on a
//! date, and those of which the documents tell on one of the days.

use chrono::NaiveDate;

use super::{Answer, Change, Days, Part, Sign};
use crate::graph::slots::{actual_ids, best_date};
use crate::model::{ClaimId, Core, CoreKind, Dossier, EntityId, Modality, PropertyId, When};
use crate::offices::{Certainty, Holding, Knowledge, holders_on};
use crate::timeline::World;

/// A post that changed hands, with the tenures that began and ended with it.
pub(super) struct Office {
    /// The change.
    pub change: Change,
    incoming: Vec<EntityId>,
    outgoing: Vec<EntityId>,
}

impl Office {
    /// Returns true if the change already reports that this tenure began or ended.
    pub fn reports(&self, tenure: EntityId, property: PropertyId) -> bool {
        (property == Core::Start && self.incoming.contains(&tenure))
            || (property == Core::End && self.outgoing.contains(&tenure))
    }
}

/// Returns the posts that changed hands between the day `a` and the last of `days`.
pub(super) fn changes(world: &World, a: NaiveDate, days: Days) -> Vec<Office> {
    let posts = world.dossier().of_core(CoreKind::Post);
    posts.filter_map(|post| office(world, post, a, days)).collect()
}

fn office(world: &World, post: EntityId, a: NaiveDate, days: Days) -> Option<Office> {
    let dossier = world.dossier();
    let (before, after) = (holders_on(world, post, a), holders_on(world, post, days.last));
    let (were, are) = (people(&before), people(&after));
    if were == are {
        return None;
    }
    let sign = match (were.is_empty(), are.is_empty()) {
        (true, _) => Sign::Began,
        (false, true) => Sign::Ended,
        (false, false) => Sign::Changed,
    };
    let incoming = tenures(&after, &were);
    let outgoing = tenures(&before, &are);
    let began = date(dossier, &incoming, Core::Start);
    let ended = date(dossier, &outgoing, Core::End);
    // The start of a successor dates the change better than the end of the previous term.
    let dated = began.or(ended).filter(|(_, when)| days.certainty(when).is_some());
    if dated.is_none() && !before.iter().chain(&after).any(is_told) {
        return None;
    }
    let shown = dated.map(|(claim, _)| claim);
    let proof = after.iter().chain(&before).flat_map(|holding| holding.proof.iter().copied());
    let mut claims: Vec<ClaimId> = Vec::new();
    for claim in shown.into_iter().chain(proof) {
        if !claims.contains(&claim) {
            claims.push(claim);
        }
    }
    let sure = before.iter().chain(&after).all(is_sure);
    let by_date =
        sign != Sign::Changed && dated.and_then(|(_, when)| days.certainty(when)) == Some(Certainty::Definite);
    let change = Change {
        part: Part::Offices,
        subject: post,
        property: None,
        sign,
        certainty: if sure || by_date { Certainty::Definite } else { Certainty::Possible },
        before: Answer::Holders(before),
        after: Answer::Holders(after),
        when: dated.map(|(_, when)| when.clone()),
        modality: Modality::Actual,
        claims,
    };
    Some(Office { change, incoming, outgoing })
}

/// Returns the distinct people of some holdings, sorted.
fn people(holdings: &[Holding]) -> Vec<EntityId> {
    let mut people: Vec<EntityId> = holdings.iter().filter_map(|holding| holding.person).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// Returns the tenures of some holdings, except for those of the people in `without`.
fn tenures(holdings: &[Holding], without: &[EntityId]) -> Vec<EntityId> {
    let others = holdings.iter().filter(|holding| holding.person.is_some_and(|person| !without.contains(&person)));
    others.filter_map(|holding| holding.tenure).collect()
}

/// Returns the earliest start or end of these tenures, with its claim.
fn date<'a>(dossier: &'a Dossier, tenures: &[EntityId], property: Core) -> Option<(ClaimId, &'a When)> {
    let best = tenures.iter().filter_map(|&tenure| best_date(dossier, actual_ids(dossier, tenure, property)));
    let dated = best.filter_map(|claim| Some((claim, dossier.date(dossier.claim(claim))?)));
    dated.min_by(|(_, a), (_, b)| a.chronological(b))
}

/// Returns true if the documents tell of the day itself. Whoever is only the last known need not hold the post on it, so
/// that without a date nothing is known to have changed.
fn is_told(holding: &Holding) -> bool {
    match holding.state {
        Knowledge::Stated | Knowledge::Attested | Knowledge::Vacant => holding.certainty == Certainty::Definite,
        Knowledge::LastKnown | Knowledge::Unknown => false,
    }
}

/// Returns true if the documents certainly tell who held the post on the day, or that it was vacant.
fn is_sure(holding: &Holding) -> bool {
    let known = match holding.state {
        Knowledge::Stated | Knowledge::Attested | Knowledge::LastKnown | Knowledge::Vacant => true,
        Knowledge::Unknown => false,
    };
    known && holding.certainty == Certainty::Definite
}
