//! Groups of names and prose, searched by pattern: the whole search but for what the groups are.
//!
//! Typing errors are tolerated only where few groups match well without, and prose is searched only for groups that no
//! name finds well.
//!
//! Invariant: a group is found once, by its best text; counts are of all matches, whatever the limit; and the same
//! pattern over the same texts gives the same rows.

use super::chunk::{Chunk, Chunks, GROUPS};
use super::chunk_set::{self, ChunkSet, Done, EMPTY};
use super::groups::{Filtered, Groups, PlainGroups, has_unwanted_name, wanted};
use super::parallel;
use super::pattern::{Form, Pattern};
use super::plan::Plan;
use super::rank::Tier;
use super::results::{FoundText, GroupHit, Results, Stage};
use super::scan::{FEW, Matcher, Outcome, Scan, is_good};
use super::set::{GroupSet, Numbered, Set};
use super::stop::Stop;
use super::top::{BestText, Ranked, TopRows};

/// Up to this many chunks of names a search is over before a part of its result could be shown.
pub const SMALL: usize = 4;

/// The folded names and prose of groups. Names have keys of type `N`, prose has keys of type `P`.
///
/// ```
/// use annals::search::{Chunks, FoundText, GroupIndex, Groups, Pattern, Stage, Stop, Tier};
///
/// struct Places<'a>(&'a [&'a str]);
///
/// impl Groups for Places<'_> {
///     fn label(&self, group: u32) -> &str {
///         self.0[group as usize]
///     }
/// }
///
/// let places = ["North Harbour", "Harbour Master's Office", "Lighthouse"];
/// let names = Chunks::build(places.len(), |group, chunk| chunk.push_name(places[group], "label"));
/// let prose = Chunks::build(places.len(), |_, chunk| chunk.push_prose("Built beside the harbour", 1874));
/// let index = GroupIndex::new(names, prose);
///
/// let mut rows = Vec::new();
/// index.search(&Pattern::words("harb"), &Places(&places), 10, &Stop::never(), |stage| {
///     if let Stage::Whole(results) = stage {
///         rows = results.rows;
///     }
/// });
/// assert_eq!(rows.iter().map(|row| row.group).collect::<Vec<_>>(), [1, 0, 2]);
/// assert_eq!((rows[0].tier, rows[0].text), (Tier::Prefix, FoundText::Name("label")));
/// assert_eq!((rows[2].tier, rows[2].text), (Tier::Prose, FoundText::Prose(1874)));
/// ```
#[derive(Debug)]
pub struct GroupIndex<N, P> {
    names: Chunks<N>,
    prose: Chunks<P>,
}

/// The groups that match a pattern, as sets: for views that have an order of their own. `N` is what the groups are.
#[derive(Debug, Clone)]
pub struct MatchSets<N: Numbered = u32> {
    /// The groups found by name; see [`GroupIndex::named`].
    pub named: Set<N>,
    /// The groups found by prose, as no name finds them well.
    pub described: Set<N>,
}

impl<N: Numbered> Default for MatchSets<N> {
    fn default() -> Self {
        Self { named: Set::default(), described: Set::default() }
    }
}

impl MatchSets {
    /// The sets of the things that have the numbers of the groups.
    pub fn into_sets_of<N: Numbered>(self) -> MatchSets<N> {
        MatchSets { named: self.named.into_set_of(), described: self.described.into_set_of() }
    }
}

impl<N: Copy + Send + Sync, P: Copy + Send + Sync> GroupIndex<N, P> {
    /// Creates an index of names and prose. Either list may be empty.
    pub fn new(names: Chunks<N>, prose: Chunks<P>) -> Self {
        Self { names, prose }
    }

    /// The names.
    pub fn names(&self) -> &Chunks<N> {
        &self.names
    }

    /// The prose.
    pub fn prose(&self) -> &Chunks<P> {
        &self.prose
    }

    /// Finds the best `limit` groups, best first, and the number of all matches. Names of more than `SMALL` chunks and
    /// prose are searched in two stages, and `each` is called after either; for others once. After `stop` is set it is
    /// not called any more.
    ///
    /// A pattern without wanted terms finds every group, the most prominent first.
    pub fn search(
        &self,
        pattern: &Pattern,
        groups: &impl Groups,
        limit: usize,
        stop: &Stop,
        each: impl FnMut(Stage<GroupHit<N, P>>),
    ) {
        // `None` if it was stopped, for which there is nothing to do.
        let _ = self.search_by(self.threads(), pattern, groups, limit, stop, each);
    }

