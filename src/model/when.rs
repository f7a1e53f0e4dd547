//! Dates as documents state them: EDTF (ISO 8601-2) with bounds, order and words.
//!
//! Invariant: a [`When`] shows and exports exactly what was stated. Its bounds are derived, and no method prints a digit
//! that was not stated.

mod bounds;
mod edtf;
mod words;

use std::cmp::Ordering;
use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::window::DayWindow;
use crate::text::word::words;

/// Examples of dates, as the end of a message about one that is wrong.
pub const EXAMPLES: &str = "such as \"1957\", \"2014-07\", \"2021-01-27\" or \"[..2014-06]\"";

/// A stated date: its EDTF text, the days that it may mean, and an optional label.
///
/// ```
/// use annals::model::When;
///
/// let when = When::parse("[..2014-06]")?;
/// assert_eq!((when.edtf(), when.earliest()), ("[..2014-06]", None));
/// assert_eq!(when.latest().map(|day| day.to_string()).as_deref(), Some("2014-06-30"));
/// assert_eq!(when.stated(), "≤ 2014-06");
/// assert!(When::parse("June 2014").is_err());
/// # Ok::<(), annals::model::when::WhenError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct When {
    edtf: Box<str>,
    label: Option<Box<str>>,
    window: DayWindow,
    precision: Precision,
    shape: Shape,
    doubt: Doubt,
}

words! {
    /// The half of the earth whose seasons a date means: in the south, spring begins in September.
    #[derive(Default)]
    Hemisphere {
        /// The northern half.
        #[default]
        North = "north",
        /// The southern half.
        South = "south",
    }
}

/// The finest unit that is stated, coarsest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A year or a span of years.
    Year,
    /// A season, a quarter or another part of a year.
    Season,
    /// A month.
    Month,
    /// A day.
    Day,
}

/// The sort of statement that a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One date, of whatever precision.
    Date,
    /// From one date to another, either of which may be open or unknown.
    Interval,
    /// On or before the date.
    Before,
    /// On or after the date.
    After,
    /// Some day between two dates.
    Between,
    /// One of several dates; which one is not known.
    OneOf,
    /// All of several dates.
    AllOf,
}

/// How much of a date is stated to be uncertain, and how much approximate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Doubt {
    uncertain: Extent,
    approximate: Extent,
}

/// None, some or all of the years, months and days that a date states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Extent {
    None,
    Part,
    Whole,
}

/// The reason why a text is no date that a dossier takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// Not EDTF; the reason in words.
    #[error("{0}")]
    Syntax(String),
    /// Dates put together in a way that EDTF does not know.
    #[error("{0} are not taken")]
    Unsupported(&'static str),
    /// A year that the calendar of days does not reach.
    #[error("the year is outside {} to {}", NaiveDate::MIN.year(), NaiveDate::MAX.year())]
    OutOfRange,
    /// An interval whose end lies before its start.
    #[error("the end lies before the start")]
    Reversed,
}

impl When {
    /// Reads an EDTF text of level 0, 1 or 2; its seasons are those of the north.
    ///
    /// # Errors
    ///
    /// A text that is not EDTF; a year that [`NaiveDate`] does not reach; an interval whose end lies before its start.
    pub fn parse(text: &str) -> Result<Self, WhenError> {
        Self::parse_in(text, Hemisphere::default())
    }

    /// Reads an EDTF text whose seasons are those of a hemisphere, unless it names one itself (codes 25 to 32).
    ///
    /// # Errors
    ///
    /// The same as of [`parse`](Self::parse).
    pub fn parse_in(text: &str, hemisphere: Hemisphere) -> Result<Self, WhenError> {
        let read = edtf::read(text)?;
        let window = bounds::window(&read, hemisphere)?;
        if window.is_reversed() {
            return Err(WhenError::Reversed);
        }
        let (precision, shape, doubt) = (edtf::precision_of(&read), edtf::shape_of(&read), edtf::doubt_of(&read));
        Ok(Self { edtf: text.into(), label: None, window, precision, shape, doubt })
    }

    /// Returns the date with a label, which is shown instead of it.
    #[must_use]
    pub fn with_label(mut self, label: &str) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Returns the EDTF text, as authored.
    pub fn edtf(&self) -> &str {
        &self.edtf
    }

