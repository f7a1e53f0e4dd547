//! A growing list of lines, searched as names are.
//!
//! Lines can be added while they are searched: a clone is a snapshot and shares all that it has. Many lines are folded
//! by several threads, in pieces of [`GROUPS`].
//!
//! Invariant: of lines that match equally well the earlier one comes first. The portions in which lines were added make
//! no difference.

use std::sync::Arc;

use memchr::memchr_iter;

use super::chunk::{Chunk, Chunks, GROUPS};
use super::groups::{Groups, tie_break, wanted};
use super::parallel;
use super::pattern::Pattern;
use super::plan::Plan;
use super::scan::{FEW, Scan, is_good};
use super::stop::Stop;

/// A growing list of lines.
///
/// ```
/// use annals::search::{Lines, Pattern, Stop};
///
/// let mut lines = Lines::default();
/// lines.extend("North Harbour\nHarbour Master\nLighthouse\n");
/// let found = lines.search(&Pattern::words("harb"), 10, &Stop::never()).expect("not stopped");
/// assert_eq!(found.total, 2);
/// assert_eq!(lines.get(found.rows[0]), "Harbour Master");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// All lines, folded.
    folded: Chunks<()>,
    /// The lines as written, in pieces of [`GROUPS`] lines.
    written: Arc<Vec<Arc<Piece>>>,
}

/// Lines end to end, each with a line break behind it.
#[derive(Debug, Clone, Default)]
struct Piece {
    text: String,
    /// Byte offset of every `STRIDE`-th line.
    starts: Vec<usize>,
}

/// The number of lines from one known offset to the next.
const STRIDE: usize = 16;

impl Piece {
    /// Adds whole lines to the piece and, folded, to a chunk.
    fn add(&mut self, lines: &str, chunk: &mut Chunk<()>) {
        let (base, mut number) = (self.text.len(), chunk.group_count());
        self.text.reserve(lines.len());
        self.text.push_str(lines);
        chunk.push_lines(lines, |start| {
            if number.is_multiple_of(STRIDE) {
                self.starts.push(base + start);
            }
            number += 1;
        });
    }

    fn get(&self, line: usize) -> Option<&str> {
        let from = *self.starts.get(line / STRIDE)?;
        self.text.get(from..)?.split_terminator(char::from(BREAK)).nth(line % STRIDE)
    }
}

/// Lines as groups, which are listed if they have the signs of a pattern as written.
struct Written<'a> {
    lines: &'a Lines,
    pattern: &'a Pattern,
}

impl Groups for Written<'_> {
    fn label(&self, _: u32) -> &'static str {
        ""
    }

    fn have_labels(&self) -> bool {
        false
    }

    fn written(&self, line: u32) -> &str {
        self.lines.get(line)
    }

    fn allows(&self, line: u32) -> bool {
        // To find the text of a line costs more than to match it.
        !self.pattern.has_signs() || self.pattern.admits(std::iter::once(self.lines.get(line)))
    }

    fn allows_all(&self) -> bool {
        !self.pattern.has_signs()
    }
}

/// The result of a search among lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineResults {
    /// The numbers of the best lines, best first.
    pub rows: Vec<u32>,
    /// The number of lines that match.
    pub total: usize,
}

/// The line break.
const BREAK: u8 = b'\n';

