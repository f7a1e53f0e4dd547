//! The time from one date to another: in days, and in years, months and days of the calendar.
//!
//! Dates that are not exact give bounds. A bound is missing where a date is open or unknown on that side.
//!
//! Invariant: whatever days the two dates mean, the days between them lie within the bounds; swapping the dates changes
//! the sign of the bounds and nothing else.

use chrono::{Datelike, Months, NaiveDate};

use super::when::{Precision, When};
use crate::text::word::words;

/// Years, months and days between two days, counted from the earlier one: first the whole months, then the rest.
///
/// A month after 31 January is the last day of February.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarSpan {
    /// Whole years.
    pub years: u32,
    /// Whole months beside the years, at most 11.
    pub months: u32,
    /// Days beside the months.
    pub days: u32,
}

impl CalendarSpan {
    /// Returns the span between two days, in either order.
    pub fn between(a: NaiveDate, b: NaiveDate) -> Self {
        let (first, last) = if a <= b { (a, b) } else { (b, a) };
        let month = |day: NaiveDate| i64::from(day.year()).saturating_mul(12).saturating_add(day.month0().into());
        let apart = u32::try_from(month(last).saturating_sub(month(first))).unwrap_or_default();
        let after = |months: u32| first.checked_add_months(Months::new(months)).filter(|day| *day <= last);
        let months = if after(apart).is_some() { apart } else { apart.saturating_sub(1) };
        let days = last.signed_duration_since(after(months).unwrap_or(first)).num_days();
        Self { years: months / 12, months: months % 12, days: u32::try_from(days).unwrap_or_default() }
    }

    /// Returns the whole units of this precision, the rest left out: months for a part of a year.
    #[must_use]
    pub fn whole(self, precision: Precision) -> Self {
        match precision {
            Precision::Year => Self { months: 0, days: 0, ..self },
            Precision::Season | Precision::Month => Self { days: 0, ..self },
            Precision::Day => self,
        }
    }

    /// Returns true for no time at all.
    pub fn is_zero(self) -> bool {
        self == Self { years: 0, months: 0, days: 0 }
    }
}

/// One bound of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct IntervalBound {
    /// The days from the first date to the second; negative if the second is the earlier one.
    pub days: i64,
    /// The same by the calendar, without a sign.
    pub span: CalendarSpan,
}

impl IntervalBound {
    fn new(from: NaiveDate, to: NaiveDate) -> Self {
        Self { days: to.signed_duration_since(from).num_days(), span: CalendarSpan::between(from, to) }
    }
}

words! {
    /// On which side of the first date the second one lies.
    Direction {
        /// It is later, or may be the same day.
        After = "after",
        /// It is earlier, or may be the same day.
        Before = "before",
        /// Both are the same day.
        Same = "same",
        /// Not known.
        Unknown = "unknown",
    }
}

/// The time from one date to another.
///
/// ```
/// use annals::model::{Interval, When};
///
/// let (a, b) = (When::parse("2019-06")?, When::parse("2021-03-05")?);
/// let interval = Interval::between(&a, &b);
/// assert_eq!(interval.least.map(|least| least.days), Some(614));
/// assert_eq!(interval.most.map(|most| most.days), Some(643));
/// # Ok::<(), annals::model::when::WhenError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The lower bound, in signed days.
    pub least: Option<IntervalBound>,
    /// The upper bound, in signed days.
    pub most: Option<IntervalBound>,
    /// True if a date is stated to be uncertain or approximate, so that the bounds are, too.
    pub is_about: bool,
    /// The coarser precision of the two dates.
    pub precision: Precision,
}

impl Interval {
    /// Returns the time from `a` to `b`. A date that covers several days may be any of them.
    pub fn between(a: &When, b: &When) -> Self {
        let bound =
            |from: Option<NaiveDate>, to: Option<NaiveDate>| from.zip(to).map(|(a, b)| IntervalBound::new(a, b));
        Self {
            least: bound(a.latest(), b.earliest()),
            most: bound(a.earliest(), b.latest()),
            is_about: a.is_qualified() || b.is_qualified(),
            precision: a.precision().min(b.precision()),
        }
    }

    /// Returns true if the number of days is known, or known to be about this.
    pub fn is_exact(&self) -> bool {
        self.least.is_some() && self.least == self.most
    }

    /// Returns on which side of the first date the second one lies.
    pub fn direction(&self) -> Direction {
        match (self.least.map(|least| least.days), self.most.map(|most| most.days)) {
            (Some(0), Some(0)) => Direction::Same,
            (Some(0..), _) => Direction::After,
            (_, Some(..=0)) => Direction::Before,
            (None | Some(_), None | Some(_)) => Direction::Unknown,
        }
    }

