//! The bars of a lane as they are told: from when to when, in the precision of the claims that say so.
//!
//! A bar begins and ends at the limits of dates: where a date becomes possible, where it is sure, where it is over. These
//! dates, and not the days, are told. What the dates of a longer bar cover already, such as the month of its start in
//! which the day is not known, is part of it.
//!
//! Invariant: no date of a spell is finer than the claim that it is taken from, and an end that no claim gives is none.

use chrono::{Days, NaiveDate};

use super::{Bar, Lane, LaneGroup, horizon};
use crate::model::when::Shape;
use crate::model::{Basis, Claim, ClaimId, Core, Dossier, When};
use crate::offices::{Certainty, Knowledge};
use crate::timeline::World;
use crate::vocabulary::Role;

/// A period in which one thing is so.
#[derive(Debug, Clone, PartialEq)]
pub struct Spell<'a> {
    /// The date from which it is so; `None` if no claim gives it.
    pub from: Option<When>,
    /// The date until which it is so; `None` if it is open.
    pub until: Option<When>,
    /// The certainty for the period as it is told.
    pub certainty: Certainty,
    /// The weakest basis of the claims that give it.
    pub basis: Basis,
    /// The claims that prove it or are the nearest evidence for it.
    pub claims: Vec<ClaimId>,
    /// The state, the label and the entity are those of this bar.
    pub bar: &'a Bar,
    days: (NaiveDate, Option<NaiveDate>),
}

impl Spell<'_> {
    /// Returns the period in words: `2018-11 – 2025-08`, `2019-03`, "since 2025-09-22", "until 2019-03".
    pub fn period(&self) -> String {
        match (&self.from, &self.until) {
            (Some(from), Some(until)) if from == until => from.stated(),
            (Some(from), Some(until)) => format!("{} – {}", from.stated(), until.stated()),
            (Some(from), None) => format!("since {}", from.stated()),
            (None, Some(until)) => format!("until {}", until.stated()),
            (None, None) => String::new(),
        }
    }

    /// Returns the state in words: "stated", "inferred, possible", "last known", "vacant, stated".
    pub fn state(&self) -> String {
        let state = self.bar.state.words(self.basis);
        match self.certainty {
            Certainty::Definite => state,
            Certainty::Part | Certainty::Possible => format!("{state}, {}", self.certainty),
        }
    }

    fn says_same(&self, other: &Self) -> bool {
        let key = |bar: &Bar| (bar.entity, bar.value.map(f64::to_bits));
        key(self.bar) == key(other.bar) && self.bar.label == other.bar.label
    }

    /// Adds the days and the claims of a part that its dates cover.
    fn take(&mut self, part: Self) {
        self.days = (self.days.0.min(part.days.0), self.days.1.max(part.days.1));
        self.basis = self.basis.max(part.basis);
        let new: Vec<ClaimId> = part.claims.into_iter().filter(|claim| !self.claims.contains(claim)).collect();
        self.claims.extend(new);
    }
}

/// Returns the spells of a lane, in order of time.
pub fn spells<'a>(world: &World, lane: &'a Lane) -> Vec<Spell<'a>> {
    let dossier = world.dossier();
    let dates = Dates::of(dossier, lane);
    let horizon = horizon(world);
    let mut found: Vec<Spell<'a>> = lane.bars.iter().map(|bar| spell(&dates, bar, horizon)).collect();
    fold(&mut found);
    for spell in &mut found {
        told(dossier, lane, spell);
    }
    found
}

fn spell<'a>(dates: &Dates<'_>, bar: &'a Bar, horizon: Option<NaiveDate>) -> Spell<'a> {
    let is_open = bar.state == Knowledge::LastKnown && bar.to == horizon;
    Spell {
        from: dates.find(bar, bar.from, &BEGINS),
        until: bar.to.filter(|_| !is_open).and_then(|to| dates.find(bar, to, &ENDS)),
        certainty: bar.certainty,
        basis: bar.basis,
        claims: bar.claims.clone(),
        bar,
        days: (bar.from, bar.to),
    }
}

