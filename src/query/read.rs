//! Builds a query from its words.
//!
//! Invariant: the time is linear in the length of the text, and repeated terms are kept once.

use std::collections::HashSet;

use super::error::{Fault, Wrong, named};
use super::field::names;
use super::signs::{Word, alternatives, words};
use super::value::{Part, parts};
use super::{Condition, Field, KindSet, Query, condition, order};
use crate::formats::defect::nearest;
use crate::model::Kind;
use crate::search::{Atom, Form, Term};
use crate::text::fold::fold;

/// The identity of a term: whether it is unwanted, and its atoms.
type TermKey = (bool, Vec<(Form, String)>);

/// A query under construction.
#[derive(Default)]
struct Reader<'a> {
    query: Query,
    /// Plain words, which are folded together so that the initials of "V K Tewari" are joined.
    plain: String,
    /// True if a wanted word has signs.
    has_signs: bool,
    terms: HashSet<TermKey>,
    /// The fields so far, as typed, so that repeated fields are parsed once.
    fields: HashSet<(bool, &'a str)>,
}

/// Parses a query of any length.
///
/// # Errors
///
/// Returns the first error.
pub fn read(text: &str) -> Result<Query, Wrong> {
    let mut reader = Reader::default();
    for group in alternatives(words(text)) {
        match group.as_slice() {
            [word] => reader.take(word)?,
            _ => reader.take_alternatives(group)?,
        }
    }
    let Reader { mut query, plain, has_signs, .. } = reader;
    query.add_plain(&plain, !has_signs, fold);
    query.conditions.sort_by_cached_key(ToString::to_string);
    query.conditions.dedup();
    Ok(query)
}

impl<'a> Reader<'a> {
    /// Adds a word or field that stands alone.
    fn take(&mut self, word: &Word<'a>) -> Result<(), Wrong> {
        if let Some((name, value)) = word.field() {
            return self.restrict(word, name, value);
        }
        if word.is_plain() {
            self.plain.push(' ');
            self.plain.push_str(word.text);
        } else if let Some(atom) = word.atom(fold) {
            self.add(word.negated, vec![atom]);
        }
        Ok(())
    }

    /// Adds words joined by bars; signs without a word are skipped.
    fn take_alternatives(&mut self, group: Vec<Word<'a>>) -> Result<(), Wrong> {
        let mut kept: Vec<(Word<'a>, Option<Atom>)> = Vec::with_capacity(group.len());
        let mut seen = HashSet::new();
        let mut is_first = true;
        for word in group {
            let atom = word.atom(fold);
            if word.negated && !is_first && atom.is_some() {
                return Err(Fault::NotBehindOr.at(word.signs));
            }
            is_first = false;
            let is_field = word.field().is_some();
            let is_new = |atom: &Atom| seen.insert((atom.form, atom.token.text.clone()));
            if is_field || atom.as_ref().is_some_and(is_new) {
                kept.push((word, atom));
            }
        }
        if let [(word, _)] = kept.as_slice() {
            return self.take(word);
        }
        if let Some((word, name)) = kept.iter().find_map(|(word, _)| Some((word, word.field()?.0))) {
            let field = field(word, name)?;
            return Err(Fault::FieldBesideOr(field).at(word.start));
        }
        if let Some((first, _)) = kept.first() {
            self.add(first.negated, kept.iter().filter_map(|(_, atom)| atom.clone()).collect());
        }
        Ok(())
    }

    fn add(&mut self, negated: bool, any: Vec<Atom>) {
        self.has_signs |= !negated;
        let key = any.iter().map(|atom| (atom.form, atom.token.text.clone())).collect();
        if self.terms.insert((negated, key)) {
            let pattern = &mut self.query.pattern;
            let terms = if negated { &mut pattern.unwanted } else { &mut pattern.wanted };
            terms.push(Term { any });
        }
    }

    /// Adds a field.
    fn restrict(&mut self, word: &Word<'a>, name: &str, value: &str) -> Result<(), Wrong> {
        let field = field(word, name)?;
        if !self.fields.insert((word.negated, word.text)) {
            return Ok(());
        }
        let end = Part { text: word.text, at: word.start }.at_end(value);
        let parts = parts(value, end);
        match field {
            Field::Kind | Field::Sort if parts.is_empty() => Err(Fault::MissingValue(field).at(end)),
            Field::Kind => self.restrict_kinds(&parts, word.negated),
            Field::Sort if word.negated => Err(Fault::NotBefore(field).at(word.signs)),
            Field::Sort => self.sort(&parts),
            _ => {
                let kind = condition::parse(field, value, &parts, end)?;
                self.query.conditions.push(Condition { kind, negated: word.negated });
                Ok(())
            }
        }
    }

    fn restrict_kinds(&mut self, parts: &[Part<'_>], negated: bool) -> Result<(), Wrong> {
        let mut set = KindSet(0);
        for part in parts {
            set.0 |= kinds_called(*part)?.0;
        }
        if negated {
            self.query.unwanted_kinds.extend(set.iter());
            self.query.unwanted_kinds.sort_unstable();
            self.query.unwanted_kinds.dedup();
        } else {
            self.query.kinds.0 &= set.0;
        }
        Ok(())
    }

    /// Adds sort keys; the first of several equal keys counts.
    fn sort(&mut self, parts: &[Part<'_>]) -> Result<(), Wrong> {
        for part in parts {
            let next = order::order(*part)?;
            if self.query.order.iter().all(|known| known.key != next.key) {
                self.query.order.push(next);
            }
        }
        Ok(())
    }
}

fn field(word: &Word<'_>, name: &str) -> Result<Field, Wrong> {
    Field::called(name).ok_or_else(|| {
        let suggestion = nearest(&name.to_lowercase(), names());
        Fault::UnknownField { name: named(name), suggestion }.at(word.start)
    })
}

/// Returns the kind with this name or heading; else all kinds whose name starts with it, as while typing.
fn kinds_called(part: Part<'_>) -> Result<KindSet, Wrong> {
    let word = part.text.to_lowercase();
    let all = || Kind::ALL.iter().copied();
    let exact = all().find(|kind| kind.as_str() == word || kind.plural().eq_ignore_ascii_case(&word));
    if let Some(kind) = exact {
        return Ok(KindSet::of([kind]));
    }
    let begun = KindSet::of(all().filter(|kind| kind.as_str().starts_with(&word)));
    if begun.0 == 0 {
        let suggestion = nearest(&word, Kind::ALL.iter().map(|kind| kind.as_str()));
        return Err(Fault::unknown(Field::Kind, part.text, suggestion).at(part.at));
    }
    Ok(begun)
}
