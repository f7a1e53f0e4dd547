//! Folded texts, and the sets of their characters, which tell quickly that a text lacks one.
//!
//! Invariant: a character of a text is in its set; the converse holds for ASCII letters and digits alone.

use memchr::memchr_iter;

/// A folded text: words one space apart.
#[derive(Debug, Clone, Copy)]
pub struct FoldedText<'a> {
    pub text: &'a str,
    /// A superset of its characters.
    pub char_set: CharSet,
}

impl<'a> FoldedText<'a> {
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

/// A set of characters in 64 bits. Letters and digits of ASCII have a bit each; all other characters share 28 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CharSet(u64);

impl CharSet {
    /// The set of a text of which nothing is known.
    pub const ANYTHING: Self = Self(u64::MAX);

    /// The characters of a folded text.
    pub fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self(text.bytes().fold(0, |set, byte| set | ASCII_BITS[usize::from(byte & 0x7f)]));
        }
        Self(text.chars().fold(0, |set, c| set | 1 << Self::bit(c)))
    }

    /// Returns true if a text with this set may have all characters of a text with the set `other`.
    #[inline]
    pub fn may_hold(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn bit(c: char) -> u32 {
        match c {
            'a'..='z' => c as u32 - 'a' as u32,
            '0'..='9' => 26 + c as u32 - '0' as u32,
            // Other scripts share the bits that are left.
            _ => 36 + c as u32 % 28,
        }
    }
}

/// The set of each ASCII character alone; a table is faster than the match.
const ASCII_BITS: [u64; 128] = {
    let mut bits = [0; 128];
    let mut byte = 0;
    while byte < 128_u8 {
        bits[byte as usize] = 1 << CharSet::bit(byte as char);
        byte += 1;
    }
    bits
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_set_of_a_text_has_the_characters_of_each_of_its_parts(text in ".{0,40}", from in 0..9_usize, count in 0..4_usize) {
            let text = fold(&text);
            let part: String = text.chars().skip(from).step_by(2).take(count).collect();
            prop_assert!(CharSet::of(&text).may_hold(CharSet::of(&part)));
        }
    }

    #[test]
    fn a_letter_that_a_text_lacks_is_not_in_its_set() {
        assert!(!CharSet::of("kalyani").may_hold(CharSet::of("kb")));
        assert!(CharSet::ANYTHING.may_hold(CharSet::of("kb 9é")));
    }

    #[test]
    fn only_occurrences_at_the_start_of_a_word_are_word_starts() {
        let starts = |wanted| FoldedText::new("kal akal é kalyani kal").word_starts(wanted).collect::<Vec<_>>();
        assert_eq!(starts("kal"), [0, 12, 20]);
        assert_eq!(starts("kal akal"), [0]);
        assert!(starts("kalx").is_empty());
        assert_eq!(starts("é"), [9]);
    }
}
