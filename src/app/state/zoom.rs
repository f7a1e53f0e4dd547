//! The part of the time axis that is shown.
//!
//! Invariant: the window never leaves the span of the dossier, and zooming out as
//! often as in shows the same time again, unless the window was moved out of it.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};

use crate::text::word::words;

words! {
    /// The length of the window, in words.
    #[derive(Default)]
    Level {
        /// Everything.
        #[default]
        All = "all",
        /// 25 years.
        Years25 = "25 years",
        /// 10 years.
        Years10 = "10 years",
        /// 5 years.
        Years5 = "5 years",
        /// 1 year.
        Year = "1 year",
        /// 1 month.
        Month = "1 month",
    }
}

impl Level {
    fn shifted(self, steps: isize) -> Self {
        let at = (self as usize).saturating_add_signed(steps).min(Self::ALL.len() - 1);
        Self::ALL[at]
    }

    fn months(self) -> Option<u32> {
        match self {
            Self::All => None,
            Self::Years25 => Some(300),
            Self::Years10 => Some(120),
            Self::Years5 => Some(60),
            Self::Year => Some(12),
            Self::Month => Some(1),
        }
    }
}

/// The window of time that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zoom {
    /// The length of the window.
    pub level: Level,
    /// The first day shown; meaningless at [`Level::All`].
    start: NaiveDate,
    /// The first and last day of everything.
    pub span: Option<(NaiveDate, NaiveDate)>,
    /// The starts of the coarser windows from which this one was zoomed in.
    came_from: [Option<NaiveDate>; Level::ALL.len()],
}

impl Zoom {
    /// Returns a zoom that shows the whole of a span of days.
    pub fn all(span: Option<(NaiveDate, NaiveDate)>) -> Self {
        Self { span, ..Self::default() }
    }

    /// Returns the shortest window that shows the days `first..=last`; everything where none is long enough.
    #[must_use]
    pub fn fitting(self, first: NaiveDate, last: NaiveDate) -> Self {
        let levels = Level::ALL.iter().copied().rev().map(|level| Self { level, came_from: [None; 6], ..self });
        let middle = first + (last - first) / 2;
        let mut fitting = levels.map(|zoom| zoom.centred(middle));
        let holds = |zoom: &Self| zoom.window().is_none_or(|(start, end)| start <= first && last <= end);
        fitting.find(holds).unwrap_or(Self::all(self.span))
    }

