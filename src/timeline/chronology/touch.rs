//! Which entities a happening touches, and which rows touch an entity.
//!
//! A happening touches the entities that its claims name and the wholes to which those belong,
//! directly or through other wholes. Links that place nothing ([`Dossier::situates`]) are not followed.
//!
//! Invariant: both directions agree, and an entity touches itself first.

use crate::graph::entity_set::EntitySet;
use crate::graph::grouped::Grouped;
use crate::graph::links::Links;
use crate::model::{Claim, Core, CoreKind, Dossier, EntityId};

/// The index of a row of a chronology.
pub type RowIndex = u32;

/// Index of the relation in both directions.
#[derive(Debug)]
pub(super) struct TouchIndex {
    /// The touched entities of each entity; empty for one without rows.
    touched: Grouped<EntityId>,
    /// The rows that touch each entity.
    rows: Grouped<RowIndex>,
}

impl TouchIndex {
    /// Builds the index for every entity with a row; `by_subject` is sorted by entity.
    pub(super) fn new(dossier: &Dossier, by_subject: &[(EntityId, RowIndex)]) -> Self {
        let entities = dossier.entities().len();
        let touched = Grouped::in_order(entities, by_subject.len() * 2, |add| {
            let mut walk = Walk::default();
            for &(subject, _) in by_subject.chunk_by(|(a, _), (b, _)| a == b).filter_map(<[_]>::first) {
                add(subject.index(), walk.from(dossier, subject));
            }
        });
        let touches = |&(subject, row): &(EntityId, RowIndex)| {
            touched.of(subject.index()).iter().map(move |entity| (entity.index(), row))
        };
        let mut rows = Grouped::new(entities, || by_subject.iter().flat_map(touches));
        rows.lists_mut().for_each(<[RowIndex]>::sort_unstable);
        Self { touched, rows }
    }

    /// Returns what an entity touches; empty if it has no row.
    pub(super) fn touched(&self, entity: EntityId) -> &[EntityId] {
        self.touched.of(entity.index())
    }

    /// Returns the rows that touch an entity, in chronological order.
    pub(super) fn touching(&self, entity: EntityId) -> &[RowIndex] {
        self.rows.of(entity.index())
    }
}

/// Returns an entity, everything its claims name, and the wholes to which those belong: the entity first,
/// then institutions, people and the rest; at most 256.
pub fn touched_by(dossier: &Dossier, subject: EntityId) -> Vec<EntityId> {
    Walk::default().from(dossier, subject).to_vec()
}

/// Returns the entities that are among `targets` or touch one of them.
///
/// Unlike [`touched_by`] it has no upper limit. It follows links backwards from the targets, so that the time
/// depends on the size of the result and not of the dossier.
pub fn touching_any(dossier: &Dossier, links: &Links, targets: &[EntityId]) -> EntitySet {
    let mut found = EntitySet::new(dossier.entities().len());
    let mut passed = found.clone();
    for &target in targets {
        found.insert(target);
        passed.insert(target);
    }
    let mut frontier = targets.to_vec();
    for step in 0..MAX_STEPS {
        let mut next = Vec::new();
        for &target in &frontier {
            let is_tenure = dossier.core_kind(target) == CoreKind::Tenure;
            for &id in links.to(target) {
                let claim = dossier.claim(id);
                let continues = continues_along(dossier, claim);
                // After the first step only members and tenures pass the relation on; other mentions do not.
                let leads = step == 0 || is_tenure || dossier.vocabulary().is_whole(claim.property);
                if !leads || !continues && !happens(dossier.core_kind(claim.subject)) || !dossier.situates(claim) {
                    continue;
                }
                found.insert(claim.subject);
                if continues && passed.insert(claim.subject) {
                    next.push(claim.subject);
                }
            }
        }
        frontier = next;
    }
    found
}

/// The most containment steps that are followed; a unit of a unit of an institution takes three.
const MAX_STEPS: usize = 4;

