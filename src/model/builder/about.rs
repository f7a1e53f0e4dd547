//! Adds what is said about rows: which are private, which lists are whole, what readers found.
//!
//! Invariant: the order in which they are added does not affect the result, and repetitions are removed.

use super::merge::place_ranks;
use super::order::{compare_places, compare_texts, compare_whens};
use super::{Builder, Handle, PlaceHandle};
use crate::model::complete::Complete;
use crate::model::dossier::Dossier;
use crate::model::id::EntityId;
use crate::model::review::{Review, ReviewVerdict};
use crate::model::when::When;

/// The statement that a list is whole; see [`Complete`].
#[derive(Debug, Clone)]
pub struct NewComplete {
    /// The subject of the list.
    pub of: Handle,
    /// The name of the list.
    pub list: String,
    /// The date from which on it is whole.
    pub since: Option<When>,
    /// The date until which it is whole.
    pub until: Option<When>,
    /// The reason, where no document says it.
    pub reason: Option<String>,
    /// The places that say it.
    pub evidence: Vec<PlaceHandle>,
}

/// The result of one reading of a claim; see [`Review`].
#[derive(Debug, Clone)]
pub struct NewReview {
    /// The id of the claim.
    pub claim: String,
    /// The reader.
    pub by: String,
    /// The date of the review.
    pub on: Option<When>,
    /// The result.
    pub verdict: ReviewVerdict,
    /// A remark of the reader.
    pub note: Option<String>,
    /// The derived id that the claim had at that time.
    pub seen: Option<String>,
}

impl Builder {
    /// Marks an entity as one that must not leave the dossier in a public export.
    pub fn set_private(&mut self, entity: Handle) {
        self.rows.private.push(EntityId(entity.0));
    }

    /// Adds the statement that a list is whole.
    pub fn complete(&mut self, complete: NewComplete) {
        self.completes.push(complete);
    }

    /// Adds the result of one reading of a claim.
    pub fn review(&mut self, new: &NewReview) {
        let mut text = |text: &Option<String>| text.as_ref().map(|text| self.intern(text));
        let (note, seen) = (text(&new.note), text(&new.seen));
        let (claim, by) = (self.intern(&new.claim), self.intern(&new.by));
        let on = new.on.as_ref().map(|when| self.intern_when(when));
        self.rows.reviews.push(Review { claim, by, on, verdict: new.verdict, note, seen });
    }

    /// Sorts private entities and reviews, each once.
    pub(super) fn order_about(&mut self) {
        let rows = &mut self.rows;
        rows.private.sort_unstable();
        rows.private.dedup();
        let mut reviews = std::mem::take(&mut rows.reviews);
        reviews.sort_by(|a, b| compare_reviews(rows, a, b));
        reviews.dedup_by(|a, b| compare_reviews(rows, a, b).is_eq());
        rows.reviews = reviews;
    }

    /// Renumbers the subjects of the lists that are whole.
    pub(super) fn renumber_completes(&mut self, entities: &[u32]) {
        for row in &mut self.completes {
            row.of = Handle(entities[row.of.0 as usize]);
        }
    }

    /// Adds the sorted lists to the dossier, each once, after names and claims, whose evidence is merged before.
    pub(super) fn write_completes(&mut self) {
        let new = std::mem::take(&mut self.completes);
        if new.is_empty() {
            return;
        }
        let ranks = place_ranks(&self.rows);
        let mut completes: Vec<Complete> = new.into_iter().map(|new| self.complete_row(new, &ranks)).collect();
        completes.sort_by(|a, b| compare_completes(&self.rows, a, b));
        completes.dedup_by(|a, b| compare_completes(&self.rows, a, b).is_eq());
        self.rows.completes = completes;
    }

    fn complete_row(&mut self, mut new: NewComplete, ranks: &[u32]) -> Complete {
        new.evidence.sort_by_key(|place| ranks[place.0 as usize]);
        new.evidence.dedup();
        Complete {
            of: EntityId(new.of.0),
            list: self.intern(&new.list),
            since: new.since.map(|when| self.intern_when(&when)),
            until: new.until.map(|when| self.intern_when(&when)),
            reason: new.reason.map(|reason| self.intern(&reason)),
            evidence: self.evidence(&new.evidence),
        }
    }
}

fn compare_completes(rows: &Dossier, a: &Complete, b: &Complete) -> std::cmp::Ordering {
    let places = |row: &Complete| rows.evidence.of(row.evidence);
    a.of.cmp(&b.of)
        .then_with(|| rows.text(a.list).cmp(rows.text(b.list)))
        .then_with(|| compare_whens(rows, a.since, b.since))
        .then_with(|| compare_whens(rows, a.until, b.until))
        .then_with(|| compare_texts(rows, a.reason, b.reason))
        .then_with(|| {
            let differing =
                places(a).zip(places(b)).map(|(a, b)| compare_places(rows, a, b)).find(|order| order.is_ne());
            differing.unwrap_or_else(|| places(a).len().cmp(&places(b).len()))
        })
}

fn compare_reviews(rows: &Dossier, a: &Review, b: &Review) -> std::cmp::Ordering {
    rows.text(a.claim)
        .cmp(rows.text(b.claim))
        .then_with(|| compare_whens(rows, a.on, b.on))
        .then_with(|| rows.text(a.by).cmp(rows.text(b.by)))
        .then_with(|| a.verdict.cmp(&b.verdict))
        .then_with(|| compare_texts(rows, a.note, b.note))
        .then_with(|| compare_texts(rows, a.seen, b.seen))
}
