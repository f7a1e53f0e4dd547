//! A time axis that spends its columns where something happened.
//!
//! Runs of [`MIN_GAP`] or more empty years shrink to a token of fixed width that says
//! how long they are; the other units share the rest, by their length or, where recent
//! years are larger, the more the later they are. The unit follows from the time shown:
//! years, the months of a year or two, the days of a month.
//!
//! Invariant: the axis is computed from the unfiltered scope, so filtering never moves
//! it; time never runs backwards; every day of the time shown has a column.

use chrono::{Datelike, Days, Months, NaiveDate};

/// From how many empty years on a run of them is collapsed.
pub const MIN_GAP: i32 = 4;

/// What one stretch of the axis stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

/// A time shown of at most so many days is laid out by days.
const DAYS_UP_TO: i64 = 62;

/// A time shown of at most so many days is laid out by months.
const MONTHS_UP_TO: i64 = 2 * 366;

/// A stretch of the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// Its first column.
    pub start: u16,
    /// How many columns it has; may be none on a narrow axis.
    pub columns: u16,
    /// Whether it is a run of empty years, drawn as a token.
    pub gap: bool,
}

impl Stretch {
    /// How many years a gap is long.
    pub fn years(self) -> i32 {
        self.last.year() - self.first.year() + 1
    }

    fn days(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }
}

/// How the units share the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// Long empty runs are collapsed.
    #[default]
    Gaps,
    /// Every unit is equally wide.
    Linear,
    /// Long empty runs are collapsed, and the last year is four times as wide as the first.
    Recent,
}

impl Scale {
    /// The scale after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Gaps => Self::Linear,
            Self::Linear => Self::Recent,
            Self::Recent => Self::Gaps,
        }
    }

    /// The scale in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gaps => "gaps",
            Self::Linear => "linear",
            Self::Recent => "recent",
        }
    }
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Axis {
    stretches: Vec<Stretch>,
    unit: Option<Unit>,
}

/// How many columns the token of a gap takes: `╱36y╱`.
pub fn gap_columns(years: i32) -> u16 {
    years.to_string().len() as u16 + 3
}

impl Axis {
    /// Lays out the days `first..=last` on `width` columns; `live` tells the years in which something happened.
    pub fn new(first: NaiveDate, last: NaiveDate, width: u16, scale: Scale, live: impl Fn(i32) -> bool) -> Self {
        Self::with_tokens(first, last, width, scale, gap_columns, live)
    }

    /// The same with tokens of other widths, for columns that are not characters; `token` is given
    /// the length of a gap in years.
    pub fn with_tokens(
        first: NaiveDate,
        last: NaiveDate,
        width: u16,
        scale: Scale,
        token: fn(i32) -> u16,
        live: impl Fn(i32) -> bool,
    ) -> Self {
        if width == 0 || last < first {
            return Self::default();
        }
        let days = (last - first).num_days() + 1;
        let unit = if days <= DAYS_UP_TO {
            Unit::Day
        } else if days <= MONTHS_UP_TO {
            Unit::Month
        } else {
            Unit::Year
        };
        let collapses = unit == Unit::Year && scale != Scale::Linear;
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut from = first;
        while from <= last {
            let end = end_of(unit, from).min(last);
            let empty = collapses && !live(from.year());
            match stretches.last_mut() {
                Some(before) if before.gap && empty => before.last = end,
                _ => stretches.push(Stretch { first: from, last: end, start: 0, columns: 0, gap: empty }),
            }
            match end.succ_opt() {
                Some(next) => from = next,
                None => break,
            }
        }
        let mut stretches = short_runs_spread(stretches);
        share(&mut stretches, width, scale, token);
        Self { stretches, unit: Some(unit) }
    }

    /// The stretches from left to right.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// What a stretch stands for; none on an empty axis.
    pub fn unit(&self) -> Option<Unit> {
        self.unit
    }

    fn width(&self) -> u16 {
        self.stretches.last().map_or(0, |last| last.start + last.columns).max(1)
    }

