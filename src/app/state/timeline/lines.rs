//! The lines of the timeline, without a list of them.
//!
//! A scope may have a million rows, and a zoom or a move of the window changes which of them are shown. So lines are
//! counted, not stored: rows that reach into the window from before, rows that begin in it, the breaks between them,
//! and the undated events at the end.
//!
//! Invariant: `get(i)` for `i < len()` is a line, and rows keep the order of the chronology.

use std::ops::Range;
use std::sync::Arc;

use super::Item;
use crate::model::EntityId;
use crate::timeline::chronology::{RowIndex, Rows};

/// A line between rows, before the row with this ordinal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Break {
    pub(super) before: usize,
    pub(super) item: Item,
}

/// The lines of a timeline.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    rows: Rows,
    /// Positions of rows that began before the window and last into it.
    reaching: Vec<usize>,
    /// Positions of the rows that begin in the window.
    standing: Range<usize>,
    /// The breaks in order; several may precede one row.
    breaks: Vec<Break>,
    undated: Arc<[EntityId]>,
}

impl Lines {
    /// Returns the lines of these rows in the days of a window, or of all.
    pub(super) fn new(rows: Rows, window: Option<(i32, i32)>) -> Self {
        let (reaching, standing) = match window {
            None => (Vec::new(), 0..rows.len()),
            Some((first, last)) => {
                let start = rows.before(first);
                (rows.lasting(start, first), start..rows.by(last).max(start))
            }
        };
        Self { rows, reaching, standing, breaks: Vec::new(), undated: Arc::default() }
    }

    /// Puts lines between the rows; given in order.
    pub(super) fn interrupt(&mut self, breaks: Vec<Break>) {
        self.breaks = breaks;
    }

    /// Puts a tray at the end.
    pub(super) fn append_undated(&mut self, undated: Arc<[EntityId]>) {
        self.undated = undated;
    }

    /// Returns the rows from which the lines are taken.
    pub(super) fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Returns the number of rows shown.
    pub fn row_count(&self) -> usize {
        self.reaching.len() + self.standing.len()
    }

    /// Returns the number of undated events shown.
    pub fn undated_count(&self) -> usize {
        self.undated.len()
    }

    /// Returns the number of lines.
    pub fn len(&self) -> usize {
        let tray = if self.undated.is_empty() { 0 } else { self.undated.len() + 1 };
        self.row_count() + self.breaks.len() + tray
    }

    /// Returns true if there is no line.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns a line.
    pub fn get(&self, line: usize) -> Option<Item> {
        match self.ordinal(line) {
            Err(at) => self.breaks.get(at).map(|found| found.item),
            Ok(ordinal) if ordinal < self.row_count() => Some(Item::Row(self.rows.row(self.position(ordinal)))),
            Ok(ordinal) => match ordinal - self.row_count() {
                0 if !self.undated.is_empty() => Some(Item::UndatedHead(self.undated.len())),
                behind => self.undated.get(behind.checked_sub(1)?).map(|&event| Item::Undated(event)),
            },
        }
    }

    /// Returns the number of rows on the lines up to this one, itself included.
    pub fn rows_up_to(&self, line: usize) -> usize {
        match self.ordinal(line) {
            Ok(ordinal) => (ordinal + 1).min(self.row_count()),
            Err(at) => self.breaks[at].before,
        }
    }

