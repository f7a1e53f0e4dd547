//! A list of rows in chronological order that answers range queries by binary search.
//!
//! It counts the rows that start or lie within some days and finds the row at a day, for every zoom, move
//! of the window and step of the as-of moment. Rows that reach in from before are found by blocks that keep
//! the maximum of their last days.
//!
//! Invariant: every answer equals that of a scan of the rows.

use std::sync::{Arc, OnceLock};

use chrono::Datelike;

use super::{Extent, RowIndex, day};
use crate::timeline::axis::MIN_GAP;

/// A run of at least [`MIN_GAP`] years in which no row lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// The position of the row that follows it.
    pub before: usize,
    /// The first empty year.
    pub first: i32,
    /// The last empty year.
    pub last: i32,
}

/// Number of rows that share one maximum of their last days.
const BLOCK: usize = 64;

/// A sorted list of rows. Cloning shares the data.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    /// Indexes of the rows, ascending; `None` for all rows of the chronology.
    list: Option<Vec<RowIndex>>,
    /// First day of each row, ascending.
    firsts: Vec<i32>,
    /// Last day of each row, in the order of the rows.
    lasts: Vec<i32>,
    /// Last days in ascending order.
    sorted_lasts: Vec<i32>,
    /// The maximum of the last days of each block.
    block_lasts: Vec<i32>,
    /// Computed on first use.
    silences: OnceLock<Vec<Silence>>,
}

impl Rows {
    /// Creates the list of all rows of a chronology.
    pub(super) fn all(extents: &[Extent]) -> Self {
        Self::from(None, extents.iter().copied())
    }

    /// Creates a list of some rows of a chronology; the indexes must ascend.
    pub(super) fn of(list: Vec<RowIndex>, all: &Self) -> Self {
        let found: Vec<Extent> = list.iter().map(|&row| all.extent(row as usize)).collect();
        Self::from(Some(list), found.into_iter())
    }

    fn from(list: Option<Vec<RowIndex>>, extents: impl Iterator<Item = Extent>) -> Self {
        let (firsts, lasts): (Vec<i32>, Vec<i32>) = extents.map(|extent| (extent.first, extent.last)).unzip();
        let mut sorted_lasts = lasts.clone();
        sorted_lasts.sort_unstable();
        let greatest = |block: &[i32]| block.iter().copied().max().unwrap_or(i32::MIN);
        let block_lasts = lasts.chunks(BLOCK).map(greatest).collect();
        Self { inner: Arc::new(Inner { list, firsts, lasts, sorted_lasts, block_lasts, silences: OnceLock::new() }) }
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.inner.firsts.len()
    }

    /// Returns true if there are no rows.
    pub fn is_empty(&self) -> bool {
        self.inner.firsts.is_empty()
    }

    /// Returns the index of the row at a position.
    pub fn row(&self, position: usize) -> RowIndex {
        self.inner.list.as_ref().map_or(position as RowIndex, |list| list[position])
    }

    /// Returns the position of a row, or `None` if it is not in the list.
    pub fn position(&self, row: RowIndex) -> Option<usize> {
        match &self.inner.list {
            Some(list) => list.binary_search(&row).ok(),
            None => ((row as usize) < self.len()).then_some(row as usize),
        }
    }

    /// Returns the number of rows with a smaller index.
    pub fn before_row(&self, row: RowIndex) -> usize {
        match &self.inner.list {
            Some(list) => list.partition_point(|&other| other < row),
            None => (row as usize).min(self.len()),
        }
    }

