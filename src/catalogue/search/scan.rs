//! Walks over all names, or all prose, and keeps the best rows and the sets of those that match.
//!
//! A name is looked at in three steps, each for what the step before has left: its bag of
//! letters; the masks of its letters, which tell whether it matches and how well at best; and,
//! only if that would bring it among the best, the exact score.
//!
//! Invariant: rows, sets and counts are those of judging every text exactly, with any number of
//! threads; a walk that was stopped has no result.

use super::bits::{self, Bits, Local, NOBODY};
use super::chunk::{Chunk, Chunks, GROUPS, SHORT};
use super::judge::{self, Standing};
use super::key::Key;
use super::masks::{Window, places_in_long};
use super::parallel;
use super::plan::{Name, Plan};
use super::stop::Stop;
use super::top::{Ranked, Top};
use super::{FEW, Tier, is_good};
use crate::catalogue::fuzzy::Scorer;
use crate::catalogue::query::Query;
use crate::model::Kind;

/// The longest ASCII name that has masks, in characters.
const LONG: usize = 128;

/// What is known of the groups beside their texts.
pub trait Groups: Sync {
    /// What decides between rows that are otherwise alike.
    fn label(&self, group: u32) -> &str;
    /// The kind, where groups have one.
    fn kind(&self, group: u32) -> Option<Kind>;
    /// How many claims point at it, in powers of two.
    fn prominence(&self, group: u32) -> u8;
    /// Whether it may be found at all. Asked only where a text matches.
    fn allows(&self, group: u32) -> bool;
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
    scorer: Scorer,
    short: Name<u64>,
    long: Name<u128>,
}

impl Judge {
    /// Nothing judged yet.
    pub fn new() -> Self {
        Self { scorer: Scorer::default(), short: Name::blank(), long: Name::blank() }
    }
}

