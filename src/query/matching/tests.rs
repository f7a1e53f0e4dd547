//! Queries on the embedded dossier, and on random ones compared with scans.

use crate::vocabulary::testing::seeds;
use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::formats::author;
use crate::model::arbitrary;
use crate::model::{ClaimId, CoreKind, DayWindow, Modality};

fn embedded() -> World {
    World::new(author::load(&author::embedded()).0)
}

fn matching(world: &World, text: &str) -> Matching {
    Matching::new(world, &Query::parse(text, seeds()).unwrap())
}

/// Returns the matching rows with subject, date and match.
fn rows(world: &World, text: &str) -> Vec<(String, String, Match)> {
    let dossier = world.dossier();
    let matching = matching(world, text);
    let rows = world.chronology().rows().iter().enumerate();
    let found = rows.map(|(index, row)| (row, matching.row(world, index as RowIndex)));
    let shown = found.filter(|(_, found)| found.passes()).map(|(row, found)| {
        let when = row_when(dossier, row).map(|when| when.edtf().to_owned()).unwrap_or_default();
        (dossier.id(row.subject).to_owned(), when, found)
    });
    shown.collect()
}

fn count(world: &World, text: &str) -> usize {
    rows(world, text).len()
}

fn entity(world: &World, text: &str, id: &str) -> Match {
    matching(world, text).entity(world, world.dossier().find(id).unwrap())
}

#[test]
fn a_year_lists_all_rows_in_it() {
    let world = embedded();
    let found = rows(&world, "year:1957..1994");
    let definite: Vec<(&str, &str)> = found
        .iter()
        .filter(|(.., found)| *found == Match::Definite)
        .map(|(id, when, _)| (id.as_str(), when.as_str()))
        .collect();
    assert_eq!(
        definite,
        [
            ("event/sskm-offer", "1957"),
            ("event/kalyani-preliminary-decision", "1994"),
            ("event/location-debate", "1994"),
            ("event/planning-commission-allocation", "1994"),
            ("event/nurul-hasan-groundbreaking", "1994-09-26"),
        ]
    );
    // A date with only an upper bound counts on that day alone.
    assert_eq!(found.len(), definite.len(), "{found:?}");
    let bound = rows(&world, "year:2014-06");
    assert!(bound.contains(&("event/site-moved".into(), "[..2014-06]".into(), Match::Possible)), "{bound:?}");
}

#[test]
fn a_date_across_the_end_of_the_span_is_possible() {
    let world = embedded();
    let how = |text: &str, id: &str, when: &str| {
        let found = rows(&world, text);
        found.into_iter().find(|(subject, date, _)| subject == id && date == when).map(|(.., found)| found)
    };
    let raised = |text| how(text, "event/mbbs-seats-raised", "2020");
    assert_eq!(raised("year:2020"), Some(Match::Definite));
    assert_eq!(raised("year:..2020-06"), Some(Match::Possible));
    assert_eq!(raised("year:2020-02,2020-11"), Some(Match::Possible));
    assert_eq!(raised("year:..2019,2021.."), None);
    assert_eq!(raised("!year:..2020-06"), None);
    assert_eq!(raised("!year:..2019"), Some(Match::Definite));
    // Adjacent years are joined, so that a date across both certainly lies in them.
    let projects = |text| how(text, "event/research-projects-2019", "2019/2020");
    assert_eq!(projects("year:2019"), Some(Match::Possible));
    assert_eq!(projects("year:2020,2019"), Some(Match::Definite));
}

#[test]
fn at_a_moment_only_earlier_happenings_match() {
    let world = embedded();
    let opd = |text| rows(&world, text).iter().any(|(id, ..)| id == "facility/kalyani-opd");
    assert!(!opd("at:2021-01-26") && opd("at:2021-01-27") && opd("!at:2021-01-26"));
    assert!(!opd("at:2021 at:2020"), "all moments have to hold");
    assert_eq!(entity(&world, "at:2021-01", "facility/kalyani-opd"), Match::Definite);
    assert_eq!(entity(&world, "at:2020", "facility/kalyani-opd"), Match::No);
    assert_eq!(entity(&world, "!at:2020", "facility/kalyani-opd"), Match::Definite);
    // The documents do not tell since when she was in office.
    assert_eq!(entity(&world, "at:2018", "person/dipika-deka"), Match::Possible);
}

