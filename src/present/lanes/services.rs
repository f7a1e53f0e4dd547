//! Lanes of services: institutions, units and items that began, and last.
//!
//! The first date that the vocabulary calls a beginning begins the bar. Without an end the service is stated on that date, and last known from
//! then to the horizon.
//!
//! Invariant: the bar of a service is definite only from the last day on which it may have begun.

use chrono::NaiveDate;

use super::{Bar, Lane, LaneGroup, Mark, MarkKind, horizon, runs, sort_marks};
use crate::graph::slots::{actual_ids, best_date, is_actual};
use crate::model::{Claim, ClaimId, CoreKind, DayWindow, Dossier, EntityId, PropertyId, When};
use crate::offices::periods::periods;
use crate::offices::{Certainty, Knowledge};
use crate::timeline::World;
use crate::vocabulary::Role;

/// The dates that begin and end something, in the order of the vocabulary; of two equal dates the first of these is taken.
struct Limits {
    begins: Vec<PropertyId>,
    ends: Vec<PropertyId>,
}

/// Passes to `each` a lane for every institution, unit or item that has begun.
pub(super) fn lanes(world: &World, within: &dyn Fn(EntityId) -> bool, each: &mut dyn FnMut(Lane)) {
    let dossier = world.dossier();
    let words = dossier.vocabulary();
    let limits =
        Limits { begins: words.with_role(Role::Begins).collect(), ends: words.with_role(Role::Ends).collect() };
    let lasts = |entity: &EntityId| match dossier.core_kind(*entity) {
        CoreKind::Institution | CoreKind::Unit | CoreKind::Item => true,
        CoreKind::Person
        | CoreKind::Post
        | CoreKind::Tenure
        | CoreKind::Agreement
        | CoreKind::Event
        | CoreKind::Place
        | CoreKind::Document => false,
    };
    dossier
        .entities()
        .filter(lasts)
        .filter(|&entity| within(entity))
        .filter_map(|entity| lane(world, &limits, entity))
        .for_each(each);
}

fn lane(world: &World, limits: &Limits, entity: EntityId) -> Option<Lane> {
    let dossier = world.dossier();
    let best = |properties: &[PropertyId]| -> Vec<ClaimId> {
        let best = |&property: &PropertyId| best_date(dossier, actual_ids(dossier, entity, property));
        properties.iter().filter_map(best).collect()
    };
    let begins = best(&limits.begins);
    let bounds = |id: ClaimId| dossier.date(dossier.claim(id)).map(When::window);
    let first = |ids: &[ClaimId]| {
        let dated = ids.iter().filter_map(|&id| Some((id, bounds(id)?.position()?)));
        dated.min_by_key(|(_, days)| *days).map(|(id, _)| id)
    };
    let begin = first(&begins)?;
    let ends = best(&limits.ends);
    let end = first(&ends).or_else(|| ends.first().copied());
    let life = Life {
        begin,
        from: bounds(begin)?,
        sure: begins.iter().filter_map(|&id| bounds(id)?.latest).min(),
        end: end.and_then(|end| Some((end, bounds(end)?))),
        horizon: horizon(world),
    };
    let bars =
        runs(periods(life.limits()).into_iter().map(|days| (days, life.on(dossier, days.0).into_iter().collect())));
    let lane = Lane::new(LaneGroup::Services, world.short_name(entity).into_owned(), entity);
    let lane = Lane { bars, marks: marks(world, entity, begin, end), ..lane };
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
        let claims: Vec<ClaimId> = std::iter::once(self.begin).chain(self.end.map(|(end, _)| end)).collect();
        Some(Bar {
            from: day,
            to: Some(day),
            basis: claims.iter().map(|&id| dossier.claim(id).basis()).max().unwrap_or(claim.basis()),
            state: if stated { Knowledge::Stated } else { Knowledge::LastKnown },
            certainty: if sure { Certainty::Definite } else { Certainty::Possible },
            label: dossier.property(claim.property).happening_words().to_owned(),
            entity: Some(claim.subject),
            value: None,
            claims,
        })
    }
}

/// Marks for everything else that happened, except for vaguer dates of the beginning.
fn marks(world: &World, entity: EntityId, begin: ClaimId, end: Option<ClaimId>) -> Vec<Mark> {
    let dossier = world.dossier();
    let began = dossier.claim(begin);
    let same = |claim: &Claim| {
        let touching = dossier.date(began).and_then(|when| when.window().position());
        let (Some((first, last)), Some(when)) = (touching, dossier.date(claim)) else { return false };
        claim.property == began.property && when.window().overlaps(DayWindow::between(first, last))
    };
    let mut marks: Vec<Mark> = dossier
        .claim_ids_of(entity)
        .filter(|&id| world.chronology().is_shown(id))
        .filter(|&id| is_actual(dossier.claim(id)) && Some(id) != end && !same(dossier.claim(id)))
        .filter_map(|id| {
            let claim = dossier.claim(id);
            let property = dossier.property(claim.property);
            let label = property.happening.is_some().then(|| property.happening_words().to_owned())?;
            let when = Dossier::date_id(claim)?;
            let at = dossier.when(when).window();
            at.position().is_some().then_some(Mark { kind: MarkKind::Happened, at, label, when, claim: id })
        })
        .collect();
    sort_marks(&mut marks);
    marks
}
