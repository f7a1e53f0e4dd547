//! The sources: the documents, and how much of the dossier rests on each.
//!
//! Invariant: a claim with evidence in two documents counts in the rows of both.

use super::data::{TableCell, TableColumn, TableData, TableRow};
use super::spec::{Table, TableInput, TableSpec};
use crate::model::{DocumentId, Dossier, EntityId, When};

/// The table.
pub const TABLE: Table = Table(&TableSpec {
    title: "Sources",
    command: "sources",
    about: "Prints the documents, and what rests on each",
    build,
    ..TableSpec::PLAIN
});

fn build(input: &TableInput<'_>) -> TableData {
    let dossier = input.world.dossier();
    let dates: Vec<Option<&When>> = dossier.documents().map(|(_, document)| document.published.as_ref()).collect();
    let rows = dossier.documents().zip(usage(dossier)).map(|((_, document), usage)| TableRow {
        cells: vec![
            TableCell::text(&document.key),
            TableCell::text(dossier.label(document.entity)),
            TableCell::text(document.kind.clone().unwrap_or_default()),
            TableCell::date(document.published.as_ref(), &dates),
            TableCell::count(usage.claims),
            TableCell::count(usage.alone),
            TableCell::count(usage.entities.len()),
            TableCell::count(usage.names),
            TableCell::count(usage.unclaimed),
        ],
        entity: Some(document.entity),
        claims: Vec::new(),
        words: document.publisher.clone().unwrap_or_default(),
    });
    let columns = vec![
        TableColumn::fixed("Key"),
        TableColumn::words("Title"),
        TableColumn::words("Kind"),
        TableColumn::fixed("Published"),
        TableColumn::number("Claims"),
        TableColumn::number("Alone"),
        TableColumn::number("Entities"),
        TableColumn::number("Names"),
        TableColumn::number("No fact"),
    ];
    let notes = vec![
        "Alone: claims that no other document makes. No fact: places that carry none, each with its reason.".into(),
        "e walks through the document of the selected row.".into(),
    ];
    TableData::new("Sources", columns, rows.collect(), notes)
}

/// The uses of one document as evidence.
#[derive(Debug, Clone, Default)]
struct Usage {
    /// Claims with evidence in it.
    claims: usize,
    /// Claims with evidence in no other document.
    alone: usize,
    /// The subjects and values of those claims and the entities it names, each once.
    entities: Vec<EntityId>,
    /// Names that it uses.
    names: usize,
    /// Places listed as carrying no fact.
    unclaimed: usize,
}

/// Returns the usage of every document, in the order of the documents.
#[expect(clippy::indexing_slicing, reason = "there is an entry for each document")]
fn usage(dossier: &Dossier) -> Vec<Usage> {
    let mut all = vec![Usage::default(); dossier.documents().count()];
    for (_, claim) in dossier.claims() {
        let documents = distinct(dossier.evidence(claim).map(|place| place.document));
        for document in &documents {
            let usage = &mut all[document.index()];
            usage.claims += 1;
            usage.alone += usize::from(documents.len() == 1);
            usage.entities.push(claim.subject);
            usage.entities.extend(Dossier::target(claim));
        }
    }
    for name in dossier.all_names() {
        for document in distinct(dossier.name_evidence(name).map(|place| place.document)) {
            all[document.index()].names += 1;
            all[document.index()].entities.push(name.entity);
        }
    }
    for (place, _) in dossier.unclaimed() {
        all[place.document.index()].unclaimed += 1;
    }
    for usage in &mut all {
        usage.entities.sort_unstable();
        usage.entities.dedup();
    }
    all
}

fn distinct(documents: impl Iterator<Item = DocumentId>) -> Vec<DocumentId> {
    let mut documents: Vec<DocumentId> = documents.collect();
    documents.sort_unstable();
    documents.dedup();
    documents
}
