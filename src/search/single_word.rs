//! The fast path for a pattern that is a single plain word, as most are while they are typed.
//!
//! It computes the same as [`Plan`](super::plan::Plan) in fewer steps, and much of it from the letter bitmap alone, for
//! 64 names at once.
//!
//! Invariant: [`SingleWord::match_rows`] gives the bound of [`Plan::upper_bound`](super::plan::Plan::upper_bound), and the
//! other methods agree with it. Methods with an argument `simd` are called within `dispatch!`.

#![expect(clippy::inline_always, reason = "it has to be compiled for the instructions of the caller")]

use fearless_simd::Simd;

use super::alignment;
use super::chunk::Chunk;
use super::chunk_set::{self, ChunkSet};
use super::fuzzy::is_scattered;
use super::letter_bitmap::{FRONT, LetterBitmap, LetterCode};
use super::masks::{Mask, Width, heads};
use super::prefilter;
use super::rank::{MOST_CHARS, MatchRank, Tier};

/// The longest word for which this path is taken, in letters.
const MAX_LETTERS: usize = 16;

/// The longest word that the letter bitmap can be sure of, in letters: the letters of longer words are hardly ever all
/// in different parts.
const MAX_SURE: usize = 4;

/// A word to look for.
#[derive(Debug)]
pub struct SingleWord {
    /// Folded ASCII; not empty.
    letters: Vec<u8>,
    codes: Vec<LetterCode>,
    /// The code of the first letter.
    head: LetterCode,
    /// True if the letter bitmap may be sure that the word occurs in a name.
    may_be_sure: bool,
}

/// The matches in a block, as far as the letter bitmap tells; sets with one bit a name.
#[derive(Debug, Clone, Copy)]
pub struct BlockMatches {
    /// The names that may match; all others do not.
    pub possible: u64,
    /// The names of `possible` that match.
    pub sure: u64,
    /// The names of `possible` that may have a word that begins with the letters; all others do not.
    pub begun: u64,
    /// The names of `begun` that have such a word.
    pub surely_begun: u64,
    /// The names of `begun` that may begin with the letters themselves.
    pub front: u64,
}

/// Which names with a word that begins with the letters can be among the best rows: those up to a length in characters,
/// by whether the letters are a whole word, and by whether the name begins with the first letter.
#[derive(Debug, Clone, Copy)]
pub struct LengthLimits([[u32; 2]; 2]);

impl LengthLimits {
    /// Finds the limits by binary search; `is_enough` tells whether a rank suffices to be among the best. If it suffices
    /// for a name, it has to suffice for shorter names.
    pub fn new(word: &SingleWord, is_enough: impl Fn(&MatchRank) -> bool) -> Self {
        let enough = |chars: u32, ends_word, is_front| is_enough(&word.bound_of_begun(chars, ends_word, is_front));
        let longest = |ends_word, is_front| {
            let (mut longest, mut too_long) = (0, MOST_CHARS + 1);
            while longest + 1 < too_long {
                let middle = u32::midpoint(longest, too_long);
                if enough(middle, ends_word, is_front) { longest = middle } else { too_long = middle }
            }
            longest
        };
        Self([false, true].map(|ends_word| [false, true].map(|is_front| longest(ends_word, is_front))))
    }

    /// Returns true if a name of `chars` characters can be among the best rows.
    #[inline]
    pub fn admit(&self, chars: u32, ends_word: bool, is_front: bool) -> bool {
        chars.min(MOST_CHARS) <= self.0[usize::from(ends_word)][usize::from(is_front)]
    }
}

/// A name that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Its row in the chunk.
    pub row: u32,
    pub bound: MatchRank,
}

impl SingleWord {
    /// Prepares a word of folded ASCII; `None` if it is empty or longer than [`MAX_LETTERS`].
    pub fn new(letters: &[u8]) -> Option<Self> {
        let codes: Vec<LetterCode> = letters.iter().filter_map(|&letter| LetterCode::of(letter.into())).collect();
        let head = *codes.first()?;
        let may_be_sure = codes.len() <= MAX_SURE && codes.iter().all(|code| code.is_exact());
        (letters.len() <= MAX_LETTERS).then(|| Self { letters: letters.to_vec(), codes, head, may_be_sure })
    }

