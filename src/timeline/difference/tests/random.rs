//! Random dossiers: happenings compared with a scan of all claims, and properties of every difference.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::model::arbitrary::dossier;

/// Returns the days that a date can mean, as day numbers; open ends are the extremes of `i64`.
fn reach(when: &When) -> (i64, i64) {
    let number = |day: NaiveDate| i64::from(chrono::Datelike::num_days_from_ce(&day));
    (when.earliest().map_or(i64::MIN, number), when.latest().map_or(i64::MAX, number))
}

/// Returns true if `fine` gives the date of `wide` at least as precisely.
fn covers(dossier: &Dossier, fine: ClaimId, wide: ClaimId) -> bool {
    let (x, y) = (dossier.claim(fine), dossier.claim(wide));
    let (Some(fine), Some(wide)) = (dossier.date(x).map(reach), dossier.date(y).map(reach)) else { return false };
    (x.subject, x.property, x.modality()) == (y.subject, y.property, y.modality())
        && wide.0 <= fine.0
        && fine.1 <= wide.1
}

/// Returns true if a claim speaks of its date alone, so that a closer date of its kind is surely the same fact. Plans may be
/// different promises, and other claims may be of different times or parts.
fn is_plain(dossier: &Dossier, id: ClaimId) -> bool {
    let claim = dossier.claim(id);
    claim.modality() != Modality::Planned
        && [claim.start, claim.end, claim.as_of].iter().all(Option::is_none)
        && dossier.details(claim).is_none()
}

/// A dated claim within the days: its slot, its days, and whether it certainly lies inside.
type Happening = (EntityId, usize, Modality, (i64, i64), bool);

type Scan = BTreeSet<Happening>;

/// The happenings that have to be told, and those that may be, since a closer date may be another fact.
#[derive(Default)]
struct Expected {
    must: Scan,
    may: Scan,
}

fn scanned(dossier: &Dossier, days: Days) -> Expected {
    let number = |day: NaiveDate| i64::from(chrono::Datelike::num_days_from_ce(&day));
    let (first, last) = (number(days.first), number(days.last));
    let slot = |id: ClaimId| (dossier.claim(id).subject, dossier.claim(id).property, dossier.claim(id).modality());
    let counted = |id: &ClaimId| {
        let claim = dossier.claim(*id);
        let outranked = claim.rank() == Rank::Normal
            && dossier.claims().any(|(other, rival)| slot(other) == slot(*id) && rival.rank() == Rank::Preferred);
        dossier.property(claim.property).happening.is_some() && claim.rank() != Rank::Deprecated && !outranked
    };
    let all: Vec<ClaimId> = dossier.claims().map(|(id, _)| id).filter(counted).collect();
    let mut found = Expected::default();
    for &id in &all {
        let (subject, property, modality) = slot(id);
        let Some(reach) = dossier.date(dossier.claim(id)).map(reach) else { continue };
        let closer = |&other: &ClaimId| covers(dossier, other, id) && !covers(dossier, id, other);
        // A date with one bound counts on that bound.
        let from = if reach.0 == i64::MIN { reach.1 } else { reach.0 };
        let to = if reach.1 == i64::MAX { reach.0 } else { reach.1 };
        let touches = from <= last && to >= first;
        if !touches {
            continue;
        }
        let happening = (subject, property.index(), modality, reach, first <= reach.0 && reach.1 <= last);
        let others: Vec<ClaimId> = all.iter().copied().filter(closer).collect();
        let is_one_fact = is_plain(dossier, id) && others.iter().any(|&other| is_plain(dossier, other));
        if others.is_empty() {
            found.must.insert(happening);
        } else if !is_one_fact {
            found.may.insert(happening);
        }
    }
    found
}

/// Converts the happenings of a difference to the form of the scan.
fn said(found: &Difference) -> Vec<Happening> {
    let happenings = found.changes.iter().filter(|change| change.part != Part::Figures);
    let dated = happenings.filter_map(|change| {
        let certain = change.certainty == Certainty::Definite;
        Some((change.subject, change.property?.index(), change.modality, reach(change.when.as_ref()?), certain))
    });
    dated.collect()
}

