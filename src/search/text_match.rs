//! Matches one folded text exactly, and ranks the match.
//!
//! This is the reference for all faster ways: [`Plan`](super::plan::Plan) and
//! [`SingleWord`](super::single_word::SingleWord) give the same results from masks, and names without masks are
//! matched here.
//!
//! Invariant: a text matches only if every wanted term is matched by one of its atoms, and its tier is that of the
//! worst term.

use super::folded_text::{CharSet, FoldedText};
use super::fuzzy::Scorer;
use super::pattern::{Atom, Form, Pattern, Quote, Term};
use super::rank::{MatchRank, Occurrence, Tier};
use super::typo;

/// The shortest token that is found inside the words of prose, in characters; a shorter one has to begin a word.
const MIN_INSIDE: usize = 3;

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
                scorer.read(name.text);
                is_read = true;
            }
            Some(found.rank(scorer.score(&atom.token)?, atom.token.chars.len()))
        });
        ranks.min_by(MatchRank::compare)
    })?;
    sum.chars = scorer.len() as u32;
    if let Some(whole) = &pattern.whole
        && sum.tier == Tier::Word
        && word_start(name, whole).is_some()
    {
        sum.tier = Tier::exact_or_prefix(name.text.len() == whole.len());
    }
    Some(sum)
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
    Some(Occurrence { tier, whole })
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

/// Matches prose by words and parts of words, never fuzzily; `required` are the characters that every match has.
pub fn match_prose(pattern: &Pattern, required: CharSet, prose: FoldedText) -> Option<MatchRank> {
    if pattern.wanted.is_empty() || !prose.char_set.may_hold(required) || has_unwanted(pattern, prose) {
        return None;
    }
    let mut whole = true;
    for term in &pattern.wanted {
        whole &= term.any.iter().filter_map(|atom| find_in_prose(atom, prose)).max()?;
    }
    Some(MatchRank { tier: Tier::Prose, whole, score: 0, chars: prose.text.len() as u32, start: 0 })
}

/// Finds an atom in prose; `true` if it ends with a word.
fn find_in_prose(atom: &Atom, prose: FoldedText) -> Option<bool> {
    if !prose.char_set.may_hold(atom.token.char_set) {
        return None;
    }
    let wanted = &atom.token.text;
    let inside = || prose.text.contains(wanted).then_some(false);
    match atom.form {
        Form::Loose if atom.token.chars.len() < MIN_INSIDE => word_start(prose, wanted),
        Form::Loose | Form::Within => word_start(prose, wanted).or_else(inside),
        Form::Phrase(quote) => phrase(prose, wanted, quote),
        // These are about names alone.
        Form::Start | Form::End | Form::Whole => None,
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
