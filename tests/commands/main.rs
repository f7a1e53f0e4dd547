//! The command line as users see it: the real program, its output, its exit codes, and the README.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

#[path = "../support/mod.rs"]
mod support;

mod as_of;
mod between;
mod claims;
mod contract;
mod diff;
mod environment;
mod finding;
mod formats;
mod guides;
mod help;
mod index;
mod lookups;
mod migrate;
mod mistakes;
mod path;
mod pick;
mod pins;
#[cfg(unix)]
mod private;
mod readme;
mod reference;
mod schema;
mod soundness;
mod subjects;
mod tenures;
mod timeline;
mod unproven;
mod vocabulary;
#[cfg(unix)]
mod writing;
