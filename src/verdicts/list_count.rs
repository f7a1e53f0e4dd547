//! Counts the entities that a dossier lists for a counting property such as `members`.
//!
//! Invariant: every entity is counted once, and only facts are counted; one table maps properties to lists.

use super::compare::actual_targets;
use crate::graph::Graph;
use crate::graph::slots::is_actual;
use crate::model::{Dossier, EntityId, Kind, Property, Value};

/// The way to find the entities that a property counts.
#[derive(Debug, Clone, Copy)]
enum Listing {
    /// The values of a property of the subject.
    Values(Property),
    /// The entities of a kind that name the subject in a property, optionally of one type only.
    Parts(Kind, Property, Option<&'static str>),
}

/// A row of the table.
struct Row {
    counting: Property,
    of: &'static [Kind],
    listing: Listing,
    /// A property with the number of further entities that have no name.
    unnamed: Option<Property>,
}

const fn row(counting: Property, of: &'static [Kind], listing: Listing) -> Row {
    Row { counting, of, listing, unnamed: None }
}

/// Maps each counting property, for some kinds of subjects, to the list that it counts.
const TABLE: &[Row] = &[
    row(
        Property::Departments,
        &[Kind::Institution],
        Listing::Parts(Kind::Unit, Property::AtInstitution, Some("department")),
    ),
    row(Property::Departments, &[Kind::Facility], Listing::Values(Property::Department)),
    row(
        Property::Committees,
        &[Kind::Institution],
        Listing::Parts(Kind::Unit, Property::AtInstitution, Some("committee")),
    ),
    row(Property::Committees, &[Kind::Unit], Listing::Parts(Kind::Unit, Property::Parent, Some("committee"))),
    row(Property::Programmes, &[Kind::Institution], Listing::Parts(Kind::Programme, Property::AtInstitution, None)),
    row(Property::Programmes, &[Kind::Unit], Listing::Parts(Kind::Programme, Property::Department, None)),
    Row {
        counting: Property::Members,
        of: &[Kind::Unit],
        listing: Listing::Values(Property::Member),
        unnamed: Some(Property::OtherMembers),
    },
];

/// Returns the number of listed entities that a property of the subject counts, or `None` if it counts none.
pub(super) fn count(graph: &Graph, subject: EntityId, property: Property) -> Option<u32> {
    let dossier = graph.dossier();
    let kind = dossier.entity(subject).kind;
    let row = TABLE.iter().find(|row| row.counting == property && row.of.contains(&kind))?;
    let mut things: Vec<EntityId> = match row.listing {
        Listing::Values(values) => actual_targets(dossier, subject, values).collect(),
        Listing::Parts(kind, through, of_type) => {
            let links = graph.links().to(subject).iter().map(|&id| dossier.claim(id));
            let parts = links.filter(|claim| claim.property == through && is_actual(claim)).map(|claim| claim.subject);
            let of_type = |id: EntityId| of_type.is_none_or(|wanted| is_of_type(dossier, id, wanted));
            parts.filter(|&id| dossier.entity(id).kind == kind && of_type(id)).collect()
        }
    };
    things.sort_unstable();
    things.dedup();
    let unnamed = row.unnamed.and_then(|unnamed| number(dossier, subject, unnamed)).unwrap_or(0);
    Some(things.len() as u32 + unnamed)
}

fn is_of_type(dossier: &Dossier, entity: EntityId, wanted: &str) -> bool {
    let types = dossier.slot(entity, Property::Type).iter().filter(|claim| is_actual(claim));
    types.into_iter().any(|claim| match claim.value {
        Value::Text(text) => dossier.text(text).eq_ignore_ascii_case(wanted),
        Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => false,
    })
}

/// Returns the whole number that a slot states.
fn number(dossier: &Dossier, entity: EntityId, property: Property) -> Option<u32> {
    dossier.slot(entity, property).iter().filter(|claim| is_actual(claim)).find_map(|claim| match claim.value {
        Value::Number { number, .. } if (0.0..=f64::from(u32::MAX)).contains(&number.get()) =>
        {
            #[expect(clippy::cast_sign_loss, reason = "checked not to be negative")]
            Some(number.get() as u32)
        }
        Value::Number { .. } | Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    })
}
