//! Rows as a store has them: texts already in the pools, evidence added by owner.
//!
//! Invariant: rows added here equal those added by the public functions of the builder.

use super::{Builder, Handle, NewNameDetails, PlaceHandle, order};
use crate::model::dossier::{Claim, Dossier, Entity};
use crate::model::evidence::{Cited, Evidence};
use crate::model::place::Pin;
use crate::model::words::NameKind;
use crate::vocabulary::KindId;

/// The expected numbers of rows, for reserving space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sizes {
    pub(crate) entities: usize,
    pub(crate) names: usize,
    pub(crate) claims: usize,
}

impl Builder {
    /// Reserves space; more or fewer rows may be added.
    pub(crate) fn reserve(&mut self, sizes: Sizes) {
        let rows = &mut self.rows;
        rows.entities.reserve(sizes.entities);
        rows.names.reserve(sizes.names);
        rows.claims.reserve(sizes.claims);
        // Only some claims have texts.
        let texts = sizes.entities + sizes.names + sizes.claims / 3;
        rows.ids.reserve(sizes.entities);
        rows.texts.reserve(texts);
        self.tables.reserve(&self.rows, sizes.entities, texts);
    }

    /// Adds an entity by its whole id, which begins with the kind; `None` if the id is taken.
    pub(crate) fn entity_with_id(&mut self, kind: KindId, id: &str, label: &str) -> Option<Handle> {
        let number = self.tables.take_id(&mut self.rows, id)?;
        let label = self.intern(label);
        self.rows.entities.push(Entity { kind, label, names: 0, claims: 0 });
        Some(Handle(number))
    }

    /// Returns the id of an entity.
    pub(crate) fn id(&self, handle: Handle) -> &str {
        self.rows.ids.at(handle.0 as usize)
    }

    /// Returns the entity that was added after this one.
    pub(crate) fn next(&self, handle: Handle) -> Option<Handle> {
        let next = handle.0 + 1;
        ((next as usize) < self.rows.entities.len()).then_some(Handle(next))
    }

    /// Adds a name without evidence; returns its number.
    pub(crate) fn add_name(
        &mut self,
        entity: Handle,
        value: &str,
        kind: NameKind,
        lang: Option<&str>,
        details: &NewNameDetails,
    ) -> u32 {
        self.detailed_name(entity, value, kind, lang, details, &[]);
        self.rows.names.len() as u32 - 1
    }

    /// Returns the pin of a place.
    pub(crate) fn pin_of(&self, place: PlaceHandle) -> Option<Pin> {
        self.rows.places[place.0 as usize].pin
    }

    /// Adds a claim without evidence; returns its number.
    pub(crate) fn add_claim(&mut self, claim: Claim) -> u32 {
        self.rows.claims.push(Claim { evidence: Cited::NOWHERE, ..claim });
        self.rows.claims.len() as u32 - 1
    }

    /// Sets the evidence of names: pairs of the number of a name and a place.
    pub(crate) fn prove_names(&mut self, mut pairs: Vec<(u32, PlaceHandle)>) {
        let (rows, evidence) = (&mut self.rows.names, &mut self.rows.evidence);
        by_owner(&mut pairs, evidence, |owner, list| rows[owner as usize].evidence = list);
    }

    /// Sets the evidence of claims: pairs of the number of a claim and a place.
    pub(crate) fn prove_claims(&mut self, mut pairs: Vec<(u32, PlaceHandle)>) {
        let (rows, evidence) = (&mut self.rows.claims, &mut self.rows.evidence);
        by_owner(&mut pairs, evidence, |owner, list| rows[owner as usize].evidence = list);
    }

    /// Returns the entities and names so far as a dossier, if they were added in canonical order; must be called before
    /// claims are added.
    pub(crate) fn so_far(&mut self) -> Option<&Dossier> {
        if !self.rows.claims.is_empty() || !order::has_entities_in_order(&self.rows) {
            return None;
        }
        let in_order = self.rows.names.is_sorted_by(|a, b| order::compare_names(&self.rows, a, b).is_lt());
        in_order.then(|| {
            order::set_starts(&mut self.rows);
            &self.rows
        })
    }
}

/// Groups places by owner, in the order of the owners.
fn by_owner(pairs: &mut [(u32, PlaceHandle)], evidence: &mut Evidence, mut set: impl FnMut(u32, Cited)) {
    if !pairs.is_sorted_by_key(|pair| pair.0) {
        pairs.sort_by_key(|pair| pair.0);
    }
    evidence.reserve_exact(pairs.len());
    for group in pairs.chunk_by(|a, b| a.0 == b.0) {
        set(group[0].0, evidence.add(group.iter().map(|(_, place)| place.0)));
    }
}
