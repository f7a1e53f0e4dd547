//! Compares answers with an enumeration of all exact dates that inexact ones can mean.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::model::arbitrary;

/// The number of days from 2000-01-01 on which dates can fall.
const DAYS: u64 = 40;

#[derive(Debug, Clone)]
struct Dated {
    sort: &'static str,
    first: u64,
    last: u64,
}

fn nth(day: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + Days::new(day)
}

fn dated() -> impl Strategy<Value = Dated> {
    let length = prop_oneof![2 => Just(0_u64), 1 => 1_u64..12];
    (select(&["start", "end", "seen", "seen"][..]), 1..DAYS - 12, length).prop_map(|(sort, first, length)| Dated {
        sort,
        first,
        last: first + length,
    })
}

fn tenures() -> impl Strategy<Value = Vec<Vec<Dated>>> {
    prop::collection::vec(prop::collection::vec(dated(), 0..4), 0..4)
}

fn graph_of(tenures: &[Vec<Dated>]) -> (Graph, EntityId) {
    office(&words_of(tenures), "")
}

fn words_of(tenures: &[Vec<Dated>]) -> String {
    let mut words = Vec::new();
    for (number, tenure) in tenures.iter().enumerate() {
        let dates = tenure.iter().map(|dated| {
            let (first, last) = (nth(dated.first), nth(dated.last));
            if first == last {
                format!(" {}={first}", dated.sort)
            } else {
                format!(" {}=[{first}..{last}]", dated.sort)
            }
        });
        words.push(format!("p{number}{}", dates.collect::<String>()));
    }
    words.join(";")
}

/// Returns the first and last days of a tenure that satisfy all of its dates.
fn worlds(tenure: &[Dated]) -> Vec<(u64, u64)> {
    let fits = |start: u64, end: u64| {
        tenure.iter().all(|dated| match dated.sort {
            "start" => (dated.first..=dated.last).contains(&start),
            "end" => (dated.first..=dated.last).contains(&end),
            _ => dated.first <= end && dated.last >= start,
        })
    };
    let pairs = (0..DAYS).flat_map(|start| (start..DAYS).map(move |end| (start, end)));
    pairs.filter(|&(start, end)| fits(start, end)).collect()
}

/// Returns true if all dates exclude the day.
fn is_out(tenure: &[Dated], day: u64) -> bool {
    let of = |sorts: &'static [&'static str]| tenure.iter().filter(move |dated| sorts.contains(&dated.sort));
    let over = of(&["end"]).next().is_some() && of(&["end", "seen"]).all(|dated| dated.last < day);
    let to_come = of(&["start"]).next().is_some() && of(&["start", "seen"]).all(|dated| dated.first > day);
    over || to_come
}

