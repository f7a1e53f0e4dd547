//! A small invented document and its dossier, for tests.
//!
//! Invariant: every unit of the document is used by a claim or listed as unclaimed.

use std::fs;
use std::sync::Arc;

use super::library::{Library, Reading};
use super::pin::pin;
use crate::formats::author::{Origins, load, locator, write_pins};
use crate::model::{DocumentId, Dossier, Place};
use crate::syntax::SourceFile;
use crate::text::keyed::Key;

/// "Anatomy" occurs in two lists, and one sentence has characters outside of ASCII.
pub const DOCUMENT: &str = "\
= Thistle Institute =

- Beds: 40
- Motto: –

The institute opened in 1931. It has “forty” beds – few, Dr. Moss said.
A paragraph with one sentence.

== History ==
Dr. A. Moss led it first. She left in 1940.

* Anatomy
* Botany

== Teaching ==
* Anatomy
* Chemistry
";

/// The only authored file.
pub const AUTHORED: &str = r#"document = "thistle"
[[source]]
id = "thistle"
key = "T"
title = "Thistle Institute"
file = "thistle.txt"

[[institution]]
id = "thistle"
label = "Thistle Institute"
names = [{ value = "The Thistle", at = "lead / p2 s1" }]
beds = [{ value = 40, at = ["infobox / row Beds", "lead / p1 s2"] }, { value = 41, at = "Teaching / item 2" }]
motto = { missing = true, at = "infobox / row Motto" }

[[event]]
id = "opening"
label = "The institute opens"
at = "lead / p1 s1"
when = "1931"

[[unit]]
id = "anatomy"
label = "Anatomy"
institution = { value = "thistle", at = ["History / item 1", "Teaching / item 1"] }

[[unit]]
id = "botany"
label = "Botany"
institution = { value = "thistle", at = "History / item 2" }

[[event]]
id = "leaving"
label = "Its first head leaves"
at = "History / p1"
when = "1940"

[[unclaimed]]
at = ["lead / heading", "History / heading", "Teaching / heading"]
reason = "heading"
"#;

pub fn file(name: &str, text: &str) -> SourceFile {
    SourceFile::new(name, text)
}

/// Loads an authored file without pins.
pub fn dossier(authored: &str) -> Dossier {
    let (dossier, defects) = load(&[file("thistle.toml", authored)]);
    assert_eq!(defects, []);
    dossier
}

/// Reads a folder with this text as the only document.
pub fn library(dossier: &Dossier, text: &str) -> Library {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thistle.txt"), text).unwrap();
    let (library, defects) = Library::open(dossier, folder.path());
    assert_eq!(defects, []);
    library
}

/// Loads [`AUTHORED`] with pins to [`DOCUMENT`].
pub fn pinned() -> Dossier {
    let dossier = dossier(AUTHORED);
    let pins = pin(&dossier, &library(&dossier, DOCUMENT), &Origins::default()).unwrap();
    let files = [file("pins/thistle.toml", &write_pins(&dossier, &pins)), file("thistle.toml", AUTHORED)];
    let (dossier, defects) = load(&files);
    assert_eq!(defects, []);
    dossier
}

/// Loads [`AUTHORED`] with keyed pins to [`DOCUMENT`], and returns their key.
pub fn keyed() -> (Dossier, Arc<Key>) {
    let authored = format!("{AUTHORED}\n[dossier]\nkey = \"t\"\ntitle = \"T\"\ndigests = \"keyed\"\n");
    let (bare, key) = (dossier(&authored), Arc::new(Key::new([7; 32])));
    let pins = pin(&bare, &keyed_library(&bare, DOCUMENT, Some(&key)), &Origins::default()).unwrap();
    let files = [file("pins/thistle.toml", &write_pins(&bare, &pins)), file("thistle.toml", &authored)];
    let (dossier, defects) = load(&files);
    assert_eq!(defects, []);
    (dossier, key)
}

/// Reads a folder with this text as the only document, with or without the key of its digests.
pub fn keyed_library(dossier: &Dossier, text: &str, key: Option<&Arc<Key>>) -> Library {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thistle.txt"), text).unwrap();
    let (library, defects) =
        Library::open_as(dossier, folder.path(), Reading { key: key.cloned(), ..Reading::within() });
    assert_eq!(defects, []);
    library
}

/// Returns the id of the document.
pub fn id(dossier: &Dossier) -> DocumentId {
    dossier.documents().next().unwrap().0
}

/// Returns the place with this text form.
pub fn place(dossier: &Dossier, written: &str) -> Place {
    *dossier.places().iter().find(|place| locator(dossier, place) == written).unwrap()
}
