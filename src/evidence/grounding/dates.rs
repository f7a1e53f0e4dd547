//! Dates of a claim, looked for in what a passage says of time, or left to what stands around it.
//!
//! Invariant: a date of the claim is found only if every part of it is, so that nothing coarser stands for it.

mod part;
mod read;

use std::cell::LazyCell;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use self::part::{Part, parts};
use super::{Grounding, Hit};
use crate::language::Language;
use crate::model::When;

/// A date of a passage, as much of it as is written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reading {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    /// True if it is written as EDTF writes it.
    is_edtf: bool,
    /// Its tokens.
    at: Range<usize>,
}

/// Two years written as one: `2021–22`, "the 1950s".
#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    first: i32,
    last: i32,
    /// True if it is called a year that need not begin in January.
    is_year: bool,
    at: Range<usize>,
}

/// What a passage says of time. Ranges are of its tokens.
#[derive(Debug)]
pub struct Dates {
    language: &'static Language,
    readings: Vec<Reading>,
    /// Decades and centuries, as EDTF writes them: `195X`, `18XX`.
    coarse: Vec<(String, Range<usize>)>,
    spans: Vec<Span>,
    /// Words for a day near that of publication: a weekday, "today".
    near_days: Vec<Range<usize>>,
    /// How many years a phrase such as "the next year" adds; none for "that year".
    steps: Vec<(i32, Range<usize>)>,
    /// The numbers in EDTF of the parts of a year that are named.
    seasons: Vec<(&'static [u32], Range<usize>)>,
    /// The forms in EDTF of words such as "by the end of".
    bounds: Vec<(&'static str, Range<usize>)>,
}

/// What stands around a passage.
#[derive(Debug)]
pub struct Around {
    /// What the heading and the title say of time.
    pub headings: Dates,
    /// What the passages before it in its section say of time.
    pub before: Dates,
    /// When the document was published.
    pub published: Option<NaiveDate>,
}

/// What bounds or blurs a date: a mark of its EDTF, with the mark in the form of words that do so.
const MARKS: [(&str, &str); 4] = [("[..", "[..{"), ("..]", "..]"), ("/..", "/.."), ("~", "~")];

/// The most days between a publication and a weekday that it names.
const NEAR: i64 = 7;

impl Dates {
    /// Returns the tokens of every date that has a month, whose figures are no other numbers.
    pub fn days(&self) -> impl Iterator<Item = Range<usize>> {
        self.readings.iter().filter(|reading| reading.month.is_some()).map(|reading| reading.at.clone())
    }

    /// Finds a date of a claim in a passage and what stands around it; `None` if it is not there.
    pub fn find(&self, when: &When, around: impl Fn() -> Around) -> Option<Hit> {
        let parts = parts(when.edtf());
        if parts.is_empty() {
            return None;
        }
        let around = LazyCell::new(around);
        let mut bounds = Vec::new();
        for (_, form) in MARKS.iter().filter(|(mark, _)| when.edtf().contains(mark)) {
            let words = self.bounds.iter().filter(|(edtf, _)| edtf.contains(form));
            bounds.push(words.max_by_key(|(_, at)| at.len())?.1.clone());
        }
        let found = self.as_span(&parts).or_else(|| {
            let found = parts.iter().map(|part| self.part(part).or_else(|| self.part_around(part, &around)));
            found.collect::<Option<Vec<Hit>>>()?.into_iter().reduce(Hit::and)
        })?;
        Some(
            bounds
                .into_iter()
                .fold(found, |hit, at| Hit { state: hit.state, ..hit.and(Hit::of(Grounding::Verbatim, at)) }),
        )
    }

    /// Finds two dates that are written as one.
    fn as_span(&self, parts: &[Part]) -> Option<Hit> {
        let [start, end] = parts else { return None };
        let (first, last) = (start.year.parse().ok()?, end.year.parse().ok()?);
        // "FY 2021–22" begins and ends in months that a calendar of the country knows.
        let has_months = start.month.is_some() || end.month.is_some();
        let is_meant = |span: &&Span| (span.first, span.last) == (first, last) && (span.is_year || !has_months);
        let span = self.spans.iter().find(is_meant)?;
        Some(Hit::of(Grounding::Reformatted, span.at.clone()))
    }

    /// Finds one date in the passage alone.
    fn part(&self, part: &Part) -> Option<Hit> {
        if let Some((_, at)) = self.coarse.iter().find(|(coarse, _)| part.is_as_coarse(coarse)) {
            return Some(Hit::of(Grounding::Verbatim, at.clone()));
        }
        let exact = self.readings.iter().filter(|reading| reading.has(part));
        let best = exact.map(|reading| {
            let is_plain = part.month.is_none() || reading.is_edtf;
            Hit::of(if is_plain { Grounding::Verbatim } else { Grounding::Reformatted }, reading.at.clone())
        });
        best.min_by_key(|hit| hit.state).or_else(|| {
            // The year stands elsewhere in the passage.
            let year = self.readings.iter().find(|reading| reading.year.is_some_and(|year| part.is_year(year)))?;
            Some(self.rest(part)?.and(Hit::of(Grounding::Reformatted, year.at.clone())))
        })
    }

    /// Finds one date with the help of what stands around the passage.
    fn part_around(&self, part: &Part, around: &Around) -> Option<Hit> {
        let by = |at: Range<usize>| Hit::of(Grounding::ByContext, at);
        let published = around.published;
        let mut known: Vec<i32> = around.headings.years().chain(around.before.years()).collect();
        known.extend(published.map(|day| day.year()));
        let is_known = known.iter().any(|&year| part.is_year(year));
        if part.month.is_some()
            && is_known
            && let Some(rest) = self.rest(part)
        {
            return Some(Hit { state: Grounding::ByContext, ..rest });
        }
        let own: Vec<i32> = self.years().collect();
        for (step, at) in &self.steps {
            let years = || own.iter().chain(&known);
            let is_stepped = match step {
                0 => part.month.is_none() && own.is_empty() && is_known,
                step => years().any(|year| part.is_year(year.saturating_add(*step))),
            };
            let rest = self.rest(part);
            if is_stepped && (part.month.is_none() || rest.is_some()) {
                return Some(rest.into_iter().fold(by(at.clone()), Hit::and));
            }
        }
        if around.headings.readings.iter().any(|reading| reading.has(part))
            || around.headings.coarse.iter().any(|(coarse, _)| part.is_as_coarse(coarse))
        {
            return Some(Hit::nowhere(Grounding::ByContext));
        }
        let distance = part.first_day().zip(published).map(|(day, other)| day.signed_duration_since(other).num_days());
        let is_near = part.day.is_some() && part.month.is_some() && distance.is_some_and(|days| days.abs() <= NEAR);
        if let Some(at) = self.near_days.first().filter(|_| is_near) {
            return Some(by(at.clone()));
        }
        let is_publication =
            published.is_some_and(|day| part.is_of(day)) && self.readings.is_empty() && self.coarse.is_empty();
        is_publication.then(|| Hit::nowhere(Grounding::ByContext))
    }

    fn years(&self) -> impl Iterator<Item = i32> {
        self.readings.iter().filter_map(|reading| reading.year)
    }

    /// Finds month and day, or the season, of a date that are written without another year.
    fn rest(&self, part: &Part) -> Option<Hit> {
        let month = part.month?;
        let found = |at: &Range<usize>| Hit::of(Grounding::Reformatted, at.clone());
        if self.language.seasons().iter().any(|season| season.codes.contains(&month)) {
            return self.seasons.iter().find(|(codes, _)| codes.contains(&month)).map(|(_, at)| found(at));
        }
        let has = |reading: &&Reading| {
            reading.year.is_none_or(|year| part.is_year(year))
                && reading.month == Some(month)
                && part.day.is_none_or(|day| reading.day == Some(day))
        };
        self.readings.iter().find(has).map(|reading| found(&reading.at))
    }
}

impl Reading {
    /// Returns true if it states all that a date does, and nothing else.
    fn has(&self, part: &Part) -> bool {
        self.year.is_some_and(|year| part.is_year(year))
            && part.month.is_none_or(|month| self.month == Some(month))
            && part.day.is_none_or(|day| self.day == Some(day))
    }
}

#[cfg(test)]
mod tests;
