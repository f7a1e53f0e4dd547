//! Finds entities by their names, and failing that by what is said of them.
//!
//! **Tiers.** A name matches a query in the worst of the ways in which the query's parts
//! match it; see [`Tier`]. Tiers come before everything else.
//!
//! **Within a tier** of whole or begun words, the order is: names in which every word
//! was typed to its end; then *prominence*, the number of claims that point at the
//! entity, in powers of two; then score, shorter name, earlier match, kind, label. A name
//! that begins with what was typed has no tier of its own above one that has it further on:
//! `kal` puts "AIIMS Kalyani", at which half of the dossier points, before "Kalita", and
//! `roy inst` the institute before an event whose label happens to begin so. With prominence
//! alike, the score prefers the front. Fuzzy matches are ordered by score first: there the fit
//! is in doubt, not the fame.
//!
//! **How it is fast.** `judge` says exactly how a text answers, and that is the truth. A `chunk` holds
//! the folded names in columns, and `scan` walks over them. In a bitmap index of `letters` a `sieve`
//! tells of sixty-four names at once which can answer, and of a single plain word of many that they do:
//! where nothing but a better row could be among the `top`, these are counted, and their text is never
//! touched. For the others `masks` tell where each letter stands, one bit a character. From these `plan`
//! tells whether a name answers and how well at best, and `word` the same of a single plain word in one
//! pass; only what would be among the `top` is scored exactly, by `fit`, from masks too. `judge` itself is
//! asked of names without masks alone. Several threads share the chunks (`parallel`), and a [`Stop`] ends
//! them between two. `filter` makes sets of everybody in the same way, and `kept` what can be kept in
//! a file.
//!
//! Invariant: an entity is found once, by its best match; counts are of all matches,
//! whatever the limit; and the same query on the same dossier gives the same rows.

mod bits;
mod chunk;
mod filter;
mod fit;
#[allow(clippy::indexing_slicing, reason = "its tables are as long as the token and the word")]
pub mod fuzzy;
mod highlight;
mod hit;
mod judge;
mod key;
mod letter_bitmap;
mod lines;
mod masks;
mod name;
pub(crate) mod parallel;
mod plan;
mod prefilter;
mod scan;
mod stop;
#[cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]
mod stored;
#[cfg(test)]
mod tests;
mod top;
mod typo;
mod word;

use self::bits::Bits;
use self::chunk::{Chunk, Chunks, GROUPS};
use self::plan::Plan;
use self::scan::{Found, Groups, Judge, Outcome, Walk};
use self::top::{Ranked, Top};
use super::query::Query;
use crate::model::id::Sym;
use crate::model::{ClaimId, Dossier, EntityId, Kind, Value};

pub use self::filter::Everybody;
pub use self::highlight::{highlights, line_highlights, prose_highlights};
pub use self::hit::{Hit, Matched, Results, Tier};
pub use self::lines::{LineResults, Lines};
pub use self::stop::{Stop, Turns};
pub use crate::search::stored::Kept;

/// The longest name that is searched, in folded characters; what stands behind is not found.
const MAX_NAME: usize = 1_024;

/// Typing errors are only looked for where fewer entities than this are found well without.
const FEW: usize = 10;

/// In so many chunks of names a search is over before anybody could want a part of it.
const SMALL: usize = 4;

/// All names and all prose of a dossier, folded once.
#[derive(Debug)]
pub struct NameIndex {
    names: Chunks<Sym>,
    prose: Chunks<(ClaimId, Sym)>,
    /// Per entity, the claims that point at it, in powers of two.
    prominence: Vec<u8>,
    most_prominent: u8,
}

/// How far a search has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The names are searched, what is said of them is not yet.
    Names(Results),
    /// This is all.
    Whole(Results),
}

/// The entities of a dossier, as far as a query lets them be found.
struct Entities<'a, P> {
    index: &'a NameIndex,
    dossier: &'a Dossier,
    query: &'a Query,
    passes: P,
}

impl<P: Fn(EntityId) -> bool + Sync> Groups for Entities<'_, P> {
    fn label(&self, group: u32) -> &str {
        self.dossier.label(EntityId(group))
    }

    fn kind(&self, group: u32) -> Option<Kind> {
        Some(self.dossier.entity(EntityId(group)).kind)
    }

    fn prominence(&self, group: u32) -> u8 {
        self.index.prominence.get(group as usize).copied().unwrap_or(0)
    }

    fn most_prominent(&self) -> u8 {
        self.index.most_prominent
    }

    fn allows(&self, group: u32) -> bool {
        let entity = EntityId(group);
        self.query.allows(self.dossier.entity(entity).kind)
            && !self.index.is_unwanted(self.query, entity)
            && (self.passes)(entity)
    }
}

