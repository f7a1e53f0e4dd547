//! Each field on the embedded dossier, and combinations of fields on random ones.

use crate::vocabulary::testing::seeds;
use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::formats::author;
use crate::graph::containment::has_type;
use crate::model::{CoreKind, DayWindow, Dossier, Verdict, arbitrary};
use crate::timeline::chronology::{touched_by, touching_any};
use crate::verdicts::verdicts;

fn embedded() -> World {
    World::new(author::load(&author::embedded()).0)
}

fn ids(world: &World, text: &str) -> BTreeSet<String> {
    entities(world, text).into_iter().map(|entity| world.dossier().id(entity).to_owned()).collect()
}

fn entities(world: &World, text: &str) -> BTreeSet<EntityId> {
    let matching = Matching::new(world, &Query::parse(text, seeds()).unwrap());
    world.dossier().entities().filter(|&entity| matching.entity(world, entity).passes()).collect()
}

fn rows(world: &World, text: &str) -> BTreeSet<RowIndex> {
    let matching = Matching::new(world, &Query::parse(text, seeds()).unwrap());
    world.chronology().all().iter().filter(|&row| matching.row(world, row).passes()).collect()
}

#[test]
fn a_name_field_finds_what_is_related_to_the_named_entity() {
    let world = embedded();
    for (text, found) in [
        ("role:director kind:post", "post/iit-delhi-director post/iit-kharagpur-director post/kalyani-director"),
        ("role:dir kind:post", "post/iit-delhi-director post/iit-kharagpur-director post/kalyani-director"),
        ("role:director inst:delhi kind:person", "person/rangan-banerjee"),
        ("role:\"executive director\" kind:post", "post/kalyani-director"),
        ("person:\"singh ramji\" kind:tenure,post", "post/kalyani-director tenure/ramji-singh-director"),
        ("person:ramji kind:agreement", "agreement/mou-iit-kharagpur"),
        ("dept:ent kind:unit", "unit/kalyani-ent"),
        ("dept:ent degree:PhD kind:programme", "programme/kalyani-phd-ent"),
        (
            "dept:ent degree:ms,pdcc",
            "programme/kalyani-ms-ent programme/kalyani-pdcc-head-neck-surgery unit/kalyani-ent",
        ),
        ("inst:\"school for skills\" kind:institution", "institution/school-for-skills"),
        ("source:B kind:document", "document/partnership-2024"),
        ("person:nobody", ""),
        ("degree:zzz", ""),
        ("source:Z9", ""),
    ] {
        let found: BTreeSet<String> = found.split_whitespace().map(str::to_owned).collect();
        assert_eq!(ids(&world, text), found, "{text}");
    }
}

#[test]
fn the_units_that_offer_a_degree_are_departments() {
    let world = embedded();
    let departments = entities(&world, "degree:DM kind:unit");
    assert!(departments.len() == 5 && departments.iter().all(|&unit| has_type(world.dossier(), unit, "department")));
}

#[test]
fn an_institution_field_finds_what_touches_it_and_the_people_of_its_tenures() {
    let world = embedded();
    let dossier = world.dossier();
    for institution in dossier.of_core(CoreKind::Institution) {
        let touching: BTreeSet<EntityId> =
            dossier.entities().filter(|&entity| world.touches(entity, institution)).collect();
        let found: BTreeSet<EntityId> = touching_any(dossier, world.links(), &[institution]).iter().collect();
        assert_eq!(found, touching, "{}", dossier.id(institution));
    }
    let kalyani = dossier.find("institution/aiims-kalyani").unwrap();
    let found = rows(&world, "inst:\"aiims kalyani\"");
    assert_eq!(found, world.chronology().touching(kalyani).iter().copied().collect());
    assert!(ids(&world, "inst:\"aiims kalyani\"").contains("person/ramji-singh"));
    assert!(!ids(&world, "inst:\"aiims kalyani\" kind:person").contains("person/vk-tewari"));
}

