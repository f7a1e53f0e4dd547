//! Checks: sums, ratios and bounds that the documents imply.
//!
//! Invariant: a check names its numbers by the slots in which they stand and never holds a
//! copy of them, so a claim that changes or goes changes the result or makes it impossible.

use super::evidence::Cited;
use super::id::{EntityId, Sym, WhenId};
use super::property::Property;
use super::quantity::Quantity;
use super::rows::Value;
use super::vocabulary::{Basis, Kind, Modality, Operation, Relation};

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
