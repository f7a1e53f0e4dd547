//! Dates as documents state them: EDTF (ISO 8601-2) with bounds, order and words.
//!
//! Invariant: a [`When`] shows and exports exactly what was stated. Its bounds are derived, and no method prints a digit
//! that was not stated.

mod edtf;

use std::cmp::Ordering;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use edtf_core::Edtf;

use self::edtf::{day, precision_of, shape_of};
use super::window::DayWindow;

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
}

/// The finest unit that is stated, coarsest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A year or a span of years.
    Year,
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
}

/// The reason why a text is no date that a dossier takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// Not EDTF; the reason in words.
    #[error("{0}")]
    Syntax(String),
    /// EDTF, but of a form that names no day in history.
    #[error("{0} are not taken")]
    Unsupported(&'static str),
    /// A year outside 0000 to 9999.
    #[error("the year is outside 0000 to 9999")]
    OutOfRange,
    /// An interval whose end lies before its start.
    #[error("the end lies before the start")]
    Reversed,
}

impl When {
    /// Reads an EDTF text: level 0; of level 1 `? ~ %`, `X` digits, open and unknown ends; of level 2 the sets `[..x]`,
    /// `[x..]`, `[x..y]`.
    ///
    /// # Errors
    ///
    /// A text that is not EDTF; times of day, seasons, other sets; years outside 0000 to 9999; an end before the start.
    pub fn parse(text: &str) -> Result<Self, WhenError> {
        let edtf = Edtf::parse(text).map_err(|error| WhenError::Syntax(error.to_string()))?;
        let shape = shape_of(&edtf)?;
        let bounds = edtf.bounds();
        let window = DayWindow { earliest: day(bounds.earliest)?, latest: day(bounds.latest)? };
        if window.is_reversed() {
            return Err(WhenError::Reversed);
        }
        Ok(Self { precision: precision_of(&edtf), edtf: text.into(), label: None, window, shape })
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

    /// Returns true if it is stated to be uncertain or approximate.
    pub fn is_qualified(&self) -> bool {
        self.edtf.contains(['?', '~', '%'])
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

    /// Returns the date in eleven columns: a sign (`≤ ≥ ~ ? %`, or a space) and ten characters, with dots for digits
    /// that are not stated. Labels and intervals may be longer.
    pub fn column(&self) -> String {
        if let Some(label) = &self.label {
            return format!(" {label}");
        }
        let text = &*self.edtf;
        match self.shape {
            Shape::Date => dotted(text, ' '),
            Shape::Before => dotted(text.trim_start_matches("[..").trim_end_matches(']'), '≤'),
            Shape::After => dotted(text.trim_start_matches('[').trim_end_matches("..]"), '≥'),
            Shape::Between | Shape::Interval => format!(" {}", self.stated()),
        }
    }

    /// Returns the date in few characters: `≤ 2014-06`, `2021/2022`, `from 2025-09-22`.
    pub fn stated(&self) -> String {
        if let Some(label) = &self.label {
            return label.to_string();
        }
        let text = &*self.edtf;
        match self.shape {
            Shape::Date => text.to_owned(),
            Shape::Before => format!("≤ {}", text.trim_start_matches("[..").trim_end_matches(']')),
            Shape::After => format!("≥ {}", text.trim_start_matches('[').trim_end_matches("..]")),
            Shape::Between => text.trim_matches(['[', ']']).replace("..", " … "),
            Shape::Interval => interval_words(text),
        }
    }

    /// Returns what is known of the date, in words: "exact day", "only the year is known" …
    pub fn knowledge(&self) -> &'static str {
        if self.edtf.contains(['~', '%']) {
            return "approximate";
        }
        if self.edtf.contains('?') {
            return "uncertain";
        }
        if self.edtf.contains('X') {
            return "digits are missing";
        }
        match (self.shape, self.precision) {
            (Shape::Before, _) => "on or before; the day is not known",
            (Shape::After, _) => "on or after; the day is not known",
            (Shape::Between, _) => "some day between the two",
            (Shape::Interval, _) => "a span of time",
            (Shape::Date, Precision::Year) => "only the year is known",
            (Shape::Date, Precision::Month) => "only the month is known",
            (Shape::Date, Precision::Day) => "exact day",
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.stated())
    }
}

/// Returns `2014-06~` in eleven columns: the sign first, a dot for every digit that is not stated.
fn dotted(text: &str, sign: char) -> String {
    let digits = text.trim_end_matches(['?', '~', '%']);
    let sign = match text.strip_prefix(digits).and_then(|qualifiers| qualifiers.chars().next()) {
        Some(qualifier) if sign == ' ' => qualifier,
        _ => sign,
    };
    let rest = match digits.len() {
        4 => "-··-··",
        7 => "-··",
        _ => "",
    };
    format!("{sign}{}{rest}", digits.replace('X', "·"))
}

fn interval_words(text: &str) -> String {
    match text.split_once('/') {
        Some((start, "..")) => format!("from {start}"),
        Some((start, "")) => format!("from {start}, end not known"),
        Some(("..", end)) => format!("until {end}"),
        Some(("", end)) => format!("start not known, until {end}"),
        Some((start, end)) => format!("{start} – {end}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn when(text: &str) -> When {
        When::parse(text).unwrap()
    }

    #[test]
    fn bounds_are_those_of_the_stated_precision() {
        for (text, earliest, latest) in [
            ("1957", Some("1957-01-01"), Some("1957-12-31")),
            ("2009-02", Some("2009-02-01"), Some("2009-02-28")),
            ("2015-10-07", Some("2015-10-07"), Some("2015-10-07")),
            ("[..2014-06]", None, Some("2014-06-30")),
            ("[2014-06..]", Some("2014-06-01"), None),
            ("[2014..2016]", Some("2014-01-01"), Some("2016-12-31")),
            ("2021/2022", Some("2021-01-01"), Some("2022-12-31")),
            ("2025-09-22/..", Some("2025-09-22"), None),
            ("/2019-03", None, Some("2019-03-31")),
            ("2019-12~", Some("2019-12-01"), Some("2019-12-31")),
            ("201X", Some("2010-01-01"), Some("2019-12-31")),
        ] {
            let read = when(text);
            let show = |day: Option<NaiveDate>| day.map(|day| day.to_string());
            assert_eq!(show(read.earliest()).as_deref(), earliest, "{text}");
            assert_eq!(show(read.latest()).as_deref(), latest, "{text}");
            assert_eq!(read.edtf(), text);
        }
    }

    #[test]
    fn dates_without_a_day_in_history_are_refused() {
        for text in [
            "",
            "soon",
            "2014-13",
            "2014-02-30",
            "2014-06-31T10:00:00",
            "2001-21",
            "{2001,2003}",
            "[2001,2003]",
            "Y12345",
            "2014?-06",
            "2016/2014",
        ] {
            assert!(When::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_chronology_puts_upper_bounds_at_their_end_and_the_coarser_first() {
        let mut dates = ["2014-07", "[..2014-06]", "2014-06-30", "1994-09-26", "1994", "2014-06", "1957"].map(when);
        dates.sort_by(When::chronological);
        let order: Vec<_> = dates.iter().map(When::edtf).collect();
        assert_eq!(order, ["1957", "1994", "1994-09-26", "2014-06", "[..2014-06]", "2014-06-30", "2014-07"]);
    }

    #[test]
    fn by_a_day_is_before_the_day_and_from_it_behind() {
        for expected in [["[..2014-06-30]", "2014-06-30", "2014-06-30/.."], ["2000", "2000-01-01", "2000/.."]] {
            let mut dates = expected.map(when);
            dates.reverse();
            dates.sort_by(When::chronological);
            assert_eq!(dates.each_ref().map(When::edtf), expected);
        }
    }

    #[test]
    fn no_digit_is_invented() {
        for (text, column) in [
            ("1957", " 1957-··-··"),
            ("2009-02", " 2009-02-··"),
            ("2015-10-07", " 2015-10-07"),
            ("[..2014-06]", "≤2014-06-··"),
            ("2019-12~", "~2019-12-··"),
            ("201X", " 201·-··-··"),
        ] {
            assert_eq!(when(text).column(), column);
        }
        assert_eq!(when("2021/2022").with_label("AY 2021–22").column(), " AY 2021–22");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9X?~%./\\[\\]{},-]{0,14}") {
            if let Ok(read) = When::parse(&text) {
                prop_assert!(read.column().chars().count() <= 40);
                prop_assert!(!read.stated().is_empty());
            }
        }
    }
}
