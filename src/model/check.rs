//! Checks: sums, ratios and bounds that the documents imply.
//!
//! Invariant: a check names its numbers by the slots in which they stand and never holds a
//! copy of them, so a claim that changes or goes changes the result or makes it impossible.

mod compute;

use super::dossier::{Dossier, Value, rows_at};
use super::evidence::Cited;
use super::id::{EntityId, Sym, WhenId};
use super::place::Place;
use super::property::Property;
use super::quantity::Quantity;
use super::vocabulary::{Basis, Kind, Modality, Operation, Relation};

pub(in crate::model) use compute::claims_behind;
pub use compute::{Computed, Part, Uncomputable, compute};

/// One check: what its terms but the last come to, against the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// What it is about, in a few words.
    pub label: Sym,
    /// What is done with the terms but the last.
    pub operation: Operation,
    /// How the result has to stand to the last term.
    pub relation: Relation,
    /// A remark of ours.
    pub note: Option<Sym>,
    pub(crate) terms: (u32, u32),
    pub(crate) evidence: Cited,
}

/// Where a number of a check comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Term {
    /// The one number of a slot.
    Slot {
        /// Of whom or what.
        entity: EntityId,
        /// Which property.
        property: Property,
        /// Which of several claims.
        which: Which,
    },
    /// A number of the check's own.
    Constant(Quantity),
    /// How many entities there are.
    Count {
        /// Of which kind.
        kind: Kind,
        /// What has to be said of them, all of it.
        filters: (u32, u32),
    },
}

/// Tells the claims of one slot apart; what is none does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Which {
    /// How it stands to reality; without, neither alleged nor denied.
    pub modality: Option<Modality>,
    /// How it was got from the document.
    pub basis: Option<Basis>,
    /// To which day it refers.
    pub as_of: Option<WhenId>,
    /// Its number.
    pub number: Option<f64>,
}

/// What has to be said of an entity for it to be counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Filter {
    /// The property.
    pub property: Property,
    /// A text or an entity.
    pub value: Value,
}

impl Dossier {
    /// The checks, in the order of the documents.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The terms of a check; the last one is what the others are compared with.
    pub fn terms(&self, check: &Check) -> &[Term] {
        rows_at(&self.terms, check.terms)
    }

    /// The filters of a counting term.
    pub fn filters(&self, range: (u32, u32)) -> &[Filter] {
        rows_at(&self.filters, range)
    }

    /// Where a check comes from.
    pub fn check_evidence(&self, check: &Check) -> impl ExactSizeIterator<Item = &Place> {
        self.places_at(check.evidence)
    }
}
