//! Draws the detail pane: the card of the entity in view.
//!
//! Invariant: the line under the cursor is among those drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::finder::STILL_READ;
use super::paint::{Piece, line, line_right, piece, tint};
use super::theme::Theme;
use super::{more_below, pane_frame, row_marker, tint_selected, visible};
use crate::app::App;
use crate::app::state::detail::{Detail, Row};
use crate::app::state::layout::inner;
use crate::keymap::action::Pane;
use crate::present::card::Line;
use crate::present::wording::entity_text;
use crate::text;
use crate::timeline::status::TemporalStatus;

pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let dossier = app.world.dossier();
    let filter = app.detail.filter.text();
    let entity = app.current();
    let mut title = entity.map_or_else(|| Pane::Detail.as_str().to_owned(), |entity| entity_text(&app.world, entity));
    if !filter.is_empty() {
        title.push_str(" /");
        title.push_str(filter);
    }
    let kind = entity.map_or("", |entity| &*dossier.kind(entity).name);
    pane_frame(app, Pane::Detail, area, theme, buf, &title, kind);
    let inside = inner(area);
    let focused = app.focus == Pane::Detail;
    let rows = &app.detail.rows;
    for (index, row) in visible(app.detail.cursor.offset, rows.len(), inside.height) {
        let selected = index == app.detail.cursor.selected;
        draw_row(&app.detail, rows[index], inside, row, selected, theme, buf);
        if selected && focused {
            tint_selected(buf, inside, row, focused, theme);
        }
    }
    more_below(buf, area, app.detail.cursor.offset, inside.height, rows.len(), theme);
    if app.progress.is_some() && entity.is_some() {
        let below = (rows.len() as u16).min(inside.height.saturating_sub(1));
        line(buf, inside, below, &[piece(format!(" {STILL_READ}"), theme.faint)]);
    } else if rows.is_empty() {
        let why = if filter.is_empty() { " nothing is selected" } else { " nothing matches; Esc drops the filter" };
        line(buf, inside, 0, &[piece(why, theme.faint)]);
    }
}

fn draw_row(detail: &Detail, item: Row, inside: Rect, row: u16, selected: bool, theme: &Theme, buf: &mut Buffer) {
    match item {
        Row::Blank => {}
        Row::Head(section) => {
            let title = detail
                .card
                .as_ref()
                .and_then(|card| card.sections.get(section))
                .map_or("", |section| section.title.as_str());
            line(buf, inside, row, &[piece(format!(" {title}"), theme.heading)]);
        }
        Row::Names(part) => {
            let names = detail.names_wrapped();
            let words = names.get(part).map_or("", String::as_str);
            line(buf, inside, row, &[piece(" ", theme.faint), piece(words, theme.faint)]);
        }
        Row::Line { section, line: index, piece: part } => {
            let Some(entry) = detail.line(section, index) else { return };
            let indent = detail.text_column(entry);
            let words = detail.pieces(entry).into_iter().nth(part).unwrap_or_default();
            let leads_on = entry.target.is_some();
            let mut all = vec![match (selected && part == 0, leads_on && part == 0) {
                (true, _) => row_marker(true, theme),
                (false, true) => piece("→", theme.faint),
                (false, false) => row_marker(false, theme),
            }];
            if part == 0 {
                all.extend(lead(entry, indent, theme));
            } else {
                all.push(piece(" ".repeat(indent - 1), theme.text));
            }
            all.push(piece(words, if leads_on { theme.link } else { theme.text }));
            let cite = Rect { x: inside.right() - inside.width / 3, width: inside.width / 3, ..inside };
            let taken =
                if part == 0 { line_right(buf, cite, row, &[piece(entry.cite.as_str(), theme.faint)]) } else { 0 };
            line(buf, Rect { width: inside.width.saturating_sub(taken + u16::from(taken > 0)), ..inside }, row, &all);
            if matches!(entry.standing, Some(TemporalStatus::Over | TemporalStatus::Later)) {
                tint(buf, inside, row, theme.faint);
            }
        }
    }
}

/// Returns the pieces before the text: the indentation, and the date or else the label.
fn lead<'a>(entry: &'a Line, indent: usize, theme: &Theme) -> Vec<Piece<'a>> {
    let depth = usize::from(entry.depth) * 2 + 1;
    let mut out = vec![piece(" ".repeat(depth), theme.text)];
    let room = indent.saturating_sub(depth + 2);
    if room == 0 {
        return out;
    }
    let (words, style) = if entry.when.is_empty() { (&entry.label, theme.faint) } else { (&entry.when, theme.date) };
    out.push(piece(text::pad(words, room), style));
    out.push(piece(" ", theme.text));
    out
}
