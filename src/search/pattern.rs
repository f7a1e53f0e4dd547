//! Patterns: terms that a folded text has to match, and terms that it must not match.
//!
//! A pattern is what a query asks of names and prose; fields, kinds and dates are no part of it. The signs that people
//! type are read by the caller.
//!
//! Invariant: every token is folded and not empty, and every term has at least one atom.

use super::folded_text::CharSet;
use crate::text::fold::fold_line;

/// Words and phrases that a text has to have, and others that it must not have.
///
/// The default pattern matches every text.
///
/// ```
/// use annals::search::Pattern;
///
/// assert!(Pattern::words(" ,").is_empty());
/// assert_eq!(Pattern::words("Kal, Roy"), Pattern::words("kal roy"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pattern {
    /// All of these have to match.
    pub(crate) wanted: Vec<Term>,
    /// A text that has one of these does not match.
    pub(crate) unwanted: Vec<Term>,
    /// All words in their order, one space apart, where the wanted terms are nothing but words without signs.
    pub(crate) whole: Option<String>,
    /// Signs that fold to nothing; the text as written has to have one of each list.
    pub(crate) wanted_signs: Vec<Vec<String>>,
    /// The text as written must not have any of these.
    pub(crate) unwanted_signs: Vec<String>,
    pub(crate) spelling: Spelling,
}

/// The words that have capitals, accents or signs, as typed. They decide nothing but the order of texts that match equally well, so that patterns which
/// differ in them are equal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spelling(pub(crate) Vec<String>);

impl Spelling {
    /// The spelling of words; what is written in small letters asks for none.
    pub(crate) fn of(words: &str) -> Self {
        let is_special = |word: &&str| fold_line(word) != **word;
        Self(words.split_whitespace().filter(is_special).map(str::to_owned).collect())
    }
}

impl PartialEq for Spelling {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Spelling {}

/// Alternatives; one of them has to match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) any: Vec<Atom>,
}

/// A text and the way in which it has to occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Atom {
    pub(crate) token: Token,
    pub(crate) form: Form,
}

/// The way in which a text has to occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// `x`: one word, found in any way.
    Loose,
    /// `'x`: anywhere, letter by letter.
    Within,
    /// `^x`: at the start of the name.
    Start,
    /// `x$`: at the end of the name.
    End,
    /// `^x$`: the whole name.
    Whole,
    /// `"x y"`: whole words in this order; the last word may be unfinished while the quote is open.
    Phrase(Quote),
}

/// The state of the closing quote of a phrase: typed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Quote {
    Open,
    Closed,
}

/// A folded text to look for, with what is derived from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) chars: Vec<char>,
    pub(crate) char_set: CharSet,
}

impl Token {
    /// Creates a token from a folded text.
    pub(crate) fn new(folded: &str) -> Self {
        Self { text: folded.to_owned(), chars: folded.chars().collect(), char_set: CharSet::of(folded) }
    }
}

impl Atom {
    /// A word without signs, folded.
    pub(crate) fn loose(word: &str) -> Self {
        Self { token: Token::new(word), form: Form::Loose }
    }
}

impl Pattern {
    /// Creates a pattern of words without signs, all of which have to match; the text is folded as lines are.
    pub fn words(text: &str) -> Self {
        let mut pattern = Self::default();
        pattern.whole = Some(pattern.push_words(&fold_line(text))).filter(|words| !words.is_empty());
        pattern.spelling = Spelling::of(text);
        pattern
    }

    /// Adds the words of a folded text to the wanted terms, and returns them one space apart.
    pub(crate) fn push_words(&mut self, folded: &str) -> String {
        let words: Vec<&str> = folded.split_whitespace().collect();
        self.wanted.extend(words.iter().map(|word| Term { any: vec![Atom::loose(word)] }));
        words.join(" ")
    }

    /// Adds signs, one of which a text as written has to have, or none of which it must have.
    pub(crate) fn add_signs(&mut self, negated: bool, mut any: Vec<String>) {
        if negated {
            self.unwanted_signs.extend(any);
            self.unwanted_signs.sort_unstable();
            self.unwanted_signs.dedup();
        } else {
            any.sort_unstable();
            any.dedup();
            self.wanted_signs.push(any);
            self.wanted_signs.sort_unstable();
            self.wanted_signs.dedup();
        }
    }

    /// Returns true if it matches every text.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty() && !self.has_signs()
    }

    /// Returns true if texts as written have to have signs, or must not.
    pub fn has_signs(&self) -> bool {
        !self.wanted_signs.is_empty() || !self.unwanted_signs.is_empty()
    }

    /// Returns true if one of the texts as written has all wanted signs, and none has an unwanted one.
    pub fn admits<'a>(&self, mut written: impl Iterator<Item = &'a str>) -> bool {
        if !self.has_signs() {
            return true;
        }
        let mut has_wanted = self.wanted_signs.is_empty();
        written.all(|text| {
            has_wanted |= self.wanted_signs.iter().all(|any| any.iter().any(|signs| text.contains(&**signs)));
            !self.unwanted_signs.iter().any(|signs| text.contains(&**signs))
        }) && has_wanted
    }

    /// The number of words that a text as written has as they were typed.
    pub(crate) fn spelled(&self, written: &str) -> usize {
        self.spelling.0.iter().filter(|word| written.contains(&***word)).count()
    }

    pub(crate) fn wanted_atoms(&self) -> impl Iterator<Item = &Atom> {
        self.wanted.iter().flat_map(|term| &term.any)
    }

    /// The sets of characters one of which a text of prose has if it has a wanted word.
    pub(crate) fn char_sets(&self) -> Vec<CharSet> {
        self.wanted_atoms().map(|atom| atom.token.char_set).collect()
    }
}
