//! The rows on which a lane is drawn: holders of one office at the same time stand on different ones.
//!
//! Invariant: on no row do bars of two holders share a day on which both are sure, or two days on which one is. The days of a
//! month in which an office changed hands are on one row: one of them is the last that is sure of the one, or the first of
//! the other, and on the others both are only possible, where one sign stands for both.

use super::{Bar, Lane, LaneGroup};
use crate::offices::Certainty;

/// Returns a lane as it is drawn: as it is, or one lane for each of the rows that its bars need.
pub fn rows(lane: Lane) -> Vec<Lane> {
    if lane.group != LaneGroup::Offices || !has_clash(&lane.bars) {
        return vec![lane];
    }
    let mut rows: Vec<Vec<Bar>> = Vec::new();
    let Lane { mut bars, marks, .. } = lane;
    while let Some(first) = bars.first() {
        let holder = first.entity;
        let (own, rest): (Vec<Bar>, Vec<Bar>) = bars.into_iter().partition(|bar| bar.entity == holder);
        bars = rest;
        let has_room = |row: &Vec<Bar>| !own.iter().any(|bar| row.iter().any(|other| clashes(bar, other)));
        match rows.iter().position(has_room).and_then(|row| rows.get_mut(row)) {
            Some(row) => row.extend(own),
            None => rows.push(own),
        }
    }
    let mut lanes: Vec<Lane> = rows
        .into_iter()
        .map(|mut bars| {
            bars.sort_by_key(|bar| bar.from);
            Lane { bars, ..Lane::new(lane.group, lane.label.clone(), lane.entity) }
        })
        .collect();
    for mark in marks {
        let own = lanes.iter().position(|row| row.bars.iter().any(|bar| bar.claims.contains(&mark.claim)));
        if let Some(row) = lanes.get_mut(own.unwrap_or(0)) {
            row.marks.push(mark);
        }
    }
    lanes
}

/// Returns true if two neighbours in order of time clash; if none does, no two bars do.
fn has_clash(bars: &[Bar]) -> bool {
    bars.iter().enumerate().any(|(at, bar)| bars.iter().skip(at + 1).any(|other| clashes(bar, other)))
}

/// Returns true if two bars of different holders cannot share a row.
fn clashes(a: &Bar, b: &Bar) -> bool {
    if a.entity == b.entity || !a.reaches(b.from, b.to) {
        return false;
    }
    let first = a.from.max(b.from);
    let last = [a.to, b.to].into_iter().flatten().min();
    match (a.certainty, b.certainty) {
        (Certainty::Definite, Certainty::Definite) => true,
        (Certainty::Definite, _) | (_, Certainty::Definite) => last != Some(first),
        (Certainty::Part | Certainty::Possible, Certainty::Part | Certainty::Possible) => false,
    }
}
