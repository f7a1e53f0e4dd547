//! Finds the rule that applies to two claims of one slot.
//!
//! Invariant: the rule does not depend on which claim comes first.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::list_count::is_whole;
use super::rule::Rule;
use super::{Pair, Side};
use crate::graph::compare::{Comparison, compare, compare_due, quantity_of};
use crate::graph::positions::{days_of, is_same_scope, made, order_in_time, published, scope_of};
use crate::model::when::Shape;
use crate::model::{Basis, Claim, ClaimId, DayWindow, Dossier, Modality, Reference, Value, When};
use crate::vocabulary::Dimension;

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
    if let Some(found) = scopes(dossier, a, b) {
        return Some(found);
    }
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

/// Judges two claims that speak of different parts of their subject, or of different states of a number; `None` if they do
/// not. They are not compared, but a part is no more than its whole.
fn scopes(dossier: &Dossier, a: &Claim, b: &Claim) -> Option<(Rule, Order)> {
    if !is_same_scope(dossier, a, b) {
        let (x, y) = (scope_of(dossier, a), scope_of(dossier, b));
        // Without a scope a claim speaks of the whole.
        let is_part = |part: &[Reference], whole: &[Reference]| {
            whole.is_empty() || !part.is_empty() && part.iter().all(|part| whole.contains(part))
        };
        let (part, whole, order) = match (is_part(x, y), is_part(y, x)) {
            (true, _) => (a, b, Order::AsGiven),
            (false, true) => (b, a, Order::Swapped),
            (false, false) => return Some((Rule::OtherScope, Order::AsGiven)),
        };
        return Some((part_of_whole(dossier, part, whole), order));
    }
    let state = |claim| dossier.details(claim).and_then(|details| details.state);
    let differ = match (state(a), state(b)) {
        (Some(x), Some(y)) => x != y,
        // A plan of so many is held against what is in use, whatever it was planned for.
        (x, y) => x != y && a.modality() == b.modality(),
    };
    let has_numbers = quantity_of(a.value).is_some() && quantity_of(b.value).is_some();
    (has_numbers && differ).then_some((Rule::OtherState, Order::AsGiven))
}

fn part_of_whole(dossier: &Dossier, part: &Claim, whole: &Claim) -> Rule {
    let (Some(of_part), Some(of_whole)) = (quantity_of(part.value), quantity_of(whole.value)) else {
        return Rule::OtherScope;
    };
    let words = dossier.vocabulary();
    let Some(number) = of_part.to(of_whole.unit, words) else { return Rule::OtherUnit };
    let is_said_alike = part.modality() == whole.modality() && part.modality() != Modality::Denied;
    if !is_said_alike || order_in_time(dossier, part, whole).is_some() {
        return Rule::OtherScope;
    }
    // Shares, lengths and times of parts may be more than that of the whole.
    let adds_up = of_whole.unit.is_some_and(|unit| {
        matches!(
            words.measure(unit.measure()).dimension,
            Dimension::Area | Dimension::Mass | Dimension::Money | Dimension::Count
        )
    });
    let is_more = number > of_whole.number && compare(dossier, part, whole) == Comparison::Disjoint;
    if adds_up && is_more { Rule::PartExceeds } else { Rule::PartOfWhole }
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
        Comparison::Disjoint | Comparison::Incomparable => match (a.basis(), b.basis()) {
            _ if is_wording(dossier, a) => (Rule::WordedOtherwise, Order::AsGiven),
            (Basis::Counted, Basis::Stated | Basis::Listed | Basis::Inferred) => (list(dossier, b, a), Order::Swapped),
            (Basis::Stated | Basis::Listed | Basis::Inferred, Basis::Counted) => (list(dossier, a, b), Order::AsGiven),
            (Basis::Counted, Basis::Counted)
            | (Basis::Stated | Basis::Listed | Basis::Inferred, Basis::Stated | Basis::Listed | Basis::Inferred) => {
                (Rule::Incompatible, Order::AsGiven)
            }
        },
    }
}

