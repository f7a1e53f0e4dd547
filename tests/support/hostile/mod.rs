//! Texts of a hostile author, actions of a careless user, and checks of the results.
//!
//! Invariant: everything is derived from a seed, and the same seed does the same. The tests and the reliability
//! benchmark do the same things, the benchmark more of them.

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
