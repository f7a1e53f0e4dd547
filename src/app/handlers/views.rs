//! What is shown: the views, and in each the detail of what is selected.
//!
//! Invariant: timeline, lanes, table and detail speak of one selection, whichever of them
//! it was made in.

use super::time::row_of;
use crate::app::App;
use crate::app::state::table::SheetPane;
use crate::keymap::action::View;
use crate::model::EntityId;
use crate::present::tables::Needs;

/// Opens a view; a table that is about an entity shows the one in view.
pub(crate) fn show_view(app: &mut App, view: View) {
    if app.view == view && view.has_tab() {
        return;
    }
    let about = app.current();
    if app.view == View::Chronicle {
        app.left_at = about;
    }
    if app.view != view {
        app.came_from = app.view;
    }
    app.view = view;
    app.filtering = false;
    app.sheet = SheetPane::new(&app.world, view, about, app.as_of, app.compared, &mut app.searches);
    app.focus = view.first_pane();
    match view {
        View::Chronicle => match app.left_at {
            Some(entity) => show(app, entity),
            None => show_timeline_selection(app),
        },
        View::Tenures => show_lanes(app),
        View::Table(_) => show_sheet_selection(app),
    }
}

/// Brings everything to another as-of.
pub(crate) fn as_of_changed(app: &mut App) {
    app.timeline.rearrange(app.as_of);
    let entity = app.current();
    match app.view {
        View::Chronicle | View::Tenures => app.detail.show(&app.world, entity, app.as_of),
        View::Table(table) => match table.spec().needs {
            Needs::TwoDates => show_sheet_selection(app),
            Needs::Nothing | Needs::Entity | Needs::OneOf { .. } => renew_sheet(app, entity),
        },
    }
}

/// The lanes of what the tree has selected.
pub(crate) fn show_lanes(app: &mut App) {
    app.lanes.set_scope(&app.world, app.scope().entity(), &mut app.searches);
    show_lane_selection(app);
}

/// The table of the view anew, about an entity where it is about one, with what was selected.
pub(crate) fn renew_sheet(app: &mut App, about: Option<EntityId>) {
    let sheet = SheetPane::new(&app.world, app.view, about, app.as_of, app.compared, &mut app.searches);
    app.sheet = sheet.in_place_of(&app.sheet);
    show_sheet_selection(app);
}

/// The timeline and the detail follow the tree.
pub(crate) fn tree_moved(app: &mut App) {
    app.timeline.set_scope(&app.world, app.tree.selected(), app.as_of, &mut app.searches);
    match app.scope().entity() {
        Some(entity) => app.detail.show(&app.world, Some(entity), app.as_of),
        None => show_timeline_selection(app),
    }
}

pub(crate) fn show_timeline_selection(app: &mut App) {
    if let Some(entity) = app.timeline.selected_entity(&app.world) {
        app.detail.show(&app.world, Some(entity), app.as_of);
    }
    // A long card opens where it speaks of the row, and its lane shows where it stands.
    if let Some(row) = app.timeline.selected_row() {
        app.detail.select_claim(app.world.chronology().row(row).claim);
        follow_row(app);
    }
}

/// The detail follows the selected lane.
pub(crate) fn show_lane_selection(app: &mut App) {
    let Some((entity, claim)) = app.lanes.selected() else { return };
    // The axis shows where the lane is: at its part, or where it begins.
    let row = app.lanes.claims().into_iter().find_map(|claim| row_of(app, claim));
    if let Some(row) = row {
        app.timeline.select_row(row);
    }
    app.detail.show(&app.world, Some(entity), app.as_of);
    if let Some(claim) = claim {
        app.detail.select_claim(claim);
    }
}

pub(crate) fn show_sheet_selection(app: &mut App) {
    if app.sheet.is_searching() {
        // What was in view stays until there is something to select.
        return;
    }
    let card = app.sheet.card(&app.world, app.view, app.as_of);
    let open_at = card.as_ref().and_then(|card| card.open_at);
    app.detail.show_card(card.map(|card| card.card));
    if let Some(claim) = open_at {
        app.detail.select_claim(claim);
    }
}

/// The lanes show where the selected row stands in them.
pub(crate) fn follow_row(app: &mut App) {
    if let Some(row) = app.timeline.selected_row() {
        app.lanes.follow(app.world.chronology().row(row).claim);
    }
}

/// Goes to an entity, and remembers where from.
pub(crate) fn visit(app: &mut App, entity: EntityId) {
    if let Some(from) = app.current()
        && from != entity
    {
        app.history.leave(from);
    }
    show(app, entity);
}

pub(crate) fn show(app: &mut App, entity: EntityId) {
    app.detail.show(&app.world, Some(entity), app.as_of);
    if app.timeline.select_entity(&app.world, entity) {
        follow_row(app);
    }
}

/// Which way through the history.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Direction {
    Back,
    Forward,
}

pub(crate) fn travel(app: &mut App, direction: Direction) {
    let from = app.current();
    let (to, nothing) = match direction {
        Direction::Back => (app.history.back(from), "Nothing lies further back."),
        Direction::Forward => (app.history.forward(from), "Nothing lies further forward."),
    };
    match to {
        Some(entity) => show(app, entity),
        None => app.notice = Some(nothing.to_owned()),
    }
}
