//! Hostile files, texts, sizes and inputs: the program reports what is wrong, in bounded time and memory, and never
//! prints anything that acts on a terminal.
//!
//! Each long run is ignored and has a short one beside it: `cargo test --test hostile -- --include-ignored`.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what it did not expect"
)]

#[path = "../support/mod.rs"]
mod support;

mod files;
mod mutants;
mod sizes;
mod text;
