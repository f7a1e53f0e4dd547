//! The finder: anything of any kind by a few letters of its name.
//!
//! Invariant: the hits are those of the typed query and the chosen kind, best first; after
//! every update the preview is that of the selected hit.

use super::cursor::Cursor;
use super::prompt::Prompt;
use crate::catalogue::Catalogue;
use crate::catalogue::card::Card;
use crate::catalogue::matching;
use crate::catalogue::query::Query;
use crate::catalogue::search::Results;
use crate::model::{EntityId, Kind};

/// More hits than these are counted but not listed.
pub const MAX_HITS: usize = 200;

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    /// What is typed.
    pub prompt: Prompt,
    /// Where the list stands.
    pub cursor: Cursor,
    /// The one kind to which the list is narrowed.
    pub kind: Option<Kind>,
    results: Results,
    query: Option<Query>,
    problem: Option<String>,
    reasons: Vec<String>,
    preview: Option<Card>,
}

impl Finder {
    /// A finder with nothing typed.
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut finder = Self::default();
        finder.refresh(catalogue);
        finder
    }

    /// The hits.
    pub fn results(&self) -> &Results {
        &self.results
    }

    /// The query behind the hits, if what is typed is one.
    pub fn query(&self) -> Option<&Query> {
        self.query.as_ref()
    }

    /// Why what is typed is no query.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Why nothing is found, a line each; see [`matching::reasons`].
    pub fn reasons(&self) -> &[String] {
        &self.reasons
    }

    /// The card of the selected hit; see [`follow`](Self::follow).
    pub fn preview(&self) -> Option<&Card> {
        self.preview.as_ref()
    }

    /// Brings the preview to the selected hit. Typing often leaves the same one selected, and a large
    /// card takes longer than the search.
    pub fn follow(&mut self, catalogue: &Catalogue) {
        let selected = self.selected();
        if self.preview.as_ref().map(|card| card.entity) != selected {
            self.preview = selected.map(|entity| Card::new(catalogue, entity));
        }
    }

    /// The entity of the selected hit.
    pub fn selected(&self) -> Option<EntityId> {
        self.results.rows.get(self.cursor.selected).map(|hit| hit.entity)
    }

    /// Finds anew.
    pub fn refresh(&mut self, catalogue: &Catalogue) {
        self.cursor = Cursor::default();
        self.reasons.clear();
        match Query::parse(self.prompt.text()) {
            Ok(typed) => {
                let query = match self.kind {
                    Some(kind) => typed.of_kind(kind),
                    None => typed,
                };
                self.results = matching::search(catalogue, &query, MAX_HITS);
                if self.results.rows.is_empty() {
                    self.reasons = matching::reasons(&query, |rest| matching::search(catalogue, rest, 0).total());
                }
                self.query = Some(query);
                self.problem = None;
            }
            Err(error) => {
                self.results = Results::default();
                self.query = None;
                self.problem = Some(error.to_string());
            }
        }
    }

    /// Narrows the list to the next kind, and after the last to all again.
    pub fn next_kind(&mut self, catalogue: &Catalogue) {
        self.kind = match self.kind {
            None => Kind::ALL.first().copied(),
            Some(kind) => Kind::ALL.get(kind as usize + 1).copied(),
        };
        self.refresh(catalogue);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;

    #[test]
    fn an_empty_list_tells_what_is_left_without_each_term() {
        let catalogue = Catalogue::new(author::load(&author::embedded()).0);
        let mut finder = Finder::new(&catalogue);
        finder.prompt.paste("ramji zzqx");
        finder.refresh(&catalogue);
        let found = Query::parse("ramji").map(|query| matching::search(&catalogue, &query, 0).total());
        assert_eq!(found.map(|found| format!("without zzqx → {found}")).as_ref(), Ok(&finder.reasons()[0]));
        finder.prompt.clear();
        finder.refresh(&catalogue);
        assert!(finder.reasons().is_empty() && !finder.results().rows.is_empty());
    }
}
