//! More persons who surely held one post at the same time than it has holders, and a post that is said to be vacant while somebody surely held
//! it, nobody acting.
//!
//! A day on which one term ends and the next, or a vacancy, begins is that of the handover, and no overlap.
//!
//! Invariant: of the terms that run, no more are kept than the post has holders and [`MAX_COMPARED`] others, those that
//! last longest; a term is held against them only if they are more than the post has holders.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use super::MAX_COMPARED;
use super::report::Report;
use super::same::Judged;
use crate::graph::slots::is_actual;
use crate::model::{ClaimId, Core, CoreKind, DayWindow, EntityId, Value, When};
use crate::offices::{DateRole, Term, stated_vacancies, terms_of};
use crate::soundness::{About, Code, Finding};

/// The manner of a tenure that stands beside another.
const ACTING: &str = "acting";

/// The days on which a person is surely in office, from the first to the last.
struct Held<'a> {
    term: &'a Term,
    person: EntityId,
    first: NaiveDate,
    last: NaiveDate,
}

pub(super) fn find(report: &mut Report<'_>) {
    let mut judged = Judged::new(report.dossier);
    for post in report.dossier.of_core(CoreKind::Post) {
        let terms = terms_of(report.world, post);
        let mut held: Vec<Held<'_>> =
            terms.iter().filter(|term| !is_acting(report, term.tenure)).filter_map(Held::of).collect();
        held.sort_by_key(|held| (held.first, held.term.tenure));
        for (claim, days) in stated_vacancies(report.world, post) {
            if let Some(held) = held.iter().find(|held| held.has_day_of(days)) {
                report.add(vacant_but_held(report, claim, held));
            }
        }
        let beside = holders_of(report, post).saturating_sub(1);
        // The one that lasts longest comes first.
        let mut running: BTreeMap<(Reverse<NaiveDate>, usize), &Held<'_>> = BTreeMap::new();
        for (number, later) in held.iter().enumerate() {
            while running.last_entry().is_some_and(|earliest| earliest.get().last < later.first) {
                running.pop_last();
            }
            if running.len() > beside {
                let mut others: Vec<&Held<'_>> = Vec::new();
                let mut persons: HashSet<EntityId> = HashSet::from([judged.group(later.person)]);
                for earlier in running.values().filter(|earlier| later.overlaps(earlier)) {
                    // Several terms of one person are one holder.
                    if persons.insert(judged.group(earlier.person)) {
                        others.push(earlier);
                    }
                }
                for earlier in others.into_iter().skip(beside) {
                    report.add(overlap(report, post, later, earlier, beside.saturating_add(2)));
                }
            }
            running.insert((Reverse(later.last), number), later);
            if running.len() > beside.saturating_add(MAX_COMPARED) {
                running.pop_last();
            }
        }
    }
}

impl<'a> Held<'a> {
    /// Returns the days on which the person of a term is surely in office; `None` if there is no such day.
    fn of(term: &'a Term) -> Option<Self> {
        let (first, last) = (term.first()?.latest?, term.last()?.earliest?);
        (first <= last).then_some(Self { term, person: term.person?, first, last })
    }

    /// Returns true if both are surely in office on a day that is not that of a handover.
    fn overlaps(&self, other: &Self) -> bool {
        let shared = self.first.max(other.first)..=self.last.min(other.last);
        !shared.is_empty() && !self.may_follow(other) && !other.may_follow(self)
    }

    /// Returns true if the person is surely in office on a day of these that is not that of a handover.
    fn has_day_of(&self, days: DayWindow) -> bool {
        days.latest.is_none_or(|last| self.first < last) && days.earliest.is_none_or(|first| first < self.last)
    }

    /// Returns true if it begins on the last day of the other, which may have ended on that day.
    fn may_follow(&self, other: &Self) -> bool {
        let only_begins = other.term.facts.iter().all(|fact| fact.role == DateRole::Start);
        self.first == other.last && !only_begins
    }
}

/// Returns the number of persons who hold a post at one time: the greatest that is stated, else one.
fn holders_of(report: &Report<'_>, post: EntityId) -> usize {
    let stated = report.dossier.slot(post, Core::Holders).iter().filter(|claim| is_actual(claim));
    let counts = stated.filter_map(|claim| match claim.value {
        Value::Number { number, .. } => Some(number.get()),
        Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    });
    #[expect(clippy::cast_sign_loss, reason = "at least one")]
    counts.map(|count| count.max(1.0) as usize).max().unwrap_or(1)
}

fn is_acting(report: &Report<'_>, tenure: EntityId) -> bool {
    report.dossier.slot(tenure, Core::Manner).iter().any(|claim| match claim.value {
        Value::Text(text) => is_actual(claim) && report.dossier.text(text).trim().eq_ignore_ascii_case(ACTING),
        Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => false,
    })
}

fn vacant_but_held(report: &Report<'_>, vacant: ClaimId, held: &Held<'_>) -> Finding {
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
fn stated(report: &Report<'_>, terms: &[&Held<'_>], day: NaiveDate) -> String {
    let facts = terms.iter().flat_map(|held| &held.term.facts);
    let limits = facts.filter(|fact| [fact.window.earliest, fact.window.latest].contains(&Some(day)));
    let finest =
        limits.min_by_key(|fact| fact.window.earliest.zip(fact.window.latest).map(|(first, last)| last - first));
    finest.map_or_else(|| day.to_string(), |fact| report.dossier.when(fact.when).stated())
}

fn overlap(report: &Report<'_>, post: EntityId, later: &Held<'_>, earlier: &Held<'_>, holders: usize) -> Finding {
    let dossier = report.dossier;
    let found = format!(
        "the terms of {} and {} as {} overlap from {} to {}",
        dossier.id(earlier.person),
        dossier.id(later.person),
        dossier.id(post),
        stated(report, &[later, earlier], later.first),
        stated(report, &[later, earlier], later.last.min(earlier.last)),
    );
    let about = later.term.facts.iter().find(|fact| fact.role == DateRole::Start).or(later.term.facts.first());
    let about = about.map_or(About::Entity(later.term.tenure), |fact| About::Claim(fact.claim));
    let expected = format!(
        "expected terms one after another, manner = \"acting\" in one of them, or holders = {holders} on the post"
    );
    Finding::new(Code::OverlapHolders, about, found, expected).with_second(About::Entity(earlier.term.tenure))
}
