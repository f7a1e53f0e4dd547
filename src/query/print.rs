//! Prints a query in its canonical form.
//!
//! Invariant: parsing the printed text returns an equal query, unless the text is too long: folding can make it
//! longer than what was typed.

use std::fmt;

use super::field::Field;
use super::{KindSet, Order, Query};
use crate::model::Kind;
use crate::search::{Atom, Form, Quote, Term};

impl fmt::Display for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words: Vec<String> = Vec::new();
        // An open quote extends to the end of the query, so its term comes last.
        let mut last = None;
        let (plain, signed): (Vec<&Term>, Vec<&Term>) = self.pattern.wanted.iter().partition(|term| is_plain(term));
        for term in signed {
            match unfinished(term).filter(|_| term.any.len() == 1 || !is_hyphened(term)) {
                Some(text) => last = Some(text),
                None => words.push(text_of(&term.any)),
            }
        }
        match &self.date {
            Some(date) => words.push(date.edtf().to_owned()),
            None => words.extend(plain.into_iter().map(|term| text_of(&term.any))),
        }
        for term in &self.pattern.unwanted {
            match unfinished(term).filter(|_| !is_hyphened(term)) {
                Some(text) => last = Some(format!("!{text}")),
                None => words.push(format!("!{}", text_of(&term.any))),
            }
        }
        words.extend(kinds(self.kinds));
        words.extend(self.unwanted_kinds.iter().map(|kind| format!("!{}:{kind}", Field::Kind.name())));
        words.extend(self.conditions.iter().map(ToString::to_string));
        words.extend(order(&self.order));
        words.extend(last);
        out.write_str(&words.join(" "))
    }
}

/// Returns an unwanted term as text that can stand alone or last.
pub(super) fn unwanted(term: &Term) -> String {
    let open = unfinished(term).filter(|_| !is_hyphened(term));
    format!("!{}", open.unwrap_or_else(|| text_of(&term.any)))
}

/// Returns a wanted term as text that can stand alone or last.
pub(super) fn wanted(term: &Term) -> String {
    let open = unfinished(term).filter(|_| term.any.len() == 1 || !is_hyphened(term));
    open.unwrap_or_else(|| text_of(&term.any))
}

/// Returns the excluded kinds as one field.
pub(super) fn unwanted_kinds(kinds: &[Kind]) -> String {
    let words: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    format!("!{}:{}", Field::Kind.name(), words.join(","))
}

/// Returns the sort keys as a field, or `None` if there are none.
fn order(order: &[Order]) -> Option<String> {
    let keys: Vec<String> = order.iter().map(ToString::to_string).collect();
    (!keys.is_empty()).then(|| format!("{}:{}", Field::Sort.name(), keys.join(",")))
}

/// Returns the text of a term that ends in an open quote, else `None`.
fn unfinished(term: &Term) -> Option<String> {
    let (end, others) = term.any.split_last()?;
    if end.form != Form::Phrase(Quote::Open) {
        return None;
    }
    let bar = if others.is_empty() { "" } else { "|" };
    Some(format!("{}{bar}\"{}", text_of(others), end.token.text))
}

/// Returns true if a term ends in several words. Next to alternatives and after a `!`, hyphens between them mean
/// the same as an open quote.
fn is_hyphened(term: &Term) -> bool {
    term.any.last().is_some_and(|atom| atom.token.text.contains(' '))
}

/// Returns true if a term is a word without signs.
fn is_plain(term: &Term) -> bool {
    matches!(term.any.as_slice(), [Atom { form: Form::Loose, .. }])
}

fn text_of(atoms: &[Atom]) -> String {
    atoms.iter().map(atom).collect::<Vec<_>>().join("|")
}

fn atom(atom: &Atom) -> String {
    let text = &atom.token.text;
    // Hyphens instead of spaces: one typed word that folds to the same words.
    let joined = || text.replace(' ', "-");
    match atom.form {
        Form::Loose => text.to_owned(),
        Form::Within => format!("'{}", joined()),
        Form::Start => format!("^{}", joined()),
        Form::End => format!("{}$", joined()),
        Form::Whole => format!("^{}$", joined()),
        Form::Phrase(Quote::Closed) => format!("\"{text}\""),
        Form::Phrase(Quote::Open) => joined(),
    }
}

/// Returns the required kinds as fields. An empty set is the intersection of two different kinds.
pub(super) fn kinds(set: KindSet) -> Vec<String> {
    let name = Field::Kind.name();
    let kinds: Vec<&str> = set.iter().map(Kind::as_str).collect();
    match kinds.len() {
        0 => Kind::ALL.iter().take(2).map(|kind| format!("{name}:{kind}")).collect(),
        _ if set == KindSet::default() => Vec::new(),
        _ => vec![format!("{name}:{}", kinds.join(","))],
    }
}
