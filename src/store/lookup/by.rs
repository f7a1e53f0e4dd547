//! The rows of a table by the value of one of its columns.
//!
//! Invariant: every row that is passed on was found by an index or the key of its table.

use rusqlite::{Connection, Row, Statement, ToSql};

use super::links::NeedsWhole;
use crate::store::schema::{Column, Table};

/// A statement that finds rows by the value of a column.
pub(super) struct By<'c> {
    statement: Statement<'c>,
    /// In a table without rows nothing is looked for, which saves a question for each claim.
    has_rows: bool,
}

impl<'c> By<'c> {
    /// Prepares the statement for an index of the file, or else for the key of the table.
    ///
    /// # Errors
    ///
    /// [`NeedsWhole`] if the file has no such index.
    pub(super) fn new(
        connection: &'c Connection,
        table: &Table,
        column: Column,
        index: Option<&str>,
    ) -> Result<Self, NeedsWhole> {
        let statement = connection.prepare(&table.select_by(column, index))?;
        let has_rows = connection.prepare(&table.select_last())?.exists([])?;
        Ok(Self { statement, has_rows })
    }

    /// Passes each row with this value on, in the order of the first column.
    ///
    /// # Errors
    ///
    /// [`NeedsWhole`] if the file cannot be read, or `each` refuses a row.
    pub(super) fn each(
        &mut self,
        value: impl ToSql,
        mut each: impl FnMut(&Row<'_>) -> Result<(), NeedsWhole>,
    ) -> Result<(), NeedsWhole> {
        if !self.has_rows {
            return Ok(());
        }
        let mut rows = self.statement.query([value])?;
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }
}
