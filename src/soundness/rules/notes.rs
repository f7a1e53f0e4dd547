//! What may be intended, and is told on demand.
//!
//! Invariant: nothing here keeps a dossier from being shown as it is.

use std::collections::{HashMap, HashSet};

use super::identity;
use super::report::{DatePart, Report, claims_of, is_held};
use crate::graph::slots::is_actual;
use crate::model::when::{Precision, Shape};
use crate::model::{Claim, ClaimId, Core, CoreKind, Dossier, EntityId, Modality, Range, Reference, Value, When};
use crate::soundness::{About, Code, Finding};
use crate::text::fold::fold;
use crate::vocabulary::{Role, TextForm};

/// Dates that programs write for "not known".
const ZERO_DAYS: &[&str] = &["1900-01-01", "1970-01-01"];

pub(super) fn find(report: &mut Report<'_>) {
    identity::note_shared_names(report);
    for entity in report.dossier.entities() {
        end_without_start(report, entity);
        never_dated(report, entity);
        one_sided(report, entity);
        orphan(report, entity);
    }
    unused_sources(report);
    texts_for_links(report);
    for (id, claim) in report.dossier.claims() {
        suspicious_date(report, id, claim);
    }
    no_horizon(report);
}

/// Notes the first actual end of an entity of which nothing tells the beginning, and of each value likewise.
fn end_without_start(report: &mut Report<'_>, entity: EntityId) {
    let dossier = report.dossier;
    let has_role = |claim: &Claim, role| dossier.vocabulary().has_role(claim.property, role);
    let begins = dossier.claims_of(entity).iter().any(|claim| has_role(claim, Role::Begins) && is_told(claim));
    let mut is_noted = begins;
    for (id, claim) in claims_of(dossier, entity) {
        let ends = has_role(claim, Role::Ends) && is_actual(claim) && dossier.date(claim).is_some();
        let value_ends = claim.end.is_some() && claim.start.is_none() && is_actual(claim);
        if value_ends || ends && !is_noted {
            let found = format!("{} has an end without a start", dossier.id(entity));
            let finding =
                Finding::new(Code::EndWithoutStart, About::Claim(id), found, "expected a start, if only a bound");
            report.add(Finding { key: value_ends.then_some("end"), ..finding });
        }
        is_noted |= ends;
    }
}

/// Returns true unless a document denies the claim, or the dossier's authors know it to be wrong.
fn is_told(claim: &Claim) -> bool {
    claim.modality() != Modality::Denied && is_held(claim)
}

/// Notes an event or a tenure without a date, be it the time of its post.
fn never_dated(report: &mut Report<'_>, entity: EntityId) {
    let dossier = report.dossier;
    let kind = dossier.core_kind(entity);
    let dates_post = |claim: &Claim| {
        let times = [claim.start, claim.end, claim.as_of];
        kind == CoreKind::Tenure && claim.property == Core::Post && times.iter().any(Option::is_some)
    };
    let is_dated = |claim: &Claim| dossier.date(claim).is_some() || dates_post(claim);
    if matches!(kind, CoreKind::Event | CoreKind::Tenure) && !dossier.claims_of(entity).iter().any(is_dated) {
        let found = format!("{} has no date", dossier.id(entity));
        report.add(Finding::new(Code::NeverDated, About::Entity(entity), found, "expected a date, if only a bound"));
    }
}

fn one_sided(report: &mut Report<'_>, entity: EntityId) {
    let dossier = report.dossier;
    if dossier.core_kind(entity) != CoreKind::Agreement {
        return;
    }
    let parties = claims_of(dossier, entity).filter(|(_, claim)| claim.property == Core::Party && is_told(claim));
    let parties: Vec<(ClaimId, EntityId)> =
        parties.filter_map(|(id, claim)| Some((id, Dossier::target(claim)?))).collect();
    let (about, count) = match parties[..] {
        [] => (About::Entity(entity), "no party"),
        [(first, party), ref others @ ..] if others.iter().all(|&(_, other)| other == party) => {
            (About::Claim(first), "one party")
        }
        _ => return,
    };
    let found = format!("{} has {count}", dossier.id(entity));
    report.add(Finding::new(Code::OneSided, about, found, "expected two parties or more"));
}

fn orphan(report: &mut Report<'_>, entity: EntityId) {
    let dossier = report.dossier;
    let is_other = |other: Option<EntityId>| other.is_some_and(|other| other != entity);
    let links_out = || dossier.claims_of(entity).iter().any(|claim| is_other(Dossier::target(claim)));
    let links_in = || report.world.links().to(entity).iter().any(|&id| is_other(Some(dossier.claim(id).subject)));
    if dossier.core_kind(entity) != CoreKind::Document && !links_out() && !links_in() {
        let found = format!("\"{}\" has no link to or from another", dossier.id(entity));
        report.add(Finding::new(Code::Orphan, About::Entity(entity), found, "expected a link in either direction"));
    }
}

