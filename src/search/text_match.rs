//! Matches one folded text exactly, and ranks the match.
//!
//! This is the reference for all faster ways: [`Plan`](super::plan::Plan) and
//! [`SingleWord`](super::single_word::SingleWord) give the same results from masks, and names without masks are
//! matched here.
//!
//! Invariant: a text matches only if every wanted term is matched by one of its atoms, and its tier is that of the
//! worst term.

use std::cmp::Reverse;

use memchr::memmem;

use super::folded_text::FoldedText;
use super::fuzzy::{self, Fit, Scorer};
use super::pattern::{Atom, Form, Pattern, Quote, Term};
use super::rank::{MatchRank, Occurrence, Tier};
use super::typo;

/// The shortest token that is found inside the words of prose, in characters; a shorter one has to begin a word.
const MIN_INSIDE: usize = 3;

/// In a longer text, in bytes, letters with gaps are only looked for at the front: aligning them takes time by length.
const ALIGNED: usize = 1_024;

/// Matches a name letter by letter or fuzzily; `None` if it does not match.
pub fn match_name(pattern: &Pattern, name: FoldedText, scorer: &mut Scorer) -> Option<MatchRank> {
    if pattern.wanted.is_empty() {
        // Without wanted terms all names match equally well.
        let chars = name.text.chars().count() as u32;
        return Some(MatchRank { tier: Tier::Word, whole: false, score: 0, chars, start: 0 });
    }
    let mut is_read = false;
    let mut sum = MatchRank::of_terms(&pattern.wanted, |term| {
        let ranks = term.any.iter().filter_map(|atom| {
            let found = find(atom, name)?;
            if !is_read {
                scorer.read(front(name.text));
                is_read = true;
            }
            let fit = scorer.score(&atom.token);
            let fit = if is_long(name.text) { fit_beyond(atom, name, fit)? } else { fit? };
            Some(found.rank(fit, atom.token.chars.len()))
        });
        ranks.min_by(MatchRank::compare)
    })?;
    sum.chars = if is_long(name.text) { name.text.chars().count() } else { scorer.len() } as u32;
    if let Some(whole) = &pattern.whole
        && sum.tier == Tier::Word
        && word_start(name, whole).is_some()
    {
        sum.tier = Tier::exact_or_prefix(name.text.len() == whole.len());
    }
    Some(sum)
}

/// Returns true if letters with gaps are only looked for at the front of a text; adjacent ones are in all of it.
pub fn is_long(text: &str) -> bool {
    text.len() > ALIGNED
}

/// The part of a text in which letters with gaps are looked for.
pub fn front(text: &str) -> &str {
    let end = (0..=ALIGNED.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or_default()]
}

/// The byte offset at which a text of any length has the letters of an atom side by side, if possible at a word.
pub fn run(atom: &Atom, text: FoldedText) -> Option<usize> {
    let wanted = &atom.token.text;
    let at_word = || text.word_starts(wanted).next();
    match atom.form {
        Form::Start | Form::Whole => text.text.starts_with(wanted).then_some(0),
        Form::End => text.text.ends_with(wanted).then(|| text.text.len() - wanted.len()),
        Form::Phrase(_) => at_word(),
        Form::Loose | Form::Within => at_word().or_else(|| memmem::find(text.text.as_bytes(), wanted.as_bytes())),
    }
}

/// The fit of an atom in a long text, where `front` is that in its front: at least that of its letters side by side. If
/// they are only in order, anywhere, the match is a scattered one.
fn fit_beyond(atom: &Atom, text: FoldedText, front: Option<Fit>) -> Option<Fit> {
    let position = |at: usize| text.text[..at].chars().count() as u32;
    let beyond = run(atom, text).map(|at| {
        let is_at_word = at == 0 || text.text.as_bytes()[at - 1] == b' ';
        Fit { score: fuzzy::score_of_run(atom.token.chars.len(), at == 0, is_at_word), start: position(at) }
    });
    let best = front.into_iter().chain(beyond).max_by_key(|fit| (fit.score, Reverse(fit.start)));
    let in_order = || {
        let mut rest = text.text.char_indices();
        let places: Option<Vec<usize>> =
            atom.token.chars.iter().map(|&wanted| Some(rest.find(|&(_, c)| c == wanted)?.0)).collect();
        places.and_then(|places| places.first().map(|&at| Fit { score: 0, start: position(at) }))
    };
    best.or_else(in_order)
}

