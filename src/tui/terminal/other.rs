//! The terminal where there is no Unix: what crossterm offers, and no more.
//!
//! Invariant: the settings are changed and given back by crossterm alone.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use crossterm::event::{DisableMouseCapture, EnableMouseCapture};

/// The terminal; crossterm keeps its settings.
pub struct Device;

/// What became of a write.
pub enum Written {
    /// So many bytes were taken.
    Bytes(usize),
    /// The terminal takes none for now: never reported here, for these writes block.
    #[expect(dead_code, reason = "the other systems' writes can report it")]
    Full,
}

impl Device {
    /// Finds the terminal; changes nothing.
    pub fn open() -> io::Result<Self> {
        if io::stdout().is_terminal() { Ok(Self) } else { Err(io::Error::other("standard output is not a terminal")) }
    }

    /// No echo, no line editing; the mouse is a setting too, for the old console.
    pub fn make_raw(&self) -> io::Result<()> {
        crossterm::terminal::enable_raw_mode()?;
        crossterm::execute!(io::stdout(), EnableMouseCapture)
    }

    /// Does nothing: crossterm has made it so.
    pub fn tell_reader() -> io::Result<()> {
        Ok(())
    }

    /// Gives back the settings.
    pub fn restore_settings(&self) {
        let _ = crossterm::execute!(io::stdout(), DisableMouseCapture);
        let _ = crossterm::terminal::disable_raw_mode();
    }

    /// Whether a [`write`](Self::write) never waits: these do.
    pub fn never_waits(&self) -> bool {
        false
    }

    /// Writes all of it.
    pub fn write(&self, bytes: &[u8]) -> io::Result<Written> {
        let mut output = io::stdout().lock();
        output.write_all(bytes)?;
        output.flush()?;
        Ok(Written::Bytes(bytes.len()))
    }

    /// Writes all of it, however long it takes.
    pub fn write_within(&self, bytes: &[u8], _patience: Duration) {
        let _ = self.write(bytes);
    }

    /// Does nothing: these writes block.
    pub fn wait_until_writable(&self, _patience: Option<Duration>) {}

    /// Cannot tell.
    pub fn is_gone(&self) -> bool {
        false
    }
}
