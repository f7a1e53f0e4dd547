//! How messages change the state.
//!
//! Invariant: every message is answered, whatever the state; what makes no sense in a
//! state changes nothing.

use super::{App, Effect, Msg, Overlay, rows_of};
use crate::app::handlers::evidence::{copy, evidence, next_of_claim, walk, walk_to_unclaimed};
use crate::app::handlers::loading::{arrived, progressed};
use crate::app::handlers::mouse::{click, drag, wheel};
use crate::app::handlers::searches::{at_once, found};
use crate::app::handlers::time::{
    answer_question, centre, pan, rearranged, set_as_of, step_as_of, step_as_of_row, step_era, step_in_lane, step_year,
    zoom,
};
use crate::app::handlers::typing::{edit_prompt, filter_changed, next_kind, pane_filter, paste, prompt, typed};
use crate::app::handlers::views::{
    Direction, as_of_changed, follow_row, show, show_lane_selection, show_sheet_selection, show_timeline_selection,
    show_view, travel, tree_moved, visit,
};
use crate::app::state::finder::Finder;
use crate::app::state::help::Help;
use crate::app::state::layout::{evidence_parts, finder_parts, help_parts, lanes_body, sheet_rows};
use crate::app::state::question::Asking;
use crate::app::state::timeline::{Item, Lens};
use crate::app::state::tree::Node;
use crate::keymap::action::{Action, Motion, Pane, View};
use crate::query::Query;

/// Answers a message; what has to happen outside comes back as effects.
pub fn update(app: &mut App, msg: Msg<'_>) -> Vec<Effect> {
    if msg.is_of_the_reader() {
        app.notice = None;
    }
    let mut effects = match msg {
        Msg::Act(action) => act(app, action),
        Msg::Click(column, row) => click(app, column, row),
        Msg::Drag(column, row) => {
            drag(app, column, row);
            Vec::new()
        }
        Msg::Wheel(column, row, notches) => {
            wheel(app, column, row, notches);
            Vec::new()
        }
        Msg::Paste(text) => {
            paste(app, text);
            Vec::new()
        }
        Msg::Show(entity) => {
            show(app, entity);
            Vec::new()
        }
        Msg::Resize(size) => {
            app.size = size;
            Vec::new()
        }
        Msg::AsOf(moment) => {
            set_as_of(app, moment);
            Vec::new()
        }
        Msg::Found(answer) => found(app, answer),
        Msg::Progress(progress) => {
            progressed(app, progress);
            Vec::new()
        }
        Msg::Arrived(world, completeness) => {
            arrived(app, world, completeness);
            Vec::new()
        }
        Msg::Tell(word) => {
            app.notice = Some(word);
            Vec::new()
        }
        // Lines are the picker's.
        Msg::Grown(_) => Vec::new(),
    };
    settle(app);
    effects.extend(app.searches.effects());
    effects
}

/// Answers a message, performing every search that it asks for on the spot; what else has to
/// happen comes back. For whoever needs the last word and has the time.
pub fn update_at_once(app: &mut App, msg: Msg<'_>) -> Vec<Effect> {
    at_once(app, update, msg)
}

