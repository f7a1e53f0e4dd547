//! Tests of dates: bounds, order and words.
//!
//! Invariant: what is expected is written as literals, or calculated in another way than the code does.

mod generated;
mod order;
mod published;
mod refused;
mod table;

use super::*;

fn when(text: &str) -> When {
    When::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Returns a day as it is written, "-" without one.
fn shown(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "-".to_owned(), |day| day.to_string())
}

#[test]
fn no_digit_is_invented() {
    for (text, column) in [
        ("1957", " 1957-··-··"),
        ("2009-02", " 2009-02-··"),
        ("2015-10-07", " 2015-10-07"),
        ("[..2014-06]", "≤2014-06-··"),
        ("2019-12~", "~2019-12-··"),
        ("201X", " 201·-··-··"),
    ] {
        assert_eq!(when(text).column(), column);
        assert_eq!(column.chars().count(), 11, "{column}");
    }
    assert_eq!(when("2021/2022").with_label("AY 2021–22").column(), " AY 2021–22");
}

#[test]
fn a_qualifier_anywhere_counts() {
    for text in ["1984?", "2004?-06-11", "2004-06-~11", "%2004-06", "2001-~21", "Y12345~", "1950S2?"] {
        assert!(when(text).is_qualified(), "{text}");
        for set in [format!("[{text}, 2009]"), format!("{{2009,{text}}}"), format!("[..{text}]"), format!("[{text}..]")]
        {
            assert!(when(&set).is_qualified(), "{set}");
        }
    }
    for text in ["1990/2004~", "1984?/2004", "..1984%/..", "../1984?"] {
        assert!(when(text).is_qualified(), "{text}");
    }
    for text in ["1984", "19XX", "1950S2", "2004-06-11T10:00:00Z", "[1984, 1985]", "../..", "2001-21"] {
        assert!(!when(text).is_qualified(), "{text}");
    }
}

#[test]
fn a_date_with_holes_does_not_fill_its_window() {
    for (text, fills) in [
        ("1985", true),
        ("19XX", true),
        ("1985-XX", true),
        ("1985-XX-XX", true),
        ("[1985..1987]", true),
        ("198X/1990-01-01", true),
        ("[..198X]", true),
        ("2001-21", true),
        ("1985-XX-12", false),
        ("198X-12", false),
        ("XXXX", false),
        ("XXXX-12", false),
        ("[1985,1987]", false),
        ("{1985,1987}", false),
        ("../..", false),
    ] {
        assert_eq!(when(text).fills_window(), fills, "{text}");
    }
}
