//! The rules, each on a small invented dossier.

use super::*;
use crate::timeline::authored::{authored, table};
use crate::vocabulary::testing::seeds;

fn services(text: &str, from: &str, to: &str) -> Vec<String> {
    let world = authored(text);
    told(&world, &between(&world, from, to), Part::Section(seeds().section(CoreKind::Institution.into())))
}

fn figures(text: &str, from: &str, to: &str) -> Vec<String> {
    let world = authored(text);
    told(&world, &between(&world, from, to), Part::Figures)
}

/// Returns the office changes of a dossier with one post; each term is a person with its dates as TOML.
fn offices(terms: &[(&str, &str)], from: &str, to: &str) -> Vec<String> {
    let mut text = table("post", "head", "");
    for (number, (person, dates)) in terms.iter().enumerate() {
        if !terms[..number].iter().any(|(other, _)| other == person) {
            text.push_str(&table("person", person, ""));
        }
        let id = format!("{person}-{number}");
        text.push_str(&table("tenure", &id, &format!("person = \"{person}\"\npost = \"head\"\n{dates}")));
    }
    let world = authored(&text);
    told(&world, &between(&world, from, to), Part::Offices)
}

#[test]
fn a_date_that_may_be_outside_the_days_is_possible() {
    let ward = table("facility", "ward", "opened = \"2001\"");
    assert_eq!(services(&ward, "2001", "2001"), ["began 2001 facility/ward opened:  > opened"]);
    assert_eq!(services(&ward, "2001-06", "2002"), ["began? 2001 facility/ward opened:  > opened"]);
    assert_eq!(services(&ward, "2000", "2001-06"), ["began? 2001 facility/ward opened:  > opened"]);
    assert!(services(&ward, "2001-12-31", "2002").is_empty());
    assert!(services(&ward, "2000", "2000").is_empty());
}

#[test]
fn a_date_whose_sentence_ends_with_its_subject_is_told_by_its_label() {
    let declared = "[vocabulary]\nbase = \"general\"\n[[property]]\nname = \"dug\"\nlabel = \"Ground broken\"\nof = \"facility\"\n\
                    value = \"date\"\nrole = \"begins\"\nhappening = \"Ground is broken for {subject}\"\n";
    let text = format!("{declared}{}", table("facility", "ward", "dug = \"2001\""));
    assert_eq!(services(&text, "2001", "2001"), ["began 2001 facility/ward dug:  > Ground broken"]);
}

#[test]
fn a_postponed_plan_is_two_plans_and_no_opening() {
    let plan = |date: &str| format!("{{ value = \"{date}\", modality = \"planned\" }}");
    let ward = |dates: &[String]| table("facility", "ward", &format!("opened = [{}]", dates.join(", ")));
    let put_off = ward(&[plan("[..2018]"), plan("[..2019]")]);
    assert_eq!(
        services(&put_off, "2010", "2020"),
        [
            "began? [..2018] facility/ward opened:  > opened planned",
            "began? [..2019] facility/ward opened:  > opened planned",
        ]
    );
    let closer = ward(&[plan("2018"), plan("2018-03")]);
    // Nobody knows when either was made, so that they may be two promises.
    assert_eq!(
        services(&closer, "2010", "2020"),
        ["began 2018 facility/ward opened:  > opened planned", "began 2018-03 facility/ward opened:  > opened planned"]
    );
    let kept = ward(&[plan("2018"), "\"2018-03\"".into()]);
    assert_eq!(
        services(&kept, "2010", "2020"),
        ["began 2018 facility/ward opened:  > opened planned", "began 2018-03 facility/ward opened:  > opened"]
    );
}

#[test]
fn denied_and_alleged_keep_their_modality_and_deprecated_claims_do_not_count() {
    let said = |how: &str| table("facility", "ward", &format!("opened = {{ value = \"2018\", {how} }}"));
    assert_eq!(
        services(&said("modality = \"denied\""), "2018", "2018"),
        ["began 2018 facility/ward opened:  > opened denied"]
    );
    assert_eq!(
        services(&said("modality = \"alleged\""), "2018", "2018"),
        ["began 2018 facility/ward opened:  > opened alleged"]
    );
    assert!(services(&said("rank = \"deprecated\", reason = \"r\""), "2018", "2018").is_empty());
}

