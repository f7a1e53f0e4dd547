//! `diff`: everything that began, ended or changed between two dates.

use serde_json::Value;

use crate::support::program::{annals, annals_on, folder, found, list, rows, text};

#[test]
fn four_years_are_told_with_the_days_compared_and_the_counts() {
    let shown = found(&["diff", "2021", "2025"]);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "From 2021 to 2025: 2021-01-01 against 2025-11-30");
    for (starts, holds) in [
        ("Offices", "Ramji Singh"),
        ("Services", "Outpatient department"),
        ("Programmes", "Nursing"),
        ("Agreements", "signed"),
        ("Events", "2022-05-20"),
        ("Figures", "360 beds"),
    ] {
        assert!(
            lines.iter().any(|line| line.starts_with(starts) && line.contains(holds)),
            "{starts} {holds}:\n{shown}"
        );
    }
    assert!(shown.contains("Offices 2 · Services 9 (3 possible, 2 planned)"), "{shown}");
    assert!(shown.ends_with("Cut to 2025-11-30: the documents speak of no later day.\n"), "{shown}");
}

#[test]
fn a_change_is_data_with_its_claims() {
    let rows = rows(&["diff", "2019-12-31", "2020"]);
    let seats = rows.iter().find(|row| row["id"] == "programme/kalyani-mbbs" && row["part"] == "Figures").unwrap();
    for (field, expected) in
        [("change", "changed"), ("when", "2020"), ("before", "50 seats"), ("after", "125 seats"), ("known", "definite")]
    {
        assert_eq!(text(seats, field), expected, "{seats}");
    }
    let numbers: Vec<&Value> = list(seats, "claims").iter().map(|claim| &claim["number"]).collect();
    assert_eq!(numbers, [125.0, 50.0], "{seats}");
    for row in &rows {
        assert!(!list(row, "claims").is_empty() && !text(row, "source").is_empty(), "{row}");
    }
}

#[test]
fn a_step_counts_from_the_first_date() {
    assert_eq!(found(&["diff", "2021", "+4y"]), found(&["diff", "2021", "2025"]));
    assert_eq!(found(&["diff", "jan 2021", "+2m"]), found(&["diff", "2021-01", "2021-03"]));
    assert_eq!(found(&["diff", "2021-01-26", "+1d"]), found(&["diff", "26 jan 2021", "2021-01-27"]));
}

#[test]
fn rows_are_filtered_sorted_and_written_as_csv() {
    let beds = rows(&["diff", "2021", "2025", "--query", "beds kalyani"]);
    let ids: Vec<&str> = beds.iter().map(|row| text(row, "id")).collect();
    assert_eq!(ids, ["facility/kalyani-ipd", "facility/kalyani-icu", "facility/kalyani-opd"]);
    let latest = rows(&["diff", "2021", "2025", "--query", "began definite", "--sort", "-When"]);
    assert_eq!(text(&latest[0], "when"), "2025-01");
    let csv = found(&["diff", "2021", "2025", "--format", "csv"]);
    assert_eq!(csv.lines().next(), Some("Part,Change,When,What,Before,After,Known,Source,id"));
    assert_eq!(csv.lines().count(), 1 + rows(&["diff", "2021", "2025"]).len());
    let lines = found(&["diff", "2021", "2025", "--format", "jsonl"]);
    assert_eq!(lines.lines().count(), csv.lines().count() - 1);
}

#[test]
fn where_nothing_changed_the_exit_code_is_one() {
    let ran = annals(&["diff", "2021-06-15", "2021-06-15"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""));
    assert!(ran.stdout.contains("Nothing is known to have changed."), "{}", ran.stdout);
    let ran = annals(&["diff", "2021-06-15", "+0d", "--format", "json"]);
    assert_eq!((ran.code, ran.stdout.trim()), (Some(1), "[]"));
    let ran = annals(&["diff", "2021", "2025", "--query", "zzqxzzqx"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""));
}

#[test]
fn dates_that_cannot_be_compared_are_refused_with_what_was_expected() {
    for (args, said) in [
        (
            &["diff", "2021", "2020"][..],
            "annals: 2020 lies before 2021; expected the earlier date first, such as: annals diff \"2020\" \"2021\"",
        ),
        (&["diff", "2021", "-4y"], "2017 lies before 2021; expected the earlier date first"),
        (&["diff", "2021-02-30", "2022"], "there is no such date; expected 2021, 2021-06, 2021-06-15"),
        (&["diff", "2021", "soon"], "\"soon\" is no date; expected 2021, 2021-06"),
        (&["diff", "+4y", "2021"], "\"+4y\" needs a date to start from"),
        (&["diff", "2021", "+9999y"], "leaves the years 0 to 9999"),
        (&["diff", "2021"], "<TO>"),
        (&["diff", "2021", "2025", "--sort", "Whne"], "did you mean \"When\"?"),
    ] {
        let ran = annals(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.stderr.contains(said), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn a_dossier_without_a_horizon_is_not_cut() {
    let entities = "[[source]]\nid = \"paper\"\nkey = \"P\"\ntitle = \"A paper\"\n";
    let claims = "document = \"paper\"\n[[event]]\nid = \"opening\"\nlabel = \"The clinic opens\"\n\
                  at = \"lead / p1 s1\"\nwhen = \"2040-05\"\n";
    let folder = folder(&[("entities.toml", entities), ("claims/paper.toml", claims)]);
    let ran = annals_on(folder.path(), &["diff", "2039", "2050"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.starts_with("From 2039 to 2050: 2039-01-01 against 2050-12-31\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("2040-05") && ran.stdout.ends_with("Events 1.\n"), "{}", ran.stdout);
}
