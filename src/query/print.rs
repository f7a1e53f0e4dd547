//! Prints a query in its canonical form.
//!
//! Invariant: parsing the printed text returns an equal query, unless the text is too long: folding can make it
//! longer than what was typed.

use std::fmt;

use super::field::Field;
use super::{Order, Query};
use crate::model::{KindId, Vocabulary};
use crate::search::{Atom, Form, Quote, Term};
use crate::vocabulary::KindSet;

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
        let quoted = |signs: &String| format!("'{signs}");
        let signs = |any: &Vec<String>| any.iter().map(quoted).collect::<Vec<_>>().join("|");
        words.extend(self.pattern.wanted_signs.iter().map(signs));
        words.extend(self.pattern.unwanted_signs.iter().map(|signs| format!("!{}", quoted(signs))));
        words.extend_from_slice(&self.kind_fields.wanted);
        words.extend_from_slice(&self.kind_fields.unwanted);
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

/// The kinds of a query as they are printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct KindFields {
    /// Required kinds: one field, or two that exclude each other if no kind is left.
    pub wanted: Vec<String>,
    /// A field for each excluded kind.
    pub unwanted: Vec<String>,
}

impl KindFields {
    /// Returns the fields for sets of kinds.
    pub(super) fn new(words: &Vocabulary, wanted: &KindSet, unwanted: &KindSet) -> Self {
        let name = Field::Kind.name();
        let names = named(words, wanted);
        let wanted = match names.len() {
            _ if *wanted == KindSet::ALL => Vec::new(),
            0 => words.kind_names().take(2).map(|kind| format!("{name}:={kind}")).collect(),
            _ => vec![format!("{name}:{}", names.join(","))],
        };
        let unwanted = named(words, unwanted).into_iter().map(|kind| format!("!{name}:{kind}")).collect();
        Self { wanted, unwanted }
    }
}

/// Returns the fewest names that mean exactly these kinds: that of a kind stands for all below it.
fn named(words: &Vocabulary, set: &KindSet) -> Vec<String> {
    let has_all = |kind: KindId| {
        let below = words.kinds_below(kind);
        set.intersection(&below) == below
    };
    let is_covered = |kind: KindId| {
        let above = std::iter::successors(words.kind(kind).parent, |&above| words.kind(above).parent);
        above.into_iter().any(has_all)
    };
    let shown = words.kinds().filter(|&kind| set.has(kind) && !is_covered(kind));
    shown.map(|kind| format!("{}{}", if has_all(kind) { "" } else { "=" }, words.kind(kind).name)).collect()
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
