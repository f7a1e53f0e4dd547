//! What a search gives back.
//!
//! Invariant: tiers are declared from best to worst, so that their order is that of rows.

use crate::model::id::Sym;
use crate::model::{ClaimId, Dossier, EntityId};

/// How a query and a text match, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The name is what was typed.
    Exact,
    /// The name has what was typed as it was typed, from the start of a word on.
    Prefix,
    /// Every word typed begins a word of the name, in any order.
    Word,
    /// Every word typed has its letters in the name, in order, and most of them together or
    /// at the start of words.
    Fuzzy,
    /// Every word typed begins a word of the name but for one slip of the finger.
    Typo,
    /// Not a name matches, but words that are said of the entity.
    Prose,
    /// The letters are in the name, in order, but here and there: hardly what was meant.
    Scattered,
}

impl Tier {
    /// Whether it stands above the divider: what was typed is there, letter by letter.
    pub const fn is_close(self) -> bool {
        match self {
            Self::Exact | Self::Prefix | Self::Word => true,
            Self::Fuzzy | Self::Typo | Self::Prose | Self::Scattered => false,
        }
    }
}

/// What it was that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched {
    /// A name: the text as written.
    Name(Sym),
    /// Words said in a claim about the entity: its value or its note.
    Prose(ClaimId, Sym),
}

/// One entity found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The entity.
    pub entity: EntityId,
    /// How it matched.
    pub tier: Tier,
    /// How well, within the tier; only scores for the same query compare.
    pub score: i32,
    /// Which of its names, or which words about it.
    pub matched: Matched,
}

impl Hit {
    /// Whether it stands above the divider.
    pub const fn is_close(&self) -> bool {
        self.tier.is_close()
    }

    /// The text that matched, as written.
    pub fn text<'a>(&self, dossier: &'a Dossier) -> &'a str {
        match self.matched {
            Matched::Name(text) | Matched::Prose(_, text) => dossier.text(text),
        }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Results {
    /// The best rows, as many as were asked for.
    pub rows: Vec<Hit>,
    /// How many entities match above the divider.
    pub close: usize,
    /// How many match by name below it: fuzzily, but for a slip, or by scattered letters.
    pub fuzzy: usize,
    /// How many match by what is said of them.
    pub prose: usize,
}

impl Results {
    /// How many entities match.
    pub fn total(&self) -> usize {
        self.close + self.fuzzy + self.prose
    }
}
