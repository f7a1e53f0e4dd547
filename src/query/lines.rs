//! Queries for lines of text, which have no fields and are not names.
//!
//! Invariant: the query is folded like the lines, so that every line matches itself; every text is a valid
//! query. A word with a colon is a plain word, an incomplete sign is ignored, and characters after
//! [`MAX_QUERY`] are cut off.

use super::signs::{alternatives, words};
use super::{MAX_QUERY, Query, bare};
use crate::search::Term;
use crate::text::fold::fold_line;

impl Query {
    /// Parses a query of words without fields. The signs are those of [`parse`](Self::parse), but a `!` after a
    /// bar is ignored.
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
                        let signs: Vec<String> = group.iter().filter_map(|word| bare::signs(word, fold_line)).collect();
                        if !signs.is_empty() {
                            query.pattern.add_signs(first.negated, signs);
                        }
                        continue;
                    }
                    only_plain &= first.negated;
                    let terms = if first.negated { &mut query.pattern.unwanted } else { &mut query.pattern.wanted };
                    terms.push(Term { any });
                }
            }
        }
        if query.pattern.wanted.is_empty() && fold_line(&plain).is_empty() {
            query.add_signs(&plain, fold_line);
        }
        query.add_plain(&plain, only_plain, fold_line);
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Pattern;
    use crate::vocabulary::testing::seeds;
    use proptest::prelude::*;

    #[test]
    fn signs_mean_the_same_as_among_names() {
        for text in ["", "ramji sin", "'x ^y z$", "!a b|c \"dd e\""] {
            assert_eq!(Ok(Query::of_words(text)), Query::parse(text, seeds()), "{text}");
        }
    }

    #[test]
    fn a_query_of_plain_words_has_the_pattern_of_the_words() {
        for text in ["", "ramji", "Ramji, Sin", "R&D"] {
            assert_eq!(Query::of_words(text).pattern(), &Pattern::words(text), "{text}");
        }
    }

    #[test]
    fn a_field_is_a_plain_word() {
        for text in ["kind:person", "kind:", "nofield:x", "year:soon", "a|kind:b"] {
            assert!(Query::of_words(text).conditions().is_empty() && !Query::of_words(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn words_are_not_dropped_or_joined() {
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
