//! The fast way beside judging every text exactly, on a corpus made to mislead it.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use fearless_simd::Level;

use super::super::bits::{self, NOBODY};
use super::super::chunk::{Entry, GROUPS};
use super::super::fit::{self, Scores};
use super::super::judge::Standing;
use super::super::masks::Mask;
use super::super::name::Name;
use super::super::word::Hope;
use super::*;
use crate::query::Form;
use crate::search::fuzzy::Scorer;
use crate::search::letter_bitmap::Letters;

/// A small generator that is the same everywhere.
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

/// Entities with short, long and very long names in several scripts, some with several names, some pointed at, and
/// some of which something is said.
fn corpus(count: usize) -> Fixture {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let mut builder = Builder::new(Meta::default());
    let kinds = [Kind::Institution, Kind::Unit, Kind::Person, Kind::Event];
    let mut handles = Vec::new();
    for number in 0..count {
        let words = match dice.below(40) {
            0 => 24,
            1 | 2 => 12,
            other => 1 + other % 5,
        };
        let mut name = || (0..words).map(|_| dice.pick(WORDS)).collect::<Vec<_>>().join(" ");
        let (label, other) = (name(), name());
        let handle = builder.entity(kinds[number % 4], &format!("e{number}"), &label).unwrap();
        if number % 7 == 0 {
            builder.name(handle, &other, NameKind::Alias, None, Vec::new());
        }
        if number % 5 == 0 {
            builder.claim(NewClaim::new(handle, Property::Motto, NewValue::Text(format!("{other} {label}"))));
        }
        handles.push(handle);
    }
    for &handle in handles.iter().step_by(3) {
        let target = handles[dice.below(handles.len() / 9 + 1)];
        builder.claim(NewClaim::new(handle, Property::Partner, NewValue::Entity(target)));
    }
    Fixture::of(builder.finish())
}

/// An entity, judged exactly.
struct Judged {
    entity: EntityId,
    standing: Standing,
}

/// All rows of a search, with every text judged exactly and everything sorted.
fn exhaustively(fixture: &Fixture, query: &Query) -> Vec<Judged> {
    let (index, dossier) = (&fixture.index, &fixture.dossier);
    let mut scorer = Scorer::default();
    let first_best = |standings: &mut dyn Iterator<Item = Standing>| standings.min_by(Standing::compare_names);
    let allowed = |entity: &EntityId| query.allows(dossier.entity(*entity).kind) && !index.is_unwanted(query, *entity);
    let is_good = |standing: &Standing| standing.tier != Tier::Scattered;
    let mut found: Vec<Option<Standing>> = Vec::new();
    for entity in dossier.entities() {
        let names = index.names.group(entity.index());
        let best = first_best(&mut names.filter_map(|(name, _)| judge::by_name(query, name, &mut scorer)));
        found.push(best.filter(|_| allowed(&entity)));
    }
    if found.iter().flatten().filter(|standing| is_good(standing)).count() < FEW {
        for entity in dossier.entities().filter(allowed) {
            let place = &mut found[entity.index()];
            let names = index.names.group(entity.index());
            if place.as_ref().is_none_or(|standing| !is_good(standing)) {
                let slip = first_best(&mut names.filter_map(|(name, _)| judge::by_slip(query, name, &mut scorer)));
                *place = slip.or(*place);
            }
        }
    }
    for entity in dossier.entities().filter(allowed) {
        let place = &mut found[entity.index()];
        if place.as_ref().is_none_or(|standing| !is_good(standing)) {
            let prose = index.prose.group(entity.index());
            *place = first_best(&mut prose.filter_map(|(text, _)| judge::by_prose(query, text))).or(*place);
        }
    }
    let mut rows: Vec<Judged> = dossier
        .entities()
        .zip(found)
        .filter_map(|(entity, standing)| Some(Judged { entity, standing: standing? }))
        .collect();
    rows.sort_by(|a, b| order(fixture, a, b));
    rows
}

/// What people look for most comes first.
const KINDS: [Kind; 12] = [
    Kind::Institution,
    Kind::Unit,
    Kind::Person,
    Kind::Post,
    Kind::Programme,
    Kind::Facility,
    Kind::Agreement,
    Kind::Event,
    Kind::Scheme,
    Kind::Place,
    Kind::Tenure,
    Kind::Document,
];

