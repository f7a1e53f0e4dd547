//! `annals tenures`: everything that lasts, in every form.

use crate::support::program::{annals, annals_on, folder, found, list, rows, text};

#[test]
fn the_director_of_kalyani_is_told_with_the_vacancy_and_the_sources() {
    let shown = found(&["tenures", "--of", "aiims-kalyani"]);
    let at = shown.find("Executive Director, AIIMS Kalyani").unwrap();
    let rows: Vec<String> =
        shown[at..].lines().skip(1).take(5).map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(rows[0], "until 2019-03 stated, part of it Dipika Deka C:49");
    assert_eq!(rows[1], "2019-03 – 2020-03 vacant, inferred C:49");
    assert_eq!(rows[2], "2020-03 – 2023-07-01 attested Ramji Singh C:49 C:216 A:1,3");
    assert_eq!(rows[3], "2023-07-01 – 2025-09-22 last known Ramji Singh C:49 A:1,3 C:75");
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

/// A school with a head; what is said of the terms follows.
const SCHOOL: &str = r#"
document = "doc"

[dossier]
key = "school"
title = "A school"

[[source]]
id = "doc"
key = "A"
title = "A document"

[[institution]]
id = "school"
label = "Hill School"
at = "lead / p1 s1"

[[post]]
id = "head"
label = "Head"
at = "lead / p1 s1"
institution = "school"

[[person]]
id = "ann"
label = "Ann Ash"
at = "lead / p1 s2"

[[person]]
id = "bea"
label = "Bea Birch"
at = "lead / p1 s3"
"#;

/// Returns the lines that a command prints of the school with these terms: each is a person, and what dates the term.
fn of_school(terms: &[(&str, &str)], command: &[&str]) -> Vec<String> {
    let tenure = |(number, (person, dates)): (usize, &(&str, &str))| {
        format!(
            "[[tenure]]\nid = \"t{number}\"\nat = \"lead / p2 s1\"\nperson = \"{person}\"\npost = \"head\"\n{dates}\n"
        )
    };
    let tenures: String = terms.iter().enumerate().map(tenure).collect();
    let folder = folder(&[("dossier.toml", &format!("{SCHOOL}{tenures}"))]);
    let ran = annals_on(folder.path(), command);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{command:?}");
    ran.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn holders_at_one_time_are_all_told_and_drawn() {
    let terms =
        [("ann", "start = '2000-01-01'\nend = '2006-12-31'"), ("bea", "start = '2004-01-01'\nend = '2010-12-31'")];
    let told = of_school(&terms, &["tenures"]);
    assert_eq!(
        told[2..4],
        ["2000-01-01 – 2006-12-31 stated Ann Ash A p2 s1", "2004-01-01 – 2010-12-31 stated Bea Birch A p2 s1"]
    );
    let who = of_school(&terms, &["who", "post/head", "--on", "2005-06-01"]);
    assert!(who.iter().any(|line| line == "Head: Ann Ash (stated)"), "{who:?}");
    assert!(who.iter().any(|line| line == "Head: Bea Birch (stated)"), "{who:?}");
    let drawn = of_school(&terms, &["render", "tenures", "--size", "100x16"]);
    let rows: Vec<&String> = drawn.iter().filter(|line| line.contains("━━━")).collect();
    assert_eq!(rows.len(), 2, "{drawn:?}");
    assert!(rows[0].contains("Ann Ash") && rows[1].contains("Bea Birch"), "{rows:?}");
}

#[test]
fn holders_one_after_the_other_share_a_row() {
    let terms = [("ann", "start = '2000'\nend = '2006-12'"), ("bea", "start = '2006-12'\nend = '2010'")];
    let drawn = of_school(&terms, &["render", "tenures", "--size", "100x16"]);
    let rows = drawn.iter().filter(|line| line.contains("━━━")).count();
    assert_eq!(rows, 1, "{drawn:?}");
    let told = of_school(&terms, &["tenures"]);
    assert_eq!(told[2..4], ["2000 – 2006-12 stated Ann Ash A p2 s1", "2006-12 – 2010 stated Bea Birch A p2 s1"]);
}

#[test]
fn a_term_that_ends_before_it_begins_shows_its_dates() {
    let told = of_school(&[("ann", "start = '2010'\nend = '2005'")], &["tenures"]);
    assert_eq!(told[2..4], ["2005 ends Ann Ash A p2 s1", "2010 begins Ann Ash A p2 s1"]);
}

#[test]
fn an_open_end_is_open_in_every_form() {
    let terms = [("ann", "start = '2005-01-01'")];
    assert_eq!(of_school(&terms, &["tenures"])[2], "since 2005-01-01 last known Ann Ash A p2 s1");
    let csv = of_school(&terms, &["tenures", "--format", "csv"]);
    assert!(csv[1].contains("post/head,,2005-01-01,,last known,definite,stated,Ann Ash"), "{csv:?}");
    for command in [
        &["tenures", "--format", "json"][..],
        &["tenures", "--format", "csv"],
        &["timeline", "--format", "json"],
        &["who", "post/head", "--on", "2030", "--format", "json"],
        &["export", "--format", "jsonl"],
        &["render", "tenures", "--size", "100x16"],
        &["render", "tenures", "--size", "100x16", "--format", "svg"],
    ] {
        assert!(of_school(&terms, command).iter().all(|line| !line.contains("9999")), "{command:?}");
    }
}

#[test]
fn each_date_keeps_its_precision_its_qualifier_and_its_label() {
    let terms = [
        ("ann", "start = '2001-03~'\nend = { value = '2005/2006', label = 'AY 2005–06' }"),
        ("bea", "start = '2006?'\nend = { value = '201X', basis = 'inferred', reason = 'So.' }"),
    ];
    let told = of_school(&terms, &["tenures"]);
    assert_eq!(told[2], "2001-03~ – AY 2005–06 stated Ann Ash A p2 s1");
    assert_eq!(told[3], "2006? – 201X inferred Bea Birch A p2 s1");
}
