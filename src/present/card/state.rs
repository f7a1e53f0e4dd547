//! The state at a moment: the first lines of a card as of a day.
//!
//! Invariant: offices are judged by all that is known, later claims included, as by `annals who`.

use super::Line;
use crate::model::{CoreKind, EntityId, Moment};
use crate::offices::{Holding, holders_during, offices_held_at, offices_of};
use crate::present::wording::{grouped, state_words};
use crate::timeline::World;
use crate::timeline::status::TemporalStatus;

/// The most offices of an institution that are shown; those with the most tenures are.
const MOST_OFFICES: usize = 200;

/// Returns the offices of an institution, a post or a person as of a moment.
pub(super) fn state_lines(world: &World, entity: EntityId, moment: Moment) -> Vec<Line> {
    let dossier = world.dossier();
    let during = |post| holders_during(world, post, moment.first(), moment.last());
    let mut left = 0;
    let holdings: Vec<Holding> = match dossier.core_kind(entity) {
        CoreKind::Institution => {
            let offices = offices_of(world, entity);
            left = offices.len().saturating_sub(MOST_OFFICES);
            offices.into_iter().take(MOST_OFFICES).flat_map(|office| during(office.post)).collect()
        }
        CoreKind::Post => during(entity),
        CoreKind::Person => offices_held_at(world, entity, moment),
        _ => Vec::new(),
    };
    let lines = holdings.into_iter().map(|holding| holding_line(world, entity, &holding));
    let more = (left > 0).then(|| Line {
        flush: true,
        text: format!("… and {} more offices", grouped(left as f64)),
        ..Line::default()
    });
    lines.chain(more).collect()
}

fn holding_line(world: &World, entity: EntityId, holding: &Holding) -> Line {
    let dossier = world.dossier();
    let is_person = dossier.core_kind(entity) == CoreKind::Person;
    let name = if is_person { Some(holding.post) } else { holding.person };
    let state = state_words(holding);
    let text = name.map_or_else(|| state.clone(), |name| format!("{} · {state}", world.label(name)));
    Line {
        label: if is_person { String::new() } else { world.label(holding.post).into_owned() },
        flush: is_person,
        text,
        target: name,
        standing: Some(TemporalStatus::So),
        ..holding.proof.first().map(|&claim| Line::of_claim(dossier, claim)).unwrap_or_default()
    }
}
