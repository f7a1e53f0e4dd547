//! The world as of a moment.
//!
//! Keeps the claims that apply at the moment: past happenings, values in force, values that may be in force,
//! undated values, and plans that had been announced. Drops what has ended or has not begun.
//!
//! Invariant: the result contains nothing later than its moment, and its rows are a subset of the rows of
//! the whole world, in the same order.

use crate::model::{ClaimId, EntityId, Meta, Moment, When};
use crate::timeline::World;
use crate::timeline::status::{TemporalStatus, entity_at, is_included};

/// The part of a world that applies at a moment, with the ids that its parts have in the whole.
#[derive(Debug, Clone)]
pub struct AsOf {
    /// The reduced world.
    pub world: World,
    /// The id that each claim has in the whole world, in ascending order.
    pub claims: Vec<ClaimId>,
    /// The id that each entity has in the whole world, in ascending order.
    pub entities: Vec<EntityId>,
}

/// Reduces a world to what applies at `moment`.
///
/// The horizon of the result is the moment, or the horizon of `world` if that is earlier.
pub fn as_of(world: &World, moment: Moment) -> AsOf {
    let dossier = world.dossier();
    let subset = dossier.subset(
        |entity| entity_at(dossier, world.links().to(entity), entity, moment) != TemporalStatus::Later,
        |claim| is_included(dossier, dossier.claim(claim), moment),
    );
    let dossier = subset.dossier.with_meta(meta_at(dossier.meta(), moment));
    AsOf { world: World::new(dossier), claims: subset.claims, entities: subset.entities }
}

impl AsOf {
    /// Converts an entity id of the whole world; returns `None` if the entity did not exist at the moment.
    pub fn entity(&self, whole: EntityId) -> Option<EntityId> {
        self.entities.binary_search(&whole).ok().map(EntityId::from_index)
    }
}

/// Returns the metadata with its horizon cut to the moment and a note on what was left out.
fn meta_at(meta: &Meta, moment: Moment) -> Meta {
    let said = format!("As of {moment}; what was not so by then is left out.");
    Meta {
        horizon: horizon_at(meta.horizon.as_ref(), moment),
        origin: Some(meta.origin.as_ref().map_or_else(|| said.clone(), |origin| format!("{origin} {said}"))),
        ..meta.clone()
    }
}

