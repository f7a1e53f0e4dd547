//! The matrix of small invented institutions, and that of the embedded dossier.

use super::teaching::UnitRow;
use super::*;
use crate::formats::author::{embedded, load};
use crate::model::{EntityId, Kind};
use crate::query::Query;
use crate::query::matching::Matching;
use crate::timeline::authored::{authored, table};
use proptest::prelude::*;

fn kalyani() -> (World, Matrix) {
    let world = World::new(load(&embedded()).0);
    let institution = world.dossier().find("institution/aiims-kalyani").unwrap();
    let matrix = Matrix::of(&world, institution);
    (world, matrix)
}

/// Returns the matrix of `institution/house`.
fn house(text: &str) -> (World, Matrix) {
    let world = authored(text);
    let institution = world.dossier().find("institution/house").unwrap();
    let matrix = Matrix::of(&world, institution);
    (world, matrix)
}

fn label<'a>(world: &'a World, row: &UnitRow) -> &'a str {
    row.entity().map_or("—", |entity| world.dossier().label(entity))
}

/// Returns the row of a department with this label.
fn department<'a>(world: &World, matrix: &'a Matrix, wanted: &str) -> &'a UnitRow {
    matrix.units.iter().find(|row| label(world, row) == wanted).unwrap()
}

/// Returns the index of the level with this heading.
fn level(matrix: &Matrix, heading: &str) -> usize {
    matrix.levels.iter().position(|level| level.heading == heading).unwrap()
}

fn unit(id: &str, kind: &str) -> String {
    table("unit", id, &format!("type = \"{kind}\"\ninstitution = \"house\""))
}

fn programme(id: &str, more: &str) -> String {
    table("programme", id, &format!("institution = \"house\"\n{more}"))
}

#[test]
fn totals_equal_the_counts_of_the_lists() {
    let (world, matrix) = kalyani();
    let totals: Vec<(&str, usize)> =
        matrix.levels.iter().map(|level| (level.heading.as_str(), level.programmes)).collect();
    let expected =
        [("PhD", 13), ("DM", 5), ("MCh", 3), ("MD", 15), ("MS", 5), ("MDS", 2), ("MSc", 5), ("PDCC", 12), ("UG", 6)];
    assert_eq!(totals, expected);
    assert_eq!(matrix.programmes, 66);
    for (index, level) in matrix.levels.iter().enumerate() {
        let offers = matrix.units.iter().map(|row| row.offers[index].len());
        assert_eq!(offers.sum::<usize>(), level.programmes, "{}", level.heading);
    }
    assert_eq!(matrix.units.iter().map(UnitRow::programmes).sum::<usize>(), 66);
    let institution = world.dossier().find("institution/aiims-kalyani").unwrap();
    let at_house = world.links().to(institution).iter().map(|&id| world.dossier().claim(id));
    let listed = at_house.filter(|claim| world.dossier().entity(claim.subject).kind == Kind::Programme);
    assert_eq!(listed.count(), 66);
    assert_eq!(matrix.units.iter().filter(|row| matches!(row.of, RowOf::Department(_))).count(), 41);
}

#[test]
fn the_programmes_without_a_department_have_a_row_of_their_own() {
    let (world, matrix) = kalyani();
    let last = matrix.units.last().unwrap();
    assert_eq!((last.of, last.programmes()), (RowOf::Nothing, 2));
    let offered: Vec<&str> = last.offers.iter().flatten().map(|offer| world.dossier().label(offer.programme)).collect();
    assert_eq!(offered, ["B.Sc. in Operation Theatre Technology", "MBBS"]);
    assert!(last.offers.iter().flatten().all(|offer| offer.link == Link::Missing && offer.department.is_none()));
}

#[test]
fn a_department_without_any_programme_says_so() {
    let (world, _) = kalyani();
    let data = TABLE.build(&world, world.dossier().find("institution/aiims-kalyani"), None);
    let bare = data.rows.iter().filter(|row| row.cells.last().unwrap().text == "none listed");
    let bare: Vec<&str> = bare.map(|row| row.cells[0].text.as_str()).collect();
    assert!(bare.contains(&"Nephrology") && bare.contains(&"Biostatistics"), "{bare:?}");
    assert!(!bare.contains(&"Cardiology"));
}

