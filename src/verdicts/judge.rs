//! Finds the rule that applies to two claims of one slot.
//!
//! Invariant: the rule does not depend on which claim comes first.

use std::cmp::Ordering;

use super::rule::Rule;
use super::{Pair, Side};
use crate::graph::compare::{Comparison, compare, quantity_of};
use crate::graph::positions::{days_of, order_in_time};
use crate::model::when::Shape;
use crate::model::{Claim, ClaimId, Dossier, Modality, Value, When};

/// The order of the two sides of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// As given.
    AsGiven,
    /// Swapped.
    Swapped,
}

impl Order {
    fn of(order: Ordering) -> Self {
        if order.is_gt() { Self::Swapped } else { Self::AsGiven }
    }
}

/// Judges two claims of one slot; returns `None` if no rule applies.
pub(super) fn pair(dossier: &Dossier, first: ClaimId, second: ClaimId) -> Option<Pair> {
    let (a, b) = (dossier.claim(first), dossier.claim(second));
    let (rule, order) = judge(dossier, a, b)?;
    let (a, b) = match order {
        Order::AsGiven => (first, second),
        Order::Swapped => (second, first),
    };
    Some(Pair { a: Side::Claim(a), b: Side::Claim(b), rule })
}

fn judge(dossier: &Dossier, a: &Claim, b: &Claim) -> Option<(Rule, Order)> {
    use Modality::{Actual, Alleged, Denied, Planned};
    if a.value == Value::Missing || b.value == Value::Missing {
        // A blank beside one of several values is not a gap.
        return (!dossier.property(a.property).many).then_some((Rule::Blank, Order::AsGiven));
    }
    let comparison = compare(dossier, a, b);
    if comparison == Comparison::Incomparable {
        return Some((Rule::OtherUnit, Order::AsGiven));
    }
    Some(match (a.modality(), b.modality()) {
        (Actual, Actual) | (Alleged, Alleged) => same_modality(dossier, a, b, comparison),
        (Planned, Planned) => plans(dossier, a, b, comparison),
        (Denied, Denied) => match comparison {
            Comparison::Same(fit) => (Rule::of(fit), Order::AsGiven),
            Comparison::Within(_)
            | Comparison::Contains(_)
            | Comparison::Overlap(_)
            | Comparison::Disjoint
            | Comparison::Incomparable => (Rule::OtherDenied, Order::AsGiven),
        },
        (Alleged, Actual | Planned | Denied) => (Rule::Alleged, Order::AsGiven),
        (Actual | Planned | Denied, Alleged) => (Rule::Alleged, Order::Swapped),
        (Planned, Actual) => (outcome(dossier, a, b, comparison), Order::AsGiven),
        (Actual, Planned) => (outcome(dossier, b, a, comparison.swapped()), Order::Swapped),
        (Actual | Planned, Denied) => (denial(dossier, a, b, comparison), Order::AsGiven),
        (Denied, Actual | Planned) => (denial(dossier, b, a, comparison.swapped()), Order::Swapped),
    })
}

/// Judges two facts, or two allegations.
fn same_modality(dossier: &Dossier, a: &Claim, b: &Claim, comparison: Comparison) -> (Rule, Order) {
    if let Comparison::Same(fit) = comparison {
        return (Rule::of(fit), Order::AsGiven);
    }
    if let Some(order) = order_in_time(dossier, a, b) {
        return (Rule::OtherTime, Order::of(order));
    }
    match comparison {
        Comparison::Same(fit) | Comparison::Within(fit) | Comparison::Overlap(fit) => (Rule::of(fit), Order::AsGiven),
        Comparison::Contains(fit) => (Rule::of(fit), Order::Swapped),
        Comparison::Disjoint | Comparison::Incomparable => (Rule::Incompatible, Order::AsGiven),
    }
}

/// Judges two plans: a later date for the same thing is a delay.
fn plans(dossier: &Dossier, a: &Claim, b: &Claim, comparison: Comparison) -> (Rule, Order) {
    let (Some(x), Some(y)) = (dossier.date(a), dossier.date(b)) else {
        return same_modality(dossier, a, b, comparison);
    };
    let Some(later) = later_plan(x, y, comparison) else { return same_modality(dossier, a, b, comparison) };
    match order_in_time(dossier, a, b) {
        // A later plan for an earlier day was brought forward, which is not a delay.
        Some(made) if made != later => (Rule::OtherTime, Order::of(made)),
        Some(_) | None => (Rule::PutOff, Order::of(later)),
    }
}

/// Orders two different planned dates; limits on the same side are ordered by the limit. `None` if the dates
/// may be the same.
fn later_plan(a: &When, b: &When, comparison: Comparison) -> Option<Ordering> {
    let order = match (a.shape(), b.shape(), comparison) {
        (Shape::Before, Shape::Before, _) => a.latest().cmp(&b.latest()),
        (Shape::After, Shape::After, _) => a.earliest().cmp(&b.earliest()),
        (_, _, Comparison::Disjoint) => a.chronological(b),
        (
            _,
            _,
            Comparison::Same(_)
            | Comparison::Within(_)
            | Comparison::Contains(_)
            | Comparison::Overlap(_)
            | Comparison::Incomparable,
        ) => {
            return None;
        }
    };
    order.is_ne().then_some(order)
}

/// Judges a plan and the fact that followed.
fn outcome(dossier: &Dossier, plan: &Claim, fact: &Claim, comparison: Comparison) -> Rule {
    if let (Some(planned), Some(came)) = (dossier.date(plan), dossier.date(fact)) {
        return match (planned.latest(), came.earliest(), came.latest()) {
            (Some(due), _, Some(by)) if by <= due => Rule::InTime,
            (Some(due), Some(from), _) if from > due => Rule::Late,
            (None | Some(_), ..) => Rule::CameAbout,
        };
    }
    if comparison.agrees() {
        return Rule::AsPlanned;
    }
    if is_not_due(dossier, plan, fact) {
        return Rule::NotDue;
    }
    let more = quantity_of(plan.value).zip(quantity_of(fact.value)).and_then(|(planned, came)| {
        let came = came.to(planned.unit, dossier.vocabulary())?;
        Some(came > planned.number)
    });
    match more {
        Some(true) => Rule::Exceeded,
        Some(false) => Rule::Short,
        None => Rule::Otherwise,
    }
}

/// Returns true if the plan is for a time after that of the fact, or for an open-ended one.
fn is_not_due(dossier: &Dossier, plan: &Claim, fact: &Claim) -> bool {
    let Some(time) = days_of(dossier, plan) else { return false };
    let without_end = time.earliest.is_some() && time.latest.is_none();
    without_end || order_in_time(dossier, plan, fact) == Some(Ordering::Greater)
}

/// Judges a statement and a denial: they conflict if the statement is what is denied, or a part of it.
fn denial(dossier: &Dossier, said: &Claim, denied: &Claim, comparison: Comparison) -> Rule {
    if order_in_time(dossier, said, denied).is_some() {
        return Rule::OtherTime;
    }
    match comparison {
        Comparison::Same(_) | Comparison::Within(_) => Rule::Denied,
        Comparison::Contains(_) | Comparison::Overlap(_) | Comparison::Disjoint | Comparison::Incomparable => {
            Rule::OtherDenied
        }
    }
}
