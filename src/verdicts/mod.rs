//! Verdicts: whether the claims of a slot agree, judged by general rules.
//!
//! A slot is one property of one entity. Its claims are first put together as
//! [positions](crate::graph::positions), which are judged two by two by the table of rules in [`rule`]; every pair is kept, so
//! that a slip is told beside a conflict. Planned dates are judged as [`promises`], numbers also against what the
//! dossier lists (`list_count`), holders of a post against each other ([`holders`]), and sums and ratios against what the documents imply
//! ([`checks`](mod@checks)).
//!
//! Invariant: a verdict is computed anew from the dossier, by rules that name no entity, and is never stored.

pub mod checks;
pub mod holders;
mod judge;
mod list_count;
pub mod promises;
pub mod rule;

use std::ops::Range;

use crate::graph::Graph;
use crate::graph::compare::{Comparison, Fit, compare, compare_due};
use crate::graph::judged::Judged;
use crate::graph::positions::{Position, days_of, is_same_scope, positions_of, scope_of, value_key};
use crate::graph::slots::actual_ids;
use crate::model::{
    Basis, Claim, ClaimId, Core, CoreKind, Dossier, EntityId, Modality, PropertyId, Rank, Value, Verdict,
};
pub use checks::{CheckOutcome, CheckResult, checks};
pub use list_count::counted;
pub use rule::{Rule, sign};

/// The most positions of a slot, or of one value of a many-valued slot, that are judged two by two.
const MAX_SIDES: usize = 64;

/// One side of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// A claim; between two positions the one that is shown.
    Claim(ClaimId),
    /// The number of entities that the dossier lists.
    List(u32),
}

/// Two sides and the rule that judged them.
///
/// If the rule has a direction, `a` is its start: the plan, the earlier or the narrower side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The first side.
    pub a: Side,
    /// The second side.
    pub b: Side,
    /// The rule that applies; it determines the verdict.
    pub rule: Rule,
}

impl Pair {
    /// Returns the verdict of the pair.
    pub fn verdict(&self) -> Verdict {
        self.rule.verdict()
    }

    /// Returns the claims of the pair: one or two.
    pub fn claims(&self) -> impl Iterator<Item = ClaimId> + use<> {
        [self.a, self.b].into_iter().filter_map(|side| match side {
            Side::Claim(claim) => Some(claim),
            Side::List(_) => None,
        })
    }
}

/// The verdicts on a slot with at least one judged pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotVerdict {
    /// The entity.
    pub subject: EntityId,
    /// The property.
    pub property: PropertyId,
    /// The gravest verdict among the pairs.
    pub verdict: Verdict,
    /// The index in `pairs` of the first pair with this verdict.
    pub decided_by: usize,
    /// The claims that were judged, in the order of the documents.
    pub claims: Vec<ClaimId>,
    /// Every pair to which a rule applies, in the order of the claims.
    pub pairs: Vec<Pair>,
    /// Claims that were not judged because they are deprecated or beyond the limit.
    pub left_out: Vec<ClaimId>,
}

impl SlotVerdict {
    fn of(subject: EntityId, property: PropertyId, mut pairs: Vec<Pair>, left_out: Vec<ClaimId>) -> Option<Self> {
        pairs.sort_by_key(|pair| (pair.a.min(pair.b), pair.a.max(pair.b), pair.rule));
        let (decided_by, decisive) = pairs.iter().enumerate().min_by_key(|(_, pair)| pair.verdict())?;
        let verdict = decisive.verdict();
        let mut claims: Vec<ClaimId> = pairs.iter().flat_map(Pair::claims).collect();
        claims.sort_unstable();
        claims.dedup();
        Some(Self { subject, property, verdict, decided_by, claims, pairs, left_out })
    }

    /// Returns the pair that decided.
    #[expect(clippy::indexing_slicing, reason = "it is one of the pairs")]
    pub fn decisive(&self) -> &Pair {
        &self.pairs[self.decided_by]
    }

    /// Returns how many pairs have each verdict, the gravest first, without those that none has.
    pub fn counts(&self) -> impl Iterator<Item = (Verdict, usize)> {
        let count = |verdict| self.pairs.iter().filter(|pair| pair.verdict() == verdict).count();
        Verdict::ALL.iter().map(move |&verdict| (verdict, count(verdict))).filter(|(_, count)| *count > 0)
    }
}

/// Returns the verdicts on all slots, gravest first, then by subject and property.
pub fn verdicts(graph: &Graph) -> Vec<SlotVerdict> {
    let dossier = graph.dossier();
    let mut found: Vec<SlotVerdict> = slots(dossier).filter_map(|slot| judge_slot(graph, slot)).collect();
    let mut judged = Judged::new(dossier);
    for post in dossier.of_core(CoreKind::Post) {
        found.extend(judge_holders(graph, &mut judged, post));
    }
    let position = |slot: &SlotVerdict| dossier.vocabulary().position(slot.property);
    found.sort_by_key(|slot| (slot.verdict, slot.subject, position(slot)));
    found
}

