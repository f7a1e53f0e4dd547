//! Draws the axis strip: a histogram of the events, the collapsed gaps, and the selection.
//!
//! It shows the days of the timeline. If these are a part of all days, the first row is an
//! overview of all with the part marked, and a row of marks shows the rows in each column: a
//! sign for one row, a digit for several, `+` from ten on, a dotted line for days that a date may
//! mean. Invariant: rows that the filter leaves out are dimmed and keep their column; drawing
//! takes time by the number of columns, not of rows.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::glyphs::Signs;
use super::paint::{line, piece};
use super::theme::Theme;
use super::{modality_mark, paint};
use crate::app::App;
use crate::model::Moment;
use crate::timeline::axis::{Axis, Segment, Unit};
use crate::timeline::chronology::{Rows, number};

/// Draws the strip: an overview or bars if there is room for them, the axis, and its labels.
pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let axis = app.axis(area.width);
    if axis.segments().is_empty() {
        line(buf, area, 0, &[piece(" nothing is dated here", theme.faint)]);
        return;
    }
    let above = area.height.saturating_sub(2);
    if app.timeline.zoom.window().is_none() {
        draw_bars(app, &axis, Rect { height: above, ..area }, theme, buf);
    } else {
        let overview = above.saturating_sub(1).min(1);
        draw_overview(app, Rect { height: overview, ..area }, theme, buf);
        let marks = Rect { y: area.y + overview, height: (above - overview).min(1), ..area };
        draw_marks(app, &axis, marks, theme, buf);
    }
    draw_axis(app, &axis, area, above, theme, buf);
    draw_labels(&axis, area, above + 1, theme, buf);
}

/// Returns the numbers of the first and last day of a column.
fn days(axis: &Axis, column: u16) -> Option<(i32, i32)> {
    axis.days_at(column).map(|(first, last)| (number(first), number(last)))
}

/// Returns for each column the number of rows that reach into it: of the scope, and of those that pass the filter.
fn density(app: &App, axis: &Axis, width: u16) -> Vec<(usize, usize)> {
    let reaching = |rows: &Rows, column| days(axis, column).map_or(0, |(first, last)| rows.overlapping(first, last));
    let (all, passed) = (&app.timeline.scope, app.timeline.passed());
    (0..width).map(|column| (reaching(all, column), reaching(passed, column))).collect()
}

fn draw_bars(app: &App, axis: &Axis, area: Rect, theme: &Theme, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let density = density(app, axis, area.width);
    let highest = density.iter().map(|&(all, _)| all).max().unwrap_or(0).max(1);
    let steps = usize::from(area.height) * 8;
    for (column, &(all, passed)) in (0..area.width).zip(&density) {
        let level = if all == 0 { 0 } else { (all * steps).div_ceil(highest) };
        let style = if passed > 0 && !is_later(app, axis, column) { theme.actual } else { theme.faint };
        for row in 0..area.height {
            let below = usize::from(area.height - 1 - row) * 8;
            cell(buf, area, column, row, theme.glyphs.signs().levels[level.saturating_sub(below).min(8)], style);
        }
    }
}

fn cell(buf: &mut Buffer, area: Rect, column: u16, row: u16, sign: &str, style: Style) {
    line(buf, Rect { x: area.x + column, width: 1, ..area }, row, &[piece(sign, style)]);
}

/// Returns true if a column begins after the as-of.
fn is_later(app: &App, axis: &Axis, column: u16) -> bool {
    let first = axis.days_at(column).map(|(first, _)| first);
    app.as_of.zip(first).is_some_and(|(moment, first)| first > moment.last())
}

/// Draws all of the time on one row, and marks the part that is shown below.
fn draw_overview(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let axis = app.overview(area.width);
    draw_bars(app, &axis, area, theme, buf);
    let Some((first, last)) = app.timeline.zoom.window() else { return };
    let clamped = |day: NaiveDate| axis.days().map(|(start, end)| day.clamp(start, end));
    let column = |day| clamped(day).and_then(|day| axis.column(day));
    if let (Some(from), Some(to)) = (column(first), column(last)) {
        let window = Rect { x: area.x + from, width: (to - from + 1).min(area.width - from), ..area };
        paint::tint(buf, window, 0, theme.selected);
    }
}

