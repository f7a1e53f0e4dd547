//! Days known only within limits, and three-valued questions about them.
//!
//! Invariant: an answer that is certain holds for every day within the limits; [`Truth::Maybe`] is returned only
//! if both limits are known.

use chrono::NaiveDate;

/// The truth of a statement about a day, from false to true: of several answers to one question the maximum counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// Certainly false.
    No,
    /// A limit that would decide it is missing.
    Unknown,
    /// True for some of the days within the limits.
    Maybe,
    /// Certainly true.
    Yes,
}

/// The days from `earliest` to `latest`, both included; `None` for a side without limit.
///
/// It represents the days that a date may mean, a span of time, or the limits known for a single day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DayWindow {
    /// The first day.
    pub earliest: Option<NaiveDate>,
    /// The last day.
    pub latest: Option<NaiveDate>,
}

impl DayWindow {
    /// Returns the days from `first` to `last`, both included.
    pub const fn between(first: NaiveDate, last: NaiveDate) -> Self {
        Self { earliest: Some(first), latest: Some(last) }
    }

    /// Returns the day at which it is put on an axis: the first if it has one, else the last.
    pub fn anchor(self) -> Option<NaiveDate> {
        self.earliest.or(self.latest)
    }

    /// Returns the first and the last day of its position on an axis; if only one is known, that one twice. "By June
    /// 2014" may mean 1957, but is not expected there. `None` without any limit.
    pub fn position(self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.anchor()?, self.latest.or(self.earliest)?))
    }

    /// Returns true if its [position](Self::position) has a day in `first..=last`.
    pub fn stands_within(self, first: NaiveDate, last: NaiveDate) -> bool {
        self.position().is_some_and(|(from, to)| from <= last && to >= first)
    }

    /// Returns true if every day of this window is one of `outer`.
    pub fn is_within(self, outer: Self) -> bool {
        outer.earliest.is_none_or(|first| self.earliest.is_some_and(|day| day >= first))
            && outer.latest.is_none_or(|last| self.latest.is_some_and(|day| day <= last))
    }

    /// Returns true if every day of this window is before every day of `other` (Allen's *before*).
    pub fn surely_before(self, other: Self) -> bool {
        matches!((self.latest, other.earliest), (Some(last), Some(first)) if last < first)
    }

    /// Returns true if a day is in both windows.
    pub fn overlaps(self, other: Self) -> bool {
        !self.surely_before(other) && !other.surely_before(self)
    }

    /// Returns true if it ends before it begins.
    pub fn is_reversed(self) -> bool {
        self.surely_before(self)
    }

    /// Returns whether the unknown day is `day` or an earlier one.
    pub fn on_or_before(self, day: NaiveDate) -> Truth {
        match (self.earliest, self.latest) {
            (_, Some(last)) if last <= day => Truth::Yes,
            (Some(first), _) if first > day => Truth::No,
            (Some(_), Some(_)) => Truth::Maybe,
            (None, _) | (_, None) => Truth::Unknown,
        }
    }

    /// Returns whether the unknown day is `day` or a later one.
    pub fn on_or_after(self, day: NaiveDate) -> Truth {
        match (self.earliest, self.latest) {
            (Some(first), _) if first >= day => Truth::Yes,
            (_, Some(last)) if last < day => Truth::No,
            (Some(_), Some(_)) => Truth::Maybe,
            (None, _) | (_, None) => Truth::Unknown,
        }
    }

    /// Combines several statements about one day: their intersection, or their hull if they contradict each
    /// other. `None` without statements.
    pub fn joined(windows: impl IntoIterator<Item = Self>) -> Option<Self> {
        let windows: Vec<Self> = windows.into_iter().collect();
        let first = *windows.first()?;
        let meet = windows.iter().fold(first, |meet, &window| meet.meet(window));
        if meet.is_reversed() { windows.into_iter().reduce(Self::hull) } else { Some(meet) }
    }

    /// Returns the smallest window that contains both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        let both = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.zip(b);
        Self {
            earliest: both(self.earliest, other.earliest).map(|(a, b)| a.min(b)),
            latest: both(self.latest, other.latest).map(|(a, b)| a.max(b)),
        }
    }

    #[must_use]
    /// Returns the intersection with another window, or the window itself if they are disjoint.
    pub fn limited(self, other: Self) -> Self {
        let meet = self.meet(other);
        if meet.is_reversed() { self } else { meet }
    }

    fn meet(self, other: Self) -> Self {
        Self {
            earliest: self.earliest.max(other.earliest),
            latest: [self.latest, other.latest].into_iter().flatten().min(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::When;

    fn window(text: &str) -> DayWindow {
        When::parse(text).unwrap().window()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_possible_inside_and_definite_outside() {
        for (on, by, from) in [
            ("2019-02-28", Truth::No, Truth::Yes),
            ("2019-03-01", Truth::Maybe, Truth::Yes),
            ("2019-03-15", Truth::Maybe, Truth::Maybe),
            ("2019-03-31", Truth::Yes, Truth::Maybe),
            ("2019-04-01", Truth::Yes, Truth::No),
        ] {
            let month = window("2019-03");
            assert_eq!((month.on_or_before(day(on)), month.on_or_after(day(on))), (by, from), "{on}");
        }
    }

    #[test]
    fn without_a_limit_the_answer_inside_is_unknown() {
        assert_eq!(window("[..2014-06]").on_or_before(day("2010-01-01")), Truth::Unknown);
        assert_eq!(window("[..2014-06]").on_or_before(day("2014-06-30")), Truth::Yes);
        assert_eq!(window("[2022..]").on_or_after(day("2030-01-01")), Truth::Unknown);
        assert_eq!(window("[2022..]").on_or_after(day("2021-12-31")), Truth::Yes);
        assert_eq!(window("[..2014-06]").on_or_after(day("2014-07-01")), Truth::No);
    }

    #[test]
    fn a_finer_statement_narrows_and_a_contradiction_widens() {
        assert_eq!(DayWindow::joined(["2025-09", "2025-09-22"].map(window)), Some(window("2025-09-22")));
        assert_eq!(DayWindow::joined(["2018", "2020-03"].map(window)), Some(window("[2018-01-01..2020-03-31]")));
        assert_eq!(DayWindow::joined(["[..2020]", "[2018..]"].map(window)), Some(window("2018/2020")));
        assert_eq!(DayWindow::joined([]), None);
    }

    #[test]
    fn windows_overlap_and_contain_up_to_the_day() {
        for (a, b, overlaps, within) in [
            ("2019-03", "2019-03-31", true, false),
            ("2019-03-31", "2019-03", true, true),
            ("2019-03", "2019-04", false, false),
            ("2019-03-31", "2019-04", false, false),
            ("[..2019-03]", "2019-03-31", true, false),
            ("[..2019-03]", "2019-04", false, false),
            ("2019-03-31", "[..2019-03]", true, true),
            ("2019-04-01", "[..2019-03]", false, false),
            ("[2019-03..]", "2019-02", false, false),
            ("[2019-03..]", "[2019-03..]", true, true),
            ("2019-03-01", "[2019-03..]", true, true),
            ("2019-02-28", "[2019-03..]", false, false),
        ] {
            let (a, b) = (window(a), window(b));
            assert_eq!((a.overlaps(b), b.overlaps(a), a.is_within(b)), (overlaps, overlaps, within), "{a:?} {b:?}");
        }
        assert!(DayWindow::default().overlaps(window("2019")) && window("2019").is_within(DayWindow::default()));
    }

    #[test]
    fn a_date_with_one_limit_is_positioned_there() {
        let (first, last) = (day("2014-06-01"), day("2014-06-30"));
        assert_eq!(window("2014-06").position(), Some((first, last)));
        assert_eq!(window("[..2014-06]").position(), Some((last, last)));
        assert_eq!(window("[2014-06..]").position(), Some((first, first)));
        assert_eq!(DayWindow::default().position(), None);
        assert!(window("2014-06").stands_within(last, last) && window("2014-06").stands_within(first, first));
        assert!(
            !window("[..2014-06]").stands_within(first, first)
                && !window("2014-06").stands_within(day("2014-07-01"), day("2014-08-01"))
        );
    }

    #[test]
    fn only_a_window_that_ends_before_it_begins_is_reversed() {
        assert!(DayWindow::between(day("2019-03-02"), day("2019-03-01")).is_reversed());
        assert!(!DayWindow::between(day("2019-03-01"), day("2019-03-01")).is_reversed());
        assert!(!window("[..2019]").is_reversed());
    }
}
