//! Grounding: no value of a dossier is unexplained, a changed value is caught, and so is a claim with another place.
//!
//! Invariant: what counts as caught is only that the value is not in the passage.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annals::evidence::grounding::{Grounder, Grounding, Stated, StatedValue, Tallies};
use annals::evidence::library::Library;
use annals::evidence::usage::Usage;
use annals::formats::author::{embedded, load, locator, read_folder};
use annals::model::{Basis, Claim, DocumentId, Dossier, When};

use serde_json::Value;

use crate::support::documents::{copy_folder, documents};
use crate::support::program::{Ran, annals_on};

/// The English names of the months, for texts.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A dossier with its documents.
struct Held {
    dossier: Dossier,
    library: Library,
}

impl Held {
    /// The embedded dossier; `None` without its documents.
    fn embedded() -> Option<Self> {
        let (folder, (dossier, defects)) = (documents()?, load(&embedded()));
        assert_eq!(defects, []);
        Some(Self { library: library(&dossier, &folder), dossier })
    }

    /// The folder of an invented dossier, whose documents are beside it.
    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/tram")
    }

    /// The invented dossier.
    fn tram() -> Self {
        let folder = Self::folder();
        let (files, unread) = read_folder(&folder).unwrap();
        let (dossier, defects) = load(&files);
        assert_eq!((unread, defects), (vec![], vec![]));
        Self { library: library(&dossier, &folder), dossier }
    }
}

fn library(dossier: &Dossier, folder: &Path) -> Library {
    let (library, defects) = Library::open(dossier, folder);
    assert_eq!(defects, []);
    library
}

/// What is tried with the claims of a dossier.
struct Trial<'a> {
    held: &'a Held,
    grounder: &'a Grounder<'a>,
    usage: &'a Usage,
    tried: usize,
    survivors: Vec<String>,
}

impl Trial<'_> {
    fn judge(&mut self, claim: &Claim, stated: &Stated<'_>, places: &[(DocumentId, Range<usize>)], what: &str) {
        self.tried += 1;
        let state = self.grounder.judge(stated, places);
        if state != Some(Grounding::NotInPassage) {
            self.survivors.push(format!("{}: {what}: {state:?}", named(&self.held.dossier, claim)));
        }
    }

    /// Panics with the survivors if there are too many.
    fn caught(&self, least: f64) {
        let caught = 100.0 * (self.tried - self.survivors.len()) as f64 / self.tried as f64;
        let survivors = self.survivors.join("\n");
        assert!(caught >= least, "{caught:.1} % of {} were caught; survivors:\n{survivors}", self.tried);
    }
}

fn named(dossier: &Dossier, claim: &Claim) -> String {
    let places: Vec<String> = dossier.evidence(claim).map(|place| locator(dossier, place)).collect();
    let property = dossier.vocabulary().name(claim.property);
    format!("{} {property} at {}", dossier.id(claim.subject), places.join(", "))
}

/// Returns the claims that state or list a value, with what they state.
fn stated(dossier: &Dossier) -> impl Iterator<Item = (&Claim, Stated<'_>)> {
    let is_stated = |claim: &&Claim| matches!(claim.basis(), Basis::Stated | Basis::Listed);
    let claims = dossier.claims().map(|(_, claim)| claim).filter(is_stated);
    claims.filter_map(|claim| Some((claim, Stated::of(dossier, claim)?)))
}

/// Returns a text with each of its digits changed to every other one.
fn other_digits(text: &str) -> Vec<String> {
    let digits = text.char_indices().filter(|(_, c)| c.is_ascii_digit());
    let changed = |(at, c): (usize, char)| {
        let others = ('0'..='9').filter(move |&other| other != c);
        others.map(move |other| format!("{}{other}{}", &text[..at], &text[at + 1..]))
    };
    digits.flat_map(changed).collect()
}

/// Returns where the months of a date stand.
fn months_of(edtf: &str) -> Vec<usize> {
    let is_month = |at: usize| {
        let digits = |from: usize, to: usize| {
            edtf.get(from..to).is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X'))
        };
        let start = at.checked_sub(4)?;
        let begins = !edtf[..start].ends_with(|c: char| c == '-' || c.is_ascii_digit());
        (begins && digits(start, at) && digits(at + 1, at + 3)).then_some(at + 1)
    };
    edtf.match_indices('-').filter_map(|(at, _)| is_month(at)).collect()
}

