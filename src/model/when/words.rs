//! Dates in few characters, from their EDTF text.
//!
//! Invariant: no digit is shown that was not stated, and no qualifier is lost.

use super::edtf::PARTS_OF_A_YEAR;
use super::{Doubt, Extent, Precision, Shape};

/// The signs for uncertain, approximate, and both.
const QUALIFIERS: [char; 3] = ['?', '~', '%'];

/// A date that names a part of a year.
struct PartOfYear<'a> {
    name: PartName,
    /// The qualifier of the part alone.
    of_part: &'a str,
    /// The qualifiers of the year alone: leftmost, what stands behind it means what stands before it.
    of_year: [&'a str; 2],
    year: &'a str,
    /// The qualifier of both.
    of_both: &'a str,
}

/// The name of a part of a year: its words, whether "of" follows them, and the hemisphere if the code says it.
#[derive(Clone, Copy)]
struct PartName {
    words: &'static str,
    of: &'static str,
    place: &'static str,
}

/// Returns the name of a code from 21 to 41.
fn part_name(code: u8) -> Option<PartName> {
    let words = match code {
        21 | 25 | 29 => "spring",
        22 | 26 | 30 => "summer",
        23 | 27 | 31 => "autumn",
        24 | 28 | 32 => "winter",
        33 => "Q1",
        34 => "Q2",
        35 => "Q3",
        36 => "Q4",
        37 => "1st third",
        38 => "2nd third",
        39 => "3rd third",
        40 => "1st half",
        41 => "2nd half",
        _ => return None,
    };
    let of = if code < 37 { " " } else { " of " };
    let place = match code {
        25..=28 => " (north)",
        29..=32 => " (south)",
        _ => "",
    };
    Some(PartName { words, of, place })
}

/// Returns the part of a year that a date names, if it does.
fn part_of_year(text: &str) -> Option<PartOfYear<'_>> {
    let (year, part) = text.rsplit_once('-')?;
    let (year_before, year, year_behind) = qualified(year);
    if year.trim_start_matches('-').contains('-') || year.is_empty() {
        return None;
    }
    let (of_part, code, of_both) = qualified(part);
    let code = code.parse().ok().filter(|code| PARTS_OF_A_YEAR.contains(code))?;
    Some(PartOfYear { name: part_name(code)?, of_part, of_year: [year_before, year_behind], year, of_both })
}

/// Splits off the qualifiers before and behind a text.
fn qualified(text: &str) -> (&str, &str, &str) {
    let rest = text.trim_start_matches(QUALIFIERS);
    let digits = rest.trim_end_matches(QUALIFIERS);
    (text.strip_suffix(rest).unwrap_or(""), digits, rest.strip_prefix(digits).unwrap_or(""))
}

/// Returns a year with significant digits in words: "1950 (2 digits sure)".
fn significant(text: &str) -> Option<String> {
    let (year, digits) = text.split_once('S')?;
    let (_, digits, qualifier) = qualified(digits);
    let noun = if digits == "1" { "digit" } else { "digits" };
    Some(format!("{}{qualifier} ({digits} {noun} sure)", year.trim_start_matches('Y')))
}

/// Returns one date: `2014-06`, "spring 2001", "Q1 2001", "2004-01-01 10:10:10Z".
fn date(text: &str) -> String {
    if let Some(words) = significant(text) {
        return words;
    }
    match part_of_year(text) {
        Some(PartOfYear { name, of_part, of_year, year, of_both }) => {
            format!("{of_part}{}{}{}{year}{of_both}{}", name.words, name.of, of_year.concat(), name.place)
        }
        None => text.trim_start_matches('Y').replacen('T', " ", 1),
    }
}

/// Returns an element of a set: a date, one side of a day, or a range.
fn element(text: &str) -> String {
    match text.split_once("..") {
        None => date(text),
        Some(("", last)) => format!("≤ {}", date(last)),
        Some((first, "")) => format!("≥ {}", date(first)),
        Some((first, last)) => format!("{} – {}", date(first), date(last)),
    }
}

