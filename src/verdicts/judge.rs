//! Two claims of one slot, and the rule that applies to them.
//!
//! Invariant: which rule applies does not depend on which claim comes first.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::compare::{Stand, compare, quantity_of};
use super::rule::Rule;
use super::{Pair, Side};
use crate::model::when::Shape;
use crate::model::{Claim, ClaimId, Dossier, Modality, Value, When};

/// Which way round the sides of a pair stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// As given.
    Forth,
    /// The other way round.
    Back,
}

impl Way {
    fn of(order: Ordering) -> Self {
        if order.is_gt() { Self::Back } else { Self::Forth }
    }
}

/// Judges two claims of one slot; none where no rule applies.
pub(super) fn pair(dossier: &Dossier, first: ClaimId, second: ClaimId) -> Option<Pair> {
    let (a, b) = (dossier.claim(first), dossier.claim(second));
    let (rule, way) = judge(dossier, a, b)?;
    let (a, b) = match way {
        Way::Forth => (first, second),
        Way::Back => (second, first),
    };
    Some(Pair { a: Side::Claim(a), b: Side::Claim(b), rule })
}

fn judge(dossier: &Dossier, a: &Claim, b: &Claim) -> Option<(Rule, Way)> {
    use Modality::{Actual, Alleged, Denied, Planned};
    if a.value == Value::Missing || b.value == Value::Missing {
        // A blank beside one of several values is not even a gap.
        return (!a.property.spec().many).then_some((Rule::Blank, Way::Forth));
    }
    let stand = compare(dossier, a.value, b.value);
    if stand == Stand::Unlike {
        return Some((Rule::OtherUnit, Way::Forth));
    }
    Some(match (a.modality, b.modality) {
        (Actual, Actual) | (Alleged, Alleged) => alike(dossier, a, b, stand),
        (Planned, Planned) => plans(dossier, a, b, stand),
        (Denied, Denied) => match stand {
            Stand::Same(rule) => (rule, Way::Forth),
            Stand::Within(_) | Stand::Around(_) | Stand::Touching(_) | Stand::Apart | Stand::Unlike => {
                (Rule::OtherDenied, Way::Forth)
            }
        },
        (Alleged, Actual | Planned | Denied) => (Rule::Alleged, Way::Forth),
        (Actual | Planned | Denied, Alleged) => (Rule::Alleged, Way::Back),
        (Planned, Actual) => (outcome(dossier, a, b, stand), Way::Forth),
        (Actual, Planned) => (outcome(dossier, b, a, stand.swapped()), Way::Back),
        (Actual | Planned, Denied) => (denial(dossier, a, b, stand), Way::Forth),
        (Denied, Actual | Planned) => (denial(dossier, b, a, stand.swapped()), Way::Back),
    })
}

/// Two statements of fact, or two accusations.
fn alike(dossier: &Dossier, a: &Claim, b: &Claim, stand: Stand) -> (Rule, Way) {
    if let Stand::Same(rule) = stand {
        return (rule, Way::Forth);
    }
    if let Some(order) = different_times(dossier, a, b) {
        return (Rule::OtherTime, Way::of(order));
    }
    match stand {
        Stand::Same(rule) | Stand::Within(rule) | Stand::Touching(rule) => (rule, Way::Forth),
        Stand::Around(rule) => (rule, Way::Back),
        Stand::Apart | Stand::Unlike => (Rule::Incompatible, Way::Forth),
    }
}

/// Two plans: a later date for the same thing is a delay.
fn plans(dossier: &Dossier, a: &Claim, b: &Claim, stand: Stand) -> (Rule, Way) {
    let (Some(x), Some(y)) = (dossier.date(a), dossier.date(b)) else { return alike(dossier, a, b, stand) };
    let Some(later) = later_plan(x, y, stand) else { return alike(dossier, a, b, stand) };
    match different_times(dossier, a, b) {
        // Planned afterwards for an earlier day: brought forward, which is no delay.
        Some(made) if made != later => (Rule::OtherTime, Way::of(made)),
        Some(_) | None => (Rule::PutOff, Way::of(later)),
    }
}

