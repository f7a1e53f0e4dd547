//! Whether a dossier is sound: what is wrong, doubtful or remarkable in what was loaded.
//!
//! Invariant: a finding is computed from the dossier, and from its documents if they are at hand; it is never stored in
//! the dossier and changes nothing.

pub mod documents;
mod finding;
mod report;
pub mod rules;

pub use self::finding::{About, Declared, Finding};
pub use self::report::{MOST, content_errors, defects, limit};
pub use crate::syntax::{Code, Severity};
