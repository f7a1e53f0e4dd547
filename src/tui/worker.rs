//! Performs searches on threads of their own.
//!
//! Each [`Asker`] has one thread, started by its first request, and one slot for a request: a
//! newer one replaces the one before, and stops it if it is being performed already.
//!
//! Invariant: while nothing is requested the threads sleep without waking up, and the event
//! loop never waits for a search unless it says how long.

use std::io;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::events::EventSender;
use super::latest::{LatestSender, latest};
use crate::app::request::{Answer, Asker, Request, answer};
use crate::search::{Stop, Turns};

/// Maximum number of answers that wait for the event loop; the searches wait for room.
const ANSWERS: usize = 16;

/// Performs requests and wakes the event loop for each answer.
pub struct Worker {
    events: EventSender,
    /// By the number of the asker.
    searches: [Search; Asker::ALL.len()],
    answers: (Sender<Answer>, Receiver<Answer>),
}

/// The thread of an asker, as far as the event loop sees it.
#[derive(Default)]
struct Search {
    turns: Turns,
    /// `None` until the thread is started, which ends when this is dropped.
    requests: Option<LatestSender<(Request, Stop)>>,
}

impl Worker {
    pub fn new(events: EventSender) -> Self {
        Self { events, searches: Default::default(), answers: bounded(ANSWERS) }
    }

    /// Requests a search, in place of the one that the same asker requested before.
    ///
    /// # Errors
    /// If it is the asker's first and its thread cannot be started.
    #[expect(clippy::indexing_slicing, reason = "there is a place for each asker")]
    pub fn request(&mut self, request: Request) -> io::Result<()> {
        let search = &mut self.searches[request.asker as usize];
        let stop = search.turns.next();
        let requests = match &search.requests {
            Some(requests) => requests,
            None => search.requests.insert(start(self.events.clone(), self.answers.0.clone())?),
        };
        requests.send((request, stop));
        Ok(())
    }

    pub fn answer(&self) -> Option<Answer> {
        self.answers.1.try_recv().ok()
    }

    /// Returns the next answer, and waits for it at most the given time.
    pub fn answer_within(&self, timeout: Duration) -> Option<Answer> {
        self.answers.1.recv_timeout(timeout).ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.searches.iter().for_each(|search| search.turns.end());
    }
}

/// Starts a thread that performs the newest request until the sender is dropped.
fn start(events: EventSender, answers: Sender<Answer>) -> io::Result<LatestSender<(Request, Stop)>> {
    let (sender, requests) = latest();
    let perform = move || {
        for (request, stop) in requests {
            answer(&request, &stop, &mut |answer| {
                // Fails once the event loop has ended.
                if answers.send(answer).is_ok() {
                    events.wake();
                }
            });
        }
    };
    thread::Builder::new().name("search".into()).spawn(perform)?;
    Ok(sender)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::request::{Among, Found};
    use crate::query::Query;
    use crate::search::Lines;
    use crate::tui::events::channel;

    fn request(asker: Asker, generation: u64, lines: &Lines) -> Request {
        Request { asker, generation, query: Query::of_words("line 7"), among: Among::Lines(lines.clone(), 1) }
    }

    fn lines(count: usize, words: &str) -> Lines {
        let mut lines = Lines::default();
        lines.extend(&(0..count).map(|number| format!("{words} {number}")).collect::<Vec<_>>().join("\n"));
        lines
    }

    #[test]
    fn the_last_request_is_answered_and_wakes_the_loop() {
        let events = channel();
        let mut worker = Worker::new(events.sender());
        let lines = lines(2_000, "line");
        for generation in 1..=20 {
            worker.request(request(Asker::Finder, generation, &lines)).unwrap();
        }
        let mut answers: Vec<Answer> = Vec::new();
        while answers.last().is_none_or(|answer| answer.generation < 20) {
            assert_eq!(events.wait(), []);
            answers.extend(worker.answer());
        }
        assert!(answers.is_sorted_by(|a, b| a.generation < b.generation), "{answers:?}");
        assert!(answers.len() < 20, "requests before the last are dropped");
        assert!(matches!(&answers.last().unwrap().found, Found::Lines(found) if found.rows == [7]));
    }

    #[test]
    fn a_request_does_not_stop_that_of_another_asker() {
        let events = channel();
        let mut worker = Worker::new(events.sender());
        let lines = lines(2_000, "line");
        for (generation, asker) in (1..).zip(Asker::ALL) {
            worker.request(request(asker, generation, &lines)).unwrap();
        }
        let answers: Vec<_> =
            Asker::ALL.iter().map(|_| worker.answer_within(Duration::from_secs(60)).unwrap()).collect();
        for asker in Asker::ALL {
            assert!(answers.iter().any(|answer| answer.asker == asker));
        }
    }

    /// Returns a request that takes seconds: the names are too long for the bitmaps, and the words are misspelt.
    fn slow(generation: u64) -> Request {
        let words = "cardiothoracic anaesthesiology gastroenterology otorhinolaryngology dermatology endocrinology \
                     haematology microbiology neurosurgery ophthalmology";
        let query = Query::of_words("crdio ansthes gstro otrhi drmat endcr hmatol mcrob nrosurg ophthl");
        Request { asker: Asker::Finder, generation, query, among: Among::Lines(lines(20_000, words), 1) }
    }

    fn wait_until_begun(worker: &Worker) {
        let requests = worker.searches[Asker::Finder as usize].requests.as_ref().unwrap();
        while requests.is_pending() {
            thread::yield_now();
        }
    }

    #[test]
    fn a_newer_request_stops_the_one_that_is_performed() {
        let mut worker = Worker::new(channel().sender());
        worker.request(slow(1)).unwrap();
        wait_until_begun(&worker);
        worker.request(request(Asker::Finder, 2, &lines(2_000, "line"))).unwrap();
        let answer = worker.answer_within(Duration::from_secs(60)).unwrap();
        assert_eq!(answer.generation, 2);
        assert!(worker.answer().is_none());
    }
}
