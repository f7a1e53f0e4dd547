//! The holders of offices on a day, with the strength of the evidence. One rule holds for all offices.
//!
//! | state | evidence |
//! |---|---|
//! | stated | a start on or before the day and an end on or after it; also the first or the last day itself |
//! | attested | recorded in office on one side of the day; recorded, begun or ended on the other |
//! | last known | begun or recorded in office before the day, no end given, no successor known to be in office |
//! | vacant | a document says so; or the list of terms is whole and nobody on it can fill the day |
//! | not known | none of these: nobody is named before the day, or it lies in a gap |
//!
//! While the day lies within the limits of a date that is not exact, the answer is *possible*; outside of them
//! it is definite. Of a month or year, what surely holds on some day of it and not surely on all is so for *a part of it*.
//! Nobody is the last known after the horizon of the dossier, nor once a document calls the office vacant. An office has
//! one holder at a time unless the documents show two side by side.
//!
//! A holding has the basis of the claims that name and date it, the weakest of them; a vacancy that follows from a list is
//! inferred.
//!
//! Invariant: no holding names a person whose term is over by the day or begins after it, and there is at
//! least one holding for every day.

mod during;
mod explanation;
mod history;
mod of_institution;
pub mod periods;
mod term;
mod vacancy;

use chrono::{Days, NaiveDate};

use crate::graph::Graph;
use crate::graph::containment::targets;
use crate::model::window::Truth;
use crate::model::{Basis, ClaimId, Core, Dossier, EntityId, Moment, When};
use crate::text::word::words;
use term::TermStatus;
use vacancy::Vacancies;

pub use history::{Period, holders_over_time};
pub use of_institution::{Office, office, offices_of};
pub use term::{DateRole, Fact, Term, terms_of};
pub use vacancy::{days_of_list, stated_vacancies};

words! {
    /// The kind of evidence behind a holding, strongest first.
    Knowledge {
        /// The day is between a stated start and a stated end.
        Stated = "stated",
        /// The person is recorded in office around the day.
        Attested = "attested",
        /// The person held it when the documents last told of it, and nothing states an end.
        LastKnown = "last known",
        /// The office had no holder.
        Vacant = "vacant",
        /// The documents do not tell.
        Unknown = "not known",
    }
}

impl Knowledge {
    /// Returns true if a holding in this state names a person.
    pub const fn names_holder(self) -> bool {
        match self {
            Self::Stated | Self::Attested | Self::LastKnown => true,
            Self::Vacant | Self::Unknown => false,
        }
    }

    /// Returns the word for a state that rests on claims of this basis: what is stated has the word of its basis, so that
    /// what was inferred is never called stated.
    pub const fn word(self, basis: Basis) -> &'static str {
        match self {
            Self::Stated => basis.as_str(),
            Self::Attested | Self::LastKnown | Self::Vacant | Self::Unknown => self.as_str(),
        }
    }

    /// Returns the word with that of its basis where the reader has to know it: "attested, inferred", "vacant, stated".
    pub fn words(self, basis: Basis) -> String {
        match (self, basis) {
            (Self::Attested | Self::LastKnown, Basis::Inferred) | (Self::Vacant, _) => format!("{self}, {basis}"),
            (Self::Stated | Self::Attested | Self::LastKnown | Self::Unknown, _) => self.word(basis).to_owned(),
        }
    }
}

words! {
    /// The certainty of an answer that depends on dates that are not exact.
    Certainty {
        /// It holds on every day that the stated dates can mean.
        Definite = "definite",
        /// It surely holds on a part of the month or year that was asked about.
        Part = "part of it",
        /// It holds on some of the days that the stated dates can mean.
        Possible = "possible",
    }
}

