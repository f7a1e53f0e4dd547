//! Sorts names and claims, and merges equal ones.
//!
//! Invariant: only repetitions are removed; a merged row has the evidence of all.

use std::cmp::Ordering;

use super::order::{compare_claims, compare_names, compare_places, compare_statements, inverse, order_by};
use crate::model::dossier::{Claim, Dossier, Name};
use crate::model::evidence::{Cited, Evidence};
use crate::model::rows::Stance;

/// Sorts and merges the names and claims of these rows.
pub(super) fn merge(rows: &mut Dossier) {
    let ranks = place_ranks(rows);
    let (mut names, mut claims) = (std::mem::take(&mut rows.names), std::mem::take(&mut rows.claims));
    let mut evidence = Evidence::with_capacity(rows.evidence.len());
    names.sort_by(|a, b| compare_names(rows, a, b));
    let names = joined(
        &names,
        |a, b| compare_names(rows, a, b),
        |same| {
            let evidence = join(rows, &ranks, same.iter().map(|name| name.evidence), &mut evidence);
            Name { evidence, ..same[0] }
        },
    );
    claims.sort_by(|a, b| compare_statements(rows, a, b));
    let mut claims = joined(
        &claims,
        |a, b| compare_statements(rows, a, b),
        |same| {
            let first = same[0].stance;
            let basis = same.iter().map(Claim::basis).min().unwrap_or(first.basis());
            let stance = Stance::new(first.modality(), basis, first.rank());
            let evidence = join(rows, &ranks, same.iter().map(|claim| claim.evidence), &mut evidence);
            Claim { stance, evidence, ..same[0] }
        },
    );
    rows.evidence = evidence;
    claims.sort_by(|a, b| compare_claims(rows, a, b));
    (rows.names, rows.claims) = (names, claims);
}

/// Merges equal rows, which follow each other.
fn joined<T>(rows: &[T], compare: impl Fn(&T, &T) -> Ordering, join: impl FnMut(&[T]) -> T) -> Vec<T> {
    rows.chunk_by(|a, b| compare(a, b).is_eq()).map(join).collect()
}

/// Merges lists of places: each place once, in the order of the documents.
fn join(rows: &Dossier, ranks: &[u32], lists: impl Iterator<Item = Cited>, evidence: &mut Evidence) -> Cited {
    let mut places: Vec<u32> = lists.flat_map(|list| rows.evidence.of(list)).collect();
    places.sort_unstable_by_key(|&place| ranks[place as usize]);
    places.dedup();
    evidence.add(places)
}

/// Returns the position of each place in the order of the documents.
pub(super) fn place_ranks(rows: &Dossier) -> Vec<u32> {
    inverse(&order_by(rows.places.len(), |a, b| compare_places(rows, a as u32, b as u32)))
}
