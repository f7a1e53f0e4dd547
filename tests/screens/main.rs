//! Every screen at every size: pictures of each, and that no keys and no size break one.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what it did not expect")]

#[path = "../support/mod.rs"]
mod support;

mod properties;
mod snapshots;
