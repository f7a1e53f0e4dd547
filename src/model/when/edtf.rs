//! Reads EDTF texts, and says what sort of statement they are, how fine and how doubtful.
//!
//! `edtf-core` reads each date. What it does not take is read beside it: blanks after the commas of a set, years before
//! 0 with unspecified digits, times of day before the year 0, intervals without a date.
//!
//! Invariant: an interval or set holds dates only, neither times nor sets.

use edtf_core::{
    Date, Edtf, Interval, IntervalEndpoint, ParseError, Qualifier, Set, SetElement, SetKind, Year, YearKind,
};

use super::{Doubt, Extent, Precision, Shape, WhenError};

/// The codes of seasons, quarters and other parts of a year, which stand in place of a month.
pub(super) const PARTS_OF_A_YEAR: std::ops::RangeInclusive<u8> = 21..=41;

/// Reads a text of any level of EDTF.
///
/// # Errors
///
/// A text that is not EDTF; times and sets within an interval or set; a number too long for any calendar.
pub(super) fn read(text: &str) -> Result<Edtf, WhenError> {
    if let Some((kind, inner)) = members(text) {
        return set(kind, inner);
    }
    if text.starts_with(['[', '{']) {
        return single(text, 0);
    }
    match text.split_once('/') {
        Some((start, end)) => interval(start, end),
        None => single(text, 0),
    }
}

/// Returns the text between the brackets of a set.
fn members(text: &str) -> Option<(SetKind, &str)> {
    let within = |open, close| text.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.is_empty());
    let one = within('[', ']').map(|inner| (SetKind::OneMember, inner));
    one.or_else(|| within('{', '}').map(|inner| (SetKind::AllMembers, inner)))
}

fn set(kind: SetKind, inner: &str) -> Result<Edtf, WhenError> {
    let mut elements = Vec::new();
    let mut at = 1_usize;
    for (number, part) in inner.split(',').enumerate() {
        let member = if number == 0 { part } else { part.trim_start_matches(' ') };
        let blanks = part.len().saturating_sub(member.len());
        elements.push(set_element(member, at.saturating_add(blanks))?);
        at = at.saturating_add(part.len()).saturating_add(1);
    }
    Ok(Edtf::Set(Set { kind, elements }))
}

fn set_element(text: &str, at: usize) -> Result<SetElement, WhenError> {
    let start = text.strip_prefix("..").filter(|rest| !rest.is_empty() && !rest.contains(".."));
    let end = text.strip_suffix("..").filter(|rest| !rest.is_empty() && !rest.contains(".."));
    if let Some(last) = start {
        return date(last, at.saturating_add(2)).map(SetElement::OnOrBefore);
    }
    if let Some(first) = end {
        return date(first, at).map(SetElement::OnOrAfter);
    }
    if !text.contains("..") {
        return date(text, at).map(SetElement::Date);
    }
    // The crate says which two dates make a range; it sees a set of one member, which begins a character earlier.
    match Edtf::parse(&format!("[{text}]")).map_err(|error| refused(error, at.saturating_sub(1)))? {
        Edtf::Set(Set { elements, .. }) => match elements.as_slice() {
            [element] => Ok(*element),
            _ => Err(WhenError::Unsupported("sets within a set")),
        },
        Edtf::Date(_) | Edtf::DateTime(_) | Edtf::Interval(_) => Err(WhenError::Unsupported("sets within a set")),
    }
}

fn interval(start: &str, end: &str) -> Result<Edtf, WhenError> {
    let at = start.len().saturating_add(1);
    let start = match (start, start.strip_prefix("..")) {
        ("", _) => IntervalEndpoint::Unknown,
        (_, Some("")) => IntervalEndpoint::Open,
        (_, Some(day)) => IntervalEndpoint::OnOrBefore(date(day, 2)?),
        (day, None) => IntervalEndpoint::Date(date(day, 0)?),
    };
    let end = match (end, end.strip_suffix("..")) {
        ("", _) => IntervalEndpoint::Unknown,
        (_, Some("")) => IntervalEndpoint::Open,
        (_, Some(day)) => IntervalEndpoint::OnOrAfter(date(day, at)?),
        (day, None) => IntervalEndpoint::Date(date(day, at)?),
    };
    match (start, end) {
        (IntervalEndpoint::Unknown, IntervalEndpoint::Unknown) => {
            Err(WhenError::Syntax("an interval states a date or \"..\" on one side at least".into()))
        }
        (start, end) => Ok(Edtf::Interval(Interval { start, end })),
    }
}

