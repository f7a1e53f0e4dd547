//! The program at work: terminal, threads, event loop.
//!
//! Invariant: the terminal is given back exactly as it was taken, however the program
//! ends.

mod clipboard;
mod conversation;
mod explore;
pub mod input;
pub mod intake;
pub mod loading;
mod pick;
pub mod session;
pub mod signals;
pub mod terminal;
mod worker;

pub use conversation::Stopped;
pub use explore::{Opening, explore};
pub use pick::{Feed, pick};
