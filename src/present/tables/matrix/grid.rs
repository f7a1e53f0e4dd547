//! The rows, columns and cells of a matrix of one subject.
//!
//! Rows are the members of the subject, then others that have cells. Columns are texts of the entities in the cells, in
//! the declared order, or entities. A mark is a further column: the earliest entity of a kind, and the rows it names.
//!
//! Invariant: every entity in the cells is in exactly one column and in at least one row (the last one, if no row is
//! known), and denied or deprecated claims make no row, cell or mark.

use std::collections::HashMap;

use super::headings::Headings;
use super::members::{holds, in_cells, in_columns, members, placing};
use crate::graph::slots::{actual_ids, best_date, is_actual, remoteness, slot_ids};
use crate::model::{Basis, ClaimId, Dossier, EntityId, Modality, PropertyId, Range, Value, When};
use crate::present::wording::{by_date, entity_text};
use crate::text::collate::NameKey;
use crate::text::fold::fold;
use crate::timeline::World;
use crate::vocabulary::{Cell, Columns, Mark, Matrix};

/// The matrix of one subject.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid<'a> {
    /// The columns; one of texts is never empty.
    pub columns: Vec<Column>,
    /// The marks for which an entity is known.
    pub marks: Vec<MarkColumn<'a>>,
    /// The members by label, then others, then what belongs to no row.
    pub rows: Vec<GridRow<'a>>,
    /// The number of entities in the cells, or of the links.
    pub entries: usize,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// The heading: a declared one, the text as written, or a label.
    pub heading: String,
    /// The entity, if it is one.
    pub entity: Option<EntityId>,
    /// The number of entities, or links, in it.
    pub count: usize,
}

/// A further column, of the rows that one entity names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MarkColumn<'a> {
    /// Its declaration.
    pub of: &'a Mark,
    /// The entity.
    pub entity: EntityId,
    /// The heading: that of the declaration, and the year, as `Fair'21`.
    pub heading: String,
    /// The rows that it names, in the order of the dossier.
    pub named: Vec<EntityId>,
}

/// The subject of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowOf {
    /// A member of the subject.
    Member(EntityId),
    /// Another entity, which a cell or a mark names.
    Other(EntityId),
    /// What belongs to no row.
    Nothing,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GridRow<'a> {
    /// Its subject.
    pub of: RowOf,
    /// Its entries, one list for each column.
    pub cells: Vec<Vec<Entry<'a>>>,
}

/// The kind of evidence for an entry in its row, from plain to remote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// A document says or lists it.
    Stated,
    /// It was inferred; the claim has the reason.
    Inferred,
    /// It is planned.
    Planned,
    /// It is alleged.
    Alleged,
    /// No row is known.
    Missing,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// The entity: the one that is counted, or the column.
    pub entity: EntityId,
    /// The sign of a link; empty for an entity that is counted.
    pub sign: &'a str,
    /// The claim of its row.
    pub row: Option<ClaimId>,
    /// The claim of its column.
    pub column: Option<ClaimId>,
    /// The kind of evidence for its row.
    pub link: Link,
}

impl Link {
    fn of(dossier: &Dossier, claim: ClaimId) -> Self {
        let claim = dossier.claim(claim);
        match (claim.modality(), claim.basis()) {
            (Modality::Actual, Basis::Inferred) => Self::Inferred,
            (Modality::Actual, Basis::Stated | Basis::Listed | Basis::Counted) => Self::Stated,
            (Modality::Planned, _) => Self::Planned,
            (Modality::Alleged | Modality::Denied, _) => Self::Alleged,
        }
    }

    /// Returns the word for what is no plain fact; `None` for what is stated, and for what was inferred from it.
    pub(super) fn word(self) -> Option<&'static str> {
        match self {
            Self::Stated | Self::Missing | Self::Inferred => None,
            Self::Planned => Some(Modality::Planned.as_str()),
            Self::Alleged => Some(Modality::Alleged.as_str()),
        }
    }

    /// Returns the sign before a count or sign in a cell.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Stated | Self::Missing => "",
            Self::Inferred => "~",
            Self::Planned => "○",
            Self::Alleged => "?",
        }
    }
}

