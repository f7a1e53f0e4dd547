//! The data of a dossier: typed ids, dates, names, claims, evidence, and the immutable tables that hold them.
//!
//! Invariant: nothing here reads a file, a clock or a terminal.

#[cfg(test)]
pub mod arbitrary;
#[expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "its numbers are those of rows it has, and are counted by u32, as a reader sees to before"
)]
pub mod builder;
pub mod check;
pub mod claim_id;
mod claims;
pub mod complete;
pub mod compute;
pub mod details;
pub mod dossier;
pub(crate) mod evidence;
pub mod id;
pub mod interval;
pub(crate) mod mentions;
pub mod moment;
pub mod names;
pub mod place;
pub(crate) mod pool;
pub mod public;
pub mod quantity;
pub mod review;
mod reviewed;
pub mod rows;
mod stance;
pub mod subset;
pub mod texts;
pub mod when;
pub mod window;
pub mod words;

pub use crate::vocabulary::{Core, CoreKind, KindId, PropertyId, Range, Unit, Vocabulary};
pub use builder::{
    Builder, NewCheck, NewClaim, NewDetails, NewFilter, NewNameDetails, NewReference, NewTerm, NewValue, NewWhich,
};
pub use check::{Check, Filter, Term, Which};
pub use complete::Complete;
pub use details::{Details, Reference};
pub use dossier::{Claim, Document, Dossier, Entity, Meta, Name, Value};
pub use id::{ClaimId, DocumentId, EntityId};
pub use interval::{CalendarSpan, Direction, Interval, IntervalBound};
pub use moment::Moment;
pub use place::{Pin, Place, Spot};
pub use quantity::{Number, Quantity};
pub use review::{Review, ReviewVerdict};
pub use rows::{NameDetails, SourceKey};
pub use subset::Subset;
pub use when::{Hemisphere, When};
pub use window::DayWindow;
pub use words::{Basis, Digests, Modality, NameKind, Operation, Rank, Relation, Sameness, State, Verdict};
