//! The proof of an answer about an office, and the sentence that explains it.
//!
//! Invariant: every date in a sentence is the stated date of a claim, and that claim is part of the proof.

use chrono::NaiveDate;

use super::term::{DateRole, Fact, Term, TermStatus};
use super::{Certainty, Holding, Knowledge, horizon, no_holder};
use crate::graph::Graph;
use crate::graph::slots::is_actual;
use crate::model::window::{DayWindow, Truth};
use crate::model::{Basis, ClaimId, Complete, Dossier, EntityId, When};

/// An explanation under construction.
struct Explanation<'a> {
    dossier: &'a Dossier,
    parts: Vec<String>,
    proof: Vec<ClaimId>,
    /// The tenure whose date was added last.
    of: Option<EntityId>,
    /// The weakest basis of the claims on which the answer rests.
    basis: Basis,
}

impl<'a> Explanation<'a> {
    fn new(dossier: &'a Dossier) -> Self {
        Self { dossier, parts: Vec::new(), proof: Vec::new(), of: None, basis: Basis::Stated }
    }

    /// Adds a date of a term, and cites all claims that date the same bound.
    fn add_date(&mut self, term: &Term, fact: &Fact) {
        if self.proof.contains(&fact.claim) {
            return;
        }
        let when = self.dossier.when(fact.when).spelled();
        let who = who(self.dossier, term);
        let again = self.of == Some(term.tenure);
        self.parts.push(match (fact.role, again) {
            (DateRole::Start, false) => format!("{who}'s term starts {when}"),
            (DateRole::Start, true) => format!("starts {when}"),
            (DateRole::End, false) => format!("{who}'s term ends {when}"),
            (DateRole::End, true) => format!("ends {when}"),
            (DateRole::Sighting, false) => format!("{who} is seen in office {when}"),
            (DateRole::Sighting, true) => format!("seen in office {when}"),
        });
        self.of = Some(term.tenure);
        self.cite_date(term, fact);
    }

    /// Cites a date, and all claims that date the same bound.
    fn cite_date(&mut self, term: &Term, fact: &Fact) {
        self.cite(fact.claim);
        if fact.role != DateRole::Sighting {
            term.facts_of(fact.role).for_each(|other| self.cite(other.claim));
        }
    }

    /// Adds why nobody but the last known holder can be named: the last word of the documents, and who is named next.
    fn add_last_known(&mut self, term: &Term, terms: &[Term]) {
        let dossier = self.dossier;
        let start = finest(dossier, term, DateRole::Start);
        let seen = term.facts_of(DateRole::Sighting).max_by_key(|seen| (seen.window.earliest, seen.claim));
        let next = next_named(dossier, term, terms);
        let end = finest(dossier, term, DateRole::End);
        for fact in [start, seen, end].into_iter().flatten() {
            self.rest_on(fact.claim);
        }
        let since = start.filter(|_| seen.is_none() && next.is_none() && end.is_none());
        if let Some(start) = since {
            let when = dossier.when(start.when).spelled();
            self.parts.push(format!("{} is in office since {when}", who(dossier, term)));
            self.cite_date(term, start);
        } else if let Some(start) = start {
            self.add_date(term, start);
        }
        if let Some(seen) = seen {
            let when = dossier.when(seen.when).spelled();
            let who = if start.is_some() { String::new() } else { format!("{} is ", who(dossier, term)) };
            self.parts.push(format!("{who}last seen {when}"));
            self.cite(seen.claim);
        }
        if let Some(end) = end {
            self.of = Some(term.tenure);
            self.add_date(term, end);
            return;
        }
        if let Some((other, fact)) = next {
            let from = if fact.role == DateRole::Start { "from " } else { "" };
            let when = dossier.when(fact.when).spelled();
            self.parts.push(format!("next named, {from}{when}, {}", who(dossier, other)));
            self.cite_date(other, fact);
            self.parts.push("whether until then is not known".to_owned());
        } else if since.is_some() {
            self.parts.push("no end is stated".to_owned());
        } else {
            self.parts.push("whether since then is not known".to_owned());
        }
        term.blanks.iter().for_each(|&blank| self.cite(blank));
    }

    fn add_remark(&mut self, words: &str) {
        self.parts.push(words.to_owned());
        self.of = None;
    }

    /// Counts a claim among those on which the answer rests.
    fn rest_on(&mut self, claim: ClaimId) {
        self.basis = self.basis.max(self.dossier.claim(claim).basis());
    }

