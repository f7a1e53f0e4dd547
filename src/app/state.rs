//! The state of the explorer: [`App`], and one file a pane, overlay or prompt.
//!
//! Invariant: each file changes its own state only; `sync` brings the panes into step.

pub mod cursor;
pub mod detail;
pub mod evidence;
pub mod finder;
pub mod help;
pub mod history;
pub mod lanes;
pub mod layout;
pub mod overlay;
pub mod pick;
pub mod prompt;
pub mod question;
pub mod table;
pub mod timeline;
pub mod tree;
pub mod zoom;

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use ratatui::layout::{Rect, Size};

use crate::app::message::{Effect, Progress};
use crate::app::request::Searches;
use crate::evidence::library::Library;
use crate::keymap::Context;
use crate::keymap::action::{Pane, View};
use crate::model::{EntityId, Moment};
use crate::timeline::World;
use crate::timeline::axis::{Axis, Scale};
use cursor::Cursor;
use detail::Detail;
use history::History;
use lanes::LanePane;
use layout::{Areas, Shape, inner, lanes_body, table_body};
use overlay::Overlay;
use prompt::Prompt;
use table::TablePane;
use timeline::{Item, Timeline};
use tree::{Node, Tree};

/// The state of the explorer. It changes through [`update`](fn@crate::app::update) only.
#[derive(Debug, Clone)]
pub struct App {
    /// The dossier, with its lookups and chronology.
    pub world: World,
    /// The documents themselves, if a folder of them is known.
    pub library: Option<Arc<Library>>,
    /// The size of the screen, in columns and rows.
    pub size: Size,
    /// The view on the screen.
    pub view: View,
    /// The view before this one.
    pub came_from: View,
    /// The entity that the chronicle showed when another view was opened.
    pub left_at: Option<EntityId>,
    /// The pane that has the keys.
    pub focus: Pane,
    /// The pane whose selection the detail shows; `None` if the detail shows an entity that was opened by itself.
    pub leader: Option<Pane>,
    /// True while the focused pane has the whole screen.
    pub maximised: bool,
    /// The institutions pane.
    pub tree: Tree,
    /// The timeline pane.
    pub timeline: Timeline,
    /// The lanes pane: offices, figures and plans over the axis.
    pub lanes: LanePane,
    /// The table of a table view.
    pub table: TablePane,
    /// The detail pane.
    pub detail: Detail,
    /// True while the filter of the focused pane is being typed.
    pub filtering: bool,
    /// The overlay over the panes.
    pub overlay: Overlay,
    /// The entities visited before, for back and forward.
    pub history: History,
    /// The scale of the axis.
    pub scale: Scale,
    /// The moment as of which everything is shown; `None` shows all claims.
    pub as_of: Option<Moment>,
    /// The number of the table among those that the dossier declares for one view.
    pub matrix: usize,
    /// The two dates of the difference view.
    pub compared: Option<(Moment, Moment)>,
    /// The column of the strip on which the mouse button went down.
    pub(super) dragged: Option<u16>,
    /// A sentence for the user, shown until the next key.
    pub notice: Option<String>,
    /// The progress of reading the dossier; `None` once it is whole.
    pub progress: Option<Progress>,
    /// The searches to be performed.
    pub(super) searches: Searches,
    /// Other effects to be performed, in order.
    pub(super) effects: Vec<Effect>,
}

impl App {
    /// Returns true while an answer to a search is awaited.
    pub fn is_searching(&self) -> bool {
        let finder = matches!(&self.overlay, Overlay::Finder(finder) if finder.is_searching());
        let panes = self.tree.is_searching() || self.timeline.is_searching() || self.lanes.is_searching();
        finder || panes || self.table.is_searching()
    }

    /// Returns the node of the tree whose rows the timeline has.
    pub fn scope(&self) -> Node {
        self.tree.selected()
    }

    /// Returns the entity that the detail shows.
    pub fn current(&self) -> Option<EntityId> {
        self.detail.card.as_ref().map(|card| card.entity)
    }

