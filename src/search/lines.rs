//! Lines to choose from: the same search over what is no dossier.
//!
//! Lines can be added while they are searched: a clone is what was there when it was made, and
//! shares all of that. Many at once are folded by several threads, in pieces of [`GROUPS`].
//!
//! Invariant: of lines that answer a query equally well the earlier one comes first; in what
//! portions lines were added makes no difference.

use std::sync::Arc;

use memchr::memchr_iter;

use super::chunk::{Chunk, Chunks, GROUPS};
use super::plan::Plan;
use super::scan::{Groups, Walk};
use super::{FEW, MAX_NAME, Stop, is_good, judge, parallel};
use crate::model::Kind;
use crate::query::Query;

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// All lines, folded for the search.
    folded: Chunks<()>,
    /// As they came, in pieces of [`GROUPS`] lines.
    written: Arc<Vec<Arc<Piece>>>,
}

/// Lines end to end, each with a line break behind it.
#[derive(Debug, Clone, Default)]
struct Piece {
    text: String,
    count: usize,
    /// Where every so manieth line begins.
    starts: Vec<usize>,
}

/// From one line of which the place is kept to the next.
const STRIDE: usize = 16;

impl Piece {
    /// Adds whole lines here and, folded, to a chunk.
    fn add(&mut self, lines: &str, chunk: &mut Chunk<()>) {
        let base = self.text.len();
        self.text.reserve(lines.len());
        self.text.push_str(lines);
        chunk.push_lines(lines, MAX_NAME, |start| {
            if self.count.is_multiple_of(STRIDE) {
                self.starts.push(base + start);
            }
            self.count += 1;
        });
    }

    fn get(&self, line: usize) -> Option<&str> {
        let from = *self.starts.get(line / STRIDE)?;
        self.text.get(from..)?.split_terminator(char::from(BREAK)).nth(line % STRIDE)
    }

