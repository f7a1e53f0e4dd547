//! Bytes on their way from the thread that reads them to the one that makes lines of them.
//!
//! Invariant: whoever takes gets all whole lines that have come, at once if there are any; so
//! portions are small while few lines come and large while many do. Only the first is never
//! large: somebody waits to see it. And of many a few may be left for the next portion.

use std::io::{self, Read};
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use memchr::{memchr_iter, memrchr, memrchr_iter};

/// Bytes that are read at first: a screen of lines, which is shown while others are read.
const FIRST: usize = 16 * 1024;

/// Bytes that are read at once thereafter.
const BLOCK: usize = 128 * 1024;

/// From so many bytes of whole lines on some may wait for the next portion.
const MANY: usize = 1024 * 1024;

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
    /// Where the last whole line ends, and how many there are.
    whole: usize,
    lines: usize,
    end: Option<End>,
    /// Whether anything was taken.
    has_begun: bool,
}

impl Waiting {
    /// Takes the next portion out of what is counted, and tells where it ends: with all whole lines. But the first
    /// ends with a screen of them, however much came before anybody could take it; and of many lines those stay that
    /// would be too many for whoever wants `fitting` of so many.
    fn portion(&mut self, fitting: impl Fn(usize) -> usize) -> usize {
        let is_first = !mem::replace(&mut self.has_begun, true);
        let whole = self.bytes.get(..self.whole).unwrap_or_default();
        let (cut, left) = if is_first && whole.len() > FIRST {
            let bytes = whole.get(..FIRST.min(whole.len())).unwrap_or_default();
            let cut = memrchr(b'\n', bytes).map_or(whole.len(), |last| last.saturating_add(1));
            (cut, memchr_iter(b'\n', whole.get(cut..).unwrap_or_default()).count())
        } else if whole.len() >= MANY && fitting(self.lines) > 0 {
            let left = self.lines.saturating_sub(fitting(self.lines));
            let last = memrchr_iter(b'\n', whole).nth(left);
            last.map_or((whole.len(), 0), |last| (last.saturating_add(1), left))
        } else {
            (whole.len(), 0)
        };
        self.whole = self.whole.saturating_sub(cut);
        self.lines = left;
        cut
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
        let mut waiting = self.waiting();
        let mut bytes = vec![0; FIRST];
        let mut count = 0_usize;
        while let Some(room @ [_, ..]) = bytes.get_mut(count..)
            && has_come()
        {
            match read_some(&mut input, room) {
                Ok(more) => count = count.saturating_add(more),
                Err(end) => {
                    waiting.end = Some(end);
                    break;
                }
            }
        }
        bytes.truncate(count);
        // So few are counted sooner than it is found out how this processor would count many.
        waiting.whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |last| last.saturating_add(1));
        let breaks = |bytes: &[u8]| usize::from(bytes.iter().map(|&byte| u8::from(byte == b'\n')).sum::<u8>());
        waiting.lines = bytes.chunks(64).map(breaks).sum();
        waiting.bytes = bytes;
        waiting.whole > 0 || waiting.end.is_some()
    }

    /// Reads to the end.
    pub fn read(&self, mut input: impl Read) {
        let mut block = vec![0; BLOCK];
        let mut size = if self.waiting().has_begun { BLOCK } else { FIRST };
        loop {
            let room = block.split_at_mut(size).0;
            match read_some(&mut input, room) {
                Ok(count) => self.add(room.get(..count).unwrap_or_default()),
                Err(end) => {
                    self.waiting().end = Some(end);
                    return self.came.notify_one();
                }
            }
            size = BLOCK;
        }
    }

    fn add(&self, bytes: &[u8]) {
        let breaks = memchr_iter(b'\n', bytes).count();
        let mut waiting = self.waiting();
        while waiting.whole >= ENOUGH {
            waiting = self.taken.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        if let Some(last) = memrchr(b'\n', bytes) {
            waiting.whole = waiting.bytes.len().saturating_add(last).saturating_add(1);
        }
        waiting.lines = waiting.lines.saturating_add(breaks);
        waiting.bytes.extend_from_slice(bytes);
        self.came.notify_one();
    }

    /// Waits for lines, but where there is a deadline no longer than that, and puts them in place of
    /// what `into` holds. Where there are many, only as many as are `fitting` of so many.
    pub fn take(&self, into: &mut Vec<u8>, deadline: Option<Instant>, fitting: impl Fn(usize) -> usize) -> Taken {
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
        let cut = waiting.portion(fitting);
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

/// Reads once; how many bytes came, unless it was the end.
fn read_some(input: &mut impl Read, room: &mut [u8]) -> Result<usize, End> {
    match input.read(room) {
        Ok(0) => Err(Ok(())),
        Ok(count) => Ok(count),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(0),
        Err(error) => Err(Err(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything in portions that leave no hundred lines half full, each as its number of lines and of bytes.
    fn portions(text: &str) -> Vec<(usize, usize)> {
        let inflow = Inflow::default();
        inflow.read(text.as_bytes());
        let (mut portions, mut taken, mut all, mut lines) = (Vec::new(), Vec::new(), Vec::new(), 0);
        loop {
            let done = inflow.take(&mut taken, None, |more| more.saturating_sub((lines + more) % 100));
            let count = memchr_iter(b'\n', &taken).count();
            lines += count;
            portions.push((count, taken.len()));
            all.extend_from_slice(&taken);
            if matches!(done, Taken::Last(_)) {
                assert_eq!(all, text.as_bytes(), "something was lost, or changed its place");
                return portions;
            }
        }
    }

    #[test]
    fn of_many_lines_some_are_left_for_the_next_portion() {
        let line = "x".repeat(999) + "\n";
        let text = line.repeat(2_050) + "the end";
        // A screen; then up to the last hundred; then what is left.
        assert_eq!(portions(&text), [(16, 16_000), (1_984, 1_984_000), (50, 50_007)]);
    }

    #[test]
    fn few_lines_and_longer_ones_than_fit_come_as_they_are() {
        assert_eq!(portions("a\nb\n"), [(2, 4)]);
        assert_eq!(portions("no break"), [(0, 8)]);
        let line = "x".repeat(MANY) + "\n";
        assert_eq!(portions(&line.repeat(2)), [(2, 2 * line.len())]);
        assert_eq!(portions(&("a\n".to_owned() + &line.repeat(3))), [(1, 2), (3, 3 * line.len())]);
    }
}
