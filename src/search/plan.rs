//! A pattern compiled for the position masks of names: which names match, in which tier, and how well at best.
//!
//! Runs of adjacent letters are found bit-parallel, all positions at once, as in the Shift-And algorithm of Baeza-Yates
//! and Gonnet; one typing error by the extension of Wu and Manber to errors.
//!
//! Invariant: for every name that has masks, [`Plan::rank`] is [`match_name`](super::text_match::match_name).
//! [`Plan::upper_bound`] is `None` for the same names, else not worse than that, and close if and only if that is.
//! [`Plan::may_have_typos`] is true wherever [`match_name_with_typos`](super::text_match::match_name_with_typos) matches.

use super::alignment::{self, Aligner};
use super::fuzzy::Fit;
use super::masks::Mask;
use super::name_masks::NameMasks;
use super::pattern::{Form, Pattern, Quote};
use super::prefilter::Prefilter;
use super::rank::{MatchRank, Occurrence, Tier};
use super::single_word::SingleWord;
use super::typo;

/// The letters of a text, each by its number in the plan.
type Letters = Vec<u8>;

/// One alternative of a term.
#[derive(Debug)]
struct PlannedAtom {
    form: Form,
    letters: Letters,
}

/// A compiled pattern.
#[derive(Debug, Default)]
pub struct Plan {
    /// The distinct letters of all atoms; their indices are the numbers of the letters.
    pub letters: Vec<u8>,
    /// For each wanted term its atoms that can occur in a name of ASCII.
    terms: Vec<Vec<PlannedAtom>>,
    /// All words in their order, where the pattern is words without signs.
    whole: Option<Letters>,
    /// True if the pattern is a single word.
    is_single_word: bool,
    /// The word that is all of the pattern, if the fast path for single words applies.
    pub single_word: Option<SingleWord>,
    /// The numbers of letters that every matching name has in this order.
    pub front: Letters,
    /// Tells which names may match at all.
    pub prefilter: Prefilter,
}

impl Plan {
    /// Compiles a pattern.
    pub fn new(pattern: &Pattern) -> Self {
        let mut plan = Self { prefilter: Prefilter::new(pattern), ..Self::default() };
        for term in &pattern.wanted {
            let planned = term.any.iter().filter_map(|atom| {
                let letters = plan.letters_of(&atom.token.text)?;
                Some(PlannedAtom { form: atom.form, letters })
            });
            let planned = planned.collect();
            plan.terms.push(planned);
        }
        plan.whole = pattern.whole.as_deref().and_then(|whole| plan.letters_of(whole));
        if let Some([only]) = plan.terms.first().map(Vec::as_slice) {
            plan.front.clone_from(&only.letters);
            plan.is_single_word = plan.whole.is_some() && plan.terms.len() == 1;
            if plan.is_single_word && only.form == Form::Loose {
                let letters: Vec<u8> = only.letters.iter().map(|&letter| plan.letters[usize::from(letter)]).collect();
                plan.single_word = SingleWord::new(&letters);
            }
        }
        plan
    }

    /// The numbers of the letters of a text; `None` if a name of ASCII cannot have them all.
    fn letters_of(&mut self, text: &str) -> Option<Letters> {
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b' ';
        if !text.bytes().all(known) {
            return None;
        }
        let number = |byte: u8| {
            let known = self.letters.iter().position(|&letter| letter == byte);
            known.unwrap_or_else(|| {
                self.letters.push(byte);
                self.letters.len() - 1
            }) as u8
        };
        Some(text.bytes().map(number).collect())
    }

    /// An upper bound of the rank of a name; `None` if the name does not match.
    pub fn upper_bound<M: Mask>(&self, name: &NameMasks<M>) -> Option<MatchRank> {
        self.rank_by(name, |letters| alignment::upper_bound(letters, |letter| name.of(letter), name.heads))
    }

    /// The rank of a name; `None` if the name does not match.
    pub fn rank<M: Mask>(&self, name: &NameMasks<M>, aligner: &mut Aligner) -> Option<MatchRank> {
        self.rank_by(name, |letters| aligner.score(letters, |letter| name.of(letter), name.heads))
    }

    fn rank_by<M: Mask>(&self, name: &NameMasks<M>, mut fit: impl FnMut(&[u8]) -> Option<Fit>) -> Option<MatchRank> {
        let chars = name.chars;
        if self.terms.is_empty() {
            return Some(MatchRank { tier: Tier::Word, whole: false, score: 0, chars, start: 0 });
        }
        let sum = MatchRank::of_terms(&self.terms, |term| {
            let ranks = term.iter().filter_map(|planned| {
                let found = planned.find(name, self.is_single_word)?;
                Some(found.rank(fit(&planned.letters)?, planned.letters.len()))
            });
            ranks.min_by(MatchRank::compare)
        })?;
        Some(MatchRank { tier: self.as_typed(sum.tier, name), chars, ..sum })
    }

