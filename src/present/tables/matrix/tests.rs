//! The matrix of small invented institutions, and that of the embedded dossier.

use super::counts::CountCheck;
use super::grid::{MarkColumn, RowOf};
use super::members::subjects;
use super::*;
use crate::formats::author::{embedded, load};
use crate::model::{Builder, Core, CoreKind, EntityId, NewClaim, NewValue};
use crate::present::tables::{TableRequest, build as build_table};
use crate::query::Query;
use crate::query::matching::Matching;
use crate::timeline::authored::{authored, table};
use crate::vocabulary::Base;
use crate::vocabulary::testing::seeds;
use proptest::prelude::*;

fn kalyani() -> (World, Grid<'static>) {
    let world = World::new(load(&embedded()).0);
    let grid = grid(&world, "institution/aiims-kalyani");
    (world, grid)
}

/// Returns the first matrix of an institution.
fn grid(world: &World, id: &str) -> Grid<'static> {
    // A test may keep what it declares.
    let matrix: &'static Matrix = Box::leak(Box::new(declared(world)[0].clone()));
    Grid::of(world, matrix, world.dossier().find(id).unwrap())
}

/// Returns the matrix of `institution/house`.
fn house(text: &str) -> (World, Grid<'static>) {
    let world = authored(text);
    let grid = grid(&world, "institution/house");
    (world, grid)
}

fn counts_of(world: &World, grid: &Grid<'_>, id: &str) -> Vec<CountCheck> {
    checks(world.dossier(), &declared(world)[0], grid, world.dossier().find(id).unwrap())
}

fn label<'a>(world: &'a World, row: &GridRow<'_>) -> &'a str {
    row.entity().map_or("—", |entity| world.dossier().label(entity))
}

/// Returns the row of a department with this label.
fn department<'a>(world: &World, matrix: &'a Grid<'static>, wanted: &str) -> &'a GridRow<'static> {
    matrix.rows.iter().find(|row| label(world, row) == wanted).unwrap()
}

/// Returns the index of the level with this heading.
fn level(matrix: &Grid<'_>, heading: &str) -> usize {
    matrix.columns.iter().position(|level| level.heading == heading).unwrap()
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
    let totals: Vec<(&str, usize)> = matrix.columns.iter().map(|level| (level.heading.as_str(), level.count)).collect();
    let expected =
        [("PhD", 13), ("DM", 5), ("MCh", 3), ("MD", 15), ("MS", 5), ("MDS", 2), ("MSc", 5), ("PDCC", 12), ("UG", 6)];
    assert_eq!(totals, expected);
    assert_eq!(matrix.entries, 66);
    for (index, level) in matrix.columns.iter().enumerate() {
        let offers = matrix.rows.iter().map(|row| row.cells[index].len());
        assert_eq!(offers.sum::<usize>(), level.count, "{}", level.heading);
    }
    assert_eq!(matrix.rows.iter().map(GridRow::entries).sum::<usize>(), 66);
    let institution = world.dossier().find("institution/aiims-kalyani").unwrap();
    let at_house = world.links().to(institution).iter().map(|&id| world.dossier().claim(id));
    let listed = at_house.filter(|claim| &*world.dossier().kind(claim.subject).name == "programme");
    assert_eq!(listed.count(), 66);
    assert_eq!(matrix.rows.iter().filter(|row| matches!(row.of, RowOf::Member(_))).count(), 41);
}

#[test]
fn the_programmes_without_a_department_have_a_row_of_their_own() {
    let (world, matrix) = kalyani();
    let last = matrix.rows.last().unwrap();
    assert_eq!((last.of, last.entries()), (RowOf::Nothing, 2));
    let offered: Vec<&str> = last.cells.iter().flatten().map(|offer| world.dossier().label(offer.entity)).collect();
    assert_eq!(offered, ["B.Sc. in Operation Theatre Technology", "MBBS"]);
    assert!(last.cells.iter().flatten().all(|offer| offer.link == Link::Missing && offer.row.is_none()));
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
    let links = |heading: &str| row.cells[level(&matrix, heading)].iter().map(|offer| offer.link).collect::<Vec<_>>();
    assert_eq!(links("PhD"), [Link::Stated]);
    assert_eq!(links("MDS"), [Link::Inferred, Link::Inferred]);
    assert_eq!(links("UG"), [Link::Inferred, Link::Inferred]);
}

