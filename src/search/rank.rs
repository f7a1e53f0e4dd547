//! Ranks of matches, and the order of rows as one number, so that most comparisons take one instruction.
//!
//! Invariant: tiers are declared from best to worst, and of two rows the one with the smaller key comes first. Rows with
//! the same key are ordered by their labels, then by the numbers of their groups.

use std::cmp::{Ordering, Reverse};

use super::fuzzy::{Fit, is_scattered};

/// The way in which a text matches a pattern, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The name is the pattern.
    Exact,
    /// The pattern occurs in the name, from the start of a word on.
    Prefix,
    /// Every word of the pattern begins a word of the name, in any order.
    Word,
    /// No name has every word, but something that the caller knows of the group has: see [`Known`](super::Known).
    Known,
    /// No name has every word, but prose of the group has: each word of the pattern begins one in the prose, or in a name.
    Prose,
    /// The letters of every word occur in the name, in order, and most of them side by side or at the start of words.
    Fuzzy,
    /// Every word of the pattern begins a word of the name, but for one typing error a word.
    Typo,
    /// As [`Prose`](Self::Prose), but a word of the pattern only occurs inside of a word.
    Inside,
    /// The letters of every word occur in the name, in order, but scattered.
    Scattered,
}

impl Tier {
    /// Returns true if the text has the pattern letter by letter: its row stands above the divider.
    pub const fn is_close(self) -> bool {
        match self {
            Self::Exact | Self::Prefix | Self::Word => true,
            Self::Known | Self::Prose | Self::Fuzzy | Self::Typo | Self::Inside | Self::Scattered => false,
        }
    }

    /// Returns true if not a name matched, but what is said of the group.
    pub const fn is_said(self) -> bool {
        match self {
            Self::Known | Self::Prose | Self::Inside => true,
            Self::Exact | Self::Prefix | Self::Word | Self::Fuzzy | Self::Typo | Self::Scattered => false,
        }
    }

    /// The tier of a text that begins, from a word on, with the pattern; `is_all` tells that nothing follows.
    pub const fn exact_or_prefix(is_all: bool) -> Self {
        if is_all { Self::Exact } else { Self::Prefix }
    }
}

/// The rank of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatchRank {
    /// The worst tier of all terms.
    pub tier: Tier,
    /// True if every term matches to the end of a word.
    pub whole: bool,
    /// The sum of the scores of the terms; for [`Tier::Typo`] minus the number of typing errors.
    pub score: i32,
    /// The length of the text: of a name in characters, of prose in bytes.
    pub chars: u32,
    /// The first character that matches, from 0.
    pub start: u32,
}

impl MatchRank {
    /// Compares two texts; the better one is less.
    pub fn compare(&self, other: &Self) -> Ordering {
        let key = |rank: &Self| (rank.tier, !rank.whole, Reverse(rank.score), rank.chars, rank.start);
        key(self).cmp(&key(other))
    }

    /// Compares two names of the same group; the better one is less.
    ///
    /// Names that match letter by letter in the same tier are equal, so that the first of them is shown: the label.
    pub fn compare_names(&self, other: &Self) -> Ordering {
        let key = |rank: &Self| (rank.tier, !rank.whole);
        match self.tier {
            Tier::Fuzzy | Tier::Scattered => self.compare(other),
            Tier::Known | Tier::Prose | Tier::Inside => {
                let key = |rank: &Self| (rank.tier, !rank.whole, Reverse(rank.score));
                key(self).cmp(&key(other))
            }
            Tier::Exact | Tier::Prefix | Tier::Word | Tier::Typo => key(self).cmp(&key(other)),
        }
    }

    /// Returns the rank of a name by the best rank of each term, which `of_term` returns; `None` if a term does not
    /// match.
    #[inline]
    pub fn of_terms<T>(terms: &[T], mut of_term: impl FnMut(&T) -> Option<Self>) -> Option<Self> {
        let mut sum = Self { tier: Tier::Exact, whole: true, score: 0, chars: 0, start: u32::MAX };
        for term in terms {
            let rank = of_term(term)?;
            sum.tier = sum.tier.max(rank.tier);
            sum.whole &= rank.whole;
            sum.score += rank.score;
            sum.start = sum.start.min(rank.start);
        }
        Some(sum)
    }
}

/// An occurrence of a token in a name.
#[derive(Clone, Copy)]
pub struct Occurrence {
    /// The tier; [`Tier::Fuzzy`] may turn out to be [`Tier::Scattered`].
    pub tier: Tier,
    /// True if it ends with a word.
    pub whole: bool,
    /// True if its letters may stand apart.
    pub is_loose: bool,
}

impl Occurrence {
    /// The rank of a token of `letters` letters that occurs so and fits so well, without the length of the name.
    #[inline]
    pub fn rank(self, Fit { score, start }: Fit, letters: usize) -> MatchRank {
        let is_scattered = self.is_loose && self.tier == Tier::Fuzzy && is_scattered(score, letters);
        let tier = if is_scattered { Tier::Scattered } else { self.tier };
        MatchRank { tier, whole: self.whole, score, chars: 0, start }
    }
}

/// The position of a row among others; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey(u64);

/// The widths of the fields of a key, in bits: see [`SortKey::new`].
const PROMINENCE_BITS: u32 = 6;
const SCORE_BITS: u32 = 24;
const CHARS_BITS: u32 = 11;
const CLASS_BITS: u32 = 4;

/// Longer texts, in characters, are ordered as if they had this length.
pub const MOST_CHARS: u32 = (1 << CHARS_BITS) - 1;

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
        let chars = |count: u32| u64::from(count.min(MOST_CHARS));
        let fit = (score << CHARS_BITS | chars(rank.chars)) << CHARS_BITS | chars(rank.start);
        let tier = rank.tier as u64;
        let head = match rank.tier {
            Tier::Fuzzy | Tier::Scattered => {
                tier << 1 << (SCORE_BITS + 2 * CHARS_BITS + PROMINENCE_BITS) | fit << PROMINENCE_BITS | prominence
            }
            Tier::Exact | Tier::Prefix | Tier::Word | Tier::Known | Tier::Prose | Tier::Typo | Tier::Inside => {
                let way = tier << 1 | u64::from(!rank.whole);
                (way << PROMINENCE_BITS | prominence) << (SCORE_BITS + 2 * CHARS_BITS) | fit
            }
        };
        Self(head << CLASS_BITS | u64::from(class).min((1 << CLASS_BITS) - 1))
    }
}