fn set(before: &str, inner: &str) -> String {
    let elements: Vec<String> = inner.split(',').map(|text| element(text.trim_start_matches(' '))).collect();
    format!("{before} {}", elements.join(", "))
}

fn interval(text: &str) -> String {
    let (start, end) = text.split_once('/').unwrap_or((text, ""));
    match (start, end) {
        ("..", "..") => "without start or end".to_owned(),
        ("..", "") => "without start, end not known".to_owned(),
        ("", "..") => "start not known, without end".to_owned(),
        (start, "..") => format!("from {}", element(start)),
        (start, "") => format!("from {}, end not known", element(start)),
        ("..", end) => format!("until {}", element(end)),
        ("", end) => format!("start not known, until {}", element(end)),
        (start, end) => format!("{} – {}", element(start), element(end)),
    }
}

/// Returns the shape in which a text is worded, and what stands in its brackets: a set of one date is that date.
fn worded(shape: Shape, text: &str) -> (Shape, &str) {
    let inner = text.trim_matches(['[', ']', '{', '}']);
    match shape {
        Shape::OneOf | Shape::AllOf if !inner.contains([',', '.']) => (Shape::Date, inner),
        Shape::Date | Shape::Interval | Shape::Before | Shape::After | Shape::Between | Shape::OneOf | Shape::AllOf => {
            (shape, inner)
        }
    }
}

/// Returns a date of a shape in few characters.
pub(super) fn stated(shape: Shape, text: &str) -> String {
    let (shape, inner) = worded(shape, text);
    match shape {
        Shape::Date => date(inner),
        Shape::Before | Shape::After => element(inner),
        Shape::Between => match inner.split_once("..") {
            Some((first, last)) => format!("{} … {}", date(first), date(last)),
            None => inner.to_owned(),
        },
        Shape::Interval => interval(inner),
        Shape::OneOf => set("one of", inner),
        Shape::AllOf => set("all of", inner),
    }
}

/// Returns a date of a shape as a sentence has it: "1 July 2023", "about March 2019", "June 2014 or before"; `None` for
/// shapes and dates that have no such form.
pub(super) fn spelled(shape: Shape, text: &str) -> Option<String> {
    let (shape, inner) = worded(shape, text);
    match shape {
        Shape::Date => spelled_date(inner),
        Shape::Before => Some(format!("{} or before", spelled_date(inner.trim_start_matches('.'))?)),
        Shape::After => Some(format!("{} or later", spelled_date(inner.trim_end_matches('.'))?)),
        Shape::Interval | Shape::Between | Shape::OneOf | Shape::AllOf => None,
    }
}

fn name_of_month(number: u8) -> Option<&'static str> {
    chrono::Month::try_from(number).ok().map(|month| month.name())
}

/// Returns a year, month or day of the years 0 to 9999, of which the whole may be approximate or uncertain.
fn spelled_date(text: &str) -> Option<String> {
    let (before, date, qualifier) = qualified(text);
    let is_plain =
        before.is_empty() && date.len() >= 4 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !is_plain || date.starts_with('-') {
        return None;
    }
    let mut parts = date.split('-');
    let year = parts.next()?;
    let month = parts.next().map(|month| month.parse().ok().and_then(name_of_month).ok_or(()));
    let day = parts.next().map(|day| day.trim_start_matches('0'));
    let date = match (month.transpose().ok()?, day) {
        (None, _) => year.to_owned(),
        (Some(month), None) => format!("{month} {year}"),
        (Some(month), Some(day)) => format!("{day} {month} {year}"),
    };
    match qualifier {
        "" => Some(date),
        "~" => Some(format!("about {date}")),
        "?" => Some(format!("{date} (uncertain)")),
        "%" => Some(format!("about {date} (uncertain)")),
        _ => None,
    }
}

