//! Starts the terminal and the threads that send events, in the only safe order.
//!
//! Invariant: signals are caught before the terminal is changed, so that none of them leaves
//! it changed.

use std::io;

use super::events::{self, Events};
use super::terminal::{self, Screen};
use super::{input, signals};

/// Takes the terminal, and starts to handle signals and to read keys.
///
/// # Errors
/// As [`terminal::enter`]; if signals cannot be handled or a thread cannot be started.
pub fn open() -> io::Result<(Screen, Events)> {
    let events = events::channel();
    let caught = signals::catch()?;
    let screen = terminal::enter()?;
    caught.handle(events.sender())?;
    signals::watch_terminal()?;
    input::read_terminal(events.sender())?;
    Ok((screen, events))
}
