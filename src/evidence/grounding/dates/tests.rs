//! Dates of claims against passages.

use super::super::tokens::tokens;
use super::*;

fn found(edtf: &str, passage: &str) -> Option<Grounding> {
    around(edtf, passage, "", "", None)
}

fn around(edtf: &str, passage: &str, heading: &str, before: &str, published: Option<&str>) -> Option<Grounding> {
    let dates = |text: &str| Dates::read(&tokens(text, 0), Language::usual());
    let published = published.and_then(|day| day.parse().ok());
    let around = || Around { headings: dates(heading), before: dates(before), published };
    dates(passage).find(&When::parse(edtf).unwrap(), around).map(|hit| hit.state)
}

#[test]
fn a_date_is_found_in_every_usual_form() {
    for passage in [
        "on 8 March 2021",
        "on March 8, 2021",
        "on the 8th of March 2021",
        "8th Mar. 2021",
        "on 08/03/2021",
        "03/08/2021",
        "8.3.2021",
        "8-3-21",
        "between 5 and 8 March 2021",
        "In 2021, on 8 March,",
    ] {
        assert_eq!(found("2021-03-08", passage), Some(Grounding::Reformatted), "{passage}");
        assert_eq!(found("2021-03", passage), Some(Grounding::Reformatted), "{passage}");
        assert_eq!(found("2021-03-09", passage), None, "{passage}");
        assert_eq!(found("2022-03-08", passage), None, "{passage}");
    }
    assert_eq!(found("2021-03-08", "2021-03-08"), Some(Grounding::Verbatim));
    assert_eq!(found("2021", "8 March 2021"), Some(Grounding::Verbatim));
}

#[test]
fn a_coarser_date_does_not_stand_for_a_finer_one() {
    assert_eq!(found("2021-03-08", "in March 2021"), None);
    assert_eq!(found("2021-03", "in 2021"), None);
    assert_eq!(found("2021-05", "In 2021 it may be done"), None);
    assert_eq!(found("1913", "in 1931"), None);
}

#[test]
fn a_decade_or_a_century_is_no_year_of_it() {
    for (edtf, passage, expected) in [
        ("1800", "in the 19th century", None),
        ("1899", "in the 19th century", None),
        ("18XX", "in the 19th century", Some(Grounding::Verbatim)),
        ("180X", "in the 19th century", None),
        ("-04XX", "in the 5th century BC", Some(Grounding::Verbatim)),
        ("04XX", "in the 5th century BC", None),
        ("1950", "in the 1950s", None),
        ("1950-04", "in April of the 1950s", None),
        ("195X", "in the 1950s", Some(Grounding::Verbatim)),
        ("19XX", "in the 1950s", Some(Grounding::Verbatim)),
        ("190X", "in the 1900s", Some(Grounding::Verbatim)),
        ("19XX", "in the 1900s", Some(Grounding::Verbatim)),
        ("1950/1959", "in the 1950s", Some(Grounding::Reformatted)),
        ("1950/1960", "in the 1950s", None),
        ("1950", "in 1950", Some(Grounding::Verbatim)),
        ("1950", "of 1950's fair", Some(Grounding::Verbatim)),
    ] {
        assert_eq!(found(edtf, passage), expected, "{edtf} {passage}");
    }
    assert_eq!(around("1950", "It began.", "The 1950s", "", None), None);
    assert_eq!(around("195X", "It began.", "The 1950s", "", None), Some(Grounding::ByContext));
    assert_eq!(around("1950", "It began in the 1950s.", "", "", Some("1950-01-01")), None);
}

#[test]
fn two_years_in_one_may_lie_in_two_centuries() {
    let written = Some(Grounding::Reformatted);
    for (edtf, passage, expected) in [
        ("1999/2000", "in 1999–00", written),
        ("1999/2000", "in 1999/00", written),
        ("1998/2003", "in 1998–03", written),
        ("1998/2003", "in 1998-03", None),
        ("1900", "in 1999–00", None),
        ("1914/1918", "in 1914–18", written),
    ] {
        assert_eq!(found(edtf, passage), expected, "{edtf} {passage}");
    }
}

#[test]
fn a_day_in_figures_is_no_range_of_years() {
    for passage in ["on 2014/06/30", "on 2014.06.30", "on 2014/6/30", "on 2014-6-30"] {
        assert_eq!(found("2014-06-30", passage), Some(Grounding::Reformatted), "{passage}");
        assert_eq!(found("2006", passage), None, "{passage}");
        assert_eq!(found("2030", passage), None, "{passage}");
    }
    assert_eq!(found("2014-06-30", "2014-06-30"), Some(Grounding::Verbatim));
}

#[test]
fn a_part_of_a_year_has_words_of_its_own() {
    let written = Some(Grounding::Reformatted);
    for (edtf, passage, expected) in [
        ("2001-21", "in spring 2001", written),
        ("2001-25", "in spring 2001", written),
        ("2001-29", "in the spring of 2001", written),
        ("2001-32", "in the winter of 2001", written),
        ("2001-26", "in spring 2001", None),
        ("2001-34", "in the 2nd quarter of 2001", written),
        ("2001-37", "in the first four months of 2001", written),
        ("2001-39", "in the last third of 2001", written),
        ("1902-23", "at the waterfall of 1902", None),
        ("1902-23", "in the fall of 1902", written),
        ("1902-21", "at the springs in 1902", None),
    ] {
        assert_eq!(found(edtf, passage), expected, "{edtf} {passage}");
    }
}

