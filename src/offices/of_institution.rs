//! The offices of an institution.
//!
//! Invariant: each office is listed once, at the first institution that has it; a post without an institution
//! of its own belongs to those of its tenures.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::graph::Graph;
use crate::graph::containment::targets;
use crate::graph::slots::is_actual;
use crate::model::{Core, CoreKind, EntityId};
use crate::text::collate::NameKey;

/// An office and its institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office {
    /// The post.
    pub post: EntityId,
    /// Its institution, if one is known.
    pub institution: Option<EntityId>,
}

/// The most levels of child institutions that are followed.
const DEPTH: usize = 4;

/// Returns the offices of an institution, then those of its children level by level; within each institution
/// those with the most tenures first.
pub fn offices_of(graph: &Graph, institution: EntityId) -> Vec<Office> {
    let dossier = graph.dossier();
    let mut level = vec![institution];
    let mut wholes = level.clone();
    let mut known = HashSet::from([institution]);
    for _ in 0..DEPTH {
        let below = level.iter().flat_map(|&whole| children(graph, whole));
        level = below.filter(|&part| known.insert(part)).collect();
        wholes.extend(&level);
    }
    let mut offices: Vec<Office> = Vec::new();
    let mut known = HashSet::new();
    for &whole in &wholes {
        let mut own: Vec<EntityId> = posts_at(graph, whole);
        own.retain(|&post| known.insert(post));
        own.sort_by_cached_key(|&post| (Reverse(tenures(graph, post)), NameKey::of(dossier.label(post)), post));
        offices.extend(own.into_iter().map(|post| office(graph, post)));
    }
    offices
}

/// Returns a post with its institution: its own, else the first that one of its tenures names.
pub fn office(graph: &Graph, post: EntityId) -> Office {
    let own = targets(graph, post, Core::Institution).next();
    let held = || holders(graph, post).into_iter().find_map(|tenure| targets(graph, tenure, Core::Institution).next());
    Office { post, institution: own.or_else(held) }
}

/// Returns the tenures of a post.
fn holders(graph: &Graph, post: EntityId) -> Vec<EntityId> {
    subjects(graph, post, Core::Post, CoreKind::Tenure)
}

fn tenures(graph: &Graph, post: EntityId) -> usize {
    holders(graph, post).len()
}

fn posts_at(graph: &Graph, institution: EntityId) -> Vec<EntityId> {
    let mut posts = subjects(graph, institution, Core::Institution, CoreKind::Post);
    for tenure in subjects(graph, institution, Core::Institution, CoreKind::Tenure) {
        let without_institution = |post: &EntityId| targets(graph, *post, Core::Institution).next().is_none();
        posts.extend(targets(graph, tenure, Core::Post).filter(without_institution));
    }
    posts
}

fn children(graph: &Graph, institution: EntityId) -> Vec<EntityId> {
    subjects(graph, institution, Core::Parent, CoreKind::Institution)
}

/// Returns the entities of a kind for which `target` is a value of `property`.
fn subjects(graph: &Graph, target: EntityId, property: Core, kind: CoreKind) -> Vec<EntityId> {
    let dossier = graph.dossier();
    let claims = graph.links().to(target).iter().map(|&id| dossier.claim(id));
    let fitting = claims.filter(|claim| claim.property == property && is_actual(claim));
    fitting.map(|claim| claim.subject).filter(|&subject| dossier.core_kind(subject) == kind).collect()
}
