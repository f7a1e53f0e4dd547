//! Verifies the pins of a dossier against the current documents.
//!
//! Invariant: every place of the dossier is reported once, in the order of the documents, and the report
//! contains no text of a document.

use std::ops::Range;

use serde::Serialize;

use super::anchor::{Anchor, Anchors};
use super::coverage::UnitRef;
use super::library::Library;
use crate::formats::author::{locator, slug};
use crate::model::{Document, Dossier, Place};
use crate::passages::document::SourceText;

/// The result of verifying a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Finding {
    /// Its text is where it was pinned.
    Exact,
    /// Its text is elsewhere.
    Moved {
        /// The current place of the text; the first sentence for a paragraph.
        to: UnitRef,
    },
    /// Its text is elsewhere, several times.
    Ambiguous {
        /// The current places of the text.
        among: Vec<UnitRef>,
    },
    /// Its text is not in the document.
    Missing,
    /// It was never pinned.
    Unpinned,
    /// Its digest is keyed, and the key is not at hand.
    Unverified,
    /// The document was not read.
    Unread,
}

/// A place with its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedPlace {
    /// The place as it is written: `History / p1 s2`.
    pub place: String,
    /// The line on which it was pinned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The result.
    #[serde(flatten)]
    pub finding: Finding,
}

/// The result of comparing a document with the fingerprint it was pinned with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextState {
    /// The bytes are equal.
    Same,
    /// The bytes differ; the places tell whether it matters.
    Changed,
    /// It was never pinned.
    Unpinned,
    /// Its digest is keyed, and the key is not at hand.
    Unverified,
    /// It has a file that was not read.
    Unread,
    /// It has no file.
    NoFile,
}

/// The number of places with each result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[expect(missing_docs, reason = "each counts the finding of its name")]
pub struct FindingCounts {
    pub exact: usize,
    pub moved: usize,
    pub ambiguous: usize,
    pub missing: usize,
    pub unpinned: usize,
    pub unverified: usize,
    pub unread: usize,
}

/// The places of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedDocument {
    /// The document's id without the kind.
    pub document: String,
    /// The document's short key.
    pub key: String,
    /// The state of the text as a whole.
    pub text: TextState,
    /// The number of places with each result.
    pub anchors: FindingCounts,
    /// Every place, in the order of the pinned positions, unpinned ones last.
    pub places: Vec<CheckedPlace>,
}

impl CheckedDocument {
    /// Returns true if every place is exact. A document without a file is always sound.
    pub fn is_sound(&self) -> bool {
        self.text == TextState::NoFile
            || self.anchors == FindingCounts { exact: self.places.len(), ..FindingCounts::default() }
    }
}

/// Verifies every place of the dossier, document by document, sorted by key.
pub fn verify(dossier: &Dossier, library: &Library) -> Vec<CheckedDocument> {
    let documents = dossier.documents().zip(dossier.places_by_document());
    documents.map(|((id, document), places)| check(dossier, document, places, library.document(id))).collect()
}

fn check(
    dossier: &Dossier,
    document: &Document,
    places: Vec<(usize, &Place)>,
    text: Option<&SourceText>,
) -> CheckedDocument {
    let anchors = text.map(Anchors::new);
    let mut places: Vec<&Place> = places.into_iter().map(|(_, place)| place).collect();
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
        anchors: count(&places),
        places,
    }
}

fn finding(text: &SourceText, anchor: Anchor) -> Finding {
    let spotted = |units: Range<usize>| text.units().get(units.start).map(UnitRef::of);
    match anchor {
        Anchor::Exact(_) => Finding::Exact,
        Anchor::Moved(units) => spotted(units).map_or(Finding::Missing, |to| Finding::Moved { to }),
        Anchor::Ambiguous(all) => Finding::Ambiguous { among: all.into_iter().filter_map(spotted).collect() },
        Anchor::Missing => Finding::Missing,
        Anchor::Unverified(_) => Finding::Unverified,
        Anchor::Unpinned(_) => Finding::Unpinned,
    }
}

fn state(document: &Document, text: Option<&SourceText>) -> TextState {
    match (&document.file, text, document.fingerprint) {
        (None, _, _) => TextState::NoFile,
        (Some(_), None, _) => TextState::Unread,
        (Some(_), Some(_), None) => TextState::Unpinned,
        (Some(_), Some(text), Some(pinned)) => match text.fingerprint() {
            None => TextState::Unverified,
            Some(current) if current == pinned => TextState::Same,
            Some(_) => TextState::Changed,
        },
    }
}

