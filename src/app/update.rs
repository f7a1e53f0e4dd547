//! Passes each message to its handler, and the change that the handler returns to `sync`.
//!
//! Invariant: every message is answered, whatever the state; one that makes no sense in a state changes nothing.

use std::collections::VecDeque;

use super::handlers::arrivals::found;
use super::handlers::mouse::{click, drag, wheel};
use super::handlers::views::{show_view, visit, visit_in_chronicle};
use super::handlers::{arrivals, evidence, panes, time, views};
use super::message::{Effect, Msg};
use super::request::answer;
use super::state::App;
use super::state::finder::Finder;
use super::state::help::Help;
use super::state::overlay::Overlay;
use super::state::question::Asking;
use super::state::timeline::Lens;
use super::state::tree::Node;
use super::sync::{Changed, Outcome, Shown, notify, sync};
use crate::keymap::action::{Action, Edit, Pane, View};
use crate::search::Stop;

/// Answers a message, and returns what the caller has to do.
pub fn update(app: &mut App, msg: Msg<'_>) -> Vec<Effect> {
    if msg.is_from_the_user() {
        app.notice = None;
    }
    let changed = match msg {
        Msg::Act(action) => act(app, action),
        Msg::Click(column, row) => {
            let outcome = click(app, column, row);
            follow(app, outcome)
        }
        Msg::Drag(column, _) => drag(app, column),
        Msg::Wheel(column, row, notches) => {
            let outcome = wheel(app, column, row, notches);
            follow(app, outcome)
        }
        Msg::Paste(text) => panes::paste(app, text),
        Msg::Show(entity) => views::show(entity),
        Msg::Resize(size) => {
            app.size = size;
            Changed::Nothing
        }
        Msg::AsOf(moment) => time::set_as_of(app, moment),
        Msg::Found(answer) => {
            let outcome = found(app, answer);
            follow(app, outcome)
        }
        Msg::Progress(progress) => arrivals::progressed(app, progress),
        Msg::Arrived(world, completeness) => arrivals::arrived(app, world, completeness),
        Msg::Tell(sentence) => notify(app, sentence),
        // Lines are the picker's.
        Msg::Grown(_) => Changed::Nothing,
    };
    sync(app, changed);
    app.effects.drain(..).chain(app.searches.take().map(Effect::Search)).collect()
}

/// Answers a message by `update`, and performs every search that it asks for before it returns: for commands and
/// tests, which need the last answer. Returns the other effects.
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

/// Calls [`at_once`] for the explorer.
pub fn update_at_once(app: &mut App, msg: Msg<'_>) -> Vec<Effect> {
    at_once(app, update, msg)
}

/// Does what a gesture of the mouse or an answer means.
fn follow(app: &mut App, outcome: Outcome) -> Changed {
    match outcome {
        Outcome::Changed(changed) => changed,
        Outcome::Act(action) => act(app, action),
        Outcome::Focus(pane) => panes::focus(app, pane),
        Outcome::Open => open(app),
    }
}

/// Leaves the panes as they are and asks the caller for an effect.
fn effect(app: &mut App, effect: Effect) -> Changed {
    app.effects.push(effect);
    Changed::Nothing
}

fn act(app: &mut App, action: Action) -> Changed {
    if app.areas().is_none() {
        // On a screen too small to draw, only actions without a visible result are accepted.
        return match action {
            Action::Quit | Action::Interrupt => effect(app, Effect::Quit),
            Action::Suspend => effect(app, Effect::Suspend),
            _ => Changed::Nothing,
        };
    }
    if action.needs_an_axis() && !matches!(app.view, View::Chronicle | View::Tenures) {
        return notify(app, "A table has no axis; 1 shows the chronicle, 2 the lanes.");
    }
    match action {
        Action::Interrupt => effect(app, Effect::Quit),
        Action::Suspend => effect(app, Effect::Suspend),
        Action::Quit => quit(app),
        Action::Escape => escape(app),
        Action::Move(motion) => panes::move_by(app, motion),
        Action::Open => open(app),
        Action::Type(c) => panes::insert(app, c),
        // Deleting from an empty text closes it.
        Action::Edit(Edit::Backspace) if app.prompt().is_some_and(|prompt| prompt.is_empty()) => escape(app),
        Action::Edit(edit) => panes::edit(app, edit),
        Action::NextKind => panes::next_kind(app),
        Action::Focus(direction) => panes::focus(app, app.focus.beside(app.view, direction)),
        Action::Show(view) => show_view(app, view),
        Action::Sort => panes::sort(app),
        Action::Evidence => evidence::open(app),
        Action::Copy => evidence::copy(app),
        Action::Place(steps) => evidence::walk(app, steps),
        Action::Unclaimed(direction) => evidence::walk_to_unclaimed(app, direction),
        Action::NextOfClaim => evidence::next_of_claim(app),
        Action::Up => up(app),
        Action::Back => views::back(app),
        Action::Forward => views::forward(app),
        // Marks are the picker's.
        Action::Mark(_) => Changed::Nothing,
        Action::Find => {
            let finder = Finder::new(&app.world, &mut app.searches);
            lay_over(app, Overlay::Finder(Box::new(finder)))
        }
        Action::Help => lay_over(app, Overlay::Help(Help::default())),
        Action::Ask(question) => lay_over(app, Overlay::Asking(Asking::new(question))),
        Action::Filter => {
            app.filtering = true;
            Changed::Nothing
        }
        Action::Zoom(steps) => time::zoom(app, steps),
        Action::ZoomAll => time::show_all(app),
        Action::Pan(direction) => time::pan(app, direction),
        Action::Centre => time::centre(app),
        Action::Scale => {
            app.scale = app.scale.next();
            Changed::Nothing
        }
        Action::Era(direction) => time::step_era(app, direction),
        Action::InLane(direction) => time::step_in_lane(app, direction),
        Action::AsOf(steps) => time::step_as_of(app, steps),
        Action::AsOfRow(direction) => time::step_as_of_row(app, direction),
        Action::Lens => time::set_lens(app, app.timeline.lens.next()),
        Action::Year(direction) => time::step_year(app, direction),
        Action::Undated => views::undated(app),
        Action::Maximise => {
            app.maximised = !app.maximised;
            Changed::Nothing
        }
    }
}