fn tenure_of(graph: &Graph, holding: &Holding) -> Option<usize> {
    let id = graph.dossier().id(holding.tenure?);
    id.rsplit_once('-')?.1.parse().ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_holder_is_named_whose_term_is_over_or_has_not_begun(tenures in tenures(), day in 0..DAYS) {
        let (graph, post) = graph_of(&tenures);
        let holdings = holders_on(&graph, post, nth(day));
        prop_assert!(!holdings.is_empty());
        for holding in &holdings {
            prop_assert_eq!(holding.person.is_some(), holding.state.names_holder());
            if let Some(number) = tenure_of(&graph, holding) {
                prop_assert!(!is_out(&tenures[number], day), "{:?}", holding);
            }
        }
    }

    #[test]
    fn an_answer_is_definite_exactly_if_it_holds_for_all_exact_dates(tenures in tenures(), day in 1..DAYS - 1) {
        let (graph, post) = graph_of(&tenures);
        let holdings = holders_on(&graph, post, nth(day));
        for (number, tenure) in tenures.iter().enumerate() {
            let worlds = worlds(tenure);
            if worlds.is_empty() || tenure.is_empty() {
                continue;
            }
            let holds = worlds.iter().filter(|(start, end)| (*start..=*end).contains(&day)).count();
            let found = holdings.iter().find(|holding| tenure_of(&graph, holding) == Some(number));
            let sure = found.is_some_and(|holding| {
                holding.certainty == Certainty::Definite && matches!(holding.state, Knowledge::Stated | Knowledge::Attested)
            });
            prop_assert_eq!(sure, holds == worlds.len(), "{:?}: {} of {} worlds", found, holds, worlds.len());
            prop_assert!(found.is_none() || holds > 0, "{:?}", found);
        }
    }

    #[test]
    fn dates_of_terms_alone_never_make_an_office_vacant(tenures in tenures(), day in 0..DAYS) {
        let (graph, post) = graph_of(&tenures);
        prop_assert!(holders_on(&graph, post, nth(day)).iter().all(|holding| holding.state != Knowledge::Vacant));
    }

    #[test]
    fn part_of_a_period_is_said_exactly_of_who_surely_held_it_on_a_day(tenures in tenures(), a in 1..DAYS - 1, b in 1..DAYS - 1) {
        let (first, last) = (a.min(b), a.max(b));
        prop_assume!(first < last);
        let (graph, post) = graph_of(&tenures);
        let holdings = holders_during(&graph, post, nth(first), nth(last));
        for (number, tenure) in tenures.iter().enumerate() {
            let worlds = worlds(tenure);
            if worlds.is_empty() || tenure.is_empty() {
                continue;
            }
            let found = holdings.iter().find(|holding| tenure_of(&graph, holding) == Some(number));
            let told = found.is_some_and(|held| matches!(held.state, Knowledge::Stated | Knowledge::Attested)
                && matches!(held.certainty, Certainty::Definite | Certainty::Part));
            let whole = worlds.iter().all(|&(start, end)| start <= first && end >= last);
            prop_assert_eq!(told && found.is_some_and(|held| held.certainty == Certainty::Definite), whole, "{:?}", found);
            // On some day of it, whichever: not the same one in all worlds.
            let part = worlds.iter().all(|&(start, end)| start <= last && end >= first);
            prop_assert!(!told || part, "{:?}: {:?}", found, tenure);
        }
    }

    #[test]
    fn a_period_names_exactly_the_holders_of_its_days(tenures in tenures(), a in 0..DAYS, b in 0..DAYS) {
        let (first, last) = (a.min(b), a.max(b));
        let (graph, post) = graph_of(&tenures);
        let together = holders_during(&graph, post, nth(first), nth(last));
        let mut apart: Vec<_> = (first..=last)
            .flat_map(|day| holders_on(&graph, post, nth(day)))
            .filter_map(|holding| holding.tenure)
            .collect();
        apart.sort_unstable();
        apart.dedup();
        let mut named: Vec<_> = together.iter().filter_map(|holding| holding.tenure).collect();
        named.sort_unstable();
        prop_assert_eq!(named, apart);
    }

    #[test]
    fn the_periods_of_an_office_equal_its_holders_day_by_day(tenures in tenures(), horizon in prop::option::of(0..DAYS)) {
        let (graph, post) = office(&words_of(&tenures), &horizon.map(|day| nth(day).to_string()).unwrap_or_default());
        let periods = holders_over_time(&graph, post);
        for day in 0..DAYS + 5 {
            let here = periods.iter().find(|period| period.first <= nth(day) && period.last.is_none_or(|last| nth(day) <= last));
            let found = here.map(|period| show(&graph, &period.holdings));
            let expected = show(&graph, &holders_on(&graph, post, nth(day)));
            prop_assert_eq!(found.unwrap_or_else(|| "not known".to_owned()), expected, "day {}", day);
        }
    }

    #[test]
    fn answers_about_random_dossiers_agree_with_their_tenures(dossier in arbitrary::dossier(), when in arbitrary::when()) {
        let graph = Graph::new(dossier);
        let dossier = graph.dossier();
        for post in dossier.of_core(CoreKind::Post) {
            let holdings = holders_when(&graph, post, &when);
            prop_assert!(!holdings.is_empty());
            for holding in &holdings {
                prop_assert_eq!(holding.person.is_some(), holding.state.names_holder());
                let named = |property, target| {
                    let tenure = holding.tenure.map(|tenure| targets(&graph, tenure, property).collect::<Vec<_>>());
                    tenure.is_none_or(|known| known.contains(&target))
                };
                prop_assert!(named(Core::Post, post));
                prop_assert!(holding.person.is_none_or(|person| named(Core::Person, person)));
            }
        }
        for person in dossier.of_core(CoreKind::Person) {
            let moment = when.anchor().map(Moment::day);
            let held = moment.map(|moment| offices_held_at(&graph, person, moment)).unwrap_or_default();
            prop_assert!(held.iter().all(|held| held.person == Some(person)));
        }
        for institution in dossier.of_core(CoreKind::Institution) {
            let offices = offices_of(&graph, institution);
            let mut posts: Vec<EntityId> = offices.iter().map(|office| office.post).collect();
            posts.sort_unstable();
            posts.dedup();
            prop_assert_eq!(posts.len(), offices.len());
        }
    }
}
