//! The answers to searches.
//!
//! Invariant: a pane takes an answer only to its latest request; older ones change nothing.

use crate::app::request::{Answer, Asker, Found};
use crate::app::state::App;
use crate::app::state::overlay::Overlay;
use crate::app::state::tree::Node;
use crate::app::sync::{Changed, follow_row};
use crate::keymap::action::{Pane, View};

/// The outcome of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The panes follow this change.
    Changed(Changed),
    /// The selected hit of the finder is to be opened now: Enter was pressed before it was known.
    Open,
}

/// Hands an answer to the pane that asked.
pub(crate) fn found(app: &mut App, answer: Answer) -> Taken {
    let Answer { asker, generation, found, reasons, more } = answer;
    let changed = match (asker, found) {
        (Asker::Finder, Found::Entities(results)) => {
            let Overlay::Finder(finder) = &mut app.overlay else { return Taken::Changed(Changed::Nothing) };
            if finder.found(generation, results, reasons, more) {
                return Taken::Open;
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
                // The user went on to the detail meanwhile: what is read there stays.
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
        (Asker::Sheet, Found::Sheet(sheet)) => selection_if(app.sheet.found(generation, sheet), Pane::Sheet),
        // No pane asks for any other pair.
        (_, Found::Entities(_) | Found::Rows(_) | Found::Lines(_) | Found::Lanes(_) | Found::Sheet(_)) => {
            Changed::Nothing
        }
    };
    Taken::Changed(changed)
}

fn selection_if(is_changed: bool, pane: Pane) -> Changed {
    if is_changed { Changed::selection(pane) } else { Changed::Nothing }
}
