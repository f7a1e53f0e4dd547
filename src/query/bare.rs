//! What stands among the words of a query without being one: dates, titles and degrees, and signs.
//!
//! | typed | taken as |
//! |---|---|
//! | `2021`, `2021-06`, `2021-06-15` beside other words | dated then, held then (a term of office), or so called |
//! | a title anywhere beside other words: `Dr`, `Shri` | nothing |
//! | a degree beside other words: `MD`, `Ph.D.` | a word; left out if no name has it with the others |
//! | signs without a letter, and nothing else: `++`, `.` | what a name has to have as written; with a `'` also beside words |
//!
//! Invariant: what is printed of a query is taken in the same way again.

use super::signs::Word;
use super::{Condition, ConditionKind, Fold, Query};
use crate::graph::names::Asked;
use crate::model::{DayWindow, Moment};
use crate::search::{Atom, Form, Term};
use crate::text::fold::{fold, is_title};

/// Degrees as they are written behind a name, folded.
const DEGREES: &[&str] = &[
    "ba", "barch", "bcom", "be", "bed", "bpharm", "bsc", "btech", "ches", "cbe", "dch", "dlitt", "dm", "dnb", "dphil",
    "dsc", "facp", "facs", "frcp", "frcs", "frs", "llb", "llm", "ma", "mba", "mbbs", "mch", "mcom", "md", "mds", "me",
    "mp", "mphil", "mrcp", "mrcs", "ms", "msc", "mtech", "obe", "phd",
];

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

/// Returns words without the titles among them, unless there are no others.
pub fn without_titles(words: &str) -> String {
    let kept: Vec<&str> = words.split_whitespace().filter(|word| !is_title(&fold(word))).collect();
    if kept.iter().any(|word| !fold(word).is_empty()) { kept.join(" ") } else { words.to_owned() }
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
        let beside = || self.conditions.iter().find_map(|condition| condition.moment());
        let days = days.or_else(|| beside().map(|moment| DayWindow::between(moment.first(), moment.last())));
        Asked { pattern: &self.pattern, days, is_date: self.date.is_some() }
    }

    /// Returns the query without the degrees among its words; `None` if there are none, or no other words.
    pub(crate) fn without_degrees(&self) -> Option<Self> {
        let is_degree = |term: &Term| match term.any.as_slice() {
            [Atom { form: Form::Loose, token }] => DEGREES.contains(&&*token.text),
            _ => false,
        };
        let wanted = &self.pattern.wanted;
        let count = wanted.iter().filter(|term| is_degree(term)).count();
        if count == 0 || count == wanted.len() {
            return None;
        }
        let mut rest = self.clone();
        rest.pattern.wanted.retain(|term| !is_degree(term));
        rest.pattern.whole = rest.pattern.whole.map(|whole| {
            let words = whole.split(' ').filter(|word| !DEGREES.contains(word));
            words.collect::<Vec<_>>().join(" ")
        });
        Some(rest)
    }

    /// Makes dates that no other word stands beside any more the words of the query.
    pub(super) fn settle_dates(&mut self) {
        if !self.pattern.wanted.is_empty() {
            return;
        }
        let dates: Vec<String> =
            self.conditions.iter().filter_map(Condition::moment).map(|moment| moment.to_string()).collect();
        self.conditions.retain(|condition| condition.moment().is_none());
        if !dates.is_empty() {
            self.add_plain(&dates.join(" "), true, fold);
        }
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
