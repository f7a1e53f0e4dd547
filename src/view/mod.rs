//! Draws the interfaces: pure functions of the state, one file a pane.
//!
//! Invariant: drawing borrows the state and changes nothing; the same state, size and theme
//! give the same cells.

mod detail;
mod evidence;
mod finder;
mod footer;
pub mod glyphs;
mod header;
mod help;
mod lane_pane;
mod lanes;
mod paint;
mod pick;
pub mod picture;
pub mod render;
mod strip;
mod table;
pub mod theme;
mod timeline;
mod tree;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::state::layout::MIN_SIZE;
use crate::app::state::pick::Picker;
use crate::app::{App, Overlay};
use crate::keymap::action::Pane;
use crate::model::words::{Basis, Modality};
use paint::{Piece, piece};
use theme::Theme;

/// Draws everything, and returns the position of the caret of a prompt.
pub fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let caret = draw_all(app, theme, buf);
    theme.glyphs.reduce(buf);
    caret
}

/// Draws the picker, and returns the position of the caret of its prompt.
pub fn draw_picker(picker: &Picker, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let caret = pick::draw(picker, theme, buf);
    theme.glyphs.reduce(buf);
    caret
}

fn draw_all(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let Some(areas) = app.areas() else {
        draw_too_small(app, theme, buf);
        return None;
    };
    header::draw(app, &areas, theme, buf);
    strip::draw(app, areas.strip, theme, buf);
    for &pane in Pane::ALL {
        let area = areas.pane(pane);
        match pane {
            _ if area.is_empty() => {}
            Pane::Tree => tree::draw(app, area, theme, buf),
            Pane::Timeline => timeline::draw(app, area, theme, buf),
            Pane::Lanes => lane_pane::draw(app, area, theme, buf),
            Pane::Table => table::draw(app, area, theme, buf),
            Pane::Detail => detail::draw(app, area, theme, buf),
        }
    }
    let caret = footer::draw(app, areas.footer, theme, buf);
    match &app.overlay {
        Overlay::None | Overlay::Asking(_) => caret,
        Overlay::Finder(finder) => finder::draw(app, finder, areas.overlay, theme, buf),
        Overlay::Help(help) => help::draw(help, areas.overlay, theme, buf),
        Overlay::Evidence(evidence) => {
            evidence::draw(app, evidence, areas.overlay, theme, buf);
            None
        }
    }
}

fn draw_too_small(app: &App, theme: &Theme, buf: &mut Buffer) {
    let area = Rect::new(0, 0, app.size.width, app.size.height).intersection(buf.area);
    let lines = [
        format!("{}×{} is too small.", app.size.width, app.size.height),
        format!("annals needs {}×{}.", MIN_SIZE.0, MIN_SIZE.1),
        "q quits.".to_owned(),
    ];
    for (row, text) in (0..).zip(&lines) {
        paint::line(buf, area, row, &[piece(text.as_str(), theme.text)]);
    }
}

/// Returns a text with the special characters of SVG escaped.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Returns the sign of a modality, `◌` if only inferred, with its style.
fn modality_mark(modality: Modality, basis: Basis, theme: &Theme) -> Piece<'static> {
    match modality {
        Modality::Actual if basis == Basis::Inferred => piece("◌", theme.faint),
        Modality::Actual => piece("●", theme.actual),
        Modality::Planned => piece("○", theme.planned),
        Modality::Alleged => piece("?", theme.alleged),
        Modality::Denied => piece("✗", theme.denied),
    }
}

/// Draws the frame of a pane, bright and marked if the pane has the keys.
fn pane_frame(app: &App, pane: Pane, area: Rect, theme: &Theme, buf: &mut Buffer, title: &str, right: &str) {
    let focused = app.focus == pane && matches!(app.overlay, Overlay::None);
    let style = if focused { theme.frame_focused } else { theme.frame };
    let title_style = if focused { theme.heading } else { theme.text };
    let title = if focused { format!(" ▸{title} ") } else { format!(" {title} ") };
    let right = if right.is_empty() { Vec::new() } else { vec![piece(format!(" {right} "), theme.faint)] };
    paint::frame(buf, area, style, &[piece(title, title_style)], &right);
}

/// Draws the reasons why nothing is found, from a row of an empty list on, each on as many rows as it needs.
fn reasons(buf: &mut Buffer, area: Rect, from: u16, reasons: &[String], theme: &Theme) {
    let width = usize::from(area.width).saturating_sub(2).max(1);
    let lines = reasons.iter().flat_map(|reason| crate::text::clean(reason).wrap(width));
    for (row, words) in (from..area.height).zip(lines) {
        paint::line(buf, area, row, &[piece(format!(" {words}"), theme.faint)]);
    }
}

/// Returns the sign in front of the selected row of a list.
fn row_marker(selected: bool, theme: &Theme) -> Piece<'static> {
    if selected { piece("›", theme.key) } else { piece(" ", theme.text) }
}

/// Tints the selected row: reversed in the pane that has the keys, bold elsewhere.
fn tint_selected(buf: &mut Buffer, area: Rect, row: u16, focused: bool, theme: &Theme) {
    paint::tint(buf, area, row, if focused { theme.selected } else { theme.selected_elsewhere });
}

/// Draws the number of rows beyond the lower edge of a frame on that edge.
fn more_below(buf: &mut Buffer, area: Rect, offset: usize, height: u16, len: usize, theme: &Theme) {
    let hidden = len.saturating_sub(offset + usize::from(height));
    if hidden == 0 || area.height < 2 || area.width < 12 {
        return;
    }
    let edge = Rect { x: area.x + 2, y: area.bottom() - 1, width: area.width - 4, height: 1 };
    paint::line_right(buf, edge, 0, &[piece(format!(" {hidden} ↓ "), theme.faint)]);
}

/// Returns the rows of a list that are on the page: index and row on the screen.
fn visible(offset: usize, len: usize, height: u16) -> impl Iterator<Item = (usize, u16)> {
    (offset..len).zip(0..height)
}
