//! The order of a chronology.

use proptest::prelude::*;

use super::*;

/// Asserts that these are in order, whatever order they begin in, and that no two are equal.
fn assert_in_order(expected: &[&str]) {
    let mut dates: Vec<When> = expected.iter().rev().map(|text| when(text)).collect();
    dates.sort_by(When::chronological);
    assert_eq!(dates.iter().map(When::edtf).collect::<Vec<_>>(), expected);
    for pair in dates.windows(2) {
        assert_eq!(
            (pair[0].chronological(&pair[1]), pair[1].chronological(&pair[0])),
            (Ordering::Less, Ordering::Greater)
        );
    }
}

#[test]
fn a_chronology_puts_upper_bounds_at_their_end_and_the_coarser_first() {
    assert_in_order(&["1957", "1994", "1994-09-26", "2014-06", "[..2014-06]", "2014-06-30", "2014-07"]);
}

#[test]
fn by_a_day_is_before_the_day_and_from_it_behind() {
    assert_in_order(&["[..2014-06-30]", "2014-06-30", "2014-06-30/..", "[2014-06-30..]"]);
    assert_in_order(&["../2014-06-30", "/2014-06-30", "2014-06-30", "2014-06-30/", "2014-06-30/.."]);
    assert_in_order(&["1899-12-31", "1900-01-01", "1900-01-01/.."]);
}

#[test]
fn a_year_is_before_from_that_year() {
    assert_in_order(&["2000", "2000-01", "2000-01-01", "2000/..", "[2000..]", "[2000-01-01..]"]);
}

#[test]
fn the_coarser_is_first_and_then_the_sooner_ended() {
    assert_in_order(&["2001", "2001-33", "2001-40", "2001-01", "2001-01/2001-12", "2001-01-01"]);
    assert_in_order(&["-0003/-0002", "-0003/-0001"]);
    assert_in_order(&["2001-01-01/2001-01-05", "2001-01-01/2001-02-01", "2001-01-01/2002-01-01"]);
}

#[test]
fn years_go_from_the_oldest_to_the_youngest_and_dates_without_days_are_last() {
    assert_in_order(&[
        "Y-200000",
        "-0044-03-15",
        "-0043",
        "-0001",
        "0000",
        "0001",
        "9999",
        "Y200000",
        "../..",
        "XXXX-12",
    ]);
}

/// A date with its place in the chronology: day, side, coarseness and last day, found without reading the date.
type Placed = (String, (u32, i8, u8, u32));

fn placed() -> impl Strategy<Value = Placed> {
    // A number that grows with the day is enough to compare days.
    let day = |year: u32, month: u32, day: u32| (year * 12 + month - 1) * 31 + day;
    (1990..1993u32, 1..4u32, 1..4u32, 0..5u8).prop_map(move |(year, month, of_month, shape)| {
        let first = day(year, month, of_month);
        let text = format!("{year}-{month:02}-{of_month:02}");
        match shape {
            0 => (year.to_string(), (day(year, 1, 1), 1, 0, day(year, 12, 31))),
            1 => (format!("{year}-{month:02}"), (day(year, month, 1), 1, 1, day(year, month, 31))),
            2 => (text, (first, 1, 2, first)),
            3 => (format!("[..{text}]"), (first, 0, 2, first)),
            _ => (format!("[{text}..]"), (first, 2, 2, 0)),
        }
    })
}

proptest! {
    #[test]
    fn the_order_is_that_of_day_side_coarseness_and_last_day((a, x) in placed(), (b, y) in placed()) {
        prop_assert_eq!(when(&a).chronological(&when(&b)), x.cmp(&y).then_with(|| a.cmp(&b)), "{} {}", a, b);
    }
}
