//! Parsers of argument values: dates, sizes.
//!
//! Invariant: a value is parsed, or refused with what is expected.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::model::moment::MomentError;
use crate::model::{Moment, When};
use crate::view::glyphs::Glyphs;

/// The size of a screen; columns and rows are from 1 to [`MAX_SIDE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub width: u16,
    pub height: u16,
}

/// The most columns or rows of a screen.
pub const MAX_SIDE: u16 = 1000;

pub fn parse_date(text: &str) -> Result<When, String> {
    // Also accepts dates as people type them: "jun 2021".
    let typed = || Moment::parse(text, None).ok().and_then(|moment| When::parse(&moment.to_string()).ok());
    let expected = "expected 1957, 2014-07, 2021-01-27, jun 2021, or other EDTF such as [..2014-06]";
    When::parse(text).or_else(|error| typed().ok_or_else(|| format!("{error}; {expected}")))
}

/// The second of two dates as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Later {
    Moment(Moment),
    /// A step from the first date, such as `+4y`.
    Step(String),
}

impl Later {
    /// Returns the date, counting a step from `from`, the first one.
    pub fn from(&self, from: Moment) -> Result<Moment, MomentError> {
        match self {
            Self::Moment(moment) => Ok(*moment),
            Self::Step(step) => Moment::parse(step, Some(from)),
        }
    }
}

/// Parses a date that is not a step.
pub fn parse_moment(text: &str) -> Result<Moment, String> {
    Moment::parse(text, None).map_err(|error| error.to_string())
}

/// Parses a date or a step.
pub fn parse_later(text: &str) -> Result<Later, String> {
    match Moment::parse(text, None) {
        Ok(moment) => Ok(Later::Moment(moment)),
        Err(MomentError::Nowhere(_)) => Ok(Later::Step(text.to_owned())),
        Err(error) => Err(error.to_string()),
    }
}

/// Returns the parser of the tiers of signs.
pub fn glyphs() -> impl TypedValueParser<Value = Glyphs> {
    let words = Glyphs::ALL.iter().map(|tier| tier.as_str());
    PossibleValuesParser::new(words).map(|word| Glyphs::parse(&word).unwrap_or_default())
}

/// Reads `COLUMNSxROWS`.
pub fn parse_size(text: &str) -> Result<Size, String> {
    let side = |text: &str| text.parse::<u16>().ok().filter(|side| (1..=MAX_SIDE).contains(side));
    let sides = text.split_once(['x', 'X', '×']).and_then(|(width, height)| Some((side(width)?, side(height)?)));
    let (width, height) =
        sides.ok_or_else(|| format!("expected COLUMNSxROWS, each from 1 to {MAX_SIDE}, such as 120x40"))?;
    Ok(Size { width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_has_two_sides() {
        assert_eq!(parse_size("120x40"), Ok(Size { width: 120, height: 40 }));
        for text in ["", "120", "x", "0x40", "120x0", "1001x40", "120x40x2", "-1x4", "a×b"] {
            assert!(parse_size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_invalid_date_names_what_is_expected() {
        assert!(parse_date("soon").unwrap_err().contains("; expected 1957, 2014-07"));
    }
}
