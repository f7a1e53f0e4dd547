//! Collects rows in any order and makes the one canonical [`Dossier`] of them.
//!
//! Invariant: the order in which rows are added does not affect the result, and equal statements of several documents
//! become one claim with the evidence of all.
//!
//! Rows are stored in the tables of a dossier from the start. Those that are added in the canonical order, as from a
//! file that annals wrote, are only checked at the end; all others are sorted, merged and numbered.

mod about;
mod canonical;
mod checks;
mod details;
mod merge;
mod order;
mod part;
mod pools;
mod rows;

use std::sync::Arc;

use super::dossier::{Claim, Document, Dossier, Fingerprint, Judgement, Meta, Name, Unclaimed, Value};
use super::id::{DocumentId, EntityId};
use super::place::{Pin, Place, Spot};
use super::rows::Stance;
use super::when::{Hemisphere, When};
use super::words::{Basis, Modality, NameKind, Rank, Sameness};
use crate::vocabulary::{Base, CoreKind, KindId, PropertyId, Unit, Vocabulary};
pub use about::{NewComplete, NewReview};
pub use checks::{NewCheck, NewFilter, NewTerm, NewWhich};
pub use details::{NewDetails, NewNameDetails, NewReference};
pub use merge::Moves;
pub(in crate::model) use part::Selection;
use pools::Tables;
pub(crate) use rows::Sizes;

/// An entity of a builder; valid only in that builder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Handle(u32);

impl Handle {
    /// Returns the number of the entity in the order of adding, from 0.
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A document of a builder; valid only in that builder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentHandle(u32);

impl DocumentHandle {
    /// Returns the number of the document in the order of adding, from 0.
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A place of a builder; valid only in that builder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceHandle(pub(crate) u32);

/// The value of a new claim.
#[derive(Debug, Clone, PartialEq)]
pub enum NewValue {
    /// A text in the words of the dossier's authors.
    Text(String),
    /// A finite number and a unit of the property.
    Number(f64, Unit),
    /// Another entity.
    Entity(Handle),
    /// A date.
    Date(When),
    /// A blank in the document.
    Missing,
}

/// A new claim.
#[derive(Debug, Clone)]
pub struct NewClaim {
    /// The entity that it is about.
    pub subject: Handle,
    /// The property.
    pub property: PropertyId,
    /// The value.
    pub value: NewValue,
    /// The date from which it held.
    pub start: Option<When>,
    /// The date until which it held.
    pub end: Option<When>,
    /// The date to which the statement refers.
    pub as_of: Option<When>,
    /// Its relation to reality: actual, planned, alleged or denied.
    pub modality: Modality,
    /// The way it was taken from the document.
    pub basis: Basis,
    /// Its rank in its slot.
    pub rank: Rank,
    /// The reason why it is inferred, or not ranked normal.
    pub reason: Option<String>,
    /// What few claims have.
    pub details: NewDetails,
    /// Its places.
    pub evidence: Vec<PlaceHandle>,
}

impl NewClaim {
    /// Returns a claim that is actual, stated, of normal rank, and without evidence.
    pub fn new(subject: Handle, property: impl Into<PropertyId>, value: NewValue) -> Self {
        Self {
            subject,
            property: property.into(),
            value,
            start: None,
            end: None,
            as_of: None,
            modality: Modality::Actual,
            basis: Basis::Stated,
            rank: Rank::Normal,
            reason: None,
            details: NewDetails::default(),
            evidence: Vec::new(),
        }
    }
}

/// A dossier under construction.
#[derive(Debug)]
pub struct Builder {
    /// The rows in the order of adding; their numbers are those of the handles.
    rows: Dossier,
    completes: Vec<NewComplete>,
    checks: Vec<NewCheck>,
    tables: Tables,
}

impl Default for Builder {
    /// Returns a builder of an empty dossier with the general vocabulary.
    fn default() -> Self {
        Self::new(Vocabulary::built_in(Base::General))
    }
}

impl Builder {
    /// Returns a builder of an empty dossier with this vocabulary.
    pub fn new(vocabulary: Arc<Vocabulary>) -> Self {
        let rows = Dossier { vocabulary, ..Dossier::default() };
        Self { rows, completes: Vec::new(), checks: Vec::new(), tables: Tables::default() }
    }

