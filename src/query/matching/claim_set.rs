//! The claims that a condition on single claims finds, looked up once for a query.
//!
//! Invariant: the subjects are those of the claims.

use std::collections::HashMap;

use crate::graph::entity_set::EntitySet;
use crate::model::{ClaimId, EntityId, Review, ReviewVerdict, Verdict};
use crate::query::ReviewState;
use crate::timeline::World;
use crate::verdicts::{Pair, verdicts};

/// Claims and their subjects.
#[derive(Debug, Default)]
pub struct ClaimSet {
    /// In ascending order.
    claims: Vec<ClaimId>,
    subjects: EntitySet,
}

impl ClaimSet {
    pub(super) fn new(world: &World, mut claims: Vec<ClaimId>) -> Self {
        claims.sort_unstable();
        claims.dedup();
        let mut subjects = EntitySet::new(world.dossier().entities().len());
        for &claim in &claims {
            subjects.insert(world.dossier().claim(claim).subject);
        }
        Self { claims, subjects }
    }

    /// Returns the claims that conflict with another one.
    pub fn in_conflict(world: &World) -> Self {
        // The gravest verdicts come first.
        let slots = verdicts(world).into_iter().take_while(|slot| slot.verdict == Verdict::Conflicts);
        let pairs = slots.flat_map(|slot| slot.pairs).filter(|pair| pair.verdict() == Verdict::Conflicts);
        Self::new(world, pairs.flat_map(|pair| Pair::claims(&pair)).collect())
    }

    /// Returns the claims with one of these ids.
    pub fn with_ids(world: &World, ids: &[String]) -> Self {
        let dossier = world.dossier();
        Self::new(world, ids.iter().flat_map(|id| dossier.claims_named(id)).collect())
    }

    /// Returns the claims that have a review.
    pub fn reviewed(world: &World) -> Self {
        Self::new(world, latest_reviews(world).into_keys().collect())
    }

    /// Returns the claims whose latest review is in one of these states.
    pub fn in_review(world: &World, states: &[ReviewState]) -> Self {
        let found = review_states(world).into_iter().filter(|(_, state)| states.contains(state));
        Self::new(world, found.map(|(claim, _)| claim).collect())
    }

    /// Returns true if it has no claim.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }

    /// Returns true if it has this claim.
    pub fn has(&self, claim: ClaimId) -> bool {
        self.claims.binary_search(&claim).is_ok()
    }

    /// Returns true if it has a claim of this entity.
    pub fn has_of(&self, entity: EntityId) -> bool {
        self.subjects.has(entity)
    }
}

/// Returns the state of the latest review of every claim, in the order of the dossier.
pub fn review_states(world: &World) -> Vec<(ClaimId, ReviewState)> {
    let latest = latest_reviews(world);
    let state = |claim| match latest.get(&claim) {
        None => ReviewState::None,
        Some(review) if world.dossier().is_stale(review, Some(claim)) => ReviewState::Stale,
        Some(review) => match review.verdict {
            ReviewVerdict::Confirmed => ReviewState::Confirmed,
            ReviewVerdict::Disputed => ReviewState::Disputed,
            ReviewVerdict::Question => ReviewState::Question,
        },
    };
    world.dossier().claims().map(|(claim, _)| (claim, state(claim))).collect()
}

/// Returns the latest review of each claim that has one; of several on one day the last in the order of the dossier.
fn latest_reviews(world: &World) -> HashMap<ClaimId, &Review> {
    let dossier = world.dossier();
    // The reviews of one claim are sorted by date.
    dossier.reviewed().into_iter().filter_map(|(review, claim)| Some((claim?, review))).collect()
}
