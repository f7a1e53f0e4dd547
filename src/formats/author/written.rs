//! Where the rows of a dossier are written in its files, and what is allowed there.
//!
//! Invariant: only a check asks for this; a dossier that is explored has no such table.

use std::collections::{HashMap, HashSet};

use super::notes::{Mark, NotedList, NotedReview, Notes};
use super::origin::Origins;
use super::pins::{locator, slug};
use crate::model::builder::{Handle, Moves, PlaceHandle};
use crate::model::{ClaimId, DocumentId, Dossier, EntityId, ReviewVerdict, When};
use crate::syntax::{Code, Codes, Defect, Position};

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
    /// The statement that a list is whole, by its number among [`Dossier::completes`].
    Complete(usize),
    /// A review, by its number among [`Dossier::reviews`].
    Review(usize),
    /// A place, by its number among [`Dossier::places`]; it is written wherever it is cited.
    Place(usize),
    /// The pins of a document; they are written where its digest is.
    Pins(DocumentId),
    /// A declared word, by its table and its name.
    Word(&'static str, Box<str>),
}

/// The places where the rows of a dossier are written. The default has none, for a dossier that was not authored.
#[derive(Debug, Default)]
pub struct Written {
    rows: HashMap<Row, Vec<Mark>>,
    keys: HashMap<(Row, &'static str), Position>,
    allowed: Codes,
    /// The format of the files.
    pub(super) format: u32,
}

impl Written {
    /// Returns the format of the files: 1 if they do not state it.
    pub fn format(&self) -> u32 {
        self.format
    }

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

/// What names a list that is whole: its subject, its name, since when and until when.
type ListKey<'a> = (EntityId, &'a str, [Option<&'a str>; 2]);

/// The key of a review: the id of its claim, its reader, its day and its verdict.
type ReviewKey<'a> = (&'a str, &'a str, Option<&'a str>, ReviewVerdict);

/// The rows of a finished dossier by what names them in files.
struct Named<'a> {
    dossier: &'a Dossier,
    documents: HashMap<&'a str, DocumentId>,
    /// The slugs of the documents in the order of adding.
    slugs: Vec<String>,
    /// The ids of the entities in the order of adding.
    ids: &'a [String],
}

impl Named<'_> {
    /// Returns the document with this id.
    fn document(&self, id: &str) -> Option<DocumentId> {
        self.documents.get(id.strip_prefix("document/")?).copied()
    }

    /// Returns the document that was added as the `added`-th, from 0.
    fn nth_document(&self, added: usize) -> Option<DocumentId> {
        self.documents.get(self.slugs.get(added)?.as_str()).copied()
    }

    /// Returns the entity of a handle.
    fn entity(&self, handle: Handle) -> Option<EntityId> {
        self.dossier.find(self.ids.get(handle.index())?)
    }
}

impl Written {
    /// Returns the places of the rows of a finished dossier, a warning for each statement that is entered twice, and a
    /// note for each pin that nothing needs. `ids` are those of the entities in the order of adding.
    pub(super) fn new(mut notes: Notes, dossier: &Dossier, moves: &Moves, ids: &[String]) -> (Self, Vec<Defect>) {
        let documents = dossier.documents().map(|(id, document)| (slug(dossier, document), id)).collect();
        let named = Named { dossier, documents, slugs: std::mem::take(&mut notes.documents), ids };
        let mut written = Self { allowed: notes.allowed, ..Self::default() };
        if let Some(at) = notes.meta.take() {
            written.add(Row::Dossier, Mark { at, allowed: Codes::default() });
        }
        let meta_keys = std::mem::take(&mut notes.meta_keys).into_iter();
        written.keys.extend(meta_keys.map(|(key, at)| ((Row::Dossier, key), at)));
        written.add_entities(&mut notes, &named);
        for (added, mark) in std::mem::take(&mut notes.names).into_iter().enumerate() {
            written.add(Row::Name(moves.name(added)), mark);
        }
        written.add_checks_and_judgements(&mut notes, &named);
        for (table, name, mark) in std::mem::take(&mut notes.words) {
            written.add(Row::Word(table, name), mark);
        }
        written.add_unclaimed(std::mem::take(&mut notes.unclaimed), &named);
        written.add_completes(std::mem::take(&mut notes.completes), &named);
        written.add_reviews(std::mem::take(&mut notes.reviews), dossier);
        let mut found = written.add_pins(&mut notes, &named);
        found.extend(written.add_claims(notes.claims, dossier, moves));
        (written, found)
    }

