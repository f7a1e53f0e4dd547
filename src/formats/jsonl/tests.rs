//! The contract, on a small dossier that has every sort of value.

use serde_json::{Value as Json, json};

use super::*;
use crate::formats::author::load;
use crate::syntax::SourceFile;

const TOML: &str = r#"
document = "paper"

[[source]]
id = "paper"
key = "P"
title = "A paper"
kind = "report"
published = "2024-05"

[[institution]]
id = "clinic"
label = "The Clinic"
at = "lead / p1 s1"
names = [{ value = "Klinik", kind = "native", lang = "de" }]
beds = "120 beds"
area = { value = "1.5 acre", as_of = "2020", note = "about" }
motto = { missing = true }
purpose = { value = "Care", basis = "inferred", reason = "It says so \u0007.", modality = "planned" }
announced = { value = "2021/2022", label = "AY 2021–22", at = ["lead / p2", "lead / heading", "infobox / row Date", "lead / item 3"] }

[[unit]]
id = "ward"
label = "Ward"
at = "lead / p1 s1"
institution = "clinic"

[[person]]
id = "ann"
label = "Ann"

[[post]]
id = "head"
label = "Head of the clinic"
at = "lead / p4 s1"
institution = "clinic"

[[tenure]]
id = "ann-head"
at = "lead / p5 s1"
person = "ann"
post = "head"
start = "2020-03"

[[agreement]]
id = "pact"
label = "Pact"
at = "lead / p6 s1"
signed = "2023-07-01"
signatory = "tenure/ann-head"

[[programme]]
id = "course"
label = "Course"
at = "lead / p7 s1"
department = "ward"

[[event]]
id = "first-course"
label = "The course begins"
at = "lead / p8 s1"
when = { value = "2024", modality = "planned" }
programme = "course"
agreement = "pact"
"#;

fn dossier() -> Dossier {
    let (dossier, defects) = load(&[SourceFile::new("t.toml", TOML)]);
    assert_eq!(defects, []);
    dossier
}

/// The line of one entity, parsed.
fn line(id: &str) -> Json {
    let dossier = dossier();
    let mut out = Vec::new();
    export_lines(&dossier, &mut out).unwrap();
    let lines = String::from_utf8(out).unwrap();
    let rows = lines.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let mut found: Vec<Json> = rows.filter(|row| row["id"] == id).collect();
    assert_eq!(found.len(), 1, "{id}");
    found.remove(0)
}

fn claims_of(id: &str, property: &str) -> Vec<Json> {
    let line = line(id);
    let claims = line["claims"].as_array().unwrap().iter().filter(|claim| claim["property"] == property).cloned();
    let without_id = |mut claim: Json| {
        // An implied claim has none.
        let id = claim.as_object_mut().unwrap().remove("id");
        assert!(id.is_none_or(|id| id.as_str().unwrap().starts_with('~')));
        claim
    };
    claims.map(without_id).collect()
}

#[test]
fn a_line_has_the_fields_of_the_contract_in_their_order() {
    let dossier = dossier();
    let mut out = Vec::new();
    write_compact(&mut out, &Contract::new(&dossier).entity(dossier.find("person/ann").unwrap())).unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        r#"{"id":"person/ann","kind":"person","label":"Ann","names":[],"claims":[]}"#
    );
    assert_eq!(
        line("institution/clinic")["names"],
        json!([{
            "value": "Klinik", "kind": "native", "lang": "de",
            "evidence": [{"document": "document/paper", "section": "lead", "paragraph": 1, "sentence": 1}],
        }])
    );
}

#[test]
fn each_sort_of_value_has_its_own_fields() {
    let evidence = json!([{"document": "document/paper", "section": "lead", "paragraph": 1, "sentence": 1}]);
    let plain = |rest: Json| {
        let mut claim = json!({"modality": "actual", "basis": "stated", "rank": "normal", "evidence": evidence});
        claim.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        claim
    };
    let clinic = "institution/clinic";
    let year = json!({"edtf": "2020", "earliest": "2020-01-01", "latest": "2020-12-31"});
    assert_eq!(claims_of(clinic, "beds"), [plain(json!({"property": "beds", "number": 120, "unit": "beds"}))]);
    assert_eq!(
        claims_of(clinic, "area"),
        [plain(json!({"property": "area", "number": 1.5, "unit": "acre", "as_of": year, "note": "about"}))]
    );
    assert_eq!(claims_of(clinic, "motto"), [plain(json!({"property": "motto", "value": null}))]);
    assert_eq!(
        claims_of(clinic, "purpose"),
        [plain(json!({
            "property": "purpose", "value": "Care", "modality": "planned", "basis": "inferred",
            "reason": "It says so \u{7}."
        }))]
    );
    assert_eq!(
        claims_of("unit/ward", "institution"),
        [plain(json!({"property": "institution", "entity": clinic, "entity_label": "The Clinic"}))]
    );
}

