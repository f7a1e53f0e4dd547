//! What a dossier is: typed ids, dates, names, claims, evidence, and the immutable
//! tables that hold them.
//!
//! Invariant: nothing here reads a file, a clock or a terminal.

#[cfg(test)]
pub mod arbitrary;
pub mod builder;
pub mod dossier;
pub mod id;
pub mod place;
pub mod property;
pub mod vocabulary;
pub mod when;

pub use builder::{Builder, NewClaim, NewValue};
pub use dossier::{Claim, Document, Dossier, Entity, Meta, Name, Value};
pub use id::{ClaimId, DocumentId, EntityId};
pub use place::{Pin, Place, Spot};
pub use property::{Property, Range};
pub use vocabulary::{Basis, Kind, Modality, NameKind, Rank, Sameness};
pub use when::When;
