//! Evaluates the conditions of a query on rows and entities.
//!
//! Whatever does not depend on the row or entity is looked up once per query.
//!
//! Invariant: every row and entity matches exactly one of a condition and its negation.

use super::named::NamedEntities;
use super::{Match, dates, said};
use crate::graph::entity_set::EntitySet;
use crate::model::{Claim, ClaimId, DayWindow, EntityId, Value, Verdict};
use crate::query::{ClaimState, Condition, ConditionKind, Flag, Named, Query, SaidTest, Span};
use crate::search::Stop;
use crate::timeline::World;
use crate::timeline::chronology::{RowIndex, row_when};
use crate::timeline::status::{claim_at, entity_at};
use crate::verdicts::{Pair, verdicts};

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
    Conflicts(Conflicts),
}

/// The claims in conflict and their subjects.
#[derive(Debug)]
struct Conflicts {
    /// In ascending order.
    claims: Vec<ClaimId>,
    subjects: EntitySet,
}

impl Conflicts {
    fn new(world: &World) -> Self {
        let mut claims = Vec::new();
        let mut subjects = EntitySet::new(world.dossier().entities().len());
        // The gravest verdicts come first.
        for slot in verdicts(world).into_iter().take_while(|slot| slot.verdict == Verdict::Conflicts) {
            subjects.insert(slot.subject);
            let pairs = slot.pairs.iter().filter(|pair| pair.verdict() == Verdict::Conflicts);
            claims.extend(pairs.flat_map(Pair::claims));
        }
        claims.sort_unstable();
        claims.dedup();
        Self { claims, subjects }
    }
}

/// Prepares the conditions of a query; returns `None` if `stop` was set meanwhile.
pub fn prepare(world: &World, query: &Query, stop: &Stop) -> Option<Vec<PreparedCondition>> {
    let prepare = |condition: &Condition| {
        let found = match &condition.kind {
            ConditionKind::Named(field, names) => Lookup::Names(NamedEntities::new(world, *field, names, stop)?),
            ConditionKind::Said(named, test) => Lookup::Names(said::entities(world, named.property, test)),
            ConditionKind::Has(flags, _) if flags.contains(&Flag::Conflict) => Lookup::Conflicts(Conflicts::new(world)),
            ConditionKind::Has(..) | ConditionKind::Year(_) | ConditionKind::At(_) | ConditionKind::State(_) => {
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
        self.with_sign(match &self.condition.kind {
            ConditionKind::Year(spans) => row_when(dossier, row).map_or(Match::No, |when| in_any(spans, when.window())),
            ConditionKind::At(moment) => Match::at(claim_at(dossier, claim, *moment)),
            ConditionKind::State(states) => in_state(states, claim),
            ConditionKind::Said(named, SaidTest::Dates(spans)) => match row_when(dossier, row) {
                Some(when) if row.property == named.property => in_any(spans, when.window()),
                Some(_) | None => Match::No,
            },
            ConditionKind::Named(..) | ConditionKind::Said(..) => self.names(|names| names.of_row(world, index, claim)),
            ConditionKind::Has(_, properties) if properties.iter().any(|named| named.property == row.property) => {
                Match::Definite
            }
            ConditionKind::Has(flags, _) => Match::sure(flags.iter().any(|flag| match flag {
                Flag::Conflict => self.conflicts().is_some_and(|found| found.claims.binary_search(&row.claim).is_ok()),
                Flag::Date => true,
                Flag::Evidence => dossier.evidence(claim).len() > 0,
                Flag::Note => dossier.note(claim).is_some(),
                Flag::Figure | Flag::Name => self.entity_has(world, *flag, row.subject),
            })),
        })
    }

    /// Evaluates the condition on an entity.
    pub fn of_entity(&self, world: &World, entity: EntityId) -> Match {
        let dossier = world.dossier();
        self.with_sign(match &self.condition.kind {
            ConditionKind::Year(spans) => best(dates::of_entity(world, entity).map(|dates| in_any(spans, dates))),
            ConditionKind::At(moment) => Match::at(entity_at(dossier, world.links().to(entity), entity, *moment)),
            ConditionKind::State(states) => best(dossier.claims_of(entity).iter().map(|claim| in_state(states, claim))),
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
            Flag::Conflict => self.conflicts().is_some_and(|found| found.subjects.has(entity)),
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
            Lookup::Nothing | Lookup::Conflicts(_) => Match::No,
        }
    }

    fn conflicts(&self) -> Option<&Conflicts> {
        match &self.found {
            Lookup::Conflicts(found) => Some(found),
            Lookup::Nothing | Lookup::Names(_) => None,
        }
    }

    fn with_sign(&self, found: Match) -> Match {
        if self.condition.negated { Match::sure(!found.passes()) } else { found }
    }
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
