//! What happened in chronological order, a row for each fact, and the entities that each row touches.
//!
//! Claims of one slot that narrow each other are one row, with the date of the finest; see
//! [`positions`](crate::graph::positions). The order of rows is that of [`When::chronological`], then of their subjects'
//! ids, but of one subject an end stands behind the beginnings before which it does not surely lie.
//!
//! Invariant: rows are merged and sorted once, when the dossier is loaded; scopes and filters only leave rows out. Every
//! claim of a happening with a date is in a row.

#![expect(clippy::indexing_slicing, reason = "rows, dates and places in a list go by numbers of its own")]

mod rows;
mod sorted;
mod touch;

use chrono::{Datelike, NaiveDate};

use crate::graph::Graph;
use crate::graph::positions::Merged;
use crate::model::{
    Basis, ClaimId, CoreKind, Dossier, EntityId, Modality, PropertyId, Quantity, Range, Rank, Value, When,
};
use crate::text::collate::NameKey;
use sorted::Sorted;
use touch::TouchIndex;

pub use rows::{Rows, Silence};
pub use touch::{RowIndex, happens, touched_by, touching_any};

/// One fact that is shown on a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The claim whose value is the date: the finest of those that tell the fact.
    pub claim: ClaimId,
    /// The entity that the claim is about.
    pub subject: EntityId,
    /// The kind of happening; see [`Property::happening`](crate::vocabulary::Property::happening).
    pub property: PropertyId,
    /// Happened, planned, alleged or denied.
    pub modality: Modality,
    /// Stated, listed, counted or inferred, as that claim is.
    pub basis: Basis,
}

/// The days that a row covers, as day numbers (see [`number`]). A date with only one bound covers that
/// bound alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The first day; rows are sorted by it.
    pub first: i32,
    /// The last day.
    pub last: i32,
}

/// Returns the number of a day: 1 for 1 January of the year 1 (see [`Datelike::num_days_from_ce`]).
pub fn number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

/// Returns the day with a number, or `None` outside of the calendar's range.
pub fn day(number: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number)
}

impl Extent {
    /// Returns the days on which a date is placed, or `None` if it has no bound.
    pub fn of(when: &When) -> Option<Self> {
        let (first, last) = when.window().position()?;
        Some(Self { first: number(first), last: number(last) })
    }
}

/// The rows of a dossier with their index by entity.
#[derive(Debug)]
pub struct Chronology {
    rows: Vec<Row>,
    all: Rows,
    undated: Vec<EntityId>,
    years: Vec<i32>,
    touch: TouchIndex,
    merged: Merged,
}

impl Chronology {
    /// Collects and sorts the dated claims of a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        let merged = Merged::new(dossier, |property| dossier.property(property).range == Range::Date);
        let Sorted { rows, extents, by_subject } = Sorted::new(dossier, &merged);
        let years = years(&extents);
        let touch = TouchIndex::new(dossier, &by_subject);
        // An event without a row has no date at all.
        let undated = dossier.of_core(CoreKind::Event).filter(|&event| touch.touched(event).is_empty());
        let mut undated: Vec<EntityId> = undated.collect();
        undated.sort_by_cached_key(|&event| (NameKey::of(dossier.label(event)), event));
        Self { all: Rows::all(&extents), undated, rows, years, touch, merged }
    }

    /// Returns all rows in chronological order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Returns a row by its index.
    pub fn row(&self, row: RowIndex) -> &Row {
        &self.rows[row as usize]
    }

    /// Returns the days that a row covers.
    pub fn extent(&self, row: RowIndex) -> Extent {
        self.all.extent(row as usize)
    }

    /// Returns the searchable list of all rows.
    pub fn all(&self) -> &Rows {
        &self.all
    }

    /// Returns the searchable list of the rows that touch an entity, or of all rows if `scope` is `None`.
    pub fn of(&self, scope: Option<EntityId>) -> Rows {
        scope.map_or_else(|| self.all.clone(), |entity| self.some(self.touching(entity).to_vec()))
    }

    /// Returns a searchable list of some rows; their indexes must ascend.
    pub fn some(&self, list: Vec<RowIndex>) -> Rows {
        Rows::of(list, &self.all)
    }

    /// Returns the first and last day that any row covers, or `None` without rows.
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let end = self.all.end()?;
        Some((day(self.all.first(0))?, day(end)?))
    }

    /// Returns the years in which at least one row lies, in ascending order.
    pub fn years(&self) -> &[i32] {
        &self.years
    }

    /// Returns the events without any date, by name.
    pub fn undated(&self) -> &[EntityId] {
        &self.undated
    }

    /// Returns the entities that a row touches: its subject first, then institutions, people and the rest.
    pub fn touched(&self, row: RowIndex) -> &[EntityId] {
        self.touch.touched(self.rows[row as usize].subject)
    }

    /// Returns the rows that touch an entity, in chronological order.
    pub fn touching(&self, entity: EntityId) -> &[RowIndex] {
        self.touch.touching(entity)
    }

    /// Returns all claims that tell the fact of a row, in the order of the documents.
    pub fn claims<'a>(&'a self, row: &'a Row) -> &'a [ClaimId] {
        self.merged(&row.claim)
    }

    /// Returns all claims that a claim of a date is shown for, in the order of the documents; itself if it is the only one.
    pub fn merged<'a>(&'a self, claim: &'a ClaimId) -> &'a [ClaimId] {
        match self.merged.supports(*claim) {
            [] => std::slice::from_ref(claim),
            several => several,
        }
    }

    /// Returns false for a claim of a date that others of its slot give more exactly; true for any other claim.
    pub fn is_shown(&self, claim: ClaimId) -> bool {
        self.merged.is_shown(claim)
    }

    /// Returns the claims of dates of an entity that are shown, in the order of the dossier.
    pub fn dates_of<'a>(&'a self, dossier: &'a Dossier, entity: EntityId) -> impl Iterator<Item = ClaimId> + 'a {
        let dated = dossier.claim_ids_of(entity).filter(|&id| dossier.date(dossier.claim(id)).is_some());
        dated.filter(|&id| self.is_shown(id))
    }

    /// Returns the row that a claim is shown in, the first of several; `None` if it is in none.
    pub fn row_of(&self, dossier: &Dossier, claim: ClaimId) -> Option<RowIndex> {
        let said = dossier.claim(claim);
        dossier.property(said.property).happening.as_ref()?;
        dossier.date(said)?;
        let rows = self.touching(said.subject);
        // A row begins on the first day of its own date or of another one of its subject.
        let dates = dossier.claims_of(said.subject).iter().filter_map(|claim| dossier.date(claim));
        let mut days: Vec<i32> = dates.filter_map(|when| Some(Extent::of(when)?.first)).collect();
        days.sort_unstable();
        days.dedup();
        let on = |day: i32| {
            let from = rows.partition_point(|&row| self.extent(row).first < day);
            rows.iter().skip(from).copied().take_while(move |&row| self.extent(row).first == day)
        };
        days.into_iter().flat_map(on).find(|&row| self.claims(self.row(row)).contains(&claim))
    }
}

