//! A query made ready to be asked of masks: which names answer it, in which way, and how
//! well at best.
//!
//! Invariant: for every name that has masks, [`Plan::standing`] finds exactly if
//! [`judge::by_name`](super::judge::by_name) does, with the same `chars`, and never stands
//! behind it; whether it is close or below the divider is the same. [`Plan::may_slip`] is true
//! wherever [`judge::by_slip`](super::judge::by_slip) finds.

use super::Tier;
use super::bound;
use super::judge::Standing;
use super::masks::Mask;
use super::typo;
use crate::catalogue::fuzzy;
use crate::catalogue::query::{Form, Query, Quote};

/// Folded ASCII is 26 letters, 10 digits and the space.
const LETTERS: usize = 37;

/// The letters of a text, each by its number in the plan.
type Letters = Vec<u8>;

/// One alternative of a term.
#[derive(Debug)]
struct Planned {
    form: Form,
    letters: Letters,
}

/// See the module.
#[derive(Debug)]
pub struct Plan {
    /// The different bytes that are asked for.
    letters: Vec<u8>,
    /// Alternatives that can stand in an ASCII name at all.
    terms: Vec<Vec<Planned>>,
    /// All that was typed, where it was plain words only.
    whole: Option<Letters>,
    /// The letters that every name has to have in this order.
    front: Letters,
}

/// A name as masks.
#[derive(Debug)]
pub struct Name<M> {
    /// The places of each letter of the plan.
    places: [M; LETTERS],
    /// The first letters of words.
    heads: M,
    /// The last letters of words.
    lasts: M,
    chars: u32,
}

impl<M: Mask> Name<M> {
    /// No name yet.
    pub fn blank() -> Self {
        Self { places: [M::NONE; LETTERS], heads: M::NONE, lasts: M::NONE, chars: 0 }
    }

    /// Turns to a name of so many characters; `places` tells where a byte stands in it, and perhaps behind it.
    #[inline]
    pub fn read(&mut self, plan: &Plan, chars: u32, heads: M, places: impl Fn(u8) -> M) {
        self.start(chars, heads);
        self.read_letters(plan, 0, places);
    }

    /// The same, unless the name surely has not all that is asked for; tells whether it was read.
    #[inline]
    pub fn read_if_in_order(&mut self, plan: &Plan, chars: u32, heads: M, places: impl Fn(u8) -> M) -> bool {
        self.start(chars, heads);
        // Letters are numbered as they come: those of the first word come first.
        let text = M::first(chars);
        let mut left = text;
        let mut read = 0;
        for &letter in &plan.front {
            if usize::from(letter) == read {
                self.places[read] = places(plan.letters[read]) & text;
                read += 1;
            }
            let here = self.of(letter) & left;
            if here.is_none() {
                return false;
            }
            left = here.behind_lowest() & text;
        }
        self.read_letters(plan, read, places);
        true
    }

    #[inline]
    fn start(&mut self, chars: u32, heads: M) {
        // Words are one space apart.
        self.lasts = M::at(chars.saturating_sub(1)) | (heads & !M::at(0)).down(2);
        self.heads = heads;
        self.chars = chars;
    }

    /// Places of letters that the plan does not ask for are never looked at.
    #[inline]
    fn read_letters(&mut self, plan: &Plan, from: usize, places: impl Fn(u8) -> M) {
        let text = M::first(self.chars);
        for (mask, &byte) in self.places.iter_mut().zip(&plan.letters).skip(from) {
            *mask = places(byte) & text;
        }
    }

    fn of(&self, letter: u8) -> M {
        self.places[usize::from(letter)]
    }

    /// Where all the letters stand side by side.
    fn runs(&self, letters: &[u8]) -> M {
        let mut runs = M::first(self.chars);
        for (&letter, by) in letters.iter().zip(0..) {
            runs = runs & self.of(letter).down(by);
            if runs.is_none() {
                break;
            }
        }
        runs
    }

    /// Whether any of these runs of so many letters ends with a word.
    fn ends_word(&self, runs: M, letters: u32) -> bool {
        (runs.up(letters - 1) & self.lasts).is_any()
    }

    fn is_all(&self, letters: u32) -> bool {
        self.chars == letters
    }
}

