//! A name as masks: where each letter that a query asks for stands in it.
//!
//! Invariant: only the letters of the plan that was read last are known, each by its number there.

use fearless_simd::{Level, Simd, dispatch};

use super::masks::{Mask, heads};

/// Folded ASCII is 26 letters, 10 digits and the space.
const LETTERS: usize = 37;

/// See the module.
#[derive(Debug)]
pub struct Name<M> {
    /// The places of each letter.
    places: [M; LETTERS],
    heads: M,
    chars: u32,
}

impl<M: Mask> Name<M> {
    /// No name yet.
    pub fn blank() -> Self {
        Self { places: [M::NONE; LETTERS], heads: M::NONE, chars: 0 }
    }

    /// Turns to the name of so many characters with which the bytes begin. `letters` are those to know,
    /// and `front` the numbers of some that a name has to have in this order: of one that has not, no
    /// more is read than shows this. Tells whether all was read.
    pub fn read(&mut self, level: Level, letters: &[u8], front: &[u8], bytes: &[u8], chars: u32) -> bool {
        self.chars = chars;
        dispatch!(level, simd => self.read_by(simd, letters, front, bytes))
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "it has to become a part of what was made for the processor")]
    fn read_by<S: Simd>(&mut self, simd: S, letters: &[u8], front: &[u8], bytes: &[u8]) -> bool {
        let text = M::first(self.chars);
        let mut left = text;
        let mut read = 0;
        for &letter in front {
            let at = usize::from(letter);
            // Letters are numbered as they come, and those of the front come first.
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

    /// The length in characters.
    pub fn chars(&self) -> u32 {
        self.chars
    }

    /// The first letters of words.
    pub fn heads(&self) -> M {
        self.heads
    }

    /// Every place within words but their first.
    pub fn insides(&self) -> M {
        M::first(self.chars) & !self.heads.down(1)
    }

    /// The places of a letter.
    #[inline]
    pub fn of(&self, letter: u8) -> M {
        self.places[usize::from(letter)]
    }

    /// Where all the letters stand side by side.
    #[inline]
    pub fn runs(&self, letters: &[u8]) -> M {
        let Some((&last, before)) = letters.split_last() else { return M::first(self.chars) };
        before.iter().rev().fold(self.of(last), |runs, &letter| self.of(letter) & runs.down(1))
    }

    /// Whether all the letters stand there in order, with gaps or without.
    pub fn has_in_order(&self, letters: &[u8]) -> bool {
        let mut left = M::first(self.chars);
        letters.iter().all(|&letter| {
            let here = self.of(letter) & left;
            left = here.behind_lowest();
            here.is_any()
        })
    }

    /// Whether any of these runs of so many letters ends with a word.
    pub fn ends_word(&self, runs: M, letters: u32) -> bool {
        // Words are one space apart.
        let lasts = M::at(self.chars.saturating_sub(1)) | (self.heads & !M::at(0)).down(2);
        (runs.up(letters - 1) & lasts).is_any()
    }

    /// Whether the name is so many characters long.
    pub fn is_all(&self, letters: u32) -> bool {
        self.chars == letters
    }
}
