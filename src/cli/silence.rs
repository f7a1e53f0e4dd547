//! Years of which no document says anything.
//!
//! Invariant: no dated row of the scope lies in a silence, and a silence is at least
//! [`MIN_GAP`] years long before a window cuts it.

use chrono::{Datelike, NaiveDate};

use crate::catalogue::axis::MIN_GAP;
use crate::model::When;

/// A stretch of days; open where an end is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Window {
    /// From one day to another; none if it would end before it begins.
    pub fn new(first: Option<NaiveDate>, last: Option<NaiveDate>) -> Option<Self> {
        let reversed = first.zip(last).is_some_and(|(first, last)| last < first);
        (!reversed).then_some(Self { first, last })
    }

    /// Whether a date lies inside for sure; an open window asks nothing on that side.
    pub fn holds(self, when: &When) -> bool {
        self.first.is_none_or(|first| when.earliest().is_some_and(|day| day >= first))
            && self.last.is_none_or(|last| when.latest().is_some_and(|day| day <= last))
    }

    /// Whether a date may lie inside.
    pub fn may_touch(self, when: &When) -> bool {
        when.may_touch(self.first.unwrap_or(NaiveDate::MIN), self.last.unwrap_or(NaiveDate::MAX))
    }
}

/// The last year that a date certainly reaches.
pub fn last_year(when: &When) -> Option<i32> {
    when.latest().or(when.earliest()).map(|day| day.year())
}

/// The first and last year without anything between the years reached so far and the next date.
pub fn silence_between(reached: Option<i32>, next: &When, window: Window) -> Option<(i32, i32)> {
    let (first, last) = (reached? + 1, next.year()? - 1);
    if last - first + 1 < MIN_GAP {
        return None;
    }
    let first = window.first.map_or(first, |day| first.max(day.year()));
    let last = window.last.map_or(last, |day| last.min(day.year()));
    (first <= last).then_some((first, last))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;

    fn when(text: &str) -> When {
        When::parse(text).unwrap()
    }

    fn window(first: Option<&str>, last: Option<&str>) -> Window {
        let day = |text: Option<&str>| text.and_then(|text| when(text).earliest());
        Window::new(day(first), day(last)).unwrap()
    }

    #[test]
    fn a_silence_lies_between_years_that_are_reached() {
        let whole = Window::default();
        assert_eq!(silence_between(Some(1957), &when("1994"), whole), Some((1958, 1993)));
        assert_eq!(silence_between(Some(1957), &when("[..1994-06]"), whole), Some((1958, 1993)));
        assert_eq!(silence_between(Some(1957), &when("1961"), whole), None);
        assert_eq!(silence_between(Some(1957), &when("1962"), whole), Some((1958, 1961)));
        assert_eq!(silence_between(Some(1994), &when("1990"), whole), None);
        assert_eq!(silence_between(None, &when("1990"), whole), None);
    }

    #[test]
    fn a_window_cuts_a_silence() {
        let next = when("1994");
        assert_eq!(silence_between(Some(1957), &next, window(Some("1960"), None)), Some((1960, 1993)));
        assert_eq!(silence_between(Some(1957), &next, window(None, Some("1958-06"))), Some((1958, 1958)));
        assert_eq!(silence_between(Some(1957), &next, window(Some("2000"), None)), None);
    }

    #[test]
    fn a_window_tells_what_is_inside_from_what_may_be() {
        let months = window(Some("2019-06-01"), Some("2019-12-31"));
        for (text, holds, touches) in [
            ("2019-09", true, true),
            ("2019", false, true),
            ("[..2019-07]", false, true),
            ("2020", false, false),
            ("2019-09/..", false, true),
        ] {
            assert_eq!((months.holds(&when(text)), months.may_touch(&when(text))), (holds, touches), "{text}");
        }
        assert!(Window::default().holds(&when("[..2019-07]")));
        let reversed = Window::new(when("2020").earliest(), when("2019").latest());
        assert_eq!(reversed, None);
    }
}
