//! The built-in sets of words on which a dossier can be based.
//!
//! Invariant: every set has the core.

use crate::text::word::words;

words! {
    /// The built-in set on which a dossier is based.
    #[derive(Default)]
    Base {
        /// Only the core kinds and core properties.
        #[default]
        Core = "core",
        /// The general set.
        General = "general",
        /// What format 1 had.
        V1 = "v1",
    }
}
