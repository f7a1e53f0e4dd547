//! Evaluates a query on the rows of a chronology and on entities.
//!
//! | term | matches a row if | matches an entity if |
//! |---|---|---|
//! | words | a touched entity has them in a name, its subject in a text, or its property | it has them in a name, in a text, or as a property |
//! | a date as the only words | its date is placed on it | it has the digits in a name |
//! | `kind:` | a touched entity is of the kind | it is of the kind |
//! | `year:` | its date may lie in the time | a date of it, or of a row that touches it, may |
//! | `at:` | its claim is in force at the moment | it is in force |
//! | `state:` | its claim is in the state | a claim about it is |
//! | `inst:` `person:` `role:` | it touches an entity of the name | it has the name, touches such an entity, or holds or is held by one |
//! | a property | it touches what has the value, or is the date | it has the value, or belongs to what is named |
//! | `source:` | its claim has evidence there | a claim or name of it has, or it is the document |
//! | `has:` | its claim, else its subject, has the flag | it has the flag |
//! | `!` before any of these | it does not match the term | it does not match the term |
//!
//! Invariant: every row and entity matches exactly one of a field and its negation; the match of several
//! conditions is the worst of their matches.

mod claim_set;
mod condition;
mod dates;
mod excluding;
mod named;
mod order;
mod said;

use std::sync::Arc;

use chrono::NaiveDate;

use self::claim_set::ClaimSet;
use self::condition::PreparedCondition;
use crate::graph::entity_set::EntitySet;
use crate::graph::names::{MatchSets, Results, Stage};
use crate::model::{DayWindow, EntityId};
use crate::query::Query;
use crate::search::{Pattern, Stop};
use crate::timeline::World;
use crate::timeline::chronology::{Row, RowIndex, row_when};
use crate::timeline::status::TemporalStatus;

pub use self::claim_set::review_states;
pub use self::excluding::{ExcludingTerm, ExcludingTerms, MAX_TRIED, excluding_terms, explain_empty};
pub use self::order::sort;

/// The quality of a match of a row or entity, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// It does not match.
    No,
    /// It matches for some meanings of a date that is not exact.
    Possible,
    /// It certainly matches.
    Definite,
}

impl Match {
    /// Returns true if it stays in a filtered list.
    pub const fn passes(self) -> bool {
        match self {
            Self::No => false,
            Self::Possible | Self::Definite => true,
        }
    }

    fn sure(is_so: bool) -> Self {
        if is_so { Self::Definite } else { Self::No }
    }

    fn at(standing: TemporalStatus) -> Self {
        match standing {
            TemporalStatus::So => Self::Definite,
            TemporalStatus::Possible | TemporalStatus::Undated => Self::Possible,
            TemporalStatus::Over | TemporalStatus::Later => Self::No,
        }
    }
}

/// A query prepared for a world, to be evaluated on many rows and entities.
#[derive(Debug, Clone)]
pub struct Matching {
    /// The entities that match the words by name or by text.
    found: MatchSets,
    /// The claims that the words ask for by the name of their property.
    stated: Arc<ClaimSet>,
    /// The entities that are excluded by name or kind.
    barred: EntitySet,
    query: Query,
    /// The conditions with what was looked up for them.
    asked: Arc<[PreparedCondition]>,
    /// The days of a date that is the only word of the query.
    days: Option<(NaiveDate, NaiveDate)>,
}

impl Matching {
    /// Prepares a query.
    pub fn new(world: &World, query: &Query) -> Self {
        // A search that is never stopped always has a result.
        Self::seek(world, query, &Stop::never()).unwrap_or_else(|| Self::of(query, MatchSets::default()))
    }

    /// Like [`new`](Self::new); returns `None` if `stop` was set meanwhile.
    pub fn seek(world: &World, query: &Query, stop: &Stop) -> Option<Self> {
        let (dossier, names) = (world.dossier(), world.names());
        let kind = |entity| dossier.entity(entity).kind;
        let barred = if query.excludes_any() {
            names.excluded(&query.pattern, |entity| query.excludes(kind(entity)), stop)?
        } else {
            EntitySet::default()
        };
        let asked = condition::prepare(world, query, stop)?.into();
        let sets = |pattern: &Pattern| names.match_sets(dossier, pattern, |entity| query.allows(kind(entity)), stop);
        let mut found = sets(&query.pattern)?;
        if !found.has_close_name
            && let Some(rest) = query.without_letters_behind()
        {
            found = Some(sets(&rest.pattern)?).filter(|found| found.has_close_name).unwrap_or(found);
        }
        let stated = names.stated(dossier, query.asked(), stop);
        let stated = stated.into_iter().map(|stated| stated.claim);
        let stated = ClaimSet::new(world, stated.filter(|&id| query.allows(kind(dossier.claim(id).subject))).collect());
        if !found.has_close_name && !stated.is_empty() {
            found.named = EntitySet::default();
        }
        Some(Self { barred, asked, stated: stated.into(), ..Self::of(query, found) })
    }

