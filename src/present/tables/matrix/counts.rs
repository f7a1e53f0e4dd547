//! The numbers that documents give for a matrix, held against its counts.
//!
//! A declared number counts the rows, or the entities in the cells, if the vocabulary says that it counts them; a number
//! whose unit is the name of a text of those entities counts the different texts. Of a mark's entity, the number that
//! counts what the mark names is compared with that.
//!
//! Invariant: only actual claims are compared, each once.

use super::grid::{Grid, GridRow, RowOf, best_text, headings};
use crate::graph::slots::{is_actual, slot_ids};
use crate::model::{ClaimId, Dossier, EntityId, KindId, PropertyId, Range, Value};
use crate::text::fold::fold;
use crate::vocabulary::{Cell, Counts, Matrix};

/// A number that a document gives, and the count of the matrix.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CountCheck {
    /// The claim.
    pub claim: ClaimId,
    /// The number that it gives.
    pub said: f64,
    /// The number counted in the matrix.
    pub counted: usize,
    /// The name of the things counted: "members", "laws in North, South" …
    pub what: String,
}

impl CountCheck {
    /// Returns true if the two numbers are equal.
    pub(super) fn agrees(&self) -> bool {
        self.said.total_cmp(&(self.counted as f64)).is_eq()
    }
}

/// What a number counts.
enum Counted {
    Rows,
    Entities,
    /// The different values of a text of the entities in the cells.
    Texts(PropertyId),
}

/// Returns the numbers that documents give for the subject, then for the entities of marks, each with the count.
pub(super) fn checks(dossier: &Dossier, matrix: &Matrix, grid: &Grid<'_>, subject: EntityId) -> Vec<CountCheck> {
    let mut checks = Vec::new();
    for &property in &matrix.checks {
        let Some(counted) = counted(dossier, matrix, property) else { continue };
        for (claim, said) in numbers(dossier, subject, property) {
            let (counted, what) = count(dossier, matrix, grid, property, &counted, claim);
            checks.push(CountCheck { claim, said, counted, what });
        }
    }
    for mark in &grid.marks {
        for &property in matrix.checks.iter().filter(|&&property| counts_values(dossier, property, mark.of.row)) {
            for (claim, said) in numbers(dossier, mark.entity, property) {
                let what = format!("{} in {}", label(dossier, property), mark.heading);
                checks.push(CountCheck { claim, said, counted: mark.named.len(), what });
            }
        }
    }
    checks
}

/// Returns the actual numbers of a slot.
fn numbers(dossier: &Dossier, entity: EntityId, property: PropertyId) -> impl Iterator<Item = (ClaimId, f64)> {
    slot_ids(dossier, entity, property).filter_map(|id| match dossier.claim(id).value {
        Value::Number { number, .. } if is_actual(dossier.claim(id)) => Some((id, number.get())),
        Value::Number { .. } | Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    })
}

fn label(dossier: &Dossier, property: PropertyId) -> String {
    dossier.vocabulary().label(property).to_lowercase()
}

/// Returns what a number counts in a matrix; `None` if it counts nothing of it.
fn counted(dossier: &Dossier, matrix: &Matrix, property: PropertyId) -> Option<Counted> {
    let words = dossier.vocabulary();
    let cells = match matrix.cell {
        Cell::Entities { kind, .. } => Some(kind),
        Cell::Links(_) => None,
    };
    let declared = words.property(property).counts.iter().find_map(|counts| match counts {
        Counts::Entities { kind, of_type, .. } if *kind == matrix.rows.kind && *of_type == matrix.rows.of_type => {
            Some(Counted::Rows)
        }
        Counts::Entities { kind, .. } if Some(*kind) == cells => Some(Counted::Entities),
        Counts::Values { property, .. } if *property == matrix.rows.through => Some(Counted::Rows),
        Counts::Entities { .. } | Counts::Values { .. } => None,
    });
    declared.or_else(|| text_counted(dossier, property, cells?).map(Counted::Texts))
}

/// Returns the text of entities of a kind that is named as the unit of a number is.
fn text_counted(dossier: &Dossier, property: PropertyId, kind: KindId) -> Option<PropertyId> {
    let words = dossier.vocabulary();
    let Range::Number(numbers) = &words.property(property).range else { return None };
    let text = words.find_property(&words.measure(numbers.default?.measure()).name)?;
    let spec = words.property(text);
    (matches!(spec.range, Range::Text(_)) && spec.domain.has(kind)).then_some(text)
}

/// Returns true if a number counts the values of another property.
fn counts_values(dossier: &Dossier, number: PropertyId, of: PropertyId) -> bool {
    dossier.property(number).counts.iter().any(|counts| match counts {
        Counts::Values { property, .. } => *property == of,
        Counts::Entities { .. } => false,
    })
}

/// Counts what a number counts, in the columns that the note of its claim names, or in all if it names none; returns the
/// count with its name.
fn count(
    dossier: &Dossier,
    matrix: &Matrix,
    grid: &Grid<'_>,
    property: PropertyId,
    counted: &Counted,
    claim: ClaimId,
) -> (usize, String) {
    let label = label(dossier, property);
    if matches!(counted, Counted::Rows) {
        return (members(grid), label);
    }
    let headings = headings(dossier, matrix);
    let named = headings.named_in(dossier.note(dossier.claim(claim)).unwrap_or_default());
    let meant = |heading: &str| named.is_empty() || named.contains(&heading);
    let columns = grid.columns.iter().enumerate().filter(|(_, column)| meant(&column.heading)).map(|(at, _)| at);
    let entries = columns.flat_map(|at| grid.rows.iter().filter_map(move |row| row.cells.get(at)).flatten());
    let mut entities: Vec<EntityId> = entries.map(|entry| entry.entity).collect();
    entities.sort_unstable();
    entities.dedup();
    let count = match counted {
        Counted::Rows | Counted::Entities => entities.len(),
        Counted::Texts(text) => {
            let mut texts: Vec<String> =
                entities.iter().filter_map(|&entity| best_text(dossier, entity, *text)).map(fold).collect();
            texts.sort_unstable();
            texts.dedup();
            texts.len()
        }
    };
    (count, if named.is_empty() { label } else { format!("{label} in {}", named.join(", ")) })
}

/// Returns the number of rows that are members of the subject.
pub(super) fn members(grid: &Grid<'_>) -> usize {
    grid.rows.iter().filter(|GridRow { of, .. }| matches!(of, RowOf::Member(_))).count()
}
