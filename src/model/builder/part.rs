//! A smaller dossier of the rows of a finished one.
//!
//! Invariant: the rows go through [`Builder::finish`] like any others, so that the result equals a dossier that was
//! built from these rows alone.

use super::{Builder, Handle, NewCheck, NewComplete, NewFilter, NewTerm, NewWhich, PlaceHandle};
use crate::model::check::{Check, Term};
use crate::model::complete::Complete;
use crate::model::compute::claims_behind;
use crate::model::details::{Details, Reference};
use crate::model::dossier::{Claim, Document, Dossier, Judgement, Name, Unclaimed, Value};
use crate::model::evidence::{Cited, Evidence};
use crate::model::id::{ClaimId, DocumentId, EntityId, Sym};
use crate::model::place::Place;
use crate::model::pool::Pool;
use crate::model::review::Review;
use crate::model::rows::SourceKey;

/// What stays of a dossier.
pub(in crate::model) struct Selection<'a> {
    /// The entities, ascending; a document stays with its entity.
    pub(in crate::model) entities: &'a [EntityId],
    /// The claims, ascending; subject and target of each have to stay.
    pub(in crate::model) claims: &'a [ClaimId],
    /// The names that stay with their entities.
    pub(in crate::model) keeps_name: &'a dyn Fn(&Name) -> bool,
    /// The places that remain evidence.
    pub(in crate::model) keeps_place: &'a dyn Fn(&Place) -> bool,
    /// The texts that may remain, where a row without its text would make no sense.
    pub(in crate::model) keeps_text: &'a dyn Fn(&str) -> bool,
    /// True if reviews of claims that do not exist stay.
    pub(in crate::model) keeps_reviews_of_nothing: bool,
}

impl Builder {
    /// Returns the dossier of these entities and claims, both ascending.
    ///
    /// They must include the entities of all documents, and subject and target of every claim. Names, judgements and
    /// checks are removed with their entities, and checks with any claim that affects them: a sum over the rest would look
    /// like a defect of the documents.
    pub(in crate::model) fn part(dossier: &Dossier, entities: &[EntityId], claims: &[ClaimId]) -> Dossier {
        Self::selected(
            dossier,
            &Selection {
                entities,
                claims,
                keeps_name: &|_| true,
                keeps_place: &|_| true,
                keeps_text: &|_| true,
                keeps_reviews_of_nothing: true,
            },
        )
    }

    /// Returns the dossier of what stays.
    pub(in crate::model) fn selected(dossier: &Dossier, selection: &Selection<'_>) -> Dossier {
        let claims = selection.claims;
        let mut kept = Kept { dossier, selection, evidence: Evidence::with_capacity(dossier.evidence.len()) };
        let (documents, numbers) = kept.documents();
        let rows = Dossier {
            meta: dossier.meta.clone(),
            documents,
            entities: selection.entities.iter().map(|&id| *dossier.entity(id)).collect(),
            ids: kept.ids(),
            names: dossier.names.iter().filter_map(|name| kept.name(name)).collect(),
            claims: claims.iter().filter_map(|&id| kept.claim(dossier.claim(id))).collect(),
            details: dossier.details.iter().map(|details| kept.details(details)).collect(),
            name_details: dossier.name_details.clone(),
            private: dossier.private.iter().filter_map(|&id| kept.entity(id)).collect(),
            reviews: kept.reviews(),
            judgements: dossier.judgements.iter().filter_map(|row| kept.judgement(row)).collect(),
            unclaimed: dossier.unclaimed.iter().filter(|row| kept.is_unclaimed(**row)).copied().collect(),
            places: dossier.places.iter().map(|place| renumbered(place, &numbers)).collect(),
            whens: dossier.whens.clone(),
            vocabulary: dossier.shared_vocabulary(),
            texts: dossier.texts.clone(),
            ..Dossier::default()
        };
        let mut builder =
            Self { rows: Dossier { evidence: std::mem::take(&mut kept.evidence), ..rows }, ..Self::default() };
        for row in &dossier.completes {
            if let Some(new) = kept.complete(row) {
                row.reason.into_iter().chain([row.list]).for_each(|text| builder.know_text(text));
                row.since.into_iter().chain(row.until).for_each(|id| builder.know_when(id));
                builder.completes.push(new);
            }
        }
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
    selection: &'a Selection<'a>,
    /// The evidence so far.
    evidence: Evidence,
}

/// Returns a place with the new number of its document. A place of a document that is removed belongs to no row.
fn renumbered(place: &Place, numbers: &[DocumentId]) -> Place {
    let document = numbers.get(place.document.index()).copied().unwrap_or(DocumentId(0));
    Place { document, ..*place }
}

impl Kept<'_> {
    /// Returns the new number of an entity; `None` if it is removed.
    fn entity(&self, id: EntityId) -> Option<EntityId> {
        self.selection.entities.binary_search(&id).ok().map(EntityId::from_index)
    }

    fn handle(&self, id: EntityId) -> Option<Handle> {
        self.entity(id).map(|id| Handle(id.0))
    }

    /// Returns the places of a row that stay.
    fn places(&self, evidence: Cited) -> Vec<PlaceHandle> {
        let stays = |&place: &u32| (self.selection.keeps_place)(&self.dossier.places[place as usize]);
        self.dossier.evidence.of(evidence).filter(stays).map(PlaceHandle).collect()
    }

    /// Adds the places of a row that stay.
    fn cited(&mut self, evidence: Cited) -> Cited {
        let places = self.places(evidence);
        self.evidence.add(places.into_iter().map(|place| place.0))
    }

