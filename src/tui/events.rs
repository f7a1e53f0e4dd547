//! Everything the event loop waits for, in one bounded inbox.
//!
//! Events queue, and whoever reads them from the terminal waits while the queue is full.
//! Notices (resizes, resumes, another thread's news) come past the queue, since those who
//! give them must not wait for the loop.
//!
//! Invariant: memory is bounded however much is sent, and a notice is always heard: the
//! loop looks at the notices after each wake-up.

use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::tui::input::{Input, push};

/// The most events that wait; the terminal's own buffer takes the rest.
const QUEUE: usize = 4096;

/// Where threads leave what the loop should know.
#[derive(Clone)]
pub struct Post(Arc<Shared>);

/// Where the loop waits.
pub struct Inbox(Post);

struct Shared {
    mail: Mutex<Mail>,
    /// The most events that wait.
    capacity: usize,
    /// There is something for the loop.
    came: Condvar,
    /// There is room in the queue, or nobody reads it any more.
    left: Condvar,
}

/// What waits for the loop. It grows with what comes: most of the time that is one key.
#[derive(Default)]
struct Mail {
    queue: Vec<Input>,
    notices: Vec<Input>,
    /// There is news that the loop looks for elsewhere.
    is_nudged: bool,
    is_closed: bool,
}

/// A new inbox.
pub fn inbox() -> Inbox {
    with_room(QUEUE)
}

fn with_room(capacity: usize) -> Inbox {
    let (mail, came, left) = (Mutex::default(), Condvar::new(), Condvar::new());
    Inbox(Post(Arc::new(Shared { mail, capacity, came, left })))
}

impl Post {
    /// Leaves an event and waits while the queue is full; whether anyone still reads it.
    pub(crate) fn deliver(&self, input: Input) -> bool {
        let is_full = |mail: &mut Mail| mail.queue.len() >= self.0.capacity && !mail.is_closed;
        let waited = self.0.left.wait_while(self.mail(), is_full);
        let mut mail = waited.unwrap_or_else(PoisonError::into_inner);
        if mail.is_closed {
            return false;
        }
        mail.queue.push(input);
        self.0.came.notify_one();
        true
    }

    /// Leaves a notice without ever waiting for the loop.
    pub fn notice(&self, notice: Input) {
        push(&mut self.mail().notices, notice);
        self.0.came.notify_one();
    }

    /// Wakes the loop so that it looks for news of its own, without ever waiting for it.
    pub fn wake(&self) {
        self.mail().is_nudged = true;
        self.0.came.notify_one();
    }

    fn mail(&self) -> MutexGuard<'_, Mail> {
        self.0.mail.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inbox {
    /// A way to reach the loop from another thread.
    pub fn post(&self) -> Post {
        self.0.clone()
    }

    /// Blocks until something arrives and takes all of it, at most a queue full:
    /// notices first, then events in their order, with resizes, wheel turns and drags
    /// reduced to what they come to. Empty after a mere [`Post::wake`].
    pub fn wait(&self) -> Vec<Input> {
        let Self(post) = self;
        self.take(post.0.came.wait_while(post.mail(), Mail::is_empty).unwrap_or_else(PoisonError::into_inner))
    }

    /// The same, but blocks no longer than that.
    pub fn wait_at_most(&self, patience: Duration) -> Vec<Input> {
        let Self(post) = self;
        let waited = post.0.came.wait_timeout_while(post.mail(), patience, Mail::is_empty);
        self.take(waited.unwrap_or_else(PoisonError::into_inner).0)
    }

    /// Takes all that is there.
    fn take(&self, mut mail: MutexGuard<'_, Mail>) -> Vec<Input> {
        mail.is_nudged = false;
        let events = mem::take(&mut mail.queue);
        let mut inputs = mem::take(&mut mail.notices);
        drop(mail);
        self.0.0.left.notify_all();
        let mut reduced = Vec::new();
        for event in events {
            push(&mut reduced, event);
        }
        inputs.append(&mut reduced);
        inputs
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.0.mail().is_closed = true;
        self.0.0.left.notify_all();
    }
}

impl Mail {
    fn is_empty(&mut self) -> bool {
        self.queue.is_empty() && self.notices.is_empty() && !self.is_nudged
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failure here is the test's failure")]

    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;

    fn key(character: char) -> Input {
        Input::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE))
    }

    #[test]
    fn notices_come_first_and_of_resizes_the_last_remains() {
        let inbox = inbox();
        assert!(inbox.post().deliver(key('a')));
        for notice in [Input::Resize(1, 2), Input::Resumed, Input::Resize(3, 4), Input::Resumed] {
            inbox.post().notice(notice);
        }
        let expected = [Input::Resize(3, 4), Input::Resumed, key('a')];
        assert_eq!(inbox.wait(), expected);
    }

    #[test]
    fn a_mere_wake_up_brings_nothing() {
        let inbox = inbox();
        inbox.post().wake();
        assert_eq!(inbox.wait(), []);
    }

    #[test]
    fn a_wait_with_an_end_ends_and_takes_what_has_come() {
        let inbox = inbox();
        assert_eq!(inbox.wait_at_most(Duration::from_millis(1)), []);
        assert!(inbox.post().deliver(key('a')));
        assert_eq!(inbox.wait_at_most(Duration::from_secs(10)), [key('a')]);
    }

    #[test]
    fn a_notice_is_heard_although_the_queue_is_full() {
        let inbox = with_room(1);
        assert!(inbox.post().deliver(key('a')));
        inbox.post().notice(Input::Resize(5, 6));
        assert_eq!(inbox.wait(), [Input::Resize(5, 6), key('a')]);
    }

    #[test]
    fn nobody_waits_to_deliver_to_a_loop_that_is_gone() {
        let inbox = with_room(1);
        let post = inbox.post();
        assert!(post.deliver(key('a')));
        let reader = thread::spawn(move || post.deliver(key('b')));
        drop(inbox);
        assert!(!reader.join().unwrap());
    }

    #[test]
    fn a_full_queue_makes_the_reader_wait_and_loses_nothing() {
        let inbox = with_room(2);
        let post = inbox.post();
        let (done, is_done) = mpsc::channel();
        let reader = thread::spawn(move || {
            for character in 'a'..='z' {
                assert!(post.deliver(key(character)));
            }
            done.send(()).unwrap();
        });
        assert!(is_done.recv_timeout(Duration::from_millis(50)).is_err());
        let mut heard = Vec::new();
        while heard.len() < 26 {
            heard.extend(inbox.wait());
        }
        reader.join().unwrap();
        let expected: Vec<_> = ('a'..='z').map(key).collect();
        assert_eq!(heard, expected);
    }
}