/// The most entities that one entity touches, itself included; the direct ones first, then the nearer wholes.
/// The limit keeps an entity that names very many others from being listed with each of them.
const MAX_TOUCHED: usize = 256;

/// The most claims that are followed from one entity to its wholes.
const MAX_FOLLOWED: usize = 1024;

/// For an entity with more claims than this, only the slots along which the search can continue are looked at.
const SCAN_LIMIT: usize = 64;

/// Breadth-first search; its buffers are reused from one entity to the next.
#[derive(Debug, Default)]
struct Walk {
    found: Vec<EntityId>,
    frontier: Vec<EntityId>,
    next: Vec<EntityId>,
}

impl Walk {
    fn from(&mut self, dossier: &Dossier, subject: EntityId) -> &[EntityId] {
        self.found.clear();
        self.next.clear();
        // A happening touches everything its claims name, any other entity only its wholes.
        let names_all = happens(dossier.core_kind(subject));
        for claim in dossier.claims_of(subject).iter().filter(|claim| names_all || continues_along(dossier, claim)) {
            self.take(dossier, subject, claim);
        }
        let mut left = MAX_FOLLOWED;
        for _ in 1..MAX_STEPS {
            let mut frontier = std::mem::replace(&mut self.next, std::mem::take(&mut self.frontier));
            for claim in frontier.drain(..).flat_map(|entity| onward(dossier, entity)).take(left) {
                left -= 1;
                self.take(dossier, subject, claim);
            }
            self.frontier = frontier;
        }
        self.found.sort_unstable_by_key(|&entity| (dossier.kind(entity).position, entity));
        self.found.insert(0, subject);
        &self.found
    }

    /// Adds the entity that a claim names, unless it is known or the limit is reached.
    fn take(&mut self, dossier: &Dossier, subject: EntityId, claim: &Claim) {
        let Some(target) = Dossier::target(claim).filter(|&target| target != subject) else { return };
        if self.found.len() + 1 < MAX_TOUCHED && !self.found.contains(&target) && dossier.situates(claim) {
            self.found.push(target);
            if dossier.vocabulary().is_whole(claim.property) || dossier.core_kind(target) == CoreKind::Tenure {
                self.next.push(target);
            }
        }
    }
}

/// Returns the claims of an entity along which the search continues.
fn onward(dossier: &Dossier, entity: EntityId) -> impl Iterator<Item = &Claim> {
    let claims = dossier.claims_of(entity);
    let is_few = claims.len() <= SCAN_LIMIT;
    let slots = dossier.vocabulary().ways().iter().filter(move |_| !is_few);
    let slots = slots.flat_map(move |&property| dossier.slot(entity, property));
    let all = if is_few { claims } else { &[] };
    all.iter().chain(slots).filter(|claim| continues_along(dossier, claim))
}

/// Returns true if the search continues along a claim: to a whole, or from a tenure to its person.
fn continues_along(dossier: &Dossier, claim: &Claim) -> bool {
    dossier.vocabulary().is_whole(claim.property) || is_holder(dossier, claim.subject, claim)
}

/// Returns true for kinds of entities that happen at a time, such as events and tenures; false for kinds that
/// exist, such as people and places.
pub fn happens(kind: CoreKind) -> bool {
    match kind {
        CoreKind::Event | CoreKind::Agreement | CoreKind::Tenure | CoreKind::Item => true,
        CoreKind::Institution
        | CoreKind::Unit
        | CoreKind::Person
        | CoreKind::Post
        | CoreKind::Place
        | CoreKind::Document => false,
    }
}

