//! Collects rows in any order and makes the one canonical [`Dossier`] of them.
//!
//! Invariant: the order in which rows are given never shows in the result, and equal
//! statements of several documents become one claim with all their evidence.

mod canonical;
mod checks;
mod part;

use std::cmp::Ordering;
use std::collections::HashMap;

use super::dossier::{Claim, Document, Dossier, Entity, Fingerprint, Judgement, Meta, Name, Pool, Unclaimed, Value};
use super::id::{DocumentId, EntityId, Sym, WhenId};
use super::place::{Pin, Place, Spot};
use super::property::Property;
use super::vocabulary::{Basis, Kind, Modality, NameKind, Rank, Sameness};
use super::when::When;
use canonical::Canonical;
pub use checks::{NewCheck, NewFilter, NewTerm, NewWhich};

/// An entity being built; valid in the builder that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Handle(u32);

/// A document being built; valid in the builder that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentHandle(u32);

/// A place in a document; valid in the builder that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceHandle(u32);

/// The value of a claim being built.
#[derive(Debug, Clone, PartialEq)]
pub enum NewValue {
    /// Words of ours.
    Text(String),
    /// A finite number and a unit of the property.
    Number(f64, &'static str),
    /// Another entity.
    Entity(Handle),
    /// A date.
    Date(When),
    /// The document leaves a blank.
    Missing,
}

/// A claim being built.
#[derive(Debug, Clone)]
pub struct NewClaim {
    /// Of whom or what it is said.
    pub subject: Handle,
    /// Which property.
    pub property: Property,
    /// What is said.
    pub value: NewValue,
    /// From when it held.
    pub start: Option<When>,
    /// Until when it held.
    pub end: Option<When>,
    /// The day to which the statement refers.
    pub as_of: Option<When>,
    /// How it stands to reality.
    pub modality: Modality,
    /// How it was got from the document.
    pub basis: Basis,
    /// Its rank in its slot.
    pub rank: Rank,
    /// Why it is inferred or ranked.
    pub reason: Option<String>,
    /// A remark of ours.
    pub note: Option<String>,
    /// Where it is said.
    pub evidence: Vec<PlaceHandle>,
}

impl NewClaim {
    /// A plain claim: actual, stated, of normal rank, without evidence yet.
    pub fn new(subject: Handle, property: Property, value: NewValue) -> Self {
        Self {
            subject,
            property,
            value,
            start: None,
            end: None,
            as_of: None,
            modality: Modality::Actual,
            basis: Basis::Stated,
            rank: Rank::Normal,
            reason: None,
            note: None,
            evidence: Vec::new(),
        }
    }
}

/// See the module.
#[derive(Debug, Default)]
pub struct Builder {
    meta: Meta,
    documents: Vec<Document>,
    entities: Vec<Entity>,
    ids: HashMap<String, Handle>,
    names: Vec<(Name, Vec<PlaceHandle>)>,
    claims: Vec<(Claim, Vec<PlaceHandle>)>,
    judgements: Vec<Judgement>,
    unclaimed: Vec<Unclaimed>,
    checks: Vec<NewCheck>,
    places: Vec<Place>,
    place_numbers: HashMap<(DocumentId, Sym, Spot<Sym>), PlaceHandle>,
    whens: Vec<When>,
    when_numbers: HashMap<When, WhenId>,
    texts: Pool,
    text_numbers: HashMap<Box<str>, Sym>,
}

impl Builder {
    /// An empty dossier that says this of itself.
    pub fn new(meta: Meta) -> Self {
        Self { meta, ..Self::default() }
    }

    /// Replaces what the dossier says of itself.
    pub fn set_meta(&mut self, meta: Meta) {
        self.meta = meta;
    }

    /// Adds an entity; none if its id is taken.
    pub fn entity(&mut self, kind: Kind, slug: &str, label: &str) -> Option<Handle> {
        let id = format!("{kind}/{slug}");
        if self.ids.contains_key(&id) {
            return None;
        }
        let handle = Handle(self.entities.len() as u32);
        let entity = Entity { id: self.intern(&id), kind, label: self.intern(label), names: 0, claims: 0 };
        self.entities.push(entity);
        self.ids.insert(id, handle);
        Some(handle)
    }

