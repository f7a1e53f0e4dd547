//! Dates that cannot be right: an end before its beginning, and dates outside of the span, after the horizon, or after
//! the documents that state them.
//!
//! Invariant: only what is so with every reading of the dates is found, and a bound that is not known decides nothing.

use chrono::NaiveDate;

use super::report::{DatePart, Report, claims_of, is_held};
use crate::graph::slots::is_actual;
use crate::model::{Claim, ClaimId, DayWindow, Dossier, EntityId, Modality, When};
use crate::soundness::{About, Code, Finding};
use crate::vocabulary::Role;

pub(super) fn find(report: &mut Report<'_>) {
    for (id, claim) in report.dossier.claims() {
        within_claim(report, id, claim);
    }
    for entity in report.dossier.entities() {
        ends_before_begins(report, entity);
    }
    for (id, claim) in report.dossier.claims().filter(|(_, claim)| is_held(claim)) {
        outside_span(report, id, claim);
        after_horizon(report, id, claim);
        after_published(report, id, claim);
    }
}

/// Compares the two ends of the time of one value.
fn within_claim(report: &mut Report<'_>, id: ClaimId, claim: &Claim) {
    let (Some(start), Some(end)) = (claim.start, claim.end) else { return };
    let (start, end) = (report.dossier.when(start), report.dossier.when(end));
    if end.window().surely_before(start.window()) {
        report.add(reversed(id, start, end).at_key("end"));
    }
}

/// Compares each end of an entity with its beginnings. What is told to have begun several times began with the first.
fn ends_before_begins(report: &mut Report<'_>, entity: EntityId) {
    let Some((first, begins)) = report.first_begins(entity) else { return };
    let dossier = report.dossier;
    for (id, claim) in claims_of(dossier, entity) {
        if !is_actual(claim) || !dossier.vocabulary().has_role(claim.property, Role::Ends) {
            continue;
        }
        if let Some(ends) = dossier.date(claim).filter(|ends| ends.window().surely_before(begins.window())) {
            report.add(reversed(id, begins, ends).with_second(About::Claim(first)));
        }
    }
}

fn reversed(end: ClaimId, begins: &When, ends: &When) -> Finding {
    let found = format!("the end {} lies before the beginning {}", ends.edtf(), begins.edtf());
    let expected = format!("expected an end from {} on", begins.edtf());
    Finding::new(Code::EndsBeforeBegins, About::Claim(end), found, expected)
}

fn outside_span(report: &mut Report<'_>, id: ClaimId, claim: &Claim) {
    let Some(span) = &report.dossier.meta().span else { return };
    let is_outside = |window: DayWindow| window.surely_before(span.window()) || span.window().surely_before(window);
    if let Some((part, when)) = report.dates(claim).find(|(_, when)| is_outside(when.window())) {
        let found = format!("{} is outside the span {}", when.edtf(), span.edtf());
        let expected = "expected a date within it, or a longer span";
        report.add(Finding { key: part.key(), ..Finding::new(Code::OutsideSpan, About::Claim(id), found, expected) });
    }
}

fn after_horizon(report: &mut Report<'_>, id: ClaimId, claim: &Claim) {
    let Some(horizon) = &report.dossier.meta().horizon else { return };
    if claim.modality() != Modality::Actual {
        return;
    }
    if let Some((part, when)) = report.dates(claim).find(|(_, when)| horizon.window().surely_before(when.window())) {
        let found = format!("{} is after the horizon {}", when.edtf(), horizon.edtf());
        let expected = "expected modality = \"planned\", or a later horizon";
        report.add(Finding { key: part.key(), ..Finding::new(Code::AfterHorizon, About::Claim(id), found, expected) });
    }
}

/// Compares the dates of a claim with the day of its newest document.
fn after_published(report: &mut Report<'_>, id: ClaimId, claim: &Claim) {
    let dossier = report.dossier;
    let Some((published, newest)) = newest_document(dossier, claim) else { return };
    let mut after = report.dates(claim).filter(|(_, when)| when.earliest().is_some_and(|first| first > newest));
    let is_fact = claim.modality() == Modality::Actual;
    let (mut fact, mut as_of) = (None, None);
    for (part, when) in &mut after {
        match part {
            DatePart::Value | DatePart::Start | DatePart::End if is_fact && fact.is_none() => fact = Some((part, when)),
            DatePart::Value | DatePart::Start | DatePart::End => {}
            DatePart::AsOf => as_of = Some(when),
        }
    }
    if let Some((part, when)) = fact {
        let found = format!("{} is after its document, published {}", when.edtf(), published.edtf());
        let expected = "expected modality = \"planned\", or a document of a later day";
        report
            .add(Finding { key: part.key(), ..Finding::new(Code::AfterPublished, About::Claim(id), found, expected) });
    }
    if let Some(when) = as_of {
        let found = format!("as of {}, but its document was published {}", when.edtf(), published.edtf());
        let expected = "expected a day up to that of the document";
        report.add(Finding::new(Code::AsOfAfterPublished, About::Claim(id), found, expected).at_key("as_of"));
    }
}

/// Returns the date and the last possible day of publication of the newest document that a claim cites; `None` if that of
/// any is not known.
fn newest_document<'a>(dossier: &'a Dossier, claim: &Claim) -> Option<(&'a When, NaiveDate)> {
    let mut newest: Option<(&When, NaiveDate)> = None;
    for place in dossier.evidence(claim) {
        let published = dossier.document(place.document).published.as_ref()?;
        let last = published.latest()?;
        if newest.is_none_or(|(_, day)| day < last) {
            newest = Some((published, last));
        }
    }
    newest
}
