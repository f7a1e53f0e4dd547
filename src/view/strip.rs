//! The axis strip: how much happened when, the collapsed gaps, and where the selection is.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{line, piece};
use super::theme::Theme;
use crate::app::App;
use crate::app::timeline::Item;
use crate::catalogue::axis::{Axis, Stretch, gap_token};
use crate::catalogue::chronology::row_when;

const BARS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Draws the strip: bars where there is room for them, the axis, the years.
pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let axis = app.axis(area.width);
    if axis.stretches().is_empty() {
        line(buf, area, 0, &[piece(" nothing is dated here", theme.faint)]);
        return;
    }
    let bars = area.height.saturating_sub(2);
    draw_bars(app, &axis, Rect { height: bars, ..area }, theme, buf);
    draw_axis(app, &axis, area, bars, theme, buf);
    draw_years(&axis, area, bars + 1, theme, buf);
}

/// How many rows fall in each column. A row whose year alone is known counts for the whole year.
fn density(app: &App, axis: &Axis, width: u16) -> (Vec<u32>, Vec<u32>) {
    let dossier = app.catalogue.dossier();
    let rows = app.catalogue.chronology().rows();
    let shown: Vec<u32> = app
        .timeline
        .items()
        .iter()
        .filter_map(|item| match *item {
            Item::Row(row) => Some(row),
            Item::Silence { .. } | Item::UndatedHead(_) | Item::Undated(_) => None,
        })
        .collect();
    let mut all = vec![0; usize::from(width)];
    let mut bright = vec![0; usize::from(width)];
    for (index, row) in (0u32..).zip(rows) {
        let Some(when) = row_when(dossier, row) else { continue };
        let Some((first, last)) = extent(when.earliest(), when.latest()) else { continue };
        let (Some(from), Some(to)) = (axis.column(first), axis.column(last)) else { continue };
        let is_shown = shown.binary_search(&index).is_ok();
        for column in from..=to.max(from) {
            all[usize::from(column)] += 1;
            if is_shown {
                bright[usize::from(column)] += 1;
            }
        }
    }
    (all, bright)
}

/// The days that a row shades: a bound shades its day only, a span of years just its first.
fn extent(earliest: Option<NaiveDate>, latest: Option<NaiveDate>) -> Option<(NaiveDate, NaiveDate)> {
    match (earliest, latest) {
        (Some(first), Some(last)) if last.year() - first.year() <= 1 => Some((first, last)),
        (Some(day), _) | (None, Some(day)) => Some((day, day)),
        (None, None) => None,
    }
}

fn draw_bars(app: &App, axis: &Axis, area: Rect, theme: &Theme, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let (all, bright) = density(app, axis, area.width);
    let highest = all.iter().copied().max().unwrap_or(0).max(1);
    let steps = u32::from(area.height) * 8;
    for (column, (&all, &bright)) in (0..area.width).zip(all.iter().zip(&bright)) {
        let level = if all == 0 { 0 } else { (all * steps).div_ceil(highest) };
        let style = if bright > 0 { theme.actual } else { theme.faint };
        for row in 0..area.height {
            let below = u32::from(area.height - 1 - row) * 8;
            let bar = BARS[level.saturating_sub(below).min(8) as usize];
            line(buf, Rect { x: area.x + column, width: 1, ..area }, row, &[piece(bar, style)]);
        }
    }
}

fn draw_axis(app: &App, axis: &Axis, area: Rect, row: u16, theme: &Theme, buf: &mut Buffer) {
    let mut x = area.x;
    for stretch in axis.stretches() {
        let columns = stretch.columns();
        let at = Rect { x, width: columns, ..area };
        match *stretch {
            Stretch::Year { .. } => line(
                buf,
                at,
                row,
                &[piece(format!("┬{}", "─".repeat(usize::from(columns).saturating_sub(1))), theme.faint)],
            ),
            Stretch::Gap { first, last, .. } => {
                let token = gap_token(last - first + 1);
                let token = if token.chars().count() > usize::from(columns) { "╱".to_owned() } else { token };
                line(buf, at, row, &[piece(token, theme.faint)]);
            }
        }
        x += columns;
    }
    let day = app.timeline.selected_day(&app.catalogue);
    if let Some(column) = day.and_then(|day| axis.column(day)).filter(|&column| column < area.width) {
        line(buf, Rect { x: area.x + column, width: 1, ..area }, row, &[piece("▲", theme.now)]);
    }
}

/// The years that have room for their four digits; months where one year is shown.
fn draw_years(axis: &Axis, area: Rect, row: u16, theme: &Theme, buf: &mut Buffer) {
    if let [Stretch::Year { year, columns }] = *axis.stretches() {
        for month in 1..=12u16 {
            let at = (month - 1) * columns / 12;
            let text = format!("{year}-{month:02}");
            let text = if columns / 12 > 8 { text } else { format!("{month:02}") };
            line(buf, Rect { x: area.x + at, width: columns / 12, ..area }, row, &[piece(text, theme.text)]);
        }
        return;
    }
    let mut x = area.x;
    let mut free_from = area.x;
    for stretch in axis.stretches() {
        if let Stretch::Year { year, .. } = *stretch
            && x >= free_from
            && x + 4 <= area.right()
        {
            line(buf, Rect { x, width: 4, ..area }, row, &[piece(year.to_string(), theme.text)]);
            free_from = x + 5;
        }
        x += stretch.columns();
    }
}