    fn of(query: &Query, found: MatchSets) -> Self {
        let days = query.date.as_ref().and_then(|date| date.earliest().zip(date.latest()));
        let (query, asked, stated) = (query.clone(), Arc::default(), Arc::default());
        Self { found, stated, barred: EntitySet::default(), query, asked, days }
    }

    /// Evaluates the query on a row of the chronology.
    pub fn row(&self, world: &World, row: RowIndex) -> Match {
        let asked = self.asked.iter().map(|asked| asked.of_row(world, row)).min();
        match asked {
            Some(Match::No) => Match::No,
            Some(found) => found.min(self.words_on_row(world, row)),
            None => self.words_on_row(world, row),
        }
    }

    /// Evaluates the query on an entity.
    pub fn entity(&self, world: &World, entity: EntityId) -> Match {
        let is_found = self.found.named.has(entity) || self.found.described.has(entity) || self.stated.has_of(entity);
        if !is_found || self.barred.has(entity) {
            return Match::No;
        }
        condition::of_entity(world, &self.asked, entity)
    }

    fn words_on_row(&self, world: &World, row: RowIndex) -> Match {
        let touched = world.chronology().touched(row);
        let any = |set: &EntitySet| touched.iter().any(|&entity| set.has(entity));
        if any(&self.barred) {
            return Match::No;
        }
        let Row { subject, claim, .. } = *world.chronology().row(row);
        if any(&self.found.named) || self.found.described.has(subject) || self.stated.has(claim) {
            return Match::Definite;
        }
        let dossier = world.dossier();
        if !touched.iter().any(|&entity| self.query.allows(dossier.entity(entity).kind)) {
            return Match::No;
        }
        let when = row_when(dossier, world.chronology().row(row));
        match self.days.zip(when) {
            Some(((first, last), when)) if when.window().is_within(DayWindow::between(first, last)) => Match::Definite,
            Some(((first, last), when)) if when.window().stands_within(first, last) => Match::Possible,
            Some(_) | None => Match::No,
        }
    }
}

/// Returns the best `limit` entities for a query with all its fields, and the total count.
///
/// The order is that of relevance or of `sort:`. A sort applies within each group of tiers, so that exact
/// matches stay before similar ones.
///
/// # Examples
///
/// ```
/// use annals::formats::author::load;
/// use annals::syntax::SourceFile;
/// use annals::query::{Query, matching};
/// use annals::timeline::World;
///
/// let text = r#"
/// document = "d"
/// [[source]]
/// id = "d"
/// key = "D"
/// title = "D"
/// [[event]]
/// id = "opening"
/// label = "The garden opens"
/// at = "lead / p1 s1"
/// when = "1931"
/// "#;
/// let (dossier, defects) = load(&[SourceFile::new("garden.toml", text)]);
/// assert!(defects.is_empty());
///
/// let world = World::new(dossier);
/// let found = matching::search(&world, &Query::parse("garden year:1930..1939", world.dossier().vocabulary())?, 10);
/// assert_eq!(world.dossier().label(found.rows[0].entity), "The garden opens");
/// # Ok::<(), annals::query::QueryError>(())
/// ```
pub fn search(world: &World, query: &Query, limit: usize) -> Results {
    let mut results = Results::default();
    seek(world, query, limit, &Stop::never(), |stage| match stage {
        Stage::Names(_) => {}
        Stage::Whole(found) => results = found,
    });
    results
}

/// Like [`search`], in stages; calls `each` no more once `stop` is set.
///
/// If no name has all words letter by letter, but one has all but letters behind a name, these are left out.
pub fn seek(world: &World, query: &Query, limit: usize, stop: &Stop, each: impl FnMut(Stage)) {
    let Some(rest) = query.without_letters_behind() else { return seek_as_typed(world, query, limit, stop, each) };
    let whole = |query: &Query| {
        let mut results = None;
        seek_as_typed(world, query, limit, stop, |stage| match stage {
            Stage::Names(_) => {}
            Stage::Whole(found) => results = Some(found),
        });
        results
    };
    let Some(typed) = whole(query) else { return };
    let found = if typed.close > 0 { None } else { whole(&rest).filter(|found| found.close > 0) };
    if !stop.is_set() {
        Some(Stage::Whole(found.unwrap_or(typed))).into_iter().for_each(each);
    }
}

fn seek_as_typed(world: &World, query: &Query, limit: usize, stop: &Stop, mut each: impl FnMut(Stage)) {
    let Some(asked) = condition::prepare(world, query, stop) else { return };
    let dossier = world.dossier();
    let passes =
        |entity| query.allows(dossier.entity(entity).kind) && condition::of_entity(world, &asked, entity).passes();
    let order = query.order();
    let all = if order.is_empty() { limit } else { usize::MAX };
    world.names().search_in_stages(dossier, query.asked(), all, passes, stop, |stage| match stage {
        // Sorted results are only complete at the last stage.
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
