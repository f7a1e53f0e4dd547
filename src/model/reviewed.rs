//! Reviews with the claims that they are about.
//!
//! Invariant: a review whose id names no claim, or more than one, is about none.

use super::claim_id::derived_id;
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

    /// Returns true if the claim of a review is gone, or differs from the one that was read.
    pub fn is_stale(&self, review: &Review, claim: Option<ClaimId>) -> bool {
        let Some(claim) = claim else { return true };
        review.seen.is_some_and(|seen| self.text(seen) != derived_id(self, self.claim(claim)))
    }
}
