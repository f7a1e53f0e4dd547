//! The score of letters in a name, computed from the position masks of the letters.
//!
//! The score of an alignment is the sum over its letters, see [`fuzzy`](super::fuzzy). [`Aligner`] finds the best
//! alignment by dynamic programming over the positions at which a letter occurs. [`upper_bound`] aligns nothing: it
//! gives each letter the most that it could earn at any position which the letters before it can reach.
//!
//! Invariant: [`Aligner::score`] is the score of [`Scorer`](super::fuzzy::Scorer), and [`upper_bound`] is at least that,
//! with the same start; both are `None` for the same names.

use super::fuzzy::{ADJACENT, Fit, GAP_EXTENSION, GAP_START, MATCH, WORD_START};
use super::masks::{LONG, Mask};

/// An upper bound of the score of letters in a name; `None` if they do not occur in order. `places` gives the positions
/// of a letter, `heads` are the first positions of words.
#[inline]
pub fn upper_bound<M: Mask>(letters: &[u8], places: impl Fn(u8) -> M, heads: M) -> Option<Fit> {
    let (&first, rest) = letters.split_first()?;
    let mut before = places(first);
    if before.is_none() {
        return None;
    }
    let start = before.lowest();
    let mut score = of_first(start == 0, (before & heads).is_any());
    for &letter in rest {
        let here = places(letter) & before.behind_lowest();
        if here.is_none() {
            return None;
        }
        score += of_next(here, before, heads);
        before = here;
    }
    Some(Fit { score, start })
}

/// The score of the first letter, by whether it is at the start of the name or of a word. The letters before it cost as
/// much as one more letter of a gap, wherever it is.
#[inline]
pub fn of_first(is_front: bool, is_head: bool) -> i32 {
    MATCH - GAP_EXTENSION + bonus(is_front) + bonus(is_head)
}

/// An upper bound of the score of a letter behind another one of the same word.
pub const MAX_OF_NEXT: i32 = MATCH + ADJACENT;

/// An upper bound of the score of a letter at one of the positions `here`, with the letter before it at one of `before`.
#[inline]
pub fn of_next<M: Mask>(here: M, before: M, heads: M) -> i32 {
    let adjacent = here & before.up(1);
    let at_head = (adjacent & heads).is_any();
    let near_or_at_head = (adjacent | (here & heads)).is_any();
    // The start of a word behind a gap earns as much as an adjacent letter.
    MATCH - GAP_START
        + i32::from(near_or_at_head) * (ADJACENT + GAP_START)
        + i32::from(at_head) * (WORD_START - ADJACENT)
}

const _: () = assert!(WORD_START - GAP_START == ADJACENT, "`of_next` relies on it");

/// The bonus of a letter at the start of the name, or of a word.
#[inline]
fn bonus(is_head: bool) -> i32 {
    if is_head { WORD_START } else { 0 }
}

/// Computes exact scores; keeps its two rows from one name to the next.
///
/// Of a row only the positions of its own letter are read, so that rows need not be cleared.
#[derive(Debug)]
pub struct Aligner {
    /// The best scores with the previous letter matched at each position.
    before: [i32; LONG],
    /// The best scores with the current letter matched at each position.
    here: [i32; LONG],
}

impl Default for Aligner {
    fn default() -> Self {
        Self { before: [0; LONG], here: [0; LONG] }
    }
}

impl Aligner {
    /// The best score of letters in a name; `None` if they do not occur in order. For the arguments see [`upper_bound`].
    pub fn score<M: Mask>(&mut self, letters: &[u8], places: impl Fn(u8) -> M, heads: M) -> Option<Fit> {
        let (&first, rest) = letters.split_first()?;
        let mut before = places(first);
        if before.is_none() {
            return None;
        }
        let start = before.lowest();
        for place in before.each() {
            let is_head = (M::at(place) & heads).is_any();
            self.here[place as usize] = of_first(place == 0, is_head);
        }
        for &letter in rest {
            std::mem::swap(&mut self.before, &mut self.here);
            let here = places(letter) & before.behind_lowest();
            if here.is_none() {
                return None;
            }
            self.align(before, here, heads);
            before = here;
        }
        let score = before.each().map(|place| self.here[place as usize]).max()?;
        Some(Fit { score, start })
    }

    /// Computes the row of a letter that occurs at `here`, behind one that occurs at `before`.
    fn align<M: Mask>(&mut self, before: M, here: M, heads: M) {
        let mut passed = before.each().peekable();
        // The best score with a gap up to here, plus the cost of a gap from the start of the name to that letter.
        let mut gapped: Option<i32> = None;
        for place in here.each() {
            while let Some(far) = passed.next_if(|&far| far + 1 < place) {
                let score = self.before[far as usize] + GAP_EXTENSION * far.cast_signed();
                gapped = gapped.max(Some(score));
            }
            let head = bonus((M::at(place) & heads).is_any());
            let gapped = gapped.map(|score| score - GAP_START - GAP_EXTENSION * (place.cast_signed() - 2) + head);
            let is_adjacent = place > 0 && (M::at(place - 1) & before).is_any();
            let adjacent = is_adjacent.then(|| self.before[place as usize - 1] + head.max(ADJACENT));
            if let Some(best) = gapped.max(adjacent) {
                self.here[place as usize] = MATCH + best;
            }
        }
    }
}
