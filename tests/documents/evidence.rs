//! Verifies the evidence of the dossier against its documents, where a checkout has them, and against altered temporary
//! copies.
//!
//! Invariant: this file quotes no sentence of a document; the sentences to alter are found by their shape.

use std::fs;
use std::path::Path;

use annals::evidence::coverage::{Coverage, coverage};
use annals::evidence::library::Library;
use annals::evidence::pin::pin;
use annals::evidence::usage::Usage;
use annals::evidence::verify::{Finding, FindingCounts, TextState, verify};
use annals::formats::author::{Origins, embedded, load, pin_changes, split_pins, write_pins};
use annals::model::Spot;
use annals::model::{CoreKind, Dossier};
use annals::passages::{Unit, normalise, split};
use annals::syntax::SourceFile;

use crate::support::documents::{around, documents};

fn dossier() -> Dossier {
    let (dossier, defects) = load(&embedded());
    assert_eq!(defects, []);
    dossier
}

fn library(dossier: &Dossier, folder: &Path) -> Library {
    let (library, defects) = Library::open(dossier, folder);
    assert_eq!(defects, []);
    library
}

/// Counts all places of the documents by the result of their verification.
fn counts(dossier: &Dossier, library: &Library) -> FindingCounts {
    let mut sum = FindingCounts::default();
    for FindingCounts { exact, moved, ambiguous, missing, unpinned, unverified, unread } in
        verify(dossier, library).into_iter().map(|document| document.anchors)
    {
        sum.exact += exact;
        sum.moved += moved;
        sum.ambiguous += ambiguous;
        sum.missing += missing;
        sum.unpinned += unpinned;
        sum.unverified += unverified;
        sum.unread += unread;
    }
    sum
}

fn covered(dossier: &Dossier, library: &Library) -> Coverage {
    coverage(dossier, library, &Usage::new(dossier, library), &Origins::default())
}

/// A copy of the documents that may be altered.
struct Copy {
    dossier: Dossier,
    folder: tempfile::TempDir,
}

impl Copy {
    /// Returns a copy, or `None` if there are no documents to copy.
    fn new() -> Option<Self> {
        let (dossier, from) = (dossier(), documents()?);
        let folder = tempfile::tempdir().unwrap();
        for file in dossier.documents().filter_map(|(_, document)| document.file.as_deref()) {
            fs::write(folder.path().join(file), fs::read(from.join(file)).unwrap()).unwrap();
        }
        Some(Self { dossier, folder })
    }

    /// Returns the names and the texts of the documents.
    fn documents(&self) -> Vec<(String, String)> {
        let files = self.dossier.documents().filter_map(|(_, document)| document.file.clone());
        let read = |file: String| {
            let text = fs::read_to_string(self.folder.path().join(&file)).unwrap();
            (file, normalise(&text).into_owned())
        };
        files.map(read).collect()
    }

    /// Verifies all places while one document has another text.
    fn with(&self, file: &str, text: &str) -> (FindingCounts, Coverage) {
        let path = self.folder.path().join(file);
        let before = fs::read(&path).unwrap();
        fs::write(&path, text).unwrap();
        let library = library(&self.dossier, self.folder.path());
        fs::write(&path, before).unwrap();
        (counts(&self.dossier, &library), covered(&self.dossier, &library))
    }
}

/// Returns words with one letter changed in the middle of the longest word, so that they split as before. Returns
/// `None` if there is no word of more than four letters.
fn edited(words: &str) -> Option<String> {
    let parts = words.split(|c: char| !c.is_ascii_lowercase());
    let longest = parts.max_by_key(|part| part.len()).filter(|part| part.len() > 4)?;
    let at = words.find(longest)? + longest.len() / 2;
    let other = if words[at..].starts_with('x') { "y" } else { "x" };
    Some(format!("{}{other}{}", &words[..at], &words[at + 1..]))
}

fn is_sentence(unit: &Unit) -> bool {
    matches!(unit.place, Spot::Sentence { .. })
}

#[test]
fn every_place_of_the_dossier_is_pinned() {
    let dossier = dossier();
    assert!(dossier.places().len() > 300);
    assert!(dossier.places().iter().all(|place| place.pin.is_some()));
    assert!(dossier.documents().all(|(_, document)| document.fingerprint.is_some()));
}

#[test]
fn every_anchor_is_exact() {
    let Some(folder) = documents() else { return };
    let dossier = dossier();
    for document in verify(&dossier, &library(&dossier, &folder)) {
        assert!(document.is_sound(), "{}: {:?}", document.document, document.anchors);
        assert_eq!(document.text, TextState::Same, "{}", document.document);
    }
}

