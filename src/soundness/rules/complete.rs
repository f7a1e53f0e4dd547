//! Members of a list that is declared whole which the documents of that declaration do not name.
//!
//! Invariant: a member counts only if it surely belongs to the days for which the list is whole; of one without a date
//! these days are only those of documents that surely appeared later.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use super::report::{Report, ValueKey, value_key};
use crate::graph::slots::is_actual;
use crate::model::complete::Members;
use crate::model::{Claim, ClaimId, Complete, Core, DayWindow, DocumentId, Dossier, EntityId, Value, When};
use crate::offices::days_of_list;
use crate::soundness::{About, Code, Finding};
use crate::vocabulary::Role;

pub(super) fn find(report: &mut Report<'_>) {
    let dossier = report.dossier;
    let documents_of: HashMap<EntityId, DocumentId> =
        dossier.documents().map(|(id, document)| (document.entity, id)).collect();
    let mut claims_of: Option<HashMap<DocumentId, Vec<ClaimId>>> = None;
    for (row, complete) in dossier.completes().iter().enumerate() {
        let Some(days) = days_of_list(report.world, complete) else { continue };
        let Some(members) = Members::of_list(dossier.text(complete.list), dossier.vocabulary()) else { continue };
        let mut documents: BTreeSet<DocumentId> =
            dossier.complete_evidence(complete).map(|place| place.document).collect();
        let of_document = documents_of.get(&complete.of).copied();
        documents.extend(of_document);
        if documents.is_empty() {
            continue;
        }
        let list = List { complete, row, days, members, documents };
        match of_document {
            Some(_) => list.of_all(report, claims_of.get_or_insert_with(|| claims_by_document(dossier))),
            None => list.of_one(report, complete.of),
        }
    }
}

/// Returns the claims that cite each document.
fn claims_by_document(dossier: &Dossier) -> HashMap<DocumentId, Vec<ClaimId>> {
    let mut claims: HashMap<DocumentId, Vec<ClaimId>> = HashMap::new();
    for (id, claim) in dossier.claims() {
        for place in dossier.evidence(claim) {
            claims.entry(place.document).or_default().push(id);
        }
    }
    claims
}

/// A list that is declared whole.
struct List<'a> {
    complete: &'a Complete,
    row: usize,
    days: DayWindow,
    members: Members,
    documents: BTreeSet<DocumentId>,
}

