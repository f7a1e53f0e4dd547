//! Lanes of plans: the date planned, the dates planned later, and the outcome.
//!
//! The verdicts of the slot say which plan slipped and which was fulfilled.
//!
//! Invariant: an arrow leads from a plan to the next plan, or from the last plan to the first outcome.

use super::{Arrow, ArrowKind, Lane, LaneGroup, Mark, MarkKind, sort_marks};
use crate::graph::slots::{is_actual, slot_ids};
use crate::model::id::WhenId;
use crate::model::{Claim, ClaimId, Dossier, EntityId, Modality, PropertyId, Rank, Verdict, When};
use crate::present::verdict_text::{date_words, gist, planned_for};
use crate::present::wording::value_text;
use crate::timeline::World;
use crate::verdicts::{Pair, Side, verdict_of};
use crate::vocabulary::Template;

/// Passes to `each` a lane for every slot with a plan that has a date.
pub(super) fn lanes(world: &World, within: &dyn Fn(EntityId) -> bool, each: &mut dyn FnMut(Lane)) {
    let dossier = world.dossier();
    let planned = dossier.all_claims().iter().filter(|claim| is_plan(claim) && due(dossier, claim).is_some());
    // Claims of one slot are neighbours.
    let mut slots: Vec<(EntityId, PropertyId)> = planned.map(|claim| (claim.subject, claim.property)).collect();
    slots.dedup();
    let slots = slots.into_iter().filter(|(subject, _)| within(*subject));
    slots.map(|(subject, property)| lane(world, subject, property)).filter(|lane| !lane.is_empty()).for_each(each);
}

/// Returns the arrows of all plans of an entity, slot by slot.
pub fn fates(world: &World, entity: EntityId) -> Vec<Arrow> {
    let dossier = world.dossier();
    let planned = dossier.claims_of(entity).iter().filter(|claim| is_plan(claim) && due(dossier, claim).is_some());
    let mut slots: Vec<PropertyId> = planned.map(|claim| claim.property).collect();
    slots.dedup();
    slots.into_iter().flat_map(|property| arrows(world, entity, property)).collect()
}

fn is_plan(claim: &Claim) -> bool {
    claim.modality() == Modality::Planned && claim.rank() != Rank::Deprecated
}

/// Returns the time of a claim: the date if its value is one, else the time to which the value refers.
pub fn due<'a>(dossier: &'a Dossier, claim: &Claim) -> Option<&'a When> {
    due_id(dossier, claim).map(|id| dossier.when(id))
}

fn due_id(dossier: &Dossier, claim: &Claim) -> Option<WhenId> {
    let id = planned_for(claim)?;
    dossier.when(id).anchor().is_some().then_some(id)
}

fn lane(world: &World, subject: EntityId, property: PropertyId) -> Lane {
    let dossier = world.dossier();
    let mut marks: Vec<Mark> = slot_ids(dossier, subject, property)
        .filter(|&id| world.chronology().is_shown(id))
        .filter_map(|id| mark(dossier, id))
        .collect();
    sort_marks(&mut marks);
    let spec = dossier.property(property);
    let what = match spec.happening.as_ref().map(Template::words) {
        Some(words) if !words.is_empty() => words.to_owned(),
        Some(_) | None => spec.label.to_lowercase(),
    };
    let label = format!("{}: {what}", world.short_name(subject));
    let arrows = arrows(world, subject, property);
    Lane { property: Some(property), marks, arrows, ..Lane::new(LaneGroup::Plans, label, subject) }
}

fn mark(dossier: &Dossier, id: ClaimId) -> Option<Mark> {
    let claim = dossier.claim(id);
    let kind = match claim.modality() {
        Modality::Planned if is_plan(claim) => MarkKind::Planned,
        Modality::Actual if is_actual(claim) => MarkKind::Happened,
        Modality::Planned | Modality::Actual | Modality::Alleged | Modality::Denied => return None,
    };
    let when = due_id(dossier, claim)?;
    let label = match dossier.date(claim) {
        Some(date) => date_words(date),
        None => value_text(dossier, claim),
    };
    Some(Mark { kind, at: dossier.when(when).window(), label, when, claim: id })
}

/// A plan and a later claim of its slot, with the judgement of the pair.
struct Step<'a> {
    kind: ArrowKind,
    claims: [ClaimId; 2],
    from: &'a When,
    to: &'a When,
    is_plan: bool,
    words: String,
}

fn arrows(world: &World, subject: EntityId, property: PropertyId) -> Vec<Arrow> {
    let dossier = world.dossier();
    let pairs = verdict_of(world, subject, property).map(|slot| slot.pairs).unwrap_or_default();
    let mut steps: Vec<Step<'_>> = pairs.iter().filter_map(|pair| step(dossier, pair)).collect();
    // The first step of each plan is kept: the next plan if there is one, else the nearest outcome.
    steps.sort_by(|a, b| {
        let plans = a.from.chronological(b.from).then(a.claims[0].cmp(&b.claims[0]));
        plans.then(b.is_plan.cmp(&a.is_plan)).then_with(|| a.to.chronological(b.to)).then(a.claims.cmp(&b.claims))
    });
    steps.dedup_by_key(|step| step.claims[0]);
    let arrow = |step: Step<'_>| Arrow {
        kind: step.kind,
        from: step.from.window(),
        to: step.to.window(),
        words: step.words,
        claims: step.claims,
    };
    steps.into_iter().map(arrow).collect()
}

fn step<'a>(dossier: &'a Dossier, pair: &Pair) -> Option<Step<'a>> {
    let (Side::Claim(a), Side::Claim(b)) = (pair.a, pair.b) else { return None };
    let dues = |a, b| Some((due(dossier, dossier.claim(a))?, due(dossier, dossier.claim(b))?));
    let (from, to) = dues(a, b)?;
    let plans = [a, b].map(|id| is_plan(dossier.claim(id)));
    let step =
        |kind, a, b, from, to, words| Step { kind, claims: [a, b], from, to, is_plan: plans == [true; 2], words };
    match pair.verdict() {
        Verdict::Slipped if plans[0] => Some(step(ArrowKind::Slipped, a, b, from, to, gist(dossier, pair))),
        Verdict::Fulfilled if plans[0] => Some(step(ArrowKind::Fulfilled, a, b, from, to, gist(dossier, pair))),
        _ => None,
    }
}
