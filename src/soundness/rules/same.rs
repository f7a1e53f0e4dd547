//! Entities that are judged not to be the same, while other judgements make them so.
//!
//! Invariant: a finding names the shortest way of judgements from the one to the other.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::report::Report;
use crate::graph::judged::Judged;
use crate::model::{EntityId, Sameness};
use crate::soundness::{About, Code, Finding};

/// The most entities that are visited to name the judgements which lead from one entity to another.
const MAX_VISITED: usize = 1_000;

/// Finds each two that are judged not to be the same, while other judgements make them so.
pub(super) fn find(report: &mut Report<'_>) {
    let dossier = report.dossier;
    let mut judged = Judged::new(dossier);
    let rows = || dossier.judgements().iter().enumerate();
    let mut same: HashMap<EntityId, Vec<(EntityId, usize)>> = HashMap::new();
    for (row, judgement) in rows().filter(|(_, row)| row.verdict == Sameness::Same) {
        same.entry(judgement.a).or_default().push((judgement.b, row));
        same.entry(judgement.b).or_default().push((judgement.a, row));
    }
    for (row, judgement) in rows().filter(|(_, row)| row.verdict == Sameness::NotSame) {
        if !judged.are_same(judgement.a, judgement.b) {
            continue;
        }
        let way = way(&same, judgement.a, judgement.b);
        let second = way.first().map(|&(_, row)| About::Judgement(row));
        let ids: Vec<&str> =
            way.iter().map(|&(entity, _)| dossier.id(entity)).chain([dossier.id(judgement.b)]).collect();
        let found = format!("both same and not same: {}", ids.join(", "));
        let expected = "expected \"unsure\", or one of these judgements less";
        let finding = Finding::new(Code::SameAndNotSame, About::Judgement(row), found, expected);
        report.add(Finding { second, ..finding });
    }
}

/// Returns the shortest way from one entity to another: each entity but the last, with the judgement that leads on. Empty
/// if it is too long to be found quickly, or leads nowhere.
fn way(same: &HashMap<EntityId, Vec<(EntityId, usize)>>, from: EntityId, to: EntityId) -> Vec<(EntityId, usize)> {
    // Searched from the end, so that each step back leads forward.
    let mut next: BTreeMap<EntityId, (EntityId, usize)> = BTreeMap::new();
    let mut open = VecDeque::from([to]);
    while let Some(entity) = open.pop_front() {
        if entity == from {
            break;
        }
        for &(other, row) in same.get(&entity).into_iter().flatten() {
            // One entity may have more judgements than are followed.
            if next.len() > MAX_VISITED {
                break;
            }
            if other != to && !next.contains_key(&other) {
                next.insert(other, (entity, row));
                open.push_back(other);
            }
        }
    }
    let mut way = Vec::new();
    let mut at = from;
    while let Some(&(entity, row)) = next.get(&at) {
        way.push((at, row));
        at = entity;
    }
    way
}
