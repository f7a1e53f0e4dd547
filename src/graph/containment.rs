//! The parts of an institution: departments, people, programmes and so on.
//!
//! Invariant: a part is listed once in its group.

use super::Graph;
use crate::model::vocabulary::words;
use crate::model::{EntityId, Kind, Property, Value};

words! {
    /// A group of parts, as the tree and the detail show it.
    PartGroup {
        /// Units of the type "department".
        Departments = "Departments",
        /// All other units.
        Units = "Other units",
        /// Persons with a tenure here.
        People = "People",
        /// Courses of study.
        Programmes = "Programmes",
        /// Agreements to which it is a party.
        Agreements = "Agreements",
        /// Buildings, services and grounds.
        Facilities = "Facilities",
        /// Events that took place there.
        Events = "Events",
        /// Examinations, laws, programmes of government.
        Schemes = "Schemes",
    }
}

impl PartGroup {
    fn of(graph: &Graph, kind: Kind, entity: EntityId) -> Option<Self> {
        match kind {
            Kind::Unit if is_department(graph, entity) => Some(Self::Departments),
            Kind::Unit => Some(Self::Units),
            Kind::Person | Kind::Tenure => Some(Self::People),
            Kind::Programme => Some(Self::Programmes),
            Kind::Agreement => Some(Self::Agreements),
            Kind::Facility => Some(Self::Facilities),
            Kind::Event => Some(Self::Events),
            Kind::Scheme => Some(Self::Schemes),
            Kind::Institution | Kind::Post | Kind::Place | Kind::Document => None,
        }
    }
}

/// Returns true if an entity is a unit of the type "department".
pub fn is_department(graph: &Graph, entity: EntityId) -> bool {
    let dossier = graph.dossier();
    dossier.entity(entity).kind == Kind::Unit
        && dossier.slot(entity, Property::Type).iter().any(|claim| match claim.value {
            Value::Text(text) => dossier.text(text).eq_ignore_ascii_case("department"),
            Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => false,
        })
}

/// Returns true if an institution has any part.
pub fn has_parts(graph: &Graph, institution: EntityId) -> bool {
    let dossier = graph.dossier();
    graph.links().to(institution).iter().map(|&claim| dossier.claim(claim)).any(|claim| {
        let kind = dossier.entity(claim.subject).kind;
        is_of_part(claim.property)
            && PartGroup::of(graph, kind, claim.subject).is_some()
            && (kind != Kind::Tenure || targets(graph, claim.subject, Property::OfPerson).next().is_some())
    })
}

/// Returns true if a claim of a property makes its subject a part of its value.
fn is_of_part(property: Property) -> bool {
    matches!(property, Property::AtInstitution | Property::Parent | Property::Party)
}

/// The parts of an institution by group, each in the order of the dossier, which is much faster than sorting by label; empty
/// groups are left out.
pub fn members(graph: &Graph, institution: EntityId) -> Vec<(PartGroup, Vec<EntityId>)> {
    let dossier = graph.dossier();
    let mut groups: Vec<(PartGroup, Vec<EntityId>)> = PartGroup::ALL.iter().map(|&group| (group, Vec::new())).collect();
    for link in graph.links().with_fields(dossier, institution) {
        if !is_of_part(link.property) {
            continue;
        }
        let group = PartGroup::of(graph, link.kind, link.subject);
        let Some((_, members)) = groups.iter_mut().find(|(other, _)| Some(*other) == group) else { continue };
        match link.kind {
            Kind::Tenure => members.extend(targets(graph, link.subject, Property::OfPerson)),
            _ => members.push(link.subject),
        }
    }
    groups.retain_mut(|(_, members)| {
        members.sort_unstable();
        members.dedup();
        !members.is_empty()
    });
    groups
}

/// The parts of one group, in the order of the dossier.
pub fn members_of(graph: &Graph, institution: EntityId, group: PartGroup) -> Vec<EntityId> {
    let found = members(graph, institution).into_iter().find(|(other, _)| *other == group);
    found.map(|(_, members)| members).unwrap_or_default()
}

/// The first `most` of the entities in the order of their labels, each once.
pub fn first_by_label(graph: &Graph, mut entities: Vec<EntityId>, most: usize) -> Vec<EntityId> {
    let dossier = graph.dossier();
    if entities.len() > most {
        let label = |&entity: &EntityId| (dossier.label(entity), entity);
        entities.select_nth_unstable_by(most, |a, b| label(a).cmp(&label(b)));
        entities.truncate(most);
    }
    sort_by_label(graph, &mut entities);
    entities
}

/// The entities that are values of a property of an entity.
pub fn targets(graph: &Graph, entity: EntityId, property: Property) -> impl Iterator<Item = EntityId> {
    graph.dossier().slot(entity, property).iter().filter_map(crate::model::Dossier::target)
}

/// Sorts entities by label and removes duplicates.
pub(super) fn sort_by_label(graph: &Graph, entities: &mut Vec<EntityId>) {
    let dossier = graph.dossier();
    entities.sort_by(|&a, &b| dossier.label(a).cmp(dossier.label(b)).then(a.cmp(&b)));
    entities.dedup();
}
