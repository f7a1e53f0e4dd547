//! The temporal status of a claim or entity at a moment: in force, over, or still to come.
//!
//! | claim | in force from | in force until |
//! |---|---|---|
//! | a date: opened, signed, begins | the date itself | always: it has happened |
//! | a value with `start` or `end` | its start | its end |
//! | a value with `as_of` | that date | the next `as_of` of the slot |
//! | any other value | the first date of its subject, if that is something that happens | always |
//!
//! Plans, allegations and denials apply from the day they were made: the earliest publication date of the
//! documents that contain them; plans at the latest from the day they are for.
//!
//! Dates are EDTF (ISO 8601-2) intervals. While a moment lies within the limits of a date that is not exact,
//! the status is *possible*; outside of them it is definite. A claim that no date bears on is *undated* and
//! is shown at every moment.
//!
//! Invariant: of the values of one slot that begin on different days, at most one is `So` on a given day.

use chrono::NaiveDate;

use super::chronology::happens;
use crate::graph::positions::is_of_one_thing;
use crate::graph::slots::is_actual;
use crate::model::{
    Claim, ClaimId, Core, CoreKind, DayWindow, Dossier, EntityId, Modality, Moment, PropertyId, Rank, Value, When,
};
use crate::text::word::words;

words! {
    /// The status of a claim or entity at a moment, best known first.
    TemporalStatus {
        /// In force, or happened, whatever its inexact dates stand for.
        So = "so",
        /// In force or not, depending on a date that is not exact.
        Possible = "possible",
        /// No date bears on it.
        Undated = "undated",
        /// It was in force before and no longer is.
        Over = "over",
        /// It was not yet in force.
        Later = "later",
    }
}

impl TemporalStatus {
    /// Returns true for a status that is, or may be, in force at the moment.
    pub const fn counts(self) -> bool {
        match self {
            Self::So | Self::Possible | Self::Undated => true,
            Self::Over | Self::Later => false,
        }
    }
}

/// Returns the status of something that is in force from a day within these limits.
fn status_from(day: DayWindow, moment: Moment) -> TemporalStatus {
    match (day.earliest, day.latest) {
        (_, Some(latest)) if latest <= moment.last() => TemporalStatus::So,
        (Some(earliest), _) if earliest > moment.last() => TemporalStatus::Later,
        (Some(_), _) => TemporalStatus::Possible,
        // "By June 2014" does not bear on the years before.
        (None, _) => TemporalStatus::Undated,
    }
}

/// Returns the status of something that is in force until a day within these limits, that day included.
fn status_until(day: DayWindow, moment: Moment) -> TemporalStatus {
    match (day.earliest, day.latest) {
        (Some(earliest), _) if earliest >= moment.first() => TemporalStatus::So,
        (_, Some(latest)) if latest < moment.first() => TemporalStatus::Over,
        _ => TemporalStatus::Possible,
    }
}

/// Returns the status of a claim at a moment.
pub fn claim_at(dossier: &Dossier, claim: &Claim, moment: Moment) -> TemporalStatus {
    claim_until(dossier, claim, supersession(dossier, claim), moment)
}

/// Like [`claim_at`], with the result of [`supersession`] given; for asking about many days.
pub(crate) fn claim_until(
    dossier: &Dossier,
    claim: &Claim,
    superseded: Option<Supersession>,
    moment: Moment,
) -> TemporalStatus {
    if claim.modality() != Modality::Actual {
        let made = published(dossier, claim).map(When::window).or_else(|| planned_by(dossier, claim));
        return made.map_or_else(|| inherited(dossier, claim, moment), |made| status_from(made, moment));
    }
    if let Some(date) = dossier.date(claim) {
        return status_from(date.window(), moment);
    }
    let start = claim.start.or(claim.as_of).map(|when| dossier.when(when).window());
    let end = claim.end.map(|when| dossier.when(when).window());
    let from = start.map_or_else(
        // An end does not tell when the value began.
        || if end.is_some() { TemporalStatus::Undated } else { inherited(dossier, claim, moment) },
        |start| status_from(start, moment),
    );
    let until = end.map_or(TemporalStatus::So, |end| status_until(end, moment));
    from.max(until).max(superseded.map_or(TemporalStatus::So, |superseded| superseded.at(moment)))
}

/// Returns the days on which a plan may have been made: it was not made after the day it is for.
fn planned_by(dossier: &Dossier, claim: &Claim) -> Option<DayWindow> {
    let due = dossier.date(claim).or_else(|| claim.start.or(claim.as_of).map(|when| dossier.when(when)))?;
    let last = due.latest().filter(|_| claim.modality() == Modality::Planned)?;
    Some(DayWindow { earliest: None, latest: Some(last) })
}

/// Returns the status of a row of the chronology: that of its claim, but [`TemporalStatus::Later`] for an undated
/// claim whose row stands after the moment. So every row after the as-of line is later or was announced.
pub fn row_at(dossier: &Dossier, claim: &Claim, moment: Moment) -> TemporalStatus {
    let is_behind = dossier.date(claim).and_then(When::anchor).is_some_and(|day| day > moment.last());
    match claim_at(dossier, claim, moment) {
        TemporalStatus::Undated if is_behind => TemporalStatus::Later,
        standing => standing,
    }
}