#[test]
fn stated_and_inferred_departments_are_told_apart() {
    let (world, matrix) = kalyani();
    let row = department(&world, &matrix, "Dentistry");
    let links = |heading: &str| row.offers[level(&matrix, heading)].iter().map(|offer| offer.link).collect::<Vec<_>>();
    assert_eq!(links("PhD"), [Link::Stated]);
    assert_eq!(links("MDS"), [Link::Stated, Link::Inferred]);
    assert_eq!(links("UG"), [Link::Inferred, Link::Inferred]);
}

#[test]
fn the_first_clinic_is_the_outpatient_department_of_2021() {
    let (world, matrix) = kalyani();
    let clinic = matrix.clinic.as_ref().unwrap();
    assert_eq!((clinic.heading.as_str(), clinic.departments), ("OPD'21", 8));
    assert_eq!(world.dossier().id(clinic.facility), "facility/kalyani-opd");
    assert_eq!(matrix.units.iter().filter(|row| row.in_clinic).count(), 8);
}

#[test]
fn a_filter_finds_rows_by_their_columns_together() {
    let (world, _) = kalyani();
    let data = TABLE.build(&world, None, None);
    let found = data.select("phd opd'21", None);
    let labels: Vec<&str> = found.iter().map(|&row| data.rows[row].cells[0].text.as_str()).collect();
    assert_eq!(labels, ["ENT", "Ophthalmology", "Pediatrics", "Psychiatry"]);
}

#[test]
fn the_departments_that_teach_a_level_are_those_a_query_finds() {
    let (world, matrix) = kalyani();
    for (heading, field) in [("DM", "dm"), ("MCh", "M.Ch."), ("PhD", "phd"), ("UG", "ug")] {
        let index = level(&matrix, heading);
        let teaching = matrix.units.iter().filter(|row| !row.offers[index].is_empty());
        let mut expected: Vec<EntityId> = teaching.filter_map(UnitRow::entity).collect();
        expected.sort_unstable();
        let query = Query::parse(&format!("degree:{field} kind:unit inst:\"aiims kalyani\"")).unwrap();
        let matching = Matching::new(&world, &query);
        let found: Vec<EntityId> =
            world.dossier().entities().filter(|&entity| matching.entity(&world, entity).passes()).collect();
        assert!(!expected.is_empty() || heading == "UG");
        assert_eq!(found, expected, "{heading}");
    }
}

#[test]
fn prose_and_lists_are_held_against_each_other() {
    let (world, matrix) = kalyani();
    let checks: Vec<String> = matrix
        .checks
        .iter()
        .map(|check| {
            let sign = if check.agrees() { "=" } else { "≠" };
            format!("{} {sign} {} {}", check.said, check.counted, check.what)
        })
        .collect();
    assert_eq!(
        checks,
        [
            "34 ≠ 41 departments",
            "41 = 41 departments",
            "22 = 22 subjects in MD, MS, MDS",
            "16 ≠ 22 subjects in MD, MS, MDS",
            "8 = 8 departments in OPD'21",
        ]
    );
    for check in &matrix.checks {
        assert!(world.dossier().evidence(world.dossier().claim(check.claim)).len() > 0);
    }
}

#[test]
fn a_row_is_found_by_other_names_and_by_its_programmes() {
    let (world, matrix) = kalyani();
    let words = |label: &str| department(&world, &matrix, label).words(world.dossier());
    assert!(words("ENT").contains("Otorhinolaryngology"));
    assert!(words("Ophthalmology").contains("Glaucoma"));
}

#[test]
fn every_programme_has_one_column_and_at_least_one_row() {
    let text = [
        unit("eyes", "department"),
        unit("ears", "Department"),
        unit("school", "College"),
        programme("one", "level = \"Ph.D.\"\ndepartment = [\"eyes\", \"ears\"]"),
        programme("two", "level = [{ value = \"MD\", modality = \"planned\" }, \"Zen\"]\ndepartment = \"school\""),
        programme("three", "level = \"zen\""),
        programme("four", ""),
    ];
    let (world, matrix) = house(&text.concat());
    let levels: Vec<(&str, usize)> =
        matrix.levels.iter().map(|level| (level.heading.as_str(), level.programmes)).collect();
    assert_eq!(levels, [("PhD", 1), ("zen", 2), ("no level", 1)]);
    assert_eq!(matrix.programmes, 4);
    let rows: Vec<(&str, usize)> = matrix.units.iter().map(|row| (label(&world, row), row.programmes())).collect();
    assert_eq!(rows, [("ears", 1), ("eyes", 1), ("school", 1), ("—", 2)]);
    assert!(matches!(matrix.units[2].of, RowOf::Unit(_)));
}

