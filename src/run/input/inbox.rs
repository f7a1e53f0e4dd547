//! Everything the event loop waits for, in one bounded inbox.
//!
//! Events queue, and whoever reads them from the terminal waits while the queue is full.
//! Notices (resizes, resumes, another thread's news) come past the queue, since those who
//! give them must not wait for the loop.
//!
//! Invariant: memory is bounded however much is sent, and a notice is always heard: the
//! loop looks at the notices after each wake-up.

use std::mem;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Input, push};

/// The most events that wait; the terminal's own buffer takes the rest.
const QUEUE: usize = 4096;

/// What travels in the queue.
enum Item {
    Event(Input),
    /// There are notices, or news that the loop looks for elsewhere.
    Nudge,
}

type Notices = Arc<Mutex<Vec<Input>>>;

/// Where threads leave what the loop should know.
#[derive(Clone)]
pub struct Post {
    queue: SyncSender<Item>,
    notices: Notices,
}

/// Where the loop waits.
pub struct Inbox {
    queue: Receiver<Item>,
    post: Post,
}

/// A new inbox.
pub fn inbox() -> Inbox {
    with_room(QUEUE)
}

fn with_room(capacity: usize) -> Inbox {
    let (sender, queue) = sync_channel(capacity);
    Inbox { queue, post: Post { queue: sender, notices: Notices::default() } }
}

impl Post {
    /// Leaves an event and waits while the queue is full; whether anyone still reads it.
    pub(super) fn deliver(&self, input: Input) -> bool {
        self.queue.send(Item::Event(input)).is_ok()
    }

    /// Leaves a notice without ever waiting.
    pub fn notice(&self, notice: Input) {
        // In this order: whoever empties the queue afterwards finds the notice.
        push(&mut self.notices(), notice);
        self.wake();
    }

    /// Wakes the loop so that it looks for news of its own, without ever waiting:
    /// when the queue is full the loop is awake and will look after emptying it.
    pub fn wake(&self) {
        let _ = self.queue.try_send(Item::Nudge);
    }

    fn notices(&self) -> MutexGuard<'_, Vec<Input>> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inbox {
    /// A way to reach the loop from another thread.
    pub fn post(&self) -> Post {
        self.post.clone()
    }

    /// Blocks until something arrives and takes all of it, at most a queue full:
    /// notices first, then events in their order, with resizes, wheel turns and drags
    /// reduced to what they come to. Empty after a mere [`Post::wake`].
    pub fn wait(&self) -> Vec<Input> {
        // The inbox holds a sender itself, so this never fails.
        self.take(self.queue.recv().ok())
    }

    /// The same, but blocks no longer than that.
    pub fn wait_at_most(&self, patience: Duration) -> Vec<Input> {
        self.take(self.queue.recv_timeout(patience).ok())
    }

    /// Takes all that is there behind the first.
    fn take(&self, first: Option<Item>) -> Vec<Input> {
        let mut events = Vec::new();
        if let Some(Item::Event(input)) = first {
            events.push(input);
        }
        for item in self.queue.try_iter().take(QUEUE) {
            match item {
                Item::Event(input) => push(&mut events, input),
                Item::Nudge => {}
            }
        }
        let mut inputs = mem::take(&mut *self.post.notices());
        inputs.append(&mut events);
        inputs
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
        assert!(inbox.post.deliver(key('a')));
        for notice in [Input::Resize(1, 2), Input::Resumed, Input::Resize(3, 4), Input::Resumed] {
            inbox.post.notice(notice);
        }
        let expected = [Input::Resize(3, 4), Input::Resumed, key('a')];
        assert_eq!(inbox.wait(), expected);
    }

    #[test]
    fn a_mere_wake_up_brings_nothing() {
        let inbox = inbox();
        inbox.post.wake();
        assert_eq!(inbox.wait(), []);
    }

    #[test]
    fn a_wait_with_an_end_ends_and_takes_what_has_come() {
        let inbox = inbox();
        assert_eq!(inbox.wait_at_most(Duration::from_millis(1)), []);
        assert!(inbox.post.deliver(key('a')));
        assert_eq!(inbox.wait_at_most(Duration::from_secs(10)), [key('a')]);
    }

    #[test]
    fn a_notice_is_heard_although_the_queue_is_full() {
        let inbox = with_room(1);
        assert!(inbox.post.deliver(key('a')));
        inbox.post.notice(Input::Resize(5, 6));
        assert_eq!(inbox.wait(), [Input::Resize(5, 6), key('a')]);
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
