//! Lines that come from another program: one thread reads them, and another folds them while
//! more are read, with the help of others where there are many. What has come before anything is
//! shown needs neither: it is read at once, and folded when it was seen.
//!
//! Invariant: every line is kept as the bytes that came, without its line break, and under
//! the number of its place; what is searched and shown of it is text.

pub mod line_reader;
use std::cell::Cell;
use std::io::{self, Read};
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

#[cfg(unix)]
use rustix::event::{PollFd, PollFlags, Timespec, poll};
#[cfg(unix)]
use rustix::stdio::stdin;

use super::input::Post;
use crate::app::message::Growth;
use crate::search::Lines;
use crate::tui::stdin_lines::line_reader::{End, Inflow, Taken};

/// The least time between two wake-ups of the loop while lines come.
const BETWEEN_NEWS: Duration = Duration::from_millis(50);

/// See the module.
pub struct Intake {
    shared: Arc<Shared>,
    /// What the threads are to do; none once they do it, or all is done.
    rest: Cell<Option<Rest>>,
}

struct Rest {
    /// None if all is read.
    input: Option<Box<dyn Read + Send>>,
    folding: Folding,
}

#[derive(Default)]
struct Shared {
    inflow: Inflow,
    store: Mutex<Store>,
    grown: Condvar,
}

#[derive(Default)]
struct Store {
    lines: Lines,
    /// The bytes of the lines that are not UTF-8.
    raw: Raw,
    has_ended: bool,
    error: Option<io::Error>,
    post: Option<Post>,
    /// Whether there is anything that [`Intake::news`] has not told.
    is_new: bool,
}

/// The lines that were made, and what was told of them.
#[derive(Default)]
struct Folding {
    lines: Lines,
    portion: Vec<u8>,
    /// When the loop was woken last.
    told: Option<Instant>,
    /// Whether it has to be again.
    owes_news: bool,
}

impl Intake {
    /// An input of which nothing is read yet.
    pub fn new(input: impl Read + Send + 'static) -> Self {
        let rest = Rest { input: Some(Box::new(input)), folding: Folding::default() };
        Self { shared: Arc::default(), rest: Cell::new(Some(rest)) }
    }

    /// Reads, on the calling thread, what is shown first, as long as `has_come` says that reading will not wait;
    /// whether that was any line, or all there is. It is folded once the rest [begins](Self::begin).
    pub fn read_first(&self, has_come: impl Fn() -> bool) -> bool {
        let Some(mut rest) = self.rest.take() else { return false };
        let has_some = rest.input.as_mut().is_some_and(|input| self.shared.inflow.read_first(input, has_come));
        if has_some && self.shared.take_some(&mut rest.folding, show) {
            rest.input = None;
        }
        self.rest.set(Some(rest));
        has_some
    }

    /// Starts the threads that read and fold what is not read yet, unless they were started or all is read.
    ///
    /// # Errors
    /// When a thread cannot be started.
    pub fn begin(&self) -> io::Result<()> {
        let Some(Rest { input, mut folding }) = self.rest.take() else { return Ok(()) };
        let Some(input) = input else {
            self.shared.fold_first(&mut folding);
            self.shared.store().tell();
            return Ok(());
        };
        let (reader, folder) = (Arc::clone(&self.shared), Arc::clone(&self.shared));
        thread::Builder::new().name("intake".into()).spawn(move || reader.inflow.read(input))?;
        thread::Builder::new().name("folding".into()).spawn(move || {
            folder.fold_first(&mut folding);
            while !folder.take_some(&mut folding, |lines, portion| add(lines, portion)) {}
        })?;
        Ok(())
    }

    /// Waits until the first lines are there, or there will be none, but no longer than that.
    pub fn wait_for_some(&self, patience: Duration) {
        let waits = |store: &mut Store| store.lines.is_empty() && !store.has_ended;
        let mut store = self.shared.store();
        if waits(&mut store) {
            drop(self.shared.grown.wait_timeout_while(store, patience, waits));
        }
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
        let raw = store.raw.binary_search_by_key(&line, |(number, _)| *number).ok().and_then(|at| store.raw.get(at));
        raw.map_or_else(|| store.lines.get(line).as_bytes().to_vec(), |(_, bytes)| bytes.clone())
    }
}

