//! Draws the last row: a filter being typed, a notice, or the state and the keys.
//!
//! Invariant: it paints one row, and of a filter that is being typed always the cursor.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint::{Piece, columns, line, line_right, piece};
use super::theme::Theme;
use crate::app::state::prompt::Prompt;
use crate::app::state::question::Asking;
use crate::app::state::timeline::Lens;
use crate::app::{App, Overlay, Progress};
use crate::keymap::action::{Pane, View};
use crate::keymap::{Context, hints};
use crate::query::{IN_DATE_ORDER, Query, field_names};
use crate::text;
use crate::timeline::axis::Scale;
use crate::vocabulary::Vocabulary;

/// Draws the row, and returns the position of the caret of a filter.
pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    if app.filtering && matches!(app.overlay, Overlay::None) {
        let prompt = filter_of(app, app.focus);
        let keys = "Enter keep   Esc drop ";
        let words = match Query::parse(prompt.text(), app.world.dossier().vocabulary()) {
            Err(error) => piece(error.to_string(), theme.problem),
            Ok(query) if app.focus == Pane::Timeline && !query.order().is_empty() => {
                piece(format!("{IN_DATE_ORDER}   {keys}"), theme.faint)
            }
            Ok(_) if prompt.is_empty() && matches!(app.focus, Pane::Timeline | Pane::Tree) => piece(
                format!("{}   {keys}", fields(app.world.dossier().vocabulary(), usize::from(area.width / 2))),
                theme.faint,
            ),
            Ok(_) => piece(keys, theme.faint),
        };
        let taken = line_right(buf, area, 0, &[words]);
        let lead = format!("/ {}: ", app.focus.as_str());
        return draw_prompt(&lead, prompt, Rect { width: area.width.saturating_sub(taken + 1), ..area }, theme, buf);
    }
    if let Overlay::Asking(asking) = &app.overlay {
        return draw_question(asking, area, theme, buf);
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

/// Returns the fields of a query, as many as there is room for.
pub(super) fn fields(words: &Vocabulary, columns: usize) -> String {
    let mut shown = String::new();
    for field in field_names(words) {
        if shown.len() + field.len() + 2 > columns {
            break;
        }
        let _ = write!(shown, "{field}: ");
    }
    shown.truncate(shown.trim_end().len());
    shown
}

fn filter_of(app: &App, pane: Pane) -> &Prompt {
    match pane {
        Pane::Tree => &app.tree.filter,
        Pane::Timeline => &app.timeline.filter,
        Pane::Lanes => &app.lanes.filter,
        Pane::Table => &app.table.filter,
        Pane::Detail => &app.detail.filter,
    }
}

/// Returns the progress of reading a dossier, in words.
pub(super) fn reading(progress: Progress) -> String {
    match progress {
        Progress { total: 0, .. } => "reading the dossier".to_owned(),
        Progress { read, total, .. } => format!("reading: {} of {} rows", grouped(read), grouped(total)),
    }
}

/// Returns a number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Returns the work in the background, followed by [`standing`].
fn state(app: &App) -> String {
    let mut state = String::new();
    if let Some(progress) = app.progress {
        let _ = write!(state, " {} ·", reading(progress));
    }
    if app.is_searching() {
        state.push_str(" searching… ·");
    }
    state + &standing(app)
}

/// Returns the as-of, the position in the timeline or table, and for the timeline also zoom, scale and filter.
fn standing(app: &App) -> String {
    if !matches!(app.view, View::Chronicle | View::Tenures) {
        let rows = app.table.order.len();
        let as_of = app.as_of.map(|moment| format!(" @{moment} ·")).unwrap_or_default();
        return format!("{as_of} {}/{rows}", (app.table.cursor.selected + 1).min(rows));
    }
    let before = app.timeline.lines.rows_up_to(app.timeline.cursor.selected);
    let (shown, _) = app.timeline.counts();
    let mut state = match app.as_of {
        Some(moment) => format!(" @{moment} · {before}/{shown}"),
        None => format!(" {before}/{shown}"),
    };
    if app.timeline.lens != Lens::All {
        let _ = write!(state, " · {}", app.timeline.lens.as_str());
    }
    if app.timeline.zoom.window().is_some() {
        state.push_str(" · ");
        state.push_str(app.timeline.zoom.level.as_str());
    }
    if app.scale != Scale::Gaps {
        let _ = write!(state, " · {}", app.scale.name());
    }
    for (filter, pane) in
        [(&app.tree.filter, Pane::Tree), (&app.timeline.filter, Pane::Timeline), (&app.detail.filter, Pane::Detail)]
    {
        if !filter.is_empty() {
            let _ = write!(state, " · {} /{}", pane.as_str(), filter.text());
        }
    }
    state
}

/// Draws a question, with the accepted forms beside it, or the error of the last answer above it.
fn draw_question(asking: &Asking, area: Rect, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let Some(error) = &asking.error else {
        let words = piece(asking.question.forms(), theme.faint);
        // The typed text keeps at least a third of the row.
        let typed = text::width(asking.question.lead()) + text::width(asking.prompt.text()) + 2;
        let right = area.width.saturating_sub((typed as u16).max(area.width / 3));
        let taken = columns(std::slice::from_ref(&words)).min(right);
        line(buf, Rect { x: area.right() - taken, width: taken, ..area }, 0, &[words]);
        let left = Rect { width: area.width - taken, ..area };
        return draw_prompt(asking.question.lead(), &asking.prompt, left, theme, buf);
    };
    // The message is whole at every width: it takes as many rows above as it needs.
    let lines = text::clean(error).wrap(usize::from(area.width).saturating_sub(2).max(1));
    let rows = (lines.len() as u16).min(area.y);
    let above = Rect { y: area.y - rows, height: rows, ..area };
    for (row, words) in (0..rows).zip(&lines) {
        let blank = " ".repeat(usize::from(area.width));
        line(buf, above, row, &[piece(blank, theme.text)]);
        line(buf, above, row, &[piece(format!(" {words}"), theme.problem)]);
    }
    draw_prompt(asking.question.lead(), &asking.prompt, area, theme, buf)
}

/// The most characters in one column of a prompt: a letter with its combining marks.
const CHARS_A_COLUMN: usize = 8;

/// Draws a prompt, and returns the position of its caret. A long text scrolls to show the caret.
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
    // Only the part of the text that can be visible is processed, however long the text is.
    let most = usize::from(area.width) * CHARS_A_COLUMN;
    let before = before.char_indices().nth_back(most).map_or(before, |(at, _)| before.split_at(at).1);
    let after = after.char_indices().nth(most).map_or(after, |(at, _)| after.split_at(at).0);
    let before = text::clean(before).into_inner().into_owned();
    let ends = before.char_indices().rev().map(|(at, _)| before.split_at(at).1);
    let shown = ends.take_while(|end| text::width(end) <= room).last().unwrap_or_default();
    let caret = (lead_columns + text::width(shown)).min(usize::from(area.width) - 1) as u16;
    line(buf, area, 0, &[piece(lead, theme.key), piece(shown, theme.text), piece(after, theme.text)]);
    Some(Position::new(area.x + caret, area.y))
}
