//! Reads bytes on a thread of its own and hands them on in portions of whole lines.
//!
//! Invariant: a portion holds all whole lines that have come, and is handed on at once; so
//! portions are small while few lines come and large while many do. Two exceptions: the first
//! is about a screen of lines, since it is shown first, and while more bytes wait, the last
//! lines of a large portion may be left for the next one.

use std::io::{self, Read};
use std::mem;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use memchr::{memchr_iter, memrchr, memrchr_iter};

/// Size of the first read and of the first portion in bytes: about a screen of lines.
const FIRST: usize = 16 * 1024;

/// Maximum size of each further read in bytes.
const BLOCK: usize = 128 * 1024;

/// Maximum number of blocks that wait; then the reading thread waits too.
const BLOCKS: usize = 32;

/// Size in bytes beyond which no block is added to a portion.
const ENOUGH: usize = 4 * 1024 * 1024;

/// Receives bytes from the reading thread and cuts them into portions.
pub struct LineReader {
    blocks: Receiver<Vec<u8>>,
    /// Its result is why reading ended.
    thread: Option<JoinHandle<io::Result<()>>>,
    /// Bytes that were not handed on yet, of which the first `whole` are whole lines.
    pending: Vec<u8>,
    whole: usize,
    /// Size in bytes beyond which no block is added to the next portion.
    enough: usize,
    /// The byte that ends a line.
    end: u8,
}

/// A part of the input.
pub enum Portion {
    /// Whole lines, each with its line break.
    Lines(Vec<u8>),
    /// The rest of the input, whose last line may lack its line break, and the error that ended it, if any.
    Last(Vec<u8>, io::Result<()>),
    /// No whole line came in time.
    Timeout,
}

impl LineReader {
    pub fn start(input: impl Read + Send + 'static, end: u8) -> io::Result<Self> {
        let (sender, blocks) = bounded(BLOCKS);
        let thread = thread::Builder::new().name("reader".into()).spawn(move || read(input, &sender))?;
        Ok(Self { blocks, thread: Some(thread), pending: Vec::new(), whole: 0, enough: FIRST, end })
    }

    /// Waits for the next portion, at most until the deadline if there is one. `fitting` is the largest number of
    /// lines up to a given one that the caller can store well: a large portion is cut there while more bytes wait.
    pub fn next(&mut self, deadline: Option<Instant>, fitting: impl Fn(usize) -> usize) -> Portion {
        while self.whole == 0 {
            let block = match deadline {
                Some(deadline) => self.blocks.recv_deadline(deadline),
                None => self.blocks.recv().map_err(RecvTimeoutError::from),
            };
            match block {
                Ok(block) => self.add(&block),
                Err(RecvTimeoutError::Timeout) => return Portion::Timeout,
                Err(RecvTimeoutError::Disconnected) => return Portion::Last(mem::take(&mut self.pending), self.why()),
            }
        }
        while self.pending.len() < self.enough
            && let Ok(block) = self.blocks.try_recv()
        {
            self.add(&block);
        }
        self.enough = ENOUGH;
        let cut = self.cut(fitting);
        let rest = self.pending.split_off(cut);
        self.whole = self.whole.saturating_sub(cut);
        Portion::Lines(mem::replace(&mut self.pending, rest))
    }

    fn add(&mut self, block: &[u8]) {
        if let Some(last) = memrchr(self.end, block) {
            self.whole = self.pending.len().saturating_add(last).saturating_add(1);
        }
        self.pending.extend_from_slice(block);
    }

    /// Returns where the portion ends: behind the last whole line, or the last one that fits.
    fn cut(&self, fitting: impl Fn(usize) -> usize) -> usize {
        let whole = self.pending.get(..self.whole).unwrap_or_default();
        if self.pending.len() < ENOUGH || self.blocks.is_empty() {
            return self.whole;
        }
        let count = memchr_iter(self.end, whole).count();
        match fitting(count) {
            0 => self.whole,
            // The break of the last line that fits comes before those of the lines that are left.
            fitting => memrchr_iter(self.end, whole)
                .nth(count.saturating_sub(fitting))
                .map_or(self.whole, |last| last.saturating_add(1)),
        }
    }

