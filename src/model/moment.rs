//! A day, month or year that a user asks about.
//!
//! Invariant: first and last day are within the years 0 to 9999, and a moment prints with the precision in which it was
//! given.

use std::fmt;

use chrono::{Datelike, Days, Month, Months, NaiveDate};

use super::when::Precision;
use crate::language::Language;

/// The forms that [`Moment::parse`] takes, for messages.
pub const FORMS: &str = "2021, 2021-06, 2021-06-15, jun 2021 or 15 jun 2021";

/// The further forms if there is a moment to step from.
pub const STEPS: &str = "or +6m, -2y, +10d from where you are";

/// A day, month or year.
///
/// ```
/// use annals::model::Moment;
///
/// let june = Moment::parse("jun 2021", None)?;
/// assert_eq!(june.to_string(), "2021-06");
/// assert_eq!((june.first().to_string(), june.last().to_string()), ("2021-06-01".into(), "2021-06-30".into()));
/// assert_eq!(Moment::parse("+6m", Some(june))?.to_string(), "2021-12");
/// assert!(Moment::parse("2021-02-30", None).is_err());
/// # Ok::<(), annals::model::moment::MomentError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    first: NaiveDate,
    last: NaiveDate,
    precision: Precision,
}

/// The reason why a text is no moment; each message ends with the forms that are taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MomentError {
    /// An empty text.
    #[error("no date; expected {FORMS}")]
    Empty,
    /// None of the forms.
    #[error("\"{0}\" is no date; expected {FORMS}")]
    Form(String),
    /// One of the forms, but no such day exists: 30 February.
    #[error("\"{0}\": there is no such date; expected {FORMS}")]
    NoSuchDay(String),
    /// A step without a moment to start from.
    #[error("\"{0}\" needs a date to start from; expected {FORMS}")]
    Nowhere(String),
    /// A step that leaves the years 0 to 9999.
    #[error("\"{0}\" leaves the years 0 to 9999; expected {FORMS}")]
    OutOfRange(String),
}

impl Moment {
    /// Returns one day.
    pub fn day(day: NaiveDate) -> Self {
        Self { first: day, last: day, precision: Precision::Day }
    }

    /// Returns a month; `None` unless the month is 1 to 12 and the year 0 to 9999.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        let first = in_range(NaiveDate::from_ymd_opt(year, month, 1)?)?;
        let last = first.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))?;
        Some(Self { first, last, precision: Precision::Month })
    }

    /// Returns a year; `None` unless it is 0 to 9999.
    pub fn year(year: i32) -> Option<Self> {
        let first = in_range(NaiveDate::from_ymd_opt(year, 1, 1)?)?;
        let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
        Some(Self { first, last, precision: Precision::Year })
    }

    /// Reads one of the [`FORMS`], or with `from` a step such as `+6m` from there.
    ///
    /// # Errors
    ///
    /// Any other text, a day that does not exist, a step without `from` or beyond the years 0 to 9999.
    pub fn parse(text: &str, from: Option<Self>) -> Result<Self, MomentError> {
        let text = text.trim();
        let named = || text.chars().take(40).collect::<String>();
        if text.is_empty() {
            return Err(MomentError::Empty);
        }
        if let Some(step) = Step::parse(text) {
            let from = from.ok_or_else(|| MomentError::Nowhere(named()))?;
            return from.moved(step).ok_or_else(|| MomentError::OutOfRange(named()));
        }
        let parts = parts(text).ok_or_else(|| MomentError::Form(named()))?;
        let found = match parts {
            (year, None, _) => Self::year(year),
            (year, Some(month), None) => Self::month(year, month),
            (year, Some(month), Some(day)) => {
                NaiveDate::from_ymd_opt(year, month, day).and_then(in_range).map(Self::day)
            }
        };
        found.ok_or_else(|| MomentError::NoSuchDay(named()))
    }

    /// Returns its first day.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// Returns its last day.
    pub fn last(self) -> NaiveDate {
        self.last
    }

    /// Returns the precision in which it was given.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// Returns the moment this number of its own units later, earlier if negative; `None` beyond the years 0 to 9999.
    #[must_use]
    pub fn stepped(self, count: i32) -> Option<Self> {
        match self.precision {
            Precision::Year => Self::year(self.first.year().checked_add(count)?),
            Precision::Month | Precision::Season => self.moved(Step { months: count, days: 0 }),
            Precision::Day => self.moved(Step { months: 0, days: count }),
        }
    }

    fn moved(self, step: Step) -> Option<Self> {
        let months = Months::new(step.months.unsigned_abs());
        let days = Days::new(step.days.unsigned_abs().into());
        let first = self.first;
        let first = if step.months < 0 { first.checked_sub_months(months) } else { first.checked_add_months(months) }?;
        let first = if step.days < 0 { first.checked_sub_days(days) } else { first.checked_add_days(days) }?;
        let first = in_range(first)?;
        match self.precision {
            // The result has the finer precision of the moment and the step.
            _ if step.days != 0 => Some(Self::day(first)),
            Precision::Day => Some(Self::day(first)),
            Precision::Year if step.months % 12 == 0 => Self::year(first.year()),
            Precision::Month | Precision::Season | Precision::Year => Self::month(first.year(), first.month()),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = match self.precision {
            Precision::Day => "%Y-%m-%d",
            Precision::Month | Precision::Season => "%Y-%m",
            Precision::Year => "%Y",
        };
        out.pad(&self.first.format(form).to_string())
    }
}

