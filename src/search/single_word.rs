//! One plain word and nothing else: what nearly every search begins with.
//!
//! What [`Plan`](super::plan::Plan) tells of any query is told here of a word by fewer steps; much of
//! it by the bitmap index alone, for sixty-four names at once.
//!
//! Invariant: [`Word::look`] tells of a name what [`Plan::at_best`](super::plan::Plan::at_best) does, and
//! [`Word::sift`], [`Word::take_begun`] and [`Word::keep`] tell parts of the same.

#![expect(clippy::inline_always, reason = "it has to become a part of what was made for the processor")]

use fearless_simd::{Level, Simd, dispatch};

use super::bits::{self, Local};
use super::chunk::Chunk;
use super::fit;
use super::judge::Standing;
use super::masks::{Mask, Width, heads};
use super::{MAX_NAME, Tier};
use crate::search::fuzzy;
use crate::search::letter_bitmap::{Code, FRONT, Letters};
use crate::search::prefilter;

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

/// Which names with a word that begins as it was typed could be among the best: those up to so many characters,
/// by whether the word is typed to its end, and by whether the name begins with its first letter.
#[derive(Debug, Clone, Copy)]
pub struct Hope([[u32; 2]; 2]);

impl Hope {
    /// The hope of names for which it is enough to answer as well as that, where `is_enough` tells so. Whatever is
    /// enough for a longer name is so for a shorter one.
    pub fn new(word: &Word, is_enough: impl Fn(&Standing) -> bool) -> Self {
        let enough = |chars: u32, ends_word, is_front| is_enough(&word.begun_at_best(chars, ends_word, is_front));
        let longest = |ends_word, is_front| {
            let (mut longest, mut too_long) = (0, MAX_NAME as u32 + 1);
            while longest + 1 < too_long {
                let middle = u32::midpoint(longest, too_long);
                if enough(middle, ends_word, is_front) { longest = middle } else { too_long = middle }
            }
            longest
        };
        Self([false, true].map(|ends_word| [false, true].map(|is_front| longest(ends_word, is_front))))
    }