#[test]
fn the_first_clinic_is_the_outpatient_department_of_2021() {
    let (world, matrix) = kalyani();
    let [MarkColumn { heading, entity, named, .. }] = &*matrix.marks else { panic!() };
    assert_eq!((heading.as_str(), named.len()), ("OPD'21", 8));
    assert_eq!(world.dossier().id(*entity), "facility/kalyani-opd");
    let data = TABLE.build(&world, None, None);
    assert_eq!(data.rows.iter().filter(|row| row.cells.iter().any(|cell| cell.text == "●")).count(), 8);
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
        let teaching = matrix.rows.iter().filter(|row| !row.cells[index].is_empty());
        let mut expected: Vec<EntityId> = teaching.filter_map(GridRow::entity).collect();
        expected.sort_unstable();
        let query = Query::parse(&format!("degree:{field} kind:unit inst:\"aiims kalyani\""), seeds()).unwrap();
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
    let found = counts_of(&world, &matrix, "institution/aiims-kalyani");
    let checks: Vec<String> = found
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
    for check in &found {
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
    let levels: Vec<(&str, usize)> = matrix.columns.iter().map(|level| (level.heading.as_str(), level.count)).collect();
    assert_eq!(levels, [("PhD", 1), ("zen", 2), ("no level", 1)]);
    assert_eq!(matrix.entries, 4);
    let rows: Vec<(&str, usize)> = matrix.rows.iter().map(|row| (label(&world, row), row.entries())).collect();
    assert_eq!(rows, [("ears", 1), ("eyes", 1), ("school", 1), ("—", 2)]);
    assert!(matches!(matrix.rows[2].of, RowOf::Other(_)));
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
        .map(|row| row.cells.iter().flatten().map(|offer| world.dossier().label(offer.entity)).collect())
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
        facility("earlier", "opened = \"2009\"\ndepartment = \"eyes\""),
        facility("planned", "opened = { value = \"1999\", modality = \"planned\" }\ndepartment = \"eyes\""),
        facility("undated", "department = \"eyes\""),
    ];
    let (world, matrix) = house(&text.concat());
    let mark = &matrix.marks[0];
    assert_eq!((world.dossier().label(mark.entity), mark.heading.as_str()), ("earlier", "OPD'09"));
}

#[test]
fn an_institution_without_departments_has_an_empty_matrix() {
    let (world, matrix) = house("");
    assert_eq!((matrix.rows.len(), matrix.columns.len(), matrix.entries), (0, 0, 0));
    assert_eq!((matrix.marks.len(), counts_of(&world, &matrix, "institution/house").len()), (0, 0));
    assert!(subjects(&world, &declared(&world)[0]).is_empty());
}

#[test]
fn the_institution_with_the_most_departments_and_programmes_comes_first() {
    let (world, _) = kalyani();
    let houses = subjects(&world, &declared(&world)[0]);
    let houses: Vec<&str> = houses.into_iter().map(|house| world.dossier().id(house)).collect();
    // Two with three programmes each are in the order of their ids.
    assert_eq!(
        houses[..3],
        ["institution/aiims-kalyani", "institution/roy-institute", "institution/school-for-skills"]
    );
    let school = grid(&world, houses[2]);
    let checks = counts_of(&world, &school, houses[2]);
    assert!(checks.iter().any(|check| check.what == "programmes" && check.agrees()));
}

/// Two matrices: the votes of the members of an assembly, and a table of nothing.
const VOTES: &str = r#"
[vocabulary]
base = "general"
[[matrix]]
name = "empty"
label = "Nothing"
of = "institution"
rows = { kind = "unit", type = "shop", through = "institution" }
cell = { kind = "law", row = "owner", column = "type" }
[[matrix]]
name = "votes"
label = "Members × votes"
tab = "Votes"
of = "assembly"
rows = { kind = "person", through = "member" }
columns = { kind = "vote", through = "institution", order = "when" }
cell = { property = ["voted-for", "voted-against"], sign = ["+", "−"] }
checks = ["members"]
"#;

fn assembly() -> World {
    let vote = |id: &str, more: &str| table("vote", id, &format!("institution = \"assembly/diet\"\n{more}"));
    let text = [
        VOTES.to_owned(),
        table("assembly", "diet", "member = [\"person/ann\", \"person/bob\"]"),
        vote("late", "when = \"1990-05\""),
        vote("early", "when = \"1989\""),
        vote("undated", ""),
        table("person", "ann", "voted-for = [\"vote/early\", { value = \"vote/late\", modality = \"planned\" }]"),
        table("person", "bob", "voted-against = \"vote/early\""),
        table("person", "guest", "voted-for = \"vote/late\""),
        table("person", "liar", "voted-for = { value = \"vote/late\", modality = \"denied\" }"),
    ];
    authored(&text.concat())
}

