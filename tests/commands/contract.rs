//! The JSON Lines contract on the embedded dossier, read as a dependent program would read it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::program::{claims, entities, found, list, targets, text};

fn keys(object: &Value) -> BTreeSet<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Fails unless an object has all required keys, and no others except optional ones.
fn check_keys(object: &Value, required: &[&str], optional: &[&str]) {
    let keys = keys(object);
    for key in required {
        assert!(keys.contains(key), "no \"{key}\" in {object}");
    }
    for key in keys {
        assert!(required.contains(&key) || optional.contains(&key), "\"{key}\" in {object}");
    }
}

fn check_when(when: &Value) {
    check_keys(when, &["edtf"], &["label", "earliest", "latest"]);
    for field in ["earliest", "latest"] {
        if let Some(day) = when.get(field) {
            let day = day.as_str().unwrap();
            let parts: Vec<usize> = day.split('-').map(str::len).collect();
            assert_eq!(parts, [4, 2, 2], "{when}");
            assert!(day.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit()), "{when}");
        }
    }
    let bounds = ["earliest", "latest"].map(|field| when.get(field).and_then(Value::as_str));
    if let [Some(earliest), Some(latest)] = bounds {
        assert!(earliest <= latest, "{when}");
    }
}

fn check_value(claim: &Value) {
    let alternatives = [
        claim.get("value").is_some(),
        claim.get("number").is_some() || claim.get("unit").is_some(),
        claim.get("entity").is_some() || claim.get("entity_label").is_some(),
    ];
    assert_eq!(alternatives.into_iter().filter(|&there| there).count(), 1, "{claim}");
    if alternatives[1] {
        assert!(claim["number"].is_number() && claim["unit"].is_string(), "{claim}");
    }
    if alternatives[2] {
        assert!(claim["entity"].is_string() && claim["entity_label"].is_string(), "{claim}");
    }
    if let (Some(when), Some(value)) = (claim.get("when"), claim.get("value")) {
        assert_eq!(value, &when["edtf"]);
    }
}

fn check_evidence(place: &Value, documents: &BTreeSet<&str>) {
    check_keys(
        place,
        &["document", "section"],
        &["paragraph", "sentence", "item", "row", "line", "start", "length", "sha256"],
    );
    assert_eq!(place.get("line").is_some(), place.get("sha256").is_some(), "{place}");
    assert!(documents.contains(text(place, "document")), "{place}");
    let ways = ["paragraph", "item", "row"].iter().filter(|way| place.get(**way).is_some()).count();
    assert!(ways <= 1, "{place}");
    assert!(place.get("sentence").is_none() || place.get("paragraph").is_some(), "{place}");
    for number in ["paragraph", "sentence", "item", "line"].iter().filter_map(|field| place.get(*field)) {
        assert!(number.as_u64().is_some_and(|number| number >= 1), "{place}");
    }
}

#[test]
fn every_line_keeps_the_contract() {
    let entities = entities();
    let labels: BTreeMap<&str, &str> = entities.iter().map(|row| (text(row, "id"), text(row, "label"))).collect();
    let documents: BTreeSet<&str> =
        entities.iter().filter(|row| row["kind"] == "document").map(|row| text(row, "id")).collect();
    assert_eq!(documents.len(), 5);
    let mut ids = BTreeSet::new();
    for row in &entities {
        let own: &[&str] = match text(row, "kind") {
            "document" => &["key", "type", "publisher", "published", "file", "sha256", "length"],
            _ => &[],
        };
        check_keys(row, &["id", "kind", "label", "names", "claims"], own);
        assert_eq!(text(row, "id").split_once('/').unwrap().0, text(row, "kind"));
        for name in list(row, "names") {
            check_keys(name, &["value", "kind"], &["lang", "evidence"]);
        }
        for claim in list(row, "claims") {
            let required = ["property", "modality", "basis", "rank", "evidence"];
            let value = ["value", "number", "unit", "entity", "entity_label"];
            let more = ["id", "when", "start", "end", "as_of", "reason", "note", "by", "number_written"];
            let rare = ["said_in", "state", "scope"];
            check_keys(claim, &required, &[value.as_slice(), &more, &rare].concat());
            if let Some(by) = claim.get("by") {
                let named = by.get("value").or_else(|| by.get("entity_label")).and_then(Value::as_str);
                assert!(named.is_some_and(|name| !name.is_empty()), "{claim}");
            }
            // What is concluded by way of other claims is no claim of the dossier.
            let id = claim.get("id").map(|id| id.as_str().unwrap());
            assert!(id.is_some() || claim["basis"] == "inferred" || claim["property"] == "event", "{claim}");
            let is_id = |id: &str| id.strip_prefix('~').map_or((4..=16).contains(&id.len()), |rest| rest.len() == 8);
            assert!(id.is_none_or(|id| is_id(id) && ids.insert(id)), "{claim}");
            check_value(claim);
            for field in ["when", "start", "end", "as_of"] {
                claim.get(field).iter().for_each(|when| check_when(when));
            }
            if let Some(target) = claim.get("entity") {
                assert_eq!(labels.get(target.as_str().unwrap()), Some(&text(claim, "entity_label")), "{claim}");
            }
            assert!(["actual", "planned", "alleged", "denied"].contains(&text(claim, "modality")));
            assert!(["stated", "listed", "counted", "inferred"].contains(&text(claim, "basis")));
            assert!(["preferred", "normal", "deprecated"].contains(&text(claim, "rank")));
            if claim["basis"] == "inferred" || claim["rank"] != "normal" {
                assert!(!text(claim, "reason").is_empty(), "{claim}");
            }
            assert!(!list(claim, "evidence").is_empty(), "{} {claim}", text(row, "id"));
            for place in list(claim, "evidence") {
                check_evidence(place, &documents);
            }
        }
    }
}

