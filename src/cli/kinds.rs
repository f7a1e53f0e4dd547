//! The kinds that a command names: a declared kind, or the entities of one type of it that a figure counts.
//!
//! Invariant: a word is resolved by the vocabulary of the dossier, or refused with what is expected.

use super::failure::Failure;
use crate::graph::Graph;
use crate::graph::containment::has_type;
use crate::model::{CoreKind, Dossier, EntityId, KindId, Vocabulary};
use crate::syntax::suggestion;
use crate::timeline::World;
use crate::vocabulary::KindSet;

/// The subject of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListKind {
    /// The kind.
    pub kind: KindId,
    /// The type, if only entities of one type are meant.
    pub of_type: Option<String>,
    /// The word for one of them by which a command knows them: the name of the kind, or the type.
    pub singular: String,
    /// The word for one of them in a sentence, in lower case: the label of the kind, or the type.
    pub noun: String,
    /// The word for several of them, in lower case.
    pub plural: String,
}

impl ListKind {
    /// Returns all that can be listed: each kind, and after it the types of it that a figure counts and some entity has.
    pub fn all(graph: &Graph) -> Vec<Self> {
        let words = graph.dossier().vocabulary();
        let of_kind = |kind: KindId| {
            let declared = words.kind(kind);
            let whole = Self {
                kind,
                of_type: None,
                singular: declared.name.to_string(),
                noun: declared.label.to_lowercase(),
                plural: declared.plural.to_lowercase(),
            };
            let typed = graph.part_groups().iter().filter(move |group| group.kind == kind).filter_map(move |group| {
                let of_type = group.of_type()?;
                let is_one = |entity| has_type(graph.dossier(), entity, of_type);
                graph.dossier().of_kind(kind).any(is_one).then_some(())?;
                Some(Self {
                    kind,
                    of_type: Some(of_type.to_owned()),
                    singular: of_type.to_owned(),
                    noun: of_type.to_lowercase(),
                    plural: group.label.to_lowercase(),
                })
            });
            std::iter::once(whole).chain(typed)
        };
        words.kinds().flat_map(of_kind).collect()
    }

    /// Returns the kind that a word names, in singular or plural.
    pub fn called(graph: &Graph, word: &str) -> Result<Self, Failure> {
        let folded = word.to_lowercase();
        let all = Self::all(graph);
        let is_person = |kind: &Self| kind.kind == KindId::from(CoreKind::Person) && folded == "persons";
        let is_called = |kind: &&Self| folded == kind.singular || folded == kind.plural || is_person(kind);
        if let Some(found) = all.iter().find(is_called) {
            return Ok(found.clone());
        }
        let known = all.iter().flat_map(|kind| [kind.singular.as_str(), kind.plural.as_str()]);
        let remedy = suggestion(&folded, known, || {
            let kinds: Vec<&str> = all.iter().map(|kind| kind.singular.as_str()).collect();
            format!("expected one of: {}", kinds.join(", "))
        });
        Err(Failure::input(format!("unknown kind \"{word}\"; {remedy}")))
    }

    /// Returns true if an entity is of this kind or of one below it.
    pub fn has(&self, world: &World, entity: EntityId) -> bool {
        let dossier = world.dossier();
        dossier.vocabulary().is_below(dossier.entity(entity).kind, self.kind)
            && self.of_type.as_deref().is_none_or(|of_type| has_type(dossier, entity, of_type))
    }

    /// Returns the kinds that it covers.
    pub fn kinds(&self, words: &Vocabulary) -> KindSet {
        words.kinds_below(self.kind)
    }

    /// Returns the core kind that it is or lies below.
    pub fn core(&self, dossier: &Dossier) -> CoreKind {
        dossier.vocabulary().core(self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::super::load::load;
    use super::*;

    #[test]
    fn a_kind_is_called_in_singular_and_plural() {
        let world = load(None).unwrap();
        let all = ListKind::all(&world);
        for kind in &all {
            assert_eq!(ListKind::called(&world, &kind.singular).unwrap(), *kind);
            assert_eq!(ListKind::called(&world, &kind.plural.to_uppercase()).unwrap(), *kind);
        }
        let people = ListKind::called(&world, "people").unwrap();
        assert_eq!(ListKind::called(&world, "persons").unwrap(), people);
        assert!(all.iter().any(|kind| kind.of_type.as_deref() == Some("department")));
    }
}