    /// The first and last day on the axis.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.stretches.first()?.first, self.stretches.last()?.last))
    }

    /// The column in which a day falls, if it is on the axis.
    pub fn column(&self, day: NaiveDate) -> Option<u16> {
        let index = self.stretches.partition_point(|stretch| stretch.last < day);
        let stretch = self.stretches.get(index).filter(|stretch| stretch.first <= day)?;
        let before = (day - stretch.first).num_days() * i64::from(stretch.columns) / stretch.days();
        // What has no column of its own at the right end shares the last one.
        Some(stretch.start.saturating_add(u16::try_from(before).ok()?).min(self.width() - 1))
    }

    /// The days that fall into a column; of stretches that share one, all.
    pub fn days_at(&self, column: u16) -> Option<(NaiveDate, NaiveDate)> {
        let index = self.stretches.partition_point(|stretch| stretch.start + stretch.columns <= column);
        let stretch = self.stretches.get(index)?;
        let (inside, columns) = (i64::from(column - stretch.start), i64::from(stretch.columns));
        // The first day of column c is the least d with d * columns / days = c.
        let first_of = |inside: i64| (inside * stretch.days() + columns - 1) / columns;
        let offset = |days: i64| stretch.first.checked_add_days(Days::new(days.unsigned_abs()));
        let end = first_of(inside + 1) - 1;
        // A column of a day that is wider than one has that day, whichever column it is.
        let mut first = offset(first_of(inside).min(end))?;
        let last = offset(end)?;
        if inside == 0 {
            // Stretches without a column of their own fall into the one behind them.
            let narrow = self.stretches.iter().take(index).rev().take_while(|before| before.columns == 0).last();
            first = narrow.map_or(first, |narrow| narrow.first);
        }
        let at_end = column + 1 == self.width();
        let last = if at_end { self.stretches.last()?.last } else { last };
        Some((first, last))
    }
}

/// The last day of the unit in which a day lies.
fn end_of(unit: Unit, day: NaiveDate) -> NaiveDate {
    let end = match unit {
        Unit::Day => Some(day),
        Unit::Month => {
            day.with_day(1).and_then(|first| first.checked_add_months(Months::new(1))).and_then(|next| next.pred_opt())
        }
        Unit::Year => NaiveDate::from_ymd_opt(day.year(), 12, 31),
    };
    end.unwrap_or(day)
}

/// Runs of empty years that are too short for a token are years like all others.
fn short_runs_spread(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut out = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        if !stretch.gap || stretch.years() >= MIN_GAP {
            out.push(stretch);
            continue;
        }
        let mut from = stretch.first;
        while from <= stretch.last {
            let last = end_of(Unit::Year, from).min(stretch.last);
            out.push(Stretch { first: from, last, gap: false, ..stretch });
            match last.succ_opt() {
                Some(next) => from = next,
                None => break,
            }
        }
    }
    out
}

