//! Reads the dates of a passage: in figures, with month names, as ranges of years, as words for a year named before.
//!
//! Invariant: every token is looked at once, and a date knows its tokens.

use std::ops::Range;

use chrono::NaiveDate;

use super::{Dates, Reading, Span};
use crate::evidence::grounding::tokens::{Token, find_phrases};
use crate::language::Language;

impl Dates {
    /// Reads the dates of a text.
    pub fn read(tokens: &[Token], language: &'static Language) -> Self {
        let words = language.dates();
        let near = |token: &Token| words.weekdays.contains(&token.text) || words.near.contains(&token.text);
        let steps = [(0, &words.same_year), (1, &words.next_year), (-1, &words.last_year)];
        let phrase = |phrases| find_phrases(tokens, phrases);
        let mut dates = Self {
            language,
            readings: Vec::new(),
            coarse: Vec::new(),
            spans: Vec::new(),
            near_days: tokens.iter().zip(0..).filter(|(token, _)| near(token)).map(|(_, at)| one(at)).collect(),
            steps: steps.into_iter().flat_map(|(step, all)| phrase(all).map(move |at| (step, at))).collect(),
            seasons: language
                .seasons()
                .iter()
                .flat_map(|season| phrase(&season.words).map(|at| (season.codes.as_slice(), at)))
                .collect(),
            bounds: language
                .bounds()
                .iter()
                .flat_map(|bound| phrase(&bound.words).map(|at| (bound.edtf.as_str(), at)))
                .collect(),
        };
        for (at, token) in tokens.iter().enumerate() {
            let is_name = token.is_capital || !language.has_capital_months();
            if let Some(month) = language.month(&token.text).filter(|_| is_name) {
                dates.named_month(month, tokens, at);
            } else if let Some(number) = token.whole() {
                dates.figures(number, tokens, at);
            }
        }
        dates.ends_of_years();
        for names in find_phrases(tokens, &words.double_years) {
            for span in dates.spans.iter_mut().filter(|span| span.at.start == names.end) {
                (span.is_year, span.at.start) = (true, names.start);
            }
        }
        dates
    }

    /// Adds the last month of a year of which the end is named.
    fn ends_of_years(&mut self) {
        let ends: Vec<&Range<usize>> =
            self.bounds.iter().filter(|(edtf, _)| edtf.contains("{end}")).map(|(_, at)| at).collect();
        let mut found = Vec::new();
        for reading in self.readings.iter().filter(|reading| reading.month.is_none()) {
            if let Some(words) = ends.iter().find(|words| words.end == reading.at.start) {
                let at = words.start..reading.at.end;
                found.push(Reading { month: Some(12), is_edtf: false, at, ..reading.clone() });
            }
        }
        self.readings.extend(found);
    }

    /// Reads a month by its name, with the day and the year before and behind it.
    fn named_month(&mut self, month: u32, tokens: &[Token], at: usize) {
        let day = |token: &Token| token.whole().filter(|day| (1..=31).contains(day));
        let year =
            |token: &Token| token.whole().filter(|_| token.text.len() == 4).and_then(|year| i32::try_from(year).ok());
        let language = self.language;
        let is_between = |token: &Token| {
            language.numbers().ordinal_ends.contains(&token.text) || language.dates().between.contains(&token.text)
        };
        let before = (at.saturating_sub(3)..at).rev().filter_map(|at| Some((at, tokens.get(at)?)));
        let first = before.into_iter().find(|(_, token)| !is_between(token));
        let mut behind = tokens.iter().enumerate().skip(at.saturating_add(1)).filter(|(_, token)| !is_between(token));
        let next = behind.next();
        let with = |other: Option<(usize, &Token)>, read: &dyn Fn(&Token) -> Option<u32>| {
            other.and_then(|(at, token)| Some((at, read(token)?)))
        };
        let year_of = |other: Option<(usize, &Token)>| other.and_then(|(at, token)| Some((at, year(token)?)));
        let next_year = year_of(next);
        let next_day = with(next, &day).filter(|_| next_year.is_none());
        let year_behind = next_year.or_else(|| year_of(behind.next().filter(|_| next_day.is_some())));
        let year_known = year_behind.or_else(|| year_of(first));
        let days = [with(first, &day), next_day];
        let mut add = |day: Option<(usize, u32)>| {
            let tokens = [Some(at), day.map(|(at, _)| at), year_known.map(|(at, _)| at)];
            let tokens = || tokens.into_iter().flatten();
            let at = tokens().min().unwrap_or(at)..tokens().max().unwrap_or(at).saturating_add(1);
            let (year, day) = (year_known.map(|(_, year)| year), day.map(|(_, day)| day));
            self.readings.push(Reading { year, month: Some(month), day, is_edtf: false, at });
        };
        if days.iter().all(Option::is_none) {
            add(None);
        }
        for day in days.into_iter().flatten() {
            add(Some(day));
        }
    }

