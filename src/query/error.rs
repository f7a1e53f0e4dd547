//! Errors of the query parser, with messages of one line.
//!
//! Invariant: a message contains no control characters, and states the column, what was found and what is
//! expected.

use std::fmt;

use super::MAX_QUERY;
use super::field::Field;
use crate::text::clean;

/// The longest part of a query that a message repeats, in characters.
const NAMED: usize = 40;

/// An error in a query, with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The column at which it starts, in characters from 1.
    pub column: usize,
    /// The error.
    pub fault: Fault,
}

/// An error in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The field does not exist.
    UnknownField {
        /// The name as typed, truncated to 40 characters.
        name: String,
        /// The most similar name, if one is similar enough.
        suggestion: Option<String>,
        /// The names of the fields of the language and of the dossier.
        known: String,
    },
    /// The value is none of the words that the field accepts.
    UnknownValue {
        /// The field.
        field: Field,
        /// The value as typed, truncated to 40 characters.
        word: String,
        /// The most similar word, if one is similar enough.
        suggestion: Option<String>,
    },
    /// The value is not a date.
    Time {
        /// The field.
        field: Field,
        /// The value as typed, truncated to 40 characters.
        text: String,
        /// The error in the date.
        fault: TimeFault,
    },
    /// No kind of the dossier is called so.
    UnknownKind {
        /// The word as typed, truncated to 40 characters.
        word: String,
        /// The most similar name, if one is similar enough.
        suggestion: Option<String>,
        /// The names of all kinds.
        known: String,
    },
    /// The value is none that the property, or the field `id:`, takes.
    PropertyValue {
        /// The name of the property.
        property: String,
        /// The value as typed, truncated to 40 characters.
        text: String,
        /// What the property takes.
        expected: String,
    },
    /// The field has no value.
    MissingValue(Field),
    /// The field stands next to `|`, which joins only words.
    FieldBesideOr(Field),
    /// A `!` before a field that cannot be negated.
    NotBefore(Field),
    /// A `!` after a `|`; before the first alternative it negates all of them.
    NotBehindOr,
    /// The query has more than [`MAX_QUERY`] characters.
    TooLong,
}

/// An error in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFault {
    /// It is empty.
    Empty,
    /// It has no known format.
    Form,
    /// The day, month or year does not exist.
    NoSuchDay,
    /// The range ends before it begins.
    Reversed,
}

/// An error with its byte offset in the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    at: usize,
    fault: Fault,
}

impl Wrong {
    /// Converts the byte offset to a column of the query `text`.
    pub fn in_query(self, text: &str) -> QueryError {
        let before = text.char_indices().take_while(|&(at, _)| at < self.at);
        QueryError { column: before.count().saturating_add(1), fault: self.fault }
    }
}

impl Fault {
    /// Returns the error for a value that the field does not accept.
    pub(super) fn unknown(field: Field, word: &str, suggestion: Option<&str>) -> Self {
        Self::UnknownValue { field, word: named(word), suggestion: suggestion.map(str::to_owned) }
    }

    /// Adds the byte offset in the query.
    pub(super) fn at(self, at: usize) -> Wrong {
        Wrong { at, fault: self }
    }
}

/// Truncates a text to the length that messages repeat.
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
            Self::UnknownField { name, suggestion, known } => {
                write!(out, "unknown field \"{}\"; ", clean(name))?;
                write_remedy(out, suggestion.as_deref(), known)?;
                suggestion.as_ref().map_or_else(|| out.write_str(", or the name of a property"), |_| Ok(()))
            }
            Self::UnknownValue { field, word, suggestion } => {
                write!(out, "unknown {} \"{}\"; ", field.value_word(), clean(word))?;
                write_remedy(out, suggestion.as_deref(), &field.values())
            }
            Self::UnknownKind { word, suggestion, known } => {
                write!(out, "unknown kind \"{}\"; ", clean(word))?;
                write_remedy(out, suggestion.as_deref(), known)
            }
            Self::Time { field, text, fault } => {
                write_time(out, *field, text, *fault)?;
                write!(out, "; expected {}", field.values())
            }
            Self::PropertyValue { property, text, expected } if text.is_empty() => {
                write!(out, "\"{}:\" needs a value; expected {expected}", clean(property))
            }
            Self::PropertyValue { property, text, expected } => {
                write!(out, "\"{}\" is no value of {}; expected {expected}", clean(text), clean(property))
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

/// The most names that a message lists.
const LISTED: usize = 24;

/// Returns names for a message, separated by commas; of more than 24 the first, and how many more there are.
pub(super) fn listed(names: &[&str]) -> String {
    let (shown, more) = names.split_at(names.len().min(LISTED));
    let shown = shown.join(", ");
    if more.is_empty() { shown } else { format!("{shown} and {} more", more.len()) }
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
