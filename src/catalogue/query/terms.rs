//! The terms of a query one by one, and what is left without each: for telling which of them
//! leaves nothing.
//!
//! Invariant: without a term the rest is what would be read if it had not been typed.

use super::{Atom, Form, KindSet, Query, Term, print};
use crate::catalogue::fold::fold;

/// One thing that a query asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Wanted(usize),
    Unwanted(usize),
    Kinds,
    UnwantedKinds,
    Condition(usize),
}

impl Query {
    /// Each term as it is typed, with the query without it; what it is narrowed to from outside is no
    /// term, nor is an order. The rest is only made when it is asked for.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = (String, Self)> {
        let kinds = (self.kinds != KindSet::default()).then_some(Which::Kinds);
        let unwanted_kinds = (!self.unwanted_kinds.is_empty()).then_some(Which::UnwantedKinds);
        let conditions = (0..self.conditions.len()).map(Which::Condition);
        let words = (0..self.wanted.len()).map(Which::Wanted);
        let all: Vec<Which> = conditions
            .chain(kinds)
            .chain(unwanted_kinds)
            .chain((0..self.unwanted.len()).map(Which::Unwanted))
            .chain(words)
            .collect();
        all.into_iter().map(|which| (self.text_of(which), self.without(which)))
    }

    /// Whether it asks for nothing but one word, or one of several.
    pub fn is_one_word(&self) -> bool {
        self.wanted.len() == 1 && self.terms().len() == 1
    }

    fn text_of(&self, which: Which) -> String {
        match which {
            Which::Wanted(index) => print::wanted(&self.wanted[index]),
            Which::Unwanted(index) => print::unwanted(&self.unwanted[index]),
            Which::Kinds => print::kinds(self.kinds).join(" "),
            Which::UnwantedKinds => print::unwanted_kinds(&self.unwanted_kinds),
            Which::Condition(index) => self.conditions[index].to_string(),
        }
    }

    fn without(&self, which: Which) -> Self {
        let mut rest = self.clone();
        match which {
            Which::Wanted(index) => rest.remove_word(index),
            Which::Unwanted(index) => {
                rest.unwanted.remove(index);
            }
            Which::Kinds => rest.kinds = KindSet::default(),
            Which::UnwantedKinds => rest.unwanted_kinds.clear(),
            Which::Condition(index) => {
                rest.conditions.remove(index);
            }
        }
        rest
    }

    /// Takes a word out. The plain ones that are left are read anew: initials that it kept apart are
    /// joined, as they are where it is not typed.
    fn remove_word(&mut self, index: usize) {
        self.wanted.remove(index);
        let words = std::mem::take(&mut self.wanted);
        let (plain, signed): (Vec<Term>, Vec<Term>) =
            words.into_iter().partition(|term| matches!(term.any.as_slice(), [Atom { form: Form::Loose, .. }]));
        let plain: Vec<&str> = plain.iter().flat_map(|term| &term.any).map(|atom| atom.token.text()).collect();
        let is_alone = signed.is_empty();
        self.wanted = signed;
        (self.date, self.whole) = (None, None);
        self.add_plain(&plain.join(" "), is_alone, fold);
        self.find_bag();
    }
}
