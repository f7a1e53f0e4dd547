//! Cancellation: a newer search stops the one before.
//!
//! Invariant: of all [`Stop`]s that one [`Turns`] has given out, at most the last is not set.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Gives out [`Stop`]s; each new turn cancels the one before.
///
/// ```
/// use annals::search::Turns;
///
/// let turns = Turns::default();
/// let first = turns.next();
/// let second = turns.next();
/// assert!(first.is_set() && !second.is_set());
/// ```
#[derive(Debug, Default)]
pub struct Turns {
    latest: Arc<AtomicU64>,
}

/// Tells whether to give up; checked between two pieces of work. Checking and cloning are cheap.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    turn: Option<(Arc<AtomicU64>, u64)>,
}

impl Turns {
    /// Begins a turn and cancels the one before; the result is set when the next turn begins.
    pub fn next(&self) -> Stop {
        let turn = self.latest.fetch_add(1, Ordering::Relaxed) + 1;
        Stop { turn: Some((Arc::clone(&self.latest), turn)) }
    }

    /// Cancels the last turn without beginning another.
    pub fn end(&self) {
        self.latest.fetch_add(1, Ordering::Relaxed);
    }
}

impl Stop {
    /// A `Stop` that is never set.
    pub fn never() -> Self {
        Self::default()
    }

    /// Returns true if the work is to be given up.
    pub fn is_set(&self) -> bool {
        // Relaxed: no other memory depends on it, and a late answer costs one more piece of work.
        self.turn.as_ref().is_some_and(|(latest, own)| latest.load(Ordering::Relaxed) != *own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_stopped_when_the_next_begins_or_it_is_ended() {
        let turns = Turns::default();
        let first = turns.next();
        assert!(!first.is_set());
        let second = turns.next();
        assert!(first.is_set() && !second.is_set());
        turns.end();
        assert!(second.is_set());
        assert!(!turns.next().is_set());
        assert!(!Stop::never().is_set());
    }
}
