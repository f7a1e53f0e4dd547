//! Selects among the claims of a slot, which are those of one property of one entity.
//!
//! Invariant: a claim that is denied, alleged, planned or deprecated is never actual, and a selection depends on the
//! claims alone, not on their order.

use std::cmp::Reverse;

use crate::model::{Basis, Claim, ClaimId, Dossier, EntityId, Modality, PropertyId, Rank, When};

/// The claims of a slot.
pub fn slot_ids(dossier: &Dossier, entity: EntityId, property: impl Into<PropertyId>) -> impl Iterator<Item = ClaimId> {
    let property = property.into();
    dossier.claim_ids_of(entity).filter(move |&id| dossier.claim(id).property == property)
}

/// Returns true if a claim is actual: neither planned, alleged or denied, nor deprecated.
pub fn is_actual(claim: &Claim) -> bool {
    claim.modality() == Modality::Actual && claim.rank() != Rank::Deprecated
}

/// The actual claims of a slot; for a single-valued property only the preferred ones, if there are any.
pub fn actual_ids(dossier: &Dossier, entity: EntityId, property: impl Into<PropertyId>) -> Vec<ClaimId> {
    let property = property.into();
    let mut ids: Vec<ClaimId> =
        slot_ids(dossier, entity, property).filter(|&id| is_actual(dossier.claim(id))).collect();
    if !dossier.property(property).many && ids.iter().any(|&id| dossier.claim(id).rank() == Rank::Preferred) {
        ids.retain(|&id| dossier.claim(id).rank() == Rank::Preferred);
    }
    ids
}

/// The distance of a claim from being actual: 0 actual, 1 planned, 2 alleged, 3 denied, 4 deprecated.
pub fn remoteness(claim: &Claim) -> u8 {
    match (claim.rank(), claim.modality()) {
        (Rank::Deprecated, _) => 4,
        (Rank::Preferred | Rank::Normal, Modality::Actual) => 0,
        (Rank::Preferred | Rank::Normal, Modality::Planned) => 1,
        (Rank::Preferred | Rank::Normal, Modality::Alleged) => 2,
        (Rank::Preferred | Rank::Normal, Modality::Denied) => 3,
    }
}

/// The best of several dated claims: preferred before others, then by [`remoteness`], then the narrowest date, then stated
/// before inferred, then the earliest; `None` if none has a date.
pub fn best_date(dossier: &Dossier, ids: impl IntoIterator<Item = ClaimId>) -> Option<ClaimId> {
    let dated = ids.into_iter().filter_map(|id| Some((id, dossier.date(dossier.claim(id))?)));
    let best = dated.min_by(|(a, x), (b, y)| {
        let key = |id: &ClaimId, when: &When| {
            let claim = dossier.claim(*id);
            let preferred = claim.rank() != Rank::Preferred;
            (preferred, remoteness(claim), vagueness(when), claim.basis() == Basis::Inferred)
        };
        key(a, x).cmp(&key(b, y)).then_with(|| x.chronological(y)).then(a.cmp(b))
    });
    best.map(|(id, _)| id)
}

/// The number of days that a date covers; a date that lacks a bound is vaguer than all others.
fn vagueness(when: &When) -> (bool, i64, Reverse<crate::model::when::Precision>) {
    let days = match (when.earliest(), when.latest()) {
        (Some(first), Some(last)) => Some((last - first).num_days()),
        (None, _) | (_, None) => None,
    };
    (days.is_none(), days.unwrap_or(0), Reverse(when.precision()))
}

/// The keys of the documents with evidence of any of the claims, each once, sorted.
pub fn source_keys(dossier: &Dossier, ids: &[ClaimId]) -> Vec<String> {
    let places = ids.iter().flat_map(|&id| dossier.evidence(dossier.claim(id)));
    let mut keys: Vec<String> = places.map(|place| dossier.document(place.document).key.clone()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
