//! Conditions on time, state, names and flags: all fields other than `kind:` and `sort:`.
//!
//! Invariant: parsing a printed condition returns an equal condition.

use std::fmt;

use super::choices::{ClaimState, Flag, ReviewState};
use super::error::{self, Fault, TimeFault, Wrong};
use super::field::Field;
use super::number::NumberRange;
use super::value::Part;
use super::when::{self, Span};
use crate::model::claim_id::DERIVED;
use crate::model::{Moment, PropertyId, Range, Vocabulary};
use crate::syntax::nearest;
use crate::text::fold::fold;
use crate::text::with_article;
use crate::text::word::Word;

/// A field whose value is looked up among names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameField {
    /// `inst:`
    Inst,
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
    /// A date among the words: it is dated then, is a term of office that was held then, or has the date in its name.
    When(Moment),
    /// It is in force at this moment.
    At(Moment),
    /// It is in one of these states.
    State(Vec<ClaimState>),
    /// It was reviewed with one of these results.
    Review(Vec<ReviewState>),
    /// It is, or has, a claim with one of these ids.
    Id(Vec<String>),
    /// It has one of these flags or properties.
    Has(Vec<Flag>, Vec<Named>),
    /// It is related to an entity with one of these folded names.
    Named(NameField, Vec<String>),
    /// A property of it has such a value.
    Said(Named, SaidTest),
}

/// A property, with the field by which a query names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The property.
    pub property: PropertyId,
    /// The field.
    pub field: Box<str>,
}

/// The test of the value of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaidTest {
    /// A text or the name of an entity has these folded words.
    Names(Vec<String>),
    /// A date overlaps one of these spans.
    Dates(Vec<Span>),
    /// A number lies in one of these ranges.
    Numbers(Vec<NumberRange>),
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
        match &self.kind {
            ConditionKind::Year(_) | ConditionKind::When(_) | ConditionKind::At(_) => true,
            ConditionKind::Said(_, test) => matches!(test, SaidTest::Dates(_)),
            ConditionKind::State(_)
            | ConditionKind::Review(_)
            | ConditionKind::Id(_)
            | ConditionKind::Has(..)
            | ConditionKind::Named(..) => false,
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negated { "!" } else { "" };
        if let ConditionKind::Said(named, test) = &self.kind {
            return write!(out, "{sign}{}:{test}", named.field);
        }
        if let ConditionKind::When(moment) = &self.kind {
            return write!(out, "{moment}");
        }
        let (field, value) = match &self.kind {
            ConditionKind::Year(spans) => (Field::Year, joined(spans, ToString::to_string)),
            ConditionKind::At(moment) => (Field::At, moment.to_string()),
            ConditionKind::State(states) => (Field::State, joined(states, |state| state.as_str().to_owned())),
            ConditionKind::Review(states) => (Field::Review, joined(states, |state| state.as_str().to_owned())),
            ConditionKind::Id(ids) => (Field::Id, joined(ids, |id| quoted(id))),
            ConditionKind::Has(flags, properties) => {
                let flags = flags.iter().map(|flag| flag.as_str().to_owned());
                let all: Vec<String> = flags.chain(properties.iter().map(|named| named.field.to_string())).collect();
                (Field::Has, all.join(","))
            }
            ConditionKind::Said(..) | ConditionKind::When(_) => return Ok(()),
            ConditionKind::Named(field, names) => (field.field(), joined(names, |name| quoted(name))),
        };
        write!(out, "{sign}{}:{value}", field.name())
    }
}

impl fmt::Display for SaidTest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&match self {
            Self::Names(names) => joined(names, |name| quoted(name)),
            Self::Dates(spans) => joined(spans, ToString::to_string),
            Self::Numbers(ranges) => joined(ranges, |range| quoted(&range.to_string())),
        })
    }
}

fn joined<T>(parts: &[T], word: impl Fn(&T) -> String) -> String {
    parts.iter().map(word).collect::<Vec<_>>().join(",")
}

fn quoted(name: &str) -> String {
    if name.contains(' ') { format!("\"{name}\"") } else { name.to_owned() }
}

