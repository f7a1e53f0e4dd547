//! Draws the pane of lanes: labels, a time axis, and one row for each lane.
//!
//! Invariant: it shows the same days as the timeline, and the selection is in the column of
//! its day.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::lanes::{Ruler, draw_lane};
use super::paint::{self, line, piece, tint};
use super::theme::Theme;
use super::{more_below, pane_frame, row_marker, tint_selected, visible};
use crate::app::App;
use crate::app::state::layout::{inner, lane_label_columns, lanes_body, state_rows};
use crate::keymap::action::Pane;
use crate::model::Moment;
use crate::offices::{Knowledge, holders_during};
use crate::present::lanes;
use crate::present::lanes::{Lane, LaneGroup};
use crate::present::wording::{grouped, state_words};
use crate::text;
use crate::timeline::axis::{Axis, Unit};

pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) {
    pane_frame(app, Pane::Lanes, area, theme, buf, &title(app), &legend(theme, area.width));
    let labels = lane_label_columns(area);
    let body = lanes_body(area, app.as_of);
    let plot = Rect { x: body.x + labels, width: body.width.saturating_sub(labels), ..body };
    let axis = app.axis(plot.width);
    let Some((first, last)) = axis.days() else {
        line(buf, body, 0, &[piece(" nothing is dated here", theme.faint)]);
        return;
    };
    draw_years(&axis, Rect { x: plot.x, width: plot.width, ..inner(area) }, theme, buf);
    draw_moment(app, &axis, plot, theme, buf);
    let moment_column = app.as_of.and_then(|moment| axis.column(moment.last()));
    let all_is_later = app.as_of.is_some_and(|moment| moment.last() < first);
    let column = |day: NaiveDate| axis.column(day);
    let ruler = Ruler { first, last, column: &column };
    for (index, row) in visible(app.lanes.cursor.offset, app.lanes.len(), body.height) {
        let Some(lane) = app.lanes.lane(index) else { continue };
        // In the chronicle the lanes follow the timeline, so none is marked unless a part of it is selected.
        let follows = app.focus == Pane::Lanes || app.view.panes().contains(&Pane::Lanes);
        let selected = index == app.lanes.cursor.selected && (follows || app.lanes.part.is_some());
        let label = Rect { width: labels.saturating_sub(1), ..body };
        line(buf, label, row, &[row_marker(selected, theme), piece(lane.label.as_str(), theme.text)]);
        if selected {
            tint_selected(buf, label, row, app.focus == Pane::Lanes, theme);
        }
        let here = Rect { y: plot.y + row, height: 1, ..plot };
        let part = app.lanes.part.filter(|_| selected);
        draw_lane(buf, here, lane, &ruler, theme.glyphs, theme, part);
        if all_is_later {
            tint(buf, here, 0, theme.faint);
        }
        if let Some(column) = moment_column {
            draw_moment_in(Rect { x: plot.x + column, width: 1, ..here }, theme, buf);
            let later = Rect { x: here.x + column + 1, width: here.width.saturating_sub(column + 1), ..here };
            tint(buf, later, 0, theme.faint);
        }
    }
    more_below(buf, area, app.lanes.cursor.offset, body.height, app.lanes.len(), theme);
    if app.lanes.is_empty() {
        let why = if app.lanes.is_searching() { " collecting …" } else { " nothing lasting is said of this" };
        line(buf, body, 0, &[piece(why, theme.faint)]);
    }
    draw_state(app, area, theme, buf);
}

fn title(app: &App) -> String {
    let scope = app.scope().entity().map_or("all", |entity| app.world.short_label(entity));
    let filter = app.lanes.filter.text();
    let title = Pane::Lanes.as_str();
    let more = match app.lanes.left_out {
        0 => String::new(),
        left_out => format!(" · {} more", grouped(left_out as f64)),
    };
    if filter.is_empty() { format!("{title} · {scope}{more}") } else { format!("{title} · {scope} /{filter}{more}") }
}

/// Returns the meanings of the signs, as many as there is room for beside the title.
fn legend(theme: &Theme, width: u16) -> String {
    let signs = theme.glyphs.signs();
    let all = [
        (signs.stated, "stated"),
        (signs.attested, "attested"),
        (signs.last_known, "last known"),
        (signs.possible, "possible"),
        (signs.seen, "seen"),
        (signs.planned, "planned"),
        (signs.head, "slipped to"),
    ];
    let room = usize::from(width).saturating_sub(40);
    let mut out = String::new();
    for (sign, word) in all {
        let next = format!("{sign} {word}");
        if text::width(&out) + text::width(&next) + 2 > room {
            break;
        }
        if !out.is_empty() {
            out.push_str("  ");
        }
        out.push_str(&next);
    }
    out
}

