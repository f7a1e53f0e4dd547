//! Rows into a dossier: every table but those of the claims and the checks.
//!
//! Invariant: nothing reaches the dossier unchecked, and all problems of all rows are
//! gathered before any is reported.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rusqlite::Connection;

use super::cells::{Cells, Checked, Noted, Problems, quoted};
use super::check;
use super::connection;
use super::error::{Problem, StoreError};
use super::places::{Evidence, document, pin, spot};
use super::schema::{DOCUMENT, DOSSIER, ENTITY, JUDGEMENT, META_KEYS, NAME, NAME_EVIDENCE, PLACE, Table, UNCLAIMED};
use super::spare::Source;
use super::statement;
use crate::model::builder::{DocumentHandle, Handle, PlaceHandle};
use crate::model::{Builder, Dossier, Kind, Meta, NameKind, Pin, Sameness, When};

/// Reads the file at `path`; messages name `shown`.
pub(super) fn load(path: &Path, shown: &Path) -> Result<Dossier, StoreError> {
    let source = Source::of(path, shown)?;
    let connection = connection::open(&source, shown)?;
    let mut reader = Reader::default();
    reader.read(&connection).map_err(StoreError::sqlite(shown, "read"))?;
    let Problems { list: problems, more } = reader.problems;
    if problems.is_empty() {
        return Ok(reader.builder.finish());
    }
    Err(StoreError::Invalid { path: shown.into(), problems, more })
}

/// What has been read so far.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) builder: Builder,
    pub(super) problems: Problems,
    documents: HashMap<String, Checked<DocumentHandle>>,
    places: HashMap<i64, Checked<PlaceHandle>>,
    /// Entities whose row is there but unsound: what names them is not to blame.
    unsound: HashSet<String>,
}

impl Reader {
    fn read(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        // One transaction: all tables are read as of the same moment.
        let transaction = connection.unchecked_transaction()?;
        self.read_meta(&transaction)?;
        for_each(&transaction, &ENTITY, |row| {
            self.entity(row).inspect_err(|_| self.unsound.extend(row.get_ref(0).and_then(|id| Ok(id.as_str()?.into()))))
        })?;
        self.read_documents(&transaction)?;
        self.read_places(&transaction)?;
        self.read_names(&transaction)?;
        statement::read(self, &transaction)?;
        for_each(&transaction, &JUDGEMENT, |row| self.judgement(row))?;
        for_each(&transaction, &UNCLAIMED, |row| self.unclaimed(row))?;
        check::read(self, &transaction)
    }

