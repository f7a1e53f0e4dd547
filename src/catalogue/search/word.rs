//! One plain word and nothing else: what nearly every search begins with.
//!
//! What [`Plan`](super::plan::Plan) tells of any query is told here of a word by fewer steps; much of
//! it by the bitmap index alone, for sixty-four names at once.
//!
//! Invariant: [`Word::look`] tells of a name what [`Plan::at_best`](super::plan::Plan::at_best) does, and
//! [`Word::sift`] and [`Word::keep`] tell parts of the same.

#![expect(clippy::inline_always, reason = "it has to become a part of what was made for the processor")]

use fearless_simd::{Level, Simd, dispatch};

use super::Tier;
use super::chunk::Chunk;
use super::fit;
use super::judge::Standing;
use super::letters::{Code, FRONT, Letters, PART};
use super::masks::{Mask, Width, heads};
use super::sieve;
use crate::catalogue::fuzzy;

/// The longest word that is looked for in this way, in letters.
const LONGEST: usize = 16;

/// The longest of which names are told that surely have it: of a longer one hardly any letters stand in parts of
/// their own.
const LONGEST_SURE: usize = 4;

/// See the module.
#[derive(Debug)]
pub struct Word {
    /// Folded ASCII; not empty.
    letters: Vec<u8>,
    /// The codes of all of them, and of the first.
    codes: Vec<Code>,
    head: Code,
    /// Whether the letters of a block may tell that it surely stands in a name.
    may_be_sure: bool,
}

/// What the letters of a block tell of a word: names of the block.
#[derive(Debug, Clone, Copy)]
pub struct Sifted {
    /// Those in which it may stand; in all others it does not.
    pub possible: u64,
    /// Those among them in which it surely does.
    pub sure: u64,
    /// Those that may have a word that begins so; no others do.
    pub begun: u64,
    /// Those among them that do.
    pub surely_begun: u64,
    /// Those of `begun` that may begin so themselves.
    pub front: u64,
}

