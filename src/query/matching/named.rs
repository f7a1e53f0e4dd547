//! Resolves the names in fields such as `inst:` to entities, and finds what is related to them.
//!
//! A name matches the entities that have all of its words, in any order; if none has them as whole words, those
//! that have words starting with them.
//!
//! Invariant: a named entity is related to itself; the time depends on the size of the result and one search
//! of the names.

use std::collections::HashMap;

use crate::graph::containment::targets;
use crate::graph::entity_set::EntitySet;
use crate::model::id::Sym;
use crate::model::{Claim, Core, CoreKind, DocumentId, Dossier, EntityId, Modality, Rank, Value};
use crate::query::{NameField, Query};
use crate::search::Stop;
use crate::text::fold::fold;
use crate::timeline::World;
use crate::timeline::chronology::{RowIndex, touching_any};
use crate::vocabulary::KindSet;

/// The entities or documents that the names of a field refer to.
#[derive(Debug)]
pub enum NamedEntities {
    /// Entities.
    Entities {
        /// The named entities; a row must touch one of them.
        named: EntitySet,
        /// The entities related to them, themselves included.
        related: EntitySet,
    },
    /// The named documents, in ascending order.
    Documents(Vec<DocumentId>),
}

impl NamedEntities {
    /// Resolves folded alternative names; returns `None` if `stop` was set meanwhile.
    pub fn new(world: &World, field: NameField, names: &[String], stop: &Stop) -> Option<Self> {
        let of_core = |core: CoreKind| {
            let kinds = world.dossier().vocabulary().kinds_of(&[core]);
            let named: Option<Vec<EntitySet>> =
                names.iter().map(|name| entities_named(world, name, kinds, stop)).collect();
            let named: Vec<EntityId> = named?.iter().flat_map(EntitySet::iter).collect();
            Some(Self::touching(world, &named))
        };
        match field {
            NameField::Inst => of_core(CoreKind::Institution),
            NameField::Person => of_core(CoreKind::Person),
            NameField::Role => {
                let named: Option<Vec<Vec<EntityId>>> = names.iter().map(|name| roles(world, name, stop)).collect();
                Some(Self::touching(world, &named?.concat()))
            }
            NameField::Source => {
                let found: Option<Vec<Vec<DocumentId>>> =
                    names.iter().map(|name| documents(world, name, stop)).collect();
                let mut found = found?.concat();
                found.sort_unstable();
                found.dedup();
                Some(Self::Documents(found))
            }
        }
    }

    /// Collects the entities that touch any of these, and the people and posts of the tenures among them.
    pub(super) fn touching(world: &World, entities: &[EntityId]) -> Self {
        let dossier = world.dossier();
        let mut related = touching_any(dossier, world.links(), entities);
        let tenures: Vec<EntityId> =
            related.iter().filter(|&entity| dossier.core_kind(entity) == CoreKind::Tenure).collect();
        for tenure in tenures {
            for property in [Core::Person, Core::Post] {
                for target in targets(world, tenure, property) {
                    related.insert(target);
                }
            }
        }
        Self::Entities { named: set(dossier, entities), related }
    }

    /// Returns true if an entity is related to what is named.
    pub fn of_entity(&self, world: &World, entity: EntityId) -> bool {
        let dossier = world.dossier();
        match self {
            Self::Entities { related, .. } => related.has(entity),
            Self::Documents(documents) => {
                let is_one = documents.iter().any(|&document| dossier.document(document).entity == entity);
                let holds = |document| documents.binary_search(&document).is_ok();
                let mut names = dossier.names(entity).iter();
                is_one
                    || dossier.claims_of(entity).iter().any(|claim| rests_on(dossier, claim, documents))
                    || names.any(|name| dossier.name_evidence(name).any(|place| holds(place.document)))
            }
        }
    }