/// Like [`claim_at`], but a plan is in force from the day it is for until the next plan of the slot.
pub(crate) fn due_at(dossier: &Dossier, claim: &Claim, moment: Moment) -> TemporalStatus {
    match claim.start.or(claim.as_of).filter(|_| claim.modality() != Modality::Actual) {
        Some(due) => {
            let superseded =
                supersession(dossier, claim).map_or(TemporalStatus::So, |superseded| superseded.at(moment));
            status_from(dossier.when(due).window(), moment).max(superseded)
        }
        None => claim_at(dossier, claim, moment),
    }
}

/// Returns true if a claim is included in the world as of a moment.
///
/// A date with only an upper bound is included from that bound on, although it may mean an earlier day.
pub fn is_included(dossier: &Dossier, claim: &Claim, moment: Moment) -> bool {
    let stands = dossier.date(claim).filter(|_| claim.modality() == Modality::Actual).and_then(When::anchor);
    claim_at(dossier, claim, moment).counts() && stands.is_none_or(|day| day <= moment.last())
}

/// Returns the earliest publication date of the documents that contain a claim, or `None` if one of them has
/// no date and so may be earlier.
pub(crate) fn published<'a>(dossier: &'a Dossier, claim: &Claim) -> Option<&'a When> {
    let all: Option<Vec<&When>> =
        dossier.evidence(claim).map(|place| dossier.document(place.document).published.as_ref()).collect();
    all?.into_iter().min_by(|a, b| a.chronological(b))
}

/// Returns the earliest publication date of the documents that report an event: the event happened by then.
pub fn reported_by(dossier: &Dossier, event: EntityId) -> Option<&When> {
    let actual = dossier.claims_of(event).iter().filter(|claim| is_actual(claim));
    let documents = actual.flat_map(|claim| dossier.evidence(claim)).map(|place| dossier.document(place.document));
    documents.filter_map(|document| document.published.as_ref()).min_by(|a, b| a.chronological(b))
}

/// Returns the status that a claim without a date of its own takes over from its subject.
fn inherited(dossier: &Dossier, claim: &Claim, moment: Moment) -> TemporalStatus {
    if !happens(dossier.core_kind(claim.subject)) {
        return TemporalStatus::Undated;
    }
    own(dossier, claim.subject, moment).unwrap_or(TemporalStatus::Undated)
}

/// Returns the best status of the dated facts about an entity, or `None` if there are none.
fn own(dossier: &Dossier, entity: EntityId, moment: Moment) -> Option<TemporalStatus> {
    let actual = dossier.claims_of(entity).iter().filter(|claim| is_actual(claim));
    let dated = actual.filter_map(|claim| Some((is_within(claim.property), dossier.date(claim)?.window())));
    let stood = |within: bool| {
        let dated = dated.clone().filter(move |(inside, _)| *inside == within);
        let begun = dated.map(|(_, day)| DayWindow { earliest: day.earliest.filter(|_| !within), ..day });
        begun.map(|day| status_from(day, moment)).min()
    };
    stood(false).or_else(|| stood(true))
}

/// Returns true for properties whose date lies within the life of the subject, which so began on it or before.
fn is_within(property: PropertyId) -> bool {
    matches!(property.core(), Some(Core::End | Core::Attested))
}

/// The day from which a later value of the same slot possibly, and that from which it certainly, replaces a
/// claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Supersession {
    possibly: NaiveDate,
    surely: Option<NaiveDate>,
}

impl Supersession {
    fn at(self, moment: Moment) -> TemporalStatus {
        // A value in force at the beginning of a month or year counts for all of it.
        match moment.first() {
            day if self.surely.is_some_and(|surely| surely <= day) => TemporalStatus::Over,
            day if self.possibly <= day => TemporalStatus::Possible,
            _ => TemporalStatus::So,
        }
    }
}

/// Returns when later values of the slot replace a claim, or `None` if none does.
pub(crate) fn supersession(dossier: &Dossier, claim: &Claim) -> Option<Supersession> {
    let since = |claim: &Claim| claim.start.or(claim.as_of);
    let mine = since(claim).and_then(|when| dossier.when(when).latest())?;
    if dossier.property(claim.property).many {
        return None;
    }
    let slot = dossier.slot(claim.subject, claim.property).iter();
    let rivals = slot.filter(|other| other.modality() == claim.modality() && other.rank() != Rank::Deprecated);
    let rivals = rivals.filter(|other| is_of_one_thing(dossier, other, claim));
    let others = rivals.filter(|other| other.value != claim.value && other.value != Value::Missing);
    let begun = others.filter_map(since).map(|when| dossier.when(when));
    // Only values that certainly begin later replace this one.
    let later = begun.filter_map(|when| Some((when.earliest().filter(|&first| first > mine)?, when.latest())));
    later
        .map(|(possibly, surely)| Supersession { possibly, surely })
        .reduce(|a, b| Supersession { possibly: a.possibly.min(b.possibly), surely: earlier(a.surely, b.surely) })
}

