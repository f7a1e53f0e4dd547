//! The finder, which finds entities of any kind by a few letters of their names.
//!
//! Invariant: the hits are those of [`Finder::query`], best first; it is the query of the typed text unless an answer
//! is still awaited. After every update the preview is that of the selected hit.

use super::cursor::Cursor;
use super::prompt::Prompt;
use super::same_entity;
use crate::app::request::{Among, Asker, Searches};
use crate::graph::names::{Hit, Matched, Results};
use crate::model::{ClaimId, EntityId, KindId};
use crate::present::card::Card;
use crate::query::Query;
use crate::timeline::World;

/// More hits than these are counted but not listed.
pub const MAX_HITS: usize = 200;

/// The state of the finder.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    /// The typed text.
    pub prompt: Prompt,
    /// The selected row and the scroll offset.
    pub cursor: Cursor,
    /// The one kind to which the list is narrowed.
    pub kind: Option<KindId>,
    /// The hits.
    pub results: Results,
    /// The query behind the hits, if the typed text is a query.
    pub query: Option<Query>,
    /// The reason why the typed text is not a query.
    pub problem: Option<String>,
    /// The reasons why nothing is found, a line each; see [`explain_empty`](crate::query::matching::explain_empty).
    pub reasons: Vec<String>,
    /// The card of the selected hit; see [`follow`](Self::follow).
    pub preview: Option<Card>,
    awaited: Option<Awaited>,
    /// True while the hits are the first part of the awaited answer.
    is_partial: bool,
    /// True if the best hit is to be opened as soon as it is known.
    is_opening: bool,
}

/// A question without a complete answer yet.
#[derive(Debug, Clone)]
struct Awaited {
    generation: u64,
    query: Query,
}

impl Finder {
    /// Returns a finder with nothing typed.
    pub fn new(world: &World, searches: &mut Searches) -> Self {
        let mut finder = Self::default();
        finder.refresh(world, searches);
        finder
    }

    /// Returns true while an answer to a search is awaited.
    pub fn is_searching(&self) -> bool {
        self.awaited.is_some()
    }

    /// Brings the preview to the selected hit. Typing often leaves the same one selected, and a large
    /// card takes longer than the search.
    pub fn follow(&mut self, world: &World) {
        let selected = self.selected();
        if self.preview.as_ref().map(|card| card.entity) != selected {
            self.preview = selected.map(|entity| Card::new(world, entity));
        }
    }

    /// Keeps the hits whose entities another world has, matched by their labels, until the hits of that world arrive.
    pub fn turn_to(&mut self, before: &World, world: &World, searches: &mut Searches) {
        self.preview = None;
        self.results.rows = self.results.rows.iter().filter_map(|hit| turned(hit, before, world)).collect();
        let answers_what_is_typed = self.awaited.is_none() || self.is_partial;
        self.ask(world, searches);
        // The hits then count as the first rows of the answer, so the selection stays.
        self.is_partial = answers_what_is_typed;
    }

    /// Returns the entity of the selected hit.
    pub fn selected(&self) -> Option<EntityId> {
        self.results.rows.get(self.cursor.selected).map(|hit| hit.entity)
    }

    /// Returns the claim by which the selected hit was found, unless a name was.
    pub fn claim(&self) -> Option<ClaimId> {
        self.results.rows.get(self.cursor.selected)?.matched.claim()
    }

    /// Searches again; the old hits stay until the answer arrives.
    pub fn refresh(&mut self, world: &World, searches: &mut Searches) {
        self.cursor = Cursor::default();
        self.is_opening = false;
        self.reasons.clear();
        self.ask(world, searches);
    }

    fn ask(&mut self, world: &World, searches: &mut Searches) {
        self.is_partial = false;
        match Query::parse(self.prompt.text(), world.dossier().vocabulary()) {
            Ok(typed) => {
                let query = match self.kind {
                    Some(kind) => typed.of_kinds(&world.dossier().vocabulary().kinds_below(kind)),
                    None => typed,
                };
                let among = Among::Entities(world.clone(), MAX_HITS);
                let generation = searches.ask(Asker::Finder, query.clone(), among);
                self.awaited = Some(Awaited { generation, query });
                self.problem = None;
            }
            Err(error) => {
                self.results = Results::default();
                self.query = None;
                self.awaited = None;
                self.problem = Some(error.to_string());
            }
        }
    }

    /// Takes an answer. Returns true if the selected hit is to be opened now.
    pub fn found(&mut self, generation: u64, results: Results, reasons: Vec<String>, more: bool) -> bool {
        let Some(awaited) = self.awaited.take_if(|awaited| awaited.generation == generation) else { return false };
        let selected = self.selected().filter(|_| self.is_partial);
        self.results = results;
        self.reasons = reasons;
        if let Some(row) = selected.and_then(|entity| self.results.rows.iter().position(|hit| hit.entity == entity)) {
            self.cursor.selected = row;
        }
        self.query = Some(awaited.query.clone());
        self.is_partial = more;
        self.awaited = more.then_some(awaited);
        let opens = self.is_opening && self.is_settled();
        self.is_opening &= !opens;
        opens
    }

    /// Returns true if the selected hit can no longer change; if it can, notes that it is to be opened once it cannot.
    pub fn is_ready_to_open(&mut self) -> bool {
        let is_settled = self.is_settled();
        self.is_opening = !is_settled;
        is_settled
    }

    fn is_settled(&self) -> bool {
        // Matches in claims and texts rank below every name that has the typed letters side by side.
        let selected = self.results.rows.get(self.cursor.selected);
        let is_sure = self.is_partial && selected.is_some_and(|hit| hit.tier.is_close());
        self.awaited.is_none() || is_sure
    }

    /// Narrows the list to the next kind of which the dossier has an entity, and after the last to all again.
    pub fn next_kind(&mut self, world: &World, searches: &mut Searches) {
        let dossier = world.dossier();
        let has_any = |kind: &KindId| dossier.of_kind(*kind).len() > 0;
        let mut kinds = dossier.vocabulary().kinds().filter(has_any);
        self.kind = match self.kind {
            None => kinds.next(),
            Some(before) => kinds.skip_while(|&kind| kind != before).nth(1),
        };
        self.refresh(world, searches);
    }
}

/// Returns the hit for the same entity in another world, matched by its label; `None` if it does not exist there.
pub(crate) fn turned(hit: &Hit, before: &World, world: &World) -> Option<Hit> {
    let entity = same_entity(before, world, hit.entity)?;
    Some(Hit { entity, matched: Matched::Name(world.dossier().entity(entity).label), ..*hit })
}
