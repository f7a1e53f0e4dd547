//! The words for an answer on one of two compared days.
//!
//! Invariant: an answer that is not plain fact names its status: possible, undated, or the state of an office.

use super::wording::{distinct, state_words, value_text};
use crate::graph::Graph;
use crate::model::Core;
use crate::offices::Holding;
use crate::timeline::difference::Answer;
use crate::timeline::status::TemporalStatus;

/// Returns an answer in words: `34 rooms or 41 rooms`, `Ada Lovelace (attested)`, `opens — in the new building`. Empty for nothing, and for an event, whose label says it.
pub fn answer(graph: &Graph, answer: &Answer) -> String {
    let dossier = graph.dossier();
    match answer {
        Answer::Nothing => String::new(),
        Answer::Figures { claims, standing } => {
            let values = distinct(claims.iter().map(|&id| value_text(dossier, dossier.claim(id)))).join(" or ");
            match standing {
                TemporalStatus::Possible => format!("{values} (possible)"),
                TemporalStatus::Undated => format!("{values} (undated)"),
                TemporalStatus::So | TemporalStatus::Over | TemporalStatus::Later => values,
            }
        }
        Answer::Holders(holdings) => {
            holdings.iter().map(|holding| holder(graph, holding)).collect::<Vec<_>>().join("; ")
        }
        Answer::Happening(id) => {
            let claim = dossier.claim(*id);
            // What happened at an event is the event.
            let is_event = claim.property == Core::When;
            let words = if is_event { "" } else { dossier.property(claim.property).happening_words() };
            match dossier.note(claim) {
                Some(note) if !words.is_empty() => format!("{words} — {note}"),
                Some(_) | None => words.to_owned(),
            }
        }
    }
}

fn holder(graph: &Graph, holding: &Holding) -> String {
    let state = state_words(holding);
    holding.person.map_or_else(|| state.clone(), |person| format!("{} ({state})", graph.label(person)))
}