    /// Returns the label that is shown instead of the date ("AY 2021–22").
    pub fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// Returns the first day that it may mean; `None` if that is open or unknown.
    pub fn earliest(&self) -> Option<NaiveDate> {
        self.window.earliest
    }

    /// Returns the last day that it may mean; `None` if that is open or unknown.
    pub fn latest(&self) -> Option<NaiveDate> {
        self.window.latest
    }

    /// Returns the days that it may mean.
    pub fn window(&self) -> DayWindow {
        self.window
    }

    /// Returns true if it may mean every day of its [`window`](Self::window): false of several dates, of a date without a
    /// year, and of one that lacks digits before others, such as `156X-12-25`.
    pub fn fills_window(&self) -> bool {
        let dates = || self.edtf.split(['/', ',', '.']);
        let has_holes = |date: &str| matches!(date.split_once('X'), Some((_, rest)) if rest.contains(char::is_numeric));
        match self.shape {
            Shape::OneOf | Shape::AllOf => false,
            Shape::Date | Shape::Interval | Shape::Before | Shape::After | Shape::Between => {
                self.anchor().is_some() && !dates().any(has_holes)
            }
        }
    }

    /// Returns the finest unit that is stated.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Returns the sort of statement.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Returns the day of its position on an axis: the earliest if there is one, else the latest.
    pub fn anchor(&self) -> Option<NaiveDate> {
        self.window.anchor()
    }

    /// Returns the year of the [`anchor`](Self::anchor).
    pub fn year(&self) -> Option<i32> {
        self.anchor().map(|day| day.year())
    }

    /// Returns true if it is stated to be uncertain or approximate, whole or in part.
    pub fn is_qualified(&self) -> bool {
        self.doubt != Doubt { uncertain: Extent::None, approximate: Extent::None }
    }

    /// Compares in the order of a chronology: by anchor; on the same day what is by then, then what is then, then what is
    /// from then on; then the coarser first, then by end.
    ///
    /// Dates without a bound come last.
    pub fn chronological(&self, other: &Self) -> Ordering {
        let key = |when: &Self| (when.anchor().is_none(), when.anchor(), when.side(), when.precision, when.latest());
        key(self).cmp(&key(other)).then_with(|| self.edtf.cmp(&other.edtf))
    }

    /// Returns on which side of its anchor it lies: before it, about it, or after it.
    fn side(&self) -> Ordering {
        match (self.window.earliest, self.window.latest) {
            (None, Some(_)) => Ordering::Less,
            (Some(_), Some(_)) | (None, None) => Ordering::Equal,
            (Some(_), None) => Ordering::Greater,
        }
    }

    /// Returns the date in eleven columns: a sign (`≤ ≥ ~ ? %`, the minus of a year, or a space) and ten characters, with
    /// dots for digits that are not stated. Labels, intervals, sets, parts of a year, qualifiers within a date and years
    /// of more than four digits may need more.
    pub fn column(&self) -> String {
        match &self.label {
            Some(label) => format!(" {label}"),
            None => words::column(self.shape, &self.edtf),
        }
    }

    /// Returns the date in few characters: `≤ 2014-06`, "spring 2001", `2021 – 2022`, "from 2025-09-22", "one of 1667, 1668".
    pub fn stated(&self) -> String {
        match &self.label {
            Some(label) => label.to_string(),
            None => words::stated(self.shape, &self.edtf),
        }
    }

    /// Returns the date as a sentence has it: "1 July 2023", "March 2019", "about 1957", "June 2014 or before"; what has no
    /// such form as [`stated`](Self::stated).
    pub fn spelled(&self) -> String {
        let spelled = self.label.is_none().then(|| words::spelled(self.shape, &self.edtf)).flatten();
        spelled.unwrap_or_else(|| self.stated())
    }

    /// Returns what is known of the date, in words: "exact day", "only the year is known" …
    pub fn knowledge(&self) -> &'static str {
        words::knowledge(self.shape, self.precision, self.doubt, &self.edtf)
    }
}

impl fmt::Display for When {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.stated())
    }
}

#[cfg(test)]
mod tests;
