//! Every number of the dossier with what it counts, of when it is, and who says so.
//!
//! Invariant: one row for every claim of a numeric property, blanks included.

use std::cmp::Ordering;

use crate::graph::slots::source_keys;
use crate::model::id::WhenId;
use crate::model::{Basis, ClaimId, Dossier, EntityId, Modality, Property, Range, Value};
use crate::timeline::World;
use crate::timeline::chronology::touched_by;

/// One number.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The claim.
    pub claim: ClaimId,
    /// Of what.
    pub subject: EntityId,
    /// What is counted or measured.
    pub property: Property,
    /// How many or how much; none where the document leaves a blank.
    pub number: Option<f64>,
    /// Of what unit; of a blank the property's first.
    pub unit: &'static str,
    /// The day to which it refers.
    pub as_of: Option<WhenId>,
    /// From when it held.
    pub start: Option<WhenId>,
    /// Until when it held.
    pub end: Option<WhenId>,
    /// Actual (in service), planned, alleged or denied.
    pub modality: Modality,
    /// Stated, listed, counted or inferred.
    pub basis: Basis,
    /// The keys of the documents that give it.
    pub sources: Vec<String>,
}

/// By what figures are sorted; ties are broken by the other orders in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureOrder {
    /// By the subject's label.
    Subject,
    /// In the order of the table of properties.
    Property,
    /// By the keys of the documents.
    Source,
    /// By the date to which the figure refers; undated ones last.
    AsOf,
    /// By unit, then the largest first; blanks last.
    Number,
}

/// All figures, by subject.
pub fn figures(world: &World) -> Vec<Figure> {
    let dossier = world.dossier();
    let mut rows: Vec<Figure> = dossier.claims().filter_map(|(id, _)| Figure::new(dossier, id)).collect();
    sort_figures(world, &mut rows, FigureOrder::Subject);
    rows
}

/// Sorts figures.
pub fn sort_figures(world: &World, rows: &mut [Figure], order: FigureOrder) {
    let dossier = world.dossier();
    let ties = [FigureOrder::Subject, FigureOrder::Property, FigureOrder::AsOf, FigureOrder::Source];
    rows.sort_by(|a, b| {
        let all = std::iter::once(order).chain(ties);
        all.map(|order| compare(dossier, a, b, order))
            .find(|ordering| ordering.is_ne())
            .unwrap_or_else(|| a.claim.cmp(&b.claim))
    });
}

fn compare(dossier: &Dossier, a: &Figure, b: &Figure, order: FigureOrder) -> Ordering {
    match order {
        FigureOrder::Subject => (dossier.label(a.subject), a.subject).cmp(&(dossier.label(b.subject), b.subject)),
        FigureOrder::Property => a.property.cmp(&b.property),
        FigureOrder::Source => a.sources.cmp(&b.sources),
        FigureOrder::AsOf => match (a.refers_to(), b.refers_to()) {
            (Some(x), Some(y)) => dossier.when(x).chronological(dossier.when(y)),
            (x, y) => x.is_none().cmp(&y.is_none()),
        },
        FigureOrder::Number => match (a.number, b.number) {
            (Some(x), Some(y)) => a.unit.cmp(b.unit).then(y.total_cmp(&x)),
            (x, y) => x.is_none().cmp(&y.is_none()),
        },
    }
}

impl Figure {
    fn new(dossier: &Dossier, id: ClaimId) -> Option<Self> {
        let claim = dossier.claim(id);
        let Range::Number(units) = claim.property.spec().range else { return None };
        let (number, unit) = match claim.value {
            Value::Number { number, unit } => (Some(number.get()), dossier.unit(unit)),
            Value::Missing => (None, units.first().copied()?),
            Value::Text(_) | Value::Entity(_) | Value::Date(_) => return None,
        };
        Some(Self {
            claim: id,
            subject: claim.subject,
            property: claim.property,
            number,
            unit,
            as_of: claim.as_of,
            start: claim.start,
            end: claim.end,
            modality: claim.modality,
            basis: claim.basis,
            sources: source_keys(dossier, &[id]),
        })
    }

    /// The date to which it refers: as of, else from, else until.
    pub fn refers_to(&self) -> Option<WhenId> {
        self.as_of.or(self.start).or(self.end)
    }

    /// The words by which a filter finds it, beside what a row shows: everything to which its
    /// subject belongs, its modality and our remark.
    pub fn words(&self, world: &World) -> String {
        let dossier = world.dossier();
        let mut words: Vec<&str> =
            touched_by(dossier, self.subject).into_iter().skip(1).map(|whole| dossier.label(whole)).collect();
        words.push(self.modality.as_str());
        words.extend(dossier.claim(self.claim).note.map(|note| dossier.text(note)));
        words.join(" ")
    }
}
