//! The sheet of agreements: when, what, between whom, and who was there in which office.
//!
//! Invariant: the offices are those of the day of signing, with how well they are known.

use super::missing_note;
use crate::model::{ClaimId, Dossier, EntityId, Kind, Property, When};
use crate::offices::Holding;
use crate::present::card::{Card, Line, Section};
use crate::present::sheet::{Cell, Column, Key, Row, Sheet};
use crate::present::tables;
use crate::present::tables::{Agreement, Presence};
use crate::present::wording::cite_claim;
use crate::search::Stop;
use crate::timeline::World;

/// Agreements in the order of time: when, what, between whom, and who was there in which office.
pub fn agreements(world: &World) -> Sheet {
    first_agreements(world, usize::MAX, &Stop::never()).unwrap_or_default()
}

/// The first `most` of them; none if it was stopped.
pub(super) fn first_agreements(world: &World, most: usize, stop: &Stop) -> Option<Sheet> {
    let dossier = world.dossier();
    let rows: Vec<Row> = tables::first_agreements(world, most, stop)?
        .iter()
        .enumerate()
        .map(|(rank, row)| agreement_row(world, rank, row))
        .collect();
    Some(Sheet {
        title: "Agreements".into(),
        columns: vec![
            Column::fixed("Date"),
            Column::words("Agreement"),
            Column::words("Parties"),
            Column::extra("Signed by"),
            Column::extra("Present"),
            Column::extra("In office that day"),
            Column::fixed("Source"),
        ],
        notes: missing_note(dossier, "agreement", rows.len()),
        rows,
    })
}

fn agreement_row(world: &World, rank: usize, row: &Agreement) -> Row {
    let dossier = world.dossier();
    let parties: Vec<&str> = row.parties.iter().map(|party| world.short_label(party.entity)).collect();
    let people = |presences: &[Presence]| {
        presences.iter().map(|presence| presence_text(world, presence)).collect::<Vec<_>>().join("; ")
    };
    let in_office = row.parties.iter().flat_map(|party| &party.offices).filter(|holding| holding.state.names_holder());
    let in_office: Vec<String> = in_office.map(|holding| office_text(dossier, holding)).collect();
    let date = row.when(dossier).map(When::stated).unwrap_or_default();
    // An announcement is not taken for a signature.
    let property = row.date.map(|claim| dossier.claim(claim).property);
    let date = match property {
        Some(property) if property != Property::Signed => format!("{date} {}", property.spec().label.to_lowercase()),
        Some(_) | None => date,
    };
    let dates: Vec<String> = row.dates.iter().map(|&claim| cite_claim(dossier, dossier.claim(claim))).collect();
    let cited = dates.join(" ");
    let claims: Vec<ClaimId> = row.date.into_iter().chain(row.scopes.iter().copied()).collect();
    Row {
        cells: vec![
            Cell::keyed(date, Key::Rank(rank)),
            Cell::text(dossier.label(row.entity)),
            Cell::text(parties.join(", ")),
            Cell::text(people(&row.signatories)),
            Cell::text(people(&row.witnesses)),
            Cell::text(in_office.join("; ")),
            Cell::text(cited),
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

/// The card of an agreement, with who held an office of its parties on the day.
pub fn agreement_card(world: &World, entity: EntityId) -> Card {
    let dossier = world.dossier();
    let mut card = Card::new(world, entity);
    if dossier.entity(entity).kind != Kind::Agreement {
        return card;
    }
    let agreement = Agreement::new(world, entity);
    let holdings =
        agreement.parties.iter().flat_map(|party| &party.offices).filter(|holding| holding.state.names_holder());
    let lines: Vec<Line> = holdings
        .map(|holding| Line {
            flush: true,
            text: office_text(dossier, holding),
            claim: holding.proof.first().copied(),
            cite: holding.proof.first().map(|&id| cite_claim(dossier, dossier.claim(id))).unwrap_or_default(),
            target: holding.person,
            ..Line::default()
        })
        .collect();
    if !lines.is_empty() {
        card.sections.insert(1.min(card.sections.len()), Section { title: "In office that day".into(), lines });
    }
    card
}

/// A person, or whoever the document names in a person's place.
fn presence_text(world: &World, presence: &Presence) -> String {
    world.dossier().label(presence.person.unwrap_or(presence.entity)).to_owned()
}

/// `Ramji Singh (Executive Director, AIIMS Kalyani: attested)`.
fn office_text(dossier: &Dossier, holding: &Holding) -> String {
    let person = holding.person.map_or("", |person| dossier.label(person));
    format!("{person} ({}: {})", dossier.label(holding.post), holding.state.as_str())
}
