//! Lines of text to choose from, in the order in which they came.
//!
//! They stand in segments which are shared: a clone costs a pointer a segment, and lines
//! that are pushed afterwards do not reach it.
//!
//! Invariant: a line keeps its number, and reads back as it was pushed; of equally good
//! lines the earlier comes first; the total is of all matches, whatever the limit.

use std::cmp::Ordering;
use std::sync::Arc;

use super::arena::{Entry, word_starts};
use super::judge::{self, Standing};
use super::{FEW, MAX_NAME, Stop, Tier};
use crate::catalogue::fold::fold;
use crate::catalogue::fuzzy::Scorer;
use crate::catalogue::query::Query;

/// Lines in a full segment.
const SEGMENT: usize = 4_096;

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// All but the last are full.
    segments: Vec<Arc<Segment>>,
    len: usize,
}

/// What a search among lines found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineResults {
    /// The numbers of the best lines, best first, as many as were asked for.
    pub rows: Vec<u32>,
    /// How many lines match.
    pub total: usize,
}

/// Lines as they came, and folded.
#[derive(Debug, Clone, Default)]
struct Segment {
    text: Texts,
    folded: Texts,
}

/// Texts end to end.
#[derive(Debug, Clone, Default)]
struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[index]]
    }
}

impl Lines {
    /// Adds a line behind the others.
    pub fn push(&mut self, line: &str) {
        if self.len.is_multiple_of(SEGMENT) {
            self.segments.push(Arc::default());
        }
        if let Some(last) = self.segments.last_mut() {
            // Copied only where a clone looks at it.
            let segment = Arc::make_mut(last);
            segment.text.push(line);
            segment.folded.push(&folded(line));
            self.len += 1;
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A line by its number, from 0; empty where there is none.
    pub fn get(&self, line: u32) -> &str {
        let line = line as usize;
        if line < self.len { self.segments[line / SEGMENT].text.get(line % SEGMENT) } else { "" }
    }

    /// The best `limit` lines for a query, best first, and how many match; none if it was stopped.
    ///
    /// A query without wanted words finds lines in their order.
    pub fn search(&self, query: &Query, limit: usize, stop: &Stop) -> Option<LineResults> {
        if query.is_empty() {
            return Some(LineResults { rows: (0..self.len.min(limit) as u32).collect(), total: self.len });
        }
        let mut found = self.judged(query, stop, judge::by_name)?;
        let is_good = |(standing, _): &&(Standing, u32)| standing.tier != Tier::Scattered;
        if judge::may_slip(query) && found.iter().filter(is_good).count() < FEW {
            let known: Vec<u32> = found.iter().map(|&(_, line)| line).collect();
            let slips = self.judged(query, stop, judge::by_slip)?;
            found.extend(slips.into_iter().filter(|(_, line)| known.binary_search(line).is_err()));
        }
        let total = found.len();
        // What merely lacks the unwanted answers no better or worse than another.
        if !query.wanted.is_empty() {
            found.sort_unstable_by(rank);
        }
        found.truncate(limit);
        Some(LineResults { rows: found.into_iter().map(|(_, line)| line).collect(), total })
    }

    /// Every line that `judge` finds, in order.
    fn judged(
        &self,
        query: &Query,
        stop: &Stop,
        judge: impl Fn(&Query, Entry<'_>, &mut Scorer) -> Option<Standing>,
    ) -> Option<Vec<(Standing, u32)>> {
        let mut scorer = Scorer::default();
        let mut starts = Vec::new();
        let mut found = Vec::new();
        for (number, segment) in (0..).zip(&self.segments) {
            if stop.is_set() {
                return None;
            }
            for index in 0..segment.text.ends.len() {
                let folded = segment.folded.get(index);
                starts.clear();
                starts.extend(word_starts(folded));
                let entry = Entry::new(folded, &starts);
                if judge::is_unwanted(query, entry) {
                    continue;
                }
                let standing = judge(query, entry, &mut scorer);
                found.extend(standing.map(|standing| (standing, number * SEGMENT as u32 + index as u32)));
            }
        }
        Some(found)
    }
}

fn rank((a, line): &(Standing, u32), (b, other): &(Standing, u32)) -> Ordering {
    a.compare(b).then(line.cmp(other))
}

/// The line folded, as far as it is searched.
fn folded(line: &str) -> String {
    let mut folded = fold(line);
    if let Some((end, _)) = folded.char_indices().nth(MAX_NAME) {
        folded.truncate(end);
    }
    folded
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::super::stop::Turns;
    use super::*;

    fn lines<'a>(texts: impl IntoIterator<Item = &'a str>) -> Lines {
        let mut lines = Lines::default();
        texts.into_iter().for_each(|text| lines.push(text));
        lines
    }

    fn found<'a>(lines: &'a Lines, query: &str) -> Vec<&'a str> {
        let results = lines.search(&Query::of_words(query), 100, &Stop::never()).unwrap();
        assert_eq!(results.total, results.rows.len());
        results.rows.into_iter().map(|line| lines.get(line)).collect()
    }

