//! Positions of invented claims and of the embedded dossier.
//!
//! Invariant: what is expected is written out by hand.

use super::*;
use crate::formats::author;
use crate::syntax::SourceFile;

const WORLD: &str = r#"
document = "p"
[dossier]
key = "b"
title = "A bridge"
format = 2
[[source]]
id = "p"
key = "P"
title = "An undated paper"
[[source]]
id = "q"
key = "Q"
title = "A paper of 2018"
published = "2018-05-02"
[[item]]
id = "bridge"
label = "The bridge"
[[property]]
name = "roads"
label = "Roads"
of = ["item"]
value = "text"
many = false
"#;

/// Returns the positions of some values of one property: the shown value, and the number of claims that support it.
fn positions_in(property: &str, values: &[&str]) -> Vec<String> {
    let claim = |value: &&str| format!("[[claim]]\nof = \"item/bridge\"\n{property} = {value}\n");
    let claims = values.iter().map(claim).collect::<Vec<_>>().concat();
    let (dossier, defects) = author::load(&[SourceFile::new("world.toml", format!("{WORLD}{claims}"))]);
    assert_eq!(defects, []);
    let bridge = dossier.find("item/bridge").unwrap();
    let property = dossier.vocabulary().find_property(property).unwrap();
    let found = positions(&dossier, bridge, property);
    let merged = Merged::new(&dossier, |_| true);
    for position in &found {
        assert!(merged.is_shown(position.claim));
        if position.supports.len() > 1 {
            assert_eq!(merged.supports(position.claim), position.supports);
        }
    }
    assert_eq!(merged.hidden().len() + found.len(), values.len());
    let mut shown: Vec<String> = found
        .iter()
        .map(|position| {
            let claim = dossier.claim(position.claim);
            let value = match claim.value {
                Value::Text(text) => dossier.text(text).to_owned(),
                Value::Number { number, .. } => number.get().to_string(),
                Value::Date(when) => dossier.when(when).edtf().to_owned(),
                Value::Entity(_) | Value::Missing => "blank".to_owned(),
            };
            format!("{value} {} {}", claim.basis(), position.supports.len())
        })
        .collect();
    shown.sort();
    shown
}

/// Holds for every order of the values.
fn expect(property: &str, values: &[&str], wanted: &[&str]) {
    let mut values = values.to_vec();
    for _ in 0..values.len() {
        values.rotate_left(1);
        assert_eq!(positions_in(property, &values), wanted, "{property} {values:?}");
    }
    values.reverse();
    assert_eq!(positions_in(property, &values), wanted, "{property} {values:?}");
}

const PLACE: &str = r#"at = "lead / p1 s1""#;

fn said(value: &str, more: &str) -> String {
    format!("{{ value = {value}, {PLACE}{more} }}")
}

fn all(property: &str, values: &[(&str, &str)], wanted: &[&str]) {
    let values: Vec<String> = values.iter().map(|(value, more)| said(value, more)).collect();
    expect(property, &values.iter().map(String::as_str).collect::<Vec<_>>(), wanted);
}

const INFERRED: &str = r#", basis = "inferred", reason = "as it is""#;
const PLANNED: &str = r#", modality = "planned""#;

