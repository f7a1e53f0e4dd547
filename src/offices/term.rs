//! A tenure with its dates, and its status on a day.
//!
//! A person in office on one day before and on one day after a day is in office on that day too. Therefore
//! every date is treated alike: as a day in office, known within limits. A start has nothing before it, an end
//! nothing after it.
//!
//! Invariant: a term never covers a day before all of its starts and sightings or, if it has an end, after all
//! of its ends and sightings.

use chrono::NaiveDate;

use super::{Certainty, Knowledge, horizon};
use crate::graph::Graph;
use crate::graph::slots::{actual_ids, is_actual, slot_ids};
use crate::model::id::WhenId;
use crate::model::window::{DayWindow, Truth};
use crate::model::{ClaimId, Core, Dossier, EntityId, Value};

/// The role of a date in a tenure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateRole {
    /// Its first day.
    Start,
    /// Its last day.
    End,
    /// A day on which the person is recorded in office.
    Sighting,
}

/// A dated claim about a tenure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The claim.
    pub claim: ClaimId,
    /// The date, as stated.
    pub when: WhenId,
    /// The role of the date.
    pub role: DateRole,
    /// The days that the date can mean.
    pub window: DayWindow,
    /// True if the date is uncertain or approximate, so that another day is not ruled out.
    pub is_qualified: bool,
}

/// A tenure and its dated claims.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The tenure.
    pub tenure: EntityId,
    /// The person, if a document names one.
    pub person: Option<EntityId>,
    /// The dated claims.
    pub facts: Vec<Fact>,
    /// The claims in which documents leave its end blank.
    pub blanks: Vec<ClaimId>,
    /// The claims that name the person and the post.
    pub naming: Vec<ClaimId>,
    start: Option<DayWindow>,
    end: Option<DayWindow>,
}

/// The status of a term on a day on which it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermStatus {
    /// Stated, attested or last known.
    pub state: Knowledge,
    /// Possible if it depends on dates that are not exact.
    pub certainty: Certainty,
}

/// Returns the tenures of a post, in the order of the dossier.
pub fn terms_of(graph: &Graph, post: EntityId) -> Vec<Term> {
    let dossier = graph.dossier();
    let mut terms: Vec<Term> = Vec::new();
    for &id in graph.links().to(post) {
        let claim = dossier.claim(id);
        let holds = claim.property == Core::Post && is_actual(claim);
        // Links have the order of their subjects.
        if !holds || terms.last().is_some_and(|term| term.tenure == claim.subject) {
            continue;
        }
        if actual_ids(dossier, claim.subject, Core::Post).contains(&id) {
            terms.push(Term::new(dossier, claim.subject, post));
        }
    }
    terms
}

impl Term {
    fn new(dossier: &Dossier, tenure: EntityId, post: EntityId) -> Self {
        let mut facts = Vec::new();
        let horizon = horizon(dossier);
        let mut add = |claim, role, when: Option<WhenId>| {
            facts.extend(when.map(|id| {
                let when = dossier.when(id);
                let window = told_by(when.window(), role, horizon);
                Fact { claim, when: id, role, window, is_qualified: when.is_qualified() }
            }));
        };
        for (property, role) in
            [(Core::Start, DateRole::Start), (Core::End, DateRole::End), (Core::Attested, DateRole::Sighting)]
        {
            for id in actual_ids(dossier, tenure, property) {
                add(id, role, Dossier::date_id(dossier.claim(id)));
            }
        }
        // A holding of the post may itself be dated: "director as of 2022", "director from 2020 to 2025".
        for id in actual_ids(dossier, tenure, Core::Post) {
            let claim = dossier.claim(id);
            if Dossier::target(claim) == Some(post) {
                add(id, DateRole::Start, claim.start);
                add(id, DateRole::End, claim.end);
                add(id, DateRole::Sighting, claim.as_of);
            }
        }
        let naming = actual_ids(dossier, tenure, Core::Person).into_iter().find(|&id| target(dossier, id).is_some());
        let person = naming.and_then(|id| target(dossier, id));
        let held = actual_ids(dossier, tenure, Core::Post).into_iter().filter(|&id| target(dossier, id) == Some(post));
        let naming = naming.into_iter().chain(held).collect();
        let blanks = slot_ids(dossier, tenure, Core::End)
            .filter(|&id| dossier.claim(id).value == Value::Missing && is_actual(dossier.claim(id)))
            .collect();
        let (start, end) = bounds(&facts);
        Self { tenure, person, facts, blanks, naming, start, end }
    }

