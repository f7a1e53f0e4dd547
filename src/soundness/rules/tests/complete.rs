//! Lists that are declared whole, and their members.

use super::{found_in, places, table, world};
use crate::soundness::Code;

const SECOND: &str = "[[source]]\nid = \"e\"\nkey = \"E\"\ntitle = \"E\"\npublished = \"1950-06-15\"\n";

/// A declaration that a list is whole.
fn whole(of: &str, list: &str, more: &str) -> String {
    format!("[[complete]]\n{of}\nlist = [\"{list}\"]\nat = \"D: lead / p1\"\n{more}\n")
}

/// An entity of which the document `e` alone speaks.
fn elsewhere(id: &str, more: &str) -> String {
    table(id, more).replace("at = \"lead / p1\"", "at = \"E: lead / p1\"")
}

fn of_house(list: &str, more: &str, member: &str) -> Vec<String> {
    let text = SECOND.to_owned()
        + &table("institution/house", "")
        + &table("person/ann", "")
        + &whole("of = \"institution/house\"", list, more)
        + member;
    places(&text, Code::CompleteBroken)
}

#[test]
fn a_member_is_what_the_name_of_its_list_says() {
    let second = "institution/house list of";
    for (list, member, at) in [
        ("units", elsewhere("unit/kitchen", "institution = \"house\""), "unit/kitchen institution"),
        ("posts", elsewhere("post/master", "institution = \"house\""), "post/master institution"),
        ("events", elsewhere("event/fire", "institution = \"house\""), "event/fire institution"),
        ("item", elsewhere("item/bell", "institution = \"house\""), "item/bell institution"),
        (
            "members",
            "[[claim]]\nof = \"institution/house\"\nat = \"E: lead / p1\"\nmember = \"person/ann\"\n".to_owned(),
            "institution/house member",
        ),
        (
            "url",
            "[[claim]]\nof = \"institution/house\"\nat = \"E: lead / p1\"\nurl = \"https://house.example\"\n"
                .to_owned(),
            "institution/house url",
        ),
    ] {
        let until = "until = \"1951\"";
        assert_eq!(of_house(list, until, &member), [format!("{at} + {second} {list}")], "{list}");
        assert!(of_house(list, until, &member.replace("E: lead / p1", "D: lead / p9")).is_empty(), "{list}");
        let other = if list == "posts" { "units" } else { "posts" };
        assert!(of_house(other, until, &member).is_empty(), "{list}");
    }
}

#[test]
fn the_terms_of_a_post_are_listed_by_its_document() {
    let term = |id: &str, person: &str| elsewhere(id, &format!("person = \"{person}\"\npost = \"master\""));
    let text = |more: &str| {
        let post = table("post/master", "complete = [\"tenures\"]");
        format!("horizon = \"1950\"\n{SECOND}{}{}{post}{more}", table("person/ann", ""), table("person/ben", ""))
    };
    assert_eq!(
        places(&text(&term("tenure/first", "ann")), Code::CompleteBroken),
        ["tenure/first post + post/master list of tenures"]
    );
    let named = "[[claim]]\nof = \"tenure/first\"\nat = \"D: lead / p3\"\npost = \"master\"\n";
    assert!(places(&text(&(term("tenure/first", "ann") + named)), Code::CompleteBroken).is_empty());
}

#[test]
fn a_document_is_whole_for_each_subject_that_it_lists() {
    let houses = ["house", "mill"].map(|id| table(&format!("institution/{id}"), "")).concat();
    let text = |listed: &str| {
        let unit = |id: &str, of: &str| format!("institution = \"{of}\"\n# {id}");
        SECOND.to_owned()
            + &houses
            + &whole("source = \"d\"", "units", "until = \"1951\"")
            + &table("unit/kitchen", &unit("kitchen", listed))
            + &elsewhere("unit/hall", &unit("hall", "house"))
    };
    assert_eq!(places(&text("house"), Code::CompleteBroken), ["unit/hall institution + document/d list of units"]);
    assert!(places(&text("mill"), Code::CompleteBroken).is_empty());
    let own = |published: &str| {
        let list =
            "[[source]]\nid = \"f\"\nkey = \"F\"\ntitle = \"F\"\ncomplete = [\"units\"]\n".to_owned() + published;
        let unit = elsewhere("unit/kitchen", "institution = \"house\"").replace("E: ", "F: ");
        let text = SECOND.to_owned() + &list + &houses + &unit + &elsewhere("unit/hall", "institution = \"house\"");
        places(&text, Code::CompleteBroken)
    };
    assert_eq!(own("published = \"1951\"\n"), ["unit/hall institution + document/f list of units"]);
    assert!(own("published = \"1949\"\n").is_empty());
    assert!(own("").is_empty());
}

