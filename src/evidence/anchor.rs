//! Finds the text that a place was pinned to, wherever it is in the current document.
//!
//! Invariant: text is only found by its digest; similar text is never accepted.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::{Dossier, Pin, Place, Spot};
use crate::passages::document::SourceText;

/// The location of a place in the current document. Units are indexes into [`SourceText::units`]; a paragraph
/// has several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The text is where it was pinned.
    Exact(Range<usize>),
    /// The text is elsewhere: once, or several times with one of them at the place's section and number.
    Moved(Range<usize>),
    /// The text is elsewhere, several times.
    Ambiguous(Vec<Range<usize>>),
    /// The text is not in the document.
    Missing,
    /// The key of the digests is not at hand, so that the text cannot be looked for; these are the units at the place's
    /// section and number, if any.
    Unverified(Option<Range<usize>>),
    /// The place was never pinned; these are the units at its section and number, if any.
    Unpinned(Option<Range<usize>>),
}

impl Anchor {
    /// Returns the units of the place, or `None` if it is ambiguous or missing.
    pub fn units(&self) -> Option<Range<usize>> {
        match self {
            Self::Exact(units) | Self::Moved(units) => Some(units.clone()),
            Self::Unverified(units) | Self::Unpinned(units) => units.clone(),
            Self::Ambiguous(_) | Self::Missing => None,
        }
    }
}

/// An index of the units and paragraphs of a document by digest.
#[derive(Debug)]
pub struct Anchors<'a> {
    text: &'a SourceText,
    units: Digests,
    paragraphs: Digests,
}

/// Units with equal text, in the order of the document, by digest.
type Digests = HashMap<[u8; 32], Vec<(Pin, Range<usize>)>>;

impl<'a> Anchors<'a> {
    /// Digests all units and paragraphs of a document.
    pub fn new(text: &'a SourceText) -> Self {
        let units = (0..text.units().len()).zip(1..).map(|(unit, next)| unit..next);
        Self { text, units: digests(text, units), paragraphs: digests(text, text.paragraphs()) }
    }

    /// Locates a place of this document.
    pub fn find(&self, dossier: &Dossier, place: &Place) -> Anchor {
        let named = self.text.units_at(dossier, place);
        let Some(pin) = place.pin else {
            return Anchor::Unpinned(named);
        };
        if self.text.fingerprint().is_none() {
            return Anchor::Unverified(named);
        }
        let all = match place.spot {
            Spot::Paragraph(_) => &self.paragraphs,
            Spot::Heading | Spot::Row(_) | Spot::Sentence { .. } | Spot::Item(_) => &self.units,
        };
        let found = all.get(&pin.sha256).map(Vec::as_slice).unwrap_or_default();
        let position = |pin: &Pin| (pin.start, pin.length);
        let exact = found.binary_search_by_key(&position(&pin), |(there, _)| position(there));
        if let Some((_, units)) = exact.ok().and_then(|exact| found.get(exact)) {
            return Anchor::Exact(units.clone());
        }
        match found {
            [] => Anchor::Missing,
            [(_, units)] => Anchor::Moved(units.clone()),
            [..] => match named.filter(|named| found.iter().any(|(_, units)| units == named)) {
                Some(named) => Anchor::Moved(named),
                None => Anchor::Ambiguous(found.iter().map(|(_, units)| units.clone()).collect()),
            },
        }
    }
}

