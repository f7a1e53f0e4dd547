//! Splits a query into words and reads the signs at them; knows nothing of what they mean.
//!
//! Invariant: every character of the query is either a sign, a space or part of one word.

use super::value::{self, position};
use super::{Field, Fold};
use crate::search::{Atom, Form, Quote, Token};

/// A word as typed, its signs read.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// Without its signs.
    pub text: &'a str,
    /// Where that starts in the query, in bytes.
    pub start: usize,
    /// Where its signs start.
    pub signs: usize,
    /// Whether a `!` stands before it.
    pub negated: bool,
    /// What the other signs say.
    pub form: Form,
}

impl<'a> Word<'a> {
    /// Whether it has no signs at all.
    pub fn is_plain(&self) -> bool {
        !self.negated && self.form == Form::Loose
    }

    /// Name and value, if the word names a field. `10:30` does not, nor does "Kalyani:".
    pub fn field(&self) -> Option<(&'a str, &'a str)> {
        if self.form != Form::Loose {
            return None;
        }
        let (name, value) = split_field(self.text)?;
        (Field::called(name).is_some() || !value.is_empty()).then_some((name, value))
    }

    /// What to look for; none where the signs have no word yet.
    pub fn atom(&self, fold: Fold) -> Option<Atom> {
        let text = fold(self.text);
        if text.is_empty() {
            return None;
        }
        let form = match self.form {
            // A word such as "iit-kgp" folds to several.
            Form::Loose if text.contains(' ') => Form::Phrase(Quote::Open),
            form => form,
        };
        Some(Atom { token: Token::new(&text), form })
    }
}

/// A piece of a query.
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

/// Reads one word of the query, which `rest` begins with, and returns what stands behind it.
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

/// The letters before a colon, where the text begins so, and what stands behind it.
fn split_field(text: &str) -> Option<(&str, &str)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at_checked(letters).filter(|(name, _)| !name.is_empty())?;
    Some((name, rest.strip_prefix(':')?))
}

/// Whether a sign stands first, and the rest.
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
