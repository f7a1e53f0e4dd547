//! One plain word and nothing else: what nearly every search begins with.
//!
//! What [`Plan`](super::plan::Plan) tells of any query is told here of a word by fewer steps.
//!
//! Invariant: [`Word::way`] is [`Plan::way`](super::plan::Plan::way).

use super::Tier;
use super::masks::{Mask, Window};
use super::plan::Way;

/// See the module.
#[derive(Debug)]
pub struct Word {
    /// Folded ASCII, at least one letter.
    letters: Vec<u8>,
}

impl Word {
    /// The word of such letters, unless there is none.
    pub fn new(letters: Vec<u8>) -> Option<Self> {
        (!letters.is_empty()).then_some(Self { letters })
    }

    /// In which way a name answers, of so many characters and with such first letters of words;
    /// behind its own bytes others may stand in the window.
    #[inline]
    pub fn way(&self, window: &Window, chars: u32, heads: u64) -> Option<Way> {
        let text = u64::first(chars);
        let mut left = text;
        // Where a letter has to stand to go on with what begins a word, and where the last one did.
        let (mut next, mut ends) = (heads, heads);
        for &letter in &self.letters {
            let places = window.places(letter) & text;
            let here = places & left;
            if here.is_none() {
                return None;
            }
            left = here.behind_lowest();
            ends = next & places;
            next = ends.up(1);
        }
        let length = self.letters.len();
        let lasts = text & !text.down(1) | heads.down(2);
        Some(if ends.is_any() {
            let tier = if chars as usize == length { Tier::Exact } else { Tier::Prefix };
            Way { tier, whole: length > 1 && (ends & lasts).is_any() }
        } else {
            Way { tier: if length > 1 { Tier::Fuzzy } else { Tier::Scattered }, whole: false }
        })
    }
}
