//! What belongs to an institution: its departments, people, programmes and the rest.
//!
//! Invariant: a part is listed once in its group, in the order of its label.

use super::Catalogue;
use crate::model::{EntityId, Kind, Property, Value};

/// A group of parts as the tree and the detail show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Units of the type "department".
    Departments,
    /// All other units.
    Units,
    /// Persons with a tenure here.
    People,
    /// Courses of study.
    Programmes,
    /// Agreements to which it is a party.
    Agreements,
    /// Buildings, services and grounds.
    Facilities,
    /// What happened.
    Events,
    /// Examinations, laws, programmes of government.
    Schemes,
}

impl Group {
    /// Every group, in the order of the tree.
    pub const ALL: [Self; 8] = [
        Self::Departments,
        Self::Units,
        Self::People,
        Self::Programmes,
        Self::Agreements,
        Self::Facilities,
        Self::Events,
        Self::Schemes,
    ];

    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Departments => "Departments",
            Self::Units => "Other units",
            Self::People => "People",
            Self::Programmes => "Programmes",
            Self::Agreements => "Agreements",
            Self::Facilities => "Facilities",
            Self::Events => "Events",
            Self::Schemes => "Schemes",
        }
    }

    fn of(catalogue: &Catalogue, kind: Kind, entity: EntityId) -> Option<Self> {
        match kind {
            Kind::Unit if is_department(catalogue, entity) => Some(Self::Departments),
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

/// Whether an entity is a unit of the type "department".
pub fn is_department(catalogue: &Catalogue, entity: EntityId) -> bool {
    let dossier = catalogue.dossier();
    dossier.entity(entity).kind == Kind::Unit
        && dossier.slot(entity, Property::Type).iter().any(|claim| match claim.value {
            Value::Text(text) => dossier.text(text).eq_ignore_ascii_case("department"),
            Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => false,
        })
}

/// Whether an institution has any part.
pub fn has_parts(catalogue: &Catalogue, institution: EntityId) -> bool {
    let dossier = catalogue.dossier();
    catalogue.links().to(institution).iter().map(|&claim| dossier.claim(claim)).any(|claim| {
        let kind = dossier.entity(claim.subject).kind;
        is_of_part(claim.property)
            && Group::of(catalogue, kind, claim.subject).is_some()
            && (kind != Kind::Tenure || targets(catalogue, claim.subject, Property::OfPerson).next().is_some())
    })
}

/// Whether a claim of a property makes its subject a part of its value.
fn is_of_part(property: Property) -> bool {
    matches!(property, Property::AtInstitution | Property::Parent | Property::Party)
}

/// The parts of an institution by group, in the order of their labels; empty groups are left out.
pub fn parts(catalogue: &Catalogue, institution: EntityId) -> Vec<(Group, Vec<EntityId>)> {
    let mut groups = members(catalogue, institution);
    for (_, members) in &mut groups {
        sort_by_label(catalogue, members);
    }
    groups
}

/// The same, each group in the order of the dossier, which takes far less time where there are many.
pub fn members(catalogue: &Catalogue, institution: EntityId) -> Vec<(Group, Vec<EntityId>)> {
    let dossier = catalogue.dossier();
    let mut groups: Vec<(Group, Vec<EntityId>)> = Group::ALL.map(|group| (group, Vec::new())).into();
    for link in catalogue.links().looked_up(dossier, institution) {
        if !is_of_part(link.property) {
            continue;
        }
        let group = Group::of(catalogue, link.kind, link.subject);
        let Some((_, members)) = groups.iter_mut().find(|(other, _)| Some(*other) == group) else { continue };
        match link.kind {
            Kind::Tenure => members.extend(targets(catalogue, link.subject, Property::OfPerson)),
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

/// The members of one group, in the order of the dossier.
pub fn members_of(catalogue: &Catalogue, institution: EntityId, group: Group) -> Vec<EntityId> {
    let found = members(catalogue, institution).into_iter().find(|(other, _)| *other == group);
    found.map(|(_, members)| members).unwrap_or_default()
}

/// The first `most` entities by label.
pub fn first_by_label(catalogue: &Catalogue, mut entities: Vec<EntityId>, most: usize) -> Vec<EntityId> {
    let dossier = catalogue.dossier();
    if entities.len() > most {
        let label = |&entity: &EntityId| (dossier.label(entity), entity);
        entities.select_nth_unstable_by(most, |a, b| label(a).cmp(&label(b)));
        entities.truncate(most);
    }
    sort_by_label(catalogue, &mut entities);
    entities
}

/// The entities that a slot points to.
pub fn targets(catalogue: &Catalogue, entity: EntityId, property: Property) -> impl Iterator<Item = EntityId> {
    catalogue.dossier().slot(entity, property).iter().filter_map(crate::model::Dossier::target)
}

/// By label, each once.
pub(super) fn sort_by_label(catalogue: &Catalogue, entities: &mut Vec<EntityId>) {
    let dossier = catalogue.dossier();
    entities.sort_by(|&a, &b| dossier.label(a).cmp(dossier.label(b)).then(a.cmp(&b)));
    entities.dedup();
}
