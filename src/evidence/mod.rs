//! Links evidence to units of documents: pins, verification, usage and coverage.
//!
//! Invariant: nothing here writes text of a document; it is read, measured, hashed and lent as slices.

pub mod anchor;
pub mod coverage;
#[cfg(test)]
pub(crate) mod fixture;
pub mod grounding;
pub mod library;
pub mod pin;
pub mod quotes;
pub mod usage;
pub mod verify;
