//! One plain word and nothing else: what nearly every search begins with.
//!
//! What [`Plan`](super::plan::Plan) tells of any query is told here of a word by fewer steps.
//!
//! Invariant: [`Word::look`] tells of a name what [`Plan::at_best`](super::plan::Plan::at_best) does.

#![expect(clippy::inline_always, reason = "it has to become a part of what was made for the processor")]

use fearless_simd::{Level, Simd, dispatch};

use super::Tier;
use super::chunk::Chunk;
use super::fit;
use super::judge::Standing;
use super::masks::{Mask, heads, is_long};
use crate::catalogue::fuzzy;

/// The longest word that is looked for in this way, in letters.
const LONGEST: usize = 16;

/// See the module.
#[derive(Debug)]
pub struct Word {
    /// Folded ASCII.
    first: u8,
    rest: Vec<u8>,
}

/// A name that matches, and how it answers at best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Its row in the chunk.
    pub row: u32,
    /// See [`Plan::at_best`](super::plan::Plan::at_best).
    pub at_best: Standing,
}

impl Word {
    /// The word of such letters, unless there is none or too many.
    pub fn new(letters: &[u8]) -> Option<Self> {
        let (&first, rest) = letters.split_first()?;
        (rest.len() < LONGEST).then(|| Self { first, rest: rest.to_vec() })
    }

    /// Looks at some rows of a chunk. Those that match are added to `seen`, and those that have no
    /// masks to `others`.
    pub fn look<K: Copy>(
        &self,
        level: Level,
        chunk: &Chunk<K>,
        rows: &[u32],
        seen: &mut Vec<Seen>,
        others: &mut Vec<u32>,
    ) {
        dispatch!(level, simd => self.look_by(simd, chunk, rows, seen, others));
    }

    #[inline(always)]
    fn look_by<S: Simd, K: Copy>(
        &self,
        simd: S,
        chunk: &Chunk<K>,
        rows: &[u32],
        seen: &mut Vec<Seen>,
        others: &mut Vec<u32>,
    ) {
        for &row in rows {
            let (length, bytes) = chunk.bytes_from(row as usize);
            let chars = length as u32;
            let at_best = if let Some(short) = chunk.heads(row as usize) {
                self.at_best(simd, bytes, chars, short)
            } else if let Some(text) = bytes.get(..length).filter(|text| is_long(text)) {
                self.at_best::<S, u128>(simd, text, chars, heads(simd, text))
            } else {
                others.push(row);
                continue;
            };
            if let Some(at_best) = at_best {
                seen.push(Seen { row, at_best });
            }
        }
    }

    /// How the name answers that is so many characters long and with which the bytes begin.
    #[inline(always)]
    fn at_best<S: Simd, M: Mask>(&self, simd: S, bytes: &[u8], chars: u32, heads: M) -> Option<Standing> {
        let text = M::first(chars);
        let first = M::places(simd, bytes, self.first) & text;
        if first.is_none() {
            return None;
        }
        let start = first.lowest();
        // Where a word begins as it was typed, up to the letter at hand.
        let mut begun = first & heads;
        let mut score = fit::of_first(start == 0, begun.is_any());
        // Where each letter can stand behind those before it.
        let mut stands = [M::NONE; LONGEST - 1];
        let mut before = first;
        for (stand, &letter) in stands.iter_mut().zip(&self.rest) {
            let places = M::places(simd, bytes, letter) & text;
            *stand = places & before.behind_lowest();
            before = *stand;
            if before.is_none() {
                return None;
            }
            begun = begun.up(1) & places;
        }
        // Most names have not all letters, so that this is asked only of those that have.
        before = first;
        for (&here, _) in stands.iter().zip(&self.rest) {
            score += fit::of_next(here, before, heads);
            before = here;
        }
        let length = self.rest.len() + 1;
        let (tier, whole) = if begun.is_any() {
            let lasts = text & !text.down(1) | heads.down(2);
            let tier = if chars as usize == length { Tier::Exact } else { Tier::Prefix };
            (tier, length > 1 && (begun & lasts).is_any())
        } else if fuzzy::is_scattered(score, length) {
            (Tier::Scattered, false)
        } else {
            (Tier::Fuzzy, false)
        };
        Some(Standing { tier, whole, score, chars, start })
    }
}
