//! A one-way channel that keeps the newest value only.
//!
//! Invariant: sending never blocks, and the receiver gets each value at most once; a value
//! that was not received before the next one is sent is dropped.

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

/// The sending side. The receiving side is disconnected once every clone of this is gone.
pub struct LatestSender<T> {
    sender: Sender<T>,
    /// Takes out the value that a newer one replaces.
    replaced: Receiver<T>,
}

/// Creates an empty channel for one value.
pub fn latest<T>() -> (LatestSender<T>, Receiver<T>) {
    let (sender, receiver) = bounded(1);
    (LatestSender { sender, replaced: receiver.clone() }, receiver)
}

impl<T> LatestSender<T> {
    /// Puts a value in the place of the one that was not received yet, if any.
    pub fn send(&self, value: T) {
        let mut next = value;
        while let Err(TrySendError::Full(value)) = self.sender.try_send(next) {
            // Fails if the receiver was faster; then there is room for the next try.
            drop(self.replaced.try_recv());
            next = value;
        }
    }
}

#[cfg(test)]
impl<T> LatestSender<T> {
    /// Returns true if the last value was not received yet.
    pub(super) fn is_pending(&self) -> bool {
        !self.replaced.is_empty()
    }
}

impl<T> Clone for LatestSender<T> {
    fn clone(&self) -> Self {
        Self { sender: self.sender.clone(), replaced: self.replaced.clone() }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn only_the_newest_value_is_received_and_only_once() {
        let (sender, receiver) = latest();
        (1..=3).for_each(|number| sender.send(number));
        assert_eq!(receiver.try_iter().collect::<Vec<_>>(), [3]);
        sender.send(4);
        drop(sender);
        assert_eq!(receiver.iter().collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn values_sent_from_several_threads_arrive_in_the_order_of_each() {
        let (sender, receiver) = latest();
        for thread in 0..2 {
            let sender = sender.clone();
            thread::spawn(move || (0..10_000).for_each(|number| sender.send((thread, number))));
        }
        drop(sender);
        let received: Vec<_> = receiver.iter().collect();
        for thread in 0..2 {
            let numbers: Vec<_> = received.iter().filter(|(from, _)| *from == thread).collect();
            assert!(numbers.is_sorted());
        }
        assert!(received.last().is_some_and(|(_, number)| *number == 9_999));
    }
}
