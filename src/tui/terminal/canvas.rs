//! The cells of a frame, and what the terminal is told of them.
//!
//! To touch new memory takes longer than to draw in it. So a frame that is told wholly, as the first
//! is, is held against no other, and can be drawn in bands of a few rows, each in the same memory;
//! the frame that the next is held against is drawn when this one is seen.
//!
//! Invariant: nothing is asked of the terminal that it would have to answer in its input, and
//! what was told leaves it showing the cells drawn last.

use std::io::{self, Write};
use std::{iter, mem};

use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth as _};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Color;

/// See the module.
pub struct Canvas<W: Write> {
    /// Crossterm's own: it puts cells into bytes.
    backend: CrosstermBackend<W>,
    shown: Buffer,
    /// Where the next frame is drawn: nothing until there is one, then the frame before the last.
    next: Buffer,
    /// Whether `shown` is not what the terminal shows.
    is_lost: bool,
}

impl<W: Write> Canvas<W> {
    /// A canvas of which nothing is shown.
    pub fn new(writer: W) -> Self {
        let backend = CrosstermBackend::new(writer);
        Self { backend, shown: Buffer::default(), next: Buffer::default(), is_lost: true }
    }

    /// Columns and rows of the terminal.
    pub fn size(&self) -> io::Result<Size> {
        // Crossterm would open the terminal anew each time.
        #[cfg(unix)]
        if let Some((width, height)) = super::size() {
            return Ok(Size { width, height });
        }
        self.backend.size()
    }

    /// Has the next frame told wholly.
    pub fn forget(&mut self) {
        self.is_lost = true;
    }

    /// Draws a frame of that size, and tells what is not shown already: if nothing is, in bands of so many rows.
    /// `render` gives the place of the caret; `begun` is called when the first of several bands is told.
    pub fn draw(
        &mut self,
        size: Size,
        band: u16,
        render: impl Fn(&mut Buffer) -> Option<Position>,
        begun: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        let area = Rect::from(size);
        let mut caret = None;
        if self.is_lost || self.shown.area != area {
            self.backend.clear()?;
            let mut begun = Some(begun);
            for y in (0..area.height).step_by(usize::from(band.max(1))) {
                if y > 0
                    && let Some(begun) = begun.take()
                {
                    begun()?;
                }
                let height = band.max(1).min(area.height.saturating_sub(y));
                blank(&mut self.next, Rect { y, height, ..area });
                caret = render(&mut self.next);
                self.backend.draw(runs(&self.next).iter().map(|run| (run.column, run.row, &run.cell)))?;
            }
        } else {
            blank(&mut self.next, area);
            caret = render(&mut self.next);
            self.backend.draw(self.shown.diff_iter(&self.next))?;
        }
        match caret {
            None => self.backend.hide_cursor()?,
            Some(position) => {
                self.backend.show_cursor()?;
                self.backend.set_cursor_position(position)?;
            }
        }
        mem::swap(&mut self.shown, &mut self.next);
        self.is_lost = false;
        Ok(())
    }

    /// Draws the frame that was told in bands once more, as a whole, for the next to be held against.
    pub fn remember(&mut self, size: Size, render: impl Fn(&mut Buffer) -> Option<Position>) {
        let area = Rect::from(size);
        if self.shown.area != area {
            blank(&mut self.shown, area);
            render(&mut self.shown);
        }
    }
}

/// Makes a buffer one of that area with nothing in it: cells are written faster than they are cloned.
fn blank(buffer: &mut Buffer, area: Rect) {
    let count = usize::from(area.width).saturating_mul(area.height.into());
    buffer.area = area;
    buffer.content.clear();
    buffer.content.extend(iter::repeat_with(|| Cell::EMPTY).take(count));
}

/// Cells side by side that look alike, as one cell with the text of them all.
struct Run {
    column: u16,
    row: u16,
    cell: Cell,
}

