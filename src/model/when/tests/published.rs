//! The published examples of the standard, which a checkout may lack.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::*;

/// Returns true if a year is beyond the calendar, as the examples have it.
fn is_beyond(day: &str) -> bool {
    let (sign, digits) = day.strip_prefix('-').map_or((1, day), |digits| (-1, digits));
    let year = digits.split('-').next().and_then(|year| year.parse::<i64>().ok()).map(|year| sign * year);
    year.is_some_and(|year| !(-262_143..=262_142).contains(&year))
}

#[test]
fn the_published_examples_have_their_days() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/edtf.tsv");
    let Ok(table) = fs::read_to_string(&path) else {
        let _ =
            writeln!(std::io::stderr(), "skipped: the examples are not beside the checkout (../shared/cases/edtf.tsv)");
        return;
    };
    let mut rows = 0;
    for line in table.lines().skip(1).filter(|line| !line.is_empty()) {
        rows += 1;
        let cells: Vec<&str> = line.split('\t').collect();
        let &[text, earliest, latest] = cells.as_slice() else { panic!("three cells in {line:?}") };
        let read = When::parse(text);
        if is_beyond(earliest) || is_beyond(latest) {
            assert_eq!(read, Err(WhenError::OutOfRange), "{text}");
            continue;
        }
        let read = read.unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read.edtf(), text);
        let expected = [earliest, latest].map(|day| match day {
            "open" | "unknown" => "-",
            // A date without a year is undated.
            _ if text.starts_with("XXXX") => "-",
            day => day,
        });
        assert_eq!([shown(read.earliest()), shown(read.latest())], expected, "{text}");
    }
    assert!(rows >= 40, "{rows}");
}
