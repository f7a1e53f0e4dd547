//! What proves an answer about an office, and the sentence that says so.
//!
//! Invariant: every date in a sentence is a claim's own, as stated, and that claim is
//! part of the proof.

use chrono::NaiveDate;

use super::span::{Answer, Window};
use super::term::{Fact, Mark, Reading, Term};
use super::{Certainty, Holding, State, horizon, nobody};
use crate::graph::Graph;
use crate::graph::slots::is_actual;
use crate::model::{Basis, ClaimId, Dossier, EntityId, Value};

/// The words and claims of an answer as they are put together.
struct Speech<'a> {
    dossier: &'a Dossier,
    parts: Vec<String>,
    proof: Vec<ClaimId>,
    /// Whose dates were said last.
    of: Option<EntityId>,
}

impl<'a> Speech<'a> {
    fn new(dossier: &'a Dossier) -> Self {
        Self { dossier, parts: Vec::new(), proof: Vec::new(), of: None }
    }

    /// Says one date of a term, and cites all claims of the same sort that name the same bound.
    fn say(&mut self, term: &Term, fact: &Fact) {
        if self.proof.contains(&fact.claim) {
            return;
        }
        let when = self.dossier.when(fact.when).stated();
        let who = who(self.dossier, term);
        let again = self.of == Some(term.tenure);
        self.parts.push(match (fact.mark, again) {
            (Mark::Start, false) => format!("{who}'s term starts {when}"),
            (Mark::Start, true) => format!("starts {when}"),
            (Mark::End, false) => format!("{who}'s term ends {when}"),
            (Mark::End, true) => format!("ends {when}"),
            (Mark::Seen, false) => format!("{who} is seen in office {when}"),
            (Mark::Seen, true) => format!("seen in office {when}"),
        });
        self.of = Some(term.tenure);
        self.cite(fact.claim);
        if fact.mark != Mark::Seen {
            term.marked(fact.mark).for_each(|other| self.cite(other.claim));
        }
    }

    fn remark(&mut self, words: &str) {
        self.parts.push(words.to_owned());
        self.of = None;
    }

    fn cite(&mut self, claim: ClaimId) {
        if !self.proof.contains(&claim) {
            self.proof.push(claim);
        }
    }

    /// The holding with these words and this proof.
    fn finish(self, mut holding: Holding) -> Holding {
        let concluded = |id: &ClaimId| self.dossier.claim(*id).basis == Basis::Inferred;
        let open = matches!(holding.state, State::Assumed | State::Vacant | State::Unknown);
        holding.basis = if open || self.proof.iter().any(concluded) { Basis::Inferred } else { Basis::Stated };
        holding.why = format!("{}.", self.parts.join("; "));
        holding.proof = self.proof;
        holding
    }
}

/// A person in office.
pub fn named(graph: &Graph, post: EntityId, term: &Term, reading: Reading, terms: &[Term], day: NaiveDate) -> Holding {
    let dossier = graph.dossier();
    let mut speech = Speech::new(dossier);
    if let Some(start) = finest(dossier, term, Mark::Start) {
        speech.say(term, start);
    }
    match reading.state {
        State::Attested => {
            let (before, after) = sightings(term, day);
            for seen in before.into_iter().chain(after) {
                speech.say(term, seen);
            }
        }
        State::Assumed => {
            let last = term.marked(Mark::Seen).max_by_key(|seen| (seen.window.earliest, seen.claim));
            if let Some(seen) = last {
                speech.say(term, seen);
            }
        }
        State::Stated | State::Vacant | State::Unknown => {}
    }
    if let Some(end) = finest(dossier, term, Mark::End) {
        speech.say(term, end);
    } else if reading.state == State::Assumed {
        speech.remark("no end is stated");
        term.blanks.iter().for_each(|&blank| speech.cite(blank));
        let next = terms
            .iter()
            .filter(|other| other.follows(term))
            .filter_map(|other| Some((other, earliest(dossier, other)?)));
        if let Some((other, fact)) = next.min_by_key(|(_, fact)| (fact.window.latest.is_none(), fact.window.latest)) {
            speech.say(other, fact);
        }
    }
    if reading.certainty == Certainty::Possible {
        speech.remark("the dates are not exact enough to be sure of the day");
    }
    let Reading { state, certainty } = reading;
    speech.finish(Holding { tenure: Some(term.tenure), person: term.person, certainty, ..nobody(post, state) })
}

