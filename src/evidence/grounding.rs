//! How the value of a claim stands in the passages that it cites, and which words of them bear it.
//!
//! Grounding is computed when it is asked for and never stored. A claim stands in a passage with its value, the times of
//! the value, and its subject: a link to what the heading names holds only where the passage speaks of the subject.
//!
//! | file | contents |
//! |---|---|
//! | `tokens`, `passage` | the words and figures of the cited passages, and what stands around them |
//! | `index` | the words of a whole document, which tell how much a word says |
//! | `dates`, `figures`, `names` | dates, numbers and names, looked for in them |
//! | `judge` | how a whole claim stands |
//!
//! Invariant: what is not found is never said to be false, and no text of a document is kept beyond the passages that were
//! read last.

mod dates;
mod figures;
mod index;
mod judge;
mod names;
mod passage;
mod tally;
mod tokens;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use self::figures::Figures;
pub use self::judge::{Stated, StatedValue};
use self::passage::Pieces;
pub use self::tally::{Tallies, Tally};
use super::library::Library;
use super::usage::Usage;
use crate::language::Language;
use crate::model::{Claim, DocumentId, Dossier, SourceKey};
use crate::text::word::words;

words! {
    /// How the value of a claim stands in its passages, the closest first.
    Grounding {
        /// As the claim has it.
        Verbatim = "verbatim",
        /// A number in words.
        SpelledOut = "spelled out",
        /// A number with another unit or multiplier.
        Converted = "converted",
        /// The same number, date or name, written otherwise.
        Reformatted = "reformatted",
        /// What is missing in the passage stands in its heading, in the title, or in what comes before.
        ByContext = "by heading or context",
        /// A text of the dossier's authors, on what the passage speaks of.
        Reworded = "in other words",
        /// The dossier's authors concluded or counted it.
        Inferred = "by our inference",
        /// Nothing in the passage or around it has the value.
        NotInPassage = "not in the passage",
    }
}

/// How something was found in a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hit {
    state: Grounding,
    /// The tokens that bear it.
    tokens: Vec<usize>,
}

impl Hit {
    fn of(state: Grounding, tokens: Range<usize>) -> Self {
        Self { state, tokens: tokens.collect() }
    }

    /// Returns a hit outside of the passage.
    fn nowhere(state: Grounding) -> Self {
        Self { state, tokens: Vec::new() }
    }

    /// Joins two things that have to be found both.
    fn and(mut self, other: Self) -> Self {
        self.tokens.extend(other.tokens);
        Self { state: self.state.max(other.state), tokens: self.tokens }
    }
}

/// Looks for the values of claims in the documents of a dossier.
#[derive(Debug)]
pub struct Grounder<'a> {
    dossier: &'a Dossier,
    library: &'a Library,
    figures: HashMap<&'static str, Figures<'a>>,
    pieces: RefCell<Pieces<'a>>,
}

impl<'a> Grounder<'a> {
    /// Prepares to look for values.
    pub fn new(dossier: &'a Dossier, library: &'a Library) -> Self {
        let languages = dossier.documents().map(|(id, _)| language_of(dossier, id));
        let figures = languages.map(|language| (language.tag(), Figures::new(dossier.vocabulary(), language)));
        Self { dossier, library, figures: figures.collect(), pieces: RefCell::default() }
    }

    /// Returns how a claim stands in its passages, the closest of all documents that it cites. `None` if no passage of it could be read, if its value is missing, or if it is not found in a document of whose
    /// language there are no words. `usage` has to be of this dossier and these documents.
    pub fn ground(&self, claim: &Claim, usage: &Usage) -> Option<Grounding> {
        self.judge(&Stated::of(self.dossier, claim)?, &self.places(claim, usage))
    }

    /// Returns the units that a claim cites, where they were found.
    pub fn places(&self, claim: &Claim, usage: &Usage) -> Vec<(DocumentId, Range<usize>)> {
        let places = self.dossier.evidence(claim);
        places.filter_map(|place| Some((place.document, usage.place(place)?))).collect()
    }
}

/// Returns the language of a document: the stated one, or the usual one.
fn language_of(dossier: &Dossier, document: DocumentId) -> &'static Language {
    let details = &dossier.document(document).details;
    let stated = details.iter().find(|(key, _)| *key == SourceKey::Language);
    stated.map_or_else(Language::usual, |(_, tag)| Language::of(tag).unwrap_or_else(Language::unknown))
}

#[cfg(test)]
mod tests;