impl NameIndex {
    /// Folds the labels, names, text values and notes of a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        Self::with_names(dossier, Self::names_of(dossier))
    }

    /// The same for a dossier with the names of another one, which are folded already.
    pub(crate) fn of_more(&self, dossier: &Dossier) -> Self {
        Self::with_names(dossier, self.names.clone())
    }

    /// What has to be kept of the names of one piece of entities, and how many claims point at each.
    pub(crate) fn keep(&self, piece: usize) -> Option<(Kept, &[u8])> {
        let start = (piece * GROUPS).min(self.prominence.len());
        let end = (start + GROUPS).min(self.prominence.len());
        Some((self.names.all().get(piece)?.keep(), &self.prominence[start..end]))
    }

    /// The kept names of one piece of entities; `names` is how many names as written there are.
    pub(crate) fn chunk_of_kept(kept: Kept, names: usize) -> Option<Chunk<Sym>> {
        Chunk::of_kept(kept, names)
    }

    /// Whether it has as many entities as a dossier.
    pub(crate) fn is_of(&self, dossier: &Dossier) -> bool {
        self.names.group_count() == dossier.entities().len()
    }

    /// An index of kept names, of which nothing is said yet.
    pub(crate) fn of_kept(chunks: Vec<Chunk<Sym>>, prominence: Vec<u8>) -> Option<Self> {
        let names = Chunks::of_chunks(chunks)?;
        (names.group_count() == prominence.len()).then(|| Self::of(names, Chunks::default(), prominence))
    }

    fn names_of(dossier: &Dossier) -> Chunks<Sym> {
        Chunks::build(dossier.entities().len(), |group, chunk| {
            let entity = EntityId::from_index(group);
            let label = dossier.entity(entity).label;
            chunk.push(dossier.text(label), MAX_NAME, label);
            for name in dossier.names(entity) {
                chunk.push_new(dossier.text(name.value), MAX_NAME, name.value);
            }
        })
    }

    fn with_names(dossier: &Dossier, names: Chunks<Sym>) -> Self {
        let prominence = prominence(dossier);
        // Of those of whom nothing is said yet, no chunk need say so.
        let entities = if dossier.all_claims().is_empty() { 0 } else { dossier.entities().len() };
        let prose = Chunks::build(entities, |group, chunk| {
            for id in dossier.claim_ids_of(EntityId::from_index(group)) {
                let claim = dossier.claim(id);
                let words = match claim.value {
                    Value::Text(text) => Some(text),
                    Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
                };
                for text in words.into_iter().chain(claim.note) {
                    chunk.push_prose(dossier.text(text), (id, text));
                }
            }
        });
        Self::of(names, prose, prominence)
    }

    fn of(names: Chunks<Sym>, prose: Chunks<(ClaimId, Sym)>, prominence: Vec<u8>) -> Self {
        let most_prominent = prominence.iter().copied().max().unwrap_or_default();
        Self { names, prose, prominence, most_prominent }
    }

    /// The best `limit` entities for a query, best first, and how many there are.
    ///
    /// A query without words finds all entities of its kinds, the most prominent first.
    ///
    /// Of the query's fields only `kind:` counts here; see
    /// [`matching::search`](crate::query::matching::search) for all of them.
    pub fn search(&self, dossier: &Dossier, query: &Query, limit: usize) -> Results {
        self.search_where(dossier, query, limit, |_| true)
    }

    /// The same among the entities that pass.
    pub(crate) fn search_where(
        &self,
        dossier: &Dossier,
        query: &Query,
        limit: usize,
        passes: impl Fn(EntityId) -> bool + Sync,
    ) -> Results {
        let mut results = Results::default();
        self.seek(dossier, query, limit, passes, &Stop::never(), |stage| match stage {
            Stage::Names(_) => {}
            Stage::Whole(found) => results = found,
        });
        results
    }

    /// The same in stages, by several threads where there is much to do. It can be stopped; after
    /// that no stage comes.
    pub(crate) fn seek(
        &self,
        dossier: &Dossier,
        query: &Query,
        limit: usize,
        passes: impl Fn(EntityId) -> bool + Sync,
        stop: &Stop,
        each: impl FnMut(Stage),
    ) {
        let threads = parallel::threads_for(self.names.all().len());
        // A stopped search has said all that it will.
        let _ = self.seek_by(threads, dossier, query, limit, passes, stop, each);
    }

    #[expect(clippy::too_many_arguments, reason = "the one place where all that a search depends on meets")]
    fn seek_by(
        &self,
        threads: usize,
        dossier: &Dossier,
        query: &Query,
        limit: usize,
        passes: impl Fn(EntityId) -> bool + Sync,
        stop: &Stop,
        mut each: impl FnMut(Stage),
    ) -> Option<()> {
        let groups = Entities { index: self, dossier, query, passes };
        let plan = Plan::new(query);
        let walk = Walk { query, plan: &plan, groups: &groups, limit: limit.max(FEW), threads, stop };
        let named = walk.names(&self.names)?;
        let slipped = walk.slips_where_few(&self.names, &named)?;
        if query.wanted.is_empty() || self.prose.all().iter().all(|chunk| chunk.bags().is_empty()) {
            each(Stage::Whole(self.results(&groups, limit, &named, &slipped, &Outcome::default())));
            return Some(());
        }
        if self.names.all().len() > SMALL {
            each(Stage::Names(self.results(&groups, limit, &named, &slipped, &Outcome::default())));
        }
        let found = named.close.clone().union(&slipped.near);
        let unnamed = Unnamed { walk: &walk, names: &self.names, near: &named.near };
        let said = walk.among(&unnamed).prose(&self.prose, &found)?;
        each(Stage::Whole(self.results(&groups, limit, &named, &slipped, &said)));
        Some(())
    }

    /// Joins what was found by name, but for a slip, and in what is said: of an entity the best.
    fn results(
        &self,
        groups: &impl Groups,
        limit: usize,
        named: &Outcome,
        slipped: &Outcome,
        said: &Outcome,
    ) -> Results {
        let labels = |group: u32| groups.label(group);
        let mut top = Top::new(limit, Some(&labels));
        let is_best = |row: &&Ranked<Found>| is_good(row) || !slipped.near.has(row.group) && !said.near.has(row.group);
        let rows = named.rows.iter().filter(is_best).chain(&slipped.rows).chain(&said.rows);
        rows.for_each(|&row| top.offer(row));
        let prose = said.near.len();
        Results {
            rows: top.into_sorted().iter().map(|row| self.hit(row)).collect(),
            close: named.close.len(),
            fuzzy: named.near.clone().union(&slipped.near).without(&said.near).len(),
            prose,
        }
    }

    fn hit(&self, row: &Ranked<Found>) -> Hit {
        let Found { row: text, standing } = row.of;
        let group = row.group as usize;
        let matched = if standing.tier == Tier::Prose {
            let (claim, words) = self.prose.place(group).0.key(text as usize);
            Matched::Prose(claim, words)
        } else {
            Matched::Name(self.names.place(group).0.key(text as usize))
        };
        Hit { entity: EntityId(row.group), tier: standing.tier, score: standing.score, matched }
    }

    /// Whether any name of an entity has what the query excludes.
    pub(crate) fn is_unwanted(&self, query: &Query, entity: EntityId) -> bool {
        !query.unwanted.is_empty() && self.names.group(entity.index()).any(|(name, _)| judge::is_unwanted(query, name))
    }
}

