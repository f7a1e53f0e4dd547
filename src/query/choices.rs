//! The words that `state:`, `has:` and `sort:` accept.
//!
//! Invariant: the words of one list are distinct.

use crate::model::{Basis, Claim, Modality};
use crate::text::word::words;

words! {
    /// The modality or basis of a claim, for `state:`.
    ClaimState {
        /// Stated as fact.
        Actual = "actual",
        /// Planned.
        Planned = "planned",
        /// Alleged by a source that the document does not confirm.
        Alleged = "alleged",
        /// Denied.
        Denied = "denied",
        /// Inferred rather than stated; may occur together with any of the others.
        Inferred = "inferred",
    }
}

impl ClaimState {
    /// Returns true if a claim is in this state.
    pub fn holds(self, claim: &Claim) -> bool {
        match self {
            Self::Actual => claim.modality() == Modality::Actual,
            Self::Planned => claim.modality() == Modality::Planned,
            Self::Alleged => claim.modality() == Modality::Alleged,
            Self::Denied => claim.modality() == Modality::Denied,
            Self::Inferred => claim.basis() == Basis::Inferred,
        }
    }
}

words! {
    /// A property of an entity or claim that `has:` tests for.
    Flag {
        /// A claim that conflicts with another one.
        Conflict = "conflict",
        /// A date.
        Date = "date",
        /// Evidence in a document.
        Evidence = "evidence",
        /// A number.
        Figure = "figure",
        /// A name besides the label.
        Name = "name",
        /// A note.
        Note = "note",
        /// A review.
        Review = "review",
    }
}

words! {
    /// What readers found about a claim, for `review:`.
    ReviewState {
        /// The documents bear it out.
        Confirmed = "confirmed",
        /// A reader holds it to be wrong.
        Disputed = "disputed",
        /// A reader asks something about it.
        Question = "question",
        /// It differs from what was read.
        Stale = "stale",
        /// It has not been reviewed.
        None = "none",
    }
}

words! {
    /// A key of `sort:`.
    Key {
        /// By relevance, which is the order without `sort:`.
        Relevance = "relevance",
        /// By label.
        Name = "name",
        /// By kind, in the order in which kinds are listed.
        Kind = "kind",
        /// By the earliest date that bears on the entity; entities without one come last in either direction.
        Date = "date",
    }
}
