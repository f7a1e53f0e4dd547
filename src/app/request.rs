//! Searches as data: what is asked, and what is answered.
//!
//! The state asks by a [`Request`]; the caller of `update` performs it with [`answer`], on any thread, and brings
//! the [`Answer`] back. Invariant: an answer depends on its request alone, and the last answer to a request is
//! complete.

use std::sync::Arc;

use crate::graph::names::{Results, Stage};
use crate::model::EntityId;
use crate::present::lanes;
use crate::present::lanes::Collected;
use crate::present::tables;
use crate::present::tables::{TableData, TableRequest};
use crate::query::Query;
use crate::query::matching;
use crate::query::matching::Matching;
use crate::search::{LineResults, Lines, Stop, parallel};
use crate::timeline::World;
use crate::timeline::chronology::{RowIndex, Rows};

/// Rows that are looked at between two looks at the stop sign.
const CHUNK: usize = 1_024;

/// The pane or overlay that asks. A new request replaces the one before of the same asker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// The finder, or the picker, which is a finder too.
    Finder,
    /// The filter of the institutions.
    Tree,
    /// The filter of the timeline.
    Timeline,
    /// The lanes.
    Lanes,
    /// The table of a view.
    Table,
}

impl Asker {
    /// Every asker.
    pub const ALL: [Self; 5] = [Self::Finder, Self::Timeline, Self::Tree, Self::Table, Self::Lanes];
}

/// The rows to search.
#[derive(Debug, Clone)]
pub enum Among {
    /// The best entities of a world, at most this number.
    Entities(World, usize),
    /// Rows of a chronology, and its events without a date.
    Rows(World, Rows, Arc<[EntityId]>),
    /// The best lines, at most this number.
    Lines(Lines, usize),
    /// Lanes; the query does not matter, for they have words of their own.
    Lanes(World, lanes::Wanted),
    /// A table; the query does not matter.
    Table(World, TableRequest),
}

/// A search to be performed.
#[derive(Debug, Clone)]
pub struct Request {
    /// The asker.
    pub asker: Asker,
    /// A number that no other question has; later ones have greater ones.
    pub generation: u64,
    /// The query.
    pub query: Query,
    /// The rows to search.
    pub among: Among,
}

/// Requests not yet handed out as effects, and the generation of the latest one. Each has a generation of its own,
/// greater than those before it, so that a pane can tell the answer to its latest request from older ones.
#[derive(Debug, Clone, Default)]
pub struct Searches {
    generation: u64,
    asked: Vec<Request>,
}

impl Searches {
    /// Adds a request and returns its generation. It replaces an earlier request of the same asker that was not
    /// handed out yet.
    pub fn ask(&mut self, asker: Asker, query: Query, among: Among) -> u64 {
        self.generation += 1;
        self.asked.retain(|request| request.asker != asker);
        self.asked.push(Request { asker, generation: self.generation, query, among });
        self.generation
    }

    /// Takes the requests out, to be performed.
    pub fn take(&mut self) -> impl Iterator<Item = Box<Request>> {
        std::mem::take(&mut self.asked).into_iter().map(Box::new)
    }
}

/// Requests of one asker are equal if they have the same generation.
impl PartialEq for Request {
    fn eq(&self, other: &Self) -> bool {
        (self.asker, self.generation) == (other.asker, other.generation)
    }
}

impl Eq for Request {}

/// The result of a search.
#[derive(Debug, Clone)]
pub enum Found {
    /// Entities.
    Entities(Results),
    /// The rows and undated events that pass a filter.
    Rows(Passed),
    /// Lines.
    Lines(LineResults),
    /// Lanes.
    Lanes(Collected),
    /// A table.
    Table(TableData),
}

/// The rows and undated events of a scope that pass a query.
#[derive(Debug, Clone)]
pub struct Passed {
    /// The matches of the query, to judge the rows of another scope by.
    pub matching: Arc<Matching>,
    /// The rows.
    pub rows: Rows,
    /// The events without a date.
    pub undated: Arc<[EntityId]>,
}

impl Passed {
    /// Returns the number of rows and events.
    fn total(&self) -> usize {
        self.rows.len() + self.undated.len()
    }
}

/// The answer to a request.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The asker of the request.
    pub asker: Asker,
    /// The number of the question.
    pub generation: u64,
    /// The result of a search.
    pub found: Found,
    /// The reasons why nothing is found, a line each; see [`matching::explain_empty`].
    pub reasons: Vec<String>,
    /// True if a fuller answer follows, whose rows above the divider are these.
    pub more: bool,
}

/// Performs a request and posts its answers; posts none once `stop` is set.
pub fn answer(request: &Request, stop: &Stop, post: &mut dyn FnMut(Answer)) {
    if stop.is_set() {
        return;
    }
    let Request { asker, generation, query, among } = request;
    let mut tell = |found, reasons, more| {
        if !stop.is_set() {
            post(Answer { asker: *asker, generation: *generation, found, reasons, more });
        }
    };
    match among {
        Among::Entities(world, limit) => matching::seek(world, query, *limit, stop, |stage| match stage {
            Stage::Names(results) => tell(Found::Entities(results), Vec::new(), true),
            Stage::Whole(results) => {
                let reasons = reasons(results.total(), query, |rest| {
                    let mut total = 0;
                    matching::seek(world, rest, 0, stop, |stage| match stage {
                        Stage::Names(_) => {}
                        Stage::Whole(results) => total = results.total(),
                    });
                    total
                });
                tell(Found::Entities(results), reasons, false);
            }
        }),
        Among::Rows(world, scope, undated) => {
            let find = |query: &Query| {
                let matching = Arc::new(Matching::seek(world, query, stop)?);
                passed(matching, world, scope, undated, stop)
            };
            let Some(passed) = find(query) else { return };
            let reasons = reasons(passed.total(), query, |rest| find(rest).map_or(0, |passed| passed.total()));
            tell(Found::Rows(passed), reasons, false);
        }
        Among::Lines(lines, limit) => {
            let Some(results) = lines.search(query.pattern(), *limit, stop) else { return };
            tell(Found::Lines(results), Vec::new(), false);
        }
        Among::Lanes(world, wanted) => {
            let Some(collected) = lanes::collect(world, wanted, stop) else { return };
            tell(Found::Lanes(collected), Vec::new(), false);
        }
        Among::Table(world, wanted) => {
            let Some(data) = tables::build_first(world, wanted, stop) else { return };
            tell(Found::Table(data), Vec::new(), false);
        }
    }
}