/// Returns the years that any of these extents covers; the extents are sorted by their first day.
fn years(extents: &[Extent]) -> Vec<i32> {
    let year = |number| day(number).map(|day| day.year());
    let mut years: Vec<i32> = Vec::new();
    // All years up to this day are in the list.
    let mut covered = i32::MIN;
    for extent in extents {
        if extent.last <= covered {
            continue;
        }
        let (Some(first), Some(last)) = (year(extent.first), year(extent.last)) else { continue };
        let next = years.last().map_or(first, |&before| first.max(before + 1));
        years.extend(next..=last);
        covered = NaiveDate::from_ymd_opt(last, 12, 31).map_or(extent.last, number);
    }
    years
}

/// Returns the label of a row: the subject's label, what happened to it, and the note of the claim.
pub fn row_label(graph: &Graph, row: &Row) -> String {
    let dossier = graph.dossier();
    let label = graph.label(row.subject);
    let Some(happening) = &dossier.property(row.property).happening else { return label.into_owned() };
    let sentence = happening.fill(|name| placeholder(graph, row, name));
    match dossier.note(dossier.claim(row.claim)) {
        Some(note) if !happening.words().is_empty() => format!("{sentence} — {note}"),
        Some(_) | None => sentence,
    }
}

/// Returns what stands for a placeholder in the sentence of a row: the subject, the date, the label of the property, or
/// the values of a property of the subject.
fn placeholder(graph: &Graph, row: &Row, name: &str) -> Option<String> {
    let dossier = graph.dossier();
    match name {
        "subject" => Some(graph.label(row.subject).into_owned()),
        "value" => row_when(dossier, row).map(When::stated),
        "label" => Some(dossier.property(row.property).label.to_string()),
        name => {
            let property = dossier.vocabulary().find_property(name)?;
            let slot = dossier.slot(row.subject, property).iter();
            let values = slot.filter(|claim| claim.rank() != Rank::Deprecated && claim.modality() == row.modality);
            let words: Vec<String> = values.filter_map(|claim| in_words(graph, claim.value)).collect();
            (!words.is_empty()).then(|| words.join(", "))
        }
    }
}

fn in_words(graph: &Graph, value: Value) -> Option<String> {
    let dossier = graph.dossier();
    match value {
        Value::Text(text) => Some(dossier.text(text).to_owned()),
        Value::Number { number, unit } => {
            Some(Quantity { number: number.get(), unit: Some(unit) }.in_words(dossier.vocabulary()))
        }
        Value::Entity(entity) => Some(graph.label(entity).into_owned()),
        Value::Date(when) => Some(dossier.when(when).stated()),
        Value::Missing => None,
    }
}

/// Returns the date of a row.
pub fn row_when<'a>(dossier: &'a Dossier, row: &Row) -> Option<&'a When> {
    dossier.date(dossier.claim(row.claim))
}

#[cfg(test)]
mod tests;
