//! The part of `annals check` that tells which claims no current review confirms, and which reviews are about none.
//!
//! Invariant: each such claim is told once, with the state of its latest review.

use std::io;

use serde::Serialize;

use crate::cli::output::{Output, Tone};
use crate::formats::author::{Row, Written};
use crate::query::ReviewState;
use crate::query::matching::review_states;
use crate::syntax::Position;
use crate::timeline::World;

/// The claims that no current review confirms.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Unconfirmed {
    claims: Vec<UnconfirmedClaim>,
}

#[derive(Serialize)]
struct UnconfirmedClaim {
    id: String,
    /// The subject and the property; absent if the claim is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    property: Option<String>,
    review: ReviewState,
    /// Where it is written, if the dossier was authored.
    #[serde(flatten)]
    at: Option<Position>,
}

impl Unconfirmed {
    /// Collects the claims of a dossier, in its order.
    pub(super) fn new(world: &World, written: Option<&Written>) -> Self {
        let dossier = world.dossier();
        let open = review_states(world).into_iter().filter(|(_, state)| *state != ReviewState::Confirmed);
        let claims = open.map(|(id, review)| {
            let claim = dossier.claim(id);
            let marks = written.map(|written| written.of(&Row::Claim(id))).unwrap_or_default();
            UnconfirmedClaim {
                id: dossier.claim_name(claim).into_owned(),
                entity: Some(dossier.id(claim.subject).to_owned()),
                property: Some(dossier.property(claim.property).name.to_string()),
                review,
                at: marks.first().map(|mark| mark.at.clone()),
            }
        });
        let gone = dossier.reviews_of_nothing().into_iter().filter_map(|row| {
            let marks = written.map(|written| written.of(&Row::Review(row))).unwrap_or_default();
            Some(UnconfirmedClaim {
                id: dossier.text(dossier.reviews().get(row)?.claim).to_owned(),
                entity: None,
                property: None,
                review: ReviewState::Stale,
                at: marks.first().map(|mark| mark.at.clone()),
            })
        });
        Self { claims: claims.chain(gone).collect() }
    }

    /// Prints the claims, a line each, below their number among all claims of the dossier; then the reviews of claims that
    /// are gone.
    pub(super) fn print(&self, all: usize, out: &mut Output<'_>) -> io::Result<()> {
        let count = self.claims.iter().filter(|claim| claim.entity.is_some()).count();
        let heading = format!("No current review confirms {count} of {all} claims");
        out.line(Tone::Strong, &heading)?;
        for UnconfirmedClaim { id, entity, property, review, at } in &self.claims {
            let place = at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
            let line = match (entity, property) {
                (Some(entity), Some(property)) => {
                    format!("  {place}{entity} {property} #{id}: {}", state_text(*review))
                }
                _ => format!("  {place}#{id}: reviewed, and gone since"),
            };
            out.line(Tone::Plain, &line)?;
        }
        Ok(())
    }
}

const fn state_text(state: ReviewState) -> &'static str {
    match state {
        ReviewState::None => "not reviewed",
        ReviewState::Stale => "changed since its review",
        ReviewState::Disputed => "disputed",
        ReviewState::Question => "in question",
        ReviewState::Confirmed => "confirmed",
    }
}
