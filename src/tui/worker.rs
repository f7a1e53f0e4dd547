//! Performs searches on a thread of their own, and what may take seconds on another.
//!
//! There is a place for one question of each asker, and no queue: a newer question takes
//! the place of the one before, and ends it if it is being answered already.
//!
//! A thread is started by the first question for it: many a session asks none.
//!
//! What is answered sooner than a thread is woken, whoever fetches the answers answers.
//!
//! Invariant: while nothing is asked the threads sleep without ever waking up, and neither
//! asking nor fetching answers waits for a search that is not [quick](Request::is_quick).

use std::io;
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::input::Post;
use crate::app::request::{Answer, Asker, Request, answer};
use crate::search::{Stop, Turns};

/// See the module.
pub struct Worker {
    desk: Arc<Desk>,
    post: Post,
    /// Which of the two threads were started: the one for searches, and that for what takes its time.
    started: [bool; 2],
    /// Questions that no thread is woken for. They wait until answers are fetched: of keys that come together
    /// only the last has one.
    at_hand: [Option<Request>; Asker::ALL.len()],
}

/// Where questions are left and answers are fetched.
#[derive(Default)]
struct Desk {
    papers: Mutex<Papers>,
    /// There is a question, or nobody to ask any more.
    asked: Condvar,
    /// There is an answer.
    answered: Condvar,
}

#[derive(Default)]
struct Papers {
    turns: [Turns; Asker::ALL.len()],
    questions: [Option<(Request, Stop)>; Asker::ALL.len()],
    answers: Vec<Answer>,
    is_closed: bool,
}

impl Worker {
    /// A worker who wakes the loop behind `post` after each answer.
    pub fn new(post: Post) -> Self {
        Self { desk: Arc::default(), post, started: [false; 2], at_hand: Default::default() }
    }

    /// Leaves a question.
    ///
    /// # Errors
    /// When it is the first of its sort and the thread to answer it cannot be started.
    #[expect(clippy::indexing_slicing, reason = "each asker has its place")]
    pub fn ask(&mut self, request: Request) -> io::Result<()> {
        let place = request.asker as usize;
        if request.is_quick() {
            let mut papers = self.desk.papers();
            papers.turns[place].end();
            papers.questions[place] = None;
            self.at_hand[place] = Some(request);
            return Ok(());
        }
        self.at_hand[place] = None;
        self.see_to_thread(request.asker.takes_its_time())?;
        let mut papers = self.desk.papers();
        let stop = papers.turns[place].next();
        papers.questions[place] = Some((request, stop));
        self.desk.asked.notify_all();
        Ok(())
    }

    #[expect(clippy::indexing_slicing, reason = "there are two sorts of askers")]
    fn see_to_thread(&mut self, takes_its_time: bool) -> io::Result<()> {
        if mem::replace(&mut self.started[usize::from(takes_its_time)], true) {
            return Ok(());
        }
        let of_them = |asker: &&Asker| asker.takes_its_time() == takes_its_time;
        let askers: Vec<Asker> = Asker::ALL.iter().filter(of_them).copied().collect();
        let (own, post) = (Arc::clone(&self.desk), self.post.clone());
        let name = if takes_its_time { "tables" } else { "search" };
        thread::Builder::new().name(name.into()).spawn(move || {
            while let Some((request, stop)) = own.next(&askers) {
                answer(&request, &stop, &mut |answer| {
                    own.papers().answers.push(answer);
                    own.answered.notify_one();
                    post.wake();
                });
            }
        })?;
        Ok(())
    }

    /// Waits until there is an answer, but no longer than that.
    pub fn wait_at_most(&self, patience: Duration) {
        let papers = self.desk.papers();
        drop(self.desk.answered.wait_timeout_while(papers, patience, |papers| papers.answers.is_empty()));
    }

    /// The answers since this was called last; what is quick to answer is answered now.
    pub fn answers(&mut self) -> Vec<Answer> {
        let mut answers = mem::take(&mut self.desk.papers().answers);
        for request in self.at_hand.iter_mut().filter_map(Option::take) {
            answer(&request, &Stop::never(), &mut |answer| answers.push(answer));
        }
        answers
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let mut papers = self.desk.papers();
        papers.is_closed = true;
        papers.turns.iter().for_each(Turns::end);
        self.desk.asked.notify_all();
    }
}