    /// Returns the first and last day shown; `None` if everything is shown.
    pub fn window(self) -> Option<(NaiveDate, NaiveDate)> {
        let months = self.level.months()?;
        let end = self.start.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))?;
        Some((self.start, end))
    }

    /// Shows more (`-1`) or less (`1`) time around a day.
    #[must_use]
    pub fn zoomed(self, steps: isize, around: NaiveDate) -> Self {
        let level = self.fitting_level(self.level.shifted(steps), steps);
        let mut came_from = self.came_from;
        if level > self.level {
            came_from[self.level as usize] = Some(self.start);
            // Levels that were passed over have not been shown.
            came_from[self.level as usize + 1..].fill(None);
        }
        let zoomed = Self { level, came_from, ..self };
        let before = Self { start: came_from[level as usize].unwrap_or(self.start), ..zoomed };
        let is_back = level < self.level && came_from[level as usize].is_some();
        if is_back && before.has(around) { before } else { zoomed.centred(around) }
    }

    /// Returns a level at which the window is no longer than the span: `level` if it fits, else everything when zooming
    /// out, and the next shorter one when zooming in.
    fn fitting_level(self, level: Level, steps: isize) -> Level {
        let Some((first, last)) = self.span else { return level };
        let years = (last.year() - first.year() + 1).unsigned_abs();
        let fits = |level: Level| level.months().is_none_or(|months| months <= years * 12);
        if fits(level) {
            return level;
        }
        let shorter = Level::ALL.iter().copied().find(|&other| other > level && fits(other));
        if steps > 0 { shorter.unwrap_or(self.level) } else { Level::All }
    }

    fn has(self, day: NaiveDate) -> bool {
        self.window().is_none_or(|(first, last)| (first..=last).contains(&day))
    }

    /// Moves the window by half of its width.
    #[must_use]
    pub fn panned(self, direction: isize) -> Self {
        let Some(months) = self.level.months() else { return self };
        let step = Months::new((months / 2).max(1));
        let start =
            if direction < 0 { self.start.checked_sub_months(step) } else { self.start.checked_add_months(step) };
        Self { start: start.unwrap_or(self.start), ..self }.clamped()
    }

    /// Moves the window by this much time.
    #[must_use]
    pub fn moved(self, by: TimeDelta) -> Self {
        if self.level == Level::All {
            return self;
        }
        let start = self.start.checked_add_signed(by).unwrap_or(self.start);
        Self { start, ..self }.clamped()
    }

    /// Moves the window so that a day lies in its middle; a one-month window shows that month.
    #[must_use]
    pub fn centred(self, day: NaiveDate) -> Self {
        let Some(months) = self.level.months() else { return self };
        let first = match self.level {
            Level::Month => day.with_day(1),
            Level::Year => day.with_day(1).and_then(|day| day.with_month(1)),
            Level::All | Level::Years25 | Level::Years10 | Level::Years5 => {
                let middle = day.with_day(1).and_then(|day| day.with_month(1));
                middle.and_then(|day| day.checked_sub_months(Months::new(months / 24 * 12)))
            }
        };
        Self { start: first.unwrap_or(day), ..self }.clamped()
    }

    fn clamped(self) -> Self {
        let (Some((first, last)), Some(months)) = (self.span, self.level.months()) else { return self };
        let whole_years = self.level < Level::Month;
        let floor = if whole_years { first.with_month(1).and_then(|day| day.with_day(1)) } else { first.with_day(1) };
        let floor = floor.unwrap_or(first);
        let top = if whole_years { last.with_day(1).and_then(|day| day.with_month(1)) } else { last.with_day(1) };
        let back = if whole_years { months - 12 } else { 0 };
        let highest = top.and_then(|day| day.checked_sub_months(Months::new(back))).unwrap_or(last);
        Self { start: self.start.min(highest).max(floor), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn whole() -> Zoom {
        Zoom::all(Some((day(1957, 1, 1), day(2025, 11, 30))))
    }

    #[test]
    fn a_year_is_shown_from_january_to_december() {
        let zoom = whole().zoomed(4, day(2021, 6, 15));
        assert_eq!(zoom.window(), Some((day(2021, 1, 1), day(2021, 12, 31))));
        assert_eq!(zoom.zoomed(1, day(2021, 6, 15)).window(), Some((day(2021, 6, 1), day(2021, 6, 30))));
    }

    #[test]
    fn no_window_is_longer_than_the_dossier() {
        let short = Zoom::all(Some((day(9998, 3, 1), day(9999, 5, 1))));
        let zoom = short.zoomed(1, day(9999, 1, 1));
        assert_eq!((zoom.level, zoom.window()), (Level::Year, Some((day(9999, 1, 1), day(9999, 12, 31)))));
        assert_eq!(zoom.zoomed(-1, day(9999, 1, 1)).window(), None);
    }

    #[test]
    fn zooming_in_and_out_again_shows_everything() {
        let zoom = whole().zoomed(3, day(2021, 6, 15)).zoomed(-3, day(2021, 6, 15));
        assert_eq!(zoom.window(), None);
    }

    #[test]
    fn what_fits_is_shown_in_the_shortest_window_that_holds_it() {
        let fit = |first, last| whole().fitting(first, last).level;
        assert_eq!(fit(day(2021, 1, 27), day(2021, 1, 27)), Level::Month);
        assert_eq!(fit(day(2021, 1, 27), day(2021, 3, 8)), Level::Year);
        assert_eq!(fit(day(2018, 1, 1), day(2021, 12, 31)), Level::Years5);
        assert_eq!(fit(day(1957, 1, 1), day(2021, 12, 31)), Level::All);
    }

    proptest! {
        #[test]
        fn zooming_in_then_out_restores_the_window(level in 0isize..5, pan in 0usize..8, back: bool, at in 0i64..25_000) {
            let mut zoom = whole().zoomed(level, day(2010, 6, 1));
            for _ in 0..pan {
                zoom = zoom.panned(if back { -1 } else { 1 });
            }
            let (first, last) = zoom.window().unwrap_or((day(1957, 1, 1), day(2025, 11, 30)));
            // The selection lies in the window.
            let around = first + Days::new(at.unsigned_abs() % ((last - first).num_days().unsigned_abs() + 1));
            prop_assert_eq!(zoom.zoomed(1, around).zoomed(-1, around).window(), zoom.window());
        }

        #[test]
        fn zooming_and_panning_never_leave_the_span(steps in prop::collection::vec((0u8..3, -2isize..3), 1..30), offset in 0i64..25_000) {
            let mut zoom = whole();
            let around = day(1957, 1, 1) + Days::new(offset.unsigned_abs());
            for (kind, by) in steps {
                zoom = match kind {
                    0 => zoom.zoomed(by, around),
                    1 => zoom.panned(by),
                    _ => zoom.centred(around),
                };
                if let Some((first, last)) = zoom.window() {
                    prop_assert!(first >= day(1957, 1, 1) && last <= day(2025, 12, 31), "{first} – {last}");
                    prop_assert!(first < last);
                }
            }
        }
    }
}