fn lay_over(app: &mut App, overlay: Overlay) -> Changed {
    app.overlay = overlay;
    Changed::Nothing
}

fn quit(app: &mut App) -> Changed {
    if app.overlay.is_none() {
        return effect(app, Effect::Quit);
    }
    lay_over(app, Overlay::None)
}

/// Undoes one layer, from the top: overlay, filter, lens, as-of, zoom, maximised pane, focus, view. Never quits.
fn escape(app: &mut App) -> Changed {
    if !app.overlay.is_none() {
        app.overlay = Overlay::None;
        Changed::Nothing
    } else if app.filtering || !app.filter().is_empty() {
        panes::drop_filter(app)
    } else if app.timeline.lens != Lens::All {
        time::set_lens(app, Lens::All)
    } else if app.as_of.is_some() {
        time::set_as_of(app, None)
    } else if app.timeline.zoom.window().is_some() {
        time::show_all(app)
    } else if app.maximised {
        app.maximised = false;
        Changed::Nothing
    } else if app.focus != app.view.first_pane() {
        panes::focus(app, app.view.first_pane())
    } else if !app.view.has_tab() && app.came_from != app.view {
        show_view(app, app.came_from)
    } else {
        show_view(app, View::Chronicle)
    }
}

/// Opens what is selected in the overlay or the focused pane.
fn open(app: &mut App) -> Changed {
    let shown = match &mut app.overlay {
        Overlay::None => return open_row(app),
        Overlay::Asking(_) => return time::answer_question(app),
        Overlay::Help(help) => {
            let action = help.selected();
            app.overlay = Overlay::None;
            return action.map_or(Changed::Nothing, |action| act(app, action));
        }
        Overlay::Finder(finder) => {
            let is_ready = finder.is_ready_to_open();
            let found = finder.claim().map(Shown::Claim).or_else(|| finder.selected().map(Shown::Entity));
            found.filter(|_| is_ready)
        }
        Overlay::Evidence(evidence) => evidence.selected().map(Shown::Claim),
    };
    let Some(shown) = shown else { return Changed::Nothing };
    app.overlay = Overlay::None;
    visit_in_chronicle(app, shown)
}

/// Opens the selected row of the focused pane, or ends the typing of its filter.
fn open_row(app: &mut App) -> Changed {
    if app.filtering {
        panes::keep_filter(app);
        return Changed::Nothing;
    }
    match app.focus {
        Pane::Tree if app.tree.toggle(&app.world) => Changed::selection(Pane::Tree),
        Pane::Tree if app.scope() == Node::All => panes::focus(app, Pane::Timeline),
        Pane::Timeline => {
            app.focus_on(Pane::Detail);
            Changed::selection(Pane::Timeline)
        }
        Pane::Tree | Pane::Table | Pane::Lanes => panes::focus(app, Pane::Detail),
        Pane::Detail => match app.detail.selected().and_then(|line| line.target) {
            Some(target) if Some(target) != app.current() => visit(app, target),
            // A line that leads to no other entity leads to its evidence.
            Some(_) | None => evidence::open(app),
        },
    }
}

/// Goes one level up.
fn up(app: &mut App) -> Changed {
    match app.focus {
        Pane::Tree => {
            app.tree.up(&app.world);
            Changed::selection(Pane::Tree)
        }
        Pane::Timeline => panes::focus(app, Pane::Tree),
        Pane::Table | Pane::Lanes => show_view(app, View::Chronicle),
        Pane::Detail => views::back(app),
    }
}