    /// The matches in a block, as far as the letter bitmap tells.
    #[inline]
    pub fn filter_block(&self, letters: &LetterBitmap, block: usize) -> BlockMatches {
        let possible = prefilter::in_order(letters, &self.codes, block);
        let sure =
            if self.may_be_sure && possible != 0 { prefilter::surely_in_order(letters, &self.codes, block) } else { 0 };
        let front = |begun: u64, (place, &code): (usize, &LetterCode)| begun & letters.front(place, code, block);
        let begun = self.codes.iter().enumerate().take(FRONT).fold(possible, front);
        // Only of a text of ASCII the length in characters is that in bytes.
        let surely_begun = if self.letters.len() == 1 { sure & begun & letters.ascii(block) } else { 0 };
        BlockMatches { possible, sure, begun, surely_begun, front: begun & letters.parts(self.head, block)[0] }
    }

    /// An upper bound of the rank of a name of `chars` characters that has a word which begins with the letters.
    #[inline]
    pub fn bound_of_begun(&self, chars: u32, ends_word: bool, is_front: bool) -> MatchRank {
        let others = self.letters.len().saturating_sub(1).min(MAX_LETTERS).cast_signed() as i32;
        MatchRank {
            tier: if chars as usize <= self.letters.len() { Tier::Exact } else { Tier::Prefix },
            whole: ends_word,
            score: alignment::of_first(is_front, true) + others * alignment::MAX_OF_NEXT,
            chars,
            start: u32::from(!is_front),
        }
    }

    /// Matches rows of a chunk. Rows that match are added to `candidates`, rows without masks to `others`.
    #[inline(always)]
    pub fn match_rows<S: Simd, K: Copy>(
        &self,
        simd: S,
        chunk: &Chunk<K>,
        rows: &[u32],
        candidates: &mut Vec<Candidate>,
        others: &mut Vec<u32>,
    ) {
        for &row in rows {
            let (width, bytes, chars) = chunk.masked(row as usize);
            let bound = match width {
                Some(Width::Short) => self.bound::<S, u64>(simd, bytes, chars),
                Some(Width::Long) => self.bound::<S, u128>(simd, bytes, chars),
                None => {
                    others.push(row);
                    continue;
                }
            };
            if let Some(bound) = bound {
                candidates.push(Candidate { row, bound });
            }
        }
    }

    /// Removes the rows of a chunk that have a word which begins with the letters. Those admitted by `limits` are added
    /// to `candidates`, the groups of the others to `close`. Rows without masks are moved to `others`.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "the result for a row goes to one of four lists")]
    pub fn take_begun<S: Simd, K: Copy>(
        &self,
        simd: S,
        chunk: &Chunk<K>,
        limits: LengthLimits,
        rows: &mut Vec<u32>,
        close: &mut ChunkSet,
        candidates: &mut Vec<Candidate>,
        others: &mut Vec<u32>,
    ) {
        // Without the closure of `retain`, which would not be compiled for the instructions of the caller.
        let mut left = 0;
        for at in 0..rows.len() {
            let row = rows[at];
            let (width, bytes, chars) = chunk.masked(row as usize);
            let begun = match width {
                Some(Width::Short) => self.begun::<S, u64>(simd, bytes, chars, limits),
                Some(Width::Long) => self.begun::<S, u128>(simd, bytes, chars, limits),
                None => {
                    others.push(row);
                    continue;
                }
            };
            if let Begun { bound: Some(bound), .. } = begun {
                candidates.push(Candidate { row, bound });
                continue;
            }
            // Without a branch, which could not be predicted.
            rows[left] = row;
            left += usize::from(!begun.is_so);
            chunk_set::insert_if(begun.is_so, close, chunk.group_of(row as usize));
        }
        rows.truncate(left);
    }