#[test]
fn no_unit_is_unaccounted_for_and_no_claim_without_evidence() {
    let Some(folder) = documents() else { return };
    let dossier = dossier();
    let coverage = covered(&dossier, &library(&dossier, &folder));
    assert!(coverage.is_sound(), "{coverage:#?}");
    assert_eq!(coverage.documents.len(), 5);
    assert!(coverage.documents.iter().all(|document| document.percent == 100));
}

#[test]
fn the_pins_are_those_that_the_command_would_write() {
    let Some(folder) = documents() else { return };
    let seeds = Path::new("seeds");
    let (files, committed) = split_pins(embedded(), seeds);
    let (dossier, defects) = load(&files);
    assert_eq!(defects, []);
    let pins = pin(&dossier, &library(&dossier, &folder), &Origins::default()).unwrap();
    let changes = pin_changes(&dossier, &pins, &committed, seeds).unwrap();
    assert_eq!((changes.unchanged, committed.len()), (5, 5), "seeds/pins is out of date: run annals pin");
}

#[test]
fn an_inserted_paragraph_moves_places_and_loses_none() {
    let Some(copy) = Copy::new() else { return };
    let all = copy.dossier.places().len();
    for (file, text) in copy.documents() {
        let units = split(&text);
        // A paragraph among the rows of an infobox would end the infobox.
        let starts = units.iter().filter(|unit| unit.section != "infobox" && unit.line > 1);
        let mut lines: Vec<u32> = starts.map(|unit| unit.line).collect();
        lines.dedup();
        for line in lines.into_iter().step_by(7) {
            let mut altered: Vec<&str> = text.split('\n').collect();
            altered.insert(line as usize - 1, "A paragraph of ours, which no document has.\n");
            let (tally, coverage) = copy.with(&file, &altered.join("\n"));
            assert_eq!((tally.missing, tally.ambiguous), (0, 0), "{file}:{line}");
            assert!(tally.moved > 0, "{file}:{line}");
            assert_eq!(tally.exact + tally.moved, all, "{file}:{line}");
            let open: usize = coverage.documents.iter().map(|document| document.open.len()).sum();
            assert_eq!(open, 1, "{file}:{line}");
        }
    }
}

#[test]
fn an_edited_sentence_is_exactly_one_missing_place() {
    let Some(copy) = Copy::new() else { return };
    let mut edits = 0;
    for (file, text) in copy.documents() {
        let units = split(&text);
        for unit in units.iter().filter(|unit| is_sentence(unit)).step_by(3) {
            let [before, words, behind] = around(&text, unit);
            let Some(other) = edited(words) else { continue };
            let (tally, coverage) = copy.with(&file, &format!("{before}{other}{behind}"));
            assert_eq!((tally.missing, tally.moved, tally.ambiguous), (1, 0, 0), "{file}: {unit}");
            let open: Vec<String> =
                coverage.documents.into_iter().flat_map(|document| document.open).map(|unit| unit.place).collect();
            assert_eq!(open, [unit.to_string()], "{file}");
            edits += 1;
        }
    }
    assert!(edits > 30, "{edits}");
}

#[test]
fn a_sentence_that_went_away_and_came_back_twice_is_ambiguous() {
    let Some(copy) = Copy::new() else { return };
    for (file, text) in copy.documents() {
        let units = split(&text);
        let unit = units.iter().filter(|unit| is_sentence(unit)).max_by_key(|unit| unit.len).unwrap();
        let [before, words, behind] = around(&text, unit);
        let other = edited(words).unwrap();
        let (tally, _) = copy.with(&file, &format!("{before}{other}{behind}\n\n{words}\n\n{words}\n"));
        assert_eq!((tally.ambiguous, tally.missing, tally.moved), (1, 0, 0), "{file}");
    }
}

#[test]
fn another_encoding_of_the_same_text_changes_no_anchor() {
    let Some(copy) = Copy::new() else { return };
    for (file, text) in copy.documents() {
        for other in [format!("\u{feff}{text}"), text.replace('\n', "\r\n")] {
            let (tally, coverage) = copy.with(&file, &other);
            assert_eq!(
                tally,
                FindingCounts { exact: copy.dossier.places().len(), ..FindingCounts::default() },
                "{file}"
            );
            assert!(coverage.is_sound(), "{file}");
        }
    }
}

