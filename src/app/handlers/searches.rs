//! Searches that the state has asked for, and what becomes of their answers.
//!
//! The state never searches: it asks by [`Effect::Search`] and shows
//! what it had until [`Msg::Found`] brings the answer.
//! Invariant: an answer is taken only by the question to which it belongs; who has asked
//! anew meanwhile passes over it.

use std::collections::VecDeque;

use super::views::{follow_row, show_lane_selection, show_sheet_selection, show_timeline_selection, tree_moved};
use crate::app::request::{Among, Answer, Asker, Found, Request, answer};
use crate::app::state::tree::Node;
use crate::app::update::open;
use crate::app::{App, Effect, Msg, Overlay};
use crate::keymap::action::{Pane, View};
use crate::query::Query;
use crate::search::Stop;

/// The questions so far.
#[derive(Debug, Clone, Default)]
pub struct Searches {
    generation: u64,
    asked: Vec<Request>,
}

impl Searches {
    /// Asks, and gives the number by which the answer will be known.
    pub fn ask(&mut self, asker: Asker, query: Query, among: Among) -> u64 {
        self.generation += 1;
        // Of what was asked in one breath only the last is still wanted.
        self.asked.retain(|request| request.asker != asker);
        self.asked.push(Request { asker, generation: self.generation, query, among });
        self.generation
    }

    /// What was asked since this was called last, as effects.
    pub fn effects(&mut self) -> impl Iterator<Item = Effect> {
        std::mem::take(&mut self.asked).into_iter().map(Box::new).map(Effect::Search)
    }
}

/// Answers a message by `update`, performing every search that it asks for on the spot; what
/// else has to happen comes back. For whoever needs the last word and has the time.
pub fn at_once<S>(state: &mut S, update: fn(&mut S, Msg<'_>) -> Vec<Effect>, msg: Msg<'_>) -> Vec<Effect> {
    let mut waiting = VecDeque::from(update(state, msg));
    let mut others = Vec::new();
    while let Some(effect) = waiting.pop_front() {
        match effect {
            Effect::Search(request) => {
                let mut post = |answer| waiting.extend(update(state, Msg::Found(answer)));
                answer(&request, &Stop::never(), &mut post);
            }
            Effect::Quit | Effect::Suspend | Effect::Copy(_) | Effect::Choose => others.push(effect),
        }
    }
    others
}

/// Takes an answer to where it was asked for.
pub(crate) fn found(app: &mut App, answer: Answer) -> Vec<Effect> {
    let Answer { asker, generation, found, reasons, more } = answer;
    match (asker, found) {
        (Asker::Finder, Found::Entities(results)) => {
            if let Overlay::Finder(finder) = &mut app.overlay
                && finder.found(generation, results, reasons, more)
            {
                return open(app);
            }
        }
        (Asker::Tree, Found::Entities(results)) => {
            if app.tree.found(&app.world, generation, &results, reasons, more) {
                tree_moved(app);
            }
        }
        (Asker::Timeline, Found::Rows(passed)) => {
            if app.timeline.found(&app.world, app.as_of, generation, passed, reasons) && follows_timeline(app) {
                show_timeline_selection(app);
            }
        }
        (Asker::Lanes, Found::Lanes(collected)) => {
            if app.lanes.found(generation, collected) {
                match app.view {
                    View::Tenures => show_lane_selection(app),
                    _ => follow_row(app),
                }
            }
        }
        (Asker::Sheet, Found::Sheet(sheet)) => {
            if app.sheet.found(generation, sheet) {
                show_sheet_selection(app);
            }
        }
        // Nobody here asks for such a thing.
        (_, Found::Entities(_) | Found::Rows(_) | Found::Lines(_) | Found::Lanes(_) | Found::Sheet(_)) => {}
    }
    Vec::new()
}

/// Whether the detail shows what is selected in the timeline.
fn follows_timeline(app: &App) -> bool {
    app.focus == Pane::Timeline || app.focus == Pane::Tree && app.scope() == Node::All
}
