//! Every screen at every size: snapshots, and proof that no keys and no size break a screen.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

#[path = "../support/mod.rs"]
mod support;

mod properties;
mod snapshots;
mod subjects;