impl GridRow<'_> {
    /// Returns its subject.
    pub(super) fn entity(&self) -> Option<EntityId> {
        match self.of {
            RowOf::Member(entity) | RowOf::Other(entity) => Some(entity),
            RowOf::Nothing => None,
        }
    }

    /// Returns the number of its entries.
    pub(super) fn entries(&self) -> usize {
        self.cells.iter().map(Vec::len).sum()
    }

    /// Returns words for the filter: other names, and what stands in the cells.
    pub(super) fn words(&self, dossier: &Dossier) -> String {
        let names = self.entity().into_iter().flat_map(|entity| dossier.names(entity));
        let names = names.map(|name| dossier.text(name.value));
        let entries = self.cells.iter().flatten().map(|entry| dossier.label(entry.entity));
        names.chain(entries).collect::<Vec<_>>().join(" ")
    }
}

/// An entry before it stands in a cell.
struct Found<'a> {
    /// The index of its column.
    column: usize,
    /// The entities of its rows, each once, with the best claim.
    rows: Vec<(EntityId, ClaimId)>,
    entry: Entry<'a>,
}

impl<'a> Grid<'a> {
    /// Returns the matrix of a subject; without rows if it has neither members nor cells.
    pub(super) fn of(world: &World, matrix: &'a Matrix, subject: EntityId) -> Self {
        let dossier = world.dossier();
        let members = members(world, subject, &matrix.rows);
        let (columns, found) = match &matrix.cell {
            Cell::Entities { .. } => counted(world, matrix, subject, &members),
            Cell::Links(links) => linked(world, matrix, links, subject),
        };
        let marks: Vec<MarkColumn<'a>> =
            matrix.marks.iter().filter_map(|mark| mark_column(world, matrix, mark, subject)).collect();
        let is_member = |entity: &EntityId| members.binary_search(entity).is_ok();
        let mut all = members.clone();
        all.extend(found.iter().flat_map(|found| &found.rows).map(|&(row, _)| row));
        all.extend(marks.iter().flat_map(|mark| &mark.named));
        all.sort_unstable();
        all.dedup();
        all.sort_by_cached_key(|entity| (!is_member(entity), NameKey::of(dossier.label(*entity)), *entity));
        let row = |of| GridRow { of, cells: vec![Vec::new(); columns.len()] };
        let of = |entity| if is_member(&entity) { RowOf::Member(entity) } else { RowOf::Other(entity) };
        let mut rows: Vec<GridRow<'a>> = all.iter().map(|&entity| row(of(entity))).collect();
        if found.iter().any(|found| found.rows.is_empty()) {
            rows.push(row(RowOf::Nothing));
        }
        let last = rows.len().saturating_sub(1);
        let places: HashMap<EntityId, usize> = all.iter().enumerate().map(|(at, &entity)| (entity, at)).collect();
        let entries = found.len();
        for Found { column, rows: of, entry } in found {
            let mut put = |at: usize, entry: Entry<'a>| {
                if let Some(cell) = rows.get_mut(at).and_then(|row| row.cells.get_mut(column)) {
                    cell.push(entry);
                }
            };
            if of.is_empty() {
                put(last, entry.clone());
            }
            for (row, claim) in of {
                let Some(&at) = places.get(&row) else { continue };
                put(at, Entry { row: Some(claim), link: Link::of(dossier, claim), ..entry.clone() });
            }
        }
        Self { columns, marks, rows, entries }
    }
}