    fn keeps(&self, text: Sym) -> bool {
        (self.selection.keeps_text)(self.dossier.text(text))
    }

    fn ids(&self) -> Pool {
        let mut ids = Pool::default();
        for &entity in self.selection.entities {
            ids.push(self.dossier.id(entity));
        }
        ids
    }

    /// Returns the documents that stay, and the new number of each document of the dossier.
    fn documents(&self) -> (Vec<Document>, Vec<DocumentId>) {
        let (mut documents, mut numbers) = (Vec::new(), Vec::new());
        for document in &self.dossier.documents {
            numbers.push(DocumentId::from_index(documents.len()));
            if let Some(entity) = self.entity(document.entity) {
                let keeps = |text: &String| (self.selection.keeps_text)(text);
                let mut document = Document { entity, ..document.clone() };
                document.kind = document.kind.filter(keeps);
                document.publisher = document.publisher.filter(keeps);
                document.published =
                    document.published.filter(|when| when.label().is_none_or(self.selection.keeps_text));
                document.file = document.file.filter(keeps);
                document.details.retain(|(key, value)| {
                    let copied = (*key == SourceKey::Copies).then(|| self.dossier.document_called(value)).flatten();
                    keeps(value) && copied.is_none_or(|original| self.entity(original).is_some())
                });
                documents.push(document);
            }
        }
        (documents, numbers)
    }

    fn name(&mut self, name: &Name) -> Option<Name> {
        let entity = self.entity(name.entity).filter(|_| (self.selection.keeps_name)(name))?;
        Some(Name { entity, evidence: self.cited(name.evidence), ..*name })
    }

    fn claim(&mut self, claim: &Claim) -> Option<Claim> {
        let value = match claim.value {
            Value::Entity(target) => Value::Entity(self.entity(target)?),
            Value::Text(_) | Value::Number { .. } | Value::Date(_) | Value::Missing => claim.value,
        };
        Some(Claim { subject: self.entity(claim.subject)?, value, evidence: self.cited(claim.evidence), ..*claim })
    }

    /// Returns what a claim has, with the label in place of each entity that is removed.
    fn details(&self, details: &Details) -> Details {
        let mut details = details.clone();
        for reference in details.references_mut() {
            if let Reference::Entity(entity) = *reference {
                let label = self.dossier.entity(entity).label;
                *reference = self.entity(entity).map_or(Reference::Text(label), Reference::Entity);
            }
        }
        details
    }

    /// Returns a list that is still whole: its subject is kept, and all claims of it and about it.
    fn complete(&self, row: &Complete) -> Option<NewComplete> {
        let concerns = |claim: &Claim| claim.subject == row.of || Dossier::target(claim) == Some(row.of);
        let is_kept = |id: ClaimId| self.selection.claims.binary_search(&id).is_ok();
        let is_whole = self.dossier.claims().all(|(id, claim)| !concerns(claim) || is_kept(id));
        let evidence = self.places(row.evidence);
        let is_said = evidence.is_empty() == (row.evidence == Cited::NOWHERE) || row.reason.is_some();
        let mut labels = row.since.into_iter().chain(row.until).filter_map(|id| self.dossier.when(id).label());
        let is_named = !labels.all(self.selection.keeps_text);
        if !is_whole || !is_said || is_named || row.reason.is_some_and(|reason| !self.keeps(reason)) {
            return None;
        }
        Some(NewComplete {
            of: self.handle(row.of)?,
            list: self.dossier.text(row.list).to_owned(),
            since: row.since.map(|id| self.dossier.when(id).clone()),
            until: row.until.map(|id| self.dossier.when(id).clone()),
            reason: row.reason.map(|reason| self.dossier.text(reason).to_owned()),
            evidence,
        })
    }

    /// Returns the reviews of claims that stay.
    fn reviews(&self) -> Vec<Review> {
        let stays = |id| self.selection.claims.binary_search(&id).is_ok();
        let texts = |row: &Review| [row.claim, row.by].into_iter().chain(row.note).all(|text| self.keeps(text));
        let reviewed = self.dossier.reviewed().into_iter();
        let kept = reviewed.filter(|(_, claim)| claim.map_or(self.selection.keeps_reviews_of_nothing, stays));
        kept.map(|(row, _)| *row).filter(texts).collect()
    }

    /// Returns true if a place without a fact stays.
    fn is_unclaimed(&self, row: Unclaimed) -> bool {
        (self.selection.keeps_place)(&self.dossier.places[row.place as usize]) && self.keeps(row.reason)
    }

    fn judgement(&self, row: &Judgement) -> Option<Judgement> {
        let stays = self.keeps(row.reason);
        Some(Judgement { a: self.entity(row.a)?, b: self.entity(row.b)?, ..*row }).filter(|_| stays)
    }

    fn check(&self, check: &Check) -> Option<NewCheck> {
        let evidence = self.places(check.evidence);
        let is_said = evidence.is_empty() == (check.evidence == Cited::NOWHERE);
        if !is_said || !self.keeps(check.label) || check.note.is_some_and(|note| !self.keeps(note)) {
            return None;
        }
        let terms = self.dossier.terms(check).iter().map(|term| self.term(term)).collect::<Option<_>>()?;
        Some(NewCheck {
            label: self.dossier.text(check.label).to_owned(),
            operation: check.operation,
            relation: check.relation,
            terms,
            note: check.note.map(|note| self.dossier.text(note).to_owned()),
            evidence,
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
