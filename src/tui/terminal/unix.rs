//! The terminal on Unix: two descriptors and the settings to restore.
//!
//! Invariant: if the terminal can be opened by name, no write blocks; no descriptor that other
//! programs share has its flags changed.

use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::{Errno, fcntl_dupfd_cloexec, write};
use rustix::process::getpgrp;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{OptionalActions, Termios, isatty, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr, ttyname};

const CONTROLLING_TERMINAL: &str = "/dev/tty";

/// Flags for a descriptor that no other program shares, so that it can be non-blocking.
const PRIVATE: OFlags = OFlags::NONBLOCK.union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

/// The terminal, with the settings it had before.
pub struct Device {
    /// Keys are read from it, and its settings are changed.
    input: OwnedFd,
    output: OwnedFd,
    before: Mutex<Termios>,
}

impl Device {
    /// Finds the terminal and notes its settings; changes nothing.
    pub fn open() -> io::Result<Self> {
        // Crossterm's reader chooses in the same way, so that keys are read from the terminal whose settings
        // are changed.
        let (input, is_private) = if isatty(stdin()) {
            (fcntl_dupfd_cloexec(stdin(), 3)?, false)
        } else {
            (open(CONTROLLING_TERMINAL, OFlags::RDWR | PRIVATE, Mode::empty())?, true)
        };
        let before = Mutex::new(tcgetattr(&input)?);
        let output = open_output(&input, is_private)?;
        Ok(Self { input, output, before })
    }

    /// Saves the current settings as those to restore.
    pub fn save_settings(&self) -> io::Result<()> {
        let now = tcgetattr(&self.input)?;
        *self.before() = now;
        Ok(())
    }

    /// Turns off echo, line editing and keys that send signals.
    pub fn make_raw(&self) -> io::Result<()> {
        let mut raw = self.before().clone();
        raw.make_raw();
        tcsetattr(&self.input, OptionalActions::Now, &raw)?;
        Ok(())
    }

    /// Tells crossterm that the terminal is raw; until then it takes Ctrl-J for Enter.
    pub fn tell_reader() -> io::Result<()> {
        crossterm::terminal::enable_raw_mode()
    }

    pub fn restore_settings(&self) {
        // In the background the settings belong to the foreground job, and changing them would stop this one.
        if !self.is_in_foreground() {
            return;
        }
        // Fails only if the terminal is gone.
        let _ = tcsetattr(&self.input, OptionalActions::Now, &self.before());
    }

    /// Returns true if this job is in the foreground, or if the terminal has no jobs.
    pub fn is_in_foreground(&self) -> bool {
        tcgetpgrp(&self.input).map_or(true, |front| front == getpgrp())
    }

    /// Writes as many bytes as the terminal takes at once, and returns their number: 0 if it takes none for now. Blocks
    /// only if the terminal has no name.
    pub fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match write(&self.output, bytes) {
                Ok(count) => return Ok(count),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return Ok(0),
                Err(errno) => return Err(errno.into()),
            }
        }
    }

    /// Writes as many bytes as the terminal takes within the given time.
    pub fn write_within(&self, bytes: &[u8], patience: Duration) {
        let start = Instant::now();
        let mut rest = bytes;
        while !rest.is_empty() {
            let left = patience.saturating_sub(start.elapsed());
            // Also before the first write, which may block.
            if !self.is_writable_within(Some(left)) {
                return;
            }
            match self.write(rest) {
                Ok(0) if left.is_zero() => return,
                Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                Err(_) => return,
            }
        }
    }

    /// Waits until the terminal takes bytes again or is gone; without a time limit if it is `None`. Returns false if the
    /// time is over.
    pub fn is_writable_within(&self, patience: Option<Duration>) -> bool {
        let timeout = patience.and_then(|time| Timespec::try_from(time).ok());
        let mut fds = [PollFd::new(&self.output, PollFlags::OUT)];
        match poll(&mut fds, timeout.as_ref()) {
            Ok(ready) => ready > 0,
            Err(errno) => errno == Errno::INTR,
        }
    }

    pub fn size(&self) -> Option<(u16, u16)> {
        let size = tcgetwinsize(&self.output).ok()?;
        Some((size.ws_col, size.ws_row))
    }

    /// Blocks until the terminal hangs up; returns false if the system cannot poll it.
    pub fn wait_until_gone(&self) -> bool {
        self.hangs_up_within(None)
    }

    /// Returns true if the terminal has hung up, as far as the system can tell.
    pub fn is_gone(&self) -> bool {
        self.hangs_up_within(Some(&Timespec { tv_sec: 0, tv_nsec: 0 }))
    }

    fn hangs_up_within(&self, timeout: Option<&Timespec>) -> bool {
        loop {
            // Without events to wait for, only hang-ups and errors are reported.
            let mut fds = [PollFd::new(&self.input, PollFlags::empty())];
            match poll(&mut fds, timeout) {
                Ok(_) => {
                    return fds.iter().any(|fd| fd.revents().intersects(PollFlags::HUP | PollFlags::ERR));
                }
                Err(Errno::INTR) => {}
                Err(_) => return false,
            }
        }
    }

    fn before(&self) -> MutexGuard<'_, Termios> {
        self.before.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the terminal a second time: such a descriptor can be non-blocking without the shell's becoming
/// non-blocking too. It is the terminal of standard output or, if that is none (a pipe takes the choice), the one
/// of the keys, which may be private already. If it cannot be opened, the shared descriptor is duplicated.
fn open_output(input: &OwnedFd, is_private: bool) -> io::Result<OwnedFd> {
    let shown = isatty(stdout());
    if is_private && !shown {
        return input.try_clone();
    }
    let name = if shown { ttyname(stdout(), Vec::new()) } else { ttyname(input, Vec::new()) };
    let by_name = name
        .and_then(|name| open(name, OFlags::WRONLY | PRIVATE, Mode::empty()))
        .or_else(|_| open(Path::new(CONTROLLING_TERMINAL), OFlags::WRONLY | PRIVATE, Mode::empty()));
    match by_name {
        Ok(output) => Ok(output),
        // A terminal of another namespace has no name here.
        Err(_) if shown => Ok(fcntl_dupfd_cloexec(stdout(), 3)?),
        Err(_) => Ok(fcntl_dupfd_cloexec(input, 3)?),
    }
}
