//! The actions of the user, as data.
//!
//! Invariant: keys, mouse, the help and tests all speak through these; nothing else
//! changes the state.

use crate::present::tables::Table;
use crate::text::word::words;

/// A view, which fills the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Institutions, timeline, detail.
    #[default]
    Chronicle,
    /// Offices, figures, services and plans over the axis.
    Tenures,
    /// One of the tables.
    Table(Table),
}

impl View {
    /// Returns the table that the view shows, if it is a table view.
    pub const fn table(self) -> Option<Table> {
        match self {
            Self::Chronicle | Self::Tenures => None,
            Self::Table(table) => Some(table),
        }
    }

    /// Returns true if the view has a tab on the first row of the screen.
    pub const fn has_tab(self) -> bool {
        match self {
            Self::Chronicle | Self::Tenures => true,
            Self::Table(table) => table.spec().has_tab,
        }
    }

    /// Returns the panes of the view, from left to right.
    pub const fn panes(self) -> &'static [Pane] {
        match self {
            Self::Chronicle => &[Pane::Tree, Pane::Timeline, Pane::Detail],
            Self::Tenures => &[Pane::Lanes, Pane::Detail],
            Self::Table(_) => &[Pane::Table, Pane::Detail],
        }
    }

    /// Returns the pane that has the keys when the view opens.
    pub const fn first_pane(self) -> Pane {
        match self {
            Self::Chronicle => Pane::Timeline,
            Self::Tenures => Pane::Lanes,
            Self::Table(_) => Pane::Table,
        }
    }

    /// Returns the title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Chronicle => "Chronicle",
            Self::Tenures => "Tenures",
            Self::Table(table) => table.spec().title,
        }
    }
}

words! {
    /// A pane of a view, by its title.
    #[derive(Default)]
    Pane {
        /// Institutions and what belongs to them.
        Tree = "Institutions",
        /// The chronology.
        #[default]
        Timeline = "Timeline",
        /// Offices, figures, services and plans over the axis.
        Lanes = "Tenures",
        /// A table.
        Table = "Table",
        /// Everything said of the selection.
        Detail = "Detail",
    }
}

impl Pane {
    /// Returns the pane on the right (`1`) or on the left (`-1`) in a view, wrapping around at the edges.
    #[must_use]
    pub fn beside(self, view: View, direction: isize) -> Self {
        let panes = view.panes();
        let at = panes.iter().position(|&pane| pane == self).unwrap_or(0);
        let beside = at.wrapping_add_signed(direction).checked_rem(panes.len()).unwrap_or(0);
        panes.get(beside).copied().unwrap_or(self)
    }
}

/// An action of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Moves within the pane or overlay in front.
    Move(Motion),
    /// Goes to the pane on the right (`1`) or on the left (`-1`), from the last to the first and back.
    Focus(isize),
    /// Shows another view.
    Show(View),
    /// Sorts the table by the next column.
    Sort,
    /// Shows the evidence of the selected line.
    Evidence,
    /// Copies the selected line with its citation.
    Copy,
    /// Goes to the next (`1`) or previous (`-1`) place of the document.
    Place(isize),
    /// Goes to the next (`1`) or previous (`-1`) place of the document from which nothing is claimed.
    Unclaimed(isize),
    /// Goes to the next place where the selected claim is made.
    NextOfClaim,
    /// Opens what is selected: a branch, a row, a related entity, a result.
    Open,
    /// Goes one level up in the tree.
    Up,
    /// Goes back in the history.
    Back,
    /// Goes forward in the history.
    Forward,
    /// Finds anything.
    Find,
    /// Filters the pane.
    Filter,
    /// Shows the keys.
    Help,
    /// Shows a shorter time around the selection (`1`), or a longer one (`-1`).
    Zoom(isize),
    /// Shows all of the time.
    ZoomAll,
    /// Moves the shown time to later (`1`) or earlier (`-1`).
    Pan(isize),
    /// Selects the next scale of the axis: gaps collapsed, linear, recent years larger.
    Scale,
    /// Moves the shown time so that the selection lies in its middle; once more, shows just the selection.
    Centre,
    /// Goes to the next (`1`) or previous (`-1`) stretch of years without a long silence.
    Era(isize),
    /// Goes to the next (`1`) or previous (`-1`) part of the lane of the selection.
    InLane(isize),
    /// Asks for a date or two.
    Ask(Question),
    /// Moves the as-of by its own unit, to later (`1`) or earlier (`-1`).
    AsOf(i32),
    /// Moves the as-of to the next (`1`) or previous (`-1`) dated row.
    AsOfRow(isize),
    /// Selects the next lens: all, planned, alleged, inferred.
    Lens,
    /// Goes to the next (`1`) or previous (`-1`) year in which something happened.
    Year(isize),
    /// Goes to the events without a date.
    Undated,
    /// Gives the pane the whole screen, or back.
    Maximise,
    /// Narrows the finder to the next kind.
    NextKind,
    /// Marks the selected row, or takes the mark away, and moves.
    Mark(Motion),
    /// Undoes one layer: overlay, filter, lens, as-of, zoom, maximised pane, focus, view.
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

