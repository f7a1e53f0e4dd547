//! The answer for several days, from the answers of each.
//!
//! Invariant: whoever holds the office on one of the days is named once, and what is called definite is so on all of them.

use super::{Certainty, Holding, Knowledge};

/// What is said of one holder, or of a vacancy, on some of the days.
struct Run {
    /// The answer with the strongest evidence.
    strongest: Holding,
    /// The weakest answer, which is the one that applies on all days.
    weakest: Holding,
    /// The weakest of the answers that are sure.
    surest: Option<Holding>,
    days: usize,
}

impl Run {
    fn of(holding: Holding) -> Self {
        let surest = is_sure(&holding).then(|| holding.clone());
        Self { strongest: holding.clone(), weakest: holding, surest, days: 1 }
    }

    fn is_of(&self, holding: &Holding) -> bool {
        let own = &self.strongest;
        own.tenure == holding.tenure && (holding.tenure.is_some() || own.state == holding.state)
    }

    fn add(&mut self, holding: Holding) {
        let key = |holding: &Holding| (holding.certainty, holding.state, holding.basis);
        let strength = |holding: &Holding| (holding.state, holding.certainty, holding.basis);
        self.days += 1;
        if is_sure(&holding) && self.surest.as_ref().is_none_or(|known| key(known) < key(&holding)) {
            self.surest = Some(holding.clone());
        }
        if strength(&holding) < strength(&self.strongest) {
            self.strongest = holding.clone();
        }
        if key(&holding) > key(&self.weakest) {
            self.weakest = holding;
        }
    }

    /// Returns the answer for all days.
    fn answer(self, days: usize, has_day: &dyn Fn(&Holding) -> bool) -> Holding {
        let is_whole = self.days == days && self.weakest.certainty == Certainty::Definite;
        match self.surest {
            Some(surest) if is_whole && surest.state == self.weakest.state => self.weakest,
            Some(surest) => Holding { certainty: Certainty::Part, ..surest },
            None if is_whole => self.weakest,
            None if has_day(&self.strongest) => Holding { certainty: Certainty::Part, ..self.strongest },
            None => Holding { certainty: Certainty::Possible, ..self.weakest },
        }
    }
}

/// Returns true if the office is surely held, or surely vacant, on the day of the answer.
fn is_sure(holding: &Holding) -> bool {
    let is_told = match holding.state {
        Knowledge::Stated | Knowledge::Attested | Knowledge::Vacant => true,
        Knowledge::LastKnown | Knowledge::Unknown => false,
    };
    is_told && holding.certainty == Certainty::Definite
}

/// Merges the answers of several days; `has_day` tells whether a holder surely held the office on one of them, whichever.
pub(super) fn merged(days: Vec<Vec<Holding>>, has_day: &dyn Fn(&Holding) -> bool) -> Vec<Holding> {
    let count = days.len();
    let mut runs: Vec<Run> = Vec::new();
    for holding in days.into_iter().flatten() {
        match runs.iter_mut().find(|run| run.is_of(&holding)) {
            Some(run) => run.add(holding),
            None => runs.push(Run::of(holding)),
        }
    }
    if runs.iter().any(|run| run.strongest.state != Knowledge::Unknown) {
        runs.retain(|run| run.strongest.state != Knowledge::Unknown);
    }
    let mut out: Vec<Holding> = runs.into_iter().map(|run| run.answer(count, has_day)).collect();
    out.sort_by_key(|holding| (holding.certainty, holding.state));
    out
}
