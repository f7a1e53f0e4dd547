//! What began, ended or changed between two dates.
//!
//! Compared are two days: the first day of the one date (`a`) and the last day of the other
//! (`b`). Where `b` lies beyond the horizon of the dossier, and `a` does not, `b` is the last
//! day of the horizon: what no document speaks of is no news.
//!
//! What happened counts on the days after `a` up to `b` where the first date is a single day,
//! since what happened on that day was so already. Where it is a month or a year, `a` counts as
//! well: "between 2021 and 2025" includes all of January 2021.
//!
//! | part | what is compared |
//! |---|---|
//! | offices | who held each post on `a` and on `b`; terms in between that this does not tell |
//! | services | what happened to facilities, units and institutions: opened, operational … |
//! | programmes | what happened to programmes and schemes: begins, ends, launched … |
//! | agreements | signed, announced |
//! | events | dated events |
//! | figures | the number in force in each slot on `a` and on `b`, by [`standing`](crate::timeline::status) |
//!
//! A change is *definite* where its date lies in these days whatever it means exactly, and
//! *possible* where it may. A date that is stated several times, once more closely than the other
//! times, is one happening; dates that exclude each other are several. Two plans "by 2018" and
//! "by 2019" are two plans. What is planned, alleged or denied keeps that mark, and never
//! stands for what happened; a plan stands at the day for which it is made.
//!
//! A post with the same people on both days has not changed, however well they are known on
//! each; neither has one for which nobody is known on either. Where they are known on one of
//! the days only, the change is possible, unless a date says that they came or went.
//!
//! Claims that are deprecated do not count.
//!
//! Invariant: every change rests on at least one claim, and the difference of a day with itself is empty.

mod figures;
mod happenings;
mod offices;
mod since;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use crate::model::when::Precision;
use crate::model::{ClaimId, Dossier, EntityId, Kind, Modality, Moment, Property, Rank, When};
use crate::offices::{Certainty, Holding};
use crate::timeline::World;
use crate::timeline::status::Standing;

/// What a change is a change of; in this order they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Who held a post.
    Offices,
    /// Facilities, units and institutions.
    Services,
    /// Programmes and schemes.
    Programmes,
    /// Agreements.
    Agreements,
    /// Events.
    Events,
    /// Numbers.
    Figures,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Self; 6] =
        [Self::Offices, Self::Services, Self::Programmes, Self::Agreements, Self::Events, Self::Figures];

    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Offices => "Offices",
            Self::Services => "Services",
            Self::Programmes => "Programmes",
            Self::Agreements => "Agreements",
            Self::Events => "Events",
            Self::Figures => "Figures",
        }
    }

    /// Where something that happened to an entity of this kind belongs.
    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Tenure => Self::Offices,
            Kind::Facility | Kind::Unit | Kind::Institution => Self::Services,
            Kind::Programme | Kind::Scheme => Self::Programmes,
            Kind::Agreement => Self::Agreements,
            // The table of properties has nothing that happens to the others.
            Kind::Event | Kind::Person | Kind::Post | Kind::Place | Kind::Document => Self::Events,
        }
    }
}

/// Which way something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// It is there on the later day and was not before, or it happened in between.
    Began,
    /// It is no longer there on the later day.
    Ended,
    /// It is another one on the later day.
    Changed,
}

impl Sign {
    /// The word in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Began => "began",
            Self::Ended => "ended",
            Self::Changed => "changed",
        }
    }
}

/// What is so on one of the two days.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Nothing, or nothing that can be compared.
    Nothing,
    /// The numbers in force, best known first; several only where claims differ.
    Figures {
        /// The claims that give them.
        claims: Vec<ClaimId>,
        /// How they stand to the day.
        standing: Standing,
    },
    /// Who held the post.
    Holders(Vec<Holding>),
    /// The claim happened.
    Happening(ClaimId),
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is a change of.
    pub part: Part,
    /// Of whom or what: a post where its holders are compared.
    pub subject: EntityId,
    /// Which property: none where the holders of a post are compared.
    pub property: Option<Property>,
    /// Which way.
    pub sign: Sign,
    /// Whether its date surely lies in the days compared.
    pub certainty: Certainty,
    /// What was so on the earlier day.
    pub before: Answer,
    /// What is so on the later day, or what happened.
    pub after: Answer,
    /// When, where a date is known.
    pub when: Option<When>,
    /// How it stands to reality.
    pub modality: Modality,
    /// The claims behind it, the decisive first; of a happening that is the one whose date is shown.
    pub claims: Vec<ClaimId>,
}

