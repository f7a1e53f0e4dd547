//! Sorts results in the order that a query asks for.
//!
//! Invariant: the sort is stable, and undated results come last in either direction.

use std::cmp::Ordering;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::{dates, search};
use crate::graph::names::Hit;
use crate::model::{DayWindow, EntityId};
use crate::query::{Key, Order, Query};
use crate::search::Tier;
use crate::text::collate::NameKey;
use crate::timeline::World;

/// The value of one sort key for one entity.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Place(usize),
    Name(NameKey),
    Kind(u8),
    Date(NaiveDate),
}

/// Sorts entities in the order of the query; leaves them as they are without `sort:`.
pub fn sort(world: &World, query: &Query, entities: &mut Vec<EntityId>) {
    let mut places: HashMap<EntityId, usize> = HashMap::new();
    if query.order().iter().any(|order| order.key == Key::Relevance) {
        let found = search(world, &query.unsorted(), usize::MAX).rows;
        places.extend(found.iter().enumerate().map(|(place, hit)| (hit.entity, place)));
    }
    let place = |_, entity: &EntityId| places.get(entity).copied().unwrap_or(usize::MAX);
    sort_by_keys(world, query.order(), entities, |&entity| entity, place);
}

/// Sorts hits, given in order of relevance, within each group of tiers.
pub(super) fn sort_hits(world: &World, order: &[Order], hits: &mut Vec<Hit>) {
    sort_by_keys(world, order, hits, |hit| hit.entity, |place, _| place);
    hits.sort_by_key(|hit| section(hit.tier));
}

/// Returns the group of a tier; results show dividers between groups.
const fn section(tier: Tier) -> u8 {
    match tier {
        Tier::Exact | Tier::Prefix | Tier::Word => 0,
        Tier::Known | Tier::Prose => 1,
        Tier::Fuzzy | Tier::Typo => 2,
        Tier::Inside => 3,
        Tier::Scattered => 4,
    }
}

fn sort_by_keys<T>(
    world: &World,
    order: &[Order],
    items: &mut Vec<T>,
    entity: impl Fn(&T) -> EntityId,
    place: impl Fn(usize, &T) -> usize,
) {
    let values = |at: usize, item: &T| -> Vec<Option<Value>> {
        let value = |order: &Order| value(world, order.key, entity(item), place(at, item));
        order.iter().map(value).collect()
    };
    let taken = std::mem::take(items).into_iter().enumerate();
    let mut keyed: Vec<(Vec<Option<Value>>, T)> = taken.map(|(at, item)| (values(at, &item), item)).collect();
    keyed.sort_by(|(a, _), (b, _)| compare(order, a, b));
    items.extend(keyed.into_iter().map(|(_, item)| item));
}

fn compare(order: &[Order], a: &[Option<Value>], b: &[Option<Value>]) -> Ordering {
    let one = |((order, a), b): ((&Order, &Option<Value>), &Option<Value>)| match (a, b) {
        (Some(a), Some(b)) if order.descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    };
    order.iter().zip(a).zip(b).map(one).find(|found| found.is_ne()).unwrap_or(Ordering::Equal)
}

fn value(world: &World, key: Key, entity: EntityId, place: usize) -> Option<Value> {
    let dossier = world.dossier();
    match key {
        Key::Relevance => Some(Value::Place(place)),
        Key::Name => Some(Value::Name(NameKey::of(dossier.label(entity)))),
        Key::Kind => Some(Value::Kind(dossier.kind(entity).position)),
        Key::Date => dates::of_entity(world, entity).filter_map(DayWindow::anchor).min().map(Value::Date),
    }
}
