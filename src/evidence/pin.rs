//! Pins every place of a dossier to its text in the documents.
//!
//! Invariant: either all places are pinned or none; offsets and digests are never typed by hand.

use super::coverage::Nowhere;
use super::library::Library;
use crate::formats::author::{DocumentPins, Origins, PINNED_BY, locator, slug};
use crate::model::{Dossier, Pin, Place};
use crate::passages::SPLITTER_VERSION;
use crate::passages::document::SourceText;
use crate::syntax::{Code, Defect};

// A change of the splitter has to be declared where its pins are read.
const _: () = assert!(PINNED_BY == SPLITTER_VERSION);

/// Returns the pins of all documents that have a file, sorted by key; the places of each in the order of its
/// text. [`write_pins`](crate::formats::author::write_pins) writes them to a file.
///
/// # Errors
///
/// Returns a defect for every place that does not exist and every document that was not read, or whose key is missing.
pub fn pin(dossier: &Dossier, library: &Library, origins: &Origins) -> Result<Vec<DocumentPins>, Vec<Defect>> {
    let mut defects = Vec::new();
    let mut pinned = Vec::new();
    let documents = dossier.documents().zip(dossier.places_by_document());
    for ((id, document), places) in documents.filter(|((_, document), _)| document.file.is_some()) {
        let defect = |found, remedy| Defect::of_file(Code::Unreadable, slug(dossier, document), found, remedy);
        match library.document(id).map(|text| (text, text.fingerprint())) {
            Some((text, Some(fingerprint))) => {
                let places = pin_places(dossier, &places, text, origins, &mut defects);
                pinned.push(DocumentPins { document: id, fingerprint, places });
            }
            Some((_, None)) => {
                defects.push(defect("the document cannot be digested", "expected the key of the dossier's digests"));
            }
            None => defects.push(defect("the document was not read", "expected its file in the folder of sources")),
        }
    }
    defects.sort();
    if defects.is_empty() { Ok(pinned) } else { Err(defects) }
}

fn pin_places(
    dossier: &Dossier,
    cited: &[(usize, &Place)],
    text: &SourceText,
    origins: &Origins,
    defects: &mut Vec<Defect>,
) -> Vec<(Place, Pin)> {
    let mut places: Vec<(Place, Pin)> = Vec::new();
    for &(_, place) in cited {
        match text.units_at(dossier, place).and_then(|units| text.pin(units)) {
            Some(pin) => places.push((*place, pin)),
            None => defects.extend(Nowhere::new(dossier, place, text, origins).defects()),
        }
    }
    places.sort_by_key(|(place, pin)| (pin.start, pin.length, locator(dossier, place)));
    places
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{AUTHORED, DOCUMENT, dossier, file, library, pinned};
    use super::*;
    use crate::formats::author::{load, write_pins};

    fn said(authored: &str) -> Vec<String> {
        let dossier = dossier(authored);
        let origins = Origins::of(&dossier, &[file("claims/thistle.toml", authored)]);
        let defects = pin(&dossier, &library(&dossier, DOCUMENT), &origins).unwrap_err();
        defects.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_place_is_pinned_in_the_order_of_the_text() {
        let dossier = dossier(AUTHORED);
        let pins = pin(&dossier, &library(&dossier, DOCUMENT), &Origins::default()).unwrap();
        let places: Vec<String> = pins[0].places.iter().map(|(place, _)| locator(&dossier, place)).collect();
        assert_eq!(places.len(), dossier.places().len());
        assert_eq!(places[..4], ["lead / heading", "infobox / row Beds", "infobox / row Motto", "lead / p1 s1"]);
        assert!(pins[0].places.is_sorted_by_key(|(_, pin)| pin.start));
    }

    #[test]
    fn written_pins_are_read_back_and_written_the_same() {
        let first = pinned();
        assert!(first.places().iter().all(|place| place.pin.is_some()));
        let again = pin(&first, &library(&first, DOCUMENT), &Origins::default()).unwrap();
        let text = write_pins(&first, &again);
        let bare = dossier(AUTHORED);
        let pins = pin(&bare, &library(&bare, DOCUMENT), &Origins::default()).unwrap();
        assert_eq!(text, write_pins(&bare, &pins));
        let (back, defects) = load(&[file("a.toml", AUTHORED), file("pins.toml", &text)]);
        assert_eq!((back, defects), (first, vec![]));
    }

    #[test]
    fn a_place_that_does_not_exist_is_reported_with_a_suggestion() {
        let wrong =
            AUTHORED.replace("History / item 2", "History / item 12").replace("\"History / p1\"", "\"Histery / p1\"");
        let expected = [
            "claims/thistle.toml:29:41: error place-nowhere: thistle has no place \"History / item 12\"; did you mean \"History / item 2\"?",
            "claims/thistle.toml:34:6: error place-nowhere: thistle has no place \"Histery / p1\"; did you mean \"History / p1\"?",
        ];
        assert_eq!(said(&wrong), expected);
    }

    #[test]
    fn a_document_that_was_not_read_is_a_defect() {
        let dossier = dossier(AUTHORED);
        let defects = pin(&dossier, &Library::default(), &Origins::default()).unwrap_err();
        let expected =
            "thistle: error unreadable: the document was not read; expected its file in the folder of sources";
        assert_eq!(defects.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
    }
}
