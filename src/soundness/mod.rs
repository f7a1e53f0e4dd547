//! Whether a dossier is sound: what is wrong, doubtful or remarkable in what was loaded.
//!
//! Invariant: a finding is computed from the dossier alone, is never stored in it, and changes nothing.

mod finding;
mod report;
pub mod rules;

pub use self::finding::{About, Declared, Finding};
pub use self::report::{MOST, defects, limit};
pub use crate::syntax::{Code, Severity};
