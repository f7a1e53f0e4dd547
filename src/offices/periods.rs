//! Splits the calendar into periods between changes.
//!
//! Invariant: periods follow each other without a gap or an overlap, and the last one ends on [`LAST_DAY`].

use chrono::NaiveDate;

/// The last day that a dossier can mention.
pub const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// Returns the first and last day of each period in which no answer changes, given that every answer depends
/// only on whether a day is before, on or after each of the limits. The time before the first limit is left out.
pub fn periods(limits: impl IntoIterator<Item = NaiveDate>) -> Vec<(NaiveDate, NaiveDate)> {
    let begins = limits.into_iter().flat_map(|limit| [Some(limit), limit.succ_opt()]).flatten();
    let mut begins: Vec<NaiveDate> = begins.filter(|&day| day <= LAST_DAY).collect();
    begins.sort_unstable();
    begins.dedup();
    let ends = begins.iter().skip(1).filter_map(NaiveDate::pred_opt).chain([LAST_DAY]);
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
            ("2020-03-01", "2020-03-01"),
            ("2020-03-02", "2020-03-30"),
            ("2020-03-31", "2020-03-31"),
            ("2020-04-01", "9999-12-31"),
        ];
        assert_eq!(found, expected.map(|(first, last)| (day(first), day(last))));
        assert_eq!(periods([]), []);
        assert_eq!(periods([LAST_DAY]), [(LAST_DAY, LAST_DAY)]);
    }
}
