//! The order of rows as one number, so that most comparisons are one instruction.
//!
//! Invariant: of two rows the one with the smaller key comes first; rows with the same key come
//! in the order of their labels, then of the dossier.

use super::Tier;
use super::judge::Standing;
use crate::model::Kind;

/// The place of a row among others; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

/// How many bits each part of a key has, the most telling first: see [`Key::new`].
const FAME_BITS: u32 = 6;
const SCORE_BITS: u32 = 24;
const CHARS_BITS: u32 = 11;
const KIND_BITS: u32 = 4;

/// Scores lie between minus this and this; what lies outside is taken for the nearest.
const SCORE_LIMIT: i32 = 1 << (SCORE_BITS - 1);

impl Key {
    /// The first of all keys of a tier.
    pub const fn first_of(tier: Tier) -> Self {
        Self((tier as u64) << (1 + FAME_BITS + SCORE_BITS + 2 * CHARS_BITS + KIND_BITS))
    }

    /// The key of a row of this kind, where it has one, to which so many claims point, in powers of two.
    #[inline]
    pub fn new(standing: &Standing, kind: Option<Kind>, prominence: u8) -> Self {
        let fame = (1 << FAME_BITS) - 1 - u64::from(prominence).min((1 << FAME_BITS) - 1);
        let score = standing.score.clamp(-SCORE_LIMIT, SCORE_LIMIT - 1).abs_diff(SCORE_LIMIT - 1);
        let score = u64::from(score);
        let chars = |count: u32| u64::from(count).min((1 << CHARS_BITS) - 1);
        let fit = (score << CHARS_BITS | chars(standing.chars)) << CHARS_BITS | chars(standing.start);
        let tier = standing.tier as u64;
        let head = match standing.tier {
            Tier::Fuzzy | Tier::Scattered => {
                tier << 1 << (SCORE_BITS + 2 * CHARS_BITS + FAME_BITS) | fit << FAME_BITS | fame
            }
            Tier::Exact | Tier::Prefix | Tier::Word | Tier::Typo | Tier::Prose => {
                let way = tier << 1 | u64::from(!standing.whole);
                (way << FAME_BITS | fame) << (SCORE_BITS + 2 * CHARS_BITS) | fit
            }
        };
        Self(head << KIND_BITS | kind.map_or(0, kind_order))
    }
}

/// What people look for most comes first.
const fn kind_order(kind: Kind) -> u64 {
    match kind {
        Kind::Institution => 0,
        Kind::Unit => 1,
        Kind::Person => 2,
        Kind::Post => 3,
        Kind::Programme => 4,
        Kind::Facility => 5,
        Kind::Agreement => 6,
        Kind::Event => 7,
        Kind::Scheme => 8,
        Kind::Place => 9,
        Kind::Tenure => 10,
        Kind::Document => 11,
    }
}