    #[test]
    fn a_line_reads_back_as_it_was_pushed_in_every_segment() {
        let texts: Vec<String> = (0..SEGMENT * 2 + 7).map(|number| format!("Line\t{number} é")).collect();
        let lines = lines(texts.iter().map(String::as_str));
        assert_eq!(lines.len(), texts.len());
        for (number, text) in (0..).zip(&texts) {
            assert_eq!(lines.get(number), text);
        }
        assert_eq!(lines.get(u32::MAX), "");
    }

    #[test]
    fn a_clone_keeps_its_lines_while_others_are_pushed() {
        let mut all = lines(["a", "b"]);
        let before = all.clone();
        all.push("c");
        assert_eq!((before.len(), all.len()), (2, 3));
        assert_eq!((before.get(1), before.get(2), all.get(2)), ("b", "", "c"));
    }

    #[test]
    fn whole_words_come_first_and_equals_in_their_order() {
        let lines = lines(["kxaxl", "Kalyani", "akal", "kal", "Kal B", "Kal A"]);
        assert_eq!(found(&lines, "kal")[..4], ["kal", "Kal B", "Kal A", "Kalyani"]);
        assert_eq!(found(&lines, ""), ["kxaxl", "Kalyani", "akal", "kal", "Kal B", "Kal A"]);
        assert_eq!(found(&lines, "!kal"), ["kxaxl", "akal"]);
    }

    #[test]
    fn a_slip_is_forgiven_where_little_is_found() {
        assert_eq!(found(&lines(["cardiology", "oncology"]), "cadriology"), ["cardiology"]);
    }

    #[test]
    fn a_colon_means_nothing_else_than_itself() {
        let lines = lines(["kind:person", "at: 10:30", "person"]);
        assert_eq!(found(&lines, "kind:person"), ["kind:person"]);
        assert_eq!(found(&lines, "nofield:"), Vec::<&str>::new());
        assert_eq!(found(&lines, "at:"), ["at: 10:30"]);
    }

    #[test]
    fn all_are_counted_whatever_the_limit() {
        let texts: Vec<String> = (0..=SEGMENT).map(|number| format!("row {number}")).collect();
        let lines = lines(texts.iter().map(String::as_str));
        let results = lines.search(&Query::of_words("row"), 3, &Stop::never()).unwrap();
        assert_eq!((results.rows, results.total), (vec![0, 1, 2], SEGMENT + 1));
    }

    #[test]
    fn a_search_that_nobody_waits_for_gives_nothing() {
        let turns = Turns::default();
        let stop = turns.next();
        turns.end();
        assert_eq!(lines(["a"]).search(&Query::of_words("a"), 1, &stop), None);
    }
}
