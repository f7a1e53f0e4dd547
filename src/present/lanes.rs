//! Lanes over the time axis, for what lasts: offices, figures, services, agreements, plans.
//!
//! | group | a lane | a bar | a mark |
//! |---|---|---|---|
//! | offices | a post | its holder, as [`office`](crate::offices) answers | a sighting of a holder; a start or an end that no bar tells |
//! | series | a numeric slot | the value in force, as [`standing`](crate::timeline::status) tells | |
//! | services | what opened or began | from then to its end, else to the horizon | every other date of it |
//! | agreements | an agreement | | every date of it |
//! | plans | a slot with planned dates | | each plan and each outcome |
//!
//! Lanes of plans also have arrows, from a plan to the next one or to its outcome, as
//! [`verdicts`](crate::verdicts) judge them. A bar covers the days on which something is so, or may be so if it
//! is [`Certainty::Possible`]: a start known to the month is a possible bar of that month before a definite one.
//!
//! Days serve for drawing and comparing. What is printed of a bar is its [`Spell`], in the precision of the claims.
//!
//! Invariant: the bars of a lane are in order of time, no two bars that say the same touch, and nothing is
//! the last that is known beyond the horizon.

mod agreements;
mod collect;
mod plans;
mod rows;
mod series;
mod services;
mod spells;
mod tenure;

pub use collect::{Collected, Wanted, collect, lanes};
pub use plans::{due, fates};
pub use rows::rows;
pub use spells::{Spell, spells};

use chrono::NaiveDate;

use crate::model::id::WhenId;
use crate::model::{Basis, ClaimId, DayWindow, EntityId, Moment, PropertyId, When};
use crate::offices::periods::Stretch;
use crate::offices::{Certainty, Knowledge};
use crate::text::word::words;
use crate::timeline::World;
use crate::timeline::status::is_included;

words! {
    /// The group of a lane, by its heading, in the order in which lanes are shown.
    LaneGroup {
        /// Posts and their holders.
        Offices = "Offices",
        /// Numbers over time.
        Series = "Series",
        /// Institutions, units and items while they lasted.
        Services = "Services",
        /// Agreements.
        Agreements = "Agreements",
        /// Plans, and their outcomes.
        Plans = "Plans",
    }
}

/// A bar: days on which something is so, or may be so.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; `None` if it has no end.
    pub to: Option<NaiveDate>,
    /// The kind of evidence for it.
    pub state: Knowledge,
    /// Definite if it holds on all of these days, possible if that depends on an inexact date.
    pub certainty: Certainty,
    /// The weakest basis of the claims that give it.
    pub basis: Basis,
    /// The person, the value, or what began; also "vacant" and "not known".
    pub label: String,
    /// The tenure in a lane of an office, else the entity of the lane; `None` if there is no holder to name.
    pub entity: Option<EntityId>,
    /// The number in a lane of figures, in the unit that the label says.
    pub value: Option<f64>,
    /// The claims that prove it or are the nearest evidence for it.
    pub claims: Vec<ClaimId>,
}

words! {
    /// The kind of a mark.
    MarkKind {
        /// A sighting of a holder in office.
        Seen = "seen",
        /// The start of a term that no bar tells.
        Begins = "begins",
        /// The end of a term that no bar tells.
        Ends = "ends",
        /// Planned for that day.
        Planned = "planned",
        /// It happened.
        Happened = "happened",
    }
}

/// A mark: something with a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The kind.
    pub kind: MarkKind,
    /// The days that the date may mean.
    pub at: DayWindow,
    /// The person, the event, or the plan.
    pub label: String,
    /// The date, as stated.
    pub when: WhenId,
    /// The claim whose date it is.
    pub claim: ClaimId,
}

words! {
    /// The fate of a plan.
    ArrowKind {
        /// It was postponed, or its outcome was less than planned or different.
        Slipped = "slipped",
        /// It was carried out.
        Fulfilled = "fulfilled",
    }
}

impl Bar {
    /// Returns true if the bar has one of the days up to `last`, or up to any day.
    fn reaches(&self, first: NaiveDate, last: Option<NaiveDate>) -> bool {
        last.is_none_or(|last| self.from <= last) && self.to.is_none_or(|to| first <= to)
    }
}

/// An arrow from a plan to the next plan, or to the outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// The fate of the plan.
    pub kind: ArrowKind,
    /// The date of the plan.
    pub from: DayWindow,
    /// The date of the next plan, or of the outcome.
    pub to: DayWindow,
    /// The judgement in words: "the plan moved by 1 year".
    pub words: String,
    /// The claim of the plan, and that of the next plan or the outcome.
    pub claims: [ClaimId; 2],
}

