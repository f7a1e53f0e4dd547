//! What the mouse means: a click selects, a second click on the same row opens.
//!
//! Invariant: the mouse can do nothing that a key cannot.

use ratatui::layout::Rect;

use super::time::{go_to, window_changed, zoom};
use super::views::{show_lane_selection, show_sheet_selection, show_timeline_selection, show_view, tree_moved};
use crate::app::state::layout::{Areas, evidence_parts, finder_parts, help_parts, inner, lanes_body, sheet_body};
use crate::app::state::timeline::Item;
use crate::app::update::{focus, move_by, move_rows, open};
use crate::app::{App, Effect, Overlay, tab_at, view_tab_at};
use crate::keymap::action::{Motion, Pane};
use crate::model::Moment;

/// The most notches of one turn that count in an overlay, whose rows are passed one by one: a
/// flood of the wheel arrives as one turn of tens of thousands.
const MOST: usize = 200;

/// A turn of the wheel over a cell, by so many notches down.
pub(crate) fn wheel(app: &mut App, column: u16, row: u16, notches: isize) {
    const ROWS: isize = 3;
    if !matches!(app.overlay, Overlay::None) {
        for _ in 0..notches.unsigned_abs().min(MOST) {
            move_by(app, if notches > 0 { Motion::Down } else { Motion::Up });
        }
        return;
    }
    let Some(areas) = app.areas() else { return };
    if (Point { column, row }).is_in(areas.strip) {
        // Turned away from the reader, things come nearer.
        zoom(app, -notches.signum());
        return;
    }
    let Some(pane) = areas.pane_at(column, row) else { return };
    move_rows(app, pane, notches.saturating_mul(ROWS));
}

/// A click on the cell at `column` and `row`.
pub(crate) fn click(app: &mut App, column: u16, row: u16) -> Vec<Effect> {
    let Some(areas) = app.areas() else { return Vec::new() };
    let at = Point { column, row };
    app.dragged = None;
    if !matches!(app.overlay, Overlay::None) {
        return click_overlay(app, &areas, at);
    }
    if at.is_in(areas.strip) {
        app.dragged = Some(column);
        click_axis(app, column - areas.strip.x, areas.strip.width);
        return Vec::new();
    }
    if row == areas.header.y {
        click_header(app, &areas, column);
        return Vec::new();
    }
    match areas.pane_at(column, row) {
        Some(pane) => click_pane(app, &areas, pane, at),
        None => Vec::new(),
    }
}

/// A tab is a pane where one pane is shown at a time, else a view.
fn click_header(app: &mut App, areas: &Areas, column: u16) {
    if app.shows_pane_tabs(areas) {
        if let Some(pane) = tab_at(app.view, column) {
            focus(app, pane);
        }
    } else if let Some(view) = view_tab_at(column) {
        show_view(app, view);
    }
}

#[derive(Debug, Clone, Copy)]
struct Point {
    column: u16,
    row: u16,
}

impl Point {
    fn is_in(self, area: Rect) -> bool {
        area.contains((self.column, self.row).into())
    }

    /// The row of a list that starts at `offset`, if the point lies on one of its `len` rows.
    fn index(self, area: Rect, offset: usize, len: usize) -> Option<usize> {
        let index = self.is_in(area).then(|| usize::from(self.row - area.y) + offset)?;
        (index < len).then_some(index)
    }
}

fn click_overlay(app: &mut App, areas: &Areas, at: Point) -> Vec<Effect> {
    let (cursor, list, len) = match &mut app.overlay {
        Overlay::None => return Vec::new(),
        Overlay::Asking(_) => {
            app.overlay = Overlay::None;
            return Vec::new();
        }
        Overlay::Finder(finder) => {
            let len = finder.results().rows.len();
            (&mut finder.cursor, finder_parts(areas.overlay).1, len)
        }
        Overlay::Help(help) => {
            let len = help.rows().len();
            (&mut help.cursor, help_parts(areas.overlay).1, len)
        }
        Overlay::Evidence(evidence) => {
            let (_, _, list, _) = evidence_parts(areas.overlay);
            let len = evidence.claims().len();
            let rows = Rect { y: list.y + 1, height: list.height.saturating_sub(1), ..list };
            (&mut evidence.cursor, rows, len)
        }
    };
    match at.index(list, cursor.offset, len) {
        Some(index) if index == cursor.selected => return open(app),
        Some(index) => cursor.select(index),
        // A click beside an overlay closes it.
        None if !at.is_in(areas.overlay) => app.overlay = Overlay::None,
        None => {}
    }
    Vec::new()
}

fn click_pane(app: &mut App, areas: &Areas, pane: Pane, at: Point) -> Vec<Effect> {
    let was_focused = app.focus == pane;
    if app.view.panes().contains(&pane) {
        focus(app, pane);
    }
    let inside = inner(areas.pane(pane));
    let (cursor, area, len) = match pane {
        Pane::Tree => (app.tree.cursor, inside, app.tree.rows().len()),
        Pane::Timeline => (app.timeline.cursor, inside, app.timeline.lines().len()),
        Pane::Lanes => (app.lanes.cursor, lanes_body(areas.lanes, app.as_of), app.lanes.len()),
        Pane::Sheet => (app.sheet.cursor, sheet_body(areas.sheet, app.sheet.sheet()), app.sheet.order().len()),
        Pane::Detail => (app.detail.cursor, inside, app.detail.rows().len()),
    };
    let Some(index) = at.index(area, cursor.offset, len) else { return Vec::new() };
    let selectable = match pane {
        Pane::Tree | Pane::Sheet | Pane::Lanes => true,
        Pane::Timeline => app.timeline.lines().get(index).is_some_and(Item::is_selectable),
        Pane::Detail => app.detail.is_selectable(index),
    };
    if !selectable {
        return Vec::new();
    }
    if was_focused && index == cursor.selected {
        return open(app);
    }
    match pane {
        Pane::Tree => {
            app.tree.cursor.select(index);
            tree_moved(app);
        }
        Pane::Timeline => {
            app.timeline.cursor.select(index);
            show_timeline_selection(app);
        }
        Pane::Lanes => {
            app.lanes.select(index);
            show_lane_selection(app);
        }
        Pane::Sheet => {
            app.sheet.cursor.select(index);
            show_sheet_selection(app);
        }
        Pane::Detail => app.detail.cursor.select(index),
    }
    Vec::new()
}

/// Selects what stands in the column; on the column of the selection, zooms in on it.
fn click_axis(app: &mut App, column: u16, width: u16) {
    let axis = app.axis(width);
    let Some((first, last)) = axis.days_at(column) else { return };
    if app.selected_day().is_some_and(|day| (first..=last).contains(&day)) {
        zoom(app, 1);
        return;
    }
    if app.view.panes().contains(&Pane::Timeline) {
        focus(app, Pane::Timeline);
    }
    go_to(app, Moment::day(first));
}

/// Drags the strip: the shown time follows the mouse.
pub(crate) fn drag(app: &mut App, column: u16, _row: u16) {
    let (Some(from), Some(areas)) = (app.dragged, app.areas()) else { return };
    let axis = app.axis(areas.strip.width);
    let at = |column: u16| axis.days_at(column.saturating_sub(areas.strip.x)).map(|(first, _)| first);
    let (Some(before), Some(now)) = (at(from), at(column)) else { return };
    if app.timeline.zoom.window().is_none() || before == now {
        return;
    }
    app.timeline.zoom = app.timeline.zoom.moved(before - now);
    app.dragged = Some(column);
    window_changed(app);
}
