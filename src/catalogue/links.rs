//! Which claims point at an entity: the way back along every entity-valued claim.
//!
//! Invariant: a claim is among the links of an entity exactly if its value is that
//! entity, and links stand in the order of their claims.

use super::grouped::Grouped;
use crate::model::{ClaimId, Dossier, EntityId};

/// For every entity the claims whose value it is.
#[derive(Debug)]
pub struct Links(Grouped<ClaimId>);

impl Links {
    /// Indexes a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        let link = |(id, claim)| Dossier::target(claim).map(|target| (target.index(), id));
        Self(Grouped::new(dossier.entities().len(), || dossier.claims().filter_map(link)))
    }

    /// The claims that point at an entity.
    pub fn to(&self, entity: EntityId) -> &[ClaimId] {
        self.0.of(entity.index())
    }
}