#[test]
fn a_member_surely_belongs_to_the_days_of_the_list() {
    for (days, dates, is_found) in [
        ("until = \"1950\"", "when = \"1949\"", true),
        ("until = \"1950\"", "when = \"1950-01-01\"", true),
        ("until = \"1950\"", "when = \"1950-01-02\"", false),
        ("until = \"1950\"", "when = \"1950\"", false),
        ("until = \"1950\"", "when = \"[..1949]\"", true),
        ("until = \"1950\"", "when = \"[1949..]\"", false),
        ("since = \"1940\"\nuntil = \"1950\"", "when = \"1941\"", true),
        ("since = \"1940\"\nuntil = \"1950\"", "when = \"1940-12-31\"", true),
        ("since = \"1940\"\nuntil = \"1950\"", "when = \"1940-12-30\"", false),
        ("since = \"1940\"\nuntil = \"1950\"", "when = \"[..1949]\"", false),
        ("since = \"1940\"\nuntil = \"1950\"", "when = { value = \"1945\", modality = \"planned\" }", false),
        ("", "when = \"1949\"", false),
        ("", "", false),
        // Undated, but of a document that surely appeared after the list.
        ("until = \"1950-06-15\"", "", true),
        ("until = \"1950-06-14\"", "", false),
    ] {
        let member = elsewhere("event/fire", &format!("institution = \"house\"\n{dates}"));
        assert_eq!(of_house("events", days, &member).len(), usize::from(is_found), "{days} {dates}");
    }
    for (dates, is_found) in [
        ("established = \"1931\"\nclosed = \"1960\"", true),
        ("established = \"1931\"\nclosed = \"1939\"", false),
        ("established = \"1931\"", false),
        ("established = \"1941\"", true),
        ("established = \"1951\"", false),
        ("closed = \"1960\"", false),
    ] {
        let member = elsewhere("unit/kitchen", &format!("institution = \"house\"\n{dates}"));
        let days = "since = \"1940\"\nuntil = \"1950\"";
        assert_eq!(of_house("units", days, &member).len(), usize::from(is_found), "{dates}");
    }
}

#[test]
fn a_value_belongs_to_the_days_of_one_of_its_claims() {
    let house = |claims: &str| {
        let member = format!("[[claim]]\nof = \"institution/house\"\nat = \"E: lead / p1\"\nmember = [{claims}]\n");
        of_house("members", "since = \"1940\"\nuntil = \"1950\"", &member).len()
    };
    let ann = |times: &str| format!("{{ value = \"person/ann\"{times} }}");
    let (before, after) = (ann(", start = \"1930\", end = \"1932\""), ann(", start = \"1952\", end = \"1954\""));
    let within = ann(", start = \"1943\", end = \"1944\"");
    assert_eq!(house(&format!("{before}, {after}")), 0, "two times with the list between them");
    assert_eq!(house(&format!("{before}, {within}")), 1);
    assert_eq!(house(&within), 1);
    assert_eq!(house(&format!("{before}, {}", ann(", note = \"so\""))), 0, "the other claim dates it");
}

#[test]
fn the_message_names_the_claim_that_needs_a_place_of_the_list() {
    let text = |more: &str| {
        let post = table("post/master", "complete = [\"tenures\"]");
        let first = elsewhere("tenure/first", "person = \"ann\"\npost = \"master\"");
        format!("horizon = \"1950\"\n{SECOND}{}{post}{first}{more}", table("person/ann", ""))
    };
    let said = |more: &str| {
        let found = found_in(&world(&text(more)), Code::CompleteBroken);
        let [finding] = &found[..] else { panic!("{found:?}") };
        format!("{}; {}", finding.found, finding.expected)
    };
    let whole = "tenure/first is not in the list of tenures of post/master, which is said to be whole; ";
    let remedy = "with a place of that list, or a shorter time for which it is whole";
    assert_eq!(said(""), format!("{whole}expected \"post\" {remedy}"));
    let end = "[[claim]]\nof = \"tenure/first\"\nat = \"D: lead / p3\"\nend = \"1945\"\n";
    assert_eq!(
        said(end),
        format!("{whole}\"end\" has a place of it, \"post\" has none; expected \"post\" once more {remedy}")
    );
}
