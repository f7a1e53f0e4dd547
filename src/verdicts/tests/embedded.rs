//! The disagreements of the embedded documents, and the results of their checks.
//!
//! Invariant: the lists are complete, so that a verdict that is not listed fails the test.

use super::*;
use crate::formats::author::embedded;
use crate::graph::positions::positions;
use crate::present::check_text;
use crate::present::verdict_text::explain;
use crate::vocabulary::testing::property;

fn graph() -> Graph {
    let (dossier, defects) = load(&embedded());
    assert_eq!(defects, []);
    Graph::new(dossier)
}

const EXPECTED: &[(Verdict, &str, &str)] = &[
    (Verdict::Conflicts, "facility/mookerjee-hospital", "site"),
    (Verdict::Conflicts, "institution/aiims-kalyani", "departments"),
    (Verdict::Conflicts, "institution/aiims-kalyani", "subjects"),
    (Verdict::Conflicts, "institution/roy-institute", "site"),
    (Verdict::Slipped, "facility/mookerjee-hospital", "operational"),
    (Verdict::Slipped, "facility/mookerjee-hospital", "beds"),
    (Verdict::Slipped, "institution/aiims-kalyani", "site"),
    (Verdict::Slipped, "programme/roy-undergraduate", "institution"),
    (Verdict::Fulfilled, "institution/aiims-kalyani", "area"),
    (Verdict::Series, "programme/kalyani-mbbs", "seats"),
    (Verdict::Refines, "agreement/mou-iit-kharagpur", "signed"),
    (Verdict::Refines, "institution/aiims-kalyani", "type"),
    (Verdict::Refines, "institution/aiims-kalyani", "announced"),
    (Verdict::Refines, "institution/aiims-kalyani", "operational"),
    (Verdict::Refines, "programme/roy-medical-courses", "start"),
    (Verdict::Refines, "tenure/arvind-sinha-director", "title"),
    (Verdict::Refines, "tenure/arvind-sinha-director", "start"),
    (Verdict::Agrees, "facility/kalyani-opd", "departments"),
    (Verdict::Agrees, "institution/school-for-skills", "programmes"),
    (Verdict::Agrees, "programme/roy-medical-courses", "level"),
    (Verdict::Agrees, "unit/kalyani-governing-body", "committees"),
    (Verdict::Agrees, "unit/kalyani-governing-body", "members"),
];

#[test]
fn the_documents_disagree_in_the_listed_slots_and_in_no_others() {
    let graph = graph();
    let found = verdicts(&graph);
    let rows: Vec<_> = found
        .iter()
        .filter(|slot| slot.verdict != Verdict::Noted)
        .map(|slot| (slot.verdict, graph.dossier().id(slot.subject), graph.dossier().vocabulary().name(slot.property)))
        .collect();
    assert_eq!(rows, EXPECTED);
}

#[test]
fn each_pair_is_explained_with_both_sides_and_the_reason() {
    let graph = graph();
    let dossier = graph.dossier();
    let sentences: Vec<String> = verdicts(&graph)
        .iter()
        .flat_map(|slot| slot.pairs.iter().map(|pair| explain(dossier, slot.property, pair)))
        .collect();
    for wanted in [
        "C:25 says 34 departments (said of its super specialty hospital); C:79,119 lists 41 departments (items of the list, first to last; its heading has centers, too, and does not say which they are): 7 departments more are listed",
        "C:79,119 lists 41 departments (items of the list, first to last; its heading has centers, too, and does not say which they are); the dossier lists 41 departments: the count is that of the list (units of type \u{201c}department\u{201d})",
        "A:1,5 implies 1 July 2023; C:211 says July 2023: the day lies in the month",
        "E:15 plans by 2018; E:17 plans by 2019 (phase I): the plan moved by 1 year; which was planned first is not told",
        "E:17 plans by 2019 (phase I); A:7 implies by 1 July 2023: it came about at most 1643 days after the earliest target, at most 1278 days after the latest; whether in time, the dates do not tell",
        "E:17 plans 400 beds, by 2019; E:26 implies 250 beds, as of 2022: 150 beds short of the plan",
        "E:15,17 plans 750 beds, 2020 or later, capacity; E:26 implies 250 beds, as of 2022: the plan is for a later time than the other speaks of",
        "C:46 plans 150 acre, as of March 2015 (the plot whose location was approved); C:46,62 says 179.82 acre: 29.82 acre more than planned",
        "E:24 plans November 2021; E:18 plans AY 2021–22: the month lies in the span",
    ] {
        assert!(sentences.iter().any(|sentence| sentence == wanted), "{wanted}\nnot in\n{}", sentences.join("\n"));
    }
}