    /// Returns the day of the selection: of a part of a lane in the tenures view, else of a row of the timeline.
    pub fn selected_day(&self) -> Option<NaiveDate> {
        let lane = self.lanes.selected_day().filter(|_| self.view == View::Tenures);
        lane.or_else(|| {
            let day = self.timeline.selected_day(&self.world)?;
            // A row may reach into the window from before; there it is seen at the edge.
            Some(self.timeline.zoom.window().map_or(day, |(first, last)| day.clamp(first, last)))
        })
    }

    /// Returns the rectangles of everything on the screen; `None` if the screen is too small.
    pub fn areas(&self) -> Option<Areas> {
        layout::areas(self.size, self.view, self.focus, self.maximised)
    }

    /// Returns true if the first row of the screen has tabs of panes in place of views.
    pub fn shows_pane_tabs(&self, areas: &Areas) -> bool {
        areas.shape == Shape::Single && self.view == View::Chronicle && !self.maximised
    }

    /// Returns the context in which keys are resolved.
    pub fn context(&self) -> Context {
        match self.overlay {
            // On a screen too small to be drawn there is nothing to type into.
            _ if self.areas().is_none() => Context::Panes,
            Overlay::None if !self.filtering => Context::Panes,
            Overlay::Evidence(_) => Context::Evidence,
            Overlay::None | Overlay::Finder(_) | Overlay::Help(_) | Overlay::Asking(_) => Context::Typing,
        }
    }

    /// Returns the axis of the shown time on `width` columns.
    pub fn axis(&self, width: u16) -> Axis {
        let zoom = self.timeline.zoom;
        self.axis_of(zoom.window().or(zoom.span), width)
    }

    /// Returns the axis of all of the time on `width` columns.
    pub fn overview(&self, width: u16) -> Axis {
        self.axis_of(self.timeline.zoom.span, width)
    }

    fn axis_of(&self, days: Option<(NaiveDate, NaiveDate)>, width: u16) -> Axis {
        let Some((first, last)) = days else { return Axis::default() };
        // Outside of a window the axis has whole years, so that every January is on it.
        let (first, last) = match self.timeline.zoom.window() {
            Some(window) if window == (first, last) => (first, last),
            Some(_) | None => {
                (first.with_ordinal(1).unwrap_or(first), NaiveDate::from_ymd_opt(last.year(), 12, 31).unwrap_or(last))
            }
        };
        let live = self.world.chronology().years();
        Axis::new(first, last, width, self.scale, |year| live.binary_search(&year).is_ok())
    }

