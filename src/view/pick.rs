//! Draws the picker: the query, the number of matches, the rows, and for entities a preview.
//!
//! Invariant: the selected row is among those drawn, and the counts are those of the rows that were read.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::finder::{counts, draw_hit, draw_nothing, draw_preview, plural};
use super::footer::{draw_prompt, reading};
use super::paint::{Piece, columns, highlighted, in_view, line, line_right, piece};
use super::theme::Theme;
use super::{row_marker, tint_selected, visible};
use crate::app::state::layout::pick_parts;
use crate::app::state::pick::{LineList, List, Picker};
use crate::keymap::{Context, hints};
use crate::search::line_highlights;

/// The number of characters of a line that are prepared for the screen.
const SHOWN: usize = 1_024;

/// Columns in front of a line: the sign of the selection, and that of a mark.
const LEAD: u16 = 2;

/// Draws everything, and returns the position of the caret.
pub(super) fn draw(picker: &Picker, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let parts = pick_parts(picker.size, matches!(picker.list, List::Entities(_)));
    let caret = draw_prompt("› ", picker.prompt(), parts.prompt, theme, buf);
    line(buf, parts.counts, 0, &[piece(format!(" {}", found(picker)), theme.faint)]);
    for (index, row) in visible(picker.cursor().offset, picker.len(), parts.list.height) {
        let rest = Rect { x: parts.list.x + 1, width: parts.list.width.saturating_sub(1), ..parts.list };
        match &picker.list {
            List::Entities(entities) => {
                let hit = &entities.finder.results.rows[index];
                draw_hit(&entities.world, &entities.finder, hit, rest, row, theme, buf);
            }
            List::Lines(list) => draw_line(list, list.rows()[index], rest, row, theme, buf),
        }
        let selected = index == picker.cursor().selected;
        let mark = if picker.is_marked(index) { piece("●", theme.actual) } else { piece(" ", theme.text) };
        line(buf, Rect { width: parts.list.width.min(LEAD), ..parts.list }, row, &[row_marker(selected, theme), mark]);
        if selected {
            tint_selected(buf, parts.list, row, true, theme);
        }
    }
    match &picker.list {
        List::Entities(entities) => {
            draw_nothing(&entities.finder, entities.progress, parts.list, theme, buf);
            draw_preview(&entities.world, &entities.finder, entities.progress, parts.preview, theme, buf);
        }
        List::Lines(list) if list.rows().is_empty() && !picker.is_searching() && !list.lines.is_empty() => {
            line(buf, parts.list, 0, &[piece(" nothing matches; fewer letters", theme.faint)]);
        }
        List::Lines(_) => {}
    }
    draw_hints(picker, parts.hints, theme, buf);
    caret
}

/// Returns the number of matches, the number of marked rows, and the work still in progress.
fn found(picker: &Picker) -> String {
    let mut words = match &picker.list {
        List::Entities(entities) => {
            let kind = entities.finder.kind.map(|kind| format!("{} · ", plural(&entities.world, kind)));
            kind.unwrap_or_default() + &counts(&entities.finder.results)
        }
        List::Lines(list) => format!("{} of {}", list.total(), list.lines.len()),
    };
    if picker.marked() > 0 {
        let _ = write!(words, " · {} marked", picker.marked());
    }
    match &picker.list {
        List::Entities(entities) => {
            if let Some(progress) = entities.progress {
                words.push_str(" · ");
                words.push_str(&reading(progress));
            }
        }
        List::Lines(list) if list.is_reading => words.push_str(" · more is being read"),
        List::Lines(_) => {}
    }
    if picker.is_searching() {
        words.push_str(" · searching…");
    }
    words
}

fn draw_line(list: &LineList, number: u32, area: Rect, row: u16, theme: &Theme, buf: &mut Buffer) {
    let text = list.lines.get(number);
    let lit = line_highlights(text, list.query.pattern());
    let (text, lit) = in_view(text, &lit, usize::from(area.width.saturating_sub(1)));
    let text = text.char_indices().nth(SHOWN).map_or(&*text, |(end, _)| text.split_at(end).0);
    let mut pieces = vec![piece(" ", theme.text)];
    pieces.extend(highlighted(text, &lit, theme.text, theme.matched));
    line(buf, area, row, &pieces);
}

/// Draws the notice if there is one, else the main keys.
fn draw_hints(picker: &Picker, area: Rect, theme: &Theme, buf: &mut Buffer) {
    if let Some(notice) = &picker.notice {
        line(buf, area, 0, &[piece(format!(" {notice}"), theme.text)]);
        return;
    }
    let mut keys: Vec<Piece<'_>> = vec![piece(" ", theme.text)];
    for (key, word) in hints(Context::Picking) {
        let is_apt = match word {
            "mark" => picker.is_multi,
            "kind" => matches!(picker.list, List::Entities(_)),
            _ => true,
        };
        if is_apt {
            keys.extend([piece(key, theme.key), piece(format!(" {word}  "), theme.faint)]);
        }
    }
    line(buf, area, 0, &keys);
    if picker.total() > picker.listed() && !picker.is_empty() {
        let more = [piece(format!("first {} shown ", picker.listed()), theme.faint)];
        if columns(&keys) + columns(&more) < area.width {
            line_right(buf, area, 0, &more);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Size;

    use super::*;
    use crate::app::message::Growth;
    use crate::app::state::pick::update;
    use crate::app::{Msg, at_once};
    use crate::formats::author;
    use crate::search::Lines;
    use crate::timeline::World;
    use crate::view::draw_picker;

    #[test]
    fn any_size_of_screen_and_of_buffer_can_be_drawn() {
        let mut lines = Lines::default();
        lines.extend("Kalyani\nकल्याणी\nfullwidth ＫＡＬ");
        let mut of_lines = Picker::of_lines("kal", true);
        at_once(&mut of_lines, update, Msg::Grown(Growth { lines, is_reading: true }));
        let world = World::new(author::load(&author::embedded()).0);
        for mut picker in [Picker::of_entities(world, None, None, "kal", false), of_lines] {
            for (width, height) in [(80, 24), (30, 9), (3, 3), (1, 1), (0, 0)] {
                at_once(&mut picker, update, Msg::Resize(Size { width, height }));
                // The terminal may have another size already.
                for buffer in [(width, height), (200, 60), (2, 2), (0, 0)] {
                    let mut buf = Buffer::empty(Size::from(buffer).into());
                    draw_picker(&picker, &Theme::colours(), &mut buf);
                    let is_drawn = buf.content.iter().any(|cell| cell.symbol() == "›");
                    assert!(is_drawn || height < 9 || buffer == (0, 0), "{width} × {height} in {buffer:?}");
                }
            }
        }
    }
}
