//! What can be wrong with a query, in words that fit on one line.
//!
//! Invariant: a message is safe to print, and says where, what was found and what would have
//! been right.

use std::fmt;

use super::MAX_QUERY;
use super::field::{Field, names};
use crate::text::clean;

/// The longest part of a query that a message repeats, in characters.
const NAMED: usize = 40;

/// Something that is wrong with a query, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Where it starts: 1 for the first character of the query.
    pub column: usize,
    /// What it is.
    pub fault: Fault,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There is no such field.
    UnknownField {
        /// As typed; of a long one the start.
        name: String,
        /// What may be meant.
        suggestion: Option<&'static str>,
    },
    /// The field takes only some words, and this is none of them.
    UnknownValue {
        /// Behind which field.
        field: Field,
        /// As typed; of a long one the start.
        word: String,
        /// What may be meant.
        suggestion: Option<&'static str>,
    },
    /// A date that is none.
    Time {
        /// Behind which field.
        field: Field,
        /// As typed; of a long one the start.
        text: String,
        /// What is wrong with it.
        fault: TimeFault,
    },
    /// A field without a value.
    MissingValue(Field),
    /// A field beside `|`, which joins words only.
    FieldBesideOr(Field),
    /// A `!` before a field that cannot be turned around.
    NotBefore(Field),
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

/// A fault at a byte of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    at: usize,
    fault: Fault,
}

impl Wrong {
    /// The error as a reader of the query counts.
    pub fn in_query(self, text: &str) -> QueryError {
        let before = text.char_indices().take_while(|&(at, _)| at < self.at);
        QueryError { column: before.count().saturating_add(1), fault: self.fault }
    }
}

impl Fault {
    /// A value that a field does not take.
    pub(super) fn unknown(field: Field, word: &str, suggestion: Option<&'static str>) -> Self {
        Self::UnknownValue { field, word: named(word), suggestion }
    }

    /// The fault at a byte of the query.
    pub(super) fn at(self, at: usize) -> Wrong {
        Wrong { at, fault: self }
    }
}

/// A text, or the start of a long one.
pub(super) fn named(text: &str) -> String {
    text.chars().take(NAMED).collect()
}

impl fmt::Display for QueryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "column {}: {}", self.column, self.fault)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownField { name, suggestion } => {
                write!(out, "unknown field \"{}\"; ", clean(name))?;
                write_remedy(out, *suggestion, &names().join(", "))
            }
            Self::UnknownValue { field, word, suggestion } => {
                write!(out, "unknown {} \"{}\"; ", field.value_word(), clean(word))?;
                write_remedy(out, *suggestion, &field.values())
            }
            Self::Time { field, text, fault } => {
                write_time(out, *field, text, *fault)?;
                write!(out, "; expected {}", field.values())
            }
            Self::MissingValue(field) => {
                write!(out, "\"{}:\" needs a value; expected {}", field.name(), field.values())
            }
            Self::FieldBesideOr(field) => {
                write!(out, "\"{}:\" cannot stand beside \"|\"; expected words there", field.name())?;
                field.either().map_or(Ok(()), |either| write!(out, ", or a comma: {either}"))
            }
            Self::NotBefore(field) => {
                write!(out, "\"!\" cannot stand before \"{0}:\"; expected {0}:-date for the latest first", field.name())
            }
            Self::NotBehindOr => {
                out.write_str("\"!\" cannot stand behind \"|\"; expected it in front: !a|b means neither a nor b")
            }
            Self::TooLong => write!(out, "the query goes on; expected at most {MAX_QUERY} characters"),
        }
    }
}

fn write_remedy(out: &mut fmt::Formatter<'_>, suggestion: Option<&str>, known: &str) -> fmt::Result {
    match suggestion {
        Some(near) => write!(out, "did you mean \"{near}\"?"),
        None => write!(out, "expected one of: {known}"),
    }
}

fn write_time(out: &mut fmt::Formatter<'_>, field: Field, text: &str, fault: TimeFault) -> fmt::Result {
    let text = clean(text);
    match fault {
        TimeFault::Empty => write!(out, "\"{}:\" needs a date", field.name()),
        TimeFault::Form => write!(out, "\"{text}\" is no date"),
        TimeFault::NoSuchDay => write!(out, "\"{text}\": there is no such date"),
        TimeFault::Reversed => write!(out, "\"{text}\" ends before it begins"),
    }
}

impl std::error::Error for QueryError {}