/// The order of rows as the module tells it, without keys.
fn order(fixture: &Fixture, a: &Judged, b: &Judged) -> Ordering {
    let dossier = &fixture.dossier;
    let fame = |row: &Judged| Reverse(fixture.index.prominence[row.entity.index()]);
    let fit = |row: &Judged| (Reverse(row.standing.score), row.standing.chars, row.standing.start);
    let place = |row: &Judged| dossier.entity(row.entity).kind;
    let kind = |row: &Judged| KINDS.iter().position(|&kind| kind == place(row));
    let within = match a.standing.tier {
        Tier::Fuzzy | Tier::Scattered => fit(a).cmp(&fit(b)).then(fame(a).cmp(&fame(b))),
        _ => b.standing.whole.cmp(&a.standing.whole).then(fame(a).cmp(&fame(b))).then(fit(a).cmp(&fit(b))),
    };
    (a.standing.tier.cmp(&b.standing.tier))
        .then(within)
        .then_with(|| kind(a).cmp(&kind(b)))
        .then_with(|| dossier.label(a.entity).cmp(dossier.label(b.entity)))
        .then(a.entity.cmp(&b.entity))
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
];

fn hits(fixture: &Fixture, query: &Query, limit: usize, threads: usize) -> Results {
    let mut whole = None;
    let each = |stage| match stage {
        Stage::Whole(results) => whole = Some(results),
        Stage::Names(_) => {}
    };
    let stop = Stop::never();
    fixture.index.seek_by(threads, &fixture.dossier, query, limit, |_| true, &stop, each).unwrap();
    whole.unwrap()
}

fn agrees(fixture: &Fixture, text: &str) {
    let Ok(query) = Query::parse(text) else { return };
    let expected = exhaustively(fixture, &query);
    let count = |is: &dyn Fn(Tier) -> bool| expected.iter().filter(|row| is(row.standing.tier)).count();
    let close = count(&Tier::is_close);
    let prose = count(&|tier| tier == Tier::Prose);
    for (limit, threads) in [(0, 1), (1, 2), (7, 1), (200, 2), (200, 1), (usize::MAX, 3)] {
        let found = hits(fixture, &query, limit, threads);
        let rows: Vec<_> = found.rows.iter().map(|hit| (hit.entity, hit.tier, hit.score)).collect();
        let judged = |row: &Judged| (row.entity, row.standing.tier, row.standing.score);
        let best: Vec<_> = expected.iter().take(limit).map(judged).collect();
        assert_eq!(rows, best, "{text}, {limit} rows, {threads} threads");
        let counts = (found.close, found.prose, found.total());
        assert_eq!(counts, (close, prose, expected.len()), "{text}, {threads} threads");
    }
}

#[test]
fn the_fast_way_finds_what_judging_everything_finds() {
    let fixture = corpus(3 * GROUPS + 77);
    for query in QUERIES {
        agrees(&fixture, query);
    }
    let embedded = Fixture::embedded();
    for query in QUERIES {
        agrees(&embedded, query);
    }
}

#[test]
fn every_score_of_a_generated_corpus_is_that_of_a_fresh_matcher() {
    let fixture = corpus(GROUPS / 2);
    let mut checked = 0;
    for text in ["kal", "obgy", "ss", "aa", "cardio", "a", "iitkgp", "слво", "msp", "ee"] {
        let query = Query::parse(text).unwrap();
        let token = Token::new(&fold(text));
        for hit in hits(&fixture, &query, usize::MAX, 2).rows {
            if let (Matched::Name(name), true) = (hit.matched, hit.tier != Tier::Typo) {
                let name = fold(fixture.dossier.text(name));
                assert_eq!(hit.score, fit(&name, &token).unwrap().0, "{text} in {name}");
                checked += 1;
            }
        }
    }
    assert!(checked > 4_000, "{checked}");
}

