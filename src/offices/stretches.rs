//! The days between two changes, for what is so from one day on or until another.
//!
//! Invariant: stretches follow each other without a gap or an overlap, and the last one ends
//! on the last day of the calendar.

use chrono::NaiveDate;

/// The last day that a dossier can speak of.
pub const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// First and last days of the stretches in which no answer changes, when every answer only asks
/// whether a day lies before, on or after one of the limits. Before the first limit there is none.
pub fn stretches(limits: impl IntoIterator<Item = NaiveDate>) -> Vec<(NaiveDate, NaiveDate)> {
    let begins = limits.into_iter().flat_map(|limit| [Some(limit), limit.succ_opt()]).flatten();
    let mut begins: Vec<NaiveDate> = begins.filter(|&day| day <= LAST_DAY).collect();
    begins.sort_unstable();
    begins.dedup();
    let ends = begins.iter().skip(1).filter_map(NaiveDate::pred_opt).chain([LAST_DAY]);
    begins.iter().copied().zip(ends).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_stretch_of_its_own() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let found = stretches(["2020-03-31", "2020-03-01", "2020-03-31"].map(day));
        let expected = [
            ("2020-03-01", "2020-03-01"),
            ("2020-03-02", "2020-03-30"),
            ("2020-03-31", "2020-03-31"),
            ("2020-04-01", "9999-12-31"),
        ];
        assert_eq!(found, expected.map(|(first, last)| (day(first), day(last))));
        assert_eq!(stretches([]), []);
        assert_eq!(stretches([LAST_DAY]), [(LAST_DAY, LAST_DAY)]);
    }
}
