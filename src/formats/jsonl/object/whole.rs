//! The objects of what a dossier says of itself and of its rows: its description, judgements, whole lists, reviews.
//!
//! Invariant: as in the parent module.

use serde::Serialize;

use super::{EvidenceObject, WhenObject};
use crate::model::complete::Complete;
use crate::model::dossier::Judgement;
use crate::model::id::WhenId;
use crate::model::{ClaimId, Digests, Dossier, Hemisphere, Place, Review, ReviewVerdict, Sameness};

/// The description of a dossier.
#[derive(Debug, Serialize)]
pub(in super::super) struct MetaObject<'a> {
    key: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    horizon: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
    /// The word for how digests are made, unless they are plain.
    #[serde(skip_serializing_if = "Option::is_none")]
    digests: Option<Digests>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hemisphere: Option<Hemisphere>,
}

impl<'a> MetaObject<'a> {
    pub(in super::super) fn new(dossier: &'a Dossier) -> Self {
        let meta = dossier.meta();
        Self {
            key: &meta.key,
            title: &meta.title,
            span: meta.span.as_ref().map(WhenObject::new),
            horizon: meta.horizon.as_ref().map(WhenObject::new),
            licence: meta.licence.as_deref(),
            origin: meta.origin.as_deref(),
            digests: Some(meta.digests).filter(|digests| *digests != Digests::default()),
            documents: meta.documents.as_deref(),
            hemisphere: Some(meta.hemisphere).filter(|&hemisphere| hemisphere != Hemisphere::default()),
        }
    }
}

/// A judgement of two similar entities.
#[derive(Debug, Serialize)]
pub(in super::super) struct Judged<'a> {
    a: &'a str,
    b: &'a str,
    verdict: Sameness,
    reason: &'a str,
}

impl<'a> Judged<'a> {
    pub(in super::super) fn new(dossier: &'a Dossier, row: &Judgement) -> Self {
        Self { a: dossier.id(row.a), b: dossier.id(row.b), verdict: row.verdict, reason: dossier.text(row.reason) }
    }
}

/// A place that carries no fact.
#[derive(Debug, Serialize)]
pub(in super::super) struct UnclaimedObject<'a> {
    #[serde(flatten)]
    pub(super) place: EvidenceObject<'a>,
    reason: &'a str,
}

impl<'a> UnclaimedObject<'a> {
    pub(in super::super) fn new(dossier: &'a Dossier, place: &Place, reason: &'a str) -> Self {
        Self { place: EvidenceObject::new(dossier, place), reason }
    }
}

/// The statement that a list is whole.
#[derive(Debug, Serialize)]
pub(in super::super) struct CompleteObject<'a> {
    of: &'a str,
    list: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    pub(super) evidence: Vec<EvidenceObject<'a>>,
}

impl<'a> CompleteObject<'a> {
    pub(in super::super) fn new(dossier: &'a Dossier, row: &Complete) -> Self {
        let date = |id: Option<WhenId>| id.map(|id| WhenObject::new(dossier.when(id)));
        Self {
            of: dossier.id(row.of),
            list: dossier.text(row.list),
            since: date(row.since),
            until: date(row.until),
            reason: row.reason.map(|reason| dossier.text(reason)),
            evidence: dossier.complete_evidence(row).map(|place| EvidenceObject::new(dossier, place)).collect(),
        }
    }
}

/// The result of one reading of a claim.
#[derive(Debug, Serialize)]
pub(in super::super) struct ReviewObject<'a> {
    claim: &'a str,
    by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<WhenObject<'a>>,
    verdict: ReviewVerdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<&'a str>,
    /// True if the claim is gone, or differs from the one that was read.
    stale: bool,
}

impl<'a> ReviewObject<'a> {
    /// Returns the reviews of a dossier.
    pub(in super::super) fn all(dossier: &'a Dossier) -> Vec<Self> {
        dossier.reviewed().into_iter().map(|(row, claim)| Self::new(dossier, row, claim)).collect()
    }

    pub(super) fn new(dossier: &'a Dossier, row: &Review, claim: Option<ClaimId>) -> Self {
        Self {
            claim: dossier.text(row.claim),
            by: dossier.text(row.by),
            on: row.on.map(|on| WhenObject::new(dossier.when(on))),
            verdict: row.verdict,
            note: row.note.map(|note| dossier.text(note)),
            seen: row.seen.map(|seen| dossier.text(seen)),
            stale: dossier.is_stale(row, claim),
        }
    }
}
