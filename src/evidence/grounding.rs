//! How the value of a claim stands in the passages that it cites.
//!
//! Grounding is computed when it is asked for and never stored. Only numbers, dates and links are judged, and texts as
//! far as they have figures: all other words are those of the dossier's authors.
//!
//! Invariant: what is not found is never said to be false, and no text of a document is kept.

mod dates;
mod figures;
mod names;
mod tokens;

use std::ops::Range;

use self::dates::{Around, Dates};
use self::figures::NumberWords;
use self::names::Said;
use self::tokens::{Token, tokens};
use super::library::Library;
use super::usage::Usage;
use crate::model::{Basis, Claim, DocumentId, Dossier, EntityId, Spot, Value};
use crate::passages::document::SourceText;
use crate::text::word::words;
use crate::vocabulary::Core;

words! {
    /// How the value of a claim stands in its passages, the closest first.
    Grounding {
        /// As the claim has it.
        Verbatim = "verbatim",
        /// A number in words.
        SpelledOut = "spelled out",
        /// A number with another unit.
        Converted = "converted",
        /// The same number, date or name, written otherwise.
        Reformatted = "reformatted",
        /// What is missing in the passage stands in its heading, in the title, or in what comes before.
        ByContext = "by heading or context",
        /// The dossier's authors concluded or counted it.
        Inferred = "inferred",
        /// Nothing in the passage or around it has the value.
        NotInPassage = "not in the passage",
    }
}

/// The most passages of a section before a cited one that are read for its context.
const MAX_BEFORE: usize = 12;

/// Looks for the values of claims in the documents of a dossier.
#[derive(Debug)]
pub struct Grounder<'a> {
    dossier: &'a Dossier,
    library: &'a Library,
    usage: &'a Usage,
    numbers: NumberWords<'a>,
}

/// The cited passages of one document.
struct Passage<'a> {
    document: DocumentId,
    text: &'a SourceText,
    /// The cited units, one range for each place.
    units: Vec<Range<usize>>,
    words: String,
    tokens: Vec<Token>,
}

impl<'a> Grounder<'a> {
    /// Prepares to look for values. `usage` has to be of this dossier and these documents.
    pub fn new(dossier: &'a Dossier, library: &'a Library, usage: &'a Usage) -> Self {
        Self { dossier, library, usage, numbers: NumberWords::new(dossier.vocabulary()) }
    }

    /// Returns how a claim stands in its passages: the closest of all documents that it cites. `None` if no passage of
    /// it could be read, if its value is missing, or if it is a text without figures in the words of the authors.
    pub fn grounding(&self, claim: &Claim) -> Option<Grounding> {
        let passages = self.passages(claim);
        if passages.is_empty() || claim.value == Value::Missing {
            return None;
        }
        if claim.basis() == Basis::Inferred {
            return Some(Grounding::Inferred);
        }
        let of_each = passages.iter().map(|passage| match claim.value {
            Value::Number { number, unit } => {
                Some((self.numbers.find(number.get(), unit, &passage.tokens)).unwrap_or(Grounding::NotInPassage))
            }
            Value::Date(date) => Some(self.date(self.dossier.when(date), passage)),
            Value::Entity(target) => Some(self.link(claim.subject, target, passage)),
            Value::Text(text) => self.text(self.dossier.text(text), passage),
            Value::Missing => None,
        });
        let best = of_each.flatten().min()?;
        let is_counted = claim.basis() == Basis::Counted && best == Grounding::NotInPassage;
        Some(if is_counted { Grounding::Inferred } else { best })
    }

