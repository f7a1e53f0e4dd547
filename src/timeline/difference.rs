//! The difference between two dates: everything that began, ended or changed.
//!
//! Two days are compared: `a`, the first day of the earlier date, and `b`, the last day of the later one. If
//! `b` is beyond the horizon of the dossier and `a` is not, `b` is cut to the last day of the horizon, since no
//! document tells of the time after.
//!
//! Happenings count on the days after `a` up to `b` if the earlier date is a single day. If it is a month or
//! a year, `a` counts as well: "between 2021 and 2025" includes all of January 2021.
//!
//! | part | what is compared |
//! |---|---|
//! | offices | the holders of each post on `a` and on `b`; terms in between that this leaves out |
//! | services | what happened to facilities, units and institutions: opened, operational … |
//! | programmes | what happened to programmes and schemes: begins, ends, launched … |
//! | agreements | signed, announced |
//! | events | dated events |
//! | figures | the number in force in each slot on `a` and on `b`, by its [status](crate::timeline::status) |
//!
//! A change is *definite* if every day that its date can mean is among the days compared, and *possible* if
//! some are. If several claims give one date with different precision, they are one happening; dates that
//! exclude each other are several. Two plans "by 2018" and "by 2019" are two plans. Planned, alleged and
//! denied happenings keep their modality; a plan counts on the day it is for.
//!
//! A post with the same holders on both days is unchanged, even if they are known better on one of them; so is
//! a post without a known holder on either. If the holders are known on only one of the days, the change is
//! possible, unless a date states that they came or went.
//!
//! Deprecated claims are ignored.
//!
//! Invariant: every change has at least one claim, and the difference of a day with itself is empty.

mod figures;
mod happenings;
mod offices;
mod since;

use std::cmp::Ordering;
use std::fmt;

use chrono::NaiveDate;

use crate::model::when::Precision;
use crate::model::{
    ClaimId, CoreKind, DayWindow, Dossier, EntityId, KindId, Modality, Moment, PropertyId, Rank, Vocabulary, When,
};
use crate::offices::{Certainty, Holding};
use crate::text::collate::NameKey;
use crate::text::word::words;
use crate::timeline::World;
use crate::timeline::status::TemporalStatus;

/// A section of the comparison, in the order of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The holders of posts.
    Offices,
    /// Happenings of what lasts, by the section of its kind; see [`Vocabulary::section`].
    Section(u8),
    /// Signing and announcement of agreements.
    Agreements,
    /// Dated events.
    Events,
    /// Numbers in force.
    Figures,
}

impl Part {
    /// Returns the part that lists happenings of an entity of this kind.
    fn of(words: &Vocabulary, kind: KindId) -> Self {
        match words.core(kind) {
            CoreKind::Tenure => Self::Offices,
            CoreKind::Item | CoreKind::Unit | CoreKind::Institution => Self::Section(words.section(kind)),
            CoreKind::Agreement => Self::Agreements,
            CoreKind::Event | CoreKind::Person | CoreKind::Post | CoreKind::Place | CoreKind::Document => Self::Events,
        }
    }

    /// Returns its heading.
    pub fn label(self, words: &Vocabulary) -> &str {
        match self {
            Self::Offices => "Offices",
            Self::Section(section) => words.section_label(section),
            Self::Agreements => "Agreements",
            Self::Events => "Events",
            Self::Figures => "Figures",
        }
    }
}

words! {
    /// The direction of a change.
    Sign {
        /// It is in force on the later day and was not on the earlier, or it happened in between.
        Began = "began",
        /// It is no longer in force on the later day.
        Ended = "ended",
        /// It has another value on the later day.
        Changed = "changed",
    }
}

/// The state of a slot or post on one of the two days.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// No value, or none that can be compared.
    Nothing,
    /// The numbers in force, best known first; several only if claims differ.
    Figures {
        /// The claims that state them.
        claims: Vec<ClaimId>,
        /// Their status on the day.
        standing: TemporalStatus,
    },
    /// The holders of the post.
    Holders(Vec<Holding>),
    /// The happening that this claim dates.
    Happening(ClaimId),
}

