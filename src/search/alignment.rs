//! How well letters fit a name, told from the places of each letter.
//!
//! The score of an alignment is a sum over the letters: what each earns, more at the start of
//! a word or right behind the letter before, less behind a gap. [`Scores`] finds the best
//! alignment, and looks only at places where a letter stands. [`at_best`] aligns nothing: each
//! letter is looked at by itself with the places to which the letters before it lead, and given
//! the most that any of these could earn.
//!
//! Invariant: [`Scores::exactly`] is what [`Scorer`](crate::search::fuzzy::Scorer) finds;
//! [`at_best`] begins at the same place with at least that score, and finds if there is one.

use super::masks::{LONG, Mask};
use crate::search::fuzzy::{ADJACENT, GAP_GOES_ON, GAP_START, HEAD, MATCH};

/// How letters fit a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// Higher is better.
    pub score: i32,
    /// The first place of the first letter.
    pub start: u32,
}

/// The most that letters can score in a name; none if they do not stand there in order.
/// `places` tells where each stands.
#[inline]
pub fn at_best<M: Mask>(letters: &[u8], places: impl Fn(u8) -> M, heads: M) -> Option<Fit> {
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

/// What the first letter earns, if it can stand at the front of the name or of a word. To begin
/// costs as much as a gap that goes on, wherever it is.
#[inline]
pub fn of_first(is_front: bool, is_head: bool) -> i32 {
    MATCH - GAP_GOES_ON + bonus(is_front) + bonus(is_head)
}

/// The most that a letter earns behind another one. What stands next to a letter begins no word.
pub const OF_ANY_NEXT: i32 = MATCH + ADJACENT;

/// The most that a letter earns at one of the places `here`, the one before it standing at one of `before`.
#[inline]
pub fn of_next<M: Mask>(here: M, before: M, heads: M) -> i32 {
    let adjacent = here & before.up(1);
    let at_head = (adjacent & heads).is_any();
    let near_or_at_head = (adjacent | (here & heads)).is_any();
    // A head behind a gap earns what a neighbour earns.
    MATCH - GAP_START + i32::from(near_or_at_head) * (ADJACENT + GAP_START) + i32::from(at_head) * (HEAD - ADJACENT)
}

const _: () = assert!(HEAD - GAP_START == ADJACENT, "what is said of heads behind a gap would not hold");

/// What standing at the front of the name, or of a word, earns.
#[inline]
fn bonus(is_head: bool) -> i32 {
    if is_head { HEAD } else { 0 }
}

/// The best score with a letter matched at each place, kept from one name to the next.
///
/// Only what was written for the letter at hand is ever read.
#[derive(Debug)]
pub struct Scores {
    before: [i32; LONG],
    here: [i32; LONG],
}

impl Default for Scores {
    fn default() -> Self {
        Self { before: [0; LONG], here: [0; LONG] }
    }
}

impl Scores {
    /// The best score of letters in a name; none if they do not stand there in order.
    pub fn exactly<M: Mask>(&mut self, letters: &[u8], places: impl Fn(u8) -> M, heads: M) -> Option<Fit> {
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

    /// Scores a letter that stands at `here`, behind one at `before`.
    fn align<M: Mask>(&mut self, before: M, here: M, heads: M) {
        let mut passed = before.each().peekable();
        // The best of those with a gap to the place at hand, as if the gap went on from the front.
        let mut gapped: Option<i32> = None;
        for place in here.each() {
            while let Some(far) = passed.next_if(|&far| far + 1 < place) {
                let score = self.before[far as usize] + GAP_GOES_ON * far.cast_signed();
                gapped = gapped.max(Some(score));
            }
            let head = bonus((M::at(place) & heads).is_any());
            let gapped = gapped.map(|score| score - GAP_START - GAP_GOES_ON * (place.cast_signed() - 2) + head);
            let is_adjacent = place > 0 && (M::at(place - 1) & before).is_any();
            let adjacent = is_adjacent.then(|| self.before[place as usize - 1] + head.max(ADJACENT));
            if let Some(best) = gapped.max(adjacent) {
                self.here[place as usize] = MATCH + best;
            }
        }
    }
}
