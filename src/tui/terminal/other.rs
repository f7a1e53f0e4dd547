//! The terminal on systems other than Unix, as far as crossterm supports them.
//!
//! Invariant: the settings are changed and restored by crossterm alone.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use crossterm::event::{DisableMouseCapture, EnableMouseCapture};

/// The terminal; crossterm keeps its settings.
pub struct Device;

impl Device {
    /// Finds the terminal; changes nothing.
    pub fn open() -> io::Result<Self> {
        if io::stdout().is_terminal() { Ok(Self) } else { Err(io::Error::other("standard output is not a terminal")) }
    }

    /// Turns off echo and line editing; turns on the mouse, which is a setting of the old console.
    pub fn make_raw(&self) -> io::Result<()> {
        crossterm::terminal::enable_raw_mode()?;
        crossterm::execute!(io::stdout(), EnableMouseCapture)
    }

    /// Does nothing: crossterm has made the terminal raw itself.
    pub fn tell_reader() -> io::Result<()> {
        Ok(())
    }

    pub fn restore_settings(&self) {
        let _ = crossterm::execute!(io::stdout(), DisableMouseCapture);
        let _ = crossterm::terminal::disable_raw_mode();
    }

    pub fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut output = io::stdout().lock();
        output.write_all(bytes)?;
        output.flush()?;
        Ok(bytes.len())
    }

    /// Writes all bytes, however long it takes.
    pub fn write_within(&self, bytes: &[u8], _patience: Duration) {
        let _ = self.write(bytes);
    }

    /// Returns true, since writes block.
    pub fn is_writable_within(&self, _patience: Option<Duration>) -> bool {
        true
    }

    pub fn size(&self) -> Option<(u16, u16)> {
        crossterm::terminal::size().ok()
    }

    /// Returns false, since it cannot be found out.
    pub fn is_gone(&self) -> bool {
        false
    }
}
