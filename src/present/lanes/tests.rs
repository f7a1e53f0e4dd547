//! Lanes of the embedded dossier, worked out by hand, and random ones held against `holders_on`.

use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::formats::author;
use crate::model::{Core, CoreKind, DayWindow, Value, arbitrary};
use crate::offices::holders_on;
use crate::timeline::status::{TemporalStatus, claim_at};
use crate::vocabulary::testing::property;

fn embedded() -> World {
    World::new(author::load(&author::embedded()).0)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn find(world: &World, group: LaneGroup, id: &str) -> Lane {
    let entity = world.dossier().find(id).unwrap();
    lanes(world, None).into_iter().find(|lane| lane.group == group && lane.entity == entity).unwrap()
}

/// Returns bars as "2019-03-01 2019-03-31 stated? Dipika Deka", with a question mark if they are possible.
fn shown(bars: &[Bar]) -> Vec<String> {
    let open = |bar: &Bar| if bar.certainty == Certainty::Possible { "?" } else { "" };
    let to = |bar: &Bar| bar.to.map_or("open".to_owned(), |to| to.to_string());
    bars.iter().map(|bar| format!("{} {} {}{} {}", bar.from, to(bar), bar.state, open(bar), bar.label)).collect()
}

/// Returns the states that the bars give for a day; `Unknown` if there is no bar.
fn said(lane: &Lane, day: NaiveDate) -> Vec<(Knowledge, Certainty, Option<EntityId>)> {
    let mut said: Vec<_> =
        at(lane, Moment::day(day)).iter().map(|bar| (bar.state, bar.certainty, bar.entity)).collect();
    if said.is_empty() {
        said.push((Knowledge::Unknown, Certainty::Definite, None));
    }
    said.sort_unstable();
    said
}

fn held(world: &World, post: EntityId, day: NaiveDate) -> Vec<(Knowledge, Certainty, Option<EntityId>)> {
    let holdings = holders_on(world, post, day);
    let mut held: Vec<_> = holdings.iter().map(|held| (held.state, held.certainty, held.tenure)).collect();
    held.sort_unstable();
    held
}

fn limits(dossier: &crate::model::Dossier) -> Vec<NaiveDate> {
    let dates = dossier.all_claims().iter().filter_map(|claim| dossier.date(claim));
    let times = dossier.all_claims().iter().flat_map(|claim| [claim.start, claim.end, claim.as_of]).flatten();
    let whens = dates.chain(times.map(|when| dossier.when(when))).chain(dossier.meta().horizon.as_ref());
    let days = whens.flat_map(|when| [when.earliest(), when.latest()]).flatten();
    let around = days.flat_map(|day| [day.pred_opt(), Some(day), day.succ_opt()]).flatten();
    around.collect()
}

/// Returns the numbers of a slot that have a date of their own and are in force on a day.
fn in_force(dossier: &crate::model::Dossier, lane: &Lane, day: NaiveDate) -> Vec<ClaimId> {
    let stands = |id: &ClaimId| {
        let claim = dossier.claim(*id);
        let standing = claim_at(dossier, claim, Moment::day(day));
        let number = matches!(claim.value, Value::Number { .. });
        let dated = claim.start.or(claim.as_of).is_some();
        let actual = crate::graph::slots::is_actual(claim);
        number && dated && actual && matches!(standing, TemporalStatus::So | TemporalStatus::Possible)
    };
    let slot = lane.property.map(|property| crate::graph::slots::slot_ids(dossier, lane.entity, property));
    slot.into_iter().flatten().filter(stands).collect()
}

#[test]
fn the_director_of_kalyani_by_hand() {
    let lane = find(&embedded(), LaneGroup::Offices, "post/kalyani-director");
    let expected = [
        "2019-03-01 2019-03-31 stated? Dipika Deka",
        "2019-04-01 2020-02-29 vacant vacant",
        "2020-03-01 2020-03-30 attested? Ramji Singh",
        "2020-03-31 2023-07-01 attested Ramji Singh",
        "2023-07-02 2025-09-21 last known Ramji Singh",
        "2025-09-22 2025-09-22 stated Arvind Sinha",
        "2025-09-23 2025-11-30 last known Arvind Sinha",
    ];
    assert_eq!(shown(&lane.bars), expected);
    let seen: Vec<_> = lane.marks.iter().filter_map(|mark| mark.at.position()).map(|(first, _)| first).collect();
    assert_eq!(seen, [day("2021-03-08"), day("2023-07-01")]);
    let moment = |text: &str| Moment::parse(text, None).unwrap();
    assert_eq!(shown(&[at(&lane, moment("2021-06-15"))[0].clone()]), [expected[3]]);
    assert_eq!(at(&lane, moment("2020")).len(), 3);
    assert_eq!(at(&lane, moment("2018")).len(), 0);
}

#[test]
fn seats_hold_until_the_next_number_and_the_horizon() {
    let lane = find(&embedded(), LaneGroup::Series, "programme/kalyani-mbbs");
    let expected = [
        "2020-01-01 2020-12-30 stated? 125 students/year",
        "2020-12-31 2020-12-31 stated 125 students/year",
        "2021-01-01 2025-11-30 last known 125 students/year",
    ];
    let world = embedded();
    let all = lanes(&world, world.dossier().find("programme/kalyani-mbbs"));
    let intake = all.iter().find(|lane| lane.property == Some(property("intake"))).unwrap();
    assert_eq!(shown(&intake.bars), expected);
    assert_eq!((lane.property, lane.max()), (Some(property("seats")), Some(125.0)));
    let expected = [
        "2019-01-01 2019-12-30 stated? 50 seats",
        "2019-12-31 2019-12-31 stated 50 seats",
        "2020-01-01 2020-12-30 stated? 125 seats",
        "2020-01-01 2020-12-30 last known? 50 seats",
        "2020-12-31 2020-12-31 stated 125 seats",
        "2021-01-01 2025-11-30 last known 125 seats",
    ];
    assert_eq!(shown(&lane.bars), expected);
}

#[test]
fn a_service_is_sure_from_the_first_day_that_proves_it() {
    let world = embedded();
    // Opened in March 2021, and inaugurated on the 8th.
    let library = find(&world, LaneGroup::Services, "facility/kalyani-library");
    let expected = [
        "2021-03-01 2021-03-07 stated? opened",
        "2021-03-08 2021-03-31 stated opened",
        "2021-04-01 2025-11-30 last known opened",
    ];
    assert_eq!(shown(&library.bars), expected);
    // "By 1 July 2023" says nothing of the days before.
    let clinic = find(&world, LaneGroup::Services, "facility/mookerjee-opd");
    assert_eq!(clinic.bars[0].from, day("2023-07-01"));
    let institute = find(&world, LaneGroup::Services, "institution/aiims-kalyani");
    let labels: Vec<&str> = institute.marks.iter().map(|mark| mark.label.as_str()).collect();
    assert!(labels.contains(&"construction began") && !labels.contains(&"established"), "{labels:?}");
    assert_eq!(institute.bars[0].label, "established");
}

#[test]
fn plans_that_were_put_off_are_arrows() {
    let world = embedded();
    let arrows = |id: &str, property: PropertyId| {
        let entity = world.dossier().find(id);
        let all = lanes(&world, entity);
        let fits = |lane: &&Lane| {
            lane.group == LaneGroup::Plans && Some(lane.entity) == entity && lane.property == Some(property)
        };
        let lane = all.iter().find(fits).unwrap();
        let days = |bounds: DayWindow| bounds.latest.or(bounds.earliest).unwrap().to_string();
        let one =
            |arrow: &Arrow| format!("{} {} {}: {}", days(arrow.from), days(arrow.to), arrow.kind.as_str(), arrow.words);
        (lane.marks.len(), lane.arrows.iter().map(one).collect::<Vec<_>>())
    };
    let expected = [
        "2018-12-31 2019-12-31 slipped: the plan moved by 1 year; which was planned first is not told",
        "2019-12-31 2023-07-01 fulfilled: it came about at most 1643 days after the earliest target, at most 1278 days after \
         the latest; whether in time, the dates do not tell",
    ];
    assert_eq!(arrows("facility/mookerjee-hospital", property("operational")), (3, expected.map(str::to_owned).into()));
    let expected = [
        "2018-12-31 2019-12-31 slipped: the plan moved by 1 year; which was planned first is not told",
        "2019-12-31 2022-12-31 slipped: 150 beds short of the plan",
    ];
    assert_eq!(arrows("facility/mookerjee-hospital", property("beds")), (4, expected.map(str::to_owned).into()));
    // November 2021 lies in the academic year: two ways to say one plan.
    assert_eq!(arrows("programme/roy-medical-courses", Core::Start.into()), (2, Vec::new()));
}

#[test]
fn a_scope_has_the_lanes_of_what_touches_it() {
    let world = embedded();
    let roy = world.dossier().find("institution/roy-institute");
    let found = lanes(&world, roy);
    let has = |group, label: &str| found.iter().any(|lane| lane.group == group && lane.label == label);
    assert!(has(LaneGroup::Offices, "Principal, Dr B C Roy Institute"));
    assert!(has(LaneGroup::Plans, "Medical courses, Dr B C Roy Institute: begins"));
    assert!(!has(LaneGroup::Offices, "Executive Director, AIIMS Kalyani"));
    let all = lanes(&world, None);
    assert!(found.len() < all.len() && found.iter().all(|lane| all.contains(lane)));
    // A person has the posts of his tenures.
    let singh = lanes(&world, world.dossier().find("person/ramji-singh"));
    assert!(singh.iter().any(|lane| lane.label == "Executive Director, AIIMS Kalyani"));
}

#[test]
fn every_day_of_the_embedded_dossier_has_the_holders_of_that_day() {
    let world = embedded();
    let first = day("1956-12-30");
    let sampled = (0..26_000).step_by(17).map(|days| first + Days::new(days));
    let days: Vec<NaiveDate> = sampled.chain(limits(world.dossier())).collect();
    for lane in lanes(&world, None).iter().filter(|lane| lane.group == LaneGroup::Offices) {
        for &day in &days {
            assert_eq!(said(lane, day), held(&world, lane.entity, day), "{} on {day}", lane.label);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_dossier_has_lanes_that_keep_to_it(dossier in arbitrary::dossier(), offset in 0u64..3000) {
        let world = World::new(dossier);
        let dossier = world.dossier();
        let mut days = limits(dossier);
        days.extend((0..20).map(|step| day("1900-01-01") + Days::new(offset + step * 3000)));
        let found = lanes(&world, None);
        prop_assert_eq!(found.iter().filter(|lane| lane.group == LaneGroup::Offices).count(), dossier.of_core(CoreKind::Post).count());
        for lane in &found {
            prop_assert!(lane.bars.is_sorted_by_key(|bar| bar.from));
            for bar in &lane.bars {
                prop_assert!(bar.to.is_none_or(|to| bar.from <= to));
                let last_known = bar.state == Knowledge::LastKnown;
                let is_within = |last: NaiveDate| bar.to.is_some_and(|to| to <= last);
                prop_assert!(!last_known || horizon(&world).is_none_or(is_within), "{:?}", bar);
            }
            prop_assert_eq!(lane.parts().len(), lane.bars.len() + lane.marks.len());
            match lane.group {
                LaneGroup::Offices => for &day in &days {
                    prop_assert_eq!(said(lane, day), held(&world, lane.entity, day), "{}", day);
                },
                LaneGroup::Series => for &day in &days {
                    let counts = |bar: &&Bar| bar.claims.iter().any(|&id| {
                        let standing = claim_at(dossier, dossier.claim(id), Moment::day(day));
                        matches!(standing, TemporalStatus::So | TemporalStatus::Possible)
                    });
                    let known = |bar: &&Bar| bar.claims.iter().all(|&id| matches!(dossier.claim(id).value, Value::Number { .. }));
                    let bars = at(lane, Moment::day(day));
                    for id in in_force(dossier, lane, day) {
                        let beyond = horizon(&world).is_some_and(|last| day > last);
                        let shown = bars.iter().any(|bar| bar.claims.contains(&id));
                        prop_assert!(shown || beyond, "{:?} on {}", dossier.claim(id), day);
                    }
                    prop_assert!(bars.iter().all(|bar| counts(bar) && known(bar)), "{:?} on {}", bars, day);
                },
                LaneGroup::Services | LaneGroup::Agreements | LaneGroup::Plans => {}
            }
        }
    }
}
