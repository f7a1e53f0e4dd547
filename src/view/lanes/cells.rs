//! A row of columns with words over them, which is painted when all are known.
//!
//! Invariant: words never cover a solid sign, another word or a column of another bar.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{clean, head, width};
use crate::view::paint::{Piece, line, piece};

/// The sign in a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    /// The sign, one column wide.
    pub sign: &'static str,
    /// Its style.
    pub style: Style,
    /// The index of the bar to which it belongs.
    pub bar: Option<usize>,
    /// True if words must not cover it.
    pub solid: bool,
}

/// Columns of bars that say the same, with nothing solid between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// One of the bars.
    pub bar: usize,
    /// The columns.
    pub columns: Range<u16>,
}

pub(super) struct Row {
    cells: Vec<Option<Cell>>,
    /// The columns, the text and the style of words. No two of them share a column.
    words: Vec<(Range<u16>, String, Style)>,
}

/// Words shorter than this say nothing when cut.
const MIN_CUT: u16 = 3;

impl Row {
    pub(super) fn new(width: u16) -> Self {
        Self { cells: vec![None; usize::from(width)], words: Vec::new() }
    }

    pub(super) fn width(&self) -> u16 {
        self.cells.len() as u16
    }

    pub(super) fn put(&mut self, column: u16, cell: Cell) {
        if let Some(place) = self.cells.get_mut(usize::from(column)) {
            *place = Some(cell);
        }
    }

    /// Returns true if the row has this column, with neither a sign nor a word in it.
    pub(super) fn is_free(&self, column: u16) -> bool {
        let empty = self.cells.get(usize::from(column)).is_some_and(Option::is_none);
        empty && !self.words.iter().any(|(taken, ..)| taken.contains(&column))
    }

    /// Returns the widest run of each bar, or of neighbouring bars that say the same; of equals the first.
    pub(super) fn runs(&self, same: impl Fn(usize, usize) -> bool) -> Vec<Run> {
        let mut widest: Vec<Run> = Vec::new();
        let mut add = |run: Run| match widest.iter_mut().find(|other| same(other.bar, run.bar)) {
            Some(other) if other.columns.len() < run.columns.len() => *other = run,
            Some(_) => {}
            None => widest.push(run),
        };
        let mut open: Option<Run> = None;
        for (column, cell) in (0u16..).zip(&self.cells) {
            let bar = cell.filter(|cell| !cell.solid).and_then(|cell| cell.bar);
            open = match (open, bar) {
                (Some(run), Some(bar)) if same(run.bar, bar) => {
                    Some(Run { columns: run.columns.start..column + 1, ..run })
                }
                (before, bar) => {
                    before.into_iter().for_each(&mut add);
                    bar.map(|bar| Run { bar, columns: column..column + 1 })
                }
            };
        }
        open.into_iter().for_each(add);
        widest
    }

    /// Writes words on a run, leaving one of its columns at both ends, with blanks around the words if there is room.
    /// Cuts them if they are too long.
    pub(super) fn write_inside(&mut self, run: &Run, words: &str, style: Style, more: &str) {
        let inner = run.columns.start + 1..run.columns.end.saturating_sub(1).max(run.columns.start + 1);
        let padded = format!(" {words} ");
        let fits = clean(&padded).width() <= inner.len();
        self.write(inner, if fits { &padded } else { words }, style, more);
    }

    /// Writes words after the sign in a column, on the free columns there, with a blank on either side.
    pub(super) fn write_behind(&mut self, column: u16, words: &str, style: Style, more: &str) {
        // The shade of a date belongs to its sign.
        let shaded = |at: &u16| self.cells.get(usize::from(*at)).copied().flatten().is_some_and(|cell| cell.solid);
        let start = (column..self.width()).find(|at| !shaded(at)).map_or(self.width(), |free| free + 1);
        if start == 0 || !self.is_free(start - 1) {
            return;
        }
        let free = (start..self.width()).take_while(|&at| self.is_free(at)).count() as u16;
        // Up to the edge nothing follows; before a sign one blank stays.
        let end = if start + free == self.width() { start + free } else { (start + free).saturating_sub(1) };
        self.write(start..end.max(start), words, style, more);
    }

    fn write(&mut self, place: Range<u16>, words: &str, style: Style, more: &str) {
        let room = place.len();
        let cleaned = clean(words);
        let shown = if cleaned.width() <= room {
            cleaned.into_inner().into_owned()
        } else if room >= usize::from(MIN_CUT) {
            head(cleaned.as_str(), room - 1).trim_end().to_owned() + more
        } else {
            return;
        };
        let columns = width(&shown) as u16;
        if columns > 0 {
            self.words.push((place.start..place.start + columns, shown, style));
        }
    }

    pub(super) fn paint(mut self, buf: &mut Buffer, area: Rect) {
        self.words.sort_by_key(|(columns, ..)| columns.start);
        let mut words = self.words.iter().peekable();
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        let mut column = 0;
        while column < self.width() {
            if let Some((columns, text, style)) = words.next_if(|(columns, ..)| columns.start == column) {
                pieces.push(piece(text.as_str(), *style));
                column = columns.end;
                continue;
            }
            let (sign, style) =
                self.cells[usize::from(column)].map_or((" ", Style::new()), |cell| (cell.sign, cell.style));
            match pieces.last_mut() {
                Some(last) if last.style == style && !matches!(last.text, Cow::Borrowed(_)) => {
                    last.text.to_mut().push_str(sign);
                }
                _ => pieces.push(piece(sign.to_owned(), style)),
            }
            column += 1;
        }
        line(buf, area, 0, &pieces);
    }
}
