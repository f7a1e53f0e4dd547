//! From a message to the handler that answers it, and on to `sync`.
//!
//! Invariant: every message is answered, whatever the state; one that makes no sense in a state changes nothing.

use std::collections::VecDeque;

use super::handlers::answers::{Taken, found};
use super::handlers::mouse::{Meant, click, drag, wheel};
use super::handlers::views::{show_view, visit, visit_in_chronicle};
use super::handlers::{evidence, loading, panes, time, typing, views};
use super::message::{Effect, Msg};
use super::request::answer;
use super::state::App;
use super::state::finder::Finder;
use super::state::help::Help;
use super::state::overlay::Overlay;
use super::state::question::Asking;
use super::state::timeline::Lens;
use super::state::tree::Node;
use super::sync::{Changed, sync};
use crate::keymap::action::{Action, Edit, Motion, Pane, View};
use crate::search::Stop;

/// The outcome of a message.
enum Outcome {
    /// The state changed.
    Changed(Changed),
    /// The caller has something to do, and nothing changed that another pane depends on.
    Effect(Effect),
}

impl From<Changed> for Outcome {
    fn from(changed: Changed) -> Self {
        Self::Changed(changed)
    }
}

/// The outcome of a message that changed nothing on which another pane depends.
const NOTHING: Outcome = Outcome::Changed(Changed::Nothing);