#[test]
fn the_first_line_describes_the_dossier() {
    let lines = found(&["export", "--format", "jsonl"]);
    let header: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    let rest = ["dossier", "vocabulary", "judgements", "unclaimed", "checks"];
    check_keys(&header, &["id", "kind", "format"], &rest);
    assert_eq!((text(&header, "id"), text(&header, "kind")), ("dossier/annals", "dossier"));
    assert_eq!(header["format"], 2);
    assert_eq!(header["vocabulary"]["base"], "general");
}

#[test]
fn every_entity_has_one_line_and_lines_are_sorted() {
    let entities = entities();
    let ids: Vec<&str> = entities.iter().map(|row| text(row, "id")).collect();
    assert!(ids.len() > 250);
    assert!(ids.is_sorted_by(|a, b| a < b));
}

#[test]
fn keys_come_in_the_order_of_the_contract() {
    for line in found(&["export", "--format", "jsonl"]).lines().skip(1) {
        let places =
            ["{\"id\":", ",\"kind\":", ",\"label\":", ",\"names\":[", ",\"claims\":["].map(|key| line.find(key));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{line}");
    }
}

#[test]
fn one_line_answers_for_itself() {
    let entities = entities();
    for row in &entities {
        let all = |property| targets(row, property);
        match text(row, "kind") {
            "tenure" => {
                assert!(!all("person").is_empty() && !all("post").is_empty(), "{row}");
                assert!(!all("institution").is_empty() || !is_at_an_institution(&entities, all("post")[0]), "{row}");
            }
            "programme" => assert!(!all("institution").is_empty(), "{row}"),
            "agreement" => {
                assert!(!all("party").is_empty(), "{row}");
                let dated = list(row, "claims").iter().any(|claim| claim.get("when").is_some());
                assert!(dated, "{row}");
            }
            _ => {}
        }
    }
}

/// Returns true if a post is claimed to belong to an institution.
fn is_at_an_institution(entities: &[Value], post: &str) -> bool {
    entities.iter().any(|row| row["id"] == post && !claims(row, "institution").is_empty())
}

#[test]
fn a_programme_tells_when_what_happened_to_it() {
    let entities = entities();
    let mbbs = entities.iter().find(|row| row["id"] == "programme/kalyani-mbbs").unwrap();
    let raised = claims(mbbs, "event");
    let raised = raised.iter().find(|claim| claim["entity"] == "event/mbbs-seats-raised").unwrap();
    assert_eq!(raised["when"]["edtf"], "2020");
    assert_eq!(raised["entity_label"], "MBBS seats raised from 50 to 125");
}

#[test]
fn what_is_concluded_by_way_of_something_says_so() {
    let entities = entities();
    let ways: Vec<&Value> = entities
        .iter()
        .flat_map(|row| list(row, "claims"))
        .filter(|claim| claim["reason"].as_str().is_some_and(|reason| reason.starts_with("by way of ")))
        .collect();
    assert!(!ways.is_empty());
    let ids: BTreeSet<&str> = entities.iter().map(|row| text(row, "id")).collect();
    for claim in ways {
        assert_eq!(claim["basis"], "inferred");
        let way = text(claim, "reason").strip_prefix("by way of ").unwrap();
        assert!(way.split(", ").all(|id| ids.contains(id)), "{claim}");
    }
}