impl Shared {
    /// Waits for lines, but no longer than news may wait, and makes lines of them; whether they were the last.
    fn take_some(&self, folding: &mut Folding, make: fn(&mut Lines, &mut Vec<u8>) -> Raw) -> bool {
        let Folding { lines, portion, told, owes_news } = folding;
        let next = told.and_then(|told| told.checked_add(BETWEEN_NEWS));
        let end = match self.inflow.take(portion, next.filter(|_| *owes_news), |count| lines.fitting(count)) {
            Taken::Lines => None,
            Taken::Last(end) => Some(end),
            Taken::Nothing => {
                portion.clear();
                None
            }
        };
        let has_ended = end.is_some();
        let raw = make(lines, portion);
        self.store().grow(lines, raw, end);
        self.grown.notify_all();
        *owes_news = true;
        if has_ended {
            self.store().tell();
        } else if next.is_none_or(|next| Instant::now() >= next) {
            (*told, *owes_news) = (Some(Instant::now()), false);
            self.store().tell();
        }
        has_ended
    }

    /// Folds the lines that were shown first, if any were.
    fn fold_first(&self, folding: &mut Folding) {
        if folding.lines.is_empty() {
            return;
        }
        folding.lines.fold();
        let mut store = self.store();
        store.lines = folding.lines.clone();
        store.is_new = true;
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// Wakes the loop, if one watches.
    fn tell(&self) {
        if let Some(post) = &self.post {
            post.wake();
        }
    }

    fn grow(&mut self, lines: &Lines, raw: Raw, end: Option<End>) {
        self.is_new |= lines.len() > self.lines.len() || end.is_some();
        self.lines = lines.clone();
        self.raw.extend(raw);
        self.has_ended = end.is_some();
        self.error = end.and_then(Result::err);
    }
}

/// The bytes of lines that are not UTF-8, each behind its number, in their order.
type Raw = Vec<(u32, Vec<u8>)>;

/// Makes the first lines, not folded yet, of a text.
fn show(lines: &mut Lines, portion: &mut Vec<u8>) -> Raw {
    match String::from_utf8(mem::take(portion)) {
        Ok(text) => {
            *lines = Lines::unfolded(text);
            Raw::new()
        }
        Err(error) => {
            *portion = error.into_bytes();
            add(lines, portion)
        }
    }
}

/// Adds the lines of a text, folded.
fn add(lines: &mut Lines, portion: &[u8]) -> Raw {
    // The other way takes the text byte by byte, whether all is well or not.
    if let Ok(text) = str::from_utf8(portion) {
        lines.extend(text);
        return Raw::new();
    }
    let before = lines.len();
    lines.extend(&String::from_utf8_lossy(portion));
    // No line break is taken for a part of what is wrong.
    let written = portion.split(|&byte| byte == b'\n').zip(before as u32..);
    let wrong = written.filter(|(line, _)| str::from_utf8(line).is_err());
    wrong.map(|(line, number)| (number, line.to_vec())).collect()
}

/// Whether reading standard input does not wait, as far as the system can tell.
#[cfg(unix)]
pub fn stdin_has_come() -> bool {
    let mut fds = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
    poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).is_ok_and(|ready| ready > 0)
}

