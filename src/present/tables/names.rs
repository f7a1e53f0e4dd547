//! The names: which document calls an entity what.
//!
//! Invariant: every name of an entity and its label have one row each. A row without a place is a name
//! that no document was shown to use.

use super::data::{TableCell, TableColumn, TableData, TableRow};
use super::spec::{Needs, Table, TableInput, TableSpec};
use crate::model::{DocumentId, Dossier, EntityId, NameKind, Place};
use crate::text::collate::NameKey;

/// The table.
pub const TABLE: Table = Table(&TableSpec {
    title: "Names",
    command: "names",
    about: "Prints the names of an entity by source",
    needs: Needs::Entity,
    has_tab: false,
    is_about_names: true,
    build,
    ..TableSpec::PLAIN
});

/// Builds the table of the names of one entity, or of every entity that has several.
fn build(input: &TableInput<'_>) -> TableData {
    let world = input.world;
    let dossier = world.dossier();
    let (title, all) = match input.about {
        Some(entity) => (format!("Names of {}", world.label(entity)), vec![Names::of(dossier, entity)]),
        None => ("Names".to_owned(), several(dossier)),
    };
    let documents: Vec<DocumentId> = dossier.documents().map(|(id, _)| id).collect();
    let mut columns = vec![TableColumn::words("Entity"), TableColumn::words("Name"), TableColumn::fixed("Sort")];
    columns.extend(documents.iter().map(|&id| TableColumn::fixed(&dossier.document(id).key)));
    let each = all.iter().flat_map(|names| names.names.iter().map(|name| (names.entity, name)));
    let rows = each.map(|(entity, name)| {
        let kind = name.kind.map_or("label", NameKind::as_str);
        let mut cells = vec![TableCell::text(world.label(entity)), TableCell::text(name.text), TableCell::text(kind)];
        cells.extend(documents.iter().map(|&document| TableCell::text(name.lines_in(dossier, document))));
        TableRow { cells, entity: Some(entity), claims: Vec::new(), words: String::new() }
    });
    let unproven = all.iter().flat_map(|names| &names.names).filter(|name| name.places.is_empty()).count();
    let mut notes = vec!["Under each source stand the lines that use the name.".to_owned()];
    if unproven > 0 {
        notes.push(format!("{unproven} without evidence: our own wording."));
    }
    TableData::new(title, columns, rows.collect(), notes)
}

/// A name of an entity.
struct Name<'a> {
    /// The name as written.
    text: &'a str,
    /// Its kind; `None` for a label that is not among the names.
    kind: Option<NameKind>,
    /// The language, if one is stated.
    lang: Option<&'a str>,
    /// The places that use it, in the order of the documents.
    places: Vec<&'a Place>,
}

impl Name<'_> {
    fn places_in(&self, document: DocumentId) -> impl Iterator<Item = &Place> {
        self.places.iter().copied().filter(move |place| place.document == document)
    }

    /// Returns the lines of a document that use it, with commas between.
    fn lines_in(&self, dossier: &Dossier, document: DocumentId) -> String {
        let line = |place: &Place| match place.pin {
            Some(pin) => pin.line.to_string(),
            None => place.spot.map(|row| dossier.text(row)).to_string(),
        };
        self.places_in(document).map(line).collect::<Vec<_>>().join(",")
    }
}

/// All names of an entity: its label first, then by kind and name.
struct Names<'a> {
    entity: EntityId,
    names: Vec<Name<'a>>,
}

impl<'a> Names<'a> {
    fn of(dossier: &'a Dossier, entity: EntityId) -> Self {
        let label = dossier.label(entity);
        let stated = dossier.names(entity).iter().map(|name| Name {
            text: dossier.text(name.value),
            kind: Some(name.kind),
            lang: name.lang.map(|lang| dossier.text(lang)),
            places: dossier.name_evidence(name).collect(),
        });
        let mut names: Vec<Name<'a>> = stated.collect();
        if names.iter().all(|name| name.text != label) {
            names.push(Name { text: label, kind: None, lang: None, places: Vec::new() });
        }
        names.sort_by_cached_key(|name| (name.text != label, name.kind, NameKey::of(name.text), name.lang));
        Self { entity, names }
    }