/// In which way a name has to match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// In any.
    Any,
    /// A word of it begins as it was typed.
    Begun,
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
        let codes: Vec<Code> = letters.iter().filter_map(|&letter| Code::of(letter.into())).collect();
        let head = *codes.first()?;
        let may_be_sure = codes.len() <= LONGEST_SURE && codes.iter().all(|code| code.is_exact());
        (letters.len() <= LONGEST).then(|| Self { letters: letters.to_vec(), codes, head, may_be_sure })
    }

    /// What the letters of a block tell.
    #[inline]
    pub fn sift(&self, letters: &Letters, block: usize) -> Sifted {
        let possible = sieve::in_order(letters, &self.codes, block);
        let sure =
            if self.may_be_sure && possible != 0 { sieve::surely_in_order(letters, &self.codes, block) } else { 0 };
        let front = |begun: u64, (place, &code): (usize, &Code)| begun & letters.front(place, code, block);
        let begun = self.codes.iter().enumerate().take(FRONT).fold(possible, front);
        // The length of no other text is told by its bytes.
        let surely_begun = if self.letters.len() == 1 { sure & begun & letters.ascii(block) } else { 0 };
        Sifted { possible, sure, begun, surely_begun, front: begun & letters.parts(self.head, block)[0] }
    }

    /// How a name of so many characters answers a single letter at best, if a word of it begins so.
    #[inline]
    pub fn of_letter(chars: u32, may_be_front: bool) -> Standing {
        Standing {
            tier: if chars == 1 { Tier::Exact } else { Tier::Prefix },
            whole: false,
            score: fit::of_first(may_be_front, true),
            chars,
            start: if may_be_front { 0 } else { PART as u32 },
        }
    }

    /// Looks at some rows of a chunk. Those that match as it is asked are added to `seen` and taken from the
    /// rows, those that have no masks to `others`.
    pub fn look<K: Copy>(
        &self,
        level: Level,
        chunk: &Chunk<K>,
        asked: Asked,
        rows: &mut Vec<u32>,
        seen: &mut Vec<Seen>,
        others: &mut Vec<u32>,
    ) {
        dispatch!(level, simd => self.look_by(simd, chunk, asked, rows, seen, others));
    }

    #[inline(always)]
    fn look_by<S: Simd, K: Copy>(
        &self,
        simd: S,
        chunk: &Chunk<K>,
        asked: Asked,
        rows: &mut Vec<u32>,
        seen: &mut Vec<Seen>,
        others: &mut Vec<u32>,
    ) {
        // Not by the closures of `retain`: they would be no part of what was made for the processor.
        let mut left = 0;
        for at in 0..rows.len() {
            let row = rows[at];
            let (length, bytes) = chunk.bytes_from(row as usize);
            let chars = length as u32;
            let at_best = match chunk.width(length, row as usize) {
                Some(Width::Short) => self.as_asked::<S, u64>(simd, asked, bytes, chars),
                Some(Width::Long) => self.as_asked::<S, u128>(simd, asked, bytes, chars),
                None => {
                    others.push(row);
                    continue;
                }
            };
            if let Some(at_best) = at_best {
                seen.push(Seen { row, at_best });
            } else {
                rows[left] = row;
                left += 1;
            }
        }
        rows.truncate(left);
    }

    /// Keeps of some rows of a chunk those that match. Those that have no masks go to `others`.
    pub fn keep<K: Copy>(&self, level: Level, chunk: &Chunk<K>, rows: &mut Vec<u32>, others: &mut Vec<u32>) {
        dispatch!(level, simd => self.keep_by(simd, chunk, rows, others));
    }

    #[inline(always)]
    fn keep_by<S: Simd, K: Copy>(&self, simd: S, chunk: &Chunk<K>, rows: &mut Vec<u32>, others: &mut Vec<u32>) {
        let mut left = 0;
        for at in 0..rows.len() {
            let row = rows[at];
            let (length, bytes) = chunk.bytes_from(row as usize);
            let chars = length as u32;
            let stands = match chunk.width(length, row as usize) {
                Some(Width::Short) => self.stands::<S, u64>(simd, bytes, chars),
                Some(Width::Long) => self.stands::<S, u128>(simd, bytes, chars),
                None => {
                    others.push(row);
                    false
                }
            };
            rows[left] = row;
            left += usize::from(stands);
        }
        rows.truncate(left);
    }

    /// Whether the letters stand in order in the name that is so many characters long and with which the bytes begin.
    #[inline(always)]
    fn stands<S: Simd, M: Mask>(&self, simd: S, bytes: &[u8], chars: u32) -> bool {
        let mut left = M::first(chars);
        for &letter in &self.letters {
            let here = M::places(simd, bytes, letter) & left;
            if here.is_none() {
                return false;
            }
            left = left & here.behind_lowest();
        }
        true
    }

    #[inline(always)]
    fn as_asked<S: Simd, M: Mask>(&self, simd: S, asked: Asked, bytes: &[u8], chars: u32) -> Option<Standing> {
        match asked {
            Asked::Any => self.at_best::<S, M>(simd, bytes, chars),
            Asked::Begun => self.if_begun::<S, M>(simd, bytes, chars),
        }
    }

    /// How the name answers at best that is so many characters long and with which the bytes begin.
    #[inline(always)]
    fn at_best<S: Simd, M: Mask>(&self, simd: S, bytes: &[u8], chars: u32) -> Option<Standing> {
        let text = M::first(chars);
        let mut places = [M::NONE; LONGEST];
        for (place, &letter) in places.iter_mut().zip(&self.letters) {
            *place = M::places(simd, bytes, letter) & text;
            if place.is_none() {
                return None;
            }
        }
        self.standing(&places, heads::<S, M>(simd, bytes) & text, chars)
    }

    /// The same where a word of the name begins so, else nothing: most show this by a letter or two.
    #[inline(always)]
    fn if_begun<S: Simd, M: Mask>(&self, simd: S, bytes: &[u8], chars: u32) -> Option<Standing> {
        let text = M::first(chars);
        let heads = heads::<S, M>(simd, bytes) & text;
        let mut places = [M::NONE; LONGEST];
        // Where the letter at hand has to stand, if a word begins as it was typed.
        let mut next = heads;
        for (place, &letter) in places.iter_mut().zip(&self.letters) {
            *place = M::places(simd, bytes, letter) & text;
            let here = next & *place;
            if here.is_none() {
                return None;
            }
            next = here.up(1);
        }
        self.standing(&places, heads, chars)
    }

    /// How a name answers at best in which the letters stand at these places.
    #[inline(always)]
    fn standing<M: Mask>(&self, places: &[M; LONGEST], heads: M, chars: u32) -> Option<Standing> {
        let first = places[0];
        let start = first.lowest();
        // Where a word begins as it was typed, up to the letter at hand.
        let mut begun = first & heads;
        let mut score = fit::of_first(start == 0, begun.is_any());
        // Where the letter at hand can stand behind those before it.
        let mut before = first;
        let length = self.letters.len();
        for &place in places.iter().take(length).skip(1) {
            let here = place & before.behind_lowest();
            if here.is_none() {
                return None;
            }
            score += fit::of_next(here, before, heads);
            before = here;
            begun = begun.up(1) & place;
        }
        let (tier, whole) = if begun.is_any() {
            let text = M::first(chars);
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
