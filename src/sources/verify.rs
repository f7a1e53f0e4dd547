//! Holds a dossier's pins against its documents as they are now.
//!
//! Invariant: every place of the dossier is reported once, in the order of the documents,
//! and no word of a document is in the report.

use std::ops::Range;

use serde::Serialize;

use super::anchor::{Anchor, Anchors};
use super::library::Library;
use super::text::SourceText;
use crate::formats::author::{locator, slug};
use crate::model::{Document, DocumentId, Dossier, Place};

/// What became of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Finding {
    /// Its words stand where they were pinned.
    Exact,
    /// Its words stand elsewhere.
    Moved {
        /// The place that they have now.
        to: Spotted,
    },
    /// Its words stand elsewhere, several times.
    Ambiguous {
        /// All the places that they have now.
        among: Vec<Spotted>,
    },
    /// Its words are not in the document.
    Missing,
    /// It was never pinned.
    Unpinned,
    /// There was no document to look into.
    Unread,
}

/// Where words were found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spotted {
    /// The place as it is written; of a paragraph, its first sentence.
    pub place: String,
    /// The line, from 1.
    pub line: u32,
}

/// A place and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedPlace {
    /// The place as it is written: `History / p1 s2`.
    pub place: String,
    /// The line on which it was pinned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What became of it.
    #[serde(flatten)]
    pub finding: Finding,
}

/// Whether a document is the one that was pinned, byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextState {
    /// It is.
    Same,
    /// Another byte somewhere; the places say whether it matters.
    Changed,
    /// It was never pinned.
    Unpinned,
    /// It has a file, but that was not read.
    Unread,
    /// It has no file.
    NoFile,
}

/// How many places are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[expect(missing_docs, reason = "each counts the finding of its name")]
pub struct Tally {
    pub exact: usize,
    pub moved: usize,
    pub ambiguous: usize,
    pub missing: usize,
    pub unpinned: usize,
    pub unread: usize,
}

/// The places of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedDocument {
    /// Its id without the kind.
    pub document: String,
    /// The letters that name it in narrow columns.
    pub key: String,
    /// Whether it is the text that was pinned.
    pub text: TextState,
    /// How many places are in which state.
    pub anchors: Tally,
    /// Every place, in the order in which the document was pinned, those without a pin last.
    pub places: Vec<CheckedPlace>,
}

impl CheckedDocument {
    /// Whether every place holds. A document without a file has nothing to hold against.
    pub fn is_sound(&self) -> bool {
        self.text == TextState::NoFile || self.anchors == Tally { exact: self.places.len(), ..Tally::default() }
    }
}

/// Holds every place against its document, in the order of the documents' keys.
pub fn verify(dossier: &Dossier, library: &Library) -> Vec<CheckedDocument> {
    dossier.documents().map(|(id, document)| check(dossier, id, document, library.document(id))).collect()
}

fn check(dossier: &Dossier, id: DocumentId, document: &Document, text: Option<&SourceText>) -> CheckedDocument {
    let anchors = text.map(Anchors::new);
    let mut places: Vec<&Place> = dossier.places().iter().filter(|place| place.document == id).collect();
    places.sort_by_cached_key(|place| {
        let position = place.pin.map(|pin| (pin.start, pin.length));
        (position.is_none(), position, locator(dossier, place))
    });
    let checked = places.into_iter().map(|place| {
        let finding = match (text, &anchors) {
            (Some(text), Some(anchors)) => finding(text, anchors.find(dossier, place)),
            (_, None) | (None, _) => Finding::Unread,
        };
        CheckedPlace { place: locator(dossier, place), line: place.pin.map(|pin| pin.line), finding }
    });
    let places: Vec<CheckedPlace> = checked.collect();
    CheckedDocument {
        document: slug(dossier, document).to_owned(),
        key: document.key.clone(),
        text: state(document, text),
        anchors: tally(&places),
        places,
    }
}

fn finding(text: &SourceText, anchor: Anchor) -> Finding {
    let spotted = |units: Range<usize>| {
        let unit = &text.units()[units.start];
        Spotted { place: unit.to_string(), line: unit.line }
    };
    match anchor {
        Anchor::Exact(_) => Finding::Exact,
        Anchor::Moved(units) => Finding::Moved { to: spotted(units) },
        Anchor::Ambiguous(all) => Finding::Ambiguous { among: all.into_iter().map(spotted).collect() },
        Anchor::Missing => Finding::Missing,
        Anchor::Unpinned(_) => Finding::Unpinned,
    }
}

fn state(document: &Document, text: Option<&SourceText>) -> TextState {
    match (&document.file, text, document.fingerprint) {
        (None, _, _) => TextState::NoFile,
        (Some(_), None, _) => TextState::Unread,
        (Some(_), Some(_), None) => TextState::Unpinned,
        (Some(_), Some(text), Some(pinned)) if text.fingerprint() == pinned => TextState::Same,
        (Some(_), Some(_), Some(_)) => TextState::Changed,
    }
}

fn tally(places: &[CheckedPlace]) -> Tally {
    let mut tally = Tally::default();
    for place in places {
        let count = match place.finding {
            Finding::Exact => &mut tally.exact,
            Finding::Moved { .. } => &mut tally.moved,
            Finding::Ambiguous { .. } => &mut tally.ambiguous,
            Finding::Missing => &mut tally.missing,
            Finding::Unpinned => &mut tally.unpinned,
            Finding::Unread => &mut tally.unread,
        };
        *count += 1;
    }
    tally
}
