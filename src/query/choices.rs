//! The words that `state:`, `has:` and `sort:` accept.
//!
//! Invariant: the words of one list are distinct.

use crate::model::{Basis, Claim, Modality};

/// The modality or basis of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Stated as fact.
    Actual,
    /// Planned.
    Planned,
    /// Alleged by a source that the document does not confirm.
    Alleged,
    /// Denied.
    Denied,
    /// Inferred rather than stated; may occur together with any of the others.
    Inferred,
}

impl State {
    /// Every state, in the order of output.
    pub const ALL: [Self; 5] = [Self::Actual, Self::Planned, Self::Alleged, Self::Denied, Self::Inferred];

    /// Returns the word written after `state:`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Actual => Modality::Actual.as_str(),
            Self::Planned => Modality::Planned.as_str(),
            Self::Alleged => Modality::Alleged.as_str(),
            Self::Denied => Modality::Denied.as_str(),
            Self::Inferred => Basis::Inferred.as_str(),
        }
    }

    /// Returns true if a claim is in this state.
    pub fn holds(self, claim: &Claim) -> bool {
        match self {
            Self::Actual => claim.modality == Modality::Actual,
            Self::Planned => claim.modality == Modality::Planned,
            Self::Alleged => claim.modality == Modality::Alleged,
            Self::Denied => claim.modality == Modality::Denied,
            Self::Inferred => claim.basis == Basis::Inferred,
        }
    }
}

/// A property of an entity or claim that `has:` tests for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// A claim that conflicts with another one.
    Conflict,
    /// A date.
    Date,
    /// Evidence in a document.
    Evidence,
    /// A number.
    Figure,
    /// A name besides the label.
    Name,
    /// A note.
    Note,
}

impl Flag {
    /// Every flag, in the order of output.
    pub const ALL: [Self; 6] = [Self::Conflict, Self::Date, Self::Evidence, Self::Figure, Self::Name, Self::Note];

    /// Returns the word written after `has:`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Date => "date",
            Self::Evidence => "evidence",
            Self::Figure => "figure",
            Self::Name => "name",
            Self::Note => "note",
        }
    }
}

/// A sort key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// By relevance, which is the order without `sort:`.
    Relevance,
    /// By label.
    Name,
    /// By kind, in the order of [`Kind::ALL`](crate::model::Kind::ALL).
    Kind,
    /// By the earliest date that bears on the entity; entities without one come last in either direction.
    Date,
}

impl Key {
    /// Every key, in the order of output.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Name, Self::Kind, Self::Date];

    /// Returns the word written after `sort:`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Name => "name",
            Self::Kind => "kind",
            Self::Date => "date",
        }
    }
}