/// Puts each spell that lies within the first or the last date of its neighbour into that one, unless it is surer. What
/// has begun goes on: the later neighbour comes first.
fn fold(spells: &mut Vec<Spell<'_>>) {
    let follows = |a: &Spell<'_>, b: &Spell<'_>| a.days.1.and_then(|to| to.succ_opt()) == Some(b.days.0);
    for index in (0..spells.len()).rev() {
        put(spells, index, |whole, part| (follows(part, whole), &whole.from));
    }
    let mut index = 0;
    while index < spells.len() {
        if !put(spells, index, |whole, part| (follows(whole, part), &whole.until)) {
            index += 1;
        }
    }
}

/// Puts a spell into the last neighbour whose date covers it. Returns true if there is one.
fn put(
    spells: &mut Vec<Spell<'_>>,
    index: usize,
    side: impl for<'a> Fn(&'a Spell<'_>, &Spell<'_>) -> (bool, &'a Option<When>),
) -> bool {
    let Some(part) = spells.get(index) else { return false };
    let takes = |whole: &Spell<'_>| {
        let (is_beside, date) = side(whole, part);
        is_beside
            && date.as_ref().is_some_and(|date| covers(date, part.days))
            && whole.says_same(part)
            && whole.certainty <= part.certainty
    };
    let Some(at) = spells.iter().rposition(takes) else { return false };
    let part = spells.remove(index);
    if let Some(whole) = spells.get_mut(if at > index { at - 1 } else { at }) {
        whole.take(part);
    }
    true
}

/// Returns true if a date covers all of the days.
fn covers(when: &When, (first, last): (NaiveDate, Option<NaiveDate>)) -> bool {
    let window = when.window();
    let starts = window.earliest.is_none_or(|earliest| earliest <= first);
    starts && window.latest.is_some_and(|latest| last.is_some_and(|last| last <= latest))
}

/// Of a spell that is one date, tells what that date is: of an end, nothing before it is known; of a holder, the office was
/// surely held for a part of it.
fn told(dossier: &Dossier, lane: &Lane, spell: &mut Spell<'_>) {
    let Some(when) = spell.from.clone().filter(|from| spell.until.as_ref() == Some(from)) else { return };
    let own = spell.bar.claims.iter().map(|&id| dossier.claim(id));
    let own = own.filter(|claim| Some(claim.subject) == spell.bar.entity);
    let gives = |id| dossier.when(id).edtf() == when.edtf();
    let is_end = |claim: &Claim| {
        let ends = dossier.property(claim.property).role == Some(Role::Ends) || claim.property == Core::End;
        (ends && Dossier::date_id(claim).is_some_and(gives)) || claim.end.is_some_and(gives)
    };
    let is_told =
        matches!(spell.bar.state, Knowledge::Stated | Knowledge::Attested) && lane.group == LaneGroup::Offices;
    let is_own = own.clone().any(|claim| dates_of(claim).any(gives));
    if is_told && is_own && spell.certainty == Certainty::Possible && !when.is_qualified() {
        spell.certainty = Certainty::Part;
    }
    if own.clone().any(is_end) && own.flat_map(dates_of).all(gives) {
        spell.from = None;
    }
}

/// How a day stands to a date at one of its limits: the day on which the date is possible first or last, or the day beside.
type Sides = [(fn(&When) -> Option<NaiveDate>, Half); 4];

/// The half of an interval that has a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    First,
    Last,
}

/// A bar begins where a date does, on its last day, or behind it.
const BEGINS: Sides = [
    (When::earliest, Half::First),
    (When::latest, Half::Last),
    (|when| when.latest()?.checked_add_days(Days::new(1)), Half::Last),
    (|when| when.earliest()?.checked_add_days(Days::new(1)), Half::First),
];

