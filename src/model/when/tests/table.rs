//! Each form of the standard with its days and words.
//!
//! Invariant: every number and word here was worked out by hand.

use super::*;

/// Text, first day, last day, column, in few characters, what is known.
type Form = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const DAYS: &[Form] = &[
    ("1985-04-12", "1985-04-12", "1985-04-12", " 1985-04-12", "1985-04-12", "exact day"),
    ("1985-04", "1985-04-01", "1985-04-30", " 1985-04-··", "1985-04", "only the month is known"),
    ("1985", "1985-01-01", "1985-12-31", " 1985-··-··", "1985", "only the year is known"),
    ("1900-02", "1900-02-01", "1900-02-28", " 1900-02-··", "1900-02", "only the month is known"),
    ("2000-02", "2000-02-01", "2000-02-29", " 2000-02-··", "2000-02", "only the month is known"),
    ("0000", "0000-01-01", "0000-12-31", " 0000-··-··", "0000", "only the year is known"),
    ("1985-04-12T23:20:30", "1985-04-12", "1985-04-12", " 1985-04-12", "1985-04-12 23:20:30", "exact day"),
    ("1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12", " 1985-04-12", "1985-04-12 23:20:30Z", "exact day"),
    ("1985-04-12T00:20:30+05:30", "1985-04-12", "1985-04-12", " 1985-04-12", "1985-04-12 00:20:30+05:30", "exact day"),
    ("-0043-03-15T12:00:00", "-0043-03-15", "-0043-03-15", "-0043-03-15", "-0043-03-15 12:00:00", "exact day"),
];

const YEARS: &[Form] = &[
    ("-1985", "-1985-01-01", "-1985-12-31", "-1985-··-··", "-1985", "only the year is known"),
    ("-0043-03-15", "-0043-03-15", "-0043-03-15", "-0043-03-15", "-0043-03-15", "exact day"),
    ("-0044-02", "-0044-02-01", "-0044-02-29", "-0044-02-··", "-0044-02", "only the month is known"),
    ("-0100-02", "-0100-02-01", "-0100-02-28", "-0100-02-··", "-0100-02", "only the month is known"),
    ("-0400-02", "-0400-02-01", "-0400-02-29", "-0400-02-··", "-0400-02", "only the month is known"),
    ("-0043~", "-0043-01-01", "-0043-12-31", "~-0043-··-··", "-0043~", "approximate"),
    ("Y12345", "+12345-01-01", "+12345-12-31", " 12345-··-··", "12345", "only the year is known"),
    ("Y-12345?", "-12345-01-01", "-12345-12-31", "?-12345-··-··", "-12345?", "uncertain"),
    ("Y262142", "+262142-01-01", "+262142-12-31", " 262142-··-··", "262142", "only the year is known"),
    ("Y-262143", "-262143-01-01", "-262143-12-31", "-262143-··-··", "-262143", "only the year is known"),
    ("Y1E5", "+100000-01-01", "+100000-12-31", " 1E5", "1E5", "only the year is known"),
    ("Y-17E4", "-170000-01-01", "-170000-12-31", "-17E4", "-17E4", "only the year is known"),
];

const SURE: &str = "an estimate; only the first digits are sure";

const SIGNIFICANT: &[Form] = &[
    ("1950S1", "1000-01-01", "1999-12-31", " 1950 (1 digit sure)", "1950 (1 digit sure)", SURE),
    ("1950S2", "1900-01-01", "1999-12-31", " 1950 (2 digits sure)", "1950 (2 digits sure)", SURE),
    ("1953S3", "1950-01-01", "1959-12-31", " 1953 (3 digits sure)", "1953 (3 digits sure)", SURE),
    ("1950S4", "1950-01-01", "1950-12-31", " 1950 (4 digits sure)", "1950 (4 digits sure)", SURE),
    ("-1950S3", "-1959-01-01", "-1950-12-31", "-1950 (3 digits sure)", "-1950 (3 digits sure)", SURE),
    ("1950S2~", "1900-01-01", "1999-12-31", "~1950 (2 digits sure)", "1950~ (2 digits sure)", "approximate"),
    ("Y171010S3", "+171000-01-01", "+171999-12-31", " 171010 (3 digits sure)", "171010 (3 digits sure)", SURE),
    ("Y1388E2S3", "+138000-01-01", "+138999-12-31", " 1388E2 (3 digits sure)", "1388E2 (3 digits sure)", SURE),
];

