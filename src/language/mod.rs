//! The words of a language that stand for numbers and for time: months, seasons, "twelve", "by the end of". Each language is
//! a table in `assets/language`, compiled in and read once.
//!
//! Invariant: words are folded as lines are, so that case, accents and signs do not count; figures and words are apart
//! (`1 st`).

mod builtin;
mod read;

use hashbrown::{HashMap, HashSet};

/// A language.
#[derive(Debug, Default, PartialEq)]
pub struct Language {
    /// The tag (BCP 47), of the language alone.
    tag: String,
    /// Words that a name or a text may have or lack and still say the same.
    small_words: HashSet<String>,
    /// Words before something that was named before.
    articles: Vec<String>,
    /// The endings of the forms of one word, the longest first.
    endings: Vec<String>,
    months: Vec<String>,
    month_letters: usize,
    other_months: HashMap<String, u32>,
    has_capital_months: bool,
    seasons: Vec<Season>,
    bounds: Vec<Bound>,
    dates: DateWords,
    numbers: NumberWords,
    measures: Vec<(Phrase, String)>,
}

/// Words one after another, folded.
pub type Phrase = Vec<String>;

/// Phrases that mean the same.
#[derive(Debug, Default, PartialEq)]
pub struct Phrases {
    all: Vec<Phrase>,
    /// The words with which they begin.
    first: HashSet<String>,
}

impl Phrases {
    /// Returns the length of the longest phrase with which some words begin.
    pub fn start<'w>(&self, words: &(impl Iterator<Item = &'w str> + Clone)) -> Option<usize> {
        if !words.clone().next().is_some_and(|word| self.first.contains(word)) {
            return None;
        }
        let is_there = |phrase: &&Phrase| {
            let mut said = words.clone();
            phrase.iter().all(|word| said.next() == Some(word.as_str()))
        };
        self.all.iter().filter(is_there).map(Vec::len).max()
    }
}

impl FromIterator<Phrase> for Phrases {
    fn from_iter<I: IntoIterator<Item = Phrase>>(phrases: I) -> Self {
        let all: Vec<Phrase> = phrases.into_iter().collect();
        let first = all.iter().filter_map(|phrase| phrase.first().cloned()).collect();
        Self { all, first }
    }
}

/// A part of a year, by its words.
#[derive(Debug, PartialEq)]
pub struct Season {
    /// The numbers that EDTF gives it in place of a month.
    pub codes: Vec<u32>,
    /// Its words.
    pub words: Phrases,
}

/// Words before a date, and how EDTF writes that date.
#[derive(Debug, PartialEq)]
pub struct Bound {
    /// The form: `[..{}]`, where `{}` is the date, and `{end}` the last month of a year.
    pub edtf: String,
    /// The words, any of them.
    pub words: Phrases,
}

/// The words around dates.
#[derive(Debug, Default, PartialEq)]
pub struct DateWords {
    /// Between a day, a month and a year.
    pub between: HashSet<String>,
    /// The days of the week.
    pub weekdays: HashSet<String>,
    /// Days beside that of the publication.
    pub near: HashSet<String>,
    /// Behind a year before the first.
    pub before_first: HashSet<String>,
    /// Beside a year after the first.
    pub after_first: HashSet<String>,
    /// Behind the number of a century.
    pub centuries: HashSet<String>,
    /// Behind the first year of a decade.
    pub decade: HashSet<String>,
    /// A year that was named before.
    pub same_year: Phrases,
    /// The year after one that was named before.
    pub next_year: Phrases,
    /// The year before one that was named before.
    pub last_year: Phrases,
    /// Before two years written as one: the year of schools and of budgets.
    pub double_years: Phrases,
}

/// The words of numbers.
#[derive(Debug, Default, PartialEq)]
pub struct NumberWords {
    values: HashMap<String, f64>,
    ordinals: HashMap<String, u32>,
    /// Behind the figures of an ordinal.
    pub ordinal_ends: HashSet<String>,
    /// One hundred.
    pub hundred: HashSet<String>,
    multipliers: HashMap<String, f64>,
    /// Between the parts of a number.
    pub and: HashSet<String>,
    /// Before a multiplier: one of it.
    pub one: HashSet<String>,
    /// A half.
    pub half: HashSet<String>,
    /// Before a number below zero.
    pub minus: HashSet<String>,
}

