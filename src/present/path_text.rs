//! A connection of two entities in words: the chain of its stations, and what each step rests on.
//!
//! Invariant: a step that is not a fact has the sign and the word of what it is, in the chain and by itself.

use super::wording::statement_text;
use crate::graph::Graph;
use crate::graph::paths::{Path, Step, Way};
use crate::model::{Basis, Claim, Core, Dossier, EntityId, Modality};

/// Returns the stations one after the other: "The union — The pact —○ planned— The house".
pub fn chain_text(graph: &Graph, path: &Path) -> String {
    let dossier = graph.dossier();
    let mut text = path.stations().next().map(|first| dossier.label(first).to_owned()).unwrap_or_default();
    for step in &path.steps {
        match step.modality(graph) {
            Modality::Actual => text.push_str(" — "),
            modality => {
                text.push_str(" —");
                text.push_str(sign(modality));
                text.push_str(modality.as_str());
                text.push_str("— ");
            }
        }
        text.push_str(dossier.label(step.to));
    }
    text
}

/// Returns what a step rests on: "The pact · Party: The union", "Ada Lovelace held the post of Chair, The union".
pub fn step_text(graph: &Graph, step: &Step) -> String {
    let dossier = graph.dossier();
    let modality = step.modality(graph);
    let statements =
        || step.claims().map(|claim| statement(dossier, dossier.claim(claim))).collect::<Vec<_>>().join("; ");
    let said =
        office(dossier, step).map_or_else(statements, |office| office.words(dossier, modality) + &doubts(graph, step));
    format!("{}{said}", sign(modality))
}

/// Returns the sign of a modality before the words, with a space; empty for a fact.
fn sign(modality: Modality) -> &'static str {
    match modality {
        Modality::Actual => "",
        Modality::Planned => "○ ",
        Modality::Alleged => "? ",
        Modality::Denied => "✗ ",
    }
}

fn statement(dossier: &Dossier, claim: &Claim) -> String {
    let label = dossier.vocabulary().label(claim.property);
    format!("{} · {label}: {}", dossier.label(claim.subject), statement_text(dossier, claim, None))
}

/// A person in an office.
struct Office {
    person: EntityId,
    post: EntityId,
    institution: Option<EntityId>,
}

/// Returns the office of which a step tells.
fn office(dossier: &Dossier, step: &Step) -> Option<Office> {
    if step.way == Way::Link {
        return None;
    }
    let named = |property: Core| {
        let claim = step.claims().map(|claim| dossier.claim(claim)).find(|claim| claim.property == property);
        claim.and_then(Dossier::target)
    };
    let (person, post) = (named(Core::Person)?, named(Core::Post)?);
    Some(Office { person, post, institution: named(Core::Institution) })
}

impl Office {
    fn words(&self, dossier: &Dossier, modality: Modality) -> String {
        let verb = match modality {
            Modality::Planned => "is to hold the post of",
            Modality::Actual | Modality::Alleged | Modality::Denied => "held the post of",
        };
        let post = dossier.label(self.post);
        // A post often bears the name of its institution.
        let at = self.institution.map(|institution| dossier.label(institution)).filter(|label| !post.contains(label));
        let at = at.map(|label| format!(" at {label}")).unwrap_or_default();
        format!("{} {verb} {post}{at}", dossier.label(self.person))
    }
}

/// Returns what qualifies the claims of a step as a whole: ` (alleged, by the union; inferred) — the reason`.
fn doubts(graph: &Graph, step: &Step) -> String {
    let dossier = graph.dossier();
    let claims = || step.claims().map(|claim| dossier.claim(claim));
    let modality = step.modality(graph);
    let speaker = claims().find(|claim| claim.modality() == modality).and_then(|claim| dossier.speaker(claim));
    let mut words = Vec::new();
    if modality != Modality::Actual {
        words.push(speaker.map_or_else(|| modality.to_string(), |speaker| format!("{modality}, by {speaker}")));
    }
    if matches!(step.basis(graph), Basis::Counted | Basis::Inferred) {
        words.push(step.basis(graph).to_string());
    }
    let words = if words.is_empty() { String::new() } else { format!(" ({})", words.join("; ")) };
    let reason = claims().find_map(|claim| claim.reason).map(|reason| format!(" — {}", dossier.text(reason)));
    words + &reason.unwrap_or_default()
}