#[test]
fn a_date_shows_its_text_its_label_and_its_bounds_and_each_sort_of_place() {
    let claim = &claims_of("institution/clinic", "announced")[0];
    assert_eq!(claim["value"], "2021/2022");
    assert_eq!(
        claim["when"],
        json!({"edtf": "2021/2022", "label": "AY 2021–22", "earliest": "2021-01-01", "latest": "2022-12-31"})
    );
    let mut evidence = claim["evidence"].as_array().unwrap().clone();
    evidence.sort_by_key(ToString::to_string);
    assert_eq!(
        Json::Array(evidence),
        json!([
            {"document": "document/paper", "section": "lead", "item": 3},
            {"document": "document/paper", "section": "lead", "paragraph": 2},
            {"document": "document/paper", "section": "infobox", "row": "Date"},
            {"document": "document/paper", "section": "lead"},
        ])
    );
}

#[test]
fn implied_claims_are_part_of_a_line() {
    let named = |id: &str, property: &str| -> Vec<String> {
        claims_of(id, property).iter().map(|claim| claim["entity"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(named("tenure/ann-head", "institution"), ["institution/clinic"]);
    assert_eq!(named("agreement/pact", "signatory"), ["tenure/ann-head", "person/ann"]);
    assert_eq!(named("agreement/pact", "institution"), ["institution/clinic"]);
    assert_eq!(named("programme/course", "institution"), ["institution/clinic"]);
    assert_eq!(named("event/first-course", "department"), ["unit/ward"]);
    // An event has what the agreement and the programme it names belong to, not who signed it.
    assert_eq!(named("event/first-course", "institution"), ["institution/clinic"]);
    assert_eq!(named("event/first-course", "signatory"), <[&str; 0]>::default());
}

#[test]
fn an_implied_entity_has_its_path_and_evidence() {
    let claim = &claims_of("tenure/ann-head", "institution")[0];
    assert_eq!(claim["basis"], "inferred");
    assert_eq!(claim["reason"], "by way of post/head");
    let paragraphs: Vec<&Json> =
        claim["evidence"].as_array().unwrap().iter().map(|place| &place["paragraph"]).collect();
    assert_eq!(paragraphs, [5, 4]);
}

#[test]
fn an_agreement_and_a_programme_list_the_events_that_name_them() {
    for id in ["agreement/pact", "programme/course"] {
        let claim = &claims_of(id, "event")[0];
        assert_eq!(claim["entity"], "event/first-course");
        assert_eq!(claim["entity_label"], "The course begins");
        assert_eq!(claim["when"]["edtf"], "2024");
        assert_eq!(claim["modality"], "planned");
    }
}

#[test]
fn a_document_has_its_own_fields() {
    let paper = line("document/paper");
    assert_eq!((&paper["kind"], &paper["key"], &paper["type"]), (&json!("document"), &json!("P"), &json!("report")));
    assert_eq!(paper["published"]["earliest"], "2024-05-01");
    assert_eq!(paper.get("sha256"), None);
}

#[test]
fn the_bundle_has_every_entity_and_reads_back_as_one_document() {
    let dossier = dossier();
    let mut out = Vec::new();
    export_bundle(&dossier, &mut out).unwrap();
    let bundle: Json = serde_json::from_slice(&out).unwrap();
    assert_eq!(bundle["entities"].as_array().unwrap().len(), dossier.entities().len());
    assert_eq!(bundle["judgements"], json!([]));
}

#[test]
fn an_array_is_valid_at_every_length() {
    for length in 0..3 {
        let mut out = Vec::new();
        write_array(&mut out, 0..length).unwrap();
        let back: Vec<i32> = serde_json::from_slice(&out).unwrap();
        assert_eq!(back, (0..length).collect::<Vec<_>>());
    }
}

#[test]
fn a_check_is_exported_as_it_is_authored() {
    let more = r#"
[[check]]
label = "Places"
at = "lead / p1"
sum = ["institution/clinic beds @2020 stated", { count = "programme", level = "MD", institution = "clinic" }, 2]
at-most = "100 %"
"#;
    let clinic = "document = \"p\"\n[[source]]\nid = \"p\"\nkey = \"P\"\ntitle = \"P\"\n[[institution]]\nid = \"clinic\"\nlabel = \"C\"\n";
    let file = SourceFile::new("w.toml", format!("{clinic}{more}"));
    let (dossier, _) = load(&[file]);
    let mut out = Vec::new();
    export_bundle(&dossier, &mut out).unwrap();
    let bundle: Json = serde_json::from_slice(&out).unwrap();
    let as_of = json!({"edtf": "2020", "earliest": "2020-01-01", "latest": "2020-12-31"});
    let filters =
        json!([{"property": "level", "value": "MD"}, {"property": "institution", "entity": "institution/clinic"}]);
    assert_eq!(
        bundle["checks"],
        json!([{
            "label": "Places",
            "operation": "sum",
            "relation": "at-most",
            "terms": [
                {"entity": "institution/clinic", "property": "beds", "basis": "stated", "as_of": as_of},
                {"count": "programme", "filters": filters},
                {"number": 2},
                {"number": 100, "unit": "%"},
            ],
            "evidence": [{"document": "document/p", "section": "lead", "paragraph": 1}],
        }])
    );
}
