//! Lanes of offices: the holders of each post.
//!
//! Invariant: on every day the bars say what [`holders_on`](crate::offices::holders_on) says; on a day without
//! a bar it says "not known".

use super::{Bar, Lane, LaneGroup, Mark, MarkKind, runs, sort_marks};
use crate::model::{Core, CoreKind, EntityId};
use crate::offices::{DateRole, Fact, Holding, Knowledge, Term, holders_over_time, terms_of};
use crate::timeline::World;

/// Passes to `each` a lane for every post that is in scope or has a tenure in scope.
pub(super) fn lanes(world: &World, within: &dyn Fn(EntityId) -> bool, each: &mut dyn FnMut(Lane)) {
    let dossier = world.dossier();
    let held = |post: EntityId| {
        let links = world.links().to(post).iter().map(|&id| dossier.claim(id));
        links.filter(|claim| claim.property == Core::Post).any(|claim| within(claim.subject) && dossier.situates(claim))
    };
    let posts = dossier.of_core(CoreKind::Post).filter(|&post| within(post) || held(post));
    posts.map(|post| lane(world, post)).for_each(each);
}

fn lane(world: &World, post: EntityId) -> Lane {
    let answers = holders_over_time(world, post).into_iter().map(|period| {
        let bars = period.holdings.into_iter().map(|holding| bar(world, period.first, holding)).collect();
        ((period.first, period.last), bars)
    });
    let bars = between_known(runs(answers));
    let told = |term: &Term, fact: &Fact| {
        bars.iter().any(|bar| bar.entity == Some(term.tenure) && bar.claims.contains(&fact.claim))
    };
    let mut marks: Vec<Mark> = Vec::new();
    for term in terms_of(world, post) {
        for fact in &term.facts {
            let kind = match fact.role {
                DateRole::Sighting => MarkKind::Seen,
                // What no bar tells, such as an end before its start, is shown as it is stated.
                DateRole::Start if !told(&term, fact) => MarkKind::Begins,
                DateRole::End if !told(&term, fact) => MarkKind::Ends,
                DateRole::Start | DateRole::End => continue,
            };
            let label = world.label(term.person.unwrap_or(term.tenure)).into_owned();
            let at = world.dossier().when(fact.when).window();
            marks.push(Mark { kind, at, label, when: fact.when, claim: fact.claim });
        }
    }
    marks.retain(|mark| mark.at.position().is_some());
    sort_marks(&mut marks);
    let label = world.short_name(post).into_owned();
    Lane { bars, marks, ..Lane::new(LaneGroup::Offices, label, post) }
}

fn bar(world: &World, day: chrono::NaiveDate, holding: Holding) -> Bar {
    let label = holding.person.map_or_else(|| holding.state.as_str().into(), |person| world.label(person));
    Bar {
        from: day,
        to: Some(day),
        state: holding.state,
        certainty: holding.certainty,
        basis: holding.basis,
        label: label.into_owned(),
        entity: holding.tenure,
        value: None,
        claims: holding.proof,
    }
}

/// Removes the "not known" bars at both ends.
fn between_known(mut bars: Vec<Bar>) -> Vec<Bar> {
    let is_known = |bar: &Bar| bar.state != Knowledge::Unknown;
    bars.truncate(bars.iter().rposition(is_known).map_or(0, |last| last + 1));
    bars.drain(..bars.iter().position(is_known).unwrap_or(0));
    bars
}
