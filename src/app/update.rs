//! How messages change the state.
//!
//! Invariant: every message is answered, whatever the state; what makes no sense in a
//! state changes nothing.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::action::{Action, Pane, View};
use super::cursor::Motion;
use super::evidence::Evidence;
use super::finder::Finder;
use super::help::Help;
use super::layout::{Shape, evidence_parts, finder_parts, help_parts, inner};
use super::prompt::{Edit, Prompt};
use super::sheet::SheetPane;
use super::timeline::Item;
use super::tree::Node;
use super::{App, Effect, Msg, Overlay, rows_of};
use crate::catalogue::axis::Scale;
use crate::model::{ClaimId, EntityId};

/// Answers a message; what has to happen outside comes back as effects.
pub fn update(app: &mut App, msg: Msg<'_>) -> Vec<Effect> {
    app.notice = None;
    let effects = match msg {
        Msg::Act(action) => act(app, action),
        Msg::Click(column, row) => click(app, column, row),
        Msg::Wheel(column, row, notches) => {
            wheel(app, column, row, notches);
            Vec::new()
        }
        Msg::Paste(text) => {
            paste(app, text);
            Vec::new()
        }
        Msg::Resize(size) => {
            app.size = size;
            Vec::new()
        }
    };
    settle(app);
    effects
}

