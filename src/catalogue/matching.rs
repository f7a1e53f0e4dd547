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
//! | `!` before any of these | nothing of the sort | nothing of the sort |
//!
//! Invariant: of a field and the same field behind a `!`, every row and every entity matches
//! exactly one; and what matches several conditions matches as well as the worst of them.

use chrono::NaiveDate;

use super::Catalogue;
use super::chronology::{RowIndex, row_when};
use super::query::{Condition, Lens, Query, Span, State};
use super::search::{Results, Tier};
use super::standing::{Limits, Standing, claim_at, entity_at, limits};
use crate::model::{Claim, Dossier, EntityId, Kind};

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
    /// Found by name, in the order of the dossier.
    named: Vec<EntityId>,
    /// Found by what is said of them.
    described: Vec<EntityId>,
    /// Those with a name or of a kind that is excluded.
    barred: Vec<EntityId>,
    query: Query,
    /// The days that are meant, where what is typed is a date.
    days: Option<(NaiveDate, NaiveDate)>,
}

impl Matching {
    /// Finds what a query names.
    pub fn new(catalogue: &Catalogue, query: &Query) -> Self {
        let dossier = catalogue.dossier();
        let names = catalogue.names();
        let found = names.search(dossier, query, usize::MAX);
        let prose = found.rows.iter().filter(|hit| hit.tier == Tier::Prose);
        let mut described: Vec<EntityId> = prose.map(|hit| hit.entity).collect();
        described.sort_unstable();
        let is_barred =
            |entity: &EntityId| query.excludes(dossier.entity(*entity).kind) || names.is_unwanted(query, *entity);
        let barred = if query.excludes_any() { dossier.entities().filter(is_barred).collect() } else { Vec::new() };
        Self {
            named: names.matching_entities(dossier, query),
            described,
            barred,
            query: query.clone(),
            days: query.date.as_ref().and_then(|date| date.earliest().zip(date.latest())),
        }
    }

    /// How a row of the chronology answers.
    pub fn row(&self, catalogue: &Catalogue, row: RowIndex) -> Match {
        let asked = self.query.conditions().iter().map(|condition| condition_on_row(catalogue, condition, row)).min();
        match asked {
            Some(Match::No) => Match::No,
            Some(found) => found.min(self.words_on_row(catalogue, row)),
            None => self.words_on_row(catalogue, row),
        }
    }

    /// How an entity answers.
    pub fn entity(&self, catalogue: &Catalogue, entity: EntityId) -> Match {
        let has = |list: &[EntityId]| list.binary_search(&entity).is_ok();
        if !has(&self.named) && !has(&self.described) {
            return Match::No;
        }
        conditions_on_entity(catalogue, self.query.conditions(), entity)
    }

    fn words_on_row(&self, catalogue: &Catalogue, row: RowIndex) -> Match {
        let touched = catalogue.chronology().touched(row);
        let any = |list: &[EntityId]| touched.iter().any(|entity| list.binary_search(entity).is_ok());
        if any(&self.barred) {
            return Match::No;
        }
        let subject = catalogue.chronology().rows()[row as usize].subject;
        if any(&self.named) || self.described.binary_search(&subject).is_ok() {
            return Match::Definite;
        }
        let dossier = catalogue.dossier();
        if !touched.iter().any(|&entity| self.query.allows(dossier.entity(entity).kind)) {
            return Match::No;
        }
        let when = row_when(dossier, &catalogue.chronology().rows()[row as usize]);
        match self.days.zip(when) {
            Some(((first, last), when)) if when.surely_within(first, last) => Match::Definite,
            Some(((first, last), when)) if when.stands_within(first, last) => Match::Possible,
            Some(_) | None => Match::No,
        }
    }
}

/// The best `limit` entities for a query with all its fields, best first, and how many there are.
pub fn search(catalogue: &Catalogue, query: &Query, limit: usize) -> Results {
    let passes = |entity| conditions_on_entity(catalogue, query.conditions(), entity).passes();
    catalogue.names().search_where(catalogue.dossier(), query, limit, passes)
}