impl Action {
    /// Returns true for an action along the axis, which only the chronicle and the lanes have.
    pub const fn needs_an_axis(self) -> bool {
        match self {
            Self::Zoom(_)
            | Self::ZoomAll
            | Self::Pan(_)
            | Self::Scale
            | Self::Centre
            | Self::Year(_)
            | Self::Era(_)
            | Self::InLane(_)
            | Self::Lens => true,
            Self::Move(_)
            | Self::Focus(_)
            | Self::Show(_)
            | Self::Sort
            | Self::Evidence
            | Self::Copy
            | Self::Place(_)
            | Self::Unclaimed(_)
            | Self::NextOfClaim
            | Self::Open
            | Self::Up
            | Self::Back
            | Self::Forward
            | Self::Find
            | Self::Filter
            | Self::Help
            | Self::Ask(_)
            | Self::AsOf(_)
            | Self::AsOfRow(_)
            | Self::Undated
            | Self::Maximise
            | Self::NextKind
            | Self::Mark(_)
            | Self::Escape
            | Self::Type(_)
            | Self::Edit(_)
            | Self::Suspend
            | Self::Quit
            | Self::Interrupt => false,
        }
    }
}

/// A movement within a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// Half a page up.
    HalfUp,
    /// Half a page down.
    HalfDown,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first row.
    Top,
    /// To the last row.
    Bottom,
}

impl Motion {
    /// Returns the movement in rows on a page of `height` rows.
    pub fn rows(self, height: usize) -> isize {
        let page = isize::try_from(height).unwrap_or(isize::MAX);
        let (half, most) = (page.midpoint(0).max(1), page.saturating_sub(1).max(1));
        match self {
            Self::Up => -1,
            Self::Down => 1,
            Self::HalfUp => half.saturating_neg(),
            Self::HalfDown => half,
            Self::PageUp => most.saturating_neg(),
            Self::PageDown => most,
            Self::Top => isize::MIN / 2,
            Self::Bottom => isize::MAX / 2,
        }
    }
}

/// A change of the text or the caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Removes the character before the caret.
    Backspace,
    /// Removes the character after the caret.
    Delete,
    /// Removes the word before the caret.
    DeleteWord,
    /// Removes everything before the caret.
    DeleteToStart,
    /// Moves the caret left.
    Left,
    /// Moves the caret right.
    Right,
    /// Moves the caret to the start.
    Home,
    /// Moves the caret to the end.
    End,
}

/// A question on the last row of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// The moment as of which everything is shown.
    AsOf,
    /// The date to go to.
    GoTo,
    /// The two dates to be compared.
    Difference,
}

impl Question {
    /// Returns the words in front of the typed text.
    pub const fn lead(self) -> &'static str {
        match self {
            Self::AsOf => "As of: ",
            Self::GoTo => "Go to: ",
            Self::Difference => "Difference from, to: ",
        }
    }

    /// Returns the forms of an answer, in few words.
    pub const fn forms(self) -> &'static str {
        match self {
            Self::AsOf => "2021, 2021-06, jun 2021, +6m; nothing: the selected day, or off",
            Self::GoTo => "2021, 2021-06, jun 2021, +6m",
            Self::Difference => "2021 2025, or 2021-06..2023-07",
        }
    }
}
