//! Reads the rows of some entities, each by an index, with the checks of a whole load.
//!
//! Invariant: the rows are read as [`Reader`] reads all of them; places are those that the rows refer to.

use rusqlite::{Connection, Statement};

use super::gather::Needed;
use super::links::NeedsWhole;
use crate::model::builder::{Handle, PlaceHandle};
use crate::model::{Modality, Value, Vocabulary};
use crate::store::cells::Checked;
use crate::store::reader::Reader;
use crate::store::schema::column::{claim, entity, evidence, name, name_evidence, place};
use crate::store::schema::{CLAIM, Column, ENTITY, EVIDENCE, NAME, NAME_EVIDENCE, PLACE, Table};
use crate::store::statement;

/// Reads entities with their names, and the claims of those that are needed with theirs. Names of `proven`, an id, are
/// read with their evidence.
pub(super) fn read(
    reader: &mut Reader<'_>,
    connection: &Connection,
    needed: &Needed,
    proven: Option<&str>,
) -> Result<(), NeedsWhole> {
    let words = reader.builder.vocabulary();
    let mut rows = By::new(connection, &ENTITY, entity::id, None)?;
    for id in needed.keys() {
        rows.each(id, |row| reader.entity(row, &words))?;
    }
    reader.read_documents(connection)?;
    let mut places = Places { rows: By::new(connection, &PLACE, place::id, None)?, firsts: Vec::new() };
    read_names(reader, connection, needed, proven, &mut places)?;
    read_claims(reader, connection, needed, &mut places, &words)?;
    // A whole load explains what is wrong.
    if reader.problems.list.is_empty() { Ok(()) } else { Err(NeedsWhole) }
}

fn read_names(
    reader: &mut Reader<'_>,
    connection: &Connection,
    needed: &Needed,
    proven: Option<&str>,
    places: &mut Places<'_>,
) -> Result<(), NeedsWhole> {
    let mut rows = By::new(connection, &NAME, name::entity, Some("name_entity"))?;
    let mut evidence = By::new(connection, &NAME_EVIDENCE, name_evidence::name, None)?;
    let mut pairs = Vec::new();
    for id in needed.keys() {
        let mut owners = Vec::new();
        // A damaged index may lead to the rows of another entity.
        let mut is_other = false;
        rows.each(id, |row| {
            is_other |= reader.cells(&NAME, row).text(name::entity)? != &**id;
            let number = reader.cells(&NAME, row).row_number(name::id)?;
            owners.push((number, reader.name(row)?));
            Ok(())
        })?;
        if is_other {
            return Err(NeedsWhole);
        }
        if proven == Some(&**id) {
            for (number, owner) in owners {
                places.of(reader, &NAME_EVIDENCE, &mut evidence, (number, owner), &mut pairs)?;
            }
        }
    }
    reader.builder.prove_names(pairs);
    Ok(())
}

fn read_claims(
    reader: &mut Reader<'_>,
    connection: &Connection,
    needed: &Needed,
    places: &mut Places<'_>,
    words: &Vocabulary,
) -> Result<(), NeedsWhole> {
    let mut rows = By::new(connection, &CLAIM, claim::subject, Some("claim_subject"))?;
    let mut evidence = By::new(connection, &EVIDENCE, evidence::claim, None)?;
    let mut pairs = Vec::new();
    for id in needed.iter().filter(|(_, has_claims)| **has_claims).map(|(id, _)| id) {
        let subject = reader.builder.find(id).ok_or(NeedsWhole)?;
        let mut owners = Vec::new();
        let (mut is_other, mut is_judged) = (false, false);
        rows.each(id, |row| {
            is_other |= reader.cells(&CLAIM, row).text(claim::subject)? != &**id;
            let number = reader.cells(&CLAIM, row).row_number(claim::id)?;
            let read = statement::claim(reader, row, Ok::<Handle, _>(subject), words)?;
            // Whether such plans agree depends on judgements, and on wholes however far away.
            is_judged |= read.modality() == Modality::Planned
                && matches!(read.value, Value::Entity(_))
                && read.start.or(read.as_of).is_some();
            owners.push((number, reader.builder.add_claim(read)));
            Ok(())
        })?;
        if is_other || is_judged {
            return Err(NeedsWhole);
        }
        for owner in owners {
            places.of(reader, &EVIDENCE, &mut evidence, owner, &mut pairs)?;
        }
    }
    reader.builder.prove_claims(pairs);
    Ok(())
}

/// The rows of a table by the value of one of its columns.
struct By<'c> {
    statement: Statement<'c>,
}

impl<'c> By<'c> {
    fn new(connection: &'c Connection, table: &Table, column: Column, index: Option<&str>) -> Result<Self, NeedsWhole> {
        Ok(Self { statement: connection.prepare(&table.select_by(column, index))? })
    }

    /// Passes each row with this value on. `each` notes the problems of a row.
    fn each(
        &mut self,
        value: impl rusqlite::ToSql,
        mut each: impl FnMut(&rusqlite::Row<'_>) -> Checked<()>,
    ) -> Result<(), NeedsWhole> {
        let mut rows = self.statement.query([value])?;
        while let Some(row) = rows.next()? {
            let _ = each(row);
        }
        Ok(())
    }
}

/// The places that were read.
struct Places<'c> {
    rows: By<'c>,
    firsts: Vec<i64>,
}

impl Places<'_> {
    /// Reads the evidence of an owner, given by its row and its number: pairs of that number and a place.
    fn of(
        &mut self,
        reader: &mut Reader<'_>,
        table: &'static Table,
        evidence: &mut By<'_>,
        (row, owner): (i64, u32),
        pairs: &mut Vec<(u32, PlaceHandle)>,
    ) -> Result<(), NeedsWhole> {
        let mut cited = Vec::new();
        evidence.each(row, |row| {
            cited.push(reader.owner_and_place(table, row)?.1);
            Ok(())
        })?;
        for number in cited {
            if reader.places.get(number).is_none() {
                self.rows.each(number, |row| reader.place_row(row, &mut self.firsts))?;
            }
            let place = reader.places.get(number).ok_or(NeedsWhole)?.map_err(|_| NeedsWhole)?;
            pairs.push((owner, PlaceHandle(place)));
        }
        Ok(())
    }
}