    pub(super) fn search_by(
        &self,
        threads: usize,
        pattern: &Pattern,
        groups: &impl Groups,
        limit: usize,
        stop: &Stop,
        mut each: impl FnMut(Stage<GroupHit<N, P>>),
    ) -> Option<()> {
        let groups = wanted(groups, &self.names, pattern);
        let plan = Plan::new(pattern);
        let scan = Scan { pattern, plan: &plan, groups: &groups, limit: limit.max(FEW), threads, stop };
        let named = scan.names(&self.names)?;
        let with_typos = scan.typos_if_few(&self.names, &named)?;
        if pattern.wanted.is_empty() || self.prose.all().iter().all(|chunk| chunk.char_sets().is_empty()) {
            each(Stage::Whole(self.results(&groups, limit, &named, &with_typos, &Outcome::default())));
            return Some(());
        }
        if self.names.all().len() > SMALL {
            each(Stage::Names(self.results(&groups, limit, &named, &with_typos, &Outcome::default())));
        }
        let described = self.described(&scan, &named, &with_typos)?;
        each(Stage::Whole(self.results(&groups, limit, &named, &with_typos, &described)));
        Some(())
    }

    /// The groups with a name that matches.
    ///
    /// These are the close matches; if there are none, the fuzzy ones; if there are none, those with typing errors; if
    /// there are none, those with scattered letters. If no word of the pattern is loose (every word has a sign), all
    /// matches are taken. How well a group has to match is decided among all groups; those that the pattern excludes or
    /// that `allows` rejects are removed afterwards. An empty pattern matches every group.
    ///
    /// `None` if it was stopped.
    pub fn named(&self, pattern: &Pattern, allows: impl Fn(u32) -> bool, stop: &Stop) -> Option<GroupSet> {
        self.scan_names(pattern, stop, |scan, named, with_typos| {
            Some(self.allowed(pattern, &allows, self.best_named(scan, named, with_typos)?))
        })
    }

    /// The groups that match by name, as [`named`](Self::named) returns them, and by prose. `None` if it was stopped.
    pub fn match_sets(&self, pattern: &Pattern, allows: impl Fn(u32) -> bool, stop: &Stop) -> Option<MatchSets> {
        self.scan_names(pattern, stop, |scan, named, with_typos| {
            let described = if pattern.wanted.is_empty() {
                GroupSet::default()
            } else {
                self.described(scan, named, with_typos)?.near
            };
            Some(MatchSets {
                named: self.allowed(pattern, &allows, self.best_named(scan, named, with_typos)?),
                described: self.allowed(pattern, &allows, described),
            })
        })
    }

    /// The groups that `excludes` returns true for, or that have a name which the pattern excludes. `None` if it was
    /// stopped.
    pub fn excluded(&self, pattern: &Pattern, excludes: impl Fn(u32) -> bool + Sync, stop: &Stop) -> Option<GroupSet> {
        self.collect(stop, |_, chunk, first| {
            let groups = 0..chunk.group_count() as u32;
            chunk_set_of(groups, |group| {
                excludes(first + group) || has_unwanted_name(&self.names, pattern, first + group)
            })
        })
    }

    fn threads(&self) -> usize {
        parallel::threads_for(self.names.all().len())
    }

    fn allowed(&self, pattern: &Pattern, allows: impl Fn(u32) -> bool, mut found: GroupSet) -> GroupSet {
        let is_rejected = |&group: &u32| has_unwanted_name(&self.names, pattern, group) || !allows(group);
        for group in found.iter().filter(is_rejected).collect::<Vec<_>>() {
            found.remove(group);
        }
        found
    }

