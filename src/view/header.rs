//! Draws the first row: the views, the position in the dossier, and the keys of finder and help.
//!
//! Invariant: it paints one row, and a tab where a click on it is expected.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{Piece, columns, line, line_right, piece};
use super::theme::Theme;
use crate::app::App;
use crate::app::state::layout::{Areas, tabs};
use crate::keymap;
use crate::model::EntityId;
use crate::present::wording::entity_text;

/// Draws the row: tabs at the left, and at the right as much help as fits beside them.
pub(super) fn draw(app: &App, areas: &Areas, theme: &Theme, buf: &mut Buffer) {
    let single = app.shows_pane_tabs(areas);
    let tabs = if single { pane_tabs(app, theme) } else { view_tabs(app, theme) };
    let room = areas.header.width.saturating_sub(columns(&tabs));
    let helps = HELPS.iter().map(|words| help(words, theme));
    let help = helps.into_iter().find(|pieces| columns(pieces) < room).unwrap_or_default();
    let taken = line_right(buf, areas.header, 0, &help);
    let left = Rect { width: areas.header.width.saturating_sub(taken), ..areas.header };
    line(buf, left, 0, &tabs);
    let trail = piece(trail(app), theme.faint);
    let free = room.saturating_sub(taken);
    if !single && columns(std::slice::from_ref(&trail)) + 4 <= free {
        line(buf, Rect { x: left.x + columns(&tabs) + 3, width: free - 3, ..left }, 0, &[trail]);
    }
}

/// The keys that always help, with their words, from much to little.
const HELPS: [&[(&str, &str)]; 3] = [&[("f", " find  "), ("?", " help ")], &[("?", " help ")], &[("?", " ")]];

fn help<'a>(words: &[(&'a str, &'a str)], theme: &Theme) -> Vec<Piece<'a>> {
    words.iter().flat_map(|&(key, word)| [piece(key, theme.key), piece(word, theme.faint)]).collect()
}

/// Returns the tabs of a screen that shows one pane at a time. The mouse finds them by [`tabs`], too.
fn pane_tabs<'a>(app: &App, theme: &Theme) -> Vec<Piece<'a>> {
    let mut pieces = vec![piece(" ", theme.text)];
    for (pane, _) in tabs(app.view) {
        let style = if pane == app.focus { theme.selected } else { theme.faint };
        pieces.push(piece(format!(" {} ", pane.as_str()), style));
        pieces.push(piece(" ", theme.text));
    }
    pieces
}

fn view_tabs<'a>(app: &'a App, theme: &Theme) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    for (key, view) in keymap::views() {
        let Some(title) = app.tab(view) else { continue };
        let (key_style, style) =
            if view == app.view { (theme.heading, theme.heading) } else { (theme.key, theme.faint) };
        pieces.push(piece(format!(" {key} "), key_style));
        pieces.push(piece(title, style));
    }
    pieces
}

/// Returns the scope, the entity in view, and the numbers of steps back and forward.
fn trail(app: &App) -> String {
    let label = |entity: EntityId| entity_text(&app.world, entity);
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
