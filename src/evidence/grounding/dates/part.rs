//! The dates of which the EDTF text of a claim consists.
//!
//! Invariant: a digit that is not stated is never taken for one.

use chrono::{Datelike, NaiveDate};

/// One date of the text of a claim's date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The digits of the year, with `X` for those that are not stated.
    pub year: String,
    pub month: Option<u32>,
    pub day: Option<u32>,
}

impl Part {
    /// Returns true if a year fits the digits that are stated.
    pub(super) fn is_year(&self, year: i32) -> bool {
        let sign = if year < 0 { "-" } else { "" };
        let digits = format!("{sign}{:04}", year.unsigned_abs());
        digits.len() == self.year.len()
            && digits.chars().zip(self.year.chars()).all(|(is, stated)| stated == 'X' || is == stated)
    }

    /// Returns true if it leaves open at least what a decade or a century does.
    pub(super) fn is_as_coarse(&self, coarse: &str) -> bool {
        let is_open = |(is, stated): (char, char)| stated == 'X' || is == stated;
        self.month.is_none() && coarse.len() == self.year.len() && coarse.chars().zip(self.year.chars()).all(is_open)
    }

    pub(super) fn is_of(&self, day: NaiveDate) -> bool {
        self.is_year(day.year())
            && self.month.is_none_or(|month| month == day.month())
            && self.day.is_none_or(|wanted| wanted == day.day())
    }

    pub(super) fn first_day(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year.parse().ok()?, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }
}

/// Returns the dates of an EDTF text, without brackets and qualifiers.
pub(super) fn parts(edtf: &str) -> Vec<Part> {
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
