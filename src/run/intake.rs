//! Lines that come from another program, read on a thread of their own.
//!
//! Invariant: every line is kept as the bytes that came, without its line break, and under
//! the number of its place; what is searched and shown of it is text.

use std::collections::HashMap;
use std::io::{self, Read};
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::input::Post;
use crate::app::pick::Growth;
use crate::catalogue::search::Lines;

/// The least time between two wake-ups of the loop while lines come.
const BETWEEN_NEWS: Duration = Duration::from_millis(50);

/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// See the module.
pub struct Intake {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    store: Mutex<Store>,
    grown: Condvar,
}

#[derive(Default)]
struct Store {
    lines: Lines,
    /// The bytes of the lines that are not UTF-8.
    raw: HashMap<u32, Vec<u8>>,
    /// The start of a line of which the rest is still to come.
    open: Vec<u8>,
    has_ended: bool,
    error: Option<io::Error>,
    post: Option<Post>,
    /// Whether there is anything that [`Intake::news`] has not told.
    is_new: bool,
}

impl Intake {
    /// Starts to read.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn start(input: impl Read + Send + 'static) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        thread::Builder::new().name("intake".into()).spawn(move || own.read(input))?;
        Ok(Self { shared })
    }

    /// Waits until the first lines are there, or there will be none, but no longer than that.
    pub fn wait_for_some(&self, patience: Duration) {
        let waits = |store: &mut Store| store.lines.is_empty() && !store.has_ended;
        drop(self.shared.grown.wait_timeout_while(self.shared.store(), patience, waits));
    }

    /// Waits until all lines are there.
    pub fn wait_for_all(&self) {
        drop(self.shared.grown.wait_while(self.shared.store(), |store| !store.has_ended));
    }

    /// Wakes the loop behind `post` when lines come, at most twenty times a second.
    pub fn watch(&self, post: Post) {
        self.shared.store().post = Some(post);
    }

    /// The lines so far, if any came since this was called last.
    ///
    /// # Errors
    /// When they cannot be read any further.
    pub fn news(&self) -> io::Result<Option<Growth>> {
        let mut store = self.shared.store();
        if let Some(error) = store.error.take() {
            return Err(error);
        }
        let growth = Growth { lines: store.lines.clone(), is_reading: !store.has_ended };
        Ok(mem::take(&mut store.is_new).then_some(growth))
    }

    /// The bytes of a line as they came.
    pub fn bytes(&self, line: u32) -> Vec<u8> {
        let store = self.shared.store();
        store.raw.get(&line).cloned().unwrap_or_else(|| store.lines.get(line).as_bytes().to_vec())
    }
}

impl Shared {
    fn read(&self, mut input: impl Read) {
        let mut chunk = vec![0; CHUNK];
        let mut told: Option<Instant> = None;
        loop {
            let end = match input.read(&mut chunk) {
                Ok(0) => Some(None),
                Ok(count) => {
                    self.store().take(chunk.get(..count).unwrap_or(&chunk));
                    None
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Some(Some(error)),
            };
            let has_ended = end.is_some();
            if let Some(error) = end {
                self.store().end(error);
            }
            self.grown.notify_all();
            if has_ended || told.is_none_or(|told| told.elapsed() >= BETWEEN_NEWS) {
                told = Some(Instant::now());
                if let Some(post) = &self.store().post {
                    post.wake();
                }
            }
            if has_ended {
                return;
            }
        }
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    fn take(&mut self, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            match piece.strip_suffix(b"\n") {
                Some(line) if self.open.is_empty() => self.push(line),
                Some(line) => {
                    let mut whole = mem::take(&mut self.open);
                    whole.extend_from_slice(line);
                    self.push(&whole);
                }
                None => self.open.extend_from_slice(piece),
            }
        }
    }

    fn push(&mut self, line: &[u8]) {
        if let Ok(text) = str::from_utf8(line) {
            self.lines.push(text);
        } else {
            self.raw.insert(self.lines.len() as u32, line.to_vec());
            self.lines.push(&String::from_utf8_lossy(line));
        }
        self.is_new = true;
    }

    fn end(&mut self, error: Option<io::Error>) {
        // The last line may lack its break.
        let last = mem::take(&mut self.open);
        if !last.is_empty() {
            self.push(&last);
        }
        self.error = error;
        self.has_ended = true;
        self.is_new = true;
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failure here is the test's failure")]
mod tests {
    use super::*;

    /// Gives its bytes a few at a time.
    struct Drops(Vec<u8>, usize);

    impl Read for Drops {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0.drain(..count);
            Ok(count)
        }
    }

    #[test]
    fn lines_come_back_byte_for_byte_however_they_were_cut() {
        let bytes = b"one\n\ncaf\xe9\r\nna\xc3\xafve\nlast".to_vec();
        for step in 1..=bytes.len() {
            let intake = Intake::start(Drops(bytes.clone(), step)).unwrap();
            intake.wait_for_all();
            let growth = intake.news().unwrap().unwrap();
            assert!(!growth.is_reading);
            let back: Vec<_> = (0..growth.lines.len() as u32).map(|line| intake.bytes(line)).collect();
            let wanted: Vec<_> = bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
            assert_eq!(back, wanted, "in steps of {step}");
        }
    }

    #[test]
    fn what_was_told_is_not_told_again() {
        let intake = Intake::start(&b"one\n"[..]).unwrap();
        intake.wait_for_all();
        assert_eq!(intake.news().unwrap().unwrap().lines.len(), 1);
        assert!(intake.news().unwrap().is_none());
    }

    #[test]
    fn an_input_that_cannot_be_read_says_so() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let intake = Intake::start(Broken).unwrap();
        intake.wait_for_all();
        assert_eq!(intake.news().unwrap_err().to_string(), "broken");
    }
}
