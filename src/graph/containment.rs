//! The parts of an institution: units, people, items and so on.
//!
//! Invariant: a part is listed once in its group, and a link that places nothing ([`Dossier::situates`]) makes no part.

use super::Graph;
use super::slots::is_actual;
use crate::model::{Core, CoreKind, Dossier, EntityId, KindId, PropertyId, Value, Vocabulary};
use crate::text::collate::NameKey;
use crate::vocabulary::Counts;

/// A group of parts of an institution, as the tree and the detail show it: the entities of one kind, or those of one
/// type of it that some figure counts.
#[derive(Debug, Clone, PartialEq)]
pub struct PartGroup {
    /// The heading.
    pub label: String,
    /// The kind of its members.
    pub kind: KindId,
    /// The type of its members, if it holds those of one type only.
    of_type: Option<Box<str>>,
}

/// The number of a group in [`Graph::part_groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(u16);

impl PartGroup {
    /// Returns the type of its members, if it holds those of one type only.
    pub fn of_type(&self) -> Option<&str> {
        self.of_type.as_deref()
    }

    /// Returns the groups of a vocabulary, in the order of the kinds. A type that a figure of institutions counts has a
    /// group of its own, under the label of the figure; tenures are shown by their persons.
    pub fn all(words: &Vocabulary) -> Vec<Self> {
        let mut groups = Vec::new();
        for kind in words.kinds().filter(|&kind| is_part(words.core(kind))) {
            let before = groups.len();
            for property in words.properties().map(|property| words.property(property)) {
                let counted = property.counts.iter().find_map(|counts| match counts {
                    Counts::Entities { kind: counted, of_type, through } if *counted == kind => {
                        of_type.clone().filter(|_| is_of_part(*through))
                    }
                    Counts::Entities { .. } | Counts::Values { .. } => None,
                });
                let is_new =
                    |groups: &[Self]| groups.iter().all(|group| group.kind != kind || group.of_type != counted);
                if counted.is_some() && is_new(&groups) {
                    groups.push(Self { label: property.label.to_string(), kind, of_type: counted });
                }
            }
            let plural = &words.kind(kind).plural;
            let label =
                if groups.len() > before { format!("Other {}", plural.to_lowercase()) } else { plural.to_string() };
            groups.push(Self { label, kind, of_type: None });
        }
        groups
    }
}

/// Returns true for kinds that can be parts of an institution.
fn is_part(kind: CoreKind) -> bool {
    match kind {
        CoreKind::Unit | CoreKind::Person | CoreKind::Agreement | CoreKind::Item | CoreKind::Event => true,
        CoreKind::Institution | CoreKind::Post | CoreKind::Tenure | CoreKind::Place | CoreKind::Document => false,
    }
}

/// Returns the group of an entity that is a part; a tenure is in the group of persons.
fn group_of(graph: &Graph, entity: EntityId) -> Option<GroupId> {
    let dossier = graph.dossier();
    let kind = match dossier.core_kind(entity) {
        CoreKind::Tenure => CoreKind::Person.into(),
        _ => dossier.entity(entity).kind,
    };
    let fits = |group: &PartGroup| {
        group.kind == kind && group.of_type.as_deref().is_none_or(|of_type| has_type(dossier, entity, of_type))
    };
    graph.part_groups().iter().position(fits).map(|at| GroupId(at as u16))
}

/// Returns true if an entity is said to be of a type, and not only denied or, of something actual, alleged to be.
pub fn has_type(dossier: &Dossier, entity: EntityId, of_type: &str) -> bool {
    dossier.slot(entity, Core::Type).iter().any(|claim| match claim.value {
        Value::Text(text) => dossier.text(text).eq_ignore_ascii_case(of_type) && dossier.situates(claim),
        Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => false,
    })
}

