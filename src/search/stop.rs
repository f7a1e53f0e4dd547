//! The sign by which a search learns that nobody waits for it any more.
//!
//! Invariant: of all signs that one [`Turns`] has given out, only the last is not set.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Whose turn it is: each new turn ends the one before.
#[derive(Debug, Default)]
pub struct Turns {
    latest: Arc<AtomicU64>,
}

/// Looked at between pieces of work; cheap to look at and to clone.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    turn: Option<(Arc<AtomicU64>, u64)>,
}

impl Turns {
    /// Begins a turn, and gives the sign that is set when the next one begins.
    pub fn next(&self) -> Stop {
        let turn = self.latest.fetch_add(1, Ordering::Relaxed) + 1;
        Stop { turn: Some((Arc::clone(&self.latest), turn)) }
    }

    /// Ends the last turn without beginning another.
    pub fn end(&self) {
        self.latest.fetch_add(1, Ordering::Relaxed);
    }
}

impl Stop {
    /// A sign that is never set.
    pub fn never() -> Self {
        Self::default()
    }

    /// Whether to give up.
    pub fn is_set(&self) -> bool {
        // Nothing else is learnt from it, and soon is soon enough.
        self.turn.as_ref().is_some_and(|(latest, own)| latest.load(Ordering::Relaxed) != *own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_over_when_the_next_begins_or_it_is_ended() {
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
