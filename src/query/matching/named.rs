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
use crate::graph::slots::{remoteness, slot_ids};
use crate::model::id::Sym;
use crate::model::levels::heading;
use crate::model::{Claim, DocumentId, Dossier, EntityId, Kind, Modality, Property, Rank, Value};
use crate::query::{NameField, Query};
use crate::search::Stop;
use crate::text::fold::fold;
use crate::timeline::World;
use crate::timeline::chronology::{RowIndex, touching_any};

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
        let of_kind = |kind: Kind| {
            let named: Option<Vec<EntitySet>> =
                names.iter().map(|name| entities_named(world, name, kind, stop)).collect();
            let named: Vec<EntityId> = named?.iter().flat_map(EntitySet::iter).collect();
            Some(Self::touching(world, &named))
        };
        match field {
            NameField::Inst => of_kind(Kind::Institution),
            NameField::Dept => of_kind(Kind::Unit),
            NameField::Person => of_kind(Kind::Person),
            NameField::Role => {
                let named: Option<Vec<Vec<EntityId>>> = names.iter().map(|name| roles(world, name, stop)).collect();
                Some(Self::touching(world, &named?.concat()))
            }
            NameField::Degree => Some(Self::offering(world, names)),
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
    fn touching(world: &World, entities: &[EntityId]) -> Self {
        let dossier = world.dossier();
        let mut related = touching_any(dossier, world.links(), entities);
        let tenures: Vec<EntityId> =
            related.iter().filter(|&entity| dossier.entity(entity).kind == Kind::Tenure).collect();
        for tenure in tenures {
            for property in [Property::OfPerson, Property::HoldsPost] {
                for target in targets(world, tenure, property) {
                    related.insert(target);
                }
            }
        }
        Self::Entities { named: set(dossier, entities), related }
    }

    /// Collects the programmes of some levels and the departments that offer them.
    fn offering(world: &World, levels: &[String]) -> Self {
        let dossier = world.dossier();
        let programmes = of_levels(world, levels);
        let mut related = set(dossier, &programmes);
        for &programme in &programmes {
            let departments = dossier.slot(programme, Property::Department).iter().filter(|claim| counts(claim));
            for department in departments.filter_map(Dossier::target) {
                related.insert(department);
            }
        }
        Self::Entities { named: set(dossier, &programmes), related }
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

    /// Returns true if a row touches what is named; `claim` is the claim of the row.
    pub fn of_row(&self, world: &World, row: RowIndex, claim: &Claim) -> bool {
        match self {
            Self::Entities { named, .. } => world.chronology().touched(row).iter().any(|&entity| named.has(entity)),
            Self::Documents(documents) => rests_on(world.dossier(), claim, documents),
        }
    }
}

fn rests_on(dossier: &Dossier, claim: &Claim, documents: &[DocumentId]) -> bool {
    dossier.evidence(claim).any(|place| documents.binary_search(&place.document).is_ok())
}

fn set(dossier: &Dossier, entities: &[EntityId]) -> EntitySet {
    EntitySet::of(dossier.entities().len(), entities.iter().copied())
}

/// Returns the entities of a kind with this name.
fn entities_named(world: &World, name: &str, kind: Kind, stop: &Stop) -> Option<EntitySet> {
    let find = |are_whole| {
        let query = Query::of_name_words(name, &[kind], are_whole);
        named(world, &query, stop)
    };
    let whole = find(true)?;
    if whole.is_empty() { find(false) } else { Some(whole) }
}

/// Returns the entities of its kinds that a query names; `None` if the search was stopped.
fn named(world: &World, query: &Query, stop: &Stop) -> Option<EntitySet> {
    let dossier = world.dossier();
    world.names().named(query.pattern(), |entity| query.allows(dossier.entity(entity).kind), stop)
}

/// Returns the posts with this name, and the tenures with this title.
fn roles(world: &World, name: &str, stop: &Stop) -> Option<Vec<EntityId>> {
    let dossier = world.dossier();
    let find = |are_whole| {
        let query = Query::of_name_words(name, &[Kind::Post], are_whole);
        let mut found: Vec<EntityId> = named(world, &query, stop)?.iter().collect();
        // There are few titles and many tenures, so that each title is tested once.
        let mut titles: HashMap<Sym, bool> = HashMap::new();
        for tenure in dossier.of_kind(Kind::Tenure) {
            let has = dossier.slot(tenure, Property::Title).iter().any(|claim| match claim.value {
                Value::Text(text) => {
                    counts(claim)
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
fn has_words(text: &str, name: &str, are_whole: bool) -> bool {
    let fits = |other: &str, word: &str| if are_whole { other == word } else { other.starts_with(word) };
    name.split(' ').all(|word| text.split(' ').any(|other| fits(other, word)))
}

/// Returns the programmes of any of these levels, by the level as written or its heading in the matrix; if a
/// level has no programme, those whose level starts with it.
fn of_levels(world: &World, wanted: &[String]) -> Vec<EntityId> {
    let dossier = world.dossier();
    let mut read: HashMap<Option<Sym>, [String; 2]> = HashMap::new();
    let mut levels: Vec<(EntityId, Option<Sym>)> = Vec::new();
    for programme in dossier.of_kind(Kind::Programme) {
        let level = level(dossier, programme);
        let text = level.map(|text| dossier.text(text));
        read.entry(level).or_insert_with(|| [text.map(fold).unwrap_or_default(), fold(&heading(text))]);
        levels.push((programme, level));
    }
    let mut named: Vec<Option<Sym>> = Vec::new();
    for name in wanted {
        let some = |fits: &dyn Fn(&String) -> bool| -> Vec<Option<Sym>> {
            read.iter().filter(|(_, words)| words.iter().any(fits)).map(|(&level, _)| level).collect()
        };
        let whole = some(&|word| word == name);
        named.extend(if whole.is_empty() { some(&|word| word.starts_with(name.as_str())) } else { whole });
    }
    levels.retain(|(_, level)| named.contains(level));
    levels.into_iter().map(|(programme, _)| programme).collect()
}

/// Returns the level of a programme, facts before plans and allegations.
fn level(dossier: &Dossier, programme: EntityId) -> Option<Sym> {
    let ids = slot_ids(dossier, programme, Property::Level).filter(|&id| counts(dossier.claim(id)));
    let best = ids.min_by_key(|&id| (remoteness(dossier.claim(id)), id))?;
    match dossier.claim(best).value {
        Value::Text(text) => Some(text),
        Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    }
}

/// Returns true if a claim is neither denied nor deprecated.
fn counts(claim: &Claim) -> bool {
    claim.modality != Modality::Denied && claim.rank != Rank::Deprecated
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
    let named = entities_named(world, name, Kind::Document, stop)?;
    Some(some(&|id| named.has(dossier.document(id).entity)))
}
