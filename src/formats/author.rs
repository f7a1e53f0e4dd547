//! The authored form of a dossier: TOML files that people write by hand.
//!
//! `seeds/README.md` describes the format.
//!
//! Invariant: the tables and keys that a file may have are the kinds and properties of the model.

mod about;
mod check;
mod claims;
mod details;
mod key_file;
mod loader;
mod notes;
mod origin;
mod pin_files;
mod pins;
mod place;
mod source;
mod tables;
mod words;
mod written;

pub use key_file::{KEY_FILE, StoredKey, read_key};
pub use notes::Mark;
pub use origin::Origins;
pub use pin_files::{Outdated, PINS_FOLDER, PinChanges, pin_changes, split_pins};
pub use pins::{DocumentPins, KEYED, PINNED_BY, locator, slug, write_pins};
pub use source::{MAX_BYTES, embedded, read_folder, read_text};
pub use tables::{load, load_after, load_written};
pub use words::FORMAT;
pub use written::{Row, Written};
