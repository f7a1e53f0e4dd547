//! Lookup tables of a builder: ids, texts, dates and places by content.
//!
//! Invariant: the tables hold numbers only and compare with the rows; equal contents have one number.

use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use super::{Builder, PlaceHandle};
use crate::model::dossier::Dossier;
use crate::model::evidence::Cited;
use crate::model::id::{Sym, WhenId};
use crate::model::place::Place;
use crate::model::when::{When, WhenError};

/// The lookup tables.
#[derive(Debug, Default)]
pub(super) struct Tables {
    ids: HashTable<u32>,
    texts: HashTable<Sym>,
    whens: HashTable<WhenId>,
    places: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Tables {
    /// Returns the number of the entity with an id.
    pub(super) fn id(&self, rows: &Dossier, id: &str) -> Option<u32> {
        self.ids.find(self.hasher.hash_one(id), |&entity| rows.ids.at(entity as usize) == id).copied()
    }

    /// Takes an id for the next entity; `None` if another one has it.
    pub(super) fn take_id(&mut self, rows: &mut Dossier, id: &str) -> Option<u32> {
        let pool = &mut rows.ids;
        let hasher = &self.hasher;
        let found = self.ids.entry(
            hasher.hash_one(id),
            |&entity| pool.at(entity as usize) == id,
            |&entity| hasher.hash_one(pool.at(entity as usize)),
        );
        match found {
            Entry::Occupied(_) => None,
            Entry::Vacant(vacant) => {
                let entity = pool.len() as u32;
                pool.push(id);
                vacant.insert(entity);
                Some(entity)
            }
        }
    }

    /// Returns the number of a place, which is added if it is new.
    pub(super) fn place(&mut self, rows: &mut Dossier, place: Place) -> u32 {
        let places = &mut rows.places;
        let hasher = &self.hasher;
        let key = |place: &Place| (place.document, place.section, place.spot);
        let found = self.places.entry(
            hasher.hash_one(key(&place)),
            |&number| key(&places[number as usize]) == key(&place),
            |&number| hasher.hash_one(key(&places[number as usize])),
        );
        match found {
            Entry::Occupied(found) => *found.get(),
            Entry::Vacant(vacant) => {
                let number = places.len() as u32;
                places.push(place);
                vacant.insert(number);
                number
            }
        }
    }

    fn text(&mut self, rows: &mut Dossier, text: &str) -> Sym {
        let pool = &mut rows.texts;
        let hasher = &self.hasher;
        let found = self.texts.entry(
            hasher.hash_one(text),
            |&sym| pool.get(sym) == text,
            |&sym| hasher.hash_one(pool.get(sym)),
        );
        match found {
            Entry::Occupied(found) => *found.get(),
            Entry::Vacant(vacant) => {
                let sym = pool.push(text);
                vacant.insert(sym);
                sym
            }
        }
    }

    /// Returns the number of a date by EDTF and label; `make` returns the date if it is new.
    fn when<E>(
        &mut self,
        rows: &mut Dossier,
        (edtf, label): (&str, Option<&str>),
        make: impl FnOnce() -> Result<When, E>,
    ) -> Result<WhenId, E> {
        let whens = &mut rows.whens;
        let hasher = &self.hasher;
        let found = self.whens.entry(
            hasher.hash_one((edtf, label)),
            |&id| whens[id.index()].edtf() == edtf && whens[id.index()].label() == label,
            |&id| hasher.hash_one((whens[id.index()].edtf(), whens[id.index()].label())),
        );
        match found {
            Entry::Occupied(found) => Ok(*found.get()),
            Entry::Vacant(vacant) => {
                let id = WhenId::from_index(whens.len());
                whens.push(make()?);
                vacant.insert(id);
                Ok(id)
            }
        }
    }

    /// Reserves space for entities and texts.
    pub(super) fn reserve(&mut self, rows: &Dossier, entities: usize, texts: usize) {
        let Self { ids, texts: known, hasher, .. } = self;
        ids.reserve(entities, |&entity| hasher.hash_one(rows.ids.at(entity as usize)));
        known.reserve(texts, |&sym| hasher.hash_one(rows.texts.get(sym)));
    }
}

impl Builder {
    /// Adds a text to the pool, unless it is there; returns its number.
    pub(crate) fn intern(&mut self, text: &str) -> Sym {
        self.tables.text(&mut self.rows, text)
    }

    /// Adds a date to the pool, unless it is there; returns its number. The text is only parsed if it is new.
    pub(crate) fn intern_date(&mut self, edtf: &str, label: Option<&str>) -> Result<WhenId, WhenError> {
        let hemisphere = self.hemisphere();
        self.tables.when(&mut self.rows, (edtf, label), || {
            When::parse_in(edtf, hemisphere).map(|when| label.iter().fold(when, |when, label| when.with_label(label)))
        })
    }

    pub(super) fn intern_when(&mut self, when: &When) -> WhenId {
        let made = self
            .tables
            .when(&mut self.rows, (when.edtf(), when.label()), || Ok::<_, std::convert::Infallible>(when.clone()));
        match made {
            Ok(id) => id,
        }
    }

    /// Adds a list of places to the evidence.
    pub(super) fn evidence(&mut self, places: &[PlaceHandle]) -> Cited {
        self.rows.evidence.add(places.iter().map(|place| place.0))
    }

    /// Adds a text of the pool to the lookup table, if this builder did not add it.
    pub(super) fn know_text(&mut self, sym: Sym) {
        let Tables { texts, hasher, .. } = &mut self.tables;
        let pool = &self.rows.texts;
        let hash = hasher.hash_one(pool.get(sym));
        texts.entry(hash, |&known| known == sym, |&known| hasher.hash_one(pool.get(known))).or_insert(sym);
    }

    /// Adds a date of the pool to the lookup table, if this builder did not add it.
    pub(super) fn know_when(&mut self, id: WhenId) {
        let Tables { whens, hasher, .. } = &mut self.tables;
        let pool = &self.rows.whens;
        let hash = |id: WhenId| hasher.hash_one((pool[id.index()].edtf(), pool[id.index()].label()));
        whens.entry(hash(id), |&known| known == id, |&known| hash(known)).or_insert(id);
    }
}
