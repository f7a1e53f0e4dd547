//! Years of which no document says anything.
//!
//! Invariant: no dated row of the scope lies in a silence, and a silence is at least
//! [`MIN_GAP`] years long before a window cuts it.

use chrono::Datelike;

use crate::catalogue::axis::MIN_GAP;
use crate::catalogue::query::Span;
use crate::model::When;

/// The last year that a date certainly reaches.
pub fn last_year(when: &When) -> Option<i32> {
    when.latest().or(when.earliest()).map(|day| day.year())
}

/// The first and last year without anything between the years reached so far and the next date.
pub fn silence_between(reached: Option<i32>, next: &When, window: Span) -> Option<(i32, i32)> {
    let (first, last) = (reached? + 1, next.year()? - 1);
    if last - first + 1 < MIN_GAP {
        return None;
    }
    let first = window.first().map_or(first, |day| first.max(day.year()));
    let last = window.last().map_or(last, |day| last.min(day.year()));
    (first <= last).then_some((first, last))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;

    fn when(text: &str) -> When {
        When::parse(text).unwrap()
    }

    fn window(first: Option<&str>, last: Option<&str>) -> Span {
        let day = |text: Option<&str>| text.and_then(|text| when(text).earliest());
        Span::new(day(first), day(last)).unwrap()
    }

    #[test]
    fn a_silence_lies_between_years_that_are_reached() {
        let whole = Span::default();
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
}