impl Plan {
    /// Makes a query ready.
    pub fn new(query: &Query) -> Self {
        let mut plan = Self { letters: Vec::new(), terms: Vec::new(), whole: None, front: Letters::new() };
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

    /// How a name answers at best.
    pub fn standing<M: Mask>(&self, name: &Name<M>) -> Option<Standing> {
        if self.terms.is_empty() {
            return Some(Standing { tier: Tier::Word, whole: false, score: 0, chars: name.chars, start: 0 });
        }
        if let ([term], Some(_)) = (self.terms.as_slice(), &self.whole)
            && let [only] = term.as_slice()
        {
            return only.alone(name);
        }
        let mut sum = Standing { tier: Tier::Exact, whole: true, score: 0, chars: name.chars, start: u32::MAX };
        for term in &self.terms {
            let mut best: Option<Standing> = None;
            for planned in term {
                let Some(standing) = planned.standing(name) else { continue };
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
        if sum.tier == Tier::Word
            && let Some(whole) = &self.whole
            && (name.runs(whole) & name.heads).is_any()
        {
            sum.tier = if name.is_all(whole.len() as u32) { Tier::Exact } else { Tier::Prefix };
        }
        Some(sum)
    }

    /// Whether a name may answer but for a slip a word.
    pub fn may_slip<M: Mask>(&self, name: &Name<M>) -> bool {
        self.terms.iter().all(|term| term.iter().any(|planned| planned.may_slip(name)))
    }
}

impl Planned {
    /// How the alternative stands in a name at best.
    fn standing<M: Mask>(&self, name: &Name<M>) -> Option<Standing> {
        let (tier, whole) = match self.find(name)? {
            Some(found) => found,
            None => (Tier::Fuzzy, false),
        };
        let bound = bound::best(&self.letters, |letter| name.of(letter), name.heads)?;
        let tier = if tier == Tier::Fuzzy && fuzzy::is_scattered(bound.score, self.letters.len()) {
            Tier::Scattered
        } else {
            tier
        };
        Some(Standing { tier, whole, score: bound.score, chars: 0, start: bound.start })
    }

    /// The same for the only word that was typed, which is then all that was typed.
    fn alone<M: Mask>(&self, name: &Name<M>) -> Option<Standing> {
        if let &[letter] = self.letters.as_slice() {
            return single(name, name.of(letter));
        }
        let standing = self.standing(name)?;
        let tier = match standing.tier {
            Tier::Word if name.is_all(self.letters.len() as u32) => Tier::Exact,
            Tier::Word => Tier::Prefix,
            other => other,
        };
        Some(Standing { tier, chars: name.chars, ..standing })
    }

    /// Where the alternative stands letter by letter, and whether to a word's end; `Some(None)` if it may still
    /// stand there with gaps.
    #[expect(clippy::option_option, reason = "found, to be looked at more closely, and not there are three answers")]
    fn find<M: Mask>(&self, name: &Name<M>) -> Option<Option<(Tier, bool)>> {
        let letters = self.letters.len() as u32;
        let runs = name.runs(&self.letters);
        let at_words = runs & name.heads;
        // A single letter is no whole word yet.
        let whole = || letters > 1 && name.ends_word(at_words, letters);
        let all_or_front = |is_all: bool| if is_all { Tier::Exact } else { Tier::Prefix };
        let is_all = name.is_all(letters);
        if runs.is_none() {
            return (self.form == Form::Loose).then_some(None);
        }
        Some(match self.form {
            Form::Loose => at_words.is_any().then(|| (Tier::Word, whole())),
            Form::Within if at_words.is_any() => Some((all_or_front(is_all), is_all || whole())),
            Form::Within => Some((Tier::Fuzzy, false)),
            Form::Start => {
                let front = runs & M::at(0);
                front.is_any().then(|| Some((all_or_front(is_all), name.ends_word(front, letters))))?
            }
            Form::End => {
                let end = runs & M::at(name.chars - letters);
                end.is_any().then(|| match (is_all, (end & name.heads).is_any()) {
                    (true, _) => Some((Tier::Exact, true)),
                    (false, true) => Some((Tier::Prefix, true)),
                    (false, false) => Some((Tier::Fuzzy, false)),
                })?
            }
            Form::Whole => is_all.then_some(Some((Tier::Exact, true)))?,
            Form::Phrase(quote) => {
                let whole = at_words.is_any().then(whole)?;
                (quote == Quote::Open || whole).then(|| Some((all_or_front(is_all), whole)))?
            }
        })
    }

    /// Whether the alternative stands there, close or but for a slip.
    fn may_slip<M: Mask>(&self, name: &Name<M>) -> bool {
        if matches!(self.find(name), Some(Some((tier, _))) if tier.is_close()) {
            return true;
        }
        self.form == Form::Loose && self.letters.len() >= typo::SHORTEST && self.begins_but_for_a_slip(name)
    }

    /// Whether a word begins so, but for at most one slip: all words are tried at once, the places
    /// that the letters so far lead to being those without a slip (`clean`) and with one (`slipped`).
    fn begins_but_for_a_slip<M: Mask>(&self, name: &Name<M>) -> bool {
        if name.chars >= M::BITS {
            // A place behind the last letter would not be seen.
            return true;
        }
        let words = M::first(name.chars) & !name.heads.down(1);
        let mut clean = name.heads;
        let mut slipped = M::NONE;
        let mut swapped = M::NONE;
        for (index, &letter) in self.letters.iter().enumerate() {
            let here = name.of(letter);
            // A letter of the word that was not typed, before this one.
            slipped = slipped | (clean & words).up(1);
            let next = self.letters.get(index + 1);
            let swaps = next.map_or(M::NONE, |&next| ((clean & name.of(next)).up(1) & here).up(1));
            slipped = (slipped & here).up(1) // the letter itself
                | (clean & words).up(1) // another letter in its place
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

/// How a single letter that stands at these places answers when nothing else was typed. It is what every search
/// begins with and what nearly every name has.
#[inline]
fn single<M: Mask>(name: &Name<M>, places: M) -> Option<Standing> {
    if places.is_none() {
        return None;
    }
    let bound = bound::single(places, name.heads);
    let tier = if (places & name.heads).is_none() {
        Tier::Scattered
    } else if name.is_all(1) {
        Tier::Exact
    } else {
        Tier::Prefix
    };
    Some(Standing { tier, whole: false, score: bound.score, chars: name.chars, start: bound.start })
}
