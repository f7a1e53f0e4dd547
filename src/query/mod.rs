//! The query language: what is typed into a finder, a filter or a command line.
//!
//! | form | meaning |
//! |---|---|
//! | `word` | fuzzy on names; the start of a word, or a part of it, in prose |
//! | `'x` | contains exactly this |
//! | `^x` · `x$` · `^x$` | the name starts with it · ends with it · is it |
//! | `"two words"` | these words, one after the other |
//! | `!x` | nothing that has a word starting with it (`!'x`: containing it) |
//! | `a \| b` | either |
//! | `kind:person,unit` | only these kinds; `!kind:event` all but these |
//! | `year:2019` · `year:2021-06..2021-08` · `year:2019..` · `year:..1994` | dated then, for sure or possibly; a comma is "or"; `!year:2019` surely not then; `year:..` dated at all |
//! | `at:2021-06` | what counted at that moment: see [`standing`](crate::timeline::status) |
//! | `state:planned,alleged` | only claims of this sort: actual, planned, alleged, denied, inferred |
//! | `inst:"aiims kalyani"` · `dept:` · `person:` · `role:` | of these by name: their words in any order, whole where any name has them whole, else begun |
//! | `degree:DM,MCh` | programmes of these levels, and the departments that offer them |
//! | `source:C` | what rests on this document, by its key or name |
//! | `has:conflict` | a flag; see [`Flag`] |
//! | `sort:kind,-date` | the order of what is found; see [`Order`] |
//! | `2021-06` | a date as the only words: found by its days too |
//!
//! Space means "and". Case, accents, dots and titles do not matter. In a value a comma means "or", and
//! quotes hold together what has spaces; a `!` stands before any field but `sort:`. What is asked twice
//! is asked once.
//!
//! Invariant: every text of a parsed query is folded and not empty; signs that are still
//! without a word (`!`, `^`, an opening quote) mean nothing, so that typing never fails
//! halfway except at a field. Conditions stand in one order, whatever was typed first.

mod error;
mod field;
mod lens;
mod lines;
#[cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]
pub mod matching;
pub mod office_search;
mod order;
mod print;
mod read;
mod signs;
mod terms;
#[cfg(test)]
mod tests;
mod value;
mod when;

use std::collections::HashSet;

use crate::model::{Kind, When};
use crate::search::fuzzy::{Bag, Token};

pub use self::error::{Fault, QueryError, TimeFault};
pub use self::field::{Field, markdown};
pub use self::lens::{Condition, Flag, Lens, NameField, State};
pub use self::order::{IN_DATE_ORDER, Key, Order};
pub use self::when::Span;

/// How a text is folded: as a name is, or as a line.
type Fold = fn(&str) -> String;

/// The longest query, in characters.
pub const MAX_QUERY: usize = 10_000;

/// Words beyond so many bytes are no date.
const LONGEST_DATE: usize = 100;

/// A parsed query. The default lets everything pass.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub(crate) wanted: Vec<Term>,
    pub(crate) unwanted: Vec<Term>,
    kinds: KindSet,
    /// To what it is narrowed from outside.
    among: KindSet,
    unwanted_kinds: Vec<Kind>,
    pub(crate) conditions: Vec<Condition>,
    order: Vec<Order>,
    /// The date that was typed, where it was nothing else; it has both bounds.
    pub(crate) date: Option<When>,
    /// All that was typed, where it was plain words only.
    pub(crate) whole: Option<String>,
    /// Characters without which nothing is found.
    pub(crate) bag: Bag,
}

/// One condition: any one of its atoms holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) any: Vec<Atom>,
}

/// A text, and how it has to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Atom {
    pub(crate) token: Token,
    pub(crate) form: Form,
}

/// How a text has to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// `x`: one word, found in any way.
    Loose,
    /// `'x`: anywhere, letter by letter.
    Within,
    /// `^x`: where the name starts.
    Start,
    /// `x$`: where the name ends.
    End,
    /// `^x$`: the whole name.
    Whole,
    /// `"x y"`: whole words in this order; with the last word unfinished while the quote is open.
    Phrase(Quote),
}

/// Whether a phrase's closing quote was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Quote {
    Open,
    Closed,
}

/// A set of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct KindSet(u16);

impl Default for KindSet {
    fn default() -> Self {
        Self::of(Kind::ALL.iter().copied())
    }
}

