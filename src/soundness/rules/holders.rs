//! More persons who surely held one post at the same time than it has holders, and a post that is said to be vacant while somebody surely held
//! it, nobody acting.
//!
//! A day on which one term ends and the next, or a vacancy, begins is that of the handover, and no overlap.
//!
//! Invariant: the overlaps are those of [`crate::verdicts::holders`].

use chrono::NaiveDate;

use super::report::Report;
use crate::graph::judged::Judged;
use crate::model::{ClaimId, CoreKind, EntityId, When};
use crate::offices::{DateRole, stated_vacancies};
use crate::soundness::{About, Code, Finding};
use crate::verdicts::holders::{Held, Overlap, held, overlaps};

pub(super) fn find(report: &mut Report<'_>) {
    let mut judged = Judged::new(report.dossier);
    for post in report.dossier.of_core(CoreKind::Post) {
        let held = held(report.world, post);
        for (claim, days) in stated_vacancies(report.world, post) {
            if let Some(held) = held.iter().find(|held| held.has_day_of(days)) {
                report.add(vacant_but_held(report, claim, held));
            }
        }
        let mut found: Vec<Finding> = Vec::new();
        overlaps(report.dossier, &mut judged, post, &held, |both| found.push(overlap(report, post, both)));
        for finding in found {
            report.add(finding);
        }
    }
}

fn vacant_but_held(report: &Report<'_>, vacant: ClaimId, held: &Held) -> Finding {
    let dossier = report.dossier;
    let claim = dossier.claim(vacant);
    let when = dossier.date(claim).map_or("", When::edtf);
    let found = format!(
        "{} is said to be vacant {when}, but {} held it from {} to {} at least",
        dossier.id(claim.subject),
        dossier.id(held.person),
        stated(report, &[held], held.first),
        stated(report, &[held], held.last),
    );
    let expected = "expected days on which nobody held it, or manner = \"acting\" in the term";
    Finding::new(Code::VacantButHeld, About::Claim(vacant), found, expected)
        .with_second(About::Entity(held.term.tenure))
}

/// Returns the finest date of these terms that begins or ends on a day, as it is stated.
fn stated(report: &Report<'_>, terms: &[&Held], day: NaiveDate) -> String {
    let facts = terms.iter().flat_map(|held| &held.term.facts);
    let limits = facts.filter(|fact| [fact.window.earliest, fact.window.latest].contains(&Some(day)));
    let finest =
        limits.min_by_key(|fact| fact.window.earliest.zip(fact.window.latest).map(|(first, last)| last - first));
    finest.map_or_else(|| day.to_string(), |fact| report.dossier.when(fact.when).stated())
}

fn overlap(report: &Report<'_>, post: EntityId, both: Overlap<'_>) -> Finding {
    let dossier = report.dossier;
    let Overlap { earlier, later, holders } = both;
    let (first, last) = both.days();
    let found = format!(
        "the terms of {} and {} as {} overlap from {} to {}",
        dossier.id(earlier.person),
        dossier.id(later.person),
        dossier.id(post),
        stated(report, &[later, earlier], first),
        stated(report, &[later, earlier], last),
    );
    let about = later.term.facts.iter().find(|fact| fact.role == DateRole::Start).or(later.term.facts.first());
    let about = about.map_or(About::Entity(later.term.tenure), |fact| About::Claim(fact.claim));
    let expected = format!(
        "expected terms one after another, manner = \"acting\" in one of them, or holders = {holders} on the post"
    );
    Finding::new(Code::OverlapHolders, about, found, expected).with_second(About::Entity(earlier.term.tenure))
}
