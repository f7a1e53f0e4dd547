//! Tests of properties that every registered table has, and of the figures and sources of the embedded dossier.

use std::collections::HashSet;

use super::*;
use crate::formats::author::{embedded, load};
use crate::graph::slots::source_keys;
use crate::model::{ClaimId, CoreKind, Dossier, Moment, PropertyId, arbitrary};
use crate::search::Stop;
use crate::timeline::World;
use crate::timeline::authored::authored;
use proptest::prelude::*;

fn world() -> World {
    World::new(load(&embedded()).0)
}

fn moment(text: &str) -> Moment {
    Moment::parse(text, None).unwrap()
}

/// Requests for each table, as of now and of each moment: about everything and some entities, or between dates.
fn requests(world: &World) -> Vec<TableRequest> {
    let moments = [None, Some(moment("1900")), Some(moment("2021-06-15")), Some(moment("2030"))];
    let mut all = Vec::new();
    for &table in TABLES {
        let entities = world.dossier().entities().step_by(7).take(2).map(Some);
        let dates = [None, Some((moment("2015"), moment("2025")))];
        let subjects: Vec<_> = match table.spec().needs {
            Needs::Nothing => vec![(None, None)],
            Needs::Entity | Needs::OneOf { .. } => {
                [None].into_iter().chain(entities).map(|about| (about, None)).collect()
            }
            Needs::TwoDates => dates.map(|dates| (None, dates)).into(),
        };
        for (about, dates) in subjects {
            all.extend(moments.map(|as_of| TableRequest { table, about, dates, matrix: 0, as_of }));
        }
    }
    all
}

/// Checks the properties on which the pane, the commands and the detail rely.
fn is_sound(world: &World, data: &TableData) {
    assert_eq!(data.total, data.rows.len(), "{}", data.title);
    for row in &data.rows {
        assert_eq!(row.cells.len(), data.columns.len(), "{}", data.title);
        assert!(row.entity.is_none_or(|entity| entity.index() < world.dossier().entities().len()));
        assert!(row.claims.iter().all(|claim| claim.index() < world.dossier().claims().count()));
    }
    assert_eq!(data.select("", None).len(), data.rows.len());
    for column in 0..data.columns.len() {
        for descending in [false, true] {
            assert_eq!(data.select("", Some(SortBy { column, descending })).len(), data.rows.len());
        }
    }
}

#[test]
fn titles_and_commands_are_unique_and_said_of_each_table() {
    let titles: HashSet<&str> = TABLES.iter().map(|table| table.spec().title).collect();
    let commands: HashSet<&str> = TABLES.iter().map(|table| table.spec().command).collect();
    assert_eq!((titles.len(), commands.len()), (TABLES.len(), TABLES.len()));
    for table in TABLES {
        let spec = table.spec();
        assert!(!spec.about.is_empty() && !spec.about.ends_with('.'), "{table:?}");
        assert_eq!(spec.command, spec.command.to_lowercase());
        assert!(spec.title.is_ascii(), "its tab is as wide as its title has bytes");
    }
}

#[test]
fn every_table_can_be_built_at_every_moment_and_has_cards() {
    let world = world();
    for request in requests(&world) {
        let data = build(&world, &request);
        is_sound(&world, &data);
        assert_eq!(build_first(&world, &request, &Stop::never()), Some(data.clone()));
        for row in data.rows.iter().step_by(5) {
            let card = (request.table.spec().card)(&world, row, request.as_of);
            assert_eq!(card.is_some(), row.entity.is_some() || !row.claims.is_empty(), "{request:?}: {row:?}");
            let Some(card) = card else { continue };
            assert!(row.entity.is_none_or(|entity| card.card.entity == entity), "{request:?}");
            assert!(card.open_at.is_none_or(|claim| row.claims.contains(&claim)));
        }
    }
}

#[test]
fn a_table_of_everything_has_rows_and_one_of_two_dates_needs_them() {
    let world = world();
    for &table in TABLES {
        let rows = |dates| table.build(&world, None, dates).rows.len();
        let needs_dates = matches!(table.spec().needs, Needs::TwoDates);
        assert_eq!(rows(None) > 0, !needs_dates, "{table:?}");
        assert!(rows(Some((moment("2021"), moment("2025")))) > 0, "{table:?}");
    }
}

#[test]
fn two_dates_are_taken_in_order_alone() {
    assert!(in_order(moment("2021"), moment("2021-03")).is_ok(), "one lies in the other");
    assert!(in_order(moment("2021-03"), moment("2021-02-28")).is_err());
}