    /// Returns a builder of an empty dossier with this description and the general vocabulary.
    pub fn with_meta(meta: Meta) -> Self {
        let mut builder = Self::default();
        builder.set_meta(meta);
        builder
    }

    /// Returns the vocabulary of the dossier.
    pub fn vocabulary(&self) -> Arc<Vocabulary> {
        self.rows.shared_vocabulary()
    }

    /// Returns the core kind that an entity is of.
    pub fn core_kind(&self, handle: Handle) -> CoreKind {
        self.rows.vocabulary.core(self.kind(handle))
    }

    /// Returns the part of the world whose seasons the dates of the dossier name.
    pub fn hemisphere(&self) -> Hemisphere {
        self.rows.meta.hemisphere
    }

    /// Sets the description of the dossier.
    pub fn set_meta(&mut self, meta: Meta) {
        self.rows.meta = meta;
    }

    /// Adds an entity with the id `KIND/SLUG`; `None` if the id is taken.
    pub fn entity(&mut self, kind: impl Into<KindId>, slug: &str, label: &str) -> Option<Handle> {
        let kind = kind.into();
        let id = format!("{}/{slug}", self.rows.vocabulary.kind(kind).name);
        self.entity_with_id(kind, &id, label)
    }

    /// Returns the entity with this id (`KIND/SLUG`).
    pub fn find(&self, id: &str) -> Option<Handle> {
        self.tables.id(&self.rows, id).map(Handle)
    }

    /// Returns the ids of all entities.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        (0..self.rows.ids.len()).map(|index| self.rows.ids.at(index))
    }

    /// Returns the kind of an entity.
    pub fn kind(&self, handle: Handle) -> KindId {
        self.rows.entities[handle.0 as usize].kind
    }

    /// Returns the label of an entity.
    pub fn label(&self, handle: Handle) -> &str {
        self.rows.text(self.rows.entities[handle.0 as usize].label)
    }

    /// Sets the label of an entity.
    pub fn set_label(&mut self, handle: Handle, label: &str) {
        self.rows.entities[handle.0 as usize].label = self.intern(label);
    }

    /// Adds a document of this entity; the `entity` in `document` is ignored.
    pub fn document(&mut self, entity: Handle, document: Document) -> DocumentHandle {
        self.rows.documents.push(Document { entity: EntityId(entity.0), ..document });
        DocumentHandle(self.rows.documents.len() as u32 - 1)
    }

    /// Sets the fingerprint of a document.
    pub fn fingerprint(&mut self, document: DocumentHandle, fingerprint: Fingerprint) {
        self.rows.documents[document.0 as usize].fingerprint = Some(fingerprint);
    }

    /// Returns subject, property and target of every claim so far whose value is an entity.
    pub fn links(&self) -> impl Iterator<Item = (Handle, PropertyId, Handle)> {
        let targets = self.rows.claims.iter().filter_map(|claim| Some((claim, Dossier::target(claim)?)));
        targets.map(|(claim, target)| (Handle(claim.subject.0), claim.property, Handle(target.0)))
    }

    /// Returns the place with this section and spot in a document, which is added if it is new.
    pub fn place(&mut self, document: DocumentHandle, section: &str, spot: Spot<&str>) -> PlaceHandle {
        let document = DocumentId(document.0);
        let section = self.intern(section);
        let spot = spot.map(|row| self.intern(row));
        PlaceHandle(self.tables.place(&mut self.rows, Place { document, section, spot, pin: None }))
    }

    /// Returns true if there are places, all of them items of lists or rows of infoboxes.
    pub fn is_listed(&self, places: &[PlaceHandle]) -> bool {
        let is_listed = |place: &PlaceHandle| self.rows.places[place.0 as usize].spot.is_listed();
        !places.is_empty() && places.iter().all(is_listed)
    }

