//! Dates of a passage: in figures, with month names, as ranges of years, or left to what stands before.
//!
//! Invariant: a date of the claim is found only if every part of it is, so that nothing coarser stands for it.

use chrono::{Datelike, NaiveDate};

use super::Grounding;
use super::tokens::Token;
use crate::model::When;
use crate::model::moment::month_name;

/// A date of a passage, as much of it as is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    /// True if it is written as EDTF writes it.
    is_edtf: bool,
}

/// What a passage says of time.
#[derive(Debug, Default)]
pub struct Dates {
    readings: Vec<Reading>,
    /// Decades and centuries, as EDTF writes them: `195X`, `18XX`.
    coarse: Vec<String>,
    /// Two years written as one: `2021–22`, "the 1950s".
    ranges: Vec<(i32, i32)>,
    /// Words for a day near that of publication: a weekday, "today".
    has_near_day: bool,
    /// How many years a phrase such as "the next year" adds.
    steps: Vec<i32>,
    words: Vec<String>,
}

/// What stands around a passage.
#[derive(Debug, Default)]
pub struct Around {
    /// What the heading and the title say of time.
    pub headings: Dates,
    /// What the passages before it in its section say of time.
    pub before: Dates,
    /// When the document was published.
    pub published: Option<NaiveDate>,
}

/// One date of the text of a claim's date.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    /// The digits of the year, with `X` for those that are not stated.
    year: String,
    month: Option<u32>,
    day: Option<u32>,
}

/// The codes that stand for seasons and other parts of a year in place of a month, with their words.
const SEASONS: &[(&[u32], &[&str])] = &[
    // Without a hemisphere, of the north and of the south.
    (&[21, 25, 29], &["spring"]),
    (&[22, 26, 30], &["summer"]),
    (&[23, 27, 31], &["autumn", "fall"]),
    (&[24, 28, 32], &["winter"]),
    (&[33], &["q1", "first quarter", "1 st quarter"]),
    (&[34], &["q2", "second quarter", "2 nd quarter"]),
    (&[35], &["q3", "third quarter", "3 rd quarter"]),
    (&[36], &["q4", "fourth quarter", "4 th quarter", "last quarter"]),
    (&[37], &["first four months", "first third"]),
    (&[38], &["second four months", "second third"]),
    (&[39], &["last four months", "last third"]),
    (&[40], &["h1", "first half", "1 st half", "first six months"]),
    (&[41], &["h2", "second half", "2 nd half", "last six months"]),
];

const NEAR_DAYS: [&str; 10] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"];

/// The most days between a publication and a weekday that it names.
const NEAR: i64 = 7;

impl Dates {
    /// Reads the dates of a text.
    pub fn read(tokens: &[Token]) -> Self {
        let mut dates = Self { words: tokens.iter().map(|token| token.text.clone()).collect(), ..Self::default() };
        let mut rest = tokens;
        let mut before: [Option<&Token>; 3] = [None; 3];
        while let [token, behind @ ..] = rest {
            if let Some(month) = month_called(token) {
                dates.named_month(month, before, behind);
            } else if let Some(number) = token.whole() {
                dates.figures(token, number, behind);
            }
            let is_near = NEAR_DAYS.contains(&token.text.as_str());
            dates.has_near_day |= is_near;
            if behind.first().is_some_and(|next| next.text == "year") || token.text == "later" {
                match token.text.as_str() {
                    "next" | "following" | "later" => dates.steps.push(1),
                    "last" | "previous" => dates.steps.push(-1),
                    _ => {}
                }
            }
            before = [before[1], before[2], Some(token)];
            rest = behind;
        }
        dates
    }

