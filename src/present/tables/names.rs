//! Which document calls an entity by which name.
//!
//! Invariant: every name of the entity and its label stand in one row each, and a row
//! without a place is a name that no document was shown to use.

use crate::model::{DocumentId, EntityId, NameKind, Place};
use crate::timeline::World;

/// One name of one entity.
#[derive(Debug, Clone, PartialEq)]
pub struct NameRow {
    /// The name as written.
    pub name: String,
    /// What sort of name; none for a label that is not among the names.
    pub kind: Option<NameKind>,
    /// The language, where one is stated.
    pub lang: Option<String>,
    /// Where it is used, in the order of the documents.
    pub places: Vec<Place>,
}

impl NameRow {
    /// Whether no document was shown to use it.
    pub fn is_unproven(&self) -> bool {
        self.places.is_empty()
    }

    /// The documents that use it, each once, in order.
    pub fn documents(&self) -> Vec<DocumentId> {
        let mut documents: Vec<DocumentId> = self.places.iter().map(|place| place.document).collect();
        documents.sort_unstable();
        documents.dedup();
        documents
    }

    /// Where a document uses it.
    pub fn places_in(&self, document: DocumentId) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(move |place| place.document == document)
    }
}

/// All names of one entity.
#[derive(Debug, Clone, PartialEq)]
pub struct NamesOf {
    /// The entity.
    pub entity: EntityId,
    /// Its names: the label first, then by kind and name.
    pub rows: Vec<NameRow>,
    /// The documents that use any of them, each once, in order.
    pub documents: Vec<DocumentId>,
}

impl NamesOf {
    /// Two documents that have no name of the entity in common, if there are such.
    pub fn at_odds(&self) -> Option<(DocumentId, DocumentId)> {
        let uses = |row: &NameRow, document| row.places_in(document).next().is_some();
        let shared = |a, b| self.rows.iter().any(|row| uses(row, a) && uses(row, b));
        let mut documents = self.documents.iter().copied();
        while let Some(a) = documents.next() {
            if let Some(b) = documents.clone().find(|&b| !shared(a, b)) {
                return Some((a, b));
            }
        }
        None
    }
}

/// The names of an entity by source.
pub fn names_of(world: &World, entity: EntityId) -> NamesOf {
    let dossier = world.dossier();
    let label = dossier.label(entity);
    let mut rows: Vec<NameRow> = dossier
        .names(entity)
        .iter()
        .map(|name| NameRow {
            name: dossier.text(name.value).to_owned(),
            kind: Some(name.kind),
            lang: name.lang.map(|lang| dossier.text(lang).to_owned()),
            places: dossier.name_evidence(name).copied().collect(),
        })
        .collect();
    if rows.iter().all(|row| row.name != label) {
        rows.push(NameRow { name: label.to_owned(), kind: None, lang: None, places: Vec::new() });
    }
    rows.sort_by(|a, b| {
        let key = |row: &NameRow| (row.name != label, row.kind);
        key(a).cmp(&key(b)).then_with(|| (&a.name, &a.lang).cmp(&(&b.name, &b.lang)))
    });
    let mut documents: Vec<DocumentId> = rows.iter().flat_map(NameRow::documents).collect();
    documents.sort_unstable();
    documents.dedup();
    NamesOf { entity, rows, documents }
}

/// The entities that have more than one name, by label; those on whose name two documents
/// do not agree come first.
pub fn names_by_source(world: &World) -> Vec<NamesOf> {
    let dossier = world.dossier();
    let mut all: Vec<NamesOf> =
        dossier.entities().map(|entity| names_of(world, entity)).filter(|names| names.rows.len() > 1).collect();
    all.sort_by_cached_key(|names| (names.at_odds().is_none(), dossier.label(names.entity).to_owned(), names.entity));
    all
}
