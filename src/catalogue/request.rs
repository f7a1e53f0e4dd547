//! Searches as data: what is asked, and what is answered.
//!
//! Who wants something found says so in a [`Request`]; somebody else performs it with
//! [`answer`], on whatever thread, and brings the [`Answer`] back. Invariant: an answer
//! depends on its request alone, and of the answers to a request the last one is complete.

use std::sync::Arc;

use super::Catalogue;
use super::chronology::{RowIndex, Rows};
use super::matching::{self, Matching};
use super::query::Query;
use super::search::{LineResults, Lines, Results, Stop};
use crate::model::EntityId;

/// Rows that are looked at between two looks at the stop sign.
const CHUNK: usize = 1_024;

/// Who asks. A new question of an asker takes the place of the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// The finder, or the picker, which is a finder too.
    Finder,
    /// The filter of the institutions.
    Tree,
    /// The filter of the timeline.
    Timeline,
}

impl Asker {
    /// Every asker, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Finder, Self::Timeline, Self::Tree];
}

/// In what something is to be found.
#[derive(Debug, Clone)]
pub enum Among {
    /// The best entities of a catalogue, so many.
    Entities(Catalogue, usize),
    /// Rows of a chronology, and its events without a date.
    Rows(Catalogue, Rows, Arc<[EntityId]>),
    /// The best lines, so many.
    Lines(Lines, usize),
}

/// A question.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who asks.
    pub asker: Asker,
    /// A number that no other question has; later ones have greater ones.
    pub generation: u64,
    /// What is asked.
    pub query: Query,
    /// Of what it is asked.
    pub among: Among,
}

/// The number alone tells questions apart.
impl PartialEq for Request {
    fn eq(&self, other: &Self) -> bool {
        (self.asker, self.generation) == (other.asker, other.generation)
    }
}

impl Eq for Request {}

/// What was found.
#[derive(Debug, Clone)]
pub enum Found {
    /// Entities.
    Entities(Results),
    /// What is left of rows and undated events, and that by which others are judged.
    Rows(Passed),
    /// Lines.
    Lines(LineResults),
}

/// What a query leaves of a scope.
#[derive(Debug, Clone)]
pub struct Passed {
    /// By what it was decided.
    pub matching: Arc<Matching>,
    /// The rows.
    pub rows: Rows,
    /// The events without a date.
    pub undated: Arc<[EntityId]>,
}

/// The answer to a request.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Who asked.
    pub asker: Asker,
    /// The number of the question.
    pub generation: u64,
    /// What was found.
    pub found: Found,
    /// Whether a fuller answer follows; its rows above the divider are these.
    pub more: bool,
}

impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        (self.asker, self.generation, self.more) == (other.asker, other.generation, other.more)
    }
}

impl Eq for Answer {}

/// Performs a request and posts its answers, none after it was told to stop.
pub fn answer(request: &Request, stop: &Stop, post: &mut dyn FnMut(Answer)) {
    let found = match &request.among {
        _ if stop.is_set() => None,
        Among::Entities(catalogue, limit) => Some(Found::Entities(matching::search(catalogue, &request.query, *limit))),
        Among::Rows(catalogue, scope, undated) => {
            let matching = Arc::new(Matching::new(catalogue, &request.query));
            passed(matching, catalogue, scope, undated, stop).map(Found::Rows)
        }
        Among::Lines(lines, limit) => lines.search(&request.query, *limit, stop).map(Found::Lines),
    };
    if let Some(found) = found.filter(|_| !stop.is_set()) {
        post(Answer { asker: request.asker, generation: request.generation, found, more: false });
    }
}

/// What a query leaves of a scope; none if it was stopped.
pub fn passed(
    matching: Arc<Matching>,
    catalogue: &Catalogue,
    scope: &Rows,
    undated: &[EntityId],
    stop: &Stop,
) -> Option<Passed> {
    let mut list: Vec<RowIndex> = Vec::new();
    for (position, row) in scope.iter().enumerate() {
        if position.is_multiple_of(CHUNK) && stop.is_set() {
            return None;
        }
        if matching.row(catalogue, row).passes() {
            list.push(row);
        }
    }
    let rows = catalogue.chronology().some(list);
    let undated = undated.iter().copied().filter(|&event| matching.entity(catalogue, event).passes()).collect();
    Some(Passed { matching, rows, undated })
}

#[cfg(test)]
mod tests {
    use super::super::search::Turns;
    use super::*;

    fn request(text: &str) -> Request {
        let mut lines = Lines::default();
        lines.push("one");
        lines.push("two");
        Request { asker: Asker::Finder, generation: 1, query: Query::of_words(text), among: Among::Lines(lines, 9) }
    }

    #[test]
    fn an_answer_belongs_to_its_question() {
        let mut answers = Vec::new();
        answer(&request("two"), &Stop::never(), &mut |answer| answers.push(answer));
        let [Answer { asker: Asker::Finder, generation: 1, found: Found::Lines(found), more: false }] = &answers[..]
        else {
            unreachable!("one complete answer: {answers:?}")
        };
        assert_eq!(found.rows, [1]);
    }

    #[test]
    fn nothing_is_posted_once_it_is_to_stop() {
        let turns = Turns::default();
        let stop = turns.next();
        turns.end();
        answer(&request("two"), &stop, &mut |answer| unreachable!("{answer:?}"));
    }
}
