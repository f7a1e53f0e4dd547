//! The messages that change the state, and the effects that the program performs for it.
//!
//! Invariant: a message or effect is plain data; nothing here changes or performs anything.

use ratatui::layout::Size;

use super::request::{Answer, Request};
use crate::keymap::action::Action;
use crate::model::{EntityId, Moment};
use crate::search::Lines;
use crate::timeline::World;

/// Something that happened, to be answered by an `update`.
#[derive(Debug, Clone)]
pub enum Msg<'a> {
    /// The user asked for an action, by key or by mouse.
    Act(Action),
    /// The left mouse button went down on the cell at this column and row, from 0.
    Click(u16, u16),
    /// The mouse moved to this column and row with its left button held.
    Drag(u16, u16),
    /// The wheel turned over a cell: column, row, and notches, positive downwards.
    Wheel(u16, u16, isize),
    /// Text was pasted.
    Paste(&'a str),
    /// Shows an entity, as if the user had opened it.
    Show(EntityId),
    /// The screen has a new size.
    Resize(Size),
    /// Shows everything as of a moment; `None` shows all claims.
    AsOf(Option<Moment>),
    /// An answer to an [`Effect::Search`].
    Found(Answer),
    /// The dossier is still being read; this is how far.
    Progress(Progress),
    /// A dossier, or its names alone, finished loading. Entities keep their ids from one arrival to the next,
    /// their numbers may change.
    Arrived(World, Completeness),
    /// A sentence for the user, shown until the next key.
    Tell(String),
    /// More lines for the picker were read.
    Grown(Growth),
}

impl Msg<'_> {
    /// Returns true if the user caused the message; such a message removes the notice.
    pub const fn is_from_the_user(&self) -> bool {
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

/// Work outside of the state, returned by an `update` and performed by its caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Stop the program until the shell continues it.
    Suspend,
    /// Copy a text to the clipboard.
    Copy(String),
    /// Perform a search and bring its answers back as [`Msg::Found`].
    Search(Box<Request>),
    /// End the picker with its choice.
    Choose,
}

/// The progress of reading the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Rows read so far.
    pub read: u64,
    /// Rows in all; 0 if that is not known yet.
    pub total: u64,
    /// True once the names of all entities are loaded.
    pub has_names: bool,
}

/// The part of a dossier that an arrival holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Entities with their names, without any claim.
    Names,
    /// The whole dossier.
    Whole,
}

/// The lines that the picker can choose from so far.
#[derive(Debug, Clone)]
pub struct Growth {
    /// All lines read so far.
    pub lines: Lines,
    /// True while more may be read.
    pub is_reading: bool,
}
