//! Agreements: when, between whom, over what, and who was in office on the day.
//!
//! Invariant: a party or a person stands once in a row, with every claim that names it.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::graph::containment::targets;
use crate::graph::slots::{best_date, remoteness, slot_ids, source_keys};
use crate::model::{ClaimId, Dossier, EntityId, Kind, Modality, Property, When};
use crate::offices::{Holding, PostTerms, holders_when, offices_held, offices_of};
use crate::search::Stop;
use crate::timeline::World;

/// One agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The agreement.
    pub entity: EntityId,
    /// The claim whose date is shown: the best one of signing, else of the announcement.
    pub date: Option<ClaimId>,
    /// All claims of when it was signed or announced.
    pub dates: Vec<ClaimId>,
    /// Who agreed, in the order of the documents.
    pub parties: Vec<Party>,
    /// Who signed.
    pub signatories: Vec<Presence>,
    /// In whose presence.
    pub witnesses: Vec<Presence>,
    /// What it covers.
    pub scopes: Vec<ClaimId>,
    /// Sums of money.
    pub amounts: Vec<ClaimId>,
    /// What is to be supplied.
    pub equipment: Vec<ClaimId>,
    /// Whether it came about, or is planned, alleged or denied.
    pub modality: Modality,
    /// The keys of the documents that speak of it.
    pub sources: Vec<String>,
}

/// One side of an agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// The institution or unit.
    pub entity: EntityId,
    /// The claims that name it as a party.
    pub claims: Vec<ClaimId>,
    /// Who held its offices on the day, those who were present first; none without a date, and none for an
    /// office that nobody is known ever to have held.
    pub offices: Vec<Holding>,
}

/// Somebody who signed or was present.
#[derive(Debug, Clone, PartialEq)]
pub struct Presence {
    /// As named: a person, a tenure or a post.
    pub entity: EntityId,
    /// The person, where one is named.
    pub person: Option<EntityId>,
    /// The claims that name them.
    pub claims: Vec<ClaimId>,
    /// Which offices they held on the day; of a post, who held it.
    pub offices: Vec<Holding>,
}

/// All agreements, by their date; those without one at the end.
pub fn agreements(world: &World) -> Vec<Agreement> {
    first_agreements(world, usize::MAX, &Stop::never()).unwrap_or_default()
}

/// The first `most` of them; none if it was stopped.
pub fn first_agreements(world: &World, most: usize, stop: &Stop) -> Option<Vec<Agreement>> {
    let dossier = world.dossier();
    let mut order: Vec<(Option<&When>, EntityId)> =
        dossier.of_kind(Kind::Agreement).map(|entity| (Dates::of(dossier, entity).when(dossier), entity)).collect();
    order.sort_by(|&(a, entity), &(b, other)| {
        let by_date = match (a, b) {
            (Some(x), Some(y)) => x.chronological(y),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_date.then_with(|| dossier.label(entity).cmp(dossier.label(other))).then(entity.cmp(&other))
    });
    let mut offices = Offices::default();
    let mut rows = Vec::new();
    for (_, entity) in order.into_iter().take(most) {
        if stop.is_set() {
            return None;
        }
        rows.push(Agreement::beside(world, entity, &mut offices));
    }
    Some(rows)
}

/// When an agreement was signed or announced.
struct Dates {
    /// The best claim of signing, else of the announcement.
    best: Option<ClaimId>,
    /// Those of signing, then those of the announcement.
    all: Vec<ClaimId>,
}

impl Dates {
    fn of(dossier: &Dossier, agreement: EntityId) -> Self {
        let [signed, announced] = [Property::Signed, Property::Announced]
            .map(|property| slot_ids(dossier, agreement, property).collect::<Vec<_>>());
        let best = best_date(dossier, signed.iter().copied()).or_else(|| best_date(dossier, announced.iter().copied()));
        Self { best, all: [signed, announced].concat() }
    }

    fn when<'a>(&self, dossier: &'a Dossier) -> Option<&'a When> {
        self.best.and_then(|id| dossier.date(dossier.claim(id)))
    }
}

/// The offices of parties of which anybody is known ever to have held one: many agreements have the same parties.
#[derive(Debug, Default)]
struct Offices {
    of: HashMap<EntityId, Vec<PostTerms>>,
}

impl Agreement {
    /// What is agreed in one.
    pub fn new(world: &World, entity: EntityId) -> Self {
        Self::beside(world, entity, &mut Offices::default())
    }

