//! The documents, and how much of the dossier rests on each.
//!
//! What a document says that no claim uses is known only where the document itself is at
//! hand. Invariant: a claim with evidence in two documents stands in the rows of both.

use std::collections::HashSet;

use crate::model::{ClaimId, DocumentId, Dossier, EntityId, Place};
use crate::timeline::World;

/// One document.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The document; its kind, publisher, date and file stand there.
    pub document: DocumentId,
    /// The entity that stands for it; its label is the title.
    pub entity: EntityId,
    /// The claims that rest on it, in the order of the dossier.
    pub claims: Vec<ClaimId>,
    /// Of those, the claims that rest on no other document.
    pub alone: usize,
    /// What it speaks of: the subjects and values of those claims, and what it names.
    pub entities: Vec<EntityId>,
    /// How many names it uses.
    pub names: usize,
    /// How many of its places are evidence of a claim or a name.
    pub places: usize,
    /// How many of its places are listed as carrying no fact.
    pub unclaimed: usize,
}

/// All documents, in the order of their keys.
#[expect(clippy::indexing_slicing, reason = "there is a row for each document")]
pub fn sources(world: &World) -> Vec<Source> {
    let dossier = world.dossier();
    let mut rows: Vec<Source> = dossier
        .documents()
        .map(|(document, row)| Source {
            document,
            entity: row.entity,
            claims: Vec::new(),
            alone: 0,
            entities: Vec::new(),
            names: 0,
            places: 0,
            unclaimed: 0,
        })
        .collect();
    let mut places: HashSet<&Place> = HashSet::new();
    for (id, claim) in dossier.claims() {
        places.extend(dossier.evidence(claim));
        let documents = distinct(dossier.evidence(claim).map(|place| place.document));
        for document in &documents {
            let row = &mut rows[document.index()];
            row.claims.push(id);
            row.alone += usize::from(documents.len() == 1);
            row.entities.push(claim.subject);
            row.entities.extend(Dossier::target(claim));
        }
    }
    for name in dossier.all_names() {
        places.extend(dossier.name_evidence(name));
        for document in distinct(dossier.name_evidence(name).map(|place| place.document)) {
            rows[document.index()].names += 1;
            rows[document.index()].entities.push(name.entity);
        }
    }
    for place in places {
        rows[place.document.index()].places += 1;
    }
    for (place, _) in dossier.unclaimed() {
        rows[place.document.index()].unclaimed += 1;
    }
    for row in &mut rows {
        row.entities.sort_unstable();
        row.entities.dedup();
    }
    rows
}

fn distinct(documents: impl Iterator<Item = DocumentId>) -> Vec<DocumentId> {
    let mut documents: Vec<DocumentId> = documents.collect();
    documents.sort_unstable();
    documents.dedup();
    documents
}
