//! The sheet of figures: every number with its unit, date, state and source.
//!
//! Invariant: a figure that is planned never looks like one in service.

use super::missing_note;
use crate::model::{Basis, Modality};
use crate::present::sheet::{Cell, Column, Key, Row, Sheet};
use crate::present::tables;
use crate::present::wording::{cite_claim, grouped, value_text};
use crate::timeline::World;

/// Every number with its unit, what it counts, when, and whether it is planned or in service.
pub fn figures(world: &World) -> Sheet {
    let dossier = world.dossier();
    let rows: Vec<Row> = tables::figures(world)
        .iter()
        .map(|figure| {
            let claim = dossier.claim(figure.claim);
            let number = match figure.number {
                Some(number) => Cell::keyed(grouped(number), Key::Number(number)),
                None => Cell::keyed(value_text(dossier, claim), Key::Last),
            };
            let when = figure.refers_to().map(|when| dossier.when(when).stated()).unwrap_or_default();
            Row {
                cells: vec![
                    Cell::keyed(dossier.label(figure.subject), Key::Text),
                    Cell::keyed(figure.property.spec().label, Key::Rank(figure.property as usize)),
                    number,
                    Cell::text(if figure.number.is_some() { figure.unit } else { "" }),
                    Cell::text(when),
                    Cell::text(if figure.number.is_some() { state(figure.modality, figure.basis) } else { "missing" }),
                    Cell::text(cite_claim(dossier, claim)),
                ],
                entity: Some(figure.subject),
                claims: vec![figure.claim],
                words: figure.words(world),
            }
        })
        .collect();
    Sheet {
        title: "Figures".into(),
        columns: vec![
            Column::words("Of"),
            Column::words("What"),
            Column::number("Figure"),
            Column::fixed("Unit"),
            Column::fixed("When"),
            Column::fixed("State"),
            Column::fixed("Source"),
        ],
        notes: missing_note(dossier, "figure", rows.len()),
        rows,
    }
}

/// How a figure stands to reality, in a word: planned figures are not in service.
fn state(modality: Modality, basis: Basis) -> &'static str {
    match (modality, basis) {
        (Modality::Actual, Basis::Stated | Basis::Listed) => "stated",
        (Modality::Actual, Basis::Counted) => "counted",
        (Modality::Actual, Basis::Inferred) => "inferred",
        (Modality::Planned, _) => "planned",
        (Modality::Alleged, _) => "alleged",
        (Modality::Denied, _) => "denied",
    }
}