fn find(atom: &Atom, name: FoldedText) -> Option<Occurrence> {
    if !name.char_set.may_hold(atom.token.char_set) {
        return None;
    }
    let (text, wanted) = (name.text, &atom.token.text);
    let is_all = text.len() == wanted.len();
    let (tier, whole) = match atom.form {
        Form::Loose => match word_start(name, wanted) {
            Some(whole) => (Tier::Word, whole),
            None => (Tier::Fuzzy, false),
        },
        Form::Within => match word_start(name, wanted) {
            Some(_) if is_all => (Tier::Exact, true),
            Some(whole) => (Tier::Prefix, whole),
            None => (text.contains(wanted).then_some(Tier::Fuzzy)?, false),
        },
        Form::Start => {
            let rest = text.strip_prefix(wanted)?;
            (Tier::exact_or_prefix(is_all), rest.is_empty() || rest.starts_with(' '))
        }
        Form::End => {
            let rest = text.strip_suffix(wanted)?;
            match (is_all, rest.ends_with(' ')) {
                (true, _) => (Tier::Exact, true),
                (false, true) => (Tier::Prefix, true),
                (false, false) => (Tier::Fuzzy, false),
            }
        }
        Form::Whole => ((text == wanted).then_some(Tier::Exact)?, true),
        Form::Phrase(quote) => {
            let whole = phrase(name, wanted, quote)?;
            (Tier::exact_or_prefix(is_all), whole)
        }
    };
    Some(Occurrence { tier, whole, is_loose: atom.form == Form::Loose })
}

/// Returns true if a word of the pattern is long enough to tolerate a typing error.
pub fn tolerates_typos(pattern: &Pattern) -> bool {
    pattern.wanted_atoms().any(tolerates_typo)
}

/// Returns true if an atom is a plain word that is long enough to tolerate a typing error.
pub fn tolerates_typo(atom: &Atom) -> bool {
    atom.form == Form::Loose && atom.token.chars.len() >= typo::MIN_CHARS
}

/// Matches a name, tolerating one typing error a word; `None` if it does not match, or matches without an error.
pub fn match_name_with_typos(pattern: &Pattern, name: FoldedText, scorer: &mut Scorer) -> Option<MatchRank> {
    scorer.read(name.text);
    let mut typos = 0;
    let mut whole = true;
    for term in &pattern.wanted {
        let match_atom = |atom: &Atom| match (find(atom, name), atom.form) {
            (Some(found), _) if found.tier.is_close() => Some((0, found.whole)),
            (_, Form::Loose) => with_typo(atom, scorer.words()).map(|whole| (1, whole)),
            (_, Form::Within | Form::Start | Form::End | Form::Whole | Form::Phrase(_)) => None,
        };
        let (typo, is_whole) = term.any.iter().filter_map(match_atom).min_by_key(|&(typo, whole)| (typo, !whole))?;
        typos += typo;
        whole &= is_whole;
    }
    let chars = scorer.len() as u32;
    (typos > 0).then_some(MatchRank { tier: Tier::Typo, whole, score: -typos, chars, start: 0 })
}

/// Finds a word that a token begins with one typing error; `true` if the word is hardly longer than the token.
fn with_typo<'a>(atom: &Atom, words: impl Iterator<Item = &'a [char]>) -> Option<bool> {
    if !tolerates_typo(atom) {
        return None;
    }
    let typed = &atom.token.chars;
    words.filter(|word| typo::begins(typed, word)).map(|word| word.len() <= typed.len() + 1).max()
}

/// Matches prose by words and parts of words, never fuzzily. Where the pattern has several words, `names` are those of
/// the group: they may have some of the words, if the prose has another.
///
/// The score is the number of words that the prose has.
pub fn match_prose<'a, I: Iterator<Item = FoldedText<'a>>>(
    pattern: &Pattern,
    prose: FoldedText,
    names: impl Fn() -> I,
) -> Option<MatchRank> {
    if pattern.wanted.is_empty() || has_unwanted(pattern, prose) {
        return None;
    }
    let (mut whole, mut is_begun, mut score) = (true, true, 0);
    for term in &pattern.wanted {
        if let Some(found) = term.any.iter().filter_map(|atom| find_in_prose(atom, prose)).max() {
            score += 1;
            whole &= found == InProse::Whole;
            is_begun &= found != InProse::Inside;
        } else if pattern.wanted.len() > 1 {
            whole &= names().filter_map(|name| find_in_name(term, name)).max()?;
        } else {
            return None;
        }
    }
    let tier = if is_begun { Tier::Prose } else { Tier::Inside };
    let chars = prose.text.len() as u32;
    (score > 0).then_some(MatchRank { tier, whole, score, chars, start: 0 })
}

