//! Sorts names and claims, and merges equal ones.
//!
//! Invariant: only repetitions are removed; a merged row has the evidence of all.

use std::cmp::Ordering;

use super::order::{are_one, compare_claims, compare_names, compare_places, compare_rows, inverse, order_by};
use crate::model::dossier::{Claim, Dossier, Name};
use crate::model::evidence::{Cited, Evidence};
use crate::model::id::ClaimId;
use crate::model::rows::Stance;

/// Where the names and claims that were added to a builder stand in its dossier.
#[derive(Debug, Default)]
pub struct Moves {
    names: Option<Vec<u32>>,
    claims: Option<Vec<u32>>,
}

impl Moves {
    /// Returns the number of the name that was added as the `added`-th, from 0.
    pub fn name(&self, added: usize) -> usize {
        moved(self.names.as_deref(), added)
    }

    /// Returns the claim that was added as the `added`-th, from 0.
    pub fn claim(&self, added: usize) -> ClaimId {
        ClaimId::from_index(moved(self.claims.as_deref(), added))
    }
}

/// Returns the new number of a row; without `numbers` each row stays where it was added.
fn moved(numbers: Option<&[u32]>, added: usize) -> usize {
    numbers.map_or(added, |numbers| numbers[added] as usize)
}

/// Sorts and merges the names and claims of these rows.
pub(super) fn merge(rows: &mut Dossier) -> Moves {
    let ranks = place_ranks(rows);
    let (names, claims) = (std::mem::take(&mut rows.names), std::mem::take(&mut rows.claims));
    let mut evidence = Evidence::with_capacity(rows.evidence.len());
    let (names, names_moved) = joined(
        &names,
        |a, b| compare_names(rows, a, b),
        |a, b| compare_names(rows, a, b).is_eq(),
        |same| {
            let evidence = join(rows, &ranks, same.iter().map(|name| name.evidence), &mut evidence);
            Name { evidence, ..same[0] }
        },
    );
    let (joint, joint_moved) = joined(
        &claims,
        |a, b| compare_rows(rows, a, b),
        |a, b| are_one(rows, a, b),
        |same| {
            let first = same[0].stance;
            let basis = same.iter().map(Claim::basis).min().unwrap_or(first.basis());
            let stance = Stance::new(first.modality(), basis, first.rank());
            let evidence = join(rows, &ranks, same.iter().map(|claim| claim.evidence), &mut evidence);
            // The id, if there is one, is that of the last: those without come first.
            Claim { stance, evidence, ..same[same.len() - 1] }
        },
    );
    rows.evidence = evidence;
    let order = order_by(joint.len(), |a, b| compare_claims(rows, &joint[a], &joint[b]));
    let numbers = inverse(&order);
    rows.names = names;
    rows.claims = order.iter().map(|&old| joint[old as usize]).collect();
    let claims_moved = joint_moved.iter().map(|&joint| numbers[joint as usize]).collect();
    Moves { names: Some(names_moved), claims: Some(claims_moved) }
}

/// Sorts rows and merges equal ones. Returns them, and the new number of each row.
fn joined<T: Copy>(
    rows: &[T],
    compare: impl Fn(&T, &T) -> Ordering,
    are_one: impl Fn(&T, &T) -> bool,
    join: impl FnMut(&[T]) -> T,
) -> (Vec<T>, Vec<u32>) {
    let order = order_by(rows.len(), |a, b| compare(&rows[a], &rows[b]));
    let mut numbers = vec![0; rows.len()];
    let is_same = |a: &u32, b: &u32| are_one(&rows[*a as usize], &rows[*b as usize]);
    for (number, same) in order.chunk_by(is_same).enumerate() {
        for &old in same {
            numbers[old as usize] = number as u32;
        }
    }
    let sorted: Vec<T> = order.iter().map(|&old| rows[old as usize]).collect();
    (sorted.chunk_by(are_one).map(join).collect(), numbers)
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

#[cfg(test)]
mod tests {
    use crate::model::{Builder, CoreKind, Dossier, NameKind, NewClaim, NewValue, Value};
    use crate::vocabulary::testing::property;

    /// Adds entities, names and claims in this order; each text is that of one name and one claim of its entity. Returns
    /// the dossier, and for each text the entity, the name and the claim that it came to be.
    fn built(rows: &[(&str, &str)]) -> (Dossier, Vec<[(String, String); 2]>) {
        let mut builder = Builder::default();
        for (slug, text) in rows {
            let id = format!("person/{slug}");
            let person = builder.find(&id).or_else(|| builder.entity(CoreKind::Person, slug, slug)).unwrap();
            builder.name(person, text, NameKind::Alias, None, Vec::new());
            builder.claim(NewClaim::new(person, property("description"), NewValue::Text((*text).to_owned())));
        }
        let (dossier, moves) = builder.finish_moved();
        let row = |added: usize| {
            let name = dossier.all_names()[moves.name(added)];
            let claim = dossier.claim(moves.claim(added));
            let Value::Text(value) = claim.value else { unreachable!() };
            let of = |entity, text| (dossier.id(entity).to_owned(), dossier.text(text).to_owned());
            [of(name.entity, name.value), of(claim.subject, value)]
        };
        let found = (0..rows.len()).map(row).collect();
        (dossier, found)
    }

    #[test]
    fn each_row_is_found_where_it_came_to_stand() {
        let scrambled =
            [("zoe", "b"), ("ada", "c"), ("zoe", "a"), ("ada", "c"), ("mia", "x"), ("zoe", "b"), ("ada", "a")];
        let sorted = [("ada", "a"), ("ada", "b"), ("zoe", "a")];
        for rows in [&scrambled[..], &sorted] {
            let (dossier, found) = built(rows);
            let expected: Vec<[(String, String); 2]> = rows
                .iter()
                .map(|(slug, text)| [(); 2].map(|()| (format!("person/{slug}"), (*text).to_owned())))
                .collect();
            assert_eq!(found, expected);
            let mut different = rows.to_vec();
            different.sort_unstable();
            different.dedup();
            assert_eq!((dossier.all_claims().len(), dossier.all_names().len()), (different.len(), different.len()));
        }
    }
}