/// Gives the units what the gaps leave; shrinks the tokens where even that is too much.
fn share(stretches: &mut [Stretch], width: u16, scale: Scale, token: fn(i32) -> u16) {
    let tokens: u32 = stretches.iter().filter(|stretch| stretch.gap).map(|gap| u32::from(token(gap.years()))).sum();
    let gaps = stretches.iter().filter(|stretch| stretch.gap).count() as u32;
    let room = u32::from(width);
    // Tokens may take at most half of the axis; else each shrinks to one column, or none.
    let tokens_fit = tokens * 2 <= room;
    let taken = if tokens_fit { tokens } else { gaps.min(room / 2) };
    let left = u64::from(room - taken);
    let units = stretches.len() as u64 - u64::from(gaps);
    let weight = |index: u64| match scale {
        Scale::Gaps | Scale::Linear => 1,
        // From 1 to 4, in thirds of a unit's weight.
        Scale::Recent => units.max(2) - 1 + 3 * index,
    };
    let all: u64 = (0..units).map(weight).sum::<u64>().max(1);
    let (mut index, mut done, mut start, mut narrow) = (0, 0, 0, 0);
    for stretch in stretches {
        stretch.start = start;
        stretch.columns = if stretch.gap {
            narrow += 1;
            // Where not every gap has a column, they share those that there are.
            let shared = taken * narrow / gaps - taken * (narrow - 1) / gaps;
            if tokens_fit { token(stretch.years()) } else { shared as u16 }
        } else {
            let before = left * done / all;
            done += weight(index);
            index += 1;
            (left * done / all - before) as u16
        };
        start += stretch.columns;
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn years(first: i32, last: i32, width: u16, scale: Scale, live: impl Fn(i32) -> bool) -> Axis {
        Axis::new(day(first, 1, 1), day(last, 12, 31), width, scale, live)
    }

    fn total(axis: &Axis) -> u32 {
        axis.stretches().iter().map(|stretch| u32::from(stretch.columns)).sum()
    }

    #[test]
    fn a_long_silence_takes_only_its_token() {
        let axis = years(1957, 2025, 80, Scale::Gaps, |year| year == 1957 || year == 1994 || year >= 2003);
        let gaps: Vec<_> = axis.stretches().iter().filter(|stretch| stretch.gap).collect();
        assert_eq!((gaps[0].first, gaps[0].last, gaps[0].columns), (day(1958, 1, 1), day(1993, 12, 31), 5));
        assert_eq!((gaps[1].first.year(), gaps[1].last.year(), gaps[1].columns), (1995, 2002, 4));
        assert_eq!(total(&axis), 80);
    }

    #[test]
    fn three_empty_years_are_years_like_all_others() {
        let axis = years(2000, 2010, 44, Scale::Gaps, |year| !(2003..=2005).contains(&year));
        assert!(axis.stretches().iter().all(|stretch| !stretch.gap && stretch.columns == 4));
    }

    #[test]
    fn a_linear_axis_has_no_gaps() {
        let axis = years(1957, 2025, 138, Scale::Linear, |_| false);
        assert!(axis.stretches().iter().all(|stretch| stretch.columns == 2 && !stretch.gap));
    }

    #[test]
    fn of_recent_years_the_last_is_four_times_as_wide_as_the_first() {
        let axis = years(2001, 2004, 100, Scale::Recent, |_| true);
        let columns: Vec<u16> = axis.stretches().iter().map(|stretch| stretch.columns).collect();
        assert_eq!(columns, [10, 20, 30, 40]);
    }

    #[test]
    fn the_unit_follows_from_the_time_shown() {
        let unit = |first, last| Axis::new(first, last, 80, Scale::Gaps, |_| false).unit();
        assert_eq!(unit(day(2021, 1, 1), day(2021, 1, 31)), Some(Unit::Day));
        assert_eq!(unit(day(2021, 1, 1), day(2021, 12, 31)), Some(Unit::Month));
        assert_eq!(unit(day(2021, 1, 1), day(2025, 12, 31)), Some(Unit::Year));
    }

    #[test]
    fn no_time_and_no_width_make_an_empty_axis() {
        assert!(years(2000, 1999, 80, Scale::Gaps, |_| true).stretches().is_empty());
        assert!(years(2000, 2001, 0, Scale::Gaps, |_| true).stretches().is_empty());
    }

    fn any_axis() -> impl Strategy<Value = Axis> {
        let scale = prop_oneof![Just(Scale::Gaps), Just(Scale::Linear), Just(Scale::Recent)];
        (600_000i32..730_000, 0i32..44_000, 1u16..300, scale, any::<u64>()).prop_map(
            |(first, span, width, scale, seed)| {
                let day = |number| NaiveDate::from_num_days_from_ce_opt(number).unwrap();
                let live = move |year: i32| (seed >> (year % 61)) & 1 == 1;
                Axis::new(day(first), day(first + span), width, scale, live)
            },
        )
    }

    proptest! {
        #[test]
        fn time_never_runs_backwards_and_every_day_has_a_column(axis in any_axis()) {
            let (first, last) = axis.days().unwrap();
            let width = total(&axis);
            let mut before = 0;
            for day in first.iter_days().take_while(|&day| day <= last).step_by(17) {
                let column = axis.column(day).unwrap();
                prop_assert!(before <= column && u32::from(column) <= width);
                before = column;
            }
        }

        #[test]
        fn the_axis_fills_its_width_unless_nothing_is_left_to_fill_it(axis in any_axis(), width in 1u16..300) {
            let (first, last) = axis.days().unwrap();
            let axis = Axis::new(first, last, width, Scale::Gaps, |year| year % 9 == 0);
            let all_gaps = axis.stretches().iter().all(|stretch| stretch.gap);
            prop_assert!(total(&axis) <= u32::from(width));
            prop_assert!(all_gaps || total(&axis) == u32::from(width));
        }

        #[test]
        fn a_day_lies_among_the_days_of_its_column(axis in any_axis(), at in any::<prop::sample::Index>()) {
            let (first, last) = axis.days().unwrap();
            let day = first + Days::new(at.index((last - first).num_days().unsigned_abs() as usize + 1) as u64);
            let column = axis.column(day).unwrap();
            let (from, to) = axis.days_at(column).unwrap();
            prop_assert!(from <= day && day <= to, "{day} is in column {column}, which has {from} to {to}");
        }

        #[test]
        fn a_column_has_no_days_of_columns_to_its_right(days in 1u64..40, width in 1u16..300) {
            let first = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
            let axis = Axis::new(first, first + Days::new(days - 1), width, Scale::Gaps, |_| true);
            for column in 0..width {
                let (from, to) = axis.days_at(column).unwrap();
                prop_assert!(from <= to && axis.column(from).unwrap() <= column, "{column}: {from} to {to}");
            }
        }
    }
}
