//! Groups of names and prose, searched by pattern: the whole search but for what the groups are.
//!
//! Typing errors are tolerated only where few groups match well without, and prose is searched only for groups that no
//! name finds letter by letter. Scattered letters find something only where nothing else does.
//!
//! Invariant: a group is found once, by its best text; counts are of all matches, whatever the limit; and the same
//! pattern over the same texts gives the same rows.

use std::cmp::Reverse;

use super::chunk::{Chunk, Chunks, GROUPS};
use super::chunk_set::{self, ChunkSet, Done, EMPTY};
use super::groups::{Groups, PlainGroups, has_unwanted_name, tie_break, wanted};
use super::parallel;
use super::pattern::{Form, Pattern};
use super::plan::Plan;
use super::rank::{MatchRank, SortKey, Tier};
use super::results::{FoundText, GroupHit, Results, Stage};
use super::scan::{FEW, Matcher, Outcome, Scan, is_good};
use super::set::{GroupSet, Numbered, Set};
use super::stop::Stop;
use super::top::{BestText, Ranked, TopRows};

/// A group that the caller knows to match a pattern by something that is no text of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The number of the group.
    pub group: u32,
    /// True if every word was typed to its end.
    pub whole: bool,
    /// The higher, the better.
    pub score: i32,
    /// What matches; the hit has it as [`FoundText::Known`].
    pub key: u32,
}

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
    /// True if a name has every word letter by letter.
    pub has_close_name: bool,
}

impl<N: Numbered> Default for MatchSets<N> {
    fn default() -> Self {
        Self { named: Set::default(), described: Set::default(), has_close_name: false }
    }
}

impl MatchSets {
    /// The sets of the things that have the numbers of the groups.
    pub fn into_sets_of<N: Numbered>(self) -> MatchSets<N> {
        let Self { named, described, has_close_name } = self;
        MatchSets { named: named.into_set_of(), described: described.into_set_of(), has_close_name }
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
        self.search_beside(pattern, groups, limit, stop, Vec::new, each);
    }

    /// Searches as [`search`](Self::search) does, and finds beside it the groups that `known` returns, unless they have a
    /// name that matches letter by letter. Of a group that is returned several times the best is taken.
    pub fn search_beside(
        &self,
        pattern: &Pattern,
        groups: &impl Groups,
        limit: usize,
        stop: &Stop,
        known: impl FnOnce() -> Vec<Known>,
        each: impl FnMut(Stage<GroupHit<N, P>>),
    ) {
        // `None` if it was stopped, for which there is nothing to do.
        let _ = self.search_by(self.threads(), pattern, groups, limit, stop, known, each);
    }

