//! The whole course of an office: who held it when, from its first dated day on.
//!
//! Invariant: on every day of a stretch [`holders_on`](super::holders_on) gives the holdings of
//! the stretch; on the days before the first stretch, nothing is known.

use chrono::NaiveDate;

use super::term::{Mark, terms_of};
use super::{Holding, holders_among, horizon};
use crate::graph::Graph;
use crate::model::{ClaimId, EntityId};
use crate::offices::stretches::stretches;

/// Days with one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The first of the days.
    pub first: NaiveDate,
    /// The last of the days.
    pub last: NaiveDate,
    /// The answer: never empty.
    pub holdings: Vec<Holding>,
}

/// Somebody seen in office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting {
    /// The tenure.
    pub tenure: EntityId,
    /// Whose it is, if a document says so.
    pub person: Option<EntityId>,
    /// The claim whose date it is.
    pub claim: ClaimId,
    /// The first day that is meant; none where that is open or unknown.
    pub earliest: Option<NaiveDate>,
    /// The last day that is meant; none where that is open or unknown.
    pub latest: Option<NaiveDate>,
}

/// Who held a post, day by day; nothing where no tenure has a date.
pub fn course(graph: &Graph, post: EntityId) -> Vec<Stretch> {
    let terms = terms_of(graph, post);
    let windows = terms.iter().flat_map(|term| &term.facts).map(|fact| fact.window);
    let mut limits: Vec<NaiveDate> = windows.flat_map(|window| [window.earliest, window.latest]).flatten().collect();
    if !limits.is_empty() {
        limits.extend(horizon(graph));
    }
    let days = stretches(limits).into_iter();
    days.map(|(first, last)| Stretch { first, last, holdings: holders_among(graph, post, &terms, first) }).collect()
}

/// The days on which somebody is seen in office, in the order of the tenures.
pub fn sightings(graph: &Graph, post: EntityId) -> Vec<Sighting> {
    let terms = terms_of(graph, post);
    let seen = terms.iter().flat_map(|term| term.marked(Mark::Seen).map(move |fact| (term, fact)));
    seen.map(|(term, fact)| Sighting {
        tenure: term.tenure,
        person: term.person,
        claim: fact.claim,
        earliest: fact.window.earliest,
        latest: fact.window.latest,
    })
    .collect()
}