    /// Returns true if a row touches what is named, or rests on it with any of its claims.
    pub fn of_row(&self, world: &World, row: RowIndex) -> bool {
        let (chronology, dossier) = (world.chronology(), world.dossier());
        match self {
            Self::Entities { named, .. } => chronology.touched(row).iter().any(|&entity| named.has(entity)),
            Self::Documents(documents) => {
                let mut claims = chronology.claims(chronology.row(row)).iter().map(|&id| dossier.claim(id));
                claims.any(|claim| rests_on(dossier, claim, documents))
            }
        }
    }
}

fn rests_on(dossier: &Dossier, claim: &Claim, documents: &[DocumentId]) -> bool {
    dossier.evidence(claim).any(|place| documents.binary_search(&place.document).is_ok())
}

pub(super) fn set(dossier: &Dossier, entities: &[EntityId]) -> EntitySet {
    EntitySet::of(dossier.entities().len(), entities.iter().copied())
}

/// Returns the entities of a kind with this name.
pub(super) fn entities_named(world: &World, name: &str, kinds: KindSet, stop: &Stop) -> Option<EntitySet> {
    let find = |are_whole| {
        let query = Query::of_name_words(name, kinds, are_whole);
        named(world, &query, stop)
    };
    let whole = find(true)?;
    if whole.is_empty() { find(false) } else { Some(whole) }
}

/// Returns the entities of its kinds that a query names; `None` if the search was stopped.
fn named(world: &World, query: &Query, stop: &Stop) -> Option<EntitySet> {
    let dossier = world.dossier();
    world.names().named(dossier, query.pattern(), |entity| query.allows(dossier.entity(entity).kind), stop)
}

/// Returns the posts with this name, and the tenures with this title.
fn roles(world: &World, name: &str, stop: &Stop) -> Option<Vec<EntityId>> {
    let dossier = world.dossier();
    let find = |are_whole| {
        let words = dossier.vocabulary();
        let query = Query::of_name_words(name, words.kinds_of(&[CoreKind::Post]), are_whole);
        let mut found: Vec<EntityId> = named(world, &query, stop)?.iter().collect();
        // There are few titles and many tenures, so that each title is tested once.
        let mut titles: HashMap<Sym, bool> = HashMap::new();
        for tenure in dossier.of_core(CoreKind::Tenure) {
            let has = dossier.claims_of(tenure).iter().any(|claim| match claim.value {
                Value::Text(text) => {
                    is_title(claim)
                        && *titles.entry(text).or_insert_with(|| has_words(&fold(dossier.text(text)), name, are_whole))
                }
                Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => false,
            });
            if has {
                found.push(tenure);
            }
        }
        Some(found)
    };
    let whole = find(true)?;
    if whole.is_empty() { find(false) } else { Some(whole) }
}

/// Returns true if a folded text has every word of a folded name, as a whole word or as the start of one.
pub(super) fn has_words(text: &str, name: &str, are_whole: bool) -> bool {
    let fits = |other: &str, word: &str| if are_whole { other == word } else { other.starts_with(word) };
    name.split(' ').all(|word| text.split(' ').any(|other| fits(other, word)))
}

/// Returns true if a claim of a tenure gives it a title: a text that is no description.
fn is_title(claim: &Claim) -> bool {
    claim.property.core().is_none() && counts(claim)
}

/// Returns true if a claim is neither denied nor deprecated.
pub(super) fn counts(claim: &Claim) -> bool {
    claim.modality() != Modality::Denied && claim.rank() != Rank::Deprecated
}

/// Returns the documents with this key, or else with this name.
fn documents(world: &World, name: &str, stop: &Stop) -> Option<Vec<DocumentId>> {
    let dossier = world.dossier();
    let some = |is_it: &dyn Fn(DocumentId) -> bool| -> Vec<DocumentId> {
        dossier.documents().map(|(id, _)| id).filter(|&id| is_it(id)).collect()
    };
    let keyed = some(&|id| fold(&dossier.document(id).key) == name);
    if !keyed.is_empty() {
        return Some(keyed);
    }
    let named = {
        let kinds = dossier.vocabulary().kinds_of(&[CoreKind::Document]);
        entities_named(world, name, kinds, stop)?
    };
    Some(some(&|id| named.has(dossier.document(id).entity)))
}
