//! Everything dated, in the one order of `When`, and what each row touches.
//!
//! Invariant: rows are sorted once, at load; a scope or a filter only leaves rows out.

#![expect(clippy::indexing_slicing, reason = "rows, dates and places in a list go by numbers of its own")]

mod rows;
mod touch;

use chrono::{Datelike, NaiveDate};

use crate::graph::grouped;
use crate::model::{Basis, Claim, ClaimId, Dossier, EntityId, Kind, Modality, Property, Range, When};
use touch::Touch;

pub use rows::{Rows, Silence};
pub use touch::{RowIndex, happens, touched_by, touching_any};

/// One dated statement that belongs on a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The claim whose value is the date.
    pub claim: ClaimId,
    /// Of whom or what.
    pub subject: EntityId,
    /// What happened: see [`Spec::happening`](crate::model::property::Spec::happening).
    pub property: Property,
    /// Happened, planned, alleged or denied.
    pub modality: Modality,
    /// Stated, listed, counted or inferred.
    pub basis: Basis,
}

/// The days that a row covers, numbered as by [`number`]: a date with one bound stands on that bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The first day; rows stand in the order of these.
    pub first: i32,
    /// The last day.
    pub last: i32,
}

/// The number of a day: days since the beginning of the common era.
pub fn number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

/// The day with a number; none beyond the calendar.
pub fn day(number: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number)
}

impl Extent {
    /// The extent of a date: the days on which it stands; none where it has no bound.
    pub fn of(when: &When) -> Option<Self> {
        let (first, last) = when.stands_on()?;
        Some(Self { first: number(first), last: number(last) })
    }
}

/// See the module.
#[derive(Debug)]
pub struct Chronology {
    rows: Vec<Row>,
    all: Rows,
    undated: Vec<EntityId>,
    years: Vec<i32>,
    touch: Touch,
}

impl Chronology {
    /// Sorts the dated claims of a dossier.
    pub fn new(dossier: &Dossier) -> Self {
        let Sorted { rows, extents, by_subject } = Sorted::new(dossier);
        let years = years(&extents);
        let touch = Touch::new(dossier, &by_subject);
        // An event has no other date than that of its row.
        let undated = dossier.of_kind(Kind::Event).filter(|&event| touch.touched(event).is_empty()).collect();
        Self { all: Rows::all(&extents), undated, rows, years, touch }
    }

    /// All rows in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// A row.
    pub fn row(&self, row: RowIndex) -> &Row {
        &self.rows[row as usize]
    }

    /// The days that a row covers.
    pub fn extent(&self, row: RowIndex) -> Extent {
        self.all.extent(row as usize)
    }

    /// All rows, ready for questions about stretches of time.
    pub fn all(&self) -> &Rows {
        &self.all
    }

    /// The rows that touch an entity, or all, ready for questions about stretches of time.
    pub fn of(&self, scope: Option<EntityId>) -> Rows {
        scope.map_or_else(|| self.all.clone(), |entity| self.some(self.touching(entity).to_vec()))
    }

    /// Some rows, their numbers ascending, ready for the same questions.
    pub fn some(&self, list: Vec<RowIndex>) -> Rows {
        Rows::of(list, &self.all)
    }

    /// The first and last day that any row covers.
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let end = self.all.end()?;
        Some((day(self.all.first(0))?, day(end)?))
    }

    /// The years into which a row reaches, in order.
    pub fn years(&self) -> &[i32] {
        &self.years
    }

    /// Events without any date.
    pub fn undated(&self) -> &[EntityId] {
        &self.undated
    }

    /// What a row touches: its subject first, then institutions, people and the rest.
    pub fn touched(&self, row: RowIndex) -> &[EntityId] {
        self.touch.touched(self.rows[row as usize].subject)
    }

    /// The rows that touch an entity, in order.
    pub fn touching(&self, entity: EntityId) -> &[RowIndex] {
        self.touch.touching(entity)
    }
}

/// The years into which any of these extents reaches; they are in order of their first days.
fn years(extents: &[Extent]) -> Vec<i32> {
    let year = |number| day(number).map(|day| day.year());
    let mut years: Vec<i32> = Vec::new();
    // Up to this day every year is told.
    let mut told = i32::MIN;
    for extent in extents {
        if extent.last <= told {
            continue;
        }
        let (Some(first), Some(last)) = (year(extent.first), year(extent.last)) else { continue };
        let next = years.last().map_or(first, |&before| first.max(before + 1));
        years.extend(next..=last);
        told = NaiveDate::from_ymd_opt(last, 12, 31).map_or(extent.last, number);
    }
    years
}

/// The dated rows by date, then by the id of their subject, then by claim.
struct Sorted {
    rows: Vec<Row>,
    extents: Vec<Extent>,
    /// The number of each row, in the order of subjects and claims.
    by_subject: Vec<(EntityId, RowIndex)>,
}

impl Sorted {
    /// Dates are few and claims many: the dates are compared, the claims only counted into place.
    fn new(dossier: &Dossier) -> Self {
        let (ranks, extent_of) = ranks(dossier);
        // Claims come in the order of their subjects' ids, and keep it within one date.
        let mut dated: Vec<(u32, Row)> = Vec::new();
        for (id, claim) in dossier.claims() {
            let Some(rank) = Dossier::date_id(claim).and_then(|date| ranks[date.index()]) else { continue };
            if claim.property.spec().happening.is_some() {
                let Claim { subject, property, modality, basis, .. } = *claim;
                dated.push((rank, Row { claim: id, subject, property, modality, basis }));
            }
        }
        let starts = grouped::starts(extent_of.len(), dated.iter().map(|(rank, _)| *rank as usize));
        let mut extents = Vec::with_capacity(starts.last().map_or(0, |&end| end as usize));
        for (extent, ends) in extent_of.iter().zip(&starts[1..]) {
            extents.resize(*ends as usize, *extent);
        }
        let mut next = starts;
        // Every place is filled by its own row; until then the first stands there.
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

/// The rank of each date of the pool among all, equal dates sharing one, and the extent of each rank.
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

/// The words of a row: the subject's label and what happened to it.
pub fn row_label(dossier: &Dossier, row: &Row) -> String {
    let label = dossier.label(row.subject);
    let happening = match row.property.spec().happening {
        None | Some("") => return label.to_owned(),
        Some(happening) => happening,
    };
    match dossier.claim(row.claim).note {
        Some(note) => format!("{label}: {happening} — {}", dossier.text(note)),
        None => format!("{label}: {happening}"),
    }
}

/// The date of a row.
pub fn row_when<'a>(dossier: &'a Dossier, row: &Row) -> Option<&'a When> {
    debug_assert_eq!(row.property.spec().range, Range::Date);
    dossier.date(dossier.claim(row.claim))
}