/// Splits whole lines behind the first `count` ones.
fn split(lines: &str, count: usize) -> (&str, &str) {
    let (mut from, mut left) = (0, count);
    // Counting breaks is much faster than visiting each.
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

/// The number of bytes in which line breaks are counted at once.
const WINDOW: usize = 4096;

impl Lines {
    /// Adds a line, which must not contain a line break.
    pub fn push(&mut self, line: &str) {
        self.extend_whole(&[line, "\n"].concat());
    }

    /// Adds the lines of a text. The last line break is optional: no line follows it.
    pub fn extend(&mut self, text: &str) {
        let (whole, last) = text.split_at(text.rfind(char::from(BREAK)).map_or(0, |at| at + 1));
        self.extend_whole(whole);
        if !last.is_empty() {
            self.push(last);
        }
    }

    fn extend_whole(&mut self, lines: &str) {
        let mut rest = lines;
        if let (Some(piece), Some(chunk)) = (Arc::make_mut(&mut self.written).last_mut(), self.folded.last_mut())
            && !rest.is_empty()
            && chunk.group_count() < GROUPS
        {
            let (fitting, behind) = split(rest, GROUPS - chunk.group_count());
            let piece = Arc::make_mut(piece);
            piece.add(fitting, chunk);
            if chunk.group_count() == GROUPS {
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

    /// The number of lines.
    pub fn len(&self) -> usize {
        self.folded.group_count()
    }

    /// The number of the next `more` lines to add at once so that the last piece is full: adding to a piece that is not
    /// full copies it if it is shared.
    pub fn fitting(&self, more: usize) -> usize {
        more.saturating_sub((self.len() + more) % GROUPS)
    }

    /// Returns true if there is no line.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// The line with a number from 0 on, as written; empty if there is none.
    pub fn get(&self, line: u32) -> &str {
        let piece = self.written.get(line as usize / GROUPS);
        piece.and_then(|piece| piece.get(line as usize % GROUPS)).unwrap_or_default()
    }

    /// The first `limit` lines and the number of all: the result for an empty pattern.
    pub fn all(&self, limit: usize) -> LineResults {
        let total = self.len();
        LineResults { rows: (0..total.min(limit) as u32).collect(), total }
    }

    /// Finds the best `limit` lines, best first, and the number of all that match; `None` if it was stopped.
    ///
    /// An empty pattern finds [all](Self::all) lines; the result does not depend on the number of threads.
    pub fn search(&self, pattern: &Pattern, limit: usize, stop: &Stop) -> Option<LineResults> {
        if pattern.is_empty() {
            return Some(self.all(limit));
        }
        let total = self.len();
        let written = Written { lines: self, pattern };
        let groups = wanted(&written, &self.folded, pattern);
        if pattern.wanted.is_empty() {
            // Lines that lack the unwanted match equally well.
            let left: Vec<u32> =
                (0..total as u32).take_while(|_| !stop.is_set()).filter(|&line| groups.allows(line)).collect();
            let results = LineResults { total: left.len(), rows: left.into_iter().take(limit).collect() };
            return (!stop.is_set()).then_some(results);
        }
        let plan = Plan::new(pattern);
        let threads = parallel::threads_for(self.written.len());
        let scan = Scan { pattern, plan: &plan, groups: &groups, limit: limit.max(FEW), threads, stop };
        let named = scan.names(&self.folded)?;
        let with_typos = scan.typos_if_few(&self.folded, &named)?;
        let all = named.close.union(&named.near).union(&with_typos.near);
        let mut rows = named.rows;
        rows.retain(|row| is_good(row) || !with_typos.near.has(row.group));
        rows.extend(with_typos.rows);
        rows.sort_by_cached_key(|row| (row.key, tie_break(&groups, pattern, row.group), row.group));
        Some(LineResults { rows: rows.iter().map(|row| row.group).take(limit).collect(), total: all.len() })
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::query::Query;
    use crate::search::Turns;
    use crate::vocabulary::testing::seeds;

    fn lines(texts: &[&str]) -> Lines {
        let mut lines = Lines::default();
        for text in texts {
            lines.push(text);
        }
        lines
    }

    fn found<'a>(lines: &'a Lines, query: &str) -> Vec<&'a str> {
        let results = lines.search(Query::parse(query, seeds()).unwrap().pattern(), 9, &Stop::never()).unwrap();
        assert_eq!(results.rows.len(), results.total);
        results.rows.iter().map(|&row| lines.get(row)).collect()
    }

    #[test]
    fn the_best_line_comes_first_and_of_equal_ones_the_earlier() {
        let lines = lines(&["Kalita", "AIIMS Kalyani", "", "Dr Kalita", "a kind lad yells"]);
        assert_eq!(found(&lines, "kal"), ["Kalita", "Dr Kalita", "AIIMS Kalyani", "a kind lad yells"]);
        assert_eq!(found(&lines, "kal !kalita"), ["AIIMS Kalyani", "a kind lad yells"]);
        assert_eq!(found(&lines, "kaltia"), ["Kalita", "Dr Kalita"]);
        assert_eq!(found(&lines, "").len(), 5);
        assert_eq!(found(&lines, "!kalita"), ["AIIMS Kalyani", "", "a kind lad yells"]);
        assert!(found(&lines, "zzqx").is_empty());
    }

    #[test]
    fn a_clone_does_not_grow_with_the_original() {
        let mut all = lines(&["one"]);
        let before = all.clone();
        all.push("once");
        assert_eq!((found(&before, "on").len(), found(&all, "on").len(), before.len()), (1, 2, 1));
    }

    #[test]
    fn titles_and_the_word_and_are_kept_in_lines() {
        let lines = lines(&["One & Only", "Hospitals and such", "Dr", "Prof. Rao"]);
        let found_rows = |query: &str| lines.search(Query::of_words(query).pattern(), 9, &Stop::never()).unwrap().rows;
        for (query, rows) in [("a", &[1, 3][..]), ("and", &[1]), ("prof", &[3]), ("dr", &[2])] {
            assert_eq!(found_rows(query), rows, "{query}");
        }
    }

    #[test]
    fn the_portions_in_which_lines_are_added_make_no_difference() {
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
            let results = |query: &str| lines.search(Query::of_words(query).pattern(), 9, &Stop::never()).unwrap();
            assert_eq!((results("4100").rows[0], results("nee").total), (4100, texts.len()));
        }
    }

    #[test]
    fn the_last_line_break_is_optional() {
        for (text, lines) in [("", &[][..]), ("\n", &[""]), ("a", &["a"]), ("a\n", &["a"]), ("a\n\nb", &["a", "", "b"])]
        {
            let mut read = Lines::default();
            read.extend(text);
            let back: Vec<&str> = (0..read.len() as u32).map(|line| read.get(line)).collect();
            assert_eq!(back, lines, "{text:?}");
        }
    }

    #[test]
    fn a_stopped_search_has_no_result() {
        let turns = Turns::default();
        let stop = turns.next();
        turns.end();
        for query in ["one", "!two"] {
            assert_eq!(lines(&["one"]).search(Query::parse(query, seeds()).unwrap().pattern(), 9, &stop), None);
        }
    }
}
