//! Which entities the dossier's authors have judged, as pairs and, for those that are the same, as groups.
//!
//! Invariant: what is the same as one entity of a group is in that group.

use std::collections::HashSet;

use crate::model::{Dossier, EntityId, Sameness};

/// The judgements of a dossier, to be asked for pairs.
#[derive(Debug)]
pub struct Judged {
    pairs: HashSet<(EntityId, EntityId)>,
    /// For each entity another one of its group, or itself.
    groups: Vec<EntityId>,
}

impl Judged {
    /// Reads the judgements of a dossier.
    pub fn new(dossier: &Dossier) -> Self {
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
    pub fn has(&mut self, a: EntityId, b: EntityId) -> bool {
        self.pairs.contains(&ordered(a, b)) || self.are_same(a, b)
    }

    /// Returns true if both are the same entity, by one judgement or by several in a row.
    pub fn are_same(&mut self, a: EntityId, b: EntityId) -> bool {
        self.group(a) == self.group(b)
    }

    /// Returns the entity that stands for the group of an entity.
    pub fn group(&mut self, entity: EntityId) -> EntityId {
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
