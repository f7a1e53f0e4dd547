//! Lanes of services: what opened, became operational or began, and lasts.
//!
//! The first such date begins the bar. Without an end the service is stated on that date and assumed from then
//! to the horizon.
//!
//! Invariant: the bar of a service is definite only from the last day on which it may have begun.

use chrono::NaiveDate;

use super::{Bar, Lane, LaneGroup, Mark, MarkKind, horizon, runs, sort_marks};
use crate::graph::slots::{actual_ids, best_date, is_actual};
use crate::model::{Claim, ClaimId, DayWindow, Dossier, EntityId, Kind, Property, When};
use crate::offices::periods::periods;
use crate::offices::{Certainty, Knowledge};
use crate::timeline::World;

/// The properties that begin a service; of two equal dates the first of these is taken.
const BEGINS: [Property; 5] =
    [Property::Opened, Property::Operational, Property::Launched, Property::Start, Property::Inaugurated];

/// Passes to `each` a lane for every institution, unit, facility or programme that has begun.
pub(super) fn lanes(world: &World, within: &dyn Fn(EntityId) -> bool, each: &mut dyn FnMut(Lane)) {
    let dossier = world.dossier();
    let lasts = |entity: &EntityId| {
        matches!(dossier.entity(*entity).kind, Kind::Institution | Kind::Unit | Kind::Facility | Kind::Programme)
    };
    dossier
        .entities()
        .filter(lasts)
        .filter(|&entity| within(entity))
        .filter_map(|entity| lane(world, entity))
        .for_each(each);
}

fn lane(world: &World, entity: EntityId) -> Option<Lane> {
    let dossier = world.dossier();
    let begins: Vec<ClaimId> =
        BEGINS.iter().filter_map(|&property| best_date(dossier, actual_ids(dossier, entity, property))).collect();
    let bounds = |id: ClaimId| dossier.date(dossier.claim(id)).map(When::window);
    let dated = begins.iter().filter_map(|&id| Some((id, bounds(id)?.position()?)));
    let (begin, _) = dated.min_by_key(|(_, days)| *days)?;
    let end = best_date(dossier, actual_ids(dossier, entity, Property::End));
    let life = Life {
        begin,
        from: bounds(begin)?,
        sure: begins.iter().filter_map(|&id| bounds(id)?.latest).min(),
        end: end.and_then(|end| Some((end, bounds(end)?))),
        horizon: horizon(world),
    };
    let bars =
        runs(periods(life.limits()).into_iter().map(|days| (days, life.on(dossier, days.0).into_iter().collect())));
    let lane = Lane::new(LaneGroup::Services, world.short_label(entity).to_owned(), entity);
    let lane = Lane { bars, marks: marks(dossier, entity, begin, end), ..lane };
    (!lane.bars.is_empty()).then_some(lane)
}

/// The beginning and the end of something that lasts.
struct Life {
    begin: ClaimId,
    from: DayWindow,
    /// The last day on which it may have begun.
    sure: Option<NaiveDate>,
    end: Option<(ClaimId, DayWindow)>,
    horizon: Option<NaiveDate>,
}

impl Life {
    fn limits(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let end = self.end.map(|(_, end)| [end.earliest, end.latest]);
        let all = [self.from.earliest, self.from.latest, self.sure, self.horizon];
        all.into_iter().chain(end.into_iter().flatten()).flatten()
    }

    fn on(&self, dossier: &Dossier, day: NaiveDate) -> Option<Bar> {
        // "By July 2023" says nothing of the days before.
        let first = self.from.earliest.or(self.sure)?;
        let is_over = self.end.is_some_and(|(_, end)| end.latest.is_some_and(|last| last < day));
        if day < first || is_over {
            return None;
        }
        let lasts = self.end.is_none_or(|(_, end)| end.earliest.is_some_and(|end| day <= end));
        let sure = self.sure.is_some_and(|sure| day >= sure) && lasts;
        let stated = self.end.is_some() || self.from.latest.is_some_and(|last| day <= last);
        let beyond = self.horizon.is_some_and(|last| day > last);
        if beyond && !stated {
            return None;
        }
        let claim = dossier.claim(self.begin);
        let spec = claim.property.spec();
        Some(Bar {
            from: day,
            to: day,
            state: if stated { Knowledge::Stated } else { Knowledge::Assumed },
            certainty: if sure { Certainty::Definite } else { Certainty::Possible },
            label: spec.happening.unwrap_or(spec.label).to_owned(),
            entity: Some(claim.subject),
            value: None,
            claims: std::iter::once(self.begin).chain(self.end.map(|(end, _)| end)).collect(),
        })
    }
}

/// Marks for everything else that happened, except for vaguer dates of the beginning.
fn marks(dossier: &Dossier, entity: EntityId, begin: ClaimId, end: Option<ClaimId>) -> Vec<Mark> {
    let began = dossier.claim(begin);
    let same = |claim: &Claim| {
        let touching = dossier.date(began).and_then(|when| when.window().position());
        let (Some((first, last)), Some(when)) = (touching, dossier.date(claim)) else { return false };
        claim.property == began.property && when.window().overlaps(DayWindow::between(first, last))
    };
    let mut marks: Vec<Mark> = dossier
        .claim_ids_of(entity)
        .filter(|&id| is_actual(dossier.claim(id)) && Some(id) != end && !same(dossier.claim(id)))
        .filter_map(|id| {
            let claim = dossier.claim(id);
            let label = claim.property.spec().happening?.to_owned();
            let at = dossier.date(claim)?.window();
            at.position().is_some().then_some(Mark { kind: MarkKind::Happened, at, label, claim: id })
        })
        .collect();
    sort_marks(&mut marks);
    marks
}
