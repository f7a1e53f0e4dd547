//! What happened on some days: opened, signed, begins.
//!
//! Invariant: of claims that give one date more or less closely, one alone is shown, and all
//! stand behind it.

use super::offices::Office;
use super::{Answer, Change, Days, Part, Sign, groups, preferred};
use crate::graph::slots::best_date;
use crate::model::{ClaimId, Dossier, EntityId, Modality, Property, When};
use crate::timeline::World;

/// What happened on these days, save for what the comparison of the offices tells.
pub(super) fn changes(world: &World, days: Days, offices: &[Office]) -> Vec<Change> {
    let dossier = world.dossier();
    let told = |tenure: EntityId, property: Property, modality: Modality| {
        modality == Modality::Actual && offices.iter().any(|office| office.tells(tenure, property))
    };
    let happens = groups(dossier, |property| property.spec().happening.is_some());
    let groups = happens.into_iter().filter(|((subject, property, modality), _)| !told(*subject, *property, *modality));
    groups
        .flat_map(|((_, property, _), ids)| happenings(dossier, &preferred(dossier, property, ids)))
        .filter_map(|claims| change(dossier, claims, days))
        .collect()
}

/// The happenings of one slot and modality: the claim that says most, and what it makes closer.
fn happenings(dossier: &Dossier, ids: &[ClaimId]) -> Vec<Vec<ClaimId>> {
    let finest = ids.iter().filter(|&&id| !ids.iter().any(|&other| tells_more(dossier, other, id)));
    finest
        .filter(|&&id| dossier.date(dossier.claim(id)).is_some())
        .map(|&id| {
            let wider = ids.iter().copied().filter(|&other| tells_more(dossier, id, other));
            std::iter::once(id).chain(wider).collect()
        })
        .collect()
}

/// Whether one claim gives the date of another one more closely, or is the better of two alike.
fn tells_more(dossier: &Dossier, fine: ClaimId, wide: ClaimId) -> bool {
    let date = |id| dossier.date(dossier.claim(id));
    let (Some(x), Some(y)) = (date(fine), date(wide)) else { return false };
    let is_plan = dossier.claim(fine).modality == Modality::Planned;
    if fine == wide || !lies_within(x, y) || (is_plan && is_put_off(x, y)) {
        return false;
    }
    !lies_within(y, x) || best_date(dossier, [fine, wide]) == Some(fine)
}

/// Whether every day that the one date may mean is one that the other may mean.
fn lies_within(inner: &When, outer: &When) -> bool {
    let starts = outer.earliest().is_none_or(|outer| inner.earliest().is_some_and(|inner| inner >= outer));
    let ends = outer.latest().is_none_or(|outer| inner.latest().is_some_and(|inner| inner <= outer));
    starts && ends
}

/// Whether two limits are two: "by 2018", then "by 2019", is no closer date.
fn is_put_off(a: &When, b: &When) -> bool {
    let differ = (a.earliest(), a.latest()) != (b.earliest(), b.latest());
    let (starts, ends) = ((a.earliest(), b.earliest()), (a.latest(), b.latest()));
    differ && (starts == (None, None) || ends == (None, None))
}

/// The change that a happening is on these days.
fn change(dossier: &Dossier, claims: Vec<ClaimId>, days: Days) -> Option<Change> {
    let first = claims.first()?;
    let claim = dossier.claim(*first);
    let when = dossier.date(claim)?;
    let certainty = days.certainty(when)?;
    Some(Change {
        part: Part::of(dossier.entity(claim.subject).kind),
        subject: claim.subject,
        property: Some(claim.property),
        sign: if claim.property == Property::End { Sign::Ended } else { Sign::Began },
        certainty,
        before: Answer::Nothing,
        after: Answer::Happening(*first),
        when: Some(when.clone()),
        modality: claim.modality,
        claims,
    })
}