/// What a thread keeps while it walks.
struct State<'l> {
    judge: Judge,
    candidates: Vec<u32>,
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
            let may_match = |row: usize| judge::lacks_little(self.query, chunk.bags()[row]);
            let judge = |row: usize, judge: &mut Judge| {
                if !self.may_slip(chunk, row, judge) {
                    return None;
                }
                judge::by_slip(self.query, chunk.entry(row), &mut judge.scorer)
            };
            self.texts_of_chunk(state, chunk, base, found, may_match, judge)
        })
    }

    /// Everybody not in `found` of whom something is said that matches.
    pub fn prose<K: Copy + Send + Sync>(&self, chunks: &Chunks<K>, found: &Bits) -> Option<Outcome> {
        self.over(chunks, |state, chunk, base| {
            let may_match = |row: usize| chunk.bags()[row].may_hold(self.query.bag);
            let judge = |row: usize, _: &mut Judge| judge::by_prose(self.query, chunk.entry(row));
            self.texts_of_chunk(state, chunk, base, found, may_match, judge)
        })
    }

    /// The best name of a group, judged exactly.
    pub fn best_name<K: Copy>(&self, chunk: &Chunk<K>, group: usize, scorer: &mut Scorer) -> Option<Found> {
        let rows = chunk.rows_of(group).filter_map(|row| {
            let standing = judge::by_name(self.query, chunk.entry(row), scorer)?;
            Some(Found { row: row as u32, standing })
        });
        rows.map(Some).reduce(|best, other| better(best, other, |found| found.standing)).flatten()
    }

    /// Whether a group of a chunk has a name in which more than scattered letters match.
    pub fn is_well_named<K: Copy>(&self, chunk: &Chunk<K>, group: usize, judge: &mut Judge) -> bool {
        let may_be = chunk.rows_of(group).any(|row| {
            chunk.bags()[row].may_hold(self.query.bag)
                && self.bound(chunk, row, judge).is_some_and(|standing| standing.tier != Tier::Scattered)
        });
        may_be
            && self
                .best_name(chunk, group, &mut judge.scorer)
                .is_some_and(|found| found.standing.tier != Tier::Scattered)
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
        let (mut close, mut near) = (NOBODY, NOBODY);
        let State { judge, candidates, top, .. } = state;
        let bag = self.query.bag;
        select(candidates, chunk.bags().len(), |row| chunk.bags()[row].may_hold(bag));
        let mut candidates = candidates.iter().map(|&row| row as usize).peekable();
        while let Some(first) = candidates.next() {
            let group = chunk.group_of(first);
            let mut best = self.bound(chunk, first, judge);
            while let Some(row) = candidates.next_if(|&row| chunk.group_of(row) == group) {
                best = better(best, self.bound(chunk, row, judge), |standing| standing);
            }
            let Some(best) = best else { continue };
            let number = base + group as u32;
            if !self.groups.allows(number) {
                continue;
            }
            bits::insert(if best.tier.is_close() { &mut close } else { &mut near }, group);
            let (kind, prominence) = (self.groups.kind(number), self.groups.prominence(number));
            if !top.takes(Key::new(&best, kind, prominence), number) {
                continue;
            }
            if let Some(found) = self.best_name(chunk, group, &mut judge.scorer) {
                top.offer(Ranked { key: Key::new(&found.standing, kind, prominence), group: number, of: found });
            }
        }
        [close, near]
    }

    /// How a name answers at best.
    fn bound<K: Copy>(&self, chunk: &Chunk<K>, row: usize, judge: &mut Judge) -> Option<Standing> {
        if let Some(heads) = chunk.heads(row) {
            let (length, window) = chunk.window(row);
            let name = &mut judge.short;
            let is_read = name.read_if_in_order(self.plan, length as u32, heads, |byte| window.places(byte));
            return if is_read { self.plan.standing(name) } else { None };
        }
        let text = chunk.entry(row).text;
        if let Some(windows) = long(text) {
            let name = &mut judge.long;
            let places = |byte| places_in_long(&windows, byte);
            let is_read = name.read_if_in_order(self.plan, text.len() as u32, long_heads(&windows), places);
            return if is_read { self.plan.standing(name) } else { None };
        }
        judge::by_name(self.query, chunk.entry(row), &mut judge.scorer)
    }

    fn may_slip<K: Copy>(&self, chunk: &Chunk<K>, row: usize, judge: &mut Judge) -> bool {
        if let Some(heads) = chunk.heads(row) {
            let (length, window) = chunk.window(row);
            judge.short.read(self.plan, length as u32, heads, |byte| window.places(byte));
            return self.plan.may_slip(&judge.short);
        }
        let text = chunk.entry(row).text;
        long(text).is_none_or(|windows| {
            let places = |byte| places_in_long(&windows, byte);
            judge.long.read(self.plan, text.len() as u32, long_heads(&windows), places);
            self.plan.may_slip(&judge.long)
        })
    }

    /// The best text of every group that is not in `found`, judged exactly; all of them are near.
    fn texts_of_chunk<K: Copy>(
        &self,
        state: &mut State<'_>,
        chunk: &Chunk<K>,
        base: u32,
        found: &Bits,
        may_match: impl Fn(usize) -> bool,
        answer: impl Fn(usize, &mut Judge) -> Option<Standing>,
    ) -> [Local; 2] {
        let mut near = NOBODY;
        let State { judge, candidates, top, .. } = state;
        select(candidates, chunk.bags().len(), may_match);
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

/// The bytes of a longer ASCII name, if it is one.
fn long(text: &str) -> Option<[Window; 2]> {
    if text.is_empty() || text.len() > LONG || !text.is_ascii() {
        return None;
    }
    let (first, rest) = text.as_bytes().split_at(SHORT.min(text.len()));
    Some([Window::of_less(first), Window::of_less(rest)])
}

/// The first letters of its words.
fn long_heads(windows: &[Window; 2]) -> u128 {
    places_in_long(windows, b' ') << 1 | 1
}

/// The better of two texts of a group; of equals the first: the label, then the better known names.
fn better<T: Copy>(best: Option<T>, other: Option<T>, standing: impl Fn(T) -> Standing) -> Option<T> {
    match (best, other) {
        (Some(best), Some(other)) if standing(other).compare_names(&standing(best)).is_lt() => Some(other),
        (None, other) => other,
        (best, _) => best,
    }
}

/// Collects the rows that pass, without a branch for each.
fn select(into: &mut Vec<u32>, rows: usize, passes: impl Fn(usize) -> bool) {
    into.resize(rows, 0);
    let mut count = 0;
    for row in 0..rows {
        into[count] = row as u32;
        count += usize::from(passes(row));
    }
    into.truncate(count);
}