/// What differs from an empty screen, told in far fewer steps than cell by cell.
fn runs(buffer: &Buffer) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut text = String::new();
    let rows = buffer.content.chunks(usize::from(buffer.area.width).max(1)).zip(buffer.area.top()..);
    for (cells, row) in rows {
        let mut run: Option<Run> = None;
        let mut end = 0;
        for (cell, column) in cells.iter().zip(buffer.area.left()..).filter(|(cell, _)| !is_blank(cell)) {
            let Some(gap) = column.checked_sub(end) else { continue };
            match &run {
                Some(run) if gap == 0 && are_alike(&run.cell, cell) => {}
                // To pass over one blank would take more bytes.
                Some(run) if gap == 1 && are_alike(&run.cell, cell) && are_alike(cell, &Cell::EMPTY) => text.push(' '),
                Some(_) | None => {
                    finish(&mut runs, run.take(), &mut text);
                    run = Some(Run { column, row, cell: cell.clone() });
                }
            }
            text.push_str(cell.symbol());
            let width = cell.cell_width();
            end = column.saturating_add(width);
            if width != 1 {
                // Terminals differ in how wide it is: what follows is told where it stands.
                finish(&mut runs, run.take(), &mut text);
            }
        }
        finish(&mut runs, run, &mut text);
    }
    runs
}

/// Adds a run with its text, if there is one.
fn finish(runs: &mut Vec<Run>, run: Option<Run>, text: &mut String) {
    if let Some(mut run) = run {
        run.cell.set_symbol(text);
        runs.push(run);
    }
    text.clear();
}

/// Whether two cells differ in nothing but their text.
fn are_alike(one: &Cell, other: &Cell) -> bool {
    one.fg == other.fg && one.bg == other.bg && one.modifier == other.modifier && one.diff_option == other.diff_option
}

