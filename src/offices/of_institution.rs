//! Which offices an institution has.
//!
//! Invariant: an office is listed once, where it first stands; a post without an institution of its own counts
//! where its tenures are.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::graph::Graph;
use crate::graph::containment::targets;
use crate::graph::slots::is_actual;
use crate::model::{EntityId, Kind, Property};

/// An office, and where it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office {
    /// The post.
    pub post: EntityId,
    /// Its institution, where one is known.
    pub institution: Option<EntityId>,
}

/// How many steps down from an institution its parts are followed.
const DEPTH: usize = 4;

/// The offices of an institution, then those of its children and theirs; within each those with
/// the most tenures first.
///
/// A post that names no institution counts where its tenures are.
pub fn offices_of(graph: &Graph, institution: EntityId) -> Vec<Office> {
    let dossier = graph.dossier();
    let mut level = vec![institution];
    let mut wholes = level.clone();
    let mut known = HashSet::from([institution]);
    for _ in 0..DEPTH {
        let below = level.iter().flat_map(|&whole| parts_below(graph, whole));
        level = below.filter(|&part| known.insert(part)).collect();
        wholes.extend(&level);
    }
    let mut offices: Vec<Office> = Vec::new();
    let mut known = HashSet::new();
    for &whole in &wholes {
        let mut own: Vec<EntityId> = posts_at(graph, whole);
        own.retain(|&post| known.insert(post));
        own.sort_by_cached_key(|&post| (Reverse(tenures(graph, post)), dossier.label(post), post));
        offices.extend(own.into_iter().map(|post| office(graph, post)));
    }
    offices
}

/// A post with its institution: its own, else that of the first of its tenures which names one.
pub fn office(graph: &Graph, post: EntityId) -> Office {
    let own = targets(graph, post, Property::AtInstitution).next();
    let held =
        || holders(graph, post).into_iter().find_map(|tenure| targets(graph, tenure, Property::AtInstitution).next());
    Office { post, institution: own.or_else(held) }
}

/// The tenures of a post.
fn holders(graph: &Graph, post: EntityId) -> Vec<EntityId> {
    subjects(graph, post, Property::HoldsPost, Kind::Tenure)
}

fn tenures(graph: &Graph, post: EntityId) -> usize {
    holders(graph, post).len()
}

fn posts_at(graph: &Graph, institution: EntityId) -> Vec<EntityId> {
    let mut posts = subjects(graph, institution, Property::AtInstitution, Kind::Post);
    for tenure in subjects(graph, institution, Property::AtInstitution, Kind::Tenure) {
        let homeless = |post: &EntityId| targets(graph, *post, Property::AtInstitution).next().is_none();
        posts.extend(targets(graph, tenure, Property::HoldsPost).filter(homeless));
    }
    posts
}

fn parts_below(graph: &Graph, institution: EntityId) -> Vec<EntityId> {
    subjects(graph, institution, Property::Parent, Kind::Institution)
}

/// The entities of a kind of which it is said that a property of theirs is `target`.
fn subjects(graph: &Graph, target: EntityId, property: Property, kind: Kind) -> Vec<EntityId> {
    let dossier = graph.dossier();
    let claims = graph.links().to(target).iter().map(|&id| dossier.claim(id));
    let fitting = claims.filter(|claim| claim.property == property && is_actual(claim));
    fitting.map(|claim| claim.subject).filter(|&subject| dossier.entity(subject).kind == kind).collect()
}