    /// Returns the bounds without their sign, the nearer one first, of an interval whose side is known.
    pub fn bounds(&self) -> (Option<IntervalBound>, Option<IntervalBound>) {
        match self.direction() {
            Direction::Before => (self.most, self.least),
            Direction::After | Direction::Same | Direction::Unknown => (self.least, self.most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn interval(a: &str, b: &str) -> Interval {
        Interval::between(&When::parse(a).unwrap(), &When::parse(b).unwrap())
    }

    fn days(interval: &Interval) -> (Option<i64>, Option<i64>) {
        (interval.least.map(|bound| bound.days), interval.most.map(|bound| bound.days))
    }

    fn span(a: &str, b: &str) -> (u32, u32, u32) {
        let span = CalendarSpan::between(a.parse().unwrap(), b.parse().unwrap());
        (span.years, span.months, span.days)
    }

    #[test]
    fn days_and_bounds_are_those_of_the_calendar() {
        for (a, b, least, most, direction) in [
            ("2021-03-01", "2021-03-05", Some(4), Some(4), Direction::After),
            ("2020-02-28", "2020-03-01", Some(2), Some(2), Direction::After),
            ("1900-02-28", "1900-03-01", Some(1), Some(1), Direction::After),
            ("2021-03-05", "2021-03-05", Some(0), Some(0), Direction::Same),
            // July to September 2019, as a promise of two months and one of a quarter.
            ("[2019-06-01..2019-09-30]", "2021-03-05", Some(522), Some(643), Direction::After),
            ("2021-03", "2021-03", Some(-30), Some(30), Direction::Unknown),
            ("2021-03-01", "2021-03", Some(0), Some(30), Direction::After),
            ("2021-03-31", "2021-03", Some(-30), Some(0), Direction::Before),
            ("[..2018]", "2021-03-05", Some(795), None, Direction::After),
            ("[2018..]", "2021-03-05", None, Some(1159), Direction::Unknown),
            ("[2018..]", "2017-12-31", None, Some(-1), Direction::Before),
            ("XXXX-12-25", "2021", None, None, Direction::Unknown),
            ("-0001-12-31", "0000-01-01", Some(1), Some(1), Direction::After),
        ] {
            let found = interval(a, b);
            assert_eq!((days(&found), found.direction()), ((least, most), direction), "{a} {b}");
        }
        assert!(interval("2021-03-05~", "2021").is_about && !interval("2021-03-05", "2021").is_about);
        assert_eq!(interval("2021", "2021-03").precision, Precision::Year);
    }

    #[test]
    fn the_calendar_counts_whole_months_before_days() {
        for (a, b, expected) in [
            ("2019-09-30", "2021-03-05", (1, 5, 5)),
            ("2019-06-01", "2021-03-05", (1, 9, 4)),
            ("2021-01-31", "2021-02-28", (0, 1, 0)),
            ("2021-01-31", "2021-03-01", (0, 1, 1)),
            ("2020-02-29", "2021-02-28", (1, 0, 0)),
            ("2020-02-29", "2021-02-27", (0, 11, 29)),
            ("2021-12-31", "2022-01-01", (0, 0, 1)),
        ] {
            assert_eq!((span(a, b), span(b, a)), (expected, expected), "{a} {b}");
        }
    }

    /// The number of a day, counted year by year and month by month from the year 1.
    fn counted(year: i64, month: usize, day: i64) -> i64 {
        let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let of_month = |month: usize| match month {
            2 if is_leap(year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let years: i64 = (1..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
        years + (1..month).map(of_month).sum::<i64>() + day
    }

    prop_compose! {
        fn a_day()(year in 1i64..2600, month in 1usize..13, day in 1i64..29) -> (i64, usize, i64) { (year, month, day) }
    }

    fn any_date() -> impl Strategy<Value = String> {
        let written = |(year, month, day): (i64, usize, i64)| format!("{year:04}-{month:02}-{day:02}");
        let day = || a_day().prop_map(written);
        prop_oneof![
            day(),
            a_day().prop_map(|(year, month, _)| format!("{year:04}-{month:02}~")),
            a_day().prop_map(|(year, _, _)| format!("{year:04}")),
            day().prop_map(|day| format!("[..{day}]")),
            day().prop_map(|day| format!("[{day}..]")),
            Just("XXXX-12-25".to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn days_agree_with_a_second_calendar(a in a_day(), b in a_day()) {
            let written = |(year, month, day): (i64, usize, i64)| format!("{year:04}-{month:02}-{day:02}");
            let apart = counted(b.0, b.1, b.2) - counted(a.0, a.1, a.2);
            prop_assert_eq!(days(&interval(&written(a), &written(b))), (Some(apart), Some(apart)));
        }

        #[test]
        fn swapping_the_dates_mirrors_the_bounds(a in any_date(), b in any_date()) {
            let (there, back) = (interval(&a, &b), interval(&b, &a));
            let mirrored = |bound: Option<IntervalBound>| bound.map(|bound| IntervalBound { days: -bound.days, ..bound });
            prop_assert_eq!((back.least, back.most), (mirrored(there.most), mirrored(there.least)));
            let direction = match there.direction() {
                Direction::After => Direction::Before,
                Direction::Before => Direction::After,
                same => same,
            };
            prop_assert_eq!(back.direction(), direction);
            prop_assert_eq!((back.is_about, back.precision), (there.is_about, there.precision));
        }

        #[test]
        fn a_span_leads_from_the_earlier_day_to_the_later(a in a_day(), b in a_day()) {
            let day = |(year, month, day): (i64, usize, i64)| -> NaiveDate {
                format!("{year:04}-{month:02}-{day:02}").parse().unwrap()
            };
            let (first, last) = (day(a).min(day(b)), day(a).max(day(b)));
            let span = CalendarSpan::between(day(a), day(b));
            let there = first + Months::new(span.years * 12 + span.months) + chrono::Days::new(span.days.into());
            prop_assert_eq!(there, last);
            prop_assert!(span.months < 12 && span.days < 31);
        }
    }
}
