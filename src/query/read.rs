//! Builds a query from its words.
//!
//! Invariant: the time is linear in the length of the text, and repeated terms are kept once.

use std::collections::HashSet;

use super::condition::Named;
use super::error::{Fault, Wrong, listed, named};
use super::field::names;
use super::print::KindFields;
use super::signs::{Word, alternatives, words};
use super::value::{Part, parts};
use super::{Condition, Field, Query, bare, condition, order};
use crate::model::{KindId, PropertyId, Vocabulary};
use crate::search::{Atom, Form, Term};
use crate::syntax::nearest;
use crate::text::fold::fold;
use crate::vocabulary::KindSet;

/// The identity of a term: whether it is unwanted, and its atoms.
type TermKey = (bool, Vec<(Form, String)>);

/// A query under construction.
struct Reader<'a> {
    words: &'a Vocabulary,
    query: Query,
    /// Plain words, which are folded together so that the initials of "J R Doe" are joined.
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
pub fn read<'a>(text: &'a str, vocabulary: &'a Vocabulary) -> Result<Query, Wrong> {
    let mut reader = Reader {
        words: vocabulary,
        query: Query::default(),
        plain: String::new(),
        has_signs: false,
        terms: HashSet::new(),
        fields: HashSet::new(),
    };
    for group in alternatives(words(text)) {
        match group.as_slice() {
            [word] => reader.take(word)?,
            _ => reader.take_alternatives(group)?,
        }
    }
    let Reader { mut query, plain, has_signs, .. } = reader;
    query.add_names(&plain, !has_signs);
    query.conditions.sort_by_cached_key(ToString::to_string);
    query.conditions.dedup();
    query.kind_fields = KindFields::new(vocabulary, &query.kinds, &query.unwanted_kinds);
    Ok(query)
}

impl<'a> Reader<'a> {
    /// Adds a word or field that stands alone.
    fn take(&mut self, word: &Word<'a>) -> Result<(), Wrong> {
        if let Some((name, value)) = self.split(word) {
            return self.restrict(word, name, value);
        }
        if word.is_plain() {
            self.plain.push(' ');
            self.plain.push_str(word.text);
        } else if let Some(atom) = word.atom(fold) {
            self.add(word.negated, vec![atom]);
        } else if let Some(signs) = bare::signs(word, fold) {
            self.query.pattern.add_signs(word.negated, vec![signs]);
        }
        Ok(())
    }

