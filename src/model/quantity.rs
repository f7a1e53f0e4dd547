//! Numbers with units: conversion, addition and precision.
//!
//! Invariant: units are only converted where the vocabulary allows it, and a number is no more precise than its last stated digit.

use std::fmt;

use crate::vocabulary::{Unit, Vocabulary};

/// A number of a claim, stored as bytes: without the alignment of a float, rows are smaller.
#[derive(Clone, Copy)]
pub struct Number([u8; 8]);

impl Number {
    /// Stores a number.
    pub const fn new(number: f64) -> Self {
        Self(number.to_ne_bytes())
    }

    /// Returns the number.
    pub const fn get(self) -> f64 {
        f64::from_ne_bytes(self.0)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(out)
    }
}

/// A number with or without a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// A finite number.
    pub number: f64,
    /// The unit; `None` for a plain number.
    pub unit: Option<Unit>,
}

impl Quantity {
    /// Converts to another unit; `None` if the two cannot be converted.
    pub fn to(self, unit: Option<Unit>, words: &Vocabulary) -> Option<f64> {
        match (self.unit, unit) {
            (from, to) if from == to => Some(self.number),
            (Some(from), Some(to)) => words.conversion(from, to).map(|factor| self.number * factor),
            // A ratio has no unit, so that it may be a percentage.
            (None, Some(to)) => words.is_share(to).then(|| self.number / words.size(to)),
            (Some(_) | None, None) => None,
        }
    }

    /// Converts for a sum in another unit, where counts, and different words for one count, are added as they are, if
    /// perhaps in thousands.
    pub fn part_of(self, unit: Option<Unit>, words: &Vocabulary) -> Option<f64> {
        let counts = |unit: Option<Unit>| unit.is_none_or(|unit| words.is_count(unit));
        let plain = self.unit.is_none() || unit.is_none();
        let adds_up = self.unit.zip(unit).is_some_and(|(a, b)| words.adds_up(a, b));
        if plain && counts(self.unit) && counts(unit) || adds_up {
            let size = |unit: Option<Unit>| unit.map_or(1.0, |unit| words.size(unit));
            return Some(self.number * (size(self.unit) / size(unit)));
        }
        self.to(unit, words)
    }

    /// Returns true if the number means nothing without its unit.
    pub fn is_measured(self, words: &Vocabulary) -> bool {
        self.unit.is_some_and(|unit| !words.is_count(unit))
    }

    /// Returns half of the last stated digit, by which the true number may differ.
    pub fn tolerance(self) -> f64 {
        0.5 / 10_f64.powi(decimals(self.number).try_into().unwrap_or(i32::MAX))
    }

    /// Returns the number and the name of its unit: "951 people".
    pub fn in_words(self, words: &Vocabulary) -> String {
        match self.unit {
            Some(unit) => format!("{} {}", self.number, words.unit_after(self.number, unit)),
            None => self.number.to_string(),
        }
    }
}

/// Returns the number of decimal places of a number when it is printed.
pub fn decimals(number: f64) -> usize {
    let text = number.to_string();
    text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Base;

    fn general() -> std::sync::Arc<Vocabulary> {
        Vocabulary::built_in(Base::General)
    }

    fn quantity(number: f64, unit: &str) -> Quantity {
        Quantity { number, unit: Some(general().find_unit(unit).unwrap()) }
    }

    fn to(quantity: Quantity, unit: &str) -> Option<f64> {
        quantity.to(general().find_unit(unit), &general())
    }

    #[test]
    fn units_are_converted_within_their_measure_and_never_beyond() {
        let near = |a: Option<f64>, b: f64| a.is_some_and(|a| (a - b).abs() < 1e-6);
        assert!(near(to(quantity(1.0, "acre"), "m²"), 4_046.856_422_4));
        assert!(near(to(quantity(43_560.0, "ft²"), "acre"), 1.0));
        assert!(near(to(quantity(10.0, "crore INR"), "INR"), 1e8));
        assert!(near(to(quantity(2.5, "billion EUR"), "million EUR"), 2_500.0));
        assert!(near(to(quantity(2.0, "week"), "day"), 14.0));
        assert!(near(to(Quantity { number: 0.0792, unit: None }, "%"), 7.92));
        for (from, into) in [
            ("acre", "km"),
            ("EUR", "USD"),
            ("beds", "seats"),
            ("seats", "students"),
            ("month", "day"),
            ("seats", "seats/year"),
        ] {
            assert_eq!(to(quantity(1.0, from), into), None, "{from} {into}");
        }
    }

    #[test]
    fn words_for_the_same_count_add_up_but_different_counts_do_not() {
        let part = |quantity: Quantity, unit: Option<&str>| {
            quantity.part_of(unit.map(|unit| general().find_unit(unit).unwrap()), &general())
        };
        assert_eq!(part(quantity(60.0, "seats"), Some("students/year")), Some(60.0));
        assert_eq!(part(quantity(50.0, "seats/year"), Some("people")), None, "a stream is no part of a stock");
        assert_eq!(part(quantity(2.0, "thousand seats"), Some("people")), Some(2_000.0));
        assert_eq!(part(quantity(500.0, "seats"), Some("thousand seats")), Some(0.5));
        assert_eq!(part(Quantity { number: 5_000.0, unit: None }, Some("thousand beds")), Some(5.0));
        assert_eq!(part(Quantity { number: 15.0, unit: None }, Some("floors")), Some(15.0));
        assert_eq!(part(quantity(1.0, "beds"), Some("floors")), None);
        assert_eq!(part(quantity(1.0, "acre"), None), None);
    }

    #[test]
    fn a_number_is_no_finer_than_its_last_digit() {
        for (number, tolerance) in [(951.0, 0.5), (7.92, 0.005), (-2_608.596, 0.000_5), (0.1, 0.05)] {
            let found = Quantity { number, unit: None }.tolerance();
            assert!((found - tolerance).abs() < 1e-9, "{number}: {found}");
        }
    }
}
