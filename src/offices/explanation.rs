//! The proof of an answer about an office, and the sentence that explains it.
//!
//! Invariant: every date in a sentence is the stated date of a claim, and that claim is part of the proof.

use chrono::NaiveDate;

use super::term::{DateRole, Fact, Term, TermStatus};
use super::{Certainty, Holding, Knowledge, horizon, no_holder};
use crate::graph::Graph;
use crate::graph::slots::is_actual;
use crate::model::window::{DayWindow, Truth};
use crate::model::{Basis, ClaimId, Complete, Dossier, EntityId, Value, When};

/// An explanation under construction.
struct Explanation<'a> {
    dossier: &'a Dossier,
    parts: Vec<String>,
    proof: Vec<ClaimId>,
    /// The tenure whose date was added last.
    of: Option<EntityId>,
}

impl<'a> Explanation<'a> {
    fn new(dossier: &'a Dossier) -> Self {
        Self { dossier, parts: Vec::new(), proof: Vec::new(), of: None }
    }

    /// Adds a date of a term, and cites all claims that date the same bound.
    fn add_date(&mut self, term: &Term, fact: &Fact) {
        if self.proof.contains(&fact.claim) {
            return;
        }
        let when = self.dossier.when(fact.when).stated();
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
        self.cite(fact.claim);
        if fact.role != DateRole::Sighting {
            term.facts_of(fact.role).for_each(|other| self.cite(other.claim));
        }
    }

    fn add_remark(&mut self, words: &str) {
        self.parts.push(words.to_owned());
        self.of = None;
    }

    fn cite(&mut self, claim: ClaimId) {
        if !self.proof.contains(&claim) {
            self.proof.push(claim);
        }
    }

    /// Completes the holding with the sentence and the proof.
    fn finish(self, mut holding: Holding) -> Holding {
        let concluded = |id: &ClaimId| self.dossier.claim(*id).basis() == Basis::Inferred;
        let open = matches!(holding.state, Knowledge::Assumed | Knowledge::Vacant | Knowledge::Unknown);
        holding.basis = if open || self.proof.iter().any(concluded) { Basis::Inferred } else { Basis::Stated };
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
    if let Some(start) = finest(dossier, term, DateRole::Start) {
        explanation.add_date(term, start);
    }
    match status.state {
        Knowledge::Attested => {
            let (before, after) = sightings(term, day);
            for seen in before.into_iter().chain(after) {
                explanation.add_date(term, seen);
            }
        }
        Knowledge::Assumed => {
            let last = term.facts_of(DateRole::Sighting).max_by_key(|seen| (seen.window.earliest, seen.claim));
            if let Some(seen) = last {
                explanation.add_date(term, seen);
            }
        }
        Knowledge::Stated | Knowledge::Vacant | Knowledge::Unknown => {}
    }
    if let Some(end) = finest(dossier, term, DateRole::End) {
        explanation.add_date(term, end);
    } else if status.state == Knowledge::Assumed {
        explanation.add_remark("no end is stated");
        term.blanks.iter().for_each(|&blank| explanation.cite(blank));
        let next = terms
            .iter()
            .filter(|other| other.follows(term))
            .filter_map(|other| Some((other, earliest(dossier, other)?)));
        if let Some((other, fact)) = next.min_by_key(|(_, fact)| (fact.window.latest.is_none(), fact.window.latest)) {
            explanation.add_date(other, fact);
        }
    }
    if status.certainty == Certainty::Possible {
        explanation.add_remark("the dates are not exact enough to be sure of the day");
    }
    let TermStatus { state, certainty } = status;
    explanation.finish(Holding { tenure: Some(term.tenure), person: term.person, certainty, ..no_holder(post, state) })
}

/// Explains a vacancy between two terms.
pub fn vacant(graph: &Graph, post: EntityId, before: &Term, after: &Term) -> Holding {
    let dossier = graph.dossier();
    let mut explanation = Explanation::new(dossier);
    if let Some(end) = finest(dossier, before, DateRole::End) {
        explanation.add_date(before, end);
        for claim in beside(dossier, post, end.claim) {
            explanation.cite(claim);
        }
    }
    if let Some(start) = finest(dossier, after, DateRole::Start) {
        explanation.add_date(after, start);
    }
    explanation.add_remark("nobody is stated in between");
    explanation.finish(no_holder(post, Knowledge::Vacant))
}

/// Explains a vacancy that a document states.
pub fn stated_vacant(graph: &Graph, post: EntityId, claim: ClaimId) -> Holding {
    let dossier = graph.dossier();
    let mut explanation = Explanation::new(dossier);
    let row = dossier.claim(claim);
    let when = dossier.date(row).map(When::stated).unwrap_or_default();
    explanation.add_remark(&format!("The post is said to be vacant {when}"));
    explanation.cite(claim);
    let basis = if row.basis() == Basis::Inferred { Basis::Inferred } else { Basis::Stated };
    Holding { basis, ..explanation.finish(no_holder(post, Knowledge::Vacant)) }
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
    let around = facts()
        .filter(|(_, fact)| fact.window.on_or_before(day) != Truth::No && fact.window.on_or_after(day) != Truth::No);
    let after = facts().filter(|(_, fact)| fact.window.on_or_before(day) == Truth::No);
    if let Some((term, fact)) = before.max_by_key(|(_, fact)| (fact.window.latest, fact.claim)) {
        explanation.add_date(term, fact);
    }
    for (term, fact) in around {
        explanation.add_date(term, fact);
    }
    if let Some((term, fact)) = after.min_by_key(|(_, fact)| (fact.window.earliest, fact.claim)) {
        explanation.add_date(term, fact);
    }
    for term in terms.iter().filter(|term| term.facts.is_empty()) {
        explanation.add_remark(&format!("{} is named in this office without a date", who(dossier, term)));
        if let Some(claim) = naming(graph, term, post) {
            explanation.cite(claim);
        }
    }
    let horizon = horizon(graph).filter(|&last| day > last).and(dossier.meta().horizon.as_ref());
    match (terms.is_empty(), horizon) {
        (true, _) => explanation.add_remark("No document names anybody in this office"),
        (false, Some(last)) => {
            explanation.add_remark(&format!("the dossier reaches no further than {}", last.stated()));
        }
        (false, None) => explanation.add_remark("nothing is stated for the day itself"),
    }
    explanation.finish(no_holder(post, Knowledge::Unknown))
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

/// Returns the text claims about the post from the same passages as a claim.
fn beside(dossier: &Dossier, post: EntityId, claim: ClaimId) -> Vec<ClaimId> {
    let places: Vec<_> = dossier.evidence(dossier.claim(claim)).collect();
    let shares = |id: &ClaimId| {
        let claim = dossier.claim(*id);
        matches!(claim.value, Value::Text(_)) && dossier.evidence(claim).any(|place| places.contains(&place))
    };
    dossier.claim_ids_of(post).filter(shares).collect()
}