/// Reads one date of an interval or set, which begins at a byte of the whole text.
fn date(text: &str, at: usize) -> Result<Date, WhenError> {
    match single(text, at)? {
        Edtf::Date(date) => Ok(date),
        Edtf::DateTime(_) => Err(WhenError::Unsupported("times of day within an interval or set")),
        Edtf::Set(_) => Err(WhenError::Unsupported("sets within an interval or set")),
        Edtf::Interval(_) => Err(WhenError::Unsupported("intervals within an interval or set")),
    }
}

/// Reads one date, with or without a time of day.
fn single(text: &str, at: usize) -> Result<Edtf, WhenError> {
    Edtf::parse(text).or_else(|error| before_year_zero(text).ok_or_else(|| refused(error, at)))
}

/// Reads a date before the year 0 that has unspecified digits in its year or a time of day, neither of which the crate
/// takes there. Leap years are the same on both sides of 0, so that its mirror image is a date if and only if it is one.
fn before_year_zero(text: &str) -> Option<Edtf> {
    let (qualifier, positive) = text.split_once('-')?;
    let is_year = positive.starts_with(|first: char| first.is_ascii_digit() || first == 'X');
    if !is_year || !matches!(qualifier, "" | "?" | "~" | "%") {
        return None;
    }
    let mut mirrored = Edtf::parse(&format!("{qualifier}{positive}")).ok()?;
    let date = match &mut mirrored {
        Edtf::Date(date) => date,
        Edtf::DateTime(time) => &mut time.date,
        Edtf::Interval(_) | Edtf::Set(_) => return None,
    };
    match &mut date.year.kind {
        YearKind::Standard { digits, .. } if *digits == [Some(0); 4] => return None,
        YearKind::Standard { negative, .. } => *negative = true,
        YearKind::Big { .. } | YearKind::Exponential { .. } => return None,
    }
    Some(mirrored)
}

/// Returns why a text that begins at a byte of the whole was refused.
fn refused(error: ParseError, at: usize) -> WhenError {
    // So the crate says of numbers that it cannot count with.
    if error.message.ends_with("out of supported range") {
        return WhenError::OutOfRange;
    }
    WhenError::Syntax(ParseError { offset: error.offset.saturating_add(at), ..error }.to_string())
}

/// Returns the sort of statement.
pub(super) fn shape_of(edtf: &Edtf) -> Shape {
    match edtf {
        Edtf::Date(_) | Edtf::DateTime(_) => Shape::Date,
        Edtf::Interval(_) => Shape::Interval,
        Edtf::Set(set) => match (set.kind, set.elements.as_slice()) {
            (SetKind::OneMember, [SetElement::OnOrBefore(_)]) => Shape::Before,
            (SetKind::OneMember, [SetElement::OnOrAfter(_)]) => Shape::After,
            (SetKind::OneMember, [SetElement::Range(..)]) => Shape::Between,
            (SetKind::OneMember, _) => Shape::OneOf,
            (SetKind::AllMembers, _) => Shape::AllOf,
        },
    }
}

/// Returns the finest unit of any of its dates.
pub(super) fn precision_of(edtf: &Edtf) -> Precision {
    let of_date = |date: &Date| match date.precision() {
        edtf_core::Precision::Year => Precision::Year,
        edtf_core::Precision::Season => Precision::Season,
        edtf_core::Precision::Month => Precision::Month,
        edtf_core::Precision::Day => Precision::Day,
    };
    dates(edtf).iter().map(of_date).max().unwrap_or(Precision::Year)
}

/// Returns how much of it is qualified.
pub(super) fn doubt_of(edtf: &Edtf) -> Doubt {
    let of_date = |date: &Date| {
        let finer = [date.month, date.day].into_iter().flatten().map(|field| field.qualifier);
        std::iter::once(date.year.qualifier).chain(finer).collect::<Vec<Qualifier>>()
    };
    let qualifiers: Vec<Qualifier> = dates(edtf).iter().flat_map(of_date).collect();
    let extent = |has: fn(&Qualifier) -> bool| match qualifiers.iter().filter(|one| has(one)).count() {
        0 => Extent::None,
        count if count == qualifiers.len() => Extent::Whole,
        _ => Extent::Part,
    };
    Doubt { uncertain: extent(|one| one.uncertain), approximate: extent(|one| one.approximate) }
}

/// Returns true if no digit of the year is stated.
pub(super) fn lacks_year(year: &Year) -> bool {
    matches!(year.kind, YearKind::Standard { digits: [None, None, None, None], .. })
}

/// Returns the dates that are written in it.
fn dates(edtf: &Edtf) -> Vec<Date> {
    match edtf {
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
    }
}
