//! What a hostile author would write and a careless user would do, and a watch over what comes of it.
//!
//! Invariant: everything is drawn from a seed, and the same seed does the same; tests and the
//! benchmark of what does not break do the same things, the benchmark more of them.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failure here is the test's failure")]

pub mod commands;
pub mod dice;
pub mod events;
pub mod kept;
pub mod mutants;
pub mod pages;
pub mod saves;
pub mod screens;
#[path = "../fuzz/targets.rs"]
pub mod targets;
pub mod words;
pub mod world;
