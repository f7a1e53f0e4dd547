//! Happenings within some days: opened, signed, begins.
//!
//! Invariant: claims that give the same date with different precision are listed once, by the most precise
//! one; the others support it.

use super::offices::Office;
use super::{Answer, Change, Days, Part, Sign, groups, preferred};
use crate::graph::slots::best_date;
use crate::model::{ClaimId, Core, Dossier, EntityId, Modality, PropertyId, When};
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

/// Groups the claims of one slot and modality into happenings: each most precise claim with those that it
/// refines.
fn happenings(dossier: &Dossier, ids: &[ClaimId]) -> Vec<Vec<ClaimId>> {
    let finest = ids.iter().filter(|&&id| !ids.iter().any(|&other| refines(dossier, other, id)));
    finest
        .filter(|&&id| dossier.date(dossier.claim(id)).is_some())
        .map(|&id| {
            let wider = ids.iter().copied().filter(|&other| refines(dossier, id, other));
            std::iter::once(id).chain(wider).collect()
        })
        .collect()
}

/// Returns true if `fine` gives the date of `wide` more precisely, or is the better claim of two equal dates.
fn refines(dossier: &Dossier, fine: ClaimId, wide: ClaimId) -> bool {
    let date = |id| dossier.date(dossier.claim(id));
    let (Some(x), Some(y)) = (date(fine), date(wide)) else { return false };
    let is_plan = dossier.claim(fine).modality() == Modality::Planned;
    if fine == wide || !x.window().is_within(y.window()) || (is_plan && are_different_limits(x, y)) {
        return false;
    }
    !y.window().is_within(x.window()) || best_date(dossier, [fine, wide]) == Some(fine)
}

/// Returns true if both dates give only a limit on the same side, and different ones: "by 2018", "by 2019".
fn are_different_limits(a: &When, b: &When) -> bool {
    let differ = a.window() != b.window();
    let (starts, ends) = ((a.earliest(), b.earliest()), (a.latest(), b.latest()));
    differ && (starts == (None, None) || ends == (None, None))
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
