//! The claims that point at an entity: the reverse of every claim whose value is an entity.
//!
//! Invariant: a claim is among the links of an entity if and only if its value is that entity; links have the order of
//! their claims.

use super::grouped::Grouped;
use crate::model::{ClaimId, Dossier, EntityId, KindId, PropertyId};

/// The claims that point at each entity.
#[derive(Debug)]
pub struct Links(Grouped<ClaimId>);

/// A claim that points at an entity, with its main fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The claim.
    pub claim: ClaimId,
    /// Its subject.
    pub subject: EntityId,
    /// The kind of the subject.
    pub kind: KindId,
    /// Its property.
    pub property: PropertyId,
}

impl Links {
    /// Indexes a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        let link = |(id, claim)| Dossier::target(claim).map(|target| (target.index(), id));
        Self(Grouped::new(dossier.entities().len(), || dossier.claims().filter_map(link)))
    }

    /// The claims that point at an entity, with their main fields.
    pub fn with_fields(&self, dossier: &Dossier, entity: EntityId) -> impl Iterator<Item = Link> {
        self.to(entity).iter().map(|&claim| {
            let row = dossier.claim(claim);
            Link { claim, subject: row.subject, kind: dossier.entity(row.subject).kind, property: row.property }
        })
    }

    /// The claims that point at an entity, in the order of the dossier.
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
    fn links_have_the_fields_of_their_claims() {
        let graph = Graph::new(author::load(&author::embedded()).0);
        let dossier = graph.dossier();
        for entity in dossier.entities() {
            let links: Vec<Link> = graph.links().with_fields(dossier, entity).collect();
            assert!(links.iter().map(|link| &link.claim).eq(graph.links().to(entity)));
            for Link { claim, subject, kind, property } in links {
                let row = dossier.claim(claim);
                assert_eq!((row.subject, row.property), (subject, property));
                assert_eq!((dossier.entity(subject).kind, Dossier::target(row)), (kind, Some(entity)));
            }
        }
    }
}
