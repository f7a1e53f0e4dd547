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
//! Invariant: an entity is found once, by its best match; counts are of all matches,
//! whatever the limit; and the same query on the same dossier gives the same rows.

mod arena;
mod highlight;
mod hit;
mod judge;
mod lines;
mod stop;
#[cfg(test)]
mod tests;
mod typo;

use std::cmp::{Ordering, Reverse};

use self::arena::Arena;
use self::judge::Standing;
use super::fuzzy::Scorer;
use super::query::Query;
use crate::model::id::Sym;
use crate::model::{ClaimId, Dossier, EntityId, Kind, Value};

pub use self::highlight::{highlights, prose_highlights};
pub use self::hit::{Hit, Matched, Results, Tier};
pub use self::lines::{LineResults, Lines};
pub use self::stop::{Stop, Turns};

/// The longest name that is searched, in folded characters; what stands behind is not found.
const MAX_NAME: usize = 1_024;

/// Typing errors are only looked for where fewer entities than this are found well without.
const FEW: usize = 10;

/// All names and all prose of a dossier, folded once.
#[derive(Debug)]
pub struct NameIndex {
    names: Arena<Sym>,
    prose: Arena<(ClaimId, Sym)>,
    /// Per entity, the claims that point at it, in powers of two.
    prominence: Vec<u8>,
}

/// An entity found, and what its place among the others depends on.
struct Candidate {
    entity: EntityId,
    kind: Kind,
    prominence: u8,
    standing: Standing,
    matched: Matched,
}

impl Candidate {
    /// Whether anything better than scattered letters was found.
    fn is_good(&self) -> bool {
        self.standing.tier != Tier::Scattered
    }
}

