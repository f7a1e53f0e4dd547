//! From a document to the units that evidence points at.
//!
//! Invariant: nothing here writes a document's words anywhere; they are read,
//! measured, hashed and handed back as slices.

pub mod anchor;
pub mod coverage;
#[cfg(test)]
pub(crate) mod fixture;
pub mod library;
pub mod nearest;
pub mod pin;
pub mod usage;
pub mod verify;
