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
use super::masks::{Mask, places, window};
use crate::catalogue::fuzzy;

/// The longest word that is looked for in this way, in letters.
const LONGEST: usize = 16;

/// See the module.
#[derive(Debug)]
pub struct Word {
    /// Folded ASCII.
    letters: Vec<u8>,
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
    pub fn new(letters: Vec<u8>) -> Option<Self> {
        (1..=LONGEST).contains(&letters.len()).then_some(Self { letters })
    }

    /// Looks at some rows of a chunk. Those that match are added to `seen`, and those that are no
    /// short ASCII names to `others`.
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
            let Some(heads) = chunk.heads(row as usize) else {
                others.push(row);
                continue;
            };
            let (chars, bytes) = chunk.bytes_from(row as usize);
            if let Some(at_best) = self.at_best(simd, bytes, chars as u32, heads) {
                seen.push(Seen { row, at_best });
            }
        }
    }

    /// How the name answers that is so many characters long and with which the bytes begin.
    #[inline(always)]
    fn at_best<S: Simd>(&self, simd: S, bytes: &[u8], chars: u32, heads: u64) -> Option<Standing> {
        let window = window(simd, bytes);
        let text = u64::first(chars);
        let mut left = text;
        // Where a word begins as it was typed, up to the letter at hand.
        let (mut next, mut begun) = (heads, heads);
        // Where each letter can stand behind those before it.
        let mut stands = [0; LONGEST];
        for (stand, &letter) in stands.iter_mut().zip(&self.letters) {
            let places = places(window, letter) & text;
            *stand = places & left;
            if stand.is_none() {
                return None;
            }
            left = stand.behind_lowest();
            begun = next & places;
            next = begun.up(1);
        }
        let [first, ..] = stands;
        let start = first.lowest();
        let mut score = fit::of_first(start == 0, (first & heads).is_any());
        let length = self.letters.len();
        for (&before, &here) in stands.iter().zip(stands.iter().take(length).skip(1)) {
            score += fit::of_next(here, before, heads);
        }
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