#[test]
fn a_document_that_is_gone_leaves_its_places_unread() {
    let Some(copy) = Copy::new() else { return };
    let (_, document) = copy.dossier.documents().next().unwrap();
    let file = copy.folder.path().join(document.file.as_deref().unwrap());
    fs::remove_file(&file).unwrap();
    let (library, defects) = Library::open(&copy.dossier, copy.folder.path());
    assert_eq!(defects.len(), 1);
    assert_eq!(defects[0].at.file, file.to_string_lossy());
    let checked = verify(&copy.dossier, &library);
    assert_eq!(checked.iter().filter(|document| !document.is_sound()).count(), 1);
    assert!(checked[0].places.iter().all(|place| place.finding == Finding::Unread));
}

#[test]
fn an_authored_place_that_is_nowhere_is_shown_where_it_was_written() {
    let Some(folder) = documents() else { return };
    let mut files = split_pins(embedded(), Path::new("seeds")).0;
    let (right, wrong) = ("\"lead / p1 s1\"", "\"lead / p1 s99\"");
    let file =
        files.iter_mut().find(|file| file.name.starts_with("seeds/claims/") && file.text.contains(right)).unwrap();
    file.text = file.text.replacen(right, wrong, 1);
    let (name, line) = (file.name.clone(), file.text.lines().position(|line| line.contains(wrong)).unwrap() + 1);
    let (dossier, defects) = load(&files);
    assert_eq!(defects, []);
    let origins = Origins::of(&dossier, &files);
    let defects = pin(&dossier, &library(&dossier, &folder), &origins).unwrap_err();
    assert_eq!(defects.len(), 1);
    let said = defects[0].to_string();
    assert!(said.starts_with(&format!("{name}:{line}:")), "{said}");
    assert!(said.contains("has no place \"lead / p1 s99\"; did you mean \"lead / p1 s"), "{said}");
}

#[test]
fn what_no_claim_says_any_more_is_unaccounted_for() {
    let Some(folder) = documents() else { return };
    let mut files = embedded();
    let file = files.iter_mut().find(|file| file.text.contains("[[unclaimed]]")).unwrap();
    file.text = file.text.split("[[unclaimed]]").next().unwrap().to_owned();
    let (dossier, _) = load(&files);
    let coverage = covered(&dossier, &library(&dossier, &folder));
    assert!(!coverage.is_sound());
    assert_eq!(coverage.documents.iter().filter(|document| !document.open.is_empty()).count(), 1);
}

/// An invented document with its claims, so that the whole process is tested even without the real documents.
#[test]
fn an_invented_dossier_is_pinned_altered_and_judged() {
    let folder = tempfile::tempdir().unwrap();
    let text = "The mill ground flour until 1902. It burned down that year.\n\nIts owner rebuilt it in brick.\n";
    let put = |text: &str| fs::write(folder.path().join("mill.txt"), text).unwrap();
    let authored = r#"
        document = "mill"
        [[source]]
        id = "mill"
        key = "M"
        title = "The mill"
        file = "mill.txt"
        [[event]]
        id = "fire"
        label = "The mill burns down"
        when = { value = "1902", at = ["lead / p1 s1", "lead / p1 s2"] }
        [[unclaimed]]
        at = "lead / p2"
        reason = "an example"
    "#;
    let mut files = vec![SourceFile::new("mill.toml", authored)];
    put(text);
    let (dossier, defects) = load(&files);
    assert_eq!(defects, []);
    let pins = pin(&dossier, &library(&dossier, folder.path()), &Origins::default()).unwrap();
    files.push(SourceFile::new("pins/mill.toml", write_pins(&dossier, &pins)));
    let (dossier, defects) = load(&files);
    assert_eq!(defects, []);
    assert_eq!(dossier.of_core(CoreKind::Event).count(), 1);

    let judged = |text: String| {
        put(&text);
        let library = library(&dossier, folder.path());
        (counts(&dossier, &library), covered(&dossier, &library).is_sound())
    };
    let (none, all) = (FindingCounts::default(), 3);
    assert_eq!(judged(text.to_owned()), (FindingCounts { exact: all, ..none }, true));
    assert_eq!(judged(format!("New.\n\n{text}")), (FindingCounts { moved: all, ..none }, false));
    assert_eq!(judged(text.replace("1902", "1903")), (FindingCounts { exact: 2, missing: 1, ..none }, false));
    assert_eq!(judged(text.replace("brick", "stone")), (FindingCounts { exact: 2, missing: 1, ..none }, false));
    let twice = format!("New.\n\n{text}\n{text}");
    assert_eq!(judged(twice), (FindingCounts { ambiguous: all, ..none }, false));
    assert_eq!(judged(format!("\u{feff}{}", text.replace('\n', "\r\n"))), (FindingCounts { exact: all, ..none }, true));
}
