//! The sheet of agreements: when, what, between whom, and who was there in which office.
//!
//! Invariant: the offices are those of the day of signing, with how well they are known.

use super::missing_note;
use crate::catalogue::Catalogue;
use crate::catalogue::office::Holding;
use crate::catalogue::sheet::{Cell, Column, Key, Row, Sheet};
use crate::catalogue::tables::{self, Agreement, Presence};
use crate::catalogue::words::cite_claim;
use crate::model::{ClaimId, Dossier, When};

/// Agreements in the order of time: when, what, between whom, and who was there in which office.
pub fn agreements(catalogue: &Catalogue) -> Sheet {
    let dossier = catalogue.dossier();
    let rows: Vec<Row> = tables::agreements(catalogue)
        .iter()
        .enumerate()
        .map(|(rank, row)| agreement_row(catalogue, rank, row))
        .collect();
    Sheet {
        title: "Agreements".into(),
        columns: vec![
            Column::fixed("Date"),
            Column::words("Agreement"),
            Column::words("Parties"),
            Column::words("Signed by, in the presence of"),
            Column::fixed("Source"),
        ],
        notes: missing_note(dossier, "agreement", rows.len()),
        rows,
    }
}

fn agreement_row(catalogue: &Catalogue, rank: usize, row: &Agreement) -> Row {
    let dossier = catalogue.dossier();
    let parties: Vec<&str> = row.parties.iter().map(|party| catalogue.short_label(party.entity)).collect();
    let present: Vec<String> =
        row.signatories.iter().chain(&row.witnesses).map(|presence| presence_text(catalogue, presence)).collect();
    let date = row.when(dossier).map(When::stated).unwrap_or_default();
    let cited = row.date.or_else(|| row.parties.iter().find_map(|party| party.claims.first().copied()));
    let claims: Vec<ClaimId> = row.date.into_iter().chain(row.scopes.iter().copied()).collect();
    Row {
        cells: vec![
            Cell::keyed(date, Key::Rank(rank)),
            Cell::text(dossier.label(row.entity)),
            Cell::text(parties.join(", ")),
            Cell::text(present.join("; ")),
            Cell::text(cited.map(|claim| cite_claim(dossier, dossier.claim(claim))).unwrap_or_default()),
        ],
        entity: Some(row.entity),
        claims,
        words: format!(
            "{} {}",
            row.modality,
            row.parties.iter().map(|party| dossier.label(party.entity)).collect::<Vec<_>>().join(" ")
        ),
    }
}

/// A person with the office held on that day: `Ramji Singh (Executive Director, AIIMS Kalyani: attested)`.
fn presence_text(catalogue: &Catalogue, presence: &Presence) -> String {
    let dossier = catalogue.dossier();
    let name = dossier.label(presence.person.unwrap_or(presence.entity));
    let offices: Vec<String> = presence.offices.iter().map(|holding| office_text(dossier, holding)).collect();
    if offices.is_empty() { name.to_owned() } else { format!("{name} ({})", offices.join("; ")) }
}

fn office_text(dossier: &Dossier, holding: &Holding) -> String {
    format!("{}: {}", dossier.label(holding.post), holding.state.as_str())
}