    /// The same, the offices of parties known from others.
    fn beside(world: &World, entity: EntityId, offices: &mut Offices) -> Self {
        let dossier = world.dossier();
        let slot = |property| slot_ids(dossier, entity, property).collect::<Vec<_>>();
        let dates = Dates::of(dossier, entity);
        let when = dates.when(dossier);
        let presences = |property| {
            let named = by_target(dossier, entity, property).into_iter();
            named.map(|(named, claims)| Presence::new(world, named, claims, when)).collect::<Vec<_>>()
        };
        let (signatories, witnesses) = (presences(Property::Signatory), presences(Property::Witness));
        let present: Vec<EntityId> = signatories.iter().chain(&witnesses).filter_map(|row| row.person).collect();
        let parties = by_target(dossier, entity, Property::Party)
            .into_iter()
            .map(|(party, claims)| {
                let offices = when.map(|when| offices.on(world, party, when, &present));
                Party { entity: party, claims, offices: offices.unwrap_or_default() }
            })
            .collect();
        let Dates { best: date, all: dates } = dates;
        // A scope may be planned where the agreement itself is not.
        let own = dates.iter().copied().chain(slot_ids(dossier, entity, Property::Party));
        let modality = own.map(|id| dossier.claim(id)).min_by_key(|claim| remoteness(claim));
        let all: Vec<ClaimId> = dossier.claim_ids_of(entity).collect();
        Self {
            entity,
            date,
            dates,
            parties,
            signatories,
            witnesses,
            scopes: slot(Property::Scope),
            amounts: slot(Property::Amount),
            equipment: slot(Property::Equipment),
            modality: modality.map_or(Modality::Actual, |claim| claim.modality),
            sources: source_keys(dossier, &all),
        }
    }

    /// The date that is shown.
    pub fn when<'a>(&self, dossier: &'a Dossier) -> Option<&'a When> {
        self.date.and_then(|id| dossier.date(dossier.claim(id)))
    }
}

impl Presence {
    fn new(world: &World, named: EntityId, claims: Vec<ClaimId>, when: Option<&When>) -> Self {
        let dossier = world.dossier();
        let person = match dossier.entity(named).kind {
            Kind::Person => Some(named),
            Kind::Tenure => targets(world, named, Property::OfPerson).next(),
            _ => None,
        };
        let offices = match (dossier.entity(named).kind, person) {
            (Kind::Post, _) => when.map(|when| holders_when(world, named, when)),
            (_, Some(person)) => when.map(|when| offices_held(world, person, when)),
            (_, None) => None,
        };
        let mut offices = offices.unwrap_or_default();
        if dossier.entity(named).kind == Kind::Tenure {
            offices.retain(|holding| holding.tenure == Some(named));
        }
        Self { entity: named, person, claims, offices }
    }
}

/// The entities to which a slot points, each with its claims, in the order of the documents.
fn by_target(dossier: &Dossier, entity: EntityId, property: Property) -> Vec<(EntityId, Vec<ClaimId>)> {
    let mut found: Vec<(EntityId, Vec<ClaimId>)> = Vec::new();
    for id in slot_ids(dossier, entity, property) {
        let Some(target) = Dossier::target(dossier.claim(id)) else { continue };
        match found.iter_mut().find(|(known, _)| *known == target) {
            Some((_, claims)) => claims.push(id),
            None => found.push((target, vec![id])),
        }
    }
    found
}

impl Offices {
    /// Who held the offices of a party: of an institution its own, of a unit those among its members.
    fn on(&mut self, world: &World, party: EntityId, when: &When, present: &[EntityId]) -> Vec<Holding> {
        let offices = self.of.entry(party).or_insert_with(|| held(world, party));
        let mut found: Vec<Holding> = offices.iter().flat_map(|office| office.holders_when(world, when)).collect();
        let is_present = |holding: &Holding| holding.person.is_some_and(|person| present.contains(&person));
        found.sort_by_key(|holding| (!is_present(holding), holding.certainty, holding.state));
        found
    }
}

/// The offices of a party that anybody is known ever to have held.
fn held(world: &World, party: EntityId) -> Vec<PostTerms> {
    let dossier = world.dossier();
    let own = offices_of(world, party).into_iter().filter(|office| office.institution == Some(party));
    let members = targets(world, party, Property::Member);
    let posts = own.map(|office| office.post).chain(members.filter(|&of| dossier.entity(of).kind == Kind::Post));
    posts.map(|post| PostTerms::of(world, post)).filter(|office| !office.is_empty()).collect()
}