/// Which of two planned dates is the later, if they are two dates: of bounds, the later bound.
fn later_plan(a: &When, b: &When, stand: Stand) -> Option<Ordering> {
    let order = match (a.shape(), b.shape(), stand) {
        (Shape::Before, Shape::Before, _) => a.latest().cmp(&b.latest()),
        (Shape::After, Shape::After, _) => a.earliest().cmp(&b.earliest()),
        (_, _, Stand::Apart) => a.chronological(b),
        (_, _, Stand::Same(_) | Stand::Within(_) | Stand::Around(_) | Stand::Touching(_) | Stand::Unlike) => {
            return None;
        }
    };
    order.is_ne().then_some(order)
}

/// A plan and what came of it.
fn outcome(dossier: &Dossier, plan: &Claim, fact: &Claim, stand: Stand) -> Rule {
    if let (Some(planned), Some(came)) = (dossier.date(plan), dossier.date(fact)) {
        return match (planned.latest(), came.earliest(), came.latest()) {
            (Some(due), _, Some(by)) if by <= due => Rule::InTime,
            (Some(due), Some(from), _) if from > due => Rule::Late,
            (None | Some(_), ..) => Rule::CameAbout,
        };
    }
    if stand.agrees() {
        return Rule::AsPlanned;
    }
    if is_not_due(dossier, plan, fact) {
        return Rule::NotDue;
    }
    let more = quantity_of(dossier, plan.value).zip(quantity_of(dossier, fact.value)).and_then(|(planned, came)| {
        let came = came.to(planned.unit)?;
        Some(came > planned.number)
    });
    match more {
        Some(true) => Rule::Exceeded,
        Some(false) => Rule::Short,
        None => Rule::Otherwise,
    }
}

/// Whether a plan is for a time that the other statement does not reach: later, or without an end.
fn is_not_due(dossier: &Dossier, plan: &Claim, fact: &Claim) -> bool {
    let Some(time) = Time::of(dossier, plan) else { return false };
    let without_end = time.first.is_some() && time.last.is_none();
    without_end || different_times(dossier, plan, fact) == Some(Ordering::Greater)
}

/// A statement and a denial: they clash if what is said is what is denied, or a part of it.
fn denial(dossier: &Dossier, said: &Claim, denied: &Claim, stand: Stand) -> Rule {
    if different_times(dossier, said, denied).is_some() {
        return Rule::OtherTime;
    }
    match stand {
        Stand::Same(_) | Stand::Within(_) => Rule::Denied,
        Stand::Around(_) | Stand::Touching(_) | Stand::Apart | Stand::Unlike => Rule::OtherDenied,
    }
}

/// The days that a claim speaks of; of the two bounds, none where there is no limit.
struct Time {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Time {
    /// From start to end where one of them is said, else the day to which the statement refers;
    /// none where nothing is said, or where the end lies before the start.
    fn of(dossier: &Dossier, claim: &Claim) -> Option<Self> {
        let when = |id| dossier.when(id);
        let time = match (claim.start, claim.end, claim.as_of) {
            (None, None, day) => Self { first: day.and_then(|day| when(day).earliest()), last: when(day?).latest() },
            (start, end, _) => Self {
                first: start.and_then(|start| when(start).earliest()),
                last: end.and_then(|end| when(end).latest()),
            },
        };
        let reversed = matches!((time.first, time.last), (Some(first), Some(last)) if first > last);
        (!reversed).then_some(time)
    }
}

/// Whether two claims surely speak of different times, and of which first.
fn different_times(dossier: &Dossier, a: &Claim, b: &Claim) -> Option<Ordering> {
    let (a, b) = (Time::of(dossier, a)?, Time::of(dossier, b)?);
    if matches!((a.last, b.first), (Some(last), Some(first)) if last < first) {
        return Some(Ordering::Less);
    }
    matches!((b.last, a.first), (Some(last), Some(first)) if last < first).then_some(Ordering::Greater)
}