    /// Gives the keys to a pane.
    pub(super) fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
        self.filtering = false;
    }

    /// Opens a view, and returns false if it is open already. A view without a tab opens anew, about the
    /// entity or the dates of now.
    pub(super) fn turn_to(&mut self, view: View) -> bool {
        if self.view == view && view.has_tab() {
            return self.turn_to_next(view);
        }
        if view.has_tab() && self.tab(view).is_none() {
            self.notice = Some(format!("This dossier declares nothing for the view {}", view.title()));
            return false;
        }
        if self.view == View::Chronicle {
            self.left_at = self.current();
        }
        if self.view != view {
            self.came_from = self.view;
        }
        self.view = view;
        self.focus_on(view.first_pane());
        if let Some(entity) = self.left_at.filter(|_| view == View::Chronicle) {
            self.timeline.select_entity(&self.world, entity);
        }
        true
    }

    /// Turns to the next of several tables that the dossier declares for a view; false if there is no other.
    fn turn_to_next(&mut self, view: View) -> bool {
        let Some(table) = view.table() else { return false };
        let shown = table.number(&self.world, self.matrix);
        let next = table.number(&self.world, shown.saturating_add(1));
        let has_others = table.spec().declared.is_some() && next != shown;
        if has_others {
            self.matrix = next;
        }
        has_others
    }

    /// Returns the name of the tab of a view; `None` if it has none, or the dossier has nothing to show in it.
    pub fn tab(&self, view: View) -> Option<&str> {
        match view.table() {
            Some(table) => table.tab(&self.world, self.matrix),
            None => view.has_tab().then(|| view.title()),
        }
    }

    /// Returns the filter of the focused pane.
    pub(super) fn filter(&mut self) -> &mut Prompt {
        match self.focus {
            Pane::Tree => &mut self.tree.filter,
            Pane::Timeline => &mut self.timeline.filter,
            Pane::Lanes => &mut self.lanes.filter,
            Pane::Table => &mut self.table.filter,
            Pane::Detail => &mut self.detail.filter,
        }
    }

    /// Returns the text that is being typed, if any.
    pub(super) fn prompt(&mut self) -> Option<&mut Prompt> {
        match self.overlay {
            Overlay::Finder(ref mut finder) => Some(&mut finder.prompt),
            Overlay::Help(ref mut help) => Some(&mut help.prompt),
            Overlay::Asking(ref mut asking) => Some(&mut asking.prompt),
            Overlay::None if self.filtering => Some(self.filter()),
            Overlay::None | Overlay::Evidence(_) => None,
        }
    }

    /// Returns the number of rows in the list of a pane.
    pub(super) fn len(&self, pane: Pane) -> usize {
        match pane {
            Pane::Tree => self.tree.rows.len(),
            Pane::Timeline => self.timeline.lines.len(),
            Pane::Lanes => self.lanes.len(),
            Pane::Table => self.table.order.len(),
            Pane::Detail => self.detail.rows.len(),
        }
    }

    /// Returns the rectangle in which a pane lists its rows.
    pub(super) fn list_area(&self, areas: &Areas, pane: Pane) -> Rect {
        match pane {
            Pane::Tree | Pane::Timeline | Pane::Detail => inner(areas.pane(pane)),
            Pane::Lanes => lanes_body(areas.pane(Pane::Lanes), self.as_of),
            Pane::Table => table_body(areas.pane(Pane::Table), &self.table.data),
        }
    }

    /// Returns the cursor of a pane.
    pub(super) fn cursor(&mut self, pane: Pane) -> &mut Cursor {
        match pane {
            Pane::Tree => &mut self.tree.cursor,
            Pane::Timeline => &mut self.timeline.cursor,
            Pane::Lanes => &mut self.lanes.cursor,
            Pane::Table => &mut self.table.cursor,
            Pane::Detail => &mut self.detail.cursor,
        }
    }

    /// Returns true if the cursor of a pane may stand on a row.
    pub(super) fn is_selectable(&self, pane: Pane, row: usize) -> bool {
        match pane {
            Pane::Tree | Pane::Table | Pane::Lanes => true,
            Pane::Timeline => self.timeline.lines.get(row).is_some_and(Item::is_selectable),
            Pane::Detail => self.detail.is_selectable(row),
        }
    }

    /// Selects a row of a pane; of the lanes, a lane as a whole.
    pub(super) fn select(&mut self, pane: Pane, row: usize) {
        match pane {
            Pane::Lanes => self.lanes.select(row),
            Pane::Tree | Pane::Timeline | Pane::Table | Pane::Detail => self.cursor(pane).selected = row,
        }
    }

    /// Moves the selection of a pane by `rows`, past rows that cannot be selected.
    pub(super) fn step(&mut self, pane: Pane, rows: isize) {
        let mut cursor = *self.cursor(pane);
        cursor.step(rows, self.len(pane), |row| self.is_selectable(pane, row));
        self.select(pane, cursor.selected);
    }
}

/// Returns the entity of a later world that has the id of an entity of an earlier one. Numbers of entities may change
/// between the two, ids do not.
pub(super) fn same_entity(before: &World, after: &World, entity: EntityId) -> Option<EntityId> {
    after.dossier().find(before.dossier().id(entity))
}