/// Per entity the claims that point at it, in powers of two.
fn prominence(dossier: &Dossier) -> Vec<u8> {
    let mut links = vec![0u32; dossier.entities().len()];
    for claim in dossier.all_claims() {
        if let Some(target) = Dossier::target(claim) {
            links[target.index()] += 1;
        }
    }
    links.into_iter().map(|links| (u32::BITS - links.leading_zeros()) as u8).collect()
}

/// Whether anything better than scattered letters was found.
fn is_good(row: &Ranked<Found>) -> bool {
    row.of.standing.tier != Tier::Scattered
}

/// Those whom no name finds well.
struct Unnamed<'a, G> {
    walk: &'a Walk<'a, G>,
    names: &'a Chunks<Sym>,
    near: &'a Bits,
}

impl<G: Groups> Groups for Unnamed<'_, G> {
    fn label(&self, group: u32) -> &str {
        self.walk.groups.label(group)
    }

    fn kind(&self, group: u32) -> Option<Kind> {
        self.walk.groups.kind(group)
    }

    fn prominence(&self, group: u32) -> u8 {
        self.walk.groups.prominence(group)
    }

    fn most_prominent(&self) -> u8 {
        self.walk.groups.most_prominent()
    }

    fn allows(&self, group: u32) -> bool {
        let is_well_named = || {
            let (chunk, group) = self.names.place(group as usize);
            self.walk.is_well_named(chunk, group, &mut Judge::new())
        };
        !(self.near.has(group) && is_well_named()) && self.walk.groups.allows(group)
    }
}