/// Parses the value of a field other than `kind:`, `prop:` and `sort:`; `end` is the byte offset after the colon.
///
/// # Errors
///
/// Returns an error if the value is missing or not accepted by the field.
pub fn parse(
    words: &Vocabulary,
    field: Field,
    value: &str,
    parts: &[Part<'_>],
    end: usize,
) -> Result<ConditionKind, Wrong> {
    let missing = || Fault::MissingValue(field).at(end);
    let named = |name: NameField| match folded(parts) {
        names if names.is_empty() => Err(missing()),
        names => Ok(ConditionKind::Named(name, names)),
    };
    let open = value.trim_start_matches('"');
    let whole = Part { text: open.trim_end_matches('"'), at: Part { text: value, at: end }.at_end(open) };
    match field {
        Field::Year if parts.is_empty() => Err(when::wrong(field, whole, TimeFault::Empty)),
        Field::State | Field::Review | Field::Id | Field::Has if parts.is_empty() => Err(missing()),
        Field::Year => Ok(ConditionKind::Year(when::spans(parts)?)),
        Field::At => Ok(ConditionKind::At(when::moment(field, whole)?)),
        Field::State => Ok(ConditionKind::State(begun(field, parts)?)),
        Field::Review => Ok(ConditionKind::Review(begun(field, parts)?)),
        Field::Id => Ok(ConditionKind::Id(claim_ids(parts)?)),
        Field::Has => has(words, parts),
        Field::Inst => named(NameField::Inst),
        Field::Person => named(NameField::Person),
        Field::Role => named(NameField::Role),
        Field::Source => named(NameField::Source),
        Field::Kind | Field::Prop | Field::Sort => Err(missing()),
    }
}

/// Parses the value of a property that a field names.
///
/// # Errors
///
/// Returns an error if the value is missing or none that the property takes.
pub fn parse_said(words: &Vocabulary, named: Named, parts: &[Part<'_>], end: usize) -> Result<ConditionKind, Wrong> {
    let wrong = |text: &str, at: usize, expected: String| {
        Fault::PropertyValue { property: named.field.to_string(), text: error::named(text), expected }.at(at)
    };
    let test = match &words.property(named.property).range {
        Range::Text(_) | Range::Entity(_) => SaidTest::Names(folded(parts)),
        Range::Date => SaidTest::Dates(if parts.is_empty() { Vec::new() } else { when::spans(parts)? }),
        Range::Number(_) => {
            let mut ranges = Vec::new();
            for part in parts {
                let range = NumberRange::parse(words, named.property, part.text);
                ranges.push(range.ok_or_else(|| wrong(part.text, part.at, NUMBERS.to_owned()))?);
            }
            SaidTest::Numbers(ranges)
        }
    };
    let is_empty = match &test {
        SaidTest::Names(names) => names.is_empty(),
        SaidTest::Dates(spans) => spans.is_empty(),
        SaidTest::Numbers(ranges) => ranges.is_empty(),
    };
    if is_empty {
        let expected = match &words.property(named.property).range {
            Range::Text(_) => "words of a text".to_owned(),
            Range::Entity(kinds) => format!("words of the name of {}", with_article(&words.phrase(kinds))),
            Range::Date => Field::Year.values(),
            Range::Number(_) => NUMBERS.to_owned(),
        };
        return Err(wrong("", end, expected));
    }
    Ok(ConditionKind::Said(named, test))
}

/// The forms of a number in a query, for messages.
const NUMBERS: &str = "a number, such as 12, >12, <=12 or 9..12, perhaps with its unit in quotes: \">1 million EUR\"";

fn folded(parts: &[Part<'_>]) -> Vec<String> {
    let mut names: Vec<String> = parts.iter().map(|part| fold(part.text)).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Returns the flags whose word starts with one of the parts, and the properties that are called like one.
fn has(words: &Vocabulary, parts: &[Part<'_>]) -> Result<ConditionKind, Wrong> {
    let (mut flags, mut properties) = (Vec::new(), Vec::new());
    for part in parts {
        let typed = part.text.to_lowercase();
        match words.find_field(&typed) {
            Some(property) if Flag::parse(&typed).is_none() => properties.push(Named { property, field: typed.into() }),
            Some(_) | None => flags.extend(begun::<Flag>(Field::Has, &[*part])?),
        }
    }
    flags.sort_unstable();
    flags.dedup();
    properties.sort_unstable_by(|a: &Named, b| a.field.cmp(&b.field));
    properties.dedup();
    Ok(ConditionKind::Has(flags, properties))
}

/// Returns ids of claims, with or without a # before them, sorted.
fn claim_ids(parts: &[Part<'_>]) -> Result<Vec<String>, Wrong> {
    let mut ids = Vec::new();
    for part in parts {
        let id = part.text.strip_prefix('#').unwrap_or(part.text).to_ascii_lowercase();
        let digits = id.strip_prefix(DERIVED).unwrap_or(&id);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let (property, expected) = (Field::Id.name().to_owned(), Field::Id.values());
            return Err(Fault::PropertyValue { property, text: error::named(part.text), expected }.at(part.at));
        }
        ids.push(id);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
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
