//! The order of rows as one number, so that most comparisons take one instruction.
//!
//! Invariant: of two rows the one with the smaller key comes first. Rows with the same key are ordered by their labels,
//! then by the numbers of their groups.

use super::rank::{MatchRank, Tier};

/// The position of a row among others; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey(u64);

/// The widths of the fields of a key, in bits: see [`SortKey::new`].
const PROMINENCE_BITS: u32 = 6;
const SCORE_BITS: u32 = 24;
const CHARS_BITS: u32 = 11;
const CLASS_BITS: u32 = 4;

/// Scores are clamped to `-SCORE_LIMIT..SCORE_LIMIT`.
const SCORE_LIMIT: i32 = 1 << (SCORE_BITS - 1);

impl SortKey {
    /// The smallest key of a tier.
    pub const fn first_of(tier: Tier) -> Self {
        Self((tier as u64) << (1 + PROMINENCE_BITS + SCORE_BITS + 2 * CHARS_BITS + CLASS_BITS))
    }

    /// The key of a row whose group has this class and prominence; for their ranges see
    /// [`Groups`](super::groups::Groups).
    ///
    /// The fields, the most significant first: tier, whether it matches to the end of a word, prominence, score,
    /// length, start, class. In the fuzzy tiers prominence comes after start.
    #[inline]
    pub fn new(rank: &MatchRank, class: u8, prominence: u8) -> Self {
        let most = (1 << PROMINENCE_BITS) - 1;
        let prominence = most - u64::from(prominence).min(most);
        let score = u64::from(rank.score.clamp(-SCORE_LIMIT, SCORE_LIMIT - 1).abs_diff(SCORE_LIMIT - 1));
        let chars = |count: u32| u64::from(count).min((1 << CHARS_BITS) - 1);
        let fit = (score << CHARS_BITS | chars(rank.chars)) << CHARS_BITS | chars(rank.start);
        let tier = rank.tier as u64;
        let head = match rank.tier {
            Tier::Fuzzy | Tier::Scattered => {
                tier << 1 << (SCORE_BITS + 2 * CHARS_BITS + PROMINENCE_BITS) | fit << PROMINENCE_BITS | prominence
            }
            Tier::Exact | Tier::Prefix | Tier::Word | Tier::Typo | Tier::Prose => {
                let way = tier << 1 | u64::from(!rank.whole);
                (way << PROMINENCE_BITS | prominence) << (SCORE_BITS + 2 * CHARS_BITS) | fit
            }
        };
        Self(head << CLASS_BITS | u64::from(class).min((1 << CLASS_BITS) - 1))
    }
}