/// A holder of an office, or the reason why none is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The office.
    pub post: EntityId,
    /// The tenure, or `None` if no holder is named.
    pub tenure: Option<EntityId>,
    /// The person, or `None` if no holder is named.
    pub person: Option<EntityId>,
    /// The kind of evidence.
    pub state: Knowledge,
    /// Possible if it depends on dates that are not exact.
    pub certainty: Certainty,
    /// The weakest basis of the claims that name the holder and date the term; [`Basis::Inferred`] if there are none.
    pub basis: Basis,
    /// The claims that prove it, or the nearest ones, in the order of the explanation.
    pub proof: Vec<ClaimId>,
    /// The explanation as a sentence, with labels and dates of the dossier.
    pub why: String,
}

/// Returns the holders of a post on a day, definite before possible, then by strength of the evidence.
///
/// Without a holder the result is one holding with [`Knowledge::Vacant`] or [`Knowledge::Unknown`].
pub fn holders_on(graph: &Graph, post: EntityId, day: NaiveDate) -> Vec<Holding> {
    explanation::remarked(holders_among(graph, post, &terms_of(graph, post), day))
}

/// Returns the holders of a post in the days `first..=last`.
///
/// A holding that does not apply on all of these days is so for a part of them, if that is sure, else possible.
pub fn holders_during(graph: &Graph, post: EntityId, first: NaiveDate, last: NaiveDate) -> Vec<Holding> {
    holders_between(graph, post, &terms_of(graph, post), first, last)
}

fn holders_between(graph: &Graph, post: EntityId, terms: &[Term], first: NaiveDate, last: NaiveDate) -> Vec<Holding> {
    let mut days = vec![first, last];
    // Answers only change at the limits of a date and on the days next to them.
    let facts = terms.iter().flat_map(|term| &term.facts);
    let limits = facts.flat_map(|fact| [fact.window.earliest, fact.window.latest]).flatten();
    for limit in limits.chain(Vacancies::of(graph, post, terms).limits()) {
        let around = [limit.checked_sub_days(Days::new(1)), Some(limit), limit.checked_add_days(Days::new(1))];
        days.extend(around.into_iter().flatten().filter(|day| (first..=last).contains(day)));
    }
    days.sort_unstable();
    days.dedup();
    let days = days.iter().map(|&day| holders_among(graph, post, terms, day)).collect();
    let has_day = |holding: &Holding| {
        terms.iter().any(|term| Some(term.tenure) == holding.tenure && term.has_day_within(first, last))
    };
    explanation::remarked(during::merged(days, &has_day))
}

/// Returns the holders of a post on a stated date; one [`Knowledge::Unknown`] if the date lacks a bound.
pub fn holders_when(graph: &Graph, post: EntityId, when: &When) -> Vec<Holding> {
    PostTerms::of(graph, post).holders_when(graph, when)
}

/// The terms of a post, for asking about several dates.
#[derive(Debug, Clone)]
pub(crate) struct PostTerms {
    post: EntityId,
    terms: Vec<Term>,
}

impl PostTerms {
    /// Collects the terms of a post.
    pub(crate) fn of(graph: &Graph, post: EntityId) -> Self {
        Self { post, terms: terms_of(graph, post) }
    }

    /// Returns true if no tenure names the post.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Like [`holders_when`](fn@holders_when) for this post.
    pub(crate) fn holders_when(&self, graph: &Graph, when: &When) -> Vec<Holding> {
        let Self { post, terms } = self;
        match (when.earliest(), when.latest()) {
            (Some(first), Some(last)) if first == last => {
                explanation::remarked(holders_among(graph, *post, terms, first))
            }
            (Some(first), Some(last)) => holders_between(graph, *post, terms, first, last),
            (None, _) | (_, None) => {
                let why = format!("No day is known for {}.", when.spelled());
                vec![Holding { proof: Vec::new(), why, ..no_holder(*post, Knowledge::Unknown) }]
            }
        }
    }
}

/// Returns the offices that a person held at a moment, strongest evidence first.
pub fn offices_held_at(graph: &Graph, person: EntityId, moment: Moment) -> Vec<Holding> {
    let dossier = graph.dossier();
    let tenures = graph.links().to(person).iter().map(|&id| dossier.claim(id));
    let tenures = tenures.filter(|claim| claim.property == Core::Person).map(|claim| claim.subject);
    let mut posts: Vec<EntityId> =
        tenures.flat_map(|tenure| targets(graph, tenure, Core::Post).collect::<Vec<_>>()).collect();
    posts.sort_unstable();
    posts.dedup();
    let holders = posts.into_iter().flat_map(|post| holders_during(graph, post, moment.first(), moment.last()));
    let mut held: Vec<Holding> = holders.filter(|holding| holding.person == Some(person)).collect();
    sort(graph, &mut held);
    held
}

