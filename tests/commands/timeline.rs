//! `timeline`: order, span, marks, silences, windows.

use serde_json::Value;

use crate::support::program::{annals, found, list, rows, text};

/// Returns how much of a date is stated: 1 for a year, 2 for a month, 3 for a day. Reads the EDTF only.
fn precision(edtf: &str) -> usize {
    let dates = edtf.split(['[', ']', '/', '~', '?', '%', ',']).flat_map(|part| part.split(".."));
    dates.map(|date| date.split('-').filter(|part| !part.is_empty()).count()).max().unwrap()
}

/// Returns the sort key of a row in the order of the design, computed from its bounds.
fn place(row: &Value) -> (String, i32, usize, Option<String>) {
    let day = |field: &str| row["when"][field].as_str().map(str::to_owned);
    let anchor = day("earliest").or(day("latest")).unwrap();
    // "By" stands before the day, "from" behind it.
    let side = i32::from(day("latest").is_none()) - i32::from(day("earliest").is_none());
    (anchor, side, precision(text(&row["when"], "edtf")), day("latest"))
}

fn dated(rows: &[Value]) -> Vec<&Value> {
    rows.iter().filter(|row| !row["when"].is_null()).collect()
}

#[test]
fn the_timeline_is_in_order_and_runs_from_1957_to_november_2025() {
    let rows = rows(&["timeline"]);
    let dated = dated(&rows);
    assert!(dated.len() > 50);
    for pair in dated.windows(2) {
        assert!(place(pair[0]) <= place(pair[1]), "{} before {}", pair[0], pair[1]);
    }
    assert_eq!(dated[0]["when"]["edtf"], "1957");
    let (last, _, _, latest) = place(dated[dated.len() - 1]);
    assert!(last.starts_with("2025-11") && latest.as_deref() == Some("2025-11-30"), "{last}");
    assert!(dated.iter().all(|row| place(row).0.as_str() >= "1957-01-01"));
}

#[test]
fn what_has_no_date_comes_last_and_says_so() {
    let rows = rows(&["timeline"]);
    let undated = rows.iter().filter(|row| row["when"].is_null()).count();
    assert!(undated > 0);
    assert!(rows[rows.len() - undated..].iter().all(|row| row["when"].is_null() && row["kind"] == "event"));
    let shown = found(&["timeline"]);
    let (_, tray) = shown.split_once(&format!("\nUndated: {undated}\n")).unwrap();
    assert_eq!(tray.lines().count(), undated);
}

#[test]
fn a_row_has_the_fields_of_the_contract() {
    for row in rows(&["timeline"]) {
        let object = row.as_object().unwrap();
        for field in ["id", "kind", "label", "when", "modality", "institutions", "people", "evidence", "property"] {
            assert!(object.contains_key(field), "{field} in {row}");
        }
        for linked in list(&row, "institutions").iter().chain(list(&row, "people")) {
            assert!(!text(linked, "id").is_empty() && !text(linked, "label").is_empty());
        }
        assert!(list(&row, "institutions").iter().all(|linked| text(linked, "id").starts_with("institution/")));
        assert!(list(&row, "people").iter().all(|linked| text(linked, "id").starts_with("person/")));
        assert!(!list(&row, "evidence").is_empty(), "{row}");
    }
}

#[test]
fn rows_name_who_took_part() {
    let rows = rows(&["timeline"]);
    let offer = rows.iter().find(|row| row["id"] == "event/sskm-offer").unwrap();
    let ids = |field| list(offer, field).iter().map(|linked| text(linked, "id")).collect::<Vec<_>>();
    assert_eq!(ids("institutions"), ["institution/sskm"]);
    assert_eq!(ids("people"), ["person/b-c-roy", "person/jawaharlal-nehru"]);
}

#[test]
fn plans_and_allegations_are_marked_in_words() {
    let rows = rows(&["timeline"]);
    let shown = found(&["timeline"]);
    let mut marked = 0;
    for row in rows.iter().filter(|row| row["modality"] != "actual") {
        let modality = text(row, "modality");
        let lines: Vec<&str> = shown.lines().filter(|line| line.contains(text(row, "label"))).collect();
        assert!(lines.iter().any(|line| line.contains(modality)), "{row}: {lines:?}");
        marked += 1;
    }
    assert!(marked >= 4);
    let words = shown.lines().filter(|line| line.contains(" planned")).count();
    assert_eq!(words, rows.iter().filter(|row| row["modality"] == "planned").count());
}

