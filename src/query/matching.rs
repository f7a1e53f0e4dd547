//! What a query leaves of a chronology and of the entities: one answer for all who filter.
//!
//! | asked | a row | an entity |
//! |---|---|---|
//! | words | anything it touches has them in a name, or its subject in what is said of it | it has them |
//! | a date as the only words | its date stands there | it has the figures in a name |
//! | `kind:` | anything it touches is of that kind | it is |
//! | `year:` | its date may touch that time | a date said of it may, or that of a row touching it |
//! | `at:` | its claim counts at that moment | it counts |
//! | `state:` | its claim is in that state | any claim about it is |
//! | `inst:` `dept:` `person:` `role:` | it touches one of that name | it is one, touches one, or holds or held what does |
//! | `degree:` | it touches a programme of that level | it is one, or offers one |
//! | `source:` | its claim has evidence there | a claim or a name of it has, or it is the document |
//! | `has:` | its claim, else its subject, has that | it has that |
//! | `!` before any of these | nothing of the sort | nothing of the sort |
//!
//! Invariant: of a field and the same field behind a `!`, every row and every entity matches
//! exactly one; and what matches several conditions matches as well as the worst of them.

mod ask;
mod blame;
mod dates;
mod named;
mod order;

use std::sync::Arc;

use chrono::NaiveDate;

use self::ask::Asked;
use crate::graph::entity_set::EntitySet;
use crate::graph::names::{MatchSets, Results, Stage};
use crate::model::EntityId;
use crate::query::Query;
use crate::search::Stop;
use crate::timeline::World;
use crate::timeline::chronology::{RowIndex, row_when};
use crate::timeline::status::Standing;

pub use self::blame::{Blame, Blamed, MAX_BLAMED, blame, reasons};
pub use self::order::sort;

/// How something answers a query, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// Not at all.
    No,
    /// It may; that depends on a date that is not exact.
    Possible,
    /// For sure.
    Definite,
}

impl Match {
    /// Whether it stays in a filtered list.
    pub const fn passes(self) -> bool {
        match self {
            Self::No => false,
            Self::Possible | Self::Definite => true,
        }
    }

    fn sure(is_so: bool) -> Self {
        if is_so { Self::Definite } else { Self::No }
    }

    fn at(standing: Standing) -> Self {
        match standing {
            Standing::So => Self::Definite,
            Standing::Possible | Standing::Undated => Self::Possible,
            Standing::Over | Standing::Later => Self::No,
        }
    }
}

/// See the module. Made once for a query, then asked for every row.
#[derive(Debug, Clone)]
pub struct Matching {
    /// Found by name, or by what is said of them.
    found: MatchSets,
    /// Those with a name or of a kind that is excluded.
    barred: EntitySet,
    query: Query,
    /// What it asks beside words and kinds, looked up.
    asked: Arc<[Asked]>,
    /// The days that are meant, where what is typed is a date.
    days: Option<(NaiveDate, NaiveDate)>,
}

impl Matching {
    /// Finds what a query names.
    pub fn new(world: &World, query: &Query) -> Self {
        // What never stops has a result.
        Self::seek(world, query, &Stop::never()).unwrap_or_else(|| Self::of(query, MatchSets::default()))
    }

    /// The same; none if it was stopped.
    pub fn seek(world: &World, query: &Query, stop: &Stop) -> Option<Self> {
        let (dossier, names) = (world.dossier(), world.names());
        let kind = |entity| dossier.entity(entity).kind;
        let barred = if query.excludes_any() {
            names.excluded(&query.pattern, |entity| query.excludes(kind(entity)), stop)?
        } else {
            EntitySet::default()
        };
        let asked = ask::look_up(world, query, stop)?.into();
        let found = names.match_sets(&query.pattern, |entity| query.allows(kind(entity)), stop)?;
        Some(Self { barred, asked, ..Self::of(query, found) })
    }

    fn of(query: &Query, found: MatchSets) -> Self {
        let days = query.date.as_ref().and_then(|date| date.earliest().zip(date.latest()));
        Self { found, barred: EntitySet::default(), query: query.clone(), asked: Arc::default(), days }
    }

    /// How a row of the chronology answers.
    pub fn row(&self, world: &World, row: RowIndex) -> Match {
        let asked = self.asked.iter().map(|asked| asked.of_row(world, row)).min();
        match asked {
            Some(Match::No) => Match::No,
            Some(found) => found.min(self.words_on_row(world, row)),
            None => self.words_on_row(world, row),
        }
    }

    /// How an entity answers.
    pub fn entity(&self, world: &World, entity: EntityId) -> Match {
        if !self.found.named.has(entity) && !self.found.described.has(entity) {
            return Match::No;
        }
        ask::of_entity(world, &self.asked, entity)
    }

    fn words_on_row(&self, world: &World, row: RowIndex) -> Match {
        let touched = world.chronology().touched(row);
        let any = |set: &EntitySet| touched.iter().any(|&entity| set.has(entity));
        if any(&self.barred) {
            return Match::No;
        }
        let subject = world.chronology().row(row).subject;
        if any(&self.found.named) || self.found.described.has(subject) {
            return Match::Definite;
        }
        let dossier = world.dossier();
        if !touched.iter().any(|&entity| self.query.allows(dossier.entity(entity).kind)) {
            return Match::No;
        }
        let when = row_when(dossier, world.chronology().row(row));
        match self.days.zip(when) {
            Some(((first, last), when)) if when.surely_within(first, last) => Match::Definite,
            Some(((first, last), when)) if when.stands_within(first, last) => Match::Possible,
            Some(_) | None => Match::No,
        }
    }
}

/// The best `limit` entities for a query with all its fields, best first or in the order that it asks
/// for, and how many there are.
///
/// An order holds between the dividers: what is found as it was typed stands before what only resembles it.
pub fn search(world: &World, query: &Query, limit: usize) -> Results {
    let mut results = Results::default();
    seek(world, query, limit, &Stop::never(), |stage| match stage {
        Stage::Names(_) => {}
        Stage::Whole(found) => results = found,
    });
    results
}

/// The same in stages; after it was stopped no stage comes.
pub fn seek(world: &World, query: &Query, limit: usize, stop: &Stop, mut each: impl FnMut(Stage)) {
    let Some(asked) = ask::look_up(world, query, stop) else { return };
    let dossier = world.dossier();
    let passes = |entity| query.allows(dossier.entity(entity).kind) && ask::of_entity(world, &asked, entity).passes();
    let order = query.order();
    let all = if order.is_empty() { limit } else { usize::MAX };
    world.names().search_in_stages(dossier, &query.pattern, all, passes, stop, |stage| match stage {
        // What is ordered cannot be shown before all of it is there.
        Stage::Names(_) if !order.is_empty() => {}
        Stage::Whole(mut found) if !order.is_empty() => {
            order::sort_hits(world, order, &mut found.rows);
            found.rows.truncate(limit);
            each(Stage::Whole(found));
        }
        stage => each(stage),
    });
}

#[cfg(test)]
mod fields;
#[cfg(test)]
mod tests;
