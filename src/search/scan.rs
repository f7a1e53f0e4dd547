//! Scans all names, or all prose, for the best rows and for the sets of groups that match.
//!
//! A name is matched in up to three steps, each for the names that the step before has left: the letter bitmap, for 64
//! names at once; the position masks of its letters, which tell whether it matches and bound its rank; and, only if
//! that bound would bring it among the best rows, its exact rank.
//!
//! Invariant: rows and sets are those of matching every text with [`text_match`], with any number of threads. A scan
//! that was stopped has no result.

mod single_word;
mod texts;

use fearless_simd::Level;

use super::alignment::Aligner;
use super::chunk::{Chunk, Chunks, GROUPS};
use super::chunk_set::{self, ChunkSet, Done, EMPTY};
use super::fuzzy::Scorer;
use super::groups::{Groups, tie_break};
use super::letter_bitmap::BLOCK;
use super::masks::{Mask, Width};
use super::name_masks::NameMasks;
use super::parallel;
use super::pattern::Pattern;
use super::plan::Plan;
use super::rank::{MatchRank, SortKey, Tier};
use super::set::GroupSet;
use super::single_word::Candidate;
use super::stop::Stop;
use super::text_match;
use super::top::{BestText, Labels, Ranked, TopRows};

/// Typing errors are tolerated only if fewer groups than this match well without.
pub const FEW: usize = 10;

/// Returns true if a row matches better than by scattered letters.
pub fn is_good(row: &Ranked) -> bool {
    row.best.rank.tier != Tier::Scattered
}

/// A search over chunks.
#[derive(Debug)]
pub struct Scan<'a, G> {
    /// The pattern to match.
    pub pattern: &'a Pattern,
    /// The compiled pattern.
    pub plan: &'a Plan,
    /// The groups that may be found.
    pub groups: &'a G,
    /// The number of best rows to keep.
    pub limit: usize,
    /// The number of threads.
    pub threads: usize,
    /// Stops the scan between two chunks.
    pub stop: &'a Stop,
}

/// The result of a scan.
#[derive(Debug, Default)]
pub struct Outcome {
    pub rows: Vec<Ranked>,
    /// The groups that match letter by letter: see [`Tier::is_close`].
    pub close: GroupSet,
    /// The groups that match in another way.
    pub near: GroupSet,
}

/// The buffers in which names are matched one after the other.
pub struct Matcher {
    level: Level,
    scorer: Scorer,
    aligner: Aligner,
    short: NameMasks<u64>,
    long: NameMasks<u128>,
}

impl Default for Matcher {
    fn default() -> Self {
        Self {
            level: Level::new(),
            scorer: Scorer::default(),
            aligner: Aligner::default(),
            short: NameMasks::empty(),
            long: NameMasks::empty(),
        }
    }
}

/// The form in which a name was read: masks, or text if it has none.
#[derive(Debug, Clone, Copy)]
enum Read {
    Short,
    Long,
    Text,
}

/// The groups of a chunk with a name that is close, or near, and those whose exact rank was computed.
struct InChunk {
    close: ChunkSet,
    near: ChunkSet,
    ranked: ChunkSet,
}

impl InChunk {
    #[inline]
    fn add(&mut self, group: usize, tier: Tier) {
        chunk_set::insert(if tier.is_close() { &mut self.close } else { &mut self.near }, group);
    }
}

/// The state of a thread during a scan.
struct State<'l> {
    matcher: Matcher,
    /// Rows of the current chunk whose rank may matter.
    rows: Vec<u32>,
    /// Rows of the current chunk of which only the group matters.
    counted: Vec<u32>,
    candidates: Vec<Candidate>,
    /// Rows of the current chunk without masks.
    without_masks: Vec<u32>,
    top: TopRows<'l>,
    /// The sets of close and near groups of each chunk that is done.
    done: Vec<Done<2>>,
}

