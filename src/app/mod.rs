//! The state of the explorer, and the one door through which it changes.
//!
//! Invariant: [`update`](fn@update) is the only way to change an [`App`]; after it every cursor
//! lies in its list and on its page, so drawing needs no correction.

pub mod handlers;
pub mod request;
pub mod state;
mod update;

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use ratatui::layout::{Rect, Size};

use crate::app::handlers::searches::Searches;
use crate::app::request::{Answer, Request};
use crate::app::state::detail::Detail;
use crate::app::state::evidence::Evidence;
use crate::app::state::finder::Finder;
use crate::app::state::help::Help;
use crate::app::state::history::History;
use crate::app::state::lanes::LanePane;
use crate::app::state::layout::{Areas, Shape};
use crate::app::state::pick::Growth;
use crate::app::state::question::Asking;
use crate::app::state::table::SheetPane;
use crate::app::state::timeline::Timeline;
use crate::app::state::tree::{Node, Tree};
use crate::app::state::zoom::Zoom;
use crate::evidence::library::Library;
use crate::keymap;
use crate::keymap::Context;
use crate::keymap::action::{Action, Pane, View};
use crate::model::{Builder, EntityId, Moment};
use crate::text;
use crate::timeline::World;
use crate::timeline::axis::{Axis, Scale};

pub use crate::app::handlers::loading::{Completeness, Progress};
pub use update::{update, update_at_once};

/// What lies over the panes.
#[derive(Debug, Clone, Default)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// The finder.
    Finder(Box<Finder>),
    /// The help.
    Help(Help),
    /// The evidence of a claim.
    Evidence(Box<Evidence>),
    /// A question on the last row.
    Asking(Asking),
}

/// What happened to the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg<'a> {
    /// A key or the mouse asked for something.
    Act(Action),
    /// The mouse button was pressed on a cell.
    Click(u16, u16),
    /// The mouse was moved with its button held, over a cell.
    Drag(u16, u16),
    /// The wheel was turned over a cell by so many notches, down being positive.
    Wheel(u16, u16, isize),
    /// Something was pasted.
    Paste(&'a str),
    /// Something is to be shown, as if the reader had found it.
    Show(EntityId),
    /// The screen has another size.
    Resize(Size),
    /// Everything is to be shown as of a moment, or as of none.
    AsOf(Option<Moment>),
    /// The answer to an [`Effect::Search`].
    Found(Answer),
    /// The dossier is still being read, and so far has got here.
    Progress(Progress),
    /// The dossier has arrived, or a part of it; ids of entities are the same in both.
    Arrived(World, Completeness),
    /// Something happened that the reader should know.
    Tell(String),
    /// Lines to choose from have come.
    Grown(Growth),
}

impl Msg<'_> {
    /// Whether the reader did something, and did not merely wait.
    pub const fn is_of_the_reader(&self) -> bool {
        match self {
            Self::Act(_)
            | Self::Click(..)
            | Self::Drag(..)
            | Self::Wheel(..)
            | Self::Paste(_)
            | Self::Show(_)
            | Self::Resize(_)
            | Self::AsOf(_) => true,
            Self::Found(_) | Self::Progress(_) | Self::Arrived(..) | Self::Tell(_) | Self::Grown(_) => false,
        }
    }
}

/// What the program has to do outside of its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// End.
    Quit,
    /// Stop until the shell continues it.
    Suspend,
    /// Hand a text to the clipboard.
    Copy(String),
    /// Perform a search and bring its answers back.
    Search(Box<Request>),
    /// Take what is chosen, and end.
    Choose,
}

/// See the module.
#[derive(Debug, Clone)]
pub struct App {
    /// What is explored.
    pub world: World,
    /// The documents themselves, if they are at hand.
    pub library: Option<Arc<Library>>,
    /// The size of the screen.
    pub size: Size,
    /// What fills the screen.
    pub view: View,
    /// The view before this one.
    pub came_from: View,
    /// What the chronicle showed when it was left.
    pub left_at: Option<EntityId>,
    /// The pane that has the keys.
    pub focus: Pane,
    /// Whether that pane has the whole screen.
    pub maximised: bool,
    /// The institutions pane.
    pub tree: Tree,
    /// The timeline pane.
    pub timeline: Timeline,
    /// What lasts, over the axis.
    pub lanes: LanePane,
    /// The table of a table view.
    pub sheet: SheetPane,
    /// The detail pane.
    pub detail: Detail,
    /// Whether the filter of the focused pane is being typed.
    pub filtering: bool,
    /// What lies over the panes.
    pub overlay: Overlay,
    /// Where the reader has been.
    pub history: History,
    /// How the axis shares its width.
    pub scale: Scale,
    /// As of when everything is shown; none shows all that is ever said.
    pub as_of: Option<Moment>,
    /// The two dates that are compared.
    pub compared: Option<(Moment, Moment)>,
    /// The column of the strip that the mouse holds.
    dragged: Option<u16>,
    /// What to tell the reader until the next key.
    pub notice: Option<String>,
    /// How far the dossier is read; none once it is whole.
    pub progress: Option<Progress>,
    /// What is searched for in the background.
    searches: Searches,
}

