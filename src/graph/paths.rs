//! The shortest connections of two entities over claims.
//!
//! A connection is made of *steps* from one *station* to the next. A step rests on
//!
//! - one claim that names the one station and is about the other,
//! - two claims by which both stations are linked to one tenure, or
//! - three claims: a tenure has a person and a post, and the post an institution. Person and institution are its ends.
//!
//! So a tenure is never a station, unless it is an end of the whole. Neither is a place, nor a document: everything is
//! somewhere, and that two things are in one country connects them no more than that one page speaks of both.
//! Deprecated claims connect nothing.
//!
//! Connections are ordered by their length; then by what in them is denied, alleged, planned and inferred, each the fewer
//! the better; then by how many stations others before them have shown, by the number of their claims, by how many of
//! their stations very many claims point at, and by the ids of their stations, read from the end whose id comes first.
//!
//! Invariant: no station is passed twice, every step has its claims in the order in which it is walked, and the
//! connections of A and B are those of B and A, walked backwards.

mod search;

use std::collections::HashSet;

use super::Graph;
use crate::model::{Basis, ClaimId, Dossier, EntityId, Modality};
use crate::text::word::words;
use search::Search;

/// The most steps of a connection.
pub const MAX_STEPS: usize = 6;

/// The most connections that are returned.
pub const MAX_PATHS: usize = 3;

/// The most connections that are looked at; those that tell what another told, in other steps, are left out.
const MAX_TRIED: usize = 12;

words! {
    /// What a step rests on.
    Way {
        /// One claim.
        Link = "link",
        /// The claims of the person and the post of a tenure, and of the institution of that post.
        Office = "office",
        /// Two claims of or about one tenure.
        Tenure = "tenure",
    }
}

/// A step from one station to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// The station where it begins.
    pub from: EntityId,
    /// The station where it ends.
    pub to: EntityId,
    /// What it rests on.
    pub way: Way,
    claims: [Option<ClaimId>; 3],
}

impl Step {
    /// Returns its claims, in the order in which it is walked.
    pub fn claims(&self) -> impl DoubleEndedIterator<Item = ClaimId> {
        self.claims.into_iter().flatten()
    }

    /// Returns the modality of the claim that is the furthest from actual.
    pub fn modality(&self, graph: &Graph) -> Modality {
        let modalities = self.claims().map(|claim| graph.dossier().claim(claim).modality());
        modalities.max().unwrap_or(Modality::Actual)
    }

    /// Returns the basis of the claim that is the furthest from stated.
    pub fn basis(&self, graph: &Graph) -> Basis {
        let bases = self.claims().map(|claim| graph.dossier().claim(claim).basis());
        bases.max().unwrap_or(Basis::Stated)
    }

    fn reversed(&self) -> Self {
        let mut claims = [None; 3];
        for (place, claim) in claims.iter_mut().zip(self.claims().rev()) {
            *place = Some(claim);
        }
        Self { from: self.to, to: self.from, way: self.way, claims }
    }
}

/// A connection: at least one step, each beginning where the one before ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The steps.
    pub steps: Vec<Step>,
}

impl Path {
    /// Returns its stations, from the first end to the last.
    pub fn stations(&self) -> impl Iterator<Item = EntityId> {
        self.steps.first().map(|step| step.from).into_iter().chain(self.steps.iter().map(|step| step.to))
    }

    /// Returns the stations between its ends.
    pub fn between(&self) -> impl Iterator<Item = EntityId> {
        self.steps.iter().skip(1).map(|step| step.from)
    }

    /// Returns the modality of the step that is the furthest from actual.
    pub fn modality(&self, graph: &Graph) -> Modality {
        self.steps.iter().map(|step| step.modality(graph)).max().unwrap_or(Modality::Actual)
    }

    fn claims(&self) -> HashSet<ClaimId> {
        self.steps.iter().flat_map(Step::claims).collect()
    }

