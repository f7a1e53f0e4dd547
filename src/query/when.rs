//! Time in a query: the stretches of days behind `year:`, and the moment behind `at:`.
//!
//! Invariant: a span never ends before it begins, and what is printed is read as the same days.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

use super::error::{Fault, TimeFault, Wrong, named};
use super::field::Field;
use super::value::Part;
use crate::model::Moment;
use crate::model::moment::MomentError;
use crate::model::when::Precision;

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

/// Reads the value of `year:`: dates and ranges. What touches is joined, so that a date that reaches
/// from one into the next lies inside of both together.
///
/// # Errors
///
/// What is no date, and a range that ends before it begins.
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

/// Reads one date, as of a field.
///
/// # Errors
///
/// What is no date.
pub fn moment(field: Field, part: Part<'_>) -> Result<Moment, Wrong> {
    Moment::parse(part.text, None).map_err(|error| {
        let fault = match error {
            MomentError::Empty => TimeFault::Empty,
            // There is nothing to step from in a query.
            MomentError::Form(_) | MomentError::Nowhere(_) | MomentError::OutOfRange(_) => TimeFault::Form,
            MomentError::NoSuchDay(_) => TimeFault::NoSuchDay,
        };
        wrong(field, part, fault)
    })
}

/// What is wrong with a date.
pub fn wrong(field: Field, part: Part<'_>, fault: TimeFault) -> Wrong {
    Fault::Time { field, text: named(part.text), fault }.at(part.at)
}
