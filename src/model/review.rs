//! What readers found about single claims.
//!
//! Invariant: a review names its claim by id, so that it outlives changes of the dossier; it is stale once the claim
//! differs from the one that was read.

use super::id::{Sym, WhenId};
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
