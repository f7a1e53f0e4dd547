//! Mistakes of a user, in a dossier and on the command line.

use crate::support::program::{annals, annals_on, folder, list, text};
use serde_json::Value;

/// A dossier with a misspelt key, an unknown id, a bad date and a duplicate id, in two files.
const ENTITIES: &str = r#"[[source]]
id = "paper"
key = "P"
title = "A paper"

[[institution]]
id = "clinic"
lable = "The Clinic"
label = "The Clinic"

[[institution]]
id = "clinic"
label = "Another clinic"
"#;

const CLAIMS: &str = r#"document = "paper"

[[event]]
id = "opening"
label = "The clinic opens"
at = "lead / p1 s1"
when = "soon"
institution = "clinik"
"#;

/// The file, line and column, the text found, and the text expected.
const DEFECTS: [(&str, u32, u32, &str, &str); 4] = [
    ("claims/paper.toml", 7, 8, "soon", "expected EDTF"),
    ("claims/paper.toml", 8, 15, "clinik", "did you mean \"clinic\"?"),
    ("entities.toml", 8, 1, "lable", "did you mean \"label\"?"),
    ("entities.toml", 11, 1, "duplicate id \"institution/clinic\"", "[[claim]]"),
];

#[test]
fn every_mistake_of_a_dossier_is_listed_with_its_place() {
    let folder = folder(&[("entities.toml", ENTITIES), ("claims/paper.toml", CLAIMS)]);
    for args in [
        &[][..],
        &["check"],
        &["timeline"],
        &["list", "event"],
        &["show", "clinic"],
        &["find", "clinic"],
        &["export", "--format", "jsonl"],
    ] {
        let ran = annals_on(folder.path(), args);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        let lines: Vec<&str> = ran.stderr.lines().collect();
        for (file, line, column, found, expected) in DEFECTS {
            let place = format!("{}:{line}:{column}: ", folder.path().join(file).display());
            let said = lines.iter().find(|said| said.starts_with(&place) && said.contains(found));
            let said = said.unwrap_or_else(|| panic!("no {place}{found} in:\n{}", ran.stderr));
            assert!(said.contains(expected), "{said}");
        }
        assert_eq!(lines.len(), DEFECTS.len() + 1, "{}", ran.stderr);
        assert_eq!(lines[DEFECTS.len()], "annals: 4 defects; nothing was loaded");
    }
}

/// A sound dossier in which single mistakes are made.
const SOUND: &str = r#"document = "paper"

[dossier]
key = "k"
title = "A house"
format = 2

[[source]]
id = "paper"
key = "P"
title = "A paper"

[[place]]
id = "north"
label = "North"
at = "lead / p1 s1"
type = "town"

[[person]]
id = "ida"
label = "Ida"
at = "lead / p2 s1"
profession = "engineer"

[[institution]]
id = "house"
label = "The House"
at = "lead / p3 s1"
type = "company"
member = ["ida"]

[[event]]
id = "opening"
label = "The house opens"
at = "lead / p4 s1"
when = { value = "1990", note = "once" }
institution = "house"
"#;

#[test]
fn one_mistake_is_one_defect() {
    let folder = folder(&[("dossier.toml", SOUND)]);
    assert_eq!(annals_on(folder.path(), &["check"]).code, Some(0));
    for (right, wrong, said) in [
        // What follows an open bracket is neither misread nor missed.
        ("[\"ida\"]", "[\"ida\"", "30:10: error syntax: this list is not closed before line 32; expected ']'"),
        (
            "note = \"once\" }",
            "note = \"once\"",
            "36:8: error syntax: this table is not closed before line 37; expected '}'",
        ),
        ("\"company\"", "[\"a\" \"b\"]", "29:13: error syntax: missing comma between array elements"),
        (
            "document = \"paper\"",
            "document = \"papr\"",
            "1:12: error unknown-id: unknown document \"papr\"; did you mean \"paper\"?",
        ),
        ("\"lead / p3 s1\"", "\"lead, p3 s1\"", "28:6: error wrong-value: place \"lead, p3 s1\""),
        ("at = \"lead / p3 s1\"", "at = []", "29:8: error no-evidence: \"type\" without evidence"),
        ("[\"ida\"]", "[\"north\"]", "30:11: error wrong-kind: \"north\" is a place; expected "),
        ("[\"ida\"]", "[\"idaa\"]", "30:11: error unknown-id: unknown id \"idaa\"; did you mean \"ida\"?"),
    ] {
        assert!(SOUND.contains(right), "{right}");
        std::fs::write(folder.path().join("dossier.toml"), SOUND.replace(right, wrong)).unwrap();
        let ran = annals_on(folder.path(), &["check"]);
        let lines: Vec<&str> = ran.stderr.lines().collect();
        let place = format!("{}:", folder.path().join("dossier.toml").display());
        assert!(lines[0].strip_prefix(&place).is_some_and(|line| line.starts_with(said)), "{wrong}: {}", ran.stderr);
        // An empty list of places leaves both values of the table without one.
        let defects = if wrong == "at = []" { 2 } else { 1 };
        assert_eq!(lines.len(), defects + 1, "{wrong}: {}", ran.stderr);
    }
}

