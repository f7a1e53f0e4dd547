//! What can be wrong with a query, in words that fit on one line.
//!
//! Invariant: a message is safe to print, and says what would have been right.

use std::fmt;

use super::{FIELDS, MAX_QUERY, kinds};
use crate::text::clean;

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryError {
    /// There is no such field.
    UnknownField {
        /// As typed.
        field: String,
        /// What may be meant.
        suggestion: Option<&'static str>,
    },
    /// There is no such kind.
    UnknownKind {
        /// As typed.
        kind: String,
        /// What may be meant.
        suggestion: Option<&'static str>,
    },
    /// A field without a value.
    MissingValue(&'static str),
    /// A field beside `|`, which joins words only.
    FieldBesideOr(&'static str),
    /// A `!` behind a `|`; before the first alternative it counts for all.
    NotBehindOr,
    /// More than [`MAX_QUERY`] characters.
    TooLong,
}

impl fmt::Display for QueryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, word, suggestion, known) = match self {
            Self::UnknownField { field, suggestion } => ("field", field, suggestion, FIELDS.join(", ")),
            Self::UnknownKind { kind, suggestion } => ("kind", kind, suggestion, kinds().join(", ")),
            Self::MissingValue(field) => {
                return write!(out, "\"{field}:\" needs a value; one of: {}", kinds().join(", "));
            }
            Self::FieldBesideOr(field) => {
                return write!(out, "\"{field}:\" cannot stand beside \"|\"; use a comma: {field}:person,unit");
            }
            Self::NotBehindOr => return write!(out, "\"!\" cannot stand behind \"|\"; !a|b means neither a nor b"),
            Self::TooLong => return write!(out, "the query is longer than {MAX_QUERY} characters"),
        };
        write!(out, "unknown {what} \"{}\"; ", clean(word))?;
        match suggestion {
            Some(near) => write!(out, "did you mean \"{near}\"?"),
            None => write!(out, "known: {known}"),
        }
    }
}

impl std::error::Error for QueryError {}
