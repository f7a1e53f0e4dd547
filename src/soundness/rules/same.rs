//! Which entities the dossier's authors have judged, as pairs and, for those that are the same, as groups.
//!
//! Invariant: what is the same as one entity of a group is in that group.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::report::Report;
use crate::model::{Dossier, EntityId, Sameness};
use crate::soundness::{About, Code, Finding};

/// The most entities that are visited to name the judgements which lead from one entity to another.
const MAX_VISITED: usize = 1_000;

/// Finds each two that are judged not to be the same, while other judgements make them so.
pub(super) fn find(report: &mut Report<'_>) {
    let dossier = report.dossier;
    let mut judged = Judged::new(dossier);
    let rows = || dossier.judgements().iter().enumerate();
    let mut same: HashMap<EntityId, Vec<(EntityId, usize)>> = HashMap::new();
    for (row, judgement) in rows().filter(|(_, row)| row.verdict == Sameness::Same) {
        same.entry(judgement.a).or_default().push((judgement.b, row));
        same.entry(judgement.b).or_default().push((judgement.a, row));
    }
    for (row, judgement) in rows().filter(|(_, row)| row.verdict == Sameness::NotSame) {
        if !judged.are_same(judgement.a, judgement.b) {
            continue;
        }
        let way = way(&same, judgement.a, judgement.b);
        let second = way.first().map(|&(_, row)| About::Judgement(row));
        let ids: Vec<&str> =
            way.iter().map(|&(entity, _)| dossier.id(entity)).chain([dossier.id(judgement.b)]).collect();
        let found = format!("both same and not same: {}", ids.join(", "));
        let expected = "expected \"unsure\", or one of these judgements less";
        let finding = Finding::new(Code::SameAndNotSame, About::Judgement(row), found, expected);
        report.add(Finding { second, ..finding });
    }
}

/// Returns the shortest way from one entity to another: each entity but the last, with the judgement that leads on. Empty
/// if it is too long to be found quickly, or leads nowhere.
fn way(same: &HashMap<EntityId, Vec<(EntityId, usize)>>, from: EntityId, to: EntityId) -> Vec<(EntityId, usize)> {
    // Searched from the end, so that each step back leads forward.
    let mut next: BTreeMap<EntityId, (EntityId, usize)> = BTreeMap::new();
    let mut open = VecDeque::from([to]);
    while let Some(entity) = open.pop_front() {
        if entity == from {
            break;
        }
        for &(other, row) in same.get(&entity).into_iter().flatten() {
            // One entity may have more judgements than are followed.
            if next.len() > MAX_VISITED {
                break;
            }
            if other != to && !next.contains_key(&other) {
                next.insert(other, (entity, row));
                open.push_back(other);
            }
        }
    }
    let mut way = Vec::new();
    let mut at = from;
    while let Some(&(entity, row)) = next.get(&at) {
        way.push((at, row));
        at = entity;
    }
    way
}

/// The judgements of a dossier, to be asked for pairs.
pub(super) struct Judged {
    pairs: HashSet<(EntityId, EntityId)>,
    /// For each entity another one of its group, or itself.
    groups: Vec<EntityId>,
}

impl Judged {
    /// Reads the judgements of a dossier.
    pub(super) fn new(dossier: &Dossier) -> Self {
        let mut judged = Self { pairs: HashSet::new(), groups: dossier.entities().collect() };
        for row in dossier.judgements() {
            judged.pairs.insert(ordered(row.a, row.b));
            if row.verdict == Sameness::Same {
                judged.join(row.a, row.b);
            }
        }
        judged
    }

    /// Returns true if there is a judgement of the two, whatever it says, or if others make them the same.
    pub(super) fn has(&mut self, a: EntityId, b: EntityId) -> bool {
        self.pairs.contains(&ordered(a, b)) || self.are_same(a, b)
    }

    /// Returns true if both are the same entity, by one judgement or by several in a row.
    pub(super) fn are_same(&mut self, a: EntityId, b: EntityId) -> bool {
        self.group(a) == self.group(b)
    }

    /// Returns the entity that stands for the group of an entity.
    pub(super) fn group(&mut self, entity: EntityId) -> EntityId {
        let mut at = entity;
        loop {
            let above = self.above(at);
            if above == at {
                return at;
            }
            // Halving the way keeps it short.
            let next = self.above(above);
            if let Some(slot) = self.groups.get_mut(at.index()) {
                *slot = next;
            }
            at = next;
        }
    }

    fn above(&self, entity: EntityId) -> EntityId {
        self.groups.get(entity.index()).copied().unwrap_or(entity)
    }

    fn join(&mut self, a: EntityId, b: EntityId) {
        let (a, b) = (self.group(a), self.group(b));
        // The smaller id stands for both, so that the group does not depend on the order of judgements.
        if let Some(slot) = self.groups.get_mut(a.max(b).index()) {
            *slot = a.min(b);
        }
    }
}

fn ordered(a: EntityId, b: EntityId) -> (EntityId, EntityId) {
    (a.min(b), a.max(b))
}
