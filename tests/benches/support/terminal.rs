//! Runs a program in a terminal of its own and measures when its screen shows something.
//!
//! Invariant: bytes carry the time at which they were read, so the time spent on examining the screen is in no figure.

use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::process::{self, Activity};

/// Rows and columns of the terminal.
pub const ROWS: u16 = 40;
pub const COLUMNS: u16 = 120;

/// Queries after which a program waits for the terminal, each with the answer.
const QUESTIONS: [(&[u8], &[u8]); 2] = [(b"\x1b[6n", b"\x1b[1;1R"), (b"\x1b[c", b"\x1b[?1;2c")];

/// The longest wait for a pause in the output, as a multiple of the pause.
const MANY: u32 = 20;

/// The error that ends a measurement.
pub type Trouble = Box<dyn std::error::Error>;

type Writer = Arc<Mutex<Box<dyn std::io::Write + Send>>>;

/// A program that runs in a terminal.
pub struct Running {
    /// The time of the start.
    pub started: Instant,
    child: Box<dyn Child + Send + Sync>,
    writer: Writer,
    output: Receiver<(Instant, Vec<u8>)>,
    parser: vt100::Parser,
    _master: Box<dyn MasterPty + Send>,
}

impl Running {
    /// Starts a program in a terminal that answers its queries.
    pub fn start(command: CommandBuilder) -> Result<Self, Trouble> {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size)?;
        let mut reader = pty.master.try_clone_reader()?;
        let writer: Writer = Arc::new(Mutex::new(pty.master.take_writer()?));
        let answers = Arc::clone(&writer);
        let (send, output) = channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                let at = Instant::now();
                for (question, answer) in QUESTIONS {
                    for _ in 0..buffer[..read].windows(question.len()).filter(|bytes| *bytes == question).count() {
                        let _ = answers.lock().unwrap_or_else(PoisonError::into_inner).write_all(answer);
                    }
                }
                if send.send((at, buffer[..read].to_vec())).is_err() {
                    return;
                }
            }
        });
        let parser = vt100::Parser::new(cells(ROWS), cells(COLUMNS), 0);
        let started = Instant::now();
        let child = pty.slave.spawn_command(command)?;
        Ok(Self { started, child, writer, output, parser, _master: pty.master })
    }

    /// Types keys, and returns the time just before.
    pub fn send(&mut self, keys: &[u8]) -> Result<Instant, Trouble> {
        let sent = Instant::now();
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).write_all(keys)?;
        Ok(sent)
    }

    /// Waits until the screen meets a condition, and returns the time of the output that made it true, or the present
    /// if it was true already.
    pub fn wait_until(
        &mut self,
        what: &str,
        patience: Duration,
        is_so: impl Fn(&vt100::Screen) -> bool,
    ) -> Result<Instant, Trouble> {
        let end = Instant::now() + patience;
        let mut at = Instant::now();
        while !is_so(self.parser.screen()) {
            at = self.take(end.saturating_duration_since(Instant::now())).map_err(|error| {
                format!("waited in vain for {what} ({error}):\n{}", self.parser.screen().contents())
            })?;
        }
        Ok(at)
    }

    /// Like [`wait_until`](Self::wait_until), but the condition must still hold when the output has paused for `rest`.
    /// Returns the time when it last became true.
    pub fn settle(
        &mut self,
        what: &str,
        rest: Duration,
        patience: Duration,
        is_so: impl Fn(&vt100::Screen) -> bool,
    ) -> Result<Instant, Trouble> {
        let mut settled = self.wait_until(what, patience, &is_so)?;
        let mut was_so = true;
        let end = Instant::now() + patience;
        loop {
            match self.take(rest) {
                Ok(at) => {
                    let now_so = is_so(self.parser.screen());
                    if now_so && !was_so {
                        settled = at;
                    }
                    was_so = now_so;
                }
                Err(RecvTimeoutError::Timeout) if was_so => return Ok(settled),
                Err(RecvTimeoutError::Timeout) if Instant::now() < end => {}
                Err(error) => {
                    let screen = self.parser.screen().contents();
                    return Err(format!("{what} did not stay ({error}):\n{screen}").into());
                }
            }
        }
    }

    /// Reads all output until it pauses for `rest`, or until the program has not paused for a long time. Returns the
    /// time of the last output, if there was any.
    pub fn rest(&mut self, rest: Duration) -> Option<Instant> {
        let end = Instant::now() + rest * MANY;
        let mut last = None;
        while Instant::now() < end
            && let Ok(at) = self.take(rest)
        {
            last = Some(at);
        }
        last
    }

    /// Like [`rest`](Self::rest), but first waits for the output to begin. Returns the time of the last output.
    pub fn answer(&mut self, patience: Duration, rest: Duration) -> Result<Instant, Trouble> {
        let first = self.take(patience)?;
        Ok(self.rest(rest).unwrap_or(first))
    }

    /// Returns the current screen.
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    fn take(&mut self, patience: Duration) -> Result<Instant, RecvTimeoutError> {
        let (at, bytes) = self.output.recv_timeout(patience)?;
        self.parser.process(&bytes);
        Ok(at)
    }

    /// Returns the peak memory in mebibytes, as the kernel counts it.
    pub fn peak_memory(&self) -> Option<f64> {
        process::peak_memory(self.child.process_id()?)
    }

    /// Returns the activity of the program so far.
    pub fn activity(&self) -> Option<Activity> {
        process::activity(self.child.process_id()?)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns true if the screen shows a text.
pub fn shows(screen: &vt100::Screen, text: &str) -> bool {
    screen.contents().contains(text)
}

fn cells(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).unwrap_or(NonZeroU16::MIN)
}
