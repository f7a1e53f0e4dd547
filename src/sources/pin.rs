//! Finds every place of a dossier in its documents.
//!
//! Invariant: either all places are found or none is pinned; nobody types an offset
//! or a digest.

use super::coverage::Nowhere;
use super::library::Library;
use super::split::SPLITTER_VERSION;
use super::text::SourceText;
use crate::formats::author::{DocumentPins, Origins, PINNED_BY, locator, slug};
use crate::formats::defect::Defect;
use crate::model::{Document, DocumentId, Dossier, Pin, Place};

// Whoever changes what the splitter yields has to say so where its pins are read.
const _: () = assert!(PINNED_BY == SPLITTER_VERSION);

/// The pins of all documents that have a file, in the order of their keys; the places of
/// each in the order of its text. [`write_pins`](crate::formats::author::write_pins) makes the file of it.
///
/// # Errors
///
/// All places that point nowhere, and all documents with places that were not read.
pub fn pin(dossier: &Dossier, library: &Library, origins: &Origins) -> Result<Vec<DocumentPins>, Vec<Defect>> {
    let mut defects = Vec::new();
    let mut pinned = Vec::new();
    for (id, document) in dossier.documents().filter(|(_, document)| document.file.is_some()) {
        match library.document(id) {
            Some(text) => pinned.push(pin_document(dossier, id, text, origins, &mut defects)),
            None => defects.push(unread(dossier, document)),
        }
    }
    defects.sort_by(|a, b| (&a.file, a.line, a.column, &a.found).cmp(&(&b.file, b.line, b.column, &b.found)));
    if defects.is_empty() { Ok(pinned) } else { Err(defects) }
}

fn pin_document(
    dossier: &Dossier,
    id: DocumentId,
    text: &SourceText,
    origins: &Origins,
    defects: &mut Vec<Defect>,
) -> DocumentPins {
    let mut places: Vec<(Place, Pin)> = Vec::new();
    for place in dossier.places().iter().filter(|place| place.document == id) {
        match text.units_at(dossier, place).and_then(|units| text.pin(units)) {
            Some(pin) => places.push((*place, pin)),
            None => defects.extend(Nowhere::new(dossier, place, text, origins).defects()),
        }
    }
    places.sort_by_key(|(place, pin)| (pin.start, pin.length, locator(dossier, place)));
    DocumentPins { document: id, fingerprint: text.fingerprint(), places }
}

fn unread(dossier: &Dossier, document: &Document) -> Defect {
    Defect::of_file(slug(dossier, document), "the document was not read", "expected its file in the folder of sources")
}
