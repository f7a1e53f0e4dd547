//! Finds entities by their names, and failing that by what is said of them.
//!
//! **Tiers.** A name matches a query in the worst of the ways in which the query's parts
//! match it; see [`Tier`]. Tiers come before everything else.
//!
//! **Within a tier** of whole or begun words, the order is: names in which every word
//! was typed to its end; then *prominence*, the number of claims that point at the
//! entity, in powers of two; then score, shorter name, earlier match, kind, label. Where a
//! single word was typed, a name that begins with it has no advantage over a name that has
//! it further on. So `kal` puts "AIIMS Kalyani", at which half of the dossier points, before
//! "Kalita"; with prominence alike, the score prefers the front. Fuzzy matches are ordered by
//! score first: there the fit is in doubt, not the fame.
//!
//! Invariant: an entity is found once, by its best match; counts are of all matches,
//! whatever the limit; and the same query on the same dossier gives the same rows.

mod arena;
mod highlight;
mod judge;
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

pub use highlight::{highlights, prose_highlights};

/// The longest name that is searched, in folded characters; what stands behind is not found.
const MAX_NAME: usize = 1_024;

/// Typing errors are only looked for where fewer entities than this are found without.
const FEW: usize = 10;

/// How a query and a text match, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The name is what was typed.
    Exact,
    /// The name begins with the several words typed.
    Prefix,
    /// Every word typed begins a word of the name, in any order.
    Word,
    /// Every word typed has its letters in the name, in order.
    Fuzzy,
    /// Every word typed begins a word of the name but for one slip of the finger.
    Typo,
    /// Not a name matches, but words that are said of the entity.
    Prose,
}

impl Tier {
    /// Whether it stands above the divider: what was typed is there, letter by letter.
    pub const fn is_close(self) -> bool {
        match self {
            Self::Exact | Self::Prefix | Self::Word => true,
            Self::Fuzzy | Self::Typo | Self::Prose => false,
        }
    }
}

/// What it was that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched {
    /// A name: the text as written.
    Name(Sym),
    /// Words said in a claim about the entity: its value or its note.
    Prose(ClaimId, Sym),
}

/// One entity found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The entity.
    pub entity: EntityId,
    /// How it matched.
    pub tier: Tier,
    /// How well, within the tier; only scores for the same query compare.
    pub score: i32,
    /// Which of its names, or which words about it.
    pub matched: Matched,
}

impl Hit {
    /// Whether it stands above the divider.
    pub const fn is_close(&self) -> bool {
        self.tier.is_close()
    }

    /// The text that matched, as written.
    pub fn text<'a>(&self, dossier: &'a Dossier) -> &'a str {
        match self.matched {
            Matched::Name(text) | Matched::Prose(_, text) => dossier.text(text),
        }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Results {
    /// The best rows, as many as were asked for.
    pub rows: Vec<Hit>,
    /// How many entities match above the divider.
    pub close: usize,
    /// How many match by name below it: fuzzily, or but for a slip.
    pub fuzzy: usize,
    /// How many match by what is said of them.
    pub prose: usize,
}

impl Results {
    /// How many entities match.
    pub fn total(&self) -> usize {
        self.close + self.fuzzy + self.prose
    }
}

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
    pub fn search(&self, dossier: &Dossier, query: &Query, limit: usize) -> Results {
        let mut found = self.by_name(dossier, query);
        if found.len() < FEW {
            self.add(dossier, query, &mut found, |entity| self.by_slip(query, entity));
        }
        self.add(dossier, query, &mut found, |entity| self.by_prose(query, entity));

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
    /// or if there are none the fuzzy ones, or if there are none those that match but for a slip.
    ///
    /// For panes that keep an order of their own. An empty query leaves all.
    pub fn matching_entities(&self, dossier: &Dossier, query: &Query) -> Vec<EntityId> {
        let mut found = self.by_name(dossier, query);
        if found.is_empty() {
            self.add(dossier, query, &mut found, |entity| self.by_slip(query, entity));
        }
        if found.iter().any(|candidate| candidate.standing.tier.is_close()) {
            found.retain(|candidate| candidate.standing.tier.is_close());
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
            standings.min_by(|a, b| a.0.compare(&b.0))
        });
        found
    }

    fn by_slip(&self, query: &Query, entity: EntityId) -> Option<(Standing, Matched)> {
        let names = self.names.group(entity.index());
        let standings = names.filter_map(|name| Some((judge::by_slip(query, name.entry)?, Matched::Name(name.key))));
        standings.min_by(|a, b| a.0.compare(&b.0))
    }

    fn by_prose(&self, query: &Query, entity: EntityId) -> Option<(Standing, Matched)> {
        let prose = self.prose.group(entity.index());
        let standings = prose.filter_map(|words| {
            let (claim, text) = words.key;
            Some((judge::by_prose(query, words.entry)?, Matched::Prose(claim, text)))
        });
        standings.min_by(|a, b| a.0.compare(&b.0))
    }

    /// Adds every allowed entity that is not yet found and that `judge` finds.
    fn add(
        &self,
        dossier: &Dossier,
        query: &Query,
        found: &mut Vec<Candidate>,
        mut judge: impl FnMut(EntityId) -> Option<(Standing, Matched)>,
    ) {
        let mut known = vec![false; self.prominence.len()];
        for candidate in found.iter() {
            known[candidate.entity.index()] = true;
        }
        for entity in dossier.entities() {
            let kind = dossier.entity(entity).kind;
            if known[entity.index()] || !query.allows(kind) || self.is_unwanted(query, entity) {
                continue;
            }
            if let Some((standing, matched)) = judge(entity) {
                let prominence = self.prominence[entity.index()];
                found.push(Candidate { entity, kind, prominence, standing, matched });
            }
        }
    }

    /// Whether any name of an entity has what the query excludes.
    fn is_unwanted(&self, query: &Query, entity: EntityId) -> bool {
        !query.unwanted.is_empty() && self.names.group(entity.index()).any(|name| judge::is_unwanted(query, name.entry))
    }
}

/// The order of rows; see the module.
fn rank(dossier: &Dossier, a: &Candidate, b: &Candidate) -> Ordering {
    let fame = Reverse(a.prominence).cmp(&Reverse(b.prominence));
    let kinds = || kind_order(a.kind).cmp(&kind_order(b.kind));
    let fit = |a: &Candidate| (Reverse(a.standing.score), a.standing.chars, a.standing.start);
    let within = match a.standing.tier {
        Tier::Fuzzy => fit(a).cmp(&fit(b)).then(fame),
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