    /// Reads what begins with a figure: a date in figures, a range of years, or a year.
    fn figures(&mut self, number: u32, tokens: &[Token], at: usize) {
        let (Ok(year), Some([token, behind @ ..])) = (i32::try_from(number), tokens.get(at..)) else { return };
        let language = self.language;
        let words = language.dates();
        let mut joined = behind.iter().map(|next| (next.joint, next.whole(), next.text.len()));
        let second = joined.next();
        let third = joined.next();
        let through = |tokens: usize| at..at.saturating_add(tokens);
        let mut add = |year, month, day, is_edtf, at| {
            if is_day(year, month, day) {
                self.readings.push(Reading { year: Some(year), month, day, is_edtf, at });
            }
        };
        let is_year = token.text.len() == 4;
        let is_before_first =
            |token: Option<&Token>| token.is_some_and(|token| words.before_first.contains(&token.text));
        let era = behind.first();
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let is_after_first = [before, era].into_iter().flatten().any(|token| words.after_first.contains(&token.text));
        match (second, third) {
            (
                Some((Some(mark @ ('/' | '.' | '-')), Some(month), length @ 1..=2)),
                Some((Some(other), Some(day), last @ 1..=2)),
            ) if is_year && mark == other && is_day(year, Some(month), Some(day)) => {
                add(year, Some(month), Some(day), mark == '-' && length == 2 && last == 2, through(3));
            }
            (
                Some((Some(mark @ ('/' | '.' | '-')), Some(b), 1..=2)),
                Some((Some(other), Some(c), length @ (2 | 4))),
            ) if mark == other && number <= 31 => {
                let years = if length == 4 { vec![c] } else { vec![c.saturating_add(1900), c.saturating_add(2000)] };
                for year in years.into_iter().filter_map(|year| i32::try_from(year).ok()) {
                    // Which of the two is the day is not certain; either is there.
                    add(year, Some(b), Some(number), false, through(3));
                    add(year, Some(number), Some(b), false, through(3));
                }
            }
            (Some((Some(mark @ ('-' | '–' | '/' | '—')), Some(last), length @ (2 | 4))), _) if is_year => {
                if length == 2 {
                    add(year, Some(last), None, true, through(2));
                }
                if let Some(last) = last_year(number, mark, last, length) {
                    self.spans.push(Span { first: year, last, is_year: false, at: through(2) });
                    let at = through(2);
                    self.readings.push(Reading { year: Some(last), month: None, day: None, is_edtf: false, at });
                }
            }
            _ if is_before_first(era) => {
                // Without a year 0, as documents count.
                add(1_i32.saturating_sub(year), None, None, false, through(2));
            }
            _ => {}
        }
        if let [_, word, after @ ..] = behind
            && words.centuries.contains(&word.text)
            && (1..100).contains(&number)
        {
            // "19th century" is 18XX.
            let before = number.saturating_sub(1);
            let sign = if is_before_first(after.first()) { "-" } else { "" };
            self.coarse.push((format!("{sign}{before:02}XX"), through(3)));
        }
        if is_year && era.is_some_and(|next| next.is_tight && words.decade.contains(&next.text)) {
            self.decade(year, &through(2));
        } else if !is_before_first(era) && (token.text.len() > 2 || is_after_first) {
            self.readings.push(Reading { year: Some(year), month: None, day: None, is_edtf: true, at: through(1) });
        }
    }

    /// Reads "1950s"; "1900s" is a century, too.
    fn decade(&mut self, year: i32, at: &Range<usize>) {
        for (unknown, years) in [("X", 10), ("XX", 100)] {
            if year.checked_rem(years) == Some(0) {
                let known = year.checked_div(years).unwrap_or_default();
                let coarse = format!("{known:0width$}{unknown}", width = 4_usize.saturating_sub(unknown.len()));
                self.coarse.push((coarse, at.clone()));
                let last = year.saturating_add(years).saturating_sub(1);
                self.spans.push(Span { first: year, last, is_year: false, at: at.clone() });
            }
        }
    }
}

fn one(at: usize) -> Range<usize> {
    at..at.saturating_add(1)
}

/// Returns the second year of two that are written as one, from all of its digits or the last two: 2000 of `1999–00`.
fn last_year(first: u32, mark: char, last: u32, length: usize) -> Option<i32> {
    let year = if length == 2 {
        let short = first.checked_rem(100)?;
        let carried = if last < short { 100 } else { 0 };
        // `1998-03` is a month.
        let is_month = matches!(mark, '-' | '/') && (1..=12).contains(&last);
        if carried > 0 && is_month {
            return None;
        }
        first.checked_sub(short)?.checked_add(last)?.checked_add(carried)?
    } else {
        last
    };
    i32::try_from(year).ok()
}

/// Returns true if a month and a day of it exist.
fn is_day(year: i32, month: Option<u32>, day: Option<u32>) -> bool {
    NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1)).is_some()
}
