//! The program at work: terminal, threads, event loop.
//!
//! Invariant: the terminal is given back exactly as it was taken, however the program
//! ends.

mod clipboard;
mod explore;
pub mod input;
pub mod session;
pub mod signals;
pub mod terminal;

pub use explore::explore;
