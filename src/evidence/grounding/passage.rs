//! The passages that a claim cites, and what stands around them.
//!
//! Invariant: an item of a list or a row of a table is read with what introduces the list, never with its neighbours.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use super::dates::{Around, Dates};
use super::index::Index;
use super::names::{Said, unfolded};
use super::tokens::{Token, tokens};
use super::{Grounder, language_of};
use crate::language::Language;
use crate::model::{DocumentId, Dossier, Spot};
use crate::passages::Unit;
use crate::passages::document::SourceText;

/// The most passages of a section before a cited one that are read for its context.
const MAX_BEFORE: usize = 12;

/// The most items of a list, or passages of a section, that are read for what introduces them.
const MAX_AROUND: usize = 60;

/// The most pieces of documents that are kept.
const MAX_PIECES: usize = 2_000;

/// A stretch of a document, split and folded.
#[derive(Debug)]
pub struct Piece<'a> {
    text: &'a str,
    /// Its first byte in the document.
    start: usize,
    tokens: Rc<[Token]>,
    said: Said,
}

/// The pieces that were read last.
#[derive(Debug, Default)]
pub struct Pieces<'a> {
    units: HashMap<(DocumentId, usize), Rc<Piece<'a>>>,
    headings: HashMap<(DocumentId, &'a str), Rc<Headings>>,
    indexes: HashMap<DocumentId, Rc<OnceCell<Index>>>,
}

/// The title of a document and the headings of a section.
#[derive(Debug)]
struct Headings {
    tokens: Vec<Token>,
    said: Said,
    /// The words, by their stems.
    stems: HashSet<String>,
    /// Whether they have the words of which a word has the first letters, as it was asked.
    spelled: RefCell<HashMap<String, bool>>,
}

impl Headings {
    fn has(&self, word: &str, stem: &str) -> bool {
        if self.stems.contains(stem) {
            return true;
        }
        if let Some(&known) = self.spelled.borrow().get(word) {
            return known;
        }
        let found = self.said.find_spelled(word).is_some();
        self.spelled.borrow_mut().insert(word.to_owned(), found);
        found
    }
}

/// The cited passages of one document.
pub struct Passage<'a> {
    pub document: DocumentId,
    pub language: &'static Language,
    pieces: Vec<Rc<Piece<'a>>>,
    /// The units of the pieces.
    cited: Vec<usize>,
    /// The tokens of all pieces.
    pub tokens: Rc<[Token]>,
    /// True if the words that bear a value are looked for.
    pub is_shown: bool,
    /// True if it has items and rows alone.
    pub is_listed: bool,
    /// The passages before it that belong to it.
    before: Vec<Rc<Piece<'a>>>,
    /// Their units.
    units_before: Vec<usize>,
    headings: Vec<Rc<Headings>>,
    source: &'a SourceText,
    index: Rc<OnceCell<Index>>,
}

/// How much of some words a passage has. Each word weighs the less the more passages of the document have it, and
/// nothing if none has.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    /// The weight of the words that the headings do not have.
    pub all: f64,
    /// The weight of those in the passage.
    pub here: f64,
    /// The weight of those before it.
    pub before: f64,
    /// The number of words that the document does not have.
    pub unknown: u32,
}