#[test]
fn an_entity_matches_by_its_own_dates_and_those_of_rows_that_touch_it() {
    let world = embedded();
    assert_eq!(entity(&world, "year:1957", "person/b-c-roy"), Match::Definite);
    assert_eq!(entity(&world, "year:2021-09", "agreement/mou-nibmg-iiit-kalyani"), Match::Definite);
    assert_eq!(entity(&world, "year:2021-09-07", "agreement/mou-nibmg-iiit-kalyani"), Match::Possible);
    assert_eq!(entity(&world, "year:2020", "agreement/mou-nibmg-iiit-kalyani"), Match::No);
    // An undated entity matches no year.
    let undated = world.chronology().undated()[0];
    assert_eq!(matching(&world, "year:..").entity(&world, undated), Match::No);
    assert_eq!(matching(&world, "!year:..").entity(&world, undated), Match::Definite);
    let names = |text: &str| {
        let found = search(&world, &Query::parse(text, seeds()).unwrap(), 50);
        found.rows.iter().map(|hit| world.dossier().id(hit.entity).to_owned()).collect::<Vec<_>>()
    };
    let of_2021 = names("kind:agreement year:2021");
    assert_eq!(of_2021, ["agreement/mou-nibmg-iiit-kalyani"]);
    assert_eq!(names("nibmg kind:agreement at:2020"), Vec::<String>::new());
}

#[test]
fn a_state_is_that_of_the_claim() {
    let world = embedded();
    let planned = world.chronology().rows().iter().filter(|row| row.modality == Modality::Planned).count();
    assert!(planned > 0);
    assert_eq!(count(&world, "state:planned"), planned);
    assert!(
        rows(&world, "state:inferred")
            .iter()
            .any(|(id, when, _)| { (id.as_str(), when.as_str()) == ("agreement/mou-iit-kharagpur", "2023-07-01") })
    );
}

#[test]
fn words_match_what_a_row_touches_and_an_exclamation_mark_negates_them() {
    let world = embedded();
    let touching = |kind: CoreKind| {
        let chronology = world.chronology();
        let touched = (0..chronology.rows().len() as RowIndex).map(|row| chronology.touched(row));
        touched.filter(|touched| touched.iter().any(|&id| world.dossier().core_kind(id) == kind)).count()
    };
    let all = count(&world, "");
    assert_eq!(count(&world, "kind:person"), touching(CoreKind::Person));
    assert_eq!(count(&world, "!kind:person"), all - touching(CoreKind::Person));
    assert!(count(&world, "roy") > 0);
    let without: Vec<_> = rows(&world, "!roy").into_iter().map(|(id, ..)| id).collect();
    assert!(!without.is_empty() && without.iter().all(|id| !id.contains("roy") && id != "event/sskm-offer"));
}

#[test]
fn a_date_as_the_only_words_finds_its_days() {
    let world = embedded();
    let ids: BTreeSet<String> = rows(&world, "1994").into_iter().map(|(id, ..)| id).collect();
    assert!(ids.contains("event/location-debate") && ids.contains("event/nurul-hasan-groundbreaking"), "{ids:?}");
    assert!(!ids.contains("event/sskm-offer"));
    // A date with only an upper bound is placed on it.
    assert!(rows(&world, "2014-06").iter().any(|(id, when, _)| id == "event/site-moved" && when == "[..2014-06]"));
    assert!(!rows(&world, "2014-05").iter().any(|(id, ..)| id == "event/site-moved"));
}

/// Returns the claims of the matching rows.
fn claims(world: &World, text: &str) -> BTreeSet<ClaimId> {
    let matching = matching(world, text);
    let rows = world.chronology().rows().iter().enumerate();
    rows.filter(|(index, _)| matching.row(world, *index as RowIndex).passes()).map(|(_, row)| row.claim).collect()
}

