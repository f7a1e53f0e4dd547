//! Starts the interface's terminal, threads and inbox in the one safe order.
//!
//! Invariant: signals are handled before the terminal is touched.

use std::io;

use super::input::{self, Inbox};
use super::signals;
use super::terminal::{self, Screen};

/// Takes the terminal and starts the threads that feed the inbox.
///
/// # Errors
/// As [`terminal::enter`]; or when a thread cannot be started.
pub fn open() -> io::Result<(Screen, Inbox)> {
    let inbox = input::inbox();
    signals::watch(inbox.post())?;
    let screen = terminal::enter()?;
    signals::watch_terminal()?;
    input::read_terminal(inbox.post())?;
    Ok((screen, inbox))
}
