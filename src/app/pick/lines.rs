//! Lines of text to choose from, while they come.
//!
//! Invariant: the rows are those of the query and the lines that were asked about last and
//! answered; a search goes on while lines come, and is then repeated for all of them.

use crate::app::cursor::Cursor;
use crate::app::prompt::Prompt;
use crate::app::searching::Searches;
use crate::catalogue::query::Query;
use crate::catalogue::request::{Among, Asker};
use crate::catalogue::search::{LineResults, Lines};

/// More rows than these are counted but not listed.
pub const MAX_ROWS: usize = 1_000;

/// Lines so far.
#[derive(Debug, Clone)]
pub struct Growth {
    /// All of them.
    pub lines: Lines,
    /// Whether more may come.
    pub is_reading: bool,
}

/// Lines only ever grow.
impl PartialEq for Growth {
    fn eq(&self, other: &Self) -> bool {
        (self.lines.len(), self.is_reading) == (other.lines.len(), other.is_reading)
    }
}

impl Eq for Growth {}

/// See the module.
#[derive(Debug, Clone)]
pub struct LineList {
    /// What is typed.
    pub prompt: Prompt,
    /// Where the list stands.
    pub cursor: Cursor,
    lines: Lines,
    is_reading: bool,
    query: Query,
    results: LineResults,
    awaited: Option<Awaited>,
    /// Whether to choose as soon as the answer is there.
    is_choosing: bool,
}

/// A question without an answer yet.
#[derive(Debug, Clone)]
struct Awaited {
    generation: u64,
    query: Query,
    /// Of how many lines it was asked.
    len: usize,
}

impl LineList {
    /// A list without lines.
    pub fn new(query: &str) -> Self {
        let mut prompt = Prompt::default();
        prompt.paste(query);
        Self {
            query: Query::of_words(prompt.text()),
            prompt,
            cursor: Cursor::default(),
            lines: Lines::default(),
            is_reading: true,
            results: LineResults::default(),
            awaited: None,
            is_choosing: false,
        }
    }

    /// All lines so far.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The listed lines by their numbers.
    pub fn rows(&self) -> &[u32] {
        &self.results.rows
    }

    /// How many lines match.
    pub fn total(&self) -> usize {
        self.results.total
    }

    /// The query by which the rows were found.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Whether more lines may come.
    pub fn is_reading(&self) -> bool {
        self.is_reading
    }

    /// Whether an answer is awaited.
    pub fn is_searching(&self) -> bool {
        self.awaited.is_some()
    }

    /// Whether there are no lines, and never will be.
    pub(super) fn is_barren(&self) -> bool {
        self.lines.is_empty() && !self.is_reading
    }

    /// Answers a changed prompt.
    pub(super) fn refresh(&mut self, searches: &mut Searches) {
        self.cursor = Cursor::default();
        self.is_choosing = false;
        self.ask(Query::of_words(self.prompt.text()), searches);
    }

    /// Takes the lines as they are now.
    pub(super) fn grow(&mut self, growth: Growth, searches: &mut Searches) {
        self.lines = growth.lines;
        self.is_reading = growth.is_reading;
        // A search that is under way is not interrupted: lines could come faster than answers.
        if self.awaited.is_none() {
            self.ask(self.query.clone(), searches);
        }
    }

    /// Takes an answer; tells whether the selected line is to be chosen now.
    pub(super) fn found(&mut self, generation: u64, results: LineResults, searches: &mut Searches) -> bool {
        let Some(awaited) = self.awaited.take_if(|awaited| awaited.generation == generation) else { return false };
        let selected = self.rows().get(self.cursor.selected).copied();
        let is_same = self.query == awaited.query;
        self.results = results;
        self.query = awaited.query;
        // The line under the cursor stays there, unless it is the first, where the best belongs.
        if is_same && self.cursor.selected > 0 {
            let again = selected.and_then(|line| self.rows().iter().position(|&row| row == line));
            self.cursor.select(again.unwrap_or(self.cursor.selected));
        }
        if awaited.len < self.lines.len() {
            self.ask(self.query.clone(), searches);
        }
        std::mem::take(&mut self.is_choosing)
    }

    /// Whether the rows answer what is typed; if not, the selected line is chosen then.
    pub(super) fn is_ready_to_choose(&mut self) -> bool {
        // Lines that came since are no reason to wait: they would come for ever.
        let is_ready = self.awaited.as_ref().is_none_or(|awaited| awaited.query == self.query);
        self.is_choosing = !is_ready;
        is_ready
    }

    fn ask(&mut self, query: Query, searches: &mut Searches) {
        let among = Among::Lines(self.lines.clone(), MAX_ROWS);
        let generation = searches.ask(Asker::Finder, query.clone(), among);
        self.awaited = Some(Awaited { generation, query, len: self.lines.len() });
    }
}