/// Returns a date of a shape in eleven columns, or more where these do not hold it.
pub(super) fn column(shape: Shape, text: &str) -> String {
    let (worded, inner) = worded(shape, text);
    match worded {
        Shape::Date => dotted(inner, ' '),
        Shape::Before => dotted(inner.trim_start_matches(".."), '≤'),
        Shape::After => dotted(inner.trim_end_matches(".."), '≥'),
        Shape::Between | Shape::Interval | Shape::OneOf | Shape::AllOf => format!(" {}", stated(shape, text)),
    }
}

/// Returns `2014-06~` in eleven columns: the sign first, a dot for every digit that is not stated. A part of a year stands
/// behind the year, a qualifier behind the date if the sign is another.
fn dotted(text: &str, sign: char) -> String {
    let day = text.split('T').next().unwrap_or(text);
    let digits = day.trim_end_matches(QUALIFIERS);
    let qualifier = day.strip_prefix(digits).unwrap_or("");
    let (sign, behind) = match qualifier.chars().next() {
        Some(qualifier) if sign == ' ' => (qualifier, ""),
        _ => (sign, qualifier),
    };
    let shown = day_of(digits);
    // The minus of a year before 0 takes the place of the sign.
    let sign = if sign == ' ' && shown.starts_with('-') { String::new() } else { sign.to_string() };
    format!("{sign}{shown}{behind}")
}

/// Returns a date without the qualifier of the whole, with dots.
fn day_of(digits: &str) -> String {
    if let Some(words) = significant(digits) {
        return words;
    }
    if let Some(PartOfYear { name, of_part, of_year, year, .. }) = part_of_year(digits) {
        return format!("{}{} {of_part}{}{}", of_year.concat(), year.replace('X', "·"), name.words, name.place);
    }
    let digits = digits.trim_start_matches('Y');
    let year = digits.trim_start_matches(QUALIFIERS).trim_start_matches('-');
    let rest = match year.matches('-').count() {
        // The zeros of an exponent are not dots.
        0 if year.contains('E') => "",
        0 => "-··-··",
        1 => "-··",
        _ => "",
    };
    format!("{}{rest}", digits.replace('X', "·"))
}

/// Returns what is known of a date, in words.
pub(super) fn knowledge(shape: Shape, precision: Precision, doubt: Doubt, text: &str) -> &'static str {
    match (doubt.approximate, doubt.uncertain) {
        (Extent::Whole, Extent::Whole) => return "approximate and uncertain",
        (Extent::Whole, Extent::Part) => return "approximate, in part uncertain",
        (Extent::Part, Extent::Whole) => return "uncertain, in part approximate",
        (Extent::Part, Extent::Part) => return "in part approximate, in part uncertain",
        (Extent::Whole, Extent::None) => return "approximate",
        (Extent::Part, Extent::None) => return "approximate in part",
        (Extent::None, Extent::Whole) => return "uncertain",
        (Extent::None, Extent::Part) => return "uncertain in part",
        (Extent::None, Extent::None) => {}
    }
    if text.contains("XXXX") {
        return "the year is not known";
    }
    if text.contains('X') {
        return "digits are missing";
    }
    if text.contains('S') {
        return "an estimate; only the first digits are sure";
    }
    let (shape, inner) = worded(shape, text);
    match (shape, precision) {
        (Shape::Before, _) => "on or before; the day is not known",
        (Shape::After, _) => "on or after; the day is not known",
        (Shape::Between, _) => "some day between the two",
        (Shape::OneOf, _) => "one of them; which is not known",
        (Shape::AllOf, _) => "all of them",
        (Shape::Interval, _) => "a span of time",
        (Shape::Date, Precision::Year) => "only the year is known",
        (Shape::Date, Precision::Season) => part_knowledge(inner),
        (Shape::Date, Precision::Month) => "only the month is known",
        (Shape::Date, Precision::Day) => "exact day",
    }
}

fn part_knowledge(text: &str) -> &'static str {
    let code = text.rsplit_once('-').and_then(|(_, code)| code.parse().ok());
    match code.unwrap_or(0_u8) {
        33..=36 => "only the quarter is known",
        37..=39 => "only the third of the year is known",
        40..=41 => "only the half of the year is known",
        _ => "only the season is known",
    }
}