fn count(places: &[CheckedPlace]) -> FindingCounts {
    let mut counts = FindingCounts::default();
    for place in places {
        let count = match place.finding {
            Finding::Exact => &mut counts.exact,
            Finding::Moved { .. } => &mut counts.moved,
            Finding::Ambiguous { .. } => &mut counts.ambiguous,
            Finding::Missing => &mut counts.missing,
            Finding::Unpinned => &mut counts.unpinned,
            Finding::Unverified => &mut counts.unverified,
            Finding::Unread => &mut counts.unread,
        };
        *count = count.saturating_add(1);
    }
    counts
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::fixture::{AUTHORED, DOCUMENT, dossier, keyed, keyed_library, library, pinned};
    use super::*;
    use crate::text::keyed::Key;

    fn verified(dossier: &Dossier, text: &str) -> CheckedDocument {
        let mut all = verify(dossier, &library(dossier, text));
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    fn of(checked: &CheckedDocument, place: &str) -> Vec<Finding> {
        checked.places.iter().filter(|checked| checked.place == place).map(|checked| checked.finding.clone()).collect()
    }

    #[test]
    fn the_pinned_text_is_sound() {
        let checked = verified(&pinned(), DOCUMENT);
        assert_eq!((checked.text, checked.anchors.exact, checked.is_sound()), (TextState::Same, 13, true));
    }

    #[test]
    fn a_changed_byte_outside_of_all_places_is_reported_and_sound() {
        let checked = verified(&pinned(), &format!("{DOCUMENT}\n"));
        assert_eq!((checked.text, checked.is_sound()), (TextState::Changed, true));
    }

    #[test]
    fn each_place_has_one_result_and_a_moved_one_its_new_place() {
        let text = DOCUMENT.replace("A paragraph", "Something new.\nA paragraph").replace("in 1931", "in 1913");
        let checked = verified(&pinned(), &text);
        assert_eq!(of(&checked, "lead / p1 s1"), [Finding::Missing]);
        let to = UnitRef { place: "lead / p3 s1".into(), line: 8 };
        assert_eq!(of(&checked, "lead / p2 s1"), [Finding::Moved { to }]);
        let to = UnitRef { place: "History / p1 s1".into(), line: 11 };
        assert_eq!(of(&checked, "History / p1"), [Finding::Moved { to }]);
        assert_eq!(checked.anchors, FindingCounts { exact: 4, moved: 8, missing: 1, ..FindingCounts::default() });
        assert!(!checked.is_sound());
    }

    #[test]
    fn without_pins_or_without_the_document_nothing_is_sound() {
        let bare = dossier(AUTHORED);
        let checked = verified(&bare, DOCUMENT);
        assert_eq!((checked.text, checked.anchors.unpinned, checked.is_sound()), (TextState::Unpinned, 13, false));
        let unread = verify(&pinned(), &Library::default()).remove(0);
        assert_eq!((unread.text, unread.anchors.unread, unread.is_sound()), (TextState::Unread, 13, false));
    }

    #[test]
    fn a_document_without_a_file_is_sound() {
        let bare = dossier(&AUTHORED.replace("file = \"thistle.txt\"\n", ""));
        let checked = verify(&bare, &Library::default()).remove(0);
        assert_eq!((checked.text, checked.is_sound()), (TextState::NoFile, true));
    }

    #[test]
    fn the_report_is_flat_and_contains_no_text() -> serde_json::Result<()> {
        let text = DOCUMENT.replace("in 1931", "in 1913").replace("A paragraph", "New.\nA paragraph");
        let json = serde_json::to_value(verified(&pinned(), &text))?;
        assert_eq!(json["text"], "changed");
        assert_eq!(json["anchors"]["missing"], 1);
        assert_eq!(json["places"][3], serde_json::json!({ "place": "lead / p1 s1", "line": 6, "state": "missing" }));
        let moved = serde_json::json!({
            "place": "lead / p2 s1", "line": 7, "state": "moved", "to": { "place": "lead / p3 s1", "line": 8 }
        });
        assert_eq!(json["places"][5], moved);
        assert!(!json.to_string().contains("paragraph with"));
        Ok(())
    }

    #[test]
    fn without_its_key_nothing_is_verified_and_nothing_has_changed() {
        let (dossier, key) = keyed();
        let checked = verify(&dossier, &keyed_library(&dossier, DOCUMENT, Some(&key))).remove(0);
        assert_eq!((checked.text, checked.anchors.exact, checked.is_sound()), (TextState::Same, 13, true));
        let moved = DOCUMENT.replace("A paragraph", "Something new.\nA paragraph");
        let checked = verify(&dossier, &keyed_library(&dossier, &moved, Some(&key))).remove(0);
        assert_eq!((checked.text, checked.anchors.exact, checked.anchors.moved), (TextState::Changed, 5, 8));
        for text in [DOCUMENT, &moved] {
            let checked = verify(&dossier, &keyed_library(&dossier, text, None)).remove(0);
            let all = FindingCounts { unverified: 13, ..FindingCounts::default() };
            assert_eq!((checked.text, checked.anchors, checked.is_sound()), (TextState::Unverified, all, false));
        }
        let other = Arc::new(Key::new([8; 32]));
        let checked = verify(&dossier, &keyed_library(&dossier, DOCUMENT, Some(&other))).remove(0);
        assert_eq!((checked.text, checked.anchors.missing), (TextState::Changed, 13));
    }
}
