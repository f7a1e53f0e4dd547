//! How one folded text answers a query.
//!
//! Invariant: a text answers a query only if every wanted term is answered by one of its
//! alternatives; it stands where its worst answered term stands.

use std::cmp::{Ordering, Reverse};

use super::chunk::Entry;
use super::{Tier, typo};
use crate::query::{Atom, Form, Query, Quote, Term};
use crate::search::fuzzy::Scorer;

/// From how many letters on a token is found inside the words of prose.
const SHORTEST_INSIDE: usize = 3;

/// How well a text answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// In which way.
    pub tier: Tier,
    /// Whether every word that was asked for stands there to its end.
    pub whole: bool,
    /// The sum of the scores of the tokens; in the typo tier minus the number of slips.
    pub score: i32,
    /// The length of the text in characters.
    pub chars: u32,
    /// The first character that counts.
    pub start: u32,
}

impl Standing {
    /// Better is less.
    pub fn compare(&self, other: &Self) -> Ordering {
        let key =
            |standing: &Self| (standing.tier, !standing.whole, Reverse(standing.score), standing.chars, standing.start);
        key(self).cmp(&key(other))
    }

    /// The same between the names of one entity: of those that match letter by letter in the
    /// same way none is better, so that the label is told where it can be.
    pub fn compare_names(&self, other: &Self) -> Ordering {
        let way = |standing: &Self| (standing.tier, !standing.whole);
        match self.tier {
            Tier::Fuzzy | Tier::Scattered => self.compare(other),
            Tier::Exact | Tier::Prefix | Tier::Word | Tier::Typo | Tier::Prose => way(self).cmp(&way(other)),
        }
    }
}

/// How a single token stands in a text.
#[derive(Clone, Copy)]
struct Found {
    tier: Tier,
    whole: bool,
}

/// How a name answers, letter by letter or fuzzily.
pub fn by_name(query: &Query, name: Entry, scorer: &mut Scorer) -> Option<Standing> {
    if !name.bag.may_hold(query.bag) {
        return None;
    }
    let mut is_read = false;
    let mut sum = Standing { tier: Tier::Exact, whole: true, score: 0, chars: 0, start: u32::MAX };
    for term in &query.wanted {
        let mut best: Option<Standing> = None;
        for atom in &term.any {
            let Some(found) = find(atom, name) else { continue };
            if !is_read {
                scorer.read(name.text);
                is_read = true;
            }
            let Some(fit) = scorer.score(&atom.token) else { continue };
            let tier = if found.tier == Tier::Fuzzy && fit.is_scattered { Tier::Scattered } else { found.tier };
            let standing = Standing { tier, whole: found.whole, score: fit.score, chars: 0, start: fit.start };
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
    if query.wanted.is_empty() {
        // Nothing was asked for that a name could answer better or worse.
        return Some(Standing {
            tier: Tier::Word,
            whole: false,
            score: 0,
            chars: name.text.chars().count() as u32,
            start: 0,
        });
    }
    sum.chars = scorer.len() as u32;
    if let Some(whole) = &query.whole
        && sum.tier == Tier::Word
        && word_start(name, whole).is_some()
    {
        sum.tier = if name.text.len() == whole.len() { Tier::Exact } else { Tier::Prefix };
    }
    Some(sum)
}

/// Where an atom stands in a name.
fn find(atom: &Atom, name: Entry) -> Option<Found> {
    if !name.bag.may_hold(atom.token.bag()) {
        return None;
    }
    let (text, wanted) = (name.text, atom.token.text());
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
            (if is_all { Tier::Exact } else { Tier::Prefix }, rest.is_empty() || rest.starts_with(' '))
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
            (if is_all { Tier::Exact } else { Tier::Prefix }, whole)
        }
    };
    Some(Found { tier, whole })
}

/// Whether any word of a query is long enough to forgive a slip in it.
pub fn may_slip(query: &Query) -> bool {
    let is_long = |atom: &Atom| atom.form == Form::Loose && atom.token.chars().len() >= typo::SHORTEST;
    query.wanted.iter().any(|term| term.any.iter().any(is_long))
}

