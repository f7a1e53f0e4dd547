//! The cells of one row, each checked as it is taken out.
//!
//! Invariant: a cell that cannot be used is noted as a problem, with its table, row and column; the other cells of
//! the row are still checked.

use std::fmt::{self, Display};

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::error::{Problem, Problems};
use super::schema::{Column, Table, list};
use crate::model::when::WhenError;
use crate::model::{Hemisphere, KindId, Vocabulary, When};
use crate::syntax::nearest;
use crate::text::clean;
use crate::text::digest::from_hex;
use crate::text::word::Word;

/// The greatest width of a value in a message, in terminal columns.
const SHOWN_COLUMNS: usize = 60;

/// The problem has been noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Noted;

/// A cell's value, unless it could not be used.
pub(super) type Checked<T> = Result<T, Noted>;

/// The cells of one row of `table`; `row` has the table's columns in their order.
#[derive(Debug)]
pub(super) struct Cells<'r, 'p> {
    pub(super) table: &'static Table,
    pub(super) row: &'r Row<'r>,
    pub(super) problems: &'p mut Problems,
}

impl<'r> Cells<'r, '_> {
    pub(super) fn note(&mut self, column: Column, found: impl Display, expected: impl Display) -> Noted {
        let (table, row) = (self.table, self.row);
        self.problems.add(|| Problem {
            table: table.name,
            row: Some(key_of(table, row)),
            column: column.name.into(),
            found: found.to_string(),
            expected: expected.to_string(),
        });
        Noted
    }

    fn cell(&self, column: Column) -> ValueRef<'r> {
        self.row.get_ref(column.at).unwrap_or(ValueRef::Null)
    }

    /// Returns true if the cell is NULL.
    pub(super) fn is_null(&self, column: Column) -> bool {
        matches!(self.cell(column), ValueRef::Null)
    }

    /// Returns the cell as a message shows it.
    pub(super) fn shown(&self, column: Column) -> String {
        shown(self.cell(column))
    }

    /// Returns a text in UTF-8.
    pub(super) fn text(&mut self, column: Column) -> Checked<&'r str> {
        match self.cell(column) {
            ValueRef::Text(bytes) => match str::from_utf8(bytes) {
                Ok(text) => Ok(text),
                Err(_) => Err(self.note(column, shown(ValueRef::Text(bytes)), "a text in UTF-8")),
            },
            other => Err(self.note(column, shown(other), "a text")),
        }
    }

    /// Returns a text in UTF-8; `None` for NULL.
    pub(super) fn text_or_null(&mut self, column: Column) -> Checked<Option<&'r str>> {
        if self.is_null(column) { Ok(None) } else { self.text(column).map(Some) }
    }

    /// Returns a whole number from `least` to `most`, which `T` has to hold.
    pub(super) fn integer<T: TryFrom<i64>>(&mut self, column: Column, least: i64, most: i64) -> Checked<T> {
        let found = match self.cell(column) {
            ValueRef::Integer(number) if (least..=most).contains(&number) => T::try_from(number).ok(),
            ValueRef::Integer(_) | ValueRef::Null | ValueRef::Real(_) | ValueRef::Text(_) | ValueRef::Blob(_) => None,
        };
        found.ok_or_else(|| {
            let found = self.shown(column);
            self.note(column, found, format_args!("a whole number from {least} to {most}"))
        })
    }

    /// Returns a whole number that identifies a row.
    pub(super) fn row_number(&mut self, column: Column) -> Checked<i64> {
        match self.cell(column) {
            ValueRef::Integer(number) => Ok(number),
            other => Err(self.note(column, shown(other), "a whole number")),
        }
    }

    /// Returns a finite number.
    pub(super) fn number(&mut self, column: Column) -> Checked<f64> {
        match self.cell(column) {
            ValueRef::Real(number) if number.is_finite() => Ok(number),
            ValueRef::Integer(number) => Ok(number as f64),
            other => Err(self.note(column, shown(other), "a finite number")),
        }
    }

    /// Returns a word of a closed list.
    pub(super) fn word<W: Word>(&mut self, column: Column) -> Checked<W> {
        let text = self.text(column)?;
        W::ALL.iter().copied().find(|word| word.as_str() == text).ok_or_else(|| {
            let known = W::ALL.iter().map(|word| word.as_str());
            let expected = Lazy(|| format!("one of: {}{}", list::<W>("", ", "), hint(text, known.clone())));
            self.note(column, quoted(text.as_bytes()), expected)
        })
    }

    /// Returns a declared kind.
    pub(super) fn kind(&mut self, column: Column, words: &Vocabulary) -> Checked<KindId> {
        let text = self.text(column)?;
        words.find_kind(text).ok_or_else(|| {
            let expected = Lazy(|| {
                let known: Vec<&str> = words.kind_names().collect();
                format!("one of: {}{}", known.join(", "), hint(text, known.iter().copied()))
            });
            self.note(column, quoted(text.as_bytes()), expected)
        })
    }

    /// Returns a SHA-256 digest, written in hexadecimal digits.
    pub(super) fn sha256(&mut self, column: Column) -> Checked<[u8; 32]> {
        let text = self.text(column)?;
        from_hex(text).ok_or_else(|| self.note(column, quoted(text.as_bytes()), "64 hexadecimal digits in lower case"))
    }

    /// Returns a date, with the label in another column; `None` if both are NULL.
    pub(super) fn when(&mut self, date: Column, label: Column, hemisphere: Hemisphere) -> Checked<Option<When>> {
        self.date(date, label, |text, label| {
            When::parse_in(text, hemisphere).map(|when| label.iter().fold(when, |when, label| when.with_label(label)))
        })
    }

    /// Returns what `read` makes of a date in EDTF and a label; `None` if both are NULL.
    pub(super) fn date<T>(
        &mut self,
        date: Column,
        label: Column,
        read: impl FnOnce(&str, Option<&str>) -> Result<T, WhenError>,
    ) -> Checked<Option<T>> {
        let (text, words) = (self.text_or_null(date), self.text_or_null(label));
        match (text?, words?) {
            (None, None) => Ok(None),
            (None, Some(words)) => {
                let expected = format_args!("a date in {} too", date.name);
                Err(self.note(label, quoted(words.as_bytes()), expected))
            }
            (Some(text), words) => read(text, words).map(Some).map_err(|error| {
                let found = format!("{} ({error})", quoted(text.as_bytes()));
                self.note(date, found, "a date in EDTF, such as \"1957\", \"2014-07\" or \"[..2014-06]\"")
            }),
        }
    }
}

