//! Handles what arrives from other threads: answers to searches, and a dossier, first its names, then all of it.
//!
//! Invariant: a pane takes an answer only to its latest request; what the user typed, chose and opened stays, as far
//! as a new dossier has it.

use crate::app::message::{Completeness, Progress};
use crate::app::request::{Answer, Asker, Found};
use crate::app::state::overlay::Overlay;
use crate::app::state::tree::Node;
use crate::app::state::zoom::Zoom;
use crate::app::state::{App, same_entity};
use crate::app::sync::{Changed, Outcome, follow_row};
use crate::keymap::action::{Pane, View};
use crate::timeline::World;

/// Hands an answer to the pane that asked.
pub(crate) fn found(app: &mut App, answer: Answer) -> Outcome {
    let Answer { asker, generation, found, reasons, more } = answer;
    let changed = match (asker, found) {
        (Asker::Finder, Found::Entities(results)) => {
            let Overlay::Finder(finder) = &mut app.overlay else { return Outcome::Changed(Changed::Nothing) };
            if finder.found(generation, results, reasons, more) {
                return Outcome::Open;
            }
            Changed::Nothing
        }
        (Asker::Tree, Found::Entities(results)) => {
            let is_taken = app.tree.found(&app.world, generation, &results, reasons, more);
            selection_if(is_taken, Pane::Tree)
        }
        (Asker::Timeline, Found::Rows(passed)) => {
            let is_taken = app.timeline.found(&app.world, app.as_of, generation, passed, reasons);
            let is_followed = app.focus == Pane::Timeline || app.focus == Pane::Tree && app.scope() == Node::All;
            if is_taken && !is_followed && app.leader == Some(Pane::Timeline) {
                // The user moved on to the detail in the meantime, so the detail is left as it is.
                app.leader = None;
            }
            selection_if(is_taken && is_followed, Pane::Timeline)
        }
        (Asker::Lanes, Found::Lanes(collected)) => {
            let is_taken = app.lanes.found(generation, collected);
            if is_taken && app.view != View::Tenures {
                follow_row(app);
            }
            selection_if(is_taken && app.view == View::Tenures, Pane::Lanes)
        }
        (Asker::Table, Found::Table(data)) => selection_if(app.table.found(generation, data), Pane::Table),
        // No pane sends a request for any other pair.
        (_, Found::Entities(_) | Found::Rows(_) | Found::Lines(_) | Found::Lanes(_) | Found::Table(_)) => {
            Changed::Nothing
        }
    };
    Outcome::Changed(changed)
}

fn selection_if(is_changed: bool, pane: Pane) -> Changed {
    if is_changed { Changed::selection(pane) } else { Changed::Nothing }
}

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
    app.table.map(again);
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
    if app.timeline.zoom.window().is_none() || app.timeline.zoom.span != span {
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
