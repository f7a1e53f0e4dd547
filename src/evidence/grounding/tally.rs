//! Counts how the claims of a dossier stand, in all and for each document.
//!
//! Invariant: a claim counts once in all, and once for each document that it cites.

use serde::{Serialize, Serializer};

use super::{Grounder, Grounding};
use crate::evidence::library::Library;
use crate::evidence::usage::Usage;
use crate::model::{ClaimId, DocumentId, Dossier};

/// The number of claims in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally([usize; Grounding::ALL.len()]);

impl Tally {
    /// Counts a claim.
    pub fn add(&mut self, state: Grounding) {
        if let Some(count) = self.0.get_mut(state as usize) {
            *count = count.saturating_add(1);
        }
    }

    /// Returns the number of claims in a state.
    pub fn count(&self, state: Grounding) -> usize {
        self.0.get(state as usize).copied().unwrap_or_default()
    }

    /// Returns every state with its number of claims, the closest first.
    pub fn counts(&self) -> impl Iterator<Item = (Grounding, usize)> {
        Grounding::ALL.iter().map(|&state| (state, self.count(state)))
    }
}

/// As an object, with a key for each state: `by_heading_or_context`.
impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.counts().map(|(state, count)| (state.as_str().replace(' ', "_"), count)))
    }
}

/// How every claim of a dossier stands.
#[derive(Debug, Default)]
pub struct Tallies {
    /// All claims.
    pub all: Tally,
    /// The claims that cite each document, by the index of the document.
    pub documents: Vec<Tally>,
    /// The claims whose value is not in the passage.
    pub missing: Vec<ClaimId>,
}

impl Tallies {
    /// Judges every claim. `usage` has to be of this dossier and these documents.
    pub fn new(dossier: &Dossier, library: &Library, usage: &Usage) -> Self {
        let grounder = Grounder::new(dossier, library);
        let mut tallies = Self { documents: vec![Tally::default(); dossier.documents().count()], ..Self::default() };
        for (id, claim) in dossier.claims() {
            let Some(state) = grounder.ground(claim, usage) else { continue };
            tallies.all.add(state);
            let mut documents: Vec<DocumentId> = dossier.evidence(claim).map(|place| place.document).collect();
            documents.sort_unstable();
            documents.dedup();
            for document in documents {
                if let Some(tally) = tallies.documents.get_mut(document.index()) {
                    tally.add(state);
                }
            }
            if state == Grounding::NotInPassage {
                tallies.missing.push(id);
            }
        }
        tallies
    }
}
