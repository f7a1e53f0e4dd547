//! How well letters fit a name, told from the places of each letter.
//!
//! The score of an alignment is a sum over the letters: what each earns, more at the start of
//! a word or right behind the letter before, less behind a gap. [`Scores`] finds the best
//! alignment, and looks only at places where a letter stands. [`at_best`] aligns nothing: each
//! letter is looked at by itself with the places to which the letters before it lead, and given
//! the most that any of these could earn.
//!
//! Invariant: [`Scores::exactly`] is what [`Scorer`](crate::catalogue::fuzzy::Scorer) finds;
//! [`at_best`] begins at the same place with at least that score, and finds if there is one.

use super::masks::{LONG, Mask};
use crate::catalogue::fuzzy::{ADJACENT, GAP_GOES_ON, GAP_START, HEAD, MATCH};

/// No word of so many letters scores more: each stands at the start of a word, and the first one
/// at that of the name.
pub fn most(letters: usize) -> i32 {
    i32::try_from(letters).unwrap_or(i32::MAX).saturating_mul(MATCH + HEAD).saturating_add(HEAD)
}

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
    let mut score = MATCH + first_bonus(start == 0, (before & heads).is_any());
    for &letter in rest {
        let here = places(letter) & before.behind_lowest();
        if here.is_none() {
            return None;
        }
        let adjacent = here & before.up(1);
        score += MATCH
            + if (adjacent & heads).is_any() {
                HEAD
            } else if adjacent.is_any() || (here & heads).is_any() {
                ADJACENT.max(HEAD - GAP_START)
            } else {
                -GAP_START
            };
        before = here;
    }
    Some(Fit { score, start })
}

/// What the first letter earns beside its match. To begin costs as much as a gap that goes on,
/// wherever it is.
#[inline]
fn first_bonus(is_front: bool, is_head: bool) -> i32 {
    let head = if is_front {
        2 * HEAD
    } else if is_head {
        HEAD
    } else {
        0
    };
    head - GAP_GOES_ON
}

/// What a letter earns that does not stand first.
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
            self.here[place as usize] = MATCH + first_bonus(place == 0, is_head);
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
