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

/// Formats the holdings as `ann stated, bob last known?`, with a question mark for "possible", a stroke for "part of it".
fn show(graph: &Graph, holdings: &[Holding]) -> String {
    let one = |holding: &Holding| {
        let who = holding.person.map(|person| format!("{} ", graph.dossier().label(person)));
        let open = match holding.certainty {
            Certainty::Definite => "",
            Certainty::Part => "/",
            Certainty::Possible => "?",
        };
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
            ("2023-08-01", "ann last known"),
        ],
    );
    check("ann seen=2020-01-01 end=2022", &[("2019-12-31", "not known"), ("2021-01-01", "ann attested")]);
}

#[test]
fn whoever_was_only_seen_is_the_last_known_from_then_on() {
    check(
        "ann seen=1957",
        &[("1956-12-31", "not known"), ("1957-06-01", "ann attested?"), ("1958-01-01", "ann last known")],
    );
    check("ann seen=2023-07-01", &[("2023-07-01", "ann attested"), ("2023-07-02", "ann last known")]);
    check(
        "ann seen=[..2024]",
        &[("2024-06-01", "not known"), ("1990-01-01", "not known"), ("2024-12-31", "ann last known")],
    );
    // What has happened was seen by the horizon.
    let later = [("2021-12-31", "not known"), ("2023-05-05", "ann attested?"), ("2025-12-01", "not known")];
    check("ann seen=[2022..]", &later);
}

#[test]
fn a_term_without_an_end_is_the_last_known_until_a_successor_or_the_horizon() {
    check(
        "ann start=2018-11 end=?; bob start=2025-08",
        &[
            ("2018-10-31", "not known"),
            ("2018-11-15", "ann stated?"),
            ("2018-12-01", "ann last known"),
            ("2025-07-31", "ann last known"),
            ("2025-08-15", "bob stated?, ann last known?"),
            ("2025-08-31", "bob last known"),
            ("2025-11-30", "bob last known"),
            ("2025-12-01", "not known"),
        ],
    );
    // A successor who is only recorded in office is the last known from then on.
    check(
        "ann start=2018; bob seen=2021-05-05",
        &[("2021-05-04", "ann last known"), ("2021-05-05", "bob attested"), ("2021-05-06", "bob last known")],
    );
    check("ann start=2018; bob end=2021-05-05", &[("2021-05-04", "ann last known"), ("2021-06-01", "not known")]);
}

#[test]
fn an_end_with_wide_limits_is_narrowed_by_earlier_dates() {
    check(
        "ann start=2020-03 end=[..2025-11]",
        &[("2020-02-01", "not known"), ("2024-01-01", "ann stated?"), ("2025-12-01", "not known")],
    );
    check("ann start=2020 seen=2020-05", &[("2020-05-15", "ann attested?"), ("2020-06-01", "ann last known")]);
}

#[test]
fn between_an_end_and_a_start_the_holder_is_not_known() {
    let words = "ann end=2019-03; bob start=2020-03";
    check(
        words,
        &[
            ("2019-03-15", "ann stated?"),
            ("2019-04-01", "not known"),
            ("2020-02-29", "not known"),
            ("2020-03-01", "bob stated?"),
            ("2020-04-01", "bob last known"),
        ],
    );
    let (graph, post) = office(words, "2025");
    let [gap] = &holders_on(&graph, post, day("2019-09-15"))[..] else { panic!("one answer") };
    let dates = "ann's term ends March 2019; bob's term starts March 2020";
    assert_eq!(gap.why, format!("Nobody is named between March 2019 and March 2020; {dates}."));
    assert_eq!((gap.basis, gap.proof.len()), (Basis::Inferred, 2));
    for (words, date, why) in [
        ("ann end=2019-03; bob start=2019-06", "2019-04-04", "Nobody is named between March and June 2019;"),
        ("bob start=2019-06", "2019-04-04", "Nobody is named before June 2019;"),
        ("ann end=2019-03", "2019-04-04", "Nobody is named after March 2019;"),
        (
            "ann end=2010 start=2015",
            "2012-04-04",
            "ann's term ends 2010; starts 2015; ann's term is said to end before",
        ),
    ] {
        let (graph, post) = office(words, "2025");
        let why_not = &holders_on(&graph, post, day(date))[0].why;
        assert!(why_not.starts_with(why), "{words}: {why_not}");
    }
}

