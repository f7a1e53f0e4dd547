//! The first and last day that an EDTF date may mean.
//!
//! The parts of a year are months: spring is March to May in the north and September to November in the south. ISO 8601-2
//! leaves open where a season ends. Here none leaves the year that it is stated with: a winter of the north, or a summer
//! of the south, is December.
//!
//! Invariant: a date whose year has no digit has no days, and a date beyond the calendar is an error, never a date without
//! a limit.

use chrono::NaiveDate;
use edtf_core::{Bound, BoundDate, Date, DateField, Edtf, IntervalEndpoint, SetElement, Year, YearKind};

use super::edtf::lacks_year;
use super::{Hemisphere, WhenError};
use crate::model::window::DayWindow;

/// The days of a calendar without end.
type Days = (BoundDate, BoundDate);

/// Returns the days that a statement may mean.
///
/// # Errors
///
/// A day beyond the calendar.
pub(super) fn window(edtf: &Edtf, hemisphere: Hemisphere) -> Result<DayWindow, WhenError> {
    let of = |date: &Date| days(date, hemisphere);
    match edtf {
        Edtf::Date(date) => of(date),
        Edtf::DateTime(time) => of(&time.date),
        Edtf::Interval(interval) => {
            let end = |end: &IntervalEndpoint| match end {
                IntervalEndpoint::Open | IntervalEndpoint::Unknown => Ok(DayWindow::default()),
                IntervalEndpoint::Date(date) => of(date),
                IntervalEndpoint::OnOrBefore(date) => of(date).map(or_before),
                IntervalEndpoint::OnOrAfter(date) => of(date).map(or_after),
            };
            Ok(DayWindow { earliest: end(&interval.start)?.earliest, latest: end(&interval.end)?.latest })
        }
        Edtf::Set(set) => {
            let member = |element: &SetElement| match element {
                SetElement::Date(date) => of(date),
                SetElement::OnOrBefore(date) => of(date).map(or_before),
                SetElement::OnOrAfter(date) => of(date).map(or_after),
                SetElement::Range(first, last) => Ok(of(first)?.hull(of(last)?)),
            };
            let members = set.elements.iter().map(member).collect::<Result<Vec<DayWindow>, WhenError>>()?;
            Ok(members.into_iter().reduce(DayWindow::hull).unwrap_or_default())
        }
    }
}

fn or_before(window: DayWindow) -> DayWindow {
    DayWindow { earliest: None, ..window }
}

fn or_after(window: DayWindow) -> DayWindow {
    DayWindow { latest: None, ..window }
}

fn days(date: &Date, hemisphere: Hemisphere) -> Result<DayWindow, WhenError> {
    if lacks_year(&date.year) {
        return Ok(DayWindow::default());
    }
    let date = Date { month: date.month.map(|month| season_in(hemisphere, month)), ..*date };
    let found = match date.year.kind {
        YearKind::Standard { negative: true, digits } if digits.contains(&None) => days_before_zero(&date, digits),
        YearKind::Standard { .. } | YearKind::Big { .. } | YearKind::Exponential { .. } => plain_days(&date),
    };
    // The crate has no bounds for years that it cannot count.
    let (first, last) = found.ok_or(WhenError::OutOfRange)?;
    Ok(DayWindow::between(day(first)?, day(last)?))
}

/// Returns the code of the season of the south for one that is stated without a hemisphere.
fn season_in(hemisphere: Hemisphere, month: DateField) -> DateField {
    let code = match (hemisphere, month.value()) {
        (Hemisphere::South, Some(code @ 21..=24)) => code.saturating_add(8),
        (Hemisphere::North | Hemisphere::South, _) => return month,
    };
    DateField { digits: [Some(code / 10), Some(code % 10)], ..month }
}

fn plain_days(date: &Date) -> Option<Days> {
    let bounds = Edtf::Date(*date).bounds();
    let (Bound::Date(first), Bound::Date(last)) = (bounds.earliest, bounds.latest) else { return None };
    match date.month.and_then(DateField::value) {
        // The crate lets these seasons end in the next year.
        Some(24 | 28 | 30) => Some((first, BoundDate { year: last.year.saturating_sub(1), month: 12, day: 31 })),
        _ => Some((first, last)),
    }
}

/// Returns the days of a date before the year 0 whose year lacks digits.
fn days_before_zero(date: &Date, digits: [Option<u8>; 4]) -> Option<Days> {
    let of_year = |year: u16| {
        let own = [year / 1000, year / 100 % 10, year / 10 % 10, year % 10].map(|digit| digit as u8);
        let fits = digits.iter().zip(own).all(|(stated, digit)| stated.is_none_or(|stated| stated == digit));
        let kind = YearKind::Standard { negative: true, digits: own.map(Some) };
        fits.then_some(Date { year: Year { kind, ..date.year }, ..*date }).as_ref().and_then(plain_days)
    };
    let (first, _) = (1..=9999).rev().find_map(of_year)?;
    let (_, last) = (1..=9999).find_map(of_year)?;
    Some((first, last))
}

fn day(day: BoundDate) -> Result<NaiveDate, WhenError> {
    let year = i32::try_from(day.year).ok();
    let day = year.and_then(|year| NaiveDate::from_ymd_opt(year, day.month.into(), day.day.into()));
    day.ok_or(WhenError::OutOfRange)
}
