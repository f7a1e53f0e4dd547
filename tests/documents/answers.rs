//! Answers that readers rely on: office-holders, verdicts, totals, citations, pins.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::documents::{copy_folder, documents};
use crate::support::program::{self, annals};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn three_days_give_three_kinds_of_answer_each_with_its_evidence() {
    for (day, state, person) in [
        ("2019-09-15", "vacant", None),
        ("2021-06-01", "attested", Some("Ramji Singh")),
        ("2025-01-01", "last known", Some("Ramji Singh")),
    ] {
        let answers = program::rows(&["who", "AIIMS Kalyani director", "--on", day]);
        assert_eq!(answers.len(), 1, "{day}");
        assert_eq!(answers[0]["state"], state, "{day}");
        assert_eq!(answers[0]["person"]["label"].as_str(), person, "{day}");
        let claims = answers[0]["claims"].as_array().unwrap();
        assert!(!claims.is_empty());
        assert!(claims.iter().all(|claim| !claim["evidence"].as_array().unwrap().is_empty()), "{day}");
    }
}

#[test]
fn nobody_is_named_before_the_documents_name_anybody() {
    let answers = annals(&["who", "AIIMS Kalyani director", "--on", "1999"]);
    assert_eq!(answers.code, Some(1));
    assert!(answers.stdout.contains("not known"));
}

#[test]
fn every_disagreement_has_a_verdict_both_sides_and_evidence() {
    let rows = program::rows(&["conflicts", "--all"]);
    let judged: Vec<&Value> = rows.iter().filter(|row| row["rule"] != "arithmetic").collect();
    assert!(judged.len() >= 15, "{}", judged.len());
    for row in judged {
        assert!(
            !row["one_side"].as_str().unwrap().is_empty() && !row["other_side"].as_str().unwrap().is_empty(),
            "{row}"
        );
        let claims = row["claims"].as_array().unwrap();
        assert!(claims.iter().all(|claim| !claim["evidence"].as_array().unwrap().is_empty()), "{row}");
    }
    let text = annals(&["conflicts"]).stdout;
    for both in [
        ("34 departments", "41 departments"),
        ("Inside the IIT Kharagpur campus A:5", "Outside the IIT Kharagpur campus"),
        ("22 subjects", "16 subjects"),
    ] {
        let row = text.lines().find(|line| line.contains(both.0)).unwrap();
        assert!(row.starts_with("≠ ") && row.contains(" conflicts ") && row.contains(both.1), "{row}");
    }
}

#[test]
fn a_disagreement_goes_with_one_of_its_sides() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("seeds"), folder.path());
    let path = folder.path().join("claims/kalyani.toml");
    let text = fs::read_to_string(&path).unwrap();
    let stays: Vec<&str> = text.lines().filter(|line| !line.contains("{ value = 150, modality")).collect();
    assert_eq!(stays.len() + 1, text.lines().count());
    let slot = |dossier: &str| {
        let rows = program::rows(&["--dossier", dossier, "conflicts", "--query", "area"]);
        rows.iter().any(|row| row["id"] == "institution/aiims-kalyani" && row["what"] == "Area")
    };
    let dossier = folder.path().to_str().unwrap();
    assert!(slot(dossier));
    fs::write(&path, stays.join("\n")).unwrap();
    assert!(!slot(dossier));
}

#[test]
fn the_totals_of_the_matrix_are_those_of_the_lists() {
    let rows = program::rows(&["matrix", "aiims-kalyani"]);
    let named = rows.iter().filter(|row| row.get("id").is_some()).count();
    assert_eq!(named, program::rows(&["list", "department", "--of", "aiims-kalyani"]).len());
    let text = annals(&["matrix", "aiims-kalyani"]).stdout;
    let programmes = program::rows(&["list", "programme", "--of", "aiims-kalyani"]).len();
    assert!(text.contains(&format!("{named} departments · {programmes} programmes")), "{text}");
    let nephrology = text.lines().find(|line| line.starts_with("Nephrology")).unwrap();
    assert!(nephrology.contains("none listed"), "{nephrology}");
}

#[test]
fn the_names_of_an_entity_stand_under_their_sources() {
    let rows = program::rows(&["names", "roy-institute"]);
    let acronym = rows.iter().find(|row| row["name"] == "BCRMMRC").unwrap();
    assert_eq!((acronym["a"].as_str(), acronym["e"].as_str()), (Some("5"), Some("")));
}

#[test]
fn what_is_cited_names_document_section_and_line() {
    let text = annals(&["figures", "--query", "books", "--cite"]).stdout;
    assert!(text.contains("Central library / p2 s3, line 218]"), "{text}");
}

#[test]
fn check_holds_the_dossier_against_the_documents_and_warns_when_they_change() {
    let Some(documents) = documents() else { return };
    let held = annals(&["check", "--strict", "--sources", documents.to_str().unwrap()]);
    let text = held.stdout;
    assert_eq!(held.stderr, "");
    assert!(held.code == Some(0) && text.contains("Everything holds."), "{text}");

    let folder = tempfile::tempdir().unwrap();
    copy_folder(&documents, folder.path());
    let file = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_name().unwrap().to_string_lossy().starts_with("004"));
    let file = file.unwrap();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("160 general beds", "161 general beds")).unwrap();
    let held = annals(&["check", "--sources", folder.path().to_str().unwrap()]);
    assert_eq!(held.code, Some(0));
    let lines: Vec<&str> = held.stderr.lines().collect();
    assert!(lines.len() == 1 && lines[0].contains(": warning missing-words: "), "{}", held.stderr);
    assert_eq!(annals(&["check", "--strict", "--sources", folder.path().to_str().unwrap()]).code, Some(2));
    let text = held.stdout;
    assert!(text.contains("1 missing") && text.contains("Not everything holds."), "{text}");

    let report = annals(&["check", "--sources", folder.path().to_str().unwrap(), "--format", "json"]);
    let report: Value = serde_json::from_str(&report.stdout).unwrap();
    assert_eq!(report["sound"], false);
}

#[test]
fn pinning_again_changes_nothing() {
    let Some(documents) = documents() else { return };
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("seeds"), folder.path());
    fs::remove_dir_all(folder.path().join("pins")).unwrap();
    let dossier = folder.path().to_str().unwrap();
    let pinned = annals(&["--dossier", dossier, "--sources", documents.to_str().unwrap(), "pin"]);
    assert_eq!(pinned.code, Some(0), "{}", pinned.stderr);
    let committed = files_below(&root().join("seeds/pins"));
    assert_eq!(committed.len(), 5);
    assert!(files_below(&folder.path().join("pins")) == committed, "run: annals --dossier seeds --sources DIR pin");
}

/// Returns the files of a folder by their names.
fn files_below(folder: &Path) -> BTreeMap<OsString, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn a_place_that_points_nowhere_is_named_where_it_is_written() {
    let Some(documents) = documents() else { return };
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("seeds"), folder.path());
    let path = folder.path().join("claims/roy.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("lead / p1 s1", "lead / p1 s19", 1)).unwrap();
    let pinned =
        annals(&["--dossier", folder.path().to_str().unwrap(), "--sources", documents.to_str().unwrap(), "pin"]);
    assert_eq!(pinned.code, Some(2));
    let message = pinned.stderr;
    assert!(message.contains("roy.toml:") && message.contains("did you mean"), "{message}");
}
