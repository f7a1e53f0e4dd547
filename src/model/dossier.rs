//! A dossier in memory: immutable tables of small rows that point at each other by number.
//!
//! Invariant: entities are sorted by id, names by entity, claims by subject and property, and the pools (texts, dates,
//! units, places) by first use. Dossiers with the same content are therefore equal, table by table, whatever they were
//! read from. Only a [`Builder`](super::Builder) makes one.

#![expect(clippy::indexing_slicing, reason = "ids and ranges are rows of the dossier that gave them")]

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::check::{Check, Filter, Term};
use super::complete::Complete;
use super::details::Details;
use super::evidence::{Cited, Evidence};
use super::id::{ClaimId, DocumentId, EntityId, Sym, WhenId};
use super::place::Place;
use super::pool::Pool;
use super::review::Review;
pub use super::rows::{Claim, Document, Entity, Fingerprint, Judgement, Meta, Name, NameDetails, Unclaimed, Value};
use super::when::When;
use crate::vocabulary::{CoreKind, Kind, KindId, Property, PropertyId, Unit, Vocabulary};

/// A dossier: documents, entities, and claims with their evidence.
///
/// Lookups by an id panic if the id is one of another dossier.
///
/// ```
/// use annals::model::{Builder, Core, CoreKind, NewClaim, NewValue, Value};
///
/// let mut builder = Builder::default();
/// let house = builder.entity(CoreKind::Institution, "house", "The House").unwrap();
/// builder.claim(NewClaim::new(house, Core::Type, NewValue::Text("Theatre".into())));
/// let dossier = builder.finish();
///
/// let house = dossier.find("institution/house").unwrap();
/// assert_eq!(dossier.label(house), "The House");
/// let [claim] = dossier.slot(house, Core::Type) else { panic!() };
/// let Value::Text(text) = claim.value else { panic!() };
/// assert_eq!(dossier.text(text), "Theatre");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dossier {
    pub(crate) meta: Meta,
    pub(crate) vocabulary: Arc<Vocabulary>,
    pub(crate) documents: Vec<Document>,
    pub(crate) entities: Vec<Entity>,
    /// `kind/slug` of each entity.
    pub(crate) ids: Pool,
    pub(crate) names: Vec<Name>,
    pub(crate) name_details: Vec<NameDetails>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) details: Vec<Details>,
    pub(crate) judgements: Vec<Judgement>,
    pub(crate) unclaimed: Vec<Unclaimed>,
    /// The entities that must not leave the dossier in a public export, ascending.
    pub(crate) private: Vec<EntityId>,
    pub(crate) completes: Vec<Complete>,
    pub(crate) reviews: Vec<Review>,
    pub(crate) checks: Vec<Check>,
    pub(crate) terms: Vec<Term>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) evidence: Evidence,
    pub(crate) places: Vec<Place>,
    pub(crate) whens: Vec<When>,
    pub(crate) texts: Pool,
}

impl Dossier {
    /// Returns the description of the dossier.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Returns the kinds, properties and measures of the dossier.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Returns the vocabulary, to be shared.
    pub fn shared_vocabulary(&self) -> Arc<Vocabulary> {
        Arc::clone(&self.vocabulary)
    }

    /// Returns a declared property.
    pub fn property(&self, id: impl Into<PropertyId>) -> &Property {
        self.vocabulary.property(id)
    }

    /// Returns a text of the pool.
    pub fn text(&self, sym: Sym) -> &str {
        self.texts.get(sym)
    }

    /// Returns true if entities, labels and names are those of another dossier, with the same numbers.
    pub fn has_names_of(&self, other: &Self) -> bool {
        let name = |name: &Name| (name.entity, name.value);
        self.entities.len() == other.entities.len()
            && self.entities.iter().zip(&other.entities).all(|(a, b)| (a.kind, a.label) == (b.kind, b.label))
            && self.names.iter().map(name).eq(other.names.iter().map(name))
            && self.texts.begins_with(&other.texts)
    }

    /// Returns a date of the pool.
    pub fn when(&self, id: WhenId) -> &When {
        &self.whens[id.index()]
    }

    /// Returns the dates of the pool, in the order of their ids.
    pub fn whens(&self) -> &[When] {
        &self.whens
    }

