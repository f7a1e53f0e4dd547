//! The detail pane: the card of one entity, line by line.
//!
//! Invariant: the card shown is that of the entity in view, and only lines that lead
//! somewhere or prove something can be selected.

use super::cursor::Cursor;
use super::prompt::Prompt;
use crate::model::{ClaimId, EntityId, Moment};
use crate::present::card::{Card, Line};
use crate::text::fold::fold;
use crate::text::{self, clean};
use crate::timeline::World;

/// One line of the pane before it is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// An empty line between sections.
    Blank,
    /// A piece of the line with the other names.
    Names(usize),
    /// The heading of a section.
    Head(usize),
    /// A line of a section: section, line, and which piece of its wrapped text.
    Line {
        /// The section.
        section: usize,
        /// The line in the section.
        line: usize,
        /// The piece of the wrapped text, from 0.
        piece: usize,
    },
}

/// The state of the detail pane.
#[derive(Debug, Clone, Default)]
pub struct Detail {
    /// The selected row and the scroll offset.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Prompt,
    /// The card in view.
    pub card: Option<Card>,
    as_of: Option<Moment>,
    /// The lines as wrapped for the pane.
    pub rows: Vec<Row>,
    width: usize,
    label_columns: usize,
}

/// The greatest width of a label, in columns.
const LABEL_COLUMNS: usize = 24;

/// Columns of a date in front of a line.
const DATE_COLUMNS: usize = 11;

impl Detail {
    /// Shows an entity from its top, as of a moment or as a whole.
    pub fn show(&mut self, world: &World, entity: Option<EntityId>, as_of: Option<Moment>) {
        if self.card.as_ref().map(|card| card.entity) == entity && self.as_of == as_of && entity.is_some() {
            return;
        }
        self.as_of = as_of;
        self.card = entity.map(|entity| match as_of {
            Some(moment) => Card::at(world, entity, moment),
            None => Card::new(world, entity),
        });
        self.filter.clear();
        self.refilter();
    }

    /// Shows the same entity anew, under its number in another world and with all that it says of it.
    pub fn reload(&mut self, world: &World, entity: Option<EntityId>, as_of: Option<Moment>) {
        let filter = std::mem::take(&mut self.filter);
        self.card = None;
        self.show(world, entity, as_of);
        if !filter.is_empty() {
            self.filter = filter;
            self.refilter();
        }
    }

    /// Shows a card made for a row of a table.
    pub fn show_card(&mut self, card: Option<Card>) {
        if self.card == card {
            return;
        }
        self.card = card;
        self.filter.clear();
        self.refilter();
    }

    /// Wraps the lines to a width in columns.
    pub fn set_width(&mut self, width: usize) {
        if self.width != width {
            self.width = width;
            let selected = self.rows.get(self.cursor.selected).copied();
            self.wrap();
            let again = selected.and_then(|row| self.rows.iter().position(|&other| other == row));
            self.cursor.selected = again.unwrap_or(0);
        }
    }

    /// Applies a changed filter.
    pub fn refilter(&mut self) {
        self.wrap();
        let first = (0..self.rows.len()).find(|&row| self.is_selectable(row));
        self.cursor = Cursor { selected: first.unwrap_or(0), offset: 0 };
    }