/// Whether reading standard input does not wait: nobody tells.
#[cfg(not(unix))]
pub fn stdin_has_come() -> bool {
    false
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failure here is the test's failure")]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;
    use crate::tui::events::inbox;

    fn started(input: impl Read + Send + 'static) -> Intake {
        let intake = Intake::new(input);
        intake.begin().unwrap();
        intake
    }

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
            let intake = started(Drops(bytes.clone(), step));
            intake.wait_for_all();
            let growth = intake.news().unwrap().unwrap();
            assert!(!growth.is_reading);
            let back: Vec<_> = (0..growth.lines.len() as u32).map(|line| intake.bytes(line)).collect();
            let wanted: Vec<_> = bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
            assert_eq!(back, wanted, "in steps of {step}");
        }
    }

    #[test]
    fn what_came_before_anything_is_shown_is_the_same_and_at_most_a_screen() {
        let bytes: Vec<u8> = (0..5_000).flat_map(|number| format!("line {number}\n").into_bytes()).collect();
        for bytes in [&bytes[..30], &bytes[..29], &bytes[..], b"no end", b""] {
            for step in [7, 100_000] {
                let intake = Intake::new(Drops(bytes.to_vec(), step));
                assert!(intake.read_first(|| true));
                let first = intake.news().unwrap().unwrap();
                assert_eq!(first.is_reading, bytes.len() > 1_000);
                assert!(first.lines.len() < 2_500, "{}", first.lines.len());
                intake.begin().unwrap();
                intake.wait_for_all();
                let lines = intake.news().unwrap().map_or(first.lines, |growth| growth.lines);
                let back: Vec<_> = (0..lines.len() as u32).map(|line| intake.bytes(line)).collect();
                let wanted: Vec<_> = bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
                assert_eq!(back.join(&b'\n'), bytes.strip_suffix(b"\n").unwrap_or(bytes));
                assert!(wanted.len() - back.len() <= 1);
            }
        }
    }

    #[test]
    fn nobody_waits_for_what_has_not_come() {
        let intake = Intake::new(&b"one\ntwo\n"[..]);
        assert!(!intake.read_first(|| false));
        assert!(intake.news().unwrap().is_none());
        // Half a line is nothing to show.
        let intake = Intake::new(Drops(b"one\ntwo\n".to_vec(), 2));
        let left = Cell::new(1);
        assert!(!intake.read_first(|| left.replace(0) > 0));
        intake.begin().unwrap();
        intake.wait_for_all();
        assert_eq!(intake.news().unwrap().unwrap().lines.len(), 2);
    }

    #[test]
    fn what_was_told_is_not_told_again() {
        let intake = started(&b"one\n"[..]);
        intake.wait_for_all();
        assert_eq!(intake.news().unwrap().unwrap().lines.len(), 1);
        assert!(intake.news().unwrap().is_none());
    }

    #[test]
    fn a_line_is_there_as_soon_as_it_came_and_the_loop_hears_of_each() {
        let (reader, mut writer) = io::pipe().unwrap();
        let intake = started(reader);
        let inbox = inbox();
        intake.watch(inbox.post());
        for count in 1..=4 {
            writer.write_all(b"line\nhalf a ").unwrap();
            let mut heard = 0;
            while heard < count {
                assert_eq!(inbox.wait(), []);
                heard = intake.news().unwrap().map_or(0, |growth| growth.lines.len());
            }
            assert_eq!(heard, count);
        }
    }

    #[test]
    fn many_lines_keep_their_order_and_bytes() {
        let bytes: Vec<u8> = (0..300_000).flat_map(|number| format!("line {number}\n").into_bytes()).collect();
        let intake = started(Cursor::new([&bytes[..], b"\xff\nlast"].concat()));
        intake.wait_for_all();
        let lines = intake.news().unwrap().unwrap().lines;
        assert_eq!(lines.len(), 300_002);
        assert!((0..300_000).all(|number| intake.bytes(number) == format!("line {number}").into_bytes()));
        assert_eq!((intake.bytes(300_000), intake.bytes(300_001)), (b"\xff".to_vec(), b"last".to_vec()));
        assert_eq!(lines.get(300_000), "\u{fffd}");
    }

    #[test]
    fn an_input_that_cannot_be_read_says_so() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let intake = started(Broken);
        intake.wait_for_all();
        assert_eq!(intake.news().unwrap_err().to_string(), "broken");
    }
}