    /// Removes the rows of a chunk that do not match. Rows without masks are moved to `others`.
    #[inline(always)]
    pub fn retain<S: Simd, K: Copy>(&self, simd: S, chunk: &Chunk<K>, rows: &mut Vec<u32>, others: &mut Vec<u32>) {
        let mut left = 0;
        for at in 0..rows.len() {
            let row = rows[at];
            let (width, bytes, chars) = chunk.masked(row as usize);
            let occurs = match width {
                Some(Width::Short) => self.occurs::<S, u64>(simd, bytes, chars),
                Some(Width::Long) => self.occurs::<S, u128>(simd, bytes, chars),
                None => {
                    others.push(row);
                    false
                }
            };
            rows[left] = row;
            left += usize::from(occurs);
        }
        rows.truncate(left);
    }

    /// Returns true if the letters occur in order in a name, which is the first `chars` bytes.
    #[inline(always)]
    fn occurs<S: Simd, M: Mask>(&self, simd: S, bytes: &[u8], chars: u32) -> bool {
        let mut left = M::first(chars);
        let mut here = left;
        // Without a branch for a missing letter: most names have several, and it could not be predicted.
        for &letter in &self.letters {
            here = M::places(simd, bytes, letter) & left;
            left = left & here.behind_lowest();
        }
        here.is_any()
    }

    /// An upper bound of the rank of a name, which is the first `chars` bytes; `None` if it does not match.
    #[inline(always)]
    fn bound<S: Simd, M: Mask>(&self, simd: S, bytes: &[u8], chars: u32) -> Option<MatchRank> {
        let text = M::first(chars);
        let mut places = [M::NONE; MAX_LETTERS];
        for (place, &letter) in places.iter_mut().zip(&self.letters) {
            *place = M::places(simd, bytes, letter) & text;
            if place.is_none() {
                return None;
            }
        }
        self.bound_at(&places, heads::<S, M>(simd, bytes) & text, chars)
    }

    /// Looks for a word of a name that begins with the letters.
    #[inline(always)]
    fn begun<S: Simd, M: Mask>(&self, simd: S, bytes: &[u8], chars: u32, limits: LengthLimits) -> Begun {
        let text = M::first(chars);
        let heads = heads::<S, M>(simd, bytes) & text;
        // The positions of the current letter where a word begins with the letters so far (Shift-And).
        let (mut here, mut next) = (M::NONE, heads);
        for &letter in &self.letters {
            here = M::places(simd, bytes, letter) & next;
            next = here.up(1) & text;
        }
        let is_front = bytes.first() == self.letters.first();
        let is_admitted = limits.admit(chars, (here & ends(text, heads)).is_any(), is_front);
        let is_so = here.is_any();
        Begun { is_so, bound: if is_so && is_admitted { self.bound::<S, M>(simd, bytes, chars) } else { None } }
    }

    /// An upper bound of the rank of a name in which the letters occur at `places`.
    #[inline(always)]
    fn bound_at<M: Mask>(&self, places: &[M; MAX_LETTERS], heads: M, chars: u32) -> Option<MatchRank> {
        let first = places[0];
        let start = first.lowest();
        // The positions of the current letter where a word begins with the letters so far.
        let mut begun = first & heads;
        let mut score = alignment::of_first(start == 0, begun.is_any());
        // The positions that the current letter can have behind the letters before it.
        let mut before = first;
        let length = self.letters.len();
        for &place in places.iter().take(length).skip(1) {
            let here = place & before.behind_lowest();
            if here.is_none() {
                return None;
            }
            score += alignment::of_next(here, before, heads);
            before = here;
            begun = begun.up(1) & place;
        }
        let (tier, whole) = if begun.is_any() {
            let tier = if chars as usize == length { Tier::Exact } else { Tier::Prefix };
            (tier, length > 1 && (begun & ends(M::first(chars), heads)).is_any())
        } else if is_scattered(score, length) {
            (Tier::Scattered, false)
        } else {
            (Tier::Fuzzy, false)
        };
        Some(MatchRank { tier, whole, score, chars, start })
    }
}

/// The last positions of words.
#[inline(always)]
fn ends<M: Mask>(text: M, heads: M) -> M {
    text & !text.down(1) | heads.down(2)
}

/// The result of looking for a word that begins with the letters.
struct Begun {
    /// True if there is such a word.
    is_so: bool,
    /// An upper bound of the rank of the name, if it can be among the best rows.
    bound: Option<MatchRank>,
}
