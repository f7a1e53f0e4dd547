//! One search: the best of the shortest ways from a station to the end.
//!
//! Both ends are searched, the side with fewer claims first, until the sides meet. The stations of all shortest ways are
//! then marked, and among those the best way is found layer by layer.
//!
//! Invariant: a station that is closed is not passed, and what is returned does not depend on the order of claims.

#![expect(clippy::indexing_slicing, reason = "there is a distance for each entity")]

use std::collections::{BTreeMap, HashSet};

use super::{Step, Way};
use crate::graph::Graph;
use crate::graph::slots::slot_ids;
use crate::model::{Basis, Claim, ClaimId, Core, CoreKind, Dossier, EntityId, Modality, Rank};

/// An entity at which more claims point than this is passed only where nothing else of the same length is found.
const HUB: usize = 200;

/// The distance of an entity that was not reached.
const FAR: u8 = u8::MAX;

/// What speaks against a way, the weightiest first; the less the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Cost {
    denied: u8,
    alleged: u8,
    planned: u8,
    inferred: u8,
    shown: u8,
    claims: u8,
    hubs: u8,
}

impl Cost {
    fn plus(self, other: Self) -> Self {
        Self {
            denied: self.denied + other.denied,
            alleged: self.alleged + other.alleged,
            planned: self.planned + other.planned,
            inferred: self.inferred + other.inferred,
            shown: self.shown + other.shown,
            claims: self.claims + other.claims,
            hubs: self.hubs + other.hubs,
        }
    }
}

/// The ends, and what must not be passed.
pub(super) struct Search<'g> {
    graph: &'g Graph,
    ends: [EntityId; 2],
    /// The stations that were shown in other connections.
    shown: HashSet<EntityId>,
    /// The stations that may not be passed.
    closed: HashSet<EntityId>,
    /// The stations to which the first step may not lead.
    taken: HashSet<EntityId>,
}

/// What one side of a search has reached.
struct Reached {
    distances: Vec<u8>,
    frontier: Vec<EntityId>,
    depth: u8,
}

impl Reached {
    fn new(count: usize, start: EntityId) -> Self {
        let mut distances = vec![FAR; count];
        distances[start.index()] = 0;
        Self { distances, frontier: vec![start], depth: 0 }
    }

    fn distance(&self, entity: EntityId) -> u8 {
        self.distances[entity.index()]
    }
}

impl<'g> Search<'g> {
    pub(super) fn new(graph: &'g Graph, from: EntityId, to: EntityId) -> Self {
        Self { graph, ends: [from, to], shown: HashSet::new(), closed: HashSet::new(), taken: HashSet::new() }
    }

    /// Notes the stations of a connection that is shown.
    pub(super) fn show(&mut self, stations: impl IntoIterator<Item = EntityId>) {
        self.shown.extend(stations);
    }

    /// Sets the stations that may not be passed, and those to which the first step may not lead.
    pub(super) fn close(&mut self, closed: impl IntoIterator<Item = EntityId>, taken: HashSet<EntityId>) {
        self.closed = closed.into_iter().collect();
        self.taken = taken;
    }

    /// Returns the cost of a way.
    pub(super) fn cost(&self, steps: &[Step]) -> Cost {
        let steps = steps.iter().map(|step| self.cost_of(step));
        steps.fold(Cost::default(), Cost::plus)
    }

    /// Returns the cost of a step and of the station to which it leads.
    fn cost_of(&self, step: &Step) -> Cost {
        let modality = step.modality(self.graph);
        let is_end = self.ends.contains(&step.to);
        let is_hub = self.graph.links().to(step.to).len() > HUB;
        Cost {
            denied: u8::from(modality == Modality::Denied),
            alleged: u8::from(modality == Modality::Alleged),
            planned: u8::from(modality == Modality::Planned),
            inferred: u8::from(matches!(step.basis(self.graph), Basis::Counted | Basis::Inferred)),
            shown: u8::from(!is_end && self.shown.contains(&step.to)),
            claims: step.claims().count() as u8,
            hubs: u8::from(!is_end && is_hub),
        }
    }

