//! Namesakes of an invented town.
//!
//! Invariant: what is expected is written out by hand.

use super::*;
use crate::formats::author;
use crate::syntax::SourceFile;

const TOWN: &str = r#"
document = "d"
[dossier]
key = "t"
title = "A town"
format = 2
[[source]]
id = "d"
key = "D"
title = "A document"
"#;

fn town(text: &str) -> Graph {
    let (dossier, defects) = author::load(&[SourceFile::new("town.toml", format!("{TOWN}{text}"))]);
    assert_eq!(defects, []);
    Graph::new(dossier)
}

fn add(kind: &str, id: &str, label: &str, more: &str) -> String {
    format!("[[{kind}]]\nid = \"{id}\"\nlabel = \"{label}\"\nat = \"lead / p1 s1\"\n{more}\n")
}

fn held(id: &str, person: &str, post: &str, more: &str) -> String {
    format!("[[tenure]]\nid = \"{id}\"\nat = \"lead / p1 s2\"\nperson = \"{person}\"\npost = \"{post}\"\n{more}\n")
}

fn labels(graph: &Graph, ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| graph.label(graph.dossier().find(id).unwrap()).into_owned()).collect()
}

#[test]
fn a_label_that_is_not_shared_stays_as_it_is() {
    let graph = town(&(add("person", "ann", "Ann Ash", "") + &add("person", "dr-ann", "Dr Ann Ash", "")));
    assert_eq!(labels(&graph, &["person/ann", "person/dr-ann"]), ["Ann Ash", "Dr Ann Ash"]);
    assert_eq!(graph.apart(graph.dossier().find("person/ann").unwrap()), None);
}

#[test]
fn people_of_one_name_are_told_apart_by_office_then_institution_then_dates_then_id() {
    let posts = add("institution", "hill", "Hill School", "")
        + &add("institution", "dale", "Dale School", "")
        + &add("post", "hill-head", "Head", "institution = \"hill\"")
        + &add("post", "dale-head", "Head", "institution = \"dale\"")
        + &add("post", "clerk", "Clerk", "institution = \"hill\"");
    let people = ["a", "b", "c"].map(|id| add("person", id, "Ann Ash", "")).concat();
    let ids = ["person/a", "person/b", "person/c"];
    let with = |terms: String| labels(&town(&format!("{posts}{people}{terms}")), &ids);
    assert_eq!(
        with(held("x", "a", "hill-head", "") + &held("y", "b", "clerk", "")),
        ["Ann Ash (Head)", "Ann Ash (Clerk)", "Ann Ash (person/c)"]
    );
    assert_eq!(
        with(held("x", "a", "hill-head", "") + &held("y", "b", "dale-head", "")),
        ["Ann Ash (Hill School)", "Ann Ash (Dale School)", "Ann Ash (person/c)"]
    );
    assert_eq!(
        with(
            held("x", "a", "hill-head", "start = \"1901\"\nend = \"1905-06\"")
                + &held("y", "b", "hill-head", "start = \"1906\"")
                + &held("z", "c", "hill-head", "end = \"1900\"")
        ),
        ["Ann Ash (1901 – 1905-06)", "Ann Ash (from 1906)", "Ann Ash (until 1900)"]
    );
    assert_eq!(
        with(["a", "b", "c"].map(|id| held(id, id, "hill-head", "")).concat()),
        ["Ann Ash (person/a)", "Ann Ash (person/b)", "Ann Ash (person/c)"]
    );
}

#[test]
fn an_office_that_was_only_planned_or_denied_tells_nobody_apart() {
    let denied = "person = { value = \"a\", modality = \"denied\" }";
    let text = add("post", "clerk", "Clerk", "")
        + &add("person", "a", "Ann Ash", "")
        + &add("person", "b", "Ann Ash", "")
        + &format!("[[tenure]]\nid = \"x\"\nat = \"lead / p1 s2\"\n{denied}\npost = \"clerk\"\n");
    assert_eq!(labels(&town(&text), &["person/a", "person/b"]), ["Ann Ash (person/a)", "Ann Ash (person/b)"]);
}

#[test]
fn things_of_one_name_are_told_apart_by_institution_then_kind_then_dates() {
    let schools = add("institution", "hill", "Hill School", "") + &add("institution", "dale", "Dale School", "");
    let graph = town(
        &(schools.clone()
            + &add("facility", "a", "Library", "institution = \"hill\"")
            + &add("facility", "b", "Library", "institution = \"dale\"")),
    );
    assert_eq!(labels(&graph, &["facility/a", "facility/b"]), ["Library (Hill School)", "Library (Dale School)"]);
    let graph = town(&(schools + &add("facility", "a", "Hill School", "institution = \"dale\"")));
    assert_eq!(
        labels(&graph, &["institution/hill", "facility/a"]),
        ["Hill School (institution)", "Hill School (Dale School)"]
    );
    let graph =
        town(&(add("event", "a", "Fair", "when = \"1901\"") + &add("event", "b", "Fair", "when = \"1902-05\"")));
    assert_eq!(labels(&graph, &["event/a", "event/b"]), ["Fair (1901)", "Fair (1902-05)"]);
}

#[test]
fn of_very_many_namesakes_each_has_its_id() {
    let all: String =
        (0..40).map(|at| add("event", &format!("e{at}"), "Fair", &format!("when = \"19{at:02}\""))).collect();
    assert_eq!(labels(&town(&all), &["event/e7", "event/e39"]), ["Fair (event/e7)", "Fair (event/e39)"]);
}

#[test]
fn no_two_entities_of_the_embedded_dossier_read_alike() {
    let graph = Graph::new(author::load(&author::embedded()).0);
    let dossier = graph.dossier();
    let named = dossier.entities().filter(|&entity| dossier.core_kind(entity) != CoreKind::Document);
    let mut all: Vec<String> = named.map(|entity| graph.label(entity).into_owned()).collect();
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count);
}
