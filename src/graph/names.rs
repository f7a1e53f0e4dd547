//! The index of names and prose of a dossier: entities as the groups that the search engine knows.
//!
//! Names are searched fuzzily. Prose is the text values and notes of claims; an entity is found by it, or by the name of a
//! property that is stated of it, if no name has the words letter by letter. The *prominence* of an entity is the bit length of the number of claims whose value it is: 0 for none,
//! 1 for one, 2 for two and three, and so on.
//!
//! Invariant: texts have the order of the dossier, the label of an entity before its names; names with the same folded
//! form are indexed once.

use crate::graph::entity_set::EntitySet;
use crate::model::id::Sym;
use crate::model::{ClaimId, CoreKind, Dossier, EntityId, Value};
use crate::search::{
    self, Chunk, Chunks, FoundText, GROUPS, GroupHit, GroupIndex, Groups, Known, Pattern, Stop, StoredChunk, Tier,
};

mod stated;
#[cfg(test)]
mod tests;

pub use self::stated::{Asked, Stated};

/// The folded names and prose of all entities of a dossier.
///
/// ```
/// use annals::formats::author;
/// use annals::graph::Graph;
/// use annals::search::Pattern;
///
/// let graph = Graph::new(author::load(&author::embedded()).0);
/// let found = graph.names().search(graph.dossier(), &Pattern::words("university"), 5, |_| true);
/// assert!(found.rows.len() <= 5 && found.total() >= found.rows.len());
/// ```
#[derive(Debug)]
pub struct NameIndex {
    texts: GroupIndex<Sym, (ClaimId, Sym)>,
    prominence: Vec<u8>,
    max_prominence: u8,
}

/// The text by which an entity was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched {
    /// A name, as written.
    Name(Sym),
    /// The text value or the note of a claim about the entity.
    Prose(ClaimId, Sym),
    /// The property of a claim about the entity, or its date.
    Stated(ClaimId),
}

/// An entity that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The entity.
    pub entity: EntityId,
    /// In which way it matched.
    pub tier: Tier,
    /// The score within the tier; only scores for the same pattern can be compared.
    pub score: i32,
    /// The text that matched best.
    pub matched: Matched,
}

/// The result of a search among entities.
pub type Results = search::Results<Hit>;

/// A stage of a search among entities.
pub type Stage = search::Stage<Hit>;

/// The entities that match a pattern, as sets.
pub type MatchSets = search::MatchSets<EntityId>;

impl Matched {
    /// The claim that matched; `None` if a name did.
    pub const fn claim(self) -> Option<ClaimId> {
        match self {
            Self::Name(_) => None,
            Self::Prose(claim, _) | Self::Stated(claim) => Some(claim),
        }
    }
}

impl Hit {
    fn new(hit: &GroupHit<Sym, (ClaimId, Sym)>) -> Self {
        let &GroupHit { group, tier, score, text } = hit;
        let matched = match text {
            FoundText::Name(name) => Matched::Name(name),
            FoundText::Prose((claim, text)) => Matched::Prose(claim, text),
            FoundText::Known(claim) => Matched::Stated(ClaimId::from_index(claim as usize)),
        };
        Self { entity: EntityId(group), tier, score, matched }
    }

    /// Returns true if the row stands above the divider: see [`Tier::is_close`].
    pub const fn is_close(&self) -> bool {
        self.tier.is_close()
    }

    /// The text that matched, as written: a name or what is said, else the heading of the property.
    pub fn text<'a>(&self, dossier: &'a Dossier) -> &'a str {
        match self.matched {
            Matched::Name(text) | Matched::Prose(_, text) => dossier.text(text),
            Matched::Stated(claim) => match dossier.claim(claim).value {
                Value::Text(text) => dossier.text(text),
                Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => {
                    dossier.vocabulary().label(dossier.claim(claim).property)
                }
            },
        }
    }
}

