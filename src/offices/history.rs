//! The holders of an office over time, from its first dated day on.
//!
//! Invariant: [`holders_on`](super::holders_on) returns the holdings of a period for each of its days, and
//! [`Knowledge::Unknown`](super::Knowledge::Unknown) for the days before the first period.

use chrono::NaiveDate;

use super::term::terms_of;
use super::vacancy::Vacancies;
use super::{Holding, holders_among, horizon};
use crate::graph::Graph;
use crate::model::EntityId;
use crate::offices::periods::periods;

/// A run of days with the same holders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: NaiveDate,
    /// The last day; `None` if it has no end.
    pub last: Option<NaiveDate>,
    /// The holdings on each of these days; never empty.
    pub holdings: Vec<Holding>,
}

/// Returns the holders of a post over time, or nothing if neither a tenure nor a vacancy has a date.
///
/// Periods are consecutive; neighbouring ones may have equal holders.
pub fn holders_over_time(graph: &Graph, post: EntityId) -> Vec<Period> {
    let terms = terms_of(graph, post);
    let windows = terms.iter().flat_map(|term| &term.facts).map(|fact| fact.window);
    let mut limits: Vec<NaiveDate> = windows.flat_map(|window| [window.earliest, window.latest]).flatten().collect();
    limits.extend(Vacancies::of(graph, post, &terms).limits());
    if !limits.is_empty() {
        limits.extend(horizon(graph.dossier()));
    }
    let days = periods(limits).into_iter();
    days.map(|(first, last)| Period { first, last, holdings: holders_among(graph, post, &terms, first) }).collect()
}
