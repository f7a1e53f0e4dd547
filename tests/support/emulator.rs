//! The other end of the program's terminal: types into it and interprets the output.
//!
//! Invariant: a program that neither reads nor writes cannot hang a test.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Condvar, Mutex, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::WaitIdStatus;

use super::session::DEADLINE;

/// The sequences around a frame in the program's output.
const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";

/// Written to the terminal after the program's output, to detect that all of it was read. Terminals ignore it.
pub const MARK: &str = "\x1b]7777;mark\x1b\\";

/// Types on a thread of its own, so that a program that reads no keys cannot block the test.
pub struct Keyboard {
    keys: mpsc::Sender<Vec<u8>>,
    typed: mpsc::Receiver<()>,
    thread: JoinHandle<()>,
}

impl Keyboard {
    pub fn new(mut line: Box<dyn Write + Send>) -> Self {
        let (keys, waiting) = mpsc::channel::<Vec<u8>>();
        let (done, typed) = mpsc::channel();
        let thread = thread::spawn(move || {
            for keys in waiting {
                if line.write_all(&keys).is_err() || done.send(()).is_err() {
                    return;
                }
            }
        });
        Self { keys, typed, thread }
    }

    /// Types keys. Returns false if the terminal does not take all of them in time.
    pub fn send(&self, keys: &[u8]) -> bool {
        self.keys.send(keys.to_vec()).unwrap();
        self.typed.recv_timeout(DEADLINE).is_ok()
    }

    /// Closes this handle to the terminal when all keys are typed.
    pub fn close(self) {
        drop(self.keys);
        self.thread.join().unwrap();
    }
}

/// The output that the terminal received, shared with the thread that reads it.
pub struct Shown {
    pub state: Mutex<State>,
    pub changed: Condvar,
}

pub struct State {
    /// The terminal emulator.
    pub parser: vt100::Parser,
    /// All bytes received, in order.
    pub transcript: Vec<u8>,
    /// The number of marks read.
    pub marks: usize,
    /// The number of finished frames, and the time at which the last one ended.
    pub frames: usize,
    pub frame_at: Instant,
    /// The exit status of the program, once it has ended.
    pub ended: Option<WaitIdStatus>,
    /// Suspends reading, as in a terminal that hangs.
    pub paused: bool,
    /// Ends reading after the next bytes.
    pub closing: bool,
}

impl State {
    /// Interprets bytes that were read at the time `at`.
    fn take(&mut self, bytes: &[u8], at: Instant) {
        self.transcript.extend_from_slice(bytes);
        let (frames, marks) = (self.ended(END_FRAME, bytes.len()), self.ended(MARK.as_bytes(), bytes.len()));
        self.marks += marks;
        self.frames += frames;
        if frames > 0 {
            self.frame_at = at;
        }
        self.parser.process(bytes);
    }

    /// Returns the number of times that `words` ends within the last `new` bytes.
    fn ended(&self, words: &[u8], new: usize) -> usize {
        let from = (self.transcript.len() - new + 1).saturating_sub(words.len());
        self.transcript[from..].windows(words.len()).filter(|bytes| *bytes == words).count()
    }

    /// Returns true if the last frame on the screen is complete.
    pub fn is_whole(&self) -> bool {
        let mut marks = self.transcript.windows(BEGIN_FRAME.len()).rev();
        marks.find(|bytes| *bytes == BEGIN_FRAME || *bytes == END_FRAME) != Some(BEGIN_FRAME)
    }
}

impl Shown {
    pub fn new((columns, rows): (u16, u16)) -> Self {
        let parser = vt100::Parser::new(whole(rows), whole(columns), 0);
        let state = State {
            parser,
            transcript: Vec::new(),
            marks: 0,
            frames: 0,
            frame_at: Instant::now(),
            ended: None,
            paused: false,
            closing: false,
        };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Reads and interprets the output until the program and the session have closed the terminal, or `closing` is
    /// set.
    pub fn follow(&self, mut output: impl Read) {
        let mut bytes = [0; 16 * 1024];
        loop {
            let paused = self.state.lock().unwrap();
            drop(self.changed.wait_while(paused, |state| state.paused && !state.closing).unwrap());
            let count = output.read(&mut bytes).unwrap_or(0);
            let read_at = Instant::now();
            let mut state = self.state.lock().unwrap();
            state.take(&bytes[..count], read_at);
            self.changed.notify_all();
            if count == 0 || state.closing {
                return;
            }
        }
    }

    /// Waits until a condition holds, and returns the time at which the last frame before that ended. Fails with the
    /// screen if the condition does not hold in time.
    #[track_caller]
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&State) -> bool) -> Instant {
        self.wait_within(DEADLINE, what, is_so)
    }

    /// Like [`wait_until`](Self::wait_until), with another deadline.
    #[track_caller]
    pub fn wait_within(&self, patience: Duration, what: &str, is_so: impl Fn(&State) -> bool) -> Instant {
        let state = self.state.lock().unwrap();
        let (state, timeout) = self.changed.wait_timeout_while(state, patience, |state| !is_so(state)).unwrap();
        let frame_at = state.frame_at;
        // The lock is released before the panic, so that dropping the session does not find it poisoned.
        let screen = timeout.timed_out().then(|| rows(state.parser.screen()).join("\n"));
        drop(state);
        if let Some(screen) = screen {
            panic!("waited in vain for {what}:\n{screen}");
        }
        frame_at
    }
}

/// Returns the rows of a screen, without trailing spaces.
pub fn rows(screen: &vt100::Screen) -> Vec<String> {
    let (_, columns) = screen.size();
    screen.rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect()
}

/// Returns a size for the emulator, which does not support 0.
pub fn whole(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).unwrap_or(NonZeroU16::MIN)
}
