//! The matrix: the programmes that each department of an institution teaches, and its part in the first clinic.
//!
//! Invariant: a total is the length of the list of its programmes; counts that documents give are in the notes below.

mod teaching;

use super::data::{SortKey, TableCell, TableColumn, TableData, TableRow};
use super::spec::{Needs, Table, TableInput, TableSpec};
use crate::model::Dossier;
use crate::present::wording::cite_claim;
use crate::timeline::World;
use teaching::{Link, Matrix, RowOf, UnitRow, institutions};

/// The table.
pub const TABLE: Table = Table(&TableSpec {
    title: "Matrix",
    command: "matrix",
    about: "Prints which department of an institution teaches what",
    needs: Needs::OneOf { candidates: institutions, otherwise: "no departments or programmes are stated" },
    build,
    ..TableSpec::PLAIN
});

fn build(input: &TableInput<'_>) -> TableData {
    let world = input.world;
    let Some(institution) = input.about else {
        return TableData { title: TABLE.spec().title.into(), ..TableData::default() };
    };
    let matrix = Matrix::of(world, institution);
    let mut columns = vec![TableColumn::words("Department")];
    columns.extend(matrix.levels.iter().map(|level| TableColumn::number(&level.heading)));
    columns.extend(matrix.clinic.as_ref().map(|clinic| TableColumn::number(&clinic.heading)));
    columns.push(TableColumn::fixed(""));
    let rows = matrix.units.iter().map(|unit| row(world.dossier(), &matrix, unit)).collect();
    let title = format!("Departments and what they teach · {}", world.short_label(institution));
    TableData::new(title, columns, rows, notes(world, &matrix))
}

fn row(dossier: &Dossier, matrix: &Matrix, unit: &UnitRow) -> TableRow {
    let label = unit.entity().map_or("(department not stated)", |entity| dossier.label(entity));
    let mut words = unit.words(dossier);
    let mut cells = vec![TableCell::text(label)];
    for (level, offers) in matrix.levels.iter().zip(&unit.offers) {
        if offers.is_empty() {
            cells.push(TableCell::text(""));
            continue;
        }
        let sign = if offers.iter().any(|offer| offer.link == Link::Inferred) { "~" } else { "" };
        let count = offers.len();
        cells.push(TableCell::keyed(format!("{sign}{count}"), SortKey::Number(count as f64)));
        words.push(' ');
        words.push_str(&level.heading);
    }
    match &matrix.clinic {
        Some(clinic) if unit.in_clinic => {
            cells.push(TableCell::keyed("●", SortKey::Number(1.0)));
            words.push(' ');
            words.push_str(&clinic.heading);
        }
        Some(_) => cells.push(TableCell::text("")),
        None => {}
    }
    cells.push(TableCell::text(if unit.programmes() == 0 { "none listed" } else { "" }));
    let claims = unit.offers.iter().flatten().filter_map(|offer| offer.department.or(offer.level)).collect();
    TableRow { cells, entity: unit.entity(), claims, words }
}

/// Returns the totals, the meanings of the signs, and the counts that documents give.
fn notes(world: &World, matrix: &Matrix) -> Vec<String> {
    let dossier = world.dossier();
    let totals: Vec<String> =
        matrix.levels.iter().map(|level| format!("{} {}", level.heading, level.programmes)).collect();
    let clinic = matrix.clinic.as_ref().map(|clinic| format!(" · {} {}", clinic.heading, clinic.departments));
    let departments = matrix.units.iter().filter(|unit| matches!(unit.of, RowOf::Department(_))).count();
    let mut notes = vec![
        format!(
            "Totals: {departments} departments · {} programmes: {}{}",
            matrix.programmes,
            totals.join(" · "),
            clinic.unwrap_or_default()
        ),
        "~ the department was inferred from the title · ● took part in the first clinic".into(),
    ];
    for check in &matrix.checks {
        let sign = if check.agrees() { "✓" } else { "≠" };
        let cited = cite_claim(dossier, dossier.claim(check.claim));
        notes.push(format!("{sign} {cited} says {} {}; listed here: {}", check.said, check.what, check.counted));
    }
    notes
}

#[cfg(test)]
mod tests;
