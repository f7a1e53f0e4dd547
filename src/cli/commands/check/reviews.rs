//! The part of `annals check` that tells which claims no current review confirms.
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
    entity: String,
    property: String,
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
                entity: dossier.id(claim.subject).to_owned(),
                property: dossier.property(claim.property).name.to_string(),
                review,
                at: marks.first().map(|mark| mark.at.clone()),
            }
        });
        Self { claims: claims.collect() }
    }

    /// Prints the claims, a line each, below their number among all claims of the dossier.
    pub(super) fn print(&self, all: usize, out: &mut Output<'_>) -> io::Result<()> {
        let heading = format!("No current review confirms {} of {all} claims", self.claims.len());
        out.line(Tone::Strong, &heading)?;
        for UnconfirmedClaim { id, entity, property, review, at } in &self.claims {
            let place = at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
            out.line(Tone::Plain, &format!("  {place}{entity} {property} #{id}: {}", state_text(*review)))?;
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
