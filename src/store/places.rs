//! Rows of the tables `document` and `place`, and the lists of places that are evidence.
//!
//! Invariant: numbers fit their types and digests are complete; a pin or a fingerprint has all its parts or is `None`.

use rusqlite::{Result, Statement};

use super::cells::{Cells, Checked};
use super::schema::column::{document, place};
use super::schema::{Column, PLACE, ReservedSpot, SpotKind, list};
use crate::model::dossier::Fingerprint;
use crate::model::evidence::Cited;
use crate::model::{Document, Dossier, EntityId, Hemisphere, Pin, Spot};

/// Reads a document, except for its entity.
pub(super) fn document(cells: &mut Cells<'_, '_>, hemisphere: Hemisphere) -> Checked<Document> {
    let (key, kind) = (cells.text(document::key), cells.text_or_null(document::kind));
    let (issuer, file) = (cells.text_or_null(document::publisher), cells.text_or_null(document::file));
    let published = cells.when(document::published_date, document::published_label, hemisphere);
    let fingerprint = match (cells.is_null(document::sha256), cells.is_null(document::length)) {
        (true, true) => Ok(None),
        (false, true) => Err(cells.note(document::length, "nothing", "a length beside the sha256")),
        (true, false) => Err(cells.note(document::sha256, "nothing", "a sha256 beside the length")),
        (false, false) => {
            let (sha256, length) =
                (cells.sha256(document::sha256), cells.integer(document::length, 0, u32::MAX.into()));
            sha256.and_then(|sha256| Ok(Some(Fingerprint { sha256, length: length? })))
        }
    };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Ok(Document {
        // The builder sets it.
        entity: EntityId::from_index(0),
        key: key?.to_owned(),
        kind: owned(kind?),
        publisher: owned(issuer?),
        published: published?,
        file: owned(file?),
        fingerprint: fingerprint?,
        details: Vec::new(),
    })
}

/// Reads a spot; the columns of other sorts of spot have to be NULL. One of a sort that is reserved is refused.
pub(super) fn spot<'r>(cells: &mut Cells<'r, '_>) -> Checked<Spot<&'r str>> {
    if let Some(reserved) = ReservedSpot::parse(cells.text(place::spot)?).map(ReservedSpot::as_str) {
        let found = format_args!("\"{reserved}\", which this program does not read yet");
        return Err(cells.note(place::spot, found, format_args!("one of: {}", list::<SpotKind>("", ", "))));
    }
    let kind = cells.word::<SpotKind>(place::spot)?;
    let (used, spot): (&[Column], _) = match kind {
        SpotKind::Heading => (&[], Ok(Spot::Heading)),
        SpotKind::Row => (&[place::row], cells.text(place::row).map(Spot::Row)),
        SpotKind::Paragraph => (&[place::paragraph], ordinal(cells, place::paragraph).map(Spot::Paragraph)),
        SpotKind::Item => (&[place::item], ordinal(cells, place::item).map(Spot::Item)),
        SpotKind::Sentence => {
            let (paragraph, sentence) = (ordinal(cells, place::paragraph), ordinal(cells, place::sentence));
            let spot = paragraph.and_then(|paragraph| Ok(Spot::Sentence { paragraph, sentence: sentence? }));
            (&[place::paragraph, place::sentence], spot)
        }
    };
    let mut spot = spot;
    let columns = [place::row, place::paragraph, place::sentence, place::item];
    for &column in columns.iter().chain(PLACE.empty) {
        if !used.contains(&column) && !cells.is_null(column) {
            let found = cells.shown(column);
            spot = Err(cells.note(column, found, format_args!("nothing, where spot is {}", kind.as_str())));
        }
    }
    spot
}

fn ordinal(cells: &mut Cells<'_, '_>, column: Column) -> Checked<u16> {
    cells.integer(column, 1, u16::MAX.into())
}

/// Reads the pin of a place; `None` if all its columns are NULL.
pub(super) fn pin(cells: &mut Cells<'_, '_>) -> Checked<Option<Pin>> {
    if [place::line, place::start, place::length, place::sha256].into_iter().all(|column| cells.is_null(column)) {
        return Ok(None);
    }
    let line = cells.integer(place::line, 1, u32::MAX.into());
    let (start, length) =
        (cells.integer(place::start, 0, u32::MAX.into()), cells.integer(place::length, 0, u32::MAX.into()));
    let sha256 = cells.sha256(place::sha256);
    Ok(Some(Pin { line: line?, start: start?, length: length?, sha256: sha256? }))
}

pub(super) fn place_id(place: u32) -> i64 {
    i64::from(place).saturating_add(1)
}

/// Writes the places that are evidence for one row, its owner.
pub(super) fn write_evidence(
    dossier: &Dossier,
    statement: &mut Statement<'_>,
    owner: i64,
    evidence: Cited,
) -> Result<()> {
    for place in dossier.evidence.of(evidence) {
        statement.execute([owner, place_id(place)])?;
    }
    Ok(())
}
