//! Lanes of agreements: the days on which they were signed, announced and so on.
//!
//! Invariant: of several dates of one property only the best is marked, as [`best_date`] chooses.

use super::{Lane, LaneGroup, Mark, MarkKind, sort_marks};
use crate::graph::slots::{actual_ids, best_date};
use crate::model::{CoreKind, Dossier, EntityId, PropertyId, Range};
use crate::timeline::World;

/// Passes to `each` a lane for every agreement that has a date.
pub(super) fn lanes(world: &World, within: &dyn Fn(EntityId) -> bool, each: &mut dyn FnMut(Lane)) {
    let agreements = world.dossier().of_core(CoreKind::Agreement).filter(|&agreement| within(agreement));
    agreements.map(|agreement| lane(world, agreement)).filter(|lane| !lane.is_empty()).for_each(each);
}

fn lane(world: &World, agreement: EntityId) -> Lane {
    let dossier = world.dossier();
    let mut dates: Vec<PropertyId> = dossier.claims_of(agreement).iter().map(|claim| claim.property).collect();
    // The claims of an entity stand property by property.
    dates.dedup();
    dates.retain(|&property| dossier.property(property).range == Range::Date);
    let marks = dates.into_iter().filter_map(|property| {
        let claim = best_date(dossier, actual_ids(dossier, agreement, property))?;
        let when = Dossier::date_id(dossier.claim(claim))?;
        let at = dossier.when(when).window();
        let label = dossier.property(property).happening_words().to_owned();
        at.position().is_some().then_some(Mark { kind: MarkKind::Happened, at, label, when, claim })
    });
    let mut marks: Vec<Mark> = marks.collect();
    sort_marks(&mut marks);
    let label = world.short_name(agreement).into_owned();
    Lane { marks, ..Lane::new(LaneGroup::Agreements, label, agreement) }
}
