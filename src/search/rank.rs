//! Ranks of matches.
//!
//! Invariant: tiers are declared from best to worst, so that their order is that of rows.

use std::cmp::{Ordering, Reverse};

/// The way in which a text matches a pattern, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The name is the pattern.
    Exact,
    /// The pattern occurs in the name, from the start of a word on.
    Prefix,
    /// Every word of the pattern begins a word of the name, in any order.
    Word,
    /// The letters of every word occur in the name, in order, and most of them side by side or at the start of words.
    Fuzzy,
    /// Every word of the pattern begins a word of the name, but for one typing error a word.
    Typo,
    /// No name matches, but prose of the group does.
    Prose,
    /// The letters of every word occur in the name, in order, but scattered.
    Scattered,
}

impl Tier {
    /// Returns true if the text has the pattern letter by letter: its row stands above the divider.
    pub const fn is_close(self) -> bool {
        match self {
            Self::Exact | Self::Prefix | Self::Word => true,
            Self::Fuzzy | Self::Typo | Self::Prose | Self::Scattered => false,
        }
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
            Tier::Exact | Tier::Prefix | Tier::Word | Tier::Typo | Tier::Prose => key(self).cmp(&key(other)),
        }
    }
}
