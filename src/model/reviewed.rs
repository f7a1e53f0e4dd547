//! Reviews with the claims that they are about.
//!
//! Invariant: a review whose id names no claim, or more than one, is about none.

use std::collections::HashMap;

use super::claim_id::{DERIVED, derived_id};
use super::dossier::Dossier;
use super::id::ClaimId;
use super::review::Review;

impl Dossier {
    /// Returns all reviews, by the ids of their claims.
    pub fn reviews(&self) -> &[Review] {
        &self.reviews
    }

    /// Returns each review with its claim; `None` if no claim, or more than one, has the id.
    pub fn reviewed(&self) -> Vec<(&Review, Option<ClaimId>)> {
        let named = self.claims_by_name(self.reviews.iter().map(|review| self.text(review.claim)));
        let claim = |review: &Review| match named.get(self.text(review.claim)).map(Vec::as_slice) {
            Some([claim]) => Some(*claim),
            _ => None,
        };
        self.reviews.iter().map(|review| (review, claim(review))).collect()
    }

    /// Returns the rows of the reviews whose id no claim has.
    pub fn reviews_of_nothing(&self) -> Vec<usize> {
        let named = self.claims_by_name(self.reviews.iter().map(|review| self.text(review.claim)));
        let is_gone = |review: &Review| named.get(self.text(review.claim)).is_none_or(Vec::is_empty);
        (0..).zip(&self.reviews).filter(|(_, review)| is_gone(review)).map(|(row, _)| row).collect()
    }

    /// Returns the reviews of each of these claims that has one.
    pub fn reviews_of(&self, claims: impl IntoIterator<Item = ClaimId>) -> HashMap<ClaimId, Vec<&Review>> {
        let mut named: HashMap<&str, Vec<&Review>> = HashMap::new();
        for review in &self.reviews {
            named.entry(self.text(review.claim)).or_default().push(review);
        }
        let mut found: HashMap<ClaimId, Vec<&Review>> = HashMap::new();
        if named.is_empty() {
            return found;
        }
        let has_derived = named.keys().any(|id| id.starts_with(DERIVED));
        for id in claims {
            let claim = self.claim(id);
            let own = self.details(claim).and_then(|details| details.id).map(|own| self.text(own));
            let derived = has_derived.then(|| derived_id(self, claim));
            let derived = derived.as_deref().filter(|name| named.contains_key(name)).filter(|name| {
                // Only claims of one slot have one derived id.
                let slot = self.slot(claim.subject, claim.property).iter();
                slot.filter(|other| derived_id(self, other) == **name).count() == 1
            });
            let reviews = own.into_iter().chain(derived).filter_map(|name| named.get(name)).flatten();
            let reviews: Vec<&Review> = reviews.copied().collect();
            if !reviews.is_empty() {
                found.insert(id, reviews);
            }
        }
        found
    }

    /// Returns true if the claim of a review is gone, or differs from the one that was read.
    pub fn is_stale(&self, review: &Review, claim: Option<ClaimId>) -> bool {
        let Some(claim) = claim else { return true };
        review.seen.is_some_and(|seen| self.text(seen) != derived_id(self, self.claim(claim)))
    }
}
