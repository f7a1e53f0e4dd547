//! The dossier against its documents: their passages, the evidence from them, and the answers that rest on it.
//!
//! If the documents are not beside the checkout, the tests that need them report that they were skipped.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod evidence;
mod grounding;
mod passages;
