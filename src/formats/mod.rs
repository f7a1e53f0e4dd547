//! Outside forms of a dossier, one module each.
//!
//! Invariant: a reader returns everything that is wrong with its input, and a writer
//! loses nothing that its form can hold.

// What is read here comes from outside.
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unwrap_used
    )
)]

pub mod author;
pub mod config;
pub mod csv;
pub mod defect;
pub mod file;
pub mod jsonl;