/// Brings every cursor into its list and onto its page.
pub(super) fn settle(app: &mut App) {
    let Some(areas) = app.areas() else { return };
    app.detail.set_width(usize::from(areas.inside(Pane::Detail).width));
    let height = |pane| rows_of(areas.inside(pane));
    app.tree.cursor.settle(app.tree.rows().len(), height(Pane::Tree));
    app.timeline.cursor.settle(app.timeline.items().len(), height(Pane::Timeline));
    app.sheet.cursor.settle(app.sheet.order().len(), super::layout::sheet_rows(areas.sheet, app.sheet.sheet()));
    app.detail.cursor.settle(app.detail.rows().len(), height(Pane::Detail));
    match &mut app.overlay {
        Overlay::None => {}
        Overlay::Finder(finder) => {
            let (_, list, _, _) = finder_parts(areas.overlay);
            let hits = finder.results().rows.len();
            finder.cursor.settle(hits, rows_of(list));
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
        Action::FocusNext => focus(app, app.focus.shifted(app.view, 1)),
        Action::FocusPrevious => focus(app, app.focus.shifted(app.view, -1)),
        Action::Show(view) => show_view(app, view),
        Action::Sort => sort(app),
        Action::Evidence => evidence(app),
        Action::Copy => return copy(app),
        Action::NextPlace => walk(app, 1),
        Action::PreviousPlace => walk(app, -1),
        Action::NextUnclaimed => walk_to_unclaimed(app, 1),
        Action::PreviousUnclaimed => walk_to_unclaimed(app, -1),
        Action::Up => up(app),
        Action::Back => travel(app, Direction::Back),
        Action::Forward => travel(app, Direction::Forward),
        Action::Find => app.overlay = Overlay::Finder(Box::new(Finder::new(&app.catalogue))),
        Action::Filter => app.filtering = true,
        Action::NextMatch => move_by(app, Motion::Down),
        Action::PreviousMatch => move_by(app, Motion::Up),
        Action::Help => app.overlay = Overlay::Help(Help::default()),
        Action::ZoomIn => zoom(app, 1),
        Action::ZoomOut => zoom(app, -1),
        Action::ZoomAll => zoom(app, -10),
        Action::PanEarlier => pan(app, -1),
        Action::PanLater => pan(app, 1),
        Action::Scale => {
            app.scale = match app.scale {
                Scale::Gaps => Scale::Linear,
                Scale::Linear => Scale::Gaps,
            };
        }
        Action::NextYear => step_year(app, 1),
        Action::PreviousYear => step_year(app, -1),
        Action::Undated => undated(app),
        Action::Maximise => app.maximised = !app.maximised,
    }
    Vec::new()
}

fn quit(app: &mut App) -> Vec<Effect> {
    if matches!(app.overlay, Overlay::None) {
        return vec![Effect::Quit];
    }
    app.overlay = Overlay::None;
    Vec::new()
}

/// One layer at a time, from the top; never the program.
fn escape(app: &mut App) {
    if !matches!(app.overlay, Overlay::None) {
        app.overlay = Overlay::None;
    } else if app.filtering || !pane_filter(app).is_empty() {
        app.filtering = false;
        pane_filter(app).clear();
        filter_changed(app);
    } else if app.timeline.zoom.window().is_some() {
        zoom(app, -10);
    } else if app.maximised {
        app.maximised = false;
    } else if app.focus != app.view.first_pane() {
        focus(app, app.view.first_pane());
    } else if app.view != View::Chronicle {
        show_view(app, View::Chronicle);
    }
}

fn pane_filter(app: &mut App) -> &mut Prompt {
    match app.focus {
        Pane::Tree => &mut app.tree.filter,
        Pane::Timeline => &mut app.timeline.filter,
        Pane::Sheet => &mut app.sheet.filter,
        Pane::Detail => &mut app.detail.filter,
    }
}

/// What is being typed into.
fn prompt(app: &mut App) -> Option<&mut Prompt> {
    match app.overlay {
        Overlay::Finder(ref mut finder) => Some(&mut finder.prompt),
        Overlay::Help(ref mut help) => Some(&mut help.prompt),
        Overlay::Evidence(_) => None,
        Overlay::None if app.filtering => Some(pane_filter(app)),
        Overlay::None => None,
    }
}

fn edit_prompt(app: &mut App, edit: Edit) {
    let Some(prompt) = prompt(app) else { return };
    let was_empty = prompt.is_empty();
    if prompt.edit(edit) {
        typed(app);
    } else if was_empty && edit == Edit::Backspace {
        // Deleting nothing means: I did not want this.
        escape(app);
    }
}

fn paste(app: &mut App, text: &str) {
    if let Some(prompt) = prompt(app) {
        prompt.paste(text);
        typed(app);
    }
}

/// Answers a changed prompt.
fn typed(app: &mut App) {
    match &mut app.overlay {
        Overlay::Finder(finder) => finder.refresh(&app.catalogue),
        Overlay::Help(help) => help.cursor = super::cursor::Cursor::default(),
        Overlay::Evidence(_) => {}
        Overlay::None => filter_changed(app),
    }
}

fn filter_changed(app: &mut App) {
    match app.focus {
        Pane::Tree => {
            app.tree.refresh(&app.catalogue);
            tree_moved(app);
        }
        Pane::Timeline => {
            app.timeline.refresh(&app.catalogue, app.scope());
            show_timeline_selection(app);
        }
        Pane::Sheet => {
            app.sheet.refresh();
            show_sheet_selection(app);
        }
        Pane::Detail => app.detail.refilter(),
    }
}

fn next_kind(app: &mut App) {
    if let Overlay::Finder(finder) = &mut app.overlay {
        finder.next_kind(&app.catalogue);
    }
}

fn focus(app: &mut App, pane: Pane) {
    app.focus = pane;
    app.filtering = false;
    // In the tree and the timeline the detail follows the row under the cursor.
    match pane {
        Pane::Tree | Pane::Sheet | Pane::Detail => {}
        Pane::Timeline => {
            if app.detail.card().is_none() {
                show_timeline_selection(app);
            }
        }
    }
}

fn move_by(app: &mut App, motion: Motion) {
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
        Overlay::None => {}
    }
    let rows = motion.rows(rows_of(areas.inside(app.focus)));
    move_rows(app, app.focus, rows);
}

