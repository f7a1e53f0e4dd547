//! Draws a table view: headings, rows, and notes below.
//!
//! Invariant: every shown row is one line high, and the notes never take more than a third of the height.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{Piece, line, piece};
use super::theme::Theme;
use super::{more_below, pane_frame, tint_selected, visible};
use crate::app::App;
use crate::app::state::layout::{inner, notes_rows, table_body};
use crate::keymap::action::Pane;
use crate::present::tables::{GAP, SortBy, TableData};
use crate::text;

pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let pane = &app.table;
    let data = &pane.data;
    let filter = pane.filter.text();
    let title = if filter.is_empty() { data.title.clone() } else { format!("{} /{filter}", data.title) };
    let shown = pane.order.len();
    let all = data.rows.len();
    let noun = if all == 1 { "row" } else { "rows" };
    let counts = if shown == all { format!("{all} {noun}") } else { format!("{shown} of {all} {noun}") };
    pane_frame(app, Pane::Table, area, theme, buf, &title, &counts);
    let inside = inner(area);
    // One column in front for the sign of the selected row.
    let widths = data.widths(&pane.order, usize::from(inside.width).saturating_sub(2));
    line(buf, inside, 0, &headings(data, &widths, pane.sort, theme));
    let body = table_body(area, data);
    let focused = app.focus == Pane::Table;
    for (index, row) in visible(pane.cursor.offset, shown, body.height) {
        let selected = index == pane.cursor.selected;
        let cells = &data.rows[pane.order[index]].cells;
        let mut pieces = vec![super::row_marker(selected, theme), piece(" ", theme.text)];
        for (column, cell) in cells.iter().enumerate().filter(|(column, _)| widths[*column] > 0) {
            pieces.push(piece(fill(&cell.text, widths[column], data.columns[column].right), theme.text));
            pieces.push(piece(" ".repeat(GAP), theme.text));
        }
        pieces.pop();
        line(buf, body, row, &pieces);
        if selected {
            tint_selected(buf, body, row, focused, theme);
        }
    }
    more_below(buf, area, pane.cursor.offset, body.height, shown, theme);
    if shown == 0 {
        let why = match all {
            _ if pane.is_searching() => " being put together …",
            0 => " the documents say nothing of this",
            _ => " nothing matches; Esc drops the filter",
        };
        line(buf, body, 0, &[piece(why, theme.faint)]);
    }
    draw_notes(data, inside, theme, buf);
}

fn headings<'a>(data: &TableData, widths: &[usize], sort: Option<SortBy>, theme: &Theme) -> Vec<Piece<'a>> {
    let mut pieces = vec![piece("  ", theme.heading)];
    for (index, column) in data.columns.iter().enumerate().filter(|(index, _)| widths[*index] > 0) {
        let sorted = sort.filter(|sort| sort.column == index);
        let sign = sorted.map_or("", |sort| if sort.descending { "▾" } else { "▴" });
        let name = format!("{}{sign}", column.name);
        pieces.push(piece(fill(&name, widths[index], column.right), theme.heading));
        pieces.push(piece(" ".repeat(GAP), theme.heading));
    }
    pieces.pop();
    pieces
}

fn draw_notes(data: &TableData, inside: Rect, theme: &Theme, buf: &mut Buffer) {
    let rows = notes_rows(inside.height, data);
    if rows == 0 {
        return;
    }
    let area = Rect { y: inside.bottom() - rows, height: rows, ..inside };
    line(buf, area, 0, &[piece("─".repeat(usize::from(area.width)), theme.faint)]);
    for (row, note) in (1..rows).zip(&data.notes) {
        line(buf, area, row, &[piece(" ", theme.text), piece(note.as_str(), theme.faint)]);
    }
}

fn fill(text: &str, columns: usize, right: bool) -> String {
    let padded = text::pad(text, columns);
    if !right {
        return padded;
    }
    let trimmed = padded.trim_end();
    format!("{}{trimmed}", " ".repeat(columns.saturating_sub(text::width(trimmed))))
}
