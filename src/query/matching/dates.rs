//! The dates that bear on an entity.
//!
//! Invariant: these are the dates of its claims, of the rows that touch it, and of its publication.

use crate::model::{Claim, CoreKind, DayWindow, Dossier, EntityId, When};
use crate::timeline::World;
use crate::timeline::chronology::row_when;

/// Returns the days of each date that bears on the entity.
pub fn of_entity(world: &World, entity: EntityId) -> impl Iterator<Item = DayWindow> {
    let dossier = world.dossier();
    let said = dossier.claims_of(entity).iter().flat_map(|claim| of_claim(dossier, claim));
    let chronology = world.chronology();
    let touching = chronology.touching(entity).iter();
    let rows = touching.filter_map(move |&row| row_when(dossier, chronology.row(row))).map(When::window);
    let is_document = dossier.core_kind(entity) == CoreKind::Document;
    let documents = is_document.then(|| dossier.documents()).into_iter().flatten();
    let own = documents.map(|(_, document)| document).filter(move |document| document.entity == entity);
    let published = own.filter_map(|document| document.published.as_ref()).map(When::window);
    said.chain(rows).chain(published)
}

/// Returns the dates of a claim: its value, its `as_of`, and the time from start to end.
fn of_claim(dossier: &Dossier, claim: &Claim) -> impl Iterator<Item = DayWindow> + use<> {
    let of = |when: Option<_>| when.map(|when| dossier.when(when).window());
    let holds = match (of(claim.start), of(claim.end)) {
        (Some(start), Some(end)) => Some(DayWindow { earliest: start.earliest, latest: end.latest }),
        (Some(only), None) | (None, Some(only)) => Some(only),
        (None, None) => None,
    };
    [dossier.date(claim).map(When::window), of(claim.as_of), holds].into_iter().flatten()
}