impl Language {
    /// Returns the language of the query language and of documents that state none.
    pub fn usual() -> &'static Self {
        builtin::english()
    }

    /// Returns the language with a tag, whatever its region or script; `None` if there is no table of it.
    pub fn of(tag: &str) -> Option<&'static Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        builtin::all().into_iter().find(|language| language.tag.eq_ignore_ascii_case(primary))
    }

    /// Returns a language of which nothing is known.
    pub fn unknown() -> &'static Self {
        builtin::unknown()
    }

    /// Returns true unless it is the [unknown](Self::unknown) one.
    pub fn is_known(&self) -> bool {
        !self.tag.is_empty()
    }

    /// Returns the tag of the language; empty for the unknown one.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Returns the number of a month by its folded name, or by as many of its first letters as make it certain.
    pub fn month(&self, word: &str) -> Option<u32> {
        let other = || self.other_months.get(word).copied();
        let is_meant = |name: &&String| word.chars().count() >= self.month_letters && name.starts_with(word);
        let at = || self.months.iter().zip(1..).find(|(name, _)| is_meant(name)).map(|(_, month)| month);
        other().or_else(at)
    }

    /// Returns true if the name of a month begins with a capital letter.
    pub fn has_capital_months(&self) -> bool {
        self.has_capital_months
    }

    /// Returns the parts of a year.
    pub fn seasons(&self) -> &[Season] {
        &self.seasons
    }

    /// Returns the words that stand before a date and bound or blur it.
    pub fn bounds(&self) -> &[Bound] {
        &self.bounds
    }

    /// Returns the words around dates.
    pub fn dates(&self) -> &DateWords {
        &self.dates
    }

    /// Returns the words of numbers.
    pub fn numbers(&self) -> &NumberWords {
        &self.numbers
    }

    /// Returns words for measures, each with the name that the vocabulary has.
    pub fn measures(&self) -> impl Iterator<Item = (String, &str)> {
        self.measures.iter().map(|(words, name)| (words.join(" "), name.as_str()))
    }

    /// Returns true for a folded word that does not make one name another.
    pub fn is_small(&self, word: &str) -> bool {
        self.small_words.contains(word)
    }

    /// Returns the words before something that was named before.
    pub fn articles(&self) -> &[String] {
        &self.articles
    }

    /// Returns true for the ending of the form of a word.
    pub fn is_ending(&self, ending: &str) -> bool {
        self.endings.iter().any(|known| known == ending)
    }

    /// Returns a folded word without the endings of its form: what is left of "opened" and "opening" is the same.
    pub fn stem<'a>(&'a self, word: &'a str) -> &'a str {
        let mut stem = word;
        while let Some(shorter) = self.stems(stem).next() {
            stem = shorter;
        }
        stem
    }

    /// Returns what a folded word may be without the ending of its form, the shortest first.
    pub fn stems<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a str> {
        const SHORTEST: usize = 3;
        let stems = self.endings.iter().filter_map(move |ending| word.strip_suffix(ending.as_str()));
        stems.filter(|stem| stem.chars().count() >= SHORTEST)
    }
}

impl NumberWords {
    /// Returns the number that a folded word means, from 0 to 90.
    pub fn value(&self, word: &str) -> Option<f64> {
        self.values.get(word).copied()
    }

    /// Returns the number whose ordinal a folded word is.
    pub fn ordinal(&self, word: &str) -> Option<u32> {
        self.ordinals.get(word).copied()
    }

    /// Returns the words by which a number is multiplied, beside those of units.
    pub fn multipliers(&self) -> impl Iterator<Item = (&str, f64)> {
        self.multipliers.iter().map(|(word, factor)| (word.as_str(), *factor))
    }
}
