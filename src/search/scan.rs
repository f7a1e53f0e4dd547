//! Walks over all names, or all prose, and keeps the best rows and the sets of those that match.
//!
//! A name is looked at in three steps, each for what the step before has left: the bitmap index of
//! letters, for many names at once; the masks of its letters, which tell whether it matches and how well
//! at best; and, only if that would bring it among the best, the exact score.
//!
//! Invariant: rows, sets and counts are those of judging every text exactly, with any number of
//! threads; a walk that was stopped has no result.

mod rows;
mod texts;
mod word;

use fearless_simd::Level;

use self::rows::put_rows;

use super::Tier;
use super::bits::{self, Bits, Local, NOBODY};
use super::chunk::{Chunk, Chunks, GROUPS};
use super::fit::Scores;
use super::judge::{self, Standing};
use super::key::Key;
use super::masks::{Mask, Width};
use super::name::Name;
use super::parallel;
use super::plan::Plan;
use super::stop::Stop;
use super::top::{Labels, Ranked, Top};
use super::word::Seen;
use crate::model::Kind;
use crate::query::Query;
use crate::search::fuzzy::Scorer;

/// What is known of the groups beside their texts.
pub trait Groups: Sync {
    /// What decides between rows that are otherwise alike.
    fn label(&self, group: u32) -> &str;
    /// Whether there are such labels at all.
    fn have_labels(&self) -> bool {
        true
    }
    /// The kind, where groups have one.
    fn kind(&self, group: u32) -> Option<Kind>;
    /// How many claims point at it, in powers of two.
    fn prominence(&self, group: u32) -> u8;
    /// No group has more of it.
    fn most_prominent(&self) -> u8;
    /// Whether it may be found at all. Asked only where a text matches.
    fn allows(&self, group: u32) -> bool;
    /// Whether all of them surely may be, so that none has to be asked for.
    fn allows_all(&self) -> bool {
        false
    }
}

/// A text of a group, and how it stands.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// The row in the group's chunk.
    pub row: u32,
    /// How it answers.
    pub standing: Standing,
}

/// What is walked for.
#[derive(Debug)]
pub struct Walk<'a, G> {
    /// The query.
    pub query: &'a Query,
    /// The same, ready for masks.
    pub plan: &'a Plan,
    /// Who may be found.
    pub groups: &'a G,
    /// How many rows are wanted.
    pub limit: usize,
    /// By how many threads.
    pub threads: usize,
    /// When to give up.
    pub stop: &'a Stop,
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The best rows, best first.
    pub rows: Vec<Ranked<Found>>,
    /// Those found as they were typed.
    pub close: Bits,
    /// Those found otherwise.
    pub near: Bits,
}

/// What judging one name after the other keeps.
pub struct Judge {
    /// What the processor can do.
    level: Level,
    scorer: Scorer,
    scores: Scores,
    short: Name<u64>,
    long: Name<u128>,
}

impl Judge {
    /// Nothing judged yet.
    pub fn new() -> Self {
        Self {
            level: Level::new(),
            scorer: Scorer::default(),
            scores: Scores::default(),
            short: Name::blank(),
            long: Name::blank(),
        }
    }
}

/// What was read of a name: the masks of a short or a longer one, or nothing but its text.
#[derive(Debug, Clone, Copy)]
enum Read {
    Short,
    Long,
    Text,
}

/// What was found in a chunk: groups with a name that is close, or near, and those that were judged
/// because they might be among the best.
struct InChunk {
    close: Local,
    near: Local,
    hopeful: Local,
}

/// What a thread keeps while it walks.
struct State<'l> {
    judge: Judge,
    candidates: Vec<u32>,
    counted: Vec<u32>,
    seen: Vec<Seen>,
    others: Vec<u32>,
    top: Top<'l, Found>,
    done: Vec<(usize, Box<[Local; 2]>)>,
}

