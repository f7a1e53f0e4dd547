//! More persons who surely held one post at the same time than it has holders.
//!
//! A day on which one term ends and the next begins is that of the handover, and no overlap.
//!
//! Invariant: of the terms that run, no more are kept than the post has holders and `MAX_COMPARED` others, those that
//! last longest; a term is held against them only if they are more than the post has holders.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use crate::graph::Graph;
use crate::graph::judged::Judged;
use crate::graph::slots::is_actual;
use crate::model::{Core, DayWindow, Dossier, EntityId, Value};
use crate::offices::{DateRole, Term, terms_of};

/// The manner of a tenure that stands beside another.
const ACTING: &str = "acting";

/// The most terms beside those of the holders that a term is held against.
const MAX_COMPARED: usize = 16;

/// The days on which a person is surely in office, from the first to the last.
#[derive(Debug, Clone)]
pub struct Held {
    /// The term.
    pub term: Term,
    /// Its person.
    pub person: EntityId,
    /// The first of the days.
    pub first: NaiveDate,
    /// The last of the days.
    pub last: NaiveDate,
}

/// Two terms that overlap.
#[derive(Debug, Clone, Copy)]
pub struct Overlap<'a> {
    /// The term that began first.
    pub earlier: &'a Held,
    /// The other one.
    pub later: &'a Held,
    /// The number of holders that the post would need for both.
    pub holders: usize,
}

impl Overlap<'_> {
    /// Returns the days on which both surely held the post.
    pub fn days(&self) -> (NaiveDate, NaiveDate) {
        (self.later.first, self.later.last.min(self.earlier.last))
    }
}

/// Returns the terms of a post with a day on which a person surely held it, nobody acting, by that day.
pub fn held(graph: &Graph, post: EntityId) -> Vec<Held> {
    let terms = terms_of(graph, post).into_iter().filter(|term| !is_acting(graph.dossier(), term.tenure));
    let mut held: Vec<Held> = terms.filter_map(Held::of).collect();
    held.sort_by_key(|held| (held.first, held.term.tenure));
    held
}

/// Passes every overlap of the terms of a post, which [`held`] returns, to `each`.
pub fn overlaps<'a>(
    dossier: &Dossier,
    judged: &mut Judged,
    post: EntityId,
    held: &'a [Held],
    mut each: impl FnMut(Overlap<'a>),
) {
    let beside = holders_of(dossier, post).saturating_sub(1);
    // The one that lasts longest comes first.
    let mut running: BTreeMap<(Reverse<NaiveDate>, usize), &Held> = BTreeMap::new();
    for (number, later) in held.iter().enumerate() {
        while running.last_entry().is_some_and(|earliest| earliest.get().last < later.first) {
            running.pop_last();
        }
        if running.len() > beside {
            let mut others: Vec<&Held> = Vec::new();
            let mut persons: HashSet<EntityId> = HashSet::from([judged.group(later.person)]);
            for earlier in running.values().filter(|earlier| later.overlaps(earlier)) {
                // Several terms of one person are one holder.
                if persons.insert(judged.group(earlier.person)) {
                    others.push(earlier);
                }
            }
            for earlier in others.into_iter().skip(beside) {
                each(Overlap { earlier, later, holders: beside.saturating_add(2) });
            }
        }
        running.insert((Reverse(later.last), number), later);
        if running.len() > beside.saturating_add(MAX_COMPARED) {
            running.pop_last();
        }
    }
}

impl Held {
    /// Returns the days on which the person of a term is surely in office; `None` if there is no such day.
    fn of(term: Term) -> Option<Self> {
        let (first, last) = (term.first()?.latest?, term.last()?.earliest?);
        let person = term.person?;
        (first <= last).then_some(Self { term, person, first, last })
    }

    /// Returns true if both are surely in office on a day that is not that of a handover.
    fn overlaps(&self, other: &Self) -> bool {
        let shared = self.first.max(other.first)..=self.last.min(other.last);
        !shared.is_empty() && !self.may_follow(other) && !other.may_follow(self)
    }

    /// Returns true if the person is surely in office on a day of these that is not that of a handover.
    pub fn has_day_of(&self, days: DayWindow) -> bool {
        days.latest.is_none_or(|last| self.first < last) && days.earliest.is_none_or(|first| first < self.last)
    }

    /// Returns true if it begins on the last day of the other, which may have ended on that day.
    fn may_follow(&self, other: &Self) -> bool {
        let only_begins = other.term.facts.iter().all(|fact| fact.role == DateRole::Start);
        self.first == other.last && !only_begins
    }
}

/// Returns the number of persons who hold a post at one time: the greatest that is stated, else one.
fn holders_of(dossier: &Dossier, post: EntityId) -> usize {
    let stated = dossier.slot(post, Core::Holders).iter().filter(|claim| is_actual(claim));
    let counts = stated.filter_map(|claim| match claim.value {
        Value::Number { number, .. } => Some(number.get()),
        Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    });
    #[expect(clippy::cast_sign_loss, reason = "at least one")]
    counts.map(|count| count.max(1.0) as usize).max().unwrap_or(1)
}

fn is_acting(dossier: &Dossier, tenure: EntityId) -> bool {
    dossier.slot(tenure, Core::Manner).iter().any(|claim| match claim.value {
        Value::Text(text) => is_actual(claim) && dossier.text(text).trim().eq_ignore_ascii_case(ACTING),
        Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => false,
    })
}