#[test]
fn every_number_is_one_figure() {
    let world = world();
    let dossier = world.dossier();
    let is_numeric = |property: PropertyId| dossier.property(property).is_number();
    let rows = figures::TABLE.build(&world, None, None).rows;
    assert_eq!(rows.len(), dossier.claims().filter(|(_, claim)| is_numeric(claim.property)).count());
    let blank = rows.iter().filter(|row| row.cells[5].text == "missing").map(|row| dossier.id(row.entity.unwrap()));
    assert_eq!(blank.collect::<Vec<_>>(), ["event/budget-approved", "event/budget-speech-2014"]);
}

#[test]
fn figures_stand_by_subject_then_property_then_date() {
    let claim = "[[claim]]\nof = \"institution/house\"\nat = \"lead / p1\"\n";
    let students = "students = [4, { value = 3, end = \"2003\" }, { value = 2, start = \"2002\" }, \
                    { value = 1, as_of = \"2001\", start = \"1999\" }]";
    let world = authored(&format!("{claim}{students}"));
    let rows = figures::TABLE.build(&world, None, None).rows;
    let told: Vec<(&str, &str)> =
        rows.iter().map(|row| (row.cells[2].text.as_str(), row.cells[4].text.as_str())).collect();
    assert_eq!(told, [("1", "2001"), ("2", "2002"), ("3", "2003"), ("4", "")]);
    let world = self::world();
    let dossier = world.dossier();
    let position = |claim: ClaimId| dossier.vocabulary().position(dossier.claim(claim).property);
    let key = |claim: ClaimId| (dossier.label(dossier.claim(claim).subject), position(claim));
    assert!(figures::TABLE.build(&world, None, None).rows.is_sorted_by_key(|row| key(row.claims[0])));
}

#[test]
fn beds_that_are_planned_are_not_in_service() {
    let world = world();
    let data = figures::TABLE.build(&world, None, None);
    let beds = data.rows.iter().filter(|row| row.cells[1].text == "Beds");
    let of = |is_planned: bool| {
        let rows = beds.clone().filter(|row| (row.cells[5].text == "planned") == is_planned);
        let mut numbers: Vec<usize> = rows.map(|row| row.cells[2].text.parse().unwrap()).collect();
        numbers.sort_unstable();
        numbers
    };
    assert_eq!(of(false), [18, 40, 90, 160, 250, 360, 920, 960]);
    assert_eq!(of(true), [400, 400, 750]);
    // Whatever is part of the institute is found by its name.
    let icu = world.dossier().find("facility/mookerjee-icu");
    assert!(data.rows.iter().any(|row| row.entity == icu && row.words.contains("Roy Institute")));
}

#[test]
fn a_source_counts_what_rests_on_it_and_what_rests_on_it_alone() {
    let world = world();
    let dossier = world.dossier();
    let rows = sources::TABLE.build(&world, None, None).rows;
    assert_eq!(rows.len(), 5);
    for (row, (document, _)) in rows.iter().zip(dossier.documents()) {
        let count = |column: usize| row.cells[column].text.parse::<usize>().unwrap();
        let on_it = |&(_, claim): &(ClaimId, &_)| dossier.evidence(claim).any(|place| place.document == document);
        let claims: Vec<ClaimId> = dossier.claims().filter(on_it).map(|(id, _)| id).collect();
        let alone = claims.iter().filter(|&&id| source_keys(dossier, &[id]).len() == 1).count();
        assert_eq!((count(4), count(5)), (claims.len(), alone));
        assert_eq!(count(4), world.claims_from(document));
        assert!(count(6) > 0 && count(7) > 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_dossier_has_its_tables(dossier in arbitrary::dossier()) {
        let world = World::new(dossier);
        for request in requests(&world) {
            is_sound(&world, &build(&world, &request));
        }
        let dossier: &Dossier = world.dossier();
        let rows = |table: Table, about| table.build(&world, about, None).rows;
        prop_assert_eq!(rows(agreements::TABLE, None).len(), dossier.of_core(CoreKind::Agreement).count());
        prop_assert_eq!(rows(sources::TABLE, None).len(), dossier.documents().count());
        for entity in dossier.entities() {
            let names = rows(names::TABLE, Some(entity));
            prop_assert!(names.iter().any(|row| row.cells[1].text == dossier.label(entity)));
            prop_assert!(names.len() >= dossier.names(entity).len());
        }
    }
}
