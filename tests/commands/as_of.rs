//! `--as-of`: every command answers as of a day, and the timeline marks later entries.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::program::{annals, annals_on, finish, found, list, program, rows, text};

/// Returns the ids of the rows of the timeline with the given state as of the moment.
fn standing<'a>(rows: &'a [Value], standing: &str) -> Vec<&'a str> {
    rows.iter().filter(|row| row["as_of"] == standing).map(|row| text(row, "id")).collect()
}

#[test]
fn the_timeline_says_of_every_row_how_it_stands() {
    let rows = rows(&["timeline", "--as-of", "2021-06-15"]);
    let later = [
        "agreement/mou-nibmg-iiit-kalyani",
        // Planned for November 2021 by an undated document; then what had happened by that month.
        "programme/roy-medical-courses",
        "event/medical-courses-declared",
        "programme/kalyani-bsc-nursing",
        "event/sariful-complaint",
        "event/police-report-2022",
        "event/relatives-questioned",
        "event/postgraduate-permission",
        // Both had happened by the date of a report of 2023.
        "facility/mookerjee-hospital",
        "facility/mookerjee-opd",
        "agreement/mou-iit-kharagpur",
        // A plan from that report.
        "facility/mookerjee-ipd",
        "event/msc-nursing-start",
        "event/swasthya-sathi-request",
        "facility/kalyani-ipd",
        "agreement/medtech-partnership",
        "agreement/mou-power-grid",
        "event/phd-start",
        "event/super-specialty-start",
        "tenure/yk-gupta-president",
        "tenure/arvind-sinha-director",
        "institution/school-for-skills",
        "event/school-for-skills-launch",
    ];
    assert_eq!(standing(&rows, "later"), later);
    let dated: Vec<Value> = rows.iter().filter(|row| !row["when"].is_null()).cloned().collect();
    // A plan for a year that contains the day, from an undated document.
    let undated = ["programme/roy-medical-courses"];
    assert_eq!(standing(&dated, "undated"), undated);
    assert_eq!(standing(&rows, "undated").len() - undated.len(), rows.len() - dated.len());
    assert_eq!(rows.len() - dated.len(), 8);
    assert_eq!((dated.len(), standing(&dated, "so").len(), standing(&dated, "possible").len()), (60, 35, 1));
}

#[test]
fn within_a_year_that_alone_is_known_things_are_possible() {
    // "2019–20" and September have begun and are not over.
    let rows = rows(&["timeline", "--as-of", "2019-09-10"]);
    assert_eq!(
        standing(&rows, "possible"),
        [
            "event/research-projects-2019",
            "institution/aiims-kalyani",
            "programme/kalyani-mbbs",
            "event/first-batch-at-jnm"
        ]
    );
    let shown = found(&["timeline", "--as-of", "2019-09-10"]);
    assert_eq!(shown.lines().filter(|line| line.contains("possible")).count(), 4);
}

#[test]
fn nothing_is_dropped_and_the_rule_stands_where_later_begins() {
    let plain = found(&["timeline"]);
    let shown = found(&["timeline", "--as-of", "2021-06-15"]);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), plain.lines().count() + 1);
    let rule = lines.iter().position(|line| *line == "═══ as of 2021-06-15 · below: later ═══").unwrap();
    assert!(lines[rule - 1].contains("Unified Library Services: operational"), "{}", lines[rule - 1]);
    assert!(lines[rule + 1].starts_with(" 2021-09-··") && lines[rule + 1].contains("NIBMG"), "{}", lines[rule + 1]);
    assert_eq!(found(&["--as-of", "2021-06-15"]), shown);
    // A moment without month and day is the whole year.
    let shown = found(&["timeline", "--as-of", "2021"]);
    let rule = shown.lines().position(|line| line == "═══ as of 2021 · below: later ═══").unwrap();
    assert!(shown.lines().nth(rule + 1).unwrap().starts_with(" 2022-03-01"));
    // No entry is later than 2030.
    let shown = found(&["timeline", "--as-of", "2030"]);
    assert!(!shown.contains("later"), "{shown}");
    assert_eq!(shown.lines().count(), plain.lines().count());
}

#[test]
fn every_form_of_the_timeline_has_the_same_standings() {
    let plain = found(&["timeline", "--format", "json"]);
    assert!(!plain.contains("\"as_of\""), "nobody asked");
    assert!(!found(&["timeline", "--format", "csv"]).lines().next().unwrap().contains("as_of"));
    let rows = rows(&["timeline", "--as-of", "2021-06-15"]);
    let of_json: Vec<&str> = rows.iter().map(|row| text(row, "as_of")).collect();
    let lines = found(&["timeline", "--as-of", "2021-06-15", "--format", "jsonl"]);
    let of_lines: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["as_of"].as_str().unwrap().to_owned())
        .collect();
    let table = found(&["timeline", "--as-of", "2021-06-15", "--format", "csv"]);
    let mut table = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(table.headers().unwrap().iter().next_back(), Some("as_of"));
    let of_table: Vec<String> =
        table.records().map(|row| row.unwrap().iter().next_back().unwrap().to_owned()).collect();
    assert_eq!(of_lines, of_json);
    assert_eq!(of_table, of_json);
}