/// Returns the columns of a subject, and its entities in the cells.
fn counted<'a>(
    world: &World,
    matrix: &'a Matrix,
    subject: EntityId,
    members: &[EntityId],
) -> (Vec<Column>, Vec<Found<'a>>) {
    let dossier = world.dossier();
    let Cell::Entities { row, column, .. } = matrix.cell else { return (Vec::new(), Vec::new()) };
    let headings = headings(dossier, matrix);
    let mut columns: Vec<Column> = in_order(world, matrix, subject);
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for entity in in_cells(world, matrix, subject, members) {
        let claim = best(dossier, entity, column);
        let named = claim.and_then(|claim| Dossier::target(dossier.claim(claim)));
        let is_named = |column: &Column| column.entity.is_some() && column.entity == named;
        let at = columns.iter().position(is_named).unwrap_or_else(|| {
            let heading = headings.of(claim.and_then(|claim| text_of(dossier, claim)));
            // Two spellings of one text are one column.
            *places.entry(fold(&heading)).or_insert_with(|| {
                columns.push(Column { heading, entity: None, count: 0 });
                columns.len() - 1
            })
        });
        if let Some(column) = columns.get_mut(at) {
            column.count += 1;
        }
        let rows = rows_of(dossier, entity, row);
        found.push(Found {
            column: at,
            rows,
            entry: Entry { entity, sign: "", row: None, column: claim, link: Link::Missing },
        });
    }
    sort_columns(&mut columns, &mut found, |column| {
        let is_text = column.entity.is_none();
        (is_text, if is_text { headings.sort_key(&column.heading) } else { (0, String::new()) })
    });
    (columns, found)
}

/// Sorts columns by a key, and leads what was found to their new places.
fn sort_columns<K: Ord>(columns: &mut Vec<Column>, found: &mut [Found<'_>], key: impl Fn(&Column) -> K) {
    let mut order: Vec<(usize, Column)> = std::mem::take(columns).into_iter().enumerate().collect();
    order.sort_by_key(|(_, column)| key(column));
    let places: HashMap<usize, usize> = order.iter().enumerate().map(|(new, (old, _))| (*old, new)).collect();
    for found in found {
        found.column = places.get(&found.column).copied().unwrap_or(found.column);
    }
    columns.extend(order.into_iter().map(|(_, column)| column));
}

/// Returns the declared headings of the columns.
pub(super) fn headings(dossier: &Dossier, matrix: &Matrix) -> Headings {
    let none = match matrix.cell {
        Cell::Entities { column, .. } => format!("no {}", dossier.vocabulary().label(column).to_lowercase()),
        Cell::Links(_) => String::new(),
    };
    Headings::new(&matrix.columns, none)
}

/// Returns the columns that are entities, by their date if one is declared, those without a date last.
fn in_order(world: &World, matrix: &Matrix, subject: EntityId) -> Vec<Column> {
    let dossier = world.dossier();
    let mut found = in_columns(world, matrix, subject);
    let order = match &matrix.columns {
        Columns::Texts { .. } => None,
        Columns::Entities { order, .. } => *order,
    };
    let date = |entity| {
        let best = best_date(dossier, actual_ids(dossier, entity, order?));
        best.and_then(|claim| dossier.date(dossier.claim(claim)))
    };
    let name = |entity| NameKey::of(dossier.label(entity));
    found.sort_by(|&a, &b| by_date(date(a), date(b)).then_with(|| (name(a), a).cmp(&(name(b), b))));
    let column = |entity| Column { heading: entity_text(world, entity), entity: Some(entity), count: 0 };
    found.into_iter().map(column).collect()
}

/// Returns the columns of a subject, and the links that lead from rows to them.
fn linked<'a>(
    world: &World,
    matrix: &'a Matrix,
    links: &'a [(PropertyId, Box<str>)],
    subject: EntityId,
) -> (Vec<Column>, Vec<Found<'a>>) {
    let dossier = world.dossier();
    let words = dossier.vocabulary();
    let mut columns = in_order(world, matrix, subject);
    let mut found = Vec::new();
    for (at, column) in columns.iter_mut().enumerate() {
        let Some(entity) = column.entity else { continue };
        for link in world.links().with_fields(dossier, entity) {
            let declared = links.iter().find(|(property, _)| *property == link.property);
            let Some((_, sign)) = declared.filter(|_| words.is_below(link.kind, matrix.rows.kind)) else { continue };
            if holds(dossier.claim(link.claim)) {
                column.count += 1;
                let entry = Entry { entity, sign, row: None, column: None, link: Link::Missing };
                found.push(Found { column: at, rows: vec![(link.subject, link.claim)], entry });
            }
        }
    }
    (columns, found)
}

