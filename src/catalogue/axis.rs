//! A time axis that spends its columns where something happened.
//!
//! Runs of [`MIN_GAP`] or more empty years shrink to a token of fixed width that says
//! how long they are; the other years share the rest evenly. Invariant: the axis is
//! computed from the unfiltered scope, so filtering never moves it.

use chrono::{Datelike, NaiveDate};

/// From how many empty years on a run of them is collapsed.
pub const MIN_GAP: i32 = 4;

/// A stretch of the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// One year, and how many columns it has.
    Year {
        /// The year.
        year: i32,
        /// Columns; may be zero on a narrow axis.
        columns: u16,
    },
    /// A run of empty years, drawn as a token.
    Gap {
        /// The first empty year.
        first: i32,
        /// The last empty year.
        last: i32,
        /// Columns of the token.
        columns: u16,
    },
}

impl Stretch {
    /// Columns of the stretch.
    pub fn columns(self) -> u16 {
        match self {
            Self::Year { columns, .. } | Self::Gap { columns, .. } => columns,
        }
    }

    /// First and last year.
    pub fn years(self) -> (i32, i32) {
        match self {
            Self::Year { year, .. } => (year, year),
            Self::Gap { first, last, .. } => (first, last),
        }
    }
}

/// How years share the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// Long empty runs are collapsed.
    #[default]
    Gaps,
    /// Every year is equally wide.
    Linear,
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Axis {
    stretches: Vec<Stretch>,
}

/// The token of a collapsed gap: `╱36y╱`.
pub fn gap_token(years: i32) -> String {
    format!("╱{years}y╱")
}

impl Axis {
    /// Lays out the years `first..=last` on `width` columns; `live` tells the years in which something happened.
    pub fn new(first: i32, last: i32, width: u16, scale: Scale, live: impl Fn(i32) -> bool) -> Self {
        if width == 0 || last < first {
            return Self::default();
        }
        let mut stretches = Vec::new();
        let mut year = first;
        while year <= last {
            let run_end = (year..=last).take_while(|&year| !live(year)).last();
            match run_end {
                Some(end) if scale == Scale::Gaps && end - year + 1 >= MIN_GAP => {
                    let columns = gap_token(end - year + 1).chars().count() as u16;
                    stretches.push(Stretch::Gap { first: year, last: end, columns });
                    year = end + 1;
                }
                _ => {
                    stretches.push(Stretch::Year { year, columns: 0 });
                    year += 1;
                }
            }
        }
        share(&mut stretches, width);
        Self { stretches }
    }

    /// The stretches from left to right.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// The column in which a day falls, if its year is on the axis.
    pub fn column(&self, day: NaiveDate) -> Option<u16> {
        let mut start = 0;
        for stretch in &self.stretches {
            let (first, last) = stretch.years();
            let columns = stretch.columns();
            if (first..=last).contains(&day.year()) {
                let into = match stretch {
                    Stretch::Year { .. } => f64::from(day.ordinal0()) / 366.0,
                    Stretch::Gap { .. } => f64::from(day.year() - first) / f64::from(last - first + 1),
                };
                #[expect(clippy::cast_sign_loss, reason = "a share of a width is not negative")]
                let inside = (into * f64::from(columns)) as u16;
                return Some(start + inside.min(columns.saturating_sub(1)));
            }
            start += columns;
        }
        None
    }

    /// The years under a column.
    pub fn years_at(&self, column: u16) -> Option<(i32, i32)> {
        let mut start = 0;
        for stretch in &self.stretches {
            start += stretch.columns();
            if column < start {
                return Some(stretch.years());
            }
        }
        None
    }
}

/// Gives the years what the gaps leave; drops the tokens where even that is too much.
fn share(stretches: &mut [Stretch], width: u16) {
    let tokens: u32 = stretches
        .iter()
        .map(|stretch| match stretch {
            Stretch::Gap { columns, .. } => u32::from(*columns),
            Stretch::Year { .. } => 0,
        })
        .sum();
    let years = stretches.iter().filter(|stretch| matches!(stretch, Stretch::Year { .. })).count() as u32;
    let room = u32::from(width);
    // Tokens may take at most half of the axis; else each shrinks to one column.
    let tokens_fit = tokens * 2 <= room;
    let gaps = stretches.len() as u32 - years;
    let left = room.saturating_sub(if tokens_fit { tokens } else { gaps });
    let mut index = 0;
    for stretch in stretches {
        match stretch {
            Stretch::Gap { columns, .. } => {
                if !tokens_fit {
                    *columns = 1;
                }
            }
            Stretch::Year { columns, .. } => {
                *columns = (left * (index + 1) / years.max(1) - left * index / years.max(1)) as u16;
                index += 1;
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, 1).unwrap()
    }

    #[test]
    fn a_long_silence_takes_only_its_token() {
        let axis = Axis::new(1957, 2025, 80, Scale::Gaps, |year| year == 1957 || year == 1994 || year >= 2003);
        assert_eq!(axis.stretches()[1], Stretch::Gap { first: 1958, last: 1993, columns: 5 });
        assert_eq!(axis.stretches()[3], Stretch::Gap { first: 1995, last: 2002, columns: 4 });
        let total: u16 = axis.stretches().iter().map(|stretch| stretch.columns()).sum();
        assert_eq!(total, 80);
    }

    #[test]
    fn a_linear_axis_has_no_gaps() {
        let axis = Axis::new(1957, 2025, 138, Scale::Linear, |_| false);
        assert!(axis.stretches().iter().all(|stretch| stretch.columns() == 2));
    }

    #[test]
    fn no_year_and_no_width_make_an_empty_axis() {
        assert!(Axis::new(2000, 1999, 80, Scale::Gaps, |_| true).stretches().is_empty());
        assert!(Axis::new(2000, 2001, 0, Scale::Gaps, |_| true).stretches().is_empty());
    }

    proptest! {
        #[test]
        fn time_never_runs_backwards(first in 1900i32..2000, span in 0i32..120, width in 1u16..300, seed in any::<u64>()) {
            let axis = Axis::new(first, first + span, width, Scale::Gaps, |year| (seed >> (year % 61)) & 1 == 1);
            let columns: Vec<u16> = (first..=first + span)
                .flat_map(|year| [day(year, 1), day(year, 7), day(year, 12)])
                .map(|day| axis.column(day).unwrap())
                .collect();
            prop_assert!(columns.is_sorted());
        }

        #[test]
        fn the_axis_never_exceeds_a_width_that_holds_its_gaps(first in 1900i32..2000, span in 0i32..120, width in 40u16..300) {
            let axis = Axis::new(first, first + span, width, Scale::Gaps, |year| year % 9 == 0);
            let total: u32 = axis.stretches().iter().map(|stretch| u32::from(stretch.columns())).sum();
            prop_assert!(total <= u32::from(width));
        }
    }
}