fn entities(world: &World, text: &str) -> BTreeSet<EntityId> {
    let matching = matching(world, text);
    world.dossier().entities().filter(|&entity| matching.entity(world, entity).passes()).collect()
}

/// Generates a field that is not negated.
fn field() -> impl Strategy<Value = String> {
    prop_oneof![
        (1880_i32..2030, 0_i32..60).prop_map(|(first, years)| format!("year:{first}..{}", first + years)),
        (1880_i32..2030, 1_u32..13).prop_map(|(year, month)| format!("year:{year}-{month:02},{}..", year + 9)),
        (1880_i32..2030, 1_u32..13).prop_map(|(year, month)| format!("at:{year}-{month:02}")),
        "state:(planned|alleged|actual|denied|inferred)",
        // Labels of random dossiers begin with any letter; documents have any key.
        "(inst|dept|degree|person|role|source):[a-e],[f-p]",
        "has:(conflict|date|evidence|figure|name|note)",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_year_leaves_the_rows_that_a_scan_of_all_claims_leaves(
        dossier in arbitrary::dossier(),
        first in 1880_i32..2030,
        years in 0_i32..60,
    ) {
        let world = World::new(dossier);
        let dossier = world.dossier();
        let (start, end) = (
            NaiveDate::from_ymd_opt(first, 1, 1).unwrap(),
            NaiveDate::from_ymd_opt(first + years, 12, 31).unwrap(),
        );
        let scanned: BTreeSet<ClaimId> = dossier
            .claims()
            .filter(|(_, claim)| dossier.property(claim.property).happening.is_some())
            .filter(|(_, claim)| dossier.date(claim).is_some_and(|when| when.window().stands_within(start, end)))
            .map(|(id, _)| id)
            .collect();
        let text = format!("year:{first}..{}", first + years);
        prop_assert_eq!(claims(&world, &text), scanned);
        let matching = matching(&world, &text);
        for (index, row) in world.chronology().rows().iter().enumerate() {
            let is_sure = row_when(dossier, row).unwrap().window().is_within(DayWindow::between(start, end));
            prop_assert_eq!(matching.row(&world, index as RowIndex) == Match::Definite, is_sure);
        }
    }

    #[test]
    fn a_negated_field_matches_exactly_the_rest(dossier in arbitrary::dossier(), field in field()) {
        let world = World::new(dossier);
        let negated = format!("!{field}");
        let both = |a: BTreeSet<ClaimId>, b: BTreeSet<ClaimId>| (a.len() + b.len(), a.union(&b).count());
        let all = world.chronology().rows().len();
        prop_assert_eq!(both(claims(&world, &field), claims(&world, &negated)), (all, all));
        let (with, without) = (entities(&world, &field), entities(&world, &negated));
        let all = world.dossier().entities().len();
        prop_assert_eq!((with.len() + without.len(), with.union(&without).count()), (all, all));
    }

    #[test]
    fn two_conditions_leave_the_intersection_of_what_each_leaves(
        dossier in arbitrary::dossier(),
        a in prop_oneof![field(), Just("'a".to_owned()), Just("kind:event".to_owned())],
        b in field(),
    ) {
        let world = World::new(dossier);
        for text in [format!("{a} {b}"), format!("{b} {a}")] {
            let rows: BTreeSet<ClaimId> = &claims(&world, &a) & &claims(&world, &b);
            prop_assert_eq!(claims(&world, &text), rows);
            let found: BTreeSet<EntityId> = &entities(&world, &a) & &entities(&world, &b);
            prop_assert_eq!(entities(&world, &text), found);
        }
    }

    #[test]
    fn a_search_with_a_field_returns_exactly_the_matching_entities(dossier in arbitrary::dossier(), field in field()) {
        let world = World::new(dossier);
        let found = search(&world, &Query::parse(&field, seeds()).unwrap(), usize::MAX);
        let listed: BTreeSet<EntityId> = found.rows.iter().map(|hit| hit.entity).collect();
        prop_assert_eq!(found.total(), listed.len());
        prop_assert_eq!(listed, entities(&world, &field));
    }
}
