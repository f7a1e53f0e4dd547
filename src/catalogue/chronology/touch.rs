//! What a thing that happens touches, and which rows touch a thing.
//!
//! Invariant: both ways say the same, and an entity touches itself first.

use crate::catalogue::grouped::Grouped;
use crate::catalogue::links::Links;
use crate::catalogue::set::EntitySet;
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
/// first, then institutions, people and the rest.
pub fn touched_by(dossier: &Dossier, subject: EntityId) -> Vec<EntityId> {
    Walk::default().from(dossier, subject).to_vec()
}

/// The way back: everything that is one of these entities or touches one of them.
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
                let goes_on = belongs(claim.property) || is_holder(dossier, claim.subject, claim);
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
        self.found.push(subject);
        self.frontier.clear();
        self.frontier.push(subject);
        for step in 0..MAX_STEPS {
            self.next.clear();
            for &entity in &self.frontier {
                for claim in dossier.claims_of(entity) {
                    let Some(target) = Dossier::target(claim) else { continue };
                    let follows = belongs(claim.property);
                    // What happens names everyone it touches; a standing thing only belongs to its wholes.
                    let names_all = step == 0 && happens(dossier.entity(entity).kind);
                    let counts = names_all || follows || is_holder(dossier, entity, claim);
                    if counts && !self.found.contains(&target) {
                        self.found.push(target);
                        if follows || dossier.entity(target).kind == Kind::Tenure {
                            self.next.push(target);
                        }
                    }
                }
            }
            std::mem::swap(&mut self.frontier, &mut self.next);
        }
        self.found[1..].sort_unstable_by_key(|&entity| (dossier.entity(entity).kind, entity));
        &self.found
    }
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
