//! A query among lines of text, which have no fields and are no names.
//!
//! Invariant: what is typed is folded as lines are, so that every line finds itself; every text is a query: a word with a colon is a word, a sign that goes
//! together with nothing is passed over, and what stands behind [`MAX_QUERY`] is left out.

use super::signs::{alternatives, words};
use super::{MAX_QUERY, Query};
use crate::search::Term;
use crate::text::fold::fold_line;

impl Query {
    /// Reads a query of words alone. The signs are those of [`parse`](Self::parse), but that a `!` behind
    /// a bar counts for nothing.
    pub fn of_words(text: &str) -> Self {
        let text = text.char_indices().nth(MAX_QUERY).map_or(text, |(end, _)| text.split_at(end).0);
        let mut query = Self::default();
        let mut plain = String::new();
        let mut only_plain = true;
        for group in alternatives(words(text)) {
            match group.as_slice() {
                [word] if word.is_plain() => {
                    plain.push(' ');
                    plain.push_str(word.text);
                }
                [] => {}
                [first, ..] => {
                    let any: Vec<_> = group.iter().filter_map(|word| word.atom(fold_line)).collect();
                    if any.is_empty() {
                        continue;
                    }
                    only_plain &= first.negated;
                    let terms = if first.negated { &mut query.pattern.unwanted } else { &mut query.pattern.wanted };
                    terms.push(Term { any });
                }
            }
        }
        query.add_plain(&plain, only_plain, fold_line);
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_mean_what_they_mean_among_names() {
        for text in ["", "ramji sin", "'x ^y z$", "!a b|c \"dd e\""] {
            assert_eq!(Ok(Query::of_words(text)), Query::parse(text), "{text}");
        }
    }

    #[test]
    fn a_field_is_a_word_like_any_other() {
        for text in ["kind:person", "kind:", "nofield:x", "year:soon", "a|kind:b"] {
            assert!(Query::of_words(text).conditions().is_empty() && !Query::of_words(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn no_word_is_dropped_or_joined() {
        for (text, words) in [("v k tewari", 3), ("a and b", 3), ("dr rao", 2), ("and", 1)] {
            assert_eq!(Query::of_words(text).pattern.wanted.len(), words, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_text_is_a_query(text in "[ a-z:!|\"'^$é]{0,300}") {
            let query = Query::of_words(&text);
            prop_assert!(query.pattern.wanted.iter().chain(&query.pattern.unwanted).all(|term| !term.any.is_empty()));
        }
    }
}
