//! The rows of a chronology in their order.
//!
//! Invariant: the first days of the rows ascend, and nothing depends on the order of the claims.

#![expect(clippy::indexing_slicing, reason = "rows, dates and places in a list go by numbers of its own")]

use super::{Extent, Row, RowIndex};
use crate::graph::grouped;
use crate::graph::positions::Merged;
use crate::model::{Claim, Dossier, EntityId, Modality, When};
use crate::vocabulary::Role;

/// The dated rows, sorted by date, then by the id of their subject, then by claim.
pub(super) struct Sorted {
    pub(super) rows: Vec<Row>,
    pub(super) extents: Vec<Extent>,
    /// The index of each row, in the order of subjects and claims.
    pub(super) by_subject: Vec<(EntityId, RowIndex)>,
}

/// A row with its place: even for the rank of a date, odd for what stands directly behind all rows of that rank.
struct Placed {
    place: u32,
    row: Row,
}

impl Sorted {
    /// Counting sort: there are few distinct dates and many claims, so that only the dates are compared.
    pub(super) fn new(dossier: &Dossier, merged: &Merged) -> Self {
        let ranks = Ranks::new(dossier);
        // Claims come in the order of their subjects' ids, which a stable sort keeps within one date.
        let mut dated: Vec<Placed> = Vec::new();
        let mut hidden = merged.hidden().iter().peekable();
        for (id, claim) in dossier.claims() {
            if hidden.next_if(|&&other| other == id).is_some() {
                continue;
            }
            let Some(rank) = ranks.of(claim) else { continue };
            if dossier.property(claim.property).happening.is_some() {
                let (modality, basis) = (claim.modality(), claim.basis());
                let Claim { subject, property, .. } = *claim;
                dated.push(Placed { place: 2 * rank, row: Row { claim: id, subject, property, modality, basis } });
            }
        }
        for rows in dated.chunk_by_mut(|a, b| a.row.subject == b.row.subject).filter(|rows| rows.len() > 1) {
            put_ends_behind(dossier, rows);
        }
        let starts = grouped::starts(2 * ranks.extents.len(), dated.iter().map(|placed| placed.place as usize));
        let mut next = starts;
        // Placeholders; every slot is overwritten by its row below.
        let mut rows: Vec<Row> = dated.first().map(|placed| vec![placed.row; dated.len()]).unwrap_or_default();
        let mut extents = vec![Extent { first: 0, last: 0 }; rows.len()];
        let mut by_subject = Vec::with_capacity(dated.len());
        for placed in dated {
            let number = &mut next[placed.place as usize];
            extents[*number as usize] = ranks.extent(dossier, &placed);
            rows[*number as usize] = placed.row;
            by_subject.push((placed.row.subject, *number));
            *number += 1;
        }
        Self { rows, extents, by_subject }
    }
}

/// Puts the ends among the rows of one subject behind its beginnings, unless they surely lie before them.
fn put_ends_behind(dossier: &Dossier, rows: &mut [Placed]) {
    let words = dossier.vocabulary();
    let has = |row: &Row, role| words.has_role(row.property, role);
    let (begins, ends): (Vec<&mut Placed>, Vec<&mut Placed>) = rows
        .iter_mut()
        .filter(|placed| has(&placed.row, Role::Begins) || has(&placed.row, Role::Ends))
        .partition(|placed| has(&placed.row, Role::Begins));
    for end in ends {
        let Some(when) = row_when(dossier, &end.row) else { continue };
        let is_before = |begin: &Row| {
            let told = begin.modality == Modality::Actual || begin.modality == end.row.modality;
            told && row_when(dossier, begin).is_some_and(|begins| !when.window().surely_before(begins.window()))
        };
        let last = begins.iter().filter(|begin| is_before(&begin.row)).map(|begin| begin.place).max();
        if let Some(last) = last.filter(|&last| last >= end.place) {
            end.place = last + 1;
        }
    }
}

fn row_when<'a>(dossier: &'a Dossier, row: &Row) -> Option<&'a When> {
    dossier.date(dossier.claim(row.claim))
}

/// The dates of a dossier in their order.
struct Ranks {
    /// The rank of each pooled date; equal dates share one, and a date without a bound has none.
    of_date: Vec<Option<u32>>,
    /// The days of each rank.
    extents: Vec<Extent>,
}

impl Ranks {
    fn new(dossier: &Dossier) -> Self {
        let whens = dossier.whens();
        let mut order: Vec<(usize, Extent)> =
            whens.iter().enumerate().filter_map(|(id, when)| Some((id, Extent::of(when)?))).collect();
        order.sort_by(|&(a, _), &(b, _)| whens[a].chronological(&whens[b]));
        let mut of_date = vec![None; whens.len()];
        let mut extents = Vec::with_capacity(order.len());
        let mut before: Option<&When> = None;
        for (id, extent) in order {
            let when = &whens[id];
            if before.is_none_or(|before| before.edtf() != when.edtf()) {
                extents.push(extent);
            }
            before = Some(when);
            of_date[id] = Some(extents.len() as u32 - 1);
        }
        Self { of_date, extents }
    }

    fn of(&self, claim: &Claim) -> Option<u32> {
        Dossier::date_id(claim).and_then(|date| self.of_date[date.index()])
    }

    /// Returns the days that a row covers: those of its date, but none before the day at which it stands.
    fn extent(&self, dossier: &Dossier, placed: &Placed) -> Extent {
        let stands = self.extents[placed.place as usize / 2];
        match self.of(dossier.claim(placed.row.claim)) {
            Some(own) if !placed.place.is_multiple_of(2) => {
                Extent { first: stands.first, last: self.extents[own as usize].last.max(stands.first) }
            }
            Some(_) | None => stands,
        }
    }
}
