//! The tree of institutions: roots, children, and which institutions have parts.
//!
//! Invariant: an institution is a root if and only if no other institution is its parent. Roots are sorted by the greatest
//! weight in their tree, then by name; children by name.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Graph;
use crate::graph::containment::{has_parts, sort_by_name, targets};
use crate::graph::entity_set::EntitySet;
use crate::model::{Core, CoreKind, EntityId};
use crate::text::collate::NameKey;

/// The deepest level that is visited, so that a cycle of parents ends.
pub const MAX_DEPTH: u8 = 6;

/// Parents and children among the institutions of a dossier.
#[derive(Debug)]
pub struct Hierarchy {
    roots: Vec<EntityId>,
    children: HashMap<EntityId, Vec<EntityId>>,
    parted: EntitySet,
}

impl Hierarchy {
    /// Reads the parents of all institutions; `weight` gives the number of events of an institution.
    pub fn new(graph: &Graph, weight: impl Fn(EntityId) -> usize) -> Self {
        let dossier = graph.dossier();
        let parted = dossier.of_core(CoreKind::Institution).filter(|&institution| has_parts(graph, institution));
        let parted = EntitySet::of(dossier.entities().len(), parted);
        let mut found = Self { roots: Vec::new(), children: HashMap::new(), parted };
        for institution in dossier.of_core(CoreKind::Institution) {
            let mut is_root = true;
            for parent in targets(graph, institution, Core::Parent) {
                found.children.entry(parent).or_default().push(institution);
                is_root &= parent == institution || dossier.core_kind(parent) != CoreKind::Institution;
            }
            if is_root {
                found.roots.push(institution);
            }
        }
        for children in found.children.values_mut() {
            sort_by_name(graph, children);
        }
        let mut roots = std::mem::take(&mut found.roots);
        roots.sort_by_cached_key(|&root| {
            (Reverse(found.heaviest(&weight, root, 0)), NameKey::of(dossier.label(root)), root)
        });
        Self { roots, ..found }
    }

    /// The institutions that have no institution as parent.
    pub fn roots(&self) -> &[EntityId] {
        &self.roots
    }

    /// The institutions whose parent is `institution`.
    pub fn children(&self, institution: EntityId) -> &[EntityId] {
        self.children.get(&institution).map_or(&[], Vec::as_slice)
    }

    /// Returns true if an institution has any part: a unit, a person, a programme …
    pub fn has_parts(&self, institution: EntityId) -> bool {
        self.parted.has(institution)
    }

    /// The greatest weight of an institution and of those below it.
    fn heaviest(&self, weight: &impl Fn(EntityId) -> usize, institution: EntityId, depth: u8) -> usize {
        let own = weight(institution);
        if depth == MAX_DEPTH {
            return own;
        }
        let below = self.children(institution).iter();
        own.max(below.map(|&child| self.heaviest(weight, child, depth + 1)).max().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;
    use crate::graph::containment;

    #[test]
    fn an_institution_has_parts_if_and_only_if_some_are_listed() {
        let graph = Graph::new(author::load(&author::embedded()).0);
        let hierarchy = Hierarchy::new(&graph, |_| 0);
        let mut with_parts = 0;
        for institution in graph.dossier().of_core(CoreKind::Institution) {
            let has_any = !containment::members(&graph, institution).is_empty();
            assert_eq!(hierarchy.has_parts(institution), has_any);
            with_parts += usize::from(has_any);
        }
        assert!(with_parts > 0);
    }
}
