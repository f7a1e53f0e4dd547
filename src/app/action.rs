//! What a reader can do, as data.
//!
//! Invariant: keys, mouse, the help and tests all speak through these; nothing else
//! changes the state.

use super::cursor::Motion;
use super::prompt::Edit;

/// A pane of the main view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pane {
    /// Institutions and what belongs to them.
    Tree,
    /// The chronology.
    #[default]
    Timeline,
    /// Everything said of the selection.
    Detail,
}

impl Pane {
    /// From left to right.
    pub const ALL: [Self; 3] = [Self::Tree, Self::Timeline, Self::Detail];

    /// The pane `steps` to the right, around the end.
    pub fn shifted(self, steps: isize) -> Self {
        let at = (self as isize + steps).rem_euclid(Self::ALL.len() as isize);
        Self::ALL[at.unsigned_abs()]
    }

    /// The title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Tree => "Institutions",
            Self::Timeline => "Timeline",
            Self::Detail => "Detail",
        }
    }
}

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Moves within the pane or overlay in front.
    Move(Motion),
    /// Goes to the pane on the right, or the left.
    FocusNext,
    /// Goes to the pane on the left.
    FocusPrevious,
    /// Goes to a pane.
    Focus(Pane),
    /// Opens what is selected: a branch, a row, a related entity, a result.
    Open,
    /// One level up in the tree.
    Up,
    /// Back in the history.
    Back,
    /// Forward in the history.
    Forward,
    /// Finds anything.
    Find,
    /// Filters the pane.
    Filter,
    /// To the next match of the filter, or the next row of its kind.
    NextMatch,
    /// To the previous match.
    PreviousMatch,
    /// Shows the keys.
    Help,
    /// Shows a shorter time, around the selection.
    ZoomIn,
    /// Shows a longer time.
    ZoomOut,
    /// Shows all of the time.
    ZoomAll,
    /// Moves the shown time to earlier.
    PanEarlier,
    /// Moves the shown time to later.
    PanLater,
    /// Collapses gaps, or not.
    Scale,
    /// To the next year in which something happened.
    NextYear,
    /// To the previous year in which something happened.
    PreviousYear,
    /// To the events without a date.
    Undated,
    /// Gives the pane the whole screen, or back.
    Maximise,
    /// Narrows the finder to the next kind.
    NextKind,
    /// Peels one layer: overlay, filter, zoom, maximised pane.
    Escape,
    /// Types a character.
    Type(char),
    /// Edits what is typed.
    Edit(Edit),
    /// Stops the program until the shell continues it.
    Suspend,
    /// Closes what is in front, or quits.
    Quit,
    /// Quits at once.
    Interrupt,
}
