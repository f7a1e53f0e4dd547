//! Changes of a user's own TOML files: planned, tried in memory, and then written.
//!
//! Invariant: nothing is written unless the changed files are a sound dossier, and what is not changed stays as it is,
//! byte for byte.

mod edits;
pub mod ids;
pub mod migrate;
mod plan;

pub use edits::Change;
pub use plan::{Plan, Refusal};
