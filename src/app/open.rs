//! The explorer as it opens, with a dossier or before one is read.
//!
//! Invariant: it opens with its panes in step, on the first row of the whole timeline.

use ratatui::layout::Size;

use super::message::Progress;
use super::request::Searches;
use super::state::App;
use super::state::detail::Detail;
use super::state::history::History;
use super::state::lanes::LanePane;
use super::state::overlay::Overlay;
use super::state::table::TablePane;
use super::state::timeline::Timeline;
use super::state::tree::{Node, Tree};
use super::state::zoom::Zoom;
use super::sync;
use crate::keymap::action::{Pane, View};
use crate::model::Builder;
use crate::timeline::World;
use crate::timeline::axis::Scale;

impl App {
    /// Returns the explorer of a dossier, on its start screen.
    pub fn new(world: World, size: Size) -> Self {
        let mut app = Self {
            timeline: Timeline::new(Zoom::all(world.chronology().span())),
            lanes: LanePane::default(),
            tree: Tree::new(&world),
            world,
            library: None,
            size,
            view: View::default(),
            came_from: View::default(),
            left_at: None,
            focus: Pane::default(),
            leader: Some(Pane::default()),
            table: TablePane::default(),
            maximised: false,
            detail: Detail::default(),
            filtering: false,
            overlay: Overlay::None,
            history: History::default(),
            scale: Scale::default(),
            as_of: None,
            matrix: 0,
            compared: None,
            dragged: None,
            notice: None,
            progress: None,
            searches: Searches::default(),
            effects: Vec::new(),
        };
        app.timeline.set_scope(&app.world, Node::All, None, &mut app.searches);
        app.detail.show(&app.world, app.timeline.selected_entity(&app.world), None);
        sync::settle(&mut app);
        app
    }

    /// Returns the explorer while its dossier is still being read.
    pub fn opening(size: Size) -> Self {
        let empty = World::new(Builder::default().finish());
        Self { progress: Some(Progress::default()), ..Self::new(empty, size) }
    }
}
