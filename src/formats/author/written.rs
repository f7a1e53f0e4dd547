//! Where the rows of a dossier are written in its files, and what is allowed there.
//!
//! Invariant: only a check asks for this; a dossier that is explored has no such table.

use std::collections::HashMap;

use super::pins::{locator, slug};
use crate::model::builder::{Handle, Moves, PlaceHandle};
use crate::model::{ClaimId, DocumentId, Dossier, EntityId, Sameness};
use crate::syntax::{Code, Codes, Defect, Fields, Position, allowed};

/// A row of a dossier that is written somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Row {
    /// `[dossier]`.
    Dossier,
    /// An entity.
    Entity(EntityId),
    /// A document.
    Document(DocumentId),
    /// A name, by its number among [`Dossier::all_names`].
    Name(usize),
    /// A claim.
    Claim(ClaimId),
    /// A judgement, by its number among [`Dossier::judgements`].
    Judgement(usize),
    /// A check, by its number among [`Dossier::checks`].
    Check(usize),
    /// A place without a fact, by its number among [`Dossier::unclaimed`].
    Unclaimed(usize),
    /// A declared word, by its table and its name.
    Word(&'static str, Box<str>),
}

/// A place where a row is written, and what is allowed there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The position.
    pub at: Position,
    /// The codes that the tables around it allow.
    pub allowed: Codes,
}

