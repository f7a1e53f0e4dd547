//! Columns of text that line up, and fit where a screen says how wide it is.
//!
//! Invariant: with a width given no line is wider, as long as the columns that never
//! shrink fit; without one nothing is cut.

use std::io;

use super::output::{Output, Tone};
use crate::text::{clean, pad, width};

/// How one column behaves.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// How it looks.
    pub tone: Tone,
    /// When it gives way on a narrow screen, and how far.
    pub shrink: Shrink,
}

/// How a column gives way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shrink {
    /// Not at all.
    Never,
    /// In its turn (0 first) down to this many columns; at zero it vanishes.
    To {
        /// Columns that share a turn shrink from left to right.
        turn: u8,
        /// What it keeps.
        least: usize,
    },
}

/// A line of a table.
#[derive(Debug)]
enum Line {
    Cells(Vec<String>),
    /// Spans all columns.
    Across(Tone, String),
    Blank,
}

/// See the module.
#[derive(Debug)]
pub struct Table {
    columns: Vec<Column>,
    indent: usize,
    lines: Vec<Line>,
}

/// Spaces between two columns.
const GAP: usize = 2;

impl Table {
    /// An empty table; every row begins with `indent` spaces.
    pub fn new(indent: usize, columns: impl Into<Vec<Column>>) -> Self {
        Self { columns: columns.into(), indent, lines: Vec::new() }
    }

    /// Adds a row; cells beyond the columns are dropped.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = cells.into_iter().take(self.columns.len());
        self.lines.push(Line::Cells(cells.map(|cell| clean(&cell).into_inner().into_owned()).collect()));
    }

    /// Adds a line across all columns, not indented.
    pub fn across(&mut self, tone: Tone, text: impl Into<String>) {
        self.lines.push(Line::Across(tone, text.into()));
    }

    /// Adds an empty line, except at the top.
    pub fn blank(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Line::Blank);
        }
    }

    /// Writes the table.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn print(&self, out: &mut Output<'_>) -> io::Result<()> {
        let widths = self.widths(out.screen.width);
        for line in &self.lines {
            match line {
                Line::Blank => out.end_line()?,
                Line::Across(tone, text) => match out.screen.width {
                    Some(width) => out.line(*tone, clean(text).fit(width).as_str())?,
                    None => out.line(*tone, text)?,
                },
                Line::Cells(cells) => self.print_cells(cells, &widths, out)?,
            }
        }
        Ok(())
    }

    fn print_cells(&self, cells: &[String], widths: &[usize], out: &mut Output<'_>) -> io::Result<()> {
        let is_shown = |index: usize| widths[index] > 0 && !cells[index].is_empty();
        let Some(last) = (0..cells.len()).rev().find(|&index| is_shown(index)) else { return out.end_line() };
        out.text(Tone::Plain, &" ".repeat(self.indent))?;
        for (index, cell) in cells.iter().enumerate().take(last + 1).filter(|(index, _)| widths[*index] > 0) {
            let filled = pad(cell, widths[index]);
            if index == last {
                out.text(self.columns[index].tone, filled.trim_end())?;
            } else {
                out.text(self.columns[index].tone, &filled)?;
                out.text(Tone::Plain, &" ".repeat(GAP))?;
            }
        }
        out.end_line()
    }

    /// The width of every column; zero where it is empty or has vanished.
    fn widths(&self, available: Option<usize>) -> Vec<usize> {
        let mut widths = vec![0; self.columns.len()];
        for line in &self.lines {
            if let Line::Cells(cells) = line {
                for (most, cell) in widths.iter_mut().zip(cells) {
                    *most = width(cell).max(*most);
                }
            }
        }
        let Some(available) = available else { return widths };
        let mut turns: Vec<(u8, usize, usize)> = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(index, column)| match column.shrink {
                Shrink::Never => None,
                Shrink::To { turn, least } => Some((turn, index, least)),
            })
            .collect();
        turns.sort_unstable();
        for (_, index, least) in turns {
            let over = self.total(&widths).saturating_sub(available);
            widths[index] -= over.min(widths[index].saturating_sub(least));
        }
        widths
    }

    fn total(&self, widths: &[usize]) -> usize {
        let shown = widths.iter().filter(|&&width| width > 0).count();
        self.indent + widths.iter().sum::<usize>() + GAP * shown.saturating_sub(1)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::super::output::Screen;
    use super::*;
    use proptest::prelude::*;

    fn columns() -> [Column; 3] {
        [
            Column { tone: Tone::Plain, shrink: Shrink::Never },
            Column { tone: Tone::Plain, shrink: Shrink::To { turn: 1, least: 4 } },
            Column { tone: Tone::Plain, shrink: Shrink::To { turn: 0, least: 0 } },
        ]
    }

    fn printed(table: &Table, width: Option<usize>) -> String {
        let mut sink = Vec::new();
        table.print(&mut Output::new(&mut sink, Screen { colour: false, width })).unwrap();
        String::from_utf8(sink).unwrap()
    }

    fn sample() -> Table {
        let mut table = Table::new(2, columns());
        table.across(Tone::Strong, "Heading");
        table.row(["1957", "漢字 in a label", "institution/a"].map(str::to_owned));
        table.row(["2021", "x", ""].map(str::to_owned));
        table
    }

    #[test]
    fn columns_line_up_by_what_is_seen() {
        assert_eq!(printed(&sample(), None), "Heading\n  1957  漢字 in a label  institution/a\n  2021  x\n");
    }

    #[test]
    fn the_least_important_column_gives_way_first() {
        assert_eq!(printed(&sample(), Some(30)), "Heading\n  1957  漢字 in a label  insti…\n  2021  x\n");
        assert_eq!(printed(&sample(), Some(16)), "Heading\n  1957  漢字 in…\n  2021  x\n");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_screen(
            rows in prop::collection::vec(["[a-z]{0,8}", "[a-z漢é ]{0,30}", "[a-z/]{0,30}"], 0..6),
            width in 22usize..90,
        ) {
            let mut table = Table::new(2, columns());
            rows.into_iter().for_each(|row| table.row(row));
            for line in printed(&table, Some(width)).lines() {
                prop_assert!(crate::text::width(line) <= width, "{line:?}");
            }
        }
    }
}
