//! The state of reading authored files, and the lookups that all parts of the reader share.
//!
//! Invariant: a lookup that fails has added a defect with its place.

use std::collections::HashMap;
use std::sync::Arc;

use super::notes::Notes;
use crate::model::builder::{Builder, DocumentHandle, Handle};
use crate::model::when;
use crate::model::{Digests, When};
use crate::syntax::{Code, Codes, Defect, Node, Position, suggestion};
use crate::text::with_article;
use crate::text::word::Word;
use crate::vocabulary::{KindSet, Kinds, Vocabulary};

/// The most unknown ids for which a similar one is suggested: each is compared with all known ids.
pub(super) const MAX_SUGGESTIONS: usize = 100;

/// The dossier so far and its defects.
pub(super) struct Loader {
    /// The kinds, properties and measures of the dossier.
    pub words: Arc<Vocabulary>,
    /// All kinds.
    pub any: Kinds,
    /// The dossier so far.
    pub builder: Builder,
    /// Documents by their key and by their slug.
    pub documents: HashMap<String, DocumentHandle>,
    /// The way in which the digests of pins are to be made.
    pub digests: Digests,
    /// Where the pins of each document stand.
    pub pinned: HashMap<DocumentHandle, Position>,
    /// The documents that are said to be copied, and where that is written.
    pub copied: Vec<(String, Position)>,
    /// The position of each claim id so far.
    pub claim_ids: HashMap<String, Position>,
    /// Entities that are declared again, each with its defect.
    pub twice: Vec<(Handle, Defect)>,
    /// The position of each key and id of a document so far.
    pub document_names: HashMap<String, Position>,
    /// The defects so far.
    pub defects: Vec<Defect>,
    /// Defects of ids that no table declares.
    pub unresolved: Vec<Defect>,
    /// Where `[dossier]` stands.
    pub meta: Option<Position>,
    /// The codes that `[dossier]` allows.
    pub allowed: Codes,
    /// Where the rows are written; `None` unless it is asked for.
    pub notes: Option<Notes>,
}

/// The document of places that do not name one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The document whose claims the file holds; `None` if it does not say.
    pub document: Option<DocumentHandle>,
    /// True if it names one that is not declared, which was reported.
    pub is_misnamed: bool,
}

impl Loader {
    /// Returns a loader that has read nothing but the vocabulary.
    pub(super) fn new(words: Arc<Vocabulary>, defects: Vec<Defect>) -> Self {
        Self {
            any: Kinds { listed: words.kinds().collect(), all: KindSet::ALL },
            builder: Builder::new(Arc::clone(&words)),
            words,
            documents: HashMap::new(),
            digests: Digests::default(),
            pinned: HashMap::new(),
            copied: Vec::new(),
            claim_ids: HashMap::new(),
            twice: Vec::new(),
            document_names: HashMap::new(),
            defects,
            unresolved: Vec::new(),
            meta: None,
            allowed: Codes::default(),
            notes: None,
        }
    }

    /// Reads a word of a closed list; `node` is the place of a defect.
    pub(super) fn word<T: Word>(&mut self, node: Option<Node<'_>>, word: &str) -> Option<T> {
        let value = T::ALL.iter().copied().find(|value| value.as_str() == word);
        if let (None, Some(node)) = (value, node) {
            let words: Vec<&str> = T::ALL.iter().map(|value| value.as_str()).collect();
            let remedy = suggestion(word, words.iter().copied(), || format!("expected one of: {}", words.join(", ")));
            self.defects.push(node.defect(Code::UnknownWord, format!("unknown word \"{word}\""), remedy));
        }
        value
    }

    /// Returns the entity that a value names: with its kind (`unit/ent`), or without it if only one of `kinds` has it.
    pub(super) fn entity(&mut self, node: Node<'_>, kinds: &Kinds) -> Option<Handle> {
        let Some(name) = node.as_text() else {
            self.defects.push(node.unexpected("an id in quotes"));
            return None;
        };
        self.entity_named(node, name, kinds)
    }

    /// Returns the entity with this name; `node` is the place of a defect.
    pub(super) fn entity_named(&mut self, node: Node<'_>, name: &str, kinds: &Kinds) -> Option<Handle> {
        let found: Vec<Handle> = if name.contains('/') {
            self.builder.find(name).into_iter().collect()
        } else {
            let allowed = self.words.kinds().filter(|&kind| kinds.has(kind));
            allowed.filter_map(|kind| self.builder.find(&format!("{}/{name}", self.words.kind(kind).name))).collect()
        };
        match found[..] {
            [handle] if kinds.has(self.builder.kind(handle)) => Some(handle),
            [handle] => {
                self.defects.push(self.wrong_kind(node, name, handle, kinds));
                None
            }
            [] => {
                if let Some(other) = self.of_another_kind(name) {
                    self.defects.push(self.wrong_kind(node, name, other, kinds));
                } else {
                    self.unresolved.push(self.unknown_entity(node, name, kinds));
                }
                None
            }
            _ => {
                let remedy = "expected it with its kind, such as \"person/…\"";
                self.defects.push(node.defect(
                    Code::AmbiguousId,
                    format!("\"{name}\" is the id of several entities"),
                    remedy,
                ));
                None
            }
        }
    }

    /// Returns the entity with this name, whatever its kind; the first in the order of kinds of several.
    fn of_another_kind(&self, name: &str) -> Option<Handle> {
        self.words.kinds().find_map(|kind| self.builder.find(&format!("{}/{name}", self.words.kind(kind).name)))
    }

    fn wrong_kind(&self, node: Node<'_>, name: &str, handle: Handle, kinds: &Kinds) -> Defect {
        let found = format!("\"{name}\" is {}", with_article(&self.words.kind(self.builder.kind(handle)).name));
        node.defect(Code::WrongKind, found, format!("expected {}", with_article(&self.words.phrase(kinds))))
    }

    fn unknown_entity(&self, node: Node<'_>, name: &str, kinds: &Kinds) -> Defect {
        let what = match kinds.listed[..] {
            [kind] => &*self.words.kind(kind).name,
            _ => "id",
        };
        let qualified = name.contains('/');
        let known = self.builder.ids().filter_map(|id| {
            let (kind, slug) = id.split_once('/')?;
            let allowed = self.words.find_kind(kind).is_some_and(|kind| kinds.has(kind));
            allowed.then_some(if qualified { id } else { slug })
        });
        let known = known.take(if self.unresolved.len() < MAX_SUGGESTIONS { usize::MAX } else { 0 });
        let is_any = kinds.all == KindSet::ALL;
        let remedy = suggestion(name, known, || {
            if is_any {
                "expected the id of a declared entity, such as \"person/…\"".into()
            } else {
                format!("expected the id of a declared {}", self.words.phrase(kinds))
            }
        });
        node.defect(Code::UnknownId, format!("unknown {what} \"{name}\""), remedy)
    }
}

/// Reads a date in EDTF.
pub(super) fn date(node: Node<'_>, loader: &mut Loader) -> Option<When> {
    let Some(text) = node.as_text() else {
        loader.defects.push(node.unexpected("a date in quotes"));
        return None;
    };
    match When::parse_in(text, loader.builder.hemisphere()) {
        Ok(when) => Some(when),
        Err(error) => {
            let remedy = format!("expected EDTF, {}", when::EXAMPLES);
            loader.defects.push(node.defect(Code::WrongValue, format!("\"{text}\" is no date: {error}"), remedy));
            None
        }
    }
}
