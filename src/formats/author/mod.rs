//! The authored form of a dossier: TOML files that people write by hand.
//!
//! `seeds/README.md` describes the format. Invariant: which table and key means what
//! is decided by the kinds and properties of the model, not here.

mod check;
mod load;
mod loader;
mod node;
mod origin;
mod pins;
mod place;
mod source;
mod statement;

pub use load::{load, load_after};
pub use origin::{Origin, Origins};
pub use pins::{DocumentPins, PINNED_BY, PINS_FILE, locator, slug, without_pins, write_pins};
pub use source::{SourceFile, embedded, read_folder, read_text};