#[test]
fn every_date_of_an_interval_or_a_set_has_to_be_there() {
    assert_eq!(found("[..2014-06]", "by June 2014"), Some(Grounding::Reformatted));
    assert_eq!(found("2019-12~", "around the end of December 2019"), Some(Grounding::Reformatted));
    assert_eq!(found("1998/2003", "from 1998 to 2003"), Some(Grounding::Verbatim));
    assert_eq!(found("1998/2003", "from 1998 on"), None);
    assert_eq!(found("2021/2022", "the year 2021–22"), Some(Grounding::Reformatted));
    assert_eq!(found("2021-04/2022-03", "in FY 2021–22"), Some(Grounding::Reformatted));
    assert_eq!(found("2021-04/2023-03", "in FY 2021–22"), None);
    assert_eq!(found("199X", "in the 1990s"), Some(Grounding::Verbatim));
    assert_eq!(found("18XX", "in the 19th century"), Some(Grounding::Verbatim));
    assert_eq!(found("-0043", "in 44 BC"), Some(Grounding::Verbatim));
    assert_eq!(found("2001-33", "the first quarter of 2001"), Some(Grounding::Reformatted));
}

#[test]
fn what_stands_around_completes_a_date() {
    let context = Some(Grounding::ByContext);
    assert_eq!(around("1994-09-26", "On 26 September", "", "It began in 1994.", None), context);
    assert_eq!(around("1994-09-26", "On 27 September", "", "It began in 1994.", None), None);
    assert_eq!(around("1995-09-26", "On 26 September", "", "It began in 1994.", None), None);
    assert_eq!(around("1994-09-26", "On 26 September", "1994", "", None), context);
    assert_eq!(around("1995", "the next year", "", "It began in 1994.", None), context);
    assert_eq!(around("1996", "the next year", "", "It began in 1994.", None), None);
    assert_eq!(around("1994", "later that year", "", "It began in 1994.", None), context);
    assert_eq!(around("2023-07-01", "on Saturday", "", "", Some("2023-07-01")), context);
    assert_eq!(around("2023-07-08", "on Saturday", "", "", Some("2023-07-01")), context);
    assert_eq!(around("2023-07-09", "on Saturday", "", "", Some("2023-07-01")), None);
    assert_eq!(around("2023-07-09", "it said", "", "", Some("2023-07-01")), None);
}

#[test]
fn what_bounds_or_blurs_a_date_has_to_be_said() {
    for (edtf, passage, is_there) in [
        ("[..2019]", "by the end of 2019", true),
        ("[..2019-12]", "by the end of 2019", true),
        ("[..2019]", "in 2019", false),
        ("[2019..]", "not before 2019", true),
        ("[2019..]", "by 2019", false),
        ("2019-09-22/..", "since 22 September 2019", true),
        ("2019-09-22/..", "on 22 September 2019", false),
        ("2019~", "around 2019", true),
        ("2019~", "in 2019", false),
        ("2019-12", "at the end of 2019", true),
        ("2019-11", "at the end of 2019", false),
        ("2019-12", "the end of the year was in 2019", false),
    ] {
        assert_eq!(found(edtf, passage).is_some(), is_there, "{edtf} {passage}");
    }
}

#[test]
fn the_words_that_bear_a_date_are_told() {
    for (edtf, passage, words) in [
        ("2021-03-08", "It began on the 8th of March 2021, or so", vec![4, 5, 6, 7, 8]),
        ("[..2019]", "Done by the end of 2019.", vec![1, 2, 3, 4, 5]),
        ("2021/2022", "in the academic year 2021–22", vec![2, 3, 4, 5]),
        ("1994-09", "In 1994 it began; September was wet", vec![1, 4]),
        ("2001-33", "the 1st quarter of 2001", vec![1, 2, 3, 5]),
    ] {
        let tokens = tokens(passage, 0);
        let dates = |text: &str| Dates::read(&super::super::tokens::tokens(text, 0), Language::usual());
        let around = || Around { headings: dates(""), before: dates(""), published: None };
        let hit = Dates::read(&tokens, Language::usual()).find(&When::parse(edtf).unwrap(), around).unwrap();
        let mut found = hit.tokens;
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, words, "{edtf} {passage}");
    }
}

#[test]
fn any_date_is_looked_for() {
    for edtf in ["XXXX-12-25", "Y170000", "1950S2", "2004-01-01T10:10:10Z", "{1667,1668}", "../1985", "-0043-03"] {
        if let Ok(when) = When::parse(edtf) {
            let dates = |text: &str| Dates::read(&tokens(text, 0), Language::usual());
            let around = || Around { headings: dates(""), before: dates(""), published: None };
            let _ = dates("99999999999/1/1 2021–9999 1–2").find(&when, around);
        }
    }
}