impl NameIndex {
    /// Indexes the labels, names, text values and notes of a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        let names = Chunks::build(dossier.entities().len(), |group, chunk| {
            let entity = EntityId::from_index(group);
            let label = dossier.entity(entity).label;
            chunk.push_name(dossier.text(label), label);
            for name in dossier.names(entity) {
                chunk.push_new_name(dossier.text(name.value), name.value);
            }
        });
        Self::with_names(names, dossier)
    }

    /// Indexes a dossier that has the names of this index, which are not folded again.
    pub(crate) fn extended_to(&self, dossier: &Dossier) -> Self {
        Self::with_names(self.texts.names().clone(), dossier)
    }

    fn with_names(names: Chunks<Sym>, dossier: &Dossier) -> Self {
        // Without claims there is no prose, and no chunk is made.
        let entities = if dossier.all_claims().is_empty() { 0 } else { dossier.entities().len() };
        let prose = Chunks::build(entities, |group, chunk| {
            for id in dossier.claim_ids_of(EntityId::from_index(group)) {
                let claim = dossier.claim(id);
                let value = match claim.value {
                    Value::Text(text) => Some(text),
                    Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
                };
                for text in value.into_iter().chain(dossier.details(claim).and_then(|details| details.note)) {
                    chunk.push_prose(dossier.text(text), (id, text));
                }
            }
        });
        Self::of(GroupIndex::new(names, prose), prominence(dossier))
    }

    fn of(texts: GroupIndex<Sym, (ClaimId, Sym)>, prominence: Vec<u8>) -> Self {
        let max_prominence = prominence.iter().copied().max().unwrap_or_default();
        Self { texts, prominence, max_prominence }
    }

    /// The names of one piece of entities in a form that can be stored, and the prominence of each entity; `None` if
    /// there is no such piece.
    pub(crate) fn to_stored(&self, piece: usize) -> Option<(StoredChunk, &[u8])> {
        let chunk = self.texts.names().all().get(piece)?;
        let start = piece * GROUPS;
        Some((chunk.to_stored(|name| name.index() as u32), self.prominence.get(start..start + chunk.group_count())?))
    }

    /// The names of one piece that was stored; `None` if it is inconsistent. `names` is the number of texts of the dossier.
    pub(crate) fn chunk_from_stored(stored: StoredChunk, names: usize) -> Option<Chunk<Sym>> {
        let key = |name: u32| ((name as usize) < names).then(|| Sym::from_index(name as usize));
        Chunk::from_stored(stored, key)
    }

    /// Creates an index of stored names, without prose; `None` if the pieces are inconsistent.
    pub(crate) fn from_stored(chunks: Vec<Chunk<Sym>>, prominence: Vec<u8>) -> Option<Self> {
        let names = Chunks::from_stored(chunks)?;
        (names.group_count() == prominence.len())
            .then(|| Self::of(GroupIndex::new(names, Chunks::default()), prominence))
    }

    /// The names.
    pub(super) fn chunks(&self) -> &Chunks<Sym> {
        self.texts.names()
    }

    /// The texts of claims.
    pub(super) fn prose(&self) -> &Chunks<(ClaimId, Sym)> {
        self.texts.prose()
    }

    /// Finds the best `limit` of the entities that `allows` admits, best first, and the number of all that match.
    ///
    /// A pattern without wanted terms finds every admitted entity, the most prominent first. `allows` is called for
    /// entities that match, by several threads.
    pub fn search(
        &self,
        dossier: &Dossier,
        pattern: &Pattern,
        limit: usize,
        allows: impl Fn(EntityId) -> bool + Sync,
    ) -> Results {
        let mut results = Results::default();
        self.search_in_stages(dossier, pattern.into(), limit, allows, &Stop::never(), |stage| match stage {
            Stage::Names(_) => {}
            Stage::Whole(found) => results = found,
        });
        results
    }

    /// Searches as [`search`](Self::search) does, and calls `each` for what is found by name, if the dossier is large,
    /// and for the complete result. After `stop` is set it is not called any more.
    ///
    /// Entities are also found by claims that are [asked for](Asked).
    pub fn search_in_stages(
        &self,
        dossier: &Dossier,
        asked: Asked<'_>,
        limit: usize,
        allows: impl Fn(EntityId) -> bool + Sync,
        stop: &Stop,
        mut each: impl FnMut(Stage),
    ) {
        let entities = Entities { index: self, dossier, pattern: asked.pattern, allows };
        let known = || {
            let known = |&Stated { claim, whole, dated }: &Stated| {
                let group = dossier.claim(claim).subject.index() as u32;
                Known { group, whole, score: dated.into(), key: claim.index() as u32 }
            };
            self.stated(dossier, asked, stop).iter().map(known).collect()
        };
        let each = |stage: search::Stage<_>| each(stage.map(|hit| Hit::new(&hit)));
        self.texts.search_beside(asked.pattern, &entities, limit, stop, known, each);
    }

    /// The admitted entities with a name that matches in the best way in which any name does: see
    /// [`GroupIndex::named`]. `None` if it was stopped.
    pub fn named(
        &self,
        dossier: &Dossier,
        pattern: &Pattern,
        allows: impl Fn(EntityId) -> bool,
        stop: &Stop,
    ) -> Option<EntitySet> {
        let allows = |group| allows(EntityId(group)) && has_signs(dossier, pattern, EntityId(group));
        Some(self.texts.named(pattern, allows, stop)?.into_set_of())
    }

    /// The entities that match by name, as [`named`](Self::named) returns them, and by prose. `None` if it was stopped.
    pub fn match_sets(
        &self,
        dossier: &Dossier,
        pattern: &Pattern,
        allows: impl Fn(EntityId) -> bool,
        stop: &Stop,
    ) -> Option<MatchSets> {
        let allows = |group| allows(EntityId(group)) && has_signs(dossier, pattern, EntityId(group));
        Some(self.texts.match_sets(pattern, allows, stop)?.into_sets_of())
    }

    /// The entities that `excludes` returns true for, or that have a name which the pattern excludes. `None` if it was
    /// stopped.
    pub fn excluded(
        &self,
        pattern: &Pattern,
        excludes: impl Fn(EntityId) -> bool + Sync,
        stop: &Stop,
    ) -> Option<EntitySet> {
        Some(self.texts.excluded(pattern, |group| excludes(EntityId(group)), stop)?.into_set_of())
    }
}

