//! What readers found about single claims.
//!
//! Invariant: a review names its claim by id, so that it outlives changes of the dossier; it is stale once the claim
//! differs from the one that was read.

use super::claim_id::derived_id;
use super::dossier::Dossier;
use super::id::{ClaimId, Sym, WhenId};
use crate::text::word::words;

words! {
    /// The result of a review.
    ReviewVerdict {
        /// The documents bear the claim out.
        Confirmed = "confirmed",
        /// The reader holds it to be wrong.
        Disputed = "disputed",
        /// The reader asks something about it.
        Question = "question",
    }
}

/// The result of one reading of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The id of the claim, as it was written.
    pub claim: Sym,
    /// The reader.
    pub by: Sym,
    /// The date of the review.
    pub on: Option<WhenId>,
    /// The result.
    pub verdict: ReviewVerdict,
    /// A remark of the reader.
    pub note: Option<Sym>,
    /// The derived id that the claim had at that time.
    pub seen: Option<Sym>,
}

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