    /// Returns the number of the document of a place in the order of adding, and the place as it is written.
    pub fn locator(&self, place: PlaceHandle) -> (usize, String) {
        let place = &self.rows.places[place.0 as usize];
        let spot = place.spot.map(|row| self.rows.text(row));
        (place.document.index(), format!("{} / {spot}", self.rows.text(place.section)))
    }

    /// Sets the pin of a place.
    pub fn pin(&mut self, place: PlaceHandle, pin: Pin) {
        self.rows.places[place.0 as usize].pin = Some(pin);
    }

    /// Adds a name.
    #[expect(clippy::needless_pass_by_value, reason = "whoever has a name has made the list for it")]
    pub fn name(
        &mut self,
        entity: Handle,
        value: &str,
        kind: NameKind,
        lang: Option<&str>,
        evidence: Vec<PlaceHandle>,
    ) {
        self.detailed_name(entity, value, kind, lang, &NewNameDetails::default(), &evidence);
    }

    /// Adds a name with what few names have.
    pub fn detailed_name(
        &mut self,
        entity: Handle,
        value: &str,
        kind: NameKind,
        lang: Option<&str>,
        details: &NewNameDetails,
        evidence: &[PlaceHandle],
    ) {
        let value = self.intern(value);
        let lang = lang.map(|lang| self.intern(lang));
        let details = self.new_name_details(details);
        let evidence = self.evidence(evidence);
        self.rows.names.push(Name { entity: EntityId(entity.0), value, kind, lang, details, evidence });
    }

    /// Adds a claim.
    pub fn claim(&mut self, claim: NewClaim) {
        let value = match claim.value {
            NewValue::Text(text) => Value::Text(self.intern(&text)),
            NewValue::Number(number, unit) => Value::number(number, unit),
            NewValue::Entity(handle) => Value::Entity(EntityId(handle.0)),
            NewValue::Date(when) => Value::Date(self.intern_when(&when)),
            NewValue::Missing => Value::Missing,
        };
        let row = Claim {
            subject: EntityId(claim.subject.0),
            property: claim.property,
            value,
            start: claim.start.map(|when| self.intern_when(&when)),
            end: claim.end.map(|when| self.intern_when(&when)),
            as_of: claim.as_of.map(|when| self.intern_when(&when)),
            stance: Stance::new(claim.modality, claim.basis, claim.rank),
            reason: claim.reason.map(|reason| self.intern(&reason)),
            details: self.new_details(&claim.details),
            evidence: self.evidence(&claim.evidence),
        };
        self.rows.claims.push(row);
    }

    /// Adds a judgement of two similar entities.
    pub fn judgement(&mut self, a: Handle, b: Handle, verdict: Sameness, reason: &str) {
        let reason = self.intern(reason);
        let (a, b) = (EntityId(a.0), EntityId(b.0));
        self.rows.judgements.push(Judgement { a, b, verdict, reason });
    }

    /// Adds a place that carries no fact.
    pub fn unclaimed(&mut self, place: PlaceHandle, reason: &str) {
        let reason = self.intern(reason);
        self.rows.unclaimed.push(Unclaimed { place: place.0, reason });
    }

    /// Sorts, merges and numbers the rows, and returns the dossier.
    pub fn finish(self) -> Dossier {
        self.finish_moved().0
    }

    /// Does the same, and tells where each name and claim has come to stand.
    pub fn finish_moved(mut self) -> (Dossier, Moves) {
        self.order_entities();
        self.order_documents();
        self.rows.judgements.sort_by_key(|row| (row.a, row.b, row.verdict));
        self.order_unclaimed();
        self.order_about();
        let moves = if order::is_merged(&self.rows) { Moves::default() } else { merge::merge(&mut self.rows) };
        self.write_completes();
        self.write_checks();
        (canonical::number(self.rows), moves)
    }
}
