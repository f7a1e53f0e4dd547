//! The search beside matching every text exactly, on texts that are made to mislead it.

mod masks;

use crate::vocabulary::testing::seeds;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use super::fuzzy::{Scorer, positions};
use super::rank::MatchRank;
use super::scan::FEW;
use super::text_match;
use super::*;
use crate::formats::author;
use crate::model::{CoreKind, Dossier, KindId, Value};
use crate::query::Query;
use crate::text::fold::fold;

/// A xorshift generator: the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const WORDS: &[&str] = &[
    "Kalyani",
    "Kalita",
    "kal",
    "AIIMS",
    "IIT",
    "Kharagpur",
    "Cardiology",
    "Cardiac",
    "ENT",
    "Department",
    "of",
    "and",
    "Medicine",
    "Müller",
    "Siṃha",
    "Singh",
    "Ramji",
    "Dr",
    "V",
    "K",
    "a",
    "aa",
    "Mississippi",
    "assessment",
    "Слово",
    "Community",
    "Family",
    "Roy",
    "B. C.",
    "2021",
    "24",
    "Obstetrics",
    "Gynaecology",
    "swiss",
    "zone",
    "X",
];

/// A group as written.
struct Group {
    kind: KindId,
    prominence: u8,
    /// The label first.
    names: Vec<String>,
    prose: Vec<String>,
}

/// Groups and their index, in which the key of a text is its number in its group.
struct Corpus {
    groups: Vec<Group>,
    index: GroupIndex<usize, usize>,
}

/// The groups of a corpus of the kinds that a query asks for.
struct OfKinds<'a>(&'a [Group], &'a Query);

impl Groups for OfKinds<'_> {
    fn label(&self, group: u32) -> &str {
        &self.0[group as usize].names[0]
    }

    fn class(&self, group: u32) -> u8 {
        seeds().core(self.0[group as usize].kind) as u8
    }

    fn prominence(&self, group: u32) -> u8 {
        self.0[group as usize].prominence
    }

    fn max_prominence(&self) -> u8 {
        self.0.iter().map(|group| group.prominence).max().unwrap_or(0)
    }

    fn allows(&self, group: u32) -> bool {
        self.1.allows(self.0[group as usize].kind)
    }
}

impl Corpus {
    fn of(groups: Vec<Group>) -> Self {
        let names = Chunks::build(groups.len(), |group, chunk| {
            for (key, name) in groups[group].names.iter().enumerate() {
                chunk.push_new_name(name, key);
            }
        });
        let prose = Chunks::build(groups.len(), |group, chunk| {
            groups[group].prose.iter().enumerate().for_each(|(key, text)| chunk.push_prose(text, key));
        });
        Self { index: GroupIndex::new(names, prose), groups }
    }

    /// Groups with short, long and very long names in several scripts, some with several names, some prominent, and some
    /// with prose.
    fn generated(count: usize) -> Self {
        let mut dice = Dice(0x2545_F491_4F6C_DD1D);
        let kinds = [CoreKind::Institution, CoreKind::Unit, CoreKind::Person, CoreKind::Event].map(KindId::from);
        let group = |number: usize| {
            let words = match dice.below(40) {
                0 => 24,
                1 | 2 => 12,
                other => 1 + other % 5,
            };
            let mut name = || (0..words).map(|_| dice.pick(WORDS)).collect::<Vec<_>>().join(" ");
            let (label, other) = (name(), name());
            let prose = number.is_multiple_of(5).then(|| format!("{other} {label}"));
            let other = number.is_multiple_of(7).then_some(other);
            let prominence = if number < count / 9 { dice.below(4) as u8 } else { 0 };
            let names = std::iter::once(label).chain(other).collect();
            Group { kind: kinds[number % 4], prominence, names, prose: prose.into_iter().collect() }
        };
        Self::of((0..count).map(group).collect())
    }

    /// The entities of the embedded dossier.
    fn embedded() -> Self {
        let dossier = author::load(&author::embedded()).0;
        let group = |entity| {
            let names = dossier.names(entity).iter().map(|name| dossier.text(name.value));
            let names = std::iter::once(dossier.label(entity)).chain(names).map(str::to_owned).collect();
            let text_of = |claim: &crate::model::Claim| match claim.value {
                Value::Text(text) => Some(text),
                _ => None,
            };
            let prose = dossier.claims_of(entity).iter().flat_map(|claim| {
                text_of(claim).into_iter().chain(dossier.details(claim).and_then(|details| details.note))
            });
            let prose = prose.map(|text| dossier.text(text).to_owned()).collect();
            let links = dossier.all_claims().iter().filter(|claim| Dossier::target(claim) == Some(entity)).count();
            let prominence = (usize::BITS - links.leading_zeros()) as u8;
            Group { kind: dossier.entity(entity).kind, prominence, names, prose }
        };
        Self::of(dossier.entities().map(group).collect())
    }

