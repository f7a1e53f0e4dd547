//! A document in memory: its text, its units, and their places.
//!
//! Invariant: the text stays in memory. Neither `Debug` nor any other trait of [`SourceText`] prints it; it is
//! only lent as slices.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use crate::model::dossier::Fingerprint;
use crate::model::{Dossier, Pin, Place, Spot};
use crate::passages::{Unit, digest, normalise, split};
use crate::text::keyed::Digester;

/// A split document.
pub struct SourceText {
    text: String,
    fingerprint: Option<Fingerprint>,
    digester: Digester,
    units: Vec<Unit>,
    /// The byte range of each unit in `text`.
    bytes: Vec<Range<usize>>,
    places: HashMap<String, HashMap<Spot<String>, Range<usize>>>,
}

impl SourceText {
    /// Normalises and splits a document, given as the content of its file; its digests are plain.
    pub fn new(raw: &str) -> Self {
        Self::digested(raw, Digester::Plain)
    }

    /// Normalises and splits a document like [`new`](Self::new); its digests are made by `digester`.
    pub fn digested(raw: &str, digester: Digester) -> Self {
        let text = normalise(raw).into_owned();
        let units = split(&text);
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let fingerprint = digester.digest(raw.as_bytes()).map(|sha256| Fingerprint { sha256, length });
        let bytes = byte_ranges(&text, &units);
        let places = index(&units);
        Self { text, fingerprint, digester, units, bytes, places }
    }

    /// Returns the whole text, without a byte order mark and with `\n` line ends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the digest of the file's bytes and the length of [`text`](Self::text) in code points; `None` if the key
    /// of the digests is not at hand.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        self.fingerprint
    }

    /// Returns the units in the order of the document. Other methods refer to them by index.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Returns the text of consecutive units with everything between them; empty for an empty or invalid range.
    pub fn words(&self, units: Range<usize>) -> &str {
        let units = self.bytes.get(units).unwrap_or_default();
        let stretch = units.first().zip(units.last()).map(|(first, last)| first.start..last.end);
        stretch.and_then(|bytes| self.text.get(bytes)).unwrap_or_default()
    }

    /// Returns the text of one unit; empty for an invalid index.
    pub fn unit_text(&self, unit: usize) -> &str {
        self.bytes.get(unit).and_then(|bytes| self.text.get(bytes.clone())).unwrap_or_default()
    }

    /// Returns the bytes of one unit in [`text`](Self::text); none for an invalid index.
    pub fn unit_bytes(&self, unit: usize) -> Range<usize> {
        self.bytes.get(unit).cloned().unwrap_or_default()
    }

    /// Returns the units at a spot: one, or for a paragraph all of its sentences. `None` if there is no such spot.
    pub fn find(&self, section: &str, spot: Spot<&str>) -> Option<Range<usize>> {
        self.places.get(section)?.get(&spot.map(str::to_owned)).cloned()
    }

    /// Returns the units at the place of a dossier, by section and spot; its pin is ignored.
    pub fn units_at(&self, dossier: &Dossier, place: &Place) -> Option<Range<usize>> {
        self.find(dossier.text(place.section), place.spot.map(|row| dossier.text(row)))
    }

    /// Returns the position of consecutive units and the digest of their text, or `None` for an empty range, or if the
    /// key of the digests is not at hand.
    pub fn pin(&self, units: Range<usize>) -> Option<Pin> {
        let sha256 = digest(self.words(units.clone()), &self.digester)?;
        let units = self.units.get(units)?;
        let (first, last) = (units.first()?, units.last()?);
        Some(Pin { line: first.line, start: first.start, length: last.end().saturating_sub(first.start), sha256 })
    }

    /// Returns the unit range of each paragraph, in the order of the document.
    pub fn paragraphs(&self) -> Vec<Range<usize>> {
        let spots = self.places.values().flatten();
        let paragraphs = spots.filter(|(spot, _)| matches!(spot, Spot::Paragraph(_)));
        let mut paragraphs: Vec<Range<usize>> = paragraphs.map(|(_, units)| units.clone()).collect();
        paragraphs.sort_by_key(|units| units.start);
        paragraphs
    }

    /// Iterates over the sections with their spots, in no particular order.
    pub(crate) fn sections(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = Spot<&str>>)> {
        self.places.iter().map(|(section, spots)| (section.as_str(), spots.keys().map(Spot::borrowed)))
    }
}

impl fmt::Debug for SourceText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text: _, fingerprint, digester: _, units, bytes: _, places: _ } = self;
        let mut out = out.debug_struct("SourceText");
        out.field("code_points", &fingerprint.map(|fingerprint| fingerprint.length))
            .field("units", &units.len())
            .finish_non_exhaustive()
    }
}

