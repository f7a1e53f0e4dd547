//! Draws the help: the table of bindings, filtered by the query.
//!
//! Invariant: the keys and their words are those of the bindings.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::footer::draw_prompt;
use super::paint::{blank, frame, line, piece};
use super::theme::Theme;
use super::{row_marker, tint_selected, visible};
use crate::app::state::help::Help;
use crate::app::state::layout::help_parts;
use crate::text;

/// Columns of the keys in front of a description.
const KEY_COLUMNS: usize = 18;

/// Columns of the group in front of the keys.
const GROUP_COLUMNS: usize = 9;

/// Draws the overlay, and returns the position of the caret.
pub(super) fn draw(help: &Help, area: Rect, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    blank(buf, area);
    let hints = " type to search · Enter does it · Esc closes ";
    frame(buf, area, theme.frame_focused, &[piece(" Keys ", theme.heading)], &[piece(hints, theme.faint)]);
    let (prompt, list) = help_parts(area);
    let caret = draw_prompt("› ", &help.prompt, prompt, theme, buf);
    line(buf, Rect { y: prompt.y + 1, ..prompt }, 0, &[piece("─".repeat(usize::from(prompt.width)), theme.faint)]);
    let rows = help.rows();
    let group_columns = if list.width >= 60 { GROUP_COLUMNS } else { 0 };
    for (index, row) in visible(help.cursor.offset, rows.len(), list.height) {
        let binding = rows[index];
        let first = index == 0 || rows[index - 1].group != binding.group;
        let group = if first { binding.group.as_str() } else { "" };
        let selected = index == help.cursor.selected;
        let pieces = [
            row_marker(selected, theme),
            piece(text::pad(group, group_columns), theme.heading),
            piece(text::pad(&binding.keys(), KEY_COLUMNS), theme.key),
            piece(binding.description, theme.text),
        ];
        line(buf, list, row, &pieces);
        if selected {
            tint_selected(buf, list, row, true, theme);
        }
    }
    if rows.is_empty() {
        line(buf, list, 0, &[piece(" no key does that", theme.faint)]);
    }
    caret
}