    fn cite(&mut self, claim: ClaimId) {
        if !self.proof.contains(&claim) {
            self.proof.push(claim);
        }
    }

    /// Completes the holding with the sentence and the proof.
    fn finish(self, mut holding: Holding) -> Holding {
        holding.why = format!("{}.", self.parts.join("; "));
        holding.proof = self.proof;
        holding
    }
}

/// Explains a named holder.
pub fn named(
    graph: &Graph,
    post: EntityId,
    term: &Term,
    status: TermStatus,
    terms: &[Term],
    day: NaiveDate,
) -> Holding {
    let dossier = graph.dossier();
    let mut explanation = Explanation::new(dossier);
    if status.state == Knowledge::LastKnown {
        explanation.add_last_known(term, terms);
    } else {
        let seen = if status.state == Knowledge::Attested { sightings(term, day) } else { (None, None) };
        let (start, end) = (finest(dossier, term, DateRole::Start), finest(dossier, term, DateRole::End));
        for fact in [start, seen.0, seen.1, end].into_iter().flatten() {
            explanation.rest_on(fact.claim);
            explanation.add_date(term, fact);
        }
    }
    // A link that was concluded is part of the proof.
    for &link in term.naming.iter().filter(|&&link| dossier.claim(link).basis() == Basis::Inferred) {
        explanation.rest_on(link);
        explanation.cite(link);
    }
    let (TermStatus { state, certainty }, basis) = (status, explanation.basis);
    let holding =
        Holding { tenure: Some(term.tenure), person: term.person, certainty, basis, ..no_holder(post, state) };
    explanation.finish(holding)
}

/// Adds to each answer why it is only possible, where its dates do not say so.
pub fn remarked(mut holdings: Vec<Holding>) -> Vec<Holding> {
    for holding in &mut holdings {
        if holding.certainty == Certainty::Possible && matches!(holding.state, Knowledge::Stated | Knowledge::Attested)
        {
            let dates = holding.why.trim_end_matches('.');
            holding.why = format!("{dates}; the dates are not exact enough to be sure of the day.");
        }
    }
    holdings
}

/// Explains a vacancy that a document states.
pub fn stated_vacant(graph: &Graph, post: EntityId, claim: ClaimId) -> Holding {
    let dossier = graph.dossier();
    let mut explanation = Explanation::new(dossier);
    let row = dossier.claim(claim);
    let when = dossier.date(row).map(When::stated).unwrap_or_default();
    let said =
        if row.basis() == Basis::Inferred { "The post is taken to be vacant" } else { "The post is said to be vacant" };
    explanation.add_remark(&format!("{said} {when}"));
    if let Some(reason) = row.reason {
        explanation.add_remark(dossier.text(reason).trim_end_matches('.'));
    }
    explanation.cite(claim);
    Holding { basis: row.basis(), ..explanation.finish(no_holder(post, Knowledge::Vacant)) }
}

/// Explains a vacancy by a list of terms that is whole and has nobody for the day.
pub fn left_vacant(graph: &Graph, post: EntityId, list: &Complete) -> Holding {
    let dossier = graph.dossier();
    let mut explanation = Explanation::new(dossier);
    explanation.add_remark("Nobody is named for the day, and the list of terms is whole");
    if let Some(reason) = list.reason {
        explanation.add_remark(dossier.text(reason).trim_end_matches('.'));
    }
    explanation.finish(no_holder(post, Knowledge::Vacant))
}

