//! Lines to choose from: the same search over what is no dossier.
//!
//! Lines can be added while they are searched: a clone is what was there when it was made, and
//! shares all of that.
//!
//! Invariant: of lines that answer a query equally well the earlier one comes first.

use std::sync::Arc;

use super::chunk::{Chunks, GROUPS};
use super::plan::Plan;
use super::scan::{Groups, Walk};
use super::{FEW, MAX_NAME, Stop, judge, parallel};
use crate::catalogue::query::Query;
use crate::model::Kind;

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    folded: Chunks<()>,
    /// As they came, in pieces of [`GROUPS`] lines.
    written: Vec<Arc<Piece>>,
}

/// Lines end to end.
#[derive(Debug, Clone, Default)]
struct Piece {
    text: String,
    ends: Vec<usize>,
}

impl Piece {
    fn get(&self, line: usize) -> &str {
        let start = line.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[line]]
    }
}

/// What a search among lines found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineResults {
    /// The best lines by their numbers, best first.
    pub rows: Vec<u32>,
    /// How many lines match.
    pub total: usize,
}

/// Lines have nothing but their text.
struct Plain<'a> {
    lines: &'a Lines,
    query: &'a Query,
}

impl Groups for Plain<'_> {
    fn label(&self, _: u32) -> &str {
        ""
    }

    fn kind(&self, _: u32) -> Option<Kind> {
        None
    }

    fn prominence(&self, _: u32) -> u8 {
        0
    }

    fn allows(&self, group: u32) -> bool {
        self.query.unwanted.is_empty()
            || !self.lines.folded.group(group as usize).any(|(text, ())| judge::is_unwanted(self.query, text))
    }
}

impl Lines {
    /// Adds a line.
    pub fn push(&mut self, line: &str) {
        self.folded.push_group(line, MAX_NAME, ());
        if self.written.last().is_none_or(|piece| piece.ends.len() == GROUPS) {
            self.written.push(Arc::default());
        }
        if let Some(open) = self.written.last_mut() {
            let open = Arc::make_mut(open);
            open.text.push_str(line);
            open.ends.push(open.text.len());
        }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.folded.group_count()
    }

    /// Whether there is none yet.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// A line as it came, counted from 0.
    pub fn get(&self, line: u32) -> &str {
        self.written[line as usize / GROUPS].get(line as usize % GROUPS)
    }

    /// The best `limit` lines, best first, and how many match; none if it was stopped.
    ///
    /// Fields of the query count for nothing. A query without words finds all lines, in their order.
    pub fn search(&self, query: &Query, limit: usize, stop: &Stop) -> Option<LineResults> {
        let total = self.len();
        if query.is_empty() {
            return Some(LineResults { rows: (0..total.min(limit) as u32).collect(), total });
        }
        let plan = Plan::new(query);
        let groups = Plain { lines: self, query };
        let threads = parallel::threads_for(self.written.len());
        let walk = Walk { query, plan: &plan, groups: &groups, limit: limit.max(FEW), threads, stop };
        let mut found = walk.names(&self.folded)?;
        let mut all = found.close.union(&found.near);
        if all.len() < FEW && judge::may_slip(query) {
            let slipped = walk.slips(&self.folded, &all)?;
            all = all.union(&slipped.near);
            found.rows.extend(slipped.rows);
            found.rows.sort_by_key(|row| (row.key, row.group));
        }
        let rows = found.rows.iter().map(|row| row.group).take(limit).collect();
        Some(LineResults { rows, total: all.len() })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

    use super::*;

    fn lines(texts: &[&str]) -> Lines {
        let mut lines = Lines::default();
        texts.iter().for_each(|text| lines.push(text));
        lines
    }

    fn found<'a>(lines: &'a Lines, query: &str) -> Vec<&'a str> {
        let results = lines.search(&Query::parse(query).unwrap(), 9, &Stop::never()).unwrap();
        assert_eq!(results.rows.len(), results.total);
        results.rows.iter().map(|&row| lines.get(row)).collect()
    }

    #[test]
    fn the_best_line_comes_first_and_of_equals_the_earlier() {
        let lines = lines(&["Kalita", "AIIMS Kalyani", "", "Dr Kalita", "a kind lad yells"]);
        assert_eq!(found(&lines, "kal"), ["Kalita", "Dr Kalita", "AIIMS Kalyani", "a kind lad yells"]);
        assert_eq!(found(&lines, "kal !kalita"), ["AIIMS Kalyani", "a kind lad yells"]);
        assert_eq!(found(&lines, "kaltia"), ["Kalita", "Dr Kalita"]);
        assert_eq!(found(&lines, "").len(), 5);
        assert!(found(&lines, "zzqx").is_empty());
    }

    #[test]
    fn a_clone_does_not_grow() {
        let mut all = lines(&["one"]);
        let before = all.clone();
        all.push("once");
        assert_eq!((found(&before, "on").len(), found(&all, "on").len(), before.len()), (1, 2, 1));
    }

    #[test]
    fn a_stopped_search_finds_nothing() {
        let stop = Stop::never();
        stop.set();
        assert_eq!(lines(&["one"]).search(&Query::parse("one").unwrap(), 9, &stop), None);
    }
}