impl NameIndex {
    /// Folds the labels, names, text values and notes of a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        let mut names = Arena::default();
        let mut prose = Arena::default();
        for entity in dossier.entities() {
            let label = dossier.entity(entity).label;
            names.push(dossier.text(label), MAX_NAME, label);
            for name in dossier.names(entity) {
                names.push_new(dossier.text(name.value), MAX_NAME, name.value);
            }
            names.end_group();
            for id in dossier.claim_ids_of(entity) {
                let claim = dossier.claim(id);
                let words = match claim.value {
                    Value::Text(text) => Some(text),
                    Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
                };
                for text in words.into_iter().chain(claim.note) {
                    prose.push(dossier.text(text), usize::MAX, (id, text));
                }
            }
            prose.end_group();
        }
        let mut links = vec![0u32; dossier.entities().len()];
        for (_, claim) in dossier.claims() {
            if let Some(target) = Dossier::target(claim) {
                links[target.index()] += 1;
            }
        }
        let prominence = links.into_iter().map(|links| (u32::BITS - links.leading_zeros()) as u8).collect();
        Self { names, prose, prominence }
    }

    /// The best `limit` entities for a query, best first, and how many there are.
    ///
    /// A query without words finds all entities of its kinds, the most prominent first.
    ///
    /// Of the query's fields only `kind:` counts here; see
    /// [`matching::search`](super::matching::search) for all of them.
    pub fn search(&self, dossier: &Dossier, query: &Query, limit: usize) -> Results {
        self.search_where(dossier, query, limit, |_| true)
    }

    /// The same among the entities that pass.
    pub(super) fn search_where(
        &self,
        dossier: &Dossier,
        query: &Query,
        limit: usize,
        passes: impl Fn(EntityId) -> bool,
    ) -> Results {
        let mut asked = vec![None; self.prominence.len()];
        let mut passes = |found: &Candidate| *asked[found.entity.index()].get_or_insert_with(|| passes(found.entity));
        let mut found = self.by_name(dossier, query);
        found.retain(&mut passes);
        if found.iter().filter(|candidate| candidate.is_good()).nth(FEW - 1).is_none() {
            self.add_slips(dossier, query, &mut found);
        }
        self.add(dossier, query, &mut found, |entity| self.by_prose(query, entity));
        found.retain(&mut passes);

        let close = found.iter().filter(|candidate| candidate.standing.tier.is_close()).count();
        let prose = found.iter().filter(|candidate| candidate.standing.tier == Tier::Prose).count();
        let fuzzy = found.len() - close - prose;
        if limit < found.len() {
            if limit > 0 {
                found.select_nth_unstable_by(limit - 1, |a, b| rank(dossier, a, b));
            }
            found.truncate(limit);
        }
        found.sort_unstable_by(|a, b| rank(dossier, a, b));
        let row = |found: Candidate| Hit {
            entity: found.entity,
            tier: found.standing.tier,
            score: found.standing.score,
            matched: found.matched,
        };
        Results { rows: found.into_iter().map(row).collect(), close, fuzzy, prose }
    }

    /// The entities whose names match, in the order of the dossier: those above the divider,
    /// or if there are none the fuzzy ones, or if there are none those that match but for a slip,
    /// or if there are none the scattered ones.
    ///
    /// For panes that keep an order of their own. An empty query leaves all.
    pub fn matching_entities(&self, dossier: &Dossier, query: &Query) -> Vec<EntityId> {
        let mut found = self.by_name(dossier, query);
        if !found.iter().any(Candidate::is_good) {
            self.add_slips(dossier, query, &mut found);
        }
        if let Some(best) = found.iter().map(|candidate| candidate.standing.tier).min() {
            let is_as_good = |tier: Tier| tier == best || tier.is_close() && best.is_close();
            found.retain(|candidate| is_as_good(candidate.standing.tier));
        }
        let mut entities: Vec<EntityId> = found.into_iter().map(|candidate| candidate.entity).collect();
        entities.sort_unstable();
        entities
    }

    /// Every entity that matches by one of its names, letter by letter or fuzzily.
    fn by_name(&self, dossier: &Dossier, query: &Query) -> Vec<Candidate> {
        let mut scorer = Scorer::default();
        let mut found = Vec::new();
        self.add(dossier, query, &mut found, |entity| {
            let names = self.names.group(entity.index());
            let standings = names
                .filter_map(|name| Some((judge::by_name(query, name.entry, &mut scorer)?, Matched::Name(name.key))));
            // The first of equals: the label, then the better known names.
            standings.min_by(|a, b| a.0.compare_names(&b.0))
        });
        found
    }

    /// Adds every entity that matches by one of its names but for a slip.
    fn add_slips(&self, dossier: &Dossier, query: &Query, found: &mut Vec<Candidate>) {
        if !judge::may_slip(query) {
            return;
        }
        let mut scorer = Scorer::default();
        self.add(dossier, query, found, |entity| {
            let names = self.names.group(entity.index());
            let standings = names
                .filter_map(|name| Some((judge::by_slip(query, name.entry, &mut scorer)?, Matched::Name(name.key))));
            standings.min_by(|a, b| a.0.compare_names(&b.0))
        });
    }

    fn by_prose(&self, query: &Query, entity: EntityId) -> Option<(Standing, Matched)> {
        let prose = self.prose.group(entity.index());
        let standings = prose.filter_map(|words| {
            let (claim, text) = words.key;
            Some((judge::by_prose(query, words.entry)?, Matched::Prose(claim, text)))
        });
        standings.min_by(|a, b| a.0.compare_names(&b.0))
    }

    /// Adds every allowed entity that is not yet well found and that `judge` finds.
    fn add(
        &self,
        dossier: &Dossier,
        query: &Query,
        found: &mut Vec<Candidate>,
        mut judge: impl FnMut(EntityId) -> Option<(Standing, Matched)>,
    ) {
        let mut places = vec![None; self.prominence.len()];
        for (place, candidate) in found.iter().enumerate() {
            places[candidate.entity.index()] = Some(place);
        }
        for entity in dossier.entities() {
            let kind = dossier.entity(entity).kind;
            let place = places[entity.index()];
            let is_found = place.is_some_and(|place| found[place].is_good());
            if is_found || !query.allows(kind) || self.is_unwanted(query, entity) {
                continue;
            }
            let Some((standing, matched)) = judge(entity) else { continue };
            let prominence = self.prominence[entity.index()];
            let candidate = Candidate { entity, kind, prominence, standing, matched };
            match place {
                Some(place) => found[place] = candidate,
                None => found.push(candidate),
            }
        }
    }

    /// Whether any name of an entity has what the query excludes.
    pub(super) fn is_unwanted(&self, query: &Query, entity: EntityId) -> bool {
        !query.unwanted.is_empty() && self.names.group(entity.index()).any(|name| judge::is_unwanted(query, name.entry))
    }
}

/// The order of rows; see the module.
fn rank(dossier: &Dossier, a: &Candidate, b: &Candidate) -> Ordering {
    let fame = Reverse(a.prominence).cmp(&Reverse(b.prominence));
    let kinds = || kind_order(a.kind).cmp(&kind_order(b.kind));
    let fit = |a: &Candidate| (Reverse(a.standing.score), a.standing.chars, a.standing.start);
    let within = match a.standing.tier {
        Tier::Fuzzy | Tier::Scattered => fit(a).cmp(&fit(b)).then(fame),
        Tier::Exact | Tier::Prefix | Tier::Word | Tier::Typo | Tier::Prose => {
            b.standing.whole.cmp(&a.standing.whole).then(fame).then_with(|| fit(a).cmp(&fit(b)))
        }
    };
    (a.standing.tier.cmp(&b.standing.tier))
        .then(within)
        .then_with(kinds)
        .then_with(|| dossier.label(a.entity).cmp(dossier.label(b.entity)))
        .then_with(|| a.entity.cmp(&b.entity))
}

/// What people look for most comes first.
const fn kind_order(kind: Kind) -> u8 {
    match kind {
        Kind::Institution => 0,
        Kind::Unit => 1,
        Kind::Person => 2,
        Kind::Post => 3,
        Kind::Programme => 4,
        Kind::Facility => 5,
        Kind::Agreement => 6,
        Kind::Event => 7,
        Kind::Scheme => 8,
        Kind::Place => 9,
        Kind::Tenure => 10,
        Kind::Document => 11,
    }
}