impl App {
    /// The explorer as it opens.
    pub fn new(world: World, size: Size) -> Self {
        let tree = Tree::new(&world);
        let mut app = Self {
            timeline: Timeline::new(Zoom::all(world.chronology().span())),
            lanes: LanePane::default(),
            tree,
            world,
            library: None,
            size,
            view: View::default(),
            came_from: View::default(),
            left_at: None,
            focus: Pane::default(),
            sheet: SheetPane::default(),
            maximised: false,
            detail: Detail::default(),
            filtering: false,
            overlay: Overlay::None,
            history: History::default(),
            scale: Scale::default(),
            as_of: None,
            compared: None,
            dragged: None,
            notice: None,
            progress: None,
            searches: Searches::default(),
        };
        app.timeline.set_scope(&app.world, Node::All, None, &mut app.searches);
        app.detail.show(&app.world, app.timeline.selected_entity(&app.world), None);
        update::settle(&mut app);
        app
    }

    /// The explorer while the dossier is still being read.
    pub fn opening(size: Size) -> Self {
        let empty = World::new(Builder::default().finish());
        Self { progress: Some(Progress::default()), ..Self::new(empty, size) }
    }

    /// Whether an answer to a search is awaited.
    pub fn is_searching(&self) -> bool {
        let finder = matches!(&self.overlay, Overlay::Finder(finder) if finder.is_searching());
        let panes = self.tree.is_searching() || self.timeline.is_searching() || self.lanes.is_searching();
        finder || panes || self.sheet.is_searching()
    }

    /// What the timeline is about.
    pub fn scope(&self) -> Node {
        self.tree.selected()
    }

    /// The entity in view.
    pub fn current(&self) -> Option<EntityId> {
        self.detail.card().map(|card| card.entity)
    }

    /// The day of what is selected: a part of a lane, or a row of the timeline.
    pub fn selected_day(&self) -> Option<NaiveDate> {
        let lane = self.lanes.selected_day().filter(|_| self.view == View::Tenures);
        lane.or_else(|| {
            let day = self.timeline.selected_day(&self.world)?;
            // A row may reach into the window from before; there it is seen at the edge.
            Some(self.timeline.zoom.window().map_or(day, |(first, last)| day.clamp(first, last)))
        })
    }

    /// Where things stand; none if the screen is too small.
    pub fn areas(&self) -> Option<Areas> {
        state::layout::areas(self.size, self.view, self.focus, self.maximised)
    }

    /// Whether the first row shows the panes in place of the views.
    pub fn shows_pane_tabs(&self, areas: &Areas) -> bool {
        areas.shape == Shape::Single && self.view == View::Chronicle && !self.maximised
    }

    /// In which context keys are read.
    pub fn context(&self) -> Context {
        match self.overlay {
            // On a screen too small to be drawn there is nothing to type into.
            _ if self.areas().is_none() => Context::Panes,
            Overlay::None if !self.filtering => Context::Panes,
            Overlay::Evidence(_) => Context::Evidence,
            Overlay::None | Overlay::Finder(_) | Overlay::Help(_) | Overlay::Asking(_) => Context::Typing,
        }
    }

    /// The axis of the shown time on so many columns.
    pub fn axis(&self, width: u16) -> Axis {
        let zoom = self.timeline.zoom;
        self.axis_of(zoom.window().or(zoom.span()), width)
    }

    /// The axis of all of the time on so many columns.
    pub fn overview(&self, width: u16) -> Axis {
        self.axis_of(self.timeline.zoom.span(), width)
    }

    fn axis_of(&self, days: Option<(NaiveDate, NaiveDate)>, width: u16) -> Axis {
        let Some((first, last)) = days else { return Axis::default() };
        // Whole years, where it is about years, so that every January has its place.
        let (first, last) = match self.timeline.zoom.window() {
            Some(window) if window == (first, last) => (first, last),
            Some(_) | None => {
                (first.with_ordinal(1).unwrap_or(first), NaiveDate::from_ymd_opt(last.year(), 12, 31).unwrap_or(last))
            }
        };
        let live = self.world.chronology().years();
        Axis::new(first, last, width, self.scale, |year| live.binary_search(&year).is_ok())
    }
}

/// The part of an area in which a list shows its rows.
pub(crate) fn rows_of(area: Rect) -> usize {
    usize::from(area.height)
}

/// The tabs of a screen with one pane: their titles, each with the column where it starts.
pub fn tabs(view: View) -> impl Iterator<Item = (Pane, u16)> {
    let mut column = 1;
    view.panes().iter().map(move |&pane| {
        let start = column;
        column += pane.title().len() as u16 + 3;
        (pane, start)
    })
}

/// The view whose tab is under a column.
pub(crate) fn view_tab_at(column: u16) -> Option<View> {
    let mut start = 0;
    keymap::views().filter(|(_, view)| view.has_tab()).find_map(|(key, view)| {
        // The key with a space on each side, then the title.
        let end = start + 2 + text::width(&key) as u16 + view.title().len() as u16;
        let hit = (start..end).contains(&column);
        start = end;
        hit.then_some(view)
    })
}

/// The tab under a column.
pub(crate) fn tab_at(view: View, column: u16) -> Option<Pane> {
    let hit = |&(pane, start): &(Pane, u16)| (start..start + pane.title().len() as u16 + 2).contains(&column);
    tabs(view).find(hit).map(|(pane, _)| pane)
}
