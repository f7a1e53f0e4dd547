//! Checks: sums, ratios and bounds that the documents imply.
//!
//! Invariant: a check refers to the slots of its numbers and has no copy of them, so that a claim that changes or is
//! removed changes the result or makes it impossible.

use super::evidence::Cited;
use super::id::{EntityId, Sym, WhenId};
use super::quantity::Quantity;
use super::rows::Value;
use super::words::{Basis, Modality, Operation, Relation};
use crate::vocabulary::KindId;
use crate::vocabulary::PropertyId;

/// A check: the result of its terms except the last, compared with the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// Its subject in a few words.
    pub label: Sym,
    /// The operation on the terms except the last.
    pub operation: Operation,
    /// The relation that the result must have to the last term.
    pub relation: Relation,
    /// A remark of the dossier's authors.
    pub note: Option<Sym>,
    pub(crate) terms: (u32, u32),
    pub(crate) evidence: Cited,
}

/// The origin of a number of a check.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Term {
    /// The one number of a slot.
    Slot {
        /// The entity.
        entity: EntityId,
        /// The property.
        property: PropertyId,
        /// The choice among several claims.
        which: Which,
    },
    /// A number of the check itself.
    Constant(Quantity),
    /// The number of entities of a kind.
    Count {
        /// The kind.
        kind: KindId,
        /// The range of the filters, all of which must hold.
        filters: (u32, u32),
    },
}

/// Selects among the claims of one slot; a field that is `None` matches any claim.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Which {
    /// Its relation to reality; `None` matches neither alleged nor denied claims.
    pub modality: Option<Modality>,
    /// The way it was taken from the document.
    pub basis: Option<Basis>,
    /// The date to which it refers.
    pub as_of: Option<WhenId>,
    /// Its number.
    pub number: Option<f64>,
}

/// A claim that an entity must have to be counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Filter {
    /// The property.
    pub property: PropertyId,
    /// A text or an entity.
    pub value: Value,
}
