//! The far side of the program's terminal: what types into it and what shows its output.
//!
//! Invariant: a program that neither reads nor writes cannot hang a test.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Condvar, Mutex, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::WaitIdStatus;

use super::session::DEADLINE;

/// What encloses a frame in the program's output.
const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";

/// Written into the output behind everything else, to know that it was all read.
/// Terminals pass over it.
pub const MARK: &str = "\x1b]7777;mark\x1b\\";

/// Types on a thread of its own: a program that reads no keys must not hang the test.
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

    /// Types; whether the terminal has taken all of it in time.
    pub fn send(&self, keys: &[u8]) -> bool {
        self.keys.send(keys.to_vec()).unwrap();
        self.typed.recv_timeout(DEADLINE).is_ok()
    }

    /// Lets go of the terminal.
    pub fn close(self) {
        drop(self.keys);
        self.thread.join().unwrap();
    }
}

/// What the terminal received, shared with the thread that reads it.
pub struct Shown {
    pub state: Mutex<State>,
    pub changed: Condvar,
}

pub struct State {
    /// The emulator.
    pub parser: vt100::Parser,
    /// Every byte, in order.
    pub transcript: Vec<u8>,
    /// How often the mark was read.
    pub marks: usize,
    /// How many frames have ended, and when the last one did.
    pub frames: usize,
    pub frame_at: Instant,
    /// How the program ended, once it has.
    pub ended: Option<WaitIdStatus>,
    /// Reading rests, as in a terminal that hangs.
    pub paused: bool,
    /// Reading ends with the next byte.
    pub closing: bool,
}

impl State {
    /// Shows bytes that were read at this moment.
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

    /// How often these words end in the last so many bytes.
    fn ended(&self, words: &[u8], new: usize) -> usize {
        let from = (self.transcript.len() - new + 1).saturating_sub(words.len());
        self.transcript[from..].windows(words.len()).filter(|bytes| *bytes == words).count()
    }

    /// Whether the screen is a whole frame, and not the first part of one.
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

    /// Shows what comes out, until the program and we have let go of the terminal.
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

    /// Waits until it is so, and fails with the screen when it never is; gives the moment at which
    /// the last frame until then had ended.
    #[track_caller]
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&State) -> bool) -> Instant {
        self.wait_within(DEADLINE, what, is_so)
    }

    /// The same with another deadline.
    #[track_caller]
    pub fn wait_within(&self, patience: Duration, what: &str, is_so: impl Fn(&State) -> bool) -> Instant {
        let state = self.state.lock().unwrap();
        let (state, timeout) = self.changed.wait_timeout_while(state, patience, |state| !is_so(state)).unwrap();
        let frame_at = state.frame_at;
        // The lock is let go before the failure, for whoever cleans up after it.
        let screen = timeout.timed_out().then(|| rows(state.parser.screen()).join("\n"));
        drop(state);
        if let Some(screen) = screen {
            panic!("waited in vain for {what}:\n{screen}");
        }
        frame_at
    }
}

/// The rows of a screen, without trailing blanks.
pub fn rows(screen: &vt100::Screen) -> Vec<String> {
    let (_, columns) = screen.size();
    screen.rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect()
}

/// A size for the emulator, which knows none of 0.
pub fn whole(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).unwrap_or(NonZeroU16::MIN)
}
