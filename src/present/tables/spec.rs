//! The description of a table, which the file of each table fills in.
//!
//! Invariant: everything that distinguishes one table from another is in its [`TableSpec`].

use std::fmt;

use super::data::{TableData, TableRow};
use super::row_card::{RowCard, entity_card};
use crate::evidence::library::Library;
use crate::model::{EntityId, Moment};
use crate::search::Stop;
use crate::timeline::World;
use crate::timeline::difference::Reversed;
use crate::verdicts::Pair;

/// The description of a table.
pub struct TableSpec {
    /// The title of the view, unique; in lower case the name that `annals render` takes.
    pub title: &'static str,
    /// The name of the command that prints the table, unique.
    pub command: &'static str,
    /// The description of the command in its help: a clause without a full stop.
    pub about: &'static str,
    /// The input that the table needs besides the dossier.
    pub needs: Needs,
    /// True if the view has a tab on the first row of the screen.
    ///
    /// A view without one is opened from another view: its key builds the table again for what is shown
    /// now, and Esc leads back to where it was opened.
    pub has_tab: bool,
    /// True if a table about an entity has nothing but the names of that entity.
    pub is_about_names: bool,
    /// For a view whose tables the dossier declares: which there are. `None` if there is one, whatever the dossier.
    pub declared: Option<Declared>,
    /// Builds the table. It may leave rows out if `stop` was set meanwhile; the result is not used then.
    pub build: fn(&TableInput<'_>) -> TableData,
    /// Builds the table with each of the rows for which [`build`](Self::build) has one in place of several; `None` if it
    /// has them all.
    pub unfolded: Option<fn(&TableInput<'_>) -> TableData>,
    /// Returns the pairs of claims that were judged for a row, if it is one of verdicts.
    pub pairs: fn(&World, &TableRow) -> Vec<Pair>,
    /// Adds what the documents show, where they are at hand; `None` if they add nothing.
    pub held: Option<fn(&World, &Library, TableData) -> TableData>,
    /// Builds the card of a row, as of a moment if one is given; `None` if the row rests on nothing.
    pub card: fn(&World, &TableRow, Option<Moment>) -> Option<RowCard>,
}

impl TableSpec {
    /// The values that most tables share: no further input, a tab, and the card of a row's entity.
    pub const PLAIN: Self = Self {
        title: "",
        command: "",
        about: "",
        needs: Needs::Nothing,
        has_tab: true,
        is_about_names: false,
        declared: None,
        build: |_| TableData::default(),
        unfolded: None,
        pairs: |_, _| Vec::new(),
        held: None,
        card: entity_card,
    };
}

/// The tables of one view that a dossier declares, by number.
pub struct Declared {
    /// Returns the number of the first table from a number on, going round, that has anything to show; `None` if none has.
    pub at: fn(&World, usize) -> Option<usize>,
    /// Returns the names of all tables, by number, as their command takes them.
    pub names: fn(&World) -> Vec<&str>,
    /// Returns the name of the tab of a table.
    pub tab: fn(&World, usize) -> Option<&str>,
}

/// The input that a table needs besides the dossier.
#[derive(Clone, Copy)]
pub enum Needs {
    /// No further input.
    Nothing,
    /// An entity; without one the table is about all.
    Entity,
    /// One of some entities: the given one, the institution to which it belongs, or the first.
    OneOf {
        /// Returns the entities to choose from, the default first, for the table with a number.
        candidates: fn(&World, usize) -> Vec<EntityId>,
        /// Returns the message of the command for an entity that leads to none of them.
        otherwise: fn(&World, usize) -> String,
    },
    /// Two dates [in order](in_order). The table has no as-of.
    TwoDates,
}

/// The input from which a table is built.
#[derive(Clone, Copy)]
pub struct TableInput<'a> {
    /// The dossier.
    pub world: &'a World,
    /// The entity that the table is about, as [`Needs::entity`] gives it.
    pub about: Option<EntityId>,
    /// The two dates of a table with [`Needs::TwoDates`].
    pub dates: Option<(Moment, Moment)>,
    /// The number of the table among those that the dossier declares, as [`Table::number`] gives it; else 0.
    pub number: usize,
    /// The number of rows needed; a table may have more, and counts all in [`TableData::total`].
    pub most: usize,
    /// Set when the table is no longer wanted.
    pub stop: &'a Stop,
}

impl Needs {
    /// Returns the entity that the table with a number is about where `given` is in view or named by the user.
    pub fn entity(self, world: &World, given: Option<EntityId>, number: usize) -> Option<EntityId> {
        match self {
            Self::Nothing | Self::TwoDates => None,
            Self::Entity => given,
            Self::OneOf { candidates, .. } => {
                let all = candidates(world, number);
                let home = given.and_then(|entity| world.home(entity));
                let near = [given, home].into_iter().flatten().find(|entity| all.contains(entity));
                near.or_else(|| all.first().copied())
            }
        }
    }
}

/// Returns two dates if they are in order, as a table with [`Needs::TwoDates`] wants them.
///
/// # Errors
///
/// A second date that ends before the first one begins.
pub fn in_order(from: Moment, to: Moment) -> Result<(Moment, Moment), Reversed> {
    if to.last() < from.first() { Err(Reversed { from, to }) } else { Ok((from, to)) }
}

/// One of the registered tables. Two are equal if they have the same title.
#[derive(Clone, Copy)]
pub struct Table(pub(super) &'static TableSpec);

impl Table {
    /// Its description.
    pub const fn spec(self) -> &'static TableSpec {
        self.0
    }

    /// Returns the number of the table that is shown where one with a number is wanted: that one or the first after it,
    /// going round, that has anything to show. For a view of one table it is the same number.
    pub fn number(self, world: &World, wanted: usize) -> usize {
        let at = self.0.declared.as_ref().and_then(|declared| (declared.at)(world, wanted));
        at.unwrap_or(wanted)
    }

    /// Returns the name of the tab where the table with a number is wanted; `None` if the view has no tab in this dossier.
    pub fn tab(self, world: &World, wanted: usize) -> Option<&str> {
        match &self.0.declared {
            _ if !self.0.has_tab => None,
            None => Some(self.0.title),
            Some(declared) => (declared.at)(world, wanted).and_then(|number| (declared.tab)(world, number)),
        }
    }

    /// Builds the whole table, the first if the dossier declares several, about an entity or between two dates if it needs
    /// one.
    pub fn build(self, world: &World, given: Option<EntityId>, dates: Option<(Moment, Moment)>) -> TableData {
        self.build_nth(world, given, dates, self.number(world, 0))
    }

    /// Builds the whole table with a number, about an entity or between two dates if it needs one.
    pub fn build_nth(
        self,
        world: &World,
        given: Option<EntityId>,
        dates: Option<(Moment, Moment)>,
        number: usize,
    ) -> TableData {
        self.build_with(self.0.build, world, given, dates, number)
    }

    /// Builds the whole table with a number as [`build_nth`](Self::build_nth) does, and no row in place of several.
    pub fn build_unfolded(
        self,
        world: &World,
        given: Option<EntityId>,
        dates: Option<(Moment, Moment)>,
        number: usize,
    ) -> TableData {
        self.build_with(self.0.unfolded.unwrap_or(self.0.build), world, given, dates, number)
    }

    fn build_with(
        self,
        build: fn(&TableInput<'_>) -> TableData,
        world: &World,
        given: Option<EntityId>,
        dates: Option<(Moment, Moment)>,
        number: usize,
    ) -> TableData {
        let about = self.0.needs.entity(world, given, number);
        let stop = Stop::never();
        build(&TableInput { world, about, dates, number, most: usize::MAX, stop: &stop })
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.0.title == other.0.title
    }
}

impl Eq for Table {}

impl fmt::Debug for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.title)
    }
}