    /// Returns the dated claims of one role.
    pub fn facts_of(&self, role: DateRole) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.role == role)
    }

    /// Returns the days in office that the claims give, each within its limits.
    fn points(&self) -> impl Iterator<Item = DayWindow> {
        self.start.into_iter().chain(self.facts_of(DateRole::Sighting).map(|fact| fact.window)).chain(self.end)
    }

    /// Returns whether the person was in office on the day or on an earlier one.
    pub fn known_by(&self, day: NaiveDate) -> Truth {
        self.points().map(|window| window.on_or_before(day)).fold(Truth::Unknown, Truth::max)
    }

    /// Returns whether the person was in office on the day or on a later one.
    fn known_from(&self, day: NaiveDate) -> Truth {
        self.points().map(|window| window.on_or_after(day)).fold(Truth::Unknown, Truth::max)
    }

    /// Returns true if the person surely held the office on one of these days, whichever it was.
    pub fn has_day_within(&self, first: NaiveDate, last: NaiveDate) -> bool {
        let days = DayWindow::between(first, last);
        let is_sure = |window: DayWindow, role| {
            let mut facts = self.facts_of(role).filter(|fact| !fact.is_qualified);
            window.is_within(days) && facts.any(|fact| fact.window.is_within(days))
        };
        let seen = self.facts_of(DateRole::Sighting).map(|fact| (fact.window, fact.role));
        let bounds = [self.start.map(|day| (day, DateRole::Start)), self.end.map(|day| (day, DateRole::End))];
        !self.is_reversed() && bounds.into_iter().flatten().chain(seen).any(|(window, role)| is_sure(window, role))
    }

    /// Returns true if the term ends before it starts, so that its dates cannot all be right.
    pub fn is_reversed(&self) -> bool {
        self.start.zip(self.end).is_some_and(|(start, end)| end.surely_before(start))
    }

    /// Returns true if the term certainly does not cover the day.
    pub fn is_out(&self, day: NaiveDate) -> bool {
        self.is_over(day) || self.is_to_come(day)
    }

    /// Returns true if the term certainly ended before the day.
    pub fn is_over(&self, day: NaiveDate) -> bool {
        self.end.is_some_and(|end| end.on_or_after(day) == Truth::No)
    }

    /// Returns true if the term certainly begins after the day.
    pub fn is_to_come(&self, day: NaiveDate) -> bool {
        self.start.is_some_and(|start| start.on_or_before(day) == Truth::No)
    }

    /// Returns true if the term ended before the day even if what is uncertain or approximate is left aside.
    pub fn is_surely_over(&self, day: NaiveDate) -> bool {
        let mut ends = self.facts_of(DateRole::End).filter(|fact| !fact.is_qualified);
        self.is_over(day) && ends.any(|fact| fact.window.on_or_after(day) == Truth::No)
    }

    /// Returns true if the term begins after the day even if what is uncertain or approximate is left aside.
    pub fn is_surely_to_come(&self, day: NaiveDate) -> bool {
        let mut starts = self.facts_of(DateRole::Start).filter(|fact| !fact.is_qualified);
        self.is_to_come(day) && starts.any(|fact| fact.window.on_or_before(day) == Truth::No)
    }

    /// Returns the first day on which the person is known to be in office.
    pub fn first(&self) -> Option<DayWindow> {
        self.points().min_by_key(|window| (window.latest.is_none(), window.latest))
    }

    /// Returns the last day on which the person is known to be in office.
    pub fn last(&self) -> Option<DayWindow> {
        self.points().max_by_key(|window| window.earliest)
    }

    /// Returns true if this term certainly begins after `other` began and does not overlap it.
    pub fn follows(&self, other: &Self) -> bool {
        let (Some(first), Some(before)) = (self.first(), other.first()) else { return false };
        let beside = other.last().is_some_and(|last| first.surely_before(last));
        before.surely_before(first) && !beside
    }

    /// Returns the status on a day regardless of other terms, or `None` if the term does not apply.
    pub fn status_on(&self, day: NaiveDate) -> Option<TermStatus> {
        if self.is_out(day) {
            return None;
        }
        let seen = |answer: fn(DayWindow, NaiveDate) -> Truth| {
            self.facts_of(DateRole::Sighting).map(|fact| answer(fact.window, day)).fold(Truth::Unknown, Truth::max)
        };
        let (seen_by, seen_from) = (seen(DayWindow::on_or_before), seen(DayWindow::on_or_after));
        let begun = self.start.map(|start| start.on_or_before(day));
        let lasting = self.end.map(|end| end.on_or_after(day));
        let (by, from) = (self.known_by(day), self.known_from(day));
        let certain = |answers: &[Option<Truth>]| {
            let all = answers.iter().all(|answer| answer.is_none_or(|answer| answer == Truth::Yes));
            if all { Certainty::Definite } else { Certainty::Possible }
        };
        // A start that may be this day is no evidence for a later day if the term has begun anyway.
        let only_begun = begun == Some(Truth::Yes) && from == Truth::Maybe && lasting.is_none() && seen_from < from;
        if by >= Truth::Maybe && from >= Truth::Maybe && !only_begun {
            let between = begun.is_some_and(|begun| begun >= by) && lasting.is_some_and(|lasting| lasting >= from);
            let seen = seen_by >= by || seen_from >= from;
            let state =
                if between || self.has_limit_on(day) || !seen { Knowledge::Stated } else { Knowledge::Attested };
            return Some(TermStatus { state, certainty: certain(&[Some(by), Some(from), begun, lasting]) });
        }
        // An end that is only known to be no earlier leaves the day open.
        let known = begun.map_or(seen_by, |begun| begun.max(seen_by));
        let is_open = from == Truth::Unknown || only_begun;
        let last_known = TermStatus { state: Knowledge::LastKnown, certainty: certain(&[Some(known), lasting]) };
        (known >= Truth::Maybe && is_open).then_some(last_known)
    }

    /// Returns true if the day is the stated first or last day.
    fn has_limit_on(&self, day: NaiveDate) -> bool {
        let is_day =
            |window: DayWindow| window.on_or_before(day) == Truth::Yes && window.on_or_after(day) == Truth::Yes;
        self.start.is_some_and(is_day) || self.end.is_some_and(is_day)
    }
}

