//! The canonical form of the pools: the order of first use.
//!
//! Invariant: a dossier depends on its sorted rows only, not on the order in which texts, dates and places were added.

use super::order::set_starts;
use crate::model::check::{Check, Filter, Term};
use crate::model::complete::Complete;
use crate::model::details::Details;
use crate::model::dossier::{Claim, Dossier, Name, Value};
use crate::model::evidence::{Cited, Evidence};
use crate::model::id::{DetailsId, NameDetailsId, Sym, WhenId};
use crate::model::pool::Pool;
use crate::model::review::Review;
use crate::model::rows::NameDetails;

/// Renumbers the pools of sorted rows, unless they are in the order of first use.
pub(super) fn number(mut rows: Dossier) -> Dossier {
    set_starts(&mut rows);
    pack_name_details(&mut rows);
    pack_details(&mut rows);
    pack_evidence(&mut rows);
    let mut places = Numbers::new(rows.places.len());
    for_each_place(&mut rows, |place| places.meet(*place as usize));
    if !places.are_kept() {
        for_each_place(&mut rows, |place| *place = places.of(*place as usize) as u32);
        rows.places = places.order.iter().map(|&old| rows.places[old as usize]).collect();
    }
    let mut pools = Pools::new(&rows);
    for_each_number(&mut rows, &mut |number| pools.meet(number));
    let Pools { mut texts, mut whens } = pools;
    let kept = [texts.are_kept(), whens.are_kept()];
    if kept != [true; 2] {
        for_each_number(&mut rows, &mut |number| match number {
            Number::Text(sym) => *sym = Sym::from_index(texts.of(sym.index())),
            Number::When(id) => *id = WhenId::from_index(whens.of(id.index())),
        });
    }
    if !kept[0] {
        let mut pool = Pool::default();
        texts.order.iter().for_each(|&old| {
            pool.push(rows.texts.at(old as usize));
        });
        rows.texts = pool;
    }
    if !kept[1] {
        rows.whens = whens.order.iter().map(|&old| rows.whens[old as usize].clone()).collect();
    }
    shrink(&mut rows);
    rows
}

/// Sorts the evidence by the rows: names, claims, complete lists, checks.
fn pack_evidence(rows: &mut Dossier) {
    let Dossier { names, claims, completes, checks, evidence, .. } = rows;
    if evidence.are_all(lists(names, claims, completes, checks).map(|list| *list)) {
        return;
    }
    let mut packed = Evidence::with_capacity(evidence.len());
    for list in lists(names, claims, completes, checks) {
        *list = packed.add(evidence.of(*list));
    }
    *evidence = packed;
}

/// Sorts what few names have by the names, and drops those of none.
fn pack_name_details(rows: &mut Dossier) {
    let Dossier { names, name_details, .. } = rows;
    let owned = names.iter().filter_map(|name| name.details.map(NameDetailsId::index));
    if owned.eq(0..name_details.len()) {
        return;
    }
    let mut packed = Vec::with_capacity(name_details.len());
    for id in names.iter_mut().filter_map(|name| name.details.as_mut()) {
        packed.push(name_details[id.index()]);
        *id = NameDetailsId::from_index(packed.len() - 1);
    }
    *name_details = packed;
}

/// Sorts what few claims have by the claims, and drops what belongs to none.
fn pack_details(rows: &mut Dossier) {
    let Dossier { claims, details, .. } = rows;
    let owned = claims.iter().filter_map(|claim| claim.details.map(DetailsId::index));
    if owned.eq(0..details.len()) {
        return;
    }
    let mut packed: Vec<Details> = Vec::with_capacity(details.len());
    for id in claims.iter_mut().filter_map(|claim| claim.details.as_mut()) {
        let row = details[id.index()].clone();
        *id = DetailsId::from_index(packed.len());
        packed.push(row);
    }
    *details = packed;
}

fn lists<'a>(
    names: &'a mut [Name],
    claims: &'a mut [Claim],
    completes: &'a mut [Complete],
    checks: &'a mut [Check],
) -> impl Iterator<Item = &'a mut Cited> {
    let names = names.iter_mut().map(|row| &mut row.evidence);
    let claims = claims.iter_mut().map(|row| &mut row.evidence);
    let completes = completes.iter_mut().map(|row| &mut row.evidence);
    names.chain(claims).chain(completes).chain(checks.iter_mut().map(|row| &mut row.evidence))
}

/// Sorts the places by their first use.
fn for_each_place(rows: &mut Dossier, mut visit: impl FnMut(&mut u32)) {
    rows.evidence.for_each_place(&mut visit);
    rows.unclaimed.iter_mut().for_each(|row| visit(&mut row.place));
}