#[test]
fn a_day_and_its_month_are_one_position_with_the_basis_of_the_day() {
    all("opened", &[(r#""2021-03""#, ""), (r#""2021-03-05""#, INFERRED)], &["2021-03-05 inferred 2"]);
    all("opened", &[(r#""2021-03""#, INFERRED), (r#""2021-03-05""#, "")], &["2021-03-05 stated 2"]);
    all("opened", &[(r#""2021-03""#, ""), (r#""2021-04-05""#, "")], &["2021-03 stated 1", "2021-04-05 stated 1"]);
}

#[test]
fn a_year_supports_both_of_its_months() {
    all(
        "opened",
        &[(r#""2021""#, ""), (r#""2021-03""#, ""), (r#""2021-04""#, "")],
        &["2021-03 stated 2", "2021-04 stated 2"],
    );
}

#[test]
fn of_equal_values_one_is_shown_and_it_is_the_stated_one_without_doubt() {
    all("opened", &[(r#""2021-03""#, INFERRED), (r#""2021-03""#, "")], &["2021-03 stated 2"]);
    all("opened", &[(r#""2021-03~""#, ""), (r#""2021-03""#, INFERRED)], &["2021-03 inferred 2"]);
    all("opened", &[(r#""[..2021-03]""#, ""), (r#""2019""#, "")], &["2019 stated 2"]);
}

#[test]
fn other_modalities_scopes_states_and_times_are_other_positions() {
    all("opened", &[(r#""2021""#, ""), (r#""2021-03""#, PLANNED)], &["2021 stated 1", "2021-03 stated 1"]);
    all(
        "opened",
        &[(r#""2021""#, ""), (r#""2021-03""#, r#", scope = "phase 1""#)],
        &["2021 stated 1", "2021-03 stated 1"],
    );
    all(
        "opened",
        &[(r#""2021""#, r#", scope = ["a", "b"]"#), (r#""2021-03""#, r#", scope = ["b", "a"]"#)],
        &["2021-03 stated 2"],
    );
    all(
        "length",
        &[(r#""12 km""#, ""), (r#""12.4 km""#, r#", state = "capacity""#)],
        &["12 stated 1", "12.4 stated 1"],
    );
    all("length", &[(r#""12 km""#, r#", as_of = "2019""#), (r#""12.4 km""#, "")], &["12 stated 1", "12.4 stated 1"]);
    all("length", &[(r#""12 km""#, ""), (r#""12 km""#, r#", as_of = "2019""#)], &["12 stated 2"]);
    all(
        "length",
        &[(r#""12 km""#, r#", as_of = "2018""#), (r#""12 km""#, r#", as_of = "2019""#), (r#""12 km""#, "")],
        &["12 stated 2", "12 stated 2"],
    );
}

#[test]
fn a_number_supports_one_that_rounds_to_it() {
    all("length", &[(r#""12 km""#, ""), (r#""12.4 km""#, "")], &["12.4 stated 2"]);
    all("length", &[(r#""12.0 km""#, ""), (r#""12.4 km""#, "")], &["12 stated 1", "12.4 stated 1"]);
    all("length", &[(r#""12 km""#, ""), (r#""12.0 km""#, "")], &["12 stated 2"]);
    // 12.54 rounds to 12.5 and 12.5 to 12, but 12.54 does not round to 12.
    all(
        "length",
        &[(r#""12 km""#, ""), (r#""12.5 km""#, ""), (r#""12.54 km""#, "")],
        &["12 stated 1", "12.54 stated 2"],
    );
}

#[test]
fn a_text_supports_one_with_all_its_words() {
    all("roads", &[(r#""Two lanes""#, ""), (r#""Two wide lanes""#, "")], &["Two wide lanes stated 2"]);
    all("roads", &[(r#""Two lanes""#, ""), (r#""Three lanes""#, "")], &["Three lanes stated 1", "Two lanes stated 1"]);
}

#[test]
fn accounts_of_one_promise_are_one_position_and_promises_are_not() {
    let made = |year: u16| format!("{PLANNED}, as_of = \"{year}\"");
    let (first, second) = (made(2018), made(2019));
    all("opened", &[(r#""2021""#, &first), (r#""2021-03""#, &first)], &["2021-03 stated 2"]);
    all("opened", &[(r#""2021""#, &first), (r#""2021-03""#, &second)], &["2021 stated 1", "2021-03 stated 1"]);
    all("opened", &[(r#""2021""#, PLANNED), (r#""2021-03""#, PLANNED)], &["2021 stated 1", "2021-03 stated 1"]);
    // What is due by the end of a year is due on its last day.
    all("opened", &[(r#""[..2021]""#, &first), (r#""2021-12""#, &first)], &["[..2021] stated 2"]);
    all("opened", &[(r#""[..2021]""#, &first), (r#""2021-03""#, &first)], &["2021-03 stated 1", "[..2021] stated 1"]);
}

#[test]
fn what_is_planned_for_another_time_is_another_position() {
    let by = |year: u16| format!("{PLANNED}, as_of = \"[..{year}]\"");
    all("length", &[(r#""12 km""#, &by(2018)), (r#""12 km""#, &by(2019))], &["12 stated 1", "12 stated 1"]);
    all("length", &[(r#""12 km""#, &by(2018)), (r#""12 km""#, PLANNED)], &["12 stated 2"]);
}

#[test]
fn a_document_dates_the_promises_that_it_tells() {
    let of = |key: &str, value: &str| {
        format!("{{ value = \"{value}\", modality = \"planned\", at = \"{key}: lead / p1 s1\" }}")
    };
    expect("opened", &[&of("Q", "2021"), &of("Q", "2021-03")], &["2021-03 stated 2"]);
    expect("opened", &[&of("P", "2021"), &of("Q", "2021-03")], &["2021 stated 1", "2021-03 stated 1"]);
    // A document that appeared after the planned day tells of an older promise, made at a time that is not known.
    expect("opened", &[&of("Q", "2016"), &of("Q", "2016-03")], &["2016 stated 1", "2016-03 stated 1"]);
}

#[test]
fn deprecated_claims_support_no_other() {
    let old = r#", rank = "deprecated", reason = "a slip""#;
    all("opened", &[(r#""2021""#, old), (r#""2021-03""#, "")], &["2021 stated 1", "2021-03 stated 1"]);
}

#[test]
fn a_slot_of_a_thousand_claims_keeps_them_all() {
    let values: Vec<String> = (1000..2000).map(|year| said(&format!("\"{year}\""), "")).collect();
    let refs: Vec<&str> = values.iter().map(String::as_str).collect();
    assert_eq!(positions_in("opened", &refs).len(), 1000);
}
