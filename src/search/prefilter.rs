//! Which names of a block can answer a query at all, told from the bitmap index of their letters alone.
//!
//! Invariant: [`Sieve::names`] lets every name through that
//! [`judge::by_name`](super::judge::by_name) finds, and [`Sieve::slips`] every one that
//! [`judge::by_slip`](super::judge::by_slip) finds. What is [`surely_in_order`] is
//! [`in_order`] and stands so in the text.

use super::typo;
use crate::query::{Atom, Form, Query};
use crate::search::letter_bitmap::{Code, Letters, PARTS};

/// See the module.
#[derive(Debug, Default)]
pub struct Sieve {
    /// Per term its alternatives.
    terms: Vec<Vec<Pattern>>,
}

/// The letters of an alternative.
#[derive(Debug)]
struct Pattern {
    codes: Vec<Code>,
    /// Whether a slip in it is forgiven.
    may_slip: bool,
}

impl Sieve {
    /// The sieve of a query.
    pub fn new(query: &Query) -> Self {
        let pattern = |atom: &Atom| Pattern {
            codes: codes(atom.token.text()),
            may_slip: atom.form == Form::Loose && atom.token.chars().len() >= typo::SHORTEST,
        };
        Self { terms: query.wanted.iter().map(|term| term.any.iter().map(pattern).collect()).collect() }
    }

    /// The names of a block that may answer.
    #[inline]
    pub fn names(&self, letters: &Letters, block: usize) -> u64 {
        self.pass(letters.all(block), |pattern| in_order(letters, &pattern.codes, block))
    }

    /// The names of a block that may answer but for a slip in every word.
    pub fn slips(&self, letters: &Letters, block: usize) -> u64 {
        self.pass(letters.all(block), |pattern| {
            if pattern.may_slip {
                in_order_but_one(letters, &pattern.codes, block)
            } else {
                in_order(letters, &pattern.codes, block)
            }
        })
    }

    /// All of these that one alternative of every term lets through.
    #[inline]
    fn pass(&self, all: u64, lets_through: impl Fn(&Pattern) -> u64) -> u64 {
        self.terms.iter().fold(all, |left, term| {
            if left == 0 {
                return 0;
            }
            left & term.iter().fold(0, |any, pattern| any | lets_through(pattern))
        })
    }
}

/// The codes of a text's letters.
pub fn codes(text: &str) -> Vec<Code> {
    text.chars().filter_map(Code::of).collect()
}

/// The names of a block that may have these letters in this order.
#[inline]
pub fn in_order(letters: &Letters, codes: &[Code], block: usize) -> u64 {
    // The names in which a part can have the last letter so far.
    let mut stands = [u64::MAX; PARTS];
    for &code in codes {
        let (parts, mut before) = (letters.parts(code, block), 0);
        for at in 0..PARTS {
            before |= stands[at];
            stands[at] = parts[at] & before;
        }
    }
    any(stands)
}

/// The names of a block that have these letters in this order, each in a part behind that of the one
/// before. All codes have to be exact.
#[inline]
pub fn surely_in_order(letters: &Letters, codes: &[Code], block: usize) -> u64 {
    let Some((&first, rest)) = codes.split_first() else { return 0 };
    debug_assert!(codes.iter().all(|code| code.is_exact()), "a text may have another letter of the same code");
    let mut stands = *letters.parts(first, block);
    for &code in rest {
        let (parts, mut before) = (letters.parts(code, block), 0);
        for at in 0..PARTS {
            let here = parts[at] & before;
            before |= stands[at];
            stands[at] = here;
        }
    }
    any(stands)
}

/// The names of a block that may have all these letters but at most one in this order. Whatever the slip
/// was, without one of the letters that were typed all others stand there.
fn in_order_but_one(letters: &Letters, codes: &[Code], block: usize) -> u64 {
    let (mut clean, mut slipped) = ([u64::MAX; PARTS], [0; PARTS]);
    for &code in codes {
        let (mut before_clean, mut before_slipped) = (0, 0);
        let stands = clean.iter_mut().zip(&mut slipped).zip(letters.parts(code, block));
        for ((clean, slipped), part) in stands {
            before_clean |= *clean;
            before_slipped |= *slipped;
            *slipped = part & before_slipped | *clean;
            *clean = part & before_clean;
        }
    }
    any(clean) | any(slipped)
}

#[inline]
fn any(stands: [u64; PARTS]) -> u64 {
    stands.iter().fold(0, |any, stand| any | stand)
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
        fn what_stands_in_order_is_let_through_and_what_is_sure_stands_so(
            texts in prop::collection::vec("([a-d0-1é]{1,9} ){0,9}[a-dс]{0,40}", 1..70),
            word in "[a-d]{1,9}|[a-d0-1 éс]{0,9}",
        ) {
            let letters = Letters::of(&texts);
            let codes = codes(&word);
            for (row, text) in texts.iter().enumerate() {
                let (block, bit) = (row / 64, row % 64);
                let has = |bits: u64| bits >> bit & 1 == 1;
                let stands = is_in_order(word.chars(), text);
                if stands {
                    prop_assert!(has(in_order(&letters, &codes, block)), "{:?} in {:?}", word, text);
                }
                if codes.iter().all(|code| code.is_exact()) && has(surely_in_order(&letters, &codes, block)) {
                    prop_assert!(stands, "not {:?} in {:?}", word, text);
                }
                let without = |place: usize| word.chars().enumerate().filter(move |&(at, _)| at != place).map(|(_, c)| c);
                if stands || (0..word.chars().count()).any(|place| is_in_order(without(place), text)) {
                    prop_assert!(has(in_order_but_one(&letters, &codes, block)), "{:?} but one in {:?}", word, text);
                }
            }
        }
    }

    #[test]
    fn letters_in_parts_of_their_own_are_sure_and_those_in_one_part_may_be() {
        let names = ["kal", "lak", "k       a       l", "l       a       k", "k1      a       l"];
        let letters = Letters::of(&names.map(str::to_owned));
        let codes = codes("kal");
        assert_eq!(in_order(&letters, &codes, 0), 0b10111);
        assert_eq!(surely_in_order(&letters, &codes, 0), 0b10100);
        assert!(!super::codes("k1").iter().all(|code| code.is_exact()), "two digits share a code");
    }
}
