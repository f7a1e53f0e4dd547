//! Who held which office on a day, as far as the documents bear it.
//!
//! | state | what it rests on |
//! |---|---|
//! | stated | a start at or before the day and an end at or after it |
//! | attested | seen in office on one side of the day; seen, begun or ended on the other |
//! | assumed | begun before the day, no end given, no successor known to be in office |
//! | vacant | one term ended before the day, the next began after it, nobody in between |
//! | not known | none of these |
//!
//! A date that is not exact makes an answer *possible* within its limits, and outside of
//! them definite. Nothing is assumed beyond the horizon of the dossier. An office has one
//! holder at a time unless the documents show two side by side.
//!
//! Vacancy is always our conclusion: the model knows when terms begin and end, and has no
//! property by which a document says that an office stands open. Where the sentence that
//! ends the last term also says something of the office, that is part of the proof.
//!
//! Invariant: no holding names a person whose term is over by the day or begins after it,
//! and there is at least one holding for every day.

mod course;
mod of_institution;
mod span;
pub mod stretches;
mod term;
mod why;

use std::fmt;

use chrono::{Days, NaiveDate};

use crate::graph::Graph;
use crate::graph::containment::targets;
use crate::model::{Basis, ClaimId, EntityId, Moment, Property, When};
use span::Answer;
use term::{Reading, Term, terms_of};

pub use course::{Sighting, Stretch, course, sightings};
pub use of_institution::{Office, office, offices_of};

/// How a holding is known; see the module. Best known first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Between a stated start and a stated end.
    Stated,
    /// Seen in office around the day.
    Attested,
    /// Begun, and nothing says that it ended.
    Assumed,
    /// Nobody held the office.
    Vacant,
    /// The documents do not tell.
    Unknown,
}

impl State {
    /// Every state, best known first.
    pub const ALL: [Self; 5] = [Self::Stated, Self::Attested, Self::Assumed, Self::Vacant, Self::Unknown];

    /// The state in output: "stated", "not known" …
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Attested => "attested",
            Self::Assumed => "assumed",
            Self::Vacant => "vacant",
            Self::Unknown => "not known",
        }
    }

    /// Whether the answer is a person.
    pub const fn names_somebody(self) -> bool {
        match self {
            Self::Stated | Self::Attested | Self::Assumed => true,
            Self::Vacant | Self::Unknown => false,
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// Whether dates that are not exact leave the answer open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// It is so on whatever day the stated dates fall.
    Definite,
    /// It may be so, depending on where in a month or year a date falls.
    Possible,
}

/// One answer to "who held this office".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The office.
    pub post: EntityId,
    /// The tenure; none where nobody is named.
    pub tenure: Option<EntityId>,
    /// The person; none where nobody is named.
    pub person: Option<EntityId>,
    /// How it is known.
    pub state: State,
    /// Whether the dates leave it open.
    pub certainty: Certainty,
    /// [`Basis::Inferred`] where it, or a claim that proves it, is a conclusion; else [`Basis::Stated`].
    pub basis: Basis,
    /// The claims that prove it, or that come nearest, in the order of the explanation.
    pub proof: Vec<ClaimId>,
    /// The explanation, a sentence of ours with labels and dates of the dossier.
    pub why: String,
}

/// Who held a post on a day: the definite before the possible, the best known first.
///
/// Where nobody is named there is one holding that says "vacant" or "not known".
pub fn holders_on(graph: &Graph, post: EntityId, day: NaiveDate) -> Vec<Holding> {
    holders_among(graph, post, &terms_of(graph, post), day)
}

/// Who held a post on a day that is known within limits: `first..=last`.
///
/// What is so on all these days keeps its certainty; what is so on some of them is possible.
pub fn holders_during(graph: &Graph, post: EntityId, first: NaiveDate, last: NaiveDate) -> Vec<Holding> {
    holders_between(graph, post, &terms_of(graph, post), first, last)
}

fn holders_between(graph: &Graph, post: EntityId, terms: &[Term], first: NaiveDate, last: NaiveDate) -> Vec<Holding> {
    let mut days = vec![first, last];
    // Answers change on the limits of a date and on the days next to them, nowhere else.
    for fact in terms.iter().flat_map(|term| &term.facts) {
        for limit in [fact.window.earliest, fact.window.latest].into_iter().flatten() {
            let around = [limit.checked_sub_days(Days::new(1)), Some(limit), limit.checked_add_days(Days::new(1))];
            days.extend(around.into_iter().flatten().filter(|day| (first..=last).contains(day)));
        }
    }
    days.sort_unstable();
    days.dedup();
    merged(days.iter().map(|&day| holders_among(graph, post, terms, day)).collect())
}

/// Who held a post on a stated date; where the date has no bound on one side, that is not known.
pub fn holders_when(graph: &Graph, post: EntityId, when: &When) -> Vec<Holding> {
    Tenancy::of(graph, post).holders_when(graph, when)
}

/// Everybody who ever held a post, so that several dates can be asked about.
#[derive(Debug, Clone)]
pub(crate) struct Tenancy {
    post: EntityId,
    terms: Vec<Term>,
}

impl Tenancy {
    /// All that is known of a post.
    pub(crate) fn of(graph: &Graph, post: EntityId) -> Self {
        Self { post, terms: terms_of(graph, post) }
    }

    /// Whether nobody is known ever to have held the post.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The same as [`holders_when`](fn@holders_when).
    pub(crate) fn holders_when(&self, graph: &Graph, when: &When) -> Vec<Holding> {
        let Self { post, terms } = self;
        match (when.earliest(), when.latest()) {
            (Some(first), Some(last)) if first == last => holders_among(graph, *post, terms, first),
            (Some(first), Some(last)) => holders_between(graph, *post, terms, first, last),
            (None, _) | (_, None) => {
                let why = format!("No day is known for {}.", when.stated());
                vec![Holding { proof: Vec::new(), why, ..nobody(*post, State::Unknown) }]
            }
        }
    }
}

