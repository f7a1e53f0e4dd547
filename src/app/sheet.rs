//! The table views: one sheet, filtered and sorted, its selected row in the detail.
//!
//! Invariant: the order holds each shown row once, and a changed filter or sort keeps
//! the selection on its row where that is still shown.

use super::action::View;
use super::cursor::Cursor;
use super::prompt::Prompt;
use crate::catalogue::Catalogue;
use crate::catalogue::card::Card;
use crate::catalogue::difference::difference;
use crate::catalogue::sheet::{Row, Sheet, Sort};
use crate::catalogue::sheets;
use crate::model::{EntityId, Moment};

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct SheetPane {
    /// Where the pane stands.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Prompt,
    /// The column by which rows are sorted; none for the order that reads best.
    pub sort: Option<Sort>,
    sheet: Sheet,
    order: Vec<usize>,
}

impl SheetPane {
    /// The sheet of a view about an entity, if it is about one.
    pub fn new(
        catalogue: &Catalogue,
        view: View,
        about: Option<EntityId>,
        as_of: Option<Moment>,
        compared: Option<(Moment, Moment)>,
    ) -> Self {
        let _ = as_of;
        let sheet = match view {
            View::Difference => compared
                .and_then(|(from, to)| difference(catalogue, from, to).ok())
                .map(|found| sheets::difference(catalogue, &found))
                .unwrap_or_default(),
            View::Chronicle | View::Tenures => Sheet::default(),
            View::Matrix => sheets::matrix(catalogue, about),
            View::Agreements => sheets::agreements(catalogue),
            View::Figures => sheets::figures(catalogue),
            View::Sources => sheets::sources(catalogue),
            View::Conflicts => sheets::conflicts(catalogue),
            View::Names => sheets::names(catalogue, about),
        };
        let mut pane = Self { sheet, ..Self::default() };
        pane.refresh();
        pane
    }

    /// The sheet.
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// The shown rows by their number in the sheet.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&Row> {
        self.order.get(self.cursor.selected).map(|&row| &self.sheet.rows[row])
    }

    /// The card of the selected row: what proves it, or all of its entity.
    pub fn card(&self, catalogue: &Catalogue, view: View) -> Option<Card> {
        let row = self.selected()?;
        match view {
            View::Chronicle | View::Tenures => None,
            View::Conflicts => sheets::conflict_card(catalogue, row),
            View::Agreements => row.entity.map(|entity| sheets::agreement_card(catalogue, entity)),
            View::Matrix | View::Figures | View::Sources | View::Names | View::Difference => {
                row.entity.map(|entity| Card::new(catalogue, entity)).or_else(|| sheets::claims_card(catalogue, row))
            }
        }
    }

    /// Applies a changed filter or sort.
    pub fn refresh(&mut self) {
        let selected = self.order.get(self.cursor.selected).copied();
        self.order = self.sheet.select(self.filter.text(), self.sort);
        let again = selected.and_then(|row| self.order.iter().position(|&other| other == row));
        self.cursor.select(again.filter(|_| self.filter.is_empty()).unwrap_or(0));
    }

    /// Sorts by the next column; after the last one, in the order that reads best again.
    pub fn next_sort(&mut self) {
        let columns = self.sheet.columns.len();
        let numeric = |column: usize| self.sheet.columns.get(column).is_some_and(|column| column.right);
        let next = |column: usize| (column < columns).then(|| Sort { column, descending: numeric(column) });
        self.sort = match self.sort {
            None => next(0),
            Some(sort) => next(sort.column + 1),
        };
        self.refresh();
    }
}