/// One difference between the two days.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The section that lists it.
    pub part: Part,
    /// The entity that it is about; the post if holders are compared.
    pub subject: EntityId,
    /// The property that changed, or `None` if holders are compared.
    pub property: Option<PropertyId>,
    /// Its direction.
    pub sign: Sign,
    /// Definite if its date certainly lies in the days compared.
    pub certainty: Certainty,
    /// The state on the earlier day.
    pub before: Answer,
    /// The state on the later day, or the happening.
    pub after: Answer,
    /// The date of the change, if a claim gives one.
    pub when: Option<When>,
    /// Its modality: actual, planned, alleged or denied.
    pub modality: Modality,
    /// The claims that it rests on, the decisive one first; for a happening that is the one whose date is shown.
    pub claims: Vec<ClaimId>,
}

/// The days on which happenings count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: NaiveDate,
    /// The last day, not before the first.
    pub last: NaiveDate,
}

impl Days {
    /// Returns whether a date lies in these days certainly or possibly, or `None` if certainly not.
    pub fn certainty(self, when: &When) -> Option<Certainty> {
        if when.window().is_within(DayWindow::between(self.first, self.last)) {
            return Some(Certainty::Definite);
        }
        when.window().stands_within(self.first, self.last).then_some(Certainty::Possible)
    }
}

/// The result of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The earlier date, as asked.
    pub from: Moment,
    /// The later date, as asked.
    pub to: Moment,
    /// The earlier day compared.
    pub a: NaiveDate,
    /// The later day compared; earlier than the last day of `to` if it was cut to the horizon.
    pub b: NaiveDate,
    /// The days on which happenings count, or `None` if there are none between the two.
    pub days: Option<Days>,
    /// The changes, by part, definite before possible, then by date.
    pub changes: Vec<Change>,
}

impl Difference {
    /// Returns the last day of the dossier's horizon if the later day was cut to it, else `None`.
    pub fn horizon(&self) -> Option<NaiveDate> {
        (self.b < self.to.last()).then_some(self.b)
    }
}

/// The error for a second date that ends before the first one begins.
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

/// Compares the first day of one date with the last day of another.
///
/// # Errors
///
/// Returns [`Reversed`] if `to` ends before `from` begins.
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

/// Returns the days that count between the first day of a date and another day.
fn days(from: Moment, last: NaiveDate) -> Option<Days> {
    let first = match from.precision() {
        // Happenings of that day are part of the state on it.
        Precision::Day => from.first().succ_opt()?,
        Precision::Month | Precision::Season | Precision::Year => from.first(),
    };
    (first <= last).then_some(Days { first, last })
}

fn in_order(dossier: &Dossier, x: &Change, y: &Change) -> Ordering {
    let time = match (&x.when, &y.when) {
        (Some(a), Some(b)) => a.chronological(b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    };
    let name = |change: &Change| NameKey::of(dossier.label(change.subject));
    let position = |property: PropertyId| dossier.vocabulary().position(property);
    let key = |change: &Change| {
        (change.subject, change.property.map(position), change.modality, change.claims.first().copied())
    };
    (x.part, x.certainty)
        .cmp(&(y.part, y.certainty))
        .then(time)
        .then_with(|| name(x).cmp(&name(y)))
        .then_with(|| key(x).cmp(&key(y)))
}

/// The claims of each slot and modality.
type Groups = Vec<((EntityId, PropertyId, Modality), Vec<ClaimId>)>;

/// Groups the claims about the `wanted` properties; deprecated claims are left out.
fn groups(dossier: &Dossier, wanted: impl Fn(PropertyId) -> bool) -> Groups {
    // Claims of a slot follow each other, in the order of entities and properties.
    let mut groups = Groups::new();
    let counted = dossier.claims().filter(|(_, claim)| claim.rank() != Rank::Deprecated && wanted(claim.property));
    for (id, claim) in counted {
        let key = (claim.subject, claim.property, claim.modality());
        let of_slot = groups.iter_mut().rev().take_while(|(other, _)| (other.0, other.1) == (key.0, key.1));
        match of_slot.into_iter().find(|(other, _)| *other == key) {
            Some((_, ids)) => ids.push(id),
            None => groups.push((key, vec![id])),
        }
    }
    groups
}

/// Keeps only the preferred claims of a single-valued property, if there are any.
fn preferred(dossier: &Dossier, property: PropertyId, mut ids: Vec<ClaimId>) -> Vec<ClaimId> {
    let is_preferred = |id: &ClaimId| dossier.claim(*id).rank() == Rank::Preferred;
    if !dossier.property(property).many && ids.iter().any(is_preferred) {
        ids.retain(is_preferred);
    }
    ids
}

#[cfg(test)]
mod tests;
