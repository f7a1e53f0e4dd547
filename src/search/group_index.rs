//! Everybody whom a query finds, as sets: for panes that keep an order of their own.
//!
//! Fields, kinds and what is excluded narrow what the words find, and never change it: how well anybody
//! has to match is decided among all entities.
//!
//! Invariant: what two conditions leave is what both of them leave; next to nothing is judged exactly for
//! the sets; a search that was stopped has none.

use super::bits::{self, Bits};
use super::chunk::GROUPS;
use super::plan::Plan;
use super::scan::{Groups, Judge, Outcome, Walk};
use super::{Entities, FEW, NameIndex, Stop, Unnamed, is_good, judge, parallel};
use crate::model::set::EntitySet;
use crate::model::{Dossier, EntityId};
use crate::query::{Form, Query};

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Everybody {
    /// Found by name; see [`NameIndex::named`].
    pub named: EntitySet,
    /// Found by what is said of them, as no name finds them well.
    pub described: EntitySet,
}

impl NameIndex {
    /// The entities whose names match: those above the divider, or if there are none the fuzzy ones, or
    /// if there are none those that match but for a slip, or if there are none the scattered ones. Where
    /// every word has a sign that tells how it is meant, all who match.
    ///
    /// An empty query finds all. None if it was stopped.
    pub fn named(&self, dossier: &Dossier, query: &Query, stop: &Stop) -> Option<EntitySet> {
        self.walked(dossier, query, stop, |walk, named, slipped| {
            Some(self.allowed(dossier, query, &self.of_names(walk, named, slipped)?))
        })
    }

    /// The same, and those of whom something is said that matches.
    pub fn everybody(&self, dossier: &Dossier, query: &Query, stop: &Stop) -> Option<Everybody> {
        self.walked(dossier, query, stop, |walk, named, slipped| {
            let said = if query.wanted.is_empty() {
                Bits::default()
            } else {
                let found = named.close.clone().union(&slipped.near);
                let unnamed = Unnamed { walk, names: &self.names, near: &named.near };
                walk.among(&unnamed).prose(&self.prose, &found)?.near
            };
            let named = self.of_names(walk, named, slipped)?;
            Some(Everybody {
                named: self.allowed(dossier, query, &named),
                described: self.allowed(dossier, query, &said),
            })
        })
    }

    /// The entities with a name or of a kind that a query excludes. None if it was stopped.
    pub fn barred(&self, dossier: &Dossier, query: &Query, stop: &Stop) -> Option<EntitySet> {
        if !query.excludes_any() {
            return Some(EntitySet::default());
        }
        let chunks = self.names.all();
        let is_barred = |entity| query.excludes(dossier.entity(entity).kind) || self.is_unwanted(query, entity);
        let local = |index: usize| {
            let mut found = bits::NOBODY;
            let first = index * GROUPS;
            for group in (0..chunks[index].group_count()).filter(|group| is_barred(EntityId::from_index(first + group)))
            {
                bits::insert(&mut found, group);
            }
            found
        };
        Some(sets(chunks.len(), stop, local)?.of_entities())
    }

    /// Those in a set who are of a kind that is asked for and have nothing that is excluded.
    fn allowed(&self, dossier: &Dossier, query: &Query, found: &Bits) -> EntitySet {
        let groups = Entities { index: self, dossier, query, passes: |_| true };
        let mut allowed = found.clone();
        for group in found.iter().filter(|&group| !groups.allows(group)) {
            allowed.remove(group);
        }
        allowed.of_entities()
    }

    fn walked<T>(
        &self,
        dossier: &Dossier,
        query: &Query,
        stop: &Stop,
        take: impl FnOnce(&Walk<'_, Anyone<'_>>, &Outcome, &Outcome) -> Option<T>,
    ) -> Option<T> {
        let plan = Plan::new(query);
        let everything = Query::default();
        let groups = Anyone { index: self, dossier, query: &everything, passes: |_| true };
        let threads = parallel::threads_for(self.names.all().len());
        // A few rows tell whether there are enough that nobody looks for slips.
        let walk = Walk { query, plan: &plan, groups: &groups, limit: FEW, threads, stop };
        let named = walk.names(&self.names)?;
        let slipped = walk.slips_where_few(&self.names, &named)?;
        take(&walk, &named, &slipped)
    }

    fn of_names(&self, walk: &Walk<'_, Anyone<'_>>, named: &Outcome, slipped: &Outcome) -> Option<Bits> {
        if walk.query.wanted.iter().flat_map(|term| &term.any).all(|atom| atom.form != Form::Loose) {
            return Some(named.close.clone().union(&named.near));
        }
        if !named.close.is_empty() {
            return Some(named.close.clone());
        }
        let chunks = self.names.all();
        let well = |index: usize| {
            let mut found = bits::NOBODY;
            let (chunk, first) = (&chunks[index], (index * GROUPS) as u32);
            let mut judge = Judge::new();
            for group in (0..chunk.group_count()).filter(|&group| named.near.has(first + group as u32)) {
                if walk.is_well_named(chunk, group, &mut judge) {
                    bits::insert(&mut found, group);
                }
            }
            found
        };
        // Where the best row is no good one, none is.
        let has_good = named.rows.first().is_some_and(is_good);
        if has_good {
            return sets(chunks.len(), walk.stop, well);
        }
        let has_slipped = judge::may_slip(walk.query) && !slipped.near.is_empty();
        Some(if has_slipped { slipped.near.clone() } else { named.near.clone() })
    }
}

/// All entities of a dossier: a query that asks nothing lets everybody be found.
type Anyone<'a> = Entities<'a, fn(EntityId) -> bool>;

/// The set of what is found in so many chunks.
fn sets(chunks: usize, stop: &Stop, local: impl Fn(usize) -> bits::Local + Sync) -> Option<Bits> {
    let work = |done: &mut Vec<(usize, Box<bits::Local>)>, index| done.push((index, Box::new(local(index))));
    let done = parallel::fold(chunks, parallel::threads_for(chunks), stop, Vec::new, work)?;
    let mut set = bits::of_chunks(chunks);
    done.iter().flatten().for_each(|(index, local)| bits::set_chunk(&mut set, *index, local));
    Some(set)
}
