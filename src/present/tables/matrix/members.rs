//! What belongs to a subject of a matrix: its rows, its columns, and the entities in the cells.
//!
//! Invariant: denied or deprecated claims make nothing belong, and an entity is listed once.

use std::cmp::Reverse;

use crate::graph::containment::{has_type, targets};
use crate::graph::slots::{remoteness, slot_ids};
use crate::model::{Claim, Core, Dossier, EntityId, KindId, PropertyId, Range, Vocabulary};
use crate::text::collate::NameKey;
use crate::timeline::World;
use crate::vocabulary::{Cell, Columns, Matrix, Members};

/// The [`remoteness`] from which on a claim is denied or deprecated.
const DENIED: u8 = 3;

/// Returns true for a claim that is neither denied nor deprecated.
pub(super) fn holds(claim: &Claim) -> bool {
    remoteness(claim) < DENIED
}

/// Returns true if the entities that a link may name include some of a kind, or below it.
fn may_name(words: &Vocabulary, link: PropertyId, kind: KindId) -> bool {
    match &words.property(link).range {
        Range::Entity(kinds) => !kinds.all.intersection(&words.kinds_below(kind)).is_empty(),
        Range::Text(_) | Range::Number(_) | Range::Date => false,
    }
}

/// Returns true if the link of members leads from a subject of a kind to them, not from them to the subject.
fn leads_from(words: &Vocabulary, subject: KindId, members: &Members) -> bool {
    let says = words.property(members.through).domain.has(subject);
    says && !words.is_whole(members.through) && may_name(words, members.through, members.kind)
}

/// Returns true if an entity is of the kind, and of the type, of members.
fn is_meant(dossier: &Dossier, members: &Members, entity: EntityId) -> bool {
    dossier.vocabulary().is_below(dossier.entity(entity).kind, members.kind)
        && members.of_type.as_deref().is_none_or(|of_type| has_type(dossier, entity, of_type))
}