    /// Returns the name of a unit.
    pub fn unit(&self, unit: Unit) -> Cow<'_, str> {
        self.vocabulary.unit_name(unit)
    }

    /// Returns the documents, in the order of their keys.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = (DocumentId, &Document)> {
        self.documents.iter().enumerate().map(|(index, document)| (DocumentId::from_index(index), document))
    }

    /// Returns a document.
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.index()]
    }

    /// Returns the entity of the document with this key, or with this id with or without its kind.
    pub fn document_called(&self, name: &str) -> Option<EntityId> {
        let is_called = |document: &&Document| {
            let id = self.id(document.entity);
            document.key == name || id == name || id.strip_prefix("document/") == Some(name)
        };
        self.documents.iter().find(is_called).map(|document| document.entity)
    }

    /// Returns all entities, in the order of their ids.
    pub fn entities(&self) -> impl DoubleEndedIterator<Item = EntityId> + ExactSizeIterator + use<> {
        (0..self.entities.len()).map(EntityId::from_index)
    }

    /// Returns the entities of exactly this kind, in the order of their ids.
    pub fn of_kind(&self, kind: KindId) -> impl ExactSizeIterator<Item = EntityId> + use<> {
        // An id begins with its kind, so that ids are sorted by the name of the kind first.
        let vocabulary = &self.vocabulary;
        let name = &*vocabulary.kind(kind).name;
        let start = self.entities.partition_point(|entity| &*vocabulary.kind(entity.kind).name < name);
        let end = self.entities.partition_point(|entity| &*vocabulary.kind(entity.kind).name <= name);
        (start..end).map(EntityId::from_index)
    }

    /// Returns the entities of a core kind and of all kinds below it, kind by kind.
    pub fn of_core(&self, core: CoreKind) -> impl Iterator<Item = EntityId> + use<'_> {
        let kinds = self.vocabulary.kinds().filter(move |&kind| self.vocabulary.core(kind) == core);
        kinds.flat_map(|kind| self.of_kind(kind))
    }

    /// Returns the core kind that an entity is of.
    pub fn core_kind(&self, id: EntityId) -> CoreKind {
        self.vocabulary.core(self.entity(id).kind)
    }

    /// Returns the declared kind that an entity is of.
    pub fn kind(&self, id: EntityId) -> &Kind {
        self.vocabulary.kind(self.entity(id).kind)
    }

    /// Returns an entity.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }

    /// Returns the id of an entity as a text: `KIND/SLUG`.
    pub fn id(&self, id: EntityId) -> &str {
        self.ids.at(id.index())
    }

    /// Returns the label of an entity.
    pub fn label(&self, id: EntityId) -> &str {
        self.text(self.entity(id).label)
    }

    /// Returns the entity with this id (`KIND/SLUG`), by binary search.
    pub fn find(&self, id: &str) -> Option<EntityId> {
        let (mut start, mut end) = (0, self.ids.len());
        while start < end {
            let middle = start.midpoint(end);
            match self.ids.at(middle).cmp(id) {
                Ordering::Less => start = middle.saturating_add(1),
                Ordering::Equal => return Some(EntityId::from_index(middle)),
                Ordering::Greater => end = middle,
            }
        }
        None
    }

    /// Returns the names of an entity besides its label, best known first.
    pub fn names(&self, id: EntityId) -> &[Name] {
        let end = self.after(id).map_or(self.names.len(), |next| next.names as usize);
        &self.names[self.entity(id).names as usize..end]
    }

    /// Returns the names of all entities.
    pub fn all_names(&self) -> &[Name] {
        &self.names
    }

    /// Returns the claims of an entity, by property, then in the order of the documents.
    pub fn claims_of(&self, id: EntityId) -> &[Claim] {
        &self.claims[self.claim_range(id)]
    }

    /// Returns the ids of the claims of an entity, in the order of [`claims_of`](Self::claims_of).
    pub fn claim_ids_of(&self, id: EntityId) -> impl Iterator<Item = ClaimId> + use<> {
        self.claim_range(id).map(ClaimId::from_index)
    }

    /// Returns the claims of one slot: one property of one entity.
    pub fn slot(&self, id: EntityId, property: impl Into<PropertyId>) -> &[Claim] {
        let claims = self.claims_of(id);
        let position = |property| self.vocabulary.position(property);
        let wanted = position(property.into());
        let start = claims.partition_point(|claim| position(claim.property) < wanted);
        let end = claims.partition_point(|claim| position(claim.property) <= wanted);
        &claims[start..end]
    }

    /// Returns all claims with their ids.
    pub fn claims(&self) -> impl ExactSizeIterator<Item = (ClaimId, &Claim)> {
        self.claims.iter().enumerate().map(|(index, claim)| (ClaimId::from_index(index), claim))
    }

    /// Returns all claims, in the order of their ids.
    pub fn all_claims(&self) -> &[Claim] {
        &self.claims
    }

    /// Returns a claim.
    pub fn claim(&self, id: ClaimId) -> &Claim {
        &self.claims[id.index()]
    }

    /// Returns the places of a claim.
    pub fn evidence(&self, claim: &Claim) -> impl ExactSizeIterator<Item = &Place> {
        self.places_at(claim.evidence)
    }

    /// Returns the places of a name.
    pub fn name_evidence(&self, name: &Name) -> impl ExactSizeIterator<Item = &Place> {
        self.places_at(name.evidence)
    }

    /// Returns the time in which a name was used, and whether it is private; nothing of it for most names.
    pub fn name_details(&self, name: &Name) -> NameDetails {
        name.details.and_then(|id| self.name_details.get(id.index())).copied().unwrap_or_default()
    }

    /// Returns true if an entity must not leave the dossier in a public export.
    pub fn is_private(&self, id: EntityId) -> bool {
        self.private.binary_search(&id).is_ok()
    }

    /// Returns the lists that are whole, by subject and name.
    pub fn completes(&self) -> &[Complete] {
        &self.completes
    }

    /// Returns the places that say that a list is whole.
    pub fn complete_evidence(&self, complete: &Complete) -> impl ExactSizeIterator<Item = &Place> {
        self.places_at(complete.evidence)
    }

    /// Returns the judgements of similar entities.
    pub fn judgements(&self) -> &[Judgement] {
        &self.judgements
    }

    /// Returns the places that carry no fact, with the reason.
    pub fn unclaimed(&self) -> impl Iterator<Item = (&Place, &str)> {
        self.unclaimed.iter().map(|row| (&self.places[row.place as usize], self.text(row.reason)))
    }

    /// Returns every place that a row refers to.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Returns the places in each document, with their numbers among [`places`](Self::places), in the order of the
    /// documents.
    pub fn places_by_document(&self) -> Vec<Vec<(usize, &Place)>> {
        let mut places: Vec<Vec<(usize, &Place)>> = self.documents.iter().map(|_| Vec::new()).collect();
        for (at, place) in self.places.iter().enumerate() {
            places[place.document.index()].push((at, place));
        }
        places
    }

    /// Returns the value of a claim if it is an entity.
    pub fn target(claim: &Claim) -> Option<EntityId> {
        match claim.value {
            Value::Entity(target) => Some(target),
            Value::Text(_) | Value::Number { .. } | Value::Date(_) | Value::Missing => None,
        }
    }

    /// Returns the value of a claim if it is a date.
    pub fn date(&self, claim: &Claim) -> Option<&When> {
        Self::date_id(claim).map(|date| self.when(date))
    }

    /// Returns the id of the value of a claim if it is a date.
    pub fn date_id(claim: &Claim) -> Option<WhenId> {
        match claim.value {
            Value::Date(date) => Some(date),
            Value::Text(_) | Value::Number { .. } | Value::Entity(_) | Value::Missing => None,
        }
    }

    /// Returns the checks, in the order of the documents.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// Returns the terms of a check; the others are compared with the last one.
    pub fn terms(&self, check: &Check) -> &[Term] {
        rows_at(&self.terms, check.terms)
    }

    /// Returns the filters of a counting term.
    pub fn filters(&self, range: (u32, u32)) -> &[Filter] {
        rows_at(&self.filters, range)
    }

    /// Returns the places of a check.
    pub fn check_evidence(&self, check: &Check) -> impl ExactSizeIterator<Item = &Place> {
        self.places_at(check.evidence)
    }

    fn claim_range(&self, id: EntityId) -> Range<usize> {
        let end = self.after(id).map_or(self.claims.len(), |next| next.claims as usize);
        self.entity(id).claims as usize..end
    }

    /// Returns the next entity in the order of the ids.
    fn after(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.index()..)?.get(1)
    }

    pub(super) fn places_at(&self, evidence: Cited) -> impl ExactSizeIterator<Item = &Place> {
        self.evidence.of(evidence).map(|place| &self.places[place as usize])
    }
}

/// Returns the rows from `start` to before `end`.
pub(crate) fn rows_at<T>(rows: &[T], (start, end): (u32, u32)) -> &[T] {
    &rows[start as usize..end as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_a_bounded_size() {
        assert!(size_of::<Entity>() <= 16);
        assert!(size_of::<Name>() <= 24);
        assert!(size_of::<Value>() <= 12);
        assert!(size_of::<Claim>() <= 44);
        assert!(size_of::<Place>() <= 64);
    }
}
