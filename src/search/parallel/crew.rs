//! The threads that help whoever has much to do, kept from one time to the next.
//!
//! To start a thread takes as long as to look through ten thousand names; and a kernel is apt to put
//! whom one wakes behind one's own work, where a search is over before the helper has begun. So helpers
//! sleep between two works, and are woken where the one who calls them is not.
//!
//! There is one crew. Who finds it at work for another starts threads of his own: nobody waits until
//! the names of a dossier are read to search those that are there.
//!
//! Here alone is it asked on which processor one runs: it is about a search, and nothing of the world outside.
//!
//! Invariant: helpers without work sleep without ever waking up.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::{self, Builder};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::processors;

static CREW: Mutex<Option<Crew>> = Mutex::new(None);

struct Crew {
    pool: ThreadPool,
    places: places::Places,
}

/// Does the work so many times at once, once here; what came of each. Fewer times where there are no threads to be had.
pub fn by<S: Send>(threads: usize, work: impl Fn() -> S + Sync) -> Vec<S> {
    let helpers = threads.saturating_sub(1);
    if helpers == 0 {
        return vec![work()];
    }
    match free().as_deref_mut().and_then(Crew::of) {
        Some(crew) => crew.help(helpers, work),
        None => with_new_threads(helpers, work),
    }
}

/// The crew, unless it is at work.
fn free() -> Option<MutexGuard<'static, Option<Crew>>> {
    match CREW.try_lock() {
        Ok(crew) => Some(crew),
        // Work that panicked did so in helpers that live on.
        Err(TryLockError::Poisoned(crew)) => Some(crew.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

impl Crew {
    /// The crew, which is called together the first time; none where no threads are to be had.
    fn of(crew: &mut Option<Self>) -> Option<&mut Self> {
        if crew.is_none() {
            let helpers = processors().saturating_sub(1).max(1);
            let pool = ThreadPoolBuilder::new().num_threads(helpers).thread_name(|_| "helper".into()).build().ok()?;
            let places = places::Places::of(&pool);
            *crew = Some(Self { pool, places });
        }
        crew.as_mut()
    }

    fn help<S: Send>(&self, helpers: usize, work: impl Fn() -> S + Sync) -> Vec<S> {
        let states = Mutex::new(Vec::with_capacity(helpers + 1));
        let keep = |state| states.lock().unwrap_or_else(PoisonError::into_inner).push(state);
        self.places.leave_this_one();
        self.pool.in_place_scope(|scope| {
            for _ in 0..helpers {
                scope.spawn(|_| keep(work()));
            }
            keep(work());
        });
        states.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

fn with_new_threads<S: Send>(helpers: usize, work: impl Fn() -> S + Sync) -> Vec<S> {
    thread::scope(|scope| {
        // Where there are no more threads to be had, fewer do it.
        let others: Vec<_> = (0..helpers).map_while(|_| Builder::new().spawn_scoped(scope, &work).ok()).collect();
        let mut states = vec![work()];
        for other in others {
            match other.join() {
                Ok(state) => states.push(state),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        states
    })
}

#[cfg(target_os = "linux")]
mod places {
    //! On which processors helpers run.

    use rayon::ThreadPool;
    use rustix::thread::{Pid, gettid, sched_getaffinity, sched_getcpu, sched_setaffinity};

    /// The helpers, by the numbers that the kernel gave them.
    pub struct Places(Vec<Pid>);

    impl Places {
        pub fn of(pool: &ThreadPool) -> Self {
            Self(pool.broadcast(|_| gettid()))
        }

        /// Sends helpers to any processor that is allowed to this thread but the one on which it runs. Where the
        /// kernel does not do so, they run wherever it puts them.
        pub fn leave_this_one(&self) {
            let Ok(mut allowed) = sched_getaffinity(None) else { return };
            allowed.unset(sched_getcpu());
            if allowed.count() == 0 {
                return;
            }
            for &helper in &self.0 {
                let _ = sched_setaffinity(Some(helper), &allowed);
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod places {
    //! Where the kernel alone places helpers.

    use rayon::ThreadPool;

    pub struct Places;

    impl Places {
        pub fn of(_: &ThreadPool) -> Self {
            Self
        }

        pub fn leave_this_one(&self) {}
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failure here is the test's failure")]
mod tests {
    use super::*;

    #[test]
    fn whoever_finds_the_crew_at_work_is_helped_by_others() {
        let nested = by(3, || by(3, || 1).len());
        assert_eq!(nested, [3; 3]);
        let crew = free();
        assert_eq!(by(2, || 1), [1; 2]);
        drop(crew);
    }

    #[test]
    fn work_that_panics_panics_here_and_leaves_the_crew_fit_for_work() {
        let panicked = std::panic::catch_unwind(|| by(2, || assert!(thread::panicking(), "a test asked for this")));
        assert!(panicked.is_err());
        assert_eq!(by(2, || 1), [1; 2]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn helpers_run_on_any_processor_but_that_of_who_calls_them() {
        use std::sync::Barrier;

        use rustix::thread::{sched_getaffinity, sched_setaffinity};

        // Some sandboxes let nobody choose.
        if sched_getaffinity(None).and_then(|allowed| sched_setaffinity(None, &allowed)).is_err() {
            return;
        }
        let (mut own, together) = (None, Barrier::new(2));
        let crew = Crew::of(&mut own).expect("threads");
        let mut counts = crew.help(1, || {
            together.wait();
            sched_getaffinity(None).map_or(0, |allowed| allowed.count())
        });
        counts.sort_unstable();
        let allowed = counts[1];
        assert_eq!(counts, [(allowed - 1).max(1), allowed]);
    }
}
