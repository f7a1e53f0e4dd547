//! The pane of the table views: a table, filtered and sorted, with a selected row.
//!
//! Invariant: the order holds each shown row once, and a changed filter or sort keeps
//! the selection on its row where that is still shown.

use super::cursor::Cursor;
use super::prompt::Prompt;
use crate::app::request::{Among, Asker, Searches};
use crate::keymap::action::View;
use crate::model::{EntityId, Moment};
use crate::present::tables;
use crate::present::tables::{Needs, RowCard, SortBy, TableData, TableRequest, TableRow};
use crate::query::Query;
use crate::timeline::World;

/// The state of a table view.
#[derive(Debug, Clone, Default)]
pub struct TablePane {
    /// The selected row and the scroll offset.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Prompt,
    /// The column by which rows are sorted; none for the order that reads best.
    pub sort: Option<SortBy>,
    /// The entity that the table is about, if it is about one.
    pub about: Option<EntityId>,
    /// The table, unfiltered.
    pub data: TableData,
    /// The shown rows by their number in the table.
    pub order: Vec<usize>,
    /// The question for the table, if it is still being made.
    awaited: Option<u64>,
    /// The row to select once the table is made.
    kept: Kept,
}

/// The selected row of a table, and the scroll offset.
#[derive(Debug, Clone, Default)]
struct Kept {
    row: Option<TableRow>,
    offset: usize,
}

impl TablePane {
    /// Returns a pane with the wanted table. In a large world the table follows as soon as it is built.
    pub fn new(world: &World, wanted: Option<TableRequest>, searches: &mut Searches) -> Self {
        let Some(mut wanted) = wanted else { return Self::default() };
        // The other tables are about no entity: they have their rows whether it was there at the moment or not.
        wanted.about =
            wanted.about.filter(|_| matches!(wanted.table.spec().needs, Needs::Entity | Needs::OneOf { .. }));
        let mut pane = Self { about: wanted.about, ..Self::default() };
        if world.is_large() {
            let among = Among::Table(world.clone(), wanted);
            pane.awaited = Some(searches.ask(Asker::Table, Query::default(), among));
        } else {
            pane.data = tables::build(world, &wanted);
            pane.refresh();
        }
        pane
    }

    /// Returns true while the table is being made.
    pub fn is_searching(&self) -> bool {
        self.awaited.is_some()
    }

    /// Takes the table. Returns true if it was awaited.
    pub fn found(&mut self, generation: u64, data: TableData) -> bool {
        let is_awaited = self.awaited.take_if(|awaited| *awaited == generation).is_some();
        if is_awaited {
            self.data = data;
            self.refresh();
            let kept = std::mem::take(&mut self.kept);
            self.reselect(kept);
        }
        is_awaited
    }

    /// Makes the table anew, with the same filter and order, and on the same row if that is left.
    pub fn renew(&mut self, world: &World, wanted: Option<TableRequest>, searches: &mut Searches) {
        let row = self.selected().cloned().or_else(|| self.kept.row.take());
        let kept = Kept { row, offset: self.cursor.offset };
        let filter = std::mem::take(&mut self.filter);
        *self = Self { filter, sort: self.sort, ..Self::new(world, wanted, searches) };
        self.refresh();
        if self.is_searching() {
            self.kept = kept;
        } else {
            self.reselect(kept);
        }
    }

    /// Translates the entity that the table is about to its number in another world.
    pub fn map(&mut self, number: impl Fn(EntityId) -> Option<EntityId>) {
        self.about = self.about.and_then(number);
    }

    fn reselect(&mut self, Kept { row, offset }: Kept) {
        let Some(row) = row else { return };
        // The very row, else one about the same with other cells, as they are at another moment.
        let find =
            |is_it: &dyn Fn(&TableRow) -> bool| self.order.iter().position(|&number| is_it(&self.data.rows[number]));
        let same_subject = |other: &TableRow| other.entity == row.entity && other.claims == row.claims;
        let again = find(&|other| *other == row).or_else(|| find(&same_subject));
        self.cursor = Cursor { selected: again.unwrap_or(0), offset };
    }

    /// Returns the selected row.
    pub fn selected(&self) -> Option<&TableRow> {
        self.order.get(self.cursor.selected).map(|&row| &self.data.rows[row])
    }

