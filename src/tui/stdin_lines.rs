//! Lines of standard input: one thread reads them, and another prepares them for the search
//! while more are read.
//!
//! Invariant: each line is kept as the bytes that came, without its line break, under the
//! number of its position; only what is searched and shown is converted to text.

mod line_reader;

use std::io::{self, Read};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::events::EventSender;
use super::latest::{LatestSender, latest};
use crate::app::message::Growth;
use crate::search::Lines;
use line_reader::{LineReader, Portion};

/// Least time between two reports while lines come, so that a flood of lines does not become one of frames.
const BETWEEN_REPORTS: Duration = Duration::from_millis(50);

/// Lines that are being read, or were.
pub struct StdinLines {
    growth: Receiver<io::Result<Growth>>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// Lines that are not UTF-8, each with its number, in ascending order.
    invalid: Mutex<Vec<(u32, Vec<u8>)>>,
    events: OnceLock<EventSender>,
}

impl StdinLines {
    /// Starts to read an input on a thread of its own.
    ///
    /// # Errors
    /// If a thread cannot be started.
    pub fn start(input: impl Read + Send + 'static) -> io::Result<Self> {
        let reader = LineReader::start(input)?;
        let (sender, growth) = latest();
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        thread::Builder::new().name("lines".into()).spawn(move || own.collect(reader, &sender))?;
        Ok(Self { growth, shared })
    }

    /// Wakes the event loop when lines have come, at most every 50 ms.
    pub fn watch(&self, events: EventSender) {
        // Lines may have come before.
        self.shared.events.get_or_init(|| events).wake();
    }

    /// Returns all lines so far, if any came since the last call.
    ///
    /// # Errors
    /// If the input cannot be read.
    pub fn news(&self) -> io::Result<Option<Growth>> {
        self.growth.try_recv().ok().transpose()
    }

    /// Waits for the end of the input, at most the given time, and returns all lines so far, if any came since
    /// the last call.
    ///
    /// # Errors
    /// As [`news`](Self::news).
    pub fn all_within(&self, timeout: Duration) -> io::Result<Option<Growth>> {
        let start = Instant::now();
        let mut last = None;
        while let Ok(growth) = self.growth.recv_timeout(timeout.saturating_sub(start.elapsed())) {
            let growth = last.insert(growth?);
            if !growth.is_reading {
                break;
            }
        }
        Ok(last)
    }

    /// Waits for the end of the input and returns all lines. Call it once, before any other.
    ///
    /// # Errors
    /// If the input cannot be read.
    pub fn all(&self) -> io::Result<Growth> {
        loop {
            let growth = self.growth.recv().map_err(|_| io::Error::other("the reading thread failed"))??;
            if !growth.is_reading {
                return Ok(growth);
            }
        }
    }

    /// Returns the bytes of one of the lines as they came.
    pub fn bytes(&self, lines: &Lines, line: u32) -> Vec<u8> {
        let invalid = self.shared.invalid.lock().unwrap_or_else(PoisonError::into_inner);
        let found = invalid.binary_search_by_key(&line, |(number, _)| *number).ok().and_then(|at| invalid.get(at));
        found.map_or_else(|| lines.get(line).as_bytes().to_vec(), |(_, bytes)| bytes.clone())
    }
}

impl Shared {
    /// Collects lines to the end of the input, and reports at the first, at the last and now and then.
    fn collect(&self, mut reader: LineReader, growth: &LatestSender<io::Result<Growth>>) {
        let mut lines = Lines::default();
        let mut reported: Option<Instant> = None;
        let mut has_unreported = false;
        loop {
            let next_report = reported.and_then(|last| last.checked_add(BETWEEN_REPORTS));
            match reader.next(next_report.filter(|_| has_unreported), |count| lines.fitting(count)) {
                Portion::Lines(bytes) => {
                    self.add(&mut lines, &bytes);
                    has_unreported = true;
                }
                Portion::Timeout => {}
                Portion::Last(bytes, end) => {
                    self.add(&mut lines, &bytes);
                    return self.report(growth, end.map(|()| Growth { lines, is_reading: false }));
                }
            }
            if has_unreported && next_report.is_none_or(|next| Instant::now() >= next) {
                self.report(growth, Ok(Growth { lines: lines.clone(), is_reading: true }));
                (reported, has_unreported) = (Some(Instant::now()), false);
            }
        }
    }