    fn search(&self, query: &Query, limit: usize, threads: usize) -> Results<GroupHit<usize, usize>> {
        let (groups, stop) = (OfKinds(&self.groups, query), Stop::never());
        let mut whole = None;
        let each = |stage| match stage {
            Stage::Whole(results) => whole = Some(results),
            Stage::Names(_) => {}
        };
        self.index.search_by(threads, query.pattern(), &groups, limit, &stop, Vec::new, each).unwrap();
        whole.unwrap()
    }

    /// All rows of a search, with every text matched exactly and everything sorted.
    fn search_exhaustively(&self, typed: &str, query: &Query) -> Vec<Exact> {
        let (index, pattern) = (&self.index, query.pattern());
        let mut scorer = Scorer::default();
        let first_best = |ranks: &mut dyn Iterator<Item = MatchRank>| ranks.min_by(MatchRank::compare_names);
        let allowed = |&group: &usize| {
            let has_unwanted = index.names().group(group).any(|(name, _)| text_match::has_unwanted(pattern, name));
            query.allows(self.groups[group].kind) && !has_unwanted
        };
        let is_good = |rank: &MatchRank| rank.tier != Tier::Scattered;
        let all = 0..self.groups.len();
        let mut found: Vec<Option<MatchRank>> = Vec::new();
        for group in all.clone() {
            let names = index.names().group(group);
            let best =
                first_best(&mut names.filter_map(|(name, _)| text_match::match_name(pattern, name, &mut scorer)));
            found.push(best.filter(|_| allowed(&group)));
        }
        if found.iter().flatten().filter(|rank| is_good(rank)).count() < FEW {
            for group in all.clone().filter(allowed) {
                let best = &mut found[group];
                let mut names = index
                    .names()
                    .group(group)
                    .filter_map(|(name, _)| text_match::match_name_with_typos(pattern, name, &mut scorer));
                if best.as_ref().is_none_or(|rank| !is_good(rank)) {
                    *best = first_best(&mut names).or(*best);
                }
            }
        }
        for group in all.clone().filter(allowed) {
            let best = &mut found[group];
            if best.as_ref().is_none_or(|rank| !rank.tier.is_close()) {
                let names = || index.names().group(group).map(|(name, _)| name);
                let prose = index.prose().group(group);
                let mut prose = prose.filter_map(|(text, _)| text_match::match_prose(pattern, text, names));
                let said = first_best(&mut prose);
                *best = best.iter().copied().chain(said).min_by_key(|rank| rank.tier);
            }
        }
        if found.iter().flatten().any(is_good) {
            for best in &mut found {
                *best = best.filter(is_good);
            }
        }
        let mut rows: Vec<Exact> =
            all.zip(found).filter_map(|(group, rank)| Some(Exact { group, rank: rank? })).collect();
        rows.sort_by(|a, b| self.order(typed, a, b));
        rows
    }

    /// The order of rows as the module documentation tells it, without keys.
    fn order(&self, typed: &str, a: &Exact, b: &Exact) -> Ordering {
        let has_signs = typed.contains(|c: char| !c.is_lowercase() && c != ' ' && !c.is_ascii_digit() || !c.is_ascii());
        let words = || typed.split(' ').filter(|_| has_signs).filter(|word| fold(word) != **word);
        let spelled = |row: &Exact| words().filter(|word| self.groups[row.group].names[0].contains(word)).count();
        let group = |row: &Exact| &self.groups[row.group];
        let prominence = |row: &Exact| Reverse(group(row).prominence);
        let fit = |row: &Exact| (Reverse(row.rank.score), row.rank.chars, row.rank.start);
        let within = match a.rank.tier {
            Tier::Fuzzy | Tier::Scattered => fit(a).cmp(&fit(b)).then(prominence(a).cmp(&prominence(b))),
            _ => b.rank.whole.cmp(&a.rank.whole).then(prominence(a).cmp(&prominence(b))).then(fit(a).cmp(&fit(b))),
        };
        (a.rank.tier.cmp(&b.rank.tier))
            .then(within)
            .then_with(|| seeds().core(group(a).kind).cmp(&seeds().core(group(b).kind)))
            .then_with(|| spelled(b).cmp(&spelled(a)))
            .then_with(|| group(a).names[0].cmp(&group(b).names[0]))
            .then(a.group.cmp(&b.group))
    }

    fn agrees(&self, text: &str) {
        let Ok(query) = Query::parse(text, seeds()) else { return };
        let expected = self.search_exhaustively(text, &query);
        let count = |is: &dyn Fn(Tier) -> bool| expected.iter().filter(|row| is(row.rank.tier)).count();
        let close = count(&Tier::is_close);
        let prose = count(&Tier::is_said);
        for (limit, threads) in [(0, 1), (1, 2), (7, 1), (200, 2), (200, 1), (usize::MAX, 3)] {
            let found = self.search(&query, limit, threads);
            let rows: Vec<_> = found.rows.iter().map(|hit| (hit.group as usize, hit.tier, hit.score)).collect();
            let exact = |row: &Exact| (row.group, row.rank.tier, row.rank.score);
            let best: Vec<_> = expected.iter().take(limit).map(exact).collect();
            assert_eq!(rows, best, "{text}, {limit} rows, {threads} threads");
            let counts = (found.close, found.prose, found.total());
            assert_eq!(counts, (close, prose, expected.len()), "{text}, {threads} threads");
        }
    }