#[test]
fn a_conflict_disappears_with_the_claim_of_either_side() {
    let graph = graph();
    let conflicts = verdicts(&graph).into_iter().filter(|slot| slot.verdict == Verdict::Conflicts);
    let mut tried = 0;
    for slot in conflicts {
        let grave: Vec<&Pair> = slot.pairs.iter().filter(|pair| pair.verdict() == slot.verdict).collect();
        // A list that was counted is held against the number itself once the count is gone.
        let is_of_list = |rule: Rule| matches!(rule, Rule::ListLonger | Rule::ListShorter | Rule::Miscounted);
        if grave.iter().any(|pair| is_of_list(pair.rule)) {
            continue;
        }
        for dropped in slot.decisive().claims() {
            // With it goes all that supports it, which would take its place.
            let found = positions(graph.dossier(), slot.subject, slot.property);
            let position = found.iter().find(|position| position.claim == dropped).unwrap();
            let rest = Graph::new(without(graph.dossier(), |id| position.supports.contains(&id)));
            let after = verdict_of(&rest, slot.subject, slot.property);
            let left = grave.iter().filter(|pair| pair.claims().all(|claim| claim != dropped)).count();
            let found =
                after.map_or(0, |slot| slot.pairs.iter().filter(|pair| pair.verdict() == Verdict::Conflicts).count());
            assert_eq!(
                found,
                left,
                "{} {}",
                graph.dossier().id(slot.subject),
                graph.dossier().vocabulary().name(slot.property)
            );
            tried += 1;
        }
    }
    assert_eq!(tried, 4);
}

#[test]
fn the_checks_have_the_listed_results() {
    let graph = graph();
    let line =
        |result: &CheckResult| format!("{} {}", check_text::arithmetic(graph.dossier(), result), result.outcome.sign());
    let lines: Vec<String> = checks(&graph).iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "7 + 5 + 1 + 1 + 1 = 15, not 16 ≠",
            "68,981 m² > 57,650.21 m² ≠",
            "865 + 78 + 8 = 951 ✓",
            "360 + 18 = 378 ≤ 960 ✓",
            "920 + 40 = 960 ✓",
            "125 + 60 + 26 = 211 ✓",
            "57,650.21 m² + 68,981 m² = 31.29 acre ≤ 179.82 acre ✓",
            "57,650.21 m² / 179.82 acre = 7.92% ✓",
            "22,574.16 m² ≤ 57,650.21 m² ✓",
            "13 + 5 + 3 + 15 + 5 + 2 + 5 + 12 + 3 + 2 + 1 = 66 ✓",
            "15 + 5 + 2 = 22 ✓",
            "10% + 65% = 75% ≤ 100% ✓",
            "160 + 90 = 250 ✓",
            "44 ≤ 90 ✓",
        ]
    );
}

#[test]
fn the_arithmetic_names_each_term() {
    let graph = graph();
    let named: Vec<String> = checks(&graph).iter().map(|result| check_text::named(graph.dossier(), result)).collect();
    for wanted in [
        "Undergraduates 865 + Postgraduates 78 + Doctoral students 8 = 951 (Students)",
        "MD 15 + MS 5 + MDS 2 = 22 (Subjects)",
        "Hostels 7 + Staff housing 5 + Guest house 1 + Executive director's residence 1 + Dharamshala 1 = 15, not 16 (Residential area)",
    ] {
        assert!(named.iter().any(|text| text.starts_with(wanted)), "{wanted}\nnot in\n{}", named.join("\n"));
    }
}

#[test]
fn a_check_without_one_of_its_claims_is_unknown() {
    let graph = graph();
    let dossier = graph.dossier();
    let kalyani = dossier.find("institution/aiims-kalyani").unwrap();
    let files =
        embedded().into_iter().map(|file| SourceFile::new(file.name, file.text.replace("\nstudents = 951\n", "\n")));
    let (broken, defects) = load(&files.collect::<Vec<_>>());
    assert_eq!(broken.slot(kalyani, property("students")), []);
    let [defect] = &defects[..] else { panic!("{defects:?}") };
    assert!(defect.to_string().starts_with("seeds/checks.toml:"), "{defect}");
    assert!(defect.to_string().contains("cannot be computed: term 4: no claim says so"), "{defect}");
    let broken = Graph::new(broken);
    let results = checks(&broken);
    let unknown: Vec<String> = results
        .iter()
        .filter(|result| result.outcome == CheckOutcome::Unknown)
        .map(|result| check_text::arithmetic(broken.dossier(), result))
        .collect();
    assert_eq!(unknown, ["term 4: no claim says so (institution/aiims-kalyani students)"]);
}
