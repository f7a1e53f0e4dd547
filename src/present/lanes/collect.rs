//! Collects lanes: all of a scope, or the first of each group and how many there are.
//!
//! Invariant: the lanes collected of a group are the first in the order of all of them, and at most twice as
//! many are held at once.

use chrono::NaiveDate;

use super::{Lane, LaneGroup, agreements, plans, series, services, tenure};
use crate::model::EntityId;
use crate::search::Stop;
use crate::text::fold::fold;
use crate::timeline::World;
use crate::timeline::chronology::touching_any;

/// A choice of lanes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The scope: only lanes that touch this entity; `None` for all.
    pub scope: Option<EntityId>,
    /// The filter: each of its words has to begin a word of the lane. If empty, lanes with anything dated.
    pub words: String,
    /// The most lanes of one group.
    pub most: usize,
}

/// The lanes that were collected.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Collected {
    /// The lanes by group, in order.
    pub lanes: Vec<Lane>,
    /// The number of all lanes wanted, including those left out.
    pub total: usize,
}

/// Returns all lanes that touch an entity, or all lanes without a scope.
///
/// They are ordered by group; within a group those of one institution are together, in order of time.
/// Offices whose holders have no dates are lanes without a bar, the last of their group.
pub fn lanes(world: &World, scope: Option<EntityId>) -> Vec<Lane> {
    let collected = passing(world, scope, usize::MAX, &|_| true, &Stop::never());
    collected.map(|collected| collected.lanes).unwrap_or_default()
}

/// Returns the first of the wanted lanes; `None` if `stop` was set meanwhile.
pub fn collect(world: &World, wanted: &Wanted, stop: &Stop) -> Option<Collected> {
    let words = fold(&wanted.words);
    passing(world, wanted.scope, wanted.most, &|lane| lane.answers(&words), stop)
}

fn passing(
    world: &World,
    scope: Option<EntityId>,
    most: usize,
    passes: &dyn Fn(&Lane) -> bool,
    stop: &Stop,
) -> Option<Collected> {
    let touching = scope.map(|scope| touching_any(world.dossier(), world.links(), &[scope]));
    // The reverse links find more than touches the scope: they serve as a prefilter.
    let touches = |entity| match (&touching, scope) {
        (Some(touching), Some(scope)) => touching.has(entity) && world.touches(entity, scope),
        (None, _) | (_, None) => true,
    };
    // Once stopped, nothing is in scope any more, which ends the walk soon.
    let within = |entity| !stop.is_set() && touches(entity);
    let mut found = Collected::default();
    for &group in LaneGroup::ALL {
        let mut first: Vec<Lane> = Vec::new();
        let mut each = |lane: Lane| {
            if passes(&lane) {
                found.total += 1;
                first.push(lane);
                if first.len() >= most.saturating_mul(2) {
                    keep_first(world, &mut first, most);
                }
            }
        };
        match group {
            LaneGroup::Offices => tenure::lanes(world, &within, &mut each),
            LaneGroup::Series => series::lanes(world, &within, &mut each),
            LaneGroup::Services => services::lanes(world, &within, &mut each),
            LaneGroup::Agreements => agreements::lanes(world, &within, &mut each),
            LaneGroup::Plans => plans::lanes(world, &within, &mut each),
        }
        keep_first(world, &mut first, most);
        found.lanes.append(&mut first);
    }
    (!stop.is_set()).then_some(found)
}

/// The sort key of a lane in its group.
type Place = (bool, bool, Option<String>, Option<NaiveDate>, String, EntityId);

fn keep_first(world: &World, lanes: &mut Vec<Lane>, most: usize) {
    lanes.sort_by_cached_key(|lane| -> Place {
        let home = world.home(lane.entity).map(|home| world.short_label(home).to_owned());
        let first = lane.first();
        (lane.is_empty(), home.is_none(), home, first, lane.label.clone(), lane.entity)
    });
    lanes.truncate(most);
}

impl Lane {
    /// Returns true if each of these folded words begins a word of the lane; without words, if the lane is not empty.
    pub fn answers(&self, words: &str) -> bool {
        // An office without dates has nothing to draw; it is only found by its name.
        if words.is_empty() {
            return !self.is_empty();
        }
        let bars = self.bars.iter().map(|bar| bar.label.as_str());
        let own = [self.label.as_str(), self.group.as_str()].into_iter().chain(bars);
        let text = fold(&own.collect::<Vec<_>>().join(" "));
        words.split(' ').all(|word| text.split(' ').any(|other| other.starts_with(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;
    use crate::search::Turns;

    fn embedded() -> World {
        World::new(author::load(&author::embedded()).0)
    }

    #[test]
    fn the_first_lanes_are_those_that_stand_first_among_all() {
        let world = embedded();
        for words in ["", "dean", "kalyani"] {
            let all: Vec<Lane> = lanes(&world, None).into_iter().filter(|lane| lane.answers(words)).collect();
            for most in [1, 2, 5, 1000] {
                let wanted = Wanted { scope: None, words: words.into(), most };
                let found = collect(&world, &wanted, &Stop::never()).unwrap_or_default();
                assert_eq!(found.total, all.len(), "{words}");
                let first =
                    LaneGroup::ALL.iter().map(|&group| all.iter().filter(move |lane| lane.group == group).take(most));
                assert!(found.lanes.iter().eq(first.flatten()), "{words} {most}");
            }
        }
    }

    #[test]
    fn what_is_stopped_collects_nothing() {
        let turns = Turns::default();
        let stop = turns.next();
        turns.end();
        assert_eq!(collect(&embedded(), &Wanted { most: 9, ..Wanted::default() }, &stop), None);
    }
}
