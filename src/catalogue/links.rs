//! Which claims point at an entity: the way back along every entity-valued claim.
//!
//! Invariant: a claim is among the links of an entity exactly if its value is that
//! entity, and links stand in the order of their claims.

use crate::model::{ClaimId, Dossier, EntityId};

/// For every entity the claims whose value it is.
#[derive(Debug)]
pub struct Links {
    starts: Vec<u32>,
    claims: Vec<ClaimId>,
}

impl Links {
    /// Indexes a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        let links = || dossier.claims().filter_map(|(id, claim)| Dossier::target(claim).map(|target| (target, id)));
        let starts = grouped_starts(dossier.entities().len(), links().map(|(target, _)| target.index()));
        let mut next = starts.clone();
        let mut claims = vec![ClaimId::from_index(0); starts.last().map_or(0, |&end| end as usize)];
        for (target, claim) in links() {
            let place = &mut next[target.index()];
            claims[*place as usize] = claim;
            *place += 1;
        }
        Self { starts, claims }
    }

    /// The claims that point at an entity.
    pub fn to(&self, entity: EntityId) -> &[ClaimId] {
        &self.claims[self.starts[entity.index()] as usize..self.starts[entity.index() + 1] as usize]
    }
}

/// Where each group starts in a list sorted by group, with the end of the last one.
pub(super) fn grouped_starts(groups: usize, sorted: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut starts = vec![0u32; groups + 1];
    for group in sorted {
        starts[group + 1] += 1;
    }
    for index in 1..starts.len() {
        starts[index] += starts[index - 1];
    }
    starts
}