#[test]
fn silence_is_an_answer() {
    let shown = found(&["timeline"]);
    let lines: Vec<&str> = shown.lines().take(3).collect();
    assert!(lines[0].starts_with(" 1957-··-··"), "{lines:?}");
    assert_eq!(lines[1], "┈ 36 years without a dated event (1958–1993)");
    assert!(lines[2].starts_with(" 1994-··-··"), "{lines:?}");
    // No row lies in the years of a silence.
    let years: Vec<i32> = dated(&rows(&["timeline"])).iter().map(|row| place(row).0[..4].parse().unwrap()).collect();
    let mut silences = 0;
    for line in shown.lines().filter(|line| line.starts_with('┈')) {
        let range = line.split_once('(').unwrap().1.trim_end_matches(')');
        let (first, last) = range.split_once('–').unwrap();
        let (first, last): (i32, i32) = (first.parse().unwrap(), last.parse().unwrap());
        assert!(line.starts_with(&format!("┈ {} years", last - first + 1)), "{line}");
        assert!(!years.iter().any(|year| (first..=last).contains(year)), "{line}");
        silences += 1;
    }
    assert_eq!(silences, 2);
}

#[test]
fn without_a_terminal_and_without_a_command_the_timeline_is_printed() {
    assert_eq!(found(&[]), found(&["timeline"]));
}

#[test]
fn a_window_tells_what_lies_inside_from_what_may() {
    let rows = rows(&["timeline", "--from", "2019", "--to", "2020-06"]);
    assert!(rows.len() > 3);
    for row in &rows {
        let day = |field: &str| row["when"][field].as_str().map(str::to_owned);
        let (earliest, latest) = (day("earliest"), day("latest"));
        let inside = earliest.as_deref().is_some_and(|day| day >= "2019-01-01")
            && latest.as_deref().is_some_and(|day| day <= "2020-06-30");
        assert_eq!(row["within"], if inside { "definite" } else { "possible" }, "{row}");
        assert!(earliest.is_none_or(|day| day.as_str() <= "2020-06-30"));
        assert!(latest.is_none_or(|day| day.as_str() >= "2019-01-01"));
    }
    assert!(rows.iter().any(|row| row["id"] == "event/mbbs-seats-raised" && row["within"] == "possible"));
    let shown = found(&["timeline", "--from", "2019", "--to", "2020-06"]);
    let possible = rows.iter().filter(|row| row["within"] == "possible").count();
    assert_eq!(shown.lines().filter(|line| line.contains("possible")).count(), possible);
}

#[test]
fn a_window_within_a_silence_shows_it() {
    let shown = found(&["timeline", "--from", "1960", "--to", "1994-12"]);
    assert!(shown.lines().any(|line| line == "┈ 34 years without a dated event (1960–1993)"), "{shown}");
    assert!(!shown.contains("1957"));
    assert!(shown.contains("have no date"), "{shown}");
}

#[test]
fn a_timeline_of_something_has_only_what_touches_it() {
    let of = rows(&["timeline", "--of", "aiims-kalyani"]);
    let all = rows(&["timeline"]);
    assert!(!of.is_empty() && of.len() < all.len());
    for row in &of {
        assert!(list(row, "institutions").iter().any(|linked| linked["id"] == "institution/aiims-kalyani"), "{row}");
    }
    let touching =
        |row: &&Value| list(row, "institutions").iter().any(|linked| linked["id"] == "institution/aiims-kalyani");
    assert_eq!(all.iter().filter(touching).count(), of.len());
}

#[test]
fn a_query_leaves_rows_out_and_makes_no_silence() {
    let shown = found(&["timeline", "--query", "roy"]);
    assert!(shown.contains("Roy") && !shown.contains("┈ "), "{shown}");
    let ran = annals(&["timeline", "--query", "zzqxzzqx"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(1), "", ""));
}

#[test]
fn a_time_in_the_query_lists_what_lies_in_it_and_marks_what_may() {
    let rows = rows(&["timeline", "--query", "year:1957..1994"]);
    let within = |word: &str| -> Vec<(&str, &str)> {
        let found = rows.iter().filter(|row| row["within"] == word);
        found.map(|row| (text(row, "id"), text(&row["when"], "edtf"))).collect()
    };
    assert_eq!(
        within("definite"),
        [
            ("event/sskm-offer", "1957"),
            ("event/kalyani-preliminary-decision", "1994"),
            ("event/location-debate", "1994"),
            ("event/planning-commission-allocation", "1994"),
            ("event/nurul-hasan-groundbreaking", "1994-09-26"),
        ]
    );
    assert_eq!(
        within("possible"),
        // A mere upper bound, such as "by June 2014", counts on its own day only.
        [] as [(&str, &str); 0]
    );
    assert_eq!(within("definite").len() + within("possible").len(), rows.len());
    let shown = found(&["timeline", "--query", "year:1957..1994"]);
    assert_eq!(shown.lines().filter(|line| line.contains("possible")).count(), within("possible").len());
}

#[test]
fn a_time_in_the_query_means_the_same_as_a_window() {
    for (from, to) in [("1957", "1994"), ("2019", "2020-06"), ("2021-03-08", "2021-03-08")] {
        let queried = rows(&["timeline", "--query", &format!("year:{from}..{to}")]);
        assert_eq!(queried, rows(&["timeline", "--from", from, "--to", to]), "{from} {to}");
    }
}

