//! The position masks of one name, for each letter that a plan asks for.
//!
//! Invariant: letters are numbered as in the plan with which the name was read; the masks of others are not valid.

use fearless_simd::{Level, Simd, dispatch};

use super::masks::{Mask, heads};

/// The number of characters of folded ASCII: 26 letters, 10 digits and the space.
const LETTERS: usize = 37;

/// The masks of a name of ASCII.
#[derive(Debug)]
pub struct NameMasks<M> {
    /// The positions of each letter.
    places: [M; LETTERS],
    /// The first positions of words.
    pub heads: M,
    /// The length in characters.
    pub chars: u32,
}

impl<M: Mask> NameMasks<M> {
    /// Masks of an empty name.
    pub fn empty() -> Self {
        Self { places: [M::NONE; LETTERS], heads: M::NONE, chars: 0 }
    }

    /// Reads the name that is the first `chars` bytes of `bytes`, which may go on behind it.
    ///
    /// `letters` are the letters whose masks are needed; `front` are numbers of letters that a name needs to have in
    /// this order. Returns false, and leaves the masks incomplete, if the name does not have them.
    pub fn read(&mut self, level: Level, letters: &[u8], front: &[u8], bytes: &[u8], chars: u32) -> bool {
        self.chars = chars;
        dispatch!(level, simd => self.read_by(simd, letters, front, bytes))
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "it has to be compiled for the instructions of the caller")]
    fn read_by<S: Simd>(&mut self, simd: S, letters: &[u8], front: &[u8], bytes: &[u8]) -> bool {
        let text = M::first(self.chars);
        let mut left = text;
        let mut read = 0;
        for &letter in front {
            let at = usize::from(letter);
            // Letters are numbered by their first use, and those of `front` come first.
            if at == read {
                self.places[at] = M::places(simd, bytes, letters[at]) & text;
                read += 1;
            }
            let here = self.places[at] & left;
            if here.is_none() {
                return false;
            }
            left = here.behind_lowest();
        }
        for (place, &byte) in self.places.iter_mut().zip(letters).skip(read) {
            *place = M::places(simd, bytes, byte) & text;
        }
        self.heads = heads::<S, M>(simd, bytes) & text;
        true
    }

    /// All positions of words but their first ones.
    pub fn insides(&self) -> M {
        M::first(self.chars) & !self.heads.down(1)
    }

    /// The positions of a letter.
    #[inline]
    pub fn of(&self, letter: u8) -> M {
        self.places[usize::from(letter)]
    }

    /// The positions at which all the letters begin to occur side by side.
    #[inline]
    pub fn runs(&self, letters: &[u8]) -> M {
        let Some((&last, before)) = letters.split_last() else { return M::first(self.chars) };
        before.iter().rev().fold(self.of(last), |runs, &letter| self.of(letter) & runs.down(1))
    }

    /// Returns true if all the letters occur in order, with gaps or without.
    pub fn has_in_order(&self, letters: &[u8]) -> bool {
        let mut left = M::first(self.chars);
        letters.iter().all(|&letter| {
            let here = self.of(letter) & left;
            left = here.behind_lowest();
            here.is_any()
        })
    }

    /// Returns true if one of `runs`, the starts of runs of `letters` letters, ends with a word.
    pub fn ends_word(&self, runs: M, letters: u32) -> bool {
        // Words are one space apart.
        let lasts = M::at(self.chars.saturating_sub(1)) | (self.heads & !M::at(0)).down(2);
        (runs.up(letters - 1) & lasts).is_any()
    }
}
