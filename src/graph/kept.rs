//! The names and texts of a dossier that is not read: what a name cache has, for a search of the whole dossier.
//!
//! Invariant: the same pattern finds the same entities, by the same texts, as in the dossier for which the name cache was
//! written.

use super::Graph;
use crate::graph::names::{Entities, Hit, Matched};
use crate::model::id::Sym;
use crate::model::{ClaimId, Dossier, EntityId, Value};
use crate::search::{Chunk, Chunks, FoundText, GroupHit, GroupIndex, Pattern, Results, Stage, Stop, StoredChunk};

/// The names and texts of all entities.
#[derive(Debug)]
pub struct Kept {
    names: Graph,
    texts: GroupIndex<Sym, ProseNumber>,
}

/// Which text of an entity a piece of prose is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ProseNumber(u32);

/// An entity that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptHit(GroupHit<Sym, ProseNumber>);

impl ProseNumber {
    /// Returns the number of a text of a claim.
    fn new(dossier: &Dossier, claim: ClaimId, text: Sym) -> Self {
        let subject = dossier.claim(claim).subject;
        let first = dossier.claim_ids_of(subject).next().unwrap_or(claim);
        let before = claim.index().saturating_sub(first.index()) as u32;
        let is_note = dossier.claim(claim).value != Value::Text(text);
        Self(before.saturating_mul(2).saturating_add(is_note.into()))
    }

    /// Returns the claim of an entity, and the text of it; `None` if there is no such text.
    fn find(self, dossier: &Dossier, entity: EntityId) -> Option<(ClaimId, Sym)> {
        let id = dossier.claim_ids_of(entity).nth((self.0 / 2) as usize)?;
        let claim = dossier.claim(id);
        let is_note = self.0 % 2 == 1;
        let text = match claim.value {
            _ if is_note => dossier.details(claim)?.note?,
            Value::Text(text) => text,
            Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => return None,
        };
        Some((id, text))
    }
}

/// Returns the texts of one piece of entities in a form that can be stored; `None` if there is no such piece.
pub(super) fn to_stored(graph: &Graph, piece: usize) -> Option<StoredChunk> {
    let number = |(claim, text)| ProseNumber::new(graph.dossier(), claim, text).0;
    graph.names().prose().all().get(piece).map(|chunk| chunk.to_stored(number))
}

/// Returns the texts of one piece that was stored; `None` if it is inconsistent.
pub(super) fn from_stored(stored: StoredChunk) -> Option<Chunk<ProseNumber>> {
    Chunk::prose_from_stored(stored, |number| Some(ProseNumber(number)))
}

impl Kept {
    /// Puts names and texts together; `None` if they are inconsistent.
    pub(super) fn new(names: Graph, prose: Vec<Chunk<ProseNumber>>) -> Option<Self> {
        let prose = Chunks::from_stored(prose)?;
        let is_whole = prose.all().is_empty() || prose.group_count() == names.dossier().entities().len();
        let texts = GroupIndex::new(names.names().chunks().clone(), prose);
        is_whole.then_some(Self { names, texts })
    }

    /// The entities and names, without claims.
    pub fn names(&self) -> &Graph {
        &self.names
    }

    /// Finds the best `limit` of the entities that `allows` admits, as
    /// [`NameIndex::search`](super::names::NameIndex::search) does.
    pub fn search(
        &self,
        pattern: &Pattern,
        limit: usize,
        allows: impl Fn(EntityId) -> bool + Sync,
    ) -> Results<KeptHit> {
        let entities = Entities { index: self.names.names(), dossier: self.names.dossier(), pattern, allows };
        let mut results = Results::default();
        self.texts.search(pattern, &entities, limit, &Stop::never(), |stage| match stage {
            Stage::Names(_) => {}
            Stage::Whole(found) => results = found.map(KeptHit),
        });
        results
    }

    /// The id of an entity that was found.
    pub fn id(&self, hit: KeptHit) -> &str {
        self.names.dossier().id(EntityId(hit.0.group))
    }

    /// Returns a hit as one of a dossier in which the entity has the same names and claims; `None` if it has not.
    pub fn hit_in(&self, dossier: &Dossier, hit: KeptHit) -> Option<Hit> {
        let entity = dossier.find(self.id(hit))?;
        let GroupHit { tier, score, text, .. } = hit.0;
        let matched = match text {
            FoundText::Name(name) => {
                let name = self.names.dossier().text(name);
                let label = dossier.entity(entity).label;
                let mut all = std::iter::once(label).chain(dossier.names(entity).iter().map(|name| name.value));
                Matched::Name(all.find(|&other| dossier.text(other) == name)?)
            }
            FoundText::Prose(number) => {
                let (claim, text) = number.find(dossier, entity)?;
                Matched::Prose(claim, text)
            }
            // Such a search is not made without the claims.
            FoundText::Known(_) => return None,
        };
        Some(Hit { entity, tier, score, matched })
    }
}
