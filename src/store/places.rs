//! Rows of the tables `document` and `place`, and the lists of places that are evidence.
//!
//! Invariant: numbers fit their types and digests are complete; a pin or a fingerprint has all its parts or is `None`.

use rusqlite::{Result, Statement};

use super::cells::{Cells, Checked};
use super::schema::SpotKind;
use crate::model::builder::PlaceHandle;
use crate::model::dossier::Fingerprint;
use crate::model::evidence::Cited;
use crate::model::{Document, Dossier, EntityId, Pin, Spot};

/// Lists of places, each with the row that owns it.
#[derive(Debug)]
pub(super) struct Evidence {
    /// Sorted by owner.
    rows: Vec<Row>,
}

/// One place in the list of one owner.
#[derive(Debug)]
struct Row {
    owner: i64,
    place: PlaceHandle,
    /// The id of the row of the place.
    number: i64,
    is_taken: bool,
}

impl Evidence {
    /// Sorts rows of owner, place, and the id of the place's row.
    pub(super) fn new(mut rows: Vec<(i64, PlaceHandle, i64)>) -> Self {
        rows.sort_unstable();
        let rows = rows.into_iter().map(|(owner, place, number)| Row { owner, place, number, is_taken: false });
        Self { rows: rows.collect() }
    }

    /// Returns the places of one owner, and marks them as taken.
    pub(super) fn take(&mut self, owner: i64) -> Vec<PlaceHandle> {
        let start = self.rows.partition_point(|row| row.owner < owner);
        let rows = self.rows.iter_mut().skip(start).take_while(|row| row.owner == owner);
        let take = |row: &mut Row| {
            row.is_taken = true;
            row.place
        };
        rows.map(take).collect()
    }

    /// Returns owner and place of each row that was not taken.
    pub(super) fn strays(&self) -> impl Iterator<Item = (i64, i64)> {
        self.rows.iter().filter(|row| !row.is_taken).map(|row| (row.owner, row.number))
    }
}

/// Reads a document, except for its entity.
pub(super) fn document(cells: &mut Cells<'_, '_>) -> Checked<Document> {
    let (key, kind) = (cells.text("key"), cells.text_or_null("kind"));
    let (issuer, file) = (cells.text_or_null("publisher"), cells.text_or_null("file"));
    let published = cells.when("published_date", "published_label");
    let fingerprint = match (cells.is_null("sha256"), cells.is_null("length")) {
        (true, true) => Ok(None),
        (false, true) => Err(cells.note("length", "nothing", "a length beside the sha256")),
        (true, false) => Err(cells.note("sha256", "nothing", "a sha256 beside the length")),
        (false, false) => {
            let (sha256, length) = (cells.sha256("sha256"), cells.integer("length", 0, u32::MAX.into()));
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
    })
}

/// Reads a spot; the columns of other sorts of spot have to be NULL.
pub(super) fn spot<'r>(cells: &mut Cells<'r, '_>) -> Checked<Spot<&'r str>> {
    let kind = cells.word::<SpotKind>("spot")?;
    let (used, spot): (&[&str], _) = match kind {
        SpotKind::Heading => (&[], Ok(Spot::Heading)),
        SpotKind::Row => (&["row"], cells.text("row").map(Spot::Row)),
        SpotKind::Paragraph => (&["paragraph"], ordinal(cells, "paragraph").map(Spot::Paragraph)),
        SpotKind::Item => (&["item"], ordinal(cells, "item").map(Spot::Item)),
        SpotKind::Sentence => {
            let (paragraph, sentence) = (ordinal(cells, "paragraph"), ordinal(cells, "sentence"));
            let spot = paragraph.and_then(|paragraph| Ok(Spot::Sentence { paragraph, sentence: sentence? }));
            (&["paragraph", "sentence"], spot)
        }
    };
    let mut spot = spot;
    for column in ["row", "paragraph", "sentence", "item"] {
        if !used.contains(&column) && !cells.is_null(column) {
            let found = cells.shown(column);
            spot = Err(cells.note(column, found, format_args!("nothing, where spot is {}", kind.as_str())));
        }
    }
    spot
}

fn ordinal(cells: &mut Cells<'_, '_>, column: &'static str) -> Checked<u16> {
    cells.integer(column, 1, u16::MAX.into())
}

/// Reads the pin of a place; `None` if all its columns are NULL.
pub(super) fn pin(cells: &mut Cells<'_, '_>) -> Checked<Option<Pin>> {
    if ["line", "start", "length", "sha256"].into_iter().all(|column| cells.is_null(column)) {
        return Ok(None);
    }
    let line = cells.integer("line", 1, u32::MAX.into());
    let (start, length) = (cells.integer("start", 0, u32::MAX.into()), cells.integer("length", 0, u32::MAX.into()));
    let sha256 = cells.sha256("sha256");
    Ok(Some(Pin { line: line?, start: start?, length: length?, sha256: sha256? }))
}

/// Returns the id of the row of a place.
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
