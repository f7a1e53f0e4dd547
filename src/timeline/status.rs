//! How a claim, or what it is said of, stands to a moment: so by then, over, or still to come.
//!
//! | what is said | counts from | counts until |
//! |---|---|---|
//! | a date: opened, signed, begins | the date itself | always: it has happened |
//! | a value with `start` or `end` | its start | its end |
//! | a value with `as_of` | that date | the next `as_of` of the slot |
//! | any other value | the first date of its subject, where that is something that happens | always |
//!
//! A plan, an allegation or a denial does not count from the date it speaks of, but from when
//! it was made: the publication of the first document that has it, and a plan at the latest from
//! the day that it is for. A date that is
//! not exact makes the answer possible within its limits, and definite outside of them. What no
//! date bears on is *undated*: it is shown at every moment, and never as if it were dated.
//!
//! Invariant: of the values of one slot that begin on different days, at most one is `So` on one day.

use std::fmt;

use chrono::NaiveDate;

use super::chronology::happens;
use crate::graph::slots::is_actual;
use crate::model::{Claim, ClaimId, Dossier, EntityId, Kind, Modality, Moment, Property, Rank, Value, When};

/// See the module. Best known first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It was so, or had happened, whatever its dates mean exactly.
    So,
    /// It depends on a date that is not exact.
    Possible,
    /// No date bears on it.
    Undated,
    /// It was so before, and no longer.
    Over,
    /// It was not yet so.
    Later,
}

impl Standing {
    /// The standing in output: "so", "possible" …
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::So => "so",
            Self::Possible => "possible",
            Self::Undated => "undated",
            Self::Over => "over",
            Self::Later => "later",
        }
    }

    /// Whether it belongs to what was so at the moment, as far as anybody can tell.
    pub const fn counts(self) -> bool {
        match self {
            Self::So | Self::Possible | Self::Undated => true,
            Self::Over | Self::Later => false,
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// The limits of a day: none where there is no limit.
pub(crate) type Limits = (Option<NaiveDate>, Option<NaiveDate>);

/// The limits of a date.
pub(crate) fn limits(when: &When) -> Limits {
    (when.earliest(), when.latest())
}

/// How something that counts from a day within these limits on stands at a moment.
fn begun((earliest, latest): Limits, moment: Moment) -> Standing {
    match (earliest, latest) {
        (_, Some(latest)) if latest <= moment.last() => Standing::So,
        (Some(earliest), _) if earliest > moment.last() => Standing::Later,
        (Some(_), _) => Standing::Possible,
        // "By June 2014" says nothing of the years before.
        (None, _) => Standing::Undated,
    }
}

/// How something that counts until a day within these limits, that day included, stands at a moment.
fn lasting((earliest, latest): Limits, moment: Moment) -> Standing {
    match (earliest, latest) {
        (Some(earliest), _) if earliest >= moment.first() => Standing::So,
        (_, Some(latest)) if latest < moment.first() => Standing::Over,
        _ => Standing::Possible,
    }
}

/// How a claim stands at a moment.
pub fn claim_at(dossier: &Dossier, claim: &Claim, moment: Moment) -> Standing {
    claim_until(dossier, claim, taken(dossier, claim), moment)
}

/// The same, where it is known what takes the place of the claim.
pub(crate) fn claim_until(dossier: &Dossier, claim: &Claim, taken: Option<Taken>, moment: Moment) -> Standing {
    if claim.modality != Modality::Actual {
        let made = published(dossier, claim).map(limits).or_else(|| planned_by(dossier, claim));
        return made.map_or_else(|| inherited(dossier, claim, moment), |made| begun(made, moment));
    }
    if let Some(date) = dossier.date(claim) {
        return begun(limits(date), moment);
    }
    let start = claim.start.or(claim.as_of).map(|when| limits(dossier.when(when)));
    let end = claim.end.map(|when| limits(dossier.when(when)));
    let from = start.map_or_else(
        // That something ended tells nothing of when it began.
        || if end.is_some() { Standing::Undated } else { inherited(dossier, claim, moment) },
        |start| begun(start, moment),
    );
    let until = end.map_or(Standing::So, |end| lasting(end, moment));
    from.max(until).max(taken.map_or(Standing::So, |taken| taken.at(moment)))
}

/// Nobody plans for a day that is past.
fn planned_by(dossier: &Dossier, claim: &Claim) -> Option<Limits> {
    let due = dossier.date(claim).or_else(|| claim.start.or(claim.as_of).map(|when| dossier.when(when)))?;
    let last = due.latest().filter(|_| claim.modality == Modality::Planned)?;
    Some((None, Some(last)))
}

/// How a row of the chronology stands at a moment: as its claim does, and where that is undated and the
/// row stands behind the moment, as later. So every row below the line of an as-of is later, or was known.
pub fn row_at(dossier: &Dossier, claim: &Claim, moment: Moment) -> Standing {
    let is_behind = dossier.date(claim).and_then(When::anchor).is_some_and(|day| day > moment.last());
    match claim_at(dossier, claim, moment) {
        Standing::Undated if is_behind => Standing::Later,
        standing => standing,
    }
}

/// How a plan for a day stands at a moment, if the plan is taken at its word: from that day on, until the
/// next plan of the slot. Of any other claim the same as [`claim_at`].
pub(crate) fn due_at(dossier: &Dossier, claim: &Claim, moment: Moment) -> Standing {
    match claim.start.or(claim.as_of).filter(|_| claim.modality != Modality::Actual) {
        Some(due) => {
            let taken = taken(dossier, claim).map_or(Standing::So, |taken| taken.at(moment));
            begun(limits(dossier.when(due)), moment).max(taken)
        }
        None => claim_at(dossier, claim, moment),
    }
}

/// Whether a claim belongs to what can be told as of a moment. What has only an upper bound behind the
/// moment may have happened long before; it is told on that bound, and not before.
pub fn is_told(dossier: &Dossier, claim: &Claim, moment: Moment) -> bool {
    let stands = dossier.date(claim).filter(|_| claim.modality == Modality::Actual).and_then(When::anchor);
    claim_at(dossier, claim, moment).counts() && stands.is_none_or(|day| day <= moment.last())
}

/// When the first document that says it came out, so that it had been said by then; none where one
/// of them has no date, which leaves open whether that said so earlier.
pub(crate) fn published<'a>(dossier: &'a Dossier, claim: &Claim) -> Option<&'a When> {
    let all: Option<Vec<&When>> =
        dossier.evidence(claim).map(|place| dossier.document(place.document).published.as_ref()).collect();
    all?.into_iter().min_by(|a, b| a.chronological(b))
}

