//! Days on which a document says that a post is vacant, or on which its list of terms is whole.
//!
//! Invariant: a day counts only if it does with every reading of the dates; none before the first day that is known of
//! the post.

use chrono::NaiveDate;

use super::term::Term;
use crate::graph::Graph;
use crate::graph::slots::is_actual;
use crate::model::complete::Members;
use crate::model::when::Shape;
use crate::model::{ClaimId, Complete, Core, CoreKind, DayWindow, Dossier, EntityId, When};

/// What is said of the vacancies of a post.
#[derive(Debug)]
pub(super) struct Vacancies<'a> {
    stated: Vec<(ClaimId, DayWindow)>,
    whole: Vec<(&'a Complete, DayWindow)>,
}

impl<'a> Vacancies<'a> {
    /// Collects what is said of a post with these terms.
    pub(super) fn of(graph: &'a Graph, post: EntityId, terms: &[Term]) -> Self {
        let dossier = graph.dossier();
        let is_of_terms = |row: &&Complete| {
            let members = Members::of_list(dossier.text(row.list), dossier.vocabulary());
            members == Some(Members::tenures()) && (row.of == post || lists_term(graph, row, post, terms))
        };
        let rows = dossier.completes().iter().filter(is_of_terms);
        let mut whole: Vec<_> = rows.filter_map(|row| Some((row, days_of_list(graph, row)?))).collect();
        let mut stated = stated_vacancies(graph, post);
        // Without a beginning, they begin where the first date of the post does.
        let facts = terms.iter().flat_map(|term| &term.facts).map(|fact| fact.window);
        let said = stated.iter().map(|(_, window)| *window).chain(whole.iter().map(|(_, window)| *window));
        let first = facts.chain(said).flat_map(|window| [window.earliest, window.latest]).flatten().min();
        let windows = stated.iter_mut().map(|(_, window)| window).chain(whole.iter_mut().map(|(_, window)| window));
        for window in windows {
            window.earliest = window.earliest.or(first);
        }
        Self { stated, whole }
    }

    /// Returns the claim that the post is vacant on a day.
    pub(super) fn stated_on(&self, day: NaiveDate) -> Option<ClaimId> {
        self.stated.iter().find(|(_, window)| is_within(*window, day)).map(|(claim, _)| *claim)
    }

    /// Returns the statement that the terms of the post are all listed for a day.
    pub(super) fn whole_on(&self, day: NaiveDate) -> Option<&'a Complete> {
        self.whole.iter().find(|(_, window)| is_within(*window, day)).map(|(row, _)| *row)
    }

    /// Returns true if a document says that the post fell vacant after these days and by the day.
    pub(super) fn is_vacated(&self, last: DayWindow, day: NaiveDate) -> bool {
        let fell = |window: DayWindow| window.earliest.is_some_and(|first| first <= day) && last.surely_before(window);
        self.stated.iter().any(|(_, window)| fell(*window))
    }

    /// Returns the days at which an answer may change.
    pub(super) fn limits(&self) -> impl Iterator<Item = NaiveDate> {
        let windows = self.stated.iter().map(|(_, window)| window).chain(self.whole.iter().map(|(_, window)| window));
        windows.flat_map(|window| [window.earliest, window.latest]).flatten()
    }
}

/// Returns true if a list is that of a whole document, which has a term of the post.
fn lists_term(graph: &Graph, row: &Complete, post: EntityId, terms: &[Term]) -> bool {
    let dossier = graph.dossier();
    if dossier.core_kind(row.of) != CoreKind::Document {
        return false;
    }
    let Some((listed, _)) = dossier.documents().find(|(_, document)| document.entity == row.of) else { return false };
    let posts = terms.iter().flat_map(|term| dossier.slot(term.tenure, Core::Post));
    let mut of_post = posts.filter(|claim| Dossier::target(claim) == Some(post) && is_actual(claim));
    of_post.any(|claim| dossier.evidence(claim).any(|place| place.document == listed))
}

/// Returns the claims that a post is vacant, each with its days.
pub fn stated_vacancies(graph: &Graph, post: EntityId) -> Vec<(ClaimId, DayWindow)> {
    let dossier = graph.dossier();
    let claims = dossier.claim_ids_of(post).map(|id| (id, dossier.claim(id)));
    let stated = claims.filter(|(_, claim)| claim.property == Core::Vacant && is_actual(claim));
    let dated = stated.filter_map(|(id, claim)| {
        let when = dossier.date(claim).filter(|when| is_span(when))?;
        Some((id, when.window()))
    });
    dated.collect()
}

/// Returns true if a date means all of its days, and not one of them.
fn is_span(when: &When) -> bool {
    matches!(when.shape(), Shape::Date | Shape::Interval) && when.fills_window()
}

/// Returns true if a day lies within days that begin.
fn is_within(window: DayWindow, day: NaiveDate) -> bool {
    window.earliest.is_some_and(|first| first <= day) && window.latest.is_none_or(|last| day <= last)
}

/// Returns the days for which a list is surely whole: until the day of the document if nothing else is said, else until
/// the horizon of the dossier. Without any end it is whole for no day, since the clock is never read: `None`.
pub fn days_of_list(graph: &Graph, row: &Complete) -> Option<DayWindow> {
    let dossier = graph.dossier();
    let day = |id| dossier.when(id);
    let cited = dossier.complete_evidence(row).map(|place| dossier.document(place.document));
    let own = dossier.documents().map(|(_, document)| document).filter(|document| document.entity == row.of);
    let published = cited.chain(own).filter_map(|document| document.published.as_ref());
    let published = published.filter_map(When::earliest).min();
    let until = match row.until {
        Some(id) => day(id).earliest(),
        None => published.or_else(|| super::horizon(dossier)),
    };
    Some(DayWindow { earliest: row.since.and_then(|id| day(id).latest()), latest: Some(until?) })
}
