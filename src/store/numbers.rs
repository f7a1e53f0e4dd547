//! A map from the ids of rows to the numbers that they have in memory.
//!
//! Invariant: ids from 1 on without a gap, as annals writes them, take no memory.

use std::collections::HashMap;

use super::cells::Checked;

/// The number of each row by its id; an unsound row is present without a number.
#[derive(Debug, Default)]
pub(super) struct RowNumbers {
    /// Row ids from 1 to `run` have the numbers from 0 to `run - 1`.
    run: u32,
    rest: HashMap<i64, Checked<u32>>,
}

impl RowNumbers {
    /// Adds a row.
    pub(super) fn insert(&mut self, row: i64, number: Checked<u32>) {
        match self.run.checked_add(1) {
            Some(next) if row == i64::from(next) && number == Ok(self.run) => self.run = next,
            Some(_) | None => {
                self.rest.insert(row, number);
            }
        }
    }

    /// Returns the number of a row; `None` if there is no such row.
    pub(super) fn get(&self, row: i64) -> Option<Checked<u32>> {
        let number = row.checked_sub(1).and_then(|number| u32::try_from(number).ok());
        number
            .filter(|&number| number < self.run)
            .map_or_else(|| self.rest.get(&row).copied(), |number| Some(Ok(number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::cells::Noted;

    #[test]
    fn every_row_is_found_whatever_its_number() {
        let known = [(1, Ok(0)), (2, Ok(1)), (4, Ok(2)), (-7, Err(Noted)), (3, Ok(3)), (i64::MAX, Ok(4))];
        let mut rows = RowNumbers::default();
        for (row, number) in known {
            rows.insert(row, number);
        }
        for (row, number) in known {
            assert_eq!(rows.get(row), Some(number), "{row}");
        }
        assert_eq!(rows.get(0), None);
        assert_eq!(rows.get(5), None);
    }
}