    /// Adds the places of entities, documents and their keys.
    fn add_entities(&mut self, notes: &mut Notes, named: &Named<'_>) {
        for (id, mark) in std::mem::take(&mut notes.entities) {
            if let Some(document) = named.document(&id) {
                self.add(Row::Document(document), mark.clone());
            }
            if let Some(entity) = named.dossier.find(&id) {
                self.add(Row::Entity(entity), mark);
            }
        }
        for (id, key, at) in std::mem::take(&mut notes.keys) {
            if let Some(document) = named.document(&id) {
                self.keys.insert((Row::Document(document), key), at.clone());
            }
            if let Some(entity) = named.dossier.find(&id) {
                self.keys.insert((Row::Entity(entity), key), at);
            }
        }
    }

    fn add_checks_and_judgements(&mut self, notes: &mut Notes, named: &Named<'_>) {
        let checks = named.dossier.checks().iter().enumerate();
        let labels: HashMap<&str, usize> = checks.map(|(at, check)| (named.dossier.text(check.label), at)).collect();
        for (label, mark) in std::mem::take(&mut notes.checks) {
            if let Some(&at) = labels.get(label.as_str()) {
                self.add(Row::Check(at), mark);
            }
        }
        let judgements = std::mem::take(&mut notes.judgements).into_iter();
        let mut judgements: Vec<_> =
            judgements.map(|(a, b, verdict, mark)| ((named.entity(a), named.entity(b), verdict), mark)).collect();
        // The builder sorts them so, and keeps the order of equal ones.
        judgements.sort_by_key(|(key, _)| *key);
        for (at, (_, mark)) in judgements.into_iter().enumerate() {
            self.add(Row::Judgement(at), mark);
        }
    }

    fn add_unclaimed(&mut self, unclaimed: Vec<(usize, String, Mark)>, named: &Named<'_>) {
        let rows = named.dossier.unclaimed().enumerate();
        let rows: HashMap<(DocumentId, String), usize> =
            rows.map(|(at, (place, _))| ((place.document, locator(named.dossier, place)), at)).collect();
        for (document, place, mark) in unclaimed {
            if let Some(&at) = named.nth_document(document).and_then(|document| rows.get(&(document, place))) {
                self.add(Row::Unclaimed(at), mark);
            }
        }
    }

    /// Adds the places of lists that are said to be whole; rows that differ in their reason or evidence alone share them.
    fn add_completes(&mut self, completes: Vec<NotedList>, named: &Named<'_>) {
        let mut rows: HashMap<ListKey<'_>, Vec<usize>> = HashMap::new();
        for (at, row) in named.dossier.completes().iter().enumerate() {
            let days = [row.since, row.until].map(|day| day.map(|day| named.dossier.when(day).edtf()));
            rows.entry((row.of, named.dossier.text(row.list), days)).or_default().push(at);
        }
        for NotedList { of, list, days, mark } in completes {
            let Some(of) = named.entity(of) else { continue };
            let days = days.each_ref().map(Option::as_deref);
            for &at in rows.get(&(of, list.as_str(), days)).into_iter().flatten() {
                self.add(Row::Complete(at), mark.clone());
            }
        }
    }