fn condition_on_row(catalogue: &Catalogue, condition: &Condition, row: RowIndex) -> Match {
    let dossier = catalogue.dossier();
    let row = &catalogue.chronology().rows()[row as usize];
    let claim = dossier.claim(row.claim);
    let found = match &condition.lens {
        Lens::Year(spans) => row_when(dossier, row).map_or(Match::No, |when| in_any(spans, limits(when))),
        Lens::At(moment) => Match::at(claim_at(dossier, claim, *moment)),
        Lens::State(states) => in_state(states, claim),
    };
    signed(condition, found)
}

/// How an entity answers everything but words and kinds.
fn conditions_on_entity(catalogue: &Catalogue, conditions: &[Condition], entity: EntityId) -> Match {
    let mut worst = Match::Definite;
    for condition in conditions {
        worst = worst.min(condition_on_entity(catalogue, condition, entity));
        if worst == Match::No {
            break;
        }
    }
    worst
}

fn condition_on_entity(catalogue: &Catalogue, condition: &Condition, entity: EntityId) -> Match {
    let dossier = catalogue.dossier();
    let found = match &condition.lens {
        Lens::Year(spans) => best(dates_of(catalogue, entity).map(|dates| in_any(spans, dates))),
        Lens::At(moment) => Match::at(entity_at(dossier, catalogue.links().to(entity), entity, *moment)),
        Lens::State(states) => best(dossier.claims_of(entity).iter().map(|claim| in_state(states, claim))),
    };
    signed(condition, found)
}

fn signed(condition: &Condition, found: Match) -> Match {
    if condition.negated { Match::sure(!found.passes()) } else { found }
}

fn in_any(spans: &[Span], (earliest, latest): Limits) -> Match {
    best(spans.iter().map(|span| {
        if span.holds(earliest, latest) {
            Match::Definite
        } else if span.may_touch(earliest, latest) {
            Match::Possible
        } else {
            Match::No
        }
    }))
}

fn in_state(states: &[State], claim: &Claim) -> Match {
    Match::sure(states.iter().any(|state| state.holds(claim)))
}

/// The best of several, looked for no further than needed.
fn best(found: impl Iterator<Item = Match>) -> Match {
    let mut best = Match::No;
    for found in found {
        best = best.max(found);
        if best == Match::Definite {
            break;
        }
    }
    best
}

/// Every date that bears on an entity: said of it, of a row that touches it, or its publication.
fn dates_of(catalogue: &Catalogue, entity: EntityId) -> impl Iterator<Item = Limits> {
    let dossier = catalogue.dossier();
    let said = dossier.claims_of(entity).iter().flat_map(|claim| dates(dossier, claim));
    let chronology = catalogue.chronology();
    let touching = chronology.touching(entity).iter();
    let rows = touching.filter_map(move |&row| row_when(dossier, &chronology.rows()[row as usize])).map(limits);
    let is_document = dossier.entity(entity).kind == Kind::Document;
    let documents = is_document.then(|| dossier.documents()).into_iter().flatten();
    let own = documents.map(|(_, document)| document).filter(move |document| document.entity == entity);
    let published = own.filter_map(|document| document.published.as_ref()).map(limits);
    said.chain(rows).chain(published)
}

/// The dates of a claim: its value, the day for which it is said, and the time in which it holds.
fn dates(dossier: &Dossier, claim: &Claim) -> impl Iterator<Item = Limits> + use<> {
    let of = |when: Option<_>| when.map(|when| limits(dossier.when(when)));
    let holds = match (of(claim.start), of(claim.end)) {
        (Some((earliest, _)), Some((_, latest))) => Some((earliest, latest)),
        (Some(only), None) | (None, Some(only)) => Some(only),
        (None, None) => None,
    };
    [dossier.date(claim).map(limits), of(claim.as_of), holds].into_iter().flatten()
}

#[cfg(test)]
mod tests;