impl<'a, G: Groups> Walk<'a, G> {
    /// The same walk among others.
    pub fn among<H>(&self, groups: &'a H) -> Walk<'a, H> {
        Walk { query: self.query, plan: self.plan, groups, limit: self.limit, threads: self.threads, stop: self.stop }
    }

    /// Everybody with a name that matches, letter by letter or fuzzily.
    pub fn names<K: Copy + Send + Sync>(&self, chunks: &Chunks<K>) -> Option<Outcome> {
        self.over(chunks, |state, chunk, base| self.names_of_chunk(state, chunk, base))
    }

    /// Whether a group of a chunk has a name in which more than scattered letters match.
    pub fn is_well_named<K: Copy>(&self, chunk: &Chunk<K>, group: usize, judge: &mut Judge) -> bool {
        let mut standings = chunk.rows_of(group).filter_map(|row| self.exactly(chunk, row, judge));
        standings.any(|standing| standing.tier != Tier::Scattered)
    }

    /// Walks over all chunks; `visit` returns the two sets of a chunk.
    fn over<K: Copy + Send + Sync>(
        &self,
        chunks: &Chunks<K>,
        visit: impl Fn(&mut State<'_>, &Chunk<K>, u32) -> [Local; 2] + Sync,
    ) -> Option<Outcome> {
        let label = |group: u32| self.groups.label(group);
        let labels: Option<&Labels<'_>> = if self.groups.have_labels() { Some(&label) } else { None };
        let count = chunks.all().len();
        let start = || State {
            judge: Judge::new(),
            candidates: Vec::new(),
            counted: Vec::new(),
            seen: Vec::new(),
            others: Vec::new(),
            top: Top::new(self.limit, labels),
            done: Vec::new(),
        };
        let states = parallel::fold(count, self.threads, self.stop, start, |state, index| {
            let sets = visit(state, &chunks.all()[index], (index * GROUPS) as u32);
            state.done.push((index, Box::new(sets)));
        })?;
        let (mut close, mut near) = (bits::of_chunks(count), bits::of_chunks(count));
        let mut top = Top::new(self.limit, labels);
        for state in states {
            for (index, sets) in &state.done {
                bits::set_chunk(&mut close, *index, &sets[0]);
                bits::set_chunk(&mut near, *index, &sets[1]);
            }
            top.absorb(state.top);
        }
        Some(Outcome { rows: top.into_sorted(), close, near })
    }

    fn names_of_chunk<K: Copy>(&self, state: &mut State<'_>, chunk: &Chunk<K>, base: u32) -> [Local; 2] {
        let mut found = InChunk { close: NOBODY, near: NOBODY, hopeful: NOBODY };
        state.candidates.clear();
        if let Some(word) = self.plan.word() {
            self.look_for(word, state, chunk, base, &mut found);
        } else {
            let (letters, sieve) = (chunk.letters(), self.plan.sieve());
            let candidates = &mut state.candidates;
            (0..letters.blocks()).for_each(|block| put_rows(candidates, block, sieve.names(letters, block)));
            chunk.fetch(&[candidates]);
        }
        let State { judge, candidates, top, .. } = state;
        for &row in &*candidates {
            if let Some(at_best) = self.at_best(chunk, row as usize, judge) {
                self.take(chunk, base, Seen { row, at_best }, &mut found, judge, top);
            }
        }
        let InChunk { mut close, mut near, .. } = found;
        for (near, close) in near.iter_mut().zip(&close) {
            *near &= !close;
        }
        for set in [&mut close, &mut near] {
            self.remove_barred(base, set);
        }
        [close, near]
    }

    /// Takes a name that matches to those of the chunk, and its group to the best if it is one of them.
    #[inline]
    fn take<K: Copy>(
        &self,
        chunk: &Chunk<K>,
        base: u32,
        seen: Seen,
        found: &mut InChunk,
        judge: &mut Judge,
        top: &mut Top<'_, Found>,
    ) {
        let group = chunk.group_of(seen.row as usize);
        bits::insert(if seen.at_best.tier.is_close() { &mut found.close } else { &mut found.near }, group);
        self.hope(chunk, base, seen, found, judge, top);
    }

    /// Takes the group of a name that matches to the best if it is one of them.
    #[inline]
    fn hope<K: Copy>(
        &self,
        chunk: &Chunk<K>,
        base: u32,
        seen: Seen,
        found: &mut InChunk,
        judge: &mut Judge,
        top: &mut Top<'_, Found>,
    ) {
        let group = chunk.group_of(seen.row as usize);
        let number = base + group as u32;
        let key = Key::new(&seen.at_best, self.groups.kind(number), self.groups.prominence(number));
        // Of a group with several names the best one is as good as this if the group is to be taken.
        if top.takes(key, number) && !bits::has(&found.hopeful, group) {
            bits::insert(&mut found.hopeful, group);
            self.judge(chunk, base, group, judge, top);
        }
    }

    /// Judges a group that may be among the best.
    fn judge<K: Copy>(&self, chunk: &Chunk<K>, base: u32, group: usize, judge: &mut Judge, top: &mut Top<'_, Found>) {
        let number = base + group as u32;
        if !self.groups.allows(number) {
            return;
        }
        let found = chunk.rows_of(group).filter_map(|row| {
            let standing = self.exactly(chunk, row, judge)?;
            Some(Found { row: row as u32, standing })
        });
        let best = found.map(Some).reduce(|best, other| better(best, other, |found| found.standing)).flatten();
        if let Some(found) = best {
            let key = Key::new(&found.standing, self.groups.kind(number), self.groups.prominence(number));
            top.offer(Ranked { key, group: number, of: found });
        }
    }

    fn remove_barred(&self, base: u32, set: &mut Local) {
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

    /// How a name answers at best.
    fn at_best<K: Copy>(&self, chunk: &Chunk<K>, row: usize, judge: &mut Judge) -> Option<Standing> {
        match self.read(chunk, row, self.plan.front(), judge)? {
            Read::Short => self.plan.at_best(&judge.short),
            Read::Long => self.plan.at_best(&judge.long),
            Read::Text => judge::by_name(self.query, chunk.entry(row), &mut judge.scorer),
        }
    }

    /// How a name answers.
    fn exactly<K: Copy>(&self, chunk: &Chunk<K>, row: usize, judge: &mut Judge) -> Option<Standing> {
        match self.read(chunk, row, self.plan.front(), judge)? {
            Read::Short => self.plan.exactly(&judge.short, &mut judge.scores),
            Read::Long => self.plan.exactly(&judge.long, &mut judge.scores),
            Read::Text => judge::by_name(self.query, chunk.entry(row), &mut judge.scorer),
        }
    }

    /// Reads the masks of a name, if it has any; nothing if it has not the letters of the front in this order.
    fn read<K: Copy>(&self, chunk: &Chunk<K>, row: usize, front: &[u8], judge: &mut Judge) -> Option<Read> {
        let letters = self.plan.letters();
        let (length, bytes) = chunk.bytes_from(row);
        let (read, is_read) = match chunk.width(length, row) {
            Some(Width::Short) => (Read::Short, judge.short.read(judge.level, letters, front, bytes, length as u32)),
            Some(Width::Long) => (Read::Long, judge.long.read(judge.level, letters, front, bytes, length as u32)),
            None => (Read::Text, true),
        };
        is_read.then_some(read)
    }
}

/// The better of two texts of a group; of equals the first: the label, then the better known names.
fn better<T: Copy>(best: Option<T>, other: Option<T>, standing: impl Fn(T) -> Standing) -> Option<T> {
    match (best, other) {
        (Some(best), Some(other)) if standing(other).compare_names(&standing(best)).is_lt() => Some(other),
        (None, other) => other,
        (best, _) => best,
    }
}