    /// Adds the places of reviews; those of one claim, reader, day and verdict share them.
    fn add_reviews(&mut self, reviews: Vec<NotedReview>, dossier: &Dossier) {
        let mut rows: HashMap<ReviewKey<'_>, Vec<usize>> = HashMap::new();
        for (at, row) in dossier.reviews().iter().enumerate() {
            let on = row.on.map(|on| dossier.when(on).edtf());
            rows.entry((dossier.text(row.claim), dossier.text(row.by), on, row.verdict)).or_default().push(at);
        }
        for NotedReview { claim, by, on, verdict, mark } in reviews {
            let on = on.as_ref().map(When::edtf);
            for &at in rows.get(&(claim.as_str(), by.as_str(), on, verdict)).into_iter().flatten() {
                self.add(Row::Review(at), mark.clone());
            }
        }
    }

    /// Adds the places of digests. Returns a note for each pin of a place that nothing cites.
    fn add_pins(&mut self, notes: &mut Notes, named: &Named<'_>) -> Vec<Defect> {
        for (document, at) in std::mem::take(&mut notes.digests) {
            if let Some(document) = named.nth_document(document) {
                self.add(Row::Pins(document), Mark { at, allowed: Codes::default() });
            }
        }
        if self.allowed.has(Code::UnusedPin) {
            return Vec::new();
        }
        // A dossier has only the places that something cites.
        let places = named.dossier.places().iter();
        let cited: HashSet<(DocumentId, String)> =
            places.map(|place| (place.document, locator(named.dossier, place))).collect();
        let mut unused = Vec::new();
        for (document, place, at) in std::mem::take(&mut notes.pins) {
            let Some(document) = named.nth_document(document) else { continue };
            let found = format!("\"{place}\" is pinned, but nothing cites it");
            if !cited.contains(&(document, place)) {
                unused.push(Defect::new(Code::UnusedPin, at, found, "annals pin leaves it out"));
            }
        }
        unused
    }
}

impl Written {
    /// Adds the positions at which each place is cited.
    pub(super) fn add_places(&mut self, dossier: &Dossier, origins: &Origins) {
        for (at, place) in dossier.places().iter().enumerate() {
            for position in origins.place(dossier, place) {
                self.add(Row::Place(at), Mark { at: position.clone(), allowed: Codes::default() });
            }
        }
    }

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

#[cfg(test)]
mod tests {
    use super::super::load_written;
    use super::*;
    use crate::syntax::SourceFile;

    const TEXT: &str = r#"document = "log"
[dossier]
key = "ferry"
title = "Ferry"
licence = "CC0-1.0"
allow = "orphan"
[[source]]
id = "log"
key = "L"
title = "Log"
published = "1950"
[[kind]]
name = "barge"
of = "item"
label = "Barge"
[[place]]
id = "quay"
label = "Quay"
at = "lead / p1 s1"
names = ["Wharf", { value = "Pier", allow = "shared-name" }]
[[item]]
id = "swift"
label = "Swift"
at = "lead / p1 s2"
type = ["ferry", "boat"]
[[claim]]
of = "swift"
at = "lead / p1 s3"
allow = "url-form"
type = "ferry"
[[judgement]]
a = "swift"
b = "quay"
verdict = "not-same"
reason = "one floats"
[[unclaimed]]
at = ["lead / p1 s4", "lead / p1 s5"]
reason = "greetings"
"#;

    fn lines(written: &Written, row: &Row) -> Vec<(u32, u32)> {
        written.of(row).iter().map(|mark| (mark.at.line, mark.at.column)).collect()
    }

