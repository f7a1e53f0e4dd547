//! Which institutions are below which, which have parts, and in which order the first ones stand.
//!
//! Invariant: an institution is a root exactly if no other one is its parent; roots stand by
//! the rows of their largest member, then by label, and daughters by label.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Catalogue;
use crate::graph::containment::{has_parts, sort_by_label, targets};
use crate::model::set::EntitySet;
use crate::model::{EntityId, Kind, Property};

/// How deep institutions are nested; a circle of parents ends here.
pub const MAX_DEPTH: u8 = 6;

/// See the module.
#[derive(Debug)]
pub struct Families {
    roots: Vec<EntityId>,
    daughters: HashMap<EntityId, Vec<EntityId>>,
    parted: EntitySet,
}

impl Families {
    /// Follows the parents of all institutions.
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let dossier = catalogue.dossier();
        let parted = dossier.of_kind(Kind::Institution).filter(|&institution| has_parts(catalogue, institution));
        let parted = EntitySet::of(dossier.entities().len(), parted);
        let mut found = Self { roots: Vec::new(), daughters: HashMap::new(), parted };
        for institution in dossier.of_kind(Kind::Institution) {
            let mut is_root = true;
            for parent in targets(catalogue, institution, Property::Parent) {
                found.daughters.entry(parent).or_default().push(institution);
                is_root &= parent == institution || dossier.entity(parent).kind != Kind::Institution;
            }
            if is_root {
                found.roots.push(institution);
            }
        }
        for daughters in found.daughters.values_mut() {
            sort_by_label(catalogue, daughters);
        }
        let mut roots = std::mem::take(&mut found.roots);
        roots.sort_by_cached_key(|&root| (Reverse(found.weight(catalogue, root, 0)), dossier.label(root)));
        Self { roots, ..found }
    }

    /// The institutions that are below no other one.
    pub fn roots(&self) -> &[EntityId] {
        &self.roots
    }

    /// The institutions directly below one.
    pub fn daughters(&self, institution: EntityId) -> &[EntityId] {
        self.daughters.get(&institution).map_or(&[], Vec::as_slice)
    }

    /// Whether an institution has any part.
    pub fn has_parts(&self, institution: EntityId) -> bool {
        self.parted.has(institution)
    }

    /// The most timeline rows of an institution and of those below it.
    fn weight(&self, catalogue: &Catalogue, institution: EntityId, depth: u8) -> usize {
        let own = catalogue.chronology().touching(institution).len();
        if depth == MAX_DEPTH {
            return own;
        }
        let below = self.daughters(institution).iter();
        own.max(below.map(|&daughter| self.weight(catalogue, daughter, depth + 1)).max().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;
    use crate::graph::containment;

    #[test]
    fn an_institution_has_parts_exactly_if_any_are_listed() {
        let catalogue = Catalogue::new(author::load(&author::embedded()).0);
        let mut with_parts = 0;
        for institution in catalogue.dossier().of_kind(Kind::Institution) {
            let has_any = !containment::members(&catalogue, institution).is_empty();
            assert_eq!(catalogue.families().has_parts(institution), has_any);
            with_parts += usize::from(has_any);
        }
        assert!(with_parts > 0);
    }
}