/// Returns a date with each digit, and each month, changed to every other one.
fn other_dates(edtf: &str) -> Vec<When> {
    let mut texts: BTreeSet<String> = other_digits(edtf).into_iter().collect();
    for at in months_of(edtf) {
        texts.extend((1..=12).map(|month| format!("{}{month:02}{}", &edtf[..at], &edtf[at + 2..])));
    }
    texts.remove(edtf);
    texts.iter().filter_map(|text| When::parse(text).ok()).collect()
}

/// Returns a text with each digit and each month changed.
fn other_texts(text: &str) -> Vec<String> {
    let mut texts = other_digits(text);
    for month in MONTHS {
        for other in MONTHS.iter().filter(|other| **other != month) {
            for (at, _) in text.match_indices(month) {
                texts.push(format!("{}{other}{}", &text[..at], &text[at + month.len()..]));
            }
        }
    }
    texts
}

/// Changes every digit, month and year of every claim, one at a time.
fn change(trial: &mut Trial<'_>) {
    let held = trial.held;
    for (claim, stated) in stated(&held.dossier) {
        let places = trial.grounder.places(claim, trial.usage);
        match stated.value {
            StatedValue::Number(number, unit) => {
                for text in other_digits(&number.to_string()) {
                    let value = StatedValue::Number(text.parse().unwrap(), unit);
                    trial.judge(claim, &Stated { value, ..stated.clone() }, &places, &text);
                }
            }
            StatedValue::Date(when) => {
                for when in other_dates(when.edtf()) {
                    let value = StatedValue::Date(&when);
                    trial.judge(claim, &Stated { value, ..stated.clone() }, &places, when.edtf());
                }
            }
            StatedValue::Text(text) => {
                for text in other_texts(text) {
                    let value = StatedValue::Text(&text);
                    trial.judge(claim, &Stated { value, ..stated.clone() }, &places, &text);
                }
            }
            StatedValue::Entity(_) => {}
        }
        for at in 0..stated.times.len() {
            for when in other_dates(stated.times[at].edtf()) {
                let mut times = stated.times.clone();
                times[at] = &when;
                trial.judge(claim, &Stated { times, ..stated.clone() }, &places, when.edtf());
            }
        }
    }
}

/// Moves every claim to the passage before and to the one behind, where the dossier does not have it from there as well.
fn displace(trial: &mut Trial<'_>) {
    let held = trial.held;
    for (claim, stated) in stated(&held.dossier) {
        if trial.grounder.ground(claim, trial.usage).is_none_or(|state| state == Grounding::NotInPassage) {
            continue;
        }
        let places = trial.grounder.places(claim, trial.usage);
        let alike = held.dossier.claims_of(claim.subject).iter();
        let alike = alike.filter(|other| other.property == claim.property && other.value == claim.value);
        let also: Vec<(DocumentId, Range<usize>)> =
            alike.flat_map(|other| trial.grounder.places(other, trial.usage)).collect();
        for step in [-1, 1] {
            let moved = |(document, units): &(DocumentId, Range<usize>)| {
                let count = held.library.document(*document)?.units().len();
                let to = if step < 0 { units.start.checked_sub(1)? } else { units.end };
                let is_taken = also.iter().any(|(other, units)| other == document && units.contains(&to));
                (to < count && !is_taken).then(|| (*document, to..to + 1))
            };
            if let Some(moved) = places.iter().map(moved).collect::<Option<Vec<_>>>()
                && !moved.is_empty()
            {
                let what = format!("{:?} moved by {step}", stated.value);
                trial.judge(claim, &stated, &moved, &what);
            }
        }
    }
}

/// Returns the claims whose value is not in their passages, and that have no reason.
fn unexplained(held: &Held) -> Vec<String> {
    let usage = Usage::new(&held.dossier, &held.library);
    let missing = Tallies::new(&held.dossier, &held.library, &usage).missing.into_iter();
    let claims = missing.map(|id| held.dossier.claim(id)).filter(|claim| claim.reason.is_none());
    claims.map(|claim| named(&held.dossier, claim)).collect()
}