/// Nobody in office between two terms.
pub fn vacant(graph: &Graph, post: EntityId, before: &Term, after: &Term) -> Holding {
    let dossier = graph.dossier();
    let mut speech = Speech::new(dossier);
    if let Some(end) = finest(dossier, before, Mark::End) {
        speech.say(before, end);
        for claim in beside(dossier, post, end.claim) {
            speech.cite(claim);
        }
    }
    if let Some(start) = finest(dossier, after, Mark::Start) {
        speech.say(after, start);
    }
    speech.remark("nobody is stated in between");
    speech.finish(nobody(post, State::Vacant))
}

/// What comes nearest to a day for which nothing is said.
pub fn unknown(graph: &Graph, post: EntityId, terms: &[Term], day: NaiveDate) -> Holding {
    let dossier = graph.dossier();
    let mut speech = Speech::new(dossier);
    let facts = || terms.iter().flat_map(|term| term.facts.iter().map(move |fact| (term, fact)));
    let before = facts().filter(|(_, fact)| fact.window.from(day) == Answer::No);
    let around = facts().filter(|(_, fact)| fact.window.by(day) != Answer::No && fact.window.from(day) != Answer::No);
    let after = facts().filter(|(_, fact)| fact.window.by(day) == Answer::No);
    if let Some((term, fact)) = before.max_by_key(|(_, fact)| (fact.window.latest, fact.claim)) {
        speech.say(term, fact);
    }
    for (term, fact) in around {
        speech.say(term, fact);
    }
    if let Some((term, fact)) = after.min_by_key(|(_, fact)| (fact.window.earliest, fact.claim)) {
        speech.say(term, fact);
    }
    for term in terms.iter().filter(|term| term.facts.is_empty()) {
        speech.remark(&format!("{} is named in this office without a date", who(dossier, term)));
        if let Some(claim) = naming(graph, term, post) {
            speech.cite(claim);
        }
    }
    let horizon = horizon(graph).filter(|&last| day > last).and(dossier.meta().horizon.as_ref());
    match (terms.is_empty(), horizon) {
        (true, _) => speech.remark("No document names anybody in this office"),
        (false, Some(last)) => speech.remark(&format!("the dossier reaches no further than {}", last.stated())),
        (false, None) => speech.remark("nothing is stated for the day itself"),
    }
    speech.finish(nobody(post, State::Unknown))
}

fn who<'a>(dossier: &'a Dossier, term: &Term) -> &'a str {
    dossier.label(term.person.unwrap_or(term.tenure))
}

/// The claim that puts a tenure in a post.
fn naming(graph: &Graph, term: &Term, post: EntityId) -> Option<ClaimId> {
    let dossier = graph.dossier();
    let mut links = graph.links().to(post).iter().copied();
    links.find(|&id| dossier.claim(id).subject == term.tenure && is_actual(dossier.claim(id)))
}

/// Of all statements of a bound, the narrowest.
fn finest<'a>(dossier: &Dossier, term: &'a Term, mark: Mark) -> Option<&'a Fact> {
    let days = |window: Window| window.earliest.zip(window.latest).map(|(first, last)| last - first);
    let order = |fact: &&Fact| (days(fact.window).is_none(), days(fact.window), dossier.when(fact.when).edtf().len());
    term.marked(mark).min_by_key(order)
}

/// The first date of a term: its start, else the first time it is seen.
fn earliest<'a>(dossier: &Dossier, term: &'a Term) -> Option<&'a Fact> {
    let first = || term.facts.iter().min_by_key(|fact| (fact.window.latest.is_none(), fact.window.latest));
    finest(dossier, term, Mark::Start).or_else(first)
}

/// The last sighting by the day, and the first from then on.
fn sightings(term: &Term, day: NaiveDate) -> (Option<&Fact>, Option<&Fact>) {
    let seen = || term.marked(Mark::Seen);
    let before = seen().filter(|fact| fact.window.by(day) >= Answer::Maybe).max_by_key(|fact| fact.window.earliest);
    let after = seen().filter(|fact| fact.window.from(day) >= Answer::Maybe).min_by_key(|fact| fact.window.latest);
    (before, after)
}

/// What the place that proves a claim also says of the post, in words.
fn beside(dossier: &Dossier, post: EntityId, claim: ClaimId) -> Vec<ClaimId> {
    let places: Vec<_> = dossier.evidence(dossier.claim(claim)).collect();
    let shares = |id: &ClaimId| {
        let claim = dossier.claim(*id);
        matches!(claim.value, Value::Text(_)) && dossier.evidence(claim).any(|place| places.contains(&place))
    };
    dossier.claim_ids_of(post).filter(shares).collect()
}
