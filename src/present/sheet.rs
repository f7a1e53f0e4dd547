//! Tables for reading: columns, rows, and what each row is about.
//!
//! The table views and the commands of the same names show the same sheets.
//! Invariant: every row has a cell for every column, and the claims behind a row are
//! the evidence for all of its cells.

use std::cmp::Ordering;

use crate::model::{ClaimId, EntityId};
use crate::text::fold::fold;

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub name: String,
    /// Whether its cells stand at the right.
    pub right: bool,
    /// What becomes of it where the sheet does not fit.
    pub give: Give,
}

/// What becomes of a column where there is no room for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Give {
    /// It is left out, since the card of the row has it as well.
    Way,
    /// It is cut.
    Some,
    /// It stays as it is.
    None,
}

impl Column {
    /// A column of words, cut where there is no room.
    pub fn words(name: &str) -> Self {
        Self { name: name.into(), right: false, give: Give::Some }
    }

    /// A column of words that is left out first.
    pub fn extra(name: &str) -> Self {
        Self { give: Give::Way, ..Self::words(name) }
    }

    /// A column that is never cut.
    pub fn fixed(name: &str) -> Self {
        Self { name: name.into(), right: false, give: Give::None }
    }

    /// A column of numbers.
    pub fn number(name: &str) -> Self {
        Self { name: name.into(), right: true, give: Give::None }
    }
}

/// By what a cell is sorted.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// By its text, folded.
    Text,
    /// By a number; larger is more.
    Number(f64),
    /// By a place in an order made elsewhere, such as the chronology.
    Rank(usize),
    /// After everything else.
    Last,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it shows.
    pub text: String,
    /// By what it is sorted.
    pub key: Key,
}

impl Cell {
    /// A cell sorted by its text; an empty one comes last.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let key = if text.is_empty() { Key::Last } else { Key::Text };
        Self { text, key }
    }

    /// A cell with a key of its own.
    pub fn keyed(text: impl Into<String>, key: Key) -> Self {
        Self { text: text.into(), key }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let rank = |key: &Key| match key {
            Key::Rank(_) => 0,
            Key::Number(_) => 1,
            Key::Text => 2,
            Key::Last => 3,
        };
        match (&self.key, &other.key) {
            (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
            (Key::Rank(a), Key::Rank(b)) => a.cmp(b),
            (Key::Text, Key::Text) => fold(&self.text).cmp(&fold(&other.text)),
            (a, b) => rank(a).cmp(&rank(b)),
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// A cell for every column.
    pub cells: Vec<Cell>,
    /// What the row is about; Enter goes there.
    pub entity: Option<EntityId>,
    /// The claims behind it.
    pub claims: Vec<ClaimId>,
    /// Further words by which a filter finds it.
    pub words: String,
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The heading.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, in the order that reads best.
    pub rows: Vec<Row>,
    /// Totals and remarks below the rows.
    pub notes: Vec<String>,
}

/// A column by which rows are sorted, and whether backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// The column.
    pub column: usize,
    /// Whether the largest comes first.
    pub descending: bool,
}

#[expect(clippy::indexing_slicing, reason = "rows and columns go by numbers of its own")]
impl Sheet {
    /// The numbers of the rows that a filter leaves, sorted; every word of the filter has to begin a
    /// word of the row or stand in a longer one.
    pub fn select(&self, filter: &str, sort: Option<Sort>) -> Vec<usize> {
        let wanted = fold(filter);
        let wanted: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
        let mut rows: Vec<usize> = (0..self.rows.len()).filter(|&row| self.holds(row, &wanted)).collect();
        if let Some(sort) = sort {
            let cell = |row: &usize| self.rows[*row].cells.get(sort.column);
            rows.sort_by(|a, b| match (cell(a), cell(b)) {
                (Some(x), Some(y)) if sort.descending && x.key != Key::Last && y.key != Key::Last => y.compare(x),
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

    /// The width of every column on `columns` columns of screen, [`GAP`] between them. A column without any
    /// text in these rows has none; flexible columns give way, the widest first.
    pub fn widths(&self, rows: &[usize], columns: usize) -> Vec<usize> {
        let natural = |index: usize, column: &Column| {
            let cells = rows.iter().map(|&row| crate::text::width(&self.rows[row].cells[index].text));
            if cells.clone().all(|width| width == 0) {
                return 0;
            }
            // One column more for the sign of a sorted column.
            cells.max().unwrap_or(0).max(crate::text::width(&column.name) + 1)
        };
        let mut widths: Vec<usize> =
            self.columns.iter().enumerate().map(|(index, column)| natural(index, column)).collect();
        let total = |widths: &[usize]| {
            let shown = widths.iter().filter(|&&width| width > 0).count();
            widths.iter().sum::<usize>() + GAP * shown.saturating_sub(1)
        };
        for index in (0..widths.len()).rev().filter(|&index| self.columns[index].give == Give::Way) {
            if total(&widths) > columns {
                widths[index] = 0;
            }
        }
        while total(&widths) > columns {
            let flexible =
                (0..widths.len()).filter(|&index| self.columns[index].give == Give::Some && widths[index] > LEAST);
            let Some(widest) = flexible.max_by_key(|&index| widths[index]) else { break };
            widths[widest] -= 1;
        }
        widths
    }
}

/// Columns of screen between two columns of a sheet.
pub const GAP: usize = 2;

/// A flexible column keeps at least so many columns of screen.
const LEAST: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let row = |name: &str, number: f64, words: &str| Row {
            cells: vec![Cell::text(name), Cell::keyed(number.to_string(), Key::Number(number))],
            entity: None,
            claims: Vec::new(),
            words: words.into(),
        };
        Sheet {
            title: "Beds".into(),
            columns: vec![Column::words("Where"), Column::number("Beds")],
            rows: vec![row("Zürich", 9.0, "planned"), row("Kalyani", 960.0, ""), row("Antwerp", 40.0, "planned")],
            notes: Vec::new(),
        }
    }

    #[test]
    fn numbers_are_sorted_as_numbers() {
        let by_beds = |descending| sheet().select("", Some(Sort { column: 1, descending }));
        assert_eq!(by_beds(false), [0, 2, 1]);
        assert_eq!(by_beds(true), [1, 2, 0]);
    }

    #[test]
    fn a_filter_finds_words_in_cells_and_beside_them() {
        assert_eq!(sheet().select("zur", None), [0]);
        assert_eq!(sheet().select("plan ant", None), [2]);
        assert_eq!(sheet().select("lyan", None), [1]);
        assert!(sheet().select("nowhere", None).is_empty());
    }

    #[test]
    fn only_flexible_columns_give_way() {
        let sheet = sheet();
        assert_eq!(sheet.widths(&[0, 1, 2], 80), [7, 5]);
        assert_eq!(sheet.widths(&[0, 1, 2], 12), [6, 5]);
        assert_eq!(sheet.widths(&[0, 1, 2], 3), [6, 5]);
    }
}
