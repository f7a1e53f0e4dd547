//! Conditions on time, state, names and flags: all fields other than `kind:` and `sort:`.
//!
//! Invariant: parsing a printed condition returns an equal condition.

use std::fmt;

use super::choices::{ClaimState, Flag};
use super::error::{Fault, TimeFault, Wrong};
use super::field::Field;
use super::value::Part;
use super::when::{self, Span};
use crate::formats::defect::nearest;
use crate::model::Moment;
use crate::model::vocabulary::Word;
use crate::text::fold::fold;

/// A field whose value is looked up among names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameField {
    /// `inst:`
    Inst,
    /// `dept:`
    Dept,
    /// `degree:`
    Degree,
    /// `person:`
    Person,
    /// `role:`
    Role,
    /// `source:`
    Source,
}

impl NameField {
    /// Returns the field.
    pub const fn field(self) -> Field {
        match self {
            Self::Inst => Field::Inst,
            Self::Dept => Field::Dept,
            Self::Degree => Field::Degree,
            Self::Person => Field::Person,
            Self::Role => Field::Role,
            Self::Source => Field::Source,
        }
    }
}

/// The test of a condition, applied to a date, claim or entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionKind {
    /// Its date overlaps one of these spans.
    Year(Vec<Span>),
    /// It is in force at this moment.
    At(Moment),
    /// It is in one of these states.
    State(Vec<ClaimState>),
    /// It has one of these flags.
    Has(Vec<Flag>),
    /// It is related to an entity with one of these folded names.
    Named(NameField, Vec<String>),
}

/// A test, possibly negated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The test.
    pub kind: ConditionKind,
    /// True if the condition holds for everything that fails the test.
    pub negated: bool,
}

impl Condition {
    /// Returns true if it tests a date or moment.
    pub fn is_of_time(&self) -> bool {
        match self.kind {
            ConditionKind::Year(_) | ConditionKind::At(_) => true,
            ConditionKind::State(_) | ConditionKind::Has(_) | ConditionKind::Named(..) => false,
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negated { "!" } else { "" };
        let (field, value) = match &self.kind {
            ConditionKind::Year(spans) => (Field::Year, joined(spans, ToString::to_string)),
            ConditionKind::At(moment) => (Field::At, moment.to_string()),
            ConditionKind::State(states) => (Field::State, joined(states, |state| state.as_str().to_owned())),
            ConditionKind::Has(flags) => (Field::Has, joined(flags, |flag| flag.as_str().to_owned())),
            ConditionKind::Named(field, names) => (field.field(), joined(names, |name| quoted(name))),
        };
        write!(out, "{sign}{}:{value}", field.name())
    }
}

fn joined<T>(parts: &[T], word: impl Fn(&T) -> String) -> String {
    parts.iter().map(word).collect::<Vec<_>>().join(",")
}

fn quoted(name: &str) -> String {
    if name.contains(' ') { format!("\"{name}\"") } else { name.to_owned() }
}

/// Parses the value of a field other than `kind:` and `sort:`; `end` is the byte offset after the colon.
///
/// # Errors
///
/// Returns an error if the value is missing or not accepted by the field.
pub fn parse(field: Field, value: &str, parts: &[Part<'_>], end: usize) -> Result<ConditionKind, Wrong> {
    let missing = || Fault::MissingValue(field).at(end);
    let named = |name: NameField| {
        let mut names: Vec<String> = parts.iter().map(|part| fold(part.text)).filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() { Err(missing()) } else { Ok(ConditionKind::Named(name, names)) }
    };
    let open = value.trim_start_matches('"');
    let whole = Part { text: open.trim_end_matches('"'), at: Part { text: value, at: end }.at_end(open) };
    match field {
        Field::Year if parts.is_empty() => Err(when::wrong(field, whole, TimeFault::Empty)),
        Field::State | Field::Has if parts.is_empty() => Err(missing()),
        Field::Year => Ok(ConditionKind::Year(when::spans(parts)?)),
        Field::At => Ok(ConditionKind::At(when::moment(field, whole)?)),
        Field::State => Ok(ConditionKind::State(begun(field, parts)?)),
        Field::Has => Ok(ConditionKind::Has(begun(field, parts)?)),
        Field::Inst => named(NameField::Inst),
        Field::Dept => named(NameField::Dept),
        Field::Degree => named(NameField::Degree),
        Field::Person => named(NameField::Person),
        Field::Role => named(NameField::Role),
        Field::Source => named(NameField::Source),
        Field::Kind | Field::Sort => Err(missing()),
    }
}

/// Returns the values whose word starts with one of the parts.
fn begun<T: Word + Ord>(field: Field, parts: &[Part<'_>]) -> Result<Vec<T>, Wrong> {
    let mut found = Vec::new();
    for part in parts {
        let typed = part.text.to_lowercase();
        let before = found.len();
        found.extend(T::ALL.iter().filter(|value| value.as_str().starts_with(&typed)));
        if found.len() == before {
            let suggestion = nearest(&typed, T::ALL.iter().map(|value| value.as_str()));
            return Err(Fault::unknown(field, part.text, suggestion).at(part.at));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