/// How a name answers if one slip a word is forgiven; none if no slip has to be.
pub fn by_slip(query: &Query, name: Entry, scorer: &mut Scorer) -> Option<Standing> {
    scorer.read(name.text);
    let mut slips = 0;
    let mut whole = true;
    for term in &query.wanted {
        let answer = |atom: &Atom| match (find(atom, name), atom.form) {
            (Some(found), _) if found.tier.is_close() => Some((0, found.whole)),
            (_, Form::Loose) => one_slip(atom, scorer.words()).map(|whole| (1, whole)),
            (_, Form::Within | Form::Start | Form::End | Form::Whole | Form::Phrase(_)) => None,
        };
        let (slip, is_whole) = term.any.iter().filter_map(answer).min_by_key(|&(slip, whole)| (slip, !whole))?;
        slips += slip;
        whole &= is_whole;
    }
    let chars = scorer.len() as u32;
    (slips > 0).then_some(Standing { tier: Tier::Typo, whole, score: -slips, chars, start: 0 })
}

/// Whether a token begins a word but for one slip, and if so, whether it is about as long as the word.
fn one_slip<'a>(atom: &Atom, words: impl Iterator<Item = &'a [char]>) -> Option<bool> {
    let typed = atom.token.chars();
    if typed.len() < typo::SHORTEST {
        return None;
    }
    words.filter(|word| typo::begins(typed, word)).map(|word| word.len() <= typed.len() + 1).max()
}

/// How words about an entity answer.
pub fn by_prose(query: &Query, prose: Entry) -> Option<Standing> {
    if query.wanted.is_empty() || !prose.bag.may_hold(query.bag) || is_unwanted(query, prose) {
        return None;
    }
    let mut whole = true;
    for term in &query.wanted {
        whole &= term.any.iter().filter_map(|atom| find_in_prose(atom, prose)).max()?;
    }
    Some(Standing { tier: Tier::Prose, whole, score: 0, chars: prose.text.len() as u32, start: 0 })
}

/// Whether an atom stands in prose, and if so, whether as whole words.
fn find_in_prose(atom: &Atom, prose: Entry) -> Option<bool> {
    if !prose.bag.may_hold(atom.token.bag()) {
        return None;
    }
    let wanted = atom.token.text();
    let inside = || prose.text.contains(wanted).then_some(false);
    match atom.form {
        Form::Loose if atom.token.chars().len() < SHORTEST_INSIDE => word_start(prose, wanted),
        Form::Loose | Form::Within => word_start(prose, wanted).or_else(inside),
        Form::Phrase(quote) => phrase(prose, wanted, quote),
        // These speak of names.
        Form::Start | Form::End | Form::Whole => None,
    }
}

/// Whether a text has what the query excludes.
pub fn is_unwanted(query: &Query, text: Entry) -> bool {
    let has = |atom: &Atom| match atom.form {
        Form::Loose => word_start(text, atom.token.text()).is_some(),
        Form::Within | Form::Start | Form::End | Form::Whole | Form::Phrase(_) => find(atom, text).is_some(),
    };
    query.unwanted.iter().any(|term: &Term| term.any.iter().any(has))
}

/// Whether any word of a text starts with `wanted`, and if so, whether a whole word is it.
///
/// A single letter is never a whole word: whoever types it has just begun.
fn word_start(entry: Entry, wanted: &str) -> Option<bool> {
    let is_letter = wanted.chars().nth(1).is_none();
    let mut begun = false;
    for at in entry.places(wanted) {
        if is_letter {
            return Some(false);
        }
        if matches!(entry.text.as_bytes().get(at + wanted.len()), None | Some(b' ')) {
            return Some(true);
        }
        begun = true;
    }
    begun.then_some(false)
}

/// Whether a phrase stands in a text, and if so, whether it ends with a word.
fn phrase(text: Entry, wanted: &str, quote: Quote) -> Option<bool> {
    let whole = word_start(text, wanted)?;
    match quote {
        Quote::Open => Some(whole),
        Quote::Closed => whole.then_some(true),
    }
}
