//! The terminal as Unix knows it: two descriptors and the settings to give back.
//!
//! Invariant: where the terminal can be opened by name, no write blocks, and no
//! descriptor that other programs share has its flags changed.

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

/// How we open a terminal for ourselves: nobody else has the descriptor, so that it may not block.
const OUR_OWN: OFlags = OFlags::NONBLOCK.union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

/// The terminal, with the settings it had before.
pub struct Device {
    /// Where keys come from; it is also the one whose settings change.
    input: OwnedFd,
    output: OwnedFd,
    /// Whether no write to `output` waits.
    never_waits: bool,
    before: Mutex<Termios>,
}

/// What became of a write.
pub enum Written {
    /// So many bytes were taken.
    Bytes(usize),
    /// The terminal takes none for now.
    Full,
}

impl Device {
    /// Finds the terminal and notes its settings; changes nothing.
    pub fn open() -> io::Result<Self> {
        // The same choice as crossterm's reader makes, so that keys are read from
        // the terminal whose settings we change.
        let (input, is_ours) = if isatty(stdin()) {
            (fcntl_dupfd_cloexec(stdin(), 3)?, false)
        } else {
            (open(CONTROLLING_TERMINAL, OFlags::RDWR | OUR_OWN, Mode::empty())?, true)
        };
        let before = Mutex::new(tcgetattr(&input)?);
        let (output, never_waits) = open_output(&input, is_ours)?;
        Ok(Self { input, output, never_waits, before })
    }

    /// Notes the settings as they are now.
    pub fn save_settings(&self) -> io::Result<()> {
        let now = tcgetattr(&self.input)?;
        *self.before() = now;
        Ok(())
    }

    /// No echo, no line editing, no keys that send signals.
    pub fn make_raw(&self) -> io::Result<()> {
        let mut raw = self.before().clone();
        raw.make_raw();
        tcsetattr(&self.input, OptionalActions::Now, &raw)?;
        Ok(())
    }

    /// Changes nothing more; but crossterm takes Ctrl-J for Enter until it is told.
    pub fn tell_reader() -> io::Result<()> {
        crossterm::terminal::enable_raw_mode()
    }

    /// Gives back the settings noted last.
    pub fn restore_settings(&self) {
        // In the background they belong to whoever is in front, and asking to change
        // them would stop us here.
        if !self.is_in_front() {
            return;
        }
        // It fails only where there is no terminal left to restore.
        let _ = tcsetattr(&self.input, OptionalActions::Now, &self.before());
    }

    /// Whether our job is the one the terminal listens to; also where it has no jobs.
    pub fn is_in_front(&self) -> bool {
        tcgetpgrp(&self.input).map_or(true, |front| front == getpgrp())
    }

    /// Whether a [`write`](Self::write) never waits.
    pub fn never_waits(&self) -> bool {
        self.never_waits
    }

    /// Writes what the terminal takes at once, where it has a name; else all of it.
    pub fn write(&self, bytes: &[u8]) -> io::Result<Written> {
        loop {
            match write(&self.output, bytes) {
                Ok(count) => return Ok(Written::Bytes(count)),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return Ok(Written::Full),
                Err(errno) => return Err(errno.into()),
            }
        }
    }

    /// Writes as much of it as the terminal takes within that time.
    pub fn write_within(&self, bytes: &[u8], patience: Duration) {
        let start = Instant::now();
        let mut rest = bytes;
        while !rest.is_empty() {
            let left = patience.saturating_sub(start.elapsed());
            // Before the write as well: the output may be one that blocks.
            if !self.is_writable_within(Some(left)) {
                return;
            }
            match self.write(rest) {
                Ok(Written::Bytes(count)) => rest = rest.get(count..).unwrap_or_default(),
                Ok(Written::Full) if left.is_zero() => return,
                Ok(Written::Full) => {}
                Err(_) => return,
            }
        }
    }

    /// Waits until the terminal takes bytes again or is gone; `None` waits for ever.
    pub fn wait_until_writable(&self, patience: Option<Duration>) {
        self.is_writable_within(patience);
    }

    fn is_writable_within(&self, patience: Option<Duration>) -> bool {
        let timeout = patience.and_then(|time| Timespec::try_from(time).ok());
        let mut fds = [PollFd::new(&self.output, PollFlags::OUT)];
        match poll(&mut fds, timeout.as_ref()) {
            Ok(ready) => ready > 0,
            Err(errno) => errno == Errno::INTR,
        }
    }

    /// Columns and rows.
    pub fn size(&self) -> Option<(u16, u16)> {
        let size = tcgetwinsize(&self.output).ok()?;
        Some((size.ws_col, size.ws_row))
    }

    /// Blocks until the terminal hangs up; `false` where the system cannot poll it.
    pub fn wait_until_gone(&self) -> bool {
        self.hangs_up_within(None)
    }

    /// Whether the terminal has hung up, as far as the system can tell.
    pub fn is_gone(&self) -> bool {
        self.hangs_up_within(Some(&Timespec { tv_sec: 0, tv_nsec: 0 }))
    }

    fn hangs_up_within(&self, timeout: Option<&Timespec>) -> bool {
        loop {
            // Asking for no event leaves just hang-ups and errors to wake us.
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

/// The terminal by another door: opened anew, writes to it can be made not to block
/// without our shell's descriptor ceasing to block too. It is that of standard output, or
/// where that is no terminal (a pipe takes what is chosen), that of the keys, which may be
/// opened anew already. Where there is no such door the descriptor is the shared one: the
/// second says that it is not.
fn open_output(input: &OwnedFd, is_ours: bool) -> io::Result<(OwnedFd, bool)> {
    let shown = isatty(stdout());
    if is_ours && !shown {
        return Ok((input.try_clone()?, true));
    }
    let name = if shown { ttyname(stdout(), Vec::new()) } else { ttyname(input, Vec::new()) };
    let by_name = name
        .and_then(|name| open(name, OFlags::WRONLY | OUR_OWN, Mode::empty()))
        .or_else(|_| open(Path::new(CONTROLLING_TERMINAL), OFlags::WRONLY | OUR_OWN, Mode::empty()));
    match by_name {
        Ok(output) => Ok((output, true)),
        // A terminal of another namespace has no name here.
        Err(_) if shown => Ok((fcntl_dupfd_cloexec(stdout(), 3)?, false)),
        Err(_) => Ok((fcntl_dupfd_cloexec(input, 3)?, false)),
    }
}