/// The days on which what happens counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first of them.
    pub first: NaiveDate,
    /// The last of them, not before the first.
    pub last: NaiveDate,
}

impl Days {
    /// Whether a date lies in these days: none where it surely does not.
    pub fn certainty(self, when: &When) -> Option<Certainty> {
        if when.surely_within(self.first, self.last) {
            return Some(Certainty::Definite);
        }
        when.stands_within(self.first, self.last).then_some(Certainty::Possible)
    }
}

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The earlier date, as asked for.
    pub from: Moment,
    /// The later date, as asked for.
    pub to: Moment,
    /// The earlier day compared.
    pub a: NaiveDate,
    /// The later day compared; before the last day of `to` where that was cut to the horizon.
    pub b: NaiveDate,
    /// The days between them; none between a day and itself.
    pub days: Option<Days>,
    /// The changes: by part, the definite first, then in the order of time.
    pub changes: Vec<Change>,
}

impl Difference {
    /// The last day of the dossier's horizon, if the later day was cut to it.
    pub fn horizon(&self) -> Option<NaiveDate> {
        (self.b < self.to.last()).then_some(self.b)
    }
}

/// The second date ends before the first one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reversed {
    /// The first date.
    pub from: Moment,
    /// The second date.
    pub to: Moment,
}

impl fmt::Display for Reversed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} lies before {}; expected the earlier date first", self.to, self.from)
    }
}

impl std::error::Error for Reversed {}

/// What differs between the first day of a date and the last day of another one; see the module.
///
/// # Errors
///
/// A second date that ends before the first one begins.
pub fn difference(world: &World, from: Moment, to: Moment) -> Result<Difference, Reversed> {
    let (a, asked) = (from.first(), to.last());
    if asked < a {
        return Err(Reversed { from, to });
    }
    let horizon = world.dossier().meta().horizon.as_ref().and_then(When::latest);
    let b = horizon.filter(|&last| (a..asked).contains(&last)).unwrap_or(asked);
    let Some(days) = days(from, b) else { return Ok(Difference { from, to, a, b, days: None, changes: Vec::new() }) };
    let offices = offices::changes(world, a, days);
    let mut changes = happenings::changes(world, days, &offices);
    changes.extend(offices.into_iter().map(|office| office.change));
    changes.extend(figures::changes(world.dossier(), a, days));
    changes.sort_by(|x, y| in_order(world.dossier(), x, y));
    Ok(Difference { from, to, a, b, days: Some(days), changes })
}

/// The days that count between the first day of a date and another day.
fn days(from: Moment, last: NaiveDate) -> Option<Days> {
    let first = match from.precision() {
        // What happened on that day was so already.
        Precision::Day => from.first().succ_opt()?,
        Precision::Month | Precision::Year => from.first(),
    };
    (first <= last).then_some(Days { first, last })
}

fn in_order(dossier: &Dossier, x: &Change, y: &Change) -> Ordering {
    let time = match (&x.when, &y.when) {
        (Some(a), Some(b)) => a.chronological(b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    };
    let key = |change: &Change| (change.subject, change.property, change.modality, change.claims.first().copied());
    (x.part, x.certainty)
        .cmp(&(y.part, y.certainty))
        .then(time)
        .then_with(|| dossier.label(x.subject).cmp(dossier.label(y.subject)))
        .then_with(|| key(x).cmp(&key(y)))
}

/// Claims that may stand for each other: those of a slot that stand alike to reality.
type Groups = BTreeMap<(EntityId, Property, Modality), Vec<ClaimId>>;

/// The claims about some of the properties, by group; those set aside are left out.
fn groups(dossier: &Dossier, wanted: impl Fn(Property) -> bool) -> Groups {
    let mut groups = Groups::new();
    let counted = dossier.claims().filter(|(_, claim)| claim.rank != Rank::Deprecated && wanted(claim.property));
    for (id, claim) in counted {
        groups.entry((claim.subject, claim.property, claim.modality)).or_default().push(id);
    }
    groups
}

/// The preferred among claims of which one alone can be so, where there are such.
fn preferred(dossier: &Dossier, property: Property, mut ids: Vec<ClaimId>) -> Vec<ClaimId> {
    let is_preferred = |id: &ClaimId| dossier.claim(*id).rank == Rank::Preferred;
    if !property.spec().many && ids.iter().any(is_preferred) {
        ids.retain(is_preferred);
    }
    ids
}

#[cfg(test)]
mod tests;
