//! The card beside a table, with the claims of the selected row.
//!
//! Invariant: a card of claims has a line for every claim of its row.

use super::data::TableRow;
use crate::model::{ClaimId, Dossier, Moment};
use crate::present::card::{Card, Line, Section};
use crate::present::wording::statement_text;
use crate::timeline::World;

/// The card of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowCard {
    /// The card.
    pub card: Card,
    /// The claim whose line is selected when the card opens; `None` for the first line.
    pub open_at: Option<ClaimId>,
}

/// Returns the card of the row's entity, opened at the row's first claim; if the row has no entity, the
/// card of its claims.
pub(super) fn entity_card(world: &World, row: &TableRow, as_of: Option<Moment>) -> Option<RowCard> {
    let card = match (row.entity, as_of) {
        (Some(entity), Some(moment)) => Card::at(world, entity, moment),
        (Some(entity), None) => Card::new(world, entity),
        (None, _) => claims_card(world, row)?,
    };
    Some(RowCard { card, open_at: row.claims.first().copied() })
}

fn claims_card(world: &World, row: &TableRow) -> Option<Card> {
    let dossier = world.dossier();
    let entity = dossier.claim(*row.claims.first()?).subject;
    let lines = row.claims.iter().map(|&id| {
        let claim = dossier.claim(id);
        let property = dossier.property(claim.property).label.to_lowercase();
        let text = format!("{} · {property}: {}", world.label(claim.subject), statement_text(dossier, claim, None));
        Line { flush: true, text, ..claim_line(dossier, id) }
    });
    Some(Card { entity, names: Vec::new(), sections: vec![Section { title: "Claims".into(), lines: lines.collect() }] })
}

/// Returns a line that states a claim, cites it and leads to its subject.
pub(super) fn claim_line(dossier: &Dossier, id: ClaimId) -> Line {
    let claim = dossier.claim(id);
    Line { text: statement_text(dossier, claim, None), target: Some(claim.subject), ..Line::of_claim(dossier, id) }
}
