//! Writes text into cells; no other file does.
//!
//! Invariant: text is cleaned here before it is written, and nothing is written outside of the
//! given area or of the buffer.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use crate::text::{self, clean};

/// Text in one style.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece<'a> {
    /// The text, not cleaned yet.
    pub text: Cow<'a, str>,
    /// Its style.
    pub style: Style,
}

/// Returns text in one style.
pub(super) fn piece<'a>(text: impl Into<Cow<'a, str>>, style: Style) -> Piece<'a> {
    Piece { text: text.into(), style }
}

/// Returns the number of columns that pieces take together.
pub(super) fn columns(pieces: &[Piece<'_>]) -> u16 {
    pieces.iter().map(|piece| clean(&piece.text).width()).sum::<usize>().min(usize::from(u16::MAX)) as u16
}

/// Paints pieces one after the other on a row of an area; if they are too long, they end in an ellipsis.
pub(super) fn line(buf: &mut Buffer, area: Rect, row: u16, pieces: &[Piece<'_>]) {
    let area = area.intersection(buf.area);
    if row >= area.height {
        return;
    }
    let (mut x, y) = (area.x, area.y.saturating_add(row));
    for (index, piece) in pieces.iter().enumerate() {
        let room = usize::from(area.right().saturating_sub(x));
        if room == 0 {
            return;
        }
        let cleaned = clean(&piece.text);
        let width = cleaned.width();
        let more = || pieces[index + 1..].iter().any(|piece| !piece.text.is_empty());
        // If more pieces follow, the last column is kept for the ellipsis.
        let cut = width > room || (width == room && more());
        let shown = if cut && width == room {
            let head = text::head(cleaned.as_str(), room - 1).to_owned() + "…";
            Cow::Owned(head)
        } else {
            cleaned.fit(room).into_inner()
        };
        x = put(buf, x, y, &shown, room, piece.style);
        if cut {
            return;
        }
    }
}

/// Paints clean text into at most `room` cells, all within the buffer, and returns the column after it.
fn put(buf: &mut Buffer, x: u16, y: u16, text: &str, room: usize, style: Style) -> u16 {
    if !text.chars().all(is_plain) {
        return buf.set_stringn(x, y, text, room, style).0;
    }
    // Each character is a cell, so there are no grapheme clusters to look for.
    let start = buf.index_of(x, y);
    let mut count = 0;
    for (cell, c) in buf.content[start..start + room].iter_mut().zip(text.chars()) {
        cell.set_char(c).set_style(style);
        count += 1;
    }
    x + count
}

/// Returns true if a character takes one cell and never joins with another such character: ASCII, Latin letters, and
/// the signs in the panes.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '¡'..='¬' | '®'..='ʯ' | '‐' | '–'..='„' | '•' | '…' | '‹' | '›' | '←'..='↓' | '─'..='◼')
}

/// Paints pieces at the right end of a row, and returns the number of columns they take.
pub(super) fn line_right(buf: &mut Buffer, area: Rect, row: u16, pieces: &[Piece<'_>]) -> u16 {
    let width = columns(pieces).min(area.width);
    let right = Rect { x: area.right() - width, width, ..area };
    line(buf, right, row, pieces);
    width
}

/// Gives a row of an area a style without touching its text.
pub(super) fn tint(buf: &mut Buffer, area: Rect, row: u16, style: Style) {
    if row < area.height {
        buf.set_style(Rect { y: area.y + row, height: 1, ..area }.intersection(buf.area), style);
    }
}

/// Puts other signs in the place of those beyond seven bits for which `sign` has one.
pub(super) fn replace(buf: &mut Buffer, sign: impl Fn(&str) -> Option<&'static str>) {
    for cell in buf.content.iter_mut().filter(|cell| !cell.symbol().is_ascii()) {
        if let Some(other) = sign(cell.symbol()) {
            cell.set_symbol(other);
        }
    }
}

/// Replaces each sign listed in `signs` by its partner there followed by `second`, on the blank cell after it or else
/// before it. Without a blank cell the sign stays.
pub(super) fn widen(buf: &mut Buffer, signs: &[(&str, &'static str)], second: &'static str) {
    let width = usize::from(buf.area.width).max(1);
    for index in 0..buf.content.len() {
        let Some(&(_, first)) = signs.iter().find(|(sign, _)| *sign == buf.content[index].symbol()) else { continue };
        let column = index % width;
        let is_free = |other: usize| buf.content.get(other).is_some_and(|cell| cell.symbol() == " ");
        if column + 1 < width && is_free(index + 1) {
            buf.content[index].set_symbol(first);
            buf.content[index + 1].set_symbol(second);
        } else if column > 0 && is_free(index - 1) {
            buf.content[index - 1].set_symbol(first);
            buf.content[index].set_symbol(second);
        }
    }
}

/// Returns true if the first cell of an area is blank or outside the buffer.
pub(super) fn is_blank(buf: &Buffer, area: Rect) -> bool {
    buf.cell((area.x, area.y)).is_none_or(|cell| cell.symbol() == " ")
}

/// Draws a frame with a title on its upper edge, and `right` at the right end of that edge.
pub(super) fn frame(buf: &mut Buffer, area: Rect, style: Style, title: &[Piece<'_>], right: &[Piece<'_>]) {
    if area.is_empty() {
        return;
    }
    Block::bordered().border_type(BorderType::Plain).border_style(style).render(area.intersection(buf.area), buf);
    if area.width < 6 {
        return;
    }
    let edge = Rect { x: area.x + 2, width: area.width - 4, height: 1, ..area };
    let taken = if right.is_empty() { 0 } else { line_right(buf, edge, 0, right) + 1 };
    line(buf, Rect { width: edge.width.saturating_sub(taken), ..edge }, 0, title);
}

/// Empties an area for something that lies over it.
pub(super) fn blank(buf: &mut Buffer, area: Rect) {
    Clear.render(area.intersection(buf.area), buf);
}

/// Returns a text in pieces, the characters at `positions` in another style.
pub(super) fn highlighted<'a>(text: &'a str, positions: &[usize], style: Style, matched: Style) -> Vec<Piece<'a>> {
    if positions.is_empty() {
        return vec![piece(text, style)];
    }
    let is_lit = |index: usize| positions.binary_search(&index).is_ok();
    let (mut pieces, mut rest) = (Vec::new(), text);
    let mut index = 0;
    while !rest.is_empty() {
        let lit = is_lit(index);
        let length = rest.chars().zip(index..).take_while(|&(_, index)| is_lit(index) == lit).count();
        let (part, behind) = rest.char_indices().nth(length).map_or((rest, ""), |(at, _)| rest.split_at(at));
        pieces.push(piece(part, if lit { style.patch(matched) } else { style }));
        (rest, index) = (behind, index + length);
    }
    pieces
}

/// Returns a text with the positions of its characters that match, without its front if the first of them would lie
/// outside of so many columns.
pub(super) fn in_view<'a>(text: &'a str, lit: &[usize], columns: usize) -> (Cow<'a, str>, Vec<usize>) {
    let whole = || (Cow::Borrowed(text), lit.to_vec());
    let Some(&first) = lit.first() else { return whole() };
    let end = lit.iter().zip(first..).take_while(|&(&at, next)| at == next).count() + first;
    let byte = |index: usize| text.char_indices().nth(index).map_or(text.len(), |(at, _)| at);
    if end < columns && clean(text.split_at(byte(end)).0).width() < columns {
        return whole();
    }
    // What stands before it tells what it is about, but what matched has to fit.
    let before = (columns / 3).min((columns / 2).saturating_sub((end - first) / 2));
    let start = first.saturating_sub(before);
    if start == 0 {
        return whole();
    }
    let shown = format!("…{}", text.split_at(byte(start)).1);
    (Cow::Owned(shown), lit.iter().filter(|&&at| at >= start).map(|at| at - start + 1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(width: u16, pieces: &[Piece<'_>]) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
        let area = buf.area;
        line(&mut buf, area, 0, pieces);
        buf.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        let style = Style::new();
        assert_eq!(painted(8, &[piece("abc", style), piece("def", style)]), "abcdef  ");
        assert_eq!(painted(6, &[piece("abc", style), piece("def", style)]), "abcdef");
        assert_eq!(painted(5, &[piece("abc", style), piece("def", style)]), "abcd…");
        assert_eq!(painted(3, &[piece("abc", style), piece("def", style)]), "ab…");
    }

    #[test]
    fn plain_characters_are_painted_like_all_others() {
        let plain: Vec<char> = ('\0'..='\u{ffff}').filter(|&c| is_plain(c)).collect();
        assert!(plain.len() > 600);
        // Each is painted before and after other characters.
        for (&c, &other) in plain.iter().zip(plain.iter().cycle().skip(7)) {
            let text = format!("a{c}{c}{other}1{c}");
            let (mut ours, mut theirs) = (Buffer::empty(Rect::new(0, 0, 9, 1)), Buffer::empty(Rect::new(0, 0, 9, 1)));
            let style = Style::new().bold();
            assert_eq!(put(&mut ours, 1, 0, &text, 8, style), theirs.set_stringn(1, 0, &text, 8, style).0);
            assert_eq!(put(&mut ours, 1, 0, &text, 3, style), theirs.set_stringn(1, 0, &text, 3, style).0);
            assert_eq!(ours, theirs, "{text}");
        }
    }

    #[test]
    fn nothing_is_painted_outside() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 2));
        line(&mut buf, Rect::new(2, 1, 10, 10), 5, &[piece("xyz", Style::new())]);
        line(&mut buf, Rect::new(2, 1, 10, 10), 0, &[piece("xyz", Style::new())]);
        frame(&mut buf, Rect::new(1, 1, 30, 30), Style::new(), &[], &[]);
        assert_eq!(buf.area, Rect::new(0, 0, 4, 2));
    }

    #[test]
    fn matched_letters_have_their_style() {
        let lit = Style::new().underlined();
        let pieces = highlighted("Ramji Singh", &[0, 6], Style::new(), lit);
        let texts: Vec<(&str, bool)> = pieces.iter().map(|piece| (&*piece.text, piece.style == lit)).collect();
        assert_eq!(texts, [("R", true), ("amji ", false), ("S", true), ("ingh", false)]);
    }

    #[test]
    fn what_matched_is_in_view() {
        let text = "x".repeat(500) + "needle and more";
        let lit: Vec<usize> = (500..506).collect();
        let (shown, at) = in_view(&text, &lit, 60);
        assert_eq!(shown, format!("…{}needle and more", "x".repeat(20)));
        assert_eq!(at, [21, 22, 23, 24, 25, 26]);
        assert_eq!(in_view(&text, &lit, 600).0, text);
        assert_eq!(in_view("needle", &[0, 1], 60), ("needle".into(), vec![0, 1]));
        let wide = "漢".repeat(40) + "n";
        assert!(clean(&in_view(&wide, &[40], 60).0).width() < 60);
    }
}