#[test]
fn a_filter_takes_the_same_entities_as_a_search_without_a_limit() {
    let fixture = corpus(GROUPS + 5);
    let mut ways = BTreeSet::new();
    for text in QUERIES {
        let query = Query::parse(text).unwrap();
        let all = fixture.index.search(&fixture.dossier, &query, usize::MAX).rows;
        let of = |way: &dyn Fn(Tier) -> bool| -> BTreeSet<EntityId> {
            all.iter().filter(|hit| way(hit.tier)).map(|hit| hit.entity).collect()
        };
        let found = fixture.index.everybody(&fixture.dossier, &query, &Stop::never()).unwrap();
        assert_eq!(found.described.iter().collect::<BTreeSet<_>>(), of(&|tier| tier == Tier::Prose), "{text}");
        let named: BTreeSet<EntityId> = found.named.iter().collect();
        if query.wanted.iter().flat_map(|term| &term.any).all(|atom| atom.form != Form::Loose) {
            assert!(named.is_superset(&of(&|tier| tier != Tier::Prose)), "{text}");
            continue;
        }
        let steps: [&dyn Fn(Tier) -> bool; 3] =
            [&|tier| tier.is_close(), &|tier| tier == Tier::Fuzzy, &|tier| tier == Tier::Typo];
        match steps.iter().position(|way| !of(*way).is_empty()) {
            Some(step) => {
                ways.insert(step);
                assert_eq!(named, of(steps[step]), "{text}");
            }
            // Of those with scattered letters some are told by what is said of them.
            None => assert!(named.is_superset(&of(&|tier| tier == Tier::Scattered)), "{text}"),
        }
    }
    assert!(ways.len() > 1, "{ways:?}");
}

/// What stands behind a name in a chunk is other names.
fn among_others(folded: &str) -> Vec<u8> {
    [folded.as_bytes(), [b'a'; 140].as_slice()].concat()
}