/// Indexes units by section and spot, and paragraphs with all of their sentences.
fn index(units: &[Unit]) -> HashMap<String, HashMap<Spot<String>, Range<usize>>> {
    let mut places: HashMap<String, HashMap<Spot<String>, Range<usize>>> = HashMap::new();
    for (number, unit) in units.iter().enumerate() {
        let next = number.saturating_add(1);
        let spots = places.entry(unit.section.clone()).or_default();
        let spot = unit.place.borrowed();
        if let Spot::Sentence { paragraph, .. } = spot {
            // The sentences of a paragraph are on one line, so no other unit is between them.
            spots.entry(Spot::Paragraph(paragraph)).or_insert(number..number).end = next;
        }
        spots.insert(spot.map(str::to_owned), number..next);
    }
    places
}

/// Converts code points to bytes in one pass; units are sorted and do not overlap.
fn byte_ranges(text: &str, units: &[Unit]) -> Vec<Range<usize>> {
    let (mut rest, mut point) = (text.chars(), 0_u32);
    let mut advance = |to: u32| {
        if let Some(others) = to.saturating_sub(point).checked_sub(1) {
            rest.nth(others as usize);
            point = to;
        }
        text.len().saturating_sub(rest.as_str().len())
    };
    units.iter().map(|unit| advance(unit.start)..advance(unit.end())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::evidence::fixture::DOCUMENT;

    #[test]
    fn a_spot_finds_its_text() {
        let text = SourceText::new(DOCUMENT);
        let words = |section, spot| text.find(section, spot).map(|units| text.words(units));
        assert_eq!(words("infobox", Spot::Row("Beds")), Some("- Beds: 40"));
        assert_eq!(words("History", Spot::Item(2)), Some("* Botany"));
        assert_eq!(words("History", Spot::Heading), Some("== History =="));
        assert_eq!(words("lead", Spot::Sentence { paragraph: 2, sentence: 1 }), Some("A paragraph with one sentence."));
        for (section, spot) in [("history", Spot::Heading), ("History", Spot::Item(3)), ("lead", Spot::Row("Beds"))] {
            assert_eq!(words(section, spot), None, "{section} / {spot}");
        }
    }

    #[test]
    fn a_paragraph_has_all_of_its_sentences() {
        let text = SourceText::new(DOCUMENT);
        let units = text.find("History", Spot::Paragraph(1)).unwrap();
        assert_eq!(units.len(), 2);
        assert_eq!(text.words(units.clone()), "Dr. A. Moss led it first. She left in 1940.");
        let (whole, last) = (text.pin(units.clone()).unwrap(), text.pin(units.end - 1..units.end).unwrap());
        assert_eq!(whole.start + whole.length, last.start + last.length);
        assert_eq!(text.paragraphs().len(), 3);
    }

    #[test]
    fn a_pin_counts_code_points_and_lines() {
        let text = SourceText::new("Ü – é.\n\nA b\u{a0}c.\n");
        let pin = text.pin(1..2).unwrap();
        assert_eq!((pin.line, pin.start, pin.length), (3, 8, 6));
        assert_eq!(Some(pin.sha256), digest("A b c.", &Digester::Plain));
        assert_eq!((text.pin(0..0), text.pin(1..3), text.unit_text(usize::MAX)), (None, None, ""));
    }

    #[test]
    fn the_fingerprint_is_of_the_bytes_and_the_length_of_the_text() {
        let (plain, marked) = (SourceText::new("É.\n"), SourceText::new("\u{feff}É.\r\n"));
        assert_eq!(plain.text(), marked.text());
        let [plain, marked] = [plain, marked].map(|text| text.fingerprint().unwrap());
        assert_eq!((plain.length, marked.length), (3, 3));
        assert_ne!(plain.sha256, marked.sha256);
    }

    #[test]
    fn debug_output_does_not_contain_the_text() {
        let shown = format!("{:#?}", SourceText::new(DOCUMENT));
        assert!(!shown.contains("Moss") && !shown.contains("History"), "{shown}");
        assert!(shown.contains("units"), "{shown}");
    }

    proptest! {
        #[test]
        fn every_unit_is_found_at_its_own_place(raw in "(= ?A ?=\n)?(- ?[aé]: b\n){0,2}([aé.“ ]{0,9}|\\* a|==b==|\n|\r\n|B. C d. E.){0,20}") {
            let text = SourceText::new(&raw);
            for (index, unit) in text.units().iter().enumerate() {
                prop_assert_eq!(text.find(&unit.section, unit.place.borrowed()), Some(index..index + 1));
                let words: String = text.text().chars().skip(unit.start as usize).take(unit.len as usize).collect();
                prop_assert_eq!(text.unit_text(index), words);
            }
        }
    }
}