    /// Adds the lines of a portion of the input.
    fn add(&self, lines: &mut Lines, portion: &[u8]) {
        // Converting with replacement characters is much slower, even where none is needed.
        if let Ok(text) = str::from_utf8(portion) {
            return lines.extend(text);
        }
        let numbers = lines.len() as u32..;
        lines.extend(&String::from_utf8_lossy(portion));
        // A line break never becomes a part of a replacement character.
        let invalid = numbers.zip(portion.split(|&byte| byte == b'\n'));
        let invalid = invalid.filter(|(_, line)| str::from_utf8(line).is_err());
        let invalid = invalid.map(|(number, line)| (number, line.to_vec()));
        self.invalid.lock().unwrap_or_else(PoisonError::into_inner).extend(invalid);
    }

    fn report(&self, growth: &LatestSender<io::Result<Growth>>, news: io::Result<Growth>) {
        growth.send(news);
        if let Some(events) = self.events.get() {
            events.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;
    use crate::tui::events::channel;

    fn start(input: impl Read + Send + 'static) -> StdinLines {
        StdinLines::start(input).unwrap()
    }

    /// Returns its bytes a few at a time.
    struct Trickle(Vec<u8>, usize);

    impl Read for Trickle {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0.drain(..count);
            Ok(count)
        }
    }

    #[test]
    fn lines_come_back_byte_for_byte_however_the_input_is_cut() {
        for bytes in [&b"one\n\ncaf\xe9\r\nna\xc3\xafve\nlast"[..], b"one\ntwo\n", b"\n", b""] {
            for step in 1..=bytes.len().max(1) {
                let stdin_lines = start(Trickle(bytes.to_vec(), step));
                let lines = stdin_lines.all().unwrap().lines;
                let back: Vec<_> = (0..lines.len() as u32).map(|line| stdin_lines.bytes(&lines, line)).collect();
                let mut wanted: Vec<_> = bytes.split(|&byte| byte == b'\n').collect();
                wanted.pop_if(|last| last.is_empty());
                assert_eq!(back, wanted, "in steps of {step}");
            }
        }
    }

    #[test]
    fn a_wait_with_a_timeout_returns_what_has_come() {
        let lines = start(&b"one\n"[..]);
        let growth = lines.all_within(Duration::from_secs(10)).unwrap().unwrap();
        assert_eq!((growth.lines.len(), growth.is_reading), (1, false));
        let (reader, mut writer) = io::pipe().unwrap();
        let lines = start(reader);
        assert!(lines.all_within(Duration::ZERO).unwrap().is_none());
        writer.write_all(b"one\ntwo\n").unwrap();
        while lines.growth.is_empty() {
            thread::yield_now();
        }
        let growth = lines.all_within(Duration::ZERO).unwrap().unwrap();
        assert_eq!((growth.lines.len(), growth.is_reading), (2, true));
    }

    #[test]
    fn each_report_is_received_once() {
        let lines = start(&b"one\n"[..]);
        assert_eq!(lines.all().unwrap().lines.len(), 1);
        assert!(lines.news().unwrap().is_none());
    }

    #[test]
    fn each_line_is_reported_and_wakes_the_loop() {
        let (reader, mut writer) = io::pipe().unwrap();
        let lines = start(reader);
        let events = channel();
        lines.watch(events.sender());
        for count in 1..=4 {
            writer.write_all(b"line\nhalf a ").unwrap();
            let mut reported = 0;
            while reported < count {
                assert_eq!(events.wait(), []);
                reported = lines.news().unwrap().map_or(0, |growth| growth.lines.len());
            }
            assert_eq!(reported, count);
        }
    }

    #[test]
    fn lines_that_came_before_the_loop_watched_wake_it() {
        let lines = start(&b"one\n"[..]);
        while lines.growth.is_empty() {
            thread::yield_now();
        }
        let events = channel();
        lines.watch(events.sender());
        assert_eq!(events.wait(), []);
        assert!(lines.news().unwrap().is_some());
    }

    #[test]
    fn many_lines_keep_their_order_and_bytes() {
        let bytes: Vec<u8> = (0..300_000).flat_map(|number| format!("line {number}\n").into_bytes()).collect();
        let stdin_lines = start(Cursor::new([&bytes[..], b"\xff\nlast"].concat()));
        let lines = stdin_lines.all().unwrap().lines;
        let line = |number| stdin_lines.bytes(&lines, number);
        assert_eq!(lines.len(), 300_002);
        assert!((0..300_000).all(|number| line(number) == format!("line {number}").into_bytes()));
        assert_eq!((line(300_000), line(300_001)), (b"\xff".to_vec(), b"last".to_vec()));
        assert_eq!(lines.get(300_000), "\u{fffd}");
    }

    #[test]
    fn an_input_that_cannot_be_read_is_an_error() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        assert_eq!(start(Broken).all().unwrap_err().to_string(), "broken");
    }
}