    /// Returns the ordinal of the row on a line, counted on through the tray; `Err` with the index of a break.
    fn ordinal(&self, line: usize) -> Result<usize, usize> {
        // Break k is on line `before + k`.
        let mut low = 0;
        let mut high = self.breaks.len();
        while low < high {
            let middle = usize::midpoint(low, high);
            match (self.breaks[middle].before + middle).cmp(&line) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Err(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Ok(line - low)
    }

    fn position(&self, ordinal: usize) -> usize {
        match self.reaching.get(ordinal) {
            Some(&position) => position,
            None => self.standing.start + ordinal - self.reaching.len(),
        }
    }

    /// Returns the line of the row with an ordinal.
    pub(super) fn line(&self, ordinal: usize) -> usize {
        ordinal + self.breaks.partition_point(|found| found.before <= ordinal)
    }

    /// Returns the ordinal of the row at a position, if it is shown.
    fn ordinal_of(&self, position: usize) -> Option<usize> {
        if self.standing.contains(&position) {
            return Some(self.reaching.len() + position - self.standing.start);
        }
        self.reaching.binary_search(&position).ok()
    }

    /// Returns the ordinal of the first row shown at a position or after it.
    pub(super) fn ordinal_from(&self, position: usize) -> usize {
        if position < self.standing.start {
            return self.reaching.partition_point(|&other| other < position);
        }
        self.reaching.len() + position.min(self.standing.end) - self.standing.start
    }

    /// Returns true if the row with an ordinal is at this position of the scope.
    pub(super) fn stands_at(&self, ordinal: usize, position: usize) -> bool {
        ordinal < self.row_count() && self.position(ordinal) == position
    }

    /// Returns the line of a row, if it is shown.
    pub(super) fn line_of(&self, row: RowIndex) -> Option<usize> {
        let ordinal = self.ordinal_of(self.rows.position(row)?)?;
        Some(self.line(ordinal))
    }

    /// Returns the line of the row that is nearest to one that may not be shown.
    pub(super) fn line_near(&self, row: RowIndex) -> Option<usize> {
        let last = self.row_count().checked_sub(1)?;
        let ordinal = self.ordinal_from(self.rows.before_row(row));
        Some(self.line(ordinal.min(last)))
    }

    /// Returns the line of the row nearest to a day; if two are as near, that of the earlier.
    pub(super) fn line_at(&self, day: i32) -> Option<usize> {
        let last = self.row_count().checked_sub(1)?;
        let after = self.ordinal_from(self.rows.before(day)).min(last);
        let away = |ordinal: usize| (i64::from(self.rows.first(self.position(ordinal))) - i64::from(day)).abs();
        let before = after.checked_sub(1).map(|before| self.first_like(before));
        let nearest = before.filter(|&before| away(before) <= away(after)).unwrap_or(after);
        Some(self.line(nearest))
    }

    /// Returns the ordinal of the first row that begins on the same day as this one.
    fn first_like(&self, ordinal: usize) -> usize {
        let day = self.rows.first(self.position(ordinal));
        if ordinal < self.reaching.len() {
            return self.reaching.partition_point(|&position| self.rows.first(position) < day);
        }
        self.ordinal_from(self.rows.before(day))
    }

    /// Returns the line of an event of the tray.
    pub(super) fn line_of_undated(&self, event: EntityId) -> Option<usize> {
        let at = self.undated.iter().position(|&other| other == event)?;
        Some(self.row_count() + self.breaks.len() + 1 + at)
    }

    /// Returns the first line of the tray.
    pub(super) fn tray(&self) -> Option<usize> {
        (!self.undated.is_empty()).then(|| self.row_count() + self.breaks.len() + 1)
    }
}

#[cfg(test)]
mod tests {
    use crate::app::request::Searches;
    use proptest::prelude::*;

    use crate::app::state::timeline::{Item, Timeline};
    use crate::app::state::tree::Node;
    use crate::app::state::zoom::Zoom;
    use crate::formats::author;
    use crate::model::Moment;
    use crate::timeline::World;
    use crate::timeline::chronology::number;

    fn embedded() -> World {
        World::new(author::load(&author::embedded()).0)
    }

    proptest! {
        #[test]
        fn the_lines_are_the_rows_of_the_window_with_what_stands_between(level in 0isize..6, year in 1957i32..2026, pans in 0usize..3, at in prop::option::of(1950i32..2030)) {
            let world = embedded();
            let chronology = world.chronology();
            let mut timeline = Timeline::new(Zoom::all(chronology.span()));
            let around = Moment::year(year).unwrap().first();
            timeline.zoom = timeline.zoom.zoomed(level, around);
            for _ in 0..pans {
                timeline.zoom = timeline.zoom.panned(1);
            }
            let as_of = at.and_then(Moment::year);
            timeline.set_scope(&world, Node::All, as_of, &mut Searches::default());
            let window = timeline.zoom.window();
            let inside = |row: &u32| {
                let extent = chronology.extent(*row);
                window.is_none_or(|(first, last)| extent.first <= number(last) && extent.last >= number(first))
            };
            let expected: Vec<u32> = (0..chronology.rows().len() as u32).filter(inside).collect();
            let items: Vec<Item> = (0..timeline.lines.len()).filter_map(|line| timeline.lines.get(line)).collect();
            prop_assert_eq!(items.len(), timeline.lines.len());
            let mut rows = Vec::new();
            for (line, item) in items.iter().enumerate() {
                match *item {
                    Item::Row(row) => {
                        prop_assert_eq!(timeline.lines.line_of(row), Some(line));
                        rows.push(row);
                    }
                    Item::Silence { first, last } => {
                        let silent = |row: &u32| {
                            let extent = chronology.extent(*row);
                            let (start, end) = (Moment::year(first).unwrap().first(), Moment::year(last).unwrap().last());
                            extent.last < number(start) || extent.first > number(end)
                        };
                        prop_assert!(expected.iter().all(silent));
                    }
                    Item::Now => {
                        let last = number(as_of.unwrap().last());
                        prop_assert!(rows.iter().all(|&row| chronology.extent(row).first <= last));
                    }
                    Item::UndatedHead(count) => prop_assert_eq!(count, timeline.lines.undated_count()),
                    Item::Undated(event) => prop_assert_eq!(timeline.lines.line_of_undated(event), Some(line)),
                }
                prop_assert_eq!(timeline.lines.rows_up_to(line), rows.len());
            }
            prop_assert_eq!(rows, expected);
            prop_assert!(timeline.selected().is_some() || items.is_empty() || timeline.lines.row_count() == 0);
        }
    }
}