impl<'a> Grounder<'a> {
    /// Collects the passages at some places, one for each document that was read; with the words that bear a value if
    /// `is_shown`.
    pub(super) fn passages(&self, places: &[(DocumentId, Range<usize>)], is_shown: bool) -> Vec<Passage<'a>> {
        let mut documents: Vec<DocumentId> = places.iter().map(|(document, _)| *document).collect();
        documents.sort_unstable();
        documents.dedup();
        let of_document = |&document: &DocumentId| {
            let here = places.iter().filter(|(other, _)| *other == document).map(|(_, units)| units.clone());
            self.passage(document, here.collect(), is_shown)
        };
        documents.iter().filter_map(of_document).collect()
    }

    fn passage(&self, document: DocumentId, mut ranges: Vec<Range<usize>>, is_shown: bool) -> Option<Passage<'a>> {
        let text = self.library.document(document)?;
        let language = language_of(self.dossier, document);
        ranges.sort_unstable_by_key(|units| units.start);
        let mut cited: Vec<usize> = ranges.iter().cloned().flatten().collect();
        cited.dedup();
        let mut before: Vec<usize> = ranges.iter().flat_map(|units| around(text, units)).collect();
        before.sort_unstable();
        before.dedup();
        before.retain(|unit| !cited.contains(unit));
        let piece = |&unit: &usize| self.piece(document, text, unit, language);
        let pieces: Vec<Rc<Piece<'a>>> = cited.iter().map(piece).collect();
        let mut sections: Vec<&str> =
            cited.iter().filter_map(|&unit| Some(text.units().get(unit)?.section.as_str())).collect();
        sections.dedup();
        let is_listed = |unit: &Unit| matches!(unit.place, Spot::Item(_) | Spot::Row(_));
        Some(Passage {
            document,
            language,
            is_shown,
            is_listed: cited.iter().all(|&unit| text.units().get(unit).is_some_and(is_listed)),
            tokens: match pieces.as_slice() {
                [one] => Rc::clone(&one.tokens),
                several => several.iter().flat_map(|piece| piece.tokens.iter().cloned()).collect(),
            },
            pieces,
            before: before.iter().map(piece).collect(),
            cited,
            units_before: before,
            headings: sections.iter().map(|section| self.headings(document, text, section, language)).collect(),
            source: text,
            index: Rc::clone(self.pieces.borrow_mut().indexes.entry(document).or_default()),
        })
    }

    fn piece(
        &self,
        document: DocumentId,
        source: &'a SourceText,
        unit: usize,
        language: &'static Language,
    ) -> Rc<Piece<'a>> {
        let mut pieces = self.pieces.borrow_mut();
        if pieces.units.len() >= MAX_PIECES {
            pieces.units.clear();
        }
        let made = || {
            let (text, start) = (source.unit_text(unit), source.unit_bytes(unit).start);
            Rc::new(Piece { text, start, tokens: tokens(text, start).into(), said: Said::new(text, language) })
        };
        Rc::clone(pieces.units.entry((document, unit)).or_insert_with(made))
    }

    fn headings(
        &self,
        document: DocumentId,
        source: &'a SourceText,
        section: &'a str,
        language: &'static Language,
    ) -> Rc<Headings> {
        let mut pieces = self.pieces.borrow_mut();
        let made = || {
            let text = headings(self.dossier, document, source, section);
            let said = Said::new(&text, language);
            let stems = said.words().map(|word| language.stem(word).to_owned()).collect();
            Rc::new(Headings { tokens: tokens(&text, 0), said, stems, spelled: RefCell::default() })
        };
        Rc::clone(pieces.headings.entry((document, section)).or_insert_with(made))
    }
}

/// Returns the title of a document, its first heading and that of a section, a line each.
fn headings(dossier: &Dossier, document: DocumentId, text: &SourceText, section: &str) -> String {
    let title = dossier.label(dossier.document(document).entity);
    let first = text.units().first().filter(|unit| unit.place == Spot::Heading).map(|_| text.unit_text(0));
    [title, first.unwrap_or_default(), section].join("\n")
}

/// Returns the units of a section that belong to cited ones: for a sentence what stands before it, and the list that it
/// introduces; for an item or a row the last sentence before the list; for a heading its section.
fn around(text: &SourceText, cited: &Range<usize>) -> Vec<usize> {
    let units = text.units();
    let Some(here) = units.get(cited.start) else { return Vec::new() };
    let place = |at: usize| units.get(at).filter(|unit| unit.section == here.section).map(|unit| &unit.place);
    let is_sentence = |at: &usize| matches!(place(*at), Some(Spot::Sentence { .. }));
    let is_listed = |at: &usize| matches!(place(*at), Some(Spot::Item(_) | Spot::Row(_)));
    let before = (0..cited.start).rev().take_while(|&at| place(at).is_some());
    let behind = (cited.end..units.len()).take_while(|&at| place(at).is_some());
    match &here.place {
        Spot::Heading => behind.take(MAX_AROUND).collect(),
        Spot::Sentence { .. } | Spot::Paragraph(_) => {
            before.take(MAX_BEFORE).chain(behind.take_while(is_listed).take(MAX_AROUND)).collect()
        }
        Spot::Item(_) | Spot::Row(_) => before.filter(is_sentence).take(1).collect(),
    }
}