/// A bar ends where a date does, on its first day, or before it.
const ENDS: Sides = [
    (When::latest, Half::Last),
    (When::earliest, Half::First),
    (|when| when.earliest()?.checked_sub_days(Days::new(1)), Half::First),
    (|when| when.latest()?.checked_sub_days(Days::new(1)), Half::Last),
];

/// The dates that limit the bars of a lane: those of its claims, then those of lists that are whole and of documents.
struct Dates<'a> {
    dossier: &'a Dossier,
    of_lane: Vec<&'a When>,
    of_lists: Vec<&'a When>,
}

impl<'a> Dates<'a> {
    fn of(dossier: &'a Dossier, lane: &Lane) -> Self {
        let claims = lane.bars.iter().flat_map(|bar| &bar.claims).chain(lane.marks.iter().map(|mark| &mark.claim));
        let of_lane = claims.flat_map(|&id| dates_of(dossier.claim(id))).map(|when| dossier.when(when)).collect();
        Self { dossier, of_lane, of_lists: dates_of_lists(dossier, lane) }
    }

    /// Returns the date that has a limit of a bar on a day: one of its own claims, else one of the lane.
    fn find(&self, bar: &Bar, day: NaiveDate, sides: &Sides) -> Option<When> {
        let own: Vec<&When> = bar
            .claims
            .iter()
            .flat_map(|&id| dates_of(self.dossier.claim(id)))
            .map(|when| self.dossier.when(when))
            .collect();
        let among = |dates: &[&When]| sides.iter().find_map(|(limit, half)| finest(dates, day, *limit, *half));
        among(&own).or_else(|| among(&self.of_lane)).or_else(|| among(&self.of_lists))
    }
}

/// Returns the dates between which the list of an office is whole: its own, and those of the documents that it rests on.
fn dates_of_lists<'a>(dossier: &'a Dossier, lane: &Lane) -> Vec<&'a When> {
    if !lane.bars.iter().any(|bar| bar.state == Knowledge::Vacant && bar.claims.is_empty()) {
        return Vec::new();
    }
    let claims = lane.bars.iter().flat_map(|bar| &bar.claims).map(|&id| dossier.claim(id));
    let cited: Vec<_> = claims.flat_map(|claim| dossier.evidence(claim)).map(|place| place.document).collect();
    let is_cited = |entity| cited.iter().any(|&document| dossier.document(document).entity == entity);
    let lists = || dossier.completes().iter().filter(|list| list.of == lane.entity || is_cited(list.of));
    let limits = lists().flat_map(|list| [list.since, list.until]).flatten().map(|when| dossier.when(when));
    let proving = lists().flat_map(|list| dossier.complete_evidence(list)).map(|place| place.document);
    let documents = proving.chain(cited.iter().copied()).map(|document| dossier.document(document));
    limits.chain(documents.filter_map(|document| document.published.as_ref())).collect()
}

/// Returns the finest of the dates that have a limit on the day.
fn finest(dates: &[&When], day: NaiveDate, limit: fn(&When) -> Option<NaiveDate>, half: Half) -> Option<When> {
    let fitting = dates.iter().filter(|when| limit(when) == Some(day)).map(|when| half_of(when, half));
    let length = |when: &When| when.earliest().zip(when.latest()).map(|(first, last)| last - first);
    fitting.min_by_key(|when| (length(when).is_none(), length(when)))
}

/// Returns the half of an interval that has a limit; other dates, and those with a label, as they are.
fn half_of(when: &When, half: Half) -> When {
    let halves = when.edtf().split_once('/').filter(|_| when.shape() == Shape::Interval && when.label().is_none());
    let half = halves.map(|(first, last)| if half == Half::First { first } else { last });
    half.and_then(|half| When::parse(half).ok()).unwrap_or_else(|| when.clone())
}

/// Returns all dates of a claim: its value, and when it is so.
fn dates_of(claim: &Claim) -> impl Iterator<Item = crate::model::id::WhenId> + use<> {
    [Dossier::date_id(claim), claim.start, claim.end, claim.as_of].into_iter().flatten()
}