    fn reversed(&self) -> Self {
        Self { steps: self.steps.iter().rev().map(Step::reversed).collect() }
    }
}

/// Returns up to [`MAX_PATHS`] connections of two entities, of at most [`MAX_STEPS`] steps, the best first; none of an
/// entity with itself.
///
/// This is Yen's algorithm: another connection leaves one that was found at some station, by a step that none with the
/// same beginning has taken.
pub fn connections(graph: &Graph, a: EntityId, b: EntityId) -> Vec<Path> {
    if a == b {
        return Vec::new();
    }
    let (from, to) = (a.min(b), a.max(b));
    let mut search = Search::new(graph, from, to);
    let mut found: Vec<Path> = Vec::new();
    let mut shown: Vec<Path> = Vec::new();
    let mut candidates: Vec<Path> = search.from(from, MAX_STEPS).into_iter().map(|steps| Path { steps }).collect();
    while let Some(at) = best(&search, &candidates) {
        let path = candidates.swap_remove(at);
        if is_new(graph, &path, &shown) {
            search.show(path.between());
            shown.push(path.clone());
        }
        found.push(path);
        if shown.len() == MAX_PATHS || found.len() == MAX_TRIED {
            break;
        }
        branch(&mut search, &found, &mut candidates);
    }
    if a == from { shown } else { shown.iter().map(Path::reversed).collect() }
}

/// Returns the index of the best candidate.
fn best(search: &Search<'_>, candidates: &[Path]) -> Option<usize> {
    let key = |path: &Path| (path.steps.len(), search.cost(&path.steps), path.stations().collect::<Vec<_>>());
    let keys = candidates.iter().map(key).enumerate();
    keys.min_by(|(_, a), (_, b)| a.cmp(b)).map(|(at, _)| at)
}

/// Returns true if a connection passes none of its stations a second time, as the post of a step, and tells what no other
/// tells already.
fn is_new(graph: &Graph, path: &Path, shown: &[Path]) -> bool {
    let dossier = graph.dossier();
    let posts = path.steps.iter().filter(|step| step.way == Way::Office);
    let ends = |claim: ClaimId| [Some(dossier.claim(claim).subject), Dossier::target(dossier.claim(claim))];
    let mut within = posts
        .flat_map(|step| step.claims().flat_map(ends).flatten().filter(|&end| end != step.from && end != step.to))
        .collect::<HashSet<_>>()
        .into_iter();
    let claims = path.claims();
    !within.any(|inner| path.stations().any(|station| station == inner))
        && shown.iter().all(|other| !other.claims().is_subset(&claims) && !claims.is_subset(&other.claims()))
}

/// Adds the candidates that leave the connection found last.
fn branch(search: &mut Search<'_>, found: &[Path], candidates: &mut Vec<Path>) {
    let Some(last) = found.last() else { return };
    let stations: Vec<EntityId> = last.stations().collect();
    for (at, &spur) in stations.iter().take(last.steps.len()).enumerate() {
        let (root, _) = last.steps.split_at(at);
        let same_root = found.iter().filter(|path| {
            path.steps.len() > at && path.stations().take(at + 1).eq(stations.iter().copied().take(at + 1))
        });
        let taken = same_root.filter_map(|path| path.steps.get(at)).map(|step| step.to).collect();
        search.close(stations.iter().copied().take(at), taken);
        let rest = search.from(spur, MAX_STEPS - at);
        candidates.extend(rest.map(|rest| Path { steps: root.iter().copied().chain(rest).collect() }).filter(|path| {
            let same = |other: &Path| other.stations().eq(path.stations());
            !found.iter().any(same)
        }));
    }
    search.close([], HashSet::new());
    candidates.sort_by(|a, b| a.stations().cmp(b.stations()));
    candidates.dedup_by(|a, b| a.stations().eq(b.stations()));
}

#[cfg(test)]
mod tests;
