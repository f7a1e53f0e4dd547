//! All dated claims in chronological order, and the entities that each of them touches.
//!
//! Invariant: rows are sorted once, when the dossier is loaded; scopes and filters only leave rows out.

#![expect(clippy::indexing_slicing, reason = "rows, dates and places in a list go by numbers of its own")]

mod rows;
mod touch;

use chrono::{Datelike, NaiveDate};

use crate::graph::grouped;
use crate::model::{
    Basis, Claim, ClaimId, CoreKind, Dossier, EntityId, Modality, PropertyId, Quantity, Rank, Value, When,
};
use touch::TouchIndex;

pub use rows::{Rows, Silence};
pub use touch::{RowIndex, happens, touched_by, touching_any};

/// One dated claim that is shown on a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The claim whose value is the date.
    pub claim: ClaimId,
    /// The entity that the claim is about.
    pub subject: EntityId,
    /// The kind of happening; see [`Property::happening`](crate::vocabulary::Property::happening).
    pub property: PropertyId,
    /// Happened, planned, alleged or denied.
    pub modality: Modality,
    /// Stated, listed, counted or inferred.
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
}

impl Chronology {
    /// Collects and sorts the dated claims of a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        let Sorted { rows, extents, by_subject } = Sorted::new(dossier);
        let years = years(&extents);
        let touch = TouchIndex::new(dossier, &by_subject);
        // An event without a row has no date at all.
        let undated = dossier.of_core(CoreKind::Event).filter(|&event| touch.touched(event).is_empty()).collect();
        Self { all: Rows::all(&extents), undated, rows, years, touch }
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

    /// Returns the events without any date, by id.
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

/// The dated rows, sorted by date, then by the id of their subject, then by claim.
struct Sorted {
    rows: Vec<Row>,
    extents: Vec<Extent>,
    /// The index of each row, in the order of subjects and claims.
    by_subject: Vec<(EntityId, RowIndex)>,
}

impl Sorted {
    /// Counting sort: there are few distinct dates and many claims, so that only the dates are compared.
    fn new(dossier: &Dossier) -> Self {
        let (ranks, extent_of) = ranks(dossier);
        // Claims come in the order of their subjects' ids, which a stable sort keeps within one date.
        let mut dated: Vec<(u32, Row)> = Vec::new();
        for (id, claim) in dossier.claims() {
            let Some(rank) = Dossier::date_id(claim).and_then(|date| ranks[date.index()]) else { continue };
            if dossier.property(claim.property).happening.is_some() {
                let (modality, basis) = (claim.modality(), claim.basis());
                let Claim { subject, property, .. } = *claim;
                dated.push((rank, Row { claim: id, subject, property, modality, basis }));
            }
        }
        let starts = grouped::starts(extent_of.len(), dated.iter().map(|(rank, _)| *rank as usize));
        let mut extents = Vec::with_capacity(starts.last().map_or(0, |&end| end as usize));
        for (extent, ends) in extent_of.iter().zip(&starts[1..]) {
            extents.resize(*ends as usize, *extent);
        }
        let mut next = starts;
        // Placeholders; every slot is overwritten by its row below.
        let mut rows: Vec<Row> = dated.first().map(|(_, row)| vec![*row; dated.len()]).unwrap_or_default();
        let mut by_subject = Vec::with_capacity(dated.len());
        for (rank, row) in dated {
            let number = &mut next[rank as usize];
            rows[*number as usize] = row;
            by_subject.push((row.subject, *number));
            *number += 1;
        }
        Self { rows, extents, by_subject }
    }
}

/// Returns the rank of each pooled date (equal dates share one; `None` for dates without a bound), and the
/// extent of each rank.
fn ranks(dossier: &Dossier) -> (Vec<Option<u32>>, Vec<Extent>) {
    let whens = dossier.whens();
    let mut order: Vec<(usize, Extent)> =
        whens.iter().enumerate().filter_map(|(id, when)| Some((id, Extent::of(when)?))).collect();
    order.sort_by(|&(a, _), &(b, _)| whens[a].chronological(&whens[b]));
    let mut ranks = vec![None; whens.len()];
    let mut extents = Vec::with_capacity(order.len());
    let mut before: Option<&When> = None;
    for (id, extent) in order {
        let when = &whens[id];
        if before.is_none_or(|before| before.edtf() != when.edtf()) {
            extents.push(extent);
        }
        before = Some(when);
        ranks[id] = Some(extents.len() as u32 - 1);
    }
    (ranks, extents)
}

/// Returns the label of a row: the subject's label, what happened to it, and the note of the claim.
pub fn row_label(dossier: &Dossier, row: &Row) -> String {
    let label = dossier.label(row.subject);
    let Some(happening) = &dossier.property(row.property).happening else { return label.to_owned() };
    let sentence = happening.fill(|name| placeholder(dossier, row, name));
    match dossier.note(dossier.claim(row.claim)) {
        Some(note) if !happening.words().is_empty() => format!("{sentence} — {note}"),
        Some(_) | None => sentence,
    }
}

/// Returns what stands for a placeholder in the sentence of a row: the subject, the date, the label of the property, or
/// the values of a property of the subject.
fn placeholder(dossier: &Dossier, row: &Row, name: &str) -> Option<String> {
    match name {
        "subject" => Some(dossier.label(row.subject).to_owned()),
        "value" => row_when(dossier, row).map(When::stated),
        "label" => Some(dossier.property(row.property).label.to_string()),
        name => {
            let property = dossier.vocabulary().find_property(name)?;
            let slot = dossier.slot(row.subject, property).iter();
            let values = slot.filter(|claim| claim.rank() != Rank::Deprecated && claim.modality() == row.modality);
            let words: Vec<String> = values.filter_map(|claim| in_words(dossier, claim.value)).collect();
            (!words.is_empty()).then(|| words.join(", "))
        }
    }
}

fn in_words(dossier: &Dossier, value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(dossier.text(text).to_owned()),
        Value::Number { number, unit } => {
            Some(Quantity { number: number.get(), unit: Some(unit) }.in_words(dossier.vocabulary()))
        }
        Value::Entity(entity) => Some(dossier.label(entity).to_owned()),
        Value::Date(when) => Some(dossier.when(when).stated()),
        Value::Missing => None,
    }
}

/// Returns the date of a row.
pub fn row_when<'a>(dossier: &'a Dossier, row: &Row) -> Option<&'a When> {
    dossier.date(dossier.claim(row.claim))
}
