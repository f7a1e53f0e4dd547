//! Starts the interface's terminal, threads and inbox in the one safe order.
//!
//! Invariant: signals are handled before the terminal is touched; obeyed they are from the first
//! frame on, before anybody waits for the terminal to take the rest of it.

use std::io;

use super::input::{self, Inbox, Post};
use super::signals::{self, Caught};
use super::terminal::{self, Screen};

/// Takes the terminal. What feeds the inbox starts with the first frame, for which it would be in the way.
///
/// # Errors
/// As [`terminal::enter`]; or when signals cannot be handled.
pub fn open() -> io::Result<(Screen, Inbox, Feeders)> {
    let inbox = input::inbox();
    let caught = signals::catch()?;
    let screen = terminal::enter()?;
    let feeders = Feeders { caught, post: inbox.post() };
    Ok((screen, inbox, feeders))
}

/// The threads that feed the inbox, before they start.
pub struct Feeders {
    caught: Caught,
    post: Post,
}

impl Feeders {
    /// Starts them.
    ///
    /// # Errors
    /// When a thread cannot be started.
    pub fn start(self) -> io::Result<()> {
        self.caught.obey(self.post.clone())?;
        signals::watch_terminal()?;
        input::read_terminal(self.post)
    }
}
