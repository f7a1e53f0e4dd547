//! What `annals check` finds: for each code a small dossier with the fault and one without it.
//!
//! The cases stand in `tests/soundness`, one file a code, with the text that explains the code. Those that are still to
//! come are listed in [`TO_COME`]; the list may only shrink.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use annals::syntax::{Defect, Fields, Parsed, SourceFile};

use crate::support::program::annals_on;

/// The codes whose faults are not found yet, or whose cases need more than one file.
const TO_COME: &[&str] = &[
    "after-horizon",
    "after-published",
    "ambiguous",
    "as-of-after-published",
    "blank-label",
    "blank-text",
    "complete-broken",
    "duplicate-claim",
    "duplicate-label",
    "encoding",
    "end-without-start",
    "ends-before-begins",
    "identifier-form",
    "integer-range",
    "language-form",
    "licence-form",
    "linked-folder",
    "long-quote",
    "missing-words",
    "moved",
    "never-dated",
    "no-horizon",
    "no-person",
    "no-post",
    "not-in-passage",
    "odd-extension",
    "one-sided",
    "orphan",
    "outside-folder",
    "outside-life",
    "outside-span",
    "overlap-holders",
    "parent-cycle",
    "place-nowhere",
    "private-evidence",
    "same-and-not-same",
    "self-link",
    "share-over-100",
    "shared-name",
    "split-agreement",
    "stale-pin",
    "suspicious-date",
    "text-for-link",
    "text-with-number",
    "too-deep",
    "unattributed-allegation",
    "unclaimed-passages",
    "unknown-unit",
    "unreadable",
    "unused-pin",
    "unused-source",
    "unused-vocabulary",
    "url-form",
    "vacant-but-held",
    "vocabulary-core",
    "vocabulary-depth",
    "vocabulary-misfit",
    "vocabulary-reserved",
    "within-cycle",
];

/// One file of `tests/soundness`.
struct Case {
    code: String,
    trips: Option<String>,
    silent: Option<String>,
    /// What the message says, and its line.
    found: Option<String>,
    line: Option<String>,
    has_documents: bool,
}

fn case(path: &Path) -> Case {
    let file = SourceFile::new(path.to_string_lossy(), fs::read_to_string(path).unwrap());
    let mut defects: Vec<Defect> = Vec::new();
    let parsed = Parsed::new(&file, &mut defects);
    let mut fields = parsed.fields();
    let text = |fields: &mut Fields<'_>, key: &'static str| fields.value(key).map(str::to_owned);
    let case = Case {
        code: text(&mut fields, "code").unwrap(),
        trips: text(&mut fields, "trips"),
        silent: text(&mut fields, "silent"),
        found: text(&mut fields, "found"),
        line: fields.get("line").and_then(|node| node.as_number()).map(|line| line.to_string()),
        has_documents: fields.has("documents"),
    };
    assert_eq!(defects, [], "{}", case.code);
    let explained = fields.value("explain").unwrap_or_default();
    assert!(explained.starts_with(&format!("{} (", case.code)), "{} is not explained", case.code);
    assert!(explained.trim_end().lines().count() <= 12, "{}: ten lines explain it", case.code);
    case
}

/// Returns the exit code and the messages of a check of a dossier in one file.
fn checked(text: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("dossier.toml"), text).unwrap();
    let ran = annals_on(folder.path(), &["check"]);
    (ran.code, ran.stderr)
}

/// Returns true if the fault of a case is found where it stands, and its neighbour has none.
fn holds(case: &Case) -> bool {
    let (Some(trips), Some(found), Some(line)) = (&case.trips, &case.found, &case.line) else { return false };
    let (code, messages) = checked(trips);
    let place = format!("dossier.toml:{line}:");
    let is_found =
        code == Some(2) && messages.lines().any(|message| message.contains(&place) && message.contains(found));
    let is_silent = case.silent.as_ref().is_none_or(|silent| checked(silent).0 == Some(0));
    !case.has_documents && is_found && is_silent
}

#[test]
fn every_fault_is_found_where_it_stands_but_for_those_to_come() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/soundness");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let cases: Vec<Case> = files.iter().map(|path| case(path)).collect();
    assert!(cases.len() > 70);
    let missing: BTreeSet<&str> = cases.iter().filter(|case| !holds(case)).map(|case| case.code.as_str()).collect();
    assert_eq!(missing, TO_COME.iter().copied().collect::<BTreeSet<_>>(), "codes whose cases do not hold");
}
