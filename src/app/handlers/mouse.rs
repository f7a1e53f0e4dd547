//! The mouse: a click selects a row, a click on the selected row opens it.
//!
//! Invariant: the mouse can do nothing that a key cannot.

use ratatui::layout::Rect;

use crate::app::state::App;
use crate::app::state::layout::{Areas, tab_at, view_tab_at};
use crate::app::state::overlay::Overlay;
use crate::app::sync::{Changed, Outcome};
use crate::keymap::action::{Action, Pane};
use crate::model::Moment;

/// Rows that one notch of the wheel moves in a pane.
const WHEEL_ROWS: isize = 3;

/// A gesture without a meaning.
const NOTHING: Outcome = Outcome::Changed(Changed::Nothing);

/// Turns the wheel over a cell by `notches`, positive downwards.
pub(crate) fn wheel(app: &mut App, column: u16, row: u16, notches: isize) -> Outcome {
    if !app.overlay.is_none() {
        if let Some((cursor, len)) = app.overlay.list() {
            cursor.step(notches, len, |_| true);
        }
        return NOTHING;
    }
    let Some(areas) = app.areas() else { return NOTHING };
    if (Point { column, row }).is_in(areas.strip) {
        // Turned away from the user, things come nearer.
        return match notches.signum() {
            0 => NOTHING,
            1 => Outcome::Act(Action::Zoom(-1)),
            _ => Outcome::Act(Action::Zoom(1)),
        };
    }
    let Some(pane) = areas.pane_at(column, row) else { return NOTHING };
    app.step(pane, notches.saturating_mul(WHEEL_ROWS));
    Outcome::Changed(Changed::selection(pane))
}

/// Clicks the cell at `column` and `row`.
pub(crate) fn click(app: &mut App, column: u16, row: u16) -> Outcome {
    let Some(areas) = app.areas() else { return NOTHING };
    let at = Point { column, row };
    app.dragged = None;
    if !app.overlay.is_none() {
        return click_overlay(app, &areas, at);
    }
    if at.is_in(areas.strip) {
        app.dragged = Some(column);
        return click_axis(app, column - areas.strip.x, areas.strip.width);
    }
    if row == areas.header.y {
        return click_header(app, &areas, column);
    }
    areas.pane_at(column, row).map_or(NOTHING, |pane| click_pane(app, &areas, pane, at))
}

/// Handles a click on the tabs: those of panes if one pane is shown at a time, else those of views.
fn click_header(app: &App, areas: &Areas, column: u16) -> Outcome {
    let outcome = if app.shows_pane_tabs(areas) {
        tab_at(app.view, column).map(Outcome::Focus)
    } else {
        view_tab_at(|view| app.tab(view), column).map(|view| Outcome::Act(Action::Show(view)))
    };
    outcome.unwrap_or(NOTHING)
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

    /// Returns the row of a list that starts at `offset`, if the point lies on one of its `len` rows.
    fn index(self, area: Rect, offset: usize, len: usize) -> Option<usize> {
        let index = self.is_in(area).then(|| usize::from(self.row - area.y) + offset)?;
        (index < len).then_some(index)
    }
}

fn click_overlay(app: &mut App, areas: &Areas, at: Point) -> Outcome {
    let area = app.overlay.list_area(areas.overlay);
    let Some((cursor, len)) = app.overlay.list() else {
        // A question has no rows: any click closes it.
        app.overlay = Overlay::None;
        return NOTHING;
    };
    match at.index(area, cursor.offset, len) {
        Some(index) if index == cursor.selected => return Outcome::Act(Action::Open),
        Some(index) => cursor.selected = index,
        // A click beside an overlay closes it.
        None if !at.is_in(areas.overlay) => app.overlay = Overlay::None,
        None => {}
    }
    NOTHING
}

fn click_pane(app: &mut App, areas: &Areas, pane: Pane, at: Point) -> Outcome {
    let was_focused = app.focus == pane;
    // The lanes below the chronicle are seen there, but never have the keys.
    let takes_keys = app.view.panes().contains(&pane);
    let cursor = *app.cursor(pane);
    let index = at.index(app.list_area(areas, pane), cursor.offset, app.len(pane));
    let Some(index) = index.filter(|&index| app.is_selectable(pane, index)) else {
        return if takes_keys { Outcome::Focus(pane) } else { NOTHING };
    };
    if takes_keys {
        app.focus_on(pane);
    }
    if was_focused && index == cursor.selected {
        return Outcome::Act(Action::Open);
    }
    app.select(pane, index);
    Outcome::Changed(Changed::selection(pane))
}

/// Selects the row nearest to the column; on the column of the selection, zooms in on it.
fn click_axis(app: &mut App, column: u16, width: u16) -> Outcome {
    let axis = app.axis(width);
    let Some((first, last)) = axis.days_at(column) else { return NOTHING };
    if app.selected_day().is_some_and(|day| (first..=last).contains(&day)) {
        return Outcome::Act(Action::Zoom(1));
    }
    if app.view.panes().contains(&Pane::Timeline) {
        app.focus_on(Pane::Timeline);
    }
    let is_found = app.timeline.go_to(Moment::day(first), app.as_of);
    Outcome::Changed(if is_found { Changed::selection(Pane::Timeline) } else { Changed::Nothing })
}

/// Drags the strip: the shown time follows the mouse.
pub(crate) fn drag(app: &mut App, column: u16) -> Changed {
    let (Some(from), Some(areas)) = (app.dragged, app.areas()) else { return Changed::Nothing };
    let axis = app.axis(areas.strip.width);
    let at = |column: u16| axis.days_at(column.saturating_sub(areas.strip.x)).map(|(first, _)| first);
    let (Some(before), Some(now)) = (at(from), at(column)) else { return Changed::Nothing };
    if app.timeline.zoom.window().is_none() || before == now {
        return Changed::Nothing;
    }
    app.timeline.zoom = app.timeline.zoom.moved(before - now);
    app.dragged = Some(column);
    Changed::Window
}
