//! Texts that are no dates, each with the message.

use super::*;

const BEYOND: &str = "the year is outside -262143 to 262142";
const REVERSED: &str = "the end lies before the start";

#[test]
fn what_is_no_date_is_refused_with_the_reason() {
    for (text, message) in [
        ("", "invalid EDTF at offset 0: empty input"),
        ("soon", "invalid EDTF at offset 0: year must have exactly four digits (or X)"),
        ("früher", "invalid EDTF at offset 2: EDTF permits ASCII characters only"),
        ("12345", "invalid EDTF at offset 4: expected '-' before month"),
        ("-0000", "invalid EDTF at offset 0: -0000 is not a valid year"),
        ("-?0043", "invalid EDTF at offset 1: year must have exactly four digits (or X)"),
        ("--0043", "invalid EDTF at offset 1: year must have exactly four digits (or X)"),
        ("-Y12345", "invalid EDTF at offset 1: year must have exactly four digits (or X)"),
        ("2014-13", "invalid EDTF at offset 5: month must be 01-12 or a sub-year code 21-41"),
        ("2014-20", "invalid EDTF at offset 5: month must be 01-12 or a sub-year code 21-41"),
        ("2014-42", "invalid EDTF at offset 5: month must be 01-12 or a sub-year code 21-41"),
        ("2014-21-01", "invalid EDTF at offset 8: sub-year groupings cannot carry a day"),
        ("2014-02-30", "invalid EDTF at offset 8: day is out of range for the month"),
        ("-0043-02-29", "invalid EDTF at offset 9: day is out of range for the month"),
        ("-01XX-02-30", "invalid EDTF at offset 1: negative years cannot contain unspecified digits"),
        ("XXXX-02-30", "invalid EDTF at offset 8: day is out of range for the month"),
        ("XXX1-02-29", "invalid EDTF at offset 8: day is out of range for the month"),
        ("2014-2X", "invalid EDTF at offset 5: no calendar month matches the unspecified digits"),
        ("1950S5", "invalid EDTF at offset 5: significant digits must be 1-4 for a four-digit year"),
        ("19XXS2", "invalid EDTF at offset 4: significant digits cannot combine with unspecified digits"),
        ("1950S2-05", "invalid EDTF at offset 6: significant-digit years are year-precision only"),
        ("Y2001", "invalid EDTF at offset 1: Y-prefixed years require |year| > 9999"),
        ("Y12345-05", "invalid EDTF at offset 6: Y-prefixed years are year-precision only"),
        ("Y012345", "invalid EDTF at offset 1: leading zeros are not allowed in Y-prefixed years"),
        ("2014-06-31T10:00:00", "invalid EDTF at offset 8: day is out of range for the month"),
        ("2014-06-30T24:00:00", "invalid EDTF at offset 11: hour must be 00-23 (24 is not allowed)"),
        ("2014-06-30T10:00", "invalid EDTF at offset 11: time must be hh:mm:ss"),
        ("2014-06T10:00:00", "invalid EDTF at offset 0: date-times require a complete YYYY-MM-DD date"),
        ("-0043-02-29T10:00:00", "invalid EDTF at offset 0: date-times require a complete YYYY-MM-DD date"),
        ("2001 / 2003", "invalid EDTF at offset 4: whitespace is not allowed"),
        ("/", "an interval states a date or \"..\" on one side at least"),
        ("2016/2014", REVERSED),
        ("2014-06/2014-05-31", REVERSED),
        ("-0001/-0002", REVERSED),
        ("Y12346/Y12345", REVERSED),
        ("2014/..2016", "invalid EDTF at offset 5: year must have exactly four digits (or X)"),
        ("2014../2016", "invalid EDTF at offset 4: expected '-' before month"),
        ("2014/2016-13", "invalid EDTF at offset 10: month must be 01-12 or a sub-year code 21-41"),
        ("..2014-13/2016", "invalid EDTF at offset 7: month must be 01-12 or a sub-year code 21-41"),
        ("2001/2002/2003", "intervals within an interval or set are not taken"),
        ("2001-01-01T10:00:00/2002", "times of day within an interval or set are not taken"),
        ("[2001-01-01T10:00:00,2002]", "times of day within an interval or set are not taken"),
        ("2001/[2002]", "sets within an interval or set are not taken"),
        ("[{2001},2002]", "sets within an interval or set are not taken"),
        ("[2001/2002]", "intervals within an interval or set are not taken"),
        ("[]", "invalid EDTF at offset 1: set must contain at least one element"),
        ("[2001", "invalid EDTF at offset 4: unterminated set"),
        ("[2001}", "invalid EDTF at offset 5: unterminated set"),
        ("[2001,]", "invalid EDTF at offset 6: empty input"),
        ("[2001 ,2002]", "invalid EDTF at offset 5: whitespace is not allowed"),
        ("[2001, 2002-13]", "invalid EDTF at offset 12: month must be 01-12 or a sub-year code 21-41"),
        ("[ 2001]", "invalid EDTF at offset 1: whitespace is not allowed"),
        ("[..]", "invalid EDTF at offset 1: '..' alone is not a set element"),
        ("[2001,2014..2016-06]", "invalid EDTF at offset 12: set range endpoints must share precision"),
        ("[2014~..2016]", "invalid EDTF at offset 1: set range endpoints cannot be qualified"),
        ("[201X..2016]", "invalid EDTF at offset 1: set range endpoints cannot contain unspecified digits"),
        ("[2001-21..2001-22]", "invalid EDTF at offset 1: set range endpoints cannot be seasons"),
        ("[2016..2014]", "invalid EDTF at offset 7: set range end precedes range start"),
        ("[..2014..2016]", "invalid EDTF at offset 7: expected '-' before month"),
    ] {
        let error = When::parse(text).expect_err(text);
        assert_eq!(error.to_string(), message, "{text}");
    }
}

#[test]
fn a_year_beyond_the_calendar_is_refused_wherever_it_stands() {
    for text in [
        "Y262143",
        "Y-262144",
        "Y17E7",
        "Y-17E7",
        "Y3388E2S3",
        "Y262100S3",
        "Y9E18S1",
        "Y1E100000",
        "Y1E99999999999",
        "Y99999999999999999999",
        "2001/Y300000",
        "Y-300000/2001",
        "..Y-300000/2001",
        "[..Y300000]",
        "[2001, Y300000]",
        "{Y-300000..2001}",
    ] {
        assert_eq!(When::parse(text), Err(WhenError::OutOfRange), "{text}");
    }
    assert_eq!(WhenError::OutOfRange.to_string(), BEYOND);
}
