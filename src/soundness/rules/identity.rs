//! Entities that may be one, names that mean two, and tenures of nobody or of nothing.
//!
//! Invariant: an entity is held against no more than [`MAX_COMPARED`] others of its name, the first in the order of the
//! dossier.

use std::collections::HashMap;

use super::MAX_COMPARED;
use super::report::Report;
use crate::graph::judged::Judged;
use crate::model::{Claim, Core, CoreKind, EntityId, Modality};
use crate::soundness::{About, Code, Finding};
use crate::text::fold::fold;

pub(super) fn find(report: &mut Report<'_>) {
    let mut judged = Judged::new(report.dossier);
    duplicate_labels(report, &mut judged);
    for tenure in report.dossier.of_core(CoreKind::Tenure) {
        part_of_tenure(report, tenure, Core::Person, Code::NoPerson);
        part_of_tenure(report, tenure, Core::Post, Code::NoPost);
    }
}

/// Notes names that two entities have; those whose labels alone are alike have a warning of their own.
pub(super) fn note_shared_names(report: &mut Report<'_>) {
    let dossier = report.dossier;
    let mut judged = Judged::new(dossier);
    let mut known: HashMap<String, Vec<Named>> = HashMap::new();
    let mut row = 0;
    for entity in dossier.entities() {
        let names = dossier.names(entity);
        let first_row = row;
        row += names.len();
        if !has_name_of_its_own(dossier.core_kind(entity)) {
            continue;
        }
        let label = Named { entity, name: None };
        let names = names.iter().zip(first_row..).map(|(name, row)| (Named { entity, name: Some(row) }, name.value));
        for (named, text) in std::iter::once((label, dossier.entity(entity).label)).chain(names) {
            let folded = fold(dossier.text(text));
            if folded.is_empty() {
                continue;
            }
            let others = known.entry(folded).or_default();
            if others.iter().any(|other| other.entity == entity) {
                continue;
            }
            let is_new = |other: &&Named| {
                let labels = other.name.is_none() && named.name.is_none();
                let is_duplicate_label = labels && dossier.core_kind(other.entity) == dossier.core_kind(entity);
                !is_duplicate_label && !judged.has(other.entity, entity)
            };
            if let Some(other) = others.iter().find(is_new) {
                let found = format!("\"{}\" is also a name of {}", dossier.text(text), dossier.id(other.entity));
                let finding =
                    Finding::new(Code::SharedName, named.about(), found, "expected a judgement, if they are one");
                let key = named.name.is_none().then_some("label");
                report.add(Finding { key, ..finding }.with_second(other.about()));
            }
            if others.len() < MAX_COMPARED {
                others.push(named);
            }
        }
    }
}

/// A name of an entity: a row of `all_names`, or `None` for its label.
#[derive(Debug, Clone, Copy)]
struct Named {
    entity: EntityId,
    name: Option<usize>,
}

impl Named {
    fn about(self) -> About {
        self.name.map_or(About::Entity(self.entity), About::Name)
    }
}

/// Returns false for entities whose label is made of what they are about: the person and post of a tenure, the subject of
/// a document.
fn has_name_of_its_own(kind: CoreKind) -> bool {
    match kind {
        CoreKind::Tenure | CoreKind::Document => false,
        CoreKind::Institution
        | CoreKind::Unit
        | CoreKind::Person
        | CoreKind::Post
        | CoreKind::Agreement
        | CoreKind::Event
        | CoreKind::Place
        | CoreKind::Item => true,
    }
}

/// Warns of two entities of one core kind whose labels are alike. Two terms of one person in one post may well be.
fn duplicate_labels(report: &mut Report<'_>, judged: &mut Judged) {
    let dossier = report.dossier;
    let mut known: HashMap<(CoreKind, String), Vec<EntityId>> = HashMap::new();
    for entity in dossier.entities() {
        let kind = dossier.core_kind(entity);
        let label = dossier.label(entity);
        let mut folded = fold(label);
        if folded.is_empty() {
            label.trim().clone_into(&mut folded);
        }
        if kind == CoreKind::Tenure || folded.is_empty() {
            continue;
        }
        let others = known.entry((kind, folded)).or_default();
        if let Some(&other) = others.iter().find(|&&other| !judged.has(other, entity)) {
            let found = format!("\"{label}\" reads like \"{}\" of {}", dossier.label(other), dossier.id(other));
            let finding =
                Finding::new(Code::DuplicateLabel, About::Entity(entity), found, "expected a judgement of the two");
            report.add(finding.with_second(About::Entity(other)));
        }
        if others.len() < MAX_COMPARED {
            others.push(entity);
        }
    }
}

/// Warns of a tenure of which no claim names the person or the post. A blank in a document is a claim of it; of a tenure
/// that is denied as a whole, so is what is denied.
fn part_of_tenure(report: &mut Report<'_>, tenure: EntityId, part: Core, code: Code) {
    let is_denied = |claim: &Claim| claim.modality() == Modality::Denied;
    let claims = report.dossier.slot(tenure, part);
    let is_wholly_denied = report.dossier.claims_of(tenure).iter().all(is_denied);
    if claims.is_empty() || !is_wholly_denied && claims.iter().all(is_denied) {
        let name = report.dossier.vocabulary().name(part);
        let found = format!("{} has no {name}", report.dossier.id(tenure));
        report.add(Finding::new(code, About::Entity(tenure), found, format!("expected {name} = \"…\"")));
    }
}
