//! The overlay over the panes: the finder, the help, the evidence, or a question.
//!
//! Invariant: at most one overlay is open, and it has the keys.

use ratatui::layout::Rect;

use super::cursor::Cursor;
use super::evidence::Evidence;
use super::finder::Finder;
use super::help::Help;
use super::layout::{evidence_parts, finder_parts, help_parts};
use super::question::Asking;
use crate::timeline::World;

/// The open overlay, if any.
#[derive(Debug, Clone, Default)]
pub enum Overlay {
    /// No overlay: the focused pane has the keys.
    #[default]
    None,
    /// The finder.
    Finder(Box<Finder>),
    /// The help.
    Help(Help),
    /// The evidence of a claim.
    Evidence(Box<Evidence>),
    /// A question on the last row of the screen.
    Asking(Asking),
}

impl Overlay {
    /// Returns true if no overlay is open.
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Returns the cursor of the overlay's list, and the number of its rows; `None` if the overlay has no list.
    pub(crate) fn list(&mut self) -> Option<(&mut Cursor, usize)> {
        match self {
            Self::None | Self::Asking(_) => None,
            Self::Finder(finder) => Some((&mut finder.cursor, finder.results.rows.len())),
            Self::Help(help) => {
                let len = help.rows().len();
                Some((&mut help.cursor, len))
            }
            Self::Evidence(evidence) => {
                let len = evidence.claims().len();
                Some((&mut evidence.cursor, len))
            }
        }
    }

    /// Returns the rectangle of the list's rows inside of the overlay's frame; empty if the overlay has no list.
    pub(crate) fn list_area(&self, frame: Rect) -> Rect {
        match self {
            Self::None | Self::Asking(_) => Rect::default(),
            Self::Finder(_) => finder_parts(frame).1,
            Self::Help(_) => help_parts(frame).1,
            Self::Evidence(_) => {
                // The first row is the heading of the claims.
                let list = evidence_parts(frame).2;
                Rect { y: list.y + 1, height: list.height.saturating_sub(1), ..list }
            }
        }
    }

    /// Brings the cursor into the list and onto its page, and the preview of the finder to the selected hit.
    pub(crate) fn settle(&mut self, frame: Rect, world: &World) {
        let height = usize::from(self.list_area(frame).height);
        if let Some((cursor, len)) = self.list() {
            cursor.settle(len, height);
        }
        if let Self::Finder(finder) = self {
            finder.follow(world);
        }
    }
}
