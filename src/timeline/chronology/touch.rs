//! What a thing that happens touches, and which rows touch a thing.
//!
//! Invariant: both ways say the same, and an entity touches itself first.

use crate::graph::entity_set::EntitySet;
use crate::graph::grouped::Grouped;
use crate::graph::links::Links;
use crate::model::{Claim, Dossier, EntityId, Kind, Property};

/// A row of a chronology, by number.
pub type RowIndex = u32;

/// Both ways; see the module.
#[derive(Debug)]
pub(super) struct Touch {
    /// For each entity; nothing for one without rows.
    touched: Grouped<EntityId>,
    /// For each entity.
    rows: Grouped<RowIndex>,
}

impl Touch {
    /// Follows the claims of everything that has a row; the rows are given in the order of their subjects.
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

    /// What an entity with a row touches.
    pub(super) fn touched(&self, entity: EntityId) -> &[EntityId] {
        self.touched.of(entity.index())
    }

    /// The rows that touch an entity, in order.
    pub(super) fn touching(&self, entity: EntityId) -> &[RowIndex] {
        self.rows.of(entity.index())
    }
}

/// An entity, everything its claims name, and the wholes to which those belong: the entity
/// first, then institutions, people and the rest; 256 at most.
pub fn touched_by(dossier: &Dossier, subject: EntityId) -> Vec<EntityId> {
    Walk::default().from(dossier, subject).to_vec()
}

/// The way back: everything that is one of these entities or touches one of them. Here nothing is left out:
/// what touches more than a list holds is found from each of them.
///
/// Only what points at them is looked at, so that it takes time with what is found, not with the dossier.
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
            let is_tenure = dossier.entity(target).kind == Kind::Tenure;
            for &id in links.to(target) {
                let claim = dossier.claim(id);
                let goes_on = leads_on(dossier, claim);
                // What names something on the way to a target, and does not belong to it, does not touch the target.
                let leads = step == 0 || is_tenure || belongs(claim.property);
                if !leads || !goes_on && !happens(dossier.entity(claim.subject).kind) {
                    continue;
                }
                found.insert(claim.subject);
                if goes_on && passed.insert(claim.subject) {
                    next.push(claim.subject);
                }
            }
        }
        frontier = next;
    }
    found
}

/// How many steps of belonging are followed; a unit of a unit of an institution is three.
const MAX_STEPS: usize = 4;

/// How many one touches at most, itself among them: those first that its own claims name, then the nearer wholes.
/// What has more is no record of anything, and every row of it would be listed with each of them.
const MAX_TOUCHED: usize = 256;

/// How many claims are followed on the way from one to its wholes.
const MAX_FOLLOWED: usize = 1024;

/// Of what has more claims, only the slots that lead on are looked at.
const FEW: usize = 64;

/// Lists that are used again for every walk.
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
        // What happens names everyone it touches; a standing thing only belongs to its wholes.
        let names_all = happens(dossier.entity(subject).kind);
        for claim in dossier.claims_of(subject).iter().filter(|claim| names_all || leads_on(dossier, claim)) {
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
        self.found.sort_unstable_by_key(|&entity| (dossier.entity(entity).kind, entity));
        self.found.insert(0, subject);
        &self.found
    }

    /// Takes in whom a claim names.
    fn take(&mut self, dossier: &Dossier, subject: EntityId, claim: &Claim) {
        let Some(target) = Dossier::target(claim).filter(|&target| target != subject) else { return };
        if self.found.len() + 1 < MAX_TOUCHED && !self.found.contains(&target) {
            self.found.push(target);
            if belongs(claim.property) || dossier.entity(target).kind == Kind::Tenure {
                self.next.push(target);
            }
        }
    }
}

/// The claims of an entity that lead on from it.
fn onward(dossier: &Dossier, entity: EntityId) -> impl Iterator<Item = &Claim> {
    let claims = dossier.claims_of(entity);
    let (all, slots) = if claims.len() <= FEW { (claims, &[][..]) } else { (&[][..], &ONWARD[..]) };
    let slots = slots.iter().flat_map(move |&property| dossier.slot(entity, property));
    all.iter().chain(slots).filter(|claim| leads_on(dossier, claim))
}

/// The properties along which there is a way on.
const ONWARD: [Property; 9] = [
    Property::Parent,
    Property::AtInstitution,
    Property::Department,
    Property::HoldsPost,
    Property::Party,
    Property::OfAgreement,
    Property::OfFacility,
    Property::OfProgramme,
    Property::OfPerson,
];

