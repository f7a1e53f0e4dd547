//! The tables: what a table view shows and the command of the same name prints.
//!
//! | file | contents |
//! |---|---|
//! | `agreements` … `sources` | one table each: its [`TableSpec`], its rows, the card of a row |
//! | `spec` | [`TableSpec`]: title, command, needs, how to build it; [`Table`], a registered one |
//! | `data` | [`TableData`]: columns, rows and cells of a built table |
//! | `request` | [`TableRequest`]: a table as of a moment, built at once or in the background |
//! | `row_card` | the card of a row |
//!
//! To add a table: write its file with a `TABLE`, add that to [`TABLES`], and bind a key to its view in
//! [`keymap`](crate::keymap), with words that begin with its title. Tab, title, help, `annals render` and the command
//! follow.
//!
//! Invariant: everything that differs between tables is a field of their [`TableSpec`]s. Only the difference is named
//! elsewhere, by the question for its two dates.

pub mod agreements;
pub mod conflicts;
mod data;
pub mod difference;
pub mod figures;
pub mod matrix;
pub mod names;
mod request;
mod row_card;
pub mod sources;
mod spec;

pub use data::{Fit, GAP, SortBy, SortKey, TableCell, TableColumn, TableData, TableRow};
pub use request::{TableRequest, build, build_first, titled};
pub use row_card::RowCard;
pub use spec::{Declared, Needs, Table, TableInput, TableSpec, in_order};

/// Every table, in the order in which `annals --help` lists their commands. Tabs are in the order of their keys.
pub const TABLES: &[Table] = &[
    difference::TABLE,
    matrix::TABLE,
    agreements::TABLE,
    figures::TABLE,
    conflicts::TABLE,
    names::TABLE,
    sources::TABLE,
];

#[cfg(test)]
mod tests;
