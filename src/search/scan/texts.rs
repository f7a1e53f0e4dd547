//! The walks for names that match but for a slip, and for what is said of anybody: every candidate is
//! judged exactly.
//!
//! Invariant: what is found is near, and nobody who was found before is.

use super::rows::{put_rows, select};
use super::{Found, Groups, Judge, Outcome, Read, State, Walk, better};
use crate::search::bits;
use crate::search::bits::{Bits, Local, NOBODY};
use crate::search::chunk::{Chunk, Chunks};
use crate::search::judge;
use crate::search::judge::Standing;
use crate::search::key::Key;
use crate::search::top::Ranked;
use crate::search::{FEW, is_good};

impl<G: Groups> Walk<'_, G> {
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
        chunk.fetch(&[candidates]);
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
