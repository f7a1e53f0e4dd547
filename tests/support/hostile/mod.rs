//! What a hostile author would write and a careless user would do, and checks of what comes of it.
//!
//! Invariant: everything is drawn from a seed, and the same seed does the same. The tests and the
//! reliability benchmark do the same things, the benchmark more of them.

use super::escapes;

pub mod commands;
pub mod dice;
pub mod events;
pub mod kept;
pub mod mutants;
pub mod pages;
pub mod saves;
pub mod screens;
#[path = "../../fuzz/targets.rs"]
pub mod targets;
pub mod words;
pub mod world;
