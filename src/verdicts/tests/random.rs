//! Verdicts on random dossiers.
//!
//! Invariant: nothing here depends on a particular rule, only on the properties of all rules.

use crate::vocabulary::testing::{property, seeds, unit};
use proptest::prelude::*;
use std::sync::Arc;

use super::*;
use crate::graph::positions::positions;
use crate::model::arbitrary;
use crate::present::verdict_text::explain;

fn ids(dossier: &Dossier) -> Vec<(ClaimId, ClaimId)> {
    let slots = slots(dossier).flat_map(|slot| {
        let ids: Vec<ClaimId> = slot.map(ClaimId::from_index).collect();
        ids.iter().flat_map(|&a| ids.iter().map(move |&b| (a, b))).filter(|(a, b)| a != b).collect::<Vec<_>>()
    });
    slots.collect()
}

/// Generates dossiers with all claims in one slot.
fn crowded() -> impl Strategy<Value = Dossier> {
    let value = prop_oneof![
        2 => (0_u8..4, 0_u8..3).prop_map(|(number, tenths)| NewValue::Number(f64::from(number) + f64::from(tenths) / 10.0, unit("beds"))),
        1 => Just(NewValue::Missing),
    ];
    let area = prop_oneof![Just("acre"), Just("m²"), Just("ft²")];
    let area = (0_u32..50_000, area).prop_map(|(number, name)| NewValue::Number(f64::from(number) / 10.0, unit(name)));
    let text = prop::sample::select(&["a", "b", "a b", "b a", "not a", "a not b", "", "A"][..]);
    let any = prop_oneof![
        value.prop_map(|value| (property("beds"), value)),
        area.prop_map(|value| (property("area"), value)),
        text.prop_map(|text| (property("city"), NewValue::Text(text.into()))),
        arbitrary::when().prop_map(|when| (property("approved"), NewValue::Date(when))),
        prop::sample::select(&["x", "y"][..]).prop_map(|text| (property("admission"), NewValue::Text(text.into()))),
    ];
    let time = prop::option::weighted(0.4, arbitrary::when());
    let claim = (any, prop::sample::select(Modality::ALL), prop::sample::select(Basis::ALL), time);
    prop::collection::vec(claim, 0..12).prop_map(|claims| {
        let mut builder = Builder::new(Arc::clone(seeds()));
        let house = builder.entity(CoreKind::Institution, "house", "House").unwrap();
        for (index, ((property, value), modality, basis, as_of)) in claims.into_iter().enumerate() {
            let note = Some(index.to_string());
            builder.claim(NewClaim {
                as_of,
                modality,
                basis,
                details: NewDetails::note(note),
                ..NewClaim::new(house, property, value)
            });
        }
        builder.finish()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_rule_does_not_depend_on_which_claim_comes_first(dossier in prop_oneof![crowded(), arbitrary::dossier()]) {
        for (a, b) in ids(&dossier) {
            let (forth, back) = (judge::pair(&dossier, a, b), judge::pair(&dossier, b, a));
            prop_assert_eq!(forth.map(|pair| pair.rule), back.map(|pair| pair.rule));
            if let (Some(forth), Some(back)) = (forth, back) {
                let directed = !matches!(
                    forth.rule,
                    Rule::Incompatible | Rule::DatesOverlap | Rule::DateAbout | Rule::Same | Rule::JudgedSame
                        | Rule::Blank | Rule::OtherDenied | Rule::OtherUnit | Rule::EntityWithin | Rule::Alleged
                        | Rule::OtherScope | Rule::OtherState | Rule::WordedOtherwise | Rule::PromiseDiffers
                );
                prop_assert!(!directed || forth == back, "{:?} {:?}", forth, back);
            }
        }
    }

    #[test]
    fn equal_claims_agree(dossier in crowded()) {
        for (a, b) in ids(&dossier) {
            let (x, y) = (dossier.claim(a), dossier.claim(b));
            if x.value == y.value && x.modality() == y.modality() && x.value != Value::Missing {
                let found = judge::pair(&dossier, a, b).map(|pair| pair.rule);
                // What is planned for one time and then for a later one is put off.
                let may_be_put_off = x.modality() == Modality::Planned && x.as_of != y.as_of;
                let agrees = found.is_some_and(|rule| rule.verdict() == Verdict::Agrees);
                prop_assert!(agrees || (may_be_put_off && found == Some(Rule::PutOff)), "{:?}", found);
            }
        }
    }

    #[test]
    fn an_equal_claim_more_adds_no_verdict_but_agreement(dossier in crowded(), pick in 0_usize..12) {
        let graph = Graph::new(dossier);
        let Some((id, claim)) = graph.dossier().claims().nth(pick) else { return Ok(()) };
        let more = Graph::new(with_again(graph.dossier(), id));
        let counts = |graph: &Graph| {
            let slot = verdict_of(graph, claim.subject, claim.property);
            let counts = slot.iter().flat_map(SlotVerdict::counts);
            let is_other = |verdict| !matches!(verdict, Verdict::Agrees | Verdict::Refines) && claim.value != Value::Missing;
            counts.filter(|(verdict, _)| is_other(*verdict)).collect::<Vec<_>>()
        };
        prop_assert_eq!(counts(&graph), counts(&more));
    }

    #[test]
    fn a_pair_of_two_positions_is_of_claims_that_are_shown(dossier in crowded()) {
        let graph = Graph::new(dossier);
        for slot in verdicts(&graph) {
            let found = positions(graph.dossier(), slot.subject, slot.property);
            let is_shown = |id: ClaimId| found.iter().any(|position| position.claim == id);
            let is_support = |a, b| found.iter().any(|position| position.claim == a && position.supports.contains(&b));
            for pair in &slot.pairs {
                let [a, b] = pair.claims().collect::<Vec<_>>()[..] else { continue };
                prop_assert!(is_shown(a) && (is_shown(b) || is_support(a, b)), "{:?}", pair);
            }
            // No position is finer than its finest claim: it has its value, basis and rank.
            for position in &found {
                prop_assert!(position.supports.contains(&position.claim));
            }
        }
    }

    #[test]
    fn every_verdict_of_a_random_dossier_can_be_explained(dossier in arbitrary::dossier()) {
        let graph = Graph::new(dossier);
        let found = verdicts(&graph);
        prop_assert!(found.is_sorted_by_key(|slot| (slot.verdict, slot.subject, seeds().position(slot.property))));
        for slot in &found {
            prop_assert_eq!(slot.pairs.iter().map(Pair::verdict).min(), Some(slot.verdict));
            let alone = verdict_of(&graph, slot.subject, slot.property);
            prop_assert_eq!(alone.as_ref(), Some(slot));
            for pair in &slot.pairs {
                prop_assert!(!explain(graph.dossier(), slot.property, pair).is_empty());
            }
        }
        prop_assert_eq!(checks(&graph).len(), graph.dossier().checks().len());
    }
}
