//! Matrices: tables of two dimensions that a vocabulary declares.
//!
//! Invariant: the properties of a cell can be said of the cell's kind.

use super::kind::{KindId, Origin};
use super::property::PropertyId;

/// A declared matrix: one for each entity of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// The name that commands take.
    pub name: Box<str>,
    /// The heading of the table.
    pub label: Box<str>,
    /// The name of the tab.
    pub tab: Box<str>,
    /// The kind of which each entity has one.
    pub of: KindId,
    /// What stands at the left.
    pub rows: Members,
    /// What stands at the top.
    pub columns: Columns,
    /// What stands in the cells.
    pub cell: Cell,
    /// Further columns, each with one entity a row.
    pub marks: Vec<Mark>,
    /// Numbers of the subject that are held against the counts.
    pub checks: Vec<PropertyId>,
    /// The set of declarations that it belongs to.
    pub origin: Origin,
}

/// The entities of a kind that belong to a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Members {
    /// Their kind.
    pub kind: KindId,
    /// Their type, if only those of one type are meant.
    pub of_type: Option<Box<str>>,
    /// The property that leads to the subject, or from it.
    pub through: PropertyId,
}

/// The columns of a matrix.
#[derive(Debug, Clone, PartialEq)]
pub enum Columns {
    /// The values of a text of the cell entities.
    Texts {
        /// Those that come first, in this order; others follow.
        order: Vec<Box<str>>,
        /// Headings that gather several values.
        groups: Vec<(Box<str>, Vec<Box<str>>)>,
    },
    /// Entities that belong to the subject.
    Entities {
        /// Which.
        members: Members,
        /// The date by which they are sorted.
        order: Option<PropertyId>,
    },
}

/// The cells of a matrix.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Entities, each in one row or several and in one column.
    Entities {
        /// Their kind.
        kind: KindId,
        /// The property that leads to the row.
        row: PropertyId,
        /// The text that is the column.
        column: PropertyId,
    },
    /// Links from the row to the column.
    Links(Vec<(PropertyId, Box<str>)>),
}

/// A further column: for each row one entity of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The heading.
    pub label: Box<str>,
    /// The kind of the entities.
    pub kind: KindId,
    /// The property that leads to the row.
    pub row: PropertyId,
    /// The date by which the earliest is picked.
    pub earliest: PropertyId,
}
