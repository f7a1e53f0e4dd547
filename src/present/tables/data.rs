//! The contents of a table: columns, rows of cells, notes.
//!
//! The explorer and the commands show the same [`TableData`]. In this file a row is a [`TableRow`]; a timeline, a
//! screen and a text table have rows of their own.
//!
//! Invariant: every row has one cell for every column; the claims of a row, if it has any, are the evidence for all of
//! its cells.

use std::cmp::Ordering;

use crate::model::{ClaimId, Dossier, EntityId, When};
use crate::text::collate::NameKey;
use crate::text::fold::fold;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// The heading; may be empty.
    pub name: String,
    /// True if its cells are aligned to the right.
    pub right: bool,
    /// The treatment of the column on a screen too narrow for all columns.
    pub fit: Fit,
}

/// The treatment of a column on a screen too narrow for all columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The column is left out; the card of the row shows the same.
    Drop,
    /// Its cells are cut.
    Cut,
    /// It keeps its width.
    Keep,
    /// It keeps its width too, and printed text has it only if a cell of it has text, as on a screen.
    Rare,
}

impl TableColumn {
    /// Returns a column of text that is cut on a narrow screen.
    pub fn words(name: &str) -> Self {
        Self { name: name.into(), right: false, fit: Fit::Cut }
    }

    /// Returns a column of text that is left out first on a narrow screen.
    pub fn extra(name: &str) -> Self {
        Self { fit: Fit::Drop, ..Self::words(name) }
    }

    /// Returns a column that is never cut.
    pub fn fixed(name: &str) -> Self {
        Self { name: name.into(), right: false, fit: Fit::Keep }
    }

    /// Returns the column of the states of what is no fact, which is empty as a rule.
    pub fn state() -> Self {
        Self { fit: Fit::Rare, ..Self::fixed("State") }
    }

    /// Returns a column of numbers, never cut.
    pub fn number(name: &str) -> Self {
        Self { name: name.into(), right: true, fit: Fit::Keep }
    }
}

/// The key by which a cell is sorted. In one column, ranks come before numbers, numbers before texts.
#[derive(Debug, Clone, PartialEq)]
pub enum SortKey {
    /// By the cell's text, as names are sorted.
    Text,
    /// By a number.
    Number(f64),
    /// By a position in another order, such as the chronology.
    Rank(usize),
    /// After all other cells, in both directions.
    Last,
}

impl SortKey {
    /// Returns the key of a date among all dates of its column; without a date or a bound it is the last.
    pub fn of_date(when: Option<&When>, all: &[Option<&When>]) -> Self {
        let dated = when.filter(|when| when.anchor().is_some());
        let earlier = |when: &When| all.iter().flatten().filter(|other| other.chronological(when).is_lt()).count();
        dated.map_or(Self::Last, |when| Self::Rank(earlier(when)))
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableCell {
    /// The text shown.
    pub text: String,
    /// The key by which the cell is sorted.
    pub key: SortKey,
    /// The text where no note below the table says what a sign means; `None` if it is the same.
    pub spelled: Option<String>,
}

impl TableCell {
    /// Returns a cell sorted by its text; an empty one comes last.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let key = if text.is_empty() { SortKey::Last } else { SortKey::Text };
        Self { text, key, spelled: None }
    }

    /// Returns a cell sorted by another key than its text.
    pub fn keyed(text: impl Into<String>, key: SortKey) -> Self {
        Self { text: text.into(), key, spelled: None }
    }

    /// Returns a cell that shows a date, and its place among all dates of its column.
    pub fn date(when: Option<&When>, all: &[Option<&When>]) -> Self {
        Self::keyed(when.map(When::stated).unwrap_or_default(), SortKey::of_date(when, all))
    }

    /// Returns a cell that shows a count and is sorted by it.
    pub fn count(count: usize) -> Self {
        Self::keyed(count.to_string(), SortKey::Number(count as f64))
    }

    /// Returns the cell with the words for its signs, "planned" and the like, behind its text.
    #[must_use]
    pub fn spelled(mut self, words: &[&str]) -> Self {
        self.spelled = (!words.is_empty()).then(|| format!("{} ({})", self.text, words.join(", ")));
        self
    }

    fn compare(&self, other: &Self) -> Ordering {
        let rank = |key: &SortKey| match key {
            SortKey::Rank(_) => 0,
            SortKey::Number(_) => 1,
            SortKey::Text => 2,
            SortKey::Last => 3,
        };
        match (&self.key, &other.key) {
            (SortKey::Number(a), SortKey::Number(b)) => a.total_cmp(b),
            (SortKey::Rank(a), SortKey::Rank(b)) => a.cmp(b),
            (SortKey::Text, SortKey::Text) => NameKey::of(&self.text).cmp(&NameKey::of(&other.text)),
            (a, b) => rank(a).cmp(&rank(b)),
        }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// One cell for every column.
    pub cells: Vec<TableCell>,
    /// The entity that the row is about; Enter shows it.
    pub entity: Option<EntityId>,
    /// The claims behind the row.
    pub claims: Vec<ClaimId>,
    /// Words that a filter finds beside those of the cells, separated by spaces.
    pub words: String,
}

/// A table, ready to be shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableData {
    /// The title.
    pub title: String,
    /// The columns.
    pub columns: Vec<TableColumn>,
    /// The rows in their default order.
    pub rows: Vec<TableRow>,
    /// The number of rows of the whole table: greater than that of `rows` if a limit left some out.
    pub total: usize,
    /// Totals and remarks, shown below the rows.
    pub notes: Vec<String>,
}

/// The column by which rows are sorted, and the direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortBy {
    /// Index of the column.
    pub column: usize,
    /// True if the largest comes first.
    pub descending: bool,
}

