//! Draws one lane on one row: bars, marks and arrows over the columns of a time axis.
//!
//! If several bars share a column, the shortest is shown, so that long ones do not hide it; of equally long ones, the
//! one whose dates are known better.
//!
//! Invariant: nothing is drawn outside of the area or of the days that a bar or mark bounds, and words are only on
//! columns of their own bar or on free ones.

mod cells;

use std::ops::Range;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::glyphs::{Glyphs, Signs};
use super::theme::Theme;
use crate::model::{Basis, DayWindow};
use crate::offices::{Certainty, Knowledge};
use crate::present::lanes::{Arrow, Bar, Lane, Mark, MarkKind, Part};
use cells::{Cell, Row};

/// The days that are on the screen, and where.
pub(super) struct Ruler<'a> {
    /// The first day of the window.
    pub first: NaiveDate,
    /// The last day of the window.
    pub last: NaiveDate,
    /// The column of a day of the window, from 0 on; later days are never further left.
    pub column: &'a dyn Fn(NaiveDate) -> Option<u16>,
}

impl Ruler<'_> {
    /// Returns the columns of the days `first..=last`, cut at the edges of the window and of the row.
    fn columns(&self, first: NaiveDate, last: NaiveDate, width: u16) -> Option<Range<u16>> {
        if first > self.last || last < self.first || first > last {
            return None;
        }
        let from = (self.column)(first.max(self.first))?;
        let to = (self.column)(last.min(self.last))?;
        (from < width && from <= to).then_some(from..to.min(width - 1) + 1)
    }
}

/// Draws a lane on the first row of an area; the selected part, if any, stands out.
pub(super) fn draw_lane(
    buf: &mut Buffer,
    area: Rect,
    lane: &Lane,
    ruler: &Ruler<'_>,
    look: Glyphs,
    theme: &Theme,
    selected: Option<Part>,
) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let mut canvas = Canvas { row: Row::new(area.width), ruler, signs: look.signs(), theme, selected };
    canvas.bars(lane);
    for arrow in &lane.arrows {
        canvas.arrow(arrow);
    }
    canvas.marks(&lane.marks);
    canvas.words(lane);
    canvas.row.paint(buf, area);
}

struct Canvas<'a> {
    row: Row,
    ruler: &'a Ruler<'a>,
    signs: &'static Signs,
    theme: &'a Theme,
    selected: Option<Part>,
}

