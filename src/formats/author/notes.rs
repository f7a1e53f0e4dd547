//! What is noted of rows while authored files are read, if it is asked for.
//!
//! Invariant: names and claims are noted in the order in which they are added to the builder.

use crate::model::builder::{Handle, PlaceHandle};
use crate::model::{ReviewVerdict, Sameness, When};
use crate::syntax::{Codes, Fields, Position, allowed};

/// A place where a row is written, and what is allowed there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The position.
    pub at: Position,
    /// The codes that the tables around it allow.
    pub allowed: Codes,
}

/// The keys of `[dossier]` that have a place of their own.
pub(super) const META_KEYS: &[&str] = &["key", "title", "licence", "origin", "span", "horizon"];

/// The keys of a `[[source]]` that have a place of their own.
pub(super) const SOURCE_KEYS: &[&str] =
    &["title", "key", "kind", "publisher", "published", "file", "url", "licence", "language", "accessed", "author"];

/// What is noted while the files are read, in the order of reading.
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
    pub completes: Vec<NotedList>,
    pub reviews: Vec<NotedReview>,
    pub words: Vec<(&'static str, Box<str>, Mark)>,
    /// Pinned places, each with the number of its document.
    pub pins: Vec<(usize, String, Position)>,
    /// The digests of pinned documents.
    pub digests: Vec<(usize, Position)>,
}

/// A list that is said to be whole.
#[derive(Debug)]
pub(super) struct NotedList {
    pub of: Handle,
    pub list: String,
    /// Since when and until when, as written.
    pub days: [Option<String>; 2],
    pub mark: Mark,
}

/// A review.
#[derive(Debug)]
pub(super) struct NotedReview {
    pub claim: String,
    pub by: String,
    pub on: Option<When>,
    pub verdict: ReviewVerdict,
    pub mark: Mark,
}

/// The tables of words.
const WORDS: &[&str] = &["kind", "property", "measure", "matrix"];

impl Notes {
    /// Notes the declarations of a file.
    pub(super) fn declarations(&mut self, root: &mut Fields<'_>) {
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
}