/// Returns the entity that a claim names.
fn target(dossier: &Dossier, id: ClaimId) -> Option<EntityId> {
    Dossier::target(dossier.claim(id))
}

/// Returns the days that a date of a role can mean: what has happened was no later than the last day that is told of.
fn told_by(window: DayWindow, role: DateRole, horizon: Option<NaiveDate>) -> DayWindow {
    match role {
        DateRole::Start | DateRole::Sighting if window.latest.is_none() && window.earliest.is_some() => {
            window.limited(DayWindow { earliest: None, latest: horizon })
        }
        DateRole::Start | DateRole::Sighting | DateRole::End => window,
    }
}

/// Returns the limits of the first and the last day, from all claims together.
///
/// A sighting outside of the stated bounds contradicts them and extends them so that both are possible.
fn bounds(facts: &[Fact]) -> (Option<DayWindow>, Option<DayWindow>) {
    let windows_of = |role| facts.iter().filter(move |fact| fact.role == role).map(|fact| fact.window);
    let (start, end) = (DayWindow::joined(windows_of(DateRole::Start)), DayWindow::joined(windows_of(DateRole::End)));
    let (stated_start, stated_end) = (start, end);
    let (mut start, mut end) = (start, end);
    for seen in windows_of(DateRole::Sighting) {
        start = start.map(|start| if seen.surely_before(start) { start.hull(seen) } else { start });
        end = end.map(|end| if end.surely_before(seen) { end.hull(seen) } else { end });
    }
    // Bounds that are not contradicted limit each other.
    if start == stated_start {
        let latest = windows_of(DateRole::Sighting).chain(stated_end).filter_map(|other| other.latest).min();
        start = start.map(|start| start.limited(DayWindow { earliest: None, latest }));
    }
    if end == stated_end {
        let earliest = windows_of(DateRole::Sighting).chain(stated_start).filter_map(|other| other.earliest).max();
        end = end.map(|end| end.limited(DayWindow { earliest, latest: None }));
    }
    (start, end)
}
