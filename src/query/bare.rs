//! What stands among the words of a query without being one: dates, titles, letters behind a name, and signs.
//!
//! | typed | taken as |
//! |---|---|
//! | `2021`, `2021-06`, `2021-06-15` beside other words | dated then, held then (a term of office), or so called |
//! | a title anywhere beside other words: `Dr`, `Shri` | nothing |
//! | letters behind a name beside other words: `BA`, `Ph.D.` | a word; left out if no name has it with the others |
//! | signs without a letter, and nothing else: `++`, `.` | what a name has to have as written; with a `'` also beside words |
//!
//! Invariant: what is printed of a query is taken in the same way again.

use super::signs::Word;
use super::{Condition, ConditionKind, Fold, Query, fold_once_each};
use crate::graph::names::Asked;
use crate::model::{DayWindow, Moment};
use crate::search::{Atom, Form, Spelling, Term};
use crate::text::fold::{fold, is_title};

/// Letters that are written behind a name (`BA`, `PhD`), folded, one a line.
const BEHIND_NAMES: &str = include_str!("../../assets/names/behind.txt");

/// The years that stand for themselves; other numbers of four digits are rather numbers.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=2999;

/// Returns the moment that a word is, as a year, month or day.
pub fn moment(word: &str) -> Option<Moment> {
    let parts = word.split('-').map(str::len);
    let is_date = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        && [&[4][..], &[4, 2], &[4, 2, 2]].iter().any(|form| parts.clone().eq(form.iter().copied()));
    let moment = Moment::parse(word, None).ok().filter(|_| is_date)?;
    YEARS.contains(&chrono::Datelike::year(&moment.first())).then_some(moment)
}

/// Returns folded words without the titles among them, unless there are no others.
fn without_titles(folded: &str) -> String {
    let kept: Vec<&str> = folded.split(' ').filter(|word| !is_title(word)).collect();
    if kept.is_empty() { folded.to_owned() } else { kept.join(" ") }
}

fn is_behind_names(word: &str) -> bool {
    BEHIND_NAMES.lines().any(|known| known == word)
}

/// Returns true if a text has a letter, so that a number beside it may be a date.
fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Returns the text of a word that has no letter, if it can be printed and read again.
pub fn signs(word: &Word<'_>, fold: Fold) -> Option<String> {
    let is_plain = !word.text.starts_with(['\'', '^', '"', '!']) && !word.text.ends_with('$');
    let is_word = !word.text.is_empty() && !word.text.contains(|c: char| c.is_whitespace() || c == '|');
    (is_plain && is_word && fold(word.text).is_empty()).then(|| word.text.to_owned())
}

impl Query {
    /// What it asks of claims beside words in names and texts.
    pub(crate) fn asked(&self) -> Asked<'_> {
        let date = self.date.as_ref().and_then(|date| date.earliest().zip(date.latest()));
        let days = date.map(|(first, last)| DayWindow::between(first, last));
        let beside = || self.conditions.iter().find_map(Condition::moment);
        let days = days.or_else(|| beside().map(|moment| DayWindow::between(moment.first(), moment.last())));
        Asked { pattern: &self.pattern, days, is_date: self.date.is_some() }
    }

    /// Returns the query without letters behind a name; `None` if there are none, or no other words.
    pub(crate) fn without_letters_behind(&self) -> Option<Self> {
        let is_behind = |term: &Term| match term.any.as_slice() {
            [Atom { form: Form::Loose, token }] => is_behind_names(&token.text),
            _ => false,
        };
        let wanted = &self.pattern.wanted;
        let count = wanted.iter().filter(|term| is_behind(term)).count();
        if count == 0 || count == wanted.len() {
            return None;
        }
        let mut rest = self.clone();
        rest.pattern.wanted.retain(|term| !is_behind(term));
        rest.pattern.whole = rest.pattern.whole.map(|whole| {
            let words = whole.split(' ').filter(|word| !is_behind_names(word));
            words.collect::<Vec<_>>().join(" ")
        });
        Some(rest)
    }

    /// Adds plain words as typed; `alone` is true if there are no others. Dates beside a word with a letter are
    /// conditions.
    pub(super) fn add_names(&mut self, typed: &str, alone: bool) {
        let (dates, words): (Vec<&str>, Vec<&str>) = typed.split_whitespace().partition(|word| moment(word).is_some());
        let mut moments: Vec<Moment> = dates.into_iter().filter_map(moment).collect();
        let words = words.join(" ");
        let mut folded = fold_once_each(&words, fold);
        if !has_letter(&folded) && !self.has_letter() {
            if self.pattern.wanted.is_empty() && fold(typed).is_empty() {
                self.add_signs(typed, fold);
            }
            return self.add_plain(typed, alone, fold);
        }
        // Taking words out can bring others together that fold to one.
        loop {
            let (years, names): (Vec<&str>, Vec<&str>) = folded.split(' ').partition(|word| moment(word).is_some());
            moments.extend(years.into_iter().filter_map(moment));
            let next = fold_once_each(&without_titles(&names.join(" ")), fold);
            if next == folded {
                break;
            }
            folded = next;
        }
        let when = |moment| Condition { kind: ConditionKind::When(moment), negated: false };
        self.conditions.extend(moments.into_iter().map(when));
        self.add_plain(&folded, alone, fold);
        self.pattern.spelling = Spelling::of(&words);
        self.settle_dates();
    }

    fn has_letter(&self) -> bool {
        self.pattern.wanted_atoms().any(|atom| has_letter(&atom.token.text))
    }

    /// Makes dates that no word with a letter stands beside any more words of the query.
    pub(super) fn settle_dates(&mut self) {
        let dates: Vec<String> =
            self.conditions.iter().filter_map(Condition::moment).map(|moment| moment.to_string()).collect();
        if dates.is_empty() || self.has_letter() {
            return;
        }
        self.conditions.retain(|condition| condition.moment().is_none());
        let words = std::mem::take(&mut self.pattern.wanted);
        let (plain, signed): (Vec<Term>, Vec<Term>) =
            words.into_iter().partition(|term| matches!(term.any.as_slice(), [Atom { form: Form::Loose, .. }]));
        let plain = plain.iter().flat_map(|term| &term.any).map(|atom| atom.token.text.clone());
        let typed: Vec<String> = plain.chain(dates).collect();
        let is_alone = signed.is_empty();
        self.pattern.wanted = signed;
        (self.date, self.pattern.whole) = (None, None);
        self.add_plain(&typed.join(" "), is_alone, fold);
    }
}

impl Condition {
    /// Returns the date that stands among the words.
    pub fn moment(&self) -> Option<Moment> {
        match self.kind {
            ConditionKind::When(moment) => Some(moment),
            _ => None,
        }
    }
}
