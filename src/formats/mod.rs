//! The formats in which a dossier is read and written, one module each.
//!
//! Invariant: a reader returns all defects of its input, and a writer loses nothing that its format can hold.

pub mod author;
pub mod config;
pub mod csv;
pub mod file;
pub mod jsonl;
pub mod schema;
