//! The fields of a query, and what those ask that no name answers: time and standing.
//!
//! Invariant: a condition is printed as the text that it is read from again.

use std::fmt;

use super::error::QueryError;
use super::when::Span;
use crate::formats::defect::nearest;
use crate::model::{Basis, Claim, Kind, Modality, Moment};

/// What a query can name before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `kind:`: what is found.
    Kind,
    /// `year:`: when it happened.
    Year,
    /// `at:`: what counted at a moment.
    At,
    /// `state:`: planned, alleged and the like.
    State,
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 4] = [Self::Kind, Self::Year, Self::At, Self::State];

    /// As written before the colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Year => "year",
            Self::At => "at",
            Self::State => "state",
        }
    }

    /// The field with this name, whatever its case.
    pub fn called(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// What can stand behind the colon.
    pub fn values(self) -> String {
        match self {
            Self::Kind => Kind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", "),
            Self::Year => "2021, 2021-06, 2021-06-15, 1957..1994, 2019.. or ..1994".to_owned(),
            Self::At => "2021, 2021-06 or 2021-06-15".to_owned(),
            Self::State => State::ALL.map(State::word).join(", "),
        }
    }

    /// How "either" is written.
    pub const fn either(self) -> Option<&'static str> {
        match self {
            Self::Kind => Some("kind:person,unit"),
            Self::Year => Some("year:1957,1994"),
            Self::At => None,
            Self::State => Some("state:planned,alleged"),
        }
    }
}

/// The names of all fields.
pub fn names() -> [&'static str; 4] {
    Field::ALL.map(Field::name)
}

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

/// Reads the value of `state:`; a word half typed means every state that begins so.
///
/// # Errors
///
/// A word that begins none, and no word at all.
pub fn states(value: &str) -> Result<Vec<State>, QueryError> {
    let mut found = Vec::new();
    for part in value.split(',').filter(|part| !part.is_empty()) {
        let part = part.to_lowercase();
        let begun = State::ALL.into_iter().filter(|state| state.word().starts_with(&part));
        let before = found.len();
        found.extend(begun);
        if found.len() == before {
            let suggestion = nearest(&part, State::ALL.map(State::word));
            return Err(QueryError::UnknownState { state: part, suggestion });
        }
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { Err(QueryError::MissingValue(Field::State)) } else { Ok(found) }
}

/// What is asked of a date or a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lens {
    /// Its date touches any of these.
    Year(Vec<Span>),
    /// It counted at this moment.
    At(Moment),
    /// It is in any of these states.
    State(Vec<State>),
}

/// A lens, and whether what passes it is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What is asked.
    pub lens: Lens,
    /// Whether all the rest is wanted.
    pub negated: bool,
}

impl Condition {
    /// Whether it asks about time.
    pub fn is_of_time(&self) -> bool {
        match self.lens {
            Lens::Year(_) | Lens::At(_) => true,
            Lens::State(_) => false,
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negated { "!" } else { "" };
        match &self.lens {
            Lens::Year(spans) => {
                let spans: Vec<String> = spans.iter().map(ToString::to_string).collect();
                write!(out, "{sign}{}:{}", Field::Year.name(), spans.join(","))
            }
            Lens::At(moment) => write!(out, "{sign}{}:{moment}", Field::At.name()),
            Lens::State(states) => {
                let words: Vec<&str> = states.iter().map(|state| state.word()).collect();
                write!(out, "{sign}{}:{}", Field::State.name(), words.join(","))
            }
        }
    }
}