/// Draws the units of time above the lanes, those that have room, and the selection among them.
fn draw_years(axis: &Axis, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let mut free_from = 0;
    for stretch in axis.segments().iter().filter(|stretch| stretch.columns > 0) {
        let first = axis.label_day(*stretch);
        let text = match axis.unit() {
            _ if stretch.gap => theme.glyphs.signs().gap.repeat(usize::from(stretch.columns)),
            Some(Unit::Year) | None => format!("{:04}", first.year()),
            Some(Unit::Month) => format!("{:02}", first.month()),
            Some(Unit::Day) => format!("{:02}", first.day()),
        };
        let width = text::width(&text) as u16;
        if stretch.start >= free_from && stretch.start + width <= area.width {
            let at = Rect { x: area.x + stretch.start, width, ..area };
            line(buf, at, 0, &[piece(text, theme.faint)]);
            free_from = stretch.start + width + u16::from(!stretch.gap);
        }
    }
}

/// Draws the as-of and the selected day, from the years down through all lanes.
fn draw_moment(app: &App, axis: &Axis, plot: Rect, theme: &Theme, buf: &mut Buffer) {
    let moment = app.as_of.map(Moment::last).and_then(|day| axis.column(day));
    if let Some(column) = moment.filter(|&column| column < plot.width) {
        let head = Rect { x: plot.x + column, y: plot.y.saturating_sub(1), width: 1, height: plot.height + 1 };
        for row in 0..head.height {
            draw_moment_in(Rect { y: head.y + row, height: 1, ..head }, theme, buf);
        }
    }
    // The strip has a sign for the selection; here it would hide the digits of a year.
    let selected = app.selected_day().and_then(|day| axis.column(day));
    if let Some(column) = selected.filter(|&column| column < plot.width) {
        tint(buf, Rect { x: plot.x + column, y: plot.y.saturating_sub(1), width: 1, height: 1 }, 0, theme.selected);
    }
}

/// Draws the as-of in one cell: its colour, and its sign if the cell is blank.
fn draw_moment_in(cell: Rect, theme: &Theme, buf: &mut Buffer) {
    if paint::is_blank(buf, cell) {
        line(buf, cell, 0, &[piece(theme.glyphs.signs().moment, theme.now)]);
    }
    tint(buf, cell, 0, theme.now);
}

/// Draws the holders of the offices at the as-of, on the last rows.
fn draw_state(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let Some(moment) = app.as_of else { return };
    let inside = inner(area);
    let rows = state_rows(area, app.as_of);
    let dossier = app.world.dossier();
    let said = |lane: &Lane| {
        lanes::at(lane, moment).iter().find(|bar| bar.state != Knowledge::Unknown)?;
        let holdings = holders_during(&app.world, lane.entity, moment.first(), moment.last());
        let states: Vec<String> = holdings
            .iter()
            .map(|holding| match holding.person {
                Some(person) => format!("{}, {}", dossier.label(person), state_words(holding)),
                None => state_words(holding),
            })
            .collect();
        Some(format!("{}: {}", lane.label, states.join(" / ")))
    };
    let room = usize::from(inside.width) * usize::from(rows);
    let mut words = String::new();
    let mut last = None;
    for lane in app.lanes.iter().filter(|lane| lane.group == LaneGroup::Offices) {
        // Holders beside each other are rows of one office, and no more is asked than there is room for.
        if last.replace(lane.entity) == Some(lane.entity) || words.len() > room * 4 {
            continue;
        }
        if let Some(said) = said(lane) {
            words.push_str(if words.is_empty() { "" } else { " · " });
            words.push_str(&said);
        }
    }
    let words = if words.is_empty() { "no office is known to be held".to_owned() } else { words };
    let lead = format!(" @{moment} ");
    let indent = text::width(&lead);
    let lines = text::clean(&words).wrap(usize::from(inside.width).saturating_sub(indent + 1));
    for (number, row) in (0..rows).zip(inside.height - rows..) {
        let start = usize::from(number);
        // The last row ends in an ellipsis if there is more text.
        let words = if number + 1 == rows {
            lines.get(start..).unwrap_or_default().join(" ")
        } else {
            lines.get(start).cloned().unwrap_or_default()
        };
        let lead = if number == 0 { lead.clone() } else { " ".repeat(indent) };
        line(buf, inside, row, &[piece(lead, theme.now), piece(words, theme.text)]);
    }
}
