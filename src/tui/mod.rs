//! The program at work: terminal, threads, event loop.
//!
//! Invariant: the terminal is given back exactly as it was taken, however the program
//! ends.

mod clipboard;
pub mod event_loop;
pub mod events;
mod explore;
pub mod input;
mod key_log;
pub mod loading;
mod pick;
pub mod session;
pub mod signals;
pub mod stdin_lines;
pub mod terminal;
mod worker;

pub use crate::tui::event_loop::Stopped;
pub use explore::{Opening, explore};
pub use key_log::KeyLog;
pub use pick::{Feed, pick};
