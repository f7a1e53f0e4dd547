//! The canonical order of rows: comparing, sorting, checking.
//!
//! Invariant: the order depends on the content of rows, never on their numbers in the pools.

use std::cmp::Ordering;

use super::Builder;
use crate::model::details::{Details, Reference};
use crate::model::dossier::{Claim, Dossier, Name, Value};
use crate::model::id::{DocumentId, EntityId, Sym, WhenId};
use crate::model::pool::Pool;
use crate::model::words::Basis;
use crate::vocabulary::PropertyId;

/// The number of claims of a slot from which on they are sorted to find equal ones, instead of comparing all pairs.
const FEW: usize = 8;

impl Builder {
    /// Sorts and renumbers the entities by id.
    pub(super) fn order_entities(&mut self) {
        if has_entities_in_order(&self.rows) {
            return;
        }
        let rows = &mut self.rows;
        let order = order_by(rows.ids.len(), |a, b| rows.ids.at(a).cmp(rows.ids.at(b)));
        let mut ids = Pool::default();
        for &old in &order {
            ids.push(rows.ids.at(old as usize));
        }
        rows.ids = ids;
        rows.entities = order.iter().map(|&old| rows.entities[old as usize]).collect();
        let numbers = inverse(&order);
        let renumber = |id: &mut EntityId| *id = EntityId(numbers[id.index()]);
        rows.documents.iter_mut().for_each(|document| renumber(&mut document.entity));
        rows.names.iter_mut().for_each(|name| renumber(&mut name.entity));
        for claim in &mut rows.claims {
            renumber(&mut claim.subject);
            if let Value::Entity(target) = &mut claim.value {
                renumber(target);
            }
        }
        for reference in rows.details.iter_mut().flat_map(Details::references_mut) {
            if let Reference::Entity(entity) = reference {
                renumber(entity);
            }
        }
        for judgement in &mut rows.judgements {
            renumber(&mut judgement.a);
            renumber(&mut judgement.b);
        }
        rows.private.iter_mut().for_each(renumber);
        self.renumber_completes(&numbers);
        self.renumber_checks(&numbers);
    }

    /// Sorts and renumbers the documents by key.
    pub(super) fn order_documents(&mut self) {
        let rows = &mut self.rows;
        if rows.documents.is_sorted_by(|a, b| a.key <= b.key) {
            return;
        }
        let order = order_by(rows.documents.len(), |a, b| rows.documents[a].key.cmp(&rows.documents[b].key));
        let numbers = inverse(&order);
        for place in &mut rows.places {
            place.document = DocumentId(numbers[place.document.index()]);
        }
        rows.documents = order.iter().map(|&old| rows.documents[old as usize].clone()).collect();
    }

    /// Sorts the places without a fact in the order of the documents, each once.
    pub(super) fn order_unclaimed(&mut self) {
        let mut unclaimed = std::mem::take(&mut self.rows.unclaimed);
        unclaimed.sort_by(|a, b| compare_places(&self.rows, a.place, b.place));
        unclaimed.dedup_by_key(|row| row.place);
        self.rows.unclaimed = unclaimed;
    }
}

/// Returns true if the entities are sorted by id.
pub(super) fn has_entities_in_order(rows: &Dossier) -> bool {
    (1..rows.ids.len()).all(|index| rows.ids.at(index - 1) < rows.ids.at(index))
}

/// Sets the start of names and claims of each entity; both are sorted by entity.
pub(super) fn set_starts(rows: &mut Dossier) {
    let (mut names, mut claims) = (0, 0);
    for (index, entity) in rows.entities.iter_mut().enumerate() {
        let id = EntityId::from_index(index);
        names += rows.names[names..].iter().take_while(|name| name.entity < id).count();
        claims += rows.claims[claims..].iter().take_while(|claim| claim.subject < id).count();
        (entity.names, entity.claims) = (names as u32, claims as u32);
    }
}

