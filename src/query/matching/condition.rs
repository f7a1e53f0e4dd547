//! Evaluates the conditions of a query on rows and entities.
//!
//! Whatever does not depend on the row or entity is looked up once per query.
//!
//! Invariant: every row and entity matches exactly one of a condition and its negation.

use super::claim_set::ClaimSet;
use super::named::NamedEntities;
use super::{Match, dates, said};
use crate::graph::containment::targets;
use crate::model::{Claim, Core, CoreKind, DayWindow, Dossier, EntityId, Moment, Value};
use crate::offices::holders_during;
use crate::query::{ClaimState, Condition, ConditionKind, Flag, Named, Query, SaidTest, Span};
use crate::search::Stop;
use crate::text::fold::fold;
use crate::timeline::World;
use crate::timeline::chronology::{RowIndex, row_when};
use crate::timeline::status::{claim_at, entity_at};

/// A condition with what was looked up for it.
#[derive(Debug)]
pub struct PreparedCondition {
    condition: Condition,
    found: Lookup,
}

/// Data about the whole dossier that a condition needs.
#[derive(Debug)]
enum Lookup {
    Nothing,
    Names(NamedEntities),
    Claims(ClaimSet),
    /// The claims in conflict, and those that have a review, where they are asked for.
    Flagged {
        conflicts: Option<ClaimSet>,
        reviews: Option<ClaimSet>,
    },
}

/// Prepares the conditions of a query; returns `None` if `stop` was set meanwhile.
pub fn prepare(world: &World, query: &Query, stop: &Stop) -> Option<Vec<PreparedCondition>> {
    let prepare = |condition: &Condition| {
        let found = match &condition.kind {
            ConditionKind::Named(field, names) => Lookup::Names(NamedEntities::new(world, *field, names, stop)?),
            ConditionKind::Said(named, test) => Lookup::Names(said::entities(world, named.property, test)),
            ConditionKind::Review(states) => Lookup::Claims(ClaimSet::in_review(world, states)),
            ConditionKind::Id(ids) => Lookup::Claims(ClaimSet::with_ids(world, ids)),
            ConditionKind::Has(flags, _) => Lookup::Flagged {
                conflicts: flags.contains(&Flag::Conflict).then(|| ClaimSet::in_conflict(world)),
                reviews: flags.contains(&Flag::Review).then(|| ClaimSet::reviewed(world)),
            },
            ConditionKind::Year(_) | ConditionKind::When(_) | ConditionKind::At(_) | ConditionKind::State(_) => {
                Lookup::Nothing
            }
        };
        let asked = PreparedCondition { condition: condition.clone(), found };
        (!stop.is_set()).then_some(asked)
    };
    query.conditions().iter().map(prepare).collect()
}

/// Evaluates all conditions on an entity.
pub fn of_entity(world: &World, all: &[PreparedCondition], entity: EntityId) -> Match {
    let mut worst = Match::Definite;
    for asked in all {
        worst = worst.min(asked.of_entity(world, entity));
        if worst == Match::No {
            break;
        }
    }
    worst
}

impl PreparedCondition {
    /// Evaluates the condition on a row of the chronology.
    pub fn of_row(&self, world: &World, index: RowIndex) -> Match {
        let dossier = world.dossier();
        let row = world.chronology().row(index);
        let claim = dossier.claim(row.claim);
        let merged = world.chronology().claims(row);
        let of_any = |found: &ClaimSet| merged.iter().any(|&claim| found.has(claim));
        self.with_sign(match &self.condition.kind {
            ConditionKind::Year(spans) => row_when(dossier, row).map_or(Match::No, |when| in_any(spans, when.window())),
            ConditionKind::When(moment) => {
                let dated = row_when(dossier, row).map_or(Match::No, |when| in_any(&span(*moment), when.window()));
                let touched = world.chronology().touched(index);
                dated.max(Match::sure(touched.iter().any(|&entity| is_called(dossier, entity, *moment))))
            }
            ConditionKind::At(moment) => Match::at(claim_at(dossier, claim, *moment)),
            ConditionKind::State(states) => in_state(states, claim),
            ConditionKind::Review(_) | ConditionKind::Id(_) => Match::sure(self.claims(of_any)),
            ConditionKind::Said(named, SaidTest::Dates(spans)) => match row_when(dossier, row) {
                Some(when) if row.property == named.property => in_any(spans, when.window()),
                Some(_) | None => Match::No,
            },
            ConditionKind::Named(..) | ConditionKind::Said(..) => self.names(|names| names.of_row(world, index)),
            ConditionKind::Has(_, properties) if properties.iter().any(|named| named.property == row.property) => {
                Match::Definite
            }
            ConditionKind::Has(flags, _) => Match::sure(flags.iter().any(|flag| match flag {
                Flag::Conflict | Flag::Review => self.flagged(*flag).is_some_and(of_any),
                Flag::Date => true,
                Flag::Evidence => merged.iter().any(|&id| dossier.evidence(dossier.claim(id)).len() > 0),
                Flag::Note => merged.iter().any(|&id| dossier.note(dossier.claim(id)).is_some()),
                Flag::Figure | Flag::Name => self.entity_has(world, *flag, row.subject),
            })),
        })
    }

