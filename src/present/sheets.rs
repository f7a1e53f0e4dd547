//! The sheets of the table views, made from the tables of the world; one file each.
//!
//! Invariant: a sheet says nothing that its table does not; order and wording alone are
//! decided here.

mod agreements;
mod conflicts;
mod difference;
mod figures;
mod matrix;
mod names;
mod sources;
mod wanted;

pub use agreements::{agreement_card, agreements};
pub use conflicts::{conflict_card, conflicts};
pub use difference::difference;
pub use figures::figures;
pub use matrix::{matrix, school};
pub use names::names;
pub use sources::sources;
pub use wanted::{MOST_ROWS, Table, Wanted, first, make};

use super::card::{Card, Line, Section};
use super::sheet::Row;
use crate::model::Dossier;
use crate::present::wording::{cite_claim, statement_text};
use crate::timeline::World;

/// The claims behind a row that is about no single entity.
pub fn claims_card(world: &World, row: &Row) -> Option<Card> {
    let dossier = world.dossier();
    let entity = dossier.claim(*row.claims.first()?).subject;
    let lines = row.claims.iter().map(|&id| {
        let claim = dossier.claim(id);
        let label = claim.property.spec().label.to_lowercase();
        Line {
            flush: true,
            text: format!("{} · {label}: {}", dossier.label(claim.subject), statement_text(dossier, claim, None)),
            claim: Some(id),
            cite: cite_claim(dossier, claim),
            target: Some(claim.subject),
            ..Line::default()
        }
    });
    Some(Card { entity, names: Vec::new(), sections: vec![Section { title: "Claims".into(), lines: lines.collect() }] })
}

/// What a sheet says where the documents give it nothing to show.
fn missing_note(dossier: &Dossier, what: &str, rows: usize) -> Vec<String> {
    if rows > 0 { Vec::new() } else { vec![format!("{} holds no {what}.", dossier.meta().title)] }
}
