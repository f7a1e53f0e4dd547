//! Helpers shared by the integration tests and the benchmarks:
//!
//! - `program` runs the real program to its end and reads its output;
//! - `scenario` drives the explorer in process, by keys, and examines its screen;
//! - `session` drives the real program in a terminal of its own, with the same verbs;
//! - `keys` is the notation for keys that both use;
//! - `documents` finds the documents of the dossier and reports tests that were skipped;
//! - `json_schema` validates JSON under a JSON Schema;
//! - `escapes` decides which characters act on a terminal;
//! - `subject` lists the words of the first dossier's subject;
//! - `hostile` makes hostile dossiers, texts, files and events.
//!
//! Invariant: each helper exists once, and none of them decides what a test expects.

#![allow(dead_code, unused_imports, reason = "each test binary uses a part of the helpers")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed helper fails the test")]

pub mod documents;
pub mod escapes;
pub mod json_schema;
pub mod keys;
pub mod program;
pub mod scenario;
pub mod subject;

#[cfg(unix)]
pub mod contract;
#[cfg(unix)]
mod emulator;
#[cfg(unix)]
pub mod hostile;
#[cfg(unix)]
mod session;
#[cfg(unix)]
pub mod tour;

#[cfg(unix)]
pub use emulator::rows;
#[cfg(unix)]
pub use session::{Ending, Session, Signal, terminal};