/// Returns true for a text of which different wordings do not exclude each other.
fn is_wording(dossier: &Dossier, claim: &Claim) -> bool {
    matches!(claim.value, Value::Text(_)) && !dossier.property(claim.property).exclusive
}

/// Judges a number and another that was counted in a list.
fn list(dossier: &Dossier, said: &Claim, counted: &Claim) -> Rule {
    let numbers = quantity_of(said.value).zip(quantity_of(counted.value));
    let is_longer = numbers.is_some_and(|(said, counted)| {
        counted.to(said.unit, dossier.vocabulary()).is_some_and(|counted| counted > said.number)
    });
    list_rule(is_longer, is_whole(dossier, said, Some(counted)))
}

/// Returns the rule for a number and a list of another length.
pub(super) const fn list_rule(is_longer: bool, is_whole: bool) -> Rule {
    match (is_longer, is_whole) {
        (true, _) => Rule::ListLonger,
        (false, true) => Rule::ListShorter,
        (false, false) => Rule::ListOpen,
    }
}

/// Judges two plans: a later date for the same thing is a delay, unless both are accounts of one promise.
fn plans(dossier: &Dossier, a: &Claim, b: &Claim, comparison: Comparison) -> (Rule, Order) {
    let (Some(x), Some(y)) = (dossier.date(a), dossier.date(b)) else {
        return other_plans(dossier, a, b, comparison);
    };
    let comparison = compare_due(x, y);
    let made = (made(dossier, a), made(dossier, b));
    if made.0.is_some() && made.0 == made.1 {
        return match comparison {
            Comparison::Disjoint | Comparison::Incomparable => (Rule::PromiseDiffers, Order::AsGiven),
            Comparison::Same(fit) | Comparison::Within(fit) | Comparison::Overlap(fit) => {
                (Rule::of(fit), Order::AsGiven)
            }
            Comparison::Contains(fit) => (Rule::of(fit), Order::Swapped),
        };
    }
    let Some(later) = later_plan(x, y, comparison) else {
        return match comparison {
            Comparison::Contains(fit) => (Rule::of(fit), Order::Swapped),
            Comparison::Same(fit) | Comparison::Within(fit) | Comparison::Overlap(fit) => {
                (Rule::of(fit), Order::AsGiven)
            }
            Comparison::Disjoint | Comparison::Incomparable => (Rule::OtherTime, Order::AsGiven),
        };
    };
    match order_of_making(made) {
        // A later plan for an earlier day was brought forward, which is not a delay.
        Some(made) if made != later => (Rule::OtherTime, Order::of(made)),
        Some(_) | None => (Rule::PutOff, Order::of(later)),
    }
}

/// Judges two plans that are no dates: the same number for a later time is a delay, and another value of a time that may not
/// be the same is another plan.
fn other_plans(dossier: &Dossier, a: &Claim, b: &Claim, comparison: Comparison) -> (Rule, Order) {
    let days = (days_of(dossier, a), days_of(dossier, b));
    let has_numbers = quantity_of(a.value).is_some() && quantity_of(b.value).is_some();
    match (comparison, days) {
        (Comparison::Same(_), (Some(x), Some(y))) if has_numbers && x.latest != y.latest => {
            let order = |days: DayWindow| (days.latest.is_none(), days.latest);
            (Rule::PutOff, Order::of(order(x).cmp(&order(y))))
        }
        (Comparison::Disjoint, (Some(x), Some(y))) if x != y && x.overlaps(y) && !is_wording(dossier, a) => {
            let order = |days: DayWindow| (days.latest.is_none(), days.latest, days.earliest);
            (Rule::Replanned, Order::of(order(x).cmp(&order(y))))
        }
        _ => same_modality(dossier, a, b, comparison),
    }
}

/// Returns the order in which two promises were made; `None` if it is not told.
pub(super) fn order_of_making(made: (Option<DayWindow>, Option<DayWindow>)) -> Option<Ordering> {
    let (a, b) = (made.0?, made.1?);
    if a.surely_before(b) {
        return Some(Ordering::Less);
    }
    b.surely_before(a).then_some(Ordering::Greater)
}