impl<G: Groups> Scan<'_, G> {
    /// Finds the groups with a name that matches letter by letter or fuzzily; `None` if the scan was stopped.
    pub fn names<K: Copy + Send + Sync>(&self, chunks: &Chunks<K>) -> Option<Outcome> {
        self.over(chunks, |state, chunk, base| self.names_of_chunk(state, chunk, base))
    }

    /// Returns true if a group of a chunk has a name that matches better than by scattered letters.
    pub fn has_good_name<K: Copy>(&self, chunk: &Chunk<K>, group: usize, matcher: &mut Matcher) -> bool {
        let mut ranks = chunk.rows_of(group).filter_map(|row| self.rank(chunk, row, matcher));
        ranks.any(|rank| rank.tier != Tier::Scattered)
    }

    /// Scans all chunks; `visit` returns the sets of close and near groups of a chunk.
    fn over<K: Copy + Send + Sync>(
        &self,
        chunks: &Chunks<K>,
        visit: impl Fn(&mut State<'_>, &Chunk<K>, u32) -> [ChunkSet; 2] + Sync,
    ) -> Option<Outcome> {
        let tie_break = |group: u32| tie_break(self.groups, self.pattern, group);
        let has_ties = self.groups.have_labels() || !self.pattern.spelling.0.is_empty();
        let labels: Option<&Labels<'_>> = if has_ties { Some(&tie_break) } else { None };
        let count = chunks.all().len();
        let start = || State {
            matcher: Matcher::default(),
            rows: Vec::new(),
            counted: Vec::new(),
            candidates: Vec::new(),
            without_masks: Vec::new(),
            top: TopRows::new(self.limit, labels),
            done: Vec::new(),
        };
        let states = parallel::fold(count, self.threads, self.stop, start, |state, index| {
            let sets = visit(state, &chunks.all()[index], (index * GROUPS) as u32);
            state.done.push((index, Box::new(sets)));
        })?;
        let [close, near] = chunk_set::gather(count, states.iter().flat_map(|state| &state.done));
        let mut top = TopRows::new(self.limit, labels);
        for state in states {
            top.absorb(state.top);
        }
        Some(Outcome { rows: top.into_sorted(), close, near })
    }

    fn names_of_chunk<K: Copy>(&self, state: &mut State<'_>, chunk: &Chunk<K>, base: u32) -> [ChunkSet; 2] {
        let mut found = InChunk { close: EMPTY, near: EMPTY, ranked: EMPTY };
        state.rows.clear();
        if let Some(word) = &self.plan.single_word {
            self.find_single_word(word, state, chunk, base, &mut found);
        } else {
            let (letters, prefilter) = (chunk.letters(), &self.plan.prefilter);
            let rows = &mut state.rows;
            (0..letters.blocks()).for_each(|block| push_rows(rows, block, prefilter.names(letters, block)));
            chunk.fetch(&[rows]);
        }
        let State { matcher, rows, top, .. } = state;
        for &row in &*rows {
            if let Some(bound) = self.upper_bound(chunk, row as usize, matcher) {
                found.add(chunk.group_of(row as usize), bound.tier);
                self.offer_candidate(chunk, base, Candidate { row, bound }, &mut found, matcher, top);
            }
        }
        let InChunk { mut close, mut near, .. } = found;
        for (near, close) in near.iter_mut().zip(&close) {
            *near &= !close;
        }
        for set in [&mut close, &mut near] {
            self.remove_disallowed(base, set);
        }
        [close, near]
    }

    /// Adds the group of a name that matches, by its exact rank, to the best rows if it is one of them.
    #[inline]
    fn offer_candidate<K: Copy>(
        &self,
        chunk: &Chunk<K>,
        base: u32,
        candidate: Candidate,
        found: &mut InChunk,
        matcher: &mut Matcher,
        top: &mut TopRows<'_>,
    ) {
        let group = chunk.group_of(candidate.row as usize);
        let number = base + group as u32;
        // If the group is among the best rows, the bound of its best name is.
        if !top.takes(self.key(&candidate.bound, number), number) || chunk_set::has(&found.ranked, group) {
            return;
        }
        chunk_set::insert(&mut found.ranked, group);
        if !self.groups.allows(number) {
            return;
        }
        let texts = chunk.rows_of(group).filter_map(|row| {
            let rank = self.rank(chunk, row, matcher)?;
            Some(BestText { row: row as u32, rank })
        });
        if let Some(best) = texts.reduce(better) {
            top.offer(Ranked { key: self.key(&best.rank, number), group: number, best });
        }
    }

    fn key(&self, rank: &MatchRank, group: u32) -> SortKey {
        SortKey::new(rank, self.groups.class(group), self.groups.prominence(group))
    }

    fn remove_disallowed(&self, base: u32, set: &mut ChunkSet) {
        if self.groups.allows_all() {
            return;
        }
        for (word, first) in set.iter_mut().zip((base..).step_by(64)) {
            for place in word.each() {
                if !self.groups.allows(first + place) {
                    *word &= !(1 << place);
                }
            }
        }
    }

    /// An upper bound of the rank of a name; `None` if it does not match.
    fn upper_bound<K: Copy>(&self, chunk: &Chunk<K>, row: usize, matcher: &mut Matcher) -> Option<MatchRank> {
        match self.read(chunk, row, &self.plan.front, matcher)? {
            Read::Short => self.plan.upper_bound(&matcher.short),
            Read::Long => self.plan.upper_bound(&matcher.long),
            Read::Text => text_match::match_name(self.pattern, chunk.folded(row), &mut matcher.scorer),
        }
    }

    /// The rank of a name; `None` if it does not match.
    fn rank<K: Copy>(&self, chunk: &Chunk<K>, row: usize, matcher: &mut Matcher) -> Option<MatchRank> {
        match self.read(chunk, row, &self.plan.front, matcher)? {
            Read::Short => self.plan.rank(&matcher.short, &mut matcher.aligner),
            Read::Long => self.plan.rank(&matcher.long, &mut matcher.aligner),
            Read::Text => text_match::match_name(self.pattern, chunk.folded(row), &mut matcher.scorer),
        }
    }

    /// Reads the masks of a name, if it has any; `None` if it does not have the letters of `front` in order.
    fn read<K: Copy>(&self, chunk: &Chunk<K>, row: usize, front: &[u8], matcher: &mut Matcher) -> Option<Read> {
        let letters = &self.plan.letters;
        let (width, bytes, chars) = chunk.masked(row);
        let (read, is_read) = match width {
            Some(Width::Short) => (Read::Short, matcher.short.read(matcher.level, letters, front, bytes, chars)),
            Some(Width::Long) => (Read::Long, matcher.long.read(matcher.level, letters, front, bytes, chars)),
            None => (Read::Text, true),
        };
        is_read.then_some(read)
    }
}

/// The better of two texts of a group; of equal ones the first, which is the label if it is one of them.
fn better(best: BestText, other: BestText) -> BestText {
    if other.rank.compare_names(&best.rank).is_lt() { other } else { best }
}

/// The row at a position of a block of the letter bitmap.
fn row_at(block: usize, place: u32) -> u32 {
    (block * BLOCK) as u32 + place
}

/// Adds rows, which are a set of names of a block, to a list.
#[inline]
fn push_rows(rows: &mut Vec<u32>, block: usize, names: u64) {
    for place in names.each() {
        rows.push(row_at(block, place));
    }
}