/// Returns the earlier of a horizon and the end of a moment.
fn horizon_at(horizon: Option<&When>, moment: Moment) -> Option<When> {
    if horizon.and_then(When::latest).is_some_and(|latest| latest <= moment.last()) {
        return horizon.cloned();
    }
    When::parse(&moment.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::collections::HashSet;

    use crate::formats::author;
    use crate::model::{Claim, Core, CoreKind, Dossier, Modality, Rank, Value, arbitrary};
    use crate::present::tables::figures;
    use crate::present::wording::value_text;
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    fn embedded() -> World {
        World::new(author::load(&author::embedded()).0)
    }

    fn moment(text: &str) -> Moment {
        Moment::parse(text, None).unwrap()
    }

    fn horizon(text: &str, at: &str) -> String {
        let horizon = (!text.is_empty()).then(|| When::parse(text).unwrap());
        horizon_at(horizon.as_ref(), moment(at)).unwrap().edtf().to_owned()
    }

    #[test]
    fn the_horizon_is_the_moment_unless_the_documents_end_before() {
        for (own, at, expected) in [
            ("2025-11", "2021-06-15", "2021-06-15"),
            ("2025-11", "2021-02", "2021-02"),
            ("2025-11", "2021", "2021"),
            ("2025-11", "2025-11-29", "2025-11-29"),
            ("2025-11", "2025-11-30", "2025-11"),
            ("2025-11", "2030", "2025-11"),
            ("2025-11-10", "2025-11", "2025-11-10"),
            ("", "2021", "2021"),
            ("2020/..", "2030-01-02", "2030-01-02"),
        ] {
            assert_eq!(horizon(own, at), expected, "{own} at {at}");
        }
    }

    #[test]
    fn entities_of_later_dates_and_replaced_values_are_left_out() {
        let world = embedded();
        let past = as_of(&world, moment("2021-06-15"));
        let dossier = past.world.dossier();
        assert!(dossier.find("facility/kalyani-library").is_some(), "opened in March");
        assert_eq!(dossier.find("agreement/mou-nibmg-iiit-kalyani"), None, "signed in September");
        assert_eq!(dossier.find("facility/kalyani-ipd"), None, "inaugurated in 2024");
        let figures = figures::TABLE.build(&past.world, None, None);
        let seats: Vec<&str> = figures
            .rows
            .iter()
            .filter(|row| row.cells[0].text == "MBBS" && row.cells[1].text == "Seats")
            .map(|row| row.cells[2].text.as_str())
            .collect();
        assert_eq!(seats, ["125"]);
        assert!(
            dossier
                .meta()
                .origin
                .as_deref()
                .unwrap()
                .ends_with("As of 2021-06-15; what was not so by then is left out.")
        );
    }

    #[test]
    fn a_moment_after_the_horizon_leaves_out_only_replaced_values() {
        let world = embedded();
        let whole = world.dossier();
        let past = as_of(&world, moment("2030"));
        assert_eq!(past.entities.len(), whole.entities().len());
        assert_eq!(past.world.dossier().meta().horizon, whole.meta().horizon);
        assert_eq!(past.world.chronology().rows().len(), world.chronology().rows().len());
        // Of the values of one slot only the last remains.
        let gone = whole.claims().filter(|(id, _)| !past.claims.contains(id)).map(|(_, claim)| claim);
        let gone: Vec<_> = gone.map(|claim| (whole.id(claim.subject), value_text(whole, claim))).collect();
        assert_eq!(gone, [("programme/kalyani-mbbs", "50 seats".to_owned())]);
    }

    /// Returns the dated claims about fact that had certainly or possibly happened by a moment.
    fn happened(world: &World, moment: Moment) -> Vec<ClaimId> {
        let past = as_of(world, moment);
        let dossier = past.world.dossier();
        let dated = |claim: &Claim| claim.modality() == Modality::Actual && dossier.date(claim).is_some();
        dossier.claims().filter(|(_, claim)| dated(claim)).map(|(id, _)| past.claims[id.index()]).collect()
    }

    /// Decides what `is_included` decides, by scanning all claims of the dossier.
    fn is_included_by_scan(dossier: &Dossier, claim: &Claim, moment: Moment) -> bool {
        let (first, last) = (moment.first(), moment.last());
        let begins_later = |when: &When| when.earliest().is_some_and(|day| day > last);
        let subject_is_later = || {
            let kind = dossier.core_kind(claim.subject);
            let is_happening =
                matches!(kind, CoreKind::Event | CoreKind::Agreement | CoreKind::Tenure | CoreKind::Item);
            let all = dossier.claims().map(|(_, other)| other);
            let dates: Vec<&When> = all
                .filter(|other| other.subject == claim.subject && other.modality() == Modality::Actual)
                .filter(|other| other.rank() != Rank::Deprecated)
                .filter(|other| !matches!(other.property.core(), Some(Core::End | Core::Attested)))
                .filter_map(|other| dossier.date(other))
                .collect();
            is_happening && !dates.is_empty() && dates.into_iter().all(begins_later)
        };
        if claim.modality() != Modality::Actual {
            let documents: Vec<Option<&When>> =
                dossier.evidence(claim).map(|place| dossier.document(place.document).published.as_ref()).collect();
            let published: Option<Vec<&When>> = documents.into_iter().collect();
            let made = published.and_then(|all| all.into_iter().min_by(|a, b| a.chronological(b)));
            let due = dossier.date(claim).or(claim.start.or(claim.as_of).map(|when| dossier.when(when)));
            // A plan is made on the day it is for at the latest, so its subject cannot be certainly later.
            let is_bounded = claim.modality() == Modality::Planned && due.and_then(When::latest).is_some();
            return made.map_or_else(|| is_bounded || !subject_is_later(), |made| !begins_later(made));
        }
        if let Some(date) = dossier.date(claim) {
            return date.earliest().or(date.latest()).is_none_or(|day| day <= last);
        }
        let since = |claim: &Claim| claim.start.or(claim.as_of).map(|when| dossier.when(when));
        let mine = since(claim);
        let is_over = claim.end.is_some_and(|end| dossier.when(end).latest().is_some_and(|day| day < first));
        let extent = |claim: &Claim| {
            let details = dossier.details(claim);
            let scope = details.map(|details| details.scope.iter().copied().collect::<HashSet<_>>());
            (details.and_then(|details| details.state), scope.unwrap_or_default())
        };
        let is_replaced = dossier.claims().any(|(_, other)| {
            let same = other.subject == claim.subject && other.property == claim.property;
            let rival = same && other.modality() == claim.modality() && other.rank() != Rank::Deprecated;
            let differs = other.value != claim.value && other.value != Value::Missing && extent(other) == extent(claim);
            let days = mine.and_then(When::latest).zip(since(other).and_then(When::earliest));
            let began = since(other).and_then(When::latest).is_some_and(|day| day <= first);
            !dossier.property(claim.property).many
                && rival
                && differs
                && began
                && days.is_some_and(|(mine, theirs)| mine < theirs)
        });
        let is_later = match mine {
            Some(mine) => begins_later(mine),
            None => claim.end.is_none() && subject_is_later(),
        };
        !is_over && !is_replaced && !is_later
    }

    fn any_moment() -> impl Strategy<Value = Moment> {
        (1890_i32..2030, 0_u32..=12, 0_u32..=28).prop_filter_map("a day", |(year, month, day)| match (month, day) {
            (0, _) => Moment::year(year),
            (month, 0) => Moment::month(year, month),
            (month, day) => NaiveDate::from_ymd_opt(year, month, day).map(Moment::day),
        })
    }

    proptest! {
        #[test]
        fn the_result_equals_a_scan_of_all_claims(dossier in arbitrary::dossier(), moment in any_moment()) {
            let world = World::new(dossier);
            let past = as_of(&world, moment);
            let dossier = world.dossier();
            let there = |entity: EntityId| {
                let pointing: Vec<ClaimId> = dossier
                    .claims()
                    .filter(|(_, claim)| Dossier::target(claim) == Some(entity))
                    .map(|(id, _)| id)
                    .collect();
                let source = dossier.documents().any(|(_, document)| document.entity == entity);
                source || entity_at(dossier, &pointing, entity, moment) != TemporalStatus::Later
            };
            let expected: Vec<ClaimId> = dossier
                .claims()
                .filter(|(_, claim)| {
                    let ends = std::iter::once(claim.subject).chain(Dossier::target(claim));
                    ends.into_iter().all(there) && is_included_by_scan(dossier, claim, moment)
                })
                .map(|(id, _)| id)
                .collect();
            prop_assert_eq!(&past.claims, &expected);
            prop_assert_eq!(&past.entities, &dossier.entities().filter(|&id| there(id)).collect::<Vec<_>>());
            for (number, &entity) in past.entities.iter().enumerate() {
                prop_assert_eq!(past.entity(entity), Some(EntityId::from_index(number)));
                prop_assert_eq!(past.world.dossier().id(EntityId::from_index(number)), dossier.id(entity));
            }
            let horizon = past.world.dossier().meta().horizon.as_ref().and_then(When::latest);
            prop_assert!(horizon.is_some_and(|horizon| horizon <= moment.last()));
        }

        #[test]
        fn a_past_happening_is_included_at_every_later_moment(dossier in arbitrary::dossier(), moment in any_moment(), days in 0_u64..9000) {
            let later = Moment::day(moment.last().checked_add_days(Days::new(days)).unwrap());
            let world = World::new(dossier);
            let (before, after) = (happened(&world, moment), happened(&world, later));
            for claim in before {
                prop_assert!(after.contains(&claim), "{claim:?} at {moment} and not at {later}");
            }
        }
    }
}