/// Finds a term in a name letter by letter; `true` if it ends with a word.
pub fn find_in_name(term: &Term, name: FoldedText) -> Option<bool> {
    let found = term.any.iter().filter_map(|atom| find(atom, name).filter(|found| found.tier.is_close()));
    found.map(|found| found.whole).max()
}

/// The way in which prose has a word, from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InProse {
    /// Only inside of words.
    Inside,
    /// A word begins with it.
    Begun,
    /// It is a word.
    Whole,
}

/// Finds an atom in prose.
pub fn find_in_prose(atom: &Atom, prose: FoldedText) -> Option<InProse> {
    if !prose.char_set.may_hold(atom.token.char_set) {
        return None;
    }
    let wanted = &atom.token.text;
    let way = |is_whole: bool| if is_whole { InProse::Whole } else { InProse::Begun };
    let inside = || prose.text.contains(wanted).then_some(InProse::Inside);
    match atom.form {
        Form::Loose if atom.token.chars.len() < MIN_INSIDE => word_start(prose, wanted).map(way),
        Form::Loose | Form::Within => word_start(prose, wanted).map(way).or_else(inside),
        Form::Phrase(quote) => phrase(prose, wanted, quote).map(way),
        // These are about names alone.
        Form::Start | Form::End | Form::Whole => None,
    }
}

/// Wanted terms of a pattern, a bit each in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bits {
    /// Those that begin a word.
    pub begun: u64,
    /// Those of them that are a word.
    pub whole: u64,
}

impl Bits {
    /// The terms of either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { begun: self.begun | other.begun, whole: self.whole | other.whole }
    }
}

impl Pattern {
    /// The bits of all wanted terms; 0 if there are none, or more than there are bits.
    pub fn all_bits(&self) -> u64 {
        match self.wanted.len() as u32 {
            count @ 1..=u64::BITS => u64::MAX >> (u64::BITS - count),
            _ => 0,
        }
    }

    /// The wanted terms that begin a word of a folded text, those of fewer than `least` characters only as whole words.
    pub fn bits_in(&self, folded: &str, least: usize) -> Bits {
        let text = FoldedText::new(folded);
        let mut bits = Bits::default();
        if self.all_bits() == 0 {
            return bits;
        }
        for (place, term) in self.wanted.iter().enumerate() {
            for atom in &term.any {
                match find_in_prose(atom, text) {
                    Some(InProse::Whole) => {
                        bits.begun |= 1 << place;
                        bits.whole |= 1 << place;
                    }
                    Some(InProse::Begun) if atom.token.chars.len() >= least => bits.begun |= 1 << place,
                    Some(InProse::Begun | InProse::Inside) | None => {}
                }
            }
        }
        bits
    }
}

/// Returns true if a text has what the pattern excludes.
pub fn has_unwanted(pattern: &Pattern, text: FoldedText) -> bool {
    let has = |atom: &Atom| match atom.form {
        Form::Loose => word_start(text, &atom.token.text).is_some(),
        Form::Within | Form::Start | Form::End | Form::Whole | Form::Phrase(_) => find(atom, text).is_some(),
    };
    pattern.unwanted.iter().any(|term: &Term| term.any.iter().any(has))
}

/// Finds a word of a text that starts with `wanted`; `true` if a whole word is equal to it.
///
/// A single letter is never a whole word: it is the beginning of what is being typed.
fn word_start(text: FoldedText, wanted: &str) -> Option<bool> {
    let is_letter = wanted.chars().nth(1).is_none();
    let mut begun = false;
    for at in text.word_starts(wanted) {
        if is_letter {
            return Some(false);
        }
        if matches!(text.text.as_bytes().get(at + wanted.len()), None | Some(b' ')) {
            return Some(true);
        }
        begun = true;
    }
    begun.then_some(false)
}

/// Finds a phrase in a text; `true` if it ends with a word.
fn phrase(text: FoldedText, wanted: &str, quote: Quote) -> Option<bool> {
    let whole = word_start(text, wanted)?;
    match quote {
        Quote::Open => Some(whole),
        Quote::Closed => whole.then_some(true),
    }
}
