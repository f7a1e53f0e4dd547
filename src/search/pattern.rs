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
}

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
        pattern
    }

    /// Adds the words of a folded text to the wanted terms, and returns them one space apart.
    pub(crate) fn push_words(&mut self, folded: &str) -> String {
        let words: Vec<&str> = folded.split_whitespace().collect();
        self.wanted.extend(words.iter().map(|word| Term { any: vec![Atom::loose(word)] }));
        words.join(" ")
    }

    /// Returns true if it matches every text.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty()
    }

    pub(crate) fn wanted_atoms(&self) -> impl Iterator<Item = &Atom> {
        self.wanted.iter().flat_map(|term| &term.any)
    }

    /// The characters that every matching text has.
    pub(crate) fn required_chars(&self) -> CharSet {
        let single = self.wanted.iter().filter_map(|term| match term.any.as_slice() {
            [atom] => Some(atom.token.char_set),
            _ => None,
        });
        single.fold(CharSet::default(), CharSet::union)
    }
}