/// Brings every cursor into its list and onto its page.
pub(super) fn settle(app: &mut App) {
    let Some(areas) = app.areas() else { return };
    if !areas.lanes.is_empty() && app.lanes.set_scope(&app.world, app.scope().entity(), &mut app.searches) {
        follow_row(app);
    }
    app.detail.set_width(usize::from(areas.inside(Pane::Detail).width));
    let height = |pane| rows_of(areas.inside(pane));
    app.tree.cursor.settle(app.tree.rows().len(), height(Pane::Tree));
    app.timeline.cursor.settle(app.timeline.lines().len(), height(Pane::Timeline));
    app.lanes.cursor.settle(app.lanes.len(), rows_of(lanes_body(areas.lanes, app.as_of)));
    app.sheet.cursor.settle(app.sheet.order().len(), sheet_rows(areas.sheet, app.sheet.sheet()));
    app.detail.cursor.settle(app.detail.rows().len(), height(Pane::Detail));
    match &mut app.overlay {
        Overlay::None | Overlay::Asking(_) => {}
        Overlay::Finder(finder) => {
            let (_, list, _, _) = finder_parts(areas.overlay);
            let hits = finder.results().rows.len();
            finder.cursor.settle(hits, rows_of(list));
            finder.follow(&app.world);
        }
        Overlay::Help(help) => {
            let (_, list) = help_parts(areas.overlay);
            let rows = help.rows().len();
            help.cursor.settle(rows, rows_of(list));
        }
        Overlay::Evidence(evidence) => {
            let (_, _, list, _) = evidence_parts(areas.overlay);
            let claims = evidence.claims().len();
            evidence.cursor.settle(claims, rows_of(list).saturating_sub(1));
        }
    }
}

fn act(app: &mut App, action: Action) -> Vec<Effect> {
    if app.areas().is_none() {
        return act_unseen(action);
    }
    if is_of_the_axis(action) && !matches!(app.view, View::Chronicle | View::Tenures) {
        app.notice = Some("A table has no axis; 1 shows the chronicle, 2 the lanes.".to_owned());
        return Vec::new();
    }
    match action {
        Action::Interrupt => return vec![Effect::Quit],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Quit => return quit(app),
        Action::Escape => escape(app),
        Action::Move(motion) => move_by(app, motion),
        Action::Open => return open(app),
        Action::Type(c) => {
            if let Some(prompt) = prompt(app) {
                prompt.insert(c);
                typed(app);
            }
        }
        Action::Edit(edit) => edit_prompt(app, edit),
        Action::NextKind => next_kind(app),
        Action::FocusNext => focus(app, app.focus.next(app.view)),
        Action::FocusPrevious => focus(app, app.focus.previous(app.view)),
        Action::Show(view) => show_view(app, view),
        Action::Sort => sort(app),
        Action::Evidence => evidence(app),
        Action::Copy => return copy(app),
        Action::NextPlace => walk(app, 1),
        Action::PreviousPlace => walk(app, -1),
        Action::NextUnclaimed => walk_to_unclaimed(app, 1),
        Action::PreviousUnclaimed => walk_to_unclaimed(app, -1),
        Action::NextOfClaim => next_of_claim(app),
        Action::Up => up(app),
        Action::Back => travel(app, Direction::Back),
        Action::Forward => travel(app, Direction::Forward),
        // Of these there is only one at a time.
        Action::MarkDown | Action::MarkUp => {}
        Action::Find => {
            let finder = Finder::new(&app.world, &mut app.searches);
            app.overlay = Overlay::Finder(Box::new(finder));
        }
        Action::Filter => app.filtering = true,
        Action::NextMatch => move_by(app, Motion::Down),
        Action::PreviousMatch => move_by(app, Motion::Up),
        Action::Help => app.overlay = Overlay::Help(Help::default()),
        Action::ZoomIn => zoom(app, 1),
        Action::ZoomOut => zoom(app, -1),
        Action::ZoomAll => zoom(app, -10),
        Action::PanEarlier => pan(app, -1),
        Action::PanLater => pan(app, 1),
        Action::Centre => centre(app),
        Action::Scale => app.scale = app.scale.next(),
        Action::NextEra => step_era(app, 1),
        Action::PreviousEra => step_era(app, -1),
        Action::NextInLane => step_in_lane(app, 1),
        Action::PreviousInLane => step_in_lane(app, -1),
        Action::Ask(question) => app.overlay = Overlay::Asking(Asking::new(question)),
        Action::AsOfEarlier => step_as_of(app, -1),
        Action::AsOfLater => step_as_of(app, 1),
        Action::AsOfPreviousRow => step_as_of_row(app, -1),
        Action::AsOfNextRow => step_as_of_row(app, 1),
        Action::Lens => next_lens(app),
        Action::NextYear => step_year(app, 1),
        Action::PreviousYear => step_year(app, -1),
        Action::Undated => undated(app),
        Action::Maximise => app.maximised = !app.maximised,
    }
    Vec::new()
}

