//! How well letters can fit a name at best, without aligning them.
//!
//! The score of an alignment is a sum over the letters: what each earns, more at the start of
//! a word or right behind the letter before, less behind a gap. Each is looked at by itself
//! with the places to which the letters before it lead, and given the most that any of these
//! could earn.
//!
//! Invariant: a bound is at least the score that [`Scorer`](crate::catalogue::fuzzy::Scorer)
//! gives, and there is one exactly if there is a score.

use super::masks::Mask;
use crate::catalogue::fuzzy::{ADJACENT, GAP_GOES_ON, GAP_START, HEAD, MATCH};

/// The most that letters can score in a name, and where they can begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// At least the score.
    pub score: i32,
    /// The first place of the first letter: exactly that of the score.
    pub start: u32,
}

/// The bound for letters of which `places` tells where they stand; none if they do not stand in order.
pub fn best<M: Mask>(letters: &[u8], places: impl Fn(u8) -> M, heads: M) -> Option<Bound> {
    let (&first, rest) = letters.split_first()?;
    let mut before = places(first);
    if before.is_none() {
        return None;
    }
    let Bound { mut score, start } = single(before, heads);
    for &letter in rest {
        let here = places(letter) & before.behind_lowest();
        if here.is_none() {
            return None;
        }
        let adjacent = here & before.up(1);
        score += MATCH
            + if (adjacent & heads).is_any() {
                HEAD
            } else if adjacent.is_any() {
                ADJACENT.max(HEAD - GAP_START)
            } else if (here & heads).is_any() {
                HEAD - GAP_START
            } else {
                -GAP_START
            };
        before = here;
    }
    Some(Bound { score, start })
}

/// The same for one letter that stands somewhere: exactly its score.
#[inline]
pub fn single<M: Mask>(places: M, heads: M) -> Bound {
    let start = places.lowest();
    // To begin costs as much as a gap that goes on, wherever it is.
    Bound { score: MATCH - GAP_GOES_ON + first_bonus(start == 0, places & heads), start }
}

#[inline]
fn first_bonus<M: Mask>(is_front: bool, at_heads: M) -> i32 {
    if is_front {
        2 * HEAD
    } else if at_heads.is_any() {
        HEAD
    } else {
        0
    }
}
