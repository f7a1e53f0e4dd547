//! The one form of a dossier that says the same: pools in the order of first use.
//!
//! Invariant: what a dossier holds depends on the sorted rows alone, not on the order in
//! which texts, dates and places were met while it was built.

use super::{Builder, Evidenced, NewCheck, PlaceHandle};
use crate::model::dossier::{Claim, Document, Dossier, Entity, Judgement, Name, Pool, Unclaimed, Value};
use crate::model::id::{EntityId, Sym, WhenId};
use crate::model::place::Place;
use crate::model::when::When;

/// Renumbers the pools in the order of first use.
pub(super) struct Canonical<'a> {
    from: &'a Builder,
    texts: Pool,
    text_numbers: Vec<Option<Sym>>,
    whens: Vec<When>,
    when_numbers: Vec<Option<WhenId>>,
    places: Vec<Place>,
    place_numbers: Vec<Option<u32>>,
    evidence: Vec<u32>,
}

impl<'a> Canonical<'a> {
    pub(super) fn new(from: &'a Builder) -> Self {
        Self {
            from,
            texts: Pool::default(),
            text_numbers: vec![None; from.texts.len()],
            whens: Vec::new(),
            when_numbers: vec![None; from.whens.len()],
            places: Vec::new(),
            place_numbers: vec![None; from.places.len()],
            evidence: Vec::new(),
        }
    }

    pub(super) fn write(
        mut self,
        documents: Vec<Document>,
        mut entities: Vec<Entity>,
        names: Vec<Evidenced<Name>>,
        claims: Vec<Evidenced<Claim>>,
        checks: &[NewCheck],
    ) -> Dossier {
        for entity in &mut entities {
            entity.id = self.text(entity.id);
            entity.label = self.text(entity.label);
        }
        let names: Vec<Name> = names
            .into_iter()
            .map(|(name, places)| Name {
                value: self.text(name.value),
                lang: name.lang.map(|lang| self.text(lang)),
                evidence: self.places(&places),
                ..name
            })
            .collect();
        let claims: Vec<Claim> = claims.into_iter().map(|(claim, places)| self.claim(claim, &places)).collect();
        for (index, entity) in entities.iter_mut().enumerate() {
            let id = EntityId::from_index(index);
            entity.names = names.partition_point(|name| name.entity < id) as u32;
            entity.claims = claims.partition_point(|claim| claim.subject < id) as u32;
        }
        let judgements = self.from.judgements.iter();
        let judgements = judgements.map(|row| Judgement { reason: self.text(row.reason), ..*row }).collect();
        let mut unclaimed = self.from.unclaimed.clone();
        unclaimed.sort_by(|a, b| {
            let place = |row: &Unclaimed| &self.from.places[row.place as usize];
            place(a).order(place(b), |sym| self.from.texts.get(sym).into())
        });
        unclaimed.dedup_by_key(|row| row.place);
        let unclaimed = unclaimed
            .into_iter()
            .map(|row| Unclaimed { place: self.place(PlaceHandle(row.place)), reason: self.text(row.reason) })
            .collect();
        let (checks, terms, filters) = self.checks(checks);
        Dossier {
            meta: self.from.meta.clone(),
            documents,
            entities,
            names,
            claims,
            judgements,
            unclaimed,
            checks,
            terms,
            filters,
            evidence: self.evidence,
            places: self.places,
            whens: self.whens,
            texts: self.texts,
        }
    }

    fn claim(&mut self, claim: Claim, places: &[PlaceHandle]) -> Claim {
        let value = match claim.value {
            Value::Text(sym) => Value::Text(self.text(sym)),
            Value::Date(when) => Value::Date(self.when(when)),
            Value::Number { .. } | Value::Entity(_) | Value::Missing => claim.value,
        };
        Claim {
            value,
            start: claim.start.map(|when| self.when(when)),
            end: claim.end.map(|when| self.when(when)),
            as_of: claim.as_of.map(|when| self.when(when)),
            reason: claim.reason.map(|reason| self.text(reason)),
            note: claim.note.map(|note| self.text(note)),
            evidence: self.places(places),
            ..claim
        }
    }

    fn text(&mut self, old: Sym) -> Sym {
        let texts = &mut self.texts;
        *self.text_numbers[old.index()].get_or_insert_with(|| texts.push(self.from.texts.get(old)))
    }

    pub(super) fn new_text(&mut self, text: &str) -> Sym {
        match self.from.text_numbers.get(text) {
            Some(&old) => self.text(old),
            None => self.texts.push(text),
        }
    }

    pub(super) fn new_when(&mut self, when: &When) -> WhenId {
        if let Some(&old) = self.from.when_numbers.get(when) {
            return self.when(old);
        }
        self.whens.push(when.clone());
        WhenId::from_index(self.whens.len() - 1)
    }

    fn when(&mut self, old: WhenId) -> WhenId {
        let whens = &mut self.whens;
        *self.when_numbers[old.index()].get_or_insert_with(|| {
            whens.push(self.from.whens[old.index()].clone());
            WhenId::from_index(whens.len() - 1)
        })
    }

    fn place(&mut self, old: PlaceHandle) -> u32 {
        if let Some(number) = self.place_numbers[old.0 as usize] {
            return number;
        }
        let place = self.from.places[old.0 as usize];
        let section = self.text(place.section);
        let spot = place.spot.map(|row| self.text(row));
        let number = self.places.len() as u32;
        self.places.push(Place { section, spot, ..place });
        self.place_numbers[old.0 as usize] = Some(number);
        number
    }

    pub(super) fn places(&mut self, places: &[PlaceHandle]) -> (u32, u32) {
        let start = self.evidence.len() as u32;
        for &place in places {
            let number = self.place(place);
            self.evidence.push(number);
        }
        (start, self.evidence.len() as u32)
    }
}