    /// Whether a name of so many characters has any.
    #[inline]
    pub fn is_for(&self, chars: u32, ends_word: bool, is_front: bool) -> bool {
        chars <= self.0[usize::from(ends_word)][usize::from(is_front)]
    }
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
        let possible = prefilter::in_order(letters, &self.codes, block);
        let sure =
            if self.may_be_sure && possible != 0 { prefilter::surely_in_order(letters, &self.codes, block) } else { 0 };
        let front = |begun: u64, (place, &code): (usize, &Code)| begun & letters.front(place, code, block);
        let begun = self.codes.iter().enumerate().take(FRONT).fold(possible, front);
        // The length of no other text is told by its bytes.
        let surely_begun = if self.letters.len() == 1 { sure & begun & letters.ascii(block) } else { 0 };
        Sifted { possible, sure, begun, surely_begun, front: begun & letters.parts(self.head, block)[0] }
    }

    /// How a name of so many characters answers at best, if a word of it begins as it was typed.
    #[inline]
    pub fn begun_at_best(&self, chars: u32, ends_word: bool, is_front: bool) -> Standing {
        let others = self.letters.len().saturating_sub(1).min(LONGEST).cast_signed() as i32;
        Standing {
            tier: if chars as usize <= self.letters.len() { Tier::Exact } else { Tier::Prefix },
            whole: ends_word,
            score: fit::of_first(is_front, true) + others * fit::OF_ANY_NEXT,
            chars,
            start: u32::from(!is_front),
        }
    }

    /// Looks at some rows of a chunk. Those that match are added to `seen`, those that have no masks to `others`.
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
            let at_best = match chunk.width(length, row as usize) {
                Some(Width::Short) => self.at_best::<S, u64>(simd, bytes, chars),
                Some(Width::Long) => self.at_best::<S, u128>(simd, bytes, chars),
                None => {
                    others.push(row);
                    continue;
                }
            };
            if let Some(at_best) = at_best {
                seen.push(Seen { row, at_best });
            }
        }
    }

    /// Takes those out of some rows of a chunk that have a word which begins as it was typed: with hope they are
    /// added to `seen`, and without it to the groups that are `close`. Those that have no masks go to `others`.
    #[expect(clippy::too_many_arguments, reason = "what comes of a row goes to one of four lists")]
    pub fn take_begun<K: Copy>(
        &self,
        level: Level,
        chunk: &Chunk<K>,
        hope: Hope,
        rows: &mut Vec<u32>,
        close: &mut Local,
        seen: &mut Vec<Seen>,
        others: &mut Vec<u32>,
    ) {
        dispatch!(level, simd => self.take_begun_by(simd, chunk, hope, rows, close, seen, others));
    }

    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "as above")]
    fn take_begun_by<S: Simd, K: Copy>(
        &self,
        simd: S,
        chunk: &Chunk<K>,
        hope: Hope,
        rows: &mut Vec<u32>,
        close: &mut Local,
        seen: &mut Vec<Seen>,
        others: &mut Vec<u32>,
    ) {
        // Not by the closures of `retain`: they would be no part of what was made for the processor.
        let mut left = 0;
        for at in 0..rows.len() {
            let row = rows[at];
            let (length, bytes) = chunk.bytes_from(row as usize);
            let chars = length as u32;
            let begun = match chunk.width(length, row as usize) {
                Some(Width::Short) => self.begun::<S, u64>(simd, bytes, chars, hope),
                Some(Width::Long) => self.begun::<S, u128>(simd, bytes, chars, hope),
                None => {
                    others.push(row);
                    continue;
                }
            };
            if let Begun { at_best: Some(at_best), .. } = begun {
                seen.push(Seen { row, at_best });
                continue;
            }
            // Which it is the processor cannot guess: both are done without a branch.
            rows[left] = row;
            left += usize::from(!begun.is_so);
            bits::insert_if(begun.is_so, close, chunk.group_of(row as usize));
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
        let mut here = left;
        // Most have several of the letters: to go on costs less than to guess where one is missing.
        for &letter in &self.letters {
            here = M::places(simd, bytes, letter) & left;
            left = left & here.behind_lowest();
        }
        here.is_any()
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

    /// Whether a word of the same name begins so.
    #[inline(always)]
    fn begun<S: Simd, M: Mask>(&self, simd: S, bytes: &[u8], chars: u32, hope: Hope) -> Begun {
        let text = M::first(chars);
        let heads = heads::<S, M>(simd, bytes) & text;
        // Where the letter at hand stands, if a word begins as it was typed.
        let (mut here, mut next) = (M::NONE, heads);
        for &letter in &self.letters {
            here = M::places(simd, bytes, letter) & next;
            next = here.up(1) & text;
        }
        let is_front = bytes.first() == self.letters.first();
        let has_hope = hope.is_for(chars, (here & ends(text, heads)).is_any(), is_front);
        let is_so = here.is_any();
        Begun { is_so, at_best: if is_so && has_hope { self.at_best::<S, M>(simd, bytes, chars) } else { None } }
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
            let tier = if chars as usize == length { Tier::Exact } else { Tier::Prefix };
            (tier, length > 1 && (begun & ends(M::first(chars), heads)).is_any())
        } else if fuzzy::is_scattered(score, length) {
            (Tier::Scattered, false)
        } else {
            (Tier::Fuzzy, false)
        };
        Some(Standing { tier, whole, score, chars, start })
    }
}

/// The last letters of the words of a text.
#[inline(always)]
fn ends<M: Mask>(text: M, heads: M) -> M {
    text & !text.down(1) | heads.down(2)
}

/// What is seen of a name in which a word may begin as it was typed.
struct Begun {
    /// Whether one does.
    is_so: bool,
    /// How the name answers at best, if that could bring it among the best.
    at_best: Option<Standing>,
}