/// Returns the reasons why a query finds nothing; none if it finds something.
fn reasons(total: usize, query: &Query, count: impl FnMut(&Query) -> usize) -> Vec<String> {
    if total == 0 { matching::explain_empty(query, count) } else { Vec::new() }
}

/// Filters a scope by a query; `None` if it was stopped.
pub fn passed(
    matching: Arc<Matching>,
    world: &World,
    scope: &Rows,
    undated: &[EntityId],
    stop: &Stop,
) -> Option<Passed> {
    let pieces = scope.len().div_ceil(CHUNK);
    let judge = |done: &mut Vec<(usize, Vec<RowIndex>)>, piece: usize| {
        let rows = (piece * CHUNK..scope.len().min((piece + 1) * CHUNK)).map(|position| scope.row(position));
        done.push((piece, rows.filter(|&row| matching.row(world, row).passes()).collect()));
    };
    let done = parallel::fold(pieces, parallel::threads_for(pieces), stop, Vec::new, judge)?;
    let mut done: Vec<(usize, Vec<RowIndex>)> = done.into_iter().flatten().collect();
    done.sort_unstable_by_key(|&(piece, _)| piece);
    let rows = world.chronology().some(done.into_iter().flat_map(|(_, rows)| rows).collect());
    let mut left = Vec::new();
    for events in undated.chunks(CHUNK) {
        left.extend(events.iter().copied().filter(|&event| matching.entity(world, event).passes()));
        if stop.is_set() {
            return None;
        }
    }
    let undated = left.into();
    Some(Passed { matching, rows, undated })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;
    use crate::model::{Builder, Core, CoreKind, NewClaim, NewValue};
    use crate::search::Turns;
    use crate::vocabulary::testing::seeds;

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
        let [Answer { asker: Asker::Finder, generation: 1, found: Found::Lines(found), more: false, .. }] =
            &answers[..]
        else {
            unreachable!("one complete answer: {answers:?}")
        };
        assert_eq!(found.rows, [1]);
    }

    #[test]
    fn an_empty_answer_tells_what_is_left_without_each_term() {
        let world = World::new(author::load(&author::embedded()).0);
        let told = |text: &str| {
            let Ok(query) = Query::parse(text, seeds()) else { unreachable!("{text}") };
            let among = Among::Entities(world.clone(), 9);
            let mut told = Vec::new();
            let request = Request { asker: Asker::Finder, generation: 1, query, among };
            answer(&request, &Stop::never(), &mut |answer| told.extend(answer.reasons));
            told
        };
        let found = Query::parse("ramji", seeds()).map(|query| matching::search(&world, &query, 0).total());
        assert_eq!(found.map(|found| vec![format!("without zzqx → {found}")]), Ok(told("ramji zzqx")));
        assert_eq!(told("ramji"), Vec::<String>::new());
    }

    #[test]
    fn nothing_is_posted_once_it_is_to_stop() {
        let turns = Turns::default();
        let stop = turns.next();
        turns.end();
        answer(&request("two"), &stop, &mut |answer| unreachable!("{answer:?}"));
    }

    /// Returns a world with more names than one step of a search covers, each with a description.
    fn many() -> World {
        let mut builder = Builder::default();
        for number in 0..25_000 {
            let (slug, label) = (format!("p{number}"), format!("Person {number}"));
            let Some(person) = builder.entity(CoreKind::Person, &slug, &label) else { continue };
            let said = NewValue::Text("a person of note".into());
            builder.claim(NewClaim::new(person, Core::Description, said));
        }
        World::new(builder.finish())
    }

    #[test]
    fn a_newer_question_ends_a_search_midway() {
        let among = Among::Entities(many(), 5);
        let Ok(query) = Query::parse("person", seeds()) else { unreachable!("a word") };
        let request = Request { asker: Asker::Finder, generation: 1, query, among };
        let mut complete = Vec::new();
        answer(&request, &Stop::never(), &mut |answer| complete.push(answer.more));
        assert_eq!(complete, [true, false], "names first, then all");
        let turns = Turns::default();
        let mut answers = Vec::new();
        answer(&request, &turns.next(), &mut |answer| {
            answers.push(answer.more);
            turns.end();
        });
        assert_eq!(answers, [true], "what is said is not searched any more");
    }

    #[test]
    fn a_filter_that_was_stopped_finds_nothing() {
        let world = many();
        let Ok(query) = Query::parse("person !7 year:1900", seeds()) else { unreachable!("a query") };
        let turns = Turns::default();
        let stop = turns.next();
        assert!(Matching::seek(&world, &query, &stop).is_some());
        turns.end();
        assert!(Matching::seek(&world, &query, &stop).is_none());
    }
}