#[test]
fn a_list_as_of_a_moment_has_what_there_was() {
    let ids = |query: &str| -> Vec<String> {
        let rows = rows(&["list", "agreement", "--query", query]);
        rows.iter().map(|row| text(row, "id").to_owned()).collect()
    };
    assert_eq!(ids("at:2021"), ["agreement/mou-iiser-kolkata", "agreement/mou-nibmg-iiit-kalyani"]);
    assert_eq!(ids("at:2021-08"), ["agreement/mou-iiser-kolkata"]);
    assert_eq!(ids("year:2021"), ["agreement/mou-nibmg-iiit-kalyani"]);
    let found = rows(&["find", "kind:agreement", "at:2020"]);
    assert_eq!(found.iter().map(|row| text(row, "id")).collect::<Vec<_>>(), ["agreement/mou-iiser-kolkata"]);
}

#[test]
fn a_time_that_is_none_is_refused_with_its_column_and_the_forms() {
    const FORMS: &str = "expected 2021, 2021-06, 2021-06-15, 1957..1994, 2019.. or ..1994";
    for (query, said) in [
        ("year:1994..1957", "column 6: \"1994..1957\" ends before it begins"),
        ("roy year:2021-13", "column 10: \"2021-13\": there is no such date"),
        ("year:", "column 6: \"year:\" needs a date"),
    ] {
        let message = format!("annals: query \"{query}\": {said}; {FORMS}\n");
        for args in [&["timeline", "--query", query][..], &["list", "agreement", "--query", query], &["find", query]] {
            let ran = annals(args);
            assert_eq!(
                (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
                (Some(2), "", message.as_str()),
                "{args:?}"
            );
        }
    }
    let ran = annals(&["find", "roy", "--kind", "person", "at:2021-02-30"]);
    let message = "annals: query \"roy at:2021-02-30\": column 8: \"2021-02-30\": there is no such date; \
                   expected 2021, 2021-06 or 2021-06-15\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), message));
}

#[test]
fn an_empty_answer_names_the_term_that_left_nothing() {
    let ran = annals(&["list", "agreement", "--query", "iiser year:1800"]);
    let message = "annals: iiser year:1800 → 0; without year:1800 → 1\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), message));
    let ran = annals(&["find", "iiser kolkata", "kind:agreement", "at:1957", "--format", "json"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.is_empty()), (Some(1), "[]\n", false));
    // The message blames words as well as fields.
    let ran = annals(&["timeline", "--query", "zzqxzzqx year:1957"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), "annals: zzqxzzqx year:1957 → 0; without zzqxzzqx → 1\n"));
    let ran = annals(&["list", "agreement", "--query", "at:1900"]);
    assert!(ran.stderr.starts_with("annals: at:1900 → 0; without it → "), "{}", ran.stderr);
    let ran = annals(&["find", "zzqx qqzz vvkj"]);
    let message = "annals: zzqx qqzz vvkj → 0; without any one of 3 terms → 0 as well\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), message));
}

#[test]
fn which_departments_offer_a_degree_is_a_query() {
    let listed = annals(&["list", "department", "--query", "degree:DM sort:-name", "--format", "csv"]).stdout;
    let labels: Vec<&str> = listed.lines().skip(1).filter_map(|line| line.split(',').nth(3)).collect();
    assert_eq!(
        labels,
        ["Pulmonary Medicine", "Medical Oncology", "Gastroenterology", "Endocrinology and Metabolism", "Cardiology"]
    );
    let quoted = annals(&["find", "inst:\"aiims kalyani\" role:director kind:person sort:name", "--format", "csv"]);
    let people: Vec<&str> = quoted.stdout.lines().skip(1).filter_map(|line| line.split(',').nth(2)).collect();
    assert_eq!(people, ["Arvind Sinha", "Dipika Deka", "Ramji Singh"]);
}

#[test]
fn an_order_is_refused_or_explained_where_there_is_only_one() {
    let plain = annals(&["timeline", "--query", "role:director"]);
    let sorted = annals(&["timeline", "--query", "role:director sort:name"]);
    assert_eq!((sorted.code, &sorted.stdout), (Some(0), &plain.stdout));
    assert_eq!(sorted.stderr, "annals: a timeline stays in date order; find and list take sort:\n");
    for (query, remedy) in [
        ("sort:name", "expected plain words; --sort COLUMN sorts a table"),
        ("beds kind:unit", "expected plain words; fields are for list, find and timeline, --as-of for all"),
    ] {
        let ran = annals(&["figures", "--query", query]);
        assert_eq!((ran.code, ran.stderr), (Some(2), format!("annals: --query \"{query}\" has a field; {remedy}\n")));
    }
}
