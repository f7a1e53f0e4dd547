//! Time in a query: the spans of `year:` and the moment of `at:`.
//!
//! Invariant: a span never ends before it begins, and a printed span is parsed to the same days.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

use super::error::{Fault, TimeFault, Wrong, named};
use super::field::Field;
use super::value::Part;
use crate::model::Moment;
use crate::model::moment::MomentError;
use crate::model::when::Precision;

/// A span of days, both ends included; an end of `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Span {
    /// Returns the span from `first` to `last`, or `None` if it would end before it begins.
    pub fn new(first: Option<NaiveDate>, last: Option<NaiveDate>) -> Option<Self> {
        let reversed = first.zip(last).is_some_and(|(first, last)| last < first);
        (!reversed).then_some(Self { first, last })
    }

    /// Returns the first day, or `None` if it is open.
    pub fn first(self) -> Option<NaiveDate> {
        self.first
    }

    /// Returns the last day, or `None` if it is open.
    pub fn last(self) -> Option<NaiveDate> {
        self.last
    }

    /// Returns true if a date with these limits certainly lies inside; an open end accepts every date on its side.
    pub fn holds(self, earliest: Option<NaiveDate>, latest: Option<NaiveDate>) -> bool {
        self.first.is_none_or(|first| earliest.is_some_and(|day| day >= first))
            && self.last.is_none_or(|last| latest.is_some_and(|day| day <= last))
    }

    /// Returns true if a date with these limits may overlap the span. A date with one limit counts on that day, as
    /// in [`When::stands_on`](crate::model::When::stands_on).
    pub fn may_touch(self, earliest: Option<NaiveDate>, latest: Option<NaiveDate>) -> bool {
        let is_not_behind = |earliest| self.last.is_none_or(|last| earliest <= last);
        let is_not_before = |latest| self.first.is_none_or(|first| latest >= first);
        earliest.or(latest).is_none_or(is_not_behind) && latest.or(earliest).is_none_or(is_not_before)
    }

    /// Joins two spans that overlap or are adjacent; `later` must not begin before this one.
    fn joined(self, later: Self) -> Option<Self> {
        let next = self.last.map(|last| last.checked_add_days(Days::new(1)).unwrap_or(last));
        let apart = next.zip(later.first).is_some_and(|(next, first)| first > next);
        let last = self.last.zip(later.last).map(|(a, b)| a.max(b));
        (!apart).then_some(Self { first: self.first, last })
    }
}

/// Prints the days as typed in a query: `2021-06`, `1957..1994`, `2019..`, `..1994`, `..`.
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

/// Returns the coarsest unit whose first (or last) day this is.
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

/// Parses the value of `year:` as dates and ranges, and joins adjacent ones, so that a date across two of them
/// lies inside both together.
///
/// # Errors
///
/// Returns an error for an invalid date and for a range that ends before it begins.
pub fn spans(parts: &[Part<'_>]) -> Result<Vec<Span>, Wrong> {
    let mut spans = parts.iter().map(|&part| span(part)).collect::<Result<Vec<Span>, Wrong>>()?;
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

fn span(part: Part<'_>) -> Result<Span, Wrong> {
    let Some((from, to)) = part.text.split_once("..") else {
        let moment = moment(Field::Year, part)?;
        return Ok(Span { first: Some(moment.first()), last: Some(moment.last()) });
    };
    let end = |text, at| (!str::is_empty(text)).then(|| moment(Field::Year, Part { text, at })).transpose();
    let first = end(from, part.at)?.map(Moment::first);
    let last = end(to, part.at_end(to))?.map(Moment::last);
    Span::new(first, last).ok_or_else(|| wrong(Field::Year, part, TimeFault::Reversed))
}

/// Parses one date of a field.
///
/// # Errors
///
/// Returns an error for an invalid date.
pub fn moment(field: Field, part: Part<'_>) -> Result<Moment, Wrong> {
    Moment::parse(part.text, None).map_err(|error| {
        let fault = match error {
            MomentError::Empty => TimeFault::Empty,
            // A query has no date to step from.
            MomentError::Form(_) | MomentError::Nowhere(_) | MomentError::OutOfRange(_) => TimeFault::Form,
            MomentError::NoSuchDay(_) => TimeFault::NoSuchDay,
        };
        wrong(field, part, fault)
    })
}

/// Returns the error for a date.
pub fn wrong(field: Field, part: Part<'_>, fault: TimeFault) -> Wrong {
    Fault::Time { field, text: named(part.text), fault }.at(part.at)
}