fn in_range(day: NaiveDate) -> Option<NaiveDate> {
    (0..=9999).contains(&day.year()).then_some(day)
}

/// A number of months and days, either of which may be negative.
#[derive(Debug, Clone, Copy)]
struct Step {
    months: i32,
    days: i32,
}

impl Step {
    /// Reads `+6m`, `-2y`, `+10d`, `+3w`.
    fn parse(text: &str) -> Option<Self> {
        let sign: i32 = match text.chars().next()? {
            '+' => 1,
            '-' | '−' => -1,
            _ => return None,
        };
        let rest = text.trim_start_matches(['+', '-', '−']).trim_start();
        let unit = rest.chars().last()?;
        let number: i32 = rest.strip_suffix(unit)?.trim_end().parse().ok().filter(|number| *number >= 0)?;
        let number = number.checked_mul(sign)?;
        match unit.to_ascii_lowercase() {
            'y' => Some(Self { months: number.checked_mul(12)?, days: 0 }),
            'm' => Some(Self { months: number, days: 0 }),
            'w' => Some(Self { months: 0, days: number.checked_mul(7)? }),
            'd' => Some(Self { months: 0, days: number }),
            _ => None,
        }
    }
}

/// Returns the English name of a month, numbered from 1.
pub fn month_name(month: u32) -> Option<&'static str> {
    u8::try_from(month).ok().and_then(|month| Month::try_from(month).ok()).map(|month| month.name())
}

/// Returns the number of a month by its name in the query language, or the first letters of it.
fn month_called(word: &str) -> Option<u32> {
    Language::usual().month(&word.trim_end_matches('.').to_lowercase())
}

