//! Checks being built.
//!
//! Invariant: checks stand in the order of their first evidence, then of their label, and
//! the same rows give the same order however they came.

use super::merge::place_ranks;
use super::{Builder, Handle, PlaceHandle};
use crate::model::check::{Check, Filter, Term, Which};
use crate::model::dossier::Value;
use crate::model::id::EntityId;
use crate::model::property::Property;
use crate::model::quantity::Quantity;
use crate::model::vocabulary::{Basis, Kind, Modality, Operation, Relation};
use crate::model::when::When;

/// A check being built.
#[derive(Debug, Clone)]
pub struct NewCheck {
    /// What it is about, in a few words.
    pub label: String,
    /// What is done with the terms but the last.
    pub operation: Operation,
    /// How the result has to stand to the last term.
    pub relation: Relation,
    /// The terms; the last one is what the others are compared with.
    pub terms: Vec<NewTerm>,
    /// A remark of ours.
    pub note: Option<String>,
    /// Where the numbers stand.
    pub evidence: Vec<PlaceHandle>,
}

/// A term being built.
#[derive(Debug, Clone)]
pub enum NewTerm {
    /// The one number of a slot.
    Slot {
        /// Of whom or what.
        entity: Handle,
        /// Which property.
        property: Property,
        /// Which of several claims.
        which: NewWhich,
    },
    /// A number of the check's own.
    Constant(Quantity),
    /// How many entities of a kind there are of which all this is said.
    Count(Kind, Vec<(Property, NewFilter)>),
}

/// What tells claims of one slot apart.
#[derive(Debug, Clone, Default)]
pub struct NewWhich {
    /// How it stands to reality.
    pub modality: Option<Modality>,
    /// How it was got from the document.
    pub basis: Option<Basis>,
    /// To which day it refers.
    pub as_of: Option<When>,
    /// Its number.
    pub number: Option<f64>,
}

/// What has to be said.
#[derive(Debug, Clone)]
pub enum NewFilter {
    /// This text.
    Text(String),
    /// That entity.
    Entity(Handle),
}

impl Builder {
    /// Adds a check.
    pub fn check(&mut self, check: NewCheck) {
        self.checks.push(check);
    }

    /// Renumbers the entities of the checks.
    pub(super) fn renumber_checks(&mut self, entities: &[u32]) {
        for term in self.checks.iter_mut().flat_map(|check| &mut check.terms) {
            match term {
                NewTerm::Slot { entity, .. } => *entity = Handle(entities[entity.0 as usize]),
                NewTerm::Constant(_) => {}
                NewTerm::Count(_, filters) => {
                    for (_, filter) in filters {
                        match filter {
                            NewFilter::Text(_) => {}
                            NewFilter::Entity(entity) => *entity = Handle(entities[entity.0 as usize]),
                        }
                    }
                }
            }
        }
    }

    /// Writes the checks behind everything else, in their order; the numbers of entities are final by now.
    pub(super) fn write_checks(&mut self) {
        let mut checks = std::mem::take(&mut self.checks);
        if checks.is_empty() {
            return;
        }
        let ranks = place_ranks(&self.rows);
        for check in &mut checks {
            check.evidence.sort_by_key(|place| ranks[place.0 as usize]);
            check.evidence.dedup();
        }
        let places =
            |check: &NewCheck| -> Vec<u32> { check.evidence.iter().map(|place| ranks[place.0 as usize]).collect() };
        // Any order will do behind the label, so long as the same rows have the same one.
        let rest = |check: &NewCheck| format!("{:?}", (check.operation, check.relation, &check.terms, &check.note));
        checks.sort_by_cached_key(|check| {
            let places = places(check);
            (places.is_empty(), places.first().copied(), check.label.clone(), rest(check), places)
        });
        for check in &checks {
            let row = self.check_row(check);
            self.rows.checks.push(row);
        }
    }

    fn check_row(&mut self, check: &NewCheck) -> Check {
        let label = self.intern(&check.label);
        let start = self.rows.terms.len() as u32;
        for term in &check.terms {
            let term = self.term_row(term);
            self.rows.terms.push(term);
        }
        Check {
            label,
            operation: check.operation,
            relation: check.relation,
            note: check.note.as_ref().map(|note| self.intern(note)),
            terms: (start, self.rows.terms.len() as u32),
            evidence: self.evidence(&check.evidence),
        }
    }

    fn term_row(&mut self, term: &NewTerm) -> Term {
        match term {
            NewTerm::Constant(quantity) => Term::Constant(*quantity),
            NewTerm::Slot { entity, property, which } => Term::Slot {
                entity: EntityId(entity.0),
                property: *property,
                which: Which {
                    modality: which.modality,
                    basis: which.basis,
                    as_of: which.as_of.as_ref().map(|when| self.intern_when(when)),
                    number: which.number,
                },
            },
            NewTerm::Count(kind, wanted) => {
                let start = self.rows.filters.len() as u32;
                for (property, filter) in wanted {
                    let value = match filter {
                        NewFilter::Text(text) => Value::Text(self.intern(text)),
                        NewFilter::Entity(entity) => Value::Entity(EntityId(entity.0)),
                    };
                    self.rows.filters.push(Filter { property: *property, value });
                }
                Term::Count { kind: *kind, filters: (start, self.rows.filters.len() as u32) }
            }
        }
    }
}