    /// Returns the best of the shortest ways from a station to the last end, of at most `most` steps.
    pub(super) fn from(&self, start: EntityId, most: usize) -> Option<Vec<Step>> {
        let end = self.ends[1];
        let count = self.graph.dossier().entities().len();
        let (mut there, mut back) = (Reached::new(count, start), Reached::new(count, end));
        while !meet(&there, &back) {
            if usize::from(there.depth + back.depth) >= most || there.frontier.is_empty() || back.frontier.is_empty() {
                return None;
            }
            let near = if self.links_at(&there) <= self.links_at(&back) { &mut there } else { &mut back };
            self.widen(near, start);
        }
        let layers = self.layers(&there, &back, start);
        self.walk(&layers, start)
    }

    /// Returns the number of claims that point at the frontier of a side, as a measure of the work to widen it.
    fn links_at(&self, side: &Reached) -> usize {
        side.frontier.iter().map(|&entity| self.graph.links().to(entity).len()).sum()
    }

    /// Reaches one step further.
    fn widen(&self, side: &mut Reached, start: EntityId) {
        let frontier = std::mem::take(&mut side.frontier);
        let depth = side.depth + 1;
        for entity in frontier {
            self.steps(entity, start, &mut |step| {
                let distance = &mut side.distances[step.to.index()];
                if *distance == FAR {
                    *distance = depth;
                    side.frontier.push(step.to);
                }
            });
        }
        side.depth = depth;
    }

    /// Returns the stations on shortest ways by their distance from the start.
    fn layers(&self, there: &Reached, back: &Reached, start: EntityId) -> Vec<HashSet<EntityId>> {
        let middle: HashSet<EntityId> =
            there.frontier.iter().copied().filter(|&entity| back.distance(entity) == back.depth).collect();
        let toward = |side: &Reached, middle: HashSet<EntityId>| {
            let mut layers = vec![middle];
            for depth in (0..side.depth).rev() {
                let mut next = HashSet::new();
                for &entity in layers.last().into_iter().flatten() {
                    self.steps(entity, start, &mut |step| {
                        if side.distance(step.to) == depth {
                            next.insert(step.to);
                        }
                    });
                }
                layers.push(next);
            }
            layers
        };
        let mut layers = toward(there, middle.clone());
        layers.reverse();
        layers.extend(toward(back, middle).into_iter().skip(1));
        layers
    }

    /// Returns the best way through the layers.
    fn walk(&self, layers: &[HashSet<EntityId>], start: EntityId) -> Option<Vec<Step>> {
        let key = |(cost, steps): &(Cost, Vec<Step>)| (*cost, steps.iter().map(|step| step.to).collect::<Vec<_>>());
        let mut ways: BTreeMap<EntityId, (Cost, Vec<Step>)> = BTreeMap::from([(start, Default::default())]);
        for layer in layers.iter().skip(1) {
            let mut next: BTreeMap<EntityId, (Cost, Vec<Step>)> = BTreeMap::new();
            for (&entity, (cost, steps)) in &ways {
                for (to, step) in self.best_steps(entity, start, layer) {
                    let way = (cost.plus(self.cost_of(&step)), steps.iter().copied().chain([step]).collect());
                    if next.get(&to).is_none_or(|known| key(&way) < key(known)) {
                        next.insert(to, way);
                    }
                }
            }
            ways = next;
        }
        ways.remove(&self.ends[1]).map(|(_, steps)| steps)
    }

    /// Returns the best step to each station of a layer: the surest, then one that names the post.
    fn best_steps(&self, entity: EntityId, start: EntityId, layer: &HashSet<EntityId>) -> BTreeMap<EntityId, Step> {
        let key = |step: &Step| (Cost { claims: 0, ..self.cost_of(step) }, *step);
        let mut best: BTreeMap<EntityId, Step> = BTreeMap::new();
        self.steps(entity, start, &mut |step| {
            if layer.contains(&step.to) && best.get(&step.to).is_none_or(|known| key(&step) < key(known)) {
                best.insert(step.to, step);
            }
        });
        best
    }

