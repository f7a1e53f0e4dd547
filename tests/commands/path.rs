//! `path`: the shortest connections of two entities, each step with its evidence.

use crate::between::TRAM;
use crate::support::program::{annals, annals_on, folder, found, list, rows, text};

/// Returns the exit code and the output of the command on a tramway.
fn tram(args: &[&str]) -> (Option<i32>, String) {
    let folder = folder(&[("dossier.toml", TRAM)]);
    let ran = annals_on(folder.path(), &[&["path"], args].concat());
    assert_eq!(ran.stderr, "", "{args:?}");
    (ran.code, ran.stdout)
}

#[test]
fn the_shortest_connection_is_told_step_by_step_with_its_evidence() {
    let shown = found(&["path", "University College London", "AIIMS Kalyani"]);
    let lines: Vec<&str> = shown.lines().take(9).collect();
    let pact = "MedTech partnership: AIIMS New Delhi, IIT Delhi, UCL";
    let court = "High Court: bring AIIMS Kalyani level with Delhi";
    let said = "(according to Tirthankar Ghosh, said in Hearing of a petition for an autopsy)";
    assert_eq!(
        lines,
        [
            &format!("1 · 4 steps: University College London — {pact} — AIIMS New Delhi — {court} — AIIMS Kalyani"),
            &format!("  1  {pact} · Party: University College London"),
            "       partnership-2024, lead / p1 s1 (line 1)",
            &format!("  2  {pact} · Party: AIIMS New Delhi"),
            "       partnership-2024, lead / p1 s1 (line 1)",
            &format!("  3  {court} · Institution: AIIMS New Delhi {said} — whose level is to be reached"),
            "       kalyani, Calcutta High Courts Judgement / p1 s1 (line 230)",
            &format!("  4  {court} · Institution: AIIMS Kalyani {said}"),
            "       kalyani, Calcutta High Courts Judgement / p1 s1 (line 230)",
        ]
    );
    assert_eq!(shown.lines().filter(|line| line.contains(" steps: ")).count(), 3);
    assert!(shown.contains("\n  4  Yogendra Kumar Gupta held the post of President, AIIMS Kalyani\n"), "{shown}");
}

#[test]
fn every_step_is_data_with_its_claims() {
    let paths = rows(&["path", "ucl", "aiims-kalyani"]);
    assert_eq!(paths.iter().map(|path| path["rank"].as_u64()).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
    let mut steps = 0;
    for path in &paths {
        let mut at = "institution/ucl";
        for step in list(path, "steps") {
            assert_eq!(text(&step["from"], "id"), at);
            at = text(&step["to"], "id");
            for claim in list(step, "claims") {
                assert!(!list(claim, "evidence").is_empty() && claim["id"].is_string(), "{claim}");
            }
            let ends = [&step["from"], &step["to"]].map(|end| text(end, "id"));
            let claims = list(step, "claims").iter();
            let named: Vec<&str> =
                claims.flat_map(|claim| [text(&claim["subject"], "id"), text(claim, "entity")]).collect();
            assert!(ends.iter().all(|end| named.contains(end)), "{step}");
            steps += 1;
        }
        assert_eq!(
            (at, path["length"].as_u64()),
            ("institution/aiims-kalyani", Some(list(path, "steps").len() as u64))
        );
    }
    let csv = found(&["path", "ucl", "aiims-kalyani", "--format", "csv"]);
    assert_eq!(csv.lines().count(), steps + 1);
    let lines = found(&["path", "ucl", "aiims-kalyani", "--format", "jsonl"]);
    assert_eq!(lines.lines().count(), 3);
    // Walked backwards, the connections are the same.
    let back = rows(&["path", "aiims-kalyani", "ucl"]);
    let chain = |path: &serde_json::Value| text(path, "words").split(" — ").map(str::to_owned).collect::<Vec<_>>();
    for (there, back) in paths.iter().zip(&back) {
        let mut mirrored = chain(back);
        mirrored.reverse();
        assert_eq!(chain(there), mirrored);
    }
}

#[test]
fn a_minister_and_a_builder_are_connected_by_what_both_had_to_do_with() {
    let (code, shown) = tram(&["Sofia Lund", "Norbau"]);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(
        (code, lines),
        (
            Some(0),
            vec![
                "3 steps: Sofia Lund — The ribbon is cut — Northern Tram — Norbau",
                "  1  The ribbon is cut · Person: Sofia Lund",
                "       courier-2022, lead / p6 s1",
                "  2  The ribbon is cut · Facility: Northern Tram",
                "       courier-2022, lead / p6 s1",
                "  3  Northern Tram · Contractor: Norbau",
                "       audit-2018, Contracts / p1 s1",
            ]
        )
    );
}

#[test]
fn a_link_that_is_no_fact_has_its_sign_and_its_word() {
    let (_, shown) = tram(&["norbau", "bridge"]);
    assert!(shown.starts_with("1 step: Norbau —✗ denied— Bridge over the Ruda\n"), "{shown}");
    assert!(shown.contains("\n  1  ✗ Bridge over the Ruda · Contractor: Norbau (denied)\n"), "{shown}");
}

#[test]
fn those_who_held_one_post_are_connected_by_it() {
    let (_, shown) = tram(&["ek", "wik"]);
    assert!(shown.starts_with("2 steps: Tomas Ek — Managing director — Jonas Wik\n"), "{shown}");
    let (_, shown) = tram(&["ek", "htc"]);
    assert!(shown.contains("\n  1  Tomas Ek held the post of Managing director at Halvern Tram Company\n"), "{shown}");
}

#[test]
fn where_nothing_but_a_place_connects_there_is_no_connection() {
    let (code, shown) = tram(&["university", "skala"]);
    assert_eq!(code, Some(1));
    assert!(shown.starts_with("No connection of at most 6 steps"), "{shown}");
    assert_eq!(tram(&["university", "skala", "--format", "json"]), (Some(1), "[]\n".to_owned()));
    // At an end it is one.
    assert_eq!(tram(&["university", "halvern"]).0, Some(0));
}

#[test]
fn ends_that_are_not_two_entities_are_refused() {
    for (args, message) in [
        (["ucl", "UCL"], "annals: \"ucl\" and \"UCL\" are both institution/ucl; expected two entities\n"),
        (["zzqq", "ucl"], "annals: no entity \"zzqq\"; expected an id such as"),
        (["ucl", "AIIMS"], "annals: \"AIIMS\" means any of 3 entities; expected one of their ids:\n"),
    ] {
        let ran = annals(&[&["path"], &args[..]].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.stderr.starts_with(message), "{args:?}: {}", ran.stderr);
    }
}