/// Whether a cell equals one in which nothing was written. Most do, so that it matters how soon that is said.
fn is_blank(cell: &Cell) -> bool {
    matches!((cell.fg, cell.bg, cell.diff_option), (Color::Reset, Color::Reset, CellDiffOption::None))
        && cell.modifier.is_empty()
        && cell.symbol().as_bytes() == b" "
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failure here is the test's failure")]
mod tests {
    use ratatui::style::Style;

    use super::*;
    use crate::tui::terminal::Page;

    const SIZE: Size = Size { width: 12, height: 3 };

    fn paint(buf: &mut Buffer, rows: [&str; 3]) {
        for (row, text) in (0..).zip(rows) {
            if buf.area.contains(Position { x: 0, y: row }) {
                buf.set_string(0, row, text, Style::new());
            }
        }
    }

    #[test]
    fn what_is_told_is_what_differs_from_an_empty_screen() {
        for rows in [["", "", ""], ["one two", "  ", " x  y z "], ["漢字", "a漢b", "é漢"], ["a", "a b", "a b c"]] {
            let mut buffer = Buffer::empty(SIZE.into());
            paint(&mut buffer, rows);
            buffer.set_style(Rect::new(1, 1, 6, 1), Style::new().bg(Color::Blue));
            buffer.set_style(Rect::new(2, 0, 1, 2), Style::new().bold());
            // Each character of the runs by its cell, without what is told for being between.
            let mut told = Vec::new();
            for run in runs(&buffer) {
                let mut column = run.column;
                for symbol in run.cell.symbol().chars() {
                    let mut cell = run.cell.clone();
                    cell.set_char(symbol);
                    let width = cell.cell_width();
                    told.extend((!is_blank(&cell)).then_some((column, run.row, cell)));
                    column += width;
                }
            }
            let told: Vec<_> = told.iter().map(|(column, row, cell)| (*column, *row, cell)).collect();
            assert_eq!(told, Buffer::empty(SIZE.into()).diff(&buffer), "{rows:?}");
        }
    }

    #[test]
    fn cells_that_look_alike_are_told_together() {
        let mut buffer = Buffer::empty(SIZE.into());
        paint(&mut buffer, ["one two", "a漢bc  d", " é漢 e"]);
        buffer.set_style(Rect::new(2, 0, 3, 1), Style::new().bold());
        let runs = runs(&buffer);
        let told: Vec<_> = runs.iter().map(|run| (run.column, run.row, run.cell.symbol())).collect();
        let expected = [
            (0, 0, "on"),
            (2, 0, "e t"),
            (5, 0, "wo"),
            (0, 1, "a漢"),
            (3, 1, "bc"),
            (7, 1, "d"),
            (1, 2, "é漢"),
            (5, 2, "e"),
        ];
        assert_eq!(told, expected);
        assert!(runs.iter().all(|run| are_alike(&run.cell, &buffer[(run.column, run.row)])));
    }

    #[test]
    fn a_cell_is_blank_where_it_equals_an_empty_one() {
        let style = |style: Style| Cell::new(" ").set_style(style).clone();
        let cells = [Cell::EMPTY, Cell::new(" "), Cell::new("a"), Cell::new("  "), Cell::new("")];
        let styled = [Style::new().bg(Color::Blue), Style::new().fg(Color::Red), Style::new().underlined()].map(style);
        for cell in cells.iter().chain(&styled) {
            assert_eq!(is_blank(cell), *cell == Cell::EMPTY, "{cell:?}");
        }
    }

    #[test]
    fn a_buffer_made_blank_is_an_empty_one() {
        let mut buffer = Buffer::default();
        for size in [SIZE, SIZE, Size { width: 9, height: 4 }, Size::ZERO] {
            blank(&mut buffer, size.into());
            assert_eq!(buffer, Buffer::empty(size.into()));
            if size != Size::ZERO {
                buffer.set_string(0, 0, "text", Style::new().bold());
            }
        }
    }

    #[test]
    fn each_frame_leaves_the_terminal_showing_it() {
        let page = Page::default();
        let mut canvas = Canvas::new(page.clone());
        let [height, width] = [SIZE.height, SIZE.width].map(|size| size.try_into().unwrap());
        let mut terminal = vt100::Parser::new(height, width, 0);
        let frames = [["one", "two", "漢字"], ["on", "漢 b", "漢"], ["", "", ""], ["another", "", "frame"]];
        for (index, rows) in frames.into_iter().enumerate() {
            page.clear();
            let caret = (index % 2 == 0).then_some(Position { x: 3, y: 1 });
            let render = |buf: &mut Buffer| {
                paint(buf, rows);
                caret
            };
            canvas.draw(SIZE, 2, render, || Ok(())).unwrap();
            canvas.remember(SIZE, render);
            terminal.process(&page.0.borrow());
            let shown: Vec<_> = terminal.screen().rows(0, SIZE.width).map(|row| row.trim_end().to_owned()).collect();
            assert_eq!(shown, rows);
            assert_eq!(terminal.screen().hide_cursor(), caret.is_none());
            if caret.is_some() {
                assert_eq!(terminal.screen().cursor_position(), (1, 3));
            }
        }
    }

    #[test]
    fn the_first_of_several_bands_is_told_before_the_others() {
        for (band, early) in [(1, true), (2, true), (3, false), (u16::MAX, false)] {
            let page = Page::default();
            let mut canvas = Canvas::new(page.clone());
            let render = |buf: &mut Buffer| {
                paint(buf, ["one", "", "two"]);
                None
            };
            let has = |text: &[u8]| page.0.borrow().windows(text.len()).any(|bytes| bytes == text);
            let mut begun = None;
            let note = || {
                begun = Some((has(b"one"), has(b"two")));
                Ok(())
            };
            canvas.draw(SIZE, band, render, note).unwrap();
            assert_eq!(begun, early.then_some((true, false)), "in bands of {band}");
            assert!(has(b"one") && has(b"two"));
        }
    }

    #[test]
    fn what_is_shown_is_told_again_only_when_it_was_lost_or_the_size_is_another() {
        let page = Page::default();
        let mut canvas = Canvas::new(page.clone());
        let told = |canvas: &mut Canvas<Page>, size| {
            page.clear();
            canvas
                .draw(
                    size,
                    u16::MAX,
                    |buf| {
                        buf.set_string(0, 0, "text", Style::new());
                        None
                    },
                    || Ok(()),
                )
                .unwrap();
            let bytes = page.0.take();
            bytes.windows(4).any(|bytes| bytes == b"text")
        };
        assert!(told(&mut canvas, SIZE));
        assert!(!told(&mut canvas, SIZE));
        canvas.forget();
        assert!(told(&mut canvas, SIZE));
        assert!(told(&mut canvas, Size { width: 11, height: 4 }));
        assert!(!told(&mut canvas, Size { width: 11, height: 4 }));
        canvas.draw(Size::ZERO, 1, |_| None, || Ok(())).unwrap();
    }
}