fn unused_sources(report: &mut Report<'_>) {
    let dossier = report.dossier;
    let mut is_used = vec![false; dossier.documents().len()];
    let names = dossier.all_names().iter().flat_map(|name| dossier.name_evidence(name));
    let claims = dossier.all_claims().iter().flat_map(|claim| dossier.evidence(claim));
    let checks = dossier.checks().iter().flat_map(|check| dossier.check_evidence(check));
    let unclaimed = dossier.unclaimed().map(|(place, _)| place);
    for place in names.chain(claims).chain(checks).chain(unclaimed) {
        if let Some(used) = is_used.get_mut(place.document.index()) {
            *used = true;
        }
    }
    let unused = dossier.documents().zip(is_used).filter(|(_, is_used)| !is_used);
    for ((id, document), _) in unused {
        let slug = dossier.id(document.entity).split_once('/').map_or("", |(_, slug)| slug);
        let found = format!("nothing cites \"{slug}\"");
        let expected = "expected a claim of it, or [[unclaimed]] with the reason";
        report.add(Finding::new(Code::UnusedSource, About::Document(id), found, expected));
    }
}

/// Notes texts that are the name of another entity, unless a link to that stands beside them.
fn texts_for_links(report: &mut Report<'_>) {
    let dossier = report.dossier;
    let mut named: HashMap<String, EntityId> = HashMap::new();
    for entity in dossier.entities() {
        let names = dossier.names(entity).iter().map(|name| name.value);
        for text in std::iter::once(dossier.entity(entity).label).chain(names) {
            let folded = fold(dossier.text(text));
            if !folded.is_empty() {
                named.entry(folded).or_insert(entity);
            }
        }
    }
    // The entities to which a subject links; claims have the order of their subjects.
    let mut linked: Option<(EntityId, HashSet<EntityId>)> = None;
    for (id, claim) in dossier.claims() {
        let by = dossier.details(claim).and_then(|details| details.by).and_then(|by| match by {
            Reference::Text(text) => Some(dossier.text(text)),
            Reference::Entity(_) => None,
        });
        let mut is_new = |entity| {
            if linked.as_ref().is_none_or(|(subject, _)| *subject != claim.subject) {
                let targets = dossier.claims_of(claim.subject).iter().filter_map(Dossier::target);
                linked = Some((claim.subject, targets.collect()));
            }
            entity != claim.subject && linked.as_ref().is_some_and(|(_, targets)| !targets.contains(&entity))
        };
        let value =
            name_in(dossier, claim).map(|text| (text, named.get(&fold(text)).filter(|&&entity| is_new(entity))));
        let by = by.map(|text| (text, named.get(&fold(text))));
        for (text, entity) in value.into_iter().chain(by) {
            let Some(&entity) = entity else { continue };
            let found = format!("\"{text}\" is the name of {}", dossier.id(entity));
            report.add(Finding::new(Code::TextForLink, About::Claim(id), found, "expected a link to it"));
        }
    }
}

/// Returns the text of a claim if it may be the name of an entity: neither a word of a list nor a description.
fn name_in<'a>(dossier: &'a Dossier, claim: &Claim) -> Option<&'a str> {
    let Value::Text(text) = claim.value else { return None };
    let declared = dossier.property(claim.property);
    let takes_names = match &declared.range {
        Range::Text(TextForm::Plain) => declared.values.is_empty() && claim.property.core().is_none(),
        Range::Entity(_) => true,
        Range::Text(TextForm::Identifier | TextForm::Url) | Range::Number(_) | Range::Date => false,
    };
    takes_names.then(|| dossier.text(text))
}

fn suspicious_date(report: &mut Report<'_>, id: ClaimId, claim: &Claim) {
    let is_import = report.is_import;
    if let Some((part, when)) = report.dates(claim).find(|(_, when)| is_filled_in(when, is_import)) {
        let found = format!("{} looks like a day that a program filled in", when.edtf());
        let finding = Finding::new(Code::SuspiciousDate, About::Claim(id), found, "expected what the document states");
        report.add(Finding { key: DatePart::key(part), ..finding });
    }
}

/// Returns true for an exact day that programs write for one that is not known; in an import, for the first and the last
/// day of any year.
fn is_filled_in(when: &When, is_import: bool) -> bool {
    let is_exact = when.shape() == Shape::Date && when.precision() == Precision::Day && !when.is_qualified();
    let is_end_of_year = || when.edtf().ends_with("-01-01") || when.edtf().ends_with("-12-31");
    is_exact && (ZERO_DAYS.contains(&when.edtf()) || is_import && is_end_of_year())
}

/// Notes a dossier without a horizon that has terms without an end.
fn no_horizon(report: &mut Report<'_>) {
    let dossier = report.dossier;
    if dossier.meta().horizon.is_some() {
        return;
    }
    let is_open = |&tenure: &EntityId| {
        let has = |role| {
            let claims = dossier.claims_of(tenure).iter();
            claims
                .filter(|claim| dossier.vocabulary().has_role(claim.property, role))
                .any(|claim| dossier.date(claim).is_some())
        };
        let post_ends = || dossier.slot(tenure, Core::Post).iter().any(|claim| claim.end.is_some());
        has(Role::Begins) && !has(Role::Ends) && !post_ends()
    };
    let open = dossier.of_core(CoreKind::Tenure).filter(is_open).count();
    if open > 0 {
        let terms = if open == 1 { "1 term has".to_owned() } else { format!("{open} terms have") };
        let found = format!("{terms} no end, and the dossier no horizon");
        report.add(Finding::new(
            Code::NoHorizon,
            About::Dossier,
            found,
            "expected horizon = \"…\", the last day known",
        ));
    }
}
