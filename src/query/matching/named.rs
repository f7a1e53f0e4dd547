//! What the names behind a field mean: which entities, and what has to do with them.
//!
//! A name means everything that has all of its words, in any order; where nothing has them
//! whole, what has words that begin so. Invariant: an entity that is meant has to do with
//! itself, and what is looked up takes time with what is found and one search of the names.

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

/// See the module.
#[derive(Debug)]
pub enum Names {
    /// Entities.
    Entities {
        /// Those that are meant: a row has to touch one of them.
        meant: EntitySet,
        /// Those that have to do with them.
        around: EntitySet,
    },
    /// Documents, ascending.
    Documents(Vec<DocumentId>),
}

impl Names {
    /// Looks up folded names, any of which will do; none if it was stopped.
    pub fn new(world: &World, field: NameField, names: &[String], stop: &Stop) -> Option<Self> {
        let of_kind = |kind: Kind| {
            let meant: Option<Vec<EntitySet>> = names.iter().map(|name| called(world, name, kind, stop)).collect();
            let meant: Vec<EntityId> = meant?.iter().flat_map(EntitySet::iter).collect();
            Some(Self::touching(world, &meant))
        };
        match field {
            NameField::Inst => of_kind(Kind::Institution),
            NameField::Dept => of_kind(Kind::Unit),
            NameField::Person => of_kind(Kind::Person),
            NameField::Role => {
                let meant: Option<Vec<Vec<EntityId>>> = names.iter().map(|name| roles(world, name, stop)).collect();
                Some(Self::touching(world, &meant?.concat()))
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

    /// What touches any of these entities, with the people and posts of the tenures among that.
    fn touching(world: &World, entities: &[EntityId]) -> Self {
        let dossier = world.dossier();
        let mut around = touching_any(dossier, world.links(), entities);
        let tenures: Vec<EntityId> =
            around.iter().filter(|&entity| dossier.entity(entity).kind == Kind::Tenure).collect();
        for tenure in tenures {
            for property in [Property::OfPerson, Property::HoldsPost] {
                for target in targets(world, tenure, property) {
                    around.insert(target);
                }
            }
        }
        Self::Entities { meant: set(dossier, entities), around }
    }

    /// The programmes of some levels, and the departments that offer them.
    fn offering(world: &World, levels: &[String]) -> Self {
        let dossier = world.dossier();
        let programmes = of_levels(world, levels);
        let mut around = set(dossier, &programmes);
        for &programme in &programmes {
            let departments = dossier.slot(programme, Property::Department).iter().filter(|claim| stands(claim));
            for department in departments.filter_map(Dossier::target) {
                around.insert(department);
            }
        }
        Self::Entities { meant: set(dossier, &programmes), around }
    }

    /// Whether an entity has to do with what is meant.
    pub fn of_entity(&self, world: &World, entity: EntityId) -> bool {
        let dossier = world.dossier();
        match self {
            Self::Entities { around, .. } => around.has(entity),
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

    /// Whether a row has, whose claim this is.
    pub fn of_row(&self, world: &World, row: RowIndex, claim: &Claim) -> bool {
        match self {
            Self::Entities { meant, .. } => world.chronology().touched(row).iter().any(|&entity| meant.has(entity)),
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

/// The entities of a kind that a name means.
fn called(world: &World, name: &str, kind: Kind, stop: &Stop) -> Option<EntitySet> {
    let find = |are_whole| {
        let query = Query::of_name_words(name, &[kind], are_whole);
        named(world, &query, stop)
    };
    let whole = find(true)?;
    if whole.is_empty() { find(false) } else { Some(whole) }
}

/// The entities of its kinds that a query names; none if it was stopped.
fn named(world: &World, query: &Query, stop: &Stop) -> Option<EntitySet> {
    let dossier = world.dossier();
    world.names().named(query.pattern(), |entity| query.allows(dossier.entity(entity).kind), stop)
}

/// The posts of a name, and the tenures under such a title.
fn roles(world: &World, name: &str, stop: &Stop) -> Option<Vec<EntityId>> {
    let dossier = world.dossier();
    let find = |are_whole| {
        let query = Query::of_name_words(name, &[Kind::Post], are_whole);
        let mut found: Vec<EntityId> = named(world, &query, stop)?.iter().collect();
        // Titles are few and tenures many: each title is read once.
        let mut titles: HashMap<Sym, bool> = HashMap::new();
        for tenure in dossier.of_kind(Kind::Tenure) {
            let has = dossier.slot(tenure, Property::Title).iter().any(|claim| match claim.value {
                Value::Text(text) => {
                    stands(claim)
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

/// Whether a text has every word of a name, whole or begun; both are folded.
fn has_words(text: &str, name: &str, are_whole: bool) -> bool {
    let fits = |other: &str, word: &str| if are_whole { other == word } else { other.starts_with(word) };
    name.split(' ').all(|word| text.split(' ').any(|other| fits(other, word)))
}

/// The programmes of any of these levels, as written or as the matrix heads them; where there are none
/// of one, those whose level begins so.
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
    let mut meant: Vec<Option<Sym>> = Vec::new();
    for name in wanted {
        let some = |fits: &dyn Fn(&String) -> bool| -> Vec<Option<Sym>> {
            read.iter().filter(|(_, words)| words.iter().any(fits)).map(|(&level, _)| level).collect()
        };
        let whole = some(&|word| word == name);
        meant.extend(if whole.is_empty() { some(&|word| word.starts_with(name.as_str())) } else { whole });
    }
    levels.retain(|(_, level)| meant.contains(level));
    levels.into_iter().map(|(programme, _)| programme).collect()
}

/// The level of a programme: what is nearest to the fact.
fn level(dossier: &Dossier, programme: EntityId) -> Option<Sym> {
    let ids = slot_ids(dossier, programme, Property::Level).filter(|&id| stands(dossier.claim(id)));
    let best = ids.min_by_key(|&id| (remoteness(dossier.claim(id)), id))?;
    match dossier.claim(best).value {
        Value::Text(text) => Some(text),
        Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    }
}

/// Whether a claim is neither denied nor set aside.
fn stands(claim: &Claim) -> bool {
    claim.modality != Modality::Denied && claim.rank != Rank::Deprecated
}

/// The documents with this key, or else of this name.
fn documents(world: &World, name: &str, stop: &Stop) -> Option<Vec<DocumentId>> {
    let dossier = world.dossier();
    let some = |is_it: &dyn Fn(DocumentId) -> bool| -> Vec<DocumentId> {
        dossier.documents().map(|(id, _)| id).filter(|&id| is_it(id)).collect()
    };
    let keyed = some(&|id| fold(&dossier.document(id).key) == name);
    if !keyed.is_empty() {
        return Some(keyed);
    }
    let named = called(world, name, Kind::Document, stop)?;
    Some(some(&|id| named.has(dossier.document(id).entity)))
}
