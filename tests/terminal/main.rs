//! The real program in a real terminal: restoring it, opening large dossiers, slow searches, and `annals pick`.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a failure here is the test's failure")]

#[path = "../support/mod.rs"]
mod support;

mod contract;
mod opening;
mod pick;
mod slow_search;
