//! A query made ready to be asked of masks: which names answer it, in which way, and how
//! well at best.
//!
//! Invariant: for every name that has masks, [`Plan::exactly`] is
//! [`judge::by_name`](super::judge::by_name). [`Plan::at_best`] finds the same names and never
//! stands behind it; whether a name is close or below the divider is the same. [`Plan::may_slip`]
//! is true wherever [`judge::by_slip`](super::judge::by_slip) finds.

use super::Tier;
use super::fit::{self, Fit, Scores};
use super::judge::Standing;
use super::masks::Mask;
use super::name::Name;
use super::typo;
use super::word::Word;
use crate::query::{Form, Query, Quote};
use crate::search::fuzzy;
use crate::search::prefilter::Sieve;

/// The letters of a text, each by its number in the plan.
type Letters = Vec<u8>;

/// One alternative of a term.
#[derive(Debug)]
struct Planned {
    form: Form,
    letters: Letters,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Plan {
    /// The different bytes that are asked for.
    letters: Vec<u8>,
    /// Alternatives that can stand in an ASCII name at all.
    terms: Vec<Vec<Planned>>,
    /// All that was typed, where it was plain words only.
    whole: Option<Letters>,
    /// Whether that was a single word.
    is_alone: bool,
    /// That word, if it can stand in a name with gaps.
    word: Option<Word>,
    /// The letters that every name has to have in this order.
    front: Letters,
    /// Which names can answer at all.
    sieve: Sieve,
}

/// In which way an alternative stands in a name, whatever its score.
struct Way {
    /// The tier; [`Tier::Fuzzy`] may turn out to be [`Tier::Scattered`].
    tier: Tier,
    /// Whether it stands there to the end of a word.
    whole: bool,
}

impl Plan {
    /// Makes a query ready.
    pub fn new(query: &Query) -> Self {
        let mut plan = Self { sieve: Sieve::new(query), ..Self::default() };
        for term in &query.wanted {
            let planned = term.any.iter().filter_map(|atom| {
                let letters = plan.letters_of(atom.token.text())?;
                Some(Planned { form: atom.form, letters })
            });
            let planned = planned.collect();
            plan.terms.push(planned);
        }
        plan.whole = query.whole.as_deref().and_then(|whole| plan.letters_of(whole));
        if let Some([only]) = plan.terms.first().map(Vec::as_slice) {
            plan.front.clone_from(&only.letters);
            plan.is_alone = plan.whole.is_some() && plan.terms.len() == 1;
            if plan.is_alone && only.form == Form::Loose {
                let letters: Vec<u8> = only.letters.iter().map(|&letter| plan.letters[usize::from(letter)]).collect();
                plan.word = Word::new(&letters);
            }
        }
        plan
    }

    /// The letters by their numbers; none where an ASCII name cannot have them.
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

    /// Which names can answer at all.
    pub fn sieve(&self) -> &Sieve {
        &self.sieve
    }

    /// The bytes whose places have to be known.
    pub fn letters(&self) -> &[u8] {
        &self.letters
    }

    /// The numbers of letters that every name has to have in this order.
    pub fn front(&self) -> &[u8] {
        &self.front
    }

    /// The word that is all that was typed, if it is a plain one.
    pub fn word(&self) -> Option<&Word> {
        self.word.as_ref()
    }

    /// How a name answers at best.
    pub fn at_best<M: Mask>(&self, name: &Name<M>) -> Option<Standing> {
        self.standing(name, |letters| fit::at_best(letters, |letter| name.of(letter), name.heads()))
    }

    /// How a name answers.
    pub fn exactly<M: Mask>(&self, name: &Name<M>, scores: &mut Scores) -> Option<Standing> {
        self.standing(name, |letters| scores.exactly(letters, |letter| name.of(letter), name.heads()))
    }

    fn standing<M: Mask>(&self, name: &Name<M>, mut fit: impl FnMut(&[u8]) -> Option<Fit>) -> Option<Standing> {
        let chars = name.chars();
        if self.terms.is_empty() {
            return Some(Standing { tier: Tier::Word, whole: false, score: 0, chars, start: 0 });
        }
        let mut sum = Standing { tier: Tier::Exact, whole: true, score: 0, chars, start: u32::MAX };
        for term in &self.terms {
            let mut best: Option<Standing> = None;
            for planned in term {
                let Some(way) = planned.way(name, self.is_alone) else { continue };
                let Some(Fit { score, start }) = fit(&planned.letters) else { continue };
                let is_scattered = way.tier == Tier::Fuzzy && fuzzy::is_scattered(score, planned.letters.len());
                let tier = if is_scattered { Tier::Scattered } else { way.tier };
                let standing = Standing { tier, whole: way.whole, score, chars: 0, start };
                if best.is_none_or(|best| standing.compare(&best).is_lt()) {
                    best = Some(standing);
                }
            }
            let best = best?;
            sum.tier = sum.tier.max(best.tier);
            sum.whole &= best.whole;
            sum.score += best.score;
            sum.start = sum.start.min(best.start);
        }
        Some(Standing { tier: self.as_typed(sum.tier, name), ..sum })
    }

