//! Everything dated, in the one order of `When`, and what each row touches.
//!
//! Invariant: rows are sorted once, at load; a scope or a filter only leaves rows out.

use super::links::grouped_starts;
use crate::model::{Basis, Claim, ClaimId, Dossier, EntityId, Kind, Modality, Property, Range, When};

/// One dated statement that belongs on a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The claim whose value is the date.
    pub claim: ClaimId,
    /// Of whom or what.
    pub subject: EntityId,
    /// What happened: see [`Spec::happening`](crate::model::property::Spec::happening).
    pub property: Property,
    /// Happened, planned, alleged or denied.
    pub modality: Modality,
    /// Stated, listed, counted or inferred.
    pub basis: Basis,
}

/// A row of a [`Chronology`], by number.
pub type RowIndex = u32;

/// See the module.
#[derive(Debug)]
pub struct Chronology {
    rows: Vec<Row>,
    undated: Vec<EntityId>,
    years: Vec<i32>,
    touched_starts: Vec<u32>,
    touched: Vec<EntityId>,
    touching_starts: Vec<u32>,
    touching: Vec<RowIndex>,
}

impl Chronology {
    /// Sorts the dated claims of a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        let mut rows: Vec<Row> = dossier
            .claims()
            .filter(|(_, claim)| claim.property.spec().happening.is_some() && dossier.date(claim).is_some())
            .map(|(id, claim)| Row {
                claim: id,
                subject: claim.subject,
                property: claim.property,
                modality: claim.modality,
                basis: claim.basis,
            })
            .collect();
        rows.sort_by(|a, b| {
            let when = |row: &Row| dossier.date(dossier.claim(row.claim));
            match (when(a), when(b)) {
                (Some(x), Some(y)) => x.chronological(y),
                (x, y) => x.is_none().cmp(&y.is_none()),
            }
            .then_with(|| dossier.id(a.subject).cmp(dossier.id(b.subject)))
            .then_with(|| a.claim.cmp(&b.claim))
        });
        let undated = undated(dossier);
        // Rows stand in the order of these years, so equal ones are neighbours.
        let mut years: Vec<i32> = rows.iter().filter_map(|row| row_when(dossier, row)?.year()).collect();
        years.dedup();

        let mut touched_starts = vec![0];
        let mut touched = Vec::new();
        for row in &rows {
            touched.extend(touched_by(dossier, row.subject));
            touched_starts.push(touched.len() as u32);
        }
        let mut pairs = Vec::with_capacity(touched.len());
        for (index, window) in touched_starts.windows(2).enumerate() {
            let entities = &touched[window[0] as usize..window[1] as usize];
            pairs.extend(entities.iter().map(|&entity| (entity, index as RowIndex)));
        }
        pairs.sort_unstable();
        let touching_starts = grouped_starts(dossier.entities().len(), pairs.iter().map(|(entity, _)| entity.index()));
        let touching = pairs.into_iter().map(|(_, row)| row).collect();
        Self { rows, undated, years, touched_starts, touched, touching_starts, touching }
    }

    /// All rows in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The years in which a row stands, in order.
    pub fn years(&self) -> &[i32] {
        &self.years
    }

    /// Events without any date.
    pub fn undated(&self) -> &[EntityId] {
        &self.undated
    }

    /// What a row touches: its subject first, then institutions, people and the rest.
    pub fn touched(&self, row: RowIndex) -> &[EntityId] {
        let row = row as usize;
        &self.touched[self.touched_starts[row] as usize..self.touched_starts[row + 1] as usize]
    }

    /// The rows that touch an entity, in order.
    pub fn touching(&self, entity: EntityId) -> &[RowIndex] {
        &self.touching[self.touching_starts[entity.index()] as usize..self.touching_starts[entity.index() + 1] as usize]
    }
}

/// The words of a row: the subject's label and what happened to it.
pub fn row_label(dossier: &Dossier, row: &Row) -> String {
    let label = dossier.label(row.subject);
    let happening = match row.property.spec().happening {
        None | Some("") => return label.to_owned(),
        Some(happening) => happening,
    };
    match dossier.claim(row.claim).note {
        Some(note) => format!("{label}: {happening} — {}", dossier.text(note)),
        None => format!("{label}: {happening}"),
    }
}

/// Events for which no document gives a date.
fn undated(dossier: &Dossier) -> Vec<EntityId> {
    let dated = |entity| dossier.claims_of(entity).iter().any(|claim| dossier.date(claim).is_some());
    dossier.of_kind(Kind::Event).filter(|&event| !dated(event)).collect()
}

/// Along these, what happens to a part touches the whole.
fn belongs(property: Property) -> bool {
    matches!(
        property,
        Property::Parent
            | Property::AtInstitution
            | Property::Department
            | Property::HoldsPost
            | Property::Party
            | Property::OfAgreement
            | Property::OfFacility
            | Property::OfProgramme
    )
}

/// Whether an entity is something that happens, rather than something that is.
pub(super) fn happens(kind: Kind) -> bool {
    match kind {
        Kind::Event | Kind::Agreement | Kind::Tenure | Kind::Facility | Kind::Programme => true,
        Kind::Institution | Kind::Unit | Kind::Person | Kind::Post | Kind::Scheme | Kind::Place | Kind::Document => {
            false
        }
    }
}

/// How many steps of belonging are followed; a unit of a unit of an institution is three.
const MAX_STEPS: usize = 4;

/// An entity, everything its claims name, and the wholes to which those belong.
pub(super) fn touched_by(dossier: &Dossier, subject: EntityId) -> Vec<EntityId> {
    let mut found = vec![subject];
    let mut frontier = vec![subject];
    for step in 0..MAX_STEPS {
        let mut next = Vec::new();
        for entity in frontier {
            for claim in dossier.claims_of(entity) {
                let Some(target) = Dossier::target(claim) else { continue };
                let follows = belongs(claim.property);
                // What happens names everyone it touches; a standing thing only belongs to its wholes.
                let names_all = step == 0 && happens(dossier.entity(entity).kind);
                let counts = names_all || follows || is_holder(dossier, entity, claim);
                if counts && !found.contains(&target) {
                    found.push(target);
                    if follows || dossier.entity(target).kind == Kind::Tenure {
                        next.push(target);
                    }
                }
            }
        }
        frontier = next;
    }
    found[1..].sort_by_key(|&entity| (dossier.entity(entity).kind, entity));
    found
}

/// A tenure that is named stands for its person.
fn is_holder(dossier: &Dossier, entity: EntityId, claim: &Claim) -> bool {
    dossier.entity(entity).kind == Kind::Tenure && claim.property == Property::OfPerson
}

/// The date of a row.
pub fn row_when<'a>(dossier: &'a Dossier, row: &Row) -> Option<&'a When> {
    debug_assert_eq!(row.property.spec().range, Range::Date);
    dossier.date(dossier.claim(row.claim))
}