impl KindSet {
    fn of(kinds: impl IntoIterator<Item = Kind>) -> Self {
        Self(kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u16))
    }

    fn has(self, kind: Kind) -> bool {
        self.0 >> kind as u16 & 1 == 1
    }

    fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(move |&kind| self.has(kind))
    }
}

impl Query {
    /// Reads a query. Takes time with its length alone.
    ///
    /// # Errors
    /// For a field, kind, state, flag or order that does not exist, a field without value, what is no
    /// date, signs that do not go together, and too long a text; with the column of each.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        if let Some((at, _)) = text.char_indices().nth(MAX_QUERY) {
            return Err(Fault::TooLong.at(at).in_query(text));
        }
        read::read(text).map_err(|wrong| wrong.in_query(text))
    }

    /// The query that words mean which each stand in a name, whole or only begun.
    pub(crate) fn of_name_words(folded: &str, kinds: &[Kind], are_whole: bool) -> Self {
        let quote = if are_whole { Quote::Closed } else { Quote::Open };
        let term = |word| Term { any: vec![Atom { token: Token::new(word), form: Form::Phrase(quote) }] };
        let mut query = Self { kinds: KindSet::of(kinds.iter().copied()), ..Self::default() };
        query.wanted = folded.split(' ').map(term).collect();
        query.find_bag();
        query
    }

    /// The same among entities of one kind. This is no part of its text.
    #[must_use]
    pub fn of_kind(mut self, kind: Kind) -> Self {
        self.among.0 &= KindSet::of([kind]).0;
        self
    }

    /// Whether it lets everything pass, in whatever order.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
            && self.unwanted.is_empty()
            && self.kinds == KindSet::default()
            && self.among == KindSet::default()
            && self.unwanted_kinds.is_empty()
            && self.conditions.is_empty()
    }

    /// Whether entities of this kind can be found.
    pub fn allows(&self, kind: Kind) -> bool {
        self.kinds.has(kind) && self.among.has(kind) && !self.unwanted_kinds.contains(&kind)
    }

    /// What it asks beside words and kinds; all of it has to hold.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Whether it asks for more than words.
    pub fn has_fields(&self) -> bool {
        let has_kinds = self.kinds != KindSet::default() || !self.unwanted_kinds.is_empty();
        has_kinds || !self.conditions.is_empty() || !self.order.is_empty()
    }

    /// The order that was asked for: by the first of these, then by the next; none where nothing was.
    pub fn order(&self) -> &[Order] {
        &self.order
    }

    /// Whether it asks about time, so that an answer can be merely possible.
    pub fn is_of_time(&self) -> bool {
        self.conditions.iter().any(Condition::is_of_time)
    }

    /// Whether it excludes what is of this kind.
    pub(crate) fn excludes(&self, kind: Kind) -> bool {
        self.unwanted_kinds.contains(&kind)
    }

    /// Whether it excludes anything by name or kind.
    pub(crate) fn excludes_any(&self) -> bool {
        !self.unwanted.is_empty() || !self.unwanted_kinds.is_empty()
    }

    /// Takes the words without signs into account.
    fn add_plain(&mut self, typed: &str, alone: bool, fold: Fold) {
        let folded = fold_once_each(typed, fold);
        let words: Vec<&str> = folded.split_whitespace().collect();
        for word in &words {
            let atom = Atom { token: Token::new(word), form: Form::Loose };
            self.wanted.push(Term { any: vec![atom] });
        }
        if !alone || words.is_empty() {
            return;
        }
        let plain = words.join(" ");
        let date = |text: &str| {
            let is_short = text.len() <= LONGEST_DATE;
            let when = is_short.then(|| When::parse(text).ok()).flatten();
            when.filter(|when| when.earliest().and(when.latest()).is_some())
        };
        self.date = date(typed.trim()).or_else(|| date(&plain));
        self.whole = Some(plain);
    }

    /// Gathers the characters that every name found must have.
    fn find_bag(&mut self) {
        let single = self.wanted.iter().filter_map(|term| match term.any.as_slice() {
            [atom] => Some(atom.token.bag()),
            _ => None,
        });
        self.bag = single.fold(Bag::default(), Bag::union);
    }
}

/// The folded words of a text, each once. Where one is left out, initials may come to stand side by side, which
/// then are one word.
fn fold_once_each(text: &str, fold: Fold) -> String {
    let mut folded = fold(text);
    loop {
        let mut seen = HashSet::new();
        let words: Vec<&str> = folded.split_whitespace().filter(|&word| seen.insert(word)).collect();
        let again = fold(&words.join(" "));
        if again == folded {
            return folded;
        }
        folded = again;
    }
}
