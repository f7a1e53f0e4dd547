//! Allegations of which nobody is named as the speaker, and public claims that only private documents state.
//!
//! Invariant: a claim that is private itself, or is about what is private, is never found to lack a public document.

use super::report::{Report, is_held};
use crate::model::{Claim, Core, CoreKind, Dossier, EntityId, Modality, Place};
use crate::soundness::{About, Code, Finding};

pub(super) fn find(report: &mut Report<'_>) {
    let dossier = report.dossier;
    for (id, claim) in dossier.claims() {
        let name = &dossier.property(claim.property).name;
        if is_allegation(dossier, claim) && dossier.speaker(claim).is_none() {
            let found = format!("\"{name}\" is an allegation about a person without \"by\"");
            let expected = "expected by = \"KIND/SLUG\", or the name of the person or body";
            report.add(Finding::new(Code::UnattributedAllegation, About::Claim(id), found, expected));
        }
        if !is_private(dossier, claim) && has_private_evidence(dossier, claim) {
            let found = format!("\"{name}\" is public, and its documents are private");
            let expected = "expected a public document, or private = true";
            report.add(Finding::new(Code::PrivateEvidence, About::Claim(id), found, expected));
        }
    }
    for (row, name) in dossier.all_names().iter().enumerate() {
        let is_private = dossier.name_details(name).is_private || is_private_entity(dossier, name.entity);
        if !is_private && are_private(dossier, dossier.name_evidence(name)) {
            let found = format!("\"{}\" is a public name, and its documents are private", dossier.text(name.value));
            let expected = "expected a public document, or private = true";
            report.add(Finding::new(Code::PrivateEvidence, About::Name(row), found, expected));
        }
    }
}

/// Returns true for an allegation about a person, as its subject or its value.
fn is_allegation(dossier: &Dossier, claim: &Claim) -> bool {
    let is_person = |entity: EntityId| match dossier.core_kind(entity) {
        CoreKind::Person | CoreKind::Tenure => true,
        CoreKind::Institution
        | CoreKind::Unit
        | CoreKind::Post
        | CoreKind::Agreement
        | CoreKind::Event
        | CoreKind::Place
        | CoreKind::Document
        | CoreKind::Item => false,
    };
    let is_about_person = || is_person(claim.subject) || Dossier::target(claim).is_some_and(is_person);
    claim.modality() == Modality::Alleged && is_held(claim) && is_about_person()
}

/// Returns true if a claim is marked as private, or its subject or its value is.
fn is_private(dossier: &Dossier, claim: &Claim) -> bool {
    dossier.details(claim).is_some_and(|details| details.is_private)
        || is_private_entity(dossier, claim.subject)
        || Dossier::target(claim).is_some_and(|target| dossier.is_private(target))
}

/// Returns true if an entity is marked as private, or is a tenure whose person or post is.
fn is_private_entity(dossier: &Dossier, entity: EntityId) -> bool {
    let links = [Core::Person, Core::Post].into_iter().flat_map(|property| dossier.slot(entity, property));
    let is_of_private = || links.filter_map(Dossier::target).any(|of| dossier.is_private(of));
    dossier.is_private(entity) || dossier.core_kind(entity) == CoreKind::Tenure && is_of_private()
}

fn has_private_evidence(dossier: &Dossier, claim: &Claim) -> bool {
    are_private(dossier, dossier.evidence(claim))
}

/// Returns true if there are places, all of them in private documents.
fn are_private<'a>(dossier: &Dossier, places: impl Iterator<Item = &'a Place>) -> bool {
    let mut documents = places.map(|place| dossier.document(place.document).entity).peekable();
    documents.peek().is_some() && documents.all(|document| dossier.is_private(document))
}
