//! The same work on many pieces, by as many threads as there are processors.
//!
//! Invariant: results do not depend on how many threads there were: pieces are handed out in
//! order, and what comes of them is merged without regard to who did it.

mod crew;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use super::stop::Stop;

/// With fewer pieces than this for each of them, threads cost more than they save.
const WORTH_A_THREAD: usize = 4;

/// How many threads are worth having for so many pieces.
pub fn threads_for(pieces: usize) -> usize {
    let worth = pieces / WORTH_A_THREAD;
    if worth <= 1 { 1 } else { processors().min(worth) }
}

/// How many processors there are. Asked once: the answer is read from a handful of files, which takes as long as a
/// search among ten thousand names.
fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// Does the work on every piece, each thread with a state of its own; the states, or none if it
/// was stopped.
pub fn fold<S: Send>(
    pieces: usize,
    threads: usize,
    stop: &Stop,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize) + Sync,
) -> Option<Vec<S>> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut state = start();
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= pieces || stop.is_set() {
                return state;
            }
            work(&mut state, piece);
        }
    };
    let states = crew::by(threads, run);
    (!stop.is_set()).then_some(states)
}

/// Does the work on every piece; the results in order.
pub fn map<T: Send>(pieces: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let mut done = Vec::with_capacity(pieces);
    in_order(pieces, || (), |(), piece| work(piece), |result| done.push(result));
    done
}

/// Does the work on every piece, each thread with a scratch of its own, and hands what comes of it to `take` in the
/// order of the pieces, while others are still worked on.
pub fn in_order<W: Send, T: Send>(
    pieces: usize,
    scratch: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, usize) -> T + Sync,
    take: impl FnMut(T) + Send,
) {
    let waiting = Mutex::new(BTreeMap::new());
    let taken = Mutex::new(Taken { take, next: 0 });
    fold(pieces, threads_for(pieces), &Stop::never(), scratch, |scratch, piece| {
        let done = work(scratch, piece);
        waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(piece, done);
        // Who finds another one at it leaves it to him, and what that one has just missed to whoever comes next.
        if let Ok(mut taken) = taken.try_lock() {
            taken.take_from(&waiting);
        }
    });
    taken.into_inner().unwrap_or_else(PoisonError::into_inner).take_from(&waiting);
}

struct Taken<F> {
    take: F,
    next: usize,
}

impl<F> Taken<F> {
    /// Takes what is there, as far as nothing before it is missing.
    fn take_from<T>(&mut self, waiting: &Mutex<BTreeMap<usize, T>>)
    where
        F: FnMut(T),
    {
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.next);
            let Some(done) = next else { return };
            (self.take)(done);
            self.next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Turns;

    #[test]
    fn every_piece_is_done_once_by_any_number_of_threads() {
        for threads in 1..5 {
            let states = fold(100, threads, &Stop::never(), Vec::new, |done: &mut Vec<usize>, piece| done.push(piece));
            let mut done = states.unwrap_or_default().concat();
            done.sort_unstable();
            assert!(done.into_iter().eq(0..100), "{threads}");
        }
        assert_eq!(map(9, |piece| piece * piece), [0, 1, 4, 9, 16, 25, 36, 49, 64]);
    }

    #[test]
    fn what_comes_of_pieces_is_taken_in_their_order_and_scratch_goes_from_one_to_the_next() {
        let mut taken = Vec::new();
        let count = |done: &mut usize, piece| {
            *done += 1;
            (piece, *done)
        };
        in_order(1_000, || 0, count, |result| taken.push(result));
        assert!(taken.iter().map(|&(piece, _)| piece).eq(0..1_000));
        // Of so many pieces one thread did at least its share.
        assert!(taken.iter().any(|&(_, done)| done >= 1_000 / processors()));
    }

    #[test]
    fn what_is_stopped_has_no_result() {
        let turns = Turns::default();
        let states = fold(
            100,
            2,
            &turns.next(),
            || 0,
            |done, piece| {
                *done += 1;
                if piece == 3 {
                    turns.end();
                }
            },
        );
        assert_eq!(states, None);
    }
}
