//! Moving within the panes and between them.
//!
//! Invariant: a movement ends on a row that can be selected, if the list has one.

use crate::app::state::App;
use crate::app::state::layout::rows_of;
use crate::app::state::overlay::Overlay;
use crate::app::sync::Changed;
use crate::keymap::action::{Motion, Pane, View};
use crate::query::Query;

/// Gives the keys to a pane. Its selection is shown only once it moves, or if the detail is empty.
pub(crate) fn focus(app: &mut App, pane: Pane) -> Changed {
    app.focus_on(pane);
    match pane {
        Pane::Timeline if app.detail.card().is_none() => Changed::selection(pane),
        Pane::Tree | Pane::Timeline | Pane::Sheet | Pane::Lanes | Pane::Detail => Changed::Nothing,
    }
}

/// Moves in the overlay, or where there is none, in the focused pane. A page is as high as the list.
pub(crate) fn move_by(app: &mut App, motion: Motion) -> Changed {
    let Some(areas) = app.areas() else { return Changed::Nothing };
    if app.overlay.is_none() {
        let pane = app.focus;
        let height = rows_of(app.list_area(&areas, pane));
        app.step(pane, motion.rows(height));
        return Changed::selection(pane);
    }
    let height = rows_of(app.overlay.list_area(areas.overlay));
    if let Some((cursor, len)) = app.overlay.list() {
        cursor.step(motion.rows(height), len, |_| true);
    }
    Changed::Nothing
}

/// Ends the typing of a filter, unless it is a query that cannot be read: the footer says what is wrong with it.
pub(crate) fn keep_filter(app: &mut App) {
    let is_query = matches!(app.focus, Pane::Tree | Pane::Timeline);
    app.filtering = is_query && Query::parse(app.filter().text()).is_err();
}

/// Narrows the finder to the next kind.
pub(crate) fn next_kind(app: &mut App) -> Changed {
    if let Overlay::Finder(finder) = &mut app.overlay {
        finder.next_kind(&app.world, &mut app.searches);
    }
    Changed::Nothing
}

/// Sorts the table by its next column.
pub(crate) fn sort(app: &mut App) -> Changed {
    if matches!(app.view, View::Chronicle | View::Tenures) {
        app.notice = Some("A timeline stays in the order of time.".to_owned());
        return Changed::Nothing;
    }
    app.sheet.next_sort();
    app.notice = Some(match app.sheet.sort {
        Some(sort) => format!("Sorted by {}.", app.sheet.sheet().columns[sort.column].name),
        None => "In the order that reads best.".to_owned(),
    });
    Changed::selection(Pane::Sheet)
}