/// Returns true if names and claims, and the places of each, are sorted and without repetitions.
pub(super) fn is_merged(rows: &Dossier) -> bool {
    let in_order = |evidence| rows.evidence.of(evidence).is_sorted_by(|&a, &b| compare_places(rows, a, b).is_lt());
    rows.names.iter().all(|name| in_order(name.evidence))
        && rows.claims.iter().all(|claim| in_order(claim.evidence))
        && rows.names.is_sorted_by(|a, b| compare_names(rows, a, b).is_lt())
        && rows.claims.is_sorted_by(|a, b| compare_claims(rows, a, b).is_lt())
        && rows.claims.chunk_by(|a, b| slot(a) == slot(b)).all(|slot| are_different(rows, slot))
}

/// Returns true if no two claims of a slot are equal.
fn are_different(rows: &Dossier, slot: &[Claim]) -> bool {
    let is_same = |a: &Claim, b: &Claim| are_one(rows, a, b);
    if slot.len() <= FEW {
        return slot.iter().enumerate().all(|(at, a)| slot[..at].iter().all(|b| !is_same(a, b)));
    }
    let mut sorted: Vec<&Claim> = slot.iter().collect();
    sorted.sort_unstable_by(|a, b| compare_rows(rows, a, b));
    sorted.windows(2).all(|pair| !is_same(pair[0], pair[1]))
}

pub(super) fn compare_names(rows: &Dossier, a: &Name, b: &Name) -> Ordering {
    let key = |name: &Name| (name.entity, name.kind);
    key(a)
        .cmp(&key(b))
        .then_with(|| rows.text(a.value).cmp(rows.text(b.value)))
        .then_with(|| compare_texts(rows, a.lang, b.lang))
        .then_with(|| {
            let (a, b) = (rows.name_details(a), rows.name_details(b));
            compare_whens(rows, a.start, b.start)
                .then_with(|| compare_whens(rows, a.end, b.end))
                .then_with(|| a.is_private.cmp(&b.is_private))
        })
}

/// Compares claims: within a slot in the order of the documents, so that lists keep their order.
pub(super) fn compare_claims(rows: &Dossier, a: &Claim, b: &Claim) -> Ordering {
    let first = |claim: &Claim| rows.evidence.of(claim.evidence).next();
    compare_slots(rows, a, b).then_with(|| match (first(a), first(b)) {
        (Some(x), Some(y)) => compare_places(rows, x, y).then_with(|| compare_rows(rows, a, b)),
        (None, None) => compare_rows(rows, a, b),
        (x, y) => x.is_none().cmp(&y.is_none()),
    })
}

/// Compares the content of claims, then their ids; a claim without one is first.
pub(super) fn compare_rows(rows: &Dossier, a: &Claim, b: &Claim) -> Ordering {
    compare_statements(rows, a, b).then_with(|| compare_texts(rows, own_id(rows, a), own_id(rows, b)))
}

/// Returns true if two claims are merged: they say the same, and have no two ids.
pub(super) fn are_one(rows: &Dossier, a: &Claim, b: &Claim) -> bool {
    let (x, y) = (own_id(rows, a), own_id(rows, b));
    (x.is_none() || y.is_none() || x == y) && compare_statements(rows, a, b).is_eq()
}

fn own_id(rows: &Dossier, claim: &Claim) -> Option<Sym> {
    rows.details(claim).and_then(|details| details.id)
}

/// Compares the content of claims without their ids.
pub(super) fn compare_statements(rows: &Dossier, a: &Claim, b: &Claim) -> Ordering {
    compare_slots(rows, a, b)
        .then_with(|| compare_values(rows, a.value, b.value))
        .then_with(|| compare_whens(rows, a.start, b.start))
        .then_with(|| compare_whens(rows, a.end, b.end))
        .then_with(|| compare_whens(rows, a.as_of, b.as_of))
        .then_with(|| (a.modality(), a.rank()).cmp(&(b.modality(), b.rank())))
        .then_with(|| compare_texts(rows, a.reason, b.reason))
        .then_with(|| compare_details(rows, rows.details(a), rows.details(b)))
        .then_with(|| basis_class(a.basis()).cmp(&basis_class(b.basis())))
}

