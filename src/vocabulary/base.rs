//! The built-in sets of words on which a dossier can be based.
//!
//! Invariant: every set has the core.

use crate::text::word::words;

words! {
    /// The built-in set on which a dossier is based.
    Base {
        /// Only the core kinds and core properties.
        Core = "core",
        /// The general set.
        General = "general",
        /// What format 1 had.
        V1 = "v1",
    }
}

impl Default for Base {
    fn default() -> Self {
        Self::Core
    }
}
