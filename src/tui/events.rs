//! Events of the interface, and the one channel on which the event loop waits for them.
//!
//! Threads that read the terminal block while the channel is full. A new size and a wake-up
//! must not wait for the loop: the size has a slot of its own, and a wake-up is not needed
//! where events are queued already.
//!
//! Invariant: memory is bounded however many events come; after each wake-up the receiver
//! looks at the size, so that one is never missed; an event that is merged into another
//! leaves the sum and the last state of what happened as they were.

use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use crossterm::event::KeyEvent;

use super::latest::{LatestSender, latest};

/// Maximum number of queued events; further ones stay in the terminal's own buffer.
const CAPACITY: usize = 4096;

/// An event to which the loop reacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed, or repeats while it is held.
    Key(KeyEvent),
    /// The left button was pressed over this column and row, from 0.
    Click(u16, u16),
    /// The mouse was moved to this column and row while its left button is held.
    Drag(u16, u16),
    /// The wheel was turned over this column and row: notches down, added up; negative for up.
    Wheel(u16, u16, i32),
    /// Pasted text of at most 64 KiB.
    Paste(String),
    /// The new size of the terminal in columns and rows; either may be 0.
    Resize(u16, u16),
    /// The terminal can no longer be read, with the reason; the program should end.
    Lost(String),
}

/// Sends events to the loop, from any thread.
#[derive(Clone)]
pub struct EventSender {
    /// `None` wakes the loop and means nothing else.
    queue: Sender<Option<Input>>,
    size: LatestSender<(u16, u16)>,
}

/// The receiving side, which belongs to the event loop.
pub struct Events {
    sender: EventSender,
    queue: Receiver<Option<Input>>,
    size: Receiver<(u16, u16)>,
}

/// Creates the channel of a session.
pub fn channel() -> Events {
    with_capacity(CAPACITY)
}

fn with_capacity(capacity: usize) -> Events {
    let (sender, queue) = bounded(capacity);
    let (size_sender, size) = latest();
    Events { sender: EventSender { queue: sender, size: size_sender }, queue, size }
}

impl EventSender {
    /// Sends an event, and blocks while the channel is full. Returns false if the loop has ended.
    pub fn send(&self, input: Input) -> bool {
        self.queue.send(Some(input)).is_ok()
    }

    /// Sends the terminal's new size in columns and rows. Never blocks, and overtakes queued events; only
    /// the last size counts.
    pub fn send_size(&self, size: (u16, u16)) {
        self.size.send(size);
        self.wake();
    }

    /// Wakes the loop, which then looks for results of other threads and draws. Never blocks.
    pub fn wake(&self) {
        // If the channel is full, the loop has something to wake up for. If it is closed, the loop has ended.
        drop(self.queue.try_send(None));
    }
}

impl Events {
    /// Returns a sender for another thread.
    pub fn sender(&self) -> EventSender {
        self.sender.clone()
    }

    /// Blocks until something arrives and returns all of it, at most one full channel: a new size first,
    /// then events in their order, with turns of the wheel and drags merged. Empty after a mere
    /// [`wake`](EventSender::wake).
    pub fn wait(&self) -> Vec<Input> {
        // It cannot fail, since `self` holds a sender.
        self.drain(self.queue.recv().ok().flatten())
    }

    /// Like [`wait`](Self::wait), but returns after the given time even if nothing arrived.
    pub fn wait_at_most(&self, timeout: Duration) -> Vec<Input> {
        self.drain(self.queue.recv_timeout(timeout).ok().flatten())
    }

    fn drain(&self, first: Option<Input>) -> Vec<Input> {
        let mut inputs = Vec::new();
        for input in first.into_iter().chain(self.queue.try_iter().take(CAPACITY).flatten()) {
            merge(&mut inputs, input);
        }
        // Looked at last: the wake-up of a size that comes later is still in the channel.
        if let Ok((columns, rows)) = self.size.try_recv() {
            inputs.insert(0, Input::Resize(columns, rows));
        }
        inputs
    }
}

