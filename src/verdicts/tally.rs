//! What the dossier itself lists of the things that a property counts.
//!
//! Invariant: everything is counted once, and only what is said to be so is counted. Which
//! property counts what stands in one table.

use super::compare::said;
use crate::graph::Graph;
use crate::graph::slots::is_actual;
use crate::model::{Dossier, EntityId, Kind, Property, Value};

/// How the things are found that a property counts.
#[derive(Debug, Clone, Copy)]
enum Listing {
    /// The values of a slot of the subject.
    Values(Property),
    /// The entities of a kind that name the subject, some only of one type.
    Parts(Kind, Property, Option<&'static str>),
}

/// A row of the table.
struct Row {
    counting: Property,
    of: &'static [Kind],
    listing: Listing,
    /// A further number of the subject: so many more that have no name.
    unnamed: Option<Property>,
}

const fn row(counting: Property, of: &'static [Kind], listing: Listing) -> Row {
    Row { counting, of, listing, unnamed: None }
}

/// Which property counts what.
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

/// How many things are listed of those that a property of the subject counts; none if it counts none.
pub(super) fn count(graph: &Graph, subject: EntityId, property: Property) -> Option<u32> {
    let dossier = graph.dossier();
    let kind = dossier.entity(subject).kind;
    let row = TABLE.iter().find(|row| row.counting == property && row.of.contains(&kind))?;
    let mut things: Vec<EntityId> = match row.listing {
        Listing::Values(values) => said(dossier, subject, values).collect(),
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

/// A whole number of a slot.
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
