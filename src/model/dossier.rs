//! A dossier in memory: immutable tables of small rows that point at each other by number.
//!
//! Invariant: entities stand in the order of their ids, names by entity, claims by
//! subject and property, and the pools (texts, dates, units, places) in the order of first
//! use, place by place before claim by claim. Two dossiers that say the same are therefore
//! equal, table by table, however they were read. Only a [`Builder`](super::Builder) makes one.

#![expect(clippy::indexing_slicing, reason = "ids and ranges are rows of the dossier that gave them")]

use std::cmp::Ordering;
use std::ops::Range;

use super::check::{Check, Filter, Term};
use super::evidence::{Cited, Evidence};
use super::id::{ClaimId, DocumentId, EntityId, Sym, UnitId, WhenId};
use super::place::Place;
use super::pool::Pool;
use super::property::Property;
use super::quantity::Number;
use super::vocabulary::{Basis, Kind, Modality, NameKind, Rank, Sameness};
use super::when::When;

/// What the dossier says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// A short name for files and commands.
    pub key: String,
    /// The title.
    pub title: String,
    /// The time it covers.
    pub span: Option<When>,
    /// Its own "now": the latest day its documents speak of. Today never enters a result.
    pub horizon: Option<When>,
    /// Under which terms it may be used.
    pub licence: Option<String>,
    /// Where it comes from.
    pub origin: Option<String>,
}

/// One of the sources. Its title is the label of its entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The entity (`document/…`) that stands for it.
    pub entity: EntityId,
    /// One or two letters that name it in narrow columns.
    pub key: String,
    /// What sort of document it is.
    pub kind: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<When>,
    /// Its file name in the folder of sources.
    pub file: Option<String>,
    /// SHA-256 of the file's bytes, and its length in code points, once pinned.
    pub fingerprint: Option<Fingerprint>,
}

impl Document {
    /// A document of which nothing but its key is known; the builder says which entity it is.
    pub fn new(key: &str) -> Self {
        Self {
            entity: EntityId::from_index(0),
            key: key.to_owned(),
            kind: None,
            publisher: None,
            published: None,
            file: None,
            fingerprint: None,
        }
    }
}

/// Which text of a document the pins belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// SHA-256 of the file's bytes.
    pub sha256: [u8; 32],
    /// Length in code points.
    pub length: u32,
}

/// Something that the documents speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// The heading under which it is shown.
    pub label: Sym,
    pub(crate) names: u32,
    pub(crate) claims: u32,
}

/// A name of an entity, beside its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Whose name it is.
    pub entity: EntityId,
    /// The name as written.
    pub value: Sym,
    /// What sort of name.
    pub kind: NameKind,
    /// The language, where one is stated (BCP 47).
    pub lang: Option<Sym>,
    pub(crate) evidence: Cited,
}

/// What a claim says of its subject.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Words of ours.
    Text(Sym),
    /// A number with its unit.
    Number {
        /// Finite.
        number: Number,
        /// One of the units of the property; see [`Dossier::unit`].
        unit: UnitId,
    },
    /// Another entity.
    Entity(EntityId),
    /// A date.
    Date(WhenId),
    /// The document leaves a blank here.
    Missing,
}

/// One statement of one or more documents about one property of one entity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// Of whom or what it is said.
    pub subject: EntityId,
    /// Which property.
    pub property: Property,
    /// What is said.
    pub value: Value,
    /// From when it held.
    pub start: Option<WhenId>,
    /// Until when it held.
    pub end: Option<WhenId>,
    /// The day to which the statement refers.
    pub as_of: Option<WhenId>,
    /// How it stands to reality.
    pub modality: Modality,
    /// How it was got from the document.
    pub basis: Basis,
    /// Preferred, normal or deprecated among the claims of its slot.
    pub rank: Rank,
    /// Why it is inferred, or ranked other than normal.
    pub reason: Option<Sym>,
    /// A remark of ours.
    pub note: Option<Sym>,
    pub(crate) evidence: Cited,
}

/// What we hold of two entities that resemble each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// The one.
    pub a: EntityId,
    /// The other.
    pub b: EntityId,
    /// The verdict.
    pub verdict: Sameness,
    /// The reason for it.
    pub reason: Sym,
}

/// Units of a document that carry no fact, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unclaimed {
    /// Where.
    pub place: u32,
    /// Why nothing is claimed from it.
    pub reason: Sym,
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dossier {
    pub(crate) meta: Meta,
    pub(crate) documents: Vec<Document>,
    pub(crate) entities: Vec<Entity>,
    /// `kind/slug` of each entity.
    pub(crate) ids: Pool,
    pub(crate) names: Vec<Name>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) judgements: Vec<Judgement>,
    pub(crate) unclaimed: Vec<Unclaimed>,
    pub(crate) checks: Vec<Check>,
    pub(crate) terms: Vec<Term>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) evidence: Evidence,
    pub(crate) places: Vec<Place>,
    pub(crate) whens: Vec<When>,
    pub(crate) units: Vec<&'static str>,
    pub(crate) texts: Pool,
}

impl Dossier {
    /// What the dossier says of itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// A text of the pool.
    pub fn text(&self, sym: Sym) -> &str {
        self.texts.get(sym)
    }

    /// Whether entities, labels and names are those of another dossier, under the same numbers.
    pub fn has_names_of(&self, other: &Self) -> bool {
        let name = |name: &Name| (name.entity, name.value);
        self.entities.len() == other.entities.len()
            && self.entities.iter().zip(&other.entities).all(|(a, b)| (a.kind, a.label) == (b.kind, b.label))
            && self.names.iter().map(name).eq(other.names.iter().map(name))
            && self.texts.begins_with(&other.texts)
    }

