//! `between`: the time between two dates, claims or things that have a date.

use serde_json::Value;

use crate::support::program::{annals, annals_on, folder, found, list, rows, text};

/// A dossier on a tramway.
pub const TRAM: &str = include_str!("tram.toml");

/// Returns what the command prints of the tramway.
fn tram(args: &[&str]) -> String {
    let folder = folder(&[("dossier.toml", TRAM)]);
    let ran = annals_on(folder.path(), &[&["between"], args].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
    ran.stdout
}

/// Returns the lines of a message about a mistake.
fn mistake(args: &[&str]) -> Vec<String> {
    let folder = folder(&[("dossier.toml", TRAM)]);
    let ran = annals_on(folder.path(), &[&["between"], args].concat());
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
    ran.stderr.lines().map(str::to_owned).collect()
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap()
}

#[test]
fn the_days_between_two_openings_are_told_with_the_evidence_of_both() {
    let shown = found(&["between", "kalyani-opd", "kalyani-ipd"]);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(
        lines,
        [
            "B is 1125 days after A: 3 years 30 days",
            "",
            "A  2021-01-27  Outpatient department (OPD): opened",
            "      kalyani, Patient care / p1 s1 (line 221)",
            "B  2024-02-26  Inpatient department (IPD): inaugurated",
            "      kalyani, Patient care / p2 s1 (line 223)",
        ]
    );
    let back = found(&["between", "kalyani-ipd", "kalyani-opd"]);
    assert_eq!(first_line(&back), "B is 1125 days before A: 3 years 30 days");
}

#[test]
fn the_answer_is_data_with_the_claims_of_both_ends() {
    let [answer] = &rows(&["between", "facility/kalyani-opd", "facility/kalyani-ipd.inaugurated"])[..] else {
        panic!()
    };
    assert_eq!((text(answer, "direction"), answer["about"].as_bool()), ("after", Some(false)));
    assert_eq!(answer["days"], serde_json::json!({ "least": 1125, "most": 1125 }));
    assert_eq!(answer["calendar"]["least"], serde_json::json!({ "years": 3, "months": 0, "days": 30 }));
    let end = |name: &str| -> (String, String, String) {
        let end = &answer[name];
        let places: Vec<&Value> = list(end, "claims").iter().flat_map(|claim| list(claim, "evidence")).collect();
        (text(&end["of"], "id").into(), text(&end["when"], "edtf").into(), text(places[0], "section").into())
    };
    assert_eq!(end("a"), ("facility/kalyani-opd".into(), "2021-01-27".into(), "Patient care".into()));
    assert_eq!(end("b"), ("facility/kalyani-ipd".into(), "2024-02-26".into(), "Patient care".into()));
    let typed = ["between", "facility/kalyani-opd", "facility/kalyani-ipd.inaugurated", "--format", "jsonl"];
    let lines = found(&typed);
    assert_eq!((lines.lines().count(), serde_json::from_str::<Value>(&lines).unwrap()), (1, answer.clone()));
    let csv = found(&["between", "kalyani-opd", "kalyani-ipd", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 3);
    assert!(csv.lines().skip(1).all(|line| line.contains(",after,1125,1125,")), "{csv}");
}

#[test]
fn dates_are_taken_as_they_are_typed_elsewhere() {
    for (a, b, words) in [
        ("2021-01-27", "2024-02-26", "B is 1125 days after A: 3 years 30 days"),
        ("jun 2021", "5 jul 2021", "B is between 5 and 34 days after A: less than 2 months"),
        ("2012", "[2020..]", "B is at least 2557 days after A: 7 years or more"),
        ("-0001", "0001", "B is between 367 and 1095 days after A: 1 to 2 years"),
        ("2021", "2021", "B is from 364 days before to 364 days after A: which is earlier is not known"),
    ] {
        assert_eq!(first_line(&found(&["between", a, b])), words, "{a} {b}");
    }
}

#[test]
fn the_whole_line_opened_after_its_first_part_and_after_what_was_promised() {
    let shown = tram(&["first-part", "northern-tram"]);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "B is 119 days after A: 3 months 27 days");
    assert_eq!(lines[3], "      company-history, Milestones / item 5; courier-2022, lead / p5 s3");
    // What was planned is shown, with the id by which it can be asked for.
    assert!(lines[6].starts_with("      not meant: ≤ 2017-09-01, Northern Tram: opened (planned)"), "{shown}");
    assert!(lines[7].starts_with("      not meant: 2020, Northern Tram: opened (planned)"), "{shown}");
    let id = |line: &str| line.split('"').nth(1).unwrap().to_owned();
    let promised = tram(&[&id(lines[6]), "northern-tram"]);
    assert_eq!(first_line(&promised), "B is at least 1646 days after A (planned): 4 years 6 months 4 days or more");
    let last = tram(&[&id(lines[7]), "northern-tram"]);
    assert_eq!(first_line(&last), "B is between 429 and 794 days after A (planned): 1 to 2 years");
}

#[test]
fn what_is_about_a_time_stays_about() {
    let shown = tram(&["first-part", "The ribbon is cut"]);
    assert_eq!(first_line(&shown), "B is about 115 to 145 days after A: about 3 months to 4 months");
    assert!(shown.contains("\nB  2022-03~    The ribbon is cut · approximate\n"), "{shown}");
}

#[test]
fn a_thing_with_several_dates_lists_what_to_type_for_each() {
    assert_eq!(
        mistake(&["ek-director", "2022"]),
        [
            "annals: \"ek-director\" may mean any of these dates:",
            "  \"ek-director start\"  2011-09-01  Tomas Ek, Managing director: begins",
            "  \"ek-director end\"    2015-03     Tomas Ek, Managing director: ends",
        ]
    );
    let days = ["ek-director start", "tenure/ek-director.start", "ek-director Start"]
        .map(|typed| first_line(&tram(&[typed, "wik-director start"])).to_owned());
    assert!(days.iter().all(|line| line == "B is 2345 days after A: 6 years 5 months"), "{days:?}");
    // Dates of one property that differ go by their ids.
    let listed = annals(&["between", "aiims-kalyani proposed", "2024"]).stderr;
    let ids: Vec<&str> = listed.lines().skip(1).map(|line| line.split('"').nth(1).unwrap()).collect();
    assert_eq!(ids.len(), 2, "{listed}");
    for id in ids {
        assert!(id.starts_with('#') && first_line(&found(&["between", id, "2024"])).contains(" after A"), "{id}");
    }
}

#[test]
fn what_has_no_date_or_is_none_is_said() {
    for (a, message) in [
        ("htc opened", "annals: institution/htc has no date under \"Opened\"; it has:"),
        ("lund", "annals: person/lund has no date of its own; expected a date, or something that has one"),
        ("lund born", "annals: person/lund has no date under \"Born\", nor any other"),
        ("northern-trm opened", "annals: no entity \"northern-trm\"; did you mean \"facility/northern-tram\""),
        ("norbaux", "annals: no entity \"norbaux\"; did you mean \"company/norbau\" (Norbau)?"),
        ("2021-13", "annals: \"2021-13\": "),
        ("northern-tram", "annals: \"northern-tram\" and \"northern-tram opened\" are one and the same date"),
    ] {
        let lines = mistake(&[a, "northern-tram opened"]);
        assert!(lines[0].starts_with(message), "{a}: {lines:?}");
    }
}

#[test]
fn a_document_has_the_date_of_its_publication() {
    let shown = tram(&["document/council-2011", "document/courier-2022"]);
    assert_eq!(first_line(&shown), "B is 3924 days after A: 10 years 8 months 26 days");
}