    /// Compares the scores of the names that are found with those of a fresh matcher; returns how many there are.
    fn check_scores(&self, text: &str) -> usize {
        let query = Query::parse(text, seeds()).unwrap();
        let mut checked = 0;
        for hit in self.search(&query, usize::MAX, 2).rows {
            let FoundText::Name(key) = hit.text else { continue };
            if hit.tier == Tier::Typo {
                continue;
            }
            let name = fold(&self.groups[hit.group as usize].names[key]);
            let atoms = query.pattern().wanted_atoms();
            let expected: i32 = atoms.map(|atom| positions(&name, &atom.token).unwrap().0).sum();
            assert_eq!(hit.score, expected, "{text} in {name}");
            checked += 1;
        }
        checked
    }
}

/// A group with its exact rank.
struct Exact {
    group: usize,
    rank: MatchRank,
}

const QUERIES: &[&str] = &[
    "",
    "a",
    "k",
    "z",
    "ka",
    "kal",
    "kalyani",
    "kaly",
    "cardio",
    "cadriology",
    "kalynai",
    "ent",
    "x",
    "aa",
    "ss",
    "obgy",
    "aiimskal",
    "iitkgp",
    "ramji sin",
    "singh ramji",
    "kal aiims",
    "aiims kalyani",
    "aiims kalyani kalita",
    "muller",
    "simha",
    "слово",
    "сло",
    "2021",
    "v k",
    "vk",
    "cmfm",
    "zzqx",
    "'ent",
    "^kal",
    "kal$",
    "^ent$",
    "\"aiims kal",
    "\"aiims kal\"",
    "!a",
    "kal !kalita",
    "kal|roy",
    "aa|ss|zone",
    "kal 'art",
    "kind:person kal",
    "kind:unit,event a",
    "!kind:event x",
    "'a",
    "slovo",
    "mississipi",
    "mississippi",
    "asessment roy",
    "e e e",
    "k k",
    "kal slovo",
    "m$",
    "^a",
    "'24",
    "fam comm|card",
    "Kal",
    "Müller",
    "IIT 24",
];

#[test]
fn a_search_finds_what_matching_every_text_finds() {
    for corpus in [Corpus::generated(3 * GROUPS + 77), Corpus::embedded()] {
        for query in QUERIES {
            corpus.agrees(query);
        }
    }
}

#[test]
fn every_score_is_that_of_a_fresh_matcher_on_the_folded_name() {
    let queries =
        ["kal", "obgy", "ss", "aa", "cardio", "a", "iitkgp", "слво", "msp", "ee", "aiimskal", "cmfm", "ee ll"];
    for (corpus, least) in [(Corpus::generated(GROUPS / 2), 3_000), (Corpus::embedded(), 100)] {
        let checked: usize = queries.iter().map(|query| corpus.check_scores(query)).sum();
        assert!(checked > least, "{checked}");
    }
}

#[test]
fn the_sets_of_a_pattern_have_the_groups_that_a_search_without_a_limit_finds() {
    let corpus = Corpus::generated(GROUPS + 5);
    let mut ways = BTreeSet::new();
    for text in QUERIES {
        let query = Query::parse(text, seeds()).unwrap();
        let all = corpus.search(&query, usize::MAX, 2).rows;
        let of = |way: &dyn Fn(Tier) -> bool| -> BTreeSet<u32> {
            all.iter().filter(|hit| way(hit.tier)).map(|hit| hit.group).collect()
        };
        let allows = |group: u32| query.allows(corpus.groups[group as usize].kind);
        let found = corpus.index.match_sets(query.pattern(), allows, &Stop::never()).unwrap();
        assert_eq!(found.described.iter().collect::<BTreeSet<_>>(), of(&Tier::is_said), "{text}");
        assert_eq!(found.has_close_name, !of(&Tier::is_close).is_empty() || query.is_empty(), "{text}");
        let named: BTreeSet<u32> = found.named.iter().collect();
        let is_said = of(&Tier::is_close).is_empty() && !of(&|tier| tier == Tier::Prose).is_empty();
        if is_said {
            assert!(named.is_empty(), "{text}");
            continue;
        }
        assert!(corpus.index.named(query.pattern(), allows, &Stop::never()).unwrap().iter().eq(named.iter().copied()));
        if query.pattern().wanted_atoms().all(|atom| atom.form != Form::Loose) {
            assert!(named.is_superset(&of(&|tier| !tier.is_said())), "{text}");
            continue;
        }
        let steps: [&dyn Fn(Tier) -> bool; 3] =
            [&|tier| tier.is_close(), &|tier| tier == Tier::Fuzzy, &|tier| tier == Tier::Typo];
        match steps.iter().position(|way| !of(*way).is_empty()) {
            Some(step) => {
                ways.insert(step);
                assert_eq!(named, of(steps[step]), "{text}");
            }
            // Some of those with scattered letters are found by prose.
            None => assert!(named.is_superset(&of(&|tier| tier == Tier::Scattered)), "{text}"),
        }
    }
    assert!(ways.len() > 1, "{ways:?}");
}