    /// Calls a function with every step from a station that may be taken.
    fn steps(&self, from: EntityId, start: EntityId, visit: &mut impl FnMut(Step)) {
        let is_open = |to: EntityId| {
            let is_taken = from == start && self.taken.contains(&to) || to == start && self.taken.contains(&from);
            (to == start || self.is_station(to)) && !self.closed.contains(&to) && !is_taken
        };
        steps(self.graph, from, |entity| self.ends.contains(&entity), &mut |step| {
            if is_open(step.to) {
                visit(step);
            }
        });
    }

    fn is_station(&self, entity: EntityId) -> bool {
        let kind = self.graph.dossier().core_kind(entity);
        self.ends.contains(&entity) || !matches!(kind, CoreKind::Tenure | CoreKind::Place | CoreKind::Document)
    }
}

/// Returns true if a station has been reached from both sides. The sides meet at the frontier of both: a station nearer to
/// one of them would have been reached from the other before.
fn meet(there: &Reached, back: &Reached) -> bool {
    let (one, other) = if there.frontier.len() <= back.frontier.len() { (there, back) } else { (back, there) };
    one.frontier.iter().any(|&entity| other.distance(entity) != FAR)
}

/// Calls a function with every step from a station, whatever the kind of the next one; a tenure is passed unless it is an
/// end.
fn steps(graph: &Graph, from: EntityId, is_end: impl Fn(EntityId) -> bool, visit: &mut impl FnMut(Step)) {
    let dossier = graph.dossier();
    let is_passed = |entity| dossier.core_kind(entity) == CoreKind::Tenure && !is_end(entity);
    let mut add = |to: EntityId, way: Way, claims: [Option<ClaimId>; 3]| {
        if to != from && !is_passed(to) {
            visit(Step { from, to, way, claims });
        }
    };
    for (claim, near) in links(graph, from) {
        if !is_passed(near) {
            add(near, Way::Link, [Some(claim), None, None]);
            continue;
        }
        for (second, far) in links(graph, near) {
            add(far, Way::Tenure, [Some(claim), Some(second), None]);
            if is(dossier, claim, near, Core::Person) && is(dossier, second, near, Core::Post) {
                for (third, institution) in targets(dossier, far, Core::Institution) {
                    add(institution, Way::Office, [Some(claim), Some(second), Some(third)]);
                }
            }
        }
    }
    // The same from its other end.
    for (claim, post) in links(graph, from).filter(|&(claim, post)| {
        dossier.core_kind(post) == CoreKind::Post && is(dossier, claim, post, Core::Institution)
    }) {
        for (second, tenure) in
            links(graph, post).filter(|&(second, tenure)| is_passed(tenure) && is(dossier, second, tenure, Core::Post))
        {
            for (third, person) in targets(dossier, tenure, Core::Person) {
                add(person, Way::Office, [Some(claim), Some(second), Some(third)]);
            }
        }
    }
}

/// Returns true if a claim is one of a property of an entity.
fn is(dossier: &Dossier, claim: ClaimId, subject: EntityId, property: Core) -> bool {
    let claim = dossier.claim(claim);
    claim.subject == subject && claim.property == property
}

/// Returns the claims of a property that are not deprecated, each with the entity that it names.
fn targets(dossier: &Dossier, entity: EntityId, property: Core) -> impl Iterator<Item = (ClaimId, EntityId)> {
    slot_ids(dossier, entity, property).filter_map(|id| connects(dossier.claim(id)).map(|target| (id, target)))
}

/// Returns the entity that a claim names, unless it is deprecated.
fn connects(claim: &Claim) -> Option<EntityId> {
    Dossier::target(claim).filter(|_| claim.rank() != Rank::Deprecated)
}

/// Returns the claims that link an entity with another one, in either direction, each with that other one.
fn links(graph: &Graph, entity: EntityId) -> impl Iterator<Item = (ClaimId, EntityId)> {
    let dossier = graph.dossier();
    let own = dossier.claim_ids_of(entity).filter_map(|id| Some((id, connects(dossier.claim(id))?)));
    let incoming = graph.links().to(entity).iter().map(|&id| (id, dossier.claim(id)));
    let incoming = incoming.filter(|(_, claim)| connects(claim).is_some()).map(|(id, claim)| (id, claim.subject));
    own.chain(incoming).filter(move |&(_, other)| other != entity)
}