    /// Scans the names of all groups, and takes the matches without and with typing errors.
    fn scan_names<T>(
        &self,
        pattern: &Pattern,
        stop: &Stop,
        take: impl FnOnce(&Scan<'_, PlainGroups>, &Outcome, &Outcome) -> Option<T>,
    ) -> Option<T> {
        let plan = Plan::new(pattern);
        // `FEW` rows tell whether typing errors are tolerated.
        let scan = Scan { pattern, plan: &plan, groups: &PlainGroups, limit: FEW, threads: self.threads(), stop };
        let named = scan.names(&self.names)?;
        let with_typos = scan.typos_if_few(&self.names, &named)?;
        take(&scan, &named, &with_typos)
    }

    /// Scans the prose of the groups that no name finds well.
    fn described<G: Groups>(&self, scan: &Scan<'_, G>, named: &Outcome, with_typos: &Outcome) -> Option<Outcome> {
        let found = named.close.clone().union(&with_typos.near);
        let has_good_name = |group: u32| {
            let (chunk, group) = self.names.place(group as usize);
            scan.has_good_name(chunk, group, &mut Matcher::default())
        };
        let admits = |group| !(named.near.has(group) && has_good_name(group));
        let groups = Filtered { groups: scan.groups, admits, admits_all: false };
        scan.with_groups(&groups).prose(&self.prose, &found)
    }

    /// The groups of the best way of matching that any name matches in; see [`named`](Self::named).
    fn best_named(&self, scan: &Scan<'_, PlainGroups>, named: &Outcome, with_typos: &Outcome) -> Option<GroupSet> {
        if scan.pattern.wanted_atoms().all(|atom| atom.form != Form::Loose) {
            return Some(named.close.clone().union(&named.near));
        }
        if !named.close.is_empty() {
            return Some(named.close.clone());
        }
        // If the best row is not good, none is.
        if named.rows.first().is_some_and(is_good) {
            return self.collect(scan.stop, |matcher, chunk, first| {
                let near = (0..chunk.group_count() as u32).filter(|&group| named.near.has(first + group));
                chunk_set_of(near, |group| scan.has_good_name(chunk, group as usize, matcher))
            });
        }
        Some(if with_typos.near.is_empty() { named.near.clone() } else { with_typos.near.clone() })
    }

    /// Puts together what `of_chunk` returns for each chunk of names and the number of its first group.
    fn collect(
        &self,
        stop: &Stop,
        of_chunk: impl Fn(&mut Matcher, &Chunk<N>, u32) -> ChunkSet + Sync,
    ) -> Option<GroupSet> {
        let chunks = self.names.all();
        let start = || (Matcher::default(), Vec::new());
        let work = |(matcher, done): &mut (Matcher, Vec<Done<1>>), index: usize| {
            done.push((index, Box::new([of_chunk(matcher, &chunks[index], (index * GROUPS) as u32)])));
        };
        let done = parallel::fold(chunks.len(), self.threads(), stop, start, work)?;
        let [set] = chunk_set::gather(chunks.len(), done.iter().flat_map(|(_, done)| done));
        Some(set)
    }

    /// Joins the matches by name, by name with typing errors, and by prose; a group with several takes the best.
    fn results(
        &self,
        groups: &impl Groups,
        limit: usize,
        named: &Outcome,
        with_typos: &Outcome,
        described: &Outcome,
    ) -> Results<GroupHit<N, P>> {
        let labels = |group: u32| groups.label(group);
        let mut top = TopRows::new(limit, Some(&labels));
        let is_best = |row: &&Ranked| is_good(row) || !with_typos.near.has(row.group) && !described.near.has(row.group);
        let rows = named.rows.iter().filter(is_best).chain(&with_typos.rows).chain(&described.rows);
        rows.for_each(|&row| top.offer(row));
        Results {
            rows: top.into_sorted().iter().map(|row| self.hit(row)).collect(),
            close: named.close.len(),
            fuzzy: named.near.clone().union(&with_typos.near).without(&described.near).len(),
            prose: described.near.len(),
        }
    }

    fn hit(&self, row: &Ranked) -> GroupHit<N, P> {
        let BestText { row: text, rank } = row.best;
        let (group, text) = (row.group as usize, text as usize);
        let text = if rank.tier == Tier::Prose {
            FoundText::Prose(self.prose.place(group).0.key(text))
        } else {
            FoundText::Name(self.names.place(group).0.key(text))
        };
        GroupHit { group: row.group, tier: rank.tier, score: rank.score, text }
    }
}

fn chunk_set_of(groups: impl Iterator<Item = u32>, mut is_in: impl FnMut(u32) -> bool) -> ChunkSet {
    let mut set = EMPTY;
    groups.filter(|&group| is_in(group)).for_each(|group| chunk_set::insert(&mut set, group as usize));
    set
}