/// A number of an entry of a pool.
enum Number<'a> {
    Text(&'a mut Sym),
    When(&'a mut WhenId),
}

/// Visits every number of an entry of a pool, in the order that decides the order of the pools.
fn for_each_number(rows: &mut Dossier, visit: &mut impl FnMut(Number<'_>)) {
    for entity in &mut rows.entities {
        visit(Number::Text(&mut entity.label));
    }
    for name in &mut rows.names {
        visit(Number::Text(&mut name.value));
        name.lang.iter_mut().for_each(|lang| visit(Number::Text(lang)));
        if let Some(id) = name.details {
            let NameDetails { start, end, .. } = &mut rows.name_details[id.index()];
            start.iter_mut().chain(end).for_each(|when| visit(Number::When(when)));
        }
    }
    for place in &mut rows.places {
        visit(Number::Text(&mut place.section));
        place.spot = place.spot.map(|mut row| {
            visit(Number::Text(&mut row));
            row
        });
    }
    for claim in &mut rows.claims {
        for_value(&mut claim.value, visit);
        for when in [&mut claim.start, &mut claim.end, &mut claim.as_of].into_iter().flatten() {
            visit(Number::When(when));
        }
        claim.reason.iter_mut().for_each(|reason| visit(Number::Text(reason)));
        if let Some(id) = claim.details {
            rows.details[id.index()].for_each_text(|text| visit(Number::Text(text)));
        }
    }
    rows.judgements.iter_mut().for_each(|row| visit(Number::Text(&mut row.reason)));
    rows.unclaimed.iter_mut().for_each(|row| visit(Number::Text(&mut row.reason)));
    for Complete { list, since, until, reason, .. } in &mut rows.completes {
        visit(Number::Text(list));
        if let Some(reason) = reason {
            visit(Number::Text(reason));
        }
        since.iter_mut().chain(until).for_each(|when| visit(Number::When(when)));
    }
    for Review { claim, by, on, note, seen, .. } in &mut rows.reviews {
        [claim, by].into_iter().chain(note).chain(seen).for_each(|text| visit(Number::Text(text)));
        if let Some(on) = on {
            visit(Number::When(on));
        }
    }
    for_checks(&mut rows.checks, &mut rows.terms, &mut rows.filters, visit);
}

fn for_value(value: &mut Value, visit: &mut impl FnMut(Number<'_>)) {
    match value {
        Value::Text(text) => visit(Number::Text(text)),
        Value::Date(when) => visit(Number::When(when)),
        Value::Number { .. } | Value::Entity(_) | Value::Missing => {}
    }
}

fn for_checks(checks: &mut [Check], terms: &mut [Term], filters: &mut [Filter], visit: &mut impl FnMut(Number<'_>)) {
    for check in checks {
        visit(Number::Text(&mut check.label));
        for term in &mut terms[check.terms.0 as usize..check.terms.1 as usize] {
            match term {
                Term::Slot { which, .. } => which.as_of.iter_mut().for_each(|when| visit(Number::When(when))),
                Term::Count { filters: (start, end), .. } => {
                    let filters = &mut filters[*start as usize..*end as usize];
                    for filter in filters {
                        for_value(&mut filter.value, visit);
                    }
                }
                Term::Constant(_) => {}
            }
        }
        check.note.iter_mut().for_each(|note| visit(Number::Text(note)));
    }
}

/// The order of first use of one pool.
struct Numbers {
    /// The number of entries whose first use is in their order.
    kept: usize,
    len: usize,
    /// Once the order differs: all entries that were used, in the order of first use.
    order: Vec<u32>,
    /// The inverse of `order`: the new number of each entry.
    new: Vec<Option<u32>>,
}

impl Numbers {
    fn new(len: usize) -> Self {
        Self { kept: 0, len, order: Vec::new(), new: Vec::new() }
    }

    fn meet(&mut self, index: usize) {
        if self.new.is_empty() {
            if index <= self.kept {
                self.kept += usize::from(index == self.kept);
                return;
            }
            self.begin();
        }
        if self.new[index].is_none() {
            self.new[index] = Some(self.order.len() as u32);
            self.order.push(index as u32);
        }
    }

    /// Begins to record the order.
    fn begin(&mut self) {
        self.order = (0..self.kept as u32).collect();
        self.new = (0..self.len as u32).map(|index| (index < self.kept as u32).then_some(index)).collect();
    }

    /// Returns true if all entries are in the order of first use; if not, the order has been recorded.
    fn are_kept(&mut self) -> bool {
        let kept = self.new.is_empty() && self.kept == self.len;
        if !kept && self.new.is_empty() {
            self.begin();
        }
        kept
    }

    /// Returns the new number of an entry.
    fn of(&self, index: usize) -> usize {
        if self.new.is_empty() { index } else { self.new[index].unwrap_or_default() as usize }
    }
}

struct Pools {
    texts: Numbers,
    whens: Numbers,
}

impl Pools {
    fn new(rows: &Dossier) -> Self {
        let [texts, whens] = [rows.texts.len(), rows.whens.len()].map(Numbers::new);
        Self { texts, whens }
    }

    fn meet(&mut self, number: Number<'_>) {
        match number {
            Number::Text(sym) => self.texts.meet(sym.index()),
            Number::When(id) => self.whens.meet(id.index()),
        }
    }
}

/// Frees unused space.
fn shrink(rows: &mut Dossier) {
    rows.entities.shrink_to_fit();
    rows.ids.shrink();
    rows.names.shrink_to_fit();
    rows.claims.shrink_to_fit();
    rows.details.shrink_to_fit();
    rows.evidence.shrink();
    rows.places.shrink_to_fit();
    rows.whens.shrink_to_fit();
    rows.texts.shrink();
}
