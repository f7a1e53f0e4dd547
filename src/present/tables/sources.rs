//! The sources: the documents, and how much of the dossier rests on each.
//!
//! Invariant: a claim with evidence in two documents counts in the rows of both.

use super::data::{Fit, TableCell, TableColumn, TableData, TableRow};
use super::spec::{Table, TableInput, TableSpec};
use crate::evidence::coverage::coverage;
use crate::evidence::grounding::{Grounding, Tallies};
use crate::evidence::library::Library;
use crate::evidence::usage as units;
use crate::formats::author::Origins;
use crate::model::{DocumentId, Dossier, EntityId, When};
use crate::timeline::World;

/// The table.
pub const TABLE: Table = Table(&TableSpec {
    title: "Sources",
    command: "sources",
    about: "Prints the documents, and what rests on each",
    build,
    held: Some(held),
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

/// Adds how much of each document is accounted for, and how the claims that cite it stand in it.
fn held(world: &World, library: &Library, mut data: TableData) -> TableData {
    let dossier = world.dossier();
    let uses = units::Usage::new(dossier, library);
    let tallies = Tallies::new(dossier, library, &uses);
    let covered = coverage(dossier, library, &uses, &Origins::default());
    for ((id, document), row) in dossier.documents().zip(&mut data.rows) {
        let percent =
            covered.documents.iter().find(|covered| covered.key == document.key).map(|covered| covered.percent);
        let tally = tallies.documents.get(id.index()).copied().unwrap_or_default();
        row.cells.push(percent.map_or_else(|| TableCell::text(""), TableCell::count));
        row.cells.extend(tally.counts().map(|(_, count)| match percent {
            Some(_) => TableCell::count(count),
            None => TableCell::text(""),
        }));
    }
    data.columns.push(TableColumn::number("Covered %"));
    let states =
        tallies.all.counts().map(|(state, _)| TableColumn { fit: Fit::Drop, ..TableColumn::number(&title(state)) });
    data.columns.extend(states);
    let note =
        "Covered: passages that are cited or carry no fact. Then the claims by how their values stand in the passages.";
    data.notes.push(note.into());
    data
}

/// Returns the words of a state as a heading.
fn title(state: Grounding) -> String {
    let mut letters = state.as_str().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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
