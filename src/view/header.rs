//! The first row: what is open, where in it, and the keys that always help.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;

use super::paint::{columns, line, line_right, piece};
use super::theme::Theme;
use crate::app::action::View;
use crate::app::layout::{Areas, Shape};
use crate::app::{App, tabs};
use crate::model::EntityId;
use crate::text;

/// Draws the row.
pub(super) fn draw(app: &App, areas: &Areas, theme: &Theme, buf: &mut Buffer) {
    let help =
        [piece("f", theme.key), piece(" find  ", theme.faint), piece("?", theme.key), piece(" help ", theme.faint)];
    let taken = line_right(buf, areas.header, 0, &help);
    let room = ratatui::layout::Rect { width: areas.header.width.saturating_sub(taken + 1), ..areas.header };
    if areas.shape == Shape::Single && !app.maximised {
        for (pane, start) in tabs(app.view) {
            let style = if pane == app.focus { theme.selected } else { theme.faint };
            let at = ratatui::layout::Rect { x: room.x + start, width: room.width.saturating_sub(start), ..room };
            line(buf, at, 0, &[piece(format!(" {} ", pane.title()), style)]);
        }
        return;
    }
    let mut pieces = Vec::new();
    for (key, view, title) in View::TABS {
        let (key_style, style) =
            if view == app.view { (theme.heading, theme.heading) } else { (theme.key, theme.faint) };
        pieces.push(piece(format!(" {key} "), key_style));
        pieces.push(piece(title, style));
    }
    let trail = format!("   {}", trail(app));
    if columns(&pieces) + text::width(&trail) as u16 <= room.width {
        pieces.push(piece(trail, theme.faint));
    }
    line(buf, room, 0, &pieces);
}

/// Where the reader stands: scope, entity in view, and the way back.
fn trail(app: &App) -> String {
    let dossier = app.catalogue.dossier();
    let label = |entity: EntityId| dossier.label(entity).to_owned();
    let mut out = Vec::new();
    let scope = app.scope().entity();
    out.push(scope.map_or_else(|| "All".to_owned(), label));
    if let Some(current) = app.current().filter(|&current| Some(current) != scope) {
        out.push(label(current));
    }
    let (back, forward) = app.history.depth();
    let mut trail = out.join(" ▸ ");
    if back > 0 {
        let _ = write!(trail, "  ‹ {back} back");
    }
    if forward > 0 {
        let _ = write!(trail, "  {forward} forward ›");
    }
    trail
}