    /// Returns the card of the selected row, if the view is a table view and the row has one.
    pub fn card(&self, world: &World, view: View, as_of: Option<Moment>) -> Option<RowCard> {
        (view.table()?.spec().card)(world, self.selected()?, as_of)
    }

    /// Applies a changed filter or sort.
    pub fn refresh(&mut self) {
        let selected = self.order.get(self.cursor.selected).copied();
        self.order = self.data.select(self.filter.text(), self.sort);
        let again = selected.and_then(|row| self.order.iter().position(|&other| other == row));
        self.cursor.selected = again.filter(|_| self.filter.is_empty()).unwrap_or(0);
    }

    /// Sorts by the next column; after the last one, in the order that reads best again.
    pub fn next_sort(&mut self) {
        let columns = self.data.columns.len();
        let numeric = |column: usize| self.data.columns.get(column).is_some_and(|column| column.right);
        let next = |column: usize| (column < columns).then(|| SortBy { column, descending: numeric(column) });
        self.sort = match self.sort {
            None => next(0),
            Some(sort) => next(sort.column + 1),
        };
        self.refresh();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;
    use crate::vocabulary::testing::property;

    use crate::present::tables::{Table, agreements, figures, matrix, names};
    use crate::present::wording::value_text;

    fn embedded() -> World {
        World::new(author::load(&author::embedded()).0)
    }

    fn at(text: &str) -> Moment {
        Moment::parse(text, None).unwrap()
    }

    fn find(world: &World, id: &str) -> EntityId {
        world.dossier().find(id).unwrap()
    }

    fn shown(world: &World, table: Table, about: Option<EntityId>, as_of: Option<Moment>) -> TablePane {
        let wanted = TableRequest { table, about, dates: None, matrix: 0, as_of };
        TablePane::new(world, Some(wanted), &mut Searches::default())
    }

    #[test]
    fn figures_as_of_a_day_are_those_of_that_day_and_lead_to_their_claims() {
        let world = embedded();
        let pane = shown(&world, figures::TABLE, None, Some(at("2021-06-15")));
        assert_eq!(pane.data.title, "Figures · as of 2021-06-15");
        let mbbs = Some(find(&world, "programme/kalyani-mbbs"));
        let is_seats = |row: &&TableRow| row.entity == mbbs && row.cells[1].text == "Seats";
        let seats: Vec<&TableRow> = pane.data.rows.iter().filter(is_seats).collect();
        assert_eq!(seats.len(), 1);
        assert_eq!(seats[0].cells[2].text, "125");
        let claim = world.dossier().claim(seats[0].claims[0]);
        assert_eq!((Some(claim.subject), claim.property), (mbbs, property("seats")));
        assert_eq!(value_text(world.dossier(), claim), "125 seats");
        // Every row speaks of the whole world.
        for row in &pane.data.rows {
            let claim = world.dossier().claim(row.claims[0]);
            assert_eq!(row.entity, Some(claim.subject));
            assert_eq!(row.cells[0].text, world.dossier().label(claim.subject));
            assert_eq!(row.cells[1].text, *world.dossier().property(claim.property).label);
        }
    }

    #[test]
    fn agreements_as_of_a_day_are_those_that_were_there() {
        let world = embedded();
        let pane = shown(&world, agreements::TABLE, None, Some(at("2021-06-15")));
        let there = |id: &str| pane.data.rows.iter().any(|row| row.entity == Some(find(&world, id)));
        assert!(there("agreement/mou-iiser-kolkata"), "of January 2020");
        assert!(!there("agreement/mou-nibmg-iiit-kalyani"), "of September 2021");
        assert!(!there("agreement/mou-power-grid"), "of 2024");
    }

    #[test]
    fn the_names_of_what_was_not_there_yet_are_none() {
        let world = embedded();
        let about = Some(find(&world, "agreement/mou-power-grid"));
        for (moment, any) in [(Some(at("2021")), false), (Some(at("2024")), true), (None, true)] {
            let pane = shown(&world, names::TABLE, about, moment);
            assert_eq!(!pane.data.rows.is_empty(), any, "{moment:?}");
            assert!(pane.data.title.starts_with("Names of MoU"), "{}", pane.data.title);
        }
        // Its school was there before it.
        let pane = shown(&world, matrix::TABLE, about, Some(at("2021")));
        assert!(pane.data.title.ends_with("AIIMS Kalyani · as of 2021"), "{}", pane.data.title);
        assert!(!pane.data.rows.is_empty());
    }
}
