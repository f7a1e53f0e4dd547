//! Whether a dossier is sound: what is wrong, doubtful or remarkable in what was loaded.
//!
//! Invariant: a finding is computed from the dossier alone, is never stored in it, and changes nothing.

pub use crate::syntax::{Code, Severity};
