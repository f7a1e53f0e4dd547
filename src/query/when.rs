//! Time in a query: the spans of `year:` and the moment of `at:`.
//!
//! Invariant: a span never ends before it begins, and a printed span is parsed to the same days.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

use super::error::{Fault, TimeFault, Wrong, named};
use super::field::Field;
use super::value::Part;
use crate::model::moment::MomentError;
use crate::model::when::Precision;
use crate::model::{DayWindow, Moment};

/// A span of days, both ends included; an end of `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(DayWindow);

impl Span {
    /// Returns the span from `first` to `last`, or `None` if it would end before it begins.
    pub fn new(first: Option<NaiveDate>, last: Option<NaiveDate>) -> Option<Self> {
        let days = DayWindow { earliest: first, latest: last };
        (!days.is_reversed()).then_some(Self(days))
    }

    /// Returns the first day, or `None` if it is open.
    pub fn first(self) -> Option<NaiveDate> {
        self.0.earliest
    }

    /// Returns the last day, or `None` if it is open.
    pub fn last(self) -> Option<NaiveDate> {
        self.0.latest
    }

    /// Returns true if every day of a date lies inside; an open end accepts every date on its side.
    pub fn holds(self, date: DayWindow) -> bool {
        date.is_within(self.0)
    }

    /// Returns true if a date may overlap the span. A date with one limit counts on that day, one without any
    /// everywhere.
    pub fn may_touch(self, date: DayWindow) -> bool {
        date.position().is_none_or(|(first, last)| DayWindow::between(first, last).overlaps(self.0))
    }

    /// Joins two spans that overlap or are adjacent; `later` must not begin before this one.
    fn joined(self, later: Self) -> Option<Self> {
        let next = self.last().map(|last| last.checked_add_days(Days::new(1)).unwrap_or(last));
        let apart = next.zip(later.first()).is_some_and(|(next, first)| first > next);
        let last = self.last().zip(later.last()).map(|(a, b)| a.max(b));
        (!apart).then_some(Self(DayWindow { latest: last, ..self.0 }))
    }
}

/// Prints the days as typed in a query: `2021-06`, `1957..1994`, `2019..`, `..1994`, `..`.
impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let same = |moment: &Moment| Some(moment.first()) == self.first() && Some(moment.last()) == self.last();
        let whole = self.first().and_then(|day| UNITS.into_iter().find_map(|unit| moment_of(day, unit).filter(same)));
        if let Some(moment) = whole {
            return write!(out, "{moment}");
        }
        let first = self.first().map(|day| unit_of(day, Moment::first));
        let last = self.last().map(|day| unit_of(day, Moment::last));
        let unit = first.max(last).unwrap_or(Precision::Day);
        let day = |day| moment_of(day, unit).map(|moment| moment.to_string()).unwrap_or_default();
        let (first, last) = (self.first().map(day), self.last().map(day));
        write!(out, "{}..{}", first.unwrap_or_default(), last.unwrap_or_default())
    }
}

/// The units of time, coarsest first.
const UNITS: [Precision; 3] = [Precision::Year, Precision::Month, Precision::Day];

/// Returns the year, month or day that contains the day; `None` outside of the years 0 to 9999.
fn moment_of(day: NaiveDate, unit: Precision) -> Option<Moment> {
    match unit {
        Precision::Year => Moment::year(day.year()),
        Precision::Month | Precision::Season => Moment::month(day.year(), day.month()),
        Precision::Day => Some(Moment::day(day)),
    }
}

/// Returns the coarsest unit whose first (or last) day this is.
fn unit_of(day: NaiveDate, side: fn(Moment) -> NaiveDate) -> Precision {
    let ends = |unit: &Precision| moment_of(day, *unit).is_some_and(|moment| side(moment) == day);
    UNITS.into_iter().find(ends).unwrap_or(Precision::Day)
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
        return Ok(Span(DayWindow::between(moment.first(), moment.last())));
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
