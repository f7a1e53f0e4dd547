//! A folded text with the set of its characters.

use memchr::memchr_iter;

use super::char_set::CharSet;

/// A folded text: words one space apart.
#[derive(Debug, Clone, Copy)]
pub struct FoldedText<'a> {
    /// The text.
    pub text: &'a str,
    /// A superset of its characters.
    pub char_set: CharSet,
}

impl<'a> FoldedText<'a> {
    /// Reads a folded text.
    pub fn new(text: &'a str) -> Self {
        Self { text, char_set: CharSet::of(text) }
    }

    /// The byte offsets at which `wanted` occurs at the start of a word.
    pub fn word_starts(self, wanted: &str) -> impl Iterator<Item = usize> {
        let (text, wanted) = (self.text.as_bytes(), wanted.as_bytes());
        let behind_spaces = memchr_iter(b' ', text).map(|space| space + 1);
        std::iter::once(0).chain(behind_spaces).filter(move |&start| text[start..].starts_with(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_occurrences_at_the_start_of_a_word_are_word_starts() {
        let starts = |wanted| FoldedText::new("kal akal é kalyani kal").word_starts(wanted).collect::<Vec<_>>();
        assert_eq!(starts("kal"), [0, 12, 20]);
        assert_eq!(starts("kal akal"), [0]);
        assert!(starts("kalx").is_empty());
        assert_eq!(starts("é"), [9]);
    }
}
