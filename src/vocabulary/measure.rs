//! Units of measure: what may stand behind a number, and what can be converted into what.
//!
//! Invariant: units are only converted within one dimension, never between currencies or between things that are
//! counted.

use super::kind::Origin;

/// The number of a measure in its vocabulary, at most [`MeasureId::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureId(pub(super) u16);

impl MeasureId {
    /// The greatest number of a measure.
    pub const MAX: u16 = (1 << MEASURE_BITS) - 1;
}

/// A unit: a measure, perhaps with a multiplier before it (`million`) or a rate behind it (`/year`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(u16);

/// What stands behind a unit that is meant a year.
pub(super) const RATE: &str = "/year";

const MEASURE_BITS: u32 = 11;
const MULTIPLIER_BITS: u32 = 4;

impl Unit {
    /// Returns the unit of a measure; multipliers are numbered from 1, and 0 is none.
    pub(super) const fn new(measure: MeasureId, multiplier: u8, is_rate: bool) -> Self {
        let multiplier = (multiplier & ((1 << MULTIPLIER_BITS) - 1)) as u16;
        Self(
            measure.0 & MeasureId::MAX
                | multiplier << MEASURE_BITS
                | (is_rate as u16) << (MEASURE_BITS + MULTIPLIER_BITS),
        )
    }

    /// Returns the measure.
    pub const fn measure(self) -> MeasureId {
        MeasureId(self.0 & MeasureId::MAX)
    }

    /// Returns the number of its multiplier from 1 on; 0 for none.
    pub(super) const fn multiplier(self) -> usize {
        (self.0 >> MEASURE_BITS & ((1 << MULTIPLIER_BITS) - 1)) as usize
    }

    /// Returns true if it is a number a year.
    pub const fn is_rate(self) -> bool {
        self.0 >> (MEASURE_BITS + MULTIPLIER_BITS) == 1
    }
}

/// What a measure measures.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// A length; the base is the metre.
    Length,
    /// An area; the base is the square metre.
    Area,
    /// A mass; the base is the kilogram.
    Mass,
    /// A time of days; the base is the day.
    Duration,
    /// A time of the calendar, which has no fixed number of days; the base is the month.
    Calendar,
    /// A part of a whole; the base is 1.
    Share,
    /// An amount of money; currencies are not converted.
    Money,
    /// A number of things; different things are not converted.
    Count,
    /// A dimension that a dossier declares.
    Own(Box<str>),
}

impl Dimension {
    /// Returns the dimension with this name.
    pub fn named(name: &str) -> Self {
        match name {
            "length" => Self::Length,
            "area" => Self::Area,
            "mass" => Self::Mass,
            "duration" => Self::Duration,
            "calendar" => Self::Calendar,
            "share" => Self::Share,
            "money" => Self::Money,
            "count" => Self::Count,
            own => Self::Own(own.into()),
        }
    }

    /// Returns its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Length => "length",
            Self::Area => "area",
            Self::Mass => "mass",
            Self::Duration => "duration",
            Self::Calendar => "calendar",
            Self::Share => "share",
            Self::Money => "money",
            Self::Count => "count",
            Self::Own(name) => name,
        }
    }

    /// Returns true if a unit of it can be converted into every other.
    pub(super) fn has_conversions(&self) -> bool {
        !matches!(self, Self::Money | Self::Count)
    }
}

/// A declared measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its name: the word for one of it.
    pub name: Box<str>,
    /// The word for several of it.
    pub plural: Box<str>,
    /// A sign that is read in place of its name.
    pub symbol: Option<Box<str>>,
    /// What it measures.
    pub dimension: Dimension,
    /// Its size in the base unit of its dimension; positive and finite.
    pub factor: f64,
    /// The count to which its numbers may be added in a check.
    pub adds_to: Option<Box<str>>,
    /// True if `/year` may stand behind it.
    pub has_rate: bool,
    /// The set of declarations that it belongs to.
    pub origin: Origin,
}

/// A word before a unit that multiplies the number.
#[derive(Debug, Clone, PartialEq)]
pub struct Multiplier {
    /// The word.
    pub name: Box<str>,
    /// The number by which it multiplies.
    pub factor: f64,
}

/// The greatest number of multipliers.
pub(super) const MAX_MULTIPLIERS: usize = (1 << MULTIPLIER_BITS) - 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_keeps_its_parts() {
        for measure in [0, 1, 1_000, MeasureId::MAX] {
            for multiplier in [0, 1, 7, 15] {
                for is_rate in [false, true] {
                    let unit = Unit::new(MeasureId(measure), multiplier, is_rate);
                    let parts = (unit.measure().0, unit.multiplier(), unit.is_rate());
                    assert_eq!(parts, (measure, multiplier.into(), is_rate));
                }
            }
        }
    }
}
