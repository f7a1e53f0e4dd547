//! Happenings within some days: opened, signed, begins.
//!
//! Invariant: claims of one position are listed once, by the most precise one; the others support it.

use super::offices::Office;
use super::{Answer, Change, Days, Part, Sign, groups, preferred};
use crate::graph::positions::{Position, positions_of};
use crate::model::{ClaimId, Core, Dossier, EntityId, Modality, PropertyId};
use crate::timeline::World;

/// Returns the happenings of these days, except for those that a change of `offices` already reports.
pub(super) fn changes(world: &World, days: Days, offices: &[Office]) -> Vec<Change> {
    let dossier = world.dossier();
    let reported = |tenure: EntityId, property: PropertyId, modality: Modality| {
        modality == Modality::Actual && offices.iter().any(|office| office.reports(tenure, property))
    };
    let happens = groups(dossier, |property| dossier.property(property).happening.is_some());
    let groups =
        happens.into_iter().filter(|((subject, property, modality), _)| !reported(*subject, *property, *modality));
    groups
        .flat_map(|((_, property, _), ids)| happenings(dossier, &preferred(dossier, property, ids)))
        .filter_map(|claims| change(dossier, claims, days))
        .collect()
}

/// Returns the happenings that some claims of one slot tell: each finest claim with those that support it.
fn happenings(dossier: &Dossier, ids: &[ClaimId]) -> Vec<Vec<ClaimId>> {
    let dated: Vec<ClaimId> = ids.iter().copied().filter(|&id| dossier.date(dossier.claim(id)).is_some()).collect();
    let claims = |told: Position| {
        let others = told.supports.into_iter().filter(|&id| id != told.claim);
        std::iter::once(told.claim).chain(others).collect()
    };
    positions_of(dossier, &dated).into_iter().map(claims).collect()
}

/// Returns the change that a happening makes within these days, or `None` outside of them.
fn change(dossier: &Dossier, claims: Vec<ClaimId>, days: Days) -> Option<Change> {
    let first = claims.first()?;
    let claim = dossier.claim(*first);
    let when = dossier.date(claim)?;
    let certainty = days.certainty(when)?;
    Some(Change {
        part: Part::of(dossier.vocabulary(), dossier.entity(claim.subject).kind),
        subject: claim.subject,
        property: Some(claim.property),
        sign: if claim.property == Core::End { Sign::Ended } else { Sign::Began },
        certainty,
        before: Answer::Nothing,
        after: Answer::Happening(*first),
        when: Some(when.clone()),
        modality: claim.modality(),
        claims,
    })
}
