//! Counts the entities that a dossier lists for a counting property such as `members`.
//!
//! Invariant: every entity is counted once, and only facts are counted; the vocabulary says which list a property counts.

use crate::graph::Graph;
use crate::graph::compare::actual_targets;
use crate::graph::positions::days_of;
use crate::graph::slots::is_actual;
use crate::model::complete::Members;
use crate::model::{Claim, Complete, Core, DayWindow, Dossier, EntityId, PropertyId, Range, Value};
use crate::vocabulary::Counts;

/// Returns the number of listed entities that a property of the subject counts, or `None` if it counts none.
pub(super) fn count(graph: &Graph, subject: EntityId, property: PropertyId) -> Option<u32> {
    let dossier = graph.dossier();
    let words = dossier.vocabulary();
    let counts = counted(dossier, subject, property)?;
    let (mut things, unnamed): (Vec<EntityId>, _) = match *counts {
        Counts::Values { property, plus } => (actual_targets(dossier, subject, property).collect(), plus),
        Counts::Entities { kind, ref of_type, through } => {
            let links = graph.links().to(subject).iter().map(|&id| dossier.claim(id));
            let parts = links.filter(|claim| claim.property == through && is_actual(claim)).map(|claim| claim.subject);
            let is_meant = |&id: &EntityId| {
                words.is_below(dossier.entity(id).kind, kind)
                    && of_type.as_deref().is_none_or(|wanted| is_of_type(dossier, id, wanted))
            };
            (parts.filter(is_meant).collect(), None)
        }
    };
    things.sort_unstable();
    things.dedup();
    let unnamed = unnamed.and_then(|unnamed| number(dossier, subject, unnamed)).unwrap_or(0);
    Some(things.len() as u32 + unnamed)
}

/// Returns what a number of the subject counts; `None` if the vocabulary does not say.
pub fn counted(dossier: &Dossier, subject: EntityId, property: PropertyId) -> Option<&Counts> {
    dossier.property(property).counts.iter().find(|counts| fits(dossier, subject, counts))
}

/// Returns true if the list that a number counts is declared whole, for the time that the number speaks of: as a list of the
/// subject, or of a document that the count is taken from.
pub(super) fn is_whole(dossier: &Dossier, said: &Claim, count: Option<&Claim>) -> bool {
    let documents = || {
        let places = count.into_iter().flat_map(|claim| dossier.evidence(claim));
        places.map(|place| dossier.document(place.document).entity)
    };
    let is_of = |complete: &Complete| complete.of == said.subject || documents().any(|entity| entity == complete.of);
    let time = days_of(dossier, said);
    dossier.completes().iter().any(|complete| {
        let window = |when| dossier.when(when).window();
        let days = DayWindow {
            earliest: complete.since.and_then(|since| window(since).earliest),
            latest: complete.until.and_then(|until| window(until).latest),
        };
        is_of(complete) && is_list_of(dossier, said, complete) && time.is_none_or(|time| time.overlaps(days))
    })
}

/// Returns true if a list that is declared whole is the one that a number counts.
fn is_list_of(dossier: &Dossier, said: &Claim, complete: &Complete) -> bool {
    let words = dossier.vocabulary();
    let Some(members) = Members::of_list(dossier.text(complete.list), words) else { return false };
    if members == Members::Values(said.property) {
        return true;
    }
    match (counted(dossier, said.subject, said.property), members) {
        (Some(Counts::Values { property, .. }), Members::Values(listed)) => *property == listed,
        (Some(Counts::Entities { kind, .. }), Members::Linked(listed) | Members::Parts(listed)) => {
            words.is_below(*kind, listed)
        }
        (Some(Counts::Values { .. } | Counts::Entities { .. }) | None, _) => false,
    }
}

/// Returns true if a list of this sort can be one of the subject's kind.
fn fits(dossier: &Dossier, subject: EntityId, counts: &Counts) -> bool {
    let (words, kind) = (dossier.vocabulary(), dossier.entity(subject).kind);
    match counts {
        Counts::Values { property, .. } => words.property(*property).domain.has(kind),
        Counts::Entities { through, .. } => match &words.property(*through).range {
            Range::Entity(kinds) => kinds.has(kind),
            Range::Text(_) | Range::Number(_) | Range::Date => false,
        },
    }
}

fn is_of_type(dossier: &Dossier, entity: EntityId, wanted: &str) -> bool {
    let types = dossier.slot(entity, Core::Type).iter().filter(|claim| is_actual(claim));
    types.into_iter().any(|claim| match claim.value {
        Value::Text(text) => dossier.text(text).eq_ignore_ascii_case(wanted),
        Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => false,
    })
}

/// Returns the whole number that a slot states.
fn number(dossier: &Dossier, entity: EntityId, property: PropertyId) -> Option<u32> {
    dossier.slot(entity, property).iter().filter(|claim| is_actual(claim)).find_map(|claim| match claim.value {
        Value::Number { number, .. } if (0.0..=f64::from(u32::MAX)).contains(&number.get()) =>
        {
            #[expect(clippy::cast_sign_loss, reason = "checked not to be negative")]
            Some(number.get() as u32)
        }
        Value::Number { .. } | Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    })
}