const SEASON: &str = "only the season is known";

const PARTS: &[Form] = &[
    ("2001-21", "2001-03-01", "2001-05-31", " 2001 spring", "spring 2001", SEASON),
    ("2001-22", "2001-06-01", "2001-08-31", " 2001 summer", "summer 2001", SEASON),
    ("2001-23", "2001-09-01", "2001-11-30", " 2001 autumn", "autumn 2001", SEASON),
    ("2001-24", "2001-12-01", "2001-12-31", " 2001 winter", "winter 2001", SEASON),
    ("2001-25", "2001-03-01", "2001-05-31", " 2001 spring (north)", "spring 2001 (north)", SEASON),
    ("2001-29", "2001-09-01", "2001-11-30", " 2001 spring (south)", "spring 2001 (south)", SEASON),
    ("2001-30", "2001-12-01", "2001-12-31", " 2001 summer (south)", "summer 2001 (south)", SEASON),
    ("2001-33", "2001-01-01", "2001-03-31", " 2001 Q1", "Q1 2001", "only the quarter is known"),
    ("2001-36", "2001-10-01", "2001-12-31", " 2001 Q4", "Q4 2001", "only the quarter is known"),
    (
        "2001-37",
        "2001-01-01",
        "2001-04-30",
        " 2001 1st third",
        "1st third of 2001",
        "only the third of the year is known",
    ),
    (
        "2001-39",
        "2001-09-01",
        "2001-12-31",
        " 2001 3rd third",
        "3rd third of 2001",
        "only the third of the year is known",
    ),
    ("2001-40", "2001-01-01", "2001-06-30", " 2001 1st half", "1st half of 2001", "only the half of the year is known"),
    ("2001-41", "2001-07-01", "2001-12-31", " 2001 2nd half", "2nd half of 2001", "only the half of the year is known"),
    ("-0043-21", "-0043-03-01", "-0043-05-31", "-0043 spring", "spring -0043", SEASON),
    ("196X-24", "1960-12-01", "1969-12-31", " 196· winter", "winter 196X", "digits are missing"),
    ("-001X-24", "-0019-12-01", "-0010-12-31", "-001· winter", "winter -001X", "digits are missing"),
    ("2001-21~", "2001-03-01", "2001-05-31", "~2001 spring", "spring 2001~", "approximate"),
    ("2001-~21", "2001-03-01", "2001-05-31", " 2001 ~spring", "~spring 2001", "approximate in part"),
    ("2001?-21", "2001-03-01", "2001-05-31", " ?2001 spring", "spring ?2001", "uncertain in part"),
    ("?2001~-21", "2001-03-01", "2001-05-31", " ?~2001 spring", "spring ?~2001", MIXED),
    ("XXXX-21", "-", "-", " ···· spring", "spring XXXX", "the year is not known"),
];

const MIXED: &str = "in part approximate, in part uncertain";

const QUALIFIED: &[Form] = &[
    ("1984?", "1984-01-01", "1984-12-31", "?1984-··-··", "1984?", "uncertain"),
    ("2004-06~", "2004-06-01", "2004-06-30", "~2004-06-··", "2004-06~", "approximate"),
    ("2004-06-11%", "2004-06-11", "2004-06-11", "%2004-06-11", "2004-06-11%", "approximate and uncertain"),
    ("2004?-06-11", "2004-06-11", "2004-06-11", " 2004?-06-11", "2004?-06-11", "uncertain in part"),
    ("2004?-06", "2004-06-01", "2004-06-30", " 2004?-06-··", "2004?-06", "uncertain in part"),
    ("2004-06~-11", "2004-06-11", "2004-06-11", " 2004-06~-11", "2004-06~-11", "approximate in part"),
    ("?2004-06-~11", "2004-06-11", "2004-06-11", " ?2004-06-~11", "?2004-06-~11", MIXED),
    ("2004-%06-11", "2004-06-11", "2004-06-11", " 2004-%06-11", "2004-%06-11", MIXED),
    ("?2004-?06-?11", "2004-06-11", "2004-06-11", " ?2004-?06-?11", "?2004-?06-?11", "uncertain"),
    ("?2004-06~", "2004-06-01", "2004-06-30", "~?2004-06-··", "?2004-06~", "approximate, in part uncertain"),
    ("~2004-06?", "2004-06-01", "2004-06-30", "?~2004-06-··", "~2004-06?", "uncertain, in part approximate"),
    ("?-01XX~", "-0199-01-01", "-0100-12-31", "~?-01··-··-··", "?-01XX~", "approximate and uncertain"),
];

