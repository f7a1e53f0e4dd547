//! Agreements: when, between whom, over what, and who was in office on the day.
//!
//! Invariant: a party or a person stands once in a row, with every claim that names it.

use std::cmp::Ordering;

use crate::catalogue::Catalogue;
use crate::catalogue::office::{Holding, holders_when, offices_held, offices_of};
use crate::catalogue::parts::targets;
use crate::catalogue::slots::{best_date, remoteness, slot_ids, source_keys};
use crate::model::{ClaimId, Dossier, EntityId, Kind, Modality, Property, When};

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
    /// Who held its offices on the day, those who were present first; none without a date.
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
pub fn agreements(catalogue: &Catalogue) -> Vec<Agreement> {
    let dossier = catalogue.dossier();
    let mut rows: Vec<Agreement> =
        dossier.of_kind(Kind::Agreement).map(|entity| Agreement::new(catalogue, entity)).collect();
    rows.sort_by(|a, b| {
        let by_date = match (a.when(dossier), b.when(dossier)) {
            (Some(x), Some(y)) => x.chronological(y),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_date.then_with(|| dossier.label(a.entity).cmp(dossier.label(b.entity))).then(a.entity.cmp(&b.entity))
    });
    rows
}

impl Agreement {
    /// What is agreed in one.
    pub fn new(catalogue: &Catalogue, entity: EntityId) -> Self {
        let dossier = catalogue.dossier();
        let slot = |property| slot_ids(dossier, entity, property).collect::<Vec<_>>();
        let (signed, announced) = (slot(Property::Signed), slot(Property::Announced));
        let date = best_date(dossier, signed.iter().copied()).or_else(|| best_date(dossier, announced.iter().copied()));
        let when = date.and_then(|id| dossier.date(dossier.claim(id)));
        let presences = |property| {
            let named = by_target(dossier, entity, property).into_iter();
            named.map(|(named, claims)| Presence::new(catalogue, named, claims, when)).collect::<Vec<_>>()
        };
        let (signatories, witnesses) = (presences(Property::Signatory), presences(Property::Witness));
        let present: Vec<EntityId> = signatories.iter().chain(&witnesses).filter_map(|row| row.person).collect();
        let parties = by_target(dossier, entity, Property::Party)
            .into_iter()
            .map(|(party, claims)| Party { entity: party, claims, offices: offices(catalogue, party, when, &present) })
            .collect();
        let dates = [signed, announced].concat();
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
    fn new(catalogue: &Catalogue, named: EntityId, claims: Vec<ClaimId>, when: Option<&When>) -> Self {
        let dossier = catalogue.dossier();
        let person = match dossier.entity(named).kind {
            Kind::Person => Some(named),
            Kind::Tenure => targets(catalogue, named, Property::OfPerson).next(),
            _ => None,
        };
        let offices = match (dossier.entity(named).kind, person) {
            (Kind::Post, _) => when.map(|when| holders_when(catalogue, named, when)),
            (_, Some(person)) => when.map(|when| offices_held(catalogue, person, when)),
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

/// Who held the offices of a party: of an institution its own, of a unit those among its members.
fn offices(catalogue: &Catalogue, party: EntityId, when: Option<&When>, present: &[EntityId]) -> Vec<Holding> {
    let Some(when) = when else { return Vec::new() };
    let dossier = catalogue.dossier();
    let own = offices_of(catalogue, party).into_iter().filter(|office| office.institution == Some(party));
    let members = targets(catalogue, party, Property::Member);
    let posts = own.map(|office| office.post).chain(members.filter(|&of| dossier.entity(of).kind == Kind::Post));
    let mut offices: Vec<Holding> = posts.flat_map(|post| holders_when(catalogue, post, when)).collect();
    let is_present = |holding: &Holding| holding.person.is_some_and(|person| present.contains(&person));
    offices.sort_by_key(|holding| (!is_present(holding), holding.certainty, holding.state));
    offices
}
