//! Verdicts: whether the claims of a slot agree, judged by general rules.
//!
//! A slot is one property of one entity. Its claims are judged pairwise by the table of rules in [`rule`]; the
//! gravest pair decides. Counts are also compared with what the dossier lists (`list_count`), and sums and
//! ratios with what the documents imply ([`checks`](mod@checks)).
//!
//! Invariant: a verdict is computed anew from the dossier, by rules that name no entity, and is never stored.

pub mod checks;
mod judge;
mod list_count;
pub mod rule;

use std::ops::Range;

use crate::graph::Graph;
use crate::graph::positions::{ValueKey, value_key};
use crate::model::{Basis, ClaimId, Dossier, EntityId, Modality, PropertyId, Rank, Value, Verdict};
pub use checks::{CheckOutcome, CheckResult, checks};
pub use rule::{Rule, sign};

/// The most claims of a slot, or of one value of a many-valued slot, that are judged pairwise.
const MAX_SIDES: usize = 64;

/// One side of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// A claim.
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

/// The verdict on a slot with at least one judged pair.
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
    /// Returns the pair that decided.
    #[expect(clippy::indexing_slicing, reason = "it is one of the pairs")]
    pub fn decisive(&self) -> &Pair {
        &self.pairs[self.decided_by]
    }
}

/// Returns the verdicts on all slots, gravest first, then by subject and property.
pub fn verdicts(graph: &Graph) -> Vec<SlotVerdict> {
    let dossier = graph.dossier();
    let mut found: Vec<SlotVerdict> = slots(dossier).filter_map(|slot| judge_slot(graph, slot)).collect();
    let position = |slot: &SlotVerdict| dossier.vocabulary().position(slot.property);
    found.sort_by_key(|slot| (slot.verdict, slot.subject, position(slot)));
    found
}

/// Returns the verdict on one slot, or `None` if no pair of it can be judged.
pub fn verdict_of(graph: &Graph, subject: EntityId, property: PropertyId) -> Option<SlotVerdict> {
    let dossier = graph.dossier();
    let first = dossier.claim_ids_of(subject).find(|&id| dossier.claim(id).property == property)?.index();
    judge_slot(graph, first..first + dossier.slot(subject, property).len())
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
    if rows.len() < 2 && first.basis() != Basis::Counted {
        return None;
    }
    let (judged, mut left_out): (Vec<ClaimId>, Vec<ClaimId>) =
        slot.map(ClaimId::from_index).partition(|&id| dossier.claim(id).rank() != Rank::Deprecated);
    let mut pairs = Vec::new();
    for group in groups(dossier, property, &judged) {
        let (sides, rest) = group.split_at(group.len().min(MAX_SIDES));
        left_out.extend(rest);
        let mut sides = sides.iter();
        while let Some(&a) = sides.next() {
            pairs.extend(sides.clone().filter_map(|&b| judge::pair(dossier, a, b)));
        }
    }
    pairs.extend(judged.iter().filter_map(|&id| listed(graph, id)));
    pairs.sort_by_key(|pair| pair.a.min(pair.b));
    let (decided_by, decisive) = pairs.iter().enumerate().min_by_key(|(_, pair)| pair.verdict())?;
    let verdict = decisive.verdict();
    let mut claims: Vec<ClaimId> = pairs.iter().flat_map(Pair::claims).collect();
    claims.sort_unstable();
    claims.dedup();
    left_out.sort_unstable();
    Some(SlotVerdict { subject, property, verdict, decided_by, claims, pairs, left_out })
}

/// Groups the claims that are compared: all claims of a single-valued slot, those of equal value in a
/// many-valued one.
fn groups(dossier: &Dossier, property: PropertyId, claims: &[ClaimId]) -> Vec<Vec<ClaimId>> {
    if !dossier.property(property).many {
        return vec![claims.to_vec()];
    }
    let mut keyed: Vec<(ValueKey, ClaimId)> = claims.iter().map(|&id| (value_key(dossier.claim(id)), id)).collect();
    keyed.sort_unstable();
    let same = keyed.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    same.map(|group| group.iter().map(|row| row.1).collect()).collect()
}

/// Compares an own count with the number of entities that the dossier lists.
fn listed(graph: &Graph, id: ClaimId) -> Option<Pair> {
    let claim = graph.dossier().claim(id);
    if claim.basis() != Basis::Counted || claim.modality() != Modality::Actual {
        return None;
    }
    let Value::Number { number, .. } = claim.value else { return None };
    let list = list_count::count(graph, claim.subject, claim.property)?;
    let rule = if number.get().total_cmp(&f64::from(list)).is_eq() { Rule::Counted } else { Rule::Miscounted };
    Some(Pair { a: Side::Claim(id), b: Side::List(list), rule })
}

#[cfg(test)]
mod tests;
