//! Discards names that cannot match, 64 at a time, by the letter bitmap alone.
//!
//! A set of names of a block is a `u64`, one bit a name.
//!
//! Invariant: [`Prefilter::names`] keeps every name that [`match_name`](super::text_match::match_name) matches, and
//! [`Prefilter::names_with_typos`] every one that
//! [`match_name_with_typos`](super::text_match::match_name_with_typos) matches. Names that are [`surely_in_order`] are
//! [`in_order`], and have the letters in order in their text.

use super::letter_bitmap::{LetterBitmap, LetterCode, PARTS};
use super::pattern::{Atom, Pattern};
use super::text_match::tolerates_typo;

/// A pattern compiled for the letter bitmap.
#[derive(Debug, Default)]
pub struct Prefilter {
    /// For each wanted term its alternatives.
    terms: Vec<Vec<Alternative>>,
}

/// The letters of an atom.
#[derive(Debug)]
struct Alternative {
    codes: Vec<LetterCode>,
    tolerates_typo: bool,
}

impl Prefilter {
    /// Compiles a pattern.
    pub fn new(pattern: &Pattern) -> Self {
        let alternative =
            |atom: &Atom| Alternative { codes: codes(&atom.token.text), tolerates_typo: tolerates_typo(atom) };
        Self { terms: pattern.wanted.iter().map(|term| term.any.iter().map(alternative).collect()).collect() }
    }

    /// The names of a block that may match.
    #[inline]
    pub fn names(&self, letters: &LetterBitmap, block: usize) -> u64 {
        self.keep(letters.all(block), |atom| in_order(letters, &atom.codes, block))
    }

    /// The names of a block that may match with a typing error in every word.
    pub fn names_with_typos(&self, letters: &LetterBitmap, block: usize) -> u64 {
        self.keep(letters.all(block), |atom| {
            if atom.tolerates_typo {
                in_order_but_one(letters, &atom.codes, block)
            } else {
                in_order(letters, &atom.codes, block)
            }
        })
    }

    /// The names of `all` that `passing` returns for an alternative of every term.
    #[inline]
    fn keep(&self, all: u64, passing: impl Fn(&Alternative) -> u64) -> u64 {
        self.terms.iter().fold(all, |left, term| {
            if left == 0 {
                return 0;
            }
            left & term.iter().fold(0, |any, atom| any | passing(atom))
        })
    }
}

pub fn codes(text: &str) -> Vec<LetterCode> {
    text.chars().filter_map(LetterCode::of).collect()
}

/// The names of a block that may have the letters in order.
#[inline]
pub fn in_order(letters: &LetterBitmap, codes: &[LetterCode], block: usize) -> u64 {
    // For each part the names in which it may have the last letter so far.
    let mut reached = [u64::MAX; PARTS];
    for &code in codes {
        let (parts, mut before) = (letters.parts(code, block), 0);
        for at in 0..PARTS {
            before |= reached[at];
            reached[at] = parts[at] & before;
        }
    }
    any(reached)
}

/// The names of a block that have the letters in order, each in a later part than the one before. All codes have to be
/// exact.
#[inline]
pub fn surely_in_order(letters: &LetterBitmap, codes: &[LetterCode], block: usize) -> u64 {
    let Some((&first, rest)) = codes.split_first() else { return 0 };
    debug_assert!(codes.iter().all(|code| code.is_exact()), "a text may have another letter with the same code");
    let mut reached = *letters.parts(first, block);
    for &code in rest {
        let (parts, mut before) = (letters.parts(code, block), 0);
        for at in 0..PARTS {
            let here = parts[at] & before;
            before |= reached[at];
            reached[at] = here;
        }
    }
    any(reached)
}

/// The names of a block that may have all letters but at most one in order. Whatever the typing error was, the name has
/// all typed letters but one.
fn in_order_but_one(letters: &LetterBitmap, codes: &[LetterCode], block: usize) -> u64 {
    let (mut clean, mut erring) = ([u64::MAX; PARTS], [0; PARTS]);
    for &code in codes {
        let (mut before_clean, mut before_erring) = (0, 0);
        let reached = clean.iter_mut().zip(&mut erring).zip(letters.parts(code, block));
        for ((clean, erring), part) in reached {
            before_clean |= *clean;
            before_erring |= *erring;
            *erring = part & before_erring | *clean;
            *clean = part & before_clean;
        }
    }
    any(clean) | any(erring)
}

#[inline]
fn any(reached: [u64; PARTS]) -> u64 {
    reached.iter().fold(0, |any, stand| any | stand)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_in_order(letters: impl IntoIterator<Item = char>, text: &str) -> bool {
        let mut left = text.chars();
        letters.into_iter().filter(|&c| c != ' ').all(|letter| left.any(|c| c == letter))
    }

    proptest! {
        #[test]
        fn no_name_with_the_letters_in_order_is_discarded_and_what_is_sure_has_them(
            texts in prop::collection::vec("([a-d0-1é]{1,9} ){0,9}[a-dс]{0,40}", 1..70),
            word in "[a-d]{1,9}|[a-d0-1 éс]{0,9}",
        ) {
            let letters = LetterBitmap::of(&texts);
            let codes = codes(&word);
            for (row, text) in texts.iter().enumerate() {
                let (block, bit) = (row / 64, row % 64);
                let has = |bits: u64| bits >> bit & 1 == 1;
                let is_in_order_here = is_in_order(word.chars(), text);
                if is_in_order_here {
                    prop_assert!(has(in_order(&letters, &codes, block)), "{:?} in {:?}", word, text);
                }
                if codes.iter().all(|code| code.is_exact()) && has(surely_in_order(&letters, &codes, block)) {
                    prop_assert!(is_in_order_here, "not {:?} in {:?}", word, text);
                }
                let without = |place: usize| word.chars().enumerate().filter(move |&(at, _)| at != place).map(|(_, c)| c);
                if is_in_order_here || (0..word.chars().count()).any(|place| is_in_order(without(place), text)) {
                    prop_assert!(has(in_order_but_one(&letters, &codes, block)), "{:?} but one in {:?}", word, text);
                }
            }
        }
    }

    #[test]
    fn letters_in_different_parts_are_sure_to_be_in_order_and_those_in_one_part_may_be() {
        let names = ["kal", "lak", "k       a       l", "l       a       k", "k1      a       l"];
        let letters = LetterBitmap::of(&names.map(str::to_owned));
        let codes = codes("kal");
        assert_eq!(in_order(&letters, &codes, 0), 0b10111);
        assert_eq!(surely_in_order(&letters, &codes, 0), 0b10100);
        assert!(!super::codes("k1").iter().all(|code| code.is_exact()), "two digits share a code");
    }
}
