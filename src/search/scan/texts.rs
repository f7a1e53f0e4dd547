//! Scans names for matches with typing errors, and prose. Every text that passes the filter is matched exactly.
//!
//! Invariant: no group is found that was found before.

use super::{FEW, Matcher, Outcome, Read, Scan, State, better, is_good, push_rows};
use crate::search::chunk::{Chunk, Chunks};
use crate::search::chunk_set::{self, ChunkSet, EMPTY};
use crate::search::folded_text::CharSet;
use crate::search::groups::Groups;
use crate::search::rank::{MatchRank, Tier};
use crate::search::set::GroupSet;
use crate::search::text_match;
use crate::search::top::{BestText, Ranked};

impl<G: Groups> Scan<'_, G> {
    /// Finds the groups that `named` has not found well and that have a name which matches with typing errors. Finds
    /// none if `named` found [`FEW`] groups well, or if no word of the pattern tolerates an error.
    pub fn typos_if_few<K: Copy + Send + Sync>(&self, chunks: &Chunks<K>, named: &Outcome) -> Option<Outcome> {
        // If fewer good groups than rows were found, all of them are among the rows.
        let good = || named.rows.iter().filter(|row| is_good(row));
        if good().count() >= FEW || !text_match::tolerates_typos(self.pattern) {
            return Some(Outcome::default());
        }
        let mut found = named.close.clone();
        for row in good() {
            found.insert(row.group);
        }
        self.over(chunks, |state, chunk, base| {
            let (letters, prefilter) = (chunk.letters(), &self.plan.prefilter);
            let select = |rows: &mut Vec<u32>| {
                (0..letters.blocks())
                    .for_each(|block| push_rows(rows, block, prefilter.names_with_typos(letters, block)));
            };
            let rank = |row: usize, matcher: &mut Matcher| {
                if !self.may_have_typos(chunk, row, matcher) {
                    return None;
                }
                text_match::match_name_with_typos(self.pattern, chunk.folded(row), &mut matcher.scorer)
            };
            self.texts_of_chunk(state, chunk, base, &found, select, (rank, |_, _: &MatchRank, _: &mut Matcher| true))
        })
    }

    /// Finds the groups that are not in `found` and have prose which matches: as close ones those whose prose has each
    /// word from its start. `names` are the names of the groups. A group whose prose has a word only inside of another is
    /// not found if `has_better_name`.
    pub fn prose<K: Copy + Send + Sync, N: Copy + Send + Sync>(
        &self,
        chunks: &Chunks<K>,
        names: &Chunks<N>,
        found: &GroupSet,
        has_better_name: impl Fn(u32, &mut Matcher) -> bool + Sync,
    ) -> Option<Outcome> {
        let sets = self.pattern.char_sets();
        self.over(chunks, |state, chunk, base| {
            let select = |rows: &mut Vec<u32>| select_rows(rows, chunk.char_sets(), &sets);
            let rank = |row: usize, _: &mut Matcher| {
                let group = base as usize + chunk.group_of(row);
                let names = || names.group(group).map(|(name, _)| name);
                text_match::match_prose(self.pattern, chunk.folded(row), names)
            };
            let admits = |group, rank: &MatchRank, matcher: &mut Matcher| {
                rank.tier == Tier::Prose || !has_better_name(group, matcher)
            };
            self.texts_of_chunk(state, chunk, base, found, select, (rank, admits))
        })
    }

    fn may_have_typos<K: Copy>(&self, chunk: &Chunk<K>, row: usize, matcher: &mut Matcher) -> bool {
        match self.read(chunk, row, &[], matcher) {
            Some(Read::Short) => self.plan.may_have_typos(&matcher.short),
            Some(Read::Long) => self.plan.may_have_typos(&matcher.long),
            Some(Read::Text) | None => true,
        }
    }

    /// Finds the best text of every group that is not in `found`; `select` gives the rows that may match, in order, and
    /// `rank` the rank of a row. A group is left out if `admits` returns false for its best rank.
    fn texts_of_chunk<K: Copy>(
        &self,
        state: &mut State<'_>,
        chunk: &Chunk<K>,
        base: u32,
        found: &GroupSet,
        select: impl Fn(&mut Vec<u32>),
        (rank, admits): (
            impl Fn(usize, &mut Matcher) -> Option<MatchRank>,
            impl Fn(u32, &MatchRank, &mut Matcher) -> bool,
        ),
    ) -> [ChunkSet; 2] {
        let (mut close, mut near) = (EMPTY, EMPTY);
        let State { matcher, rows, top, .. } = state;
        rows.clear();
        select(rows);
        chunk.fetch(&[rows]);
        for rows in rows.chunk_by(|&a, &b| chunk.group_of(a as usize) == chunk.group_of(b as usize)) {
            let Some(&first) = rows.first() else { continue };
            let group = chunk.group_of(first as usize);
            let number = base + group as u32;
            if found.has(number) {
                continue;
            }
            let texts = rows.iter().filter_map(|&row| Some(BestText { row, rank: rank(row as usize, matcher)? }));
            let Some(best) = texts.reduce(better) else { continue };
            if !self.groups.allows(number) || !admits(number, &best.rank, matcher) {
                continue;
            }
            chunk_set::insert(if best.rank.tier == Tier::Prose { &mut close } else { &mut near }, group);
            top.offer(Ranked { key: self.key(&best.rank, number), group: number, best });
        }
        [close, near]
    }
}

/// Selects the rows whose texts may have all characters of one of some sets, without a branch for each row.
fn select_rows(rows: &mut Vec<u32>, char_sets: &[CharSet], wanted: &[CharSet]) {
    rows.resize(char_sets.len(), 0);
    let mut count = 0;
    for (row, &char_set) in (0..).zip(char_sets) {
        rows[count] = row;
        count += usize::from(wanted.iter().fold(false, |may, &wanted| may | char_set.may_hold(wanted)));
    }
    rows.truncate(count);
}
