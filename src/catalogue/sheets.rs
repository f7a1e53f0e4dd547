//! The sheets of the table views, made from the tables of the catalogue; one file each.
//!
//! Invariant: a sheet says nothing that its table does not; order and wording alone are
//! decided here.

mod agreements;
mod conflicts;
mod figures;
mod matrix;
mod names;
mod sources;

pub use agreements::agreements;
pub use conflicts::{conflict_card, conflicts};
pub use figures::figures;
pub use matrix::matrix;
pub use names::names;
pub use sources::sources;

use crate::model::Dossier;

/// What a sheet says where the documents give it nothing to show.
fn missing_note(dossier: &Dossier, what: &str, rows: usize) -> Vec<String> {
    if rows > 0 { Vec::new() } else { vec![format!("{} holds no {what}.", dossier.meta().title)] }
}