/// Returns the claim of a slot with the least [`remoteness`], unless that is denied or deprecated.
fn best(dossier: &Dossier, entity: EntityId, property: PropertyId) -> Option<ClaimId> {
    let ids = slot_ids(dossier, entity, property).filter(|&id| holds(dossier.claim(id)));
    ids.min_by_key(|&id| (remoteness(dossier.claim(id)), id))
}

/// Returns the text of the best claim of a slot.
pub(super) fn best_text(dossier: &Dossier, entity: EntityId, property: PropertyId) -> Option<&str> {
    best(dossier, entity, property).and_then(|id| text_of(dossier, id))
}

/// Returns the value of a claim, if it is a text.
fn text_of(dossier: &Dossier, id: ClaimId) -> Option<&str> {
    match dossier.claim(id).value {
        Value::Text(text) => Some(dossier.text(text)),
        Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    }
}

/// Returns the entities that a slot names, each once; of several claims for one the plainest: what is stated before what
/// is inferred.
fn rows_of(dossier: &Dossier, entity: EntityId, row: PropertyId) -> Vec<(EntityId, ClaimId)> {
    let ids = slot_ids(dossier, entity, row).filter(|&id| holds(dossier.claim(id)));
    let mut found: Vec<(EntityId, ClaimId)> =
        ids.filter_map(|id| Some((Dossier::target(dossier.claim(id))?, id))).collect();
    found.sort_unstable_by_key(|&(row, id)| (row, Link::of(dossier, id), id));
    found.dedup_by_key(|(row, _)| *row);
    found
}

/// Returns the column of a mark: among the entities of its kind that belong to the subject and name a row, the one with
/// the earliest date.
fn mark_column<'a>(world: &World, matrix: &Matrix, mark: &'a Mark, subject: EntityId) -> Option<MarkColumn<'a>> {
    let dossier = world.dossier();
    let words = dossier.vocabulary();
    let links = words.properties_of(mark.kind).filter(|&link| {
        words.is_whole(link) && matches!(&words.property(link).range, Range::Entity(kinds) if kinds.has(matrix.of))
    });
    let mut all: Vec<EntityId> = links.flat_map(|link| placing(world, subject, link, mark.kind)).collect();
    all.sort_unstable();
    all.dedup();
    let dated = all.into_iter().filter_map(|entity| {
        let actual = slot_ids(dossier, entity, mark.earliest).filter(|&id| is_actual(dossier.claim(id)));
        let when = dossier.date(dossier.claim(best_date(dossier, actual)?))?;
        // A mark has no sign of its own.
        let rows = rows_of(dossier, entity, mark.row).into_iter();
        let named: Vec<EntityId> =
            rows.filter(|&(_, claim)| dossier.situates(dossier.claim(claim))).map(|(row, _)| row).collect();
        (!named.is_empty()).then_some((entity, when, named))
    });
    let (entity, when, named) = dated.min_by(|(a, x, _), (b, y, _)| by_date(Some(x), Some(y)).then(a.cmp(b)))?;
    let year = When::year(when).map(|year| format!("'{:02}", year.rem_euclid(100)));
    Some(MarkColumn { of: mark, entity, heading: format!("{}{}", mark.label, year.unwrap_or_default()), named })
}
