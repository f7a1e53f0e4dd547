//! What lasts, as lanes over the time axis: offices, figures, services, agreements, plans.
//!
//! | group | a lane | a bar | a mark |
//! |---|---|---|---|
//! | offices | a post | who held it, as [`office`](crate::offices) answers | somebody seen in office |
//! | series | a numeric slot | the value in force, as [`standing`](crate::timeline::status) tells | |
//! | services | what opened or began | from then to its end, else to the horizon | every other date of it |
//! | agreements | an agreement | | signed, announced |
//! | plans | a slot with planned dates | | each plan and each outcome |
//!
//! Of plans there are arrows too, from a plan to the later one or to what came of it, as
//! [`verdict`](crate::verdicts) judges them. A bar covers the days on which something is so, or
//! may be so where it is [`Certainty::Possible`]: a month of which the day is not known is a
//! possible bar before a definite one.
//!
//! Invariant: the bars of a lane stand in order of time, no two that say the same touch, and
//! nothing is assumed beyond the horizon.

mod agreements;
mod collect;
mod plans;
mod run;
mod series;
mod services;
mod tenure;

pub use collect::{Collected, Wanted, collect, lanes};
pub use plans::fates;

use chrono::NaiveDate;

use crate::model::{ClaimId, EntityId, Moment, Property, When};
use crate::offices::{Certainty, State};
use crate::timeline::World;
use crate::timeline::status::is_included;

/// What the lane is a lane of; in the order in which lanes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Who held a post.
    Offices,
    /// How large a number was.
    Series,
    /// What was open or running.
    Services,
    /// What was agreed.
    Agreements,
    /// What was planned for when, and what came of it.
    Plans,
}

impl Group {
    /// Every group, in order.
    pub const ALL: [Self; 5] = [Self::Offices, Self::Series, Self::Services, Self::Agreements, Self::Plans];

    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Offices => "Offices",
            Self::Series => "Series",
            Self::Services => "Services",
            Self::Agreements => "Agreements",
            Self::Plans => "Plans",
        }
    }
}

/// The limits of a day; none where there is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The first day that it may be.
    pub earliest: Option<NaiveDate>,
    /// The last day that it may be.
    pub latest: Option<NaiveDate>,
}

impl Bounds {
    /// The days that a date may mean.
    pub fn of(when: &When) -> Self {
        Self { earliest: when.earliest(), latest: when.latest() }
    }

    /// The first and the last day where both are known, else twice the one that is.
    pub fn days(self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.earliest.or(self.latest)?, self.latest.or(self.earliest)?))
    }
}

/// Days on which something is so, or may be so.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The first of the days.
    pub from: NaiveDate,
    /// The last of the days.
    pub to: NaiveDate,
    /// How it is known.
    pub state: State,
    /// Whether dates that are not exact leave it open on these days.
    pub certainty: Certainty,
    /// The person, the value, or what has begun; "vacant", "not known".
    pub label: String,
    /// The tenure of an office, else the entity of the lane; none where nobody is named.
    pub entity: Option<EntityId>,
    /// The number of a series, in the unit of its label.
    pub value: Option<f64>,
    /// The claims that prove it, or that come nearest.
    pub claims: Vec<ClaimId>,
}

/// What a mark is a mark of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// Somebody is seen in office.
    Seen,
    /// Planned for that day.
    Planned,
    /// It happened.
    Happened,
}

impl MarkKind {
    /// The kind in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Planned => "planned",
            Self::Happened => "happened",
        }
    }
}

/// One dated thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it is a mark of.
    pub kind: MarkKind,
    /// When.
    pub at: Bounds,
    /// The person, what happened, or what is planned.
    pub label: String,
    /// The claim whose date it is.
    pub claim: ClaimId,
}

/// What became of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArrowKind {
    /// It was put off, or what came was less or other.
    Slipped,
    /// It came about.
    Fulfilled,
}