/// The day by which something without a date had happened, since a document of that day reports it.
pub fn reported_by(dossier: &Dossier, event: EntityId) -> Option<&When> {
    let actual = dossier.claims_of(event).iter().filter(|claim| is_actual(claim));
    let documents = actual.flat_map(|claim| dossier.evidence(claim)).map(|place| dossier.document(place.document));
    documents.filter_map(|document| document.published.as_ref()).min_by(|a, b| a.chronological(b))
}

/// What a claim without a date of its own has from its subject.
fn inherited(dossier: &Dossier, claim: &Claim, moment: Moment) -> Standing {
    if !happens(dossier.entity(claim.subject).kind) {
        return Standing::Undated;
    }
    own(dossier, claim.subject, moment).unwrap_or(Standing::Undated)
}

/// How the first thing that is dated of an entity stands: none where nothing actual is dated.
fn own(dossier: &Dossier, entity: EntityId, moment: Moment) -> Option<Standing> {
    let actual = dossier.claims_of(entity).iter().filter(|claim| is_actual(claim));
    let dated = actual.filter_map(|claim| Some((is_within(claim.property), limits(dossier.date(claim)?))));
    let stood = |within: bool| {
        let dated = dated.clone().filter(move |(inside, _)| *inside == within);
        dated.map(|(_, (earliest, latest))| begun((earliest.filter(|_| !within), latest), moment)).min()
    };
    stood(false).or_else(|| stood(true))
}

/// Whether a date lies inside of the life of its subject, so that it began on that day or earlier.
fn is_within(property: Property) -> bool {
    matches!(property, Property::End | Property::Attested)
}

/// When later values of the same slot take the place of a claim: possibly from the one day on,
/// surely from the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    possibly: NaiveDate,
    surely: Option<NaiveDate>,
}

impl Taken {
    fn at(self, moment: Moment) -> Standing {
        // At a moment that is a whole year, what was so at its beginning was so in it.
        match moment.first() {
            day if self.surely.is_some_and(|surely| surely <= day) => Standing::Over,
            day if self.possibly <= day => Standing::Possible,
            _ => Standing::So,
        }
    }
}

