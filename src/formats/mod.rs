//! Outside forms of a dossier, one module each.
//!
//! Invariant: a reader returns everything that is wrong with its input, and a writer
//! loses nothing that its form can hold.

pub mod author;
pub mod config;
pub mod csv;
pub mod defect;
pub mod file;
pub mod jsonl;
