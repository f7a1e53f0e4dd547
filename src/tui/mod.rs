//! Runs the interfaces: terminal, signals, input, worker threads, event loop.
//!
//! Threads report to one channel (`events`), on which the event loop blocks; `latest` is a channel that keeps only the
//! newest value.
//!
//! Invariant: the terminal is given back exactly as it was taken, however the program ends.

mod clipboard;
mod event_loop;
mod events;
mod explore;
mod input;
mod key_log;
mod latest;
pub mod loading;
mod pick;
mod signals;
pub mod stdin_lines;
mod terminal;
mod worker;

pub use crate::tui::event_loop::Stopped;
pub use explore::{Opening, explore};
pub use key_log::KeyLog;
pub use pick::{Feed, pick};