impl Passage<'_> {
    /// Finds something in the folded words of the passage, as tokens.
    pub fn find(&self, find: impl Fn(&Said) -> Option<Range<usize>>) -> Option<Vec<usize>> {
        self.pieces.iter().find_map(|piece| find(&piece.said).map(|found| self.tokens_of(piece, &found)))
    }

    /// Finds several things in the folded words of one piece of the passage, as tokens.
    pub fn find_all(&self, find: impl Fn(&Said) -> Option<Vec<Range<usize>>>) -> Option<Vec<usize>> {
        self.pieces.iter().find_map(|piece| {
            let found = find(&piece.said)?;
            Some(found.iter().flat_map(|found| self.tokens_of(piece, found)).collect())
        })
    }

    /// Returns true if something is found in the headings.
    pub fn is_in_headings(&self, find: impl Fn(&Said) -> bool) -> bool {
        self.headings.iter().any(|headings| find(&headings.said))
    }

    /// Returns true if something is found in what comes before.
    pub fn is_before(&self, find: impl Fn(&Said) -> bool) -> bool {
        self.before.iter().any(|piece| find(&piece.said))
    }

    /// Returns how much of some folded words the passage has.
    pub fn share<'w>(&self, words: impl Iterator<Item = &'w str>) -> Share {
        let mut share = Share::default();
        let index = self.index.get_or_init(|| Index::new(self.source, self.language));
        for word in words.filter(|word| !self.language.is_small(word)) {
            let units = index.units(word);
            let is_in = |cited: &[usize]| units.iter().any(|&unit| cited.contains(&(unit as usize)));
            if units.is_empty() {
                share.unknown = share.unknown.saturating_add(1);
            } else if !self.is_heading(word) {
                let weight = (units.len() as f64).recip();
                share.all += weight;
                if is_in(&self.cited) {
                    share.here += weight;
                } else if is_in(&self.units_before) {
                    share.before += weight;
                }
            }
        }
        share
    }

    /// Returns true if the headings have a folded word, in any of its forms or in words of which it has the first letters.
    pub fn is_heading(&self, word: &str) -> bool {
        let stem = self.language.stem(word);
        self.headings.iter().any(|headings| headings.has(word, stem))
    }

    /// Returns the tokens around the passage.
    pub fn tokens_around(&self) -> impl Iterator<Item = &Token> {
        let headings = self.headings.iter().flat_map(|headings| &headings.tokens);
        headings.chain(self.before.iter().flat_map(|piece| piece.tokens.iter()))
    }

    /// Reads the dates around the passage.
    pub fn around(&self, dossier: &Dossier) -> Around {
        let published = dossier.document(self.document).published.as_ref();
        let dates = |tokens: Vec<Token>| Dates::read(&tokens, self.language);
        Around {
            headings: dates(self.headings.iter().flat_map(|headings| headings.tokens.iter().cloned()).collect()),
            before: dates(self.before.iter().flat_map(|piece| piece.tokens.iter().cloned()).collect()),
            published: published.and_then(|when| when.earliest().filter(|day| when.latest() == Some(*day))),
        }
    }

    /// Returns the tokens of the folded words of a piece, if they are looked for.
    fn tokens_of(&self, piece: &Piece<'_>, folded: &Range<usize>) -> Vec<usize> {
        if !self.is_shown {
            return Vec::new();
        }
        let found = unfolded(piece.text, folded);
        let (start, end) = (piece.start.saturating_add(found.start), piece.start.saturating_add(found.end));
        let is_in = |token: &Token| token.at.start < end && start < token.at.end;
        self.tokens.iter().enumerate().filter(|(_, token)| is_in(token)).map(|(at, _)| at).collect()
    }
}