    /// Returns the other names of the entity, broken for the pane.
    pub fn names_wrapped(&self) -> Vec<String> {
        match &self.card {
            Some(card) if !card.names.is_empty() => {
                clean(&format!("also {}", card.names.join(" · "))).wrap(self.width.saturating_sub(2))
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// Returns a line of the card.
    pub fn line(&self, section: usize, line: usize) -> Option<&Line> {
        self.card.as_ref()?.sections.get(section)?.lines.get(line)
    }

    /// Returns the selected line of the card.
    pub fn selected(&self) -> Option<&Line> {
        match *self.rows.get(self.cursor.selected)? {
            Row::Line { section, line, .. } => self.line(section, line),
            Row::Blank | Row::Names(_) | Row::Head(_) => None,
        }
    }

    /// Returns true if a row can be selected: the first row of a line.
    pub fn is_selectable(&self, row: usize) -> bool {
        matches!(self.rows.get(row), Some(Row::Line { piece: 0, .. }))
    }

    /// Returns the text of a line, broken for the pane: on its first row it leaves room for the evidence.
    pub fn pieces(&self, line: &Line) -> Vec<String> {
        let (first, others) = self.room(line);
        clean(&line.text).wrap_after(first, others)
    }

    /// Returns the number of pieces, without making them: a long card has thousands of lines, of which few are drawn.
    fn piece_count(&self, line: &Line) -> usize {
        let (first, others) = self.room(line);
        clean(&line.text).lines_after(first, others)
    }

    /// Returns the number of columns for the text of a line: on its first row, and on the others.
    fn room(&self, line: &Line) -> (usize, usize) {
        let room = self.width.saturating_sub(self.text_column(line)).max(1);
        let cite = match text::width(&line.cite).min(self.width / 3) {
            0 => 0,
            columns => columns + 1,
        };
        (room.saturating_sub(cite).max(1), room)
    }

    /// Returns the column in which the text of a line starts.
    pub fn text_column(&self, line: &Line) -> usize {
        let indent = usize::from(line.depth) * 2 + 2;
        let lead = match line.when.is_empty() {
            true if line.flush || self.width < 34 => 0,
            true => self.label_columns,
            false => DATE_COLUMNS.max(text::width(&line.when) + 1),
        };
        (indent + lead).min(self.width / 2)
    }

    /// Selects the line of a claim. Returns true if there is one.
    pub fn select_claim(&mut self, claim: ClaimId) -> bool {
        let row = (0..self.rows.len()).find(|&row| match self.rows[row] {
            Row::Line { section, line, piece: 0 } => {
                self.line(section, line).is_some_and(|line| line.claim == Some(claim))
            }
            Row::Line { .. } | Row::Blank | Row::Names(_) | Row::Head(_) => false,
        });
        if let Some(row) = row {
            // The heading above it stays visible.
            self.cursor = Cursor { selected: row, offset: row.saturating_sub(2) };
        }
        row.is_some()
    }

    fn wrap(&mut self) {
        self.rows.clear();
        let Some(card) = &self.card else { return };
        let labels = card.lines().filter(|(_, line)| !line.flush && line.when.is_empty());
        let widest = labels.map(|(_, line)| text::width(&line.label)).max().unwrap_or(0);
        self.label_columns = (widest + 1).min(LABEL_COLUMNS).min(self.width * 2 / 5);
        let wanted = fold(self.filter.text());
        if wanted.is_empty() {
            self.rows.extend((0..self.names_wrapped().len()).map(Row::Names));
        }
        for (section_index, section) in card.sections.iter().enumerate() {
            let kept = |line: &&(usize, &Line)| wanted.is_empty() || holds(line.1, &section.title, &wanted);
            let all: Vec<(usize, &Line)> = section.lines.iter().enumerate().collect();
            let lines: Vec<&(usize, &Line)> = all.iter().filter(kept).collect();
            if lines.is_empty() {
                continue;
            }
            if !self.rows.is_empty() {
                self.rows.push(Row::Blank);
            }
            self.rows.push(Row::Head(section_index));
            for &&(line_index, line) in &lines {
                let pieces = self.piece_count(line).max(1);
                let row = |piece| Row::Line { section: section_index, line: line_index, piece };
                self.rows.extend((0..pieces).map(row));
            }
        }
    }
}

fn holds(line: &Line, title: &str, wanted: &str) -> bool {
    let text = fold(&format!("{} {} {} {}", title, line.label, line.text, line.when));
    wanted.split(' ').all(|word| text.contains(word))
}