#[test]
fn a_source_field_finds_what_has_evidence_there() {
    let world = embedded();
    let dossier = world.dossier();
    let in_c = |row: &RowIndex| {
        // A row rests on all claims that tell its fact.
        let mut claims = world.chronology().claims(world.chronology().row(*row)).iter().map(|&id| dossier.claim(id));
        claims.any(|claim| dossier.evidence(claim).any(|place| dossier.document(place.document).key == "C"))
    };
    let expected: BTreeSet<RowIndex> = world.chronology().all().iter().filter(in_c).collect();
    assert!(!expected.is_empty() && expected.len() < world.chronology().rows().len());
    assert_eq!(rows(&world, "source:c"), expected);
    let (both, one) = (rows(&world, "source:A,C"), rows(&world, "source:A"));
    assert_eq!(both, &expected | &one);
}

#[test]
fn the_conflict_flag_finds_the_subjects_of_conflicts() {
    let world = embedded();
    let subjects: BTreeSet<EntityId> = verdicts(&world)
        .into_iter()
        .filter(|slot| slot.verdict == Verdict::Conflicts)
        .map(|slot| slot.subject)
        .collect();
    assert!(!subjects.is_empty());
    assert_eq!(entities(&world, "has:conflict"), subjects);
    let dossier = world.dossier();
    assert_eq!(entities(&world, "has:date"), entities(&world, "year:.."));
    let figures = entities(&world, "has:figure kind:institution");
    assert!(figures.contains(&dossier.find("institution/aiims-kalyani").unwrap()));
    assert_eq!(rows(&world, "has:date").len(), world.chronology().rows().len());
}

#[test]
fn results_are_sorted_by_the_keys_and_undated_ones_are_last() {
    let world = embedded();
    let dossier = world.dossier();
    let listed = |text: &str| -> Vec<EntityId> {
        search(&world, &Query::parse(text, seeds()).unwrap(), 500).rows.iter().map(|hit| hit.entity).collect()
    };
    let labels = |found: &[EntityId]| found.iter().map(|&id| crate::text::fold::fold(dossier.label(id))).collect();
    let by_name: Vec<String> = labels(&listed("kind:person sort:name"));
    assert!(by_name.len() > 5 && by_name.is_sorted());
    let backwards: Vec<String> = labels(&listed("kind:person sort:-name"));
    assert!(backwards.iter().rev().is_sorted());
    let kinds: Vec<u8> = listed("inst:kalyani sort:kind").iter().map(|&id| dossier.kind(id).position).collect();
    assert!(kinds.is_sorted());
    let first = |id: &EntityId| dates::of_entity(&world, *id).filter_map(DayWindow::anchor).min();
    for (text, descending) in [("kind:event,person sort:date", false), ("kind:event,person sort:-date", true)] {
        let dates: Vec<Option<NaiveDate>> = listed(text).iter().map(first).collect();
        let dated: Vec<NaiveDate> = dates.iter().flatten().copied().collect();
        assert!(dates[..dated.len()].iter().all(Option::is_some), "{text}");
        assert!(if descending { dated.iter().rev().is_sorted() } else { dated.iter().is_sorted() }, "{text}");
    }
    // Exact matches stay before similar ones, and no result is lost.
    let found = search(&world, &Query::parse("kal sort:name", seeds()).unwrap(), 500);
    assert!(found.rows.iter().map(|hit| !hit.is_close()).is_sorted());
    let plain = search(&world, &Query::parse("kal", seeds()).unwrap(), 500);
    assert_eq!(found.total(), plain.total());
    assert_eq!(listed("kal sort:relevance"), listed("kal"));
    let mut entities = listed("kind:post sort:name");
    sort(&world, &Query::parse("kind:post sort:-relevance", seeds()).unwrap(), &mut entities);
    entities.reverse();
    assert_eq!(entities, listed("kind:post"));
}