    /// Returns true if two documents name the entity and have no name of it in common.
    fn are_at_odds(&self) -> bool {
        let places = self.names.iter().flat_map(|name| &name.places);
        let mut documents: Vec<DocumentId> = places.map(|place| place.document).collect();
        documents.sort_unstable();
        documents.dedup();
        let uses = |name: &Name<'_>, document| name.places_in(document).next().is_some();
        let shared = |a, b| self.names.iter().any(|name| uses(name, a) && uses(name, b));
        let odd = |(index, &a): (usize, &DocumentId)| documents.iter().skip(index + 1).any(|&b| !shared(a, b));
        documents.iter().enumerate().any(odd)
    }
}

/// Returns the names of the entities that have several, by label; those on whose name two documents disagree
/// come first.
fn several(dossier: &Dossier) -> Vec<Names<'_>> {
    let all = dossier.entities().map(|entity| Names::of(dossier, entity));
    let mut all: Vec<Names<'_>> = all.filter(|names| names.names.len() > 1).collect();
    all.sort_by_cached_key(|names| (!names.are_at_odds(), NameKey::of(dossier.label(names.entity)), names.entity));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author::{embedded, load};
    use crate::model::{Builder, CoreKind, Document, Spot};

    #[test]
    fn the_hospital_is_spelt_differently_by_different_documents() {
        let dossier = load(&embedded()).0;
        let hospital = dossier.find("facility/mookerjee-hospital").unwrap();
        let names = Names::of(&dossier, hospital);
        let keys = |text: &str| {
            let named = names.names.iter().filter(|name| name.text.contains(text));
            let places = named.flat_map(|name| &name.places);
            let mut keys: Vec<String> = places.map(|place| dossier.document(place.document).key.clone()).collect();
            keys.sort();
            keys.dedup();
            keys.concat()
        };
        assert_eq!((keys("Mookerjee").as_str(), keys("Mukherji").as_str(), keys("SPMSH").as_str()), ("AE", "D", "A"));
        assert!(names.are_at_odds());
        assert!(several(&dossier)[0].are_at_odds());
    }

    #[test]
    fn a_label_that_no_document_was_shown_to_use_has_no_place() {
        let dossier = load(&embedded()).0;
        let first = |id: &str| {
            let names = Names::of(&dossier, dossier.find(id).unwrap()).names;
            (names[0].text.to_owned(), names[0].kind, names[0].places.is_empty())
        };
        let hospital = "Dr Syama Prasad Mookerjee Super Speciality Hospital".to_owned();
        assert_eq!(first("facility/mookerjee-hospital"), (hospital, None, true));
        let kalyani = "AIIMS Kalyani".to_owned();
        assert_eq!(first("institution/aiims-kalyani"), (kalyani, Some(NameKind::Preferred), false));
    }

    #[test]
    fn documents_that_share_one_name_are_not_at_odds() {
        for (second, odds) in [("Mukherji", true), ("Mookerjee", false)] {
            let dossier = named(&[(0, "Mookerjee"), (1, second), (1, "Syama")]);
            let person = dossier.find("person/m").unwrap();
            assert_eq!(Names::of(&dossier, person).are_at_odds(), odds, "{second}");
        }
    }

    /// Returns a person with names, each used in the first or the second of two documents.
    fn named(names: &[(usize, &str)]) -> Dossier {
        let mut builder = Builder::default();
        let person = builder.entity(CoreKind::Person, "m", "M").unwrap();
        let documents = ["a", "b"].map(|key| {
            let entity = builder.entity(CoreKind::Document, key, key).unwrap();
            let document = Document {
                entity: EntityId::from_index(0),
                key: key.into(),
                kind: None,
                publisher: None,
                published: None,
                file: None,
                fingerprint: None,
                details: Vec::new(),
            };
            builder.document(entity, document)
        });
        for &(document, name) in names {
            let place = builder.place(documents[document], "lead", Spot::Paragraph(1));
            builder.name(person, name, NameKind::Alias, None, vec![place]);
        }
        builder.finish()
    }
}
