//! What a reader can do, as data.
//!
//! Invariant: keys, mouse, the help and tests all speak through these; nothing else
//! changes the state.

use super::cursor::Motion;
use super::prompt::Edit;

/// What fills the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// Institutions, timeline, detail.
    #[default]
    Chronicle,
    /// Departments and what they teach.
    Matrix,
    /// Agreements with parties and signatories.
    Agreements,
    /// Every number with its unit.
    Figures,
    /// The documents.
    Sources,
    /// Where claims differ.
    Conflicts,
    /// The names of an entity by source.
    Names,
}

impl View {
    /// Every view with a tab: its key and its title.
    pub const TABS: [(char, Self, &'static str); 6] = [
        ('1', Self::Chronicle, "Chronicle"),
        ('3', Self::Matrix, "Matrix"),
        ('4', Self::Agreements, "Agreements"),
        ('5', Self::Figures, "Figures"),
        ('6', Self::Sources, "Sources"),
        ('!', Self::Conflicts, "Conflicts"),
    ];

    /// The panes of the view, from left to right.
    pub const fn panes(self) -> &'static [Pane] {
        match self {
            Self::Chronicle => &[Pane::Tree, Pane::Timeline, Pane::Detail],
            Self::Matrix | Self::Agreements | Self::Figures | Self::Sources | Self::Conflicts | Self::Names => {
                &[Pane::Sheet, Pane::Detail]
            }
        }
    }

    /// The pane that has the keys when the view opens.
    pub const fn first_pane(self) -> Pane {
        match self {
            Self::Chronicle => Pane::Timeline,
            Self::Matrix | Self::Agreements | Self::Figures | Self::Sources | Self::Conflicts | Self::Names => {
                Pane::Sheet
            }
        }
    }

    /// The title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Chronicle => "Chronicle",
            Self::Matrix => "Matrix",
            Self::Agreements => "Agreements",
            Self::Figures => "Figures",
            Self::Sources => "Sources",
            Self::Conflicts => "Conflicts",
            Self::Names => "Names",
        }
    }
}

/// A pane of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pane {
    /// Institutions and what belongs to them.
    Tree,
    /// The chronology.
    #[default]
    Timeline,
    /// A table.
    Sheet,
    /// Everything said of the selection.
    Detail,
}

impl Pane {
    /// The pane on the right in a view; after the last one, the first.
    #[must_use]
    pub fn next(self, view: View) -> Self {
        let panes = view.panes();
        let here = panes.iter().position(|&pane| pane == self).unwrap_or(0);
        panes[(here + 1) % panes.len()]
    }

    /// The pane on the left in a view; before the first one, the last.
    #[must_use]
    pub fn previous(self, view: View) -> Self {
        let panes = view.panes();
        let here = panes.iter().position(|&pane| pane == self).unwrap_or(0);
        panes[(here + panes.len() - 1) % panes.len()]
    }

    /// The title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Tree => "Institutions",
            Self::Timeline => "Timeline",
            Self::Sheet => "Table",
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
    /// Shows another view.
    Show(View),
    /// Sorts the table by the next column.
    Sort,
    /// Shows the evidence of the selected line.
    Evidence,
    /// Copies the selected line with its citation.
    Copy,
    /// To the next place of the document.
    NextPlace,
    /// To the previous place of the document.
    PreviousPlace,
    /// To the next place of the document from which nothing is claimed.
    NextUnclaimed,
    /// To the previous such place.
    PreviousUnclaimed,
    /// To the next place where the selected claim is made.
    NextOfClaim,
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