    /// A date of the pool.
    pub fn when(&self, id: WhenId) -> &When {
        &self.whens[id.index()]
    }

    /// The dates of the pool, by the number of their ids.
    pub fn whens(&self) -> &[When] {
        &self.whens
    }

    /// A unit of the pool.
    pub fn unit(&self, id: UnitId) -> &'static str {
        self.units[usize::from(id.0)]
    }

    /// The documents, in the order of their keys.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = (DocumentId, &Document)> {
        self.documents.iter().enumerate().map(|(index, document)| (DocumentId::from_index(index), document))
    }

    /// A document.
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.index()]
    }

    /// All entities, in the order of their ids.
    pub fn entities(&self) -> impl DoubleEndedIterator<Item = EntityId> + ExactSizeIterator + use<> {
        (0..self.entities.len()).map(EntityId::from_index)
    }

    /// The entities of one kind, in the order of their ids.
    pub fn of_kind(&self, kind: Kind) -> impl ExactSizeIterator<Item = EntityId> + use<> {
        // An id begins with its kind, so that the order of ids is first one of kinds.
        let start = self.entities.partition_point(|entity| entity.kind.as_str() < kind.as_str());
        let end = self.entities.partition_point(|entity| entity.kind.as_str() <= kind.as_str());
        (start..end).map(EntityId::from_index)
    }

    /// An entity.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }

    /// The id of an entity in words: `person/ramji-singh`.
    pub fn id(&self, id: EntityId) -> &str {
        self.ids.at(id.index())
    }

    /// The label of an entity.
    pub fn label(&self, id: EntityId) -> &str {
        self.text(self.entity(id).label)
    }

    /// The entity with this id.
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

    /// The names of an entity beside its label, best known first.
    pub fn names(&self, id: EntityId) -> &[Name] {
        let end = self.after(id).map_or(self.names.len(), |next| next.names as usize);
        &self.names[self.entity(id).names as usize..end]
    }

    /// All names of all entities.
    pub fn all_names(&self) -> &[Name] {
        &self.names
    }

    /// Everything said of an entity, by property, then in the order of the documents.
    pub fn claims_of(&self, id: EntityId) -> &[Claim] {
        &self.claims[self.claim_range(id)]
    }

    /// The same as [`claims_of`](Self::claims_of), as ids.
    pub fn claim_ids_of(&self, id: EntityId) -> impl Iterator<Item = ClaimId> + use<> {
        self.claim_range(id).map(ClaimId::from_index)
    }

    /// What is said of one slot: one property of one entity.
    pub fn slot(&self, id: EntityId, property: Property) -> &[Claim] {
        let claims = self.claims_of(id);
        let start = claims.partition_point(|claim| claim.property < property);
        let end = claims.partition_point(|claim| claim.property <= property);
        &claims[start..end]
    }

    /// All claims with their ids.
    pub fn claims(&self) -> impl ExactSizeIterator<Item = (ClaimId, &Claim)> {
        self.claims.iter().enumerate().map(|(index, claim)| (ClaimId::from_index(index), claim))
    }

    /// All claims, in the order of their ids.
    pub fn all_claims(&self) -> &[Claim] {
        &self.claims
    }

    /// A claim.
    pub fn claim(&self, id: ClaimId) -> &Claim {
        &self.claims[id.index()]
    }

    /// Where a claim is said.
    pub fn evidence(&self, claim: &Claim) -> impl ExactSizeIterator<Item = &Place> {
        self.places_at(claim.evidence)
    }

    /// Where a name is used.
    pub fn name_evidence(&self, name: &Name) -> impl ExactSizeIterator<Item = &Place> {
        self.places_at(name.evidence)
    }

    /// What was decided about entities that resemble each other.
    pub fn judgements(&self) -> &[Judgement] {
        &self.judgements
    }

    /// The places said to carry no fact, with the reason.
    pub fn unclaimed(&self) -> impl Iterator<Item = (&Place, &str)> {
        self.unclaimed.iter().map(|row| (&self.places[row.place as usize], self.text(row.reason)))
    }

    /// Every place that anything refers to.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The entity that an entity-valued claim points to.
    pub fn target(claim: &Claim) -> Option<EntityId> {
        match claim.value {
            Value::Entity(target) => Some(target),
            Value::Text(_) | Value::Number { .. } | Value::Date(_) | Value::Missing => None,
        }
    }

    /// The date of a date-valued claim.
    pub fn date(&self, claim: &Claim) -> Option<&When> {
        Self::date_id(claim).map(|date| self.when(date))
    }

    /// The same as [`date`](Self::date), as an id.
    pub fn date_id(claim: &Claim) -> Option<WhenId> {
        match claim.value {
            Value::Date(date) => Some(date),
            Value::Text(_) | Value::Number { .. } | Value::Entity(_) | Value::Missing => None,
        }
    }

    fn claim_range(&self, id: EntityId) -> Range<usize> {
        let end = self.after(id).map_or(self.claims.len(), |next| next.claims as usize);
        self.entity(id).claims as usize..end
    }

    /// The next entity in the order of the ids.
    fn after(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.index()..)?.get(1)
    }

    pub(super) fn places_at(&self, evidence: Cited) -> impl ExactSizeIterator<Item = &Place> {
        self.evidence.of(evidence).map(|place| &self.places[place as usize])
    }
}

/// The rows from one number on to before another.
pub(crate) fn rows_at<T>(rows: &[T], (start, end): (u32, u32)) -> &[T] {
    &rows[start as usize..end as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_takes_little_room() {
        assert!(size_of::<Entity>() <= 16);
        assert!(size_of::<Name>() <= 20);
        assert!(size_of::<Value>() <= 12);
        assert!(size_of::<Claim>() <= 44);
        assert!(size_of::<Place>() <= 64);
    }
}