/// Whether an action moves along the axis, which only the chronicle and the lanes have.
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
fn act_unseen(action: Action) -> Vec<Effect> {
    if matches!(action, Action::Quit | Action::Interrupt) {
        return vec![Effect::Quit];
    }
    if action == Action::Suspend { vec![Effect::Suspend] } else { Vec::new() }
}

fn quit(app: &mut App) -> Vec<Effect> {
    if matches!(app.overlay, Overlay::None) {
        return vec![Effect::Quit];
    }
    app.overlay = Overlay::None;
    Vec::new()
}

/// One layer at a time, from the top; never the program.
pub(super) fn escape(app: &mut App) {
    if !matches!(app.overlay, Overlay::None) {
        app.overlay = Overlay::None;
    } else if app.filtering || !pane_filter(app).is_empty() {
        app.filtering = false;
        pane_filter(app).clear();
        filter_changed(app);
    } else if app.timeline.lens != Lens::All {
        set_lens(app, Lens::All);
    } else if app.as_of.is_some() {
        app.as_of = None;
        as_of_changed(app);
    } else if app.timeline.zoom.window().is_some() {
        zoom(app, -10);
    } else if app.maximised {
        app.maximised = false;
    } else if app.focus != app.view.first_pane() {
        focus(app, app.view.first_pane());
    } else if matches!(app.view, View::Names | View::Difference) && app.came_from != app.view {
        show_view(app, app.came_from);
    } else if app.view != View::Chronicle {
        show_view(app, View::Chronicle);
    }
}

pub(super) fn focus(app: &mut App, pane: Pane) {
    app.focus = pane;
    app.filtering = false;
    // In the tree and the timeline the detail follows the row under the cursor.
    match pane {
        Pane::Tree | Pane::Sheet | Pane::Lanes | Pane::Detail => {}
        Pane::Timeline => {
            if app.detail.card().is_none() {
                show_timeline_selection(app);
            }
        }
    }
}

pub(super) fn move_by(app: &mut App, motion: Motion) {
    let Some(areas) = app.areas() else { return };
    match &mut app.overlay {
        Overlay::Finder(finder) => {
            let (_, list, _, _) = finder_parts(areas.overlay);
            let len = finder.results().rows.len();
            finder.cursor.step(motion.rows(rows_of(list)), len, |_| true);
            return;
        }
        Overlay::Help(help) => {
            let (_, list) = help_parts(areas.overlay);
            let len = help.rows().len();
            help.cursor.step(motion.rows(rows_of(list)), len, |_| true);
            return;
        }
        Overlay::Evidence(evidence) => {
            let (_, _, list, _) = evidence_parts(areas.overlay);
            let len = evidence.claims().len();
            evidence.cursor.step(motion.rows(rows_of(list)), len, |_| true);
            return;
        }
        Overlay::Asking(_) => return,
        Overlay::None => {}
    }
    let rows = motion.rows(rows_of(areas.inside(app.focus)));
    move_rows(app, app.focus, rows);
}

pub(super) fn move_rows(app: &mut App, pane: Pane, rows: isize) {
    match pane {
        Pane::Tree => {
            let len = app.tree.rows().len();
            app.tree.cursor.step(rows, len, |_| true);
            tree_moved(app);
        }
        Pane::Timeline => {
            let lines = app.timeline.lines();
            let mut cursor = app.timeline.cursor;
            cursor.step(rows, lines.len(), |line| lines.get(line).is_some_and(Item::is_selectable));
            app.timeline.cursor = cursor;
            show_timeline_selection(app);
        }
        Pane::Lanes => {
            let len = app.lanes.len();
            let mut cursor = app.lanes.cursor;
            cursor.step(rows, len, |_| true);
            app.lanes.select(cursor.selected);
            show_lane_selection(app);
        }
        Pane::Sheet => {
            let len = app.sheet.order().len();
            app.sheet.cursor.step(rows, len, |_| true);
            show_sheet_selection(app);
        }
        Pane::Detail => {
            let mut cursor = app.detail.cursor;
            cursor.step(rows, app.detail.rows().len(), |row| app.detail.is_selectable(row));
            app.detail.cursor = cursor;
        }
    }
}

