//! Lists the terms of a query, each with the query without it.
//!
//! Invariant: the query without a term equals the one parsed from the text without the term.

use super::{Condition, Field, Query, print};
use crate::search::{Atom, Form, Term};
use crate::text::fold::fold;
use crate::vocabulary::KindSet;

/// A term of a query.
#[derive(Debug, Clone, Copy)]
enum Which<'a> {
    Wanted(usize, &'a Term),
    Unwanted(usize, &'a Term),
    Kinds,
    UnwantedKinds,
    Condition(usize, &'a Condition),
}

impl Query {
    /// Returns each term as typed, with the query without it. Restrictions by the caller and the order are not
    /// terms. The shorter queries are built lazily.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = (String, Self)> {
        let kinds = (self.kinds != KindSet::ALL).then_some(Which::Kinds);
        let unwanted_kinds = (!self.unwanted_kinds.is_empty()).then_some(Which::UnwantedKinds);
        let conditions = self.conditions.iter().enumerate().map(|(index, row)| Which::Condition(index, row));
        let unwanted = self.pattern.unwanted.iter().enumerate().map(|(index, term)| Which::Unwanted(index, term));
        let words = self.pattern.wanted.iter().enumerate().map(|(index, term)| Which::Wanted(index, term));
        let all: Vec<Which<'_>> = conditions.chain(kinds).chain(unwanted_kinds).chain(unwanted).chain(words).collect();
        all.into_iter().map(|which| (self.text_of(which), self.without(which)))
    }

    /// Returns true if the query is a single word or a single group of alternatives.
    pub fn is_one_word(&self) -> bool {
        self.pattern.wanted.len() == 1 && self.terms().len() == 1
    }

    fn text_of(&self, which: Which<'_>) -> String {
        match which {
            Which::Wanted(_, term) => print::wanted(term),
            Which::Unwanted(_, term) => print::unwanted(term),
            Which::Kinds => self.kind_fields.wanted.join(" "),
            Which::UnwantedKinds => {
                let start = format!("!{}:", Field::Kind.name());
                let names = self.kind_fields.unwanted.iter().filter_map(|field| field.strip_prefix(&start));
                format!("{start}{}", names.collect::<Vec<_>>().join(","))
            }
            Which::Condition(_, condition) => condition.to_string(),
        }
    }

    fn without(&self, which: Which<'_>) -> Self {
        let mut rest = self.clone();
        match which {
            Which::Wanted(index, _) => rest.remove_word(index),
            Which::Unwanted(index, _) => {
                rest.pattern.unwanted.remove(index);
            }
            Which::Kinds => {
                rest.kinds = KindSet::ALL;
                rest.kind_fields.wanted.clear();
            }
            Which::UnwantedKinds => {
                rest.unwanted_kinds = KindSet::default();
                rest.kind_fields.unwanted.clear();
            }
            Which::Condition(index, _) => {
                rest.conditions.remove(index);
            }
        }
        rest.settle_dates();
        rest
    }

    /// Removes a word. The remaining plain words are folded again, since initials that it separated are joined
    /// without it.
    fn remove_word(&mut self, index: usize) {
        self.pattern.wanted.remove(index);
        let words = std::mem::take(&mut self.pattern.wanted);
        let (plain, signed): (Vec<Term>, Vec<Term>) =
            words.into_iter().partition(|term| matches!(term.any.as_slice(), [Atom { form: Form::Loose, .. }]));
        let plain: Vec<&str> = plain.iter().flat_map(|term| &term.any).map(|atom| &*atom.token.text).collect();
        let is_alone = signed.is_empty();
        self.pattern.wanted = signed;
        (self.date, self.pattern.whole) = (None, None);
        self.add_plain(&plain.join(" "), is_alone, fold);
    }
}
