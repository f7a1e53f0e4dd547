//! How well the letters of a token, in order but with gaps, fit a name.
//!
//! The measure is that of `SkimMatcherV2::fuzzy_indices`, on folded text. Two facts shape
//! this file. `fuzzy_match` of that crate gives other scores than `fuzzy_indices`, and a
//! matcher that is used again reads bonuses left behind by the call before wherever a
//! token has a letter twice in a row. So the truth is a *fresh* `fuzzy_indices`, which is
//! too slow for a whole index: [`Scorer`] computes the same score in two rows, and
//! [`fit`] asks the crate itself where positions are wanted.
//!
//! Invariant: [`Scorer::score`] and [`fit`] agree on every folded name and token, and
//! neither depends on what was asked before. No other file names the crate.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// What a matching letter earns, and what it earns more at the start of a word (twice
/// that at the start of the name) or right behind another matching letter.
pub const MATCH: i32 = 16;
/// See [`MATCH`].
pub const HEAD: i32 = 8;
/// See [`MATCH`].
pub const ADJACENT: i32 = 4;
/// What the first letter of a gap costs.
pub const GAP_START: i32 = 4;
/// What every further letter of a gap costs.
pub const GAP_GOES_ON: i32 = 1;
/// "Impossible"; the crate's own number, since sums with it can be compared.
const NEVER: i32 = i16::MIN as i32;

/// A set of characters in 64 bits: what a text's bag lacks, the text lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bag(u64);

impl Bag {
    /// The bag of a text of which nothing is known.
    pub const ANYTHING: Self = Self(u64::MAX);

    /// The characters of a folded text.
    pub fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self(text.bytes().fold(0, |bag, byte| bag | ASCII_BITS[usize::from(byte & 0x7f)]));
        }
        Self(text.chars().fold(0, |bag, c| bag | 1 << Self::bit(c)))
    }

    /// Whether everything in `other` may be in this one.
    #[inline]
    pub fn may_hold(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Everything in either.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn bit(c: char) -> u32 {
        match c {
            'a'..='z' => c as u32 - 'a' as u32,
            '0'..='9' => 26 + c as u32 - '0' as u32,
            // Other scripts share what is left.
            _ => 36 + c as u32 % 28,
        }
    }
}

/// The set of each ASCII character alone: names are read faster by table.
const ASCII_BITS: [u64; 128] = {
    let mut bits = [0; 128];
    let mut byte = 0;
    while byte < 128_u8 {
        bits[byte as usize] = 1 << Bag::bit(byte as char);
        byte += 1;
    }
    bits
};

/// A folded word to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    text: String,
    chars: Vec<char>,
    bag: Bag,
}

impl Token {
    /// Takes a folded text.
    pub fn new(folded: &str) -> Self {
        Self { text: folded.to_owned(), chars: folded.chars().collect(), bag: Bag::of(folded) }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The characters.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The set of its characters.
    pub fn bag(&self) -> Bag {
        self.bag
    }
}

/// How a token fits a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// Higher is better; only scores of the same token compare.
    pub score: i32,
    /// The first character at which the token can begin, from 0.
    pub start: u32,
    /// See [`is_scattered`].
    pub is_scattered: bool,
}

/// Computes scores of one name after the other; keeps its buffers.
#[derive(Debug, Default)]
pub struct Scorer {
    name: Vec<char>,
    /// Per column: the best score with the letter there matched, and with it passed over.
    matched: Vec<i32>,
    passed: Vec<i32>,
    firsts: Vec<usize>,
}

impl Scorer {
    /// Turns to another name, folded.
    pub fn read(&mut self, name: &str) {
        self.name.clear();
        self.name.extend(name.chars());
    }

    /// The length of the name in characters.
    pub fn len(&self) -> usize {
        self.name.len()
    }

    /// The words of the name.
    pub fn words(&self) -> impl Iterator<Item = &[char]> {
        self.name.split(|&c| c == ' ')
    }

    /// How the token fits; none if the name has not all its letters in order.
    pub fn score(&mut self, token: &Token) -> Option<Fit> {
        if !self.find_firsts(token) {
            return None;
        }
        let start = self.firsts.first().copied().unwrap_or(0) as u32;
        let score = if token.chars.is_empty() { 0 } else { self.align(token) };
        Some(Fit { score, start, is_scattered: is_scattered(score, token.chars.len()) })
    }

    /// The earliest place of each letter; false if there is none.
    fn find_firsts(&mut self, token: &Token) -> bool {
        self.firsts.clear();
        let mut from = 0;
        for &letter in &token.chars {
            let Some(step) = self.name[from..].iter().position(|&c| c == letter) else { return false };
            self.firsts.push(from + step);
            from += step + 1;
        }
        true
    }

