//! Sort, finest unit and days of an EDTF text.
//!
//! Invariant: accepted texts have qualifiers only at the end of a date, and no season, time or list.

use chrono::NaiveDate;
use edtf_core::{Bound, Edtf, IntervalEndpoint, SetElement, SetKind};

use super::{Precision, Shape, WhenError};

/// Returns the sort of statement.
///
/// # Errors
///
/// Forms that name no day in history.
pub(super) fn shape_of(edtf: &Edtf) -> Result<Shape, WhenError> {
    match edtf {
        Edtf::Date(date) => date_is_taken(date).map(|()| Shape::Date),
        Edtf::DateTime(_) => Err(WhenError::Unsupported("times of day")),
        Edtf::Interval(interval) => {
            for end in [&interval.start, &interval.end] {
                if let IntervalEndpoint::Date(date) = end {
                    date_is_taken(date)?;
                }
            }
            Ok(Shape::Interval)
        }
        Edtf::Set(set) => match (set.kind, set.elements.as_slice()) {
            (SetKind::OneMember, [SetElement::OnOrBefore(_)]) => Ok(Shape::Before),
            (SetKind::OneMember, [SetElement::OnOrAfter(_)]) => Ok(Shape::After),
            (SetKind::OneMember, [SetElement::Range(..)]) => Ok(Shape::Between),
            _ => Err(WhenError::Unsupported("sets of several dates")),
        },
    }
}

/// Accepts dates with qualifiers at the end, not inside: `2014-06?`, not `2014?-06`.
fn date_is_taken(date: &edtf_core::Date) -> Result<(), WhenError> {
    if date.precision() == edtf_core::Precision::Season {
        return Err(WhenError::Unsupported("seasons"));
    }
    let finest = match (date.month, date.day) {
        (_, Some(day)) => day.qualifier,
        (Some(month), None) => month.qualifier,
        (None, None) => date.year.qualifier,
    };
    let inside = [Some(date.year.qualifier), date.month.map(|month| month.qualifier)];
    if inside.into_iter().flatten().any(|qualifier| qualifier.is_qualified() && qualifier != finest) {
        return Err(WhenError::Unsupported("qualifiers inside a date"));
    }
    Ok(())
}

/// Returns the day of a bound, if it has one.
///
/// # Errors
///
/// A year outside 0000 to 9999.
pub(super) fn day(bound: Bound) -> Result<Option<NaiveDate>, WhenError> {
    match bound {
        Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => Ok(None),
        Bound::Date(date) => {
            let year = i32::try_from(date.year).ok().filter(|year| (0..=9999).contains(year));
            let day = year.and_then(|year| NaiveDate::from_ymd_opt(year, date.month.into(), date.day.into()));
            day.map(Some).ok_or(WhenError::OutOfRange)
        }
    }
}

/// Returns the finest unit of any of its dates.
pub(super) fn precision_of(edtf: &Edtf) -> Precision {
    let of_date = |date: &edtf_core::Date| match date.precision() {
        edtf_core::Precision::Year => Precision::Year,
        edtf_core::Precision::Month | edtf_core::Precision::Season => Precision::Month,
        edtf_core::Precision::Day => Precision::Day,
    };
    let dates: Vec<edtf_core::Date> = match edtf {
        Edtf::Date(date) => vec![*date],
        Edtf::DateTime(time) => vec![time.date],
        Edtf::Interval(interval) => [interval.start, interval.end]
            .into_iter()
            .filter_map(|end| match end {
                IntervalEndpoint::Date(date)
                | IntervalEndpoint::OnOrBefore(date)
                | IntervalEndpoint::OnOrAfter(date) => Some(date),
                IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
            })
            .collect(),
        Edtf::Set(set) => set
            .elements
            .iter()
            .flat_map(|element| match *element {
                SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => vec![date],
                SetElement::Range(first, last) => vec![first, last],
            })
            .collect(),
    };
    dates.iter().map(of_date).max().unwrap_or(Precision::Year)
}