/// Returns true if the claim names the person of a tenure.
fn is_holder(dossier: &Dossier, entity: EntityId, claim: &Claim) -> bool {
    claim.property == Core::Person && dossier.core_kind(entity) == CoreKind::Tenure
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PropertyId;
    use crate::model::builder::Handle;
    use crate::model::{Builder, NewClaim, NewValue, When};
    use crate::timeline::chronology::Chronology;
    use crate::vocabulary::testing::{property, seeds};
    use std::sync::Arc;

    const MANY: usize = 10_000;

    fn add(builder: &mut Builder, kind: CoreKind, number: usize) -> Handle {
        builder.entity(kind, &format!("{number:05}"), "x").unwrap()
    }

    fn say(builder: &mut Builder, subject: Handle, property: impl Into<PropertyId>, target: Handle) {
        builder.claim(NewClaim::new(subject, property, NewValue::Entity(target)));
    }

    fn happen(builder: &mut Builder, number: usize) -> Handle {
        let event = add(builder, CoreKind::Event, number);
        let date = NewValue::Date(When::parse("2001").unwrap());
        builder.claim(NewClaim::new(event, Core::When, date));
        event
    }

    /// Checks that no list is longer than allowed and that both directions agree.
    fn check(dossier: &Dossier, rows: usize) -> Chronology {
        let (chronology, links) = (Chronology::new(dossier), Links::new(dossier));
        assert_eq!(chronology.rows().len(), rows);
        for (number, row) in chronology.rows().iter().enumerate() {
            let touched = chronology.touched(number as RowIndex);
            assert_eq!(touched.first(), Some(&row.subject));
            assert!(touched.len() <= MAX_TOUCHED, "{}", touched.len());
            assert!(touched.iter().all(|&entity| chronology.touching(entity).binary_search(&(number as u32)).is_ok()));
        }
        for &target in chronology.touched(0) {
            let back = touching_any(dossier, &links, &[target]);
            assert!(chronology.touching(target).iter().all(|&row| back.has(chronology.row(row).subject)));
        }
        chronology
    }

    #[test]
    fn a_unit_with_many_wholes_does_not_list_every_event_with_each() {
        let mut builder = Builder::new(Arc::clone(seeds()));
        let unit = add(&mut builder, CoreKind::Unit, 0);
        for number in 0..MANY {
            let parent = add(&mut builder, CoreKind::Institution, number);
            say(&mut builder, unit, Core::Parent, parent);
            let event = happen(&mut builder, number);
            say(&mut builder, event, property("department"), unit);
        }
        let dossier = builder.finish();
        let chronology = check(&dossier, MANY);
        // The entities that an event itself names are always listed.
        let unit = dossier.find("unit/00000").unwrap();
        assert_eq!(chronology.touching(unit).len(), MANY);
    }

    #[test]
    fn a_long_chain_of_wholes_is_followed_for_a_few_steps() {
        let mut builder = Builder::new(Arc::clone(seeds()));
        let chain: Vec<Handle> = (0..MANY).map(|number| add(&mut builder, CoreKind::Institution, number)).collect();
        for pair in chain.windows(2) {
            say(&mut builder, pair[0], Core::Parent, pair[1]);
        }
        for number in 0..MANY {
            let event = happen(&mut builder, number);
            say(&mut builder, event, Core::Institution, chain[0]);
        }
        let dossier = builder.finish();
        let chronology = check(&dossier, MANY);
        assert_eq!(chronology.touched(0).len(), 1 + MAX_STEPS);
    }

    #[test]
    fn a_cycle_of_wholes_ends() {
        let mut builder = Builder::new(Arc::clone(seeds()));
        let ring: Vec<Handle> = (0..100).map(|number| add(&mut builder, CoreKind::Institution, number)).collect();
        for (&part, &whole) in ring.iter().flat_map(|part| ring.iter().map(move |whole| (part, whole))) {
            say(&mut builder, part, Core::Parent, whole);
        }
        for number in 0..MANY {
            let event = happen(&mut builder, number);
            say(&mut builder, event, Core::Institution, ring[number % ring.len()]);
        }
        let chronology = check(&builder.finish(), MANY);
        assert_eq!(chronology.touched(0).len(), 1 + ring.len());
    }
}
