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
use super::{FEW, MAX_NAME, Stop, is_good, judge, parallel};
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
    fn get(&self, line: usize) -> Option<&str> {
        let start = line.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(line)?)
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
    fn label(&self, _: u32) -> &'static str {
        ""
    }

    fn kind(&self, _: u32) -> Option<Kind> {
        None
    }

    fn prominence(&self, _: u32) -> u8 {
        0
    }

    fn allows(&self, group: u32) -> bool {
        self.allows_all()
            || !self.lines.folded.group(group as usize).any(|(text, ())| judge::is_unwanted(self.query, text))
    }

    fn allows_all(&self) -> bool {
        self.query.unwanted.is_empty()
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

    /// A line as it came, by its number from 0; empty where there is none.
    pub fn get(&self, line: u32) -> &str {
        let piece = self.written.get(line as usize / GROUPS);
        piece.and_then(|piece| piece.get(line as usize % GROUPS)).unwrap_or_default()
    }

    /// The best `limit` lines, best first, and how many match; none if it was stopped.
    ///
    /// Fields of the query count for nothing. A query without words finds all lines, in their order.
    pub fn search(&self, query: &Query, limit: usize, stop: &Stop) -> Option<LineResults> {
        let total = self.len();
        if query.is_empty() {
            return Some(LineResults { rows: (0..total.min(limit) as u32).collect(), total });
        }
        let groups = Plain { lines: self, query };
        if query.wanted.is_empty() {
            // What merely lacks the unwanted answers no better or worse than another.
            let left: Vec<u32> =
                (0..total as u32).take_while(|_| !stop.is_set()).filter(|&line| groups.allows(line)).collect();
            let results = LineResults { total: left.len(), rows: left.into_iter().take(limit).collect() };
            return (!stop.is_set()).then_some(results);
        }
        let plan = Plan::new(query);
        let threads = parallel::threads_for(self.written.len());
        let walk = Walk { query, plan: &plan, groups: &groups, limit: limit.max(FEW), threads, stop };
        let named = walk.names(&self.folded)?;
        let slipped = walk.slips_where_few(&self.folded, &named)?;
        let all = named.close.union(&named.near).union(&slipped.near);
        let mut rows = named.rows;
        rows.retain(|row| is_good(row) || !slipped.near.has(row.group));
        rows.extend(slipped.rows);
        rows.sort_unstable_by_key(|row| (row.key, row.group));
        Some(LineResults { rows: rows.iter().map(|row| row.group).take(limit).collect(), total: all.len() })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

    use super::*;
    use crate::catalogue::search::Turns;

    fn lines(texts: &[&str]) -> Lines {
        let mut lines = Lines::default();
        for text in texts {
            lines.push(text);
        }
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
        assert_eq!(found(&lines, "!kalita"), ["AIIMS Kalyani", "", "a kind lad yells"]);
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
        let turns = Turns::default();
        let stop = turns.next();
        turns.end();
        for query in ["one", "!two"] {
            assert_eq!(lines(&["one"]).search(&Query::parse(query).unwrap(), 9, &stop), None);
        }
    }
}
