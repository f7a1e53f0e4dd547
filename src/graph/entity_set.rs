//! Sets of entities.
//!
//! Invariant: an entity has the same number in a set as in its dossier.

use crate::model::EntityId;
use crate::search::{Numbered, Set};

/// A set of the entities of a dossier, one bit each.
pub type EntitySet = Set<EntityId>;

impl Numbered for EntityId {
    fn number(self) -> u32 {
        self.0
    }

    fn of_number(number: u32) -> Self {
        Self(number)
    }
}