fn earlier(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    [a, b].into_iter().flatten().min()
}

/// Returns the status of an entity: that of its own first date, else the best of the claims that name it.
///
/// `links` are the claims that name the entity. A person named only by later events is later; an entity
/// without any dated claim is undated.
pub fn entity_at(dossier: &Dossier, links: &[ClaimId], entity: EntityId, moment: Moment) -> TemporalStatus {
    let own = own(dossier, entity, moment);
    if let Some(own) = own
        && (own != TemporalStatus::Later || happens(dossier.core_kind(entity)))
    {
        return own;
    }
    let kind = dossier.core_kind(entity);
    if happens(kind) || kind == CoreKind::Document {
        return TemporalStatus::Undated;
    }
    let mut best = own;
    for &id in links {
        let through = claim_at(dossier, dossier.claim(id), moment);
        // An undated mention does not outweigh a first date.
        if own.is_some() && through == TemporalStatus::Undated {
            continue;
        }
        best = Some(best.map_or(through, |best| best.min(through)));
        // No status is better, and there may be many links.
        if through == TemporalStatus::So {
            break;
        }
    }
    best.unwrap_or(TemporalStatus::Undated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;
    use crate::timeline::World;
    use crate::vocabulary::testing::property;

    fn embedded() -> World {
        World::new(author::load(&author::embedded()).0)
    }

    fn entity(world: &World, id: &str, at: &str) -> TemporalStatus {
        let entity = world.dossier().find(id).unwrap();
        let moment = Moment::parse(at, None).unwrap();
        entity_at(world.dossier(), world.links().to(entity), entity, moment)
    }

    /// Returns the numbers of a slot that are in force at a moment, with their status.
    fn numbers(world: &World, id: &str, property: PropertyId, at: &str) -> Vec<(f64, TemporalStatus)> {
        let dossier = world.dossier();
        let moment = Moment::parse(at, None).unwrap();
        let slot = dossier.slot(dossier.find(id).unwrap(), property).iter();
        slot.filter_map(|claim| match claim.value {
            Value::Number { number, .. } => Some((number.get(), claim_at(dossier, claim, moment))),
            Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
        })
        .filter(|(_, standing)| standing.counts())
        .collect()
    }

    #[test]
    fn an_opening_is_in_force_from_its_day_on() {
        let world = embedded();
        for (at, expected) in [
            ("2021-01-26", TemporalStatus::Later),
            ("2021-01-27", TemporalStatus::So),
            ("2021-01", TemporalStatus::So),
            ("2021", TemporalStatus::So),
            ("2020", TemporalStatus::Later),
        ] {
            assert_eq!(entity(&world, "facility/kalyani-opd", at), expected, "{at}");
        }
    }

    #[test]
    fn a_person_named_only_by_later_events_is_later() {
        let world = embedded();
        assert_eq!(entity(&world, "person/ramji-singh", "1957"), TemporalStatus::Later);
        assert_eq!(entity(&world, "person/ramji-singh", "2021"), TemporalStatus::So);
        // Her term has an end and no start, so that the documents do not tell since when she was in office.
        assert_eq!(entity(&world, "person/dipika-deka", "2018"), TemporalStatus::Undated);
        assert_eq!(entity(&world, "person/dipika-deka", "2021"), TemporalStatus::So);
    }

    #[test]
    fn the_last_value_of_a_series_is_in_force() {
        let world = embedded();
        let seats = |at| numbers(&world, "programme/kalyani-mbbs", property("seats"), at);
        assert_eq!(seats("2018"), []);
        assert_eq!(seats("2019-06"), [(50.0, TemporalStatus::Possible)]);
        assert_eq!(seats("2019"), [(50.0, TemporalStatus::So)]);
        assert_eq!(seats("2020-06"), [(50.0, TemporalStatus::Possible), (125.0, TemporalStatus::Possible)]);
        assert_eq!(seats("2020"), [(50.0, TemporalStatus::Possible), (125.0, TemporalStatus::So)]);
        assert_eq!(seats("2021-06-15"), [(125.0, TemporalStatus::So)]);
    }

    #[test]
    fn a_plan_applies_from_the_day_it_was_made() {
        let world = embedded();
        let dossier = world.dossier();
        let plan = |at: &str| {
            let hospital = dossier.find("facility/mookerjee-ipd").unwrap();
            let slot = dossier.slot(hospital, property("operational"));
            let planned = slot.iter().find(|claim| claim.modality() == Modality::Planned).unwrap();
            claim_at(dossier, planned, Moment::parse(at, None).unwrap())
        };
        // The report that contains it is of 1 July 2023.
        assert_eq!(plan("2023-06-30"), TemporalStatus::Later);
        assert_eq!(plan("2023-07-01"), TemporalStatus::So);
    }
}
