//! One tenure as its documents date it, and what that says of a day.
//!
//! Whoever holds an office on some day before and on some day after, held it in between.
//! So every date is read alike: as a day on which the person was in office, known within
//! limits. A start has nothing before it, an end nothing behind it.
//!
//! Invariant: a term is never read as holding on a day before all of its starts and
//! sightings, or, where it has an end, after all of its ends and sightings.

use chrono::NaiveDate;

use super::span::{Answer, Window};
use super::{Certainty, State};
use crate::graph::Graph;
use crate::graph::slots::{actual_ids, is_actual, slot_ids};
use crate::model::id::WhenId;
use crate::model::{ClaimId, Dossier, EntityId, Property, Value};

/// What a date of a tenure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Its first day.
    Start,
    /// Its last day.
    End,
    /// A day on which the person is seen in office.
    Seen,
}

/// One dated statement of a tenure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The claim.
    pub claim: ClaimId,
    /// The date, as stated.
    pub when: WhenId,
    /// What the date is.
    pub mark: Mark,
    /// The days that it may mean.
    pub window: Window,
}

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The tenure.
    pub tenure: EntityId,
    /// Whose it is, if a document says so.
    pub person: Option<EntityId>,
    /// Its dated statements.
    pub facts: Vec<Fact>,
    /// The claims by which documents leave its end blank.
    pub blanks: Vec<ClaimId>,
    start: Option<Window>,
    end: Option<Window>,
}

/// How a term holds on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Stated, attested or assumed.
    pub state: State,
    /// Whether the dates are exact enough.
    pub certainty: Certainty,
}

/// The tenures of a post, in the order of the dossier.
pub fn terms_of(graph: &Graph, post: EntityId) -> Vec<Term> {
    let dossier = graph.dossier();
    let mut terms: Vec<Term> = Vec::new();
    for &id in graph.links().to(post) {
        let claim = dossier.claim(id);
        let holds = claim.property == Property::HoldsPost && is_actual(claim);
        if !holds || terms.iter().any(|term| term.tenure == claim.subject) {
            continue;
        }
        if actual_ids(dossier, claim.subject, Property::HoldsPost).contains(&id) {
            terms.push(Term::new(dossier, claim.subject, post));
        }
    }
    terms
}

impl Term {
    fn new(dossier: &Dossier, tenure: EntityId, post: EntityId) -> Self {
        let mut facts = Vec::new();
        let mut add = |claim, mark, when: Option<WhenId>| {
            facts.extend(when.map(|when| Fact { claim, when, mark, window: Window::of(dossier.when(when)) }));
        };
        for (property, mark) in
            [(Property::Start, Mark::Start), (Property::End, Mark::End), (Property::Attested, Mark::Seen)]
        {
            for id in actual_ids(dossier, tenure, property) {
                add(id, mark, date_id(dossier.claim(id).value));
            }
        }
        // "Director as of 2022", "director from 2020 to 2025" may also be said in one breath.
        for id in actual_ids(dossier, tenure, Property::HoldsPost) {
            let claim = dossier.claim(id);
            if Dossier::target(claim) == Some(post) {
                add(id, Mark::Start, claim.start);
                add(id, Mark::End, claim.end);
                add(id, Mark::Seen, claim.as_of);
            }
        }
        let person = actual_ids(dossier, tenure, Property::OfPerson)
            .into_iter()
            .find_map(|id| Dossier::target(dossier.claim(id)));
        let blanks = slot_ids(dossier, tenure, Property::End)
            .filter(|&id| dossier.claim(id).value == Value::Missing && is_actual(dossier.claim(id)))
            .collect();
        let (start, end) = bounds(&facts);
        Self { tenure, person, facts, blanks, start, end }
    }

