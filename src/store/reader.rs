//! The state of reading a dossier, and the lookups that the readers of all tables share.
//!
//! Invariant: a lookup that fails has noted a problem with its table, row and column.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::cells::{Cells, Checked, Noted, Problems, quoted};
use super::error::Problem;
use super::numbers::RowNumbers;
use super::places::Evidence;
use super::progress::{Progress, Stage};
use super::schema::{CHECK_EVIDENCE, ColumnName, Table};
use crate::model::Builder;
use crate::model::builder::{DocumentHandle, Handle, PlaceHandle};

/// The dossier so far, its problems, and lookups by the keys of the file.
pub(super) struct Reader<'w> {
    pub(super) builder: Builder,
    pub(super) problems: Problems,
    pub(super) progress: Progress<'w>,
    pub(super) documents: HashMap<String, Checked<DocumentHandle>>,
    pub(super) places: RowNumbers,
    /// Ids of entities whose row is unsound; rows that refer to them are no further problems.
    pub(super) unsound: HashSet<String>,
}

impl<'w> Reader<'w> {
    pub(super) fn new(progress: Progress<'w>) -> Self {
        Self {
            builder: Builder::default(),
            problems: Problems::default(),
            progress,
            documents: HashMap::new(),
            places: RowNumbers::default(),
            unsound: HashSet::new(),
        }
    }

    /// Reads a large table row by row like [`for_each`], reports progress, and stops if the load is cancelled.
    pub(super) fn for_each(
        &mut self,
        connection: &Connection,
        table: &Table,
        mut each: impl FnMut(&mut Self, &rusqlite::Row<'_>) -> Checked<()>,
    ) -> rusqlite::Result<()> {
        let mut statement = connection.prepare(&table.select())?;
        let mut rows = statement.query([])?;
        while !self.progress.is_stopped
            && let Some(row) = rows.next()?
        {
            let _ = each(self, row);
            self.progress.row();
        }
        self.progress.tell();
        Ok(())
    }

    /// Reports the names so far, unless there are problems.
    pub(super) fn tell_names(&mut self) {
        if self.problems.list.is_empty()
            && let Some(dossier) = self.builder.so_far()
        {
            self.progress.stage(Stage::Names(dossier));
        }
    }

    pub(super) fn cells<'r>(&mut self, table: &'static Table, row: &'r rusqlite::Row<'r>) -> Cells<'r, '_> {
        Cells { table, row, problems: &mut self.problems }
    }

    /// Returns the entity that a cell names.
    pub(super) fn named(
        &mut self,
        table: &'static Table,
        row: &rusqlite::Row<'_>,
        column: impl ColumnName,
    ) -> Checked<Handle> {
        let id = self.cells(table, row).text(column)?;
        match self.builder.find(id) {
            Some(handle) => Ok(handle),
            None if self.unsound.contains(id) => Err(Noted),
            None => Err(self.cells(table, row).note(column, quoted(id.as_bytes()), "the id of a row of entity")),
        }
    }

    /// Reads a table of evidence: pairs of the number of an owner, which is a name or claim, and a place.
    pub(super) fn read_evidence(
        &mut self,
        connection: &Connection,
        table: &'static Table,
        owners: &RowNumbers,
    ) -> rusqlite::Result<Vec<(u32, PlaceHandle)>> {
        let mut pairs = Vec::new();
        self.for_each(connection, table, |reader, row| {
            let (owner, number) = reader.owner_and_place(table, row)?;
            let place = reader.place(table, row, number)?;
            match owners.get(owner) {
                Some(Ok(owner)) => pairs.push((owner, place)),
                Some(Err(Noted)) => {}
                None => reader.report_stray(table, owner, number),
            }
            Ok(())
        })?;
        Ok(pairs)
    }

    /// Reads the evidence of checks.
    pub(super) fn read_check_evidence(&mut self, connection: &Connection) -> rusqlite::Result<Evidence> {
        let mut rows = Vec::new();
        for_each(connection, &CHECK_EVIDENCE, |row| {
            let (owner, number) = self.owner_and_place(&CHECK_EVIDENCE, row)?;
            rows.push((owner, self.place(&CHECK_EVIDENCE, row, number)?, number));
            Ok(())
        })?;
        Ok(Evidence::new(rows))
    }

    fn owner_and_place(&mut self, table: &'static Table, row: &rusqlite::Row<'_>) -> Checked<(i64, i64)> {
        if let (Ok(ValueRef::Integer(owner)), Ok(ValueRef::Integer(place))) = (row.get_ref(0), row.get_ref(1)) {
            return Ok((owner, place));
        }
        let mut cells = self.cells(table, row);
        let (owner, place) = (cells.row_number(table.owner()), cells.row_number("place"));
        Ok((owner?, place?))
    }

    /// Notes evidence whose owner does not exist.
    pub(super) fn report_stray(&mut self, table: &'static Table, owner: i64, place: i64) {
        self.problems.note(|| Problem {
            table: table.name,
            row: Some(format!("{owner} {place}")),
            column: table.owner().into(),
            found: owner.to_string(),
            expected: format!("the id of a row of {}", table.owner()),
        });
    }

    /// Returns the place with this id in the table `place`.
    pub(super) fn place(
        &mut self,
        table: &'static Table,
        row: &rusqlite::Row<'_>,
        number: i64,
    ) -> Checked<PlaceHandle> {
        match self.places.get(number) {
            Some(known) => known.map(PlaceHandle),
            None => Err(self.cells(table, row).note("place", number, "the id of a row of place")),
        }
    }
}

/// Reads a table row by row. `each` notes the problems of a row, which do not stop the next.
pub(super) fn for_each(
    connection: &Connection,
    table: &Table,
    mut each: impl FnMut(&rusqlite::Row<'_>) -> Checked<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(&table.select())?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let _ = each(row);
    }
    Ok(())
}
