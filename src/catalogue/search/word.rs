//! One plain word and nothing else: what nearly every search begins with.
//!
//! What [`Plan`](super::plan::Plan) tells of any query is told here of a word by fewer steps.
//!
//! Invariant: [`Word::at_best`] is [`Plan::at_best`](super::plan::Plan::at_best).

use super::Tier;
use super::fit;
use super::judge::Standing;
use super::masks::{Mask, Window};
use crate::catalogue::fuzzy;

/// See the module.
#[derive(Debug)]
pub struct Word {
    /// Folded ASCII.
    first: u8,
    rest: Vec<u8>,
}

impl Word {
    /// The word of such letters, unless there is none.
    pub fn new(letters: &[u8]) -> Option<Self> {
        let (&first, rest) = letters.split_first()?;
        Some(Self { first, rest: rest.to_vec() })
    }

    /// How a name answers at best, of so many characters and with such first letters of words;
    /// behind its own bytes others may stand in the window.
    #[inline]
    pub fn at_best(&self, window: &Window, chars: u32, heads: u64) -> Option<Standing> {
        let text = u64::first(chars);
        let mut before = window.places(self.first) & text;
        if before.is_none() {
            return None;
        }
        // Where a word begins as it was typed, up to the letter at hand.
        let mut begun = before & heads;
        let start = before.lowest();
        let mut score = fit::of_first(start == 0, begun.is_any());
        for &letter in &self.rest {
            let places = window.places(letter) & text;
            let here = places & before.behind_lowest();
            if here.is_none() {
                return None;
            }
            score += fit::of_next(here, before, heads);
            begun = begun.up(1) & places;
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
