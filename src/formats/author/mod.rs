//! The authored form of a dossier: TOML files that people write by hand.
//!
//! `seeds/README.md` describes the format. Invariant: which table and key means what
//! is decided by the kinds and properties of the model, not here.

mod load;
mod node;
mod pins;
mod place;
mod source;
mod statement;

pub use load::load;
pub use source::{SourceFile, embedded, read_folder};