    #[test]
    fn every_row_is_found_where_it_is_written() {
        let (dossier, written, defects) = load_written(Vec::new(), &[SourceFile::new("a.toml", TEXT)]);
        assert_eq!(defects, []);
        let swift = dossier.find("item/swift").unwrap();
        let (document, _) = dossier.documents().next().unwrap();
        assert_eq!(lines(&written, &Row::Dossier), [(2, 1)]);
        assert_eq!(lines(&written, &Row::Entity(swift)), [(21, 1)]);
        assert_eq!(lines(&written, &Row::Entity(dossier.find("document/log").unwrap())), [(7, 1)]);
        assert_eq!(lines(&written, &Row::Document(document)), [(7, 1)]);
        assert_eq!(lines(&written, &Row::Judgement(0)), [(31, 1)]);
        assert_eq!(lines(&written, &Row::Unclaimed(1)), [(36, 1)]);
        assert_eq!(lines(&written, &Row::Word("kind", "barge".into())), [(12, 1)]);
        let names: Vec<_> =
            (0..2).map(|at| (dossier.text(dossier.all_names()[at].value), lines(&written, &Row::Name(at)))).collect();
        assert_eq!(names, [("Pier", vec![(20, 19)]), ("Wharf", vec![(20, 10)])]);
        let mut claims: Vec<_> = dossier.claim_ids_of(swift).map(|claim| lines(&written, &Row::Claim(claim))).collect();
        claims.sort();
        assert_eq!(claims, [vec![(25, 9), (30, 8)], vec![(25, 18)]], "a claim of two tables has two places");
        let key = |row, key| written.key(&row, key).map(|at| (at.line, at.column));
        assert_eq!(key(Row::Dossier, "licence"), Some((5, 11)));
        assert_eq!(key(Row::Document(document), "published"), Some((11, 13)));
        assert_eq!(key(Row::Entity(swift), "label"), Some((23, 9)));
        assert_eq!(key(Row::Entity(swift), "licence"), None);
    }

    #[test]
    fn a_place_is_found_wherever_it_is_cited_and_a_pin_that_nothing_needs_is_noted() {
        let pins = "[pins.log]\nsplitter = 1\nlength = 1\nsha256 = \"00\"\n[pins.log.places]\n\
            \"lead / p1 s2\" = [1, 0, 1, \"00\"]\n\"lead / p9 s9\" = [1, 0, 1, \"00\"]\n";
        let pins = pins.replace("\"00\"", &format!("\"{}\"", "00".repeat(32)));
        let files = [SourceFile::new("a.toml", TEXT), SourceFile::new("pins.toml", pins)];
        let (dossier, written, defects) = load_written(Vec::new(), &files);
        let said: Vec<String> = defects.iter().map(ToString::to_string).collect();
        let note = "pins.toml:7:18: note unused-pin: \"lead / p9 s9\" is pinned, but nothing cites it; annals pin leaves it out";
        assert_eq!(said, [note]);
        let (document, _) = dossier.documents().next().unwrap();
        assert_eq!(lines(&written, &Row::Pins(document)), [(4, 10)]);
        let place = dossier.places().iter().position(|place| locator(&dossier, place) == "lead / p1 s3").unwrap();
        assert_eq!(lines(&written, &Row::Place(place)), [(28, 6)]);
    }

    #[test]
    fn what_is_allowed_is_known_of_each_place() {
        let (dossier, written, _) = load_written(Vec::new(), &[SourceFile::new("a.toml", TEXT)]);
        let swift = dossier.find("item/swift").unwrap();
        assert!(written.allows(Code::Orphan, &Row::Entity(swift)), "the dossier allows it everywhere");
        assert!(!written.allows(Code::NoHorizon, &Row::Dossier));
        assert!(written.allows(Code::SharedName, &Row::Name(0)) && !written.allows(Code::SharedName, &Row::Name(1)));
        let merged = dossier.claim_ids_of(swift).find(|&claim| written.of(&Row::Claim(claim)).len() == 2).unwrap();
        assert!(!written.allows(Code::UrlForm, &Row::Claim(merged)), "only one of its two places allows it");
        let allowed: Vec<bool> =
            written.of(&Row::Claim(merged)).iter().map(|mark| mark.allowed.has(Code::UrlForm)).collect();
        assert_eq!(allowed, [false, true]);
    }

    #[test]
    fn a_dossier_that_is_explored_has_the_same_rows() {
        let files = [SourceFile::new("a.toml", TEXT)];
        assert_eq!(load_written(Vec::new(), &files).0, super::super::load(&files).0);
    }
}
