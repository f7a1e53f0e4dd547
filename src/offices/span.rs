//! Intervals whose bounds are known only within limits, and what they say of one day.
//!
//! Invariant: `Yes` and `No` hold on whatever day within its limits a bound really lies;
//! `Maybe` is only said where both limits are known.

use chrono::NaiveDate;

use crate::model::When;

/// What can be said of a day: least first, so that the better of two is the larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Certainly not.
    No,
    /// Nothing is said of it.
    Silent,
    /// It depends on a date that is not exact.
    Maybe,
    /// Certainly.
    Yes,
}

/// The limits of one unknown day; none where there is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first day that it may be.
    pub earliest: Option<NaiveDate>,
    /// The last day that it may be.
    pub latest: Option<NaiveDate>,
}

impl Window {
    /// The days that a date may mean.
    pub fn of(when: &When) -> Self {
        Self { earliest: when.earliest(), latest: when.latest() }
    }

    /// Whether it lies before another one, whatever the two days are.
    pub fn surely_before(self, other: Self) -> bool {
        matches!((self.latest, other.earliest), (Some(last), Some(first)) if last < first)
    }

    /// Whether its day is `day` or an earlier one.
    pub fn by(self, day: NaiveDate) -> Answer {
        match (self.earliest, self.latest) {
            (_, Some(last)) if last <= day => Answer::Yes,
            (Some(first), _) if first > day => Answer::No,
            (Some(_), Some(_)) => Answer::Maybe,
            (None, _) | (_, None) => Answer::Silent,
        }
    }

    /// Whether its day is `day` or a later one.
    pub fn from(self, day: NaiveDate) -> Answer {
        match (self.earliest, self.latest) {
            (Some(first), _) if first >= day => Answer::Yes,
            (_, Some(last)) if last < day => Answer::No,
            (Some(_), Some(_)) => Answer::Maybe,
            (None, _) | (_, None) => Answer::Silent,
        }
    }

    /// The window of a day of which several things are said: what all allow, or where
    /// they contradict each other, what any allows.
    pub fn joined(windows: impl IntoIterator<Item = Self>) -> Option<Self> {
        let windows: Vec<Self> = windows.into_iter().collect();
        let first = *windows.first()?;
        let meet = windows.iter().fold(first, |meet, &window| meet.meet(window));
        if meet.is_possible() { Some(meet) } else { windows.into_iter().reduce(Self::hull) }
    }

    /// What either allows.
    pub fn hull(self, other: Self) -> Self {
        let both = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.zip(b);
        Self {
            earliest: both(self.earliest, other.earliest).map(|(a, b)| a.min(b)),
            latest: both(self.latest, other.latest).map(|(a, b)| a.max(b)),
        }
    }

    /// The window cut to what another one allows too, unless that would leave nothing.
    pub fn limited(self, other: Self) -> Self {
        let meet = self.meet(other);
        if meet.is_possible() { meet } else { self }
    }

    fn meet(self, other: Self) -> Self {
        Self {
            earliest: self.earliest.max(other.earliest),
            latest: [self.latest, other.latest].into_iter().flatten().min(),
        }
    }

    fn is_possible(self) -> bool {
        !matches!((self.earliest, self.latest), (Some(first), Some(last)) if first > last)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;

    fn window(text: &str) -> Window {
        Window::of(&When::parse(text).unwrap())
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_possible_inside_and_definite_outside() {
        for (on, by, from) in [
            ("2019-02-28", Answer::No, Answer::Yes),
            ("2019-03-01", Answer::Maybe, Answer::Yes),
            ("2019-03-15", Answer::Maybe, Answer::Maybe),
            ("2019-03-31", Answer::Yes, Answer::Maybe),
            ("2019-04-01", Answer::Yes, Answer::No),
        ] {
            let month = window("2019-03");
            assert_eq!((month.by(day(on)), month.from(day(on))), (by, from), "{on}");
        }
    }

    #[test]
    fn without_a_limit_nothing_is_said_inside() {
        assert_eq!(window("[..2014-06]").by(day("2010-01-01")), Answer::Silent);
        assert_eq!(window("[..2014-06]").by(day("2014-06-30")), Answer::Yes);
        assert_eq!(window("[2022..]").from(day("2030-01-01")), Answer::Silent);
        assert_eq!(window("[2022..]").from(day("2021-12-31")), Answer::Yes);
        assert_eq!(window("[..2014-06]").from(day("2014-07-01")), Answer::No);
    }

    #[test]
    fn a_finer_statement_narrows_and_a_contrary_one_widens() {
        assert_eq!(Window::joined(["2025-09", "2025-09-22"].map(window)), Some(window("2025-09-22")));
        assert_eq!(Window::joined(["2018", "2020-03"].map(window)), Some(window("[2018-01-01..2020-03-31]")));
        assert_eq!(Window::joined(["[..2020]", "[2018..]"].map(window)), Some(window("2018/2020")));
        assert_eq!(Window::joined([]), None);
    }
}