    /// Evaluates the condition on an entity.
    pub fn of_entity(&self, world: &World, entity: EntityId) -> Match {
        let dossier = world.dossier();
        self.with_sign(match &self.condition.kind {
            ConditionKind::Year(spans) => best(dates::of_entity(world, entity).map(|dates| in_any(spans, dates))),
            ConditionKind::When(moment) => {
                let dated = best(dates::of_entity(world, entity).map(|dates| in_any(&span(*moment), dates)));
                match dated {
                    Match::No => Match::sure(is_called(dossier, entity, *moment) || is_held(world, entity, *moment)),
                    Match::Possible | Match::Definite => dated,
                }
            }
            ConditionKind::At(moment) => Match::at(entity_at(dossier, world.links().to(entity), entity, *moment)),
            ConditionKind::State(states) => best(dossier.claims_of(entity).iter().map(|claim| in_state(states, claim))),
            ConditionKind::Review(_) | ConditionKind::Id(_) => Match::sure(self.claims(|found| found.has_of(entity))),
            ConditionKind::Said(named, SaidTest::Dates(spans)) => {
                let dates = dossier.slot(entity, named.property).iter().filter_map(|claim| dossier.date(claim));
                best(dates.map(|date| in_any(spans, date.window())))
            }
            ConditionKind::Named(..) | ConditionKind::Said(..) => self.names(|names| names.of_entity(world, entity)),
            ConditionKind::Has(flags, properties) => {
                let has = |named: &Named| !dossier.slot(entity, named.property).is_empty();
                let has_flag = flags.iter().any(|&flag| self.entity_has(world, flag, entity));
                Match::sure(has_flag || properties.iter().any(has))
            }
        })
    }

    fn entity_has(&self, world: &World, flag: Flag, entity: EntityId) -> bool {
        let dossier = world.dossier();
        let claims = dossier.claims_of(entity);
        match flag {
            Flag::Conflict | Flag::Review => self.flagged(flag).is_some_and(|found| found.has_of(entity)),
            Flag::Date => dates::of_entity(world, entity).any(|days| days.anchor().is_some()),
            Flag::Evidence => {
                let names = dossier.names(entity).iter().any(|name| dossier.name_evidence(name).len() > 0);
                names || claims.iter().any(|claim| dossier.evidence(claim).len() > 0)
            }
            Flag::Figure => claims.iter().any(|claim| match claim.value {
                Value::Number { .. } => true,
                Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => false,
            }),
            Flag::Name => dossier.names(entity).iter().any(|name| name.value != dossier.entity(entity).label),
            Flag::Note => claims.iter().any(|claim| dossier.note(claim).is_some()),
        }
    }

    fn names(&self, has: impl FnOnce(&NamedEntities) -> bool) -> Match {
        match &self.found {
            Lookup::Names(names) => Match::sure(has(names)),
            Lookup::Nothing | Lookup::Claims(_) | Lookup::Flagged { .. } => Match::No,
        }
    }

    fn claims(&self, has: impl FnOnce(&ClaimSet) -> bool) -> bool {
        match &self.found {
            Lookup::Claims(found) => has(found),
            Lookup::Nothing | Lookup::Names(_) | Lookup::Flagged { .. } => false,
        }
    }

    fn flagged(&self, flag: Flag) -> Option<&ClaimSet> {
        match (&self.found, flag) {
            (Lookup::Flagged { conflicts, .. }, Flag::Conflict) => conflicts.as_ref(),
            (Lookup::Flagged { reviews, .. }, _) => reviews.as_ref(),
            (Lookup::Nothing | Lookup::Names(_) | Lookup::Claims(_), _) => None,
        }
    }

    fn with_sign(&self, found: Match) -> Match {
        if self.condition.negated { Match::sure(!found.passes()) } else { found }
    }
}

/// Returns the days of a moment.
fn span(moment: Moment) -> Vec<Span> {
    Span::new(Some(moment.first()), Some(moment.last())).into_iter().collect()
}

/// Returns true if an entity is the tenure of somebody who held the office at a moment.
fn is_held(world: &World, entity: EntityId, moment: Moment) -> bool {
    let held = |post| holders_during(world, post, moment.first(), moment.last());
    let mut holdings = targets(world, entity, Core::Post).flat_map(held);
    world.dossier().core_kind(entity) == CoreKind::Tenure && holdings.any(|holding| holding.tenure == Some(entity))
}

/// Returns true if an entity has a date in a name, as words.
fn is_called(dossier: &Dossier, entity: EntityId, moment: Moment) -> bool {
    let wanted = fold(&moment.to_string());
    let others = dossier.names(entity).iter().map(|name| dossier.text(name.value));
    std::iter::once(dossier.label(entity))
        .chain(others)
        .any(|name| format!(" {} ", fold(name)).contains(&format!(" {wanted} ")))
}

fn in_any(spans: &[Span], days: DayWindow) -> Match {
    best(spans.iter().map(|span| {
        if span.holds(days) {
            Match::Definite
        } else if span.may_touch(days) {
            Match::Possible
        } else {
            Match::No
        }
    }))
}

fn in_state(states: &[ClaimState], claim: &Claim) -> Match {
    Match::sure(states.iter().any(|state| state.holds(claim)))
}

/// Returns the best match, stopping at the first definite one.
fn best(found: impl Iterator<Item = Match>) -> Match {
    let mut best = Match::No;
    for found in found {
        best = best.max(found);
        if best == Match::Definite {
            break;
        }
    }
    best
}