/// Draws in each column of the shown time the sign of its row, or the number of its rows, `+` for ten or more.
fn draw_marks(app: &App, axis: &Axis, area: Rect, theme: &Theme, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let (scope, passed) = (&app.timeline.scope, app.timeline.passed());
    for column in 0..area.width {
        let Some((first, last)) = days(axis, column) else { continue };
        // A day wider than a column has its sign in the first one.
        let is_start = axis.days_at(column).and_then(|(day, _)| axis.column(day)) == Some(column);
        let standing = if is_start { scope.starting_within(first, last) } else { 0 };
        let bright = passed.starting_within(first, last) > 0 && !is_later(app, axis, column);
        let (sign, style) = match standing {
            0 if scope.overlapping(first, last) > 0 => (theme.glyphs.signs().last_known.to_owned(), theme.faint),
            0 => continue,
            1 => single(app, scope, first, theme),
            2..=9 => (standing.to_string(), theme.key),
            _ => ("+".to_owned(), theme.key),
        };
        cell(buf, area, column, 0, &sign, if bright || standing == 0 { style } else { theme.faint });
    }
}

/// Returns the sign and style of the first row from a day on.
fn single(app: &App, rows: &Rows, first: i32, theme: &Theme) -> (String, Style) {
    let row = app.world.chronology().row(rows.row(rows.before(first)));
    let mark = modality_mark(row.modality, row.basis, theme);
    (mark.text.into_owned(), mark.style)
}

fn draw_axis(app: &App, axis: &Axis, area: Rect, row: u16, theme: &Theme, buf: &mut Buffer) {
    let signs = theme.glyphs.signs();
    for stretch in axis.segments() {
        let at = Rect { x: area.x + stretch.start, width: stretch.columns, ..area };
        line(buf, at, row, &[piece(ruler(*stretch, signs), theme.faint)]);
    }
    let mut mark = |day: Option<NaiveDate>, sign: &str| {
        if let Some(column) = day.and_then(|day| axis.column(day)).filter(|&column| column < area.width) {
            cell(buf, area, column, row, sign, theme.now);
        }
    };
    mark(app.as_of.map(Moment::last), signs.moment);
    mark(app.selected_day(), signs.here);
}

/// Returns a unit with a tick at its start; a gap with its length.
fn ruler(stretch: Segment, signs: &Signs) -> String {
    let columns = usize::from(stretch.columns);
    if !stretch.gap {
        return format!("{}{}", signs.tick, signs.ruler.repeat(columns.saturating_sub(1)));
    }
    let token = format!("{}{}y{}", signs.gap, stretch.years(), signs.gap);
    if token.chars().count() > columns { signs.gap.repeat(columns) } else { token }
}

/// Draws the names of the units that have room for them, with a column between two.
fn draw_labels(axis: &Axis, area: Rect, row: u16, theme: &Theme, buf: &mut Buffer) {
    let mut free_from = 0;
    for stretch in axis.segments().iter().filter(|stretch| !stretch.gap && stretch.columns > 0) {
        let text = label(axis.unit(), axis.label_day(*stretch), stretch.columns);
        let width = text.len() as u16;
        if stretch.start >= free_from && stretch.start + width <= area.width {
            let at = Rect { x: area.x + stretch.start, width, ..area };
            line(buf, at, row, &[piece(text, theme.text)]);
            free_from = stretch.start + width + 1;
        }
    }
}

fn label(unit: Option<Unit>, first: NaiveDate, columns: u16) -> String {
    match unit {
        Some(Unit::Year) | None => format!("{:04}", first.year()),
        Some(Unit::Month) if columns > 7 || first.month() == 1 => format!("{:04}-{:02}", first.year(), first.month()),
        Some(Unit::Month) => format!("{:02}", first.month()),
        Some(Unit::Day) if first.day() == 1 && columns > 2 => format!("{:04}-{:02}-01", first.year(), first.month()),
        Some(Unit::Day) => format!("{:02}", first.day()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::axis::Scale;

    #[test]
    fn a_label_names_the_first_year_of_its_column() {
        let day = |text: &str| text.parse().unwrap();
        // More years than columns: the first year has no column of its own.
        let axis = Axis::new(day("1957-01-01"), day("2025-12-31"), 40, Scale::Linear, |_| true);
        assert_eq!(axis.segments()[0].columns, 0);
        let area = Rect::new(0, 0, 40, 1);
        let mut buf = Buffer::empty(area);
        draw_labels(&axis, area, 0, &Theme::plain(), &mut buf);
        let text: String = buf.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        let labels: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(labels.first(), Some(&"1957"), "{text}");
        for label in labels {
            let column = text.find(label).unwrap() as u16;
            let (first, _) = axis.days_at(column).unwrap();
            assert_eq!(first.year().to_string(), label, "{text}");
        }
    }
}
