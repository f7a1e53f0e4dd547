//! The last row: a filter being typed, a notice, or the state and the keys.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint::{Piece, columns, line, line_right, piece};
use super::theme::Theme;
use crate::app::action::{Pane, View};
use crate::app::prompt::Prompt;
use crate::app::timeline::Item;
use crate::app::{App, Overlay};
use crate::catalogue::axis::Scale;
use crate::catalogue::query::Query;
use crate::keymap::{Context, hints};
use crate::text;

/// Draws the row; tells where the caret of a filter is.
pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    if app.filtering && matches!(app.overlay, Overlay::None) {
        let prompt = filter_of(app, app.focus);
        let words = match Query::parse(prompt.text()) {
            Err(error) => piece(error.to_string(), theme.problem),
            Ok(_) => piece("Enter keep   Esc drop ", theme.faint),
        };
        let taken = line_right(buf, area, 0, &[words]);
        let lead = format!("/ {}: ", app.focus.title());
        return draw_prompt(&lead, prompt, Rect { width: area.width.saturating_sub(taken + 1), ..area }, theme, buf);
    }
    if let Some(notice) = &app.notice {
        line(buf, area, 0, &[piece(format!(" {notice}"), theme.text)]);
        return None;
    }
    let state = piece(state(app), theme.faint);
    let room = area.width.saturating_sub(columns(std::slice::from_ref(&state)) + 2);
    let mut keys: Vec<Piece<'_>> = Vec::new();
    for (key, word) in hints(Context::Panes) {
        let next = [piece(key, theme.key), piece(format!(" {word}  "), theme.faint)];
        if columns(&keys) + columns(&next) > room {
            break;
        }
        keys.extend(next);
    }
    line(buf, area, 0, &[state]);
    line_right(buf, area, 0, &keys);
    None
}

fn filter_of(app: &App, pane: Pane) -> &Prompt {
    match pane {
        Pane::Tree => &app.tree.filter,
        Pane::Timeline => &app.timeline.filter,
        Pane::Sheet => &app.sheet.filter,
        Pane::Detail => &app.detail.filter,
    }
}

/// Position in the timeline, zoom, scale, filter.
fn state(app: &App) -> String {
    if app.view != View::Chronicle {
        let rows = app.sheet.order().len();
        return format!(" {}/{rows}", (app.sheet.cursor.selected + 1).min(rows));
    }
    let items = app.timeline.items();
    let before =
        items.iter().take(app.timeline.cursor.selected + 1).filter(|item| matches!(item, Item::Row(_))).count();
    let (shown, _) = app.timeline.counts();
    let mut state = format!(" {before}/{shown}");
    if app.timeline.zoom.window().is_some() {
        state.push_str(" · ");
        state.push_str(app.timeline.zoom.level().name());
    }
    if app.scale == Scale::Linear {
        state.push_str(" · linear");
    }
    for (filter, pane) in
        [(&app.tree.filter, Pane::Tree), (&app.timeline.filter, Pane::Timeline), (&app.detail.filter, Pane::Detail)]
    {
        if !filter.is_empty() {
            let _ = write!(state, " · {} /{}", pane.title(), filter.text());
        }
    }
    state
}

/// Draws a prompt; tells where its caret is. A long text scrolls to show the caret.
pub(super) fn draw_prompt(
    lead: &str,
    prompt: &Prompt,
    area: Rect,
    theme: &Theme,
    buf: &mut Buffer,
) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let (before, after) = prompt.split();
    let lead_columns = text::width(lead);
    let room = usize::from(area.width).saturating_sub(lead_columns + 1);
    let mut shown = text::clean(before).into_inner().into_owned();
    while text::width(&shown) > room && !shown.is_empty() {
        shown.remove(0);
    }
    let caret = (lead_columns + text::width(&shown)).min(usize::from(area.width) - 1) as u16;
    line(buf, area, 0, &[piece(lead, theme.key), piece(shown, theme.text), piece(after, theme.text)]);
    Some(Position::new(area.x + caret, area.y))
}