    /// Finds a date of a claim in a passage and what stands around it; `None` if it is not there.
    pub fn find(&self, when: &When, around: &Around) -> Option<Grounding> {
        let parts = parts(when.edtf());
        if parts.is_empty() {
            return None;
        }
        if let [start, end] = parts.as_slice()
            && let (Ok(first), Ok(last)) = (start.year.parse(), end.year.parse())
            && self.ranges.contains(&(first, last))
        {
            // "FY 2021–22" begins and ends in months that a calendar of the country knows.
            return Some(Grounding::Reformatted);
        }
        let found = parts.iter().map(|part| self.part(part).or_else(|| self.part_around(part, around)));
        found.collect::<Option<Vec<Grounding>>>()?.into_iter().max()
    }

    /// Finds one date in the passage alone.
    fn part(&self, part: &Part) -> Option<Grounding> {
        if self.coarse.iter().any(|coarse| part.is_as_coarse(coarse)) {
            return Some(Grounding::Verbatim);
        }
        let exact = self.readings.iter().filter(|reading| reading.has(part));
        let best = exact.map(|reading| {
            let is_year = part.month.is_none();
            if is_year || reading.is_edtf { Grounding::Verbatim } else { Grounding::Reformatted }
        });
        best.min().or_else(|| {
            // The year stands elsewhere in the passage.
            let is_there = self.readings.iter().any(|reading| reading.year.is_some_and(|year| part.is_year(year)));
            (is_there && self.has_rest(part)).then_some(Grounding::Reformatted)
        })
    }

    /// Finds one date with the help of what stands around the passage.
    fn part_around(&self, part: &Part, around: &Around) -> Option<Grounding> {
        let years = |dates: &Self| dates.readings.iter().filter_map(|reading| reading.year).collect::<Vec<_>>();
        let published = around.published;
        let mut known = years(&around.headings);
        known.extend(years(&around.before));
        known.extend(published.map(|day| day.year()));
        let is_known = known.iter().any(|&year| part.is_year(year));
        let own = years(self);
        let is_stepped =
            self.steps.iter().any(|step| own.iter().chain(&known).any(|year| part.is_year(year.saturating_add(*step))));
        let is_completed = part.month.is_some() && is_known && self.has_rest(part);
        let is_step = is_stepped && (part.month.is_none() || self.has_rest(part));
        let is_heading = around.headings.readings.iter().any(|reading| reading.has(part))
            || around.headings.coarse.iter().any(|coarse| part.is_as_coarse(coarse));
        let is_spanned = part.month.is_none() && own.is_empty() && is_known && self.refers_back();
        let is_near = published.is_some_and(|published| {
            let day = part.first_day();
            let is_day = part.day.is_some() && part.month.is_some();
            let distance = day.map(|day| day.signed_duration_since(published).num_days().abs());
            self.has_near_day && is_day && distance.is_some_and(|days| days <= NEAR)
        });
        let is_publication =
            published.is_some_and(|day| part.is_of(day)) && self.readings.is_empty() && self.coarse.is_empty();
        (is_completed || is_step || is_heading || is_spanned || is_near || is_publication)
            .then_some(Grounding::ByContext)
    }

    /// Returns true for "that year", "the same year".
    fn refers_back(&self) -> bool {
        self.words.windows(2).any(|pair| {
            matches!(pair, [before, year] if year == "year" && matches!(before.as_str(), "that" | "same" | "this"))
        })
    }

    /// Returns true if month and day, or the season, of a date are written without another year.
    fn has_rest(&self, part: &Part) -> bool {
        if let Some((_, names)) =
            SEASONS.iter().find(|(codes, _)| part.month.is_some_and(|month| codes.contains(&month)))
        {
            return names.iter().any(|name| self.has_words(name));
        }
        let has = |reading: &Reading| {
            reading.year.is_none_or(|year| part.is_year(year))
                && part.month.is_none_or(|month| reading.month == Some(month))
                && part.day.is_none_or(|day| reading.day == Some(day))
        };
        part.month.is_some() && self.readings.iter().any(has)
    }

    /// Returns true if the words of a phrase stand one after another.
    fn has_words(&self, phrase: &str) -> bool {
        let wanted: Vec<&str> = phrase.split(' ').collect();
        self.words.windows(wanted.len()).any(|words| words.iter().eq(wanted.iter()))
    }

