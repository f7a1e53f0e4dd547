//! `annals tenures`: everything that lasts, in every form.

use crate::support::program::{annals, found, list, rows, text};

#[test]
fn the_director_of_kalyani_is_told_with_the_vacancy_and_the_sources() {
    let shown = found(&["tenures", "--of", "aiims-kalyani"]);
    let at = shown.find("Executive Director, AIIMS Kalyani").unwrap();
    let rows: Vec<String> =
        shown[at..].lines().skip(1).take(4).map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(rows[0], "2019-03-01 – 2019-03-31 stated, possible Dipika Deka C:49");
    assert_eq!(rows[1], "2019-04-01 – 2020-02-29 vacant C:49");
    assert!(rows[3].starts_with("2020-03-31 – 2023-07-01 attested Ramji Singh"), "{rows:?}");
    assert!(!shown.contains("Prime Minister of India"), "that is no office of the institute");
}

#[test]
fn plans_say_by_how_much_they_moved() {
    let lanes = rows(&["tenures", "--of", "roy-institute"]);
    let plan = lanes
        .iter()
        .find(|lane| text(lane, "group") == "Plans" && text(lane, "id") == "institution/roy-institute")
        .unwrap();
    let slip = &list(plan, "arrows")[0];
    let words = "the plan moved by 1 year; which was planned first is not told";
    assert_eq!((text(slip, "kind"), text(slip, "words")), ("slipped", words));
    assert_eq!((text(&slip["from"], "latest"), text(&slip["to"], "latest")), ("2018-12-31", "2019-12-31"));
    assert!(slip["from"].get("earliest").is_none(), "\"by 2018\" has no first day");
    assert_eq!(list(slip, "evidence").len(), 2);
}

#[test]
fn every_bar_has_days_a_state_and_evidence() {
    let mut bars = 0;
    for lane in rows(&["tenures"]) {
        for bar in list(&lane, "bars") {
            bars += 1;
            assert!(text(bar, "earliest") <= text(bar, "latest"), "{bar}");
            assert!(["definite", "possible"].contains(&text(bar, "certainty")), "{bar}");
            assert!(text(bar, "latest") <= "2025-11-30", "beyond the horizon: {bar}");
            assert!(!list(bar, "evidence").is_empty(), "{bar}");
        }
    }
    assert!(bars > 50, "{bars}");
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
