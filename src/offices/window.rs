//! Days known only within limits, and three-valued questions about them.
//!
//! Invariant: `Yes` and `No` hold for every day within the limits; `Maybe` is returned only if both limits are
//! known.

use chrono::NaiveDate;

use crate::model::When;

/// The truth of a statement about a day, ordered so that the maximum is the best known.
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

/// The limits of an unknown day; `None` for no limit. An interval of EDTF (ISO 8601-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The earliest day that it can be.
    pub earliest: Option<NaiveDate>,
    /// The latest day that it can be.
    pub latest: Option<NaiveDate>,
}

impl Window {
    /// Returns the days that a date can mean.
    pub fn of(when: &When) -> Self {
        Self { earliest: when.earliest(), latest: when.latest() }
    }

    /// Returns true if every day of this window is before every day of `other` (Allen's *before*).
    pub fn surely_before(self, other: Self) -> bool {
        matches!((self.latest, other.earliest), (Some(last), Some(first)) if last < first)
    }

    /// Returns whether the unknown day is `day` or an earlier one.
    pub fn by(self, day: NaiveDate) -> Truth {
        match (self.earliest, self.latest) {
            (_, Some(last)) if last <= day => Truth::Yes,
            (Some(first), _) if first > day => Truth::No,
            (Some(_), Some(_)) => Truth::Maybe,
            (None, _) | (_, None) => Truth::Unknown,
        }
    }

    /// Returns whether the unknown day is `day` or a later one.
    pub fn from(self, day: NaiveDate) -> Truth {
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
        if meet.is_possible() { Some(meet) } else { windows.into_iter().reduce(Self::hull) }
    }

    /// Returns the smallest window that contains both.
    pub fn hull(self, other: Self) -> Self {
        let both = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.zip(b);
        Self {
            earliest: both(self.earliest, other.earliest).map(|(a, b)| a.min(b)),
            latest: both(self.latest, other.latest).map(|(a, b)| a.max(b)),
        }
    }

    /// Returns the intersection with another window, or the window itself if they are disjoint.
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
            ("2019-02-28", Truth::No, Truth::Yes),
            ("2019-03-01", Truth::Maybe, Truth::Yes),
            ("2019-03-15", Truth::Maybe, Truth::Maybe),
            ("2019-03-31", Truth::Yes, Truth::Maybe),
            ("2019-04-01", Truth::Yes, Truth::No),
        ] {
            let month = window("2019-03");
            assert_eq!((month.by(day(on)), month.from(day(on))), (by, from), "{on}");
        }
    }

    #[test]
    fn without_a_limit_the_answer_inside_is_unknown() {
        assert_eq!(window("[..2014-06]").by(day("2010-01-01")), Truth::Unknown);
        assert_eq!(window("[..2014-06]").by(day("2014-06-30")), Truth::Yes);
        assert_eq!(window("[2022..]").from(day("2030-01-01")), Truth::Unknown);
        assert_eq!(window("[2022..]").from(day("2021-12-31")), Truth::Yes);
        assert_eq!(window("[..2014-06]").from(day("2014-07-01")), Truth::No);
    }

    #[test]
    fn a_finer_statement_narrows_and_a_contradiction_widens() {
        assert_eq!(Window::joined(["2025-09", "2025-09-22"].map(window)), Some(window("2025-09-22")));
        assert_eq!(Window::joined(["2018", "2020-03"].map(window)), Some(window("[2018-01-01..2020-03-31]")));
        assert_eq!(Window::joined(["[..2020]", "[2018..]"].map(window)), Some(window("2018/2020")));
        assert_eq!(Window::joined([]), None);
    }
}