#[test]
fn a_figure_dated_to_the_first_day_began_on_it() {
    let beds = "beds = [{ value = 10, as_of = \"2020\" }, { value = 20, as_of = \"2021-01-01\" }]";
    let ward = table("facility", "ward", beds);
    let raised = "changed 2021-01-01 facility/ward beds: 10 beds > 20 beds";
    assert_eq!(figures(&ward, "2021", "2022"), [raised]);
    assert_eq!(figures(&ward, "2020-12-31", "2021-01-01"), [raised]);
    assert!(figures(&ward, "2021-01-01", "2022").is_empty());
}

#[test]
fn a_figure_ends_with_its_end_and_a_plan_is_not_a_figure() {
    let ward = table("facility", "ward", "beds = { value = 10, start = \"2019\", end = \"2021-06\" }");
    assert_eq!(figures(&ward, "2020", "2022"), ["ended 2021-06 facility/ward beds: 10 beds >"]);
    assert_eq!(
        figures(&ward, "2020", "2021-06-15"),
        ["ended? 2021-06 facility/ward beds: 10 beds > 10 beds (possible)"]
    );
    let plan = "beds = [{ value = 10, as_of = \"2019\" }, { value = 50, as_of = \"2021\", modality = \"planned\" }]";
    let plan = table("facility", "ward", plan);
    assert_eq!(figures(&plan, "2020", "2022"), ["began 2021 facility/ward beds:  > 50 beds planned"]);
}

#[test]
fn different_numbers_for_the_same_time_are_shown_together() {
    let ward = table("facility", "ward", "beds = [{ value = 10, as_of = \"2021\" }, { value = 12, as_of = \"2021\" }]");
    assert_eq!(figures(&ward, "2020", "2022"), ["began? 2021 facility/ward beds:  > 10 beds or 12 beds"]);
}

#[test]
fn a_person_known_better_or_worse_is_no_change() {
    // The last known at first, attested on the later day.
    let ann = [("ann", "start = \"2019\"\nattested = \"2022\"")];
    assert!(offices(&ann, "2020", "2022").is_empty());
    assert!(offices(&ann, "2021", "2030").is_empty());
}

#[test]
fn a_person_known_on_only_one_day_possibly_came_or_went() {
    let seen = [("ann", "attested = \"2021-05-05\"")];
    assert_eq!(offices(&seen, "2020", "2021-05-05"), ["began? - post/head: not known > ann (attested)"]);
    // From then on she is the last known, and nobody is known to have come or gone.
    assert!(offices(&seen, "2021-05-05", "2022").is_empty() && offices(&seen, "2020", "2022").is_empty());
    // A date makes it definite.
    let gone = [("ann", "attested = \"2021-05-05\"\nend = \"2021-08\"")];
    assert_eq!(offices(&gone, "2021-05-05", "2022"), ["ended 2021-08 post/head: ann (attested) > not known"]);
}

#[test]
fn a_term_that_began_and_ended_in_between_is_reported_by_its_dates() {
    let terms = [
        ("ann", "start = \"2015\"\nend = \"2019\""),
        ("bob", "start = \"2020\"\nend = \"2021\""),
        ("cyd", "start = \"2022\""),
    ];
    assert_eq!(
        offices(&terms, "2016", "2023"),
        [
            "began 2020 tenure/bob-1 start:  > begins",
            "ended 2021 tenure/bob-1 end:  > ends",
            "changed 2022 post/head: ann (stated) > cyd (last known)",
        ]
    );
}

#[test]
fn a_person_who_returned_is_no_change_but_the_terms_are_reported() {
    let terms = [("ann", "start = \"2015\"\nend = \"2018\""), ("ann", "start = \"2020\"")];
    assert_eq!(
        offices(&terms, "2016", "2021"),
        ["ended 2018 tenure/ann-0 end:  > ends", "began 2020 tenure/ann-1 start:  > begins"]
    );
}
