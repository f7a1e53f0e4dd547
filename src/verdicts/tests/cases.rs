//! For each rule a case that it judges, and one that it narrowly does not.
//!
//! Invariant: a rule without a case fails.

use super::*;
use crate::present::verdict_text::explain;
use crate::vocabulary::testing::{old_property, property, seeds, unit};
use std::sync::Arc;

/// The subject, a property, two values, and the rule that judges them.
type Case = (&'static str, &'static str, [&'static str; 2], Rule);

const PLACE: &str = "place/subject";
const HOUSE: &str = "institution/house";

const CASES: &[Case] = &[
    (HOUSE, "beds", ["4", r#"{ value = 4, modality = "denied" }"#], Rule::Denied),
    (HOUSE, "approved", [r#""2023-07-01""#, r#"{ value = "2023-07", modality = "denied" }"#], Rule::Denied),
    (
        HOUSE,
        "group",
        [
            r#"{ value = "institution/house", modality = "planned" }"#,
            r#"{ value = "institution/house", modality = "denied" }"#,
        ],
        Rule::NotKept,
    ),
    (
        HOUSE,
        "site",
        [
            r#"{ value = "The hill", modality = "planned", as_of = "2012" }"#,
            r#"{ value = "The marsh", modality = "planned", as_of = "[..2014-06]" }"#,
        ],
        Rule::Replanned,
    ),
    (
        HOUSE,
        "beds",
        [
            r#"{ value = 400, modality = "planned", as_of = "[..2018]" }"#,
            r#"{ value = 400, modality = "planned", as_of = "[..2019]" }"#,
        ],
        Rule::PutOff,
    ),
    (
        HOUSE,
        "operational",
        [r#"{ value = "2018", modality = "planned" }"#, r#"{ value = "2018", modality = "denied" }"#],
        Rule::NotKept,
    ),
    (
        HOUSE,
        "operational",
        [
            r#"{ value = "2019-06", modality = "planned", as_of = "2018" }"#,
            r#"{ value = "2019-09", modality = "planned", as_of = "2018" }"#,
        ],
        Rule::PromiseDiffers,
    ),
    (HOUSE, "area", [r#"{ value = "15 acre", scope = "the garden" }"#, r#""12 acre""#], Rule::PartExceeds),
    (HOUSE, "area", [r#"{ value = "5 acre", scope = "the garden" }"#, r#""12 acre""#], Rule::PartOfWhole),
    (
        HOUSE,
        "area",
        [
            r#"{ value = "5 acre", scope = "the garden" }"#,
            r#"{ value = "12 acre", scope = ["the garden", "the yard"] }"#,
        ],
        Rule::PartOfWhole,
    ),
    (
        HOUSE,
        "area",
        [r#"{ value = "5 acre", scope = "the garden" }"#, r#"{ value = "12 acre", scope = "the yard" }"#],
        Rule::OtherScope,
    ),
    (HOUSE, "approved", [r#"{ value = "2009-02", scope = "the plan" }"#, r#""2015-10-07""#], Rule::OtherScope),
    (
        HOUSE,
        "beds",
        [r#"{ value = 34, scope = "one wing" }"#, r#"{ value = 30, modality = "planned" }"#],
        Rule::OtherScope,
    ),
    (
        HOUSE,
        "beds",
        [r#"{ value = 34, state = "capacity" }"#, r#"{ value = 30, state = "in-service" }"#],
        Rule::OtherState,
    ),
    (HOUSE, "beds", ["34", r#"{ value = 41, basis = "counted" }"#], Rule::ListLonger),
    (HOUSE, "beds", ["34", r#"{ value = 30, basis = "counted" }"#], Rule::ListOpen),
    (HOUSE, "type", [r#""Public school""#, r#""School, public""#], Rule::WordedOtherwise),
    (HOUSE, "admission", [r#""A tiger""#, r#""Two fish""#], Rule::Several),
    (
        HOUSE,
        "operational",
        [r#"{ value = "2021", modality = "planned", as_of = "2020" }"#, r#""2019""#],
        Rule::MadeAfter,
    ),
    (HOUSE, "beds", ["34", "41"], Rule::Incompatible),
    (HOUSE, "beds", ["34", "35"], Rule::Incompatible),
    (HOUSE, "area", [r#""150 acre""#, r#""179.82 acre""#], Rule::Incompatible),
    (HOUSE, "area", [r#""1 acre""#, r#""4048 m²""#], Rule::NumberRounds),
    (HOUSE, "area", [r#""1.0001 acre""#, r#""4048 m²""#], Rule::Incompatible),
    (HOUSE, "beds", ["34", r#"{ value = 41, as_of = "2020" }"#], Rule::Incompatible),
    (HOUSE, "site", [r#""In the camp""#, r#""Outside the camp""#], Rule::Incompatible),
    (HOUSE, "site", [r#""In the camp""#, r#""Not in the camp""#], Rule::Incompatible),
    (HOUSE, "approved", [r#""2009-02""#, r#""2015-10-07""#], Rule::Incompatible),
    (PLACE, "within", [r#""town""#, r#""isle""#], Rule::Incompatible),
    (
        HOUSE,
        "beds",
        [r#"{ value = 1, modality = "alleged" }"#, r#"{ value = 2, modality = "alleged" }"#],
        Rule::Incompatible,
    ),
    (
        HOUSE,
        "operational",
        [r#"{ value = "[..2018]", modality = "planned" }"#, r#"{ value = "[..2019]", modality = "planned" }"#],
        Rule::PutOff,
    ),
    (
        HOUSE,
        "operational",
        [r#"{ value = "2018-03", modality = "planned" }"#, r#"{ value = "2018-05", modality = "planned" }"#],
        Rule::PutOff,
    ),
    (
        HOUSE,
        "operational",
        [r#"{ value = "[2018..]", modality = "planned" }"#, r#"{ value = "[2020..]", modality = "planned" }"#],
        Rule::PutOff,
    ),
    (HOUSE, "beds", [r#"{ value = 400, modality = "planned" }"#, r#"{ value = 250, as_of = "2022" }"#], Rule::Short),
    (HOUSE, "site", [r#"{ value = "The hill", modality = "planned" }"#, r#""The marsh""#], Rule::Otherwise),
    (HOUSE, "operational", [r#"{ value = "[..2018]", modality = "planned" }"#, r#""2019-02""#], Rule::Late),
    (HOUSE, "operational", [r#"{ value = "[..2018]", modality = "planned" }"#, r#""2018-02""#], Rule::InTime),
    (HOUSE, "operational", [r#"{ value = "2018-05", modality = "planned" }"#, r#""2017""#], Rule::InTime),
    (HOUSE, "operational", [r#"{ value = "[..2018]", modality = "planned" }"#, r#""[..2023-07-01]""#], Rule::CameAbout),
    (HOUSE, "site", [r#"{ value = "The hill", modality = "planned" }"#, r#""The hill, by the gate""#], Rule::AsPlanned),
    (HOUSE, "beds", [r#"{ value = 4, modality = "planned" }"#, "4"], Rule::AsPlanned),
    (
        HOUSE,
        "group",
        [r#"{ value = "institution/house", modality = "planned" }"#, r#""institution/house""#],
        Rule::AsPlanned,
    ),
    (HOUSE, "beds", [r#"{ value = 400, modality = "planned" }"#, "500"], Rule::Exceeded),
    (HOUSE, "seats", [r#"{ value = 50, as_of = "2019" }"#, r#"{ value = 125, as_of = "2020" }"#], Rule::OtherTime),
    (HOUSE, "seats", [r#"{ value = 50, end = "2019" }"#, r#"{ value = 125, start = "2020" }"#], Rule::OtherTime),
    (
        HOUSE,
        "beds",
        [r#"{ value = 4, as_of = "2019" }"#, r#"{ value = 4, modality = "denied", as_of = "2020" }"#],
        Rule::OtherTime,
    ),
    (
        HOUSE,
        "operational",
        [
            r#"{ value = "2020", modality = "planned", as_of = "2015" }"#,
            r#"{ value = "2018", modality = "planned", as_of = "2016" }"#,
        ],
        Rule::OtherTime,
    ),
    (
        HOUSE,
        "beds",
        [r#"{ value = 750, modality = "planned", as_of = "[2020..]" }"#, r#"{ value = 250, as_of = "2022" }"#],
        Rule::NotDue,
    ),
    (
        HOUSE,
        "site",
        [
            r#"{ value = "The hill", modality = "planned", as_of = "2030" }"#,
            r#"{ value = "The marsh", as_of = "2022" }"#,
        ],
        Rule::NotDue,
    ),
    (HOUSE, "approved", [r#""2023-07-01""#, r#""2023-07""#], Rule::DateWithin),
    (
        HOUSE,
        "operational",
        [r#"{ value = "2021-11", modality = "planned" }"#, r#"{ value = "2021/2022", modality = "planned" }"#],
        Rule::DateWithin,
    ),
    (HOUSE, "approved", [r#""[..2014-06]""#, r#""[2014-01..]""#], Rule::DatesOverlap),
    (HOUSE, "approved", [r#""[2014, 2016]""#, r#""2015""#], Rule::DatesOverlap),
    (HOUSE, "approved", [r#""[2014, 2016]""#, r#""[2014, 2015, 2016]""#], Rule::DatesOverlap),
    (HOUSE, "approved", [r#""[2014-03, 2014-05]""#, r#""2014""#], Rule::DateWithin),
    (HOUSE, "approved", [r#""XXXX-12""#, r#""XXXX-11""#], Rule::DatesOverlap),
    (HOUSE, "approved", [r#""201X-12-25""#, r#""2015-06-01""#], Rule::DatesOverlap),
    (HOUSE, "approved", [r#""2001-21""#, r#""2001-04-10""#], Rule::DateWithin),
    (HOUSE, "approved", [r#""2019-12~""#, r#""2020-01""#], Rule::DateAbout),
    (HOUSE, "approved", [r#""2019-24~""#, r#""2020-04-01""#], Rule::DateAbout),
    (HOUSE, "approved", [r#""2019-24~""#, r#""2020-04-02""#], Rule::Incompatible),
    (HOUSE, "beds", ["960", "959.7"], Rule::NumberRounds),
    (HOUSE, "type", [r#""Public medical school""#, r#""Public hospital and medical school""#], Rule::TextWithin),
    (PLACE, "within", [r#""town""#, r#""land""#], Rule::EntityWithin),
    (HOUSE, "city", [r#""Zürich""#, r#"{ value = "zurich", as_of = "2020" }"#], Rule::Same),
    (HOUSE, "area", [r#""2 acre""#, r#"{ value = "2 acre", note = "again" }"#], Rule::Same),
    (PLACE, "within", [r#""isle""#, r#""island""#], Rule::JudgedSame),
    (HOUSE, "beds", ["4", "{ missing = true }"], Rule::Blank),
    (HOUSE, "beds", ["4", r#"{ value = 5, modality = "alleged" }"#], Rule::Alleged),
    (HOUSE, "beds", [r#"{ value = 5, modality = "denied" }"#, r#"{ value = 5, modality = "alleged" }"#], Rule::Alleged),
    (HOUSE, "beds", ["4", r#"{ value = 5, modality = "denied" }"#], Rule::OtherDenied),
    (HOUSE, "approved", [r#""2023-07""#, r#"{ value = "2023-07-01", modality = "denied" }"#], Rule::OtherDenied),
    (
        HOUSE,
        "beds",
        [r#"{ value = 4, modality = "denied" }"#, r#"{ value = 5, modality = "denied" }"#],
        Rule::OtherDenied,
    ),
    (HOUSE, "intake", [r#""50 students""#, r#""60 students/year""#], Rule::OtherUnit),
];

/// Cases that a rule narrowly does not judge: the rule, and the case with the rule that applies instead.
const NEAR: &[(Rule, Case)] = &[
    (Rule::Denied, (HOUSE, "beds", ["4", r#"{ value = 5, modality = "denied" }"#], Rule::OtherDenied)),
    (
        Rule::Incompatible,
        (HOUSE, "seats", [r#"{ value = 50, as_of = "2019" }"#, r#"{ value = 125, as_of = "2020" }"#], Rule::OtherTime),
    ),
    (
        Rule::PutOff,
        (
            HOUSE,
            "operational",
            [r#"{ value = "2018", modality = "planned" }"#, r#"{ value = "2018-05", modality = "planned" }"#],
            Rule::DateWithin,
        ),
    ),
    (Rule::Short, (HOUSE, "beds", [r#"{ value = 400, modality = "planned" }"#, "400"], Rule::AsPlanned)),
    (
        Rule::Otherwise,
        (HOUSE, "site", [r#"{ value = "Hill", modality = "planned" }"#, r#""The hill""#], Rule::AsPlanned),
    ),
    (
        Rule::Late,
        (HOUSE, "operational", [r#"{ value = "2018", modality = "planned" }"#, r#""2018-12-31""#], Rule::InTime),
    ),
    (
        Rule::InTime,
        (HOUSE, "operational", [r#"{ value = "2018", modality = "planned" }"#, r#""2019-01-01""#], Rule::Late),
    ),
    (
        Rule::CameAbout,
        (HOUSE, "operational", [r#"{ value = "2018", modality = "planned" }"#, r#""[..2017]""#], Rule::InTime),
    ),
    (Rule::AsPlanned, (HOUSE, "beds", [r#"{ value = 4, modality = "planned" }"#, "3"], Rule::Short)),
    (Rule::Exceeded, (HOUSE, "beds", [r#"{ value = 400, modality = "planned" }"#, "399"], Rule::Short)),
    (
        Rule::OtherTime,
        (
            HOUSE,
            "seats",
            [r#"{ value = 50, as_of = "2019" }"#, r#"{ value = 125, as_of = "2019-06" }"#],
            Rule::Incompatible,
        ),
    ),
    (
        Rule::NotDue,
        (
            HOUSE,
            "beds",
            [r#"{ value = 750, modality = "planned", as_of = "[..2020]" }"#, r#"{ value = 250, as_of = "2022" }"#],
            Rule::Short,
        ),
    ),
    (Rule::DateWithin, (HOUSE, "approved", [r#""2023-08-01""#, r#""2023-07""#], Rule::Incompatible)),
    (Rule::DatesOverlap, (HOUSE, "approved", [r#""[..2013]""#, r#""[2014-01..]""#], Rule::Incompatible)),
    (Rule::DateAbout, (HOUSE, "approved", [r#""2019-12~""#, r#""2020-03""#], Rule::Incompatible)),
    (Rule::NumberRounds, (HOUSE, "beds", ["960", "960.7"], Rule::Incompatible)),
    (Rule::TextWithin, (HOUSE, "type", [r#""Public school""#, r#""School, public""#], Rule::WordedOtherwise)),
    (Rule::EntityWithin, (PLACE, "within", [r#""isle""#, r#""land""#], Rule::Incompatible)),
    (Rule::Same, (HOUSE, "city", [r#""Zürich""#, r#""Zug""#], Rule::WordedOtherwise)),
    (
        Rule::Replanned,
        (
            HOUSE,
            "site",
            [
                r#"{ value = "The hill", modality = "planned", as_of = "2012" }"#,
                r#"{ value = "The marsh", modality = "planned", as_of = "2012" }"#,
            ],
            Rule::Incompatible,
        ),
    ),
    (
        Rule::NotKept,
        (
            HOUSE,
            "operational",
            [r#"{ value = "2018-05", modality = "denied" }"#, r#"{ value = "2018", modality = "planned" }"#],
            Rule::OtherDenied,
        ),
    ),
    (
        Rule::NotKept,
        (
            HOUSE,
            "operational",
            [
                r#"{ value = "2018", modality = "denied", as_of = "2016" }"#,
                r#"{ value = "2018", modality = "planned", as_of = "2017" }"#,
            ],
            Rule::OtherTime,
        ),
    ),
    (
        Rule::PromiseDiffers,
        (
            HOUSE,
            "operational",
            [
                r#"{ value = "2019-06", modality = "planned", as_of = "2018" }"#,
                r#"{ value = "2019-09", modality = "planned", as_of = "2018-05" }"#,
            ],
            Rule::PutOff,
        ),
    ),
    (
        Rule::PartExceeds,
        (HOUSE, "area", [r#"{ value = "12.4 acre", scope = "the garden" }"#, r#""12 acre""#], Rule::PartOfWhole),
    ),
    (Rule::PartExceeds, (HOUSE, "free-beds", [r#"{ value = 80, scope = "one wing" }"#, "60"], Rule::PartOfWhole)),
    (
        Rule::PartExceeds,
        (
            HOUSE,
            "area",
            [
                r#"{ value = "15 acre", scope = "the garden", as_of = "2010" }"#,
                r#"{ value = "12 acre", as_of = "2015" }"#,
            ],
            Rule::OtherScope,
        ),
    ),
    (
        Rule::PartOfWhole,
        (HOUSE, "area", [r#"{ value = "12.1 acre", scope = "the garden" }"#, r#""12.0 acre""#], Rule::PartExceeds),
    ),
    (
        Rule::OtherScope,
        (
            HOUSE,
            "area",
            [
                r#"{ value = "5 acre", scope = ["the yard", "the garden"] }"#,
                r#"{ value = "12 acre", scope = ["the garden", "the yard"] }"#,
            ],
            Rule::Incompatible,
        ),
    ),
    (
        Rule::OtherState,
        (
            HOUSE,
            "beds",
            [r#"{ value = 34, state = "capacity" }"#, r#"{ value = 30, state = "capacity" }"#],
            Rule::Incompatible,
        ),
    ),
    (Rule::ListLonger, (HOUSE, "beds", ["34", r#"{ value = 33, basis = "counted" }"#], Rule::ListOpen)),
    (Rule::ListOpen, (HOUSE, "beds", ["34", r#"{ value = 34, basis = "counted" }"#], Rule::Same)),
    (Rule::WordedOtherwise, (HOUSE, "site", [r#""Public school""#, r#""School, public""#], Rule::Incompatible)),
    (Rule::Several, (HOUSE, "admission", [r#""A tiger""#, r#"{ value = "A tiger", note = "again" }"#], Rule::Same)),
    (
        Rule::MadeAfter,
        (
            HOUSE,
            "operational",
            [r#"{ value = "2021", modality = "planned", as_of = "2019" }"#, r#""2019""#],
            Rule::InTime,
        ),
    ),
    (Rule::JudgedSame, (PLACE, "within", [r#""isle""#, r#""town""#], Rule::Incompatible)),
    (Rule::Blank, (HOUSE, "beds", ["0", "4"], Rule::Incompatible)),
    (
        Rule::Alleged,
        (
            HOUSE,
            "beds",
            [r#"{ value = 5, modality = "alleged" }"#, r#"{ value = 5, modality = "alleged", note = "x" }"#],
            Rule::Same,
        ),
    ),
    (
        Rule::OtherDenied,
        (HOUSE, "approved", [r#""2023-07-01""#, r#"{ value = "2023-07", modality = "denied" }"#], Rule::Denied),
    ),
    (Rule::OtherUnit, (HOUSE, "area", [r#""1 acre""#, r#""4046.856422 m²""#], Rule::NumberRounds)),
];

fn check((of, property, values, rule): Case) {
    for values in [values, [values[1], values[0]]] {
        let found = judged(of, property, &values).map(|slot| (slot.decisive().rule, slot.verdict));
        assert_eq!(found, Some((rule, rule.verdict())), "{property} = {values:?}");
    }
}

#[test]
fn every_rule_judges_its_case_whichever_claim_comes_first() {
    for &case in CASES {
        check(case);
    }
    let lists = [Rule::Counted, Rule::Miscounted, Rule::ListShorter, Rule::Overlap];
    for &rule in Rule::ALL {
        assert!(lists.contains(&rule) || CASES.iter().any(|case| case.3 == rule), "no case for {}", rule.id());
    }
}

#[test]
fn no_rule_judges_a_case_that_narrowly_misses_it() {
    for &(rule, case) in NEAR {
        assert_ne!(rule, case.3);
        check(case);
    }
    let lists = [Rule::Counted, Rule::Miscounted, Rule::ListShorter, Rule::Overlap];
    for &rule in Rule::ALL {
        assert!(lists.contains(&rule) || NEAR.iter().any(|(near, _)| *near == rule), "nothing near {}", rule.id());
    }
}

#[test]
fn several_values_of_a_many_valued_property_do_not_conflict() {
    let slot = judged(HOUSE, "admission", &[r#""A tiger""#, r#""Two fish""#, r#""No tiger""#]).unwrap();
    assert_eq!((slot.verdict, slot.pairs.len()), (Verdict::Noted, 2));
    assert_eq!(judged(HOUSE, "place", &[r#""town""#, r#""isle""#, "{ missing = true }"]), None);
}

#[test]
fn a_single_claim_has_no_verdict() {
    assert_eq!(judged(HOUSE, "beds", &["4"]), None);
}

#[test]
fn a_deprecated_claim_is_left_out_and_not_judged() {
    let old = r#"{ value = 5, rank = "deprecated", reason = "a slip" }"#;
    assert_eq!(judged(HOUSE, "beds", &["4", old]), None);
    let slot = judged(HOUSE, "beds", &["4", r#"{ value = 4, note = "again" }"#, old]).unwrap();
    assert_eq!((slot.verdict, slot.claims.len(), slot.left_out.len()), (Verdict::Agrees, 2, 1));
}

#[test]
fn the_gravest_pair_decides() {
    let slot = judged(
        HOUSE,
        "operational",
        &[
            r#""2018-05""#,
            r#""2018""#,
            r#"{ value = "2017", modality = "planned" }"#,
            r#""2019""#,
            "{ missing = true }",
        ],
    )
    .unwrap();
    assert_eq!(slot.verdict, Verdict::Conflicts);
    assert_eq!(slot.pairs.len(), 7);
    assert_eq!(slot.decisive().rule, Rule::Incompatible);
    assert!(slot.pairs[..slot.decided_by].iter().all(|pair| pair.verdict() > slot.verdict));
}

#[test]
fn a_directed_pair_starts_at_the_same_side_in_either_order() {
    for (property, from, to) in [
        (
            "operational",
            r#"{ value = "[..2018]", modality = "planned" }"#,
            r#"{ value = "[..2019]", modality = "planned" }"#,
        ),
        ("operational", r#"{ value = "2019", modality = "planned" }"#, r#""2018""#),
        ("beds", r#"{ value = 50, as_of = "2019" }"#, r#"{ value = 40, as_of = "2020" }"#),
        ("type", r#""Public medical school""#, r#""Medical school""#),
        ("approved", r#""2023-07-01""#, r#""2023-07""#),
        ("beds", r#"{ value = 4, modality = "alleged" }"#, "5"),
        ("beds", "4", r#"{ value = 4, modality = "denied" }"#),
    ] {
        for values in [[from, to], [to, from]] {
            let slot = judged(HOUSE, property, &values).unwrap();
            let graph =
                world(&format!("[[claim]]\nof = \"{HOUSE}\"\nat = \"lead / p1 s1\"\n{property} = [{from}, {to}]\n"));
            let start = world(&format!("[[claim]]\nof = \"{HOUSE}\"\nat = \"lead / p1 s1\"\n{property} = {from}\n"));
            let Side::Claim(a) = slot.decisive().a else { panic!("a list") };
            let a = graph.dossier().claim(a);
            let (_, wanted) = start
                .dossier()
                .claims()
                .find(|(_, claim)| start.dossier().vocabulary().name(claim.property) == property)
                .unwrap();
            assert_eq!(
                crate::present::wording::statement_text(graph.dossier(), a, None),
                crate::present::wording::statement_text(start.dossier(), wanted, None)
            );
        }
    }
}

#[test]
fn a_count_is_compared_with_the_list() {
    let slot = judged(HOUSE, "departments", &[r#"{ value = 1, basis = "counted" }"#]).unwrap();
    assert_eq!((slot.verdict, slot.decisive().b), (Verdict::Agrees, Side::List(1)));
    let slot = judged(HOUSE, "departments", &["7", r#"{ value = 2, basis = "counted" }"#]).unwrap();
    let rules: Vec<Rule> = slot.pairs.iter().map(|pair| pair.rule).collect();
    assert_eq!((slot.verdict, rules), (Verdict::Conflicts, vec![Rule::ListOpen, Rule::Miscounted]));
    // A number with a time or a scope of its own, or for which there is no list, is not compared.
    assert_eq!(judged(HOUSE, "departments", &[r#"{ value = 7, as_of = "2019" }"#]), None);
    assert_eq!(judged(HOUSE, "departments", &[r#"{ value = 7, scope = "one wing" }"#]), None);
    assert_eq!(judged(HOUSE, "projects", &[r#"{ value = 2, basis = "counted" }"#]), None);
}

#[test]
fn unnamed_members_are_counted_with_the_others() {
    let more = r#"
[[claim]]
of = "unit/ward"
at = "lead / p1 s1"
member = ["person/anna", "person/berta", { value = "institution/house", modality = "planned" }]
other-members = 5
members = { value = 7, basis = "counted" }
"#;
    let graph = world(more);
    let ward = graph.dossier().find("unit/ward").unwrap();
    assert_eq!(verdict_of(&graph, ward, old_property("members")).unwrap().decisive().b, Side::List(7));
}

#[test]
fn a_slot_of_ten_thousand_claims_is_judged_up_to_the_limit() {
    let mut builder = Builder::new(Arc::clone(seeds()));
    let house = builder.entity(CoreKind::Institution, "house", "House").unwrap();
    for number in 0..10_000 {
        builder.claim(NewClaim::new(house, property("beds"), NewValue::Number(f64::from(number), unit("beds"))));
        builder.claim(NewClaim::new(house, property("admission"), NewValue::Text(number.to_string())));
    }
    let slots = verdicts(&Graph::new(builder.finish()));
    let [beds, seal] = &slots[..] else { panic!("{} slots", slots.len()) };
    assert!(seal.pairs.len() < MAX_SIDES && seal.verdict == Verdict::Noted);
    assert_eq!(beds.claims.len() + beds.left_out.len(), 10_000);
    assert_eq!(beds.pairs.len(), MAX_SIDES * (MAX_SIDES - 1) / 2);
}

#[test]
fn both_sides_are_named_with_their_places() {
    let graph = world(
        "[[claim]]\nof = \"institution/house\"\nat = \"lead / p1 s1\"\nbeds = [{ value = 400, modality = \"planned\", as_of = \"[..2019]\" }, { value = 250, at = \"infobox / row Beds\", as_of = \"2022\" }]\n",
    );
    let house = graph.dossier().find(HOUSE).unwrap();
    let slot = verdict_of(&graph, house, old_property("beds")).unwrap();
    assert_eq!(
        explain(graph.dossier(), old_property("beds"), slot.decisive()),
        "P p1 s1 plans 400 beds, by 2019; P row Beds says 250 beds, as of 2022: 150 beds short of the plan"
    );
}