#[test]
fn figures_are_those_in_force() {
    let seats = |at: &[&str]| {
        let rows = rows(&[&["figures"], at].concat());
        let mbbs: Vec<f64> = rows
            .iter()
            .filter(|row| row["id"] == "programme/kalyani-mbbs" && row["what"] == "Seats")
            .map(|row| row["figure"].as_f64().unwrap())
            .collect();
        mbbs
    };
    assert_eq!(seats(&[]), [50.0, 125.0]);
    assert_eq!(seats(&["--as-of", "2018"]), [] as [f64; 0]);
    assert_eq!(seats(&["--as-of", "2019"]), [50.0]);
    assert_eq!(seats(&["--as-of", "2021-06-15"]), [125.0]);
    let shown = found(&["figures", "--as-of", "2021-06-15"]);
    assert_eq!(shown.lines().next(), Some("Figures · as of 2021-06-15"));
    // The inpatient department dates from 2024, the seats of the M.Sc. in Nursing from 2023.
    let of = |id: &str| rows(&["figures", "--as-of", "2021-06-15"]).iter().any(|row| row["id"] == id);
    assert!(!of("facility/kalyani-ipd") && !of("event/msc-nursing-start"));
    assert!(of("facility/kalyani-opd"), "opened in January");
}

#[test]
fn agreements_are_those_signed_by_then() {
    let signed = |at: &str| -> Vec<String> {
        rows(&["agreements", "--as-of", at]).iter().map(|row| text(row, "id").to_owned()).collect()
    };
    assert_eq!(signed("2022"), ["agreement/mou-iiser-kolkata", "agreement/mou-nibmg-iiit-kalyani"]);
    assert_eq!(signed("2021-08"), ["agreement/mou-iiser-kolkata"]);
    let ran = annals(&["agreements", "--as-of", "1999"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
}

#[test]
fn people_whom_only_later_events_name_are_not_there() {
    let people: Vec<String> =
        rows(&["list", "person", "--as-of", "1960"]).iter().map(|row| text(row, "id").to_owned()).collect();
    for there in ["person/jawaharlal-nehru", "person/b-c-roy", "person/vk-tewari"] {
        assert!(people.iter().any(|id| id == there), "{there}");
    }
    for later in ["person/ramji-singh", "person/chitra-sarkar"] {
        assert!(!people.iter().any(|id| id == later), "{later}");
    }
    let ran = annals(&["show", "person/ramji-singh", "--as-of", "1960"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.ends_with("What was not so as of 1960 is left out.\n"), "{}", ran.stderr);
    let card = rows(&["show", "programme/kalyani-mbbs", "--as-of", "2019"]);
    let seats = list(&card[0], "claims").iter().filter(|claim| claim["property"] == "seats");
    assert_eq!(seats.map(|claim| claim["number"].as_f64().unwrap()).collect::<Vec<_>>(), [50.0]);
}

#[test]
fn who_held_an_office_is_asked_of_that_day() {
    let answers = rows(&["who", "AIIMS", "Kalyani", "--as-of", "2021"]);
    let director = answers.iter().find(|row| row["post"]["id"] == "post/kalyani-director").unwrap();
    assert_eq!((text(director, "on"), text(&director["person"], "id")), ("2021", "person/ramji-singh"));
    // The vacancy was concluded, also from what came later.
    let ran = annals(&["who", "kalyani-director", "--as-of", "2019-09-15"]);
    assert_eq!(
        (ran.code, ran.stdout.lines().next()),
        (Some(0), Some("Executive Director, AIIMS Kalyani: vacant, inferred"))
    );
    // An explicit day takes precedence.
    let answers = rows(&["who", "kalyani-director", "--as-of", "2022", "--on", "2019-09-15"]);
    assert_eq!((text(&answers[0], "on"), text(&answers[0], "state")), ("2019-09-15", "vacant"));
}

#[test]
fn lanes_end_at_the_moment() {
    let lanes = rows(&["tenures", "--as-of", "2021-06-15"]);
    let mut bars = 0;
    for lane in &lanes {
        for bar in list(lane, "bars") {
            bars += 1;
            let begins = bar.get("from").map_or("", |when| text(when, "earliest"));
            assert!(begins <= "2021-06-15", "{bar}");
        }
    }
    assert!(bars > 20, "{bars}");
}

#[test]
fn an_export_says_as_of_when_it_is_and_opens_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("past.db");
    let path = file.to_str().unwrap();
    assert_eq!(found(&["export", "--as-of", "2021", "--format", "sqlite", path]), "");
    let check = annals_on(&file, &["check"]);
    assert_eq!(check.code, Some(0), "{}{}", check.stdout, check.stderr);
    for format in ["jsonl", "json", "csv"] {
        let exported = found(&["export", "--as-of", "2021", "--format", format]);
        assert_eq!(annals_on(&file, &["export", "--format", format]).stdout, exported, "{format}");
    }
    let bundle: Value = serde_json::from_str(&found(&["export", "--as-of", "2021", "--format", "json"])).unwrap();
    let origin = text(&bundle["dossier"], "origin");
    assert!(origin.ends_with("As of 2021; what was not so by then is left out."), "{origin}");
    assert_eq!(bundle["dossier"]["horizon"]["edtf"], "2021");

    let whole = found(&["export", "--format", "jsonl"]);
    let by_id = |text: &str| -> BTreeMap<String, Value> {
        let objects = text.lines().skip(1).map(|line| serde_json::from_str::<Value>(line).unwrap());
        objects.map(|object| (object["id"].as_str().unwrap().to_owned(), object)).collect()
    };
    let (past, whole) = (by_id(&found(&["export", "--as-of", "2021", "--format", "jsonl"])), by_id(&whole));
    // A speaker who is not there yet is a name only, and the derived id says so.
    let without_speaker = |claim: &Value| {
        let mut claim = claim.clone();
        if claim.as_object_mut().unwrap().remove("by").is_some() {
            claim.as_object_mut().unwrap().remove("id");
        }
        claim
    };
    for (id, object) in &past {
        let all: Vec<Value> = list(&whole[id], "claims").iter().map(without_speaker).collect();
        assert!(list(object, "claims").iter().all(|claim| all.contains(&without_speaker(claim))), "{id}");
    }
    let gone: Vec<&String> = whole.keys().filter(|id| !past.contains_key(*id)).collect();
    assert!(gone.iter().any(|id| *id == "event/phd-start") && gone.iter().all(|id| !id.starts_with("document/")));
}

#[test]
fn the_explorer_is_drawn_as_of_the_day() {
    let picture = found(&["timeline", "--as-of", "2021-06-15", "--format", "svg"]);
    assert!(picture.contains("as of 2021-06-15"), "the picture says so");
    let drawn = found(&["render", "figures", "--as-of", "2021-06-15", "--size", "120x40"]);
    assert!(drawn.contains("Figures · as of 2021-06-15") && drawn.contains("@2021-06-15"), "{drawn}");
    let drawn = found(&["render", "chronicle", "--as-of", "2021-06-15", "--size", "120x40"]);
    assert!(drawn.contains("as of 2021-06-15 · below: later"), "{drawn}");
    let keys = found(&["render", "chronicle", "--keys", "@ 2 0 2 1 - 0 6 - 1 5 <enter>", "--size", "120x40"]);
    assert!(keys.contains("as of 2021-06-15 · below: later"), "{keys}");
}

#[test]
fn what_is_no_date_is_told_the_forms() {
    for wrong in ["soon", "", "2021-13", "2021-02-30", "15/06/2021", "+6m", "2019/2020"] {
        for command in [&["timeline"][..], &["figures"], &["check"], &[]] {
            let asked = format!("--as-of={wrong}");
            let ran = annals(&[command, &[asked.as_str()]].concat());
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{wrong} {command:?}");
            assert!(ran.stderr.contains("expected 2021, 2021-06, 2021-06-15, jun 2021"), "{wrong}: {}", ran.stderr);
        }
    }
    // Days in words, also before the command.
    let days = ["2021-06-15", "15 jun 2021", "June 15, 2021"].map(|day| found(&["--as-of", day, "figures"]));
    assert!(days.iter().all(|day| *day == days[0]));
}

#[test]
fn a_command_about_files_takes_no_day() {
    for command in [&["check"][..], &["passages"], &["pin"], &["keys"]] {
        let ran = annals(&[command, &["--as-of", "2021"]].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{command:?}");
        let said = "annals: --as-of means nothing here: this command is about files, not about a day\n";
        assert_eq!(ran.stderr, said, "{command:?}");
    }
    for command in ["diff", "between"] {
        let ran = annals(&[command, "2018", "2021", "--as-of", "2020"]);
        let said = "annals: --as-of means nothing here: this command has two dates of its own\n";
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), said), "{command}");
    }
}

#[test]
fn a_day_is_the_same_day_everywhere() {
    for args in [
        &["list", "event"][..],
        &["show", "aiims-kalyani"],
        &["timeline"],
        &["find", "roy"],
        &["export", "--format", "json"],
        &["render", "chronicle", "--size", "120x40"],
        &["render", "figures"],
        &["who", "aiims-kalyani"],
        &["tenures"],
        &["path", "ramji-singh", "vk-tewari"],
        &["matrix"],
        &["agreements"],
        &["figures"],
        &["conflicts"],
        &["names"],
        &["sources"],
        &[],
    ] {
        let args = [args, &["--as-of", "2021-06-15"]].concat();
        let mut elsewhere = program();
        elsewhere.args(&args).env("TZ", "Pacific/Kiritimati").env("LC_ALL", "tr_TR.UTF-8").env("LANG", "tr_TR.UTF-8");
        assert_eq!(finish(elsewhere).stdout, found(&args), "{args:?}");
    }
}