    /// The best alignment, row by row. Column `j` stands for "up to the `j`-th letter".
    fn align(&mut self, token: &Token) -> i32 {
        let columns = self.name.len() + 1;
        self.matched.clear();
        self.matched.resize(columns, NEVER);
        self.passed.clear();
        self.passed.resize(columns, -GAP_GOES_ON);
        for (&letter, &first) in token.chars.iter().zip(&self.firsts) {
            let mut diagonal = (self.matched[first], self.passed[first]);
            let mut left = (NEVER, NEVER);
            (self.matched[first], self.passed[first]) = left;
            for column in first + 1..columns {
                let above = (self.matched[column], self.passed[column]);
                let here = if self.name[column - 1] == letter {
                    let head = self.head_bonus(column - 1);
                    MATCH + (diagonal.0 + head.max(ADJACENT)).max(diagonal.1 + head)
                } else {
                    NEVER
                };
                left = (here, (left.0 - GAP_START).max(left.1 - GAP_GOES_ON));
                (self.matched[column], self.passed[column]) = left;
                diagonal = above;
            }
        }
        let last = self.firsts.last().copied().unwrap_or(0);
        self.matched[last..].iter().copied().max().unwrap_or(NEVER)
    }

    fn head_bonus(&self, index: usize) -> i32 {
        match index.checked_sub(1) {
            None => 2 * HEAD,
            Some(before) if self.name[before] == ' ' => HEAD,
            Some(_) => 0,
        }
    }
}

/// Whether the gaps of a match cost more than its word starts and neighbours earn.
#[inline]
pub fn is_scattered(score: i32, letters: usize) -> bool {
    let letters = i32::try_from(letters).unwrap_or(i32::MAX);
    score < letters.saturating_mul(MATCH)
}

/// The score of a token in a name, and the positions of its best alignment, in characters.
pub fn fit(name: &str, token: &Token) -> Option<(i32, Vec<usize>)> {
    if !Bag::of(name).may_hold(token.bag) {
        return None;
    }
    let (score, positions) = SkimMatcherV2::default().fuzzy_indices(name, &token.text)?;
    Some((i32::try_from(score).unwrap_or(i32::MAX), positions))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use proptest::prelude::*;

    fn fresh(name: &str, token: &str) -> Option<i32> {
        let fit = SkimMatcherV2::default().fuzzy_indices(name, token);
        fit.map(|(score, _)| i32::try_from(score).unwrap())
    }

    fn scored(scorer: &mut Scorer, name: &str, token: &str) -> Option<i32> {
        scorer.read(name);
        scorer.score(&Token::new(token)).map(|fit| fit.score)
    }

    #[test]
    fn initials_of_words_beat_letters_inside_them() {
        let mut scorer = Scorer::default();
        let heads = scored(&mut scorer, "obstetrics gynaecology", "og").unwrap();
        let inside = scored(&mut scorer, "cardiology wing", "og").unwrap();
        assert!(heads > inside);
    }

    #[test]
    fn letters_here_and_there_are_scattered_and_initials_are_not() {
        let mut scorer = Scorer::default();
        for (name, token, is_scattered) in [
            ("obstetrics gynaecology", "obgy", false),
            ("community medicine family medicine", "cmfm", false),
            ("indian council of medical research", "icmr", false),
            ("ophthalmology", "opthalmology", false),
            ("planned site moved from raiganj to kalyani", "rmaji", true),
            ("ms in ophthalmology", "sinhg", true),
        ] {
            scorer.read(name);
            assert_eq!(scorer.score(&Token::new(token)).unwrap().is_scattered, is_scattered, "{token} in {name}");
        }
    }

    #[test]
    fn a_missing_letter_is_no_fit() {
        let mut scorer = Scorer::default();
        assert_eq!(scored(&mut scorer, "ramji", "ramjis"), None);
        assert_eq!(fit("ramji", &Token::new("rx")), None);
        assert_eq!(scored(&mut scorer, "", "a"), None);
        assert_eq!(scored(&mut scorer, "", ""), Some(0));
    }

    #[test]
    fn positions_are_counted_in_characters() {
        assert_eq!(fit("слово", &Token::new("сво")).unwrap().1, [0, 3, 4]);
    }

    #[test]
    fn a_score_does_not_remember_the_name_before() {
        // The crate's own matcher does: these names have doubled letters.
        let names = ["swiss class", "abaa", "baaaa aa", "mississippi assess"];
        let mut scorer = Scorer::default();
        for _ in 0..2 {
            for name in names {
                for token in ["ss", "aa", "aaa", "sss"] {
                    assert_eq!(scored(&mut scorer, name, token), fresh(name, token), "{token} in {name}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn the_score_is_that_of_a_fresh_matcher(
            pairs in prop::collection::vec(("[abcé ]{0,24}", "[abcé]{0,5}"), 1..4)
        ) {
            let mut scorer = Scorer::default();
            for (name, token) in pairs {
                let name = fold(&name);
                prop_assert_eq!(scored(&mut scorer, &name, &token), fresh(&name, &token), "{:?} in {:?}", token, name);
                prop_assert_eq!(fit(&name, &Token::new(&token)).map(|fit| fit.0), fresh(&name, &token));
            }
        }

        #[test]
        fn the_score_is_that_of_a_fresh_matcher_on_any_text(name in ".{0,60}", token in ".{0,4}") {
            let (name, token) = (fold(&name), fold(&token));
            let mut scorer = Scorer::default();
            prop_assert_eq!(scored(&mut scorer, &name, &token), fresh(&name, &token));
        }

        #[test]
        fn a_bag_never_hides_a_fit(name in ".{0,40}", token in ".{0,3}") {
            let (name, token) = (fold(&name), fold(&token));
            if fresh(&name, &token).is_some() {
                prop_assert!(Bag::of(&name).may_hold(Bag::of(&token)));
            }
        }
    }
}
