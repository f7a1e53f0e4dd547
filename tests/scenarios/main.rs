//! Actions of a reader, key by key, and the screens they lead to: questions and their answers, keys of the panes, keys
//! of time, and a dossier that arrives while it is used.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

#[path = "../support/mod.rs"]
mod support;

mod incremental_load;
mod keys;
#[cfg(unix)]
mod questions;
mod time;