/// Answers a message, and returns what the caller has to do.
pub fn update(app: &mut App, msg: Msg<'_>) -> Vec<Effect> {
    if msg.is_from_the_user() {
        app.notice = None;
    }
    let outcome: Outcome = match msg {
        Msg::Act(action) => act(app, action),
        Msg::Click(column, row) => {
            let meant = click(app, column, row);
            mean(app, meant)
        }
        Msg::Drag(column, _) => drag(app, column).into(),
        Msg::Wheel(column, row, notches) => {
            let meant = wheel(app, column, row, notches);
            mean(app, meant)
        }
        Msg::Paste(text) => typing::paste(app, text).into(),
        Msg::Show(entity) => views::show(entity).into(),
        Msg::Resize(size) => {
            app.size = size;
            NOTHING
        }
        Msg::AsOf(moment) => time::set_as_of(app, moment).into(),
        Msg::Found(answer) => match found(app, answer) {
            Taken::Changed(changed) => changed.into(),
            Taken::Open => open(app),
        },
        Msg::Progress(progress) => loading::progressed(app, progress).into(),
        Msg::Arrived(world, completeness) => loading::arrived(app, world, completeness).into(),
        Msg::Tell(sentence) => {
            app.notice = Some(sentence);
            NOTHING
        }
        // Lines are the picker's.
        Msg::Grown(_) => NOTHING,
    };
    let (changed, effect) = match outcome {
        Outcome::Changed(changed) => (changed, None),
        Outcome::Effect(effect) => (Changed::Nothing, Some(effect)),
    };
    sync(app, changed);
    effect.into_iter().chain(app.searches.effects()).collect()
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

/// [`at_once`] for the explorer.
pub fn update_at_once(app: &mut App, msg: Msg<'_>) -> Vec<Effect> {
    at_once(app, update, msg)
}

/// Does what a gesture of the mouse means.
fn mean(app: &mut App, meant: Meant) -> Outcome {
    match meant {
        Meant::Changed(changed) => changed.into(),
        Meant::Act(action) => act(app, action),
        Meant::Focus(pane) => panes::focus(app, pane).into(),
    }
}

fn act(app: &mut App, action: Action) -> Outcome {
    if app.areas().is_none() {
        return act_unseen(action);
    }
    if is_of_the_axis(action) && !matches!(app.view, View::Chronicle | View::Tenures) {
        app.notice = Some("A table has no axis; 1 shows the chronicle, 2 the lanes.".to_owned());
        return NOTHING;
    }
    match action {
        Action::Interrupt => Outcome::Effect(Effect::Quit),
        Action::Suspend => Outcome::Effect(Effect::Suspend),
        Action::Quit => quit(app),
        Action::Escape => escape(app).into(),
        Action::Move(motion) => panes::move_by(app, motion).into(),
        Action::Open => open(app),
        Action::Type(c) => typing::insert(app, c).into(),
        // Deleting from an empty text closes it.
        Action::Edit(Edit::Backspace) if app.prompt().is_some_and(|prompt| prompt.is_empty()) => escape(app).into(),
        Action::Edit(edit) => typing::edit(app, edit).into(),
        Action::NextKind => panes::next_kind(app).into(),
        Action::FocusNext => panes::focus(app, app.focus.next(app.view)).into(),
        Action::FocusPrevious => panes::focus(app, app.focus.previous(app.view)).into(),
        Action::Show(view) => show_view(app, view).into(),
        Action::Sort => panes::sort(app).into(),
        Action::Evidence => evidence::open(app).into(),
        Action::Copy => evidence::copy(app).map_or(NOTHING, Outcome::Effect),
        Action::NextPlace => evidence::walk(app, 1).into(),
        Action::PreviousPlace => evidence::walk(app, -1).into(),
        Action::NextUnclaimed => evidence::walk_to_unclaimed(app, 1).into(),
        Action::PreviousUnclaimed => evidence::walk_to_unclaimed(app, -1).into(),
        Action::NextOfClaim => evidence::next_of_claim(app).into(),
        Action::Up => up(app).into(),
        Action::Back => views::back(app).into(),
        Action::Forward => views::forward(app).into(),
        // Marks are the picker's.
        Action::MarkDown | Action::MarkUp => NOTHING,
        Action::Find => {
            let finder = Finder::new(&app.world, &mut app.searches);
            lay_over(app, Overlay::Finder(Box::new(finder)))
        }
        Action::Help => lay_over(app, Overlay::Help(Help::default())),
        Action::Ask(question) => lay_over(app, Overlay::Asking(Asking::new(question))),
        Action::Filter => {
            app.filtering = true;
            NOTHING
        }
        Action::NextMatch => panes::move_by(app, Motion::Down).into(),
        Action::PreviousMatch => panes::move_by(app, Motion::Up).into(),
        Action::ZoomIn => time::zoom(app, 1).into(),
        Action::ZoomOut => time::zoom(app, -1).into(),
        Action::ZoomAll => time::zoom_out(app).into(),
        Action::PanEarlier => time::pan(app, -1).into(),
        Action::PanLater => time::pan(app, 1).into(),
        Action::Centre => time::centre(app).into(),
        Action::Scale => {
            app.scale = app.scale.next();
            NOTHING
        }
        Action::NextEra => time::step_era(app, 1).into(),
        Action::PreviousEra => time::step_era(app, -1).into(),
        Action::NextInLane => time::step_in_lane(app, 1).into(),
        Action::PreviousInLane => time::step_in_lane(app, -1).into(),
        Action::AsOfEarlier => time::step_as_of(app, -1).into(),
        Action::AsOfLater => time::step_as_of(app, 1).into(),
        Action::AsOfPreviousRow => time::step_as_of_row(app, -1).into(),
        Action::AsOfNextRow => time::step_as_of_row(app, 1).into(),
        Action::Lens => time::set_lens(app, app.timeline.lens.next()).into(),
        Action::NextYear => time::step_year(app, 1).into(),
        Action::PreviousYear => time::step_year(app, -1).into(),
        Action::Undated => views::undated(app).into(),
        Action::Maximise => {
            app.maximised = !app.maximised;
            NOTHING
        }
    }
}

fn lay_over(app: &mut App, overlay: Overlay) -> Outcome {
    app.overlay = overlay;
    NOTHING
}

/// Returns true for actions along the axis, which only the chronicle and the tenures have.
fn is_of_the_axis(action: Action) -> bool {
    matches!(
        action,
        Action::ZoomIn
            | Action::ZoomOut
            | Action::ZoomAll
            | Action::PanEarlier
            | Action::PanLater
            | Action::Scale
            | Action::Centre
            | Action::NextYear
            | Action::PreviousYear
            | Action::NextEra
            | Action::PreviousEra
            | Action::NextInLane
            | Action::PreviousInLane
            | Action::Lens
    )
}

/// On a screen too small to be drawn nothing happens that cannot be seen.
fn act_unseen(action: Action) -> Outcome {
    match action {
        Action::Quit | Action::Interrupt => Outcome::Effect(Effect::Quit),
        Action::Suspend => Outcome::Effect(Effect::Suspend),
        _ => NOTHING,
    }
}

fn quit(app: &mut App) -> Outcome {
    if app.overlay.is_none() {
        return Outcome::Effect(Effect::Quit);
    }
    lay_over(app, Overlay::None)
}

/// Undoes one layer, from the top: overlay, filter, lens, as-of, zoom, maximised pane, focus, view. Never quits.
fn escape(app: &mut App) -> Changed {
    if !app.overlay.is_none() {
        app.overlay = Overlay::None;
        Changed::Nothing
    } else if app.filtering || !app.filter().is_empty() {
        typing::drop_filter(app)
    } else if app.timeline.lens != Lens::All {
        time::set_lens(app, Lens::All)
    } else if app.as_of.is_some() {
        time::set_as_of(app, None)
    } else if app.timeline.zoom.window().is_some() {
        time::zoom_out(app)
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
fn open(app: &mut App) -> Outcome {
    let entity = match &mut app.overlay {
        Overlay::None => return open_row(app).into(),
        Overlay::Asking(_) => return time::answer_question(app).into(),
        Overlay::Help(help) => {
            let action = help.selected();
            app.overlay = Overlay::None;
            return action.map_or(NOTHING, |action| act(app, action));
        }
        Overlay::Finder(finder) => {
            let is_ready = finder.is_ready_to_open();
            finder.selected().filter(|_| is_ready)
        }
        Overlay::Evidence(evidence) => evidence.selected().map(|claim| app.world.dossier().claim(claim).subject),
    };
    let Some(entity) = entity else { return NOTHING };
    app.overlay = Overlay::None;
    visit_in_chronicle(app, entity).into()
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
        Pane::Tree | Pane::Sheet | Pane::Lanes => panes::focus(app, Pane::Detail),
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
        Pane::Sheet | Pane::Lanes => show_view(app, View::Chronicle),
        Pane::Detail => views::back(app),
    }
}
