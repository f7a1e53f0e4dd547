//! Rows for the table views and their commands, without any layout: agreements, figures,
//! names by source, sources.
//!
//! Invariant: whatever a row says is the value of a claim that the row refers to, or a
//! count of such claims.

mod agreements;
mod figures;
mod names;
mod sources;

pub use agreements::{Agreement, Party, Presence, agreements, first_agreements};
pub use figures::{Figure, FigureOrder, figures, sort_figures};
pub use names::{NameRow, NamesOf, names_by_source, names_of};
pub use sources::{Source, sources};

#[cfg(test)]
mod tests;