const MISSING: &str = "digits are missing";
const NO_YEAR: &str = "the year is not known";

const UNSPECIFIED: &[Form] = &[
    ("201X", "2010-01-01", "2019-12-31", " 201·-··-··", "201X", MISSING),
    ("20XX", "2000-01-01", "2099-12-31", " 20··-··-··", "20XX", MISSING),
    ("2004-XX", "2004-01-01", "2004-12-31", " 2004-··-··", "2004-XX", MISSING),
    ("1985-04-XX", "1985-04-01", "1985-04-30", " 1985-04-··", "1985-04-XX", MISSING),
    ("1985-XX-XX", "1985-01-01", "1985-12-31", " 1985-··-··", "1985-XX-XX", MISSING),
    ("156X-12-25", "1560-12-25", "1569-12-25", " 156·-12-25", "156X-12-25", MISSING),
    ("15XX-12-XX", "1500-12-01", "1599-12-31", " 15··-12-··", "15XX-12-XX", MISSING),
    ("1XXX-XX", "1000-01-01", "1999-12-31", " 1···-··-··", "1XXX-XX", MISSING),
    ("1XXX-12", "1000-12-01", "1999-12-31", " 1···-12-··", "1XXX-12", MISSING),
    ("XXX4", "0004-01-01", "9994-12-31", " ···4-··-··", "XXX4", MISSING),
    ("1984-1X", "1984-10-01", "1984-12-31", " 1984-1·-··", "1984-1X", MISSING),
    ("2001-02-2X", "2001-02-20", "2001-02-28", " 2001-02-2·", "2001-02-2X", MISSING),
    ("2001-XX-31", "2001-01-31", "2001-12-31", " 2001-··-31", "2001-XX-31", MISSING),
    ("2001-X2-31", "2001-12-31", "2001-12-31", " 2001-·2-31", "2001-X2-31", MISSING),
    ("190X-02-29", "1904-02-29", "1908-02-29", " 190·-02-29", "190X-02-29", MISSING),
    ("-01XX", "-0199-01-01", "-0100-12-31", "-01··-··-··", "-01XX", MISSING),
    ("-000X", "-0009-01-01", "-0001-12-31", "-000·-··-··", "-000X", MISSING),
    ("-019X-02-29", "-0196-02-29", "-0192-02-29", "-019·-02-29", "-019X-02-29", MISSING),
    ("XXXX", "-", "-", " ····-··-··", "XXXX", NO_YEAR),
    ("XXXX-12", "-", "-", " ····-12-··", "XXXX-12", NO_YEAR),
    ("XXXX-12-25", "-", "-", " ····-12-25", "XXXX-12-25", NO_YEAR),
    ("XXXX-12-XX", "-", "-", " ····-12-··", "XXXX-12-XX", NO_YEAR),
    ("-XXXX-12", "-", "-", "-····-12-··", "-XXXX-12", NO_YEAR),
];

const SPAN: &str = "a span of time";

