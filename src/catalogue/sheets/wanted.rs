//! Which table is wanted, and as of when: a question that can be asked and answered elsewhere.
//!
//! Invariant: the rows of a table of the past lead to what the whole catalogue says.

use super::{agreements, conflicts, difference as difference_sheet, figures, matrix, names, school, sources};
use crate::catalogue::Catalogue;
use crate::catalogue::difference::difference;
use crate::catalogue::past;
use crate::catalogue::sheet::Sheet;
use crate::catalogue::words::grouped;
use crate::model::{EntityId, Moment};

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
pub fn make(catalogue: &Catalogue, wanted: &Wanted) -> Sheet {
    match (wanted.table, wanted.as_of) {
        (Table::Difference(compared), _) => compared
            .and_then(|(from, to)| difference(catalogue, from, to).ok())
            .map(|found| difference_sheet(catalogue, &found))
            .unwrap_or_default(),
        (table, None) => plain(catalogue, table, wanted.about),
        (table, Some(moment)) => {
            // The school of what is in view may be older than that.
            let about = if table == Table::Matrix { school(catalogue, wanted.about) } else { wanted.about };
            as_it_was(catalogue, table, about, moment)
        }
    }
}

/// The same with its first rows alone, and a note of how many are left out.
pub fn first(catalogue: &Catalogue, wanted: &Wanted) -> Sheet {
    let mut sheet = make(catalogue, wanted);
    let all = sheet.rows.len();
    if all > MOST_ROWS {
        sheet.rows.truncate(MOST_ROWS);
        sheet.rows.shrink_to_fit();
        let (shown, all) = (grouped(MOST_ROWS as f64), grouped(all as f64));
        sheet.notes.insert(0, format!("The first {shown} of {all} rows; the command line gives all of them."));
    }
    sheet
}

fn plain(catalogue: &Catalogue, table: Table, about: Option<EntityId>) -> Sheet {
    match table {
        Table::Matrix => matrix(catalogue, about),
        Table::Agreements => agreements(catalogue),
        Table::Figures => figures(catalogue),
        Table::Sources => sources(catalogue),
        Table::Conflicts => conflicts(catalogue),
        Table::Names => names(catalogue, about),
        Table::Difference(_) => Sheet::default(),
    }
}

/// The table as it would have been.
fn as_it_was(catalogue: &Catalogue, table: Table, about: Option<EntityId>, moment: Moment) -> Sheet {
    let past = past::as_of(catalogue, moment);
    let then = about.and_then(|entity| past.entity(entity));
    let sheet = if about.is_some() && then.is_none() {
        // Of what was not there yet nothing was so.
        Sheet { rows: Vec::new(), notes: Vec::new(), ..plain(catalogue, table, about) }
    } else {
        past.in_whole(plain(&past.catalogue, table, then))
    };
    past::titled(catalogue, sheet, moment)
}