/// Orders two different planned dates; limits on the same side are ordered by the limit. `None` if the dates
/// may be the same.
fn later_plan(a: &When, b: &When, comparison: Comparison) -> Option<Ordering> {
    let order = match (a.shape(), b.shape(), comparison) {
        (Shape::After, Shape::After, _) => a.earliest().cmp(&b.earliest()),
        (_, _, Comparison::Disjoint) => {
            a.latest().cmp(&b.latest()).then_with(|| a.earliest().cmp(&b.earliest())).then_with(|| a.chronological(b))
        }
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

/// Returns the rule for something that was due by a day and came about: `soonest` is that day by the account that names the
/// earliest one, `latest` by the one that names the latest.
pub(super) fn arrival(soonest: Option<NaiveDate>, latest: Option<NaiveDate>, came: &When) -> Rule {
    match (came.earliest(), came.latest()) {
        (_, Some(by)) if soonest.is_some_and(|due| by <= due) => Rule::InTime,
        (Some(from), _) if latest.is_some_and(|due| from > due) => Rule::Late,
        _ => Rule::CameAbout,
    }
}

/// Judges a plan and the fact that followed.
fn outcome(dossier: &Dossier, plan: &Claim, fact: &Claim, comparison: Comparison) -> Rule {
    if let (Some(planned), Some(came)) = (dossier.date(plan), dossier.date(fact)) {
        if made(dossier, plan).is_some_and(|made| came.window().surely_before(made)) {
            return Rule::MadeAfter;
        }
        return arrival(planned.latest(), planned.latest(), came);
    }
    if is_told_before(dossier, plan, fact) {
        return Rule::MadeAfter;
    }
    if comparison.agrees() {
        return Rule::AsPlanned;
    }
    if is_not_due(dossier, plan, fact) {
        return Rule::NotDue;
    }
    if is_wording(dossier, plan) {
        return Rule::WordedOtherwise;
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

/// Returns true if a fact was surely told before the first document that tells of the plan, which was not due by then: it
/// neither keeps nor breaks that plan.
fn is_told_before(dossier: &Dossier, plan: &Claim, fact: &Claim) -> bool {
    let told = days_of(dossier, fact).or_else(|| published(dossier, fact));
    let (Some(told), Some(planned)) = (told, published(dossier, plan)) else { return false };
    let was_due = days_of(dossier, plan).is_some_and(|due| due.latest.is_some() && due.latest <= told.latest);
    told.surely_before(planned) && !was_due
}

/// Returns true if the plan is for a time after that of the fact, or for an open-ended one.
fn is_not_due(dossier: &Dossier, plan: &Claim, fact: &Claim) -> bool {
    let Some(time) = days_of(dossier, plan) else { return false };
    let without_end = time.earliest.is_some() && time.latest.is_none();
    without_end || order_in_time(dossier, plan, fact) == Some(Ordering::Greater)
}

/// Judges a statement and a denial: they conflict if the statement is what is denied, or a part of it. A plan that is denied
/// was not kept, unless it was made after the denial.
fn denial(dossier: &Dossier, said: &Claim, denied: &Claim, comparison: Comparison) -> Rule {
    let is_plan = said.modality() == Modality::Planned;
    let is_promise = is_plan && dossier.date(said).is_some();
    // The times of two promises are those at which they were made, in which they differ.
    if !is_promise && order_in_time(dossier, said, denied).is_some() {
        return Rule::OtherTime;
    }
    let is_later = is_plan && order_of_making((made(dossier, said), made(dossier, denied))) == Some(Ordering::Greater);
    match comparison {
        Comparison::Same(_) | Comparison::Within(_) if is_later => Rule::OtherTime,
        Comparison::Same(_) | Comparison::Within(_) if is_plan => Rule::NotKept,
        Comparison::Same(_) | Comparison::Within(_) => Rule::Denied,
        Comparison::Contains(_) | Comparison::Overlap(_) | Comparison::Disjoint | Comparison::Incomparable => {
            Rule::OtherDenied
        }
    }
}
