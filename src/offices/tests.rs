//! Small invented offices for every state, random ones for the invariants, and the embedded dossier.

mod embedded;
mod vacancy;
mod worlds;

use super::*;
use crate::model::builder::Handle;
use crate::model::{Builder, CoreKind, Meta, Modality, NewClaim, NewValue, Rank};

/// Builds an office from a description such as `ann start=2020-03 seen=2021; bob end=2019`.
///
/// A sign before a date makes the claim planned (`+`), denied (`!`), deprecated (`-`) or preferred (`*`); `end=?`
/// leaves the end blank.
fn office(words: &str, horizon: &str) -> (Graph, EntityId) {
    let horizon = Some(horizon).filter(|text| !text.is_empty()).map(|text| When::parse(text).unwrap());
    let mut builder = Builder::with_meta(Meta { horizon, ..Meta::default() });
    let post = builder.entity(CoreKind::Post, "head", "Head").unwrap();
    for (number, tenure) in words.split(';').map(str::trim).filter(|tenure| !tenure.is_empty()).enumerate() {
        add_tenure(&mut builder, post, number, tenure);
    }
    let graph = Graph::new(builder.finish());
    let post = graph.dossier().find("post/head").unwrap();
    (graph, post)
}

fn add_tenure(builder: &mut Builder, post: Handle, number: usize, words: &str) {
    let mut words = words.split(' ');
    let name = words.next().unwrap();
    let person = builder.find(&format!("person/{name}"));
    let person = person.unwrap_or_else(|| builder.entity(CoreKind::Person, name, name).unwrap());
    let tenure = builder.entity(CoreKind::Tenure, &format!("{name}-{number}"), name).unwrap();
    builder.claim(NewClaim::new(tenure, Core::Person, NewValue::Entity(person)));
    builder.claim(NewClaim::new(tenure, Core::Post, NewValue::Entity(post)));
    for word in words {
        let (property, date) = word.split_once('=').unwrap();
        let property = match property {
            "start" => Core::Start,
            "end" => Core::End,
            _ => Core::Attested,
        };
        let value = |date: &str| match date {
            "?" => NewValue::Missing,
            date => NewValue::Date(When::parse(date).unwrap()),
        };
        let plain = NewClaim::new(tenure, property, value(date.trim_start_matches(['+', '!', '-', '*'])));
        builder.claim(match date.chars().next() {
            Some('+') => NewClaim { modality: Modality::Planned, ..plain },
            Some('!') => NewClaim { modality: Modality::Denied, ..plain },
            Some('*') => NewClaim { rank: Rank::Preferred, ..plain },
            Some('-') => NewClaim { rank: Rank::Deprecated, ..plain },
            _ => plain,
        });
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Formats the holdings as `ann stated, bob assumed?`, with a question mark for "possible".
fn show(graph: &Graph, holdings: &[Holding]) -> String {
    let one = |holding: &Holding| {
        let who = holding.person.map(|person| format!("{} ", graph.dossier().label(person)));
        let open = if holding.certainty == Certainty::Possible { "?" } else { "" };
        format!("{}{}{open}", who.unwrap_or_default(), holding.state)
    };
    holdings.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn on(words: &str, date: &str) -> String {
    let (graph, post) = office(words, "2025-11");
    show(&graph, &holders_on(&graph, post, day(date)))
}

fn check(words: &str, answers: &[(&str, &str)]) {
    for (date, answer) in answers {
        assert_eq!(on(words, date), *answer, "{words} on {date}");
    }
}

#[test]
fn between_a_start_and_an_end_the_holder_is_stated() {
    check(
        "ann start=2020-03 end=2022",
        &[
            ("2020-02-29", "not known"),
            ("2020-03-01", "ann stated?"),
            ("2020-03-31", "ann stated"),
            ("2021-12-31", "ann stated"),
            ("2022-01-01", "ann stated"),
            ("2022-01-02", "ann stated?"),
            ("2022-12-31", "ann stated?"),
            ("2023-01-01", "not known"),
        ],
    );
    // The first day is stated whatever else is known.
    check("ann start=2020-03-10 seen=2023", &[("2020-03-10", "ann stated"), ("2020-03-11", "ann attested")]);
    check("ann start=2020-03-05 end=2020-03-05", &[("2020-03-05", "ann stated"), ("2020-03-06", "not known")]);
}

#[test]
fn an_end_without_a_start_proves_only_its_own_day() {
    check(
        "ann end=2019-03",
        &[
            ("2019-02-28", "not known"),
            ("2019-03-01", "ann stated?"),
            ("2019-03-31", "ann stated?"),
            ("2019-04-01", "not known"),
        ],
    );
    check("ann end=2019-03-08", &[("2019-03-07", "not known"), ("2019-03-08", "ann stated")]);
}

#[test]
fn between_two_sightings_the_holder_is_attested() {
    check(
        "ann start=2020 seen=2021-03-08 seen=2023-07",
        &[
            ("2019-12-31", "not known"),
            ("2020-06-01", "ann attested?"),
            ("2020-12-31", "ann attested"),
            ("2021-03-08", "ann attested"),
            ("2023-07-01", "ann attested"),
            ("2023-07-02", "ann attested?"),
            ("2023-07-31", "ann attested?"),
            ("2023-08-01", "ann assumed"),
        ],
    );
    check("ann seen=2020-01-01 end=2022", &[("2019-12-31", "not known"), ("2021-01-01", "ann attested")]);
}

#[test]
fn without_a_start_no_holder_is_assumed_beside_the_sightings() {
    check(
        "ann seen=1957",
        &[("1956-12-31", "not known"), ("1957-06-01", "ann attested?"), ("1958-01-01", "not known")],
    );
    check("ann seen=2023-07-01", &[("2023-07-01", "ann attested"), ("2023-07-02", "not known")]);
    check("ann seen=[..2025-11]", &[("2025-06-01", "not known"), ("1990-01-01", "not known")]);
}

#[test]
fn a_term_without_an_end_is_assumed_until_a_successor_or_the_horizon() {
    check(
        "ann start=2018-11 end=?; bob start=2025-08",
        &[
            ("2018-10-31", "not known"),
            ("2018-11-15", "ann stated?"),
            ("2018-12-01", "ann assumed"),
            ("2025-07-31", "ann assumed"),
            ("2025-08-15", "bob stated?, ann assumed?"),
            ("2025-08-31", "bob assumed"),
            ("2025-11-30", "bob assumed"),
            ("2025-12-01", "not known"),
        ],
    );
    // A successor who is only recorded in office ends the assumption from then on.
    check(
        "ann start=2018; bob seen=2021-05-05",
        &[("2021-05-04", "ann assumed"), ("2021-05-05", "bob attested"), ("2021-05-06", "not known")],
    );
    check("ann start=2018; bob end=2021-05-05", &[("2021-05-04", "ann assumed"), ("2021-06-01", "not known")]);
}

#[test]
fn an_end_with_wide_limits_is_narrowed_by_earlier_dates() {
    check(
        "ann start=2020-03 end=[..2025-11]",
        &[("2020-02-01", "not known"), ("2024-01-01", "ann stated?"), ("2025-12-01", "not known")],
    );
    check("ann start=2020 seen=2020-05", &[("2020-05-15", "ann attested?"), ("2020-06-01", "ann assumed")]);
}

#[test]
fn between_an_end_and_a_start_the_office_is_vacant() {
    let words = "ann end=2019-03; bob start=2020-03";
    check(
        words,
        &[
            ("2019-03-15", "ann stated?"),
            ("2019-04-01", "vacant"),
            ("2020-02-29", "vacant"),
            ("2020-03-01", "bob stated?"),
            ("2020-04-01", "bob assumed"),
        ],
    );
    let (graph, post) = office(words, "2025");
    let [gap] = &holders_on(&graph, post, day("2019-09-15"))[..] else { panic!("one answer") };
    assert_eq!(gap.why, "ann's term ends 2019-03; bob's term starts 2020-03; nobody is stated in between.");
    assert_eq!((gap.basis, gap.proof.len()), (Basis::Inferred, 2));
}

#[test]
fn a_gap_that_another_term_may_fill_is_not_vacant() {
    for cid in ["cid", "cid seen=[..2021]", "cid seen=2019-12-01", "cid start=[2010..]", "cid end=[2018..]"] {
        assert_eq!(on(&format!("ann end=2019-03; bob start=2020-03; {cid}"), "2019-09-15"), "not known", "{cid}");
    }
    for cid in ["cid seen=2018", "cid seen=2021", "cid start=2010 end=2012", "cid start=2010", "cid seen=2024-01"] {
        assert_eq!(on(&format!("ann end=2019-03; bob start=2020-03; {cid}"), "2019-09-15"), "vacant", "{cid}");
    }
    check("ann end=2019-03", &[("2019-09-15", "not known")]);
    check("bob start=2020-03", &[("2019-09-15", "not known")]);
}

#[test]
fn two_holders_shown_side_by_side_are_both_named() {
    check(
        "ann start=2015 seen=2020; bob start=2018",
        &[
            ("2017-06-01", "ann attested"),
            ("2019-01-01", "ann attested, bob assumed"),
            ("2024-01-01", "ann assumed, bob assumed"),
        ],
    );
    check("ann start=2015 end=2020; bob start=2018 end=2022", &[("2019-06-01", "ann stated, bob stated")]);
    // Neither is known to follow the other.
    check("ann start=2015; bob start=2015", &[("2020-01-01", "ann assumed, bob assumed")]);
}

#[test]
fn one_person_may_hold_an_office_twice() {
    let words = "ann start=2010 end=2012-06; bob start=2012-07 end=2014; ann start=2015-03";
    check(
        words,
        &[
            ("2011-01-01", "ann stated"),
            ("2013-01-01", "bob stated"),
            ("2015-02-01", "vacant"),
            ("2020-01-01", "ann assumed"),
        ],
    );
}

#[test]
fn planned_denied_and_deprecated_claims_name_no_holder() {
    check("ann start=+2020-03", &[("2021-01-01", "not known")]);
    check("ann start=!2020-03", &[("2021-01-01", "not known")]);
    check("ann start=-2019 start=2020-03", &[("2019-06-01", "not known"), ("2021-01-01", "ann assumed")]);
    check("ann start=2018 start=*2020-03", &[("2019-06-01", "not known"), ("2021-01-01", "ann assumed")]);
    check("ann seen=2018-01-01 seen=*2020-03-01", &[("2019-06-01", "ann attested")]);
    check("ann start=2018 end=+2020", &[("2021-01-01", "ann assumed")]);
}

#[test]
fn contradicting_dates_make_the_answer_possible() {
    check(
        "ann start=2018 start=2020-03 end=2022",
        &[("2017-12-31", "not known"), ("2019-01-01", "ann stated?"), ("2021-01-01", "ann stated")],
    );
    // Recorded after the stated end.
    check(
        "ann start=2018 end=2019-03 seen=2019-06-10",
        &[("2019-05-01", "ann attested?"), ("2019-06-10", "ann attested?"), ("2019-06-11", "not known")],
    );
    // Recorded before the stated start.
    check(
        "ann start=2020-03 seen=2019-06-10",
        &[("2019-06-09", "not known"), ("2019-12-01", "ann attested?"), ("2020-04-01", "ann assumed")],
    );
    check("ann start=2020 end=2015", &[("2017-01-01", "not known"), ("2020-06-01", "not known")]);
}

#[test]
fn an_office_without_dates_has_an_unknown_holder() {
    for (words, why) in [
        ("", "No document names anybody in this office."),
        ("ann", "ann is named in this office without a date; nothing is stated for the day itself."),
        ("ann end=2019-03", "ann's term ends 2019-03; nothing is stated for the day itself."),
        ("ann seen=[..2021]", "ann is seen in office ≤ 2021; nothing is stated for the day itself."),
    ] {
        let (graph, post) = office(words, "");
        let [answer] = &holders_on(&graph, post, day("2020-01-01"))[..] else { panic!("one answer") };
        assert_eq!((answer.state, answer.why.as_str()), (Knowledge::Unknown, why), "{words}");
        assert_eq!((answer.person, answer.tenure), (None, None));
    }
}

#[test]
fn an_answer_cites_the_dates_in_its_explanation() {
    let (graph, post) = office("ann start=2020-03 seen=2021-03-08 seen=2023-07-01 end=?; bob start=2025-09", "2025-11");
    let cited = |date: &str| {
        let [answer] = &holders_on(&graph, post, day(date))[..] else { panic!("one answer") };
        let dossier = graph.dossier();
        let claims = answer.proof.iter().map(|&id| dossier.claim(id));
        let dates = claims.map(|claim| dossier.date(claim).map_or("blank".to_owned(), When::stated));
        (answer.why.clone(), dates.collect::<Vec<_>>().join(" "))
    };
    assert_eq!(
        cited("2021-06-01"),
        (
            "ann's term starts 2020-03; seen in office 2021-03-08; seen in office 2023-07-01.".into(),
            "2020-03 2021-03-08 2023-07-01".into()
        )
    );
    assert_eq!(
        cited("2025-01-01"),
        (
            "ann's term starts 2020-03; seen in office 2023-07-01; no end is stated; bob's term starts 2025-09.".into(),
            "2020-03 2023-07-01 blank 2025-09".into()
        )
    );
}

#[test]
fn for_an_inexact_date_only_what_holds_on_all_its_days_is_definite() {
    let words = "ann end=2019-03; bob start=2020-03-10 seen=2023";
    for (when, answer) in [
        ("2019-09", "vacant"),
        ("2019", "ann stated?, vacant?"),
        ("2020-03", "bob attested?, vacant?"),
        ("2020", "bob attested?, vacant?"),
        ("2021", "bob attested"),
        ("2022/2024", "bob assumed?"),
        ("2025", "bob assumed?"),
        ("[..2020]", "not known"),
        ("2010", "not known"),
    ] {
        let (graph, post) = office(words, "2025-11");
        let answers = holders_when(&graph, post, &When::parse(when).unwrap());
        // Attested on one day and assumed on another make assumed; a date may be both certain and open.
        assert_eq!(show(&graph, &answers), answer, "{when}");
    }
}