/// A text that is only made when it is shown: a file may have millions of problems.
#[derive(Debug)]
pub(super) struct Lazy<F>(pub(super) F);

impl<F: Fn() -> String> Display for Lazy<F> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&(self.0)())
    }
}

/// Returns " (did you mean …?)" if a known word is similar, else nothing.
pub(super) fn hint<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    // Comparing takes time in proportion to the length, and no word is long.
    let near = if text.len() <= SHOWN_COLUMNS { nearest(text, known) } else { None };
    near.map(|near| format!(" (did you mean \"{near}\"?)")).unwrap_or_default()
}

/// Returns the key of a row as a message shows it.
fn key_of(table: &Table, row: &Row<'_>) -> String {
    let keys: Vec<_> = (0..table.keys).map(|at| row.get_ref(at).map(shown).unwrap_or_default()).collect();
    keys.join(" ")
}

fn shown(cell: ValueRef<'_>) -> String {
    match cell {
        ValueRef::Null => "nothing".into(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) => quoted(bytes),
        ValueRef::Blob(bytes) => format!("{} bytes of data", bytes.len()),
    }
}

/// Returns a text of the file in quotes, cut to [`SHOWN_COLUMNS`] columns.
pub(super) fn quoted(bytes: &[u8]) -> String {
    // A character has four bytes at most, so that nothing is cut here that would be shown.
    let start = bytes.get(..4 * SHOWN_COLUMNS).unwrap_or(bytes);
    format!("\"{}\"", clean(&String::from_utf8_lossy(start)).fit(SHOWN_COLUMNS))
}
