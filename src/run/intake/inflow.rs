//! Bytes on their way from the thread that reads them to the one that makes lines of them.
//!
//! Invariant: whoever takes gets all whole lines that have come, at once if there are any; so
//! portions are small while few lines come and large while many do. Only the first is never
//! large: somebody waits to see it.

use std::io::{self, Read};
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use memchr::memrchr;

/// Bytes that are read at first: a screen of lines, which is shown while others are read.
const FIRST: usize = 16 * 1024;

/// Bytes that are read at once thereafter.
const BLOCK: usize = 128 * 1024;

/// The reader waits while so many bytes of whole lines are not taken.
const ENOUGH: usize = 4 * 1024 * 1024;

/// See the module.
#[derive(Default)]
pub struct Inflow {
    waiting: Mutex<Waiting>,
    came: Condvar,
    taken: Condvar,
}

#[derive(Default)]
struct Waiting {
    bytes: Vec<u8>,
    /// Where the last whole line ends.
    whole: usize,
    end: Option<End>,
    /// Whether anything was taken.
    has_begun: bool,
}

impl Waiting {
    /// Where the next portion ends: with all whole lines, but the first with a screen of them, however much came
    /// before anybody could take it.
    fn portion(&mut self) -> usize {
        let first =
            if mem::replace(&mut self.has_begun, true) { None } else { self.bytes.get(..FIRST.min(self.whole)) };
        first.and_then(|bytes| memrchr(b'\n', bytes)).map_or(self.whole, |last| last.saturating_add(1))
    }
}

/// How reading ended: at the end of the input, or by an error.
pub type End = io::Result<()>;

/// What there was to take.
pub enum Taken {
    /// Whole lines.
    Lines,
    /// Whatever was left, and there will be no more.
    Last(End),
    /// Nothing in all that time.
    Nothing,
}

impl Inflow {
    /// Reads what is shown first, but no more than `has_come`; whether there is anything to take then.
    pub fn read_first(&self, mut input: impl Read, has_come: impl Fn() -> bool) -> bool {
        let mut block = vec![0; FIRST];
        let mut room = &mut block[..];
        while !room.is_empty() && has_come() {
            match self.read_some(&mut input, room) {
                Some(count) => room = room.get_mut(count..).unwrap_or_default(),
                None => break,
            }
        }
        let waiting = self.waiting();
        waiting.whole > 0 || waiting.end.is_some()
    }

    /// Reads to the end.
    pub fn read(&self, mut input: impl Read) {
        let mut block = vec![0; BLOCK];
        let mut size = if self.waiting().has_begun { BLOCK } else { FIRST };
        while self.read_some(&mut input, block.split_at_mut(size).0).is_some() {
            size = BLOCK;
        }
    }

    /// Reads once, so much at most; how many bytes came, unless it was the end.
    fn read_some(&self, input: &mut impl Read, room: &mut [u8]) -> Option<usize> {
        let end = match input.read(room) {
            Ok(0) => Ok(()),
            Ok(count) => {
                self.add(room.get(..count).unwrap_or(room));
                return Some(count);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Some(0),
            Err(error) => Err(error),
        };
        self.waiting().end = Some(end);
        self.came.notify_one();
        None
    }

    fn add(&self, bytes: &[u8]) {
        let mut waiting = self.waiting();
        while waiting.whole >= ENOUGH {
            waiting = self.taken.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        if let Some(last) = memrchr(b'\n', bytes) {
            waiting.whole = waiting.bytes.len().saturating_add(last).saturating_add(1);
        }
        waiting.bytes.extend_from_slice(bytes);
        self.came.notify_one();
    }

    /// Waits for lines, but where there is a deadline no longer than that, and puts them in place of
    /// what `into` holds.
    pub fn take(&self, into: &mut Vec<u8>, deadline: Option<Instant>) -> Taken {
        let mut waiting = self.waiting();
        while waiting.whole == 0 && waiting.end.is_none() {
            let Some(deadline) = deadline else {
                waiting = self.came.wait(waiting).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Taken::Nothing;
            }
            waiting = self.came.wait_timeout(waiting, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let cut = waiting.portion();
        waiting.whole = waiting.whole.saturating_sub(cut);
        if waiting.whole == 0
            && let Some(end) = waiting.end.take()
        {
            *into = mem::take(&mut waiting.bytes);
            return Taken::Last(end);
        }
        into.clear();
        mem::swap(into, &mut waiting.bytes);
        waiting.bytes.extend(into.drain(cut..));
        self.taken.notify_one();
        Taken::Lines
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