/// The offices that a person held at a moment, best known first.
pub fn offices_held_at(graph: &Graph, person: EntityId, moment: Moment) -> Vec<Holding> {
    held(graph, person, |post| holders_during(graph, post, moment.first(), moment.last()))
}

/// The offices that a person held on a stated date, best known first; none where no document bears on it.
pub fn offices_held(graph: &Graph, person: EntityId, when: &When) -> Vec<Holding> {
    held(graph, person, |post| holders_when(graph, post, when))
}

fn held(graph: &Graph, person: EntityId, holders: impl Fn(EntityId) -> Vec<Holding>) -> Vec<Holding> {
    let dossier = graph.dossier();
    let tenures = graph.links().to(person).iter().map(|&id| dossier.claim(id));
    let tenures = tenures.filter(|claim| claim.property == Property::OfPerson).map(|claim| claim.subject);
    let mut posts: Vec<EntityId> =
        tenures.flat_map(|tenure| targets(graph, tenure, Property::HoldsPost).collect::<Vec<_>>()).collect();
    posts.sort_unstable();
    posts.dedup();
    let mut held: Vec<Holding> =
        posts.into_iter().flat_map(holders).filter(|holding| holding.person == Some(person)).collect();
    sort(graph, &mut held);
    held
}

fn nobody(post: EntityId, state: State) -> Holding {
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

/// The last day on which anything may be assumed.
fn horizon(graph: &Graph) -> Option<NaiveDate> {
    graph.dossier().meta().horizon.as_ref().and_then(When::latest)
}

fn holders_among(graph: &Graph, post: EntityId, terms: &[Term], day: NaiveDate) -> Vec<Holding> {
    let readings = terms.iter().filter_map(|term| Some((term, reading(graph, term, terms, day)?)));
    let mut named: Vec<Holding> =
        readings.map(|(term, reading)| why::named(graph, post, term, reading, terms, day)).collect();
    if named.is_empty() {
        let gap = gap(terms, day);
        named.push(match gap {
            Some((before, after)) => why::vacant(graph, post, before, after),
            None => why::unknown(graph, post, terms, day),
        });
    }
    sort(graph, &mut named);
    named
}

/// How a term holds on a day beside all others of its post.
fn reading(graph: &Graph, term: &Term, terms: &[Term], day: NaiveDate) -> Option<Reading> {
    let alone = term.read(day)?;
    // A tenure of nobody answers no question.
    term.person?;
    match alone.state {
        State::Stated | State::Attested => Some(alone),
        State::Assumed if horizon(graph).is_some_and(|last| day > last) => None,
        State::Assumed => match succeeded(term, terms, day) {
            Answer::Yes => None,
            Answer::Maybe => Some(Reading { certainty: Certainty::Possible, ..alone }),
            Answer::Silent | Answer::No => Some(alone),
        },
        State::Vacant | State::Unknown => None,
    }
}

/// Whether somebody who followed is known to be in office by the day.
fn succeeded(term: &Term, terms: &[Term], day: NaiveDate) -> Answer {
    let later = terms.iter().filter(|other| other.tenure != term.tenure && other.follows(term));
    later.map(|other| other.known_by(day)).fold(Answer::Silent, Answer::max)
}

/// The end before the day and the start after it between which nobody can have been in office.
fn gap(terms: &[Term], day: NaiveDate) -> Option<(&Term, &Term)> {
    // A term that ends before it begins is no end and no start to rely on.
    let over = terms.iter().filter(|term| term.is_over(day) && !term.is_to_come(day));
    let to_come = terms.iter().filter(|term| term.is_to_come(day) && !term.is_over(day));
    let before = over.max_by_key(|term| term.last().map(|last| last.latest))?;
    let after = to_come.min_by_key(|term| term.first().map(|first| (first.earliest.is_none(), first.earliest)))?;
    let may_fill = |term: &Term| {
        let out = term.is_over(day) != term.is_to_come(day);
        !out && succeeded(term, terms, day) != Answer::Yes && !term.follows(after)
    };
    let filled = terms.iter().any(may_fill);
    (!filled).then_some((before, after))
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

/// One list for several days: what is not so on all of them is only possible.
fn merged(days: Vec<Vec<Holding>>) -> Vec<Holding> {
    let count = days.len();
    let mut out: Vec<(Holding, usize)> = Vec::new();
    for holding in days.into_iter().flatten() {
        let same = |(other, _): &&mut (Holding, usize)| {
            other.tenure == holding.tenure && (holding.tenure.is_some() || other.state == holding.state)
        };
        match out.iter_mut().find(same) {
            Some((known, times)) => {
                *times += 1;
                known.certainty = known.certainty.max(holding.certainty);
                // The weaker answer is the one that holds for all days.
                if holding.state > known.state {
                    let certainty = known.certainty;
                    *known = Holding { certainty, ..holding };
                }
            }
            None => out.push((holding, 1)),
        }
    }
    if out.iter().any(|(holding, _)| holding.state != State::Unknown) {
        out.retain(|(holding, _)| holding.state != State::Unknown);
    }
    let mut out: Vec<Holding> = out
        .into_iter()
        .map(|(mut holding, times)| {
            if times < count {
                holding.certainty = Certainty::Possible;
            }
            holding
        })
        .collect();
    out.sort_by_key(|holding| (holding.certainty, holding.state));
    out
}

#[cfg(test)]
mod tests;