impl ArrowKind {
    /// The kind in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Slipped => "slipped",
            Self::Fulfilled => "fulfilled",
        }
    }
}

/// From a plan to the later plan, or to the outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// What became of the plan.
    pub kind: ArrowKind,
    /// For when it was planned.
    pub from: Bounds,
    /// For when it was planned then, or when it came about.
    pub to: Bounds,
    /// What is made of it: "the plan moved by 1 year".
    pub words: String,
    /// The plan, and what came after it.
    pub claims: [ClaimId; 2],
}

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// What it is a lane of.
    pub group: Group,
    /// What it is called.
    pub label: String,
    /// Of whom or what.
    pub entity: EntityId,
    /// Of which property, where a lane is a slot.
    pub property: Option<Property>,
    /// In order of time; they overlap where several answers are possible.
    pub bars: Vec<Bar>,
    /// In order of time.
    pub marks: Vec<Mark>,
    /// In the order of the plans.
    pub arrows: Vec<Arrow>,
}

/// A part of a lane, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// One of the bars.
    Bar(usize),
    /// One of the marks.
    Mark(usize),
}

impl Lane {
    fn new(group: Group, label: String, entity: EntityId) -> Self {
        Self { group, label, entity, property: None, bars: Vec::new(), marks: Vec::new(), arrows: Vec::new() }
    }

    /// Whether there is nothing in it that has a date.
    pub fn is_empty(&self) -> bool {
        self.bars.is_empty() && self.marks.is_empty()
    }

    /// Leaves what was so by a moment: bars end with it, and what is later goes. Who held an
    /// office then is still told by what came after.
    pub fn cut(&mut self, world: &World, moment: Moment) {
        let dossier = world.dossier();
        let counts = |&claim: &ClaimId| is_included(dossier, dossier.claim(claim), moment);
        self.bars.retain_mut(|bar| {
            bar.to = bar.to.min(moment.last());
            bar.from <= bar.to
        });
        self.marks.retain(|mark| counts(&mark.claim));
        self.arrows.retain(|arrow| arrow.claims.iter().all(counts));
    }

    /// The largest number of a series; none where no bar has one above zero.
    pub fn max(&self) -> Option<f64> {
        let values = self.bars.iter().filter_map(|bar| bar.value);
        values.filter(|&value| value > 0.0).max_by(f64::total_cmp)
    }

    /// The first and the last day that anything in it touches.
    pub fn extent(&self) -> Option<(NaiveDate, NaiveDate)> {
        let bars = self.bars.iter().map(|bar| (bar.from, bar.to));
        let days = bars.chain(self.marks.iter().filter_map(|mark| mark.at.days()));
        days.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
    }

    /// Its parts in order of time, for going from one to the next.
    pub fn parts(&self) -> Vec<Part> {
        let bars = self.bars.iter().enumerate().map(|(index, bar)| (Some(bar.from), Part::Bar(index)));
        let first = |mark: &Mark| mark.at.days().map(|(first, _)| first);
        let marks = self.marks.iter().enumerate().map(|(index, mark)| (first(mark), Part::Mark(index)));
        let mut parts: Vec<_> = bars.chain(marks).collect();
        parts.sort_by_key(|(day, _)| (day.is_none(), *day));
        parts.into_iter().map(|(_, part)| part).collect()
    }
}

/// The bars of a lane that cover a day of the moment, in order of time.
pub fn at(lane: &Lane, moment: Moment) -> Vec<&Bar> {
    lane.bars.iter().filter(|bar| bar.from <= moment.last() && bar.to >= moment.first()).collect()
}

/// The last day on which anything may be assumed.
fn horizon(world: &World) -> Option<NaiveDate> {
    world.dossier().meta().horizon.as_ref().and_then(When::latest)
}

/// Puts marks in order of time.
fn sort_marks(marks: &mut [Mark]) {
    marks.sort_by_key(|mark| (mark.at.days().is_none(), mark.at.days(), mark.kind, mark.claim));
}

#[cfg(test)]
mod tests;