    /// Words that stand side by side as they were typed are better than words.
    #[inline]
    fn as_typed<M: Mask>(&self, tier: Tier, name: &Name<M>) -> Tier {
        match &self.whole {
            Some(whole) if tier == Tier::Word && (self.is_alone || (name.runs(whole) & name.heads()).is_any()) => {
                all_or_front(name.is_all(whole.len() as u32))
            }
            _ => tier,
        }
    }

    /// Whether a name may answer but for a slip a word.
    pub fn may_slip<M: Mask>(&self, name: &Name<M>) -> bool {
        self.terms.iter().all(|term| term.iter().any(|planned| planned.may_slip(name)))
    }
}

impl Planned {
    /// In which way the alternative stands in a name; `is_in_order` if its letters are known to stand there so.
    #[inline]
    fn way<M: Mask>(&self, name: &Name<M>, is_in_order: bool) -> Option<Way> {
        let runs = name.runs(&self.letters);
        if self.form != Form::Loose {
            return self.as_meant(runs, name);
        }
        let at_words = runs & name.heads();
        if at_words.is_any() {
            Some(Way { tier: Tier::Word, whole: self.is_whole(at_words, name) })
        } else {
            (is_in_order || name.has_in_order(&self.letters)).then_some(Way { tier: Tier::Fuzzy, whole: false })
        }
    }

    /// Whether one of these runs ends with a word. A single letter is no whole word yet.
    fn is_whole<M: Mask>(&self, runs: M, name: &Name<M>) -> bool {
        let letters = self.letters.len() as u32;
        letters > 1 && name.ends_word(runs, letters)
    }

    /// The same where a sign tells how it has to stand there.
    fn as_meant<M: Mask>(&self, runs: M, name: &Name<M>) -> Option<Way> {
        if runs.is_none() {
            return None;
        }
        let letters = self.letters.len() as u32;
        let at_words = runs & name.heads();
        let is_all = name.is_all(letters);
        let (tier, whole) = match self.form {
            Form::Within if at_words.is_any() => (all_or_front(is_all), is_all || self.is_whole(at_words, name)),
            Form::Within | Form::Loose => (Tier::Fuzzy, false),
            Form::Start => {
                let front = runs & M::at(0);
                front.is_any().then(|| (all_or_front(is_all), name.ends_word(front, letters)))?
            }
            Form::End => {
                let end = runs & M::at(name.chars() - letters);
                let is_word = (end & name.heads()).is_any();
                end.is_any().then_some(match (is_all, is_word) {
                    (true, _) => (Tier::Exact, true),
                    (false, true) => (Tier::Prefix, true),
                    (false, false) => (Tier::Fuzzy, false),
                })?
            }
            Form::Whole => is_all.then_some((Tier::Exact, true))?,
            Form::Phrase(quote) => {
                let whole = at_words.is_any().then(|| self.is_whole(at_words, name))?;
                (quote == Quote::Open || whole).then(|| (all_or_front(is_all), whole))?
            }
        };
        Some(Way { tier, whole })
    }

    /// Whether the alternative stands there, close or but for a slip.
    fn may_slip<M: Mask>(&self, name: &Name<M>) -> bool {
        if self.way(name, true).is_some_and(|way| way.tier.is_close()) {
            return true;
        }
        self.form == Form::Loose && self.letters.len() >= typo::SHORTEST && self.begins_but_for_a_slip(name)
    }

    /// Whether a word begins so, but for at most one slip: all words are tried at once, the places
    /// that the letters so far lead to being those without a slip (`clean`) and with one (`slipped`).
    fn begins_but_for_a_slip<M: Mask>(&self, name: &Name<M>) -> bool {
        if name.chars() >= M::BITS {
            // A place behind the last letter would not be seen.
            return true;
        }
        let insides = name.insides();
        let mut clean = name.heads();
        let mut slipped = M::NONE;
        let mut swapped = M::NONE;
        for (index, &letter) in self.letters.iter().enumerate() {
            let here = name.of(letter);
            // A letter of the word that was not typed, before this one.
            slipped = slipped | (clean & insides).up(1);
            let next = self.letters.get(index + 1);
            let swaps = next.map_or(M::NONE, |&next| ((clean & name.of(next)).up(1) & here).up(1));
            slipped = (slipped & here).up(1) // the letter itself
                | (clean & insides).up(1) // another letter in its place
                | clean // a letter too many
                | swapped;
            clean = (clean & here).up(1);
            swapped = swaps;
            if clean.is_none() && slipped.is_none() && swapped.is_none() {
                return false;
            }
        }
        clean.is_any() || slipped.is_any()
    }
}

fn all_or_front(is_all: bool) -> Tier {
    if is_all { Tier::Exact } else { Tier::Prefix }
}
