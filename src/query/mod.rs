//! The query language of finders, filters and the command line.
//!
//! | form | meaning |
//! |---|---|
//! | `word` | fuzzy on names; the start of a word, or a part of it, in prose |
//! | `'x` | contains exactly this |
//! | `^x` · `x$` · `^x$` | the name starts with it · ends with it · is it |
//! | `"two words"` | these words in sequence |
//! | `!x` | excludes what has a word starting with x (`!'x`: containing it) |
//! | `a \| b` | either |
//! | `kind:person,unit` | only these kinds and those below them; `kind:=unit` that kind alone; `!kind:event` all but these |
//! | `year:2019` · `year:2021-06..2021-08` · `year:2019..` · `year:..1994` | dated then, certainly or possibly; a comma is "or"; `!year:2019` certainly not then; `year:..` dated at all |
//! | `at:2021-06` | in force at that moment: see [`status`](crate::timeline::status) |
//! | `state:planned,alleged` | only claims in a state: actual, planned, alleged, denied, inferred |
//! | `inst:"green hill"` · `person:` · `role:` | related to an entity by name: its words in any order, as whole words if any name has them, else as starts of words |
//! | `opened:2019..2021` · `cost:">1 million EUR"` · `party:labour` | a property of the dossier has such a value; `prop:NAME:` where a field has the name |
//! | `source:C` | with evidence in this document, by its key or name |
//! | `has:conflict` | a flag; see [`Flag`] |
//! | `sort:kind,-date` | the order of the results; see [`Order`] |
//! | `2021-06` | a date as the only words also finds its days; beside others: dated then, held then, or so called |
//! | `++` · `'++` | signs as they are: as the only words; beside others |
//!
//! Space means "and". Words are looked for in names, in what is said, and in the names of properties that are stated; they
//! may be divided between a name and what is said. Case, accents, dots and titles are ignored, and letters behind a
//! name where nothing has them. In a value a comma means "or", and quotes
//! keep words together; a `!` may stand before any field but `sort:`. Repeated terms count once.
//!
//! Invariant: every text of a parsed query is folded and not empty; signs without a word yet (`!`, `^`, an
//! opening quote) are ignored, so that only fields can be wrong while typing. Conditions are sorted,
//! regardless of the order in which they were typed.

mod bare;
mod choices;
mod condition;
mod error;
mod field;
mod lines;
#[cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]
pub mod matching;
mod number;
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

use crate::model::{KindId, Vocabulary, When};
use crate::search::{Atom, Form, Pattern, Quote, Spelling, Term, Token};
use crate::vocabulary::KindSet;

pub use self::choices::{ClaimState, Flag, Key, ReviewState};
pub use self::condition::{Condition, ConditionKind, NameField, Named, SaidTest};
pub use self::error::{Fault, QueryError, TimeFault};
pub use self::field::{Field, field_names, markdown};
pub use self::order::{IN_DATE_ORDER, Order};
use self::print::KindFields;
pub use self::when::Span;

/// The folding of a text: as a name or as a line.
type Fold = fn(&str) -> String;

/// The longest query, in characters.
pub const MAX_QUERY: usize = 10_000;

/// The longest text in bytes that is tried as a date.
const LONGEST_DATE: usize = 100;

/// A parsed query. The default matches everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The words.
    pattern: Pattern,
    kinds: KindSet,
    /// The kinds that the caller restricts the query to.
    among: KindSet,
    unwanted_kinds: KindSet,
    /// The kinds as they are printed.
    kind_fields: KindFields,
    pub(crate) conditions: Vec<Condition>,
    order: Vec<Order>,
    /// The date, if the plain words are exactly a date with both bounds.
    pub(crate) date: Option<When>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            pattern: Pattern::default(),
            kinds: KindSet::ALL,
            among: KindSet::ALL,
            unwanted_kinds: KindSet::default(),
            kind_fields: KindFields::default(),
            conditions: Vec::new(),
            order: Vec::new(),
            date: None,
        }
    }
}

