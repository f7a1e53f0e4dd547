//! The cells of a frame, and what the terminal is told of them.
//!
//! The first frame needs no second buffer to be held against: half of the memory that is touched
//! before anything is seen would be for blanks.
//!
//! Invariant: nothing is asked of the terminal that it would have to answer in its input, and
//! what was told leaves it showing the cells drawn last.

use std::io::{self, Write};
use std::mem;

use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use ratatui::layout::{Position, Size};

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

    /// Draws a frame of that size, and tells what is not shown already; `render` gives the place of the caret.
    pub fn draw(&mut self, size: Size, render: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        self.next.reset();
        self.next.resize(size.into());
        let caret = render(&mut self.next);
        if self.is_lost || self.shown.area != self.next.area {
            self.backend.clear()?;
            self.backend.draw(written(&self.next))?;
        } else {
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
}

/// What differs from an empty screen: cells that are not blank, without those that a wide one covers.
fn written(buffer: &Buffer) -> impl Iterator<Item = (u16, u16, &Cell)> {
    let mut covered = 0_u16;
    let cells = buffer.content.iter().enumerate().filter(move |(_, cell)| {
        if covered > 0 {
            covered = covered.saturating_sub(1);
            return false;
        }
        covered = cell.cell_width().saturating_sub(1);
        **cell != Cell::EMPTY
    });
    cells.map(|(index, cell)| {
        let (column, row) = buffer.pos_of(index);
        (column, row, cell)
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failure here is the test's failure")]
mod tests {
    use ratatui::style::{Color, Style};

    use super::*;
    use crate::run::terminal::Page;

    const SIZE: Size = Size { width: 12, height: 3 };

    fn paint(buf: &mut Buffer, rows: [&str; 3]) {
        for (row, text) in (0..).zip(rows) {
            buf.set_string(0, row, text, Style::new());
        }
    }

    #[test]
    fn what_is_written_is_what_differs_from_an_empty_screen() {
        for rows in [["", "", ""], ["one two", "  ", " x "], ["漢字", "a漢b", "❤️ é"]] {
            let mut buffer = Buffer::empty(SIZE.into());
            paint(&mut buffer, rows);
            buffer.set_style(buffer.area.rows().nth(1).unwrap(), Style::new().bg(Color::Blue));
            let written: Vec<_> = written(&buffer).collect();
            assert_eq!(written, Buffer::empty(SIZE.into()).diff(&buffer), "{rows:?}");
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
            canvas.draw(SIZE, render).unwrap();
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
    fn what_is_shown_is_told_again_only_when_it_was_lost_or_the_size_is_another() {
        let page = Page::default();
        let mut canvas = Canvas::new(page.clone());
        let told = |canvas: &mut Canvas<Page>, size| {
            page.clear();
            canvas
                .draw(size, |buf| {
                    buf.set_string(0, 0, "text", Style::new());
                    None
                })
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
        canvas.draw(Size::ZERO, |_| None).unwrap();
    }
}