    #[expect(clippy::too_many_arguments, reason = "a search has that many sides")]
    pub(super) fn search_by(
        &self,
        threads: usize,
        pattern: &Pattern,
        groups: &impl Groups,
        limit: usize,
        stop: &Stop,
        known: impl FnOnce() -> Vec<Known>,
        mut each: impl FnMut(Stage<GroupHit<N, P>>),
    ) -> Option<()> {
        let groups = wanted(groups, &self.names, pattern);
        let plan = Plan::new(pattern);
        let scan = Scan { pattern, plan: &plan, groups: &groups, limit: limit.max(FEW), threads, stop };
        let named = scan.names(&self.names)?;
        let with_typos = scan.typos_if_few(&self.names, &named)?;
        let by_name = Found { scan: &scan, named, with_typos, said: Said::default() };
        if pattern.wanted.is_empty() {
            each(Stage::Whole(self.results(&by_name, limit)?));
            return Some(());
        }
        let has_prose = !self.prose.all().iter().all(|chunk| chunk.char_sets().is_empty());
        if self.names.all().len() > SMALL && has_prose {
            each(Stage::Names(self.results(&by_name, limit)?));
        }
        let mut said = if has_prose { self.said(&scan, &by_name.named, &by_name.with_typos)? } else { Said::default() };
        said.add(known(), self.names.group_count(), &groups, &by_name.named.close);
        each(Stage::Whole(self.results(&Found { said, ..by_name }, limit)?));
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

    /// The groups that match by name, as [`named`](Self::named) returns them, and by prose. If no name matches letter by
    /// letter, but prose has words that begin with those of the pattern, no group is found by name. `None` if it was
    /// stopped.
    pub fn match_sets(&self, pattern: &Pattern, allows: impl Fn(u32) -> bool, stop: &Stop) -> Option<MatchSets> {
        self.scan_names(pattern, stop, |scan, named, with_typos| {
            let said = if pattern.wanted.is_empty() { Said::default() } else { self.said(scan, named, with_typos)? };
            let is_better_said = named.close.is_empty() && !said.begun.is_empty();
            let best = if is_better_said { GroupSet::default() } else { self.best_named(scan, named, with_typos)? };
            Some(MatchSets {
                named: self.allowed(pattern, &allows, best),
                described: self.allowed(pattern, &allows, said.begun.union(&said.inside)),
                has_close_name: !named.close.is_empty(),
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

    /// Scans the prose of the groups that no name finds letter by letter. Those whose prose has a word inside of another
    /// are only taken if no name finds them well.
    fn said<G: Groups>(&self, scan: &Scan<'_, G>, named: &Outcome, with_typos: &Outcome) -> Option<Said> {
        let has_better_name = |group: u32, matcher: &mut Matcher| {
            let (chunk, place) = self.names.place(group as usize);
            with_typos.near.has(group) || named.near.has(group) && scan.has_good_name(chunk, place, matcher)
        };
        let found = scan.prose(&self.prose, &self.names, &named.close, has_better_name)?;
        let Outcome { rows, close: begun, near: inside } = found;
        Some(Said { rows, begun, inside })
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
            return self.good_of(scan, &named.near);
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

    /// Joins the matches by name, by name with typing errors, and by what is said; a group with several takes the best.
    /// `None` if it was stopped.
    fn results<G: Groups>(&self, found: &Found<'_, G>, limit: usize) -> Option<Results<GroupHit<N, P>>> {
        let Found { scan, named, with_typos, said } = found;
        let labels = |group: u32| tie_break(scan.groups, scan.pattern, group);
        let mut top = TopRows::new(limit, Some(&labels));
        let all_said = said.begun.clone().union(&said.inside);
        let alike = self.alike(found)?;
        let is_scattered = |group: u32| !with_typos.near.has(group) && !all_said.has(group);
        let has_better = !named.close.is_empty() || !all_said.is_empty() || !alike.is_empty();
        let is_best = |row: &&Ranked| is_good(row) || !has_better && is_scattered(row.group);
        let by_name = named.rows.iter().filter(is_best).chain(&with_typos.rows);
        by_name
            .filter(|row| row.best.rank.tier.is_close() || !said.begun.has(row.group))
            .for_each(|&row| top.offer(row));
        said.rows.iter().for_each(|&row| top.offer(row));
        Some(Results {
            rows: top.into_sorted().iter().map(|row| self.hit(row)).collect(),
            close: named.close.len(),
            fuzzy: if has_better { alike.len() } else { named.near.len() },
            prose: all_said.len(),
        })
    }

    /// The groups that are found by a name, but not letter by letter, and by nothing that is said. Those with scattered
    /// letters are among them only where it would take long to tell: if there are so many that a part of them is shown, and
    /// more than [`SMALL`] chunks of all groups.
    fn alike<G: Groups>(&self, found: &Found<'_, G>) -> Option<GroupSet> {
        let Found { scan, named, with_typos, said } = found;
        let are_all_known = named.rows.len() < scan.limit || named.rows.last().is_some_and(|row| !is_good(row));
        let good = if are_all_known {
            let rows = named.rows.iter().filter(|row| is_good(row) && !row.best.rank.tier.is_close());
            GroupSet::of(self.names.group_count(), rows.map(|row| row.group))
        } else if self.names.all().len() <= SMALL {
            self.good_of(scan, &named.near)?
        } else {
            named.near.clone()
        };
        Some(good.union(&with_typos.near).without(&said.begun).without(&said.inside))
    }

    /// The groups of a set with a name that matches better than by scattered letters. `None` if it was stopped.
    fn good_of<G: Groups>(&self, scan: &Scan<'_, G>, near: &GroupSet) -> Option<GroupSet> {
        self.collect(scan.stop, |matcher, chunk, first| {
            let near = (0..chunk.group_count() as u32).filter(|&group| near.has(first + group));
            chunk_set_of(near, |group| scan.has_good_name(chunk, group as usize, matcher))
        })
    }

    fn hit(&self, row: &Ranked) -> GroupHit<N, P> {
        let BestText { row: text, rank } = row.best;
        let (group, text) = (row.group as usize, text as usize);
        let text = match rank.tier {
            Tier::Known => FoundText::Known(row.best.row),
            Tier::Prose | Tier::Inside => FoundText::Prose(self.prose.place(group).0.key(text)),
            Tier::Exact | Tier::Prefix | Tier::Word | Tier::Fuzzy | Tier::Typo | Tier::Scattered => {
                FoundText::Name(self.names.place(group).0.key(text))
            }
        };
        GroupHit { group: row.group, tier: rank.tier, score: rank.score, text }
    }
}

/// What a search has found.
struct Found<'a, G> {
    scan: &'a Scan<'a, G>,
    named: Outcome,
    with_typos: Outcome,
    said: Said,
}

/// The groups that are found by what is said of them.
#[derive(Debug, Default)]
struct Said {
    rows: Vec<Ranked>,
    /// Each word begins a word of what is said, or of a name; or the caller knows of them.
    begun: GroupSet,
    /// A word is only inside of another.
    inside: GroupSet,
}

impl Said {
    /// Adds the groups that the caller knows of, but for those of `close`; `count` is the number of all groups.
    fn add(&mut self, mut known: Vec<Known>, count: usize, groups: &impl Groups, close: &GroupSet) {
        known.retain(|known| (known.group as usize) < count && !close.has(known.group) && groups.allows(known.group));
        known.sort_by_key(|known| (known.group, !known.whole, Reverse(known.score)));
        known.dedup_by_key(|known| known.group);
        let is_known = GroupSet::of(count, known.iter().map(|known| known.group));
        self.rows.retain(|row| !is_known.has(row.group));
        self.rows.extend(known.iter().map(|known| {
            let &Known { group, whole, score, key } = known;
            let rank = MatchRank { tier: Tier::Known, whole, score, chars: 0, start: 0 };
            let key_of_row = SortKey::new(&rank, groups.class(group), groups.prominence(group));
            Ranked { key: key_of_row, group, best: BestText { row: key, rank } }
        }));
        self.begun = std::mem::take(&mut self.begun).union(&is_known);
        self.inside = std::mem::take(&mut self.inside).without(&is_known);
    }
}

fn chunk_set_of(groups: impl Iterator<Item = u32>, mut is_in: impl FnMut(u32) -> bool) -> ChunkSet {
    let mut set = EMPTY;
    groups.filter(|&group| is_in(group)).for_each(|group| chunk_set::insert(&mut set, group as usize));
    set
}
