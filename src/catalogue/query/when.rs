//! Time in a query: the stretches of days behind `year:`, and the moment behind `at:`.
//!
//! Invariant: a span never ends before it begins, and what is printed is read as the same days.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

use super::error::{QueryError, TimeFault};
use super::field::Field;
use crate::model::Moment;
use crate::model::moment::MomentError;
use crate::model::when::Precision;

/// The longest part of a value that a message repeats, in characters.
const NAMED: usize = 40;

/// A stretch of days, both ends included; open where an end is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Span {
    /// From one day to another; none if it would end before it begins.
    pub fn new(first: Option<NaiveDate>, last: Option<NaiveDate>) -> Option<Self> {
        let reversed = first.zip(last).is_some_and(|(first, last)| last < first);
        (!reversed).then_some(Self { first, last })
    }

    /// Its first day.
    pub fn first(self) -> Option<NaiveDate> {
        self.first
    }

    /// Its last day.
    pub fn last(self) -> Option<NaiveDate> {
        self.last
    }

    /// Whether a date with these bounds lies inside for sure; an open end asks nothing on its side.
    pub fn holds(self, earliest: Option<NaiveDate>, latest: Option<NaiveDate>) -> bool {
        self.first.is_none_or(|first| earliest.is_some_and(|day| day >= first))
            && self.last.is_none_or(|last| latest.is_some_and(|day| day <= last))
    }

    /// Whether a date with these bounds may lie inside, if only in part. One bound alone counts on its
    /// own day, as [`When::stands_on`](crate::model::When::stands_on) has it.
    pub fn may_touch(self, earliest: Option<NaiveDate>, latest: Option<NaiveDate>) -> bool {
        let is_not_behind = |earliest| self.last.is_none_or(|last| earliest <= last);
        let is_not_before = |latest| self.first.is_none_or(|first| latest >= first);
        earliest.or(latest).is_none_or(is_not_behind) && latest.or(earliest).is_none_or(is_not_before)
    }

    /// Both in one, where no day lies between them; the other one begins no earlier.
    fn joined(self, later: Self) -> Option<Self> {
        let next = self.last.map(|last| last.checked_add_days(Days::new(1)).unwrap_or(last));
        let apart = next.zip(later.first).is_some_and(|(next, first)| first > next);
        let last = self.last.zip(later.last).map(|(a, b)| a.max(b));
        (!apart).then_some(Self { first: self.first, last })
    }
}

/// The days as a query writes them: `2021-06`, `1957..1994`, `2019..`, `..1994`, `..`.
impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let same = |moment: &Moment| Some(moment.first()) == self.first && Some(moment.last()) == self.last;
        let whole = self.first.and_then(|day| {
            let month = Moment::month(day.year(), day.month());
            [Moment::year(day.year()), month, Some(Moment::day(day))].into_iter().flatten().find(same)
        });
        if let Some(moment) = whole {
            return write!(out, "{moment}");
        }
        let first = self.first.map(|day| precision_of(day, Moment::first));
        let last = self.last.map(|day| precision_of(day, Moment::last));
        let precision = first.max(last).unwrap_or(Precision::Day);
        if let Some(day) = self.first {
            write_day(out, day, precision)?;
        }
        out.write_str("..")?;
        self.last.map_or(Ok(()), |day| write_day(out, day, precision))
    }
}

/// The coarsest unit of which a day is the first, or the last.
fn precision_of(day: NaiveDate, side: fn(Moment) -> NaiveDate) -> Precision {
    let ends = |moment: Option<Moment>| moment.is_some_and(|moment| side(moment) == day);
    if ends(Moment::year(day.year())) {
        Precision::Year
    } else if ends(Moment::month(day.year(), day.month())) {
        Precision::Month
    } else {
        Precision::Day
    }
}

fn write_day(out: &mut fmt::Formatter<'_>, day: NaiveDate, precision: Precision) -> fmt::Result {
    match precision {
        Precision::Year => write!(out, "{}", day.format("%Y")),
        Precision::Month => write!(out, "{}", day.format("%Y-%m")),
        Precision::Day => write!(out, "{day}"),
    }
}

/// Reads the value of `year:`: dates and ranges with commas between them. What touches is
/// joined, so that a date that reaches from one into the next lies inside of both together.
///
/// # Errors
///
/// No date at all, what is none, and a range that ends before it begins. `column` is that of the value.
pub fn spans(value: &str, column: usize) -> Result<Vec<Span>, QueryError> {
    let mut spans = Vec::new();
    let mut column = column;
    for part in value.split(',') {
        if !part.is_empty() {
            spans.push(span(part, column)?);
        }
        column += part.chars().count() + 1;
    }
    if spans.is_empty() {
        return Err(fault(Field::Year, value, column - value.chars().count() - 1, TimeFault::Empty));
    }
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut().and_then(|before| Some((before.joined(span)?, before))) {
            Some((both, before)) => *before = both,
            None => joined.push(span),
        }
    }
    Ok(joined)
}

fn span(part: &str, column: usize) -> Result<Span, QueryError> {
    let Some((from, to)) = part.split_once("..") else {
        let moment = date(Field::Year, part, column)?;
        return Ok(Span { first: Some(moment.first()), last: Some(moment.last()) });
    };
    let end = |text: &str, column| (!text.is_empty()).then(|| date(Field::Year, text, column)).transpose();
    let first = end(from, column)?.map(Moment::first);
    let last = end(to, column + from.chars().count() + 2)?.map(Moment::last);
    Span::new(first, last).ok_or_else(|| fault(Field::Year, part, column, TimeFault::Reversed))
}

/// Reads the value of `at:`.
///
/// # Errors
///
/// What is no date. `column` is that of the value.
pub fn moment(value: &str, column: usize) -> Result<Moment, QueryError> {
    date(Field::At, value, column)
}

fn date(field: Field, text: &str, column: usize) -> Result<Moment, QueryError> {
    Moment::parse(text, None).map_err(|error| {
        let kind = match error {
            MomentError::Empty => TimeFault::Empty,
            // There is nothing to step from in a query.
            MomentError::Form(_) | MomentError::Nowhere(_) | MomentError::OutOfRange(_) => TimeFault::Form,
            MomentError::NoSuchDay(_) => TimeFault::NoSuchDay,
        };
        fault(field, text, column, kind)
    })
}

fn fault(field: Field, text: &str, column: usize, fault: TimeFault) -> QueryError {
    QueryError::Time { field, column, text: text.chars().take(NAMED).collect(), fault }
}
