//! Encodes a frame: the bytes that turn what the terminal shows into what was drawn.
//!
//! Invariant: the bytes ask the terminal for no reply, which would arrive among the keys, and
//! after them it shows the new frame even if it measures clusters of several code points
//! differently: a row that has or had one is erased and written as a whole.

use std::io;

use ratatui::backend::{Backend as _, ClearType, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use ratatui::layout::Position;

/// Terminals that know synchronized updates show a frame as a whole. Without automatic line breaks a row that the
/// terminal measures wider does not reach into the next one.
const BEGIN: &[u8] = b"\x1b[?2026h\x1b[?7l";
const END: &[u8] = b"\x1b[?7h\x1b[?2026l";

/// Appends the bytes of a frame. `shown` is what the terminal shows, of the same size, or `None` if that is unknown.
pub fn write(bytes: &mut Vec<u8>, shown: Option<&Buffer>, next: &Buffer, caret: Option<Position>) -> io::Result<()> {
    bytes.extend_from_slice(BEGIN);
    let mut backend = CrosstermBackend::new(&mut *bytes);
    if shown.is_none() {
        backend.clear_region(ClearType::All)?;
    }
    let blank = Buffer::empty(next.area);
    let shown = shown.unwrap_or(&blank);
    let is_rewritten: Vec<bool> =
        rows(shown).zip(rows(next)).map(|(before, after)| needs_rewrite(before, after)).collect();
    let is_rewritten = |row: u16| is_rewritten.get(usize::from(row)).is_some_and(|is_rewritten| *is_rewritten);
    backend.draw(shown.diff_iter(next).filter(|(_, row, _)| !is_rewritten(*row)))?;
    for (row, cells) in (0..).zip(rows(next)).filter(|(row, _)| is_rewritten(*row)) {
        backend.set_cursor_position(Position { x: 0, y: row })?;
        backend.clear_region(ClearType::CurrentLine)?;
        for segment in segments(cells, row) {
            // Each call of `draw` begins by moving the cursor, which may be anywhere behind a cluster.
            backend.draw(segment.into_iter())?;
        }
    }
    match caret {
        None => backend.hide_cursor()?,
        Some(position) => {
            backend.show_cursor()?;
            backend.set_cursor_position(position)?;
        }
    }
    bytes.extend_from_slice(END);
    Ok(())
}

fn rows(buffer: &Buffer) -> impl Iterator<Item = &[Cell]> {
    buffer.content.chunks(usize::from(buffer.area.width).max(1))
}

/// Returns true if a row has changed and has or had a cluster of several code points.
fn needs_rewrite(before: &[Cell], after: &[Cell]) -> bool {
    before.iter().chain(after).any(is_cluster) && before != after
}

/// Splits a row into segments that begin at their column: at borders and behind two blanks. Within a segment the
/// cursor is not moved, lest the next cell overwrite a part of a cluster that the terminal draws wider.
fn segments(cells: &[Cell], row: u16) -> Vec<Vec<(u16, u16, &Cell)>> {
    let mut segments: Vec<Vec<_>> = Vec::new();
    let (mut end, mut blanks) = (0, 0_u16);
    for (column, cell) in (0_u16..).zip(cells) {
        if column < end {
            // It is behind a wide cell.
            continue;
        }
        let is_border = cell.symbol().starts_with(|c: char| ('\u{2500}'..='\u{257f}').contains(&c));
        match segments.last_mut() {
            Some(segment) if blanks != 2 && !is_border => segment.push((column, row, cell)),
            Some(_) | None => segments.push(vec![(column, row, cell)]),
        }
        blanks = if cell.symbol() == " " { blanks.saturating_add(1) } else { 0 };
        end = column.saturating_add(cell.cell_width());
    }
    segments
}

fn is_cluster(cell: &Cell) -> bool {
    cell.symbol().chars().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::*;

    const AREA: Rect = Rect { x: 0, y: 0, width: 12, height: 3 };

    fn frame(rows: [&str; 3]) -> Buffer {
        let mut buffer = Buffer::empty(AREA);
        for (row, text) in (0..).zip(rows) {
            buffer.set_string(0, row, text, Style::new());
        }
        buffer
    }

    fn bytes(shown: Option<&Buffer>, next: &Buffer, caret: Option<Position>) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes, shown, next, caret).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_terminal_shows_each_frame_after_its_bytes() {
        let mut terminal = vt100::Parser::new(3.try_into().unwrap(), 12.try_into().unwrap(), 0);
        let frames = [
            ["one", "two", "漢字"],
            ["on", "漢 b", "漢"],
            ["", "", ""],
            ["e\u{301}a", "क्षेत्र x", "a"],
            ["another", "", "frame"],
        ];
        let mut shown: Option<Buffer> = None;
        for (index, rows) in frames.into_iter().enumerate() {
            let mut next = frame(rows);
            let blue = 8 + index as u16 % 3;
            next.set_style(Rect { x: blue, width: 1, ..AREA }, Style::new().bg(Color::Blue));
            let caret = (index % 2 == 0).then_some(Position { x: 3, y: 1 });
            terminal.process(bytes(shown.as_ref(), &next, caret).as_bytes());
            let screen = terminal.screen();
            let on_screen: Vec<_> = screen.rows(0, AREA.width).map(|row| row.trim_end().to_owned()).collect();
            assert_eq!(on_screen, rows);
            assert!((0..AREA.height).all(|row| screen.cell(row, blue).unwrap().bgcolor() == vt100::Color::Idx(4)));
            assert_eq!(screen.hide_cursor(), caret.is_none());
            if caret.is_some() {
                assert_eq!(screen.cursor_position(), (1, 3));
            }
            shown = Some(next);
        }
    }

    #[test]
    fn only_changed_cells_are_written() {
        let (before, after) = (frame(["one", "two", "three"]), frame(["one", "tao", "three"]));
        let written = bytes(Some(&before), &after, None);
        assert!(written.contains("\x1b[2;2Ha"), "{written:?}");
        assert!(!["one", "t", "three", "\x1b[2J"].iter().any(|text| written.contains(text)), "{written:?}");
        let unknown = bytes(None, &after, None);
        assert!(["\x1b[2J", "one", "tao", "three"].iter().all(|text| unknown.contains(text)), "{unknown:?}");
    }

    #[test]
    fn a_changed_row_that_has_or_had_a_cluster_is_erased_and_written_as_a_whole() {
        let rows = [["abc", "ab क्षि cd", "e\u{301}"], ["abd", "ab क्षि ce", "e\u{301}"], ["abd", "ab", "e\u{301}"]];
        let [first, second, third] = rows.map(frame);
        let changed = bytes(Some(&first), &second, None);
        assert_eq!(changed.matches("\x1b[2K").count(), 1);
        assert!(changed.contains("\x1b[2;1H\x1b[2K\x1b[2;1Hab"), "{changed:?}");
        let removed = bytes(Some(&second), &third, None);
        assert!(removed.contains("\x1b[2;1H\x1b[2K\x1b[2;1Hab"), "{removed:?}");
        let unchanged = bytes(Some(&third), &third, None);
        assert!(!unchanged.contains("\x1b[2K"));
    }

    #[test]
    fn the_cursor_is_moved_to_borders_and_behind_two_blanks_but_not_within_words() {
        let row = frame(["বালা ab  c│", "", ""]);
        let texts: Vec<(u16, String)> = segments(&row.content[..12], 0)
            .iter()
            .map(|segment| (segment[0].0, segment.iter().map(|(_, _, cell)| cell.symbol()).collect()))
            .collect();
        assert_eq!(texts, [(0, "বালা ab  ".into()), (7, "c".into()), (8, "│  ".into()), (11, " ".into())]);
    }

    #[test]
    fn a_frame_without_cells_can_be_drawn() {
        let none = Buffer::default();
        assert!(bytes(Some(&none), &none, None).ends_with("\x1b[?25l\x1b[?7h\x1b[?2026l"));
    }
}
