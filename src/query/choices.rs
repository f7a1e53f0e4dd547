//! The closed lists of words that a field takes: `state:`, `has:`, `sort:`.
//!
//! Invariant: each list is complete, and no two of its words are the same.

use crate::model::{Basis, Claim, Modality};

/// How a claim stands to reality, or how it came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is or was so.
    Actual,
    /// It was to become so.
    Planned,
    /// Somebody says so, and the document does not vouch for it.
    Alleged,
    /// It is said not to be so.
    Denied,
    /// It is concluded, not stated; beside any of the others.
    Inferred,
}

impl State {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Actual, Self::Planned, Self::Alleged, Self::Denied, Self::Inferred];

    /// As written behind `state:`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Actual => Modality::Actual.as_str(),
            Self::Planned => Modality::Planned.as_str(),
            Self::Alleged => Modality::Alleged.as_str(),
            Self::Denied => Modality::Denied.as_str(),
            Self::Inferred => Basis::Inferred.as_str(),
        }
    }

    /// Whether a claim is in it.
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

/// What there can be of an entity, or of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// A claim that another one contradicts, and no rule reconciles them.
    Conflict,
    /// A date.
    Date,
    /// A place in a document.
    Evidence,
    /// A number.
    Figure,
    /// Another name beside the label.
    Name,
    /// A remark of ours.
    Note,
}

impl Flag {
    /// All flags.
    pub const ALL: [Self; 6] = [Self::Conflict, Self::Date, Self::Evidence, Self::Figure, Self::Name, Self::Note];

    /// As written behind `has:`.
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

/// By what is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// How well it answers: the order without any `sort:`.
    Relevance,
    /// By label.
    Name,
    /// By kind, in the order in which kinds are listed.
    Kind,
    /// By the first date that bears on it; what has none comes last either way.
    Date,
}

impl Key {
    /// All keys.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Name, Self::Kind, Self::Date];

    /// As written behind `sort:`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Name => "name",
            Self::Kind => "kind",
            Self::Date => "date",
        }
    }
}