fn sort(app: &mut App) {
    if matches!(app.view, View::Chronicle | View::Tenures) {
        app.notice = Some("A timeline stays in the order of time.".to_owned());
        return;
    }
    app.sheet.next_sort();
    show_sheet_selection(app);
    app.notice = Some(match app.sheet.sort {
        Some(sort) => format!("Sorted by {}.", app.sheet.sheet().columns[sort.column].name),
        None => "In the order that reads best.".to_owned(),
    });
}

pub(super) fn open(app: &mut App) -> Vec<Effect> {
    match &mut app.overlay {
        Overlay::Finder(finder) => {
            if finder.is_ready_to_open()
                && let Some(entity) = finder.selected()
            {
                app.overlay = Overlay::None;
                show_view(app, View::Chronicle);
                visit(app, entity);
                app.focus = Pane::Detail;
            }
            return Vec::new();
        }
        Overlay::Evidence(evidence) => {
            if let Some(claim) = evidence.selected() {
                let subject = app.world.dossier().claim(claim).subject;
                app.overlay = Overlay::None;
                show_view(app, View::Chronicle);
                visit(app, subject);
                app.focus = Pane::Detail;
            }
            return Vec::new();
        }
        Overlay::Asking(_) => {
            answer_question(app);
            return Vec::new();
        }
        Overlay::Help(help) => {
            let action = help.selected();
            app.overlay = Overlay::None;
            return action.map(|action| act(app, action)).unwrap_or_default();
        }
        Overlay::None => {}
    }
    if app.filtering {
        let is_query = matches!(app.focus, Pane::Tree | Pane::Timeline);
        // The footer says what is wrong with it.
        app.filtering = is_query && Query::parse(pane_filter(app).text()).is_err();
        return Vec::new();
    }
    match app.focus {
        Pane::Tree => {
            if app.tree.toggle(&app.world) {
                tree_moved(app);
            } else {
                let into = if app.tree.selected() == Node::All { Pane::Timeline } else { Pane::Detail };
                focus(app, into);
            }
        }
        Pane::Timeline => {
            show_timeline_selection(app);
            focus(app, Pane::Detail);
        }
        Pane::Sheet | Pane::Lanes => focus(app, Pane::Detail),
        Pane::Detail => match app.detail.selected().and_then(|line| line.target) {
            Some(target) if Some(target) != app.current() => visit(app, target),
            // A line that leads nowhere else leads to what proves it.
            Some(_) | None => evidence(app),
        },
    }
    Vec::new()
}

fn up(app: &mut App) {
    match app.focus {
        Pane::Tree => {
            app.tree.up(&app.world);
            tree_moved(app);
        }
        Pane::Timeline => focus(app, Pane::Tree),
        Pane::Sheet | Pane::Lanes => show_view(app, View::Chronicle),
        Pane::Detail => travel(app, Direction::Back),
    }
}

fn next_lens(app: &mut App) {
    set_lens(app, app.timeline.lens.next());
}

fn set_lens(app: &mut App, lens: Lens) {
    app.timeline.lens = lens;
    app.timeline.relens(&app.world, app.as_of);
    rearranged(app);
}

fn undated(app: &mut App) {
    show_view(app, View::Chronicle);
    focus(app, Pane::Timeline);
    if app.timeline.select_undated() {
        show_timeline_selection(app);
    } else {
        app.notice = Some("Every event shown here has a date.".to_owned());
    }
}
