//! Walks over all names, or all prose, and keeps the best rows and the sets of those that match.
//!
//! A name is looked at in three steps, each for what the step before has left: its bag of
//! letters; the masks of its letters, which tell whether it matches and how well at best; and,
//! only if that would bring it among the best, the exact score.
//!
//! Invariant: rows, sets and counts are those of judging every text exactly, with any number of
//! threads; a walk that was stopped has no result.

use fearless_simd::Level;

use super::bits::{self, Bits, Local, NOBODY};
use super::chunk::{Chunk, Chunks, GROUPS};
use super::fit::Scores;
use super::judge::{self, Standing};
use super::key::Key;
use super::letters::BLOCK;
use super::masks::{Mask, Width};
use super::name::Name;
use super::parallel;
use super::plan::Plan;
use super::stop::Stop;
use super::top::{Ranked, Top};
use super::word::{Seen, Sifted, Word};
use super::{FEW, Tier, is_good};
use crate::catalogue::fuzzy::{Bag, Scorer};
use crate::catalogue::query::Query;
use crate::model::Kind;

/// What is known of the groups beside their texts.
pub trait Groups: Sync {
    /// What decides between rows that are otherwise alike.
    fn label(&self, group: u32) -> &str;
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

    /// Where a walk over the names found few well: everybody else with a name that matches but for a slip.
    pub fn slips_where_few<K: Copy + Send + Sync>(&self, chunks: &Chunks<K>, named: &Outcome) -> Option<Outcome> {
        // Fewer good ones than rows that were asked for: so all of them are among the rows.
        let good = || named.rows.iter().filter(|row| is_good(row));
        if good().count() >= FEW || !judge::may_slip(self.query) {
            return Some(Outcome::default());
        }
        let mut found = named.close.clone();
        for row in good() {
            found.insert(row.group);
        }
        self.slips(chunks, &found)
    }

    /// Everybody not in `found` with a name that matches but for a slip.
    pub fn slips<K: Copy + Send + Sync>(&self, chunks: &Chunks<K>, found: &Bits) -> Option<Outcome> {
        self.over(chunks, |state, chunk, base| {
            let (letters, sieve) = (chunk.letters(), self.plan.sieve());
            let select = |rows: &mut Vec<u32>| {
                (0..letters.blocks()).for_each(|block| put_rows(rows, block, sieve.slips(letters, block)));
            };
            let judge = |row: usize, judge: &mut Judge| {
                if !self.may_slip(chunk, row, judge) {
                    return None;
                }
                judge::by_slip(self.query, chunk.entry(row), &mut judge.scorer)
            };
            self.texts_of_chunk(state, chunk, base, found, select, judge)
        })
    }

