//! The search engine: finds strings, and groups of strings, by what people type, and ranks them.
//!
//! **Tiers.** A text matches a [`Pattern`] in the worst of the ways in which the terms of the pattern match it; see
//! [`Tier`]. Tiers come before everything else.
//!
//! **Within a tier** of whole or begun words the order is: names in which every word was typed to its end; then the
//! *prominence* of the group, in powers of two; then score, shorter text, earlier match, class of the group, label. A
//! name that begins with what was typed has no tier of its own above a name that has it further on: a prominent group
//! with the word in the middle comes before an obscure one that begins with it. With prominence equal, the score prefers
//! the front. Fuzzy matches are ordered by score first: for them the match is in doubt.
//!
//! **How it is fast.** Each step rules out names, so that the next, dearer one sees fewer:
//!
//! | step | modules | what it does |
//! |---|---|---|
//! | share | `parallel`, [`Stop`] | divides the chunks among threads; a newer search ends this one between two chunks |
//! | scan | `chunk`, `scan` | goes over folded names in columns |
//! | prefilter | `prefilter`, `letter_bitmap` | tells from a bitmap index of letters which of 64 names can match |
//! | one word | `single_word` | counts names that surely match and cannot be among the best (`top`), without their texts |
//! | masks | `masks`, `name_masks`, `plan` | tell from the positions of letters whether a name matches, and bound its rank |
//! | score | `alignment` | computes the exact score, if the bound would bring the name among the best |
//!
//! `text_match` matches a text without any of these steps and is the reference that tests compare with.
//!
//! Entry points: [`Lines`] for strings, [`GroupIndex`] for groups of strings, [`highlights`] for what matched.
//!
//! Invariant: the engine knows strings and the numbers of groups, and nothing of what they mean.

mod alignment;
mod chunk;
mod chunk_set;
mod folded_text;
#[allow(clippy::indexing_slicing, reason = "its tables are as long as the token and the word")]
mod fuzzy;
mod group_index;
mod groups;
mod highlight;
mod letter_bitmap;
mod lines;
mod masks;
mod name_masks;
pub(crate) mod parallel;
mod pattern;
mod plan;
mod prefilter;
mod rank;
mod results;
mod scan;
mod set;
mod single_word;
mod stop;
#[cfg(test)]
mod tests;
mod text_match;
mod top;
mod typo;

pub use self::chunk::{Chunk, Chunks, GROUPS, StoredChunk};
pub use self::group_index::{GroupIndex, Known, MatchSets};
pub use self::groups::Groups;
pub use self::highlight::{highlights, line_highlights};
pub use self::lines::{LineResults, Lines};
pub use self::pattern::Pattern;
pub(crate) use self::pattern::{Atom, Form, Quote, Spelling, Term, Token};
pub use self::rank::Tier;
pub use self::results::{FoundText, GroupHit, Results, Stage};
pub use self::set::{GroupSet, Numbered, Set};
pub use self::stop::{Stop, Turns};
pub use self::text_match::Bits;
