//! Which row of a table became what.
//!
//! Invariant: the rows of a file that annals wrote, numbered from 1 without a gap, take no room.

use std::collections::HashMap;

/// The number of what each row became; none where the row is unsound.
#[derive(Debug, Default)]
pub(super) struct RowNumbers {
    /// The rows from 1 up to here became the numbers from 0 on.
    run: u32,
    rest: HashMap<i64, Option<u32>>,
}

impl RowNumbers {
    /// Notes what a row became.
    pub(super) fn insert(&mut self, row: i64, number: Option<u32>) {
        if row == i64::from(self.run) + 1 && number == Some(self.run) {
            self.run += 1;
        } else {
            self.rest.insert(row, number);
        }
    }

    /// What a row became; none where there is no such row.
    pub(super) fn get(&self, row: i64) -> Option<Option<u32>> {
        match u32::try_from(row) {
            Ok(row) if (1..=self.run).contains(&row) => Some(Some(row - 1)),
            Ok(_) | Err(_) => self.rest.get(&row).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_whatever_its_number() {
        let mut rows = RowNumbers::default();
        for (row, number) in [(1, Some(0)), (2, Some(1)), (4, Some(2)), (-7, None), (3, Some(3)), (i64::MAX, Some(4))] {
            rows.insert(row, number);
        }
        for (row, number) in [(1, Some(0)), (2, Some(1)), (4, Some(2)), (-7, None), (3, Some(3)), (i64::MAX, Some(4))] {
            assert_eq!(rows.get(row), Some(number), "{row}");
        }
        assert_eq!(rows.get(0), None);
        assert_eq!(rows.get(5), None);
    }
}