/// Explains an unknown holder by the nearest dates.
pub fn unknown(graph: &Graph, post: EntityId, terms: &[Term], day: NaiveDate) -> Holding {
    let dossier = graph.dossier();
    let mut explanation = Explanation::new(dossier);
    let facts = || terms.iter().flat_map(|term| term.facts.iter().map(move |fact| (term, fact)));
    let before = facts().filter(|(_, fact)| fact.window.on_or_after(day) == Truth::No);
    let before = before.max_by_key(|(_, fact)| (fact.window.latest, fact.claim));
    let around: Vec<(&Term, &Fact)> = facts()
        .filter(|(_, fact)| fact.window.on_or_before(day) != Truth::No && fact.window.on_or_after(day) != Truth::No)
        .collect();
    let after = facts().filter(|(_, fact)| fact.window.on_or_before(day) == Truth::No);
    let after = after.min_by_key(|(_, fact)| (fact.window.earliest, fact.claim));
    let undated: Vec<&Term> = terms.iter().filter(|term| term.facts.is_empty()).collect();
    let horizon = horizon(dossier).filter(|&last| day > last).and(dossier.meta().horizon.as_ref());
    // Whoever is named without a date, or with one that may mean the day, is named after all.
    let when = |dated: Option<(&Term, &Fact)>| dated.map(|(_, fact)| dossier.when(fact.when).spelled());
    let gap = match (when(before), when(after)) {
        (Some(before), Some(after)) => Some(format!("Nobody is named between {}", between(&before, &after))),
        (None, Some(after)) => Some(format!("Nobody is named before {after}")),
        (Some(before), None) if horizon.is_none() => Some(format!("Nobody is named after {before}")),
        (Some(_) | None, None) => None,
    };
    let gap = gap.filter(|_| around.is_empty() && undated.is_empty() && !terms.iter().any(Term::is_reversed));
    let is_gap = gap.is_some();
    if let Some(gap) = gap {
        explanation.add_remark(&gap);
    }
    for (term, fact) in before.into_iter().chain(around).chain(after) {
        explanation.add_date(term, fact);
    }
    for term in terms.iter().filter(|term| term.is_reversed()) {
        explanation.add_remark(&format!("{}'s term is said to end before it starts", who(dossier, term)));
    }
    for term in undated {
        explanation.add_remark(&format!("{} is named in this office without a date", who(dossier, term)));
        if let Some(claim) = naming(graph, term, post) {
            explanation.cite(claim);
        }
    }
    match (terms.is_empty(), horizon) {
        (true, _) => explanation.add_remark("No document names anybody in this office"),
        (false, Some(last)) => {
            explanation.add_remark(&format!("the dossier reaches no further than {}", last.spelled()));
        }
        (false, None) if is_gap => {}
        (false, None) => explanation.add_remark("nothing is stated for the day itself"),
    }
    explanation.finish(no_holder(post, Knowledge::Unknown))
}

/// Returns two dates as the limits of a gap, the year once: "March and June 2019".
fn between(before: &str, after: &str) -> String {
    let year = |text: &str| text.rsplit_once(' ').map(|(_, year)| year.to_owned());
    let short = before.rsplit_once(' ').filter(|(_, own)| year(after).as_deref() == Some(own)).map(|(rest, _)| rest);
    format!("{} and {after}", short.unwrap_or(before))
}

/// Returns the term that is named next after a term, with its first date.
fn next_named<'a>(dossier: &Dossier, term: &Term, terms: &'a [Term]) -> Option<(&'a Term, &'a Fact)> {
    let later = terms.iter().filter(|other| other.person.is_some() && other.follows(term));
    let dated = later.filter_map(|other| Some((other, earliest(dossier, other)?)));
    dated.min_by_key(|(_, fact)| (fact.window.latest.is_none(), fact.window.latest))
}

fn who<'a>(dossier: &'a Dossier, term: &Term) -> &'a str {
    dossier.label(term.person.unwrap_or(term.tenure))
}

/// Returns the claim that links a tenure to a post.
fn naming(graph: &Graph, term: &Term, post: EntityId) -> Option<ClaimId> {
    let dossier = graph.dossier();
    let mut links = graph.links().to(post).iter().copied();
    links.find(|&id| dossier.claim(id).subject == term.tenure && is_actual(dossier.claim(id)))
}

/// Returns the most precise claim of one role.
fn finest<'a>(dossier: &Dossier, term: &'a Term, role: DateRole) -> Option<&'a Fact> {
    let days = |window: DayWindow| window.earliest.zip(window.latest).map(|(first, last)| last - first);
    let order = |fact: &&Fact| (days(fact.window).is_none(), days(fact.window), dossier.when(fact.when).edtf().len());
    term.facts_of(role).min_by_key(order)
}

/// Returns the first date of a term: its start, else its earliest date.
fn earliest<'a>(dossier: &Dossier, term: &'a Term) -> Option<&'a Fact> {
    let first = || term.facts.iter().min_by_key(|fact| (fact.window.latest.is_none(), fact.window.latest));
    finest(dossier, term, DateRole::Start).or_else(first)
}

/// Returns the last sighting on or before the day, and the first on or after it.
fn sightings(term: &Term, day: NaiveDate) -> (Option<&Fact>, Option<&Fact>) {
    let seen = || term.facts_of(DateRole::Sighting);
    let before =
        seen().filter(|fact| fact.window.on_or_before(day) >= Truth::Maybe).max_by_key(|fact| fact.window.earliest);
    let after =
        seen().filter(|fact| fact.window.on_or_after(day) >= Truth::Maybe).min_by_key(|fact| fact.window.latest);
    (before, after)
}
