//! A set of entities: one bit for each of the dossier.
//!
//! Invariant: asking and adding take the same time whatever is in it.

use crate::model::EntityId;

/// See the module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntitySet(Vec<u64>);

impl EntitySet {
    /// An empty set for a dossier of so many entities.
    pub fn new(entities: usize) -> Self {
        Self(vec![0; entities.div_ceil(64)])
    }

    /// Whether an entity is in it.
    pub fn has(&self, entity: EntityId) -> bool {
        self.0[entity.index() / 64] >> (entity.index() % 64) & 1 == 1
    }

    /// Adds an entity; tells whether it is new.
    pub fn insert(&mut self, entity: EntityId) -> bool {
        let is_new = !self.has(entity);
        self.0[entity.index() / 64] |= 1 << (entity.index() % 64);
        is_new
    }

    /// Those in it, in the order of the dossier.
    pub fn iter(&self) -> impl Iterator<Item = EntityId> {
        let bits = |word: u64| (0..64).filter(move |bit| word >> bit & 1 == 1);
        self.0
            .iter()
            .enumerate()
            .flat_map(move |(index, &word)| bits(word).map(move |bit| EntityId::from_index(index * 64 + bit)))
    }
}