/// How a name stands by its masks: at best, and exactly.
fn by_masks<M: Mask>(plan: &Plan, name: &Name<M>) -> (Option<Standing>, Option<Standing>) {
    (plan.at_best(name), plan.exactly(name, &mut Scores::default()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6_000))]

    #[test]
    fn masks_say_what_judging_says(name in "[abk]{1,3}( [abk]{1,6}){0,6}", text in "['^]?[abk]{1,4}[$]?( [abk|]{1,3})?") {
        let (Ok(query), name) = (Query::parse(&text), fold(&name)) else { return Ok(()) };
        let plan = Plan::new(&query);
        let (level, bytes, chars) = (Level::new(), among_others(&name), name.len() as u32);
        let truth = judge::by_name(&query, Entry::new(&name), &mut Scorer::default());
        if truth.is_some() {
            prop_assert_eq!(plan.sieve().names(&Letters::of(std::slice::from_ref(&name)), 0), 1, "{} in {}", text, name);
        }
        let (mut short, mut long) = (Name::<u64>::blank(), Name::<u128>::blank());
        let is_short = short.read(level, plan.letters(), plan.front(), &bytes, chars);
        let is_long = long.read(level, plan.letters(), plan.front(), &bytes, chars);
        prop_assert_eq!(is_short, is_long);
        if !is_short {
            prop_assert!(truth.is_none(), "{} in {}", text, name);
            return Ok(());
        }
        let (at_best, exactly) = by_masks(&plan, &short);
        prop_assert_eq!((at_best, exactly), by_masks(&plan, &long));
        prop_assert_eq!(exactly, truth, "{} in {}", text, name);
        prop_assert_eq!(at_best.is_some(), truth.is_some());
        if let (Some(at_best), Some(truth)) = (at_best, truth) {
            prop_assert!(at_best.compare(&truth).is_le(), "{} in {}: {:?} {:?}", text, name, at_best, truth);
            prop_assert!(at_best.score >= truth.score);
            prop_assert_eq!(at_best.tier.is_close(), truth.tier.is_close());
            prop_assert_eq!(at_best.chars, truth.chars);
            // Of two alternatives another one may be the better at best.
            prop_assert!(at_best.start == truth.start || text.contains('|'), "{} in {}", text, name);
        }
        if let Some(word) = plan.word() {
            let mut chunk = Chunk::default();
            for text in [&name, "aaaaaaaaaaaaa"] {
                chunk.push(text, MAX_NAME, ());
                chunk.end_group();
            }
            chunk.index();
            let (mut seen, mut others) = (Vec::new(), Vec::new());
            word.look(level, &chunk, &[0], &mut seen, &mut others);
            prop_assert_eq!(seen.first().map(|seen| seen.at_best), at_best);
            let is_close = at_best.is_some_and(|at_best| at_best.tier.is_close());
            for has_hope in [false, true] {
                let (mut rows, mut close, mut begun) = (vec![0], NOBODY, Vec::new());
                let hope = Hope::new(word, |_| has_hope);
                word.take_begun(level, &chunk, hope, &mut rows, &mut close, &mut begun, &mut others);
                prop_assert_eq!(rows.is_empty(), is_close);
                prop_assert_eq!(bits::has(&close, 0), is_close && !has_hope);
                prop_assert_eq!(begun, if is_close && has_hope { seen.clone() } else { Vec::new() });
            }
            if let Some(at_best) = at_best.filter(|at_best| at_best.tier.is_close()) {
                let bound = word.begun_at_best(chars, at_best.whole, at_best.start == 0);
                prop_assert!(bound.compare(&at_best).is_le(), "{} in {}: {:?} {:?}", text, name, bound, at_best);
            }
            let mut kept = vec![0];
            word.keep(level, &chunk, &mut kept, &mut others);
            prop_assert_eq!(kept.len(), usize::from(at_best.is_some()));
            prop_assert!(others.is_empty());
            let sifted = word.sift(chunk.letters(), 0);
            let [sure, surely_begun, front] = [sifted.sure, sifted.surely_begun, sifted.front].map(|names| names.has(0));
            prop_assert!(!sure || at_best.is_some(), "not {} in {}", text, name);
            prop_assert!(!surely_begun || is_close, "no word {} in {}", text, name);
            prop_assert!(!is_close || sifted.begun.has(0), "{} in {}", text, name);
            if let (true, Some(truth)) = (surely_begun, truth) {
                let bound = word.begun_at_best(chars, false, front);
                prop_assert!(bound.compare(&truth).is_le(), "{} in {}", text, name);
            }
        }
    }

    #[test]
    fn masks_overlook_no_slip(name in "[abcd]{1,6}( [abcd]{1,7}){0,3}", text in "[abcd]{4,7}( [abcd]{1,5})?") {
        let (Ok(query), name) = (Query::parse(&text), fold(&name)) else { return Ok(()) };
        let plan = Plan::new(&query);
        let mut masked = Name::<u64>::blank();
        masked.read(Level::new(), plan.letters(), &[], &among_others(&name), name.len() as u32);
        if judge::by_slip(&query, Entry::new(&name), &mut Scorer::default()).is_some() {
            prop_assert!(plan.may_slip(&masked), "{} in {}", text, name);
            prop_assert_eq!(plan.sieve().slips(&Letters::of(std::slice::from_ref(&name)), 0), 1, "{} in {}", text, name);
        }
    }

    #[test]
    fn a_fit_by_places_is_the_score_of_the_text(name in "[ab]{1,4}( [abc]{1,5}){0,3}", token in "[abc]{1,6}") {
        let name = fold(&name);
        let token = fold(&token);
        let heads = name.bytes().enumerate().fold(1_u64, |heads, (at, byte)| heads | u64::from(byte == b' ') << (at + 1));
        let places = |letter: u8| name.bytes().enumerate().fold(0_u64, |mask, (at, byte)| mask | u64::from(byte == letter) << at);
        let mut scorer = Scorer::default();
        scorer.read(&name);
        let truth = scorer.score(&Token::new(&token)).map(|fit| (fit.score, fit.start));
        let mut scores = Scores::default();
        // What is left of the name before must not matter.
        scores.exactly(token.as_bytes(), |letter| places(letter) << 1, heads << 1);
        let exactly = scores.exactly(token.as_bytes(), places, heads).map(|fit| (fit.score, fit.start));
        prop_assert_eq!(exactly, truth, "{} in {}", token, name);
        let at_best = fit::at_best(token.as_bytes(), places, heads);
        prop_assert_eq!(at_best.map(|fit| fit.start), truth.map(|(_, start)| start));
        if let (Some(at_best), Some((score, _))) = (at_best, truth) {
            prop_assert!(at_best.score >= score, "{} in {}", token, name);
        }
    }
}