#[test]
fn an_empty_result_names_the_terms_that_exclude_all_results() {
    let world = embedded();
    let reasons =
        |text: &str| explain_empty(&Query::parse(text, seeds()).unwrap(), |rest| search(&world, rest, 0).total());
    let left = |text: &str| entities_found(&world, text);
    let without_year = left("role:dean");
    let without_role = left("year:2021");
    assert_eq!(
        reasons("role:dean year:2021"),
        [format!("without role:dean → {without_role}"), format!("without year:2021 → {without_year}")]
    );
    assert_eq!(reasons("ramji zzqx"), [format!("without zzqx → {}", left("ramji"))]);
    assert_eq!(reasons("zzqx qqzx ramji"), ["without any one of 3 terms → 0 as well"]);
    assert_eq!(reasons("zzqx"), [""; 0]);
    let many = (0..100).map(|n| format!("zz{n}q")).collect::<Vec<_>>().join(" ");
    let mut tries = 0;
    let found = excluding_terms(&Query::parse(&many, seeds()).unwrap(), |_| -> Result<usize, ()> {
        tries += 1;
        Ok(0)
    });
    let found = found.unwrap();
    assert_eq!((tries, found.tried, found.total), (MAX_TRIED, MAX_TRIED, 100));
    assert_eq!(found.lines()[1], "only the first 12 terms were tried, 88 were not");
}

fn entities_found(world: &World, text: &str) -> usize {
    search(world, &Query::parse(text, seeds()).unwrap(), 0).total()
}

/// Generates a field, possibly negated.
fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        "[!]?(inst|dept|degree|person|role|source):[a-p]",
        "[!]?has:(conflict|date|evidence|figure|name|note)",
        "[!]?state:(planned|actual)",
        "[!]?kind:(person|event)",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn terms_leave_the_intersection_of_what_each_leaves_in_any_order(
        dossier in arbitrary::dossier(),
        mut terms in proptest::collection::vec(term(), 1..4),
        word in "'[a-e]|[a-e]{1,2}|!'[a-e]|'[a-e] '[a-e]",
        at in any::<prop::sample::Index>(),
    ) {
        let world = World::new(dossier);
        terms.insert(at.index(terms.len() + 1), word);
        let (all, backwards) = (terms.join(" "), terms.iter().rev().cloned().collect::<Vec<_>>().join(" "));
        let each = terms.iter().map(|term| entities(&world, term)).reduce(|a, b| &a & &b).unwrap_or_default();
        prop_assert_eq!(&entities(&world, &all), &each);
        prop_assert_eq!(entities(&world, &backwards), each);
        prop_assert_eq!(rows(&world, &all), rows(&world, &backwards));
    }

    #[test]
    fn the_backward_search_finds_everything_that_touches_a_target(dossier in arbitrary::dossier()) {
        let world = World::new(dossier);
        let dossier: &Dossier = world.dossier();
        for target in dossier.entities() {
            let found = touching_any(dossier, world.links(), &[target]);
            for entity in dossier.entities().filter(|&entity| touched_by(dossier, entity).contains(&target)) {
                prop_assert!(found.has(entity), "{} touches {}", dossier.id(entity), dossier.id(target));
            }
        }
    }

    #[test]
    fn two_words_leave_no_more_than_each_of_them(dossier in arbitrary::dossier(), a in "'[a-e]", b in "!?'[a-e]") {
        let world = World::new(dossier);
        let found = |text: &str| {
            let found = search(&world, &Query::parse(text, seeds()).unwrap(), usize::MAX);
            found.rows.into_iter().map(|hit| hit.entity).collect::<BTreeSet<_>>()
        };
        let both = found(&format!("{a} {b}"));
        prop_assert!(both.is_subset(&found(&a)) && both.is_subset(&found(&b)));
        prop_assert_eq!(both, found(&format!("{b} {a}")));
    }

    #[test]
    fn a_sort_keeps_all_results(dossier in arbitrary::dossier(), order in "sort:-?(name|kind|date),-?date") {
        let world = World::new(dossier);
        let found = |text: &str| {
            let found = search(&world, &Query::parse(text, seeds()).unwrap(), usize::MAX);
            found.rows.into_iter().map(|hit| hit.entity).collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(found(&order), found(""));
    }
}
