//! Distributes pieces of work over as many threads as there are processors.
//!
//! Threads are started for each call: that takes some tens of microseconds, and [`threads_for`] asks for more than one
//! only if there is much more to do. A pool would save that time, but work would wait there behind other work.
//!
//! Invariant: results do not depend on the number of threads.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{self, Builder};

use super::stop::Stop;

/// The least number of pieces for each thread: with fewer, threads cost more than they save.
const MIN_PIECES: usize = 4;

/// The number of threads to use for a number of pieces, at least 1.
pub fn threads_for(pieces: usize) -> usize {
    (pieces / MIN_PIECES).clamp(1, processors())
}

/// The number of processors. It is determined once: that reads several files, which takes as long as a search among ten
/// thousand names.
fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// Does the work on every piece, on up to `threads` threads, each of which has a state of its own. Pieces are handed out
/// in order. Returns the states, or `None` if `stop` was set.
///
/// If the system refuses to start a thread, those that run do all the work.
///
/// # Panics
/// If the work panics on any thread.
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
    let states = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map_while(|_| Builder::new().spawn_scoped(scope, run).ok()).collect();
        let own = run();
        let others = others.into_iter().map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        std::iter::once(own).chain(others).collect()
    });
    (!stop.is_set()).then_some(states)
}

/// Does the work on every piece; returns the results in the order of the pieces.
pub fn map<T: Send>(pieces: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let mut done = Vec::with_capacity(pieces);
    in_order(pieces, || (), |(), piece| work(piece), |result| done.push(result));
    done
}

/// Does the work on every piece, each thread with a scratch of its own, and passes the results to `take` in the order of
/// the pieces, each as soon as those before it are taken.
pub fn in_order<W: Send, T: Send>(
    pieces: usize,
    scratch: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, usize) -> T + Sync,
    take: impl FnMut(T) + Send,
) {
    let results = Mutex::new((take, 0, BTreeMap::new()));
    fold(pieces, threads_for(pieces), &Stop::never(), scratch, |scratch, piece| {
        let result = work(scratch, piece);
        let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
        let (take, next, waiting) = &mut *results;
        waiting.insert(piece, result);
        while let Some(result) = waiting.remove(next) {
            take(result);
            *next += 1;
        }
    });
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
    fn more_than_one_thread_is_used_only_for_enough_pieces() {
        assert_eq!([0, 1, MIN_PIECES, 2 * MIN_PIECES - 1].map(threads_for), [1; 4]);
        assert_eq!(threads_for(2 * MIN_PIECES), processors().min(2));
        assert_eq!(threads_for(usize::MAX), processors());
    }

    #[test]
    fn results_are_taken_in_the_order_of_pieces_and_scratch_is_reused() {
        let mut taken = Vec::new();
        let count = |done: &mut usize, piece| {
            *done += 1;
            (piece, *done)
        };
        in_order(1_000, || 0, count, |result| taken.push(result));
        assert!(taken.iter().map(|&(piece, _)| piece).eq(0..1_000));
        // One thread did at least its share.
        assert!(taken.iter().any(|&(_, done)| done >= 1_000 / processors()));
    }

    #[test]
    fn a_panic_of_another_thread_reaches_the_caller() {
        let caller = thread::current().id();
        let work = |(): &mut (), _| {
            assert!(thread::current().id() == caller, "a test asked for this");
            thread::sleep(std::time::Duration::from_millis(1));
        };
        let panicked = std::panic::catch_unwind(|| fold(1_000, 2, &Stop::never(), || (), work));
        assert!(panicked.is_err());
    }

    #[test]
    fn stopped_work_has_no_result() {
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