impl TableData {
    /// Returns a table with all of its rows.
    pub fn new(title: impl Into<String>, columns: Vec<TableColumn>, rows: Vec<TableRow>, notes: Vec<String>) -> Self {
        Self { title: title.into(), columns, total: rows.len(), rows, notes }
    }
}

#[expect(clippy::indexing_slicing, reason = "rows and columns are its own")]
impl TableData {
    /// Returns the indexes of the rows that match a filter, sorted if `sort` is given.
    ///
    /// A row matches if every word of the filter begins one of its words; a word of at least four letters
    /// may also stand inside of one. Case and accents are ignored.
    pub fn select(&self, filter: &str, sort: Option<SortBy>) -> Vec<usize> {
        let wanted = fold(filter);
        let wanted: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
        let mut rows: Vec<usize> = (0..self.rows.len()).filter(|&row| self.holds(row, &wanted)).collect();
        if let Some(sort) = sort {
            let cell = |row: &usize| self.rows[*row].cells.get(sort.column);
            rows.sort_by(|a, b| match (cell(a), cell(b)) {
                (Some(x), Some(y)) if sort.descending && x.key != SortKey::Last && y.key != SortKey::Last => {
                    y.compare(x)
                }
                (Some(x), Some(y)) => x.compare(y),
                (x, y) => y.is_some().cmp(&x.is_some()),
            });
        }
        rows
    }

    fn holds(&self, row: usize, wanted: &[&str]) -> bool {
        if wanted.is_empty() {
            return true;
        }
        let row = &self.rows[row];
        let mut text = fold(&row.words);
        for cell in &row.cells {
            text.push(' ');
            text.push_str(&fold(&cell.text));
        }
        wanted.iter().all(|word| {
            let begins = text.split(' ').any(|other| other.starts_with(word));
            begins || (word.chars().count() >= 4 && text.contains(word))
        })
    }

    /// Returns the width of every column for a screen `columns` wide, with [`GAP`] columns between two.
    ///
    /// A column without text in `rows` has width 0. What is too wide is shortened as each column's [`Fit`]
    /// says: columns that may be dropped from the right, then the widest of those that may be cut.
    pub fn widths(&self, rows: &[usize], columns: usize) -> Vec<usize> {
        let full = |index: usize, column: &TableColumn| {
            let cells = rows.iter().map(|&row| crate::text::width(&self.rows[row].cells[index].text));
            if cells.clone().all(|width| width == 0) {
                return 0;
            }
            // One more for the arrow beside a sorted column's heading.
            cells.max().unwrap_or(0).max(crate::text::width(&column.name) + 1)
        };
        let mut widths: Vec<usize> =
            self.columns.iter().enumerate().map(|(index, column)| full(index, column)).collect();
        let total = |widths: &[usize]| {
            let shown = widths.iter().filter(|&&width| width > 0).count();
            widths.iter().sum::<usize>() + GAP * shown.saturating_sub(1)
        };
        for index in (0..widths.len()).rev().filter(|&index| self.columns[index].fit == Fit::Drop) {
            if total(&widths) > columns {
                widths[index] = 0;
            }
        }
        while total(&widths) > columns {
            let cuttable =
                (0..widths.len()).filter(|&index| self.columns[index].fit == Fit::Cut && widths[index] > LEAST);
            let Some(widest) = cuttable.max_by_key(|&index| widths[index]) else { break };
            widths[widest] -= 1;
        }
        widths
    }
}

/// Returns the notes of a table with `rows` rows: none if it has any, else that the dossier holds no `what`.
pub(super) fn missing_note(dossier: &Dossier, what: &str, rows: usize) -> Vec<String> {
    if rows > 0 { Vec::new() } else { vec![format!("{} holds no {what}.", dossier.meta().title)] }
}

/// Screen columns between two columns of a table.
pub const GAP: usize = 2;

/// A column that is cut keeps at least this width.
const LEAST: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> TableData {
        let row = |name: &str, number: f64, words: &str| TableRow {
            cells: vec![TableCell::text(name), TableCell::keyed(number.to_string(), SortKey::Number(number))],
            entity: None,
            claims: Vec::new(),
            words: words.into(),
        };
        let rows = vec![row("Zürich", 9.0, "planned"), row("Kalyani", 960.0, ""), row("Antwerp", 40.0, "planned")];
        TableData::new("Beds", vec![TableColumn::words("Where"), TableColumn::number("Beds")], rows, Vec::new())
    }

    #[test]
    fn numbers_are_sorted_as_numbers() {
        let by_beds = |descending| table().select("", Some(SortBy { column: 1, descending }));
        assert_eq!(by_beds(false), [0, 2, 1]);
        assert_eq!(by_beds(true), [1, 2, 0]);
    }

    #[test]
    fn a_filter_finds_words_in_cells_and_beside_them() {
        assert_eq!(table().select("zur", None), [0]);
        assert_eq!(table().select("plan ant", None), [2]);
        assert_eq!(table().select("lyan", None), [1]);
        assert!(table().select("nowhere", None).is_empty());
    }

    #[test]
    fn only_columns_that_may_be_cut_are_cut() {
        let table = table();
        assert_eq!(table.widths(&[0, 1, 2], 80), [7, 5]);
        assert_eq!(table.widths(&[0, 1, 2], 12), [6, 5]);
        assert_eq!(table.widths(&[0, 1, 2], 3), [6, 5]);
    }
}
