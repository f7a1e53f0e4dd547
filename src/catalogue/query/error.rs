//! What can be wrong with a query, in words that fit on one line.
//!
//! Invariant: a message is safe to print, and says what would have been right.

use std::fmt;

use super::MAX_QUERY;
use super::field::{Field, names};
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
    /// There is no such state.
    UnknownState {
        /// As typed.
        state: String,
        /// What may be meant.
        suggestion: Option<&'static str>,
    },
    /// A date that is none.
    Time {
        /// Behind which field.
        field: Field,
        /// Where it starts: 1 for the first character of the query.
        column: usize,
        /// As typed; of a long one the start.
        text: String,
        /// What is wrong with it.
        fault: TimeFault,
    },
    /// A field without a value.
    MissingValue(Field),
    /// A field beside `|`, which joins words only.
    FieldBesideOr(Field),
    /// A `!` behind a `|`; before the first alternative it counts for all.
    NotBehindOr,
    /// More than [`MAX_QUERY`] characters.
    TooLong,
}

/// What is wrong with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFault {
    /// There is none yet.
    Empty,
    /// It has no form that is known.
    Form,
    /// There is no such day, month or year.
    NoSuchDay,
    /// Its end lies before its start.
    Reversed,
}

impl fmt::Display for QueryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, word, suggestion, known) = match self {
            Self::UnknownField { field, suggestion } => ("field", field, suggestion, names().join(", ")),
            Self::UnknownKind { kind, suggestion } => ("kind", kind, suggestion, Field::Kind.values()),
            Self::UnknownState { state, suggestion } => ("state", state, suggestion, Field::State.values()),
            Self::Time { field, column, text, fault } => return write_time(out, *field, *column, text, *fault),
            Self::MissingValue(field) => {
                return write!(out, "\"{}:\" needs a value; one of: {}", field.name(), field.values());
            }
            Self::FieldBesideOr(field) => {
                write!(out, "\"{}:\" cannot stand beside \"|\"", field.name())?;
                return field.either().map_or(Ok(()), |either| write!(out, "; use a comma: {either}"));
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

fn write_time(out: &mut fmt::Formatter<'_>, field: Field, column: usize, text: &str, fault: TimeFault) -> fmt::Result {
    let text = clean(text);
    write!(out, "column {column}: ")?;
    match fault {
        TimeFault::Empty => write!(out, "\"{}:\" needs a date", field.name())?,
        TimeFault::Form => write!(out, "\"{text}\" is no date")?,
        TimeFault::NoSuchDay => write!(out, "\"{text}\": there is no such date")?,
        TimeFault::Reversed => write!(out, "\"{text}\" ends before it begins")?,
    }
    write!(out, "; expected {}", field.values())
}

impl std::error::Error for QueryError {}