impl List<'_> {
    /// Judges the list of one subject.
    fn of_one(&self, report: &mut Report<'_>, subject: EntityId) {
        for member in self.members_of(report, subject) {
            self.judge(report, subject, &member);
        }
    }

    /// Judges the lists of all subjects of which a document lists a member.
    fn of_all(&self, report: &mut Report<'_>, claims_of: &HashMap<DocumentId, Vec<ClaimId>>) {
        let dossier = report.dossier;
        let cited = self.documents.iter().filter_map(|document| claims_of.get(document)).flatten();
        let subjects: BTreeSet<EntityId> =
            cited.filter_map(|&id| self.subject_of(dossier, dossier.claim(id))).collect();
        for subject in subjects {
            self.of_one(report, subject);
        }
    }

    /// Returns the subject of which a claim makes something a member.
    fn subject_of(&self, dossier: &Dossier, claim: &Claim) -> Option<EntityId> {
        let words = dossier.vocabulary();
        let is_of = |kind| words.is_below(dossier.entity(claim.subject).kind, kind);
        let subject = match self.members {
            Members::Values(property) => (claim.property == property).then_some(claim.subject),
            Members::Linked(kind) => Dossier::target(claim).filter(|_| is_of(kind)),
            Members::Parts(kind) => Dossier::target(claim).filter(|_| is_of(kind) && words.is_whole(claim.property)),
        };
        subject.filter(|_| is_actual(claim))
    }

    /// Returns the claims that make each member of the list of a subject one, in the order of the dossier.
    fn members_of(&self, report: &Report<'_>, subject: EntityId) -> Vec<Vec<ClaimId>> {
        let dossier = report.dossier;
        let candidates: Vec<ClaimId> = match self.members {
            Members::Values(_) => dossier.claim_ids_of(subject).collect(),
            Members::Linked(_) | Members::Parts(_) => report.world.links().to(subject).to_vec(),
        };
        let mut known: HashMap<ValueKey, usize> = HashMap::new();
        let mut members: Vec<Vec<ClaimId>> = Vec::new();
        for id in candidates {
            let claim = dossier.claim(id);
            if self.subject_of(dossier, claim) != Some(subject) {
                continue;
            }
            let member = match self.members {
                Members::Values(_) => claim.value,
                Members::Linked(_) | Members::Parts(_) => Value::Entity(claim.subject),
            };
            let at = *known.entry(value_key(member)).or_insert(members.len());
            match members.get_mut(at) {
                Some(member) => member.push(id),
                None => members.push(vec![id]),
            }
        }
        members
    }

    /// Returns true if a claim cites a document of the list.
    fn is_cited_by(&self, dossier: &Dossier, claim: &Claim) -> bool {
        dossier.evidence(claim).any(|place| self.documents.contains(&place.document))
    }

    /// Adds a finding for a member that other documents alone name.
    fn judge(&self, report: &mut Report<'_>, subject: EntityId, member: &[ClaimId]) {
        let dossier = report.dossier;
        let claims = || member.iter().map(|&id| dossier.claim(id));
        let is_named = claims().any(|claim| self.is_cited_by(dossier, claim));
        let cited: Vec<ClaimId> =
            member.iter().copied().filter(|&id| dossier.evidence(dossier.claim(id)).len() > 0).collect();
        let broken = match self.members {
            // Each claim has times of its own; what has none is dated by the others.
            Members::Values(_) => {
                let is_dated = |id: &ClaimId| !self.points(dossier, &[*id]).is_empty();
                let is_any_dated = member.iter().any(is_dated);
                let judged = cited.iter().filter(|id| !is_any_dated || is_dated(id));
                judged.copied().find(|&id| self.is_of_these_days(dossier, &[id]))
            }
            Members::Linked(_) | Members::Parts(_) => {
                cited.first().copied().filter(|_| self.is_of_these_days(dossier, member))
            }
        };
        if let Some(first) = broken.filter(|_| !is_named) {
            report.add(self.broken(dossier, subject, first));
        }
    }

    /// Returns the finding for a member, about the claim that makes it one and has no place of the list.
    fn broken(&self, dossier: &Dossier, subject: EntityId, about: ClaimId) -> Finding {
        let claim = dossier.claim(about);
        let name = |claim: &Claim| dossier.vocabulary().name(claim.property);
        let mut found = format!(
            "{} is not in the list of {} of {}, which is said to be whole",
            self.name(dossier, claim),
            dossier.text(self.complete.list),
            dossier.id(subject),
        );
        // What else the list says of the member does not make it one.
        let others = match self.members {
            Members::Values(_) => &[],
            Members::Linked(_) | Members::Parts(_) => dossier.claims_of(claim.subject),
        };
        let other = others.iter().find(|other| self.is_cited_by(dossier, other));
        if let Some(other) = other {
            let _ = write!(found, "; \"{}\" has a place of it, \"{}\" has none", name(other), name(claim));
        }
        let again = if other.is_some() { " once more" } else { "" };
        let expected = format!(
            "expected \"{}\"{again} with a place of that list, or a shorter time for which it is whole",
            name(claim)
        );
        Finding::new(Code::CompleteBroken, About::Claim(about), found, expected).with_second(About::Complete(self.row))
    }

    /// Returns the words for a member.
    fn name(&self, dossier: &Dossier, claim: &Claim) -> String {
        let member = match self.members {
            Members::Values(_) => Dossier::target(claim),
            Members::Linked(_) | Members::Parts(_) => Some(claim.subject),
        };
        match member {
            Some(entity) => dossier.id(entity).to_owned(),
            None => format!("a value of \"{}\"", dossier.property(claim.property).name),
        }
    }

    /// Returns true if a member belongs to the days for which the list is whole.
    fn is_of_these_days(&self, dossier: &Dossier, member: &[ClaimId]) -> bool {
        let points = self.points(dossier, member);
        if points.is_empty() {
            let mut places = member.iter().flat_map(|&id| dossier.evidence(dossier.claim(id)));
            let is_later = |document: DocumentId| {
                let published = dossier.document(document).published.as_ref();
                published.is_some_and(|published| self.days.surely_before(published.window()))
            };
            return !places.all(|place| is_later(place.document));
        }
        let begun = points.iter().filter_map(|point| point.latest).min();
        let lasting = points.iter().filter_map(|point| point.earliest).max();
        let has_begun = self.days.latest.is_none_or(|last| begun.is_some_and(|day| day <= last));
        let lasts = self.days.earliest.is_none_or(|first| lasting.is_some_and(|day| first <= day));
        has_begun && lasts
    }

    /// Returns the dates on which something is known to be a member.
    fn points(&self, dossier: &Dossier, member: &[ClaimId]) -> Vec<DayWindow> {
        let mut points: Vec<DayWindow> = Vec::new();
        for claim in member.iter().map(|&id| dossier.claim(id)) {
            let value = match self.members {
                Members::Values(_) => Dossier::date_id(claim),
                Members::Linked(_) | Members::Parts(_) => {
                    let dates = dossier.claims_of(claim.subject).iter().filter(|claim| dates_subject(dossier, claim));
                    points.extend(dates.filter_map(|claim| dossier.date(claim)).map(When::window));
                    None
                }
            };
            let times = [value, claim.start, claim.end, claim.as_of].into_iter().flatten();
            points.extend(times.map(|id| dossier.when(id).window()));
        }
        points
    }
}

/// Returns true if a claim tells a day on which its subject was there.
fn dates_subject(dossier: &Dossier, claim: &Claim) -> bool {
    let words = dossier.vocabulary();
    let is_of_life = words.has_role(claim.property, Role::Begins) || words.has_role(claim.property, Role::Ends);
    is_actual(claim) && (is_of_life || claim.property == Core::When || claim.property == Core::Attested)
}
