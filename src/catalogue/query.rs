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
//! | `at:2021-06` | what counted at that moment: see [`standing`](super::standing) |
//! | `state:planned,alleged` | only claims of this sort: actual, planned, alleged, denied, inferred |
//! | `2021-06` | a date as the only words: found by its days too |
//!
//! Space means "and". Case, accents, dots and titles do not matter.
//!
//! Invariant: every text of a parsed query is folded and not empty; signs that are still
//! without a word (`!`, `^`, an opening quote) mean nothing, so that typing never fails
//! halfway except at a field. Conditions stand in one order, whatever was typed first.

mod error;
mod field;
mod lines;
mod print;
mod signs;
#[cfg(test)]
mod tests;
mod when;

use self::signs::{Word, alternatives, words};
use super::fold::fold;
use super::fuzzy::{Bag, Token};
use crate::formats::defect::nearest;
use crate::model::{Kind, When};

pub use self::error::{QueryError, TimeFault};
pub use self::field::{Condition, Field, Lens, State};
pub use self::when::Span;

/// The longest query, in characters.
pub const MAX_QUERY: usize = 256;

/// A parsed query. The default lets everything pass.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub(super) wanted: Vec<Term>,
    pub(super) unwanted: Vec<Term>,
    kinds: KindSet,
    unwanted_kinds: Vec<Kind>,
    pub(super) conditions: Vec<Condition>,
    /// The date that was typed, where it was nothing else; it has both bounds.
    pub(super) date: Option<When>,
    /// All that was typed, where it was plain words only.
    pub(super) whole: Option<String>,
    /// Characters without which nothing is found.
    pub(super) bag: Bag,
}

/// One condition: any one of its atoms holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) any: Vec<Atom>,
}

/// A text, and how it has to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) token: Token,
    pub(super) form: Form,
}