/// The entities of a dossier as groups.
pub(super) struct Entities<'a, A> {
    pub(super) index: &'a NameIndex,
    pub(super) dossier: &'a Dossier,
    pub(super) pattern: &'a Pattern,
    /// Returns true for those that may be found.
    pub(super) allows: A,
}

impl<A: Fn(EntityId) -> bool + Sync> Groups for Entities<'_, A> {
    fn label(&self, group: u32) -> &str {
        self.dossier.label(EntityId(group))
    }

    fn class(&self, group: u32) -> u8 {
        class(self.dossier.core_kind(EntityId(group)))
    }

    fn prominence(&self, group: u32) -> u8 {
        self.index.prominence.get(group as usize).copied().unwrap_or(0)
    }

    fn max_prominence(&self) -> u8 {
        self.index.max_prominence
    }

    fn allows(&self, group: u32) -> bool {
        (self.allows)(EntityId(group)) && has_signs(self.dossier, self.pattern, EntityId(group))
    }
}

/// Returns true if the names of an entity, as written, have the signs that a pattern asks for.
fn has_signs(dossier: &Dossier, pattern: &Pattern, entity: EntityId) -> bool {
    let others = dossier.names(entity).iter().map(|name| dossier.text(name.value));
    !pattern.has_signs() || pattern.admits(std::iter::once(dossier.label(entity)).chain(others))
}

/// The order of kinds among rows that match equally well: those that people look for most come first.
const fn class(kind: CoreKind) -> u8 {
    match kind {
        CoreKind::Institution => 0,
        CoreKind::Unit => 1,
        CoreKind::Person => 2,
        CoreKind::Post => 3,
        CoreKind::Item => 4,
        CoreKind::Agreement => 6,
        CoreKind::Event => 7,
        CoreKind::Place => 9,
        CoreKind::Tenure => 10,
        CoreKind::Document => 11,
    }
}

/// The prominence of each entity.
#[expect(clippy::indexing_slicing, reason = "there is a count for each entity")]
fn prominence(dossier: &Dossier) -> Vec<u8> {
    let mut links = vec![0u32; dossier.entities().len()];
    for claim in dossier.all_claims() {
        if let Some(target) = Dossier::target(claim) {
            links[target.index()] += 1;
        }
    }
    links.into_iter().map(|links| (u32::BITS - links.leading_zeros()) as u8).collect()
}