    /// The entity with this id (`kind/slug`).
    pub fn find(&self, id: &str) -> Option<Handle> {
        self.ids.get(id).copied()
    }

    /// All ids that are taken.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(String::as_str)
    }

    /// The kind of an entity.
    pub fn kind(&self, handle: Handle) -> Kind {
        self.entities[handle.0 as usize].kind
    }

    /// The label of an entity.
    pub fn label(&self, handle: Handle) -> &str {
        self.texts.get(self.entities[handle.0 as usize].label)
    }

    /// Gives an entity another label.
    pub fn set_label(&mut self, handle: Handle, label: &str) {
        self.entities[handle.0 as usize].label = self.intern(label);
    }

    /// Adds a document. Its `entity` is ignored: the handle says which one it is.
    pub fn document(&mut self, entity: Handle, document: Document) -> DocumentHandle {
        self.documents.push(Document { entity: EntityId(entity.0), ..document });
        DocumentHandle(self.documents.len() as u32 - 1)
    }

    /// Says to which text of a document its pins belong.
    pub fn fingerprint(&mut self, document: DocumentHandle, fingerprint: Fingerprint) {
        self.documents[document.0 as usize].fingerprint = Some(fingerprint);
    }

    /// Subject, property and target of every claim so far whose value is an entity.
    pub fn links(&self) -> impl Iterator<Item = (Handle, Property, Handle)> {
        self.claims.iter().filter_map(|(claim, _)| match claim.value {
            Value::Entity(target) => Some((Handle(claim.subject.0), claim.property, Handle(target.0))),
            Value::Text(_) | Value::Number { .. } | Value::Date(_) | Value::Missing => None,
        })
    }

    /// The place with this section and spot in a document; the same one for the same words.
    pub fn place(&mut self, document: DocumentHandle, section: &str, spot: Spot<&str>) -> PlaceHandle {
        let document = DocumentId(document.0);
        let section = self.intern(section);
        let spot = spot.map(|row| self.intern(row));
        let next = PlaceHandle(self.places.len() as u32);
        let handle = *self.place_numbers.entry((document, section, spot)).or_insert(next);
        if handle == next {
            self.places.push(Place { document, section, spot, pin: None });
        }
        handle
    }

    /// Says where a place was found in its document.
    pub fn pin(&mut self, place: PlaceHandle, pin: Pin) {
        self.places[place.0 as usize].pin = Some(pin);
    }

    /// Adds a name.
    pub fn name(
        &mut self,
        entity: Handle,
        value: &str,
        kind: NameKind,
        lang: Option<&str>,
        evidence: Vec<PlaceHandle>,
    ) {
        let value = self.intern(value);
        let lang = lang.map(|lang| self.intern(lang));
        self.names.push((Name { entity: EntityId(entity.0), value, kind, lang, evidence: (0, 0) }, evidence));
    }

    /// Adds a claim.
    pub fn claim(&mut self, claim: NewClaim) {
        let value = match claim.value {
            NewValue::Text(text) => Value::Text(self.intern(&text)),
            // SQLite has no negative zero, and no document means one.
            NewValue::Number(number, unit) => Value::Number { number: number + 0.0, unit },
            NewValue::Entity(handle) => Value::Entity(EntityId(handle.0)),
            NewValue::Date(when) => Value::Date(self.intern_when(when)),
            NewValue::Missing => Value::Missing,
        };
        let row = Claim {
            subject: EntityId(claim.subject.0),
            property: claim.property,
            value,
            start: claim.start.map(|when| self.intern_when(when)),
            end: claim.end.map(|when| self.intern_when(when)),
            as_of: claim.as_of.map(|when| self.intern_when(when)),
            modality: claim.modality,
            basis: claim.basis,
            rank: claim.rank,
            reason: claim.reason.map(|reason| self.intern(&reason)),
            note: claim.note.map(|note| self.intern(&note)),
            evidence: (0, 0),
        };
        self.claims.push((row, claim.evidence));
    }