fn digests(text: &SourceText, all: impl IntoIterator<Item = Range<usize>>) -> Digests {
    let mut digests = Digests::new();
    for units in all {
        if let Some(pin) = text.pin(units.clone()) {
            digests.entry(pin.sha256).or_default().push((pin, units));
        }
    }
    digests
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{DOCUMENT, pinned, place};
    use super::*;

    /// Locates a place of the fixture in another text, and returns the text found.
    fn became(text: &str, written: &str) -> (&'static str, Vec<String>) {
        let (dossier, text) = (pinned(), SourceText::new(text));
        let words = |units: &Range<usize>| text.words(units.clone()).to_owned();
        match Anchors::new(&text).find(&dossier, &place(&dossier, written)) {
            Anchor::Exact(units) => ("exact", vec![words(&units)]),
            Anchor::Moved(units) => ("moved", vec![words(&units)]),
            Anchor::Ambiguous(all) => ("ambiguous", all.iter().map(words).collect()),
            Anchor::Missing => ("missing", vec![]),
            Anchor::Unverified(units) => ("unverified", units.iter().map(words).collect()),
            Anchor::Unpinned(units) => ("unpinned", units.iter().map(words).collect()),
        }
    }

    fn one(state: &'static str, words: &str) -> (&'static str, Vec<String>) {
        (state, vec![words.to_owned()])
    }

    #[test]
    fn in_the_same_text_every_place_is_exact() {
        let (dossier, text) = (pinned(), SourceText::new(DOCUMENT));
        let anchors = Anchors::new(&text);
        assert_eq!(dossier.places().len(), 13);
        for place in dossier.places() {
            let named = text.units_at(&dossier, place);
            assert_eq!(Some(anchors.find(&dossier, place)), named.map(Anchor::Exact), "{place:?}");
        }
    }

    #[test]
    fn an_inserted_paragraph_moves_only_the_places_after_it() {
        let text = DOCUMENT.replace("A paragraph", "Something new.\nA paragraph");
        assert_eq!(became(&text, "lead / p1 s1"), one("exact", "The institute opened in 1931."));
        assert_eq!(became(&text, "lead / p2 s1"), one("moved", "A paragraph with one sentence."));
        assert_eq!(became(&text, "History / p1"), one("moved", "Dr. A. Moss led it first. She left in 1940."));
    }

    #[test]
    fn among_equal_texts_the_one_at_the_place_is_preferred() {
        let text = DOCUMENT.replace("A paragraph", "Something new.\nA paragraph");
        assert_eq!(became(&text, "Teaching / item 1"), one("moved", "* Anatomy"));
        let gone = text.replace("== Teaching ==\n* Anatomy", "== Courses ==\n* Zoology\n* Anatomy");
        assert_eq!(became(&gone, "Teaching / item 1").0, "ambiguous");
    }

    #[test]
    fn a_sentence_that_now_occurs_twice_elsewhere_is_ambiguous() {
        let sentence = "She left in 1940.";
        let text = format!("{}\n{sentence}\n\n{sentence}\n", DOCUMENT.replace(sentence, ""));
        let text = text.replace("Dr. A. Moss led it first.", "Dr. A. Moss led it first. Then came Bee.");
        let dossier = super::super::fixture::dossier;
        let authored =
            super::super::fixture::AUTHORED.replace("\"History / p1\"", "[\"History / p1 s1\", \"History / p1 s2\"]");
        let unpinned = dossier(&authored);
        let digest = SourceText::new(sentence).pin(0..1);
        let place = Place { pin: digest.map(|pin| Pin { start: 7, ..pin }), ..place(&unpinned, "History / p1 s2") };
        let text = SourceText::new(&text);
        let found = Anchors::new(&text).find(&unpinned, &place);
        let Anchor::Ambiguous(all) = &found else { unreachable!("{found:?}") };
        assert_eq!(all.iter().map(|units| text.words(units.clone())).collect::<Vec<_>>(), [sentence; 2]);
        assert_eq!(found.units(), None);
    }

    #[test]
    fn text_with_the_same_beginning_is_missing() {
        let text = DOCUMENT.replace("* Botany", "* Botany of mosses");
        assert_eq!(became(&text, "History / item 2").0, "missing");
        assert_eq!(became(&DOCUMENT.replace("in 1931", "in 1932"), "lead / p1 s1").0, "missing");
    }

    #[test]
    fn a_paragraph_with_a_changed_sentence_is_missing() {
        assert_eq!(became(&DOCUMENT.replace("1940", "1941"), "History / p1").0, "missing");
    }

    #[test]
    fn a_change_of_white_space_moves_a_place() {
        let text = DOCUMENT.replace("opened in 1931", "opened  in\u{a0}1931");
        assert_eq!(became(&text, "lead / p1 s1").0, "moved");
        assert_eq!(became(&DOCUMENT.replace('\n', "\r\n"), "Teaching / item 2").0, "exact");
        assert_eq!(became(&format!("\u{feff}{DOCUMENT}"), "Teaching / item 2").0, "exact");
    }

    #[test]
    fn an_unpinned_place_is_found_by_section_and_number() {
        let (dossier, text) = (pinned(), SourceText::new(DOCUMENT));
        let anchors = Anchors::new(&text);
        let place = Place { pin: None, ..place(&dossier, "lead / p2 s1") };
        assert_eq!(anchors.find(&dossier, &place), Anchor::Unpinned(text.units_at(&dossier, &place)));
        let nowhere = Place { spot: Spot::Item(9), ..place };
        assert_eq!(anchors.find(&dossier, &nowhere), Anchor::Unpinned(None));
    }
}