/// Returns the verdicts on one slot, or `None` if no pair of it can be judged. The slot of the persons of a post is that of
/// those who hold it ([`Core::Person`]).
pub fn verdict_of(graph: &Graph, subject: EntityId, property: PropertyId) -> Option<SlotVerdict> {
    let dossier = graph.dossier();
    if property == Core::Person && dossier.core_kind(subject) == CoreKind::Post {
        return judge_holders(graph, &mut Judged::new(dossier), subject);
    }
    let first = dossier.claim_ids_of(subject).find(|&id| dossier.claim(id).property == property)?.index();
    judge_slot(graph, first..first + dossier.slot(subject, property).len())
}

/// Returns the verdicts on the holders of a post: a pair of terms that overlap is that of the claims which name the persons.
fn judge_holders(graph: &Graph, judged: &mut Judged, post: EntityId) -> Option<SlotVerdict> {
    let dossier = graph.dossier();
    let held = holders::held(graph, post);
    let named = |held: &holders::Held| {
        let persons = actual_ids(dossier, held.term.tenure, Core::Person);
        persons.into_iter().find(|&id| Dossier::target(dossier.claim(id)) == Some(held.person))
    };
    let mut pairs = Vec::new();
    holders::overlaps(dossier, judged, post, &held, |both| {
        if let (Some(a), Some(b)) = (named(both.earlier), named(both.later)) {
            pairs.push(Pair { a: Side::Claim(a), b: Side::Claim(b), rule: Rule::Overlap });
        }
    });
    SlotVerdict::of(post, Core::Person.into(), pairs, Vec::new())
}

/// Returns the claims of each slot, as a range of their indexes.
fn slots(dossier: &Dossier) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let rows = dossier.all_claims();
    rows.chunk_by(|a, b| (a.subject, a.property) == (b.subject, b.property)).map(move |slot| {
        let first = start;
        start += slot.len();
        first..start
    })
}

fn judge_slot(graph: &Graph, slot: Range<usize>) -> Option<SlotVerdict> {
    let dossier = graph.dossier();
    let rows = dossier.all_claims().get(slot.clone())?;
    let first = rows.first()?;
    let (subject, property) = (first.subject, first.property);
    if rows.len() < 2 && dossier.property(property).counts.is_empty() {
        return None;
    }
    let (judged, mut left_out): (Vec<ClaimId>, Vec<ClaimId>) =
        slot.map(ClaimId::from_index).partition(|&id| dossier.claim(id).rank() != Rank::Deprecated);
    let positions = positions_of(dossier, &judged);
    let mut pairs = Vec::new();
    for group in groups(dossier, property, &positions) {
        let (sides, rest) = group.split_at(group.len().min(MAX_SIDES));
        left_out.extend(rest.iter().flat_map(|position| &position.supports));
        judge_positions(dossier, sides, &mut pairs);
    }
    pairs.extend(several(dossier, property, &positions));
    pairs.extend(listed(graph, &positions));
    left_out.sort_unstable();
    left_out.dedup();
    SlotVerdict::of(subject, property, pairs, left_out)
}

/// Judges positions with each other, and in each the claim that is shown with the others.
fn judge_positions(dossier: &Dossier, positions: &[&Position], pairs: &mut Vec<Pair>) {
    for position in positions {
        let others = position.supports.iter().filter(|&&claim| claim != position.claim);
        pairs.extend(others.map(|&claim| support(dossier, position.claim, claim)));
    }
    let shown: Vec<ClaimId> = positions.iter().map(|position| position.claim).collect();
    let mut rest = shown.iter();
    while let Some(&a) = rest.next() {
        let others = rest.clone().filter(|&&b| !is_of_promises(dossier, a, b));
        pairs.extend(others.filter_map(|&b| judge::pair(dossier, a, b)));
    }
    let with = |modality| {
        shown.iter().copied().filter(move |&id| {
            let claim = dossier.claim(id);
            claim.modality() == modality && dossier.date(claim).is_some()
        })
    };
    let mut plans: Vec<ClaimId> = with(Modality::Planned).collect();
    // Those of one scope at a time.
    while let Some(&first) = plans.first() {
        let is_here = |id: &ClaimId| is_same_scope(dossier, dossier.claim(*id), dossier.claim(first));
        let (here, others): (Vec<ClaimId>, Vec<ClaimId>) = plans.into_iter().partition(is_here);
        let facts: Vec<ClaimId> = with(Modality::Actual).filter(is_here).collect();
        promises::judge(dossier, &here, &facts, pairs);
        plans = others;
    }
}