/// Returns true if an institution has any part.
pub fn has_parts(graph: &Graph, institution: EntityId) -> bool {
    let dossier = graph.dossier();
    graph.links().to(institution).iter().map(|&claim| dossier.claim(claim)).any(|claim| {
        let kind = dossier.core_kind(claim.subject);
        is_of_part(claim.property)
            && match kind {
                CoreKind::Tenure => is_actual(claim) && holders(dossier, claim.subject).next().is_some(),
                kind => is_part(kind) && dossier.situates(claim),
            }
    })
}

/// Returns the persons who held a tenure. A plan or an allegation does not make a person a part of anything: the word would
/// stand at the tenure, which is not shown.
fn holders(dossier: &Dossier, tenure: EntityId) -> impl Iterator<Item = EntityId> {
    dossier.slot(tenure, Core::Person).iter().filter(|claim| is_actual(claim)).filter_map(Dossier::target)
}

/// Returns true if a claim of a property makes its subject a part of its value.
fn is_of_part(property: PropertyId) -> bool {
    matches!(property.core(), Some(Core::Institution | Core::Parent | Core::Party))
}

/// The parts of an institution by group, each in the order of the dossier, which is much faster than sorting by label; empty
/// groups are left out.
pub fn members(graph: &Graph, institution: EntityId) -> Vec<(GroupId, Vec<EntityId>)> {
    let dossier = graph.dossier();
    let mut groups: Vec<Vec<EntityId>> = vec![Vec::new(); graph.part_groups().len()];
    for link in graph.links().with_fields(dossier, institution) {
        if !is_of_part(link.property) || !dossier.situates(dossier.claim(link.claim)) {
            continue;
        }
        let Some(members) = group_of(graph, link.subject).and_then(|group| groups.get_mut(usize::from(group.0))) else {
            continue;
        };
        match dossier.core_kind(link.subject) {
            CoreKind::Tenure if is_actual(dossier.claim(link.claim)) => members.extend(holders(dossier, link.subject)),
            CoreKind::Tenure => {}
            _ => members.push(link.subject),
        }
    }
    for members in &mut groups {
        members.sort_unstable();
        members.dedup();
    }
    let numbered = groups.into_iter().enumerate().map(|(at, members)| (GroupId(at as u16), members));
    numbered.filter(|(_, members)| !members.is_empty()).collect()
}

/// The parts of one group, in the order of the dossier.
pub fn members_of(graph: &Graph, institution: EntityId, group: GroupId) -> Vec<EntityId> {
    let found = members(graph, institution).into_iter().find(|(other, _)| *other == group);
    found.map(|(_, members)| members).unwrap_or_default()
}

/// The heading of a group.
pub fn group_label(graph: &Graph, group: GroupId) -> &str {
    graph.part_groups().get(usize::from(group.0)).map_or("", |group| &group.label)
}

/// The first `most` of the entities in the order of their names, each once.
pub fn first_by_name(graph: &Graph, entities: Vec<EntityId>, most: usize) -> Vec<EntityId> {
    let key = |entity: EntityId| (NameKey::of(graph.dossier().label(entity)), entity);
    let mut keyed: Vec<(NameKey, EntityId)> = entities.into_iter().map(key).collect();
    if keyed.len() > most {
        keyed.select_nth_unstable(most);
        keyed.truncate(most);
    }
    keyed.sort_unstable();
    keyed.dedup_by_key(|(_, entity)| *entity);
    keyed.into_iter().map(|(_, entity)| entity).collect()
}

/// The entities into which a property of an entity places it; see [`Dossier::situates`].
pub fn targets(graph: &Graph, entity: EntityId, property: impl Into<PropertyId>) -> impl Iterator<Item = EntityId> {
    let dossier = graph.dossier();
    dossier.slot(entity, property).iter().filter(|claim| dossier.situates(claim)).filter_map(Dossier::target)
}

/// Sorts entities by name and removes duplicates.
pub(super) fn sort_by_name(graph: &Graph, entities: &mut Vec<EntityId>) {
    entities.sort_by_cached_key(|&entity| (NameKey::of(graph.dossier().label(entity)), entity));
    entities.dedup();
}
