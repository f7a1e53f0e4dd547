//! `annals tenures`: everything that lasts, in every form.

use crate::support::program::{annals, found, list, rows, text};

#[test]
fn the_director_of_kalyani_is_told_with_the_vacancy_and_the_sources() {
    let shown = found(&["tenures", "--of", "aiims-kalyani"]);
    let at = shown.find("Executive Director, AIIMS Kalyani").unwrap();
    let rows: Vec<String> =
        shown[at..].lines().skip(1).take(5).map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(rows[0], "until 2019-03 stated, part of it Dipika Deka C:49");
    assert_eq!(rows[1], "2019-03 – 2020-03 vacant, inferred C:49");
    assert_eq!(rows[2], "2020-03 – 2023-07-01 attested Ramji Singh C:49 C:216 A:1,3");
    assert_eq!(rows[3], "2023-07-01 – 2025-09-22 last known Ramji Singh C:49 A:1,3 C:75 C:49,75");
    assert_eq!(rows[4], "since 2025-09-22 last known Arvind Sinha C:75 C:49");
    assert!(!shown.contains("Prime Minister of India"), "that is no office of the institute");
}

#[test]
fn plans_say_by_how_much_they_moved() {
    let lanes = rows(&["tenures", "--of", "roy-institute"]);
    let plan = lanes
        .iter()
        .find(|lane| text(lane, "group") == "Plans" && text(lane, "id") == "facility/mookerjee-hospital")
        .unwrap();
    let slip = &list(plan, "arrows")[0];
    let words = "the plan moved by 1 year; which was planned first is not told";
    assert_eq!((text(slip, "kind"), text(slip, "words")), ("slipped", words));
    assert_eq!((text(&slip["from"], "latest"), text(&slip["to"], "latest")), ("2018-12-31", "2019-12-31"));
    assert!(slip["from"].get("earliest").is_none(), "\"by 2018\" has no first day");
    // The sentence on the hospital, that on the institute which starts with it, and the later promise.
    assert_eq!(list(slip, "evidence").len(), 3);
}

#[test]
fn every_bar_has_a_period_a_state_and_evidence() {
    let mut bars = 0;
    for lane in rows(&["tenures"]) {
        for bar in list(&lane, "bars") {
            bars += 1;
            let [from, until] = ["from", "until"].map(|end| bar.get(end).map(|when| text(when, "edtf").to_owned()));
            assert!(from.is_some() || until.is_some(), "{bar}");
            assert!(["definite", "part of it", "possible"].contains(&text(bar, "certainty")), "{bar}");
            assert!(until.is_none_or(|until| *until <= *"2025-11-30"), "beyond the horizon: {bar}");
            assert!(!list(bar, "evidence").is_empty(), "{bar}");
        }
    }
    assert!(bars > 40, "{bars}");
}

#[test]
fn every_form_tells_of_the_same_lanes() {
    let lanes = rows(&["tenures"]);
    let lines = found(&["tenures", "--format", "jsonl"]);
    assert_eq!(lines.lines().count(), lanes.len());
    let parts: usize = lanes
        .iter()
        .map(|lane| ["bars", "marks", "arrows"].map(|part| list(lane, part).len()).iter().sum::<usize>())
        .sum();
    let table = found(&["tenures", "--format", "csv"]);
    assert_eq!(csv::Reader::from_reader(table.as_bytes()).records().map(Result::unwrap).count(), parts);
}

#[test]
fn of_what_nothing_lasts_nothing_is_found() {
    let ran = annals(&["tenures", "--of", "place/kolkata"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(1), "", ""));
    let ran = annals(&["tenures", "--of", "nobody-at-all"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
}
