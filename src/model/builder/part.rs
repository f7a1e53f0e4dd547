//! A smaller dossier of the rows of a finished one.
//!
//! Invariant: the rows go through [`Builder::finish`] like any others, so that the result equals a dossier that was
//! built from these rows alone.

use super::{Builder, Handle, NewCheck, NewFilter, NewTerm, NewWhich, PlaceHandle};
use crate::model::check::{Check, Term};
use crate::model::compute::claims_behind;
use crate::model::dossier::{Claim, Document, Dossier, Judgement, Name, Value};
use crate::model::evidence::Cited;
use crate::model::id::{ClaimId, EntityId};
use crate::model::pool::Pool;

impl Builder {
    /// Returns the dossier of these entities and claims, both ascending.
    ///
    /// They must include the entities of all documents, and subject and target of every claim. Names, judgements and
    /// checks are removed with their entities, and checks with any claim that affects them: a sum over the rest would look
    /// like a defect of the documents.
    pub(in crate::model) fn part(dossier: &Dossier, entities: &[EntityId], claims: &[ClaimId]) -> Dossier {
        let kept = Kept { dossier, entities };
        let rows = Dossier {
            meta: dossier.meta.clone(),
            documents: dossier.documents.iter().map(|document| kept.document(document)).collect(),
            entities: entities.iter().map(|&id| *dossier.entity(id)).collect(),
            ids: kept.ids(),
            names: dossier.names.iter().filter_map(|name| kept.name(name)).collect(),
            claims: claims.iter().filter_map(|&id| kept.claim(dossier.claim(id))).collect(),
            judgements: dossier.judgements.iter().filter_map(|row| kept.judgement(row)).collect(),
            unclaimed: dossier.unclaimed.clone(),
            evidence: dossier.evidence.clone(),
            places: dossier.places.clone(),
            whens: dossier.whens.clone(),
            vocabulary: dossier.shared_vocabulary(),
            texts: dossier.texts.clone(),
            ..Dossier::default()
        };
        let mut builder = Self { rows, ..Self::default() };
        for check in &dossier.checks {
            let is_whole = claims_behind(dossier, check).iter().all(|claim| claims.binary_search(claim).is_ok());
            if let Some(new) = kept.check(check).filter(|_| is_whole) {
                builder.pool_numbers(dossier, check);
                builder.checks.push(new);
            }
        }
        builder.finish()
    }

    /// Adds the texts and dates of the pools to the lookup tables, which new checks need.
    fn pool_numbers(&mut self, dossier: &Dossier, check: &Check) {
        let filters = dossier.terms(check).iter().flat_map(|term| match term {
            Term::Count { filters, .. } => dossier.filters(*filters),
            Term::Slot { .. } | Term::Constant(_) => &[],
        });
        let texts = filters.filter_map(|filter| match filter.value {
            Value::Text(text) => Some(text),
            Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
        });
        texts.chain(check.note).chain([check.label]).for_each(|text| self.know_text(text));
        for term in dossier.terms(check) {
            if let Term::Slot { which, .. } = term {
                which.as_of.into_iter().for_each(|id| self.know_when(id));
            }
        }
    }
}

/// A dossier, and the new numbers of the entities that are kept.
struct Kept<'a> {
    dossier: &'a Dossier,
    entities: &'a [EntityId],
}

impl Kept<'_> {
    /// Returns the new number of an entity; `None` if it is removed.
    fn entity(&self, id: EntityId) -> Option<EntityId> {
        self.entities.binary_search(&id).ok().map(EntityId::from_index)
    }

    fn handle(&self, id: EntityId) -> Option<Handle> {
        self.entity(id).map(|id| Handle(id.0))
    }

    fn places(&self, evidence: Cited) -> Vec<PlaceHandle> {
        self.dossier.evidence.of(evidence).map(PlaceHandle).collect()
    }

    fn ids(&self) -> Pool {
        let mut ids = Pool::default();
        for &entity in self.entities {
            ids.push(self.dossier.id(entity));
        }
        ids
    }

    fn document(&self, document: &Document) -> Document {
        let number = self.entities.partition_point(|&kept| kept < document.entity);
        Document { entity: EntityId::from_index(number), ..document.clone() }
    }

    fn name(&self, name: &Name) -> Option<Name> {
        Some(Name { entity: self.entity(name.entity)?, ..*name })
    }

    fn claim(&self, claim: &Claim) -> Option<Claim> {
        let value = match claim.value {
            Value::Entity(target) => Value::Entity(self.entity(target)?),
            Value::Text(_) | Value::Number { .. } | Value::Date(_) | Value::Missing => claim.value,
        };
        Some(Claim { subject: self.entity(claim.subject)?, value, ..*claim })
    }

    fn judgement(&self, row: &Judgement) -> Option<Judgement> {
        Some(Judgement { a: self.entity(row.a)?, b: self.entity(row.b)?, ..*row })
    }

    fn check(&self, check: &Check) -> Option<NewCheck> {
        let terms = self.dossier.terms(check).iter().map(|term| self.term(term)).collect::<Option<_>>()?;
        Some(NewCheck {
            label: self.dossier.text(check.label).to_owned(),
            operation: check.operation,
            relation: check.relation,
            terms,
            note: check.note.map(|note| self.dossier.text(note).to_owned()),
            evidence: self.places(check.evidence),
        })
    }

    fn term(&self, term: &Term) -> Option<NewTerm> {
        Some(match *term {
            Term::Constant(quantity) => NewTerm::Constant(quantity),
            Term::Slot { entity, property, which } => NewTerm::Slot {
                entity: self.handle(entity)?,
                property,
                which: NewWhich {
                    modality: which.modality,
                    basis: which.basis,
                    as_of: which.as_of.map(|when| self.dossier.when(when).clone()),
                    number: which.number,
                },
            },
            Term::Count { kind, filters } => {
                let filters = self.dossier.filters(filters).iter();
                let filters = filters.map(|filter| Some((filter.property, self.filter(filter.value)?)));
                NewTerm::Count(kind, filters.collect::<Option<_>>()?)
            }
        })
    }

    fn filter(&self, value: Value) -> Option<NewFilter> {
        match value {
            Value::Text(text) => Some(NewFilter::Text(self.dossier.text(text).to_owned())),
            Value::Entity(entity) => self.handle(entity).map(NewFilter::Entity),
            // Filters never have these values.
            Value::Number { .. } | Value::Date(_) | Value::Missing => None,
        }
    }
}