/// The places where the rows of a dossier are written. The default has none, for a dossier that was not authored.
#[derive(Debug, Default)]
pub struct Written {
    rows: HashMap<Row, Vec<Mark>>,
    keys: HashMap<(Row, &'static str), Position>,
    allowed: Codes,
}

impl Written {
    /// Returns the places where a row is written, in the order of the files; several if equal claims were merged.
    pub fn of(&self, row: &Row) -> &[Mark] {
        self.rows.get(row).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the position of the value of a key of `[dossier]`, of a `[[source]]`, or of the label of an entity.
    pub fn key(&self, row: &Row, key: &'static str) -> Option<&Position> {
        self.keys.get(&(row.clone(), key))
    }

    /// Returns true if the dossier allows a code, or each place where the row is written does.
    pub fn allows(&self, code: Code, row: &Row) -> bool {
        let marks = self.of(row);
        self.allowed.has(code) || (!marks.is_empty() && marks.iter().all(|mark| mark.allowed.has(code)))
    }
}

/// The keys of `[dossier]` that have a place of their own.
pub(super) const META_KEYS: &[&str] = &["key", "title", "licence", "origin", "span", "horizon"];

/// The keys of a `[[source]]` that have a place of their own.
pub(super) const SOURCE_KEYS: &[&str] =
    &["title", "key", "kind", "publisher", "published", "file", "url", "licence", "language", "accessed", "author"];

/// What is noted while the files are read, in the order of reading. Claims and names are numbered as they are added to
/// the builder.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The codes that `[dossier]` allows.
    pub allowed: Codes,
    /// The position of `[dossier]`, and of its keys.
    pub meta: Option<Position>,
    pub meta_keys: Vec<(&'static str, Position)>,
    pub entities: Vec<(String, Mark)>,
    /// Keys of entities and documents.
    pub keys: Vec<(String, &'static str, Position)>,
    /// The slugs of the documents.
    pub documents: Vec<String>,
    pub names: Vec<Mark>,
    pub claims: Vec<(Mark, Vec<PlaceHandle>)>,
    pub judgements: Vec<(Handle, Handle, Sameness, Mark)>,
    pub checks: Vec<(String, Mark)>,
    /// Places without a fact, each with the number of its document.
    pub unclaimed: Vec<(usize, String, Mark)>,
    pub words: Vec<(&'static str, Box<str>, Mark)>,
}

/// The tables of words.
const WORDS: &[&str] = &["kind", "property", "measure", "matrix"];

impl Notes {
    /// Notes the declarations of a file.
    pub(super) fn declarations<'a>(&mut self, root: &mut Fields<'a>) {
        for &table in WORDS {
            for node in root.get(table).map(|node| node.items()).unwrap_or_default() {
                let Some(mut fields) = node.as_table() else { continue };
                // A wrong code is reported where the words are read.
                let allowed = allowed(&mut fields, &mut Vec::new());
                if let Some(name) = fields.value("name") {
                    self.words.push((table, name.into(), Mark { at: fields.position(), allowed }));
                }
            }
        }
    }

    /// Returns the places of the rows of a finished dossier, and a warning for each statement that is entered twice.
    /// `ids` are those of the entities in the order of adding.
    pub(super) fn finish(self, dossier: &Dossier, moves: &Moves, ids: &[String]) -> (Written, Vec<Defect>) {
        let mut written = Written { allowed: self.allowed, ..Written::default() };
        if let Some(at) = self.meta {
            written.add(Row::Dossier, Mark { at, allowed: Codes::default() });
        }
        written.keys.extend(self.meta_keys.into_iter().map(|(key, at)| ((Row::Dossier, key), at)));
        let documents: HashMap<&str, DocumentId> =
            dossier.documents().map(|(id, document)| (slug(dossier, document), id)).collect();
        let document = |id: &str| documents.get(id.strip_prefix("document/")?).copied();
        for (id, mark) in self.entities {
            if let Some(document) = document(&id) {
                written.add(Row::Document(document), mark.clone());
            }
            if let Some(entity) = dossier.find(&id) {
                written.add(Row::Entity(entity), mark);
            }
        }
        for (id, key, at) in self.keys {
            if let Some(document) = document(&id) {
                written.keys.insert((Row::Document(document), key), at.clone());
            }
            if let Some(entity) = dossier.find(&id) {
                written.keys.insert((Row::Entity(entity), key), at);
            }
        }
        for (added, mark) in self.names.into_iter().enumerate() {
            written.add(Row::Name(moves.name(added)), mark);
        }
        let labels: HashMap<&str, usize> =
            dossier.checks().iter().enumerate().map(|(at, check)| (dossier.text(check.label), at)).collect();
        for (label, mark) in self.checks {
            if let Some(&at) = labels.get(label.as_str()) {
                written.add(Row::Check(at), mark);
            }
        }
        let places: HashMap<(DocumentId, String), usize> = dossier
            .unclaimed()
            .enumerate()
            .map(|(at, (place, _))| ((place.document, locator(dossier, place)), at))
            .collect();
        for (number, place, mark) in self.unclaimed {
            let document = self.documents.get(number).and_then(|slug| documents.get(slug.as_str()));
            if let Some(&at) = document.and_then(|&document| places.get(&(document, place))) {
                written.add(Row::Unclaimed(at), mark);
            }
        }
        let find = |handle: Handle| ids.get(handle.index()).and_then(|id| dossier.find(id));
        let judgements = self.judgements.into_iter();
        let mut judgements: Vec<_> =
            judgements.map(|(a, b, verdict, mark)| ((find(a), find(b), verdict), mark)).collect();
        // The builder sorts them so, and keeps the order of equal ones.
        judgements.sort_by_key(|(key, _)| *key);
        for (at, (_, mark)) in judgements.into_iter().enumerate() {
            written.add(Row::Judgement(at), mark);
        }
        for (table, name, mark) in self.words {
            written.add(Row::Word(table, name), mark);
        }
        let twice = written.add_claims(self.claims, dossier, moves);
        (written, twice)
    }
}

impl Written {
    fn add(&mut self, row: Row, mark: Mark) {
        self.rows.entry(row).or_default().push(mark);
    }

    /// Adds the places of the claims. Returns a warning for each that says of a place what another says of it.
    fn add_claims(&mut self, claims: Vec<(Mark, Vec<PlaceHandle>)>, dossier: &Dossier, moves: &Moves) -> Vec<Defect> {
        let mut twice = Vec::new();
        let mut places: HashMap<(ClaimId, PlaceHandle), Position> = HashMap::new();
        for (added, (mark, evidence)) in claims.into_iter().enumerate() {
            let claim = moves.claim(added);
            let first = evidence.iter().find_map(|&place| places.get(&(claim, place)));
            if let Some(first) = first
                && !mark.allowed.and(self.allowed).has(Code::DuplicateClaim)
            {
                let name = &dossier.property(dossier.claim(claim).property).name;
                let found = format!("\"{name}\" is said twice, with the same value and place");
                let defect = Defect::new(Code::DuplicateClaim, mark.at.clone(), found, "expected it once");
                twice.push(defect.with_second(first.clone()));
            }
            for place in evidence {
                places.entry((claim, place)).or_insert_with(|| mark.at.clone());
            }
            self.add(Row::Claim(claim), mark);
        }
        twice
    }
}
