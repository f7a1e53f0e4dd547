//! Links that cannot be: of an entity with itself, and circles of parts and of places.
//!
//! Invariant: a circle is found once, with all of its members, and a link of an entity with itself is no circle.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::report::{Report, is_held};
use crate::graph::slots::is_actual;
use crate::model::{ClaimId, Core, DocumentId, Dossier, EntityId, Modality, PropertyId};
use crate::soundness::{About, Code, Finding, Severity};

/// Links of one after the other, which are not those of a part with its whole.
const SEQUENCE: &[&str] = &["predecessor", "successor"];

/// A link from a part to its whole.
#[derive(Clone, Copy)]
struct Link {
    claim: ClaimId,
    part: EntityId,
    whole: EntityId,
}

pub(super) fn find(report: &mut Report<'_>) {
    self_links(report);
    circles(report, Core::Parent, Code::ParentCycle, "parts of each other");
    circles(report, Core::Within, Code::WithinCycle, "within each other");
}

fn self_links(report: &mut Report<'_>) {
    let dossier = report.dossier;
    for (id, claim) in dossier.claims() {
        let is_said = claim.modality() != Modality::Denied && is_held(claim);
        if Dossier::target(claim) == Some(claim.subject) && is_said && leads_elsewhere(dossier, claim.property) {
            let found =
                format!("{} names itself as its {}", dossier.id(claim.subject), dossier.property(claim.property).name);
            report.add(Finding::new(Code::SelfLink, About::Claim(id), found, "expected another entity"));
        }
    }
}

/// Returns true if a property cannot lead from an entity to itself.
fn leads_elsewhere(dossier: &Dossier, property: PropertyId) -> bool {
    let words = dossier.vocabulary();
    words.is_whole(property)
        || property == Core::Within
        || property == Core::Member
        || SEQUENCE.contains(&&*words.property(property).name)
}

/// Finds the circles of a link. If no document tells the whole circle, each may be right by itself: a warning.
fn circles(report: &mut Report<'_>, core: Core, code: Code, words: &str) {
    let dossier = report.dossier;
    let links: Vec<Link> = dossier
        .claims()
        .filter(|(_, claim)| claim.property == core && is_actual(claim))
        .filter_map(|(id, claim)| Some(Link { claim: id, part: claim.subject, whole: Dossier::target(claim)? }))
        .filter(|link| link.part != link.whole)
        .collect();
    let rings = rings(&links);
    let ring_of: HashMap<EntityId, usize> = rings
        .iter()
        .enumerate()
        .flat_map(|(ring, members)| members.iter().map(move |&member| (member, ring)))
        .collect();
    let mut inner: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    for &link in &links {
        if let Some(&ring) = ring_of.get(&link.part).filter(|&ring| ring_of.get(&link.whole) == Some(ring)) {
            inner.entry(ring).or_default().push(link);
        }
    }
    for (members, inner) in rings.iter().zip(inner.into_values()) {
        let (Some(first), Some(last)) = (inner.first(), inner.last()) else { continue };
        let ids: Vec<&str> = members.iter().map(|&member| dossier.id(member)).collect();
        let found = format!("{} are {words}", ids.join(", "));
        let finding = Finding::new(code, About::Claim(first.claim), found, "expected no way back to the first of them");
        let severity = if has_one_document(dossier, &inner) { finding.severity } else { Severity::Warning };
        report.add(Finding { severity, ..finding }.with_second(About::Claim(last.claim)));
    }
}

/// Returns the groups of entities each of which is reached from each other one, by their first member.
fn rings(links: &[Link]) -> Vec<BTreeSet<EntityId>> {
    let mut graph: DiGraph<EntityId, ()> = DiGraph::new();
    let mut nodes: BTreeMap<EntityId, NodeIndex> = BTreeMap::new();
    for link in links {
        let [part, whole] =
            [link.part, link.whole].map(|entity| *nodes.entry(entity).or_insert_with(|| graph.add_node(entity)));
        graph.add_edge(part, whole, ());
    }
    let groups = kosaraju_scc(&graph).into_iter().filter(|group| group.len() > 1);
    let mut rings: Vec<BTreeSet<EntityId>> =
        groups.map(|group| group.into_iter().filter_map(|node| graph.node_weight(node).copied()).collect()).collect();
    rings.sort_unstable();
    rings
}

/// Returns true if the links that one document tells make a circle by themselves.
fn has_one_document(dossier: &Dossier, links: &[Link]) -> bool {
    let mut told: BTreeMap<DocumentId, Vec<Link>> = BTreeMap::new();
    for &link in links {
        let documents: BTreeSet<DocumentId> =
            dossier.evidence(dossier.claim(link.claim)).map(|place| place.document).collect();
        for document in documents {
            told.entry(document).or_default().push(link);
        }
    }
    told.values().any(|links| !rings(links).is_empty())
}
