//! The objects of checks: sums, ratios and bounds, as they are authored.
//!
//! Invariant: a term has exactly the fields of its sort, and the others are compared with the last term.

use std::borrow::Cow;

use serde::Serialize;

use super::object::digests::Digested;
use super::object::{EvidenceObject, Quantity, WhenObject};
use crate::model::{Basis, Check, Dossier, Modality, Operation, Relation, Term, Value};

/// A check.
#[derive(Debug, Serialize)]
pub(super) struct CheckObject<'a> {
    label: &'a str,
    operation: Operation,
    relation: Relation,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    terms: Vec<TermObject<'a>>,
    evidence: Vec<EvidenceObject<'a>>,
}

impl Digested for CheckObject<'_> {
    fn leave_out_digests(&mut self) {
        self.evidence.leave_out_digests();
    }
}

impl<'a> CheckObject<'a> {
    pub(super) fn new(dossier: &'a Dossier, check: &'a Check) -> Self {
        Self {
            label: dossier.text(check.label),
            operation: check.operation,
            relation: check.relation,
            note: check.note.map(|note| dossier.text(note)),
            terms: dossier.terms(check).iter().map(|term| TermObject::new(dossier, term)).collect(),
            evidence: dossier.check_evidence(check).map(|place| EvidenceObject::new(dossier, place)).collect(),
        }
    }
}

/// A term.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum TermObject<'a> {
    /// The one number of a slot.
    Slot {
        entity: &'a str,
        property: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        modality: Option<Modality>,
        #[serde(skip_serializing_if = "Option::is_none")]
        basis: Option<Basis>,
        #[serde(skip_serializing_if = "Option::is_none")]
        as_of: Option<WhenObject<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<Quantity>,
    },
    /// A number of its own.
    Constant {
        number: Quantity,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Cow<'a, str>>,
    },
    /// The number of entities of a kind.
    Count { count: &'a str, filters: Vec<FilterObject<'a>> },
}

impl<'a> TermObject<'a> {
    fn new(dossier: &'a Dossier, term: &'a Term) -> Self {
        match term {
            Term::Slot { entity, property, which } => Self::Slot {
                entity: dossier.id(*entity),
                property: dossier.vocabulary().name(*property),
                modality: which.modality,
                basis: which.basis,
                as_of: which.as_of.map(|id| WhenObject::new(dossier.when(id))),
                number: which.number.map(Quantity),
            },
            Term::Constant(quantity) => {
                Self::Constant { number: Quantity(quantity.number), unit: quantity.unit.map(|unit| dossier.unit(unit)) }
            }
            Term::Count { kind, filters } => Self::Count {
                count: &dossier.vocabulary().kind(*kind).name,
                filters: dossier
                    .filters(*filters)
                    .iter()
                    .map(|filter| FilterObject::new(dossier, dossier.vocabulary().name(filter.property), filter.value))
                    .collect(),
            },
        }
    }
}

/// A claim that an entity must have to be counted.
#[derive(Debug, Serialize)]
struct FilterObject<'a> {
    property: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
}

impl<'a> FilterObject<'a> {
    fn new(dossier: &'a Dossier, property: &'a str, value: Value) -> Self {
        let (value, entity) = match value {
            Value::Text(text) => (Some(dossier.text(text)), None),
            Value::Entity(entity) => (None, Some(dossier.id(entity))),
            Value::Number { .. } | Value::Date(_) | Value::Missing => (None, None),
        };
        Self { property, value, entity }
    }
}