/// A lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// The group.
    pub group: LaneGroup,
    /// The label.
    pub label: String,
    /// The entity that the lane is about.
    pub entity: EntityId,
    /// The property, if the lane is one slot of the entity.
    pub property: Option<PropertyId>,
    /// The bars in order of time; they overlap if several answers are possible.
    pub bars: Vec<Bar>,
    /// The marks in order of time.
    pub marks: Vec<Mark>,
    /// The arrows, in the order of the plans.
    pub arrows: Vec<Arrow>,
}

/// A part of a lane, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// One of the bars.
    Bar(usize),
    /// One of the marks.
    Mark(usize),
}

impl Lane {
    fn new(group: LaneGroup, label: String, entity: EntityId) -> Self {
        Self { group, label, entity, property: None, bars: Vec::new(), marks: Vec::new(), arrows: Vec::new() }
    }

    /// Returns true if the lane has neither bars nor marks.
    pub fn is_empty(&self) -> bool {
        self.bars.is_empty() && self.marks.is_empty()
    }

    /// Cuts the lane to a moment: bars end with it, later parts are removed. Who held an office then is
    /// still judged with later claims.
    pub fn cut(&mut self, world: &World, moment: Moment) {
        let dossier = world.dossier();
        let counts = |&claim: &ClaimId| is_included(dossier, dossier.claim(claim), moment);
        self.bars.retain_mut(|bar| {
            bar.to = Some(bar.to.map_or(moment.last(), |to| to.min(moment.last())));
            bar.from <= moment.last()
        });
        self.marks.retain(|mark| counts(&mark.claim));
        self.arrows.retain(|arrow| arrow.claims.iter().all(counts));
    }

    /// Returns the largest number of the bars; `None` if none is above zero.
    pub fn max(&self) -> Option<f64> {
        let values = self.bars.iter().filter_map(|bar| bar.value);
        values.filter(|&value| value > 0.0).max_by(f64::total_cmp)
    }

    /// Returns the first day of all parts.
    pub fn first(&self) -> Option<NaiveDate> {
        let marks = self.marks.iter().filter_map(|mark| mark.at.position()).map(|(first, _)| first);
        self.bars.iter().map(|bar| bar.from).chain(marks).min()
    }

    /// Returns the parts in order of time.
    pub fn parts(&self) -> Vec<Part> {
        let bars = self.bars.iter().enumerate().map(|(index, bar)| (Some(bar.from), Part::Bar(index)));
        let first = |mark: &Mark| mark.at.position().map(|(first, _)| first);
        let marks = self.marks.iter().enumerate().map(|(index, mark)| (first(mark), Part::Mark(index)));
        let mut parts: Vec<_> = bars.chain(marks).collect();
        parts.sort_by_key(|(day, _)| (day.is_none(), *day));
        parts.into_iter().map(|(_, part)| part).collect()
    }
}

/// Returns the bars of a lane that cover a day of the moment, in order of time.
pub fn at(lane: &Lane, moment: Moment) -> Vec<&Bar> {
    lane.bars.iter().filter(|bar| bar.reaches(moment.first(), Some(moment.last()))).collect()
}

/// Returns the last day of which the documents tell: the end of the horizon.
fn horizon(world: &World) -> Option<NaiveDate> {
    world.dossier().meta().horizon.as_ref().and_then(When::latest)
}

/// Sorts marks by time.
fn sort_marks(marks: &mut [Mark]) {
    marks.sort_by_key(|mark| (mark.at.position().is_none(), mark.at.position(), mark.kind, mark.claim));
}

/// Joins equal bars of neighbouring stretches.
///
/// The `from` and `to` of the given bars are ignored: each holds for its whole stretch.
fn runs(answers: impl IntoIterator<Item = (Stretch, Vec<Bar>)>) -> Vec<Bar> {
    let mut done: Vec<Bar> = Vec::new();
    for ((first, last), bars) in answers {
        for bar in bars {
            // A bar that reached the day before continues; several claims of one answer may say the same.
            let reaches = |open: &Bar| open.to == last || open.to.and_then(|to| to.succ_opt()) == Some(first);
            let open = done.iter_mut().rev().find(|open| reaches(open) && says_same(open, &bar));
            match open {
                Some(open) => {
                    open.to = last;
                    let new: Vec<_> = bar.claims.into_iter().filter(|claim| !open.claims.contains(claim)).collect();
                    open.claims.extend(new);
                }
                None => done.push(Bar { from: first, to: last, ..bar }),
            }
        }
    }
    done.sort_by(|a, b| {
        let key = |bar: &Bar| (bar.from, bar.to.is_none(), bar.to, bar.certainty, bar.state);
        key(a).cmp(&key(b)).then_with(|| a.label.cmp(&b.label)).then(a.entity.cmp(&b.entity))
    });
    done
}

fn says_same(a: &Bar, b: &Bar) -> bool {
    let key = |bar: &Bar| (bar.state, bar.certainty, bar.basis, bar.entity);
    key(a) == key(b) && a.value == b.value && a.label == b.label
}

#[cfg(test)]
mod tests;