    /// Reads a month by its name, with the day and the year before and behind it.
    fn named_month(&mut self, month: u32, before: [Option<&Token>; 3], behind: &[Token]) {
        let day = |token: &Token| token.whole().filter(|day| (1..=31).contains(day));
        let year =
            |token: &Token| token.whole().filter(|_| token.text.len() == 4).and_then(|year| year.try_into().ok());
        let is_ordinal = |token: &Token| matches!(token.text.as_str(), "st" | "nd" | "rd" | "th");
        let mut backwards = before.into_iter().rev().flatten().filter(|token| !is_ordinal(token) && token.text != "of");
        let first = backwards.next();
        let mut forwards = behind.iter().filter(|token| !is_ordinal(token) && token.text != "of");
        let next = forwards.next();
        let mut add = |year, day| self.readings.push(Reading { year, month: Some(month), day, is_edtf: false });
        let next_year = next.and_then(year);
        let next_day = next.filter(|_| next_year.is_none()).and_then(day);
        let year_behind = next_year.or_else(|| forwards.next().filter(|_| next_day.is_some()).and_then(year));
        let year_known: Option<i32> = year_behind.or_else(|| first.and_then(year));
        let days = [first.and_then(day), next_day];
        if days.iter().all(Option::is_none) {
            add(year_known, None);
        }
        days.into_iter().flatten().for_each(|day| add(year_known, Some(day)));
    }

    /// Reads what begins with a figure: a date in figures, a range of years, or a year.
    fn figures(&mut self, token: &Token, number: u32, behind: &[Token]) {
        let Ok(year) = i32::try_from(number) else { return };
        let mut joined = behind.iter().map(|next| (next.joint, next.whole(), next.text.len()));
        let second = joined.next();
        let third = joined.next();
        let mut add = |year, month, day, is_edtf| {
            if is_day(year, month, day) {
                self.readings.push(Reading { year: Some(year), month, day, is_edtf });
            }
        };
        let is_year = token.text.len() == 4;
        let era = behind.first();
        match (second, third) {
            (
                Some((Some(mark @ ('/' | '.' | '-')), Some(month), length @ 1..=2)),
                Some((Some(other), Some(day), last @ 1..=2)),
            ) if is_year && mark == other && is_day(year, Some(month), Some(day)) => {
                add(year, Some(month), Some(day), mark == '-' && length == 2 && last == 2);
            }
            (
                Some((Some(mark @ ('/' | '.' | '-')), Some(b), 1..=2)),
                Some((Some(other), Some(c), length @ (2 | 4))),
            ) if mark == other && number <= 31 => {
                let years = if length == 4 { vec![c] } else { vec![c.saturating_add(1900), c.saturating_add(2000)] };
                for year in years.into_iter().filter_map(|year| i32::try_from(year).ok()) {
                    // Which of the two is the day is not certain; either is there.
                    add(year, Some(b), Some(number), false);
                    add(year, Some(number), Some(b), false);
                }
            }
            (Some((Some(mark @ ('-' | '–' | '/' | '—')), Some(last), length @ (2 | 4))), _) if is_year => {
                if length == 2 {
                    add(year, Some(last), None, true);
                }
                if let Some(last) = last_year(number, mark, last, length) {
                    self.ranges.push((year, last));
                    self.readings.push(Reading { year: Some(last), month: None, day: None, is_edtf: false });
                }
            }
            _ if is_before_christ(era) => {
                // Without a year 0, as documents count.
                add(1_i32.saturating_sub(year), None, None, false);
            }
            _ => {}
        }
        if let [_, word, after @ ..] = behind
            && word.text == "century"
            && (1..100).contains(&number)
        {
            // "19th century" is 18XX.
            let before = number.saturating_sub(1);
            let sign = if is_before_christ(after.first()) { "-" } else { "" };
            self.coarse.push(format!("{sign}{before:02}XX"));
        }
        if is_year && era.is_some_and(|next| next.is_tight && next.text == "s") {
            self.decade(year);
        } else if !is_before_christ(era) {
            self.readings.push(Reading { year: Some(year), month: None, day: None, is_edtf: true });
        }
    }

