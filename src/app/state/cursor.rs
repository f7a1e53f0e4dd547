//! Selection and scrolling in a list, as arithmetic.
//!
//! Invariant: with `settle` called after every change, the selection lies in the
//! list and on the page, and the page shows no emptiness that rows could fill.

/// The selected row and the scroll offset of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The selected row.
    pub selected: usize,
    /// The first row on the page.
    pub offset: usize,
}

impl Cursor {
    /// Moves over the rows that can be selected; stays if there is none in that direction.
    pub fn step(&mut self, rows: isize, len: usize, selectable: impl Fn(usize) -> bool) {
        if len == 0 {
            *self = Self::default();
            return;
        }
        let last = len - 1;
        let aim = self.selected.min(last).saturating_add_signed(rows).min(last);
        let before = || (0..=aim).rev().find(|&row| selectable(row));
        let after = || (aim..len).find(|&row| selectable(row));
        // Beyond the aim first, else the nearest row on the way to it.
        let found = if rows < 0 { before().or_else(after) } else { after().or_else(before) };
        self.selected = found.unwrap_or(0);
    }

    /// Brings selection and page into a list of `len` rows shown `height` at a time.
    pub fn settle(&mut self, len: usize, height: usize) {
        self.selected = self.selected.min(len.saturating_sub(1));
        let height = height.max(1);
        let margin = (height / 4).min(2);
        let lowest = self.selected.saturating_sub(margin);
        let highest = (self.selected + margin + 1).saturating_sub(height);
        self.offset = self.offset.min(lowest).max(highest).min(len.saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::action::Motion;
    use proptest::prelude::*;

    #[test]
    fn rows_that_cannot_be_selected_are_passed_over() {
        let odd = |row: usize| row % 2 == 1;
        let mut cursor = Cursor { selected: 1, offset: 0 };
        cursor.step(1, 6, odd);
        assert_eq!(cursor.selected, 3);
        cursor.step(-1, 6, odd);
        assert_eq!(cursor.selected, 1);
        cursor.step(-1, 6, odd);
        assert_eq!(cursor.selected, 1);
        cursor.step(Motion::Bottom.rows(4), 6, odd);
        assert_eq!(cursor.selected, 5);
    }

    #[test]
    fn an_empty_list_has_no_offset() {
        let mut cursor = Cursor { selected: 9, offset: 4 };
        cursor.step(1, 0, |_| true);
        cursor.settle(0, 10);
        assert_eq!(cursor, Cursor::default());
    }

    proptest! {
        #[test]
        fn the_selection_stays_in_the_list_and_on_the_page(
            moves in prop::collection::vec(-30isize..30, 1..40), len in 1usize..200, height in 1usize..40
        ) {
            let mut cursor = Cursor::default();
            for rows in moves {
                cursor.step(rows, len, |_| true);
                cursor.settle(len, height);
                prop_assert!(cursor.selected < len);
                prop_assert!(cursor.offset <= cursor.selected && cursor.selected < cursor.offset + height);
                prop_assert!(cursor.offset == 0 || cursor.offset + height <= len);
            }
        }
    }
}
