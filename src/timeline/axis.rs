//! A time axis that collapses long periods without events.
//!
//! Runs of [`MIN_GAP`] or more empty years become a token of fixed width that states their length. The other
//! segments share the remaining width, equally or with recent years wider ([`Scale`]). The unit depends on the
//! time shown: years, months for up to two years, days for up to two months.
//!
//! Invariant: the axis depends on the whole dossier, so that filtering never moves it; segments are in
//! order of time; every day of the time shown has a column.

use chrono::{Datelike, Days, Months, NaiveDate};

/// The shortest run of empty years that is collapsed.
pub const MIN_GAP: i32 = 4;

/// The unit of time that one segment of an axis covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

/// The most days that are laid out one segment a day.
const DAYS_UP_TO: i64 = 62;

/// The most days that are laid out one segment a month.
const MONTHS_UP_TO: i64 = 2 * 366;

/// A segment of the axis: one unit, or a collapsed run of empty years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// Its first column.
    pub start: u16,
    /// Width in columns; may be 0 on a narrow axis.
    pub columns: u16,
    /// True if it is a collapsed run of empty years, drawn as a token.
    pub gap: bool,
}

impl Segment {
    /// Returns the number of calendar years that the segment reaches into.
    pub fn years(self) -> i32 {
        self.last.year() - self.first.year() + 1
    }

    fn days(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }
}

/// The rule by which the segments share the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// Long runs of empty years are collapsed; all other segments are equally wide.
    #[default]
    Gaps,
    /// All segments are equally wide; nothing is collapsed.
    Linear,
    /// Long runs of empty years are collapsed; the last segment is four times as wide as the first.
    Recent,
}

impl Scale {
    /// Returns the scale that follows in the cycle of scales.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Gaps => Self::Linear,
            Self::Linear => Self::Recent,
            Self::Recent => Self::Gaps,
        }
    }

    /// Returns the lower-case name of the scale.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gaps => "gaps",
            Self::Linear => "linear",
            Self::Recent => "recent",
        }
    }
}

/// A layout of days on columns. Empty if there are no days or no columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Axis {
    segments: Vec<Segment>,
    unit: Option<Unit>,
}

/// Returns the width in columns of the token for a gap of this many years, as in `╱36y╱`.
pub fn gap_columns(years: i32) -> u16 {
    years.to_string().len() as u16 + 3
}

impl Axis {
    /// Lays out the days `first..=last` on `width` columns; `live` returns true for years with events.
    pub fn new(first: NaiveDate, last: NaiveDate, width: u16, scale: Scale, live: impl Fn(i32) -> bool) -> Self {
        Self::with_tokens(first, last, width, scale, gap_columns, live)
    }

    /// Like [`new`](Self::new), with the token widths computed by `token` from the length of a gap in
    /// years; for columns that are not characters.
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
        let mut segments: Vec<Segment> = Vec::new();
        let mut from = first;
        while from <= last {
            let end = end_of(unit, from).min(last);
            let empty = collapses && !live(from.year());
            match segments.last_mut() {
                Some(before) if before.gap && empty => before.last = end,
                _ => segments.push(Segment { first: from, last: end, start: 0, columns: 0, gap: empty }),
            }
            match end.succ_opt() {
                Some(next) => from = next,
                None => break,
            }
        }
        let mut segments = expand_short_runs(segments);
        share(&mut segments, width, scale, token);
        Self { segments, unit: Some(unit) }
    }

    /// Returns the segments from left to right.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Returns the unit of the segments, or `None` on an empty axis.
    pub fn unit(&self) -> Option<Unit> {
        self.unit
    }

    fn width(&self) -> u16 {
        self.segments.last().map_or(0, |last| last.start + last.columns).max(1)
    }

    /// Returns the first and last day on the axis, or `None` on an empty axis.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.segments.first()?.first, self.segments.last()?.last))
    }

    /// Returns the column of a day, or `None` if the day is not on the axis.
    pub fn column(&self, day: NaiveDate) -> Option<u16> {
        let index = self.segments.partition_point(|segment| segment.last < day);
        let segment = self.segments.get(index).filter(|segment| segment.first <= day)?;
        let before = (day - segment.first).num_days() * i64::from(segment.columns) / segment.days();
        // Segments of no width at the right end share the last column.
        Some(segment.start.saturating_add(u16::try_from(before).ok()?).min(self.width() - 1))
    }

    /// Returns the first day of a segment's first column, which segments of no width before it may share: the day that a
    /// label there is about.
    pub fn label_day(&self, segment: Segment) -> NaiveDate {
        self.days_at(segment.start).map_or(segment.first, |(first, _)| first)
    }

    /// Returns the first and last day of a column, including those of segments of no width that share it;
    /// `None` beyond the last column.
    pub fn days_at(&self, column: u16) -> Option<(NaiveDate, NaiveDate)> {
        let index = self.segments.partition_point(|segment| segment.start + segment.columns <= column);
        let segment = self.segments.get(index)?;
        let (inside, columns) = (i64::from(column - segment.start), i64::from(segment.columns));
        // The first day of column c is the least d with d * columns / days = c.
        let first_of = |inside: i64| (inside * segment.days() + columns - 1) / columns;
        let offset = |days: i64| segment.first.checked_add_days(Days::new(days.unsigned_abs()));
        let end = first_of(inside + 1) - 1;
        // If a segment has more columns than days, each of its columns contains at least one day.
        let mut first = offset(first_of(inside).min(end))?;
        let last = offset(end)?;
        if inside == 0 {
            // Segments of no width share the column of the next segment that has one.
            let narrow = self.segments.iter().take(index).rev().take_while(|before| before.columns == 0).last();
            first = narrow.map_or(first, |narrow| narrow.first);
        }
        let at_end = column + 1 == self.width();
        let last = if at_end { self.segments.last()?.last } else { last };
        Some((first, last))
    }
}