fn try_with(held: &Held, least: f64, trying: fn(&mut Trial<'_>)) {
    let usage = Usage::new(&held.dossier, &held.library);
    let grounder = Grounder::new(&held.dossier, &held.library);
    let mut trial = Trial { held, grounder: &grounder, usage: &usage, tried: 0, survivors: Vec::new() };
    trying(&mut trial);
    trial.caught(least);
}

#[test]
fn no_value_is_unexplained() {
    if let Some(held) = Held::embedded() {
        assert_eq!(unexplained(&held), [""; 0]);
    }
}

#[test]
fn a_changed_value_is_caught() {
    if let Some(held) = Held::embedded() {
        try_with(&held, 98.0, change);
    }
}

#[test]
fn a_claim_at_a_neighbouring_place_is_caught() {
    if let Some(held) = Held::embedded() {
        try_with(&held, 80.0, displace);
    }
}

#[test]
fn the_same_holds_for_an_invented_dossier() {
    let held = Held::tram();
    assert_eq!(unexplained(&held), [""; 0]);
    try_with(&held, 98.0, change);
    try_with(&held, 80.0, displace);
}

/// Returns the report on the invented dossier after a change, with an exit code.
fn checked(from: &str, to: &str, args: &[&str]) -> Ran {
    let (folder, copy) = (Held::folder(), tempfile::tempdir().unwrap());
    copy_folder(&folder, copy.path());
    let path = copy.path().join("dossier.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(&path, text.replace(from, to)).unwrap();
    let sources = copy.path().to_string_lossy().into_owned();
    annals_on(copy.path(), &[&["--sources", &sources, "check"], args].concat())
}

#[test]
fn an_invented_value_in_a_real_passage_does_not_hold() {
    let holds = "Everything holds.";
    let sound = checked("stops = [16, ", "stops = [16, ", &[]);
    assert!(sound.code == Some(0) && sound.stdout.lines().last() == Some(holds), "{}{}", sound.stdout, sound.stderr);
    for (from, to, said) in [
        ("stops = [16, ", "stops = [9999, ", "9999 stops is not in the passage lead / p2 s2"),
        ("\"2011-10-01\"", "\"1931\"", "1931 is not in the passage lead / p1 s1"),
    ] {
        let ran = checked(from, to, &[]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        assert!(ran.stdout.lines().last() == Some("Not everything holds."), "{}", ran.stdout);
        assert!(ran.stdout.contains("  1  not in the passage\n"), "{}", ran.stdout);
        assert_eq!(checked(from, to, &["--strict"]).code, Some(2));
        let json = checked(from, to, &["--format", "json"]).stdout;
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["sound"], false);
        assert_eq!(json["grounding"]["claims"]["not_in_the_passage"], 1);
    }
    let explained = "stops = [{ value = 9999, reason = \"so it is said\" }, ";
    let ran = checked("stops = [16, ", explained, &["--strict"]);
    assert!(!ran.stderr.contains("not in the passage"), "{}", ran.stderr);
    assert!(ran.stdout.contains("  1  not in the passage, of which 1 with a reason\n"), "{}", ran.stdout);
    assert_eq!(ran.stdout.lines().last(), Some(holds));
}

#[test]
fn the_sources_tell_how_their_claims_stand() {
    let folder = Held::folder();
    let ran = annals_on(&folder, &["--sources", folder.to_str().unwrap(), "sources", "--format", "json"]);
    let rows: Value = serde_json::from_str(&ran.stdout).unwrap();
    for row in rows.as_array().unwrap() {
        let count = |column: &str| row[column].as_u64().unwrap();
        assert!(count("verbatim") > 3 && count("reformatted") > 0 && count("not_in_the_passage") == 0, "{row}");
        assert_eq!(count("covered"), 100, "{row}");
    }
    let bare = annals_on(&folder, &["sources", "--format", "json"]).stdout;
    assert!(!bare.contains("verbatim") && !bare.contains("covered"), "{bare}");
}

#[test]
fn passages_tell_which_words_bear_a_value() {
    let folder = Held::folder();
    let ran = annals_on(&folder, &["--sources", folder.to_str().unwrap(), "passages", "--format", "jsonl"]);
    let text = fs::read_to_string(folder.join("courier.txt")).unwrap();
    let mut found = Vec::new();
    for line in ran.stdout.lines() {
        let passage: Value = serde_json::from_str(line).unwrap();
        if passage["document"] == "C" {
            for words in passage["bearing"].as_array().into_iter().flatten() {
                let [start, length] = ["start", "length"].map(|key| words[key].as_u64().unwrap() as usize);
                found.push(text.chars().skip(start).take(length).collect::<String>());
            }
        }
    }
    for words in ["11.2 km", "16 stops", "6 November 2021", "418 million euros", "spring", "2019"] {
        assert!(found.iter().any(|found| found == words), "{words}: {found:?}");
    }
}