const INTERVALS: &[Form] = &[
    ("1964/2008", "1964-01-01", "2008-12-31", " 1964 – 2008", "1964 – 2008", SPAN),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31", " 2004-06 – 2006-08", "2004-06 – 2006-08", SPAN),
    ("2004-12/2004", "2004-12-01", "2004-12-31", " 2004-12 – 2004", "2004-12 – 2004", SPAN),
    ("1985-04-12/..", "1985-04-12", "-", " from 1985-04-12", "from 1985-04-12", SPAN),
    ("1985/", "1985-01-01", "-", " from 1985, end not known", "from 1985, end not known", SPAN),
    ("../1985", "-", "1985-12-31", " until 1985", "until 1985", SPAN),
    ("/1985", "-", "1985-12-31", " start not known, until 1985", "start not known, until 1985", SPAN),
    ("../..", "-", "-", " without start or end", "without start or end", SPAN),
    ("/..", "-", "-", " start not known, without end", "start not known, without end", SPAN),
    ("../", "-", "-", " without start, end not known", "without start, end not known", SPAN),
    ("..1984/2004", "-", "2004-12-31", " ≤ 1984 – 2004", "≤ 1984 – 2004", SPAN),
    ("1984/2004..", "1984-01-01", "-", " 1984 – ≥ 2004", "1984 – ≥ 2004", SPAN),
    ("..1984/2004..", "-", "-", " ≤ 1984 – ≥ 2004", "≤ 1984 – ≥ 2004", SPAN),
    ("..1984/..", "-", "-", " from ≤ 1984", "from ≤ 1984", SPAN),
    ("2001-21/2003-22", "2001-03-01", "2003-08-31", " spring 2001 – summer 2003", "spring 2001 – summer 2003", SPAN),
    ("1984~/2004-06", "1984-01-01", "2004-06-30", " 1984~ – 2004-06", "1984~ – 2004-06", "approximate in part"),
    ("1984?/2004%", "1984-01-01", "2004-12-31", " 1984? – 2004%", "1984? – 2004%", "uncertain, in part approximate"),
    (
        "1984-06-02?/",
        "1984-06-02",
        "-",
        " from 1984-06-02?, end not known",
        "from 1984-06-02?, end not known",
        "uncertain",
    ),
    ("-01XX/0014~", "-0199-01-01", "0014-12-31", " -01XX – 0014~", "-01XX – 0014~", "approximate in part"),
    ("XXXX-12/2004", "-", "2004-12-31", " XXXX-12 – 2004", "XXXX-12 – 2004", NO_YEAR),
];

const ONE: &str = "one of them; which is not known";
const BY: &str = "on or before; the day is not known";
const FROM: &str = "on or after; the day is not known";

const SETS: &[Form] = &[
    (
        "[1667,1668,1670..1672]",
        "1667-01-01",
        "1672-12-31",
        " one of 1667, 1668, 1670 – 1672",
        "one of 1667, 1668, 1670 – 1672",
        ONE,
    ),
    ("[1760-01, 1760-02]", "1760-01-01", "1760-02-29", " one of 1760-01, 1760-02", "one of 1760-01, 1760-02", ONE),
    (
        "[1760-01,1760-02,1760-12..]",
        "1760-01-01",
        "-",
        " one of 1760-01, 1760-02, ≥ 1760-12",
        "one of 1760-01, 1760-02, ≥ 1760-12",
        ONE,
    ),
    ("[..1984, 1990]", "-", "1990-12-31", " one of ≤ 1984, 1990", "one of ≤ 1984, 1990", ONE),
    (
        "[2001-21, 2001-23]",
        "2001-03-01",
        "2001-11-30",
        " one of spring 2001, autumn 2001",
        "one of spring 2001, autumn 2001",
        ONE,
    ),
    ("[1990,1984]", "1984-01-01", "1990-12-31", " one of 1990, 1984", "one of 1990, 1984", ONE),
    ("[-01XX, 0014]", "-0199-01-01", "0014-12-31", " one of -01XX, 0014", "one of -01XX, 0014", MISSING),
    ("[XXXX-12,2001]", "-", "-", " one of XXXX-12, 2001", "one of XXXX-12, 2001", NO_YEAR),
    ("[1984]", "1984-01-01", "1984-12-31", " 1984-··-··", "1984", "only the year is known"),
    ("[2001-33]", "2001-01-01", "2001-03-31", " 2001 Q1", "Q1 2001", "only the quarter is known"),
    ("[..1760-12-03]", "-", "1760-12-03", "≤1760-12-03", "≤ 1760-12-03", BY),
    ("[..-0043]", "-", "-0043-12-31", "≤-0043-··-··", "≤ -0043", BY),
    ("[..2001-22]", "-", "2001-08-31", "≤2001 summer", "≤ summer 2001", BY),
    ("[..2014-06~]", "-", "2014-06-30", "≤2014-06-··~", "≤ 2014-06~", "approximate"),
    ("[1760-12..]", "1760-12-01", "-", "≥1760-12-··", "≥ 1760-12", FROM),
    ("[2014..2016]", "2014-01-01", "2016-12-31", " 2014 … 2016", "2014 … 2016", "some day between the two"),
    ("{1960,1961-12}", "1960-01-01", "1961-12-31", " all of 1960, 1961-12", "all of 1960, 1961-12", "all of them"),
    (
        "{1667,1668, 1670..1672}",
        "1667-01-01",
        "1672-12-31",
        " all of 1667, 1668, 1670 – 1672",
        "all of 1667, 1668, 1670 – 1672",
        "all of them",
    ),
    ("{..1984}", "-", "1984-12-31", " all of ≤ 1984", "all of ≤ 1984", "all of them"),
    ("{1984..}", "1984-01-01", "-", " all of ≥ 1984", "all of ≥ 1984", "all of them"),
    ("{1984-06}", "1984-06-01", "1984-06-30", " 1984-06-··", "1984-06", "only the month is known"),
];

