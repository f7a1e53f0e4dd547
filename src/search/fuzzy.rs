//! Fuzzy matching: how well the letters of a token, in order but with gaps, fit a name.
//!
//! The score is that of `SkimMatcherV2::fuzzy_indices` of the crate `fuzzy-matcher` 0.3.7 on folded text: an affine-gap
//! alignment in the manner of Smith–Waterman, with bonuses for the starts of words and for adjacent letters. In that
//! version `fuzzy_match` gives other scores than `fuzzy_indices`, and a matcher that is used again reads bonuses of the
//! call before where a token has a letter twice in a row. The reference is therefore a *fresh* `fuzzy_indices`, which is
//! too slow for a whole index: [`Scorer`] computes the same score in two rows, and [`positions`] asks the crate.
//!
//! Invariant: [`Scorer::score`] and [`positions`] agree on every folded name and token, and neither depends on earlier
//! calls. No other file names the crate.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::folded_text::CharSet;
use super::pattern::Token;

/// The score of a matching letter.
pub const MATCH: i32 = 16;
/// The bonus of a matching letter at the start of a word; twice that at the start of the name.
pub const WORD_START: i32 = 8;
/// The bonus of a matching letter directly behind another one.
pub const ADJACENT: i32 = 4;
/// The penalty of the first letter of a gap.
pub const GAP_START: i32 = 4;
/// The penalty of every further letter of a gap.
pub const GAP_EXTENSION: i32 = 1;
/// The score of an impossible alignment. It is the crate's own number, since sums with it are compared.
const NEVER: i32 = i16::MIN as i32;

/// The match of a token in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// The higher, the better; only scores of the same token can be compared.
    pub score: i32,
    /// The first character at which the token can begin, from 0.
    pub start: u32,
}

/// Computes scores of one name after the other, and keeps its buffers.
#[derive(Debug, Default)]
pub struct Scorer {
    name: Vec<char>,
    /// For each column the best score with the letter there matched, and with it skipped.
    matched: Vec<i32>,
    skipped: Vec<i32>,
    /// The earliest position of each letter of the token.
    firsts: Vec<usize>,
}

impl Scorer {
    /// Takes the next name, folded.
    pub fn read(&mut self, name: &str) {
        self.name.clear();
        self.name.extend(name.chars());
    }

    /// The length of the name in characters.
    pub fn len(&self) -> usize {
        self.name.len()
    }

    pub fn words(&self) -> impl Iterator<Item = &[char]> {
        self.name.split(|&c| c == ' ')
    }

    /// Scores a token; `None` if the name does not have all its letters in order.
    pub fn score(&mut self, token: &Token) -> Option<Fit> {
        if !self.find_firsts(token) {
            return None;
        }
        let start = self.firsts.first().copied().unwrap_or(0) as u32;
        let score = if token.chars.is_empty() { 0 } else { self.align(token) };
        Some(Fit { score, start })
    }

    /// Finds the earliest position of each letter; returns false if one is missing.
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

    /// The score of the best alignment, computed row by row. Column `j` is for the first `j` letters of the name.
    fn align(&mut self, token: &Token) -> i32 {
        let columns = self.name.len() + 1;
        self.matched.clear();
        self.matched.resize(columns, NEVER);
        self.skipped.clear();
        self.skipped.resize(columns, -GAP_EXTENSION);
        for (&letter, &first) in token.chars.iter().zip(&self.firsts) {
            let mut diagonal = (self.matched[first], self.skipped[first]);
            let mut left = (NEVER, NEVER);
            (self.matched[first], self.skipped[first]) = left;
            for column in first + 1..columns {
                let above = (self.matched[column], self.skipped[column]);
                let here = if self.name[column - 1] == letter {
                    let bonus = self.start_bonus(column - 1);
                    MATCH + (diagonal.0 + bonus.max(ADJACENT)).max(diagonal.1 + bonus)
                } else {
                    NEVER
                };
                left = (here, (left.0 - GAP_START).max(left.1 - GAP_EXTENSION));
                (self.matched[column], self.skipped[column]) = left;
                diagonal = above;
            }
        }
        let last = self.firsts.last().copied().unwrap_or(0);
        self.matched[last..].iter().copied().max().unwrap_or(NEVER)
    }

    fn start_bonus(&self, index: usize) -> i32 {
        match index.checked_sub(1) {
            None => 2 * WORD_START,
            Some(before) if self.name[before] == ' ' => WORD_START,
            Some(_) => 0,
        }
    }
}

/// The score of letters side by side, at the start of the text, of a word, or elsewhere.
pub fn score_of_run(letters: usize, is_at_front: bool, is_at_word: bool) -> i32 {
    let letters = i32::try_from(letters).unwrap_or(i32::MAX);
    let bonus = match (is_at_front, is_at_word) {
        (true, _) => 2 * WORD_START,
        (false, true) => WORD_START,
        (false, false) => 0,
    };
    letters
        .saturating_mul(MATCH)
        .saturating_add(letters.saturating_sub(1).saturating_mul(ADJACENT))
        .saturating_add(bonus)
}

/// Returns true if the gaps of a match cost more than its word starts and adjacent letters earn.
#[inline]
pub fn is_scattered(score: i32, letters: usize) -> bool {
    let letters = i32::try_from(letters).unwrap_or(i32::MAX);
    score < letters.saturating_mul(MATCH)
}

/// The score of a token in a name, and the positions of its best alignment, in characters from 0.
pub fn positions(name: &str, token: &Token) -> Option<(i32, Vec<usize>)> {
    if !CharSet::of(name).may_hold(token.char_set) {
        return None;
    }
    let (score, positions) = SkimMatcherV2::default().fuzzy_indices(name, &token.text)?;
    Some((i32::try_from(score).unwrap_or(i32::MAX), positions))
}

#[cfg(test)]
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
    fn initials_of_words_score_higher_than_letters_inside_words() {
        let mut scorer = Scorer::default();
        let heads = scored(&mut scorer, "obstetrics gynaecology", "og").unwrap();
        let inside = scored(&mut scorer, "cardiology wing", "og").unwrap();
        assert!(heads > inside);
    }

    #[test]
    fn letters_far_apart_are_scattered_and_initials_are_not() {
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
            let score = scorer.score(&Token::new(token)).unwrap().score;
            assert_eq!(super::is_scattered(score, token.len()), is_scattered, "{token} in {name}");
        }
    }

    #[test]
    fn a_name_that_lacks_a_letter_has_no_score() {
        let mut scorer = Scorer::default();
        assert_eq!(scored(&mut scorer, "ramji", "ramjis"), None);
        assert_eq!(positions("ramji", &Token::new("rx")), None);
        assert_eq!(scored(&mut scorer, "", "a"), None);
        assert_eq!(scored(&mut scorer, "", ""), Some(0));
    }

    #[test]
    fn positions_are_counted_in_characters() {
        assert_eq!(positions("слово", &Token::new("сво")).unwrap().1, [0, 3, 4]);
    }

    #[test]
    fn a_score_does_not_depend_on_the_name_before() {
        // A reused matcher of the crate fails here, as these names have doubled letters.
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
                prop_assert_eq!(positions(&name, &Token::new(&token)).map(|fit| fit.0), fresh(&name, &token));
            }
        }

        #[test]
        fn the_score_is_that_of_a_fresh_matcher_on_any_text(name in ".{0,60}", token in ".{0,4}") {
            let (name, token) = (fold(&name), fold(&token));
            let mut scorer = Scorer::default();
            prop_assert_eq!(scored(&mut scorer, &name, &token), fresh(&name, &token));
        }
    }
}