#[test]
fn a_department_that_is_stated_once_and_inferred_once_is_stated() {
    let inferred = "{ value = \"eyes\", basis = \"inferred\", reason = \"by its title\", at = \"lead / heading\" }";
    let department = format!("level = \"MD\"\ndepartment = [{inferred}, \"eyes\"]");
    let (_, matrix) = house(&[unit("eyes", "department"), programme("one", &department)].concat());
    let links: Vec<Link> = matrix.units[0].offers[0].iter().map(|offer| offer.link).collect();
    assert_eq!(links, [Link::Stated]);
}

#[test]
fn what_is_denied_or_deprecated_makes_no_cell() {
    let text = [
        unit("eyes", "department"),
        programme("one", "level = \"MD\"\ndepartment = { value = \"eyes\", modality = \"denied\" }"),
        programme("two", "level = \"MD\"\ndepartment = { value = \"eyes\", modality = \"planned\" }"),
        table("programme", "three", "institution = { value = \"house\", modality = \"denied\" }"),
        table("programme", "four", "department = \"eyes\"\nlevel = \"MD\""),
        table("programme", "five", "institution = { value = \"house\", modality = \"planned\" }\nlevel = \"MD\""),
    ];
    let (world, matrix) = house(&text.concat());
    let offered: Vec<Vec<&str>> = matrix
        .units
        .iter()
        .map(|row| row.offers.iter().flatten().map(|offer| world.dossier().label(offer.programme)).collect())
        .collect();
    assert_eq!(offered, [vec!["four", "two"], vec!["five", "one"]]);
}

#[test]
fn the_first_clinic_opened_earliest_and_lists_departments() {
    let facility = |id: &str, more: &str| table("facility", id, &format!("institution = \"house\"\n{more}"));
    let text = [
        unit("eyes", "department"),
        facility("library", "opened = \"1990\""),
        facility("later", "opened = \"2010-05\"\ndepartment = \"eyes\""),
        facility(
            "earlier",
            "opened = \"2009\"\ndepartment = \"eyes\"\nnames = [{ value = \"DAY\", kind = \"acronym\" }]",
        ),
        facility("planned", "opened = { value = \"1999\", modality = \"planned\" }\ndepartment = \"eyes\""),
        facility("undated", "department = \"eyes\""),
    ];
    let (world, matrix) = house(&text.concat());
    let clinic = matrix.clinic.unwrap();
    assert_eq!((world.dossier().label(clinic.facility), clinic.heading.as_str()), ("earlier", "DAY'09"));
}

#[test]
fn an_institution_without_departments_has_an_empty_matrix() {
    let (world, matrix) = house("");
    assert_eq!((matrix.units.len(), matrix.levels.len(), matrix.programmes), (0, 0, 0));
    assert_eq!((matrix.clinic.as_ref(), matrix.checks.len()), (None, 0));
    assert!(institutions(&world).is_empty());
}

#[test]
fn the_institution_with_the_most_departments_and_programmes_comes_first() {
    let (world, _) = kalyani();
    let houses: Vec<&str> = institutions(&world).into_iter().map(|house| world.dossier().id(house)).collect();
    assert_eq!(houses[..2], ["institution/aiims-kalyani", "institution/school-for-skills"]);
    let school = Matrix::of(&world, world.dossier().find("institution/school-for-skills").unwrap());
    assert!(school.checks.iter().any(|check| check.what == "programmes" && check.agrees()));
}

proptest! {
    #[test]
    fn in_any_dossier_a_programme_has_one_column_and_a_total_is_its_list(dossier in crate::model::arbitrary::dossier()) {
        let world = World::new(dossier);
        for institution in world.dossier().of_kind(Kind::Institution) {
            let matrix = Matrix::of(&world, institution);
            let mut all = Vec::new();
            for (index, level) in matrix.levels.iter().enumerate() {
                let offers = matrix.units.iter().map(|row| &row.offers[index]);
                let mut programmes: Vec<EntityId> = offers.flatten().map(|offer| offer.programme).collect();
                programmes.sort_unstable();
                programmes.dedup();
                prop_assert_eq!(programmes.len(), level.programmes);
                all.extend(programmes);
            }
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!((all.len(), count), (matrix.programmes, matrix.programmes));
            let listed = institutions(&world).contains(&institution);
            prop_assert!(listed || matrix.programmes == 0);
        }
    }
}