    /// Why reading ended.
    fn why(&mut self) -> io::Result<()> {
        let result = self.thread.take().map_or(Ok(Ok(())), JoinHandle::join);
        result.unwrap_or_else(|_| Err(io::Error::other("the reading thread failed")))
    }
}

/// Reads to the end of the input, or until the receiver of the blocks is dropped.
fn read(mut input: impl Read, blocks: &Sender<Vec<u8>>) -> io::Result<()> {
    let mut block = vec![0; BLOCK];
    let mut size = FIRST;
    loop {
        let room = block.split_at_mut(size).0;
        match input.read(room) {
            Ok(0) => return Ok(()),
            Ok(count) if blocks.send(room.get(..count).unwrap_or_default().to_vec()).is_err() => return Ok(()),
            Ok(_) => size = BLOCK,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// Cuts a text into portions that leave no hundred lines half full, once all of it waits; returns the
    /// number of lines and of bytes of each.
    fn portions(text: &str) -> Vec<(usize, usize)> {
        let mut reader = LineReader::start(Cursor::new(text.to_owned()), b'\n').unwrap();
        let (mut portions, mut all, mut lines) = (Vec::new(), Vec::new(), 0);
        loop {
            while !(reader.blocks.is_full() || reader.thread.as_ref().unwrap().is_finished()) {
                thread::yield_now();
            }
            let (bytes, is_last) = match reader.next(None, |more| more.saturating_sub((lines + more) % 100)) {
                Portion::Lines(bytes) => (bytes, false),
                Portion::Last(bytes, end) => (bytes, end.is_ok()),
                Portion::Timeout => unreachable!("no deadline was given"),
            };
            let count = memchr_iter(b'\n', &bytes).count();
            lines += count;
            portions.push((count, bytes.len()));
            all.extend_from_slice(&bytes);
            if is_last {
                assert_eq!(all, text.as_bytes(), "bytes were lost or reordered");
                return portions;
            }
        }
    }

    #[test]
    fn a_large_portion_leaves_the_last_lines_for_the_next() {
        let line = "x".repeat(999) + "\n";
        let text = line.repeat(4_050) + "the end";
        let portions = portions(&text);
        let (first, rest) = portions.split_first().unwrap();
        assert_eq!(*first, (16, 16_000), "a screen");
        let mut lines = first.0;
        for (count, bytes) in rest {
            lines += count;
            assert!(*bytes < 2 * ENOUGH);
            assert!(lines.is_multiple_of(100) || lines == 4_050, "{portions:?}");
        }
        assert_eq!(lines, 4_050);
    }

    #[test]
    fn few_lines_and_very_long_ones_are_handed_on_as_they_come() {
        assert_eq!(portions("a\nb\n"), [(2, 4), (0, 0)]);
        assert_eq!(portions("no break"), [(0, 8)]);
        let line = "x".repeat(3 * ENOUGH) + "\n";
        assert_eq!(portions(&line.repeat(2)), [(1, line.len()), (1, line.len()), (0, 0)]);
        assert_eq!(portions(&("a\n".to_owned() + &line)), [(1, 2), (1, line.len()), (0, 0)]);
    }

    #[test]
    fn a_half_line_is_not_handed_on_before_the_end() {
        let (input, _writer) = {
            use std::io::Write as _;
            let (reader, mut writer) = io::pipe().unwrap();
            writer.write_all(b"half").unwrap();
            (reader, writer)
        };
        let mut reader = LineReader::start(input, b'\n').unwrap();
        assert!(matches!(reader.next(Some(Instant::now()), |all| all), Portion::Timeout));
    }
}