fn no_holder(post: EntityId, state: Knowledge) -> Holding {
    Holding {
        post,
        tenure: None,
        person: None,
        state,
        certainty: Certainty::Definite,
        basis: Basis::Inferred,
        proof: Vec::new(),
        why: String::new(),
    }
}

/// Returns the last day of which the documents tell, or `None` without a horizon.
fn horizon(dossier: &Dossier) -> Option<NaiveDate> {
    dossier.meta().horizon.as_ref().and_then(When::latest)
}

fn holders_among(graph: &Graph, post: EntityId, terms: &[Term], day: NaiveDate) -> Vec<Holding> {
    let vacancies = Vacancies::of(graph, post, terms);
    let holders = terms.iter().filter_map(|term| Some((term, status_among(graph, term, terms, &vacancies, day)?)));
    let mut named: Vec<Holding> =
        holders.map(|(term, status)| explanation::named(graph, post, term, status, terms, day)).collect();
    if named.is_empty() {
        let whole = vacancies.whole_on(day).filter(|_| !terms.iter().any(|term| may_fill(term, terms, day)));
        named.push(match (vacancies.stated_on(day), whole) {
            (Some(claim), _) => explanation::stated_vacant(graph, post, claim),
            (None, Some(list)) => explanation::left_vacant(graph, post, list),
            (None, None) => explanation::unknown(graph, post, terms, day),
        });
    }
    sort(graph, &mut named);
    named
}

/// Returns the status of a term on a day beside all other terms of its post.
fn status_among(
    graph: &Graph,
    term: &Term,
    terms: &[Term],
    vacancies: &Vacancies<'_>,
    day: NaiveDate,
) -> Option<TermStatus> {
    let alone = term.status_on(day)?;
    // A tenure without a person cannot name a holder.
    term.person?;
    match alone.state {
        Knowledge::Stated | Knowledge::Attested => Some(alone),
        Knowledge::LastKnown if horizon(graph.dossier()).is_some_and(|last| day > last) => None,
        Knowledge::LastKnown if term.last().is_some_and(|last| vacancies.is_vacated(last, day)) => None,
        Knowledge::LastKnown => match succeeded(term, terms, day) {
            Truth::Yes => None,
            Truth::Maybe => Some(TermStatus { certainty: Certainty::Possible, ..alone }),
            Truth::Unknown | Truth::No => Some(alone),
        },
        Knowledge::Vacant | Knowledge::Unknown => None,
    }
}

/// Returns whether a successor is known to be in office by the day.
fn succeeded(term: &Term, terms: &[Term], day: NaiveDate) -> Truth {
    let later = terms.iter().filter(|other| other.tenure != term.tenure && other.follows(term));
    later.map(|other| other.known_by(day)).fold(Truth::Unknown, Truth::max)
}

/// Returns true if a term may cover a day that no term is known to cover, with some reading of its dates.
fn may_fill(term: &Term, terms: &[Term], day: NaiveDate) -> bool {
    // A term that ends before it begins has dates that cannot all be right.
    let is_out = term.is_surely_over(day) != term.is_surely_to_come(day);
    !is_out && succeeded(term, terms, day) != Truth::Yes
}

fn sort(graph: &Graph, holdings: &mut [Holding]) {
    let dossier = graph.dossier();
    let label = |holding: &Holding| holding.person.map(|person| dossier.label(person));
    holdings.sort_by(|a, b| {
        (a.certainty, a.state)
            .cmp(&(b.certainty, b.state))
            .then_with(|| label(a).cmp(&label(b)))
            .then(a.tenure.cmp(&b.tenure))
    });
}

#[cfg(test)]
mod tests;