fn move_rows(app: &mut App, pane: Pane, rows: isize) {
    match pane {
        Pane::Tree => {
            let len = app.tree.rows().len();
            app.tree.cursor.step(rows, len, |_| true);
            tree_moved(app);
        }
        Pane::Timeline => {
            let items = app.timeline.items();
            let mut cursor = app.timeline.cursor;
            cursor.step(rows, items.len(), |row| items[row].is_selectable());
            app.timeline.cursor = cursor;
            show_timeline_selection(app);
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

/// The timeline and the detail follow the tree.
fn tree_moved(app: &mut App) {
    app.timeline.refresh(&app.catalogue, app.scope());
    match app.scope().entity() {
        Some(entity) => app.detail.show(&app.catalogue, Some(entity)),
        None => show_timeline_selection(app),
    }
}

/// Opens a view; the matrix and the names are about the entity in view where that makes sense.
fn show_view(app: &mut App, view: View) {
    if app.view == view && view != View::Names {
        return;
    }
    let about = app.current();
    app.view = view;
    app.filtering = false;
    app.sheet = SheetPane::new(&app.catalogue, view, about);
    app.focus = view.first_pane();
    match view {
        View::Chronicle => show_timeline_selection(app),
        View::Matrix | View::Agreements | View::Figures | View::Sources | View::Conflicts | View::Names => {
            show_sheet_selection(app);
        }
    }
}

fn show_sheet_selection(app: &mut App) {
    let card = app.sheet.card(&app.catalogue, app.view);
    app.detail.show_card(card);
}

fn sort(app: &mut App) {
    if app.view == View::Chronicle {
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

fn show_timeline_selection(app: &mut App) {
    if let Some(entity) = app.timeline.selected_entity(&app.catalogue) {
        app.detail.show(&app.catalogue, Some(entity));
    }
}

fn open(app: &mut App) -> Vec<Effect> {
    match &app.overlay {
        Overlay::Finder(finder) => {
            if let Some(entity) = finder.selected() {
                app.overlay = Overlay::None;
                show_view(app, View::Chronicle);
                visit(app, entity);
                app.focus = Pane::Detail;
            }
            return Vec::new();
        }
        Overlay::Evidence(evidence) => {
            if let Some(claim) = evidence.selected() {
                let subject = app.catalogue.dossier().claim(claim).subject;
                app.overlay = Overlay::None;
                show_view(app, View::Chronicle);
                visit(app, subject);
                app.focus = Pane::Detail;
            }
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
        app.filtering = false;
        return Vec::new();
    }
    match app.focus {
        Pane::Tree => {
            if app.tree.toggle(&app.catalogue) {
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
        Pane::Sheet => focus(app, Pane::Detail),
        Pane::Detail => {
            if let Some(target) = app.detail.selected().and_then(|line| line.target) {
                visit(app, target);
            } else {
                app.notice = Some("This line leads nowhere else.".to_owned());
            }
        }
    }
    Vec::new()
}

fn up(app: &mut App) {
    match app.focus {
        Pane::Tree => {
            app.tree.up(&app.catalogue);
            tree_moved(app);
        }
        Pane::Timeline => focus(app, Pane::Tree),
        Pane::Sheet => show_view(app, View::Chronicle),
        Pane::Detail => travel(app, Direction::Back),
    }
}

/// Goes to an entity, and remembers where from.
fn visit(app: &mut App, entity: EntityId) {
    if let Some(from) = app.current()
        && from != entity
    {
        app.history.leave(from);
    }
    show(app, entity);
}

fn show(app: &mut App, entity: EntityId) {
    app.detail.show(&app.catalogue, Some(entity));
    app.timeline.select_entity(&app.catalogue, entity);
}

#[derive(Debug, Clone, Copy)]
enum Direction {
    Back,
    Forward,
}

fn travel(app: &mut App, direction: Direction) {
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

fn zoom(app: &mut App, steps: isize) {
    let zoom = app.timeline.zoom;
    let day = app.timeline.selected_day(&app.catalogue);
    let around = day.or(zoom.window().map(|(first, _)| first)).or(zoom.span().map(|(first, _)| first));
    let Some(around) = around else { return };
    app.timeline.zoom = zoom.zoomed(steps, around);
    window_changed(app);
}

fn pan(app: &mut App, direction: isize) {
    if app.timeline.zoom.window().is_none() {
        app.notice = Some("All of the time is shown; zoom in first.".to_owned());
        return;
    }
    app.timeline.zoom = app.timeline.zoom.panned(direction);
    window_changed(app);
}

fn window_changed(app: &mut App) {
    app.timeline.refresh(&app.catalogue, app.scope());
    show_timeline_selection(app);
}

fn step_year(app: &mut App, direction: isize) {
    app.timeline.step_year(&app.catalogue, direction);
    show_timeline_selection(app);
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

/// The claim of the line under the cursor.
fn selected_claim(app: &App) -> Option<ClaimId> {
    if let Overlay::Evidence(evidence) = &app.overlay {
        return evidence.selected();
    }
    let first_of = |entity: EntityId| app.catalogue.dossier().claim_ids_of(entity).next();
    match app.focus {
        Pane::Tree => app.scope().entity().and_then(first_of),
        Pane::Timeline => match app.timeline.selected()? {
            Item::Row(row) => Some(app.catalogue.chronology().rows()[row as usize].claim),
            Item::Undated(entity) => first_of(entity),
            Item::Silence { .. } | Item::UndatedHead(_) => None,
        },
        Pane::Sheet => app.sheet.selected()?.claims.first().copied(),
        Pane::Detail => app.detail.selected()?.claim,
    }
}

fn evidence(app: &mut App) {
    let shown = selected_claim(app)
        .and_then(|claim| Evidence::of_claim(&app.catalogue, app.library.as_ref(), claim))
        .or_else(|| source_in_view(app));
    match shown {
        Some(evidence) => app.overlay = Overlay::Evidence(Box::new(evidence)),
        None => app.notice = Some("This line has no evidence of its own.".to_owned()),
    }
}

/// The document in view, from its start.
fn source_in_view(app: &App) -> Option<Evidence> {
    let entity = app.current()?;
    let (id, _) = app.catalogue.dossier().documents().find(|(_, document)| document.entity == entity)?;
    Evidence::of_document(&app.catalogue, app.library.as_ref(), id)
}

fn walk(app: &mut App, steps: isize) {
    if let Overlay::Evidence(evidence) = &mut app.overlay {
        evidence.walk(&app.catalogue, steps);
    }
}

fn walk_to_unclaimed(app: &mut App, direction: isize) {
    if let Overlay::Evidence(evidence) = &mut app.overlay
        && !evidence.walk_to_unclaimed(&app.catalogue, direction)
    {
        app.notice = Some("No unclaimed place lies that way.".to_owned());
    }
}

/// The answer with its source, as one copies it.
fn copy(app: &mut App) -> Vec<Effect> {
    let Some(claim) = selected_claim(app) else {
        app.notice = Some("Nothing that could be cited is selected.".to_owned());
        return Vec::new();
    };
    let text = crate::catalogue::card::citation(app.catalogue.dossier(), app.catalogue.dossier().claim(claim));
    app.notice = Some("Sent to the clipboard, with its source.".to_owned());
    vec![Effect::Copy(text)]
}

fn wheel(app: &mut App, column: u16, row: u16, notches: isize) {
    const ROWS: isize = 3;
    if !matches!(app.overlay, Overlay::None) {
        for _ in 0..notches.unsigned_abs() {
            move_by(app, if notches > 0 { Motion::Down } else { Motion::Up });
        }
        return;
    }
    let Some(pane) = app.areas().and_then(|areas| areas.pane_at(column, row)) else { return };
    move_rows(app, pane, notches * ROWS);
}

fn click(app: &mut App, column: u16, row: u16) -> Vec<Effect> {
    let Some(areas) = app.areas() else { return Vec::new() };
    let index_in =
        |area: Rect, offset: usize| area.contains((column, row).into()).then(|| usize::from(row - area.y) + offset);
    match &mut app.overlay {
        Overlay::Finder(finder) => {
            let (_, list, _, _) = finder_parts(areas.overlay);
            return match index_in(list, finder.cursor.offset).filter(|&index| index < finder.results().rows.len()) {
                Some(index) if index == finder.cursor.selected => open(app),
                Some(index) => {
                    finder.cursor.select(index);
                    Vec::new()
                }
                None => dismiss_outside(app, areas.overlay, column, row),
            };
        }
        Overlay::Help(help) => {
            let (_, list) = help_parts(areas.overlay);
            return match index_in(list, help.cursor.offset).filter(|&index| index < help.rows().len()) {
                Some(index) if index == help.cursor.selected => open(app),
                Some(index) => {
                    help.cursor.select(index);
                    Vec::new()
                }
                None => dismiss_outside(app, areas.overlay, column, row),
            };
        }
        Overlay::Evidence(evidence) => {
            let (_, _, list, _) = evidence_parts(areas.overlay);
            let rows = Rect { y: list.y + 1, height: list.height.saturating_sub(1), ..list };
            return match index_in(rows, evidence.cursor.offset).filter(|&index| index < evidence.claims().len()) {
                Some(index) if index == evidence.cursor.selected => open(app),
                Some(index) => {
                    evidence.cursor.select(index);
                    Vec::new()
                }
                None => dismiss_outside(app, areas.overlay, column, row),
            };
        }
        Overlay::None => {}
    }
    if areas.strip.contains((column, row).into()) {
        click_axis(app, column - areas.strip.x, areas.strip.width);
        return Vec::new();
    }
    if row == areas.header.y && areas.shape == Shape::Single {
        if let Some(pane) = super::tab_at(app.view, column) {
            focus(app, pane);
        }
        return Vec::new();
    }
    let Some(pane) = areas.pane_at(column, row) else { return Vec::new() };
    let was_focused = app.focus == pane;
    focus(app, pane);
    let inside = inner(areas.pane(pane));
    match pane {
        Pane::Tree => {
            if let Some(index) = index_in(inside, app.tree.cursor.offset).filter(|&index| index < app.tree.rows().len())
            {
                let again = was_focused && index == app.tree.cursor.selected;
                app.tree.cursor.select(index);
                tree_moved(app);
                if again {
                    return open(app);
                }
            }
        }
        Pane::Timeline => {
            let items = app.timeline.items();
            let index = index_in(inside, app.timeline.cursor.offset);
            if let Some(index) = index.filter(|&index| items.get(index).is_some_and(|item: &Item| item.is_selectable()))
            {
                let again = was_focused && index == app.timeline.cursor.selected;
                app.timeline.cursor.select(index);
                show_timeline_selection(app);
                if again {
                    return open(app);
                }
            }
        }
        Pane::Sheet => {
            let rows = super::layout::sheet_body(areas.sheet, app.sheet.sheet());
            let index = index_in(rows, app.sheet.cursor.offset);
            if let Some(index) = index.filter(|&index| index < app.sheet.order().len()) {
                let again = was_focused && index == app.sheet.cursor.selected;
                app.sheet.cursor.select(index);
                show_sheet_selection(app);
                if again {
                    return open(app);
                }
            }
        }
        Pane::Detail => {
            let index = index_in(inside, app.detail.cursor.offset);
            if let Some(index) = index.filter(|&index| app.detail.is_selectable(index)) {
                let again = was_focused && index == app.detail.cursor.selected;
                app.detail.cursor.select(index);
                if again {
                    return open(app);
                }
            }
        }
    }
    Vec::new()
}

/// A click beside an overlay closes it.
fn dismiss_outside(app: &mut App, overlay: Rect, column: u16, row: u16) -> Vec<Effect> {
    if !overlay.contains((column, row).into()) {
        app.overlay = Overlay::None;
    }
    Vec::new()
}

fn click_axis(app: &mut App, column: u16, width: u16) {
    let axis = app.axis(width);
    let Some((year, _)) = axis.years_at(column) else { return };
    let Some(day) = NaiveDate::from_ymd_opt(year, 1, 1) else { return };
    if app.timeline.select_day(&app.catalogue, day) {
        focus(app, Pane::Timeline);
        show_timeline_selection(app);
    }
}