    /// Records what is held of two entities that resemble each other.
    pub fn judgement(&mut self, a: Handle, b: Handle, verdict: Sameness, reason: &str) {
        let reason = self.intern(reason);
        let (a, b) = (EntityId(a.0), EntityId(b.0));
        self.judgements.push(Judgement { a, b, verdict, reason });
    }

    /// Records that a place carries no fact.
    pub fn unclaimed(&mut self, place: PlaceHandle, reason: &str) {
        let reason = self.intern(reason);
        self.unclaimed.push(Unclaimed { place: place.0, reason });
    }

    /// Sorts, merges and renumbers everything.
    pub fn finish(mut self) -> Dossier {
        let entity_order = order_by(self.entities.len(), |a, b| {
            self.texts.get(self.entities[a].id).cmp(self.texts.get(self.entities[b].id))
        });
        let document_order = order_by(self.documents.len(), |a, b| self.documents[a].key.cmp(&self.documents[b].key));
        let entity_numbers = inverse(&entity_order);
        let document_numbers = inverse(&document_order);
        self.renumber(&entity_numbers, &document_numbers);

        let place_order =
            order_by(self.places.len(), |a, b| self.places[a].order(&self.places[b], |sym| self.texts.get(sym).into()));
        let place_ranks = inverse(&place_order);
        let claims = merge_claims(std::mem::take(&mut self.claims), &place_ranks, &self);
        let names = merge_names(std::mem::take(&mut self.names), &place_ranks, &self.texts);
        let checks = self.take_checks(&place_ranks);

        let documents = document_order.iter().map(|&old| self.documents[old as usize].clone()).collect();
        let entities: Vec<Entity> = entity_order.iter().map(|&old| self.entities[old as usize]).collect();
        Canonical::new(&self).write(documents, entities, names, claims, &checks)
    }

    fn renumber(&mut self, entities: &[u32], documents: &[u32]) {
        let entity = |id: &mut EntityId| *id = EntityId(entities[id.index()]);
        for document in &mut self.documents {
            entity(&mut document.entity);
        }
        for (name, _) in &mut self.names {
            entity(&mut name.entity);
        }
        for (claim, _) in &mut self.claims {
            entity(&mut claim.subject);
            if let Value::Entity(target) = &mut claim.value {
                entity(target);
            }
        }
        for judgement in &mut self.judgements {
            entity(&mut judgement.a);
            entity(&mut judgement.b);
        }
        self.renumber_checks(entities);
        for place in &mut self.places {
            place.document = DocumentId(documents[place.document.index()]);
        }
        self.judgements.sort_by_key(|judgement| (judgement.a, judgement.b, judgement.verdict));
    }

    fn intern(&mut self, text: &str) -> Sym {
        if let Some(&sym) = self.text_numbers.get(text) {
            return sym;
        }
        let sym = self.texts.push(text);
        self.text_numbers.insert(text.into(), sym);
        sym
    }

    fn intern_when(&mut self, when: When) -> WhenId {
        let next = WhenId::from_index(self.whens.len());
        *self.when_numbers.entry(when).or_insert_with_key(|when| {
            self.whens.push(when.clone());
            next
        })
    }

    fn compare_texts(&self, a: Option<Sym>, b: Option<Sym>) -> Ordering {
        a.map(|sym| self.texts.get(sym)).cmp(&b.map(|sym| self.texts.get(sym)))
    }