#[test]
fn cells_may_be_links_to_columns_in_the_order_of_a_date() {
    let world = assembly();
    let request = TableRequest { table: TABLE, about: None, dates: None, matrix: 1, as_of: None };
    let data = build_table(&world, &request);
    assert_eq!(data.title, "Members × votes · diet");
    let headings: Vec<&str> = data.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(headings, ["Person", "early", "late", "undated", ""]);
    let cells = |row: &TableRow| row.cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = data.rows.iter().map(cells).collect();
    assert_eq!(rows, [["ann", "+", "○+", "", ""], ["bob", "−", "", "", ""], ["guest", "", "+", "", ""]]);
    let spelled = |row: &TableRow| row.cells.iter().map(|cell| cell.spelled.clone()).collect::<Vec<_>>();
    assert_eq!(spelled(&data.rows[0]), [None, None, Some("○+ (planned)".to_owned()), None, None]);
    assert_eq!(data.notes[0], "Totals: 2 members · 3 votes: early 2 · late 2 · undated 0");
    assert_eq!(data.notes[1], "+ voted for · − voted against · ○ the link is planned");
    assert_eq!(data.select("bob early", None).len(), 1);
    assert_eq!(data.rows[0].claims.len(), 2);
}

#[test]
fn a_matrix_without_a_row_and_a_column_is_passed_over() {
    let world = assembly();
    assert_eq!((0..4).map(|number| TABLE.number(&world, number)).collect::<Vec<_>>(), [1; 4]);
    assert_eq!(
        (TABLE.tab(&world, 0), names(&world).iter().position(|name| *name == "votes")),
        (Some("Votes"), Some(1))
    );
    // Departments alone are rows without a column.
    let bare = authored(&unit("eyes", "department"));
    assert_eq!(TABLE.tab(&bare, 0), None);
    let one = authored(&programme("one", ""));
    assert_eq!(TABLE.tab(&one, 0), Some("Matrix"));
    // The general vocabulary declares none.
    let none = World::new(Builder::default().finish());
    assert_eq!((TABLE.tab(&none, 0), TABLE.build(&none, None, None).rows.len()), (None, 0));
}

/// Adds units, and programmes with one of a few levels and some of the units, to two institutions of format 1.
fn teaching(programmes: &[(usize, usize, Vec<usize>)]) -> World {
    let words = Vocabulary::built_in(Base::V1);
    let property = |name: &str| words.find_property(name).unwrap();
    let mut builder = Builder::new(std::sync::Arc::clone(&words));
    let houses = ["a", "b"].map(|slug| builder.entity(CoreKind::Institution, slug, slug).unwrap());
    let units = ["u", "v", "w"].map(|slug| builder.entity(CoreKind::Unit, slug, slug).unwrap());
    for (unit, house) in units.into_iter().zip([houses[0], houses[0], houses[1]]) {
        builder.claim(NewClaim::new(unit, Core::Institution, NewValue::Entity(house)));
        builder.claim(NewClaim::new(unit, Core::Type, NewValue::Text("department".into())));
    }
    let kind = words.find_kind("programme").unwrap();
    for (number, (house, level, departments)) in programmes.iter().enumerate() {
        let programme = builder.entity(kind, &format!("p{number}"), "P").unwrap();
        if let Some(&house) = houses.get(*house) {
            builder.claim(NewClaim::new(programme, Core::Institution, NewValue::Entity(house)));
        }
        if let Some(level) = ["MD", "M.D.", "Zen", "zen", "MBBS"].get(*level) {
            builder.claim(NewClaim::new(programme, property("level"), NewValue::Text((*level).into())));
        }
        for &unit in departments {
            builder.claim(NewClaim::new(programme, property("department"), NewValue::Entity(units[unit])));
        }
    }
    World::new(builder.finish())
}

proptest! {
    #[test]
    fn a_cell_entity_has_one_column_and_a_total_is_its_list(
        programmes in proptest::collection::vec((0..3_usize, 0..6_usize, proptest::collection::vec(0..3_usize, 0..3)), 0..12)
    ) {
        let world = teaching(&programmes);
        for institution in world.dossier().of_core(CoreKind::Institution) {
            let matrix = Grid::of(&world, &declared(&world)[0], institution);
            let mut all = Vec::new();
            for (index, level) in matrix.columns.iter().enumerate() {
                let offers = matrix.rows.iter().map(|row| &row.cells[index]);
                let mut programmes: Vec<EntityId> = offers.flatten().map(|offer| offer.entity).collect();
                programmes.sort_unstable();
                programmes.dedup();
                prop_assert_eq!(programmes.len(), level.count);
                all.extend(programmes);
            }
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!((all.len(), count), (matrix.entries, matrix.entries));
            let listed = subjects(&world, &declared(&world)[0]).contains(&institution);
            prop_assert!(listed || matrix.entries == 0);
            prop_assert!(matrix.entries == 0 || TABLE.tab(&world, 0).is_some());
        }
    }
}