/// How a text has to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
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
    /// Reads a query.
    ///
    /// # Errors
    /// For a field, kind or state that does not exist, a field without value, what is no date,
    /// signs that do not go together, and too long a text.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        if text.chars().nth(MAX_QUERY).is_some() {
            return Err(QueryError::TooLong);
        }
        let mut query = Self::default();
        // Plain words are folded together, so that "V K Tewari" has its initials joined.
        let mut plain = String::new();
        let mut only_plain = true;
        for mut group in alternatives(words(text)) {
            if group.iter().skip(1).any(|word| word.negated && word.atom().is_some()) {
                return Err(QueryError::NotBehindOr);
            }
            group.retain(|word| word.field().is_some() || word.atom().is_some());
            match group.as_slice() {
                [] => {}
                [word] if word.field().is_some() => query.restrict(text, word)?,
                [word] if word.is_plain() => {
                    plain.push(' ');
                    plain.push_str(word.text);
                }
                [first, ..] => {
                    if let Some((name, _)) = group.iter().find_map(Word::field) {
                        return Err(field_error(name));
                    }
                    only_plain &= first.negated;
                    let terms = if first.negated { &mut query.unwanted } else { &mut query.wanted };
                    terms.push(Term { any: group.iter().filter_map(Word::atom).collect() });
                }
            }
        }
        query.add_plain(&plain, only_plain);
        query.gather_bag();
        query.conditions.sort_by_cached_key(ToString::to_string);
        query.conditions.dedup();
        Ok(query)
    }

    /// The same among entities of one kind.
    #[must_use]
    pub fn of_kind(mut self, kind: Kind) -> Self {
        self.kinds.0 &= KindSet::of([kind]).0;
        self
    }

    /// Whether it lets everything pass.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
            && self.unwanted.is_empty()
            && self.kinds == KindSet::default()
            && self.unwanted_kinds.is_empty()
            && self.conditions.is_empty()
    }

    /// Whether entities of this kind can be found.
    pub fn allows(&self, kind: Kind) -> bool {
        self.kinds.has(kind) && !self.unwanted_kinds.contains(&kind)
    }

    /// What it asks of time and standing; all of it has to hold.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// The same without one of its [`conditions`](Self::conditions).
    #[must_use]
    pub fn without(&self, condition: &Condition) -> Self {
        let mut query = self.clone();
        query.conditions.retain(|other| other != condition);
        query
    }

    /// Whether it asks about time, so that an answer can be merely possible.
    pub fn is_of_time(&self) -> bool {
        self.conditions.iter().any(Condition::is_of_time)
    }

    /// Whether it excludes what is of this kind.
    pub(super) fn excludes(&self, kind: Kind) -> bool {
        self.unwanted_kinds.contains(&kind)
    }

    /// Whether it excludes anything by name or kind.
    pub(super) fn excludes_any(&self) -> bool {
        !self.unwanted.is_empty() || !self.unwanted_kinds.is_empty()
    }

    /// Notes the characters of everything that has to be found.
    fn gather_bag(&mut self) {
        for term in &self.wanted {
            if let [atom] = term.any.as_slice() {
                self.bag = self.bag.union(atom.token.bag());
            }
        }
    }

    /// Takes the words without signs into account.
    fn add_plain(&mut self, typed: &str, alone: bool) {
        let plain = fold(typed);
        for word in plain.split_whitespace() {
            let atom = Atom { token: Token::new(word), form: Form::Loose };
            self.wanted.push(Term { any: vec![atom] });
        }
        if !alone || plain.is_empty() {
            return;
        }
        let date = |text: &str| When::parse(text).ok().filter(|when| when.earliest().and(when.latest()).is_some());
        self.date = date(typed.trim()).or_else(|| date(&plain));
        self.whole = Some(plain);
    }

    /// Takes a field into account.
    fn restrict(&mut self, text: &str, word: &Word) -> Result<(), QueryError> {
        let Some((name, value)) = word.field() else { return Ok(()) };
        let field = Field::called(name).ok_or_else(|| field_error(name))?;
        let column = text[..word.start].chars().count() + name.chars().count() + 2;
        let lens = match field {
            Field::Kind => return self.restrict_kinds(value, word.negated),
            Field::Year => Lens::Year(when::spans(value, column)?),
            Field::At => Lens::At(when::moment(value, column)?),
            Field::State => Lens::State(field::states(value)?),
        };
        self.conditions.push(Condition { lens, negated: word.negated });
        Ok(())
    }

    fn restrict_kinds(&mut self, value: &str, negated: bool) -> Result<(), QueryError> {
        let mut set = KindSet(0);
        for part in value.split(',').filter(|part| !part.is_empty()) {
            set.0 |= kinds_called(part)?.0;
        }
        if set.0 == 0 {
            return Err(QueryError::MissingValue(Field::Kind));
        }
        if negated {
            self.unwanted_kinds.extend(set.iter());
            self.unwanted_kinds.sort_unstable();
            self.unwanted_kinds.dedup();
        } else {
            self.kinds.0 &= set.0;
        }
        Ok(())
    }
}

fn field_error(name: &str) -> QueryError {
    match Field::called(name) {
        Some(field) => QueryError::FieldBesideOr(field),
        None => QueryError::UnknownField {
            field: name.to_owned(),
            suggestion: nearest(&name.to_lowercase(), field::names()),
        },
    }
}

/// The kinds with this name or heading; else all whose name starts so, for a kind half typed.
fn kinds_called(word: &str) -> Result<KindSet, QueryError> {
    let word = word.to_lowercase();
    let all = || Kind::ALL.iter().copied();
    let exact = all().find(|kind| kind.as_str() == word || kind.plural().eq_ignore_ascii_case(&word));
    if let Some(kind) = exact {
        return Ok(KindSet::of([kind]));
    }
    let begun = KindSet::of(all().filter(|kind| kind.as_str().starts_with(&word)));
    if begun.0 == 0 {
        let suggestion = nearest(&word, Kind::ALL.iter().map(|kind| kind.as_str()));
        return Err(QueryError::UnknownKind { kind: word, suggestion });
    }
    Ok(begun)
}