    /// The dated statements of one sort.
    pub fn marked(&self, mark: Mark) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.mark == mark)
    }

    /// The days on which the person was in office, each within its limits.
    fn points(&self) -> impl Iterator<Item = Window> {
        self.start.into_iter().chain(self.marked(Mark::Seen).map(|fact| fact.window)).chain(self.end)
    }

    /// Whether the person was in office on that day or on an earlier one.
    pub fn known_by(&self, day: NaiveDate) -> Answer {
        self.points().map(|window| window.by(day)).fold(Answer::Silent, Answer::max)
    }

    /// Whether the person was in office on that day or on a later one.
    fn known_from(&self, day: NaiveDate) -> Answer {
        self.points().map(|window| window.from(day)).fold(Answer::Silent, Answer::max)
    }

    /// Whether the term is over by the day, or not yet begun, whatever its dates mean exactly.
    pub fn is_out(&self, day: NaiveDate) -> bool {
        self.is_over(day) || self.is_to_come(day)
    }

    /// Whether its last day lies before the day.
    pub fn is_over(&self, day: NaiveDate) -> bool {
        self.end.is_some_and(|end| end.from(day) == Answer::No)
    }

    /// Whether its first day lies after the day.
    pub fn is_to_come(&self, day: NaiveDate) -> bool {
        self.start.is_some_and(|start| start.by(day) == Answer::No)
    }

    /// The first day on which the person is known to be in office.
    pub fn first(&self) -> Option<Window> {
        self.points().min_by_key(|window| (window.latest.is_none(), window.latest))
    }

    /// The last day on which the person is known to be in office.
    pub fn last(&self) -> Option<Window> {
        self.points().max_by_key(|window| window.earliest)
    }

    /// Whether this term is known to follow another one, and not to run beside it.
    pub fn follows(&self, other: &Self) -> bool {
        let (Some(first), Some(before)) = (self.first(), other.first()) else { return false };
        let beside = other.last().is_some_and(|last| first.surely_before(last));
        before.surely_before(first) && !beside
    }

    /// How the term holds on a day, other holders aside; none if its dates do not bear on it.
    pub fn read(&self, day: NaiveDate) -> Option<Reading> {
        if self.is_out(day) {
            return None;
        }
        let seen = |answer: fn(Window, NaiveDate) -> Answer| {
            self.marked(Mark::Seen).map(|fact| answer(fact.window, day)).fold(Answer::Silent, Answer::max)
        };
        let (seen_by, seen_from) = (seen(Window::by), seen(Window::from));
        let begun = self.start.map(|start| start.by(day));
        let lasting = self.end.map(|end| end.from(day));
        let (by, from) = (self.known_by(day), self.known_from(day));
        let certain = |answers: &[Option<Answer>]| {
            let all = answers.iter().all(|answer| answer.is_none_or(|answer| answer == Answer::Yes));
            if all { Certainty::Definite } else { Certainty::Possible }
        };
        // That the first day may be this one adds nothing where the term has begun anyway.
        let only_begun = begun == Some(Answer::Yes) && from == Answer::Maybe && lasting.is_none() && seen_from < from;
        if by >= Answer::Maybe && from >= Answer::Maybe && !only_begun {
            let between = begun.is_some_and(|begun| begun >= by) && lasting.is_some_and(|lasting| lasting >= from);
            let seen = seen_by >= by || seen_from >= from;
            let state = if between || self.has_limit_on(day) || !seen { State::Stated } else { State::Attested };
            return Some(Reading { state, certainty: certain(&[Some(by), Some(from), begun, lasting]) });
        }
        let has_begun = begun.is_some_and(|begun| begun >= Answer::Maybe);
        let is_open = from == Answer::Silent || only_begun;
        (has_begun && is_open).then(|| Reading { state: State::Assumed, certainty: certain(&[begun]) })
    }

    /// Whether the day is stated to be its first or its last.
    fn has_limit_on(&self, day: NaiveDate) -> bool {
        let is_day = |window: Window| window.by(day) == Answer::Yes && window.from(day) == Answer::Yes;
        self.start.is_some_and(is_day) || self.end.is_some_and(is_day)
    }
}

fn date_id(value: Value) -> Option<WhenId> {
    match value {
        Value::Date(when) => Some(when),
        Value::Text(_) | Value::Number { .. } | Value::Entity(_) | Value::Missing => None,
    }
}

/// Where the first and the last day lie, as far as all statements together tell.
///
/// A sighting outside of the stated bounds contradicts them, and moves them so far that both may be.
fn bounds(facts: &[Fact]) -> (Option<Window>, Option<Window>) {
    let marked = |mark| facts.iter().filter(move |fact| fact.mark == mark).map(|fact| fact.window);
    let (start, end) = (Window::joined(marked(Mark::Start)), Window::joined(marked(Mark::End)));
    let (stated_start, stated_end) = (start, end);
    let (mut start, mut end) = (start, end);
    for seen in marked(Mark::Seen) {
        start = start.map(|start| if seen.surely_before(start) { start.hull(seen) } else { start });
        end = end.map(|end| if end.surely_before(seen) { end.hull(seen) } else { end });
    }
    // Where they do not contradict each other, they limit each other.
    if start == stated_start {
        let latest = marked(Mark::Seen).chain(stated_end).filter_map(|other| other.latest).min();
        start = start.map(|start| start.limited(Window { earliest: None, latest }));
    }
    if end == stated_end {
        let earliest = marked(Mark::Seen).chain(stated_start).filter_map(|other| other.earliest).max();
        end = end.map(|end| end.limited(Window { earliest, latest: None }));
    }
    (start, end)
}
