//! Finds the words that a place was pinned to, wherever in the document they are now.
//!
//! Invariant: words are found by their digest or not at all; nothing merely similar is
//! ever taken for them.

use std::collections::HashMap;
use std::ops::Range;

use super::text::SourceText;
use crate::model::{Dossier, Pin, Place, Spot};

/// What became of a place in the document as it is now. Units are indices into
/// [`SourceText::units`]; a paragraph has several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The words stand where they were pinned.
    Exact(Range<usize>),
    /// They stand elsewhere, once; or several times, but once at the place's own section and number.
    Moved(Range<usize>),
    /// They stand elsewhere, several times.
    Ambiguous(Vec<Range<usize>>),
    /// They are not there any more.
    Missing,
    /// The place was never pinned: what has its section and number now, if anything does.
    Unpinned(Option<Range<usize>>),
}

impl Anchor {
    /// The units that the place means, if that is beyond doubt.
    pub fn units(&self) -> Option<Range<usize>> {
        match self {
            Self::Exact(units) | Self::Moved(units) => Some(units.clone()),
            Self::Unpinned(units) => units.clone(),
            Self::Ambiguous(_) | Self::Missing => None,
        }
    }
}

/// The units and paragraphs of a document by the digest of their words.
#[derive(Debug)]
pub struct Anchors<'a> {
    text: &'a SourceText,
    units: Digests,
    paragraphs: Digests,
}

/// All that have the same words, in the order of the document.
type Digests = HashMap<[u8; 32], Vec<(Pin, Range<usize>)>>;

impl<'a> Anchors<'a> {
    /// Digests a whole document.
    pub fn new(text: &'a SourceText) -> Self {
        let units = (0..text.units().len()).map(|unit| unit..unit + 1);
        Self { text, units: digests(text, units), paragraphs: digests(text, text.paragraphs()) }
    }

    /// What became of a place of this document.
    pub fn find(&self, dossier: &Dossier, place: &Place) -> Anchor {
        let named = self.text.units_at(dossier, place);
        let Some(pin) = place.pin else {
            return Anchor::Unpinned(named);
        };
        let all = match place.spot {
            Spot::Paragraph(_) => &self.paragraphs,
            Spot::Heading | Spot::Row(_) | Spot::Sentence { .. } | Spot::Item(_) => &self.units,
        };
        let found = all.get(&pin.sha256).map(Vec::as_slice).unwrap_or_default();
        let position = |pin: &Pin| (pin.start, pin.length);
        if let Ok(exact) = found.binary_search_by_key(&position(&pin), |(there, _)| position(there)) {
            return Anchor::Exact(found[exact].1.clone());
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