#[test]
fn a_report_of_mistakes_is_data() {
    let folder = folder(&[("entities.toml", ENTITIES), ("claims/paper.toml", CLAIMS)]);
    let ran = annals_on(folder.path(), &["check", "--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), ""));
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report["sound"], false);
    let defects = list(&report, "defects");
    assert_eq!(defects.len(), DEFECTS.len());
    for (file, line, column, found, expected) in DEFECTS {
        let same = |defect: &&Value| {
            text(defect, "file").ends_with(file) && defect["line"] == line && defect["column"] == column
        };
        let defect = defects.iter().find(same).unwrap_or_else(|| panic!("no {file}:{line}:{column} in {report}"));
        // The name of the field stands for the word.
        let expected = expected.strip_prefix("expected ").unwrap_or(expected);
        assert!(text(defect, "found").contains(found) && text(defect, "expected").contains(expected), "{defect}");
        assert!(!text(defect, "expected").starts_with("expected"), "{defect}");
    }
}

#[test]
fn what_is_no_dossier_is_refused_with_what_was_expected() {
    let folder = folder(&[("notes.txt", "no dossier")]);
    let file = annals_on(&folder.path().join("notes.txt"), &["check"]);
    assert_eq!((file.code, file.stdout.as_str()), (Some(2), ""));
    assert!(file.stderr.contains("notes.txt") && file.stderr.contains("expected"), "{}", file.stderr);
    let report = annals_on(&folder.path().join("notes.txt"), &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&report.stdout).unwrap();
    let defect = &list(&report, "defects")[0];
    assert!(text(defect, "file").ends_with("notes.txt") && !text(defect, "found").contains("notes.txt"), "{defect}");
    let empty = annals_on(folder.path(), &["check"]);
    assert_eq!(empty.code, Some(2));
    assert!(empty.stderr.contains("no TOML file in this folder; expected"), "{}", empty.stderr);
    let missing = annals_on(&folder.path().join("nowhere"), &["check"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.stderr.contains("nowhere: ") && missing.stderr.contains("expected"), "{}", missing.stderr);
}

#[test]
fn bad_usage_is_exit_code_two_and_says_what_was_expected() {
    for (args, said) in [
        (&["list", "deparment"][..], "did you mean \"department\"?"),
        (&["list", "zzz"], "expected one of: institution, company, party, assembly, unit, department"),
        (&["find", "x", "--kind", "persn"], "did you mean \"person\"?"),
        (&["timelin"], "timeline"),
        (&["timeline", "--from", "soon"], "expected 1957, 2014-07"),
        (&["timeline", "--from", "2020", "--to", "2019"], "--to \"2019\" lies before --from \"2020\""),
        (&["timeline", "--from", "[..2019]"], "has no first day"),
        (&["timeline", "--query", "knd:person"], "did you mean \"kind\"?"),
        (&["list", "event", "--query", "knd:person"], "did you mean \"kind\"?"),
        (&["find", "knd:person"], "did you mean \"kind\"?"),
        (&["find", ""], "nothing to look for"),
        (&["find", "x", "--limit", "0"], "0"),
        (&["list", "event", "--format", "yaml"], "json"),
        (&["export"], "--format"),
        (&["render", "chronicel"], "did you mean \"chronicle\"?"),
        (&["render", "chronicle", "--size", "80"], "120x40"),
        (&["render", "chronicle", "--keys", "<entr>"], "unknown key \"<entr>\""),
        (&["show", "zzqxzzqxzzqx"], "expected an id"),
        (&["--log-keys", "x", "timeline"], "expected no command"),
        (&["debug", "keys", "no such file"], "no such file: "),
    ] {
        let ran = annals(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.stderr.contains(said), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn help_and_version_are_answers() {
    let version = annals(&["--version"]);
    let commit = option_env!("ANNALS_COMMIT").filter(|commit| !commit.is_empty());
    let commit = commit.map(|commit| format!(" ({commit})")).unwrap_or_default();
    assert_eq!((version.code, version.stdout), (Some(0), format!("annals {}{commit}\n", env!("CARGO_PKG_VERSION"))));
    for args in [&["--help"][..], &["-h"], &["list", "--help"], &["help", "timeline"]] {
        let ran = annals(args);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
        assert!(ran.stdout.contains("Usage: annals") && ran.stdout.contains("Examples:"), "{args:?}: {}", ran.stdout);
    }
}
