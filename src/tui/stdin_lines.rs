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
use memchr::memchr;

use super::events::EventSender;
use super::latest::{LatestSender, latest};
use crate::app::message::Growth;
use crate::search::Lines;
use line_reader::{LineReader, Portion};

/// The line break, and the first byte of a colour code.
const BREAK: u8 = b'\n';
const ESCAPE: u8 = 0x1b;

/// Least time between two reports while lines come, so that a flood of lines does not become one of frames.
const BETWEEN_REPORTS: Duration = Duration::from_millis(50);

/// Lines, or items that another byte ends, that are being read, or were.
pub struct StdinLines {
    growth: Receiver<io::Result<Growth>>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// Lines that are shown otherwise than they came, each with its number, in ascending order: those that are not UTF-8,
    /// have colour codes, or have a line break inside.
    unlike: Mutex<Vec<(u32, Vec<u8>)>>,
    events: OnceLock<EventSender>,
}

impl StdinLines {
    /// Starts to read an input, whose lines end with the byte `end`, on a thread of its own.
    ///
    /// # Errors
    /// If a thread cannot be started.
    pub fn start(input: impl Read + Send + 'static, end: u8) -> io::Result<Self> {
        let reader = LineReader::start(input, end)?;
        let (sender, growth) = latest();
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        thread::Builder::new().name("lines".into()).spawn(move || own.collect(reader, end, &sender))?;
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
        let unlike = self.shared.unlike.lock().unwrap_or_else(PoisonError::into_inner);
        let found = unlike.binary_search_by_key(&line, |(number, _)| *number).ok().and_then(|at| unlike.get(at));
        found.map_or_else(|| lines.get(line).as_bytes().to_vec(), |(_, bytes)| bytes.clone())
    }
}

impl Shared {
    /// Collects lines to the end of the input, and reports at the first, at the last and now and then.
    fn collect(&self, mut reader: LineReader, end: u8, growth: &LatestSender<io::Result<Growth>>) {
        let mut lines = Lines::default();
        let mut reported: Option<Instant> = None;
        let mut has_unreported = false;
        loop {
            let next_report = reported.and_then(|last| last.checked_add(BETWEEN_REPORTS));
            match reader.next(next_report.filter(|_| has_unreported), |count| lines.fitting(count)) {
                Portion::Lines(bytes) => {
                    self.add(&mut lines, end, &bytes);
                    has_unreported = true;
                }
                Portion::Timeout => {}
                Portion::Last(bytes, why) => {
                    self.add(&mut lines, end, &bytes);
                    return self.report(growth, why.map(|()| Growth { lines, is_reading: false }));
                }
            }
            if has_unreported && next_report.is_none_or(|next| Instant::now() >= next) {
                self.report(growth, Ok(Growth { lines: lines.clone(), is_reading: true }));
                (reported, has_unreported) = (Some(Instant::now()), false);
            }
        }
    }

    /// Adds the lines of a portion of the input.
    fn add(&self, lines: &mut Lines, end: u8, portion: &[u8]) {
        // Looking at each line is much slower, and most inputs are shown as they came.
        if end == BREAK
            && memchr(ESCAPE, portion).is_none()
            && let Ok(text) = str::from_utf8(portion)
        {
            return lines.extend(text);
        }
        let whole = portion.strip_suffix(&[end]).unwrap_or(portion);
        if portion.is_empty() {
            return;
        }
        let (mut shown, mut unlike) = (String::with_capacity(portion.len()), Vec::new());
        for (number, line) in (lines.len() as u32..).zip(whole.split(|&byte| byte == end)) {
            let text = shown_text(&String::from_utf8_lossy(line));
            if text.as_bytes() != line {
                unlike.push((number, line.to_vec()));
            }
            shown.push_str(&text);
            shown.push(char::from(BREAK));
        }
        lines.extend(&shown);
        self.unlike.lock().unwrap_or_else(PoisonError::into_inner).extend(unlike);
    }

    fn report(&self, growth: &LatestSender<io::Result<Growth>>, news: io::Result<Growth>) {
        growth.send(news);
        if let Some(events) = self.events.get() {
            events.wake();
        }
    }
}

/// Returns what is searched and shown of a line: without colour codes (`ESC [ … m`), a line break inside as a space.
fn shown_text(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, code)) = rest.split_once("\u{1b}[") {
        let behind = code.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';' || c == ':');
        shown.push_str(before);
        rest = behind.strip_prefix('m').unwrap_or_else(|| {
            shown.push_str("\u{1b}[");
            code
        });
    }
    shown.push_str(rest);
    shown.replace(char::from(BREAK), " ")
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;
    use crate::tui::events::channel;

    fn start(input: impl Read + Send + 'static) -> StdinLines {
        StdinLines::start(input, BREAK).unwrap()
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
    fn colour_codes_are_neither_searched_nor_shown_and_come_back() {
        let bytes = &b"\x1b[1;31mred\x1b[0m rose\nplain\n\x1b[38:5:9mx\x1b[m\n\x1b[2J\n"[..];
        let stdin_lines = start(bytes);
        let lines = stdin_lines.all().unwrap().lines;
        assert_eq!([0, 1, 2, 3].map(|line| lines.get(line)), ["red rose", "plain", "x", "\u{1b}[2J"]);
        let back: Vec<_> = (0..4).flat_map(|line| [&*stdin_lines.bytes(&lines, line), b"\n"].concat()).collect();
        assert_eq!(back, bytes);
    }

    #[test]
    fn items_that_a_nul_ends_may_have_line_breaks() {
        let stdin_lines = StdinLines::start(&b"one\ntwo\0\0last"[..], b'\0').unwrap();
        let lines = stdin_lines.all().unwrap().lines;
        assert_eq!((lines.len(), lines.get(0), lines.get(1), lines.get(2)), (3, "one two", "", "last"));
        assert_eq!(stdin_lines.bytes(&lines, 0), b"one\ntwo");
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
