//! A dossier with its indexes: the graph of its entities and its chronology.
//!
//! Invariant: both indexes belong to the same dossier, which never changes. A different view of the same
//! documents (as of a moment, without one source) is a new world.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::chronology::{Chronology, touched_by};
use crate::graph::Graph;
use crate::graph::hierarchy::Hierarchy;
use crate::model::{Dossier, EntityId};

/// A graph with the chronology of its dossier. Cloning is cheap: the indexes are shared.
///
/// It dereferences to its [`Graph`], so that a function that needs no order in time can ask for `&Graph`
/// and be given a world.
#[derive(Debug, Clone)]
pub struct World {
    graph: Graph,
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    chronology: Chronology,
    /// Computed on first use.
    hierarchy: OnceLock<Hierarchy>,
}

/// Two worlds are equal if they share one graph; equal contents are not enough.
impl PartialEq for World {
    fn eq(&self, other: &Self) -> bool {
        self.graph == other.graph
    }
}

impl Eq for World {}

impl Deref for World {
    type Target = Graph;

    fn deref(&self) -> &Graph {
        &self.graph
    }
}

impl World {
    /// Builds the indexes of a dossier.
    pub fn new(dossier: Dossier) -> Self {
        Self::of(Graph::new(dossier))
    }

    /// Builds the indexes of a dossier, reusing the folded names of `names` if both have the same names.
    pub fn after(names: &Self, dossier: Dossier) -> Self {
        Self::of(Graph::after(&names.graph, dossier))
    }

    /// Builds the chronology of an indexed dossier.
    pub fn of(graph: Graph) -> Self {
        let chronology = Chronology::new(graph.dossier());
        Self { graph, inner: Arc::new(Inner { chronology, hierarchy: OnceLock::new() }) }
    }

    /// Returns the dated claims in chronological order.
    pub fn chronology(&self) -> &Chronology {
        &self.inner.chronology
    }

    /// Returns the tree of institutions; of siblings, those with the most rows of the chronology come first.
    pub fn hierarchy(&self) -> &Hierarchy {
        self.inner
            .hierarchy
            .get_or_init(|| Hierarchy::new(&self.graph, |institution| self.chronology().touching(institution).len()))
    }

    /// Returns true if the two entities are the same, or if what happens to `entity` touches `other`.
    pub fn touches(&self, entity: EntityId, other: EntityId) -> bool {
        entity == other || touched_by(self.dossier(), entity).contains(&other)
    }

    /// Returns an entity, everything its claims name, and the wholes to which those belong; see [`touched_by`].
    pub fn touched(&self, entity: EntityId) -> Vec<EntityId> {
        touched_by(self.dossier(), entity)
    }
}