    /// Everybody not in `found` of whom something is said that matches.
    pub fn prose<K: Copy + Send + Sync>(&self, chunks: &Chunks<K>, found: &Bits) -> Option<Outcome> {
        self.over(chunks, |state, chunk, base| {
            let select = |rows: &mut Vec<u32>| select(rows, chunk.bags(), |bag| bag.may_hold(self.query.bag));
            let judge = |row: usize, _: &mut Judge| judge::by_prose(self.query, chunk.entry(row));
            self.texts_of_chunk(state, chunk, base, found, select, judge)
        })
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
        let labels = |group: u32| self.groups.label(group);
        let count = chunks.all().len();
        let start = || State {
            judge: Judge::new(),
            candidates: Vec::new(),
            counted: Vec::new(),
            seen: Vec::new(),
            others: Vec::new(),
            top: Top::new(self.limit, &labels),
            done: Vec::new(),
        };
        let states = parallel::fold(count, self.threads, self.stop, start, |state, index| {
            let sets = visit(state, &chunks.all()[index], (index * GROUPS) as u32);
            state.done.push((index, Box::new(sets)));
        })?;
        let (mut close, mut near) = (bits::of_chunks(count), bits::of_chunks(count));
        let mut top = Top::new(self.limit, &labels);
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
            chunk.fetch(candidates);
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

    /// Takes the names in which a plain word stands, but for those without masks: they are left as candidates.
    fn look_for<K: Copy>(&self, word: &Word, state: &mut State<'_>, chunk: &Chunk<K>, base: u32, found: &mut InChunk) {
        let State { judge, candidates, counted, seen, others, top, .. } = state;
        let letters = chunk.letters();
        // Where only a close one could be among the best, it is enough to know of others that they match.
        let is_closed = top.is_closed_to(Tier::Fuzzy);
        let elsewhere = Key::new(&Word::of_letter(2, false), None, self.groups.most_prominent());
        for block in 0..letters.blocks() {
            let Sifted { possible, sure, begun, surely_begun, front } = word.sift(letters, block);
            if possible == 0 {
                continue;
            }
            insert_rows(&mut found.close, chunk, block, surely_begun);
            let hopeful = if top.may_take(elsewhere) { surely_begun } else { surely_begun & front };
            for place in hopeful.each() {
                let row = row(block, place);
                let at_best = Word::of_letter(chunk.length(row as usize) as u32, front.has(place));
                self.hope(chunk, base, Seen { row, at_best }, found, judge, top);
            }
            if is_closed {
                insert_rows(&mut found.near, chunk, block, sure);
                put_rows(candidates, block, begun & !surely_begun);
                put_rows(counted, block, possible & !begun & !sure);
            } else {
                put_rows(candidates, block, possible & !surely_begun);
            }
        }
        chunk.fetch(candidates);
        if is_closed {
            word.look_for_begun(judge.level, chunk, candidates, seen, others);
            counted.extend(candidates.iter().filter(|&&row| !bits::has(&found.near, chunk.group_of(row as usize))));
            chunk.fetch(counted);
            word.keep(judge.level, chunk, counted, others);
            for row in counted.drain(..) {
                bits::insert(&mut found.near, chunk.group_of(row as usize));
            }
        } else {
            word.look(judge.level, chunk, candidates, seen, others);
        }
        for seen in seen.drain(..) {
            self.take(chunk, base, seen, found, judge, top);
        }
        std::mem::swap(candidates, others);
        others.clear();
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

    fn may_slip<K: Copy>(&self, chunk: &Chunk<K>, row: usize, judge: &mut Judge) -> bool {
        match self.read(chunk, row, &[], judge) {
            Some(Read::Short) => self.plan.may_slip(&judge.short),
            Some(Read::Long) => self.plan.may_slip(&judge.long),
            Some(Read::Text) | None => true,
        }
    }

    /// The best text of every group that is not in `found`, judged exactly; all of them are near.
    fn texts_of_chunk<K: Copy>(
        &self,
        state: &mut State<'_>,
        chunk: &Chunk<K>,
        base: u32,
        found: &Bits,
        select: impl Fn(&mut Vec<u32>),
        answer: impl Fn(usize, &mut Judge) -> Option<Standing>,
    ) -> [Local; 2] {
        let mut near = NOBODY;
        let State { judge, candidates, top, .. } = state;
        candidates.clear();
        select(candidates);
        chunk.fetch(candidates);
        let mut candidates = candidates.iter().map(|&row| row as usize).peekable();
        while let Some(first) = candidates.next() {
            let group = chunk.group_of(first);
            let number = base + group as u32;
            let is_found = found.has(number);
            let mut judged = |row: usize| {
                let standing = if is_found { None } else { answer(row, judge) };
                Some(Found { row: row as u32, standing: standing? })
            };
            let mut best = judged(first);
            while let Some(row) = candidates.next_if(|&row| chunk.group_of(row) == group) {
                best = better(best, judged(row), |found| found.standing);
            }
            let Some(best) = best.filter(|_| self.groups.allows(number)) else { continue };
            bits::insert(&mut near, group);
            let key = Key::new(&best.standing, self.groups.kind(number), self.groups.prominence(number));
            top.offer(Ranked { key, group: number, of: best });
        }
        [NOBODY, near]
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

/// The row at a place of a block.
fn row(block: usize, place: u32) -> u32 {
    (block * BLOCK) as u32 + place
}

/// Adds rows of a block to others.
#[inline]
fn put_rows(rows: &mut Vec<u32>, block: usize, places: u64) {
    for place in places.each() {
        rows.push(row(block, place));
    }
}

/// Adds the groups of some rows of a block to a set.
#[inline]
fn insert_rows<K: Copy>(set: &mut Local, chunk: &Chunk<K>, block: usize, places: u64) {
    if chunk.is_single() {
        set[block] |= places;
    } else {
        places.each().for_each(|place| bits::insert(set, chunk.group_of(row(block, place) as usize)));
    }
}

/// Collects the rows of which the letters pass, without a branch for each.
fn select(into: &mut Vec<u32>, bags: &[Bag], passes: impl Fn(Bag) -> bool) {
    into.resize(bags.len(), 0);
    let mut count = 0;
    for (row, &bag) in (0..).zip(bags) {
        into[count] = row;
        count += usize::from(passes(bag));
    }
    into.truncate(count);
}