    pub(super) fn cells<'r>(&mut self, table: &'static Table, row: &'r rusqlite::Row<'r>) -> Cells<'r, '_> {
        Cells { table, row, problems: &mut self.problems }
    }

    fn read_meta(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut meta = Meta::default();
        let mut dates = [const { (None, None) }; 2];
        let mut missing = vec!["key", "title"];
        for_each(connection, &DOSSIER, |row| {
            let mut cells = self.cells(&DOSSIER, row);
            let (key, value) = (cells.text("key"), cells.text("value"));
            let (key, value) = (key?, value?.to_owned());
            missing.retain(|name| *name != key);
            match key {
                "key" => meta.key = value,
                "title" => meta.title = value,
                "licence" => meta.licence = Some(value),
                "origin" => meta.origin = Some(value),
                "span" => dates[0].0 = Some(value),
                "span_label" => dates[0].1 = Some(value),
                "horizon" => dates[1].0 = Some(value),
                "horizon_label" => dates[1].1 = Some(value),
                other => {
                    let expected = format!("one of: {}", META_KEYS.join(", "));
                    return Err(cells.note("key", quoted(other.as_bytes()), expected));
                }
            }
            Ok(())
        })?;
        for key in missing {
            self.meta_problem(key, "no such row".into(), "a row with this key");
        }
        let [span, horizon] = dates;
        meta.span = self.meta_date("span", span);
        meta.horizon = self.meta_date("horizon", horizon);
        self.builder.set_meta(meta);
        Ok(())
    }

    fn meta_date(&mut self, key: &str, (date, label): (Option<String>, Option<String>)) -> Option<When> {
        let Some(date) = date else {
            if label.is_some() {
                self.meta_problem(key, "a label alone".into(), "a date in EDTF");
            }
            return None;
        };
        match When::parse(&date) {
            Ok(when) => Some(label.iter().fold(when, |when, label| when.with_label(label))),
            Err(error) => {
                let found = format!("{} ({error})", quoted(date.as_bytes()));
                self.meta_problem(key, found, "a date in EDTF, such as \"1957/2025\"");
                None
            }
        }
    }

    fn meta_problem(&mut self, key: &str, found: String, expected: &str) {
        self.problems.note(|| Problem {
            table: DOSSIER.name,
            row: Some(format!("\"{key}\"")),
            column: "value".into(),
            found,
            expected: expected.into(),
        });
    }

    fn entity(&mut self, row: &rusqlite::Row<'_>) -> Checked<()> {
        let mut cells = self.cells(&ENTITY, row);
        let (id, kind, label) = (cells.text("id"), cells.word::<Kind>("kind"), cells.text("label"));
        let (id, kind, label) = (id?, kind?, label?);
        let Some(slug) = id.strip_prefix(kind.as_str()).and_then(|rest| rest.strip_prefix('/')) else {
            return Err(cells.note("id", quoted(id.as_bytes()), format_args!("an id that begins with {kind}/")));
        };
        match self.builder.entity(kind, slug, label) {
            Some(_) => Ok(()),
            None => Err(self.cells(&ENTITY, row).note("id", quoted(id.as_bytes()), "each id once")),
        }
    }

    /// The entity that a cell names.
    pub(super) fn named(
        &mut self,
        table: &'static Table,
        row: &rusqlite::Row<'_>,
        column: &'static str,
    ) -> Checked<Handle> {
        let id = self.cells(table, row).text(column)?;
        match self.builder.find(id) {
            Some(handle) => Ok(handle),
            None if self.unsound.contains(id) => Err(Noted),
            None => Err(self.cells(table, row).note(column, quoted(id.as_bytes()), "the id of a row of entity")),
        }
    }

    fn read_documents(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut keys = HashMap::new();
        for_each(connection, &DOCUMENT, |row| {
            let entity = self.named(&DOCUMENT, row, "id");
            let document = document(&mut self.cells(&DOCUMENT, row));
            let id = self.cells(&DOCUMENT, row).text("id")?;
            self.documents.entry(id.to_owned()).or_insert(Err(Noted));
            let (entity, document) = (entity?, document?);
            if self.builder.kind(entity) != Kind::Document {
                return Err(self.cells(&DOCUMENT, row).note(
                    "id",
                    quoted(id.as_bytes()),
                    "an id that begins with document/",
                ));
            }
            if let Some(other) = keys.insert(document.key.clone(), id.to_owned()) {
                let expected = format!("a key of its own: {} has it too", quoted(other.as_bytes()));
                return Err(self.cells(&DOCUMENT, row).note("key", quoted(document.key.as_bytes()), expected));
            }
            let handle = self.builder.document(entity, document);
            match self.documents.insert(id.to_owned(), Ok(handle)) {
                None | Some(Err(Noted)) => Ok(()),
                Some(Ok(_)) => Err(self.cells(&DOCUMENT, row).note("id", quoted(id.as_bytes()), "each document once")),
            }
        })
    }

    fn read_places(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut pins: HashMap<PlaceHandle, (i64, Option<Pin>)> = HashMap::new();
        for_each(connection, &PLACE, |row| {
            let mut cells = Cells { table: &PLACE, row, problems: &mut self.problems };
            let document = cells.text("document").and_then(|id| {
                let expected = "the id of a row of document";
                let known = self.documents.get(id).copied();
                known.unwrap_or_else(|| Err(cells.note("document", quoted(id.as_bytes()), expected)))
            });
            let (section, spot, pin) = (cells.text("section"), spot(&mut cells), pin(&mut cells));
            let id = cells.row_number("id")?;
            self.places.insert(id, Err(Noted));
            let (section, spot, pin) = (section?, spot?, pin?);
            let place = self.builder.place(document?, section, spot);
            let (first, known) = *pins.entry(place).or_insert((id, pin));
            if known != pin {
                let found = "another position or digest";
                return Err(cells.note("line", found, format_args!("what row {first} has, which is the same place")));
            }
            if let Some(pin) = pin {
                self.builder.pin(place, pin);
            }
            self.places.insert(id, Ok(place));
            Ok(())
        })
    }

    fn read_names(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut evidence = self.read_evidence(connection, &NAME_EVIDENCE)?;
        for_each(connection, &NAME, |row| {
            let entity = self.named(&NAME, row, "entity");
            let mut cells = self.cells(&NAME, row);
            let (id, value) = (cells.row_number("id"), cells.text("value"));
            let (kind, language) = (cells.word::<NameKind>("kind"), cells.text_or_null("language"));
            let places = evidence.take(id?);
            self.builder.name(entity?, value?, kind?, language?, places);
            Ok(())
        })?;
        self.report_strays(&NAME_EVIDENCE, &evidence);
        Ok(())
    }

    /// Reads which places belong to which names or claims.
    pub(super) fn read_evidence(
        &mut self,
        connection: &Connection,
        table: &'static Table,
    ) -> rusqlite::Result<Evidence> {
        let mut rows = Vec::new();
        for_each(connection, table, |row| {
            let mut cells = self.cells(table, row);
            let (owner, place) = (cells.row_number(table.columns[0]), cells.row_number("place"));
            let (owner, number) = (owner?, place?);
            let place = self.place(table, row, number)?;
            rows.push((owner, place, number));
            Ok(())
        })?;
        Ok(Evidence::new(rows))
    }

    /// Reports evidence of what does not exist.
    pub(super) fn report_strays(&mut self, table: &'static Table, evidence: &Evidence) {
        for (owner, place) in evidence.strays() {
            self.problems.note(|| Problem {
                table: table.name,
                row: Some(format!("{owner} {place}")),
                column: table.columns[0].into(),
                found: owner.to_string(),
                expected: format!("the id of a row of {}", table.columns[0]),
            });
        }
    }

    fn judgement(&mut self, row: &rusqlite::Row<'_>) -> Checked<()> {
        let (a, b) = (self.named(&JUDGEMENT, row, "a"), self.named(&JUDGEMENT, row, "b"));
        let mut cells = self.cells(&JUDGEMENT, row);
        let (verdict, reason) = (cells.word::<Sameness>("verdict"), cells.text("reason"));
        self.builder.judgement(a?, b?, verdict?, reason?);
        Ok(())
    }

    fn unclaimed(&mut self, row: &rusqlite::Row<'_>) -> Checked<()> {
        let mut cells = self.cells(&UNCLAIMED, row);
        let (number, reason) = (cells.row_number("place"), cells.text("reason"));
        let (number, reason) = (number?, reason?);
        let place = self.place(&UNCLAIMED, row, number)?;
        self.builder.unclaimed(place, reason);
        Ok(())
    }

    /// The place in this row of the table `place`.
    fn place(&mut self, table: &'static Table, row: &rusqlite::Row<'_>, number: i64) -> Checked<PlaceHandle> {
        let known = self.places.get(&number).copied();
        known.unwrap_or_else(|| Err(self.cells(table, row).note("place", number, "the id of a row of place")))
    }
}

/// Reads a table row by row; what is wrong with a row is noted by `each`.
pub(super) fn for_each(
    connection: &Connection,
    table: &Table,
    mut each: impl FnMut(&rusqlite::Row<'_>) -> Checked<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(&table.select())?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // A problem of one row is noted and does not stop the next.
        let _ = each(row);
    }
    Ok(())
}
