//! `annals pin`: a file for each document, and what happens to older files.

use std::fs;
use std::path::Path;

use crate::support::program::{Ran, finish, folder, program};

const SOURCES: &str = "[dossier]\nkey = \"k\"\ntitle = \"T\"\n\
    [[source]]\nid = \"report\"\nkey = \"R\"\ntitle = \"A report\"\nfile = \"report.txt\"\n\
    [[source]]\nid = \"letter\"\nkey = \"L\"\ntitle = \"A letter\"\nfile = \"letter.txt\"\n";

const CLAIMS: &str = "[[institution]]\nid = \"house\"\nlabel = \"House\"\n\
    beds = { value = 4, at = [\"R: lead / p1 s1\", \"L: lead / p1 s1\"] }\n";

const REPORT: &str = "The house has four beds.\n";
const LETTER: &str = "There are four beds in our house.\n";

/// Returns a dossier with two documents, ready to be pinned.
fn pinnable() -> tempfile::TempDir {
    folder(&[
        ("dossier.toml", SOURCES),
        ("claims.toml", CLAIMS),
        ("documents/report.txt", REPORT),
        ("documents/letter.txt", LETTER),
    ])
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = program();
    command.arg("--dossier").arg(folder).arg("--sources").arg(folder.join("documents")).args(arguments);
    finish(command)
}

/// Runs a command that has to succeed; returns what it printed, with the folder as `DIR`.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let ran = run(folder, arguments);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    ran.stdout.replace(folder.to_str().unwrap(), "DIR")
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn each_document_has_a_file_of_its_own_and_only_changed_files_are_written() {
    let dir = pinnable();
    let dir = dir.path();
    assert_eq!(said(dir, &["pin"]), "Pinned 2 places of 2 documents in DIR/pins: 2 files written, 0 unchanged\n");
    let (report, letter) = (read(dir, "pins/report.toml"), read(dir, "pins/letter.toml"));
    assert!(report.contains("[pins.report]") && !report.contains("letter"));
    assert!(letter.contains("[pins.letter]") && !letter.contains("report"));
    assert!(said(dir, &["check"]).contains("Held against the documents"));

    let modified = || fs::metadata(dir.join("pins/letter.toml")).unwrap().modified().unwrap();
    let before = modified();
    fs::write(dir.join("documents/report.txt"), format!("A new line.\n{REPORT}")).unwrap();
    fs::write(dir.join("claims.toml"), CLAIMS.replace("R: lead / p1", "R: lead / p2")).unwrap();
    assert_eq!(said(dir, &["pin"]), "Pinned 2 places of 2 documents in DIR/pins: 1 file written, 1 unchanged\n");
    assert_ne!(read(dir, "pins/report.toml"), report);
    assert_eq!((read(dir, "pins/letter.toml"), modified()), (letter, before));
}

#[test]
fn the_former_file_still_opens_and_moves_with_the_next_pin() {
    let dir = pinnable();
    let dir = dir.path();
    let former = said(dir, &["pin", "--dry-run"]);
    assert!(former.contains("[pins.report]") && former.contains("[pins.letter]"));
    assert!(!dir.join("pins").exists(), "a dry run writes nothing");
    fs::write(dir.join("pins.toml"), &former).unwrap();
    let checked = said(dir, &["check"]);
    assert!(checked.contains("R  report: the text that was pinned; 1 exact"), "{checked}");

    let moved = "Removed DIR/pins.toml: each document has its pins in pins/ now\n\
        Pinned 2 places of 2 documents in DIR/pins: 2 files written, 0 unchanged\n";
    assert_eq!(said(dir, &["pin"]), moved);
    assert!(!dir.join("pins.toml").exists());
    assert_eq!(said(dir, &["check"]), checked);

    // A merge may bring the former file back: nothing says which of the two is right.
    fs::write(dir.join("pins.toml"), &former).unwrap();
    let both = run(dir, &["check"]);
    assert_eq!(both.code, Some(2));
    let places = format!(
        "{0}/pins/report.toml:6:1: pins of \"report\" a second time, after those at {0}/pins.toml:",
        dir.display()
    );
    assert!(both.stderr.contains(&places), "{}", both.stderr);
    said(dir, &["pin"]);
    assert_eq!(said(dir, &["check"]), checked);
}

#[test]
fn the_pins_of_a_document_that_is_no_longer_declared_go_with_a_message() {
    let dir = pinnable();
    let dir = dir.path();
    said(dir, &["pin"]);
    fs::write(dir.join("dossier.toml"), SOURCES.split("[[source]]\nid = \"letter\"").next().unwrap()).unwrap();
    fs::write(dir.join("claims.toml"), CLAIMS.replace(", \"L: lead / p1 s1\"", "")).unwrap();
    let expected = "Removed DIR/pins/letter.toml: no document \"letter\" has a file\n\
        Pinned 1 places of 1 documents in DIR/pins: 0 files written, 1 unchanged\n";
    assert_eq!(said(dir, &["pin"]), expected);
    assert!(!dir.join("pins/letter.toml").exists());
}

#[test]
fn a_file_that_a_person_wrote_is_not_taken_for_pins() {
    let dir = pinnable();
    let dir = dir.path();
    let own = "[[item]]\nid = \"pin\"\nlabel = \"A pin\"\nat = \"R: lead / p1 s1\"\n";
    fs::write(dir.join("pins.toml"), own).unwrap();
    let ran = run(dir, &["pin"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("pins.toml: \"item\" among pins; move it"), "{}", ran.stderr);
    assert_eq!(read(dir, "pins.toml"), own);
    assert!(!dir.join("pins").exists());
}
