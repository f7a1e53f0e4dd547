//! Which table is wanted, and as of when: a question that can be asked and answered elsewhere.
//!
//! Invariant: the rows of a table of the past lead to what the whole world says.

use super::agreements::first_agreements;
use super::{conflicts, difference as difference_sheet, figures, matrix, names, school, sources};
use crate::model::{EntityId, Kind, Moment};
use crate::present::as_of_sheet;
use crate::present::sheet::Sheet;
use crate::present::wording::grouped;
use crate::search::Stop;
use crate::timeline::World;
use crate::timeline::as_of;
use crate::timeline::difference::difference;

/// No screen shows more rows than these of one table.
pub const MOST_ROWS: usize = 5_000;

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Departments by degrees, of the school of what is in view.
    Matrix,
    /// What was agreed.
    Agreements,
    /// Every number.
    Figures,
    /// The documents.
    Sources,
    /// What is contradicted.
    Conflicts,
    /// The names of what is in view, or all.
    Names,
    /// What changed between two moments, where two are given.
    Difference(Option<(Moment, Moment)>),
}

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The table.
    pub table: Table,
    /// What is in view, where the table is about one thing.
    pub about: Option<EntityId>,
    /// As of when; a difference has moments of its own.
    pub as_of: Option<Moment>,
}

/// The table that is wanted.
pub fn make(world: &World, wanted: &Wanted) -> Sheet {
    let limit = Limit { most: usize::MAX, stop: &Stop::never() };
    made(world, wanted, limit).unwrap_or_default().sheet
}

/// The same with its first rows alone, and a note of how many are left out; none if it was stopped.
pub fn first(world: &World, wanted: &Wanted, stop: &Stop) -> Option<Sheet> {
    let Made { mut sheet, all } = made(world, wanted, Limit { most: MOST_ROWS, stop })?;
    if all > MOST_ROWS {
        sheet.rows.truncate(MOST_ROWS);
        sheet.rows.shrink_to_fit();
        let (shown, all) = (grouped(MOST_ROWS as f64), grouped(all as f64));
        sheet.notes.insert(0, format!("The first {shown} of {all} rows; the command line gives all of them."));
    }
    Some(sheet)
}

/// How many rows are needed at least, and the sign that none is needed any more.
#[derive(Debug, Clone, Copy)]
struct Limit<'a> {
    most: usize,
    stop: &'a Stop,
}

/// A table, of which rows beyond the limit may be left out.
#[derive(Debug, Default)]
struct Made {
    sheet: Sheet,
    /// How many rows it has with those.
    all: usize,
}

impl Made {
    fn whole(sheet: Sheet) -> Self {
        Self { all: sheet.rows.len(), sheet }
    }
}

fn made(world: &World, wanted: &Wanted, limit: Limit<'_>) -> Option<Made> {
    match (wanted.table, wanted.as_of) {
        (Table::Difference(compared), _) => {
            let found = compared.and_then(|(from, to)| difference(world, from, to).ok());
            Some(found.map(|found| Made::whole(difference_sheet(world, &found))).unwrap_or_default())
        }
        (table, None) => plain(world, table, wanted.about, limit),
        (table, Some(moment)) => {
            // The school of what is in view may be older than that.
            let about = if table == Table::Matrix { school(world, wanted.about) } else { wanted.about };
            as_it_was(world, table, about, moment, limit)
        }
    }
}

fn plain(world: &World, table: Table, about: Option<EntityId>, limit: Limit<'_>) -> Option<Made> {
    Some(Made::whole(match table {
        Table::Matrix => matrix(world, about),
        Table::Agreements => {
            let sheet = first_agreements(world, limit.most, limit.stop)?;
            return Some(Made { sheet, all: world.dossier().of_kind(Kind::Agreement).len() });
        }
        Table::Figures => figures(world),
        Table::Sources => sources(world),
        Table::Conflicts => conflicts(world),
        Table::Names => names(world, about),
        Table::Difference(_) => Sheet::default(),
    }))
}

/// The table as it would have been.
fn as_it_was(world: &World, table: Table, about: Option<EntityId>, moment: Moment, limit: Limit<'_>) -> Option<Made> {
    // It says of how many rows no date is known: all are looked at.
    let limit = Limit { most: usize::MAX, ..limit };
    let past = as_of::as_of(world, moment);
    let then = about.and_then(|entity| past.entity(entity));
    let Made { sheet, all } = if about.is_some() && then.is_none() {
        // Of what was not there yet nothing was so.
        let Made { sheet, .. } = plain(world, table, about, limit)?;
        Made::whole(Sheet { rows: Vec::new(), notes: Vec::new(), ..sheet })
    } else {
        let Made { sheet, all } = plain(&past.world, table, then, limit)?;
        Made { sheet: as_of_sheet::in_whole(&past, sheet), all }
    };
    Some(Made { sheet: as_of_sheet::titled(world, sheet, moment), all })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;
    use crate::model::{Builder, NewClaim, NewValue, Property, When};
    use crate::search::Turns;

    /// As many agreements, the later the greater their number.
    fn agreements(count: usize) -> World {
        let mut builder = Builder::default();
        for number in 0..count {
            let entity = builder.entity(Kind::Agreement, &format!("a-{number}"), &format!("No. {number}")).unwrap();
            let signed = NewValue::Date(When::parse(&format!("{}", 1900 + number / 100)).unwrap());
            builder.claim(NewClaim::new(entity, Property::Signed, signed));
        }
        World::new(builder.finish())
    }

    #[test]
    fn a_long_table_tells_how_many_rows_it_leaves_out() {
        let world = agreements(MOST_ROWS + 7);
        for as_of in [None, Moment::parse("2025", None).ok()] {
            let wanted = Wanted { table: Table::Agreements, about: None, as_of };
            let (all, first) = (make(&world, &wanted), first(&world, &wanted, &Stop::never()).unwrap());
            assert_eq!((all.rows.len(), &first.rows[..]), (MOST_ROWS + 7, &all.rows[..MOST_ROWS]));
            assert_eq!(first.notes[0], "The first 5000 of 5007 rows; the command line gives all of them.");
        }
    }

    #[test]
    fn a_table_that_nobody_waits_for_is_not_made() {
        let turns = Turns::default();
        let stop = turns.next();
        turns.end();
        let wanted = Wanted { table: Table::Agreements, about: None, as_of: None };
        assert_eq!(first(&agreements(2), &wanted, &stop), None);
    }
}