    /// The tier of a name, which is better if its words are side by side as in the pattern.
    #[inline]
    fn as_typed<M: Mask>(&self, tier: Tier, name: &NameMasks<M>) -> Tier {
        match &self.whole {
            Some(whole) if tier == Tier::Word && (self.is_single_word || (name.runs(whole) & name.heads).is_any()) => {
                Tier::exact_or_prefix(name.chars == whole.len() as u32)
            }
            _ => tier,
        }
    }

    /// Returns false if a name does not match even with one typing error a word.
    pub fn may_have_typos<M: Mask>(&self, name: &NameMasks<M>) -> bool {
        self.terms.iter().all(|term| term.iter().any(|planned| planned.may_have_typo(name)))
    }
}

impl PlannedAtom {
    /// Finds the atom in a name; `is_in_order` tells that the name is known to have its letters in order.
    #[inline]
    fn find<M: Mask>(&self, name: &NameMasks<M>, is_in_order: bool) -> Option<Occurrence> {
        let runs = name.runs(&self.letters);
        if self.form != Form::Loose {
            return self.find_as_signed(runs, name);
        }
        let at_words = runs & name.heads;
        if at_words.is_any() {
            Some(Occurrence { tier: Tier::Word, whole: self.is_whole(at_words, name), is_loose: true })
        } else {
            let is_here = is_in_order || name.has_in_order(&self.letters);
            is_here.then_some(Occurrence { tier: Tier::Fuzzy, whole: false, is_loose: true })
        }
    }

    /// Returns true if one of `runs` ends with a word. A single letter is no whole word yet.
    fn is_whole<M: Mask>(&self, runs: M, name: &NameMasks<M>) -> bool {
        let letters = self.letters.len() as u32;
        letters > 1 && name.ends_word(runs, letters)
    }

    /// Finds an atom whose form is not loose; `runs` are the positions at which its letters begin side by side.
    fn find_as_signed<M: Mask>(&self, runs: M, name: &NameMasks<M>) -> Option<Occurrence> {
        if runs.is_none() {
            return None;
        }
        let letters = self.letters.len() as u32;
        let at_words = runs & name.heads;
        let is_all = name.chars == letters;
        let (tier, whole) = match self.form {
            Form::Within if at_words.is_any() => {
                (Tier::exact_or_prefix(is_all), is_all || self.is_whole(at_words, name))
            }
            Form::Within | Form::Loose => (Tier::Fuzzy, false),
            Form::Start => {
                let front = runs & M::at(0);
                front.is_any().then(|| (Tier::exact_or_prefix(is_all), name.ends_word(front, letters)))?
            }
            Form::End => {
                let end = runs & M::at(name.chars - letters);
                let is_word = (end & name.heads).is_any();
                end.is_any().then_some(match (is_all, is_word) {
                    (true, _) => (Tier::Exact, true),
                    (false, true) => (Tier::Prefix, true),
                    (false, false) => (Tier::Fuzzy, false),
                })?
            }
            Form::Whole => is_all.then_some((Tier::Exact, true))?,
            Form::Phrase(quote) => {
                let whole = at_words.is_any().then(|| self.is_whole(at_words, name))?;
                (quote == Quote::Open || whole).then(|| (Tier::exact_or_prefix(is_all), whole))?
            }
        };
        Some(Occurrence { tier, whole, is_loose: false })
    }

    /// Returns false if the atom does not occur, not even with a typing error.
    fn may_have_typo<M: Mask>(&self, name: &NameMasks<M>) -> bool {
        if self.find(name, true).is_some_and(|found| found.tier.is_close()) {
            return true;
        }
        self.form == Form::Loose && self.letters.len() >= typo::MIN_CHARS && self.begins_with_typo(name)
    }

    /// Returns true if a word begins with the letters, with at most one typing error.
    ///
    /// All words are tried at once: `clean` are the positions that are reached by the letters so far without an error,
    /// `erring` those that are reached with one.
    fn begins_with_typo<M: Mask>(&self, name: &NameMasks<M>) -> bool {
        if name.chars >= M::BITS {
            // The position behind the last letter would be lost.
            return true;
        }
        let insides = name.insides();
        let mut clean = name.heads;
        let mut erring = M::NONE;
        let mut swapped = M::NONE;
        for (index, &letter) in self.letters.iter().enumerate() {
            let here = name.of(letter);
            // A letter of the word is missing before this one.
            erring = erring | (clean & insides).up(1);
            let next = self.letters.get(index + 1);
            let swaps = next.map_or(M::NONE, |&next| ((clean & name.of(next)).up(1) & here).up(1));
            erring = (erring & here).up(1) // the letter itself
                | (clean & insides).up(1) // another letter in its position
                | clean // a letter too many
                | swapped;
            clean = (clean & here).up(1);
            swapped = swaps;
            if clean.is_none() && erring.is_none() && swapped.is_none() {
                return false;
            }
        }
        clean.is_any() || erring.is_any()
    }
}
