//! What tells entities of one label apart: an office, an institution, a kind, dates, or else the id.
//!
//! Only labels that are written alike are ambiguous. A document often has the name of what it is about, and it has a key, so
//! that documents are left alone. Of the traits the first one is taken that no namesake shares; a trait is what is stated as
//! fact.
//!
//! Invariant: the words for an entity differ from those for each of its namesakes.

use super::Graph;
use super::compare::actual_targets;
use super::slots::is_actual;
use crate::model::id::Sym;
use crate::model::names::MAX_NAMESAKES;
use crate::model::{Core, CoreKind, Dossier, EntityId, When};
use crate::vocabulary::Role;

/// The most tenures of a person of which the offices are told.
const MAX_TENURES: usize = 3;

/// The entities that share their label with another one.
#[derive(Debug)]
pub(super) struct Namesakes {
    /// By label, then by id.
    shared: Vec<(Sym, EntityId)>,
}

impl Namesakes {
    /// Collects them. It takes the time of a walk over all entities.
    pub(super) fn new(dossier: &Dossier) -> Self {
        let label = |entity: EntityId| dossier.entity(entity).label;
        let texts =
            dossier.entities().map(|entity| label(entity).index()).max().map_or(0, |last| last.saturating_add(1));
        let (mut known, mut several) = (vec![false; texts], vec![false; texts]);
        let named = || dossier.entities().filter(|&entity| dossier.core_kind(entity) != CoreKind::Document);
        for entity in named() {
            let at = label(entity).index();
            if let (Some(known), Some(several)) = (known.get_mut(at), several.get_mut(at)) {
                *several |= *known;
                *known = true;
            }
        }
        let is_shared = |entity: &EntityId| several.get(label(*entity).index()) == Some(&true);
        let mut shared: Vec<(Sym, EntityId)> =
            named().filter(is_shared).map(|entity| (label(entity), entity)).collect();
        shared.sort_unstable();
        Self { shared }
    }

    /// Returns the entities of a label, if there are several.
    fn of(&self, label: Sym) -> &[(Sym, EntityId)] {
        let start = self.shared.partition_point(|&(other, _)| other < label);
        let rest = self.shared.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|&(other, _)| other == label)).unwrap_or_default()
    }
}

/// Returns the words that tell an entity from all others of its label; `None` if there are no others.
pub(super) fn apart(graph: &Graph, namesakes: &Namesakes, entity: EntityId) -> Option<String> {
    let dossier = graph.dossier();
    let same = namesakes.of(dossier.entity(entity).label);
    if same.is_empty() || dossier.core_kind(entity) == CoreKind::Document {
        return None;
    }
    let others = || same.iter().map(|&(_, other)| other).filter(|&other| other != entity);
    let traits: &[fn(&Graph, EntityId) -> Option<String>] = if same.len() <= MAX_NAMESAKES {
        &[offices, institution, |graph, entity| Some(kind(graph, entity)), dates]
    } else {
        &[]
    };
    let told = traits.iter().find_map(|told| {
        told(graph, entity).filter(|own| others().all(|other| told(graph, other).as_ref() != Some(own)))
    });
    Some(told.unwrap_or_else(|| dossier.id(entity).to_owned()))
}

/// Returns the tenures that a person is said to have held.
fn tenures(graph: &Graph, person: EntityId) -> impl Iterator<Item = EntityId> {
    let dossier = graph.dossier();
    let links = graph.links().to(person).iter().map(|&id| dossier.claim(id));
    let held = links.filter(|claim| claim.property == Core::Person && is_actual(claim));
    let held = held.map(|claim| claim.subject).filter(|&subject| dossier.core_kind(subject) == CoreKind::Tenure);
    held.take(MAX_TENURES)
}

/// Returns the labels of the posts that a person held; `None` of none, and of anything but a person.
fn offices(graph: &Graph, entity: EntityId) -> Option<String> {
    let posts = tenures(graph, entity).flat_map(|tenure| actual_targets(graph.dossier(), tenure, Core::Post));
    joined(posts.map(|post| graph.dossier().label(post)))
}

/// Returns the labels of the institutions to which something belongs, or at which a person held a post.
fn institution(graph: &Graph, entity: EntityId) -> Option<String> {
    let dossier = graph.dossier();
    let of = |entity| {
        let whole = [Core::Institution, Core::Parent, Core::Party].into_iter();
        whole.flat_map(move |property| actual_targets(dossier, entity, property))
    };
    let at = tenures(graph, entity)
        .flat_map(|tenure| of(tenure).chain(actual_targets(dossier, tenure, Core::Post).flat_map(of)));
    joined(of(entity).chain(at).map(|home| dossier.label(home)))
}

/// Returns the labels, each once; `None` if there is none.
fn joined<'a>(labels: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut found: Vec<&str> = Vec::new();
    for label in labels {
        if !found.contains(&label) {
            found.push(label);
        }
    }
    (!found.is_empty()).then(|| found.join(", "))
}

fn kind(graph: &Graph, entity: EntityId) -> String {
    graph.dossier().kind(entity).label.to_lowercase()
}

/// Returns the first beginning and the last end of something, or of what a person held; else its first date.
fn dates(graph: &Graph, entity: EntityId) -> Option<String> {
    let dossier = graph.dossier();
    let of = |role: Option<Role>| -> Vec<&When> {
        let has = |property| role.is_none_or(|role| dossier.vocabulary().has_role(property, role));
        let of_one = |entity: EntityId| dossier.claims_of(entity).iter().filter(|claim| is_actual(claim));
        let own: Vec<&When> =
            of_one(entity).filter(|claim| has(claim.property)).filter_map(|claim| dossier.date(claim)).collect();
        if !own.is_empty() {
            return own;
        }
        let held = tenures(graph, entity).flat_map(of_one);
        held.filter(|claim| has(claim.property)).filter_map(|claim| dossier.date(claim)).collect()
    };
    let begins = of(Some(Role::Begins)).into_iter().min_by(|a, b| a.chronological(b));
    let ends = of(Some(Role::Ends)).into_iter().max_by(|a, b| a.chronological(b));
    match (begins, ends) {
        (Some(begins), Some(ends)) => Some(format!("{begins} – {ends}")),
        (Some(begins), None) => Some(format!("from {begins}")),
        (None, Some(ends)) => Some(format!("until {ends}")),
        (None, None) => of(None).into_iter().min_by(|a, b| a.chronological(b)).map(When::stated),
    }
}

#[cfg(test)]
mod tests;