impl Query {
    /// Parses a query in time linear in its length.
    ///
    /// # Errors
    ///
    /// Returns the first error with its column: an unknown field, kind, state, flag or sort key, a field without
    /// a value, an invalid date, signs that cannot be combined, or more than [`MAX_QUERY`] characters.
    ///
    /// # Examples
    ///
    /// Printing gives an equal query in one canonical form:
    ///
    /// ```
    /// use annals::query::Query;
    /// use annals::vocabulary::{Base, Vocabulary};
    ///
    /// let words = Vocabulary::built_in(Base::General);
    /// let query = Query::parse("sort:-date Dean kind:unit,person !kind:post", &words)?;
    /// assert_eq!(query.to_string(), "dean kind:unit,person !kind:post sort:-date");
    /// assert_eq!(Query::parse(&query.to_string(), &words)?, query);
    ///
    /// let error = Query::parse("dean yer:2021", &words).unwrap_err();
    /// assert_eq!(error.to_string(), "column 6: unknown field \"yer\"; did you mean \"year\"?");
    /// # Ok::<(), annals::query::QueryError>(())
    /// ```
    pub fn parse(text: &str, words: &Vocabulary) -> Result<Self, QueryError> {
        if let Some((at, _)) = text.char_indices().nth(MAX_QUERY) {
            return Err(Fault::TooLong.at(at).in_query(text));
        }
        read::read(text, words).map_err(|wrong| wrong.in_query(text))
    }

    /// Creates a query for names that contain all of these folded words, as whole words or as starts of words.
    pub(crate) fn of_name_words(folded: &str, kinds: KindSet, are_whole: bool) -> Self {
        let quote = if are_whole { Quote::Closed } else { Quote::Open };
        let term = |word| Term { any: vec![Atom { token: Token::new(word), form: Form::Phrase(quote) }] };
        let mut query = Self { kinds, ..Self::default() };
        query.pattern.wanted = folded.split(' ').map(term).collect();
        query
    }

    /// Restricts the query to entities of these kinds. The restriction is not printed.
    #[must_use]
    pub fn of_kinds(mut self, kinds: &KindSet) -> Self {
        self.among = self.among.intersection(kinds);
        self
    }

    /// Returns true if it matches everything, in whatever order.
    pub fn is_empty(&self) -> bool {
        self.pattern.is_empty()
            && self.kinds == KindSet::ALL
            && self.among == KindSet::ALL
            && self.unwanted_kinds.is_empty()
            && self.conditions.is_empty()
    }

    /// Returns what it asks of names and prose.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// Returns true if entities of this kind can match.
    pub fn allows(&self, kind: KindId) -> bool {
        self.kinds.has(kind) && self.among.has(kind) && !self.unwanted_kinds.has(kind)
    }

    /// Returns the conditions beside words and kinds; all of them must hold.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Returns true if it contains a field.
    pub fn has_fields(&self) -> bool {
        let has_kinds = self.kinds != KindSet::ALL || !self.unwanted_kinds.is_empty();
        has_kinds || !self.conditions.is_empty() || !self.order.is_empty()
    }

    /// Returns the sort keys, most significant first; empty without `sort:`.
    pub fn order(&self) -> &[Order] {
        &self.order
    }

    /// Returns true if a condition is about time, so that a match can be merely possible.
    pub fn is_of_time(&self) -> bool {
        self.conditions.iter().any(Condition::is_of_time)
    }

    /// Returns true if it excludes entities of this kind.
    pub(crate) fn excludes(&self, kind: KindId) -> bool {
        self.unwanted_kinds.has(kind)
    }

    /// Returns true if it excludes entities by name or kind.
    pub(crate) fn excludes_any(&self) -> bool {
        !self.pattern.unwanted.is_empty() || !self.unwanted_kinds.is_empty()
    }

    /// Adds words that have no letters as signs that are wanted.
    fn add_signs(&mut self, typed: &str, fold: Fold) {
        for signs in signs::typed(typed).filter_map(|word| bare::signs(&word, fold)) {
            self.pattern.add_signs(false, vec![signs]);
        }
    }

    /// Adds the words without signs; `alone` is true if there are no others.
    fn add_plain(&mut self, typed: &str, alone: bool, fold: Fold) {
        let plain = self.pattern.push_words(&fold_once_each(typed, fold));
        self.pattern.spelling = Spelling::of(typed);
        if !alone || plain.is_empty() {
            return;
        }
        let date = |text: &str| {
            let is_short = text.len() <= LONGEST_DATE;
            let when = is_short.then(|| When::parse(text).ok()).flatten();
            when.filter(|when| when.earliest().and(when.latest()).is_some())
        };
        self.date = date(typed.trim()).or_else(|| date(&plain));
        self.pattern.whole = Some(plain);
    }
}

/// Folds a text and removes repeated words. Removing a word can bring initials together, which fold to one word,
/// so this is repeated until nothing changes.
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
