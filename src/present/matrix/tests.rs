//! The matrix of small invented institutions, and that of the embedded dossier.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what it did not expect")]

use super::*;
use crate::formats::author::{embedded, load};
use crate::model::{Kind, Property};
use crate::timeline::authored::{authored, table};
use proptest::prelude::*;

fn kalyani() -> (World, Matrix) {
    let world = World::new(load(&embedded()).0);
    let institution = world.dossier().find("institution/aiims-kalyani").unwrap();
    let matrix = matrix(&world, institution);
    (world, matrix)
}

/// The matrix of `institution/house`.
fn house(text: &str) -> (World, Matrix) {
    let world = authored(text);
    let institution = world.dossier().find("institution/house").unwrap();
    let matrix = matrix(&world, institution);
    (world, matrix)
}

fn labels(world: &World, matrix: &Matrix, rows: &[usize]) -> Vec<String> {
    let label = |row: &usize| matrix.rows[*row].entity().map_or("—", |entity| world.dossier().label(entity));
    rows.iter().map(|row| label(row).to_owned()).collect()
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
        matrix.columns.iter().map(|column| (column.heading.as_str(), column.programmes)).collect();
    let expected =
        [("PhD", 13), ("DM", 5), ("MCh", 3), ("MD", 15), ("MS", 5), ("MDS", 2), ("MSc", 5), ("PDCC", 12), ("UG", 6)];
    assert_eq!(totals, expected);
    assert_eq!(matrix.programmes, 66);
    for (index, column) in matrix.columns.iter().enumerate() {
        let cells = matrix.rows.iter().map(|row| row.count(Axis::Level(index)));
        assert_eq!(cells.sum::<usize>(), column.programmes, "{}", column.heading);
    }
    assert_eq!(matrix.rows.iter().map(|row| row.programmes).sum::<usize>(), 66);
    let at_house = world.links().to(matrix.institution).iter().map(|&id| world.dossier().claim(id));
    let listed = at_house.filter(|claim| world.dossier().entity(claim.subject).kind == Kind::Programme);
    assert_eq!(listed.count(), 66);
    assert_eq!(matrix.departments().count(), 41);
}

#[test]
fn the_programmes_without_a_department_have_a_row_of_their_own() {
    let (world, matrix) = kalyani();
    let last = matrix.rows.last().unwrap();
    assert_eq!((last.of, last.programmes), (RowOf::Nothing, 2));
    let offered: Vec<&str> = last.cells.iter().flatten().map(|offer| world.dossier().label(offer.programme)).collect();
    assert_eq!(offered, ["B.Sc. in Operation Theatre Technology", "MBBS"]);
    assert!(last.cells.iter().flatten().all(|offer| offer.link == Link::Missing && offer.department.is_none()));
}

#[test]
fn a_department_without_any_programme_says_so() {
    let (world, matrix) = kalyani();
    let bare: Vec<usize> = (0..matrix.rows.len()).filter(|&row| matrix.rows[row].is_bare()).collect();
    let bare = labels(&world, &matrix, &bare);
    assert!(bare.contains(&"Nephrology".to_owned()) && bare.contains(&"Biostatistics".to_owned()), "{bare:?}");
    assert!(!bare.contains(&"Cardiology".to_owned()));
}

#[test]
fn stated_and_inferred_departments_are_told_apart() {
    let (world, matrix) = kalyani();
    let row = matrix.departments().find(|row| world.dossier().label(row.entity().unwrap()) == "Dentistry").unwrap();
    let links = |heading: &str| {
        let Some(Axis::Level(column)) = matrix.axis(heading) else { panic!("{heading}") };
        row.cells[column].iter().map(|offer| offer.link).collect::<Vec<_>>()
    };
    assert_eq!(links("phd"), [Link::Stated]);
    assert_eq!(links("MDS"), [Link::Stated, Link::Inferred]);
    assert_eq!(links("ug"), [Link::Inferred, Link::Inferred]);
}

#[test]
fn the_first_clinic_is_the_outpatient_department_of_2021() {
    let (world, matrix) = kalyani();
    let clinic = matrix.clinic.as_ref().unwrap();
    assert_eq!((clinic.heading.as_str(), clinic.departments), ("OPD'21", 8));
    assert_eq!(world.dossier().id(clinic.facility), "facility/kalyani-opd");
    assert_eq!(matrix.having(&[Axis::Clinic]).len(), 8);
}

