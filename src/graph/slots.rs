//! Which claims of a slot count, and which of its dates says most.
//!
//! Invariant: a claim that is denied, alleged, planned or deprecated never stands for
//! what was so, and the choice depends on the claims alone, not on their order.

use std::cmp::Reverse;

use crate::model::{Basis, Claim, ClaimId, Dossier, EntityId, Modality, Property, Rank, When};

/// The claims of one property of one entity, as ids.
pub fn slot_ids(dossier: &Dossier, entity: EntityId, property: Property) -> impl Iterator<Item = ClaimId> {
    dossier.claim_ids_of(entity).filter(move |&id| dossier.claim(id).property == property)
}

/// Whether a claim says what is or was so, and is not set aside.
pub fn is_actual(claim: &Claim) -> bool {
    claim.modality == Modality::Actual && claim.rank != Rank::Deprecated
}

/// The claims of a slot that say what is or was so; of a single-valued one the preferred alone
/// where there are such.
pub fn actual_ids(dossier: &Dossier, entity: EntityId, property: Property) -> Vec<ClaimId> {
    let mut ids: Vec<ClaimId> =
        slot_ids(dossier, entity, property).filter(|&id| is_actual(dossier.claim(id))).collect();
    if !property.spec().many && ids.iter().any(|&id| dossier.claim(id).rank == Rank::Preferred) {
        ids.retain(|&id| dossier.claim(id).rank == Rank::Preferred);
    }
    ids
}

/// How far a claim is from saying that it is so: what is actual first, what is denied last.
pub fn remoteness(claim: &Claim) -> u8 {
    match (claim.rank, claim.modality) {
        (Rank::Deprecated, _) => 4,
        (Rank::Preferred | Rank::Normal, Modality::Actual) => 0,
        (Rank::Preferred | Rank::Normal, Modality::Planned) => 1,
        (Rank::Preferred | Rank::Normal, Modality::Alleged) => 2,
        (Rank::Preferred | Rank::Normal, Modality::Denied) => 3,
    }
}

/// Of several dated claims the one that says most: preferred, then actual, then the narrowest,
/// then stated before inferred, then the earliest.
pub fn best_date(dossier: &Dossier, ids: impl IntoIterator<Item = ClaimId>) -> Option<ClaimId> {
    let dated = ids.into_iter().filter_map(|id| Some((id, dossier.date(dossier.claim(id))?)));
    let best = dated.min_by(|(a, x), (b, y)| {
        let key = |id: &ClaimId, when: &When| {
            let claim = dossier.claim(*id);
            let preferred = claim.rank != Rank::Preferred;
            (preferred, remoteness(claim), vagueness(when), claim.basis == Basis::Inferred)
        };
        key(a, x).cmp(&key(b, y)).then_with(|| x.chronological(y)).then(a.cmp(b))
    });
    best.map(|(id, _)| id)
}

/// How many days a date may mean; a date without one of its bounds is vaguer than any other.
fn vagueness(when: &When) -> (bool, i64, Reverse<crate::model::when::Precision>) {
    let days = match (when.earliest(), when.latest()) {
        (Some(first), Some(last)) => Some((last - first).num_days()),
        (None, _) | (_, None) => None,
    };
    (days.is_none(), days.unwrap_or(0), Reverse(when.precision()))
}

/// The keys of the documents in which any of the claims stands, each once, in order.
pub fn source_keys(dossier: &Dossier, ids: &[ClaimId]) -> Vec<String> {
    let places = ids.iter().flat_map(|&id| dossier.evidence(dossier.claim(id)));
    let mut keys: Vec<String> = places.map(|place| dossier.document(place.document).key.clone()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
