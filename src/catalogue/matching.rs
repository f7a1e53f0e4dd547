//! What a query lets pass of a chronology.
//!
//! Invariant: rows and entities are judged by the same words.

use chrono::NaiveDate;

use super::Catalogue;
use super::chronology::{RowIndex, row_when};
use super::query::Query;
use super::search::Tier;
use crate::model::{EntityId, When};

/// What a filter of the timeline lets pass.
pub struct Matching {
    /// Found by name.
    named: Vec<EntityId>,
    /// Found by what is said of them.
    described: Vec<EntityId>,
    /// The days that are meant, where what is typed is a date.
    days: Option<(NaiveDate, NaiveDate)>,
}

impl Matching {
    pub fn new(catalogue: &Catalogue, query: &Query, text: &str) -> Self {
        let dossier = catalogue.dossier();
        let found = catalogue.names().search(dossier, query, usize::MAX);
        let prose = found.rows.iter().filter(|hit| hit.tier == Tier::Prose);
        let mut described: Vec<EntityId> = prose.map(|hit| hit.entity).collect();
        described.sort_unstable();
        let date = When::parse(text.trim()).ok();
        let days = date.and_then(|date| date.earliest().zip(date.latest()));
        Self { named: catalogue.names().matching_entities(dossier, query), described, days }
    }

    /// A row passes if anything it touches is found by name, or its subject by what is said of it.
    pub fn row(&self, catalogue: &Catalogue, row: RowIndex) -> bool {
        let when = row_when(catalogue.dossier(), &catalogue.chronology().rows()[row as usize]);
        let is_dated = |(first, last)| when.is_some_and(|when| stands_in(when, first, last));
        if self.days.is_some_and(is_dated) {
            return true;
        }
        let touched = catalogue.chronology().touched(row);
        touched.iter().any(|entity| self.named.binary_search(entity).is_ok())
            || self.described.binary_search(&catalogue.chronology().rows()[row as usize].subject).is_ok()
    }

    pub fn entity(&self, entity: EntityId) -> bool {
        self.named.binary_search(&entity).is_ok() || self.described.binary_search(&entity).is_ok()
    }
}

/// Whether a date belongs on a window: what has only one bound stands there alone, as on the axis.
fn stands_in(when: &When, first: NaiveDate, last: NaiveDate) -> bool {
    match (when.earliest(), when.latest()) {
        (Some(_), Some(_)) => when.may_touch(first, last),
        (None, _) | (_, None) => when.anchor().is_some_and(|day| (first..=last).contains(&day)),
    }
}
