//! Lines of text to choose from, while they are being read.
//!
//! Invariant: the rows are those of the latest answered request, for its query and its lines. A search runs while
//! lines are being read, and is then repeated for all of them. At first it fetches only the rows on the screen and
//! some beyond it, because most of the work is in ordering rows; moving further waits for all of them.

use crate::app::message::Growth;
use crate::app::request::{Among, Asker, Searches};
use crate::app::state::cursor::Cursor;
use crate::app::state::prompt::Prompt;
use crate::query::Query;
use crate::search::{LineResults, Lines};

/// More rows than these are counted but not listed.
pub const MAX_ROWS: usize = 1_000;

/// The number of rows fetched at first.
const FIRST_ROWS: usize = 128;

/// The state of a list of lines.
#[derive(Debug, Clone)]
pub struct LineList {
    /// The typed text.
    pub prompt: Prompt,
    /// The selected row and the scroll offset.
    pub cursor: Cursor,
    /// All lines read so far.
    pub lines: Lines,
    /// Returns true while more lines may be read.
    pub is_reading: bool,
    /// The query by which the rows were found.
    pub query: Query,
    results: LineResults,
    awaited: Option<Awaited>,
    /// The number of rows on the screen.
    height: usize,
    /// True once all rows are asked for.
    goes_further: bool,
    /// The steps that the selection is to take once all rows are there.
    owed: Vec<isize>,
    /// True if the selected line is to be chosen as soon as the answer is there.
    is_choosing: bool,
}

/// A question without an answer yet.
#[derive(Debug, Clone)]
struct Awaited {
    generation: u64,
    query: Query,
    /// The number of lines that the request covers.
    len: usize,
}

impl LineList {
    /// Returns a list without lines.
    pub fn new(query: &str) -> Self {
        let mut list = Self {
            query: Query::default(),
            prompt: Prompt::default(),
            cursor: Cursor::default(),
            lines: Lines::default(),
            is_reading: true,
            results: LineResults::default(),
            awaited: None,
            height: 0,
            goes_further: false,
            owed: Vec::new(),
            is_choosing: false,
        };
        // An empty query needs no search before the first lines are shown.
        if !query.is_empty() {
            list.prompt.paste(query);
            list.query = Query::of_words(list.prompt.text());
        }
        list
    }

    /// Returns the lines fetched for the list, by their numbers.
    pub fn rows(&self) -> &[u32] {
        &self.results.rows
    }

    /// Returns the number of lines that match.
    pub fn total(&self) -> usize {
        self.results.total
    }

    /// Returns the number of lines of the list, fetched or not.
    pub fn listed(&self) -> usize {
        self.total().min(MAX_ROWS)
    }

    /// Returns true while an answer to a search is awaited.
    pub fn is_searching(&self) -> bool {
        self.awaited.is_some()
    }

    /// Returns true if there are no lines and none will be read.
    pub(super) fn is_barren(&self) -> bool {
        self.lines.is_empty() && !self.is_reading
    }

    /// Answers a changed prompt.
    pub(super) fn refresh(&mut self, searches: &mut Searches) {
        self.cursor = Cursor::default();
        self.goes_further = false;
        self.owed.clear();
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

    /// Takes an answer. Returns true if the selected line is to be chosen now.
    pub(super) fn found(&mut self, generation: u64, results: LineResults, searches: &mut Searches) -> bool {
        let Some(awaited) = self.awaited.take_if(|awaited| awaited.generation == generation) else { return false };
        self.show(awaited.query, results);
        if awaited.len < self.lines.len() {
            self.ask(self.query.clone(), searches);
        }
        std::mem::take(&mut self.is_choosing)
    }

    /// Shows what a query found.
    fn show(&mut self, query: Query, results: LineResults) {
        let selected = self.rows().get(self.cursor.selected).copied();
        let is_same = self.query == query;
        self.results = results;
        self.query = query;
        // The line under the cursor stays there, unless it is the first, where the best belongs.
        if is_same && self.cursor.selected > 0 {
            let again = selected.and_then(|line| self.rows().iter().position(|&row| row == line));
            self.cursor.selected = again.unwrap_or(self.cursor.selected);
        }
        for rows in std::mem::take(&mut self.owed) {
            self.cursor.step(rows, self.results.rows.len(), |_| true);
        }
    }

    /// Moves the selection, as soon as the rows are there to which it moves.
    pub(super) fn step(&mut self, rows: isize, searches: &mut Searches) {
        let to = self.cursor.selected.saturating_add_signed(rows);
        if self.owed.is_empty() && (to < self.rows().len() || !self.fetch(searches)) {
            self.cursor.step(rows, self.results.rows.len(), |_| true);
        } else {
            self.owed.push(rows);
        }
    }

    /// Fetches enough rows to fill this screen of `height` rows and the next, if the list has as many.
    pub(super) fn fill(&mut self, height: usize, searches: &mut Searches) {
        self.height = height;
        if self.rows().len() < self.cursor.offset + 2 * height && self.awaited.is_none() {
            self.fetch(searches);
        }
    }

    /// Asks for all rows of the list, unless those of another query are awaited; whether more than there were
    /// are to come.
    fn fetch(&mut self, searches: &mut Searches) -> bool {
        let is_of_these = self.awaited.as_ref().is_none_or(|awaited| awaited.query == self.query);
        let lacks_any = self.rows().len() < self.listed() && is_of_these;
        if lacks_any {
            self.goes_further = true;
            self.ask(self.query.clone(), searches);
        }
        lacks_any && self.is_searching()
    }

    /// Returns true if the rows answer the typed text; if not, notes that the selected line is to be chosen then.
    pub(super) fn is_ready_to_choose(&mut self) -> bool {
        // Lines that came since are no reason to wait: they would come for ever.
        let is_ready = self.owed.is_empty() && self.awaited.as_ref().is_none_or(|awaited| awaited.query == self.query);
        self.is_choosing = !is_ready;
        is_ready
    }

    fn ask(&mut self, query: Query, searches: &mut Searches) {
        // A selected row is looked for again among all rows; the first row is simply the best.
        let wants_all = self.goes_further || self.cursor.selected > 0;
        let limit = if wants_all { MAX_ROWS } else { FIRST_ROWS.max(2 * self.height).min(MAX_ROWS) };
        if query.is_empty() {
            // An empty query matches every line: it needs no search, and the answer to an earlier one is not wanted any more.
            self.awaited = None;
            return self.show(query, self.lines.all(limit));
        }
        let among = Among::Lines(self.lines.clone(), limit);
        let generation = searches.ask(Asker::Finder, query.clone(), among);
        self.awaited = Some(Awaited { generation, query, len: self.lines.len() });
    }
}