/// What takes the place of a claim; asked once where a claim is judged on many days.
pub(crate) fn taken(dossier: &Dossier, claim: &Claim) -> Option<Taken> {
    let since = |claim: &Claim| claim.start.or(claim.as_of);
    let mine = since(claim).and_then(|when| dossier.when(when).latest())?;
    if claim.property.spec().many {
        return None;
    }
    let slot = dossier.slot(claim.subject, claim.property).iter();
    let rivals = slot.filter(|other| other.modality == claim.modality && other.rank != Rank::Deprecated);
    let others = rivals.filter(|other| other.value != claim.value && other.value != Value::Missing);
    let begun = others.filter_map(since).map(|when| dossier.when(when));
    // Only what begins after this one for sure takes its place.
    let later = begun.filter_map(|when| Some((when.earliest().filter(|&first| first > mine)?, when.latest())));
    later
        .map(|(possibly, surely)| Taken { possibly, surely })
        .reduce(|a, b| Taken { possibly: a.possibly.min(b.possibly), surely: earlier(a.surely, b.surely) })
}

fn earlier(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    [a, b].into_iter().flatten().min()
}

/// How an entity stands at a moment: by its own first date, else by what points at it.
///
/// A person whom only later documents' events name is later; one of whom nothing is dated is undated.
pub fn entity_at(dossier: &Dossier, links: &[ClaimId], entity: EntityId, moment: Moment) -> Standing {
    let own = own(dossier, entity, moment);
    if let Some(own) = own
        && (own != Standing::Later || happens(dossier.entity(entity).kind))
    {
        return own;
    }
    let kind = dossier.entity(entity).kind;
    if happens(kind) || kind == Kind::Document {
        return Standing::Undated;
    }
    let mut best = own;
    for &id in links {
        let through = claim_at(dossier, dossier.claim(id), moment);
        // What nobody dates is no reason to doubt a first date.
        if own.is_some() && through == Standing::Undated {
            continue;
        }
        best = Some(best.map_or(through, |best| best.min(through)));
        // Nothing stands better, and there may be many links.
        if through == Standing::So {
            break;
        }
    }
    best.unwrap_or(Standing::Undated)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;
    use crate::formats::author;
    use crate::timeline::World;

    fn embedded() -> World {
        World::new(author::load(&author::embedded()).0)
    }

    fn entity(world: &World, id: &str, at: &str) -> Standing {
        let entity = world.dossier().find(id).unwrap();
        let moment = Moment::parse(at, None).unwrap();
        entity_at(world.dossier(), world.links().to(entity), entity, moment)
    }

    /// The numbers of a slot that count at a moment, with how they stand.
    fn numbers(world: &World, id: &str, property: Property, at: &str) -> Vec<(f64, Standing)> {
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
    fn what_opens_on_a_day_is_so_from_that_day_on() {
        let world = embedded();
        for (at, expected) in [
            ("2021-01-26", Standing::Later),
            ("2021-01-27", Standing::So),
            ("2021-01", Standing::So),
            ("2021", Standing::So),
            ("2020", Standing::Later),
        ] {
            assert_eq!(entity(&world, "facility/kalyani-opd", at), expected, "{at}");
        }
    }

    #[test]
    fn somebody_whom_only_later_events_name_is_later() {
        let world = embedded();
        assert_eq!(entity(&world, "person/ramji-singh", "1957"), Standing::Later);
        assert_eq!(entity(&world, "person/ramji-singh", "2021"), Standing::So);
        // Her term has an end and no start: she was in office before it, nobody knows since when.
        assert_eq!(entity(&world, "person/dipika-deka", "2018"), Standing::Undated);
        assert_eq!(entity(&world, "person/dipika-deka", "2021"), Standing::So);
    }

    #[test]
    fn of_a_series_the_value_in_force_counts() {
        let world = embedded();
        let seats = |at| numbers(&world, "programme/kalyani-mbbs", Property::Seats, at);
        assert_eq!(seats("2018"), []);
        assert_eq!(seats("2019-06"), [(50.0, Standing::Possible)]);
        assert_eq!(seats("2019"), [(50.0, Standing::So)]);
        assert_eq!(seats("2020-06"), [(50.0, Standing::Possible), (125.0, Standing::Possible)]);
        assert_eq!(seats("2020"), [(50.0, Standing::Possible), (125.0, Standing::So)]);
        assert_eq!(seats("2021-06-15"), [(125.0, Standing::So)]);
    }

    #[test]
    fn a_plan_counts_from_when_it_was_made() {
        let world = embedded();
        let dossier = world.dossier();
        let plan = |at: &str| {
            let hospital = dossier.find("facility/mookerjee-ipd").unwrap();
            let slot = dossier.slot(hospital, Property::Operational);
            let planned = slot.iter().find(|claim| claim.modality == Modality::Planned).unwrap();
            claim_at(dossier, planned, Moment::parse(at, None).unwrap())
        };
        // The report that speaks of it is of 1 July 2023.
        assert_eq!(plan("2023-06-30"), Standing::Later);
        assert_eq!(plan("2023-07-01"), Standing::So);
    }
}