/// Whether there is a way on along a claim: to a whole, or from a tenure to its person.
fn leads_on(dossier: &Dossier, claim: &Claim) -> bool {
    belongs(claim.property) || is_holder(dossier, claim.subject, claim)
}

/// Along these, what happens to a part touches the whole.
fn belongs(property: Property) -> bool {
    matches!(
        property,
        Property::Parent
            | Property::AtInstitution
            | Property::Department
            | Property::HoldsPost
            | Property::Party
            | Property::OfAgreement
            | Property::OfFacility
            | Property::OfProgramme
    )
}

/// Whether an entity is something that happens, rather than something that is.
pub fn happens(kind: Kind) -> bool {
    match kind {
        Kind::Event | Kind::Agreement | Kind::Tenure | Kind::Facility | Kind::Programme => true,
        Kind::Institution | Kind::Unit | Kind::Person | Kind::Post | Kind::Scheme | Kind::Place | Kind::Document => {
            false
        }
    }
}

/// A tenure that is named stands for its person.
fn is_holder(dossier: &Dossier, entity: EntityId, claim: &Claim) -> bool {
    dossier.entity(entity).kind == Kind::Tenure && claim.property == Property::OfPerson
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;
    use crate::model::builder::Handle;
    use crate::model::{Builder, NewClaim, NewValue, When};
    use crate::timeline::chronology::Chronology;

    const MANY: usize = 10_000;

    fn add(builder: &mut Builder, kind: Kind, number: usize) -> Handle {
        builder.entity(kind, &format!("{number:05}"), "x").unwrap()
    }

    fn say(builder: &mut Builder, subject: Handle, property: Property, target: Handle) {
        builder.claim(NewClaim::new(subject, property, NewValue::Entity(target)));
    }

    fn happen(builder: &mut Builder, number: usize) -> Handle {
        let event = add(builder, Kind::Event, number);
        let date = NewValue::Date(When::parse("2001").unwrap());
        builder.claim(NewClaim::new(event, Property::When, date));
        event
    }

    /// Nothing is listed with more than it may be, and the way back finds all that is listed.
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
    fn a_whole_of_many_wholes_does_not_list_every_event_with_each() {
        let mut builder = Builder::default();
        let unit = add(&mut builder, Kind::Unit, 0);
        for number in 0..MANY {
            let parent = add(&mut builder, Kind::Institution, number);
            say(&mut builder, unit, Property::Parent, parent);
            let event = happen(&mut builder, number);
            say(&mut builder, event, Property::Department, unit);
        }
        let dossier = builder.finish();
        let chronology = check(&dossier, MANY);
        // What an event names itself is never left out for a whole.
        let unit = dossier.find("unit/00000").unwrap();
        assert_eq!(chronology.touching(unit).len(), MANY);
    }

    #[test]
    fn a_chain_of_many_wholes_is_followed_a_few_steps() {
        let mut builder = Builder::default();
        let chain: Vec<Handle> = (0..MANY).map(|number| add(&mut builder, Kind::Institution, number)).collect();
        for pair in chain.windows(2) {
            say(&mut builder, pair[0], Property::Parent, pair[1]);
        }
        for number in 0..MANY {
            let event = happen(&mut builder, number);
            say(&mut builder, event, Property::AtInstitution, chain[0]);
        }
        let dossier = builder.finish();
        let chronology = check(&dossier, MANY);
        assert_eq!(chronology.touched(0).len(), 1 + MAX_STEPS);
    }

    #[test]
    fn wholes_that_are_all_parts_of_each_other_end() {
        let mut builder = Builder::default();
        let ring: Vec<Handle> = (0..100).map(|number| add(&mut builder, Kind::Institution, number)).collect();
        for (&part, &whole) in ring.iter().flat_map(|part| ring.iter().map(move |whole| (part, whole))) {
            say(&mut builder, part, Property::Parent, whole);
        }
        for number in 0..MANY {
            let event = happen(&mut builder, number);
            say(&mut builder, event, Property::AtInstitution, ring[number % ring.len()]);
        }
        let chronology = check(&builder.finish(), MANY);
        assert_eq!(chronology.touched(0).len(), 1 + ring.len());
    }

    #[test]
    fn every_way_on_is_among_the_slots_that_lead_on() {
        for &property in Property::ALL {
            let is_way = belongs(property) || property == Property::OfPerson;
            assert_eq!(ONWARD.contains(&property), is_way, "{property:?}");
        }
    }
}