    fn compare_whens(&self, a: Option<WhenId>, b: Option<WhenId>) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) => {
                let (a, b) = (&self.whens[a.index()], &self.whens[b.index()]);
                a.chronological(b).then_with(|| a.label().cmp(&b.label()))
            }
            (a, b) => a.is_some().cmp(&b.is_some()),
        }
    }

    fn compare_values(&self, a: Value, b: Value) -> Ordering {
        let rank = |value| match value {
            Value::Text(_) => 0,
            Value::Number { .. } => 1,
            Value::Entity(_) => 2,
            Value::Date(_) => 3,
            Value::Missing => 4,
        };
        match (a, b) {
            (Value::Text(a), Value::Text(b)) => self.texts.get(a).cmp(self.texts.get(b)),
            (Value::Number { number: a, unit: x }, Value::Number { number: b, unit: y }) => {
                a.total_cmp(&b).then(x.cmp(y))
            }
            (Value::Entity(a), Value::Entity(b)) => a.cmp(&b),
            (Value::Date(a), Value::Date(b)) => self.compare_whens(Some(a), Some(b)),
            (a, b) => rank(a).cmp(&rank(b)),
        }
    }

    /// The order of claims that say the same: equal means that their evidence is joined.
    fn compare_statements(&self, a: &Claim, b: &Claim) -> Ordering {
        (a.subject, a.property)
            .cmp(&(b.subject, b.property))
            .then_with(|| self.compare_values(a.value, b.value))
            .then_with(|| self.compare_whens(a.start, b.start))
            .then_with(|| self.compare_whens(a.end, b.end))
            .then_with(|| self.compare_whens(a.as_of, b.as_of))
            .then_with(|| (a.modality, a.rank).cmp(&(b.modality, b.rank)))
            .then_with(|| self.compare_texts(a.reason, b.reason))
            .then_with(|| self.compare_texts(a.note, b.note))
            .then_with(|| basis_class(a.basis).cmp(&basis_class(b.basis)))
    }
}

/// A sentence and a list may state the same claim; a count or a conclusion is another one.
fn basis_class(basis: Basis) -> u8 {
    match basis {
        Basis::Stated | Basis::Listed => 0,
        Basis::Counted => 1,
        Basis::Inferred => 2,
    }
}

type Evidenced<T> = (T, Vec<PlaceHandle>);

fn sort_places(places: &mut Vec<PlaceHandle>, ranks: &[u32]) {
    places.sort_by_key(|place| ranks[place.0 as usize]);
    places.dedup();
}

fn merge_claims(mut claims: Vec<Evidenced<Claim>>, ranks: &[u32], builder: &Builder) -> Vec<Evidenced<Claim>> {
    claims.sort_by(|a, b| builder.compare_statements(&a.0, &b.0));
    claims.dedup_by(|next, kept| {
        let same = builder.compare_statements(&next.0, &kept.0) == Ordering::Equal;
        if same {
            kept.0.basis = kept.0.basis.min(next.0.basis);
            kept.1.append(&mut next.1);
        }
        same
    });
    for (_, places) in &mut claims {
        sort_places(places, ranks);
    }
    // Within a slot, the order of the documents reads best: lists keep their order.
    let first = |places: &[PlaceHandle]| places.first().map(|place| ranks[place.0 as usize]);
    claims.sort_by(|a, b| {
        (a.0.subject, a.0.property)
            .cmp(&(b.0.subject, b.0.property))
            .then_with(|| first(&a.1).is_none().cmp(&first(&b.1).is_none()))
            .then_with(|| first(&a.1).cmp(&first(&b.1)))
            .then_with(|| builder.compare_statements(&a.0, &b.0))
    });
    claims
}

fn merge_names(mut names: Vec<Evidenced<Name>>, ranks: &[u32], texts: &Pool) -> Vec<Evidenced<Name>> {
    let key = |name: &Name| (name.entity, name.kind, texts.get(name.value), name.lang.map(|lang| texts.get(lang)));
    names.sort_by(|a, b| key(&a.0).cmp(&key(&b.0)));
    names.dedup_by(|next, kept| {
        let same = key(&next.0) == key(&kept.0);
        if same {
            kept.1.append(&mut next.1);
        }
        same
    });
    for (_, places) in &mut names {
        sort_places(places, ranks);
    }
    names
}

fn order_by(len: usize, mut compare: impl FnMut(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..len as u32).collect();
    order.sort_by(|&a, &b| compare(a as usize, b as usize));
    order
}

fn inverse(order: &[u32]) -> Vec<u32> {
    let mut inverse = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        inverse[old as usize] = new as u32;
    }
    inverse
}