/// Appends an event, or merges it into the last one if only the sum or the last position counts.
fn merge(events: &mut Vec<Input>, next: Input) {
    match (events.last_mut(), &next) {
        (Some(Input::Wheel(column, row, sum)), Input::Wheel(to, at, notches)) if (*column, *row) == (*to, *at) => {
            *sum = sum.saturating_add(*notches);
        }
        (Some(last @ Input::Drag(..)), Input::Drag(..)) => *last = next,
        _ => events.push(next),
    }
}

#[cfg(test)]
mod tests {

    use std::thread;

    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    fn key(character: char) -> Input {
        Input::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE))
    }

    fn merged(inputs: impl IntoIterator<Item = Input>) -> Vec<Input> {
        let mut events = Vec::new();
        inputs.into_iter().for_each(|input| merge(&mut events, input));
        events
    }

    #[test]
    fn the_last_of_several_sizes_overtakes_queued_keys() {
        let events = channel();
        assert!(events.sender().send(key('a')));
        events.sender().send_size((1, 2));
        events.sender().send_size((3, 4));
        assert_eq!(events.wait(), [Input::Resize(3, 4), key('a')]);
    }

    #[test]
    fn a_wake_up_brings_no_event() {
        let events = channel();
        events.sender().wake();
        assert_eq!(events.wait(), []);
    }

    #[test]
    fn a_wait_with_a_timeout_ends_and_returns_what_has_come() {
        let events = channel();
        assert_eq!(events.wait_at_most(Duration::ZERO), []);
        assert!(events.sender().send(key('a')));
        assert_eq!(events.wait_at_most(Duration::from_secs(10)), [key('a')]);
    }

    #[test]
    fn a_size_and_a_wake_up_do_not_wait_for_a_full_channel() {
        let events = with_capacity(1);
        assert!(events.sender().send(key('a')));
        events.sender().send_size((5, 6));
        events.sender().wake();
        assert_eq!(events.wait(), [Input::Resize(5, 6), key('a')]);
    }

    #[test]
    fn a_sender_that_waits_for_room_is_released_when_the_loop_ends() {
        let events = with_capacity(1);
        let sender = events.sender();
        assert!(sender.send(key('a')));
        let reader = thread::spawn(move || sender.send(key('b')));
        drop(events);
        assert!(!reader.join().unwrap());
    }

    #[test]
    fn a_full_channel_makes_the_sender_wait_and_loses_nothing() {
        let events = with_capacity(2);
        let sender = events.sender();
        let reader = thread::spawn(move || {
            for character in 'a'..='z' {
                assert!(sender.send(key(character)));
            }
        });
        thread::sleep(Duration::from_millis(50));
        assert!(!reader.is_finished());
        let mut received = Vec::new();
        while received.len() < 26 {
            received.extend(events.wait());
        }
        reader.join().unwrap();
        assert_eq!(received, ('a'..='z').map(key).collect::<Vec<_>>());
    }

    #[test]
    fn keys_are_never_merged() {
        assert_eq!(merged([key('j'), key('j')]).len(), 2);
    }

    #[test]
    fn turns_of_the_wheel_over_one_cell_are_added_up() {
        let turns = [(3, 1), (3, 1), (3, -1), (3, 1), (4, 1)].map(|(column, notches)| Input::Wheel(column, 5, notches));
        assert_eq!(merged(turns), [Input::Wheel(3, 5, 2), Input::Wheel(4, 5, 1)]);
    }

    #[test]
    fn of_a_drag_the_last_position_remains_with_the_press() {
        let events = merged([Input::Click(0, 0), Input::Drag(1, 0), Input::Drag(2, 1), Input::Click(3, 0)]);
        assert_eq!(events, [Input::Click(0, 0), Input::Drag(2, 1), Input::Click(3, 0)]);
    }
}