    /// Collects the passages of a claim that could be read, one for each document.
    fn passages(&self, claim: &Claim) -> Vec<Passage<'a>> {
        let mut found: Vec<Passage<'a>> = Vec::new();
        for place in self.dossier.evidence(claim) {
            let (Some(text), Some(units)) = (self.library.document(place.document), self.usage.place(place)) else {
                continue;
            };
            if let Some(passage) = found.iter_mut().find(|passage| passage.document == place.document) {
                passage.units.push(units);
            } else {
                let (document, units) = (place.document, vec![units]);
                found.push(Passage { document, text, units, words: String::new(), tokens: Vec::new() });
            }
        }
        for passage in &mut found {
            passage.units.sort_unstable_by_key(|units| units.start);
            let words: Vec<&str> = passage.units.iter().map(|units| passage.text.words(units.clone())).collect();
            passage.words = words.join("\n");
            passage.tokens = tokens(&passage.words);
        }
        found
    }

    fn date(&self, when: &crate::model::When, passage: &Passage<'_>) -> Grounding {
        let dates = Dates::read(&passage.tokens);
        let published = self.dossier.document(passage.document).published.as_ref();
        let around = Around {
            headings: Dates::read(&tokens(&self.headings(passage))),
            before: Dates::read(&tokens(&passage.before())),
            published: published.and_then(|when| when.earliest().filter(|day| when.latest() == Some(*day))),
        };
        dates.find(when, &around).unwrap_or(Grounding::NotInPassage)
    }

    fn link(&self, subject: EntityId, target: EntityId, passage: &Passage<'_>) -> Grounding {
        let is_named = |said: &Said| self.names(target).any(|name| said.has(name));
        let said = Said::new(&passage.words);
        if is_named(&said) {
            return Grounding::Verbatim;
        }
        if self.names(target).any(|name| said.has_words(name)) {
            return Grounding::Reformatted;
        }
        // A passage that names the subject says what the label of the subject does.
        let is_in_label =
            || is_named(&Said::new(self.dossier.label(subject))) && self.names(subject).any(|name| said.has(name));
        let is_around = is_named(&Said::new(&self.headings(passage))) || is_named(&Said::new(&passage.before()));
        let is_meant = || self.types(target).any(|noun| said.has_the(noun));
        if is_around || self.is_described(target, passage) || is_in_label() || is_meant() {
            return Grounding::ByContext;
        }
        Grounding::NotInPassage
    }

    /// Returns the types that an entity is said to have.
    fn types(&self, entity: EntityId) -> impl Iterator<Item = &'a str> {
        let dossier = self.dossier;
        dossier.slot(entity, Core::Type).iter().filter_map(|claim| match claim.value {
            Value::Text(noun) => Some(dossier.text(noun)),
            Value::Number { .. } | Value::Date(_) | Value::Entity(_) | Value::Missing => None,
        })
    }

    /// Returns the label and the other names of an entity.
    fn names(&self, entity: EntityId) -> impl Iterator<Item = &'a str> {
        let dossier = self.dossier;
        let others = dossier.names(entity).iter().map(|name| dossier.text(name.value));
        std::iter::once(dossier.label(entity)).chain(others)
    }

    /// Returns true if the dossier takes a claim about an entity, or a name of it, from the same passage.
    fn is_described(&self, entity: EntityId, passage: &Passage<'_>) -> bool {
        let uses = self.usage.units(passage.document);
        passage.units.iter().flat_map(|units| uses.get(units.clone()).unwrap_or_default()).any(|unit| {
            let names = || unit.names.iter().filter_map(|&name| self.dossier.all_names().get(name));
            unit.claims.iter().any(|&claim| self.dossier.claim(claim).subject == entity)
                || names().any(|name| name.entity == entity)
        })
    }

    /// Judges a text: its words may be those of the authors, its figures may not.
    fn text(&self, text: &str, passage: &Passage<'_>) -> Option<Grounding> {
        if Said::new(&passage.words).has(text) {
            return Some(Grounding::Verbatim);
        }
        let figures: Vec<Token> = tokens(text).into_iter().filter(|token| !token.readings.is_empty()).collect();
        if figures.is_empty() {
            return None;
        }
        let has = |tokens: &[Token], wanted: &Token| {
            tokens.iter().any(|token| token.readings.iter().any(|number| wanted.readings.contains(number)))
        };
        if figures.iter().all(|figure| has(&passage.tokens, figure)) {
            return Some(Grounding::Reformatted);
        }
        let around = tokens(&format!("{}\n{}", self.headings(passage), passage.before()));
        let is_around = figures.iter().all(|figure| has(&passage.tokens, figure) || has(&around, figure));
        Some(if is_around { Grounding::ByContext } else { Grounding::NotInPassage })
    }

    /// Returns the title of the document and the headings of the passage, a line each.
    fn headings(&self, passage: &Passage<'_>) -> String {
        let title = self.dossier.label(self.dossier.document(passage.document).entity);
        let units = passage.text.units();
        let first = units.first().filter(|unit| unit.place == Spot::Heading).map(|_| passage.text.unit_text(0));
        let sections = passage.units.iter().filter_map(|range| Some(units.get(range.start)?.section.as_str()));
        let mut lines = vec![title];
        lines.extend(first);
        lines.extend(sections);
        lines.join("\n")
    }
}

impl Passage<'_> {
    /// Returns the text before the cited units in their sections, up to [`MAX_BEFORE`] units for each.
    fn before(&self) -> String {
        let units = self.text.units();
        let mut lines = Vec::new();
        for range in &self.units {
            let Some(section) = units.get(range.start).map(|unit| &unit.section) else { continue };
            let earlier = (range.start.saturating_sub(MAX_BEFORE)..range.start).rev();
            let same = earlier.take_while(|&at| units.get(at).is_some_and(|unit| unit.section == *section));
            lines.extend(same.map(|at| self.text.unit_text(at)));
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests;
