//! The state of reading a dossier, and the lookups that the readers of all tables share.
//!
//! Invariant: a lookup that fails has noted a problem with its table, row and column.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::cells::{Cells, Checked, Noted, quoted};
use super::error::{Problem, Problems};
use super::progress::{Progress, Stage};
use super::schema::column::evidence;
use super::schema::{Column, Table, Version};
use crate::model::Builder;
use crate::model::builder::{DocumentHandle, Handle, PlaceHandle};
use crate::vocabulary::{Base, Vocabulary};

/// The dossier so far, its problems, and lookups by the keys of the file.
pub(super) struct Reader<'w> {
    pub(super) version: Version,
    pub(super) builder: Builder,
    pub(super) problems: Problems,
    pub(super) progress: Progress<'w>,
    pub(super) documents: HashMap<String, Checked<DocumentHandle>>,
    pub(super) places: RowNumbers,
    /// Ids of entities whose row is unsound; rows that refer to them are no further problems.
    pub(super) unsound: HashSet<String>,
}

impl<'w> Reader<'w> {
    pub(super) fn new(version: Version, progress: Progress<'w>) -> Self {
        Self {
            version,
            // The words of version 1; a file of another version says which ones it has.
            builder: Builder::new(Vocabulary::built_in(Base::V1)),
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
        let mut statement = connection.prepare(&table.select(self.version))?;
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
    pub(super) fn named(&mut self, table: &'static Table, row: &rusqlite::Row<'_>, column: Column) -> Checked<Handle> {
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

    /// Returns the numbers in a row of a table of evidence: that of the owner, and that of the place.
    pub(super) fn owner_and_place(&mut self, table: &'static Table, row: &rusqlite::Row<'_>) -> Checked<(i64, i64)> {
        if let (Ok(ValueRef::Integer(owner)), Ok(ValueRef::Integer(place))) = (row.get_ref(0), row.get_ref(1)) {
            return Ok((owner, place));
        }
        let mut cells = self.cells(table, row);
        let numbers: Vec<Checked<i64>> = table.columns.iter().map(|&column| cells.row_number(column)).collect();
        match numbers.as_slice() {
            [Ok(owner), Ok(place)] => Ok((*owner, *place)),
            _ => Err(Noted),
        }
    }

    /// Notes evidence whose owner does not exist.
    pub(super) fn report_stray(&mut self, table: &'static Table, owner: i64, place: i64) {
        let owner_column = table.columns.first().map_or(table.name, |column| column.name);
        self.problems.add(|| Problem {
            table: table.name,
            row: Some(format!("{owner} {place}")),
            column: owner_column.into(),
            found: owner.to_string(),
            expected: format!("the id of a row of {owner_column}"),
        });
    }

    /// Returns the place with this id in the table `place`, to which the column `place` of a table refers.
    pub(super) fn place(
        &mut self,
        table: &'static Table,
        row: &rusqlite::Row<'_>,
        number: i64,
    ) -> Checked<PlaceHandle> {
        match self.places.get(number) {
            Some(known) => known.map(PlaceHandle),
            None => Err(self.cells(table, row).note(evidence::place, number, "the id of a row of place")),
        }
    }
}

/// Reads a table row by row, with the columns that it has had from its first version on. `each` notes the problems of a
/// row, which do not stop the next.
pub(super) fn for_each(
    connection: &Connection,
    table: &Table,
    mut each: impl FnMut(&rusqlite::Row<'_>) -> Checked<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(&table.select(table.since))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let _ = each(row);
    }
    Ok(())
}

/// The number that each row has in memory by its id; an unsound row is present without a number. Ids from 1 on without a
/// gap, as annals writes them, take no memory.
#[derive(Debug, Default)]
pub(super) struct RowNumbers {
    /// Row ids from 1 to `run` have the numbers from 0 to `run - 1`.
    run: u32,
    rest: HashMap<i64, Checked<u32>>,
}

impl RowNumbers {
    pub(super) fn insert(&mut self, row: i64, number: Checked<u32>) {
        match self.run.checked_add(1) {
            Some(next) if row == i64::from(next) && number == Ok(self.run) => self.run = next,
            Some(_) | None => {
                self.rest.insert(row, number);
            }
        }
    }

    /// Returns the number of a row; `None` if there is no such row.
    pub(super) fn get(&self, row: i64) -> Option<Checked<u32>> {
        let number = row.checked_sub(1).and_then(|number| u32::try_from(number).ok());
        number
            .filter(|&number| number < self.run)
            .map_or_else(|| self.rest.get(&row).copied(), |number| Some(Ok(number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::cells::Noted;

    #[test]
    fn every_row_is_found_whatever_its_number() {
        let known = [(1, Ok(0)), (2, Ok(1)), (4, Ok(2)), (-7, Err(Noted)), (3, Ok(3)), (i64::MAX, Ok(4))];
        let mut rows = RowNumbers::default();
        for (row, number) in known {
            rows.insert(row, number);
        }
        for (row, number) in known {
            assert_eq!(rows.get(row), Some(number), "{row}");
        }
        assert_eq!(rows.get(0), None);
        assert_eq!(rows.get(5), None);
    }
}
