//! The sheet of the matrix: which department teaches what, and which took part in the first clinic.
//!
//! Invariant: totals are those of the lists, and what the prose says instead stands below them.

use crate::model::{Dossier, EntityId};
use crate::present::matrix;
use crate::present::matrix::{Link, Matrix};
use crate::present::sheet::{Cell, Column, Key, Row, Sheet};
use crate::present::wording::cite_claim;
use crate::timeline::World;

/// Which department teaches what: of the institution in view, else of the one with the most programmes.
pub fn matrix(world: &World, about: Option<EntityId>) -> Sheet {
    let Some(institution) = school(world, about) else {
        return Sheet { title: "Matrix".into(), ..Sheet::default() };
    };
    let dossier = world.dossier();
    let matrix = matrix::matrix(world, institution);
    let mut columns = vec![Column::words("Department")];
    columns.extend(matrix.columns.iter().map(|column| Column::number(&column.heading)));
    columns.extend(matrix.clinic.as_ref().map(|clinic| Column::number(&clinic.heading)));
    columns.push(Column::fixed(""));
    let rows = matrix.rows.iter().map(|row| matrix_row(world, &matrix, row)).collect();
    Sheet {
        title: format!("Departments and what they teach · {}", world.short_label(institution)),
        columns,
        rows,
        notes: matrix_notes(dossier, &matrix),
    }
}

/// The institution whose matrix is meant: the one in view, or to which what is in view belongs, else the largest.
pub fn school(world: &World, about: Option<EntityId>) -> Option<EntityId> {
    let schools = matrix::with_programmes(world);
    let home = about.and_then(|entity| world.home(entity));
    [about, home].into_iter().flatten().find(|entity| schools.contains(entity)).or_else(|| schools.first().copied())
}

fn matrix_row(world: &World, matrix: &Matrix, row: &matrix::Row) -> Row {
    let dossier = world.dossier();
    let label = row.entity().map_or("(department not stated)", |entity| dossier.label(entity));
    let mut words = row.words(dossier);
    let mut cells = vec![Cell::text(label)];
    for (column, offers) in matrix.columns.iter().zip(&row.cells) {
        let inferred = offers.iter().any(|offer| offer.link == Link::Inferred);
        let sign = if inferred { "~" } else { "" };
        let text = if offers.is_empty() { String::new() } else { format!("{sign}{}", offers.len()) };
        if !offers.is_empty() {
            words.push(' ');
            words.push_str(&column.heading);
        }
        cells.push(Cell::keyed(text, if offers.is_empty() { Key::Last } else { Key::Number(offers.len() as f64) }));
    }
    if let Some(clinic) = &matrix.clinic {
        let took_part = !row.clinic.is_empty();
        if took_part {
            words.push(' ');
            words.push_str(&clinic.heading);
        }
        cells.push(if took_part { Cell::keyed("●", Key::Number(1.0)) } else { Cell::text("") });
    }
    cells.push(Cell::text(if row.is_bare() { "none listed" } else { "" }));
    let claims = row.cells.iter().flatten().filter_map(|offer| offer.department.or(offer.level)).collect();
    Row { cells, entity: row.entity(), claims, words }
}

/// The totals, what the signs mean, and what the prose says instead.
fn matrix_notes(dossier: &Dossier, matrix: &Matrix) -> Vec<String> {
    let totals: Vec<String> =
        matrix.columns.iter().map(|column| format!("{} {}", column.heading, column.programmes)).collect();
    let clinic = matrix.clinic.as_ref().map(|clinic| format!(" · {} {}", clinic.heading, clinic.departments));
    let departments = matrix.departments().count();
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