/// Returns year, month and day of a date in figures (`2021-06-15`) or words (`15 jun 2021`, `June 15, 2021`).
fn parts(text: &str) -> Option<(i32, Option<u32>, Option<u32>)> {
    let words: Vec<&str> = text.split([' ', ',', '\t']).filter(|word| !word.is_empty()).collect();
    let year = |word: &str| {
        let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| word.parse().ok()).flatten()
    };
    let small = |word: &str| {
        let digits = (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| word.parse::<u32>().ok()).flatten()
    };
    match *words.as_slice() {
        [figures] => {
            let mut split = figures.split('-');
            let first = year(split.next()?)?;
            let month = split.next().map(|word| small(word).ok_or(())).transpose().ok()?;
            let day = split.next().map(|word| small(word).ok_or(())).transpose().ok()?;
            split.next().is_none().then_some((first, month, day))
        }
        [month, last] => Some((year(last)?, Some(month_called(month)?), None)),
        [a, b, last] => {
            let (day, month) = match (small(a), small(b)) {
                (Some(day), None) => (day, b),
                (None, Some(day)) => (day, a),
                (Some(_), Some(_)) | (None, None) => return None,
            };
            Some((year(last)?, Some(month_called(month)?), Some(day)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn moment(text: &str) -> Moment {
        Moment::parse(text, None).unwrap()
    }

    #[test]
    fn the_forms_that_people_type_are_read() {
        for (text, shown, first, last) in [
            ("2021", "2021", "2021-01-01", "2021-12-31"),
            (" 2021-06 ", "2021-06", "2021-06-01", "2021-06-30"),
            ("2021-6", "2021-06", "2021-06-01", "2021-06-30"),
            ("2021-06-15", "2021-06-15", "2021-06-15", "2021-06-15"),
            ("jun 2021", "2021-06", "2021-06-01", "2021-06-30"),
            ("Sept. 2025", "2025-09", "2025-09-01", "2025-09-30"),
            ("15 June 2021", "2021-06-15", "2021-06-15", "2021-06-15"),
            ("June 15, 2021", "2021-06-15", "2021-06-15", "2021-06-15"),
            ("0000", "0000", "0000-01-01", "0000-12-31"),
        ] {
            let read = moment(text);
            assert_eq!((read.to_string().as_str(), read.first().to_string().as_str()), (shown, first), "{text}");
            assert_eq!(read.last().to_string(), last, "{text}");
        }
    }

    #[test]
    fn a_step_starts_from_the_given_moment() {
        for (from, step, to) in [
            ("2021", "+1y", "2022"),
            ("2021", "+6m", "2021-07"),
            ("2021-08", "-12m", "2020-08"),
            ("2021-01-31", "+1m", "2021-02-28"),
            ("2021-06-15", "-15d", "2021-05-31"),
            ("2021-06", "+1w", "2021-06-08"),
            ("2021", "+12m", "2022"),
        ] {
            assert_eq!(Moment::parse(step, Some(moment(from))).unwrap().to_string(), to, "{from} {step}");
        }
    }

    #[test]
    fn an_error_of_a_moment_lists_the_forms() {
        for (text, start) in [
            ("", "no date"),
            ("soon", "\"soon\" is no date"),
            ("2021-02-30", "\"2021-02-30\": there is no such date"),
            ("30 feb 2021", "\"30 feb 2021\": there is no such date"),
            ("2021-13", "\"2021-13\": there is no such date"),
            ("21", "\"21\" is no date"),
            ("20210", "\"20210\" is no date"),
            ("ju 2021", "\"ju 2021\" is no date"),
            ("1 2 2021", "\"1 2 2021\" is no date"),
            ("+6m", "\"+6m\" needs a date to start from"),
            ("+6q", "\"+6q\" is no date"),
        ] {
            let error = Moment::parse(text, None).unwrap_err().to_string();
            assert!(error.starts_with(start) && error.ends_with(FORMS), "{text}: {error}");
        }
        let error = Moment::parse("+9999y", Some(moment("2021"))).unwrap_err();
        assert_eq!(error, MomentError::OutOfRange("+9999y".into()));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,20}") {
            let _ = Moment::parse(&text, Some(moment("2021-06-15")));
        }

        #[test]
        fn a_step_and_back_is_where_it_began(year in 600i32..9000, month in 1u32..13, count in -500i32..500) {
            for from in [Moment::year(year), Moment::month(year, month)].into_iter().flatten() {
                prop_assert_eq!(from.stepped(count).and_then(|there| there.stepped(-count)), Some(from));
            }
        }

        #[test]
        fn what_is_shown_is_read_again(year in 0i32..=9999, month in 1u32..13, day in 1u32..29) {
            let day = NaiveDate::from_ymd_opt(year, month, day).map(Moment::day);
            for shown in [Moment::year(year), Moment::month(year, month), day].into_iter().flatten() {
                prop_assert_eq!(Moment::parse(&shown.to_string(), None), Ok(shown));
            }
        }
    }
}
