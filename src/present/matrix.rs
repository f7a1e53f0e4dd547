//! Which department of an institution offers which degree, and which took part in its
//! first clinic.
//!
//! Rows are all departments, columns the levels of the programmes in the order of
//! [`levels`]. The first clinic is the earliest opened facility of the institution for which
//! departments are listed. Beside the counts stand the claims that give such a count, so
//! that prose and lists can be held against each other.
//!
//! Invariant: every programme of the institution stands in exactly one column and in at
//! least one row (the last one, where no department is known), so that the total of a column
//! is the length of the list of its programmes.

mod build;

use std::cmp::Reverse;

use crate::model::{ClaimId, Dossier, EntityId, Modality};
use crate::timeline::World;

pub use build::{matrix, with_programmes};

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// Whose departments these are.
    pub institution: EntityId,
    /// The levels; none is without a programme.
    pub columns: Vec<Column>,
    /// The first clinic, if one is known.
    pub clinic: Option<Clinic>,
    /// The departments by label, then other units, then what belongs to none.
    pub rows: Vec<Row>,
    /// How many programmes there are.
    pub programmes: usize,
    /// Counts that documents give, against these.
    pub checks: Vec<Check>,
}

/// One level of study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading: `MD`, `UG`, or the level as written.
    pub heading: String,
    /// How many programmes have this level.
    pub programmes: usize,
}

/// The first clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clinic {
    /// The facility.
    pub facility: EntityId,
    /// The heading: its acronym or label, and the year, as `OPD'21`.
    pub heading: String,
    /// The claim of when it opened.
    pub opened: ClaimId,
    /// How many departments took part.
    pub departments: usize,
}

/// Of whom a row speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOf {
    /// A unit of the type "department".
    Department(EntityId),
    /// Another unit, to which a programme or the first clinic is said to belong.
    Unit(EntityId),
    /// The programmes for which no department is known.
    Nothing,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Of whom.
    pub of: RowOf,
    /// The programmes by column, as many cells as there are columns.
    pub cells: Vec<Vec<Offer>>,
    /// The claims that put it in the first clinic; none where it took no part.
    pub clinic: Vec<ClaimId>,
    /// How many programmes it has; none means "none listed".
    pub programmes: usize,
}

/// How it is known to which department a programme belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// A document says or lists it.
    Stated,
    /// It was inferred, from the title as a rule; the claim has the reason.
    Inferred,
    /// No department is known.
    Missing,
}

/// One programme in one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The programme.
    pub programme: EntityId,
    /// The claim of its level.
    pub level: Option<ClaimId>,
    /// The claim of its department.
    pub department: Option<ClaimId>,
    /// How the department is known.
    pub link: Link,
    /// Offered, planned or alleged.
    pub modality: Modality,
}

/// A count that a document gives, and what is counted here.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The claim.
    pub claim: ClaimId,
    /// What it says.
    pub said: f64,
    /// What the matrix has.
    pub counted: usize,
    /// What was counted: "departments", "subjects in MD, MS, MDS" …
    pub what: String,
}

impl Check {
    /// Whether the two agree.
    pub fn agrees(&self) -> bool {
        self.said.total_cmp(&(self.counted as f64)).is_eq()
    }
}

/// A column that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// A level, by its number.
    Level(usize),
    /// The first clinic.
    Clinic,
}

/// By what rows are sorted; the row of [`RowOf::Nothing`] always comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOrder {
    /// By label.
    Name,
    /// The most programmes first.
    Programmes,
    /// The most programmes of a column first, or those in the clinic.
    Column(Axis),
}

impl Row {
    /// The department or unit.
    pub fn entity(&self) -> Option<EntityId> {
        match self.of {
            RowOf::Department(entity) | RowOf::Unit(entity) => Some(entity),
            RowOf::Nothing => None,
        }
    }

    /// Whether no programme is listed for it.
    pub fn is_bare(&self) -> bool {
        self.programmes == 0
    }

    /// How much stands in a column.
    pub fn count(&self, axis: Axis) -> usize {
        match axis {
            Axis::Level(column) => self.cells.get(column).map_or(0, Vec::len),
            Axis::Clinic => usize::from(!self.clinic.is_empty()),
        }
    }

    /// The words by which a filter finds it, beside what a row shows: other names, and its programmes.
    pub fn words(&self, dossier: &Dossier) -> String {
        let names = self.entity().into_iter().flat_map(|entity| dossier.names(entity));
        let names = names.map(|name| dossier.text(name.value));
        let programmes = self.cells.iter().flatten().map(|offer| dossier.label(offer.programme));
        names.chain(programmes).collect::<Vec<_>>().join(" ")
    }
}

impl Matrix {
    /// The column with a heading, in any case (`dm`, `DM`), or the clinic.
    pub fn axis(&self, heading: &str) -> Option<Axis> {
        let heading = crate::text::fold::fold(heading);
        let is_it = |other: &str| crate::text::fold::fold(other) == heading;
        let level = self.columns.iter().position(|column| is_it(&column.heading)).map(Axis::Level);
        level.or_else(|| self.clinic.as_ref().filter(|clinic| is_it(&clinic.heading)).map(|_| Axis::Clinic))
    }

    /// The numbers of the rows that have something in each of these columns.
    pub fn having(&self, axes: &[Axis]) -> Vec<usize> {
        let has_all = |row: &Row| axes.iter().all(|&axis| row.count(axis) > 0);
        self.rows.iter().enumerate().filter(|(_, row)| has_all(row)).map(|(index, _)| index).collect()
    }

    /// The numbers of all rows in an order.
    pub fn sorted(&self, world: &World, order: RowOrder) -> Vec<usize> {
        let dossier = world.dossier();
        let key = |&(index, row): &(usize, &Row)| {
            let count = match order {
                RowOrder::Name => 0,
                RowOrder::Programmes => row.programmes,
                RowOrder::Column(axis) => row.count(axis),
            };
            let label = row.entity().map(|entity| dossier.label(entity).to_lowercase());
            (row.of == RowOf::Nothing, Reverse(count), label, index)
        };
        let mut rows: Vec<(usize, &Row)> = self.rows.iter().enumerate().collect();
        rows.sort_by_cached_key(key);
        rows.into_iter().map(|(index, _)| index).collect()
    }

    /// The departments, without other units.
    pub fn departments(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| matches!(row.of, RowOf::Department(_)))
    }
}

#[cfg(test)]
mod tests;
