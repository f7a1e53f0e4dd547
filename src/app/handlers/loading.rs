//! A dossier that arrives while the explorer is open: first its names, then all of it.
//!
//! Invariant: what the reader typed, chose and opened stays as it was, as far as what
//! arrived has it; nothing is taken away that was there before.

use super::time::set_as_of;
use super::views::{renew_sheet, show_lanes, show_timeline_selection, tree_moved};
use crate::app::state::zoom::Zoom;
use crate::app::{App, LanePane, Overlay};
use crate::keymap::action::View;
use crate::model::EntityId;
use crate::timeline::World;

/// How far the reading has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Rows read so far.
    pub read: u64,
    /// Rows in all; 0 while that is not known.
    pub total: u64,
    /// Whether the names are there.
    pub has_names: bool,
}

/// How much of a dossier has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Entities with their names, and nothing that is said of them.
    Names,
    /// All of it.
    Whole,
}

/// Notes how far the reading has got.
pub(crate) fn progressed(app: &mut App, progress: Progress) {
    if let Some(known) = &mut app.progress {
        *known = Progress { has_names: known.has_names, ..progress };
    }
}

/// The same entity in a later world: numbers may change where rows arrive out of order, ids do not.
pub(crate) fn again(before: &World, after: &World, entity: EntityId) -> Option<EntityId> {
    after.dossier().find(before.dossier().id(entity))
}

/// Takes a world in the place of the one before.
pub(crate) fn arrived(app: &mut App, world: World, completeness: Completeness) {
    let before = std::mem::replace(&mut app.world, world);
    let again = |entity| again(&before, &app.world, entity);
    let shown = app.current().and_then(again);
    app.left_at = app.left_at.and_then(again);
    app.history.map(again);
    app.tree.map(again);
    match completeness {
        Completeness::Whole => {
            app.progress = None;
            // It may have said that something is not there yet.
            app.notice = None;
        }
        Completeness::Names => {
            if let Some(progress) = &mut app.progress {
                progress.has_names = true;
            }
        }
    }
    let span = app.world.chronology().span();
    if app.timeline.zoom.window().is_none() || app.timeline.zoom.span() != span {
        app.timeline.zoom = Zoom::all(span);
    }
    let filter = std::mem::take(&mut app.lanes.filter);
    app.lanes = LanePane::default();
    app.lanes.filter = filter;
    app.timeline.forget();
    app.tree.refresh(&app.world, &mut app.searches);
    app.timeline.set_scope(&app.world, app.tree.selected(), app.as_of, &mut app.searches);
    app.detail.reload(&app.world, shown, app.as_of);
    match shown {
        Some(entity) => {
            app.timeline.select_entity(&app.world, entity);
        }
        // As the explorer opens.
        None if app.as_of.is_some() => set_as_of(app, app.as_of),
        None if app.view == View::Chronicle => tree_moved(app),
        None => {}
    }
    match app.view {
        View::Chronicle => {
            if shown.is_none() {
                show_timeline_selection(app);
            }
        }
        View::Tenures => show_lanes(app),
        View::Table(_) => renew_sheet(app, shown),
    }
    if let Overlay::Finder(finder) = &mut app.overlay {
        finder.turn_to(&before, &app.world, &mut app.searches);
    }
}