/// Returns the members of a subject, in the order of the dossier.
pub(super) fn members(world: &World, subject: EntityId, members: &Members) -> Vec<EntityId> {
    let dossier = world.dossier();
    let mut found = if leads_from(dossier.vocabulary(), dossier.entity(subject).kind, members) {
        placed(dossier, subject, members.through)
    } else {
        placing(world, subject, members.through, members.kind)
    };
    found.retain(|&entity| is_meant(dossier, members, entity));
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the subjects of a kind to which an entity belongs as a member.
fn subjects_of(world: &World, members: &Members, of: KindId, entity: EntityId) -> Vec<EntityId> {
    let dossier = world.dossier();
    let words = dossier.vocabulary();
    let mut found = if leads_from(words, of, members) {
        placing(world, entity, members.through, of)
    } else {
        placed(dossier, entity, members.through)
    };
    found.retain(|&subject| words.is_below(dossier.entity(subject).kind, of));
    found
}

/// Returns the entities that an entity names with a link that places.
fn placed(dossier: &Dossier, entity: EntityId, link: PropertyId) -> Vec<EntityId> {
    dossier.slot(entity, link).iter().filter(|claim| dossier.situates(claim)).filter_map(Dossier::target).collect()
}

/// Returns the entities of a kind that name an entity with a link that places, in the order of the dossier.
pub(super) fn placing(world: &World, target: EntityId, link: PropertyId, kind: KindId) -> Vec<EntityId> {
    let dossier = world.dossier();
    subjects_with(world, target, link, kind, |claim| dossier.situates(claim))
}

/// Returns the entities of a kind that name an entity with a link, in the order of the dossier. A cell has a sign for a
/// link that is planned or alleged.
fn pointing(world: &World, target: EntityId, link: PropertyId, kind: KindId) -> Vec<EntityId> {
    subjects_with(world, target, link, kind, holds)
}

fn subjects_with(
    world: &World,
    target: EntityId,
    link: PropertyId,
    kind: KindId,
    wanted: impl Fn(&Claim) -> bool,
) -> Vec<EntityId> {
    let dossier = world.dossier();
    let words = dossier.vocabulary();
    let links = world.links().with_fields(dossier, target);
    let fits = links.filter(|from| from.property == link && words.is_below(from.kind, kind));
    let mut found: Vec<EntityId> =
        fits.filter(|from| wanted(dossier.claim(from.claim))).map(|from| from.subject).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the link by which entities of a kind name the subject of a matrix, if they can.
fn home(words: &Vocabulary, matrix: &Matrix, kind: KindId) -> Option<PropertyId> {
    let links = [matrix.rows.through, Core::Institution.into()];
    links.into_iter().find(|&link| words.property(link).domain.has(kind) && may_name(words, link, matrix.of))
}

/// Returns the entities in the cells of a subject by label: those that name it, and those of its rows that name no other.
/// There are none where cells are links.
pub(super) fn in_cells(world: &World, matrix: &Matrix, subject: EntityId, rows: &[EntityId]) -> Vec<EntityId> {
    let dossier = world.dossier();
    let Cell::Entities { kind, row, .. } = matrix.cell else { return Vec::new() };
    let home = home(dossier.vocabulary(), matrix, kind);
    let mut found = home.map(|home| placing(world, subject, home, kind)).unwrap_or_default();
    let elsewhere = |entity| home.is_some_and(|home| slot_ids(dossier, entity, home).next().is_some());
    for &member in rows {
        found.extend(pointing(world, member, row, kind).into_iter().filter(|&entity| !elsewhere(entity)));
    }
    found.sort_by_cached_key(|&entity| (NameKey::of(dossier.label(entity)), entity));
    found.dedup();
    found
}

/// Returns the entities that are columns of a subject; none where columns are texts.
pub(super) fn in_columns(world: &World, matrix: &Matrix, subject: EntityId) -> Vec<EntityId> {
    match &matrix.columns {
        Columns::Texts { .. } => Vec::new(),
        Columns::Entities { members: columns, .. } => members(world, subject, columns),
    }
}

/// Returns the subjects of a matrix that have rows, columns or cells, the one with the most first.
pub(super) fn subjects(world: &World, matrix: &Matrix) -> Vec<EntityId> {
    let dossier = world.dossier();
    let size = |subject: EntityId| {
        let rows = members(world, subject, &matrix.rows);
        rows.len() + in_cells(world, matrix, subject, &rows).len() + in_columns(world, matrix, subject).len()
    };
    let mut found: Vec<(usize, EntityId)> =
        of_kind(dossier, matrix.of).map(|subject| (size(subject), subject)).filter(|(size, _)| *size > 0).collect();
    found.sort_by_cached_key(|&(size, subject)| (Reverse(size), NameKey::of(dossier.label(subject)), subject));
    found.into_iter().map(|(_, subject)| subject).collect()
}

/// Returns the entities of a kind and of all kinds below it.
fn of_kind(dossier: &Dossier, kind: KindId) -> impl Iterator<Item = EntityId> + '_ {
    let words = dossier.vocabulary();
    let kinds = words.kinds().filter(move |&below| words.is_below(below, kind));
    kinds.flat_map(|kind| dossier.of_kind(kind))
}

/// Returns true if some subject of a matrix has a row and a column. It ends at the first one.
pub(super) fn exists(world: &World, matrix: &Matrix) -> bool {
    let dossier = world.dossier();
    let words = dossier.vocabulary();
    let is_row = |entity: EntityId| {
        is_meant(dossier, &matrix.rows, entity) && !subjects_of(world, &matrix.rows, matrix.of, entity).is_empty()
    };
    match (&matrix.cell, &matrix.columns) {
        // An entity of a cell stands in some row and some column, if need be in the last ones.
        (&Cell::Entities { kind, row, .. }, Columns::Texts { .. } | Columns::Entities { .. }) => {
            let home = home(words, matrix, kind);
            let is_of = |&subject: &EntityId| words.is_below(dossier.entity(subject).kind, matrix.of);
            of_kind(dossier, kind).any(|entity| {
                home.is_some_and(|home| placed(dossier, entity, home).iter().any(is_of))
                    || targets(world, entity, row).any(is_row)
            })
        }
        (Cell::Links(_), Columns::Entities { members: columns, .. }) => {
            of_kind(dossier, columns.kind).filter(|&entity| is_meant(dossier, columns, entity)).any(|entity| {
                let subjects = subjects_of(world, columns, matrix.of, entity).into_iter();
                subjects.into_iter().any(|subject| !members(world, subject, &matrix.rows).is_empty())
            })
        }
        (Cell::Links(_), Columns::Texts { .. }) => false,
    }
}