    /// Reads "1950s"; "1900s" is a century, too.
    fn decade(&mut self, year: i32) {
        for (unknown, years) in [("X", 10), ("XX", 100)] {
            if year.checked_rem(years) == Some(0) {
                let known = year.checked_div(years).unwrap_or_default();
                self.coarse.push(format!("{known:0width$}{unknown}", width = 4_usize.saturating_sub(unknown.len())));
                self.ranges.push((year, year.saturating_add(years).saturating_sub(1)));
            }
        }
    }
}

/// Returns true for the words behind a year before the first.
fn is_before_christ(token: Option<&Token>) -> bool {
    token.is_some_and(|token| matches!(token.text.as_str(), "bc" | "bce"))
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

impl Reading {
    /// Returns true if it states all that a date does, and nothing else.
    fn has(self, part: &Part) -> bool {
        self.year.is_some_and(|year| part.is_year(year))
            && part.month.is_none_or(|month| self.month == Some(month))
            && part.day.is_none_or(|day| self.day == Some(day))
    }
}

impl Part {
    /// Returns true if a year fits the digits that are stated.
    fn is_year(&self, year: i32) -> bool {
        let sign = if year < 0 { "-" } else { "" };
        let digits = format!("{sign}{:04}", year.unsigned_abs());
        digits.len() == self.year.len()
            && digits.chars().zip(self.year.chars()).all(|(is, stated)| stated == 'X' || is == stated)
    }

    /// Returns true if it leaves open at least what a decade or a century does.
    fn is_as_coarse(&self, coarse: &str) -> bool {
        let is_open = |(is, stated): (char, char)| stated == 'X' || is == stated;
        self.month.is_none() && coarse.len() == self.year.len() && coarse.chars().zip(self.year.chars()).all(is_open)
    }

    fn is_of(&self, day: NaiveDate) -> bool {
        self.is_year(day.year())
            && self.month.is_none_or(|month| month == day.month())
            && self.day.is_none_or(|wanted| wanted == day.day())
    }

    fn first_day(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year.parse().ok()?, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }
}

/// Returns true if a month and a day of it exist.
fn is_day(year: i32, month: Option<u32>, day: Option<u32>) -> bool {
    NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1)).is_some()
}

/// Returns the number of a month by its name, or at least three of its first letters, with a capital.
fn month_called(token: &Token) -> Option<u32> {
    let word = token.text.as_str();
    let is_meant =
        |name: &str| word.len() >= 3 && name.to_lowercase().starts_with(word) || word == "sept" && name == "September";
    (1..=12).find(|&month| token.is_capital && month_name(month).is_some_and(is_meant))
}

/// Returns the dates of an EDTF text, without brackets and qualifiers.
fn parts(edtf: &str) -> Vec<Part> {
    let plain: String = edtf.chars().filter(|c| !matches!(c, '[' | ']' | '{' | '}' | '?' | '~' | '%' | ' ')).collect();
    let pieces = plain.split(['/', ',']).flat_map(|piece| piece.split(".."));
    pieces.filter_map(part).collect()
}

fn part(piece: &str) -> Option<Part> {
    let (date, _time) = piece.split_once('T').unwrap_or((piece, ""));
    let (sign, rest) = match date.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", date),
    };
    let mut fields = rest.trim_start_matches('Y').split('-');
    let year = fields.next().filter(|year| !year.is_empty())?;
    let (year, _digits) = year.split_once('S').unwrap_or((year, ""));
    let mut number = || fields.next().and_then(|field| field.parse().ok());
    let month = number();
    Some(Part { year: format!("{sign}{year}"), month, day: number() })
}

#[cfg(test)]
mod tests;