#[test]
fn columns_can_be_asked_for_together() {
    let (world, matrix) = kalyani();
    let having = |headings: &[&str]| {
        let axes: Vec<Axis> = headings.iter().map(|heading| matrix.axis(heading).unwrap()).collect();
        labels(&world, &matrix, &matrix.having(&axes))
    };
    assert_eq!(having(&["PhD", "OPD'21"]), ["ENT", "Ophthalmology", "Pediatrics", "Psychiatry"]);
    assert_eq!(
        having(&["DM"]),
        ["Cardiology", "Endocrinology and Metabolism", "Gastroenterology", "Medical Oncology", "Pulmonary Medicine"]
    );
    assert_eq!(matrix.axis("DNB"), None);
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
fn rows_sort_by_name_by_size_and_by_a_column() {
    let (world, matrix) = kalyani();
    let first = |order| labels(&world, &matrix, &matrix.sorted(&world, order)[..2]);
    assert_eq!(first(RowOrder::Name), ["Anaesthesiology", "Anatomy"]);
    assert_eq!(first(RowOrder::Programmes), ["Dentistry", "Biochemistry"]);
    assert_eq!(first(RowOrder::Column(matrix.axis("MSc").unwrap())), ["Nursing", "Anatomy"]);
    assert_eq!(first(RowOrder::Column(Axis::Clinic)), ["Dermatology & Venereology", "ENT"]);
    for order in [RowOrder::Name, RowOrder::Programmes, RowOrder::Column(Axis::Level(8))] {
        let rows = matrix.sorted(&world, order);
        assert_eq!(rows.last(), Some(&(matrix.rows.len() - 1)), "{order:?}");
        assert_eq!(rows.len(), matrix.rows.len());
    }
}

#[test]
fn a_row_is_found_by_other_names_and_by_its_programmes() {
    let (world, matrix) = kalyani();
    let words = |label: &str| {
        let row = matrix.departments().find(|row| world.dossier().label(row.entity().unwrap()) == label).unwrap();
        row.words(world.dossier())
    };
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
    let columns: Vec<(&str, usize)> =
        matrix.columns.iter().map(|column| (column.heading.as_str(), column.programmes)).collect();
    assert_eq!(columns, [("PhD", 1), ("zen", 2), ("no level", 1)]);
    assert_eq!(matrix.programmes, 4);
    let of: Vec<usize> = matrix.rows.iter().map(|row| row.programmes).collect();
    assert_eq!(labels(&world, &matrix, &[0, 1, 2, 3]), ["ears", "eyes", "school", "—"]);
    assert_eq!(of, [1, 1, 1, 2]);
    assert!(matches!(matrix.rows[2].of, RowOf::Unit(_)));
}

#[test]
fn a_department_that_is_stated_once_and_inferred_once_is_stated() {
    let inferred = "{ value = \"eyes\", basis = \"inferred\", reason = \"by its title\", at = \"lead / heading\" }";
    let department = format!("level = \"MD\"\ndepartment = [{inferred}, \"eyes\"]");
    let (_, matrix) = house(&[unit("eyes", "department"), programme("one", &department)].concat());
    let links: Vec<Link> = matrix.rows[0].cells[0].iter().map(|offer| offer.link).collect();
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
        .rows
        .iter()
        .map(|row| row.cells.iter().flatten().map(|offer| world.dossier().label(offer.programme)).collect())
        .collect();
    assert_eq!(offered, [vec!["four", "two"], vec!["five", "one"]]);
    let planned = matrix.rows[1].cells[0].iter().map(|offer| offer.modality).collect::<Vec<_>>();
    assert_eq!(planned, [Modality::Planned, Modality::Actual]);
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
    assert_eq!(world.dossier().claim(clinic.opened).property, Property::Opened);
}

#[test]
fn an_institution_without_departments_has_an_empty_matrix() {
    let (world, matrix) = house("");
    assert_eq!((matrix.rows.len(), matrix.columns.len(), matrix.programmes), (0, 0, 0));
    assert_eq!((matrix.clinic.as_ref(), matrix.checks.len()), (None, 0));
    assert!(with_programmes(&world).is_empty());
}

#[test]
fn the_institution_with_the_most_departments_and_programmes_comes_first() {
    let (world, _) = kalyani();
    let houses: Vec<&str> = with_programmes(&world).into_iter().map(|house| world.dossier().id(house)).collect();
    assert_eq!(houses[..2], ["institution/aiims-kalyani", "institution/school-for-skills"]);
    let school = matrix(&world, world.dossier().find("institution/school-for-skills").unwrap());
    assert!(school.checks.iter().any(|check| check.what == "programmes" && check.agrees()));
}

proptest! {
    #[test]
    fn in_any_dossier_a_programme_has_one_column_and_a_total_is_its_list(dossier in crate::model::arbitrary::dossier()) {
        let world = World::new(dossier);
        for institution in world.dossier().of_kind(Kind::Institution) {
            let matrix = matrix(&world, institution);
            let mut all = Vec::new();
            for (index, column) in matrix.columns.iter().enumerate() {
                let cells = matrix.rows.iter().map(|row| &row.cells[index]);
                let mut programmes: Vec<EntityId> = cells.flatten().map(|offer| offer.programme).collect();
                programmes.sort_unstable();
                programmes.dedup();
                prop_assert_eq!(programmes.len(), column.programmes);
                all.extend(programmes);
            }
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!((all.len(), count), (matrix.programmes, matrix.programmes));
            let listed = with_programmes(&world).contains(&institution);
            prop_assert!(listed || matrix.programmes == 0);
        }
    }
}
