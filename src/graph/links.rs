//! Which claims point at an entity: the way back along every entity-valued claim.
//!
//! Invariant: a claim is among the links of an entity exactly if its value is that
//! entity, and links stand in the order of their claims.

use super::grouped::Grouped;
use crate::model::{ClaimId, Dossier, EntityId, Kind, Property};

/// For every entity the claims whose value it is.
#[derive(Debug)]
pub struct Links(Grouped<ClaimId>);

/// A claim that points at an entity, as far as a first look goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The claim.
    pub claim: ClaimId,
    /// Of whom or what it is said.
    pub subject: EntityId,
    /// What that is.
    pub kind: Kind,
    /// Which property.
    pub property: Property,
}

impl Links {
    /// Indexes a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        let link = |(id, claim)| Dossier::target(claim).map(|target| (target.index(), id));
        Self(Grouped::new(dossier.entities().len(), || dossier.claims().filter_map(link)))
    }

    /// The same as [`to`](Self::to), with the first that anybody asks of each claim.
    ///
    /// Where many claims point at an entity, their rows lie far apart in memory. Nothing is decided here between
    /// one row and the next, so that the processor fetches several at a time.
    pub fn looked_up(&self, dossier: &Dossier, entity: EntityId) -> Vec<Link> {
        let look = |&claim: &ClaimId| {
            let row = dossier.claim(claim);
            // The kind is looked up below.
            Link { claim, subject: row.subject, kind: Kind::Institution, property: row.property }
        };
        let mut links: Vec<Link> = self.to(entity).iter().map(look).collect();
        for link in &mut links {
            link.kind = dossier.entity(link.subject).kind;
        }
        links
    }

    /// The claims that point at an entity.
    pub fn to(&self, entity: EntityId) -> &[ClaimId] {
        self.0.of(entity.index())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;
    use crate::graph::Graph;

    #[test]
    fn what_is_looked_up_is_what_the_claims_say() {
        let graph = Graph::new(author::load(&author::embedded()).0);
        let dossier = graph.dossier();
        for entity in dossier.entities() {
            let links = graph.links().looked_up(dossier, entity);
            assert!(links.iter().map(|link| &link.claim).eq(graph.links().to(entity)));
            for Link { claim, subject, kind, property } in links {
                let row = dossier.claim(claim);
                assert_eq!((row.subject, row.property), (subject, property));
                assert_eq!((dossier.entity(subject).kind, Dossier::target(row)), (kind, Some(entity)));
            }
        }
    }
}