#[test]
fn every_form_has_its_days_and_words() {
    let tables = [DAYS, YEARS, SIGNIFICANT, PARTS, QUALIFIED, UNSPECIFIED, INTERVALS, SETS];
    let forms: Vec<&Form> = tables.into_iter().flatten().collect();
    assert!(forms.len() >= 100, "{}", forms.len());
    for &&(text, earliest, latest, column, stated, knowledge) in &forms {
        let read = when(text);
        assert_eq!(read.edtf(), text);
        assert_eq!([shown(read.earliest()), shown(read.latest())], [earliest, latest], "{text}");
        assert_eq!([read.column(), read.stated(), read.to_string()], [column, stated, stated], "{text}");
        assert_eq!(read.knowledge(), knowledge, "{text}");
    }
}

#[test]
fn every_part_of_a_year_has_its_months_and_its_name() {
    for (code, first, last, name) in [
        ("21", "03-01", "05-31", "spring 1999"),
        ("22", "06-01", "08-31", "summer 1999"),
        ("23", "09-01", "11-30", "autumn 1999"),
        ("24", "12-01", "12-31", "winter 1999"),
        ("25", "03-01", "05-31", "spring 1999 (north)"),
        ("26", "06-01", "08-31", "summer 1999 (north)"),
        ("27", "09-01", "11-30", "autumn 1999 (north)"),
        ("28", "12-01", "12-31", "winter 1999 (north)"),
        ("29", "09-01", "11-30", "spring 1999 (south)"),
        ("30", "12-01", "12-31", "summer 1999 (south)"),
        ("31", "03-01", "05-31", "autumn 1999 (south)"),
        ("32", "06-01", "08-31", "winter 1999 (south)"),
        ("33", "01-01", "03-31", "Q1 1999"),
        ("34", "04-01", "06-30", "Q2 1999"),
        ("35", "07-01", "09-30", "Q3 1999"),
        ("36", "10-01", "12-31", "Q4 1999"),
        ("37", "01-01", "04-30", "1st third of 1999"),
        ("38", "05-01", "08-31", "2nd third of 1999"),
        ("39", "09-01", "12-31", "3rd third of 1999"),
        ("40", "01-01", "06-30", "1st half of 1999"),
        ("41", "07-01", "12-31", "2nd half of 1999"),
    ] {
        let read = when(&format!("1999-{code}"));
        let expected = [first, last].map(|day| format!("1999-{day}"));
        assert_eq!([shown(read.earliest()), shown(read.latest())], expected, "{code}");
        assert_eq!((read.precision(), &*read.stated()), (Precision::Season, name), "{code}");
    }
}

#[test]
fn the_south_has_its_own_seasons() {
    for (text, first, last) in [
        ("2001-21", "2001-09-01", "2001-11-30"),
        ("2001-22", "2001-12-01", "2001-12-31"),
        ("2001-23", "2001-03-01", "2001-05-31"),
        ("2001-24", "2001-06-01", "2001-08-31"),
        ("2001-25", "2001-03-01", "2001-05-31"),
        ("2001-28", "2001-12-01", "2001-12-31"),
        ("2001-29", "2001-09-01", "2001-11-30"),
        ("2001-32", "2001-06-01", "2001-08-31"),
        ("2001-33", "2001-01-01", "2001-03-31"),
        ("2001-21/2001-24", "2001-09-01", "2001-08-31"),
        ("[2001-21, 2001-24]", "2001-06-01", "2001-11-30"),
        ("2001-06", "2001-06-01", "2001-06-30"),
    ] {
        let read = When::parse_in(text, Hemisphere::South);
        if first > last {
            assert_eq!(read, Err(WhenError::Reversed), "{text}");
            continue;
        }
        let read = read.unwrap();
        assert_eq!([shown(read.earliest()), shown(read.latest())], [first, last], "{text}");
        assert_eq!(read.stated(), when(text).stated());
    }
    assert_eq!(When::parse_in("2001-21", Hemisphere::North), When::parse("2001-21"));
    assert_ne!(When::parse_in("2001-21", Hemisphere::South), When::parse("2001-21"));
}