/// Returns the last day of the unit that contains a day.
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

/// Splits runs of empty years that are too short for a token back into years.
fn expand_short_runs(segments: Vec<Segment>) -> Vec<Segment> {
    let mut out = Vec::with_capacity(segments.len());
    for segment in segments {
        if !segment.gap || segment.years() >= MIN_GAP {
            out.push(segment);
            continue;
        }
        let mut from = segment.first;
        while from <= segment.last {
            let last = end_of(Unit::Year, from).min(segment.last);
            out.push(Segment { first: from, last, gap: false, ..segment });
            match last.succ_opt() {
                Some(next) => from = next,
                None => break,
            }
        }
    }
    out
}

/// Assigns columns: tokens first, as far as they fit, then the other segments.
fn share(segments: &mut [Segment], width: u16, scale: Scale, token: fn(i32) -> u16) {
    let tokens: u32 = segments.iter().filter(|segment| segment.gap).map(|gap| u32::from(token(gap.years()))).sum();
    let gaps = segments.iter().filter(|segment| segment.gap).count() as u32;
    let room = u32::from(width);
    // Tokens may take at most half of the axis; otherwise each shrinks to one column or none.
    let tokens_fit = tokens * 2 <= room;
    let taken = if tokens_fit { tokens } else { gaps.min(room / 2) };
    let left = u64::from(room - taken);
    let units = segments.len() as u64 - u64::from(gaps);
    let weight = |index: u64| match scale {
        Scale::Gaps | Scale::Linear => 1,
        // From 1 to 4, in thirds of a unit's weight.
        Scale::Recent => units.max(2) - 1 + 3 * index,
    };
    let all: u64 = (0..units).map(weight).sum::<u64>().max(1);
    let (mut index, mut done, mut start, mut narrow) = (0, 0, 0, 0);
    for segment in segments {
        segment.start = start;
        segment.columns = if segment.gap {
            narrow += 1;
            // If there are more gaps than columns for them, the columns are spread over the gaps.
            let shared = taken * narrow / gaps - taken * (narrow - 1) / gaps;
            if tokens_fit { token(segment.years()) } else { shared as u16 }
        } else {
            let before = left * done / all;
            done += weight(index);
            index += 1;
            (left * done / all - before) as u16
        };
        start += segment.columns;
    }
}

#[cfg(test)]
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
        axis.segments().iter().map(|segment| u32::from(segment.columns)).sum()
    }

    #[test]
    fn a_long_gap_takes_only_the_width_of_its_token() {
        let axis = years(1957, 2025, 80, Scale::Gaps, |year| year == 1957 || year == 1994 || year >= 2003);
        let gaps: Vec<_> = axis.segments().iter().filter(|segment| segment.gap).collect();
        assert_eq!((gaps[0].first, gaps[0].last, gaps[0].columns), (day(1958, 1, 1), day(1993, 12, 31), 5));
        assert_eq!((gaps[1].first.year(), gaps[1].last.year(), gaps[1].columns), (1995, 2002, 4));
        assert_eq!(total(&axis), 80);
    }

    #[test]
    fn three_empty_years_are_not_collapsed() {
        let axis = years(2000, 2010, 44, Scale::Gaps, |year| !(2003..=2005).contains(&year));
        assert!(axis.segments().iter().all(|segment| !segment.gap && segment.columns == 4));
    }

    #[test]
    fn a_linear_axis_has_no_gaps() {
        let axis = years(1957, 2025, 138, Scale::Linear, |_| false);
        assert!(axis.segments().iter().all(|segment| segment.columns == 2 && !segment.gap));
    }

    #[test]
    fn on_the_recent_scale_the_last_year_is_four_times_as_wide_as_the_first() {
        let axis = years(2001, 2004, 100, Scale::Recent, |_| true);
        let columns: Vec<u16> = axis.segments().iter().map(|segment| segment.columns).collect();
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
    fn no_days_or_no_width_give_an_empty_axis() {
        assert!(years(2000, 1999, 80, Scale::Gaps, |_| true).segments().is_empty());
        assert!(years(2000, 2001, 0, Scale::Gaps, |_| true).segments().is_empty());
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
        fn columns_never_run_backwards_and_every_day_has_one(axis in any_axis()) {
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
        fn the_segments_fill_the_width_if_there_are_any(axis in any_axis(), width in 1u16..300) {
            let (first, last) = axis.days().unwrap();
            let axis = Axis::new(first, last, width, Scale::Gaps, |year| year % 9 == 0);
            let all_gaps = axis.segments().iter().all(|segment| segment.gap);
            prop_assert!(total(&axis) <= u32::from(width));
            prop_assert!(all_gaps || total(&axis) == u32::from(width));
        }

        #[test]
        fn a_day_is_among_the_days_of_its_column(axis in any_axis(), at in any::<prop::sample::Index>()) {
            let (first, last) = axis.days().unwrap();
            let day = first + Days::new(at.index((last - first).num_days().unsigned_abs() as usize + 1) as u64);
            let column = axis.column(day).unwrap();
            let (from, to) = axis.days_at(column).unwrap();
            prop_assert!(from <= day && day <= to, "{day} is in column {column}, which has {from} to {to}");
        }

        #[test]
        fn a_column_has_no_days_of_later_columns(days in 1u64..40, width in 1u16..300) {
            let first = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
            let axis = Axis::new(first, first + Days::new(days - 1), width, Scale::Gaps, |_| true);
            for column in 0..width {
                let (from, to) = axis.days_at(column).unwrap();
                prop_assert!(from <= to && axis.column(from).unwrap() <= column, "{column}: {from} to {to}");
            }
        }
    }
}
