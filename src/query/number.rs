//! Ranges of numbers in queries: `12`, `>12`, `<=12`, `9..12`, each perhaps with a unit.
//!
//! Invariant: parsing a printed range returns an equal range.

use std::fmt;

use crate::model::{Number, PropertyId, Quantity, Unit, Vocabulary};

/// Numbers from one bound to another, in one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberRange {
    least: Option<Bound>,
    most: Option<Bound>,
    /// The unit of the bounds; `None` if the numbers are compared as they are written.
    unit: Option<Unit>,
    /// The range as typed, in its canonical form.
    text: Box<str>,
}

impl Eq for NumberRange {}

/// A bound of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bound {
    number: Number,
    /// True if the bound itself is outside.
    is_open: bool,
}

impl NumberRange {
    /// Reads a range of numbers that a property can have.
    pub fn parse(words: &Vocabulary, property: PropertyId, text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, rest) = [">=", "<=", ">", "<", "="]
            .into_iter()
            .find_map(|sign| Some((sign, text.strip_prefix(sign)?)))
            .unwrap_or(("", text));
        let (numbers, unit) = match rest.trim().split_once(' ') {
            Some((numbers, unit)) => {
                (numbers, Some(words.find_unit(unit.trim()).filter(|&unit| words.takes(property, unit))?))
            }
            None => (rest.trim(), None),
        };
        let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
        let bound = |text: &str, is_open| Some(Bound { number: Number::new(number(text)?), is_open });
        let (least, most) = match (sign, numbers.split_once("..")) {
            (">=" | ">", None) => (Some(bound(numbers, sign == ">")?), None),
            ("<=" | "<", None) => (None, Some(bound(numbers, sign == "<")?)),
            ("" | "=", None) => (Some(bound(numbers, false)?), Some(bound(numbers, false)?)),
            ("", Some((from, to))) => {
                let end = |text: &str| if text.is_empty() { Some(None) } else { bound(text, false).map(Some) };
                (end(from)?, end(to)?)
            }
            _ => return None,
        };
        let unit_name = unit.map(|unit| format!(" {}", words.unit_name(unit))).unwrap_or_default();
        Some(Self { least, most, unit, text: format!("{sign}{numbers}{unit_name}").into() })
    }

    /// Returns true if a number with its unit lies in the range. A number is no more exact than its last digit.
    pub fn has(&self, words: &Vocabulary, quantity: Quantity) -> bool {
        let converted = match self.unit {
            Some(_) => quantity.to(self.unit, words),
            None => Some(quantity.number),
        };
        let Some(number) = converted else { return false };
        let slack = number.abs() * 1e-9;
        let least = self.least.is_none_or(|bound| {
            if bound.is_open { number > bound.number.get() } else { number + slack >= bound.number.get() }
        });
        let most = self.most.is_none_or(|bound| {
            if bound.is_open { number < bound.number.get() } else { number - slack <= bound.number.get() }
        });
        least && most
    }
}

impl fmt::Display for NumberRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::testing::{property, unit};
    use crate::vocabulary::{Base, Vocabulary};

    #[test]
    fn a_range_holds_what_lies_between_its_bounds_in_any_unit() {
        let words = Vocabulary::built_in(Base::General);
        let has = |range: &str, number: f64, of: &str| {
            let range = NumberRange::parse(&words, property("length"), range).unwrap();
            assert_eq!(NumberRange::parse(&words, property("length"), &range.to_string()), Some(range.clone()));
            range.has(&words, Quantity { number, unit: Some(unit(of)) })
        };
        for (range, number, of, is_in) in [
            ("12", 12.0, "km", true),
            ("12", 12.5, "km", false),
            (">12", 12.0, "m", false),
            (">=12", 12.0, "m", true),
            ("<12", 12.0, "m", false),
            ("<=12", 12.0, "m", true),
            ("9..12", 9.0, "m", true),
            ("9..12", 12.1, "m", false),
            ("9..", 1e9, "m", true),
            ("..9", -1.0, "m", true),
            (">1 km", 999.0, "m", false),
            (">1 km", 1_001.0, "m", true),
            ("=1 mi", 1.609_344, "km", true),
        ] {
            assert_eq!(has(range, number, of), is_in, "{range} {number} {of}");
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        let words = Vocabulary::built_in(Base::General);
        for text in ["", "x", ">", "1..x", ">1..2", "1 EUR", "1 furlong", "inf", "NaN"] {
            assert_eq!(NumberRange::parse(&words, property("length"), text), None, "{text}");
        }
    }
}
