//! New checks.
//!
//! Invariant: checks are sorted by their first evidence, then by label; the order of adding has no effect.

use super::merge::place_ranks;
use super::{Builder, Handle, PlaceHandle};
use crate::model::check::{Check, Filter, Term, Which};
use crate::model::dossier::Value;
use crate::model::id::EntityId;
use crate::model::quantity::Quantity;
use crate::model::when::When;
use crate::model::words::{Basis, Modality, Operation, Relation};
use crate::vocabulary::KindId;
use crate::vocabulary::PropertyId;

/// A new check.
#[derive(Debug, Clone)]
pub struct NewCheck {
    /// Its subject in a few words.
    pub label: String,
    /// The operation on the terms except the last.
    pub operation: Operation,
    /// The relation that the result must have to the last term.
    pub relation: Relation,
    /// The terms; the others are compared with the last one.
    pub terms: Vec<NewTerm>,
    /// A remark of the dossier's authors.
    pub note: Option<String>,
    /// The places of its numbers.
    pub evidence: Vec<PlaceHandle>,
}

/// A new term.
#[derive(Debug, Clone)]
pub enum NewTerm {
    /// The one number of a slot.
    Slot {
        /// The entity.
        entity: Handle,
        /// The property.
        property: PropertyId,
        /// The choice among several claims.
        which: NewWhich,
    },
    /// A number of the check itself.
    Constant(Quantity),
    /// The number of entities of a kind that fit all filters.
    Count(KindId, Vec<(PropertyId, NewFilter)>),
}

/// Selects among the claims of one slot; a field that is `None` matches any claim.
#[derive(Debug, Clone, Default)]
pub struct NewWhich {
    /// Its relation to reality: actual, planned, alleged or denied.
    pub modality: Option<Modality>,
    /// The way it was taken from the document.
    pub basis: Option<Basis>,
    /// The date to which it refers.
    pub as_of: Option<When>,
    /// Its number.
    pub number: Option<f64>,
}

/// The value that a claim must have.
#[derive(Debug, Clone)]
pub enum NewFilter {
    /// A text.
    Text(String),
    /// An entity.
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

    /// Adds the sorted checks to the dossier, after all other rows: the numbers of entities are final then.
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
        // After the label any order is right that depends on the content only.
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