/// Returns true if two claims are planned dates, or one of them and the date on which it came about.
fn is_of_promises(dossier: &Dossier, a: ClaimId, b: ClaimId) -> bool {
    let (a, b) = (dossier.claim(a), dossier.claim(b));
    let is_one = match (a.modality(), b.modality()) {
        (Modality::Planned, Modality::Planned | Modality::Actual) | (Modality::Actual, Modality::Planned) => true,
        (Modality::Planned | Modality::Actual | Modality::Alleged | Modality::Denied, _) => false,
    };
    is_one && dossier.date(a).is_some() && dossier.date(b).is_some() && is_same_scope(dossier, a, b)
}

/// Returns the pair of a claim that is shown and another that supports it.
fn support(dossier: &Dossier, shown: ClaimId, other: ClaimId) -> Pair {
    let (a, b) = (dossier.claim(shown), dossier.claim(other));
    let comparison = match (dossier.date(a), dossier.date(b)) {
        (Some(x), Some(y)) if a.modality() == Modality::Planned => compare_due(x, y),
        (Some(_) | None, _) => compare(dossier, a, b),
    };
    let rule = match comparison {
        Comparison::Same(fit) | Comparison::Within(fit) | Comparison::Contains(fit) | Comparison::Overlap(fit) => {
            Rule::of(fit)
        }
        Comparison::Incomparable if a.value == Value::Missing => Rule::Blank,
        Comparison::Disjoint | Comparison::Incomparable => Rule::of(Fit::Equal),
    };
    Pair { a: Side::Claim(shown), b: Side::Claim(other), rule }
}

/// Groups the positions that are compared: all of a single-valued slot, those of equal value in a many-valued one.
fn groups<'a>(dossier: &Dossier, property: PropertyId, positions: &'a [Position]) -> Vec<Vec<&'a Position>> {
    if !dossier.property(property).many {
        return vec![positions.iter().collect()];
    }
    let mut keyed: Vec<&Position> = positions.iter().collect();
    let key = |position: &Position| value_key(dossier.claim(position.claim));
    keyed.sort_by_key(|position| (key(position), position.claim));
    keyed.chunk_by(|a, b| key(a) == key(b)).map(<[&Position]>::to_vec).collect()
}

/// Returns a pair for each further text of a slot that may have several.
fn several(dossier: &Dossier, property: PropertyId, positions: &[Position]) -> Vec<Pair> {
    let is_fact = |claim: &Claim| claim.modality() == Modality::Actual && matches!(claim.value, Value::Text(_));
    let shown = positions.iter().take(MAX_SIDES).map(|position| position.claim);
    let mut facts = shown.filter(|&id| is_fact(dossier.claim(id)));
    let Some(first) = facts.next().filter(|_| dossier.property(property).many) else { return Vec::new() };
    let others = facts.filter(|&id| value_key(dossier.claim(id)) != value_key(dossier.claim(first)));
    others.map(|id| Pair { a: Side::Claim(first), b: Side::Claim(id), rule: Rule::Several }).collect()
}

/// Compares numbers with the number of entities that the dossier lists: those that were counted, or else those that are said
/// of the whole subject and of no time of their own.
fn listed(graph: &Graph, positions: &[Position]) -> Vec<Pair> {
    let dossier = graph.dossier();
    let facts = positions.iter().map(|position| position.claim).filter_map(|id| {
        let claim = dossier.claim(id);
        let Value::Number { number, .. } = claim.value else { return None };
        (claim.modality() == Modality::Actual).then_some((id, claim, number.get()))
    });
    let facts: Vec<(ClaimId, &Claim, f64)> = facts.collect();
    let has_count = facts.iter().any(|(_, claim, _)| claim.basis() == Basis::Counted);
    let pair = |&(id, claim, number): &(ClaimId, &Claim, f64)| {
        let is_counted = claim.basis() == Basis::Counted;
        let is_plain = scope_of(dossier, claim).is_empty() && days_of(dossier, claim).is_none();
        if !is_counted && (has_count || !is_plain) {
            return None;
        }
        let list = list_count::count(graph, claim.subject, claim.property).filter(|&list| is_counted || list > 0)?;
        let rule = match number.total_cmp(&f64::from(list)) {
            std::cmp::Ordering::Equal => Rule::Counted,
            _ if is_counted => Rule::Miscounted,
            order => judge::list_rule(order.is_lt(), list_count::is_whole(dossier, claim, None)),
        };
        Some(Pair { a: Side::Claim(id), b: Side::List(list), rule })
    };
    facts.iter().filter_map(pair).collect()
}

#[cfg(test)]
mod tests;
