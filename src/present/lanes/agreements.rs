//! Lanes of agreements: the days on which they were signed or announced.
//!
//! Invariant: of several dates of one property only the best is marked, as [`best_date`] chooses.

use super::{Lane, LaneGroup, Mark, MarkKind, sort_marks};
use crate::graph::slots::{actual_ids, best_date};
use crate::model::{EntityId, Kind, Property};
use crate::timeline::World;

/// Passes to `each` a lane for every agreement that has a date.
pub(super) fn lanes(world: &World, within: &dyn Fn(EntityId) -> bool, each: &mut dyn FnMut(Lane)) {
    let agreements = world.dossier().of_kind(Kind::Agreement).filter(|&agreement| within(agreement));
    agreements.map(|agreement| lane(world, agreement)).filter(|lane| !lane.is_empty()).for_each(each);
}

fn lane(world: &World, agreement: EntityId) -> Lane {
    let dossier = world.dossier();
    let marks = [Property::Announced, Property::Signed].into_iter().filter_map(|property| {
        let claim = best_date(dossier, actual_ids(dossier, agreement, property))?;
        let at = dossier.date(dossier.claim(claim))?.window();
        let label = property.spec().happening.unwrap_or_default().to_owned();
        at.position().is_some().then_some(Mark { kind: MarkKind::Happened, at, label, claim })
    });
    let mut marks: Vec<Mark> = marks.collect();
    sort_marks(&mut marks);
    let label = world.short_label(agreement).to_owned();
    Lane { marks, ..Lane::new(LaneGroup::Agreements, label, agreement) }
}
