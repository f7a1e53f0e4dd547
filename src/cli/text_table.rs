//! Aligned columns of text that fit a width.
//!
//! Invariant: with a width no line is wider, provided that the minimum widths of the columns fit; without a width
//! nothing is cut.

use std::io;

use super::output::{Output, Tone};
use crate::text::{clean, pad, width};

/// A column: its tone, and how it is fitted to a narrow screen.
#[derive(Debug, Clone, Copy)]
pub struct TextColumn {
    pub tone: Tone,
    /// The treatment of a cell wider than the column.
    pub excess: Excess,
    /// Steps by which it shrinks on a narrow screen: (turn, least width). Turn 0 comes first; columns that
    /// share a turn shrink from left to right; a column with least width 0 is left out.
    pub shrink: &'static [(u8, usize)],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// It is cut, with an ellipsis.
    Cut,
    /// It continues on the next line.
    Wrap,
}

#[derive(Debug)]
enum Line {
    Cells(Vec<String>),
    Across(Tone, String),
    Blank,
}

/// Rows of cells, printed in columns that line up.
#[derive(Debug)]
pub struct TextTable {
    columns: Vec<TextColumn>,
    indent: usize,
    lines: Vec<Line>,
}

/// Spaces between two columns.
const GAP: usize = 2;

/// A column that may be left out is not made narrower than this.
const STUB: usize = 12;

impl TextTable {
    /// Returns an empty table; every row begins with `indent` spaces.
    pub fn new(indent: usize, columns: impl Into<Vec<TextColumn>>) -> Self {
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

    /// Prints a row, with as many lines as its tallest cell.
    fn print_cells(&self, cells: &[String], widths: &[usize], out: &mut Output<'_>) -> io::Result<()> {
        let columns = self.columns.iter().zip(widths).zip(cells);
        let parts: Vec<Vec<String>> = columns.map(|((column, &width), cell)| column.parts(cell, width)).collect();
        let height = parts.iter().map(Vec::len).max().unwrap_or_default().max(1);
        for line in 0..height {
            let parts = parts.iter().map(|part| part.get(line).map_or("", String::as_str));
            self.print_line(&parts.collect::<Vec<_>>(), widths, out)?;
        }
        Ok(())
    }

    fn print_line(&self, parts: &[&str], widths: &[usize], out: &mut Output<'_>) -> io::Result<()> {
        let Some(last) = parts.iter().rposition(|part| !part.is_empty()) else { return out.end_line() };
        out.text(Tone::Plain, &" ".repeat(self.indent))?;
        let shown = self.columns.iter().zip(widths).zip(parts).zip(0..=last);
        for (((column, &width), part), index) in shown.filter(|(((_, width), _), _)| **width > 0) {
            let filled = pad(part, width);
            if index == last {
                out.text(column.tone, filled.trim_end())?;
            } else {
                out.text(column.tone, &filled)?;
                out.text(Tone::Plain, &" ".repeat(GAP))?;
            }
        }
        out.end_line()
    }

    /// Returns the width of every column; 0 if it is empty or left out.
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
        loop {
            let (fitted, dropped) = self.fitted(widths.clone(), available);
            match dropped {
                // A column that is left out leaves its room to the others: fit them again.
                Some(index) => widths.iter_mut().skip(index).take(1).for_each(|width| *width = 0),
                None => return fitted,
            }
        }
    }

    /// Returns the widths after each column has shrunk as far as it must, and the first column to be left out.
    fn fitted(&self, mut widths: Vec<usize>, available: usize) -> (Vec<usize>, Option<usize>) {
        let columns = self.columns.iter().enumerate();
        let mut turns: Vec<(u8, usize, usize)> = columns
            .flat_map(|(index, column)| column.shrink.iter().map(move |&(turn, least)| (turn, index, least)))
            .collect();
        turns.sort_unstable();
        for (_, index, least) in turns {
            let over = self.total(&widths).saturating_sub(available);
            let Some(width) = widths.get_mut(index).filter(|_| over > 0) else { break };
            let before = *width;
            *width = before.saturating_sub(over).max(least.min(before));
            if least == 0 && before > 0 && *width < STUB {
                return (widths, Some(index));
            }
        }
        (widths, None)
    }

    fn total(&self, widths: &[usize]) -> usize {
        let shown = widths.iter().filter(|&&width| width > 0).count();
        let gaps = GAP.saturating_mul(shown.saturating_sub(1));
        widths.iter().fold(self.indent.saturating_add(gaps), |total, &width| total.saturating_add(width))
    }
}

impl TextColumn {
    /// Returns the lines of a cell, each at most `columns` wide if the column wraps.
    fn parts(&self, cell: &str, columns: usize) -> Vec<String> {
        if columns == 0 || cell.is_empty() {
            return Vec::new();
        }
        match self.excess {
            Excess::Wrap if width(cell) > columns => clean(cell).wrap(columns),
            Excess::Wrap | Excess::Cut => vec![cell.to_owned()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::output::Screen;
    use super::*;
    use proptest::prelude::*;

    fn columns() -> [TextColumn; 3] {
        [
            TextColumn { tone: Tone::Plain, excess: Excess::Cut, shrink: &[] },
            TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(1, 4)] },
            TextColumn { tone: Tone::Plain, excess: Excess::Cut, shrink: &[(0, 12), (2, 0)] },
        ]
    }

    fn printed(table: &TextTable, width: Option<usize>) -> String {
        let mut sink = Vec::new();
        table.print(&mut Output::new(&mut sink, Screen { colour: false, width })).unwrap();
        String::from_utf8(sink).unwrap()
    }

    fn sample() -> TextTable {
        let mut table = TextTable::new(2, columns());
        table.across(Tone::Strong, "Heading");
        table.row(["1957", "漢字 in a label", "institution/a"].map(str::to_owned));
        table.row(["2021", "x", ""].map(str::to_owned));
        table
    }

    #[test]
    fn columns_are_aligned_by_display_width() {
        assert_eq!(printed(&sample(), None), "Heading\n  1957  漢字 in a label  institution/a\n  2021  x\n");
    }

    #[test]
    fn the_least_important_column_shrinks_first() {
        assert_eq!(printed(&sample(), Some(37)), "Heading\n  1957  漢字 in a label  institution…\n  2021  x\n");
        assert_eq!(
            printed(&sample(), Some(27)),
            "Heading\n  1957  漢字   institution…\n        in a\n        label\n  2021  x\n"
        );
    }

    #[test]
    fn a_column_that_would_be_too_narrow_vanishes() {
        assert_eq!(printed(&sample(), Some(25)), "Heading\n  1957  漢字 in a label\n  2021  x\n");
        assert_eq!(printed(&sample(), Some(16)), "Heading\n  1957  漢字 in\n        a label\n  2021  x\n");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_screen(
            rows in prop::collection::vec(["[a-z]{0,8}", "[a-z漢é ]{0,30}", "[a-z/]{0,30}"], 0..6),
            width in 22usize..90,
        ) {
            let mut table = TextTable::new(2, columns());
            for row in rows {
                table.row(row);
            }
            for line in printed(&table, Some(width)).lines() {
                prop_assert!(crate::text::width(line) <= width, "{line:?}");
            }
        }
    }
}