fn some_moment() -> impl Strategy<Value = Moment> {
    (1885_i32..2035, 0_u32..13, 0_u32..29).prop_filter_map("a moment", |(year, month, day)| match (month, day) {
        (0, _) => Moment::year(year),
        (month, 0) => Moment::month(year, month),
        (month, day) => NaiveDate::from_ymd_opt(year, month, day).map(Moment::day),
    })
}

proptest! {
    #[test]
    fn happenings_equal_those_of_a_scan_of_the_claims(
        dossier in dossier(), from in some_moment(), to in some_moment(),
    ) {
        let world = World::new(dossier);
        let dossier = world.dossier();
        let Ok(found) = difference(&world, from, to) else {
            prop_assert!(to.last() < from.first());
            return Ok(());
        };
        let expected = found.days.map(|days| scanned(dossier, days)).unwrap_or_default();
        let said = said(&found);
        let shown: Scan = said.iter().copied().collect();
        prop_assert_eq!(shown.len(), said.len(), "each once");
        let all = &expected.must | &expected.may;
        prop_assert!(shown.is_subset(&all), "{:?} of {:?}", shown, all);
        // Happenings that are missing are reported by the change of a post.
        let posts = || found.changes.iter().filter(|change| change.property.is_none());
        for (subject, property, modality, reach_, _) in expected.must.difference(&shown) {
            let behind = posts().flat_map(|change| &change.claims).map(|&id| dossier.claim(id));
            let mut told = behind.filter(|claim| (claim.subject, claim.property.index(), claim.modality()) == (*subject, *property, *modality));
            prop_assert!(told.any(|claim| dossier.date(claim).map(reach) == Some(*reach_)), "{property:?} is told nowhere");
        }
    }

    #[test]
    fn a_day_does_not_differ_from_itself(dossier in dossier(), moment in some_moment()) {
        let world = World::new(dossier);
        let day = Moment::day(moment.first());
        let found = difference(&world, day, day).unwrap();
        prop_assert!(found.changes.is_empty() && found.days.is_none());
    }

    #[test]
    fn one_of_two_orders_is_refused_unless_the_dates_overlap(
        dossier in dossier(), a in some_moment(), b in some_moment(),
    ) {
        let world = World::new(dossier);
        let overlap = a.first() <= b.last() && b.first() <= a.last();
        let both = difference(&world, a, b).is_ok() && difference(&world, b, a).is_ok();
        prop_assert_eq!(both, overlap);
    }

    #[test]
    fn every_change_has_claims_and_the_changes_are_sorted(dossier in dossier(), from in some_moment(), to in some_moment()) {
        let world = World::new(dossier);
        let Ok(found) = difference(&world, from, to) else { return Ok(()) };
        prop_assert!(found.changes.iter().map(|change| (change.part, change.certainty)).is_sorted());
        for change in &found.changes {
            prop_assert!(!change.claims.is_empty(), "{change:?}");
            let compared = change.property.is_none() || change.part == Part::Figures;
            prop_assert!(!compared || change.before != change.after, "{change:?}");
            let dated = change.when.as_ref().zip(found.days).map(|(when, days)| days.certainty(when));
            prop_assert!(dated.is_none_or(|certainty| certainty.is_some()), "a date outside of the days: {change:?}");
        }
    }

    #[test]
    fn longer_periods_contain_everything_that_certainly_happened(dossier in dossier(), year in 1890_i32..2030) {
        let world = World::new(dossier);
        let year_of = |year| Moment::year(year).unwrap();
        let inner = difference(&world, year_of(year), year_of(year)).unwrap();
        let outer = difference(&world, year_of(year - 1), year_of(year + 1)).unwrap();
        // The shorter period may lie beyond a horizon to which the longer one is cut.
        prop_assume!(outer.horizon().is_none());
        let outer: BTreeSet<_> = said(&outer).into_iter().collect();
        for happening in said(&inner).into_iter().filter(|happening| happening.4) {
            let tenure = world.dossier().core_kind(happening.0) == CoreKind::Tenure;
            prop_assert!(tenure || outer.contains(&happening));
        }
    }
}