impl Canvas<'_> {
    fn bars(&mut self, lane: &Lane) {
        let max = lane.max();
        let mut placed: Vec<(usize, Range<u16>)> = Vec::new();
        for (index, bar) in lane.bars.iter().enumerate() {
            placed.extend(
                self.ruler
                    .columns(bar.from, bar.to.unwrap_or(NaiveDate::MAX), self.row.width())
                    .map(|columns| (index, columns)),
            );
        }
        // The shortest and best known bars are drawn last, over the others.
        placed.sort_by_key(|(index, columns)| {
            let bar = &lane.bars[*index];
            std::cmp::Reverse((columns.len(), bar.certainty, bar.state))
        });
        for (index, columns) in placed {
            let bar = &lane.bars[index];
            let first = columns.start;
            let style = self.style(bar, Part::Bar(index));
            for column in columns {
                let sign = self.sign(bar, max, column == first);
                self.row.put(column, Cell { sign, style, bar: Some(index), solid: false });
            }
        }
    }

    /// Returns the sign of a bar in a column; a bar of which nothing is known has one only in its first column.
    fn sign(&self, bar: &Bar, max: Option<f64>, is_first: bool) -> &'static str {
        let signs = self.signs;
        match (bar.state, bar.certainty, bar.value) {
            (Knowledge::Unknown, ..) => {
                if is_first {
                    signs.unknown
                } else {
                    " "
                }
            }
            (Knowledge::Vacant, ..) => signs.vacant,
            (
                Knowledge::Stated | Knowledge::Attested | Knowledge::LastKnown,
                Certainty::Part | Certainty::Possible,
                _,
            ) => signs.possible,
            (Knowledge::Stated | Knowledge::Attested | Knowledge::LastKnown, Certainty::Definite, Some(value)) => {
                signs.levels[level(value, max)]
            }
            // What is a conclusion is drawn like what lies between two sightings.
            (Knowledge::Stated, Certainty::Definite, None) if bar.basis == Basis::Inferred => signs.attested,
            (Knowledge::Stated, Certainty::Definite, None) => signs.stated,
            (Knowledge::Attested, Certainty::Definite, None) => signs.attested,
            (Knowledge::LastKnown, Certainty::Definite, None) => signs.last_known,
        }
    }

    fn style(&self, bar: &Bar, part: Part) -> Style {
        let style = match (bar.state, bar.certainty) {
            (Knowledge::Stated | Knowledge::Attested, Certainty::Definite) => self.theme.actual,
            (Knowledge::Stated | Knowledge::Attested, Certainty::Part | Certainty::Possible)
            | (Knowledge::LastKnown | Knowledge::Vacant | Knowledge::Unknown, _) => self.theme.faint,
        };
        self.picked(style, part)
    }

    fn picked(&self, style: Style, part: Part) -> Style {
        if self.selected == Some(part) { style.patch(self.theme.selected) } else { style }
    }

    /// Draws a line on the free columns between two dates, its head before the second.
    fn arrow(&mut self, arrow: &Arrow) {
        let (Some(from), Some(to)) = (self.point(arrow.from), self.point(arrow.to)) else { return };
        let style = self.theme.planned;
        for column in from + 1..to {
            let sign = if column + 1 == to { self.signs.head } else { self.signs.line };
            self.row.put(column, Cell { sign, style, bar: None, solid: true });
        }
    }

    fn marks(&mut self, marks: &[Mark]) {
        for mark in marks {
            // The days that a date may mean are shaded if nothing else is drawn there.
            let columns =
                mark.at.position().and_then(|(first, last)| self.ruler.columns(first, last, self.row.width()));
            for column in columns.unwrap_or_default() {
                if self.row.is_free(column) {
                    let style = self.theme.faint;
                    self.row.put(column, Cell { sign: self.signs.possible, style, bar: None, solid: true });
                }
            }
        }
        for (index, mark) in marks.iter().enumerate() {
            let Some(column) = self.point(mark.at) else { continue };
            let (sign, style) = match mark.kind {
                MarkKind::Seen => (self.signs.seen, self.theme.actual),
                MarkKind::Planned => (self.signs.planned, self.theme.planned),
                MarkKind::Begins | MarkKind::Ends | MarkKind::Happened => (self.signs.happened, self.theme.actual),
            };
            let style = self.picked(style, Part::Mark(index));
            self.row.put(column, Cell { sign, style, bar: None, solid: true });
        }
    }

    /// Returns the column for the sign of a date: the middle of its days, or the one limit that it has.
    fn point(&self, at: DayWindow) -> Option<u16> {
        let (first, last) = at.position()?;
        let columns = self.ruler.columns(first, last, self.row.width())?;
        Some(columns.start + (columns.end - 1 - columns.start) / 2)
    }

    fn words(&mut self, lane: &Lane) {
        for run in self.row.runs(|a, b| same_words(&lane.bars[a], &lane.bars[b])) {
            let bar = &lane.bars[run.bar];
            if bar.state != Knowledge::Unknown {
                self.row.write_inside(&run, &bar.label, self.theme.text, self.signs.more);
            }
        }
        // The words of arrows are written before those of marks, because they say more.
        let style = self.theme.faint;
        for arrow in lane.arrows.iter().rev() {
            if let Some(column) = self.point(arrow.to) {
                self.row.write_behind(column, &arrow.words, style, self.signs.more);
            }
        }
        for mark in lane.marks.iter().filter(|mark| mark.kind != MarkKind::Seen) {
            if let Some(column) = self.point(mark.at) {
                self.row.write_behind(column, &mark.label, style, self.signs.more);
            }
        }
    }
}

fn same_words(a: &Bar, b: &Bar) -> bool {
    a.label == b.label && a.entity == b.entity
}

/// Returns the step of eight in which a value is shown: at least one for a value above zero.
fn level(value: f64, max: Option<f64>) -> usize {
    let Some(max) = max.filter(|_| value > 0.0) else { return 0 };
    #[expect(clippy::cast_sign_loss, reason = "a share of a positive number is not negative")]
    let step = (value / max * 8.0).ceil() as usize;
    step.clamp(1, 8)
}

#[cfg(test)]
mod tests;