    /// Iterates over the indexes of all rows, ascending.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = RowIndex> {
        (0..self.len()).map(|position| self.row(position))
    }

    /// Returns the first day of the row at a position.
    pub fn first(&self, position: usize) -> i32 {
        self.inner.firsts[position]
    }

    /// Returns the last day of the row at a position.
    pub fn last(&self, position: usize) -> i32 {
        self.inner.lasts[position]
    }

    /// Returns the days that the row at a position covers.
    pub(super) fn extent(&self, position: usize) -> Extent {
        Extent { first: self.first(position), last: self.last(position) }
    }

    /// Returns the last day that any row covers, or `None` without rows.
    pub fn end(&self) -> Option<i32> {
        self.inner.sorted_lasts.last().copied()
    }

    /// Returns the number of rows that start before a day.
    pub fn before(&self, day: i32) -> usize {
        self.inner.firsts.partition_point(|&first| first < day)
    }

    /// Returns the number of rows that start on a day or before it.
    pub fn by(&self, day: i32) -> usize {
        self.inner.firsts.partition_point(|&first| first <= day)
    }

    /// Returns the number of rows that start on the days `first..=last`.
    pub fn starting_within(&self, first: i32, last: i32) -> usize {
        self.by(last).saturating_sub(self.before(first))
    }

    /// Returns the number of rows that cover at least one of the days `first..=last`.
    pub fn overlapping(&self, first: i32, last: i32) -> usize {
        let over = self.inner.sorted_lasts.partition_point(|&end| end < first);
        self.by(last).saturating_sub(over)
    }

    /// Returns the runs of empty years between the rows, in order.
    pub fn silences(&self) -> &[Silence] {
        self.inner.silences.get_or_init(|| self.find_silences())
    }

    fn find_silences(&self) -> Vec<Silence> {
        let year = |number: i32| day(number).map(|day| day.year());
        let shortest = MIN_GAP * 365;
        let mut found = Vec::new();
        let mut reached: Option<i32> = None;
        for before in 0..self.len() {
            let next = self.first(before);
            if let Some(last) = reached.filter(|last| next - last > shortest)
                && let (Some(heard), Some(again)) = (year(last), year(next))
                && again - heard > MIN_GAP
            {
                found.push(Silence { before, first: heard + 1, last: again - 1 });
            }
            reached = reached.max(Some(self.last(before)));
        }
        found
    }

    /// Returns the positions before `end` of the rows whose last day is `day` or later.
    pub fn lasting(&self, end: usize, day: i32) -> Vec<usize> {
        let mut found = Vec::new();
        for (block, greatest) in self.inner.block_lasts.iter().enumerate() {
            let start = block * BLOCK;
            if start >= end {
                break;
            }
            if *greatest >= day {
                let stop = (start + BLOCK).min(end);
                found.extend((start..stop).filter(|&position| self.inner.lasts[position] >= day));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn extents() -> impl Strategy<Value = Vec<Extent>> {
        prop::collection::vec((0i32..400, 0i32..90), 0..300).prop_map(|pairs| {
            let mut extents: Vec<Extent> =
                pairs.into_iter().map(|(first, days)| Extent { first, last: first + days }).collect();
            extents.sort_by_key(|extent| extent.first);
            extents
        })
    }

    #[test]
    fn a_silence_is_at_least_four_years_without_a_row() {
        let years = |first: i32, last: i32| {
            let number = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).map(super::super::number);
            Extent { first: number(first, 1, 1).unwrap_or(0), last: number(last, 12, 31).unwrap_or(0) }
        };
        let silences = |extents: &[Extent]| -> Vec<(usize, i32, i32)> {
            Rows::all(extents).silences().iter().map(|found| (found.before, found.first, found.last)).collect()
        };
        assert_eq!(silences(&[years(1957, 1957), years(1994, 1994)]), [(1, 1958, 1993)]);
        assert_eq!(silences(&[years(1957, 1957), years(1961, 1961)]), []);
        assert_eq!(silences(&[years(1957, 1957), years(1962, 1962)]), [(1, 1958, 1961)]);
        assert_eq!(silences(&[years(1957, 1990), years(1958, 1958), years(1994, 1994)]), []);
        assert_eq!(silences(&[]), []);
    }

    proptest! {
        #[test]
        fn every_answer_equals_a_scan(extents in extents(), keep in any::<u64>(), from in 0i32..450, days in 0i32..120) {
            let list: Vec<RowIndex> = (0..extents.len() as u32).filter(|row| keep >> (row % 64) & 1 == 1).collect();
            let to = from + days;
            for (rows, list) in [
                (Rows::all(&extents), (0..extents.len() as u32).collect()),
                (Rows::of(list.clone(), &Rows::all(&extents)), list),
            ] {
                let of = |row: &RowIndex| extents[*row as usize];
                let count = |test: &dyn Fn(Extent) -> bool| list.iter().map(of).filter(|&extent| test(extent)).count();
                prop_assert_eq!(rows.iter().collect::<Vec<_>>(), list.clone());
                prop_assert_eq!(rows.before(from), count(&|extent| extent.first < from));
                prop_assert_eq!(rows.by(from), count(&|extent| extent.first <= from));
                prop_assert_eq!(rows.starting_within(from, to), count(&|extent| (from..=to).contains(&extent.first)));
                prop_assert_eq!(rows.overlapping(from, to), count(&|extent| extent.first <= to && extent.last >= from));
                let end = rows.before(from);
                let lasting: Vec<usize> = (0..end).filter(|&position| of(&list[position]).last >= from).collect();
                prop_assert_eq!(rows.lasting(end, from), lasting);
                for (position, &row) in list.iter().enumerate() {
                    prop_assert_eq!(rows.position(row), Some(position));
                    prop_assert_eq!(rows.before_row(row), position);
                }
            }
        }
    }
}
