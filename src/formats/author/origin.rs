//! Finds the positions in authored files at which a place is written, for messages about it.
//!
//! Invariant: no defects are reported here; [`load`](fn@super::load) does that.

use std::collections::HashMap;

use super::pins::{locator, slug};
use crate::model::{DocumentId, Dossier, Place, Spot};
use crate::syntax::{Fields, Node, Parsed, Position, SourceFile};

/// The positions at which each place is written. The default has none, for a dossier that was not authored.
#[derive(Debug, Default)]
pub struct Origins {
    places: HashMap<(DocumentId, String), Vec<Position>>,
}

impl Origins {
    /// Finds every `at = …` in the files of a dossier.
    pub fn of(dossier: &Dossier, files: &[SourceFile]) -> Self {
        let names: HashMap<&str, DocumentId> = dossier
            .documents()
            .flat_map(|(id, document)| [(slug(dossier, document), id), (document.key.as_str(), id)])
            .collect();
        let mut walk = Walk { names, document: None, places: HashMap::new() };
        for file in files {
            let parsed = Parsed::new(file, &mut Vec::new());
            let mut root = parsed.fields();
            walk.document = root.get("document").and_then(|node| walk.names.get(node.as_text()?).copied());
            walk.table(root);
        }
        Self { places: walk.places }
    }

    /// Returns the positions at which a place is written, in the order of the files.
    pub fn place(&self, dossier: &Dossier, place: &Place) -> &[Position] {
        self.places.get(&(place.document, locator(dossier, place))).map(Vec::as_slice).unwrap_or_default()
    }
}

struct Walk<'a> {
    names: HashMap<&'a str, DocumentId>,
    /// The document of the file that is walked.
    document: Option<DocumentId>,
    places: HashMap<(DocumentId, String), Vec<Position>>,
}

impl Walk<'_> {
    fn table(&mut self, mut fields: Fields<'_>) {
        for key in fields.keys() {
            let Some(node) = fields.get(key) else { continue };
            for item in node.items() {
                match (key, item.as_table()) {
                    (_, Some(inner)) => self.table(inner),
                    ("at", None) => self.place(item),
                    (_, None) => {}
                }
            }
        }
    }

    fn place(&mut self, node: Node<'_>) {
        let Some(text) = node.as_text() else { return };
        let (document, text) = match text.split_once(": ") {
            Some((name, rest)) if self.names.contains_key(name) => (self.names.get(name).copied(), rest),
            Some(_) | None => (self.document, text),
        };
        let parts = text.rsplit_once(" / ").and_then(|(section, spot)| Some((section, Spot::parse(spot.trim())?)));
        if let (Some(document), Some((section, spot))) = (document, parts) {
            let written = format!("{} / {spot}", section.trim());
            self.places.entry((document, written)).or_default().push(node.position());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables::load;
    use super::*;

    #[test]
    fn every_position_of_a_place_is_found() {
        let claims = r#"
document = "report"
[[institution]]
id = "hospital"
label = "The hospital"
names = ["Hosp."]
at = ["lead / p1 s1", "other: lead / p1 s1"]
beds = [{ value = 1, at = "lead / p1 s1" }, { value = 2, at = "R:  lead  / p1  s1" }]
[[unclaimed]]
at = "lead / p2 s1"
reason = "at = nothing"
"#;
        let sources = "[[source]]\nid = \"report\"\nkey = \"R\"\ntitle = \"A\"\n[[source]]\nid = \"other\"\nkey = \"O\"\ntitle = \"B\"\n";
        let file = |name: &str, text: &str| SourceFile::new(name, text);
        let files = [file("claims.toml", claims), file("dossier.toml", sources)];
        let (dossier, defects) = load(&files);
        assert_eq!(defects, []);
        let origins = Origins::of(&dossier, &files);
        let of = |document: &str, written: &str| -> Vec<(u32, u32)> {
            let is = |place: &&Place| {
                slug(&dossier, dossier.document(place.document)) == document && locator(&dossier, place) == written
            };
            let places = dossier.places().iter().filter(is);
            places.flat_map(|place| origins.place(&dossier, place)).map(|origin| (origin.line, origin.column)).collect()
        };
        assert_eq!(of("report", "lead / p1 s1"), [(7, 7), (8, 27), (8, 63)]);
        assert_eq!(of("other", "lead / p1 s1"), [(7, 23)]);
        assert_eq!(of("report", "lead / p2 s1"), [(10, 6)]);
    }
}