    /// How many lines it takes yet.
    fn room(&self) -> usize {
        GROUPS - self.count
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

/// What stands behind a line.
const BREAK: u8 = b'\n';

/// The first so many lines of a text in which a break stands behind each, and the others.
fn split(lines: &str, count: usize) -> (&str, &str) {
    let (mut from, mut left) = (0, count);
    // To count breaks is much faster than to find each.
    for window in lines.as_bytes().chunks(WINDOW) {
        let breaks = memchr_iter(BREAK, window).count();
        if breaks >= left {
            break;
        }
        left -= breaks;
        from += window.len();
    }
    let end = memchr_iter(BREAK, &lines.as_bytes()[from..]).nth(left - 1);
    lines.split_at(end.map_or(lines.len(), |at| from + at + 1))
}

/// In so many bytes at once breaks are counted.
const WINDOW: usize = 4096;

/// Lines have nothing but their text.
struct Plain<'a> {
    lines: &'a Lines,
    query: &'a Query,
}

impl Groups for Plain<'_> {
    fn label(&self, _: u32) -> &'static str {
        ""
    }

    fn have_labels(&self) -> bool {
        false
    }

    fn kind(&self, _: u32) -> Option<Kind> {
        None
    }

    fn prominence(&self, _: u32) -> u8 {
        0
    }

    fn most_prominent(&self) -> u8 {
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
    /// Adds a line, which has no break in it.
    pub fn push(&mut self, line: &str) {
        self.extend_whole(&[line, "\n"].concat());
    }

    /// Adds the lines of a text; behind the last a line break may be missing, which is then no line of its own.
    pub fn extend(&mut self, text: &str) {
        let (whole, last) = text.split_at(text.rfind(char::from(BREAK)).map_or(0, |at| at + 1));
        self.extend_whole(whole);
        if !last.is_empty() {
            self.push(last);
        }
    }

    /// Adds lines with a break behind each.
    fn extend_whole(&mut self, lines: &str) {
        let mut rest = lines;
        if let (Some(piece), Some(chunk)) = (Arc::make_mut(&mut self.written).last_mut(), self.folded.last_mut())
            && !rest.is_empty()
            && piece.room() > 0
        {
            let (fitting, behind) = split(rest, piece.room());
            let piece = Arc::make_mut(piece);
            piece.add(fitting, chunk);
            if piece.room() == 0 {
                piece.text.shrink_to_fit();
                piece.starts.shrink_to_fit();
                chunk.shrink();
            }
            rest = behind;
        }
        let mut parts = Vec::new();
        while !rest.is_empty() {
            let (part, behind) = split(rest, GROUPS);
            parts.push(part);
            rest = behind;
        }
        if parts.is_empty() {
            return;
        }
        let pieces = parallel::map(parts.len(), |index| {
            let (mut piece, mut chunk) = (Piece::default(), Chunk::of_lines());
            piece.add(parts[index], &mut chunk);
            (piece, chunk)
        });
        let written = Arc::make_mut(&mut self.written);
        for (piece, chunk) in pieces {
            written.push(Arc::new(piece));
            self.folded.push(chunk);
        }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        let full = self.written.len().saturating_sub(1) * GROUPS;
        full + self.written.last().map_or(0, |piece| piece.count)
    }

    /// How many of so many more lines leave no piece half full: those are added without copying what is shared.
    pub fn fitting(&self, more: usize) -> usize {
        more.saturating_sub((self.len() + more) % GROUPS)
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

    /// All lines in their order, of which `limit` are listed: what a query without words finds.
    pub fn all(&self, limit: usize) -> LineResults {
        let total = self.len();
        LineResults { rows: (0..total.min(limit) as u32).collect(), total }
    }

    /// The best `limit` lines, best first, and how many match; none if it was stopped.
    ///
    /// Fields of the query count for nothing. A query without words finds [all](Self::all) lines.
    pub fn search(&self, query: &Query, limit: usize, stop: &Stop) -> Option<LineResults> {
        if query.is_empty() {
            return Some(self.all(limit));
        }
        let total = self.len();
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
    use crate::search::Turns;

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
    fn no_letter_of_a_line_is_lost_to_the_rules_for_names() {
        let lines = lines(&["One & Only", "Hospitals and such", "Dr", "Prof. Rao"]);
        let found_rows = |query: &str| lines.search(&Query::of_words(query), 9, &Stop::never()).unwrap().rows;
        for (query, rows) in [("a", &[1, 3][..]), ("and", &[1]), ("prof", &[3]), ("dr", &[2])] {
            assert_eq!(found_rows(query), rows, "{query}");
        }
    }

    #[test]
    fn in_what_portions_lines_come_makes_no_difference() {
        let texts: Vec<String> =
            (0..2 * GROUPS + 5).map(|number| format!("Name {number}, née {}", number / 3)).collect();
        let all = texts.join("\n");
        for portion in [1, 100, GROUPS - 1, GROUPS, GROUPS + 1, 3 * GROUPS] {
            let mut lines = Lines::default();
            let mut before = None;
            for part in texts.chunks(portion) {
                lines.extend(&part.join("\n"));
                before.get_or_insert_with(|| lines.clone());
            }
            assert_eq!((before.unwrap().len(), lines.len()), (portion.min(texts.len()), texts.len()));
            let back: Vec<&str> = (0..texts.len() as u32).map(|line| lines.get(line)).collect();
            assert_eq!(back.join("\n"), all, "in portions of {portion}");
            let results = |query: &str| lines.search(&Query::of_words(query), 9, &Stop::never()).unwrap();
            assert_eq!((results("4100").rows[0], results("nee").total), (4100, texts.len()));
        }
    }

    #[test]
    fn only_what_stands_behind_the_last_break_is_a_line_without_one() {
        for (text, lines) in [("", &[][..]), ("\n", &[""]), ("a", &["a"]), ("a\n", &["a"]), ("a\n\nb", &["a", "", "b"])]
        {
            let mut read = Lines::default();
            read.extend(text);
            let back: Vec<&str> = (0..read.len() as u32).map(|line| read.get(line)).collect();
            assert_eq!(back, lines, "{text:?}");
        }
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