fn slot(claim: &Claim) -> (EntityId, PropertyId) {
    (claim.subject, claim.property)
}

/// Compares slots: by entity, then in the order in which properties are listed.
fn compare_slots(rows: &Dossier, a: &Claim, b: &Claim) -> Ordering {
    let position = |claim: &Claim| rows.vocabulary.position(claim.property);
    a.subject.cmp(&b.subject).then_with(|| position(a).cmp(&position(b)))
}

/// Compares places in the order of the documents; a place is equal only to itself.
pub(super) fn compare_places(rows: &Dossier, a: u32, b: u32) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    rows.places[a as usize].order(&rows.places[b as usize], |sym| rows.text(sym))
}

pub(super) fn compare_texts(rows: &Dossier, a: Option<Sym>, b: Option<Sym>) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    a.map(|sym| rows.text(sym)).cmp(&b.map(|sym| rows.text(sym)))
}

/// Compares what few claims have, without their ids.
fn compare_details(rows: &Dossier, a: Option<&Details>, b: Option<&Details>) -> Ordering {
    let none = Details::default();
    let (a, b) = (a.unwrap_or(&none), b.unwrap_or(&none));
    let reference = |reference: &Reference| match *reference {
        Reference::Entity(entity) => (0, rows.id(entity)),
        Reference::Text(text) => (1, rows.text(text)),
    };
    compare_texts(rows, a.note, b.note)
        .then_with(|| a.by.as_ref().map(reference).cmp(&b.by.as_ref().map(reference)))
        .then_with(|| compare_texts(rows, a.said_in, b.said_in))
        .then_with(|| (a.is_private, a.state, a.decimals).cmp(&(b.is_private, b.state, b.decimals)))
        .then_with(|| a.scope.iter().map(reference).cmp(b.scope.iter().map(reference)))
        .then_with(|| compare_texts(rows, a.sentence, b.sentence))
}

pub(super) fn compare_whens(rows: &Dossier, a: Option<WhenId>, b: Option<WhenId>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if a != b => {
            let (a, b) = (rows.when(a), rows.when(b));
            a.chronological(b).then_with(|| a.label().cmp(&b.label()))
        }
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

fn compare_values(rows: &Dossier, a: Value, b: Value) -> Ordering {
    let rank = |value| match value {
        Value::Text(_) => 0,
        Value::Number { .. } => 1,
        Value::Entity(_) => 2,
        Value::Date(_) => 3,
        Value::Missing => 4,
    };
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => compare_texts(rows, Some(a), Some(b)),
        (Value::Number { number: a, unit: x }, Value::Number { number: b, unit: y }) => {
            a.get().total_cmp(&b.get()).then_with(|| rows.unit(x).cmp(&rows.unit(y)))
        }
        (Value::Entity(a), Value::Entity(b)) => a.cmp(&b),
        (Value::Date(a), Value::Date(b)) => compare_whens(rows, Some(a), Some(b)),
        (a, b) => rank(a).cmp(&rank(b)),
    }
}

/// Returns the rank of a basis for comparing: a sentence and a list may state the same claim, a count or a conclusion
/// is another one.
fn basis_class(basis: Basis) -> u8 {
    match basis {
        Basis::Stated | Basis::Listed => 0,
        Basis::Counted => 1,
        Basis::Inferred => 2,
    }
}

/// Returns the numbers from 0 on, sorted by a comparison of the rows.
pub(super) fn order_by(len: usize, mut compare: impl FnMut(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..len as u32).collect();
    order.sort_by(|&a, &b| compare(a as usize, b as usize));
    order
}

/// Returns the inverse of a permutation.
pub(super) fn inverse(order: &[u32]) -> Vec<u32> {
    let mut inverse = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        inverse[old as usize] = new as u32;
    }
    inverse
}
