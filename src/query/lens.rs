//! What a query asks that neither words nor kinds answer: time, standing, belonging, flags.
//!
//! Invariant: a condition is printed as the text that it is read from again.

use std::fmt;

use super::choices::{Flag, State};
use super::error::{Fault, TimeFault, Wrong};
use super::field::Field;
use super::value::Part;
use super::when::{self, Span};
use crate::formats::defect::nearest;
use crate::model::Moment;
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
    /// The field.
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

/// What is asked of a date, a claim or an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lens {
    /// Its date touches any of these.
    Year(Vec<Span>),
    /// It counted at this moment.
    At(Moment),
    /// It is in any of these states.
    State(Vec<State>),
    /// There is any of these.
    Has(Vec<Flag>),
    /// It has to do with something of any of these names, which are folded.
    Named(NameField, Vec<String>),
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
            Lens::State(_) | Lens::Has(_) | Lens::Named(..) => false,
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negated { "!" } else { "" };
        let (field, value) = match &self.lens {
            Lens::Year(spans) => (Field::Year, joined(spans, ToString::to_string)),
            Lens::At(moment) => (Field::At, moment.to_string()),
            Lens::State(states) => (Field::State, joined(states, |state| state.word().to_owned())),
            Lens::Has(flags) => (Field::Has, joined(flags, |flag| flag.word().to_owned())),
            Lens::Named(field, names) => (field.field(), joined(names, |name| quoted(name))),
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

/// Reads what stands behind a field that asks for more than a kind or an order. `end` is the byte
/// behind the colon.
///
/// # Errors
///
/// No value, and one that the field does not take.
pub fn lens(field: Field, value: &str, parts: &[Part<'_>], end: usize) -> Result<Lens, Wrong> {
    let missing = || Fault::MissingValue(field).at(end);
    let named = |name: NameField| {
        let mut names: Vec<String> = parts.iter().map(|part| fold(part.text)).filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() { Err(missing()) } else { Ok(Lens::Named(name, names)) }
    };
    let open = value.trim_start_matches('"');
    let whole = Part { text: open.trim_end_matches('"'), at: Part { text: value, at: end }.at_end(open) };
    match field {
        Field::Year if parts.is_empty() => Err(when::wrong(field, whole, TimeFault::Empty)),
        Field::State | Field::Has if parts.is_empty() => Err(missing()),
        Field::Year => Ok(Lens::Year(when::spans(parts)?)),
        Field::At => Ok(Lens::At(when::moment(field, whole)?)),
        Field::State => Ok(Lens::State(begun(field, parts, &State::ALL, State::word)?)),
        Field::Has => Ok(Lens::Has(begun(field, parts, &Flag::ALL, Flag::word)?)),
        Field::Inst => named(NameField::Inst),
        Field::Dept => named(NameField::Dept),
        Field::Degree => named(NameField::Degree),
        Field::Person => named(NameField::Person),
        Field::Role => named(NameField::Role),
        Field::Source => named(NameField::Source),
        Field::Kind | Field::Sort => Err(missing()),
    }
}

/// Everything whose word begins as a part does; a word half typed means all that begin so.
fn begun<T: Copy + Ord>(
    field: Field,
    parts: &[Part<'_>],
    all: &[T],
    word: fn(T) -> &'static str,
) -> Result<Vec<T>, Wrong> {
    let mut found = Vec::new();
    for part in parts {
        let typed = part.text.to_lowercase();
        let before = found.len();
        found.extend(all.iter().copied().filter(|&value| word(value).starts_with(&typed)));
        if found.len() == before {
            let suggestion = nearest(&typed, all.iter().map(|&value| word(value)));
            return Err(Fault::unknown(field, part.text, suggestion).at(part.at));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