impl Desk {
    /// Waits for a question of these askers; none when there will be no more.
    #[expect(clippy::indexing_slicing, reason = "each asker has its place")]
    fn next(&self, askers: &[Asker]) -> Option<(Request, Stop)> {
        let mut papers = self.papers();
        loop {
            if papers.is_closed {
                return None;
            }
            if let Some(question) = askers.iter().find_map(|&asker| papers.questions[asker as usize].take()) {
                return Some(question);
            }
            papers = self.asked.wait(papers).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn papers(&self) -> MutexGuard<'_, Papers> {
        self.papers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failure here is the test's failure")]
mod tests {
    use super::*;
    use crate::app::request::{Among, Found};
    use crate::query::Query;
    use crate::search::Lines;
    use crate::tui::events::inbox;

    fn request(asker: Asker, generation: u64, lines: &Lines) -> Request {
        Request { asker, generation, query: Query::of_words("line 7"), among: Among::Lines(lines.clone(), 1) }
    }

    fn many() -> Lines {
        let mut lines = Lines::default();
        (0..50_000).for_each(|number| lines.push(&format!("line {number}")));
        lines
    }

    #[test]
    fn the_last_question_is_answered_and_wakes_the_loop() {
        let inbox = inbox();
        let mut worker = Worker::new(inbox.post());
        let lines = many();
        for generation in 1..=20 {
            worker.ask(request(Asker::Finder, generation, &lines)).unwrap();
        }
        let mut answers = Vec::new();
        while answers.last().is_none_or(|answer: &Answer| answer.generation < 20) {
            assert_eq!(inbox.wait(), []);
            answers.extend(worker.answers());
        }
        assert!(answers.is_sorted_by(|a, b| a.generation < b.generation), "{answers:?}");
        assert!(answers.len() < 20, "those before the last are given up");
        assert!(matches!(&answers.last().unwrap().found, Found::Lines(found) if found.rows == [7]));
    }

    #[test]
    fn a_quick_question_is_answered_when_answers_are_fetched_and_only_the_last() {
        let inbox = inbox();
        let mut worker = Worker::new(inbox.post());
        let mut few = Lines::default();
        few.extend("line 6\nline 7");
        worker.ask(request(Asker::Finder, 1, &many())).unwrap();
        for generation in 2..=4 {
            worker.ask(request(Asker::Finder, generation, &few)).unwrap();
        }
        let last = worker.answers().pop().unwrap();
        assert_eq!(last.generation, 4);
        assert!(matches!(&last.found, Found::Lines(found) if found.rows == [1]));
        assert_eq!(worker.answers(), [], "the first was given up");
    }

    #[test]
    fn who_asks_does_not_end_the_question_of_another() {
        let inbox = inbox();
        let mut worker = Worker::new(inbox.post());
        let lines = many();
        // Both threads have work.
        assert!(Asker::ALL.iter().any(|asker| asker.takes_its_time()));
        for (generation, asker) in (1..).zip(Asker::ALL) {
            worker.ask(request(asker, generation, &lines)).unwrap();
        }
        let mut answers = Vec::new();
        while answers.len() < Asker::ALL.len() {
            inbox.wait();
            answers.extend(worker.answers());
        }
        for asker in Asker::ALL {
            assert!(answers.iter().any(|answer| answer.asker == asker));
        }
    }

    #[test]
    fn a_newer_question_ends_the_one_that_is_being_answered() {
        let inbox = inbox();
        let mut worker = Worker::new(inbox.post());
        // Longer than names have masks: each of them is judged letter by letter.
        let words = "cardiothoracic anaesthesiology gastroenterology otorhinolaryngology dermatology endocrinology \
                     haematology microbiology neurosurgery ophthalmology";
        let mut slow = Lines::default();
        (0..20_000).for_each(|number| slow.push(&format!("{words} {number}")));
        let query = Query::of_words("crdio ansthes gstro otrhi drmat endcr hmatol mcrob nrosurg ophthl");
        worker.ask(Request { asker: Asker::Finder, generation: 1, query, among: Among::Lines(slow, 1) }).unwrap();
        while worker.desk.papers().questions[Asker::Finder as usize].is_some() {
            thread::yield_now();
        }
        worker.ask(request(Asker::Finder, 2, &many())).unwrap();
        worker.wait_at_most(Duration::from_secs(60));
        let generations: Vec<u64> = worker.answers().iter().map(|answer| answer.generation).collect();
        assert_eq!(generations, [2]);
    }
}
