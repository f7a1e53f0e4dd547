//! The results of a search among groups.
//!
//! Invariant: a group is listed once, with its best text, and counted once.

use super::rank::Tier;

/// The text by which a group was found, by its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundText<N, P> {
    /// One of its names.
    Name(N),
    /// A piece of its prose.
    Prose(P),
    /// What its caller knows of it; see [`Known`](super::Known).
    Known(u32),
}

/// A group that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupHit<N, P> {
    /// The number of the group.
    pub group: u32,
    /// In which way it matched.
    pub tier: Tier,
    /// The score within the tier; only scores for the same pattern can be compared.
    pub score: i32,
    /// Its best text.
    pub text: FoundText<N, P>,
}

/// The rows of a search, and the number of all matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results<H> {
    /// The best rows, best first; at most as many as were asked for.
    pub rows: Vec<H>,
    /// The number of groups that match letter by letter: see [`Tier::is_close`].
    pub close: usize,
    /// The number of groups of which a name matches in another way; see [`GroupIndex::search`](super::GroupIndex::search).
    pub fuzzy: usize,
    /// The number of groups that are found by what is said of them.
    pub prose: usize,
}

impl<H> Default for Results<H> {
    fn default() -> Self {
        Self { rows: Vec::new(), close: 0, fuzzy: 0, prose: 0 }
    }
}

impl<H> Results<H> {
    /// The number of groups that match.
    pub fn total(&self) -> usize {
        self.close + self.fuzzy + self.prose
    }

    /// Converts every row.
    pub fn map<I>(self, row: impl FnMut(H) -> I) -> Results<I> {
        let Self { rows, close, fuzzy, prose } = self;
        Results { rows: rows.into_iter().map(row).collect(), close, fuzzy, prose }
    }
}

/// A stage of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage<H> {
    /// Names are searched, prose is not yet.
    Names(Results<H>),
    /// The search is complete.
    Whole(Results<H>),
}

impl<H> Stage<H> {
    /// Converts every row.
    pub fn map<I>(self, row: impl FnMut(H) -> I) -> Stage<I> {
        match self {
            Self::Names(results) => Stage::Names(results.map(row)),
            Self::Whole(results) => Stage::Whole(results.map(row)),
        }
    }
}