    /// Adds words joined by bars; signs without a word are skipped.
    fn take_alternatives(&mut self, group: Vec<Word<'a>>) -> Result<(), Wrong> {
        let signs: Vec<String> = group.iter().filter_map(|word| bare::signs(word, fold)).collect();
        if signs.len() == group.len() {
            self.query.pattern.add_signs(group.first().is_some_and(|word| word.negated), signs);
            return Ok(());
        }
        let mut kept: Vec<(Word<'a>, Option<Atom>)> = Vec::with_capacity(group.len());
        let mut seen = HashSet::new();
        let mut is_first = true;
        for word in group {
            let atom = word.atom(fold);
            if word.negated && !is_first && atom.is_some() {
                return Err(Fault::NotBehindOr.at(word.signs));
            }
            is_first = false;
            let is_field = self.split(&word).is_some();
            let is_new = |atom: &Atom| seen.insert((atom.form, atom.token.text.clone()));
            if is_field || atom.as_ref().is_some_and(is_new) {
                kept.push((word, atom));
            }
        }
        if let [(word, _)] = kept.as_slice() {
            return self.take(word);
        }
        if let Some((word, name)) = kept.iter().find_map(|(word, _)| Some((word, self.split(word)?.0))) {
            let Asked::Field(field) = self.field(word, name)? else {
                return Err(Fault::FieldBesideOr(Field::Prop).at(word.start));
            };
            return Err(Fault::FieldBesideOr(field).at(word.start));
        }
        if let Some((first, _)) = kept.first() {
            self.add(first.negated, kept.iter().filter_map(|(_, atom)| atom.clone()).collect());
        }
        Ok(())
    }

    /// Splits a word that is a field or a property with a colon.
    fn split(&self, word: &Word<'a>) -> Option<(&'a str, &'a str)> {
        word.field(|name| self.words.find_field(&name.to_lowercase()).is_some())
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
        let what = self.field(word, name)?;
        if !self.fields.insert((word.negated, word.text)) {
            return Ok(());
        }
        let end = Part { text: word.text, at: word.start }.at_end(value);
        let field = match what {
            Asked::Property(property) => return self.say(word, property, name, value, end),
            Asked::Field(Field::Prop) => {
                let (name, value) = value.split_once(':').unwrap_or((value, ""));
                let Some(property) = self.words.find_field(&name.to_lowercase()) else {
                    return Err(self.unknown_field(name).at(end));
                };
                let end = Part { text: word.text, at: word.start }.at_end(value);
                return self.say(word, property, &format!("prop:{name}"), value, end);
            }
            Asked::Field(field) => field,
        };
        let parts = parts(value, end);
        match field {
            Field::Kind | Field::Sort if parts.is_empty() => Err(Fault::MissingValue(field).at(end)),
            Field::Kind => self.restrict_kinds(&parts, word.negated),
            Field::Sort if word.negated => Err(Fault::NotBefore(field).at(word.signs)),
            Field::Sort => self.sort(&parts),
            _ => {
                let kind = condition::parse(self.words, field, value, &parts, end)?;
                self.query.conditions.push(Condition { kind, negated: word.negated });
                Ok(())
            }
        }
    }

    /// Adds a test of the value of a property.
    fn say(&mut self, word: &Word<'a>, property: PropertyId, name: &str, value: &str, end: usize) -> Result<(), Wrong> {
        let named = Named { property, field: name.to_lowercase().into() };
        let kind = condition::parse_said(self.words, named, &parts(value, end), end)?;
        self.query.conditions.push(Condition { kind, negated: word.negated });
        Ok(())
    }

    /// Returns the field or property with this name; a field wins.
    fn field(&self, word: &Word<'_>, name: &str) -> Result<Asked, Wrong> {
        let property = || self.words.find_field(&name.to_lowercase()).map(Asked::Property);
        let found = Field::called(name).map(Asked::Field).or_else(property);
        found.ok_or_else(|| self.unknown_field(name).at(word.start))
    }

    fn unknown_field(&self, name: &str) -> Fault {
        let lower = name.to_lowercase();
        let properties = self.words.properties().map(|property| self.words.name(property));
        let mut known: Vec<&str> = names().collect();
        known.extend(self.words.properties().filter_map(|property| self.words.property(property).field.as_deref()));
        let suggestion = nearest(&lower, known.iter().copied().chain(properties)).map(str::to_owned);
        Fault::UnknownField { name: named(name), suggestion, known: listed(&known) }
    }

    fn restrict_kinds(&mut self, parts: &[Part<'_>], negated: bool) -> Result<(), Wrong> {
        let mut set = KindSet::default();
        for part in parts {
            let called = kinds_called(self.words, *part)?;
            self.words.kinds().filter(|&kind| called.has(kind)).for_each(|kind| set.insert(kind));
        }
        if negated {
            self.words.kinds().filter(|&kind| set.has(kind)).for_each(|kind| self.query.unwanted_kinds.insert(kind));
        } else {
            self.query.kinds = self.query.kinds.intersection(&set);
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

/// What a name before a colon stands for.
enum Asked {
    /// A field of the language.
    Field(Field),
    /// A property of the dossier.
    Property(PropertyId),
}

/// Returns the kind with this name or heading and those below it, after a `=` that kind alone; else all kinds whose name
/// starts with it, as while typing.
fn kinds_called(words: &Vocabulary, part: Part<'_>) -> Result<KindSet, Wrong> {
    let typed = part.text.to_lowercase();
    let (word, is_exact) = typed.strip_prefix('=').map_or((typed.as_str(), false), |word| (word, true));
    let is_called = |kind: &KindId| {
        let kind = words.kind(*kind);
        *kind.name == *word || kind.plural.eq_ignore_ascii_case(word)
    };
    if let Some(kind) = words.kinds().find(is_called) {
        return Ok(if is_exact { std::iter::once(kind).collect() } else { words.kinds_below(kind) });
    }
    let begun: KindSet = words.kinds().filter(|&kind| words.kind(kind).name.starts_with(word)).collect();
    if begun.is_empty() {
        let names: Vec<&str> = words.kind_names().collect();
        let suggestion = nearest(word, names.iter().copied());
        let fault = Fault::UnknownKind {
            word: named(part.text),
            suggestion: suggestion.map(str::to_owned),
            known: listed(&names),
        };
        return Err(fault.at(part.at));
    }
    Ok(begun)
}
