//! Finds the words of documents in texts of a dossier.
//!
//! Invariant: the time to index documents, and to look for a text in them, grows with their length only; an index has
//! digests of words, never the words.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher as _};

use super::library::Library;
use crate::model::{DocumentId, Dossier};
use crate::text::fold::fold_line;

/// The most words in a row that a text may share with a document.
pub const MAX_QUOTED: usize = 5;

/// The words that are looked up at once: one more than is allowed.
const WINDOW: usize = MAX_QUOTED + 1;

/// The words of the documents, and of the names that count as one word.
#[derive(Debug, Default)]
pub struct Quotes {
    documents: Vec<(DocumentId, Vec<u64>)>,
    /// The first position of each window: the index in `documents`, and that of its first word.
    windows: HashMap<u64, (usize, usize)>,
    names: Names,
}

/// Words that a text has in a row as a document has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// The document.
    pub document: DocumentId,
    /// The number of words.
    pub words: usize,
}

impl Quotes {
    /// Indexes the documents that were read, and the labels and names of all entities.
    pub fn new(dossier: &Dossier, library: &Library) -> Self {
        let mut quotes = Self::default();
        for (id, _) in dossier.documents() {
            if let Some(text) = library.document(id) {
                quotes.add(id, text.text());
            }
        }
        dossier.entities().for_each(|entity| quotes.names.add(&words(dossier.label(entity))));
        dossier.all_names().iter().for_each(|name| quotes.names.add(&words(dossier.text(name.value))));
        quotes
    }

    fn add(&mut self, id: DocumentId, text: &str) {
        let at = self.documents.len();
        let words = words(text);
        for (start, window) in words.windows(WINDOW).enumerate() {
            self.windows.entry(digest(window)).or_insert((at, start));
        }
        self.documents.push((id, words));
    }

    /// Returns the longest quote of a text that has more than [`MAX_QUOTED`] words, a known name counted as one.
    pub fn find(&self, text: &str) -> Option<Quote> {
        let words = words(text);
        let mut longest: Option<Quote> = None;
        let mut start: usize = 0;
        while let Some(window) = words.get(start..start.saturating_add(WINDOW)) {
            let Some((document, length)) = self.shared(window, words.get(start..).unwrap_or_default()) else {
                start = start.saturating_add(1);
                continue;
            };
            let end = start.saturating_add(length);
            let shared = words.get(start..end).unwrap_or_default();
            if self.names.weight(shared) > MAX_QUOTED && longest.is_none_or(|quote| quote.words < length) {
                longest = Some(Quote { document, words: length });
            }
            // A window that begins within the quote may go on elsewhere.
            start = end.saturating_sub(MAX_QUOTED);
        }
        longest
    }

    /// Returns how many words a text shares with the first document that has its first window.
    fn shared(&self, window: &[u64], text: &[u64]) -> Option<(DocumentId, usize)> {
        let &(at, position) = self.windows.get(&digest(window))?;
        let (document, words) = self.documents.get(at)?;
        let length = words.get(position..)?.iter().zip(text).take_while(|(a, b)| a == b).count();
        (length >= WINDOW).then_some((*document, length))
    }
}

/// A tree of names by their words.
#[derive(Debug, Default)]
struct Names {
    /// The node behind a node for a word; the root is 0.
    nodes: HashMap<(usize, u64), usize>,
    /// The nodes that end a name.
    ends: HashSet<usize>,
}

impl Names {
    fn add(&mut self, name: &[u64]) {
        let mut node = 0;
        for &word in name {
            let next = self.nodes.len().saturating_add(1);
            node = *self.nodes.entry((node, word)).or_insert(next);
        }
        self.ends.insert(node);
    }

    /// Returns the number of words, where each known name counts as one; the longest name first.
    fn weight(&self, words: &[u64]) -> usize {
        let (mut rest, mut weight) = (words, 0_usize);
        while !rest.is_empty() {
            let (mut node, mut named) = (0, 1);
            for (word, length) in rest.iter().zip(1..) {
                let Some(&next) = self.nodes.get(&(node, *word)) else { break };
                node = next;
                if self.ends.contains(&node) {
                    named = length;
                }
            }
            rest = rest.get(named..).unwrap_or_default();
            weight = weight.saturating_add(1);
        }
        weight
    }
}

/// Returns a digest of each word of a text, folded.
fn words(text: &str) -> Vec<u64> {
    fold_line(text).split_whitespace().map(digest).collect()
}

fn digest<T: std::hash::Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{AUTHORED, dossier, id, library};
    use super::*;

    /// Returns the length of the longest quote of a text from a document.
    fn quoted(document: &str, text: &str) -> Option<usize> {
        let dossier = dossier(AUTHORED);
        let quote = Quotes::new(&dossier, &library(&dossier, document)).find(text)?;
        assert_eq!(quote.document, id(&dossier));
        Some(quote.words)
    }

    const LOG: &str = "The Swift crosses the Alder twice on market-days, and Müller’s men row.\n";

    #[test]
    fn six_words_in_a_row_are_a_quote_and_five_are_none() {
        assert_eq!(quoted(LOG, "It crosses the Alder twice on Sundays"), None);
        assert_eq!(quoted(LOG, "crosses the Alder twice on market"), Some(6));
        assert_eq!(quoted(LOG, "crosses the Alder twice on"), None);
        assert_eq!(quoted(LOG, "CROSSES “the alder” – twice, on: Market days"), Some(7));
        assert_eq!(quoted(LOG, "days and mullers men row"), None);
        assert_eq!(quoted(LOG, "market days and mullers men row"), Some(6));
        assert_eq!(quoted(LOG, ""), None);
    }

    #[test]
    fn the_longest_of_several_is_told() {
        let text = "the alder twice on market days or the swift crosses the alder twice on market days";
        assert_eq!(quoted(LOG, text), Some(9));
        let text = "the swift crosses the alder twice on market days or the alder twice on market days";
        assert_eq!(quoted(LOG, text), Some(9));
    }

    #[test]
    fn a_known_name_counts_as_one_word() {
        let log = "All heads of the Thistle Institute were women then.\n";
        assert_eq!(quoted(log, "Heads of the Thistle Institute were men"), None);
        assert_eq!(quoted(log, "All heads of the Thistle Institute were women"), Some(8));
    }

    #[test]
    fn a_text_that_repeats_itself_takes_no_longer() {
        let text = "a ".repeat(20_000);
        assert!(quoted(&text, &text).is_some_and(|words| words == 20_000));
    }
}
