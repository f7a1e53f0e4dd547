//! A dossier that arrives while the explorer is open: first its names, then all of it.
//!
//! Invariant: what the user typed, chose and opened stays, as far as the new dossier has it.

use crate::app::message::{Completeness, Progress};
use crate::app::state::overlay::Overlay;
use crate::app::state::zoom::Zoom;
use crate::app::state::{App, same_entity};
use crate::app::sync::Changed;
use crate::timeline::World;

/// Notes how much of the dossier is read.
pub(crate) fn progressed(app: &mut App, progress: Progress) -> Changed {
    if let Some(known) = &mut app.progress {
        *known = Progress { has_names: known.has_names, ..progress };
    }
    Changed::Nothing
}

/// Replaces the world, and translates the entities that every pane remembers.
pub(crate) fn arrived(app: &mut App, world: World, completeness: Completeness) -> Changed {
    let before = std::mem::replace(&mut app.world, world);
    let again = |entity| same_entity(&before, &app.world, entity);
    let shown = app.current().and_then(again);
    app.left_at = app.left_at.and_then(again);
    app.history.map(again);
    app.tree.map(again);
    app.sheet.map(again);
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
    app.lanes.forget();
    app.timeline.forget();
    app.tree.refresh(&app.world, &mut app.searches);
    app.detail.reload(&app.world, shown, app.as_of);
    if let Overlay::Finder(finder) = &mut app.overlay {
        finder.turn_to(&before, &app.world, &mut app.searches);
    }
    Changed::World
}