#[test]
fn a_gap_is_vacant_for_nobody_who_may_or_may_not_fill_it() {
    for cid in ["cid", "cid seen=[..2021]", "cid seen=2019-12-01", "cid end=[2018..]"] {
        assert_eq!(on(&format!("ann end=2019-03; bob start=2020-03; {cid}"), "2019-09-15"), "not known", "{cid}");
    }
    for cid in ["cid seen=2018", "cid seen=2021", "cid start=2010 end=2012", "cid start=2010", "cid seen=2024-01"] {
        assert_eq!(on(&format!("ann end=2019-03; bob start=2020-03; {cid}"), "2019-09-15"), "not known", "{cid}");
    }
    // Begun at some time up to the horizon.
    assert_eq!(on("ann end=2019-03; bob start=2020-03; cid start=[2010..]", "2019-09-15"), "cid stated?");
    check("ann end=2019-03", &[("2019-09-15", "not known")]);
    check("bob start=2020-03", &[("2019-09-15", "not known")]);
}

#[test]
fn two_holders_shown_side_by_side_are_both_named() {
    check(
        "ann start=2015 seen=2020; bob start=2018",
        &[
            ("2017-06-01", "ann attested"),
            ("2019-01-01", "ann attested, bob last known"),
            ("2024-01-01", "ann last known, bob last known"),
        ],
    );
    check("ann start=2015 end=2020; bob start=2018 end=2022", &[("2019-06-01", "ann stated, bob stated")]);
    // Neither is known to follow the other.
    check("ann start=2015; bob start=2015", &[("2020-01-01", "ann last known, bob last known")]);
}

#[test]
fn one_person_may_hold_an_office_twice() {
    let words = "ann start=2010 end=2012-06; bob start=2012-07 end=2014; ann start=2015-03";
    check(
        words,
        &[
            ("2011-01-01", "ann stated"),
            ("2013-01-01", "bob stated"),
            ("2015-02-01", "not known"),
            ("2020-01-01", "ann last known"),
        ],
    );
}

#[test]
fn planned_denied_and_deprecated_claims_name_no_holder() {
    check("ann start=+2020-03", &[("2021-01-01", "not known")]);
    check("ann start=!2020-03", &[("2021-01-01", "not known")]);
    check("ann start=-2019 start=2020-03", &[("2019-06-01", "not known"), ("2021-01-01", "ann last known")]);
    check("ann start=2018 start=*2020-03", &[("2019-06-01", "not known"), ("2021-01-01", "ann last known")]);
    check("ann seen=2018-01-01 seen=*2020-03-01", &[("2019-06-01", "ann attested")]);
    check("ann start=2018 end=+2020", &[("2021-01-01", "ann last known")]);
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
        &[("2019-06-09", "not known"), ("2019-12-01", "ann attested?"), ("2020-04-01", "ann last known")],
    );
    check("ann start=2020 end=2015", &[("2017-01-01", "not known"), ("2020-06-01", "not known")]);
}

#[test]
fn an_office_without_dates_has_an_unknown_holder() {
    for (words, why) in [
        ("", "No document names anybody in this office."),
        ("ann", "ann is named in this office without a date; nothing is stated for the day itself."),
        ("ann end=2019-03", "Nobody is named after March 2019; ann's term ends March 2019."),
        ("ann seen=[..2021]", "ann is seen in office 2021 or before; nothing is stated for the day itself."),
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
            "ann's term starts March 2020; seen in office 8 March 2021; seen in office 1 July 2023.".into(),
            "2020-03 2021-03-08 2023-07-01".into()
        )
    );
    assert_eq!(
        cited("2025-01-01"),
        (
            "ann's term starts March 2020; last seen 1 July 2023; next named, from September 2025, bob; whether until then is not known.".into(),
            "2020-03 2023-07-01 2025-09 blank".into()
        )
    );
}

#[test]
fn for_an_inexact_date_only_what_holds_on_all_its_days_is_definite() {
    let words = "ann end=2019-03; bob start=2020-03-10 seen=2023";
    for (when, answer) in [
        ("2019-09", "not known"),
        ("2019", "ann stated/"),
        ("2019-03", "ann stated/"),
        ("2020-03", "bob attested/"),
        ("2020", "bob attested/"),
        ("2021", "bob attested"),
        ("2022/2024", "bob attested/"),
        ("2024", "bob last known"),
        ("2025", "bob last known?"),
        ("[..2020]", "not known"),
        ("2010", "not known"),
    ] {
        let (graph, post) = office(words, "2025-11");
        let answers = holders_when(&graph, post, &When::parse(when).unwrap());
        assert_eq!(show(&graph, &answers), answer, "{when}");
    }
}
