//! Splits a query into words and reads their signs, without interpreting fields.
//!
//! Invariant: every character of the query is a sign, a space or part of exactly one word.

use super::value::{self, position};
use super::{Field, Fold};
use crate::search::{Atom, Form, Quote, Token};

/// A word as typed, with its signs.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// The text without the signs.
    pub text: &'a str,
    /// The byte offset of the text in the query.
    pub start: usize,
    /// The byte offset of its first sign.
    pub signs: usize,
    /// True if a `!` stands before it.
    pub negated: bool,
    /// The form that the other signs ask for.
    pub form: Form,
}

impl<'a> Word<'a> {
    /// Returns true if it has no signs.
    pub fn is_plain(&self) -> bool {
        !self.negated && self.form == Form::Loose
    }

    /// Returns name and value if the word is a field. `10:30`, `e-mail:x` and "Hill:" are not.
    pub fn field(&self, is_known: impl Fn(&str) -> bool) -> Option<(&'a str, &'a str)> {
        if self.form != Form::Loose {
            return None;
        }
        split_field(self.text).filter(|(name, value)| {
            let is_word = name.bytes().all(|byte| byte.is_ascii_alphabetic());
            Field::called(name).is_some() || is_known(name) || is_word && !value.is_empty()
        })
    }

    /// Returns the folded pattern, or `None` if the text folds to nothing.
    pub fn atom(&self, fold: Fold) -> Option<Atom> {
        let text = fold(self.text);
        if text.is_empty() {
            return None;
        }
        let form = match self.form {
            // A word such as "green-hill" folds to several words.
            Form::Loose if text.contains(' ') => Form::Phrase(Quote::Open),
            form => form,
        };
        Some(Atom { token: Token::new(&text), form })
    }
}

/// Returns plain words that were typed, one space or more apart.
pub fn typed(text: &str) -> impl Iterator<Item = Word<'_>> {
    let word = |text| Word { text, start: 0, signs: 0, negated: false, form: Form::Loose };
    text.split_whitespace().map(word)
}

/// A part of a query.
pub enum Piece<'a> {
    /// A word.
    Word(Word<'a>),
    /// A bar.
    Or,
}

/// Splits a query at spaces and bars outside of quotes.
pub fn words(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('|') {
            rest = after;
            return Some(Piece::Or);
        }
        if rest.is_empty() {
            return None;
        }
        let (word, after) = word(text, rest);
        rest = after;
        Some(Piece::Word(word))
    })
}

/// Reads the word that `rest` starts with, and returns it with the text after it.
fn word<'a>(query: &str, rest: &'a str) -> (Word<'a>, &'a str) {
    let signs = position(query, rest);
    let (negated, text) = sign(rest, '!');
    if let Some((_, value)) = split_field(text) {
        let (body, after) = text.split_at(position(text, value::behind(value)));
        return (Word { text: body, start: position(query, text), signs, negated, form: Form::Loose }, after);
    }
    let (within, text) = sign(text, '\'');
    let (start, text) = sign(text, '^');
    let (is_quoted, text) = sign(text, '"');
    let start_of_text = position(query, text);
    let (body, after, quote) = match (is_quoted, text.split_once('"')) {
        (true, Some((body, after))) => (body, after, Some(Quote::Closed)),
        (true, None) => (text, "", Some(Quote::Open)),
        (false, _) => {
            let after = text.trim_start_matches(|c: char| !c.is_whitespace() && c != '|');
            let (body, after) = text.split_at(position(text, after));
            (body, after, None)
        }
    };
    let (end, body, after) = match (quote, body.strip_suffix('$'), after.strip_prefix('$')) {
        (None, Some(body), _) => (true, body, after),
        (Some(_), _, Some(after)) => (true, body, after),
        _ => (false, body, after),
    };
    let form = match (start, end, within, quote) {
        (true, true, _, _) => Form::Whole,
        (true, false, _, _) => Form::Start,
        (false, true, _, _) => Form::End,
        (false, false, true, _) => Form::Within,
        (false, false, false, Some(quote)) => Form::Phrase(quote),
        (false, false, false, None) => Form::Loose,
    };
    (Word { text: body, start: start_of_text, signs, negated, form }, after)
}

/// Splits a text that starts with a name and a colon into name and value: a name is an ASCII letter, then letters, digits
/// and hyphens.
fn split_field(text: &str) -> Option<(&str, &str)> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let length = text.bytes().take_while(is_name).count();
    let starts = text.starts_with(|first: char| first.is_ascii_alphabetic());
    let (name, rest) = text.split_at_checked(length).filter(|_| starts)?;
    Some((name, rest.strip_prefix(':')?))
}

/// Strips a leading sign; returns whether it was there, and the rest.
fn sign(text: &str, sign: char) -> (bool, &str) {
    text.strip_prefix(sign).map_or((false, text), |rest| (true, rest))
}

/// Groups words that bars connect; a bar binds closer than a space.
pub fn alternatives<'a>(pieces: impl Iterator<Item = Piece<'a>>) -> Vec<Vec<Word<'a>>> {
    let mut groups: Vec<Vec<Word<'a>>> = Vec::new();
    let mut after_bar = false;
    for piece in pieces {
        match piece {
            Piece::Or => after_bar = true,
            Piece::Word(word) => {
                match groups.last_mut() {
                    Some(group) if after_bar => group.push(word),
                    _ => groups.push(vec![word]),
                }
                after_bar = false;
            }
        }
    }
    groups
}
