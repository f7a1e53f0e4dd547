//! Splits the calendar into periods between changes.
//!
//! Invariant: periods follow each other without a gap or an overlap, and the last one has no end.

use chrono::NaiveDate;

/// The first and the last day of a period; `None` if it has no end.
pub type Stretch = (NaiveDate, Option<NaiveDate>);

/// Returns the periods in which no answer changes, given that every answer depends
/// only on whether a day is before, on or after each of the limits. The time before the first limit is left out.
pub fn periods(limits: impl IntoIterator<Item = NaiveDate>) -> Vec<Stretch> {
    let mut begins: Vec<NaiveDate> =
        limits.into_iter().flat_map(|limit| [Some(limit), limit.succ_opt()]).flatten().collect();
    begins.sort_unstable();
    begins.dedup();
    let ends = begins.iter().skip(1).map(NaiveDate::pred_opt).chain([None]);
    begins.iter().copied().zip(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_period_of_its_own() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let found = periods(["2020-03-31", "2020-03-01", "2020-03-31"].map(day));
        let expected = [
            ("2020-03-01", Some("2020-03-01")),
            ("2020-03-02", Some("2020-03-30")),
            ("2020-03-31", Some("2020-03-31")),
            ("2020-04-01", None),
        ];
        assert_eq!(found, expected.map(|(first, last)| (day(first), last.map(day))));
        assert_eq!(periods([]), []);
        assert_eq!(periods([NaiveDate::MAX]), [(NaiveDate::MAX, None)]);
    }
}
