//! Numbers with units: conversion, addition and precision.
//!
//! Invariant: units are only converted within one measure, and a number is no more precise than its last stated digit.

use std::fmt;

/// A measure, which has units that can be converted into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Area,
    Length,
    Money,
    Share,
}

/// Units that can be converted: name, measure, and size in the base unit of the measure.
const UNITS: &[(&str, Measure, f64)] = &[
    ("m²", Measure::Area, 1.0),
    ("acre", Measure::Area, 4_046.856_422_4),
    ("ft²", Measure::Area, 0.092_903_04),
    ("km", Measure::Length, 1_000.0),
    ("INR", Measure::Money, 1.0),
    ("crore INR", Measure::Money, 1e7),
    ("%", Measure::Share, 0.01),
];

/// Units that count persons, or places for one person each: they can be added although they differ.
const HEADS: &[&str] = &["people", "students", "students/year", "seats", "seats/year"];

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
    pub unit: Option<&'static str>,
}

impl Quantity {
    /// Converts to another unit; `None` if it is one of another measure.
    pub fn to(self, unit: Option<&'static str>) -> Option<f64> {
        match (self.unit, unit) {
            (from, to) if from == to => Some(self.number),
            (Some(from), Some(to)) => {
                let ((_, from, size), (_, to, other)) = (measured(from)?, measured(to)?);
                (from == to).then(|| self.number * size / other)
            }
            // A ratio has no unit, so that it may be a percentage.
            (None, Some(to)) => measured(to).filter(|row| row.1 == Measure::Share).map(|row| self.number / row.2),
            (Some(_) | None, None) => None,
        }
    }

    /// Converts for a sum in another unit, where counts and persons are added without conversion.
    pub fn part_of(self, unit: Option<&'static str>) -> Option<f64> {
        let counts = |unit: Option<&str>| unit.is_none_or(|unit| measured(unit).is_none());
        let heads = |unit: Option<&str>| unit.is_some_and(|unit| HEADS.contains(&unit));
        let plain = self.unit.is_none() || unit.is_none();
        if plain && counts(self.unit) && counts(unit) || heads(self.unit) && heads(unit) {
            return Some(self.number);
        }
        self.to(unit)
    }

    /// Returns true if the number means nothing without its unit.
    pub fn is_measured(self) -> bool {
        self.unit.is_some_and(|unit| measured(unit).is_some())
    }

    /// Returns half of the last stated digit, by which the true number may differ.
    pub fn tolerance(self) -> f64 {
        0.5 / 10_f64.powi(decimals(self.number).try_into().unwrap_or(i32::MAX))
    }
}

fn measured(unit: &str) -> Option<&'static (&'static str, Measure, f64)> {
    UNITS.iter().find(|row| row.0 == unit)
}

/// Returns the number of decimal places of a number when it is printed.
pub fn decimals(number: f64) -> usize {
    let text = number.to_string();
    text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Range;
    use crate::model::property::PROPERTIES;

    fn quantity(number: f64, unit: &'static str) -> Quantity {
        Quantity { number, unit: Some(unit) }
    }

    #[test]
    fn units_are_converted_within_their_measure_and_never_beyond() {
        let near = |a: Option<f64>, b: f64| a.is_some_and(|a| (a - b).abs() < 1e-6);
        assert!(near(quantity(1.0, "acre").to(Some("m²")), 4_046.856_422_4));
        assert!(near(quantity(43_560.0, "ft²").to(Some("acre")), 1.0));
        assert!(near(quantity(10.0, "crore INR").to(Some("INR")), 1e8));
        assert!(near(Quantity { number: 0.0792, unit: None }.to(Some("%")), 7.92));
        assert_eq!(quantity(1.0, "acre").to(Some("km")), None);
        assert_eq!(quantity(1.0, "beds").to(Some("cribs")), None);
        assert_eq!(quantity(1.0, "seats").to(Some("students")), None);
    }

    #[test]
    fn seats_and_students_add_up_but_beds_and_cribs_do_not() {
        assert_eq!(quantity(60.0, "seats").part_of(Some("students/year")), Some(60.0));
        assert_eq!(Quantity { number: 15.0, unit: None }.part_of(Some("subjects")), Some(15.0));
        assert_eq!(quantity(1.0, "beds").part_of(Some("cribs")), None);
        assert_eq!(quantity(1.0, "acre").part_of(None), None);
    }

    #[test]
    fn a_number_is_no_finer_than_its_last_digit() {
        for (number, tolerance) in [(951.0, 0.5), (7.92, 0.005), (-2_608.596, 0.000_5), (0.1, 0.05)] {
            let found = Quantity { number, unit: None }.tolerance();
            assert!((found - tolerance).abs() < 1e-9, "{number}: {found}");
        }
    }

    #[test]
    fn every_unit_of_the_tables_is_one_of_some_property() {
        let known: Vec<&str> = PROPERTIES
            .iter()
            .flat_map(|spec| match spec.range {
                Range::Number(units) => units,
                Range::Text | Range::Entity(_) | Range::Date => &[],
            })
            .copied()
            .collect();
        for unit in UNITS.iter().map(|row| row.0).chain(HEADS.iter().copied()) {
            assert!(known.contains(&unit), "{unit}");
        }
    }
}
