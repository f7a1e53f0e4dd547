//! What people ask for is found first, and by the claim that says it: in the embedded dossier, where each expected claim was
//! read from `seeds/claims`, and in an invented one.

use serde_json::Value;

use crate::support::program::{annals, annals_on, folder, found, rows, text};

/// What a person may write down in a minute: a boat with a home port, a captain, a refit and a name that is a trap.
const BOAT: &str = r#"
dossier = { key = "boat", title = "Boats", format = 2, horizon = "2021-12-31" }
document = "log"
source = [{ id = "log", key = "L", title = "The log" }]
kind = [{ name = "boat", of = "item", label = "Boat", plural = "Boats" }]
measure = [{ name = "knot", plural = "knots" }]
property = [
    { name = "home-port", label = "Home port", of = ["boat"], value = "text" },
    { name = "speed", label = "Greatest speed", of = ["boat"], value = "number", measure = ["knots"] },
    { name = "refit", label = "Refitted", of = ["boat"], value = "date" },
]
boat = [
    { id = "heron", label = "Heron", home-port = "Łeba", speed = "12 knots", refit = "2014-05", at = "log / p1 s1" },
    { id = "tern", label = "Tern", home-port = "Hull", refit = "2016", at = "log / p1 s2" },
    { id = "trap", label = "Homer, port of call", description = "A model of paper", at = "log / p1 s3" },
]
person = [{ id = "ann", label = "Ann Ħarŋ", description = "Sailed the tern; a reader of C++", at = "log / p2 s1" }]
"#;

/// Returns the id, the property and the value of the first row.
fn first(rows: &[Value]) -> (String, String, String) {
    let row = rows.first().cloned().unwrap_or_default();
    let part = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (part(&row["id"]), part(&row["match"]["property"]), part(&row["match"]["value"]))
}

#[test]
fn the_claim_that_is_asked_for_comes_first() {
    for (query, id, property, said) in [
        ("motto", "institution/aiims-kalyani", "motto", "Motto: All can be achieved with good health"),
        ("postcode", "institution/roy-institute", "postcode", "Postcode: 721306"),
        ("mentor", "institution/aiims-kalyani", "mentor", "Mentored by: AIIMS Bhubaneswar"),
        ("books", "facility/kalyani-library", "books", "Printed books: 800"),
        ("intake", "institution/aiims-kalyani", "intake", "Intake: 211"),
        // The seal is a thing of its own.
        ("seal", "emblem/kalyani-seal", "", "Seal of AIIMS Kalyani"),
        // The words may stand in different places.
        ("kalyani motto", "institution/aiims-kalyani", "motto", "Motto: All"),
        ("mentor bhubaneswar", "institution/aiims-kalyani", "mentor", "Mentored by: AIIMS Bhubaneswar"),
        ("books central library", "facility/kalyani-library", "books", "Printed books: 800"),
        ("intake mbbs", "programme/kalyani-mbbs", "intake", "Intake: 125"),
        // They may be unfinished.
        ("postc", "institution/roy-institute", "postcode", "Postcode: 721306"),
        ("opened 2021", "facility/kalyani-library", "opened", "Opened: 2021-03"),
    ] {
        let found_rows = rows(&["find", query]);
        let (found_id, found_property, _) = first(&found_rows);
        assert_eq!((found_id.as_str(), found_property.as_str()), (id, property), "{query}");
        let shown = found(&["find", query, "--limit", "1"]);
        assert!(shown.contains(said), "{query}: {shown}");
    }
}

#[test]
fn a_date_among_the_words_asks_when() {
    for query in ["director 2021", "2021 director", "director 2021-06", "executive director kalyani 2021-06-15"] {
        let ids: Vec<String> =
            rows(&["find", query, "--kind", "tenure"]).iter().map(|row| text(row, "id").into()).collect();
        assert_eq!(ids, ["tenure/ramji-singh-director"], "{query}");
    }
    // The first director left in March 2019, the second began in March 2020.
    let before = annals(&["find", "executive director kalyani 2019-02", "--kind", "tenure"]).stdout;
    assert!(!before.contains("ramji-singh"), "{before}");
    assert_eq!(annals(&["find", "director 1901"]).code, Some(1));
    // What has the year in its name is meant as well.
    assert!(rows(&["find", "courses 2021"]).iter().any(|row| row["id"] == "event/medical-courses-declared"));
}

#[test]
fn titles_and_degrees_do_not_lose_a_person() {
    for query in [
        "Singh, Dr. Ramji",
        "Dr Ramji Singh",
        "Ramji Singh, MD",
        "ramji dr singh",
        "Ramji (Prof.) Singh Ph.D.",
        "Shri Ramji Singh MBBS MS",
    ] {
        assert_eq!(first(&rows(&["find", query])).0, "person/ramji-singh", "{query}");
    }
    // A degree that a name has still counts.
    assert!(first(&rows(&["find", "MD Pediatrics"])).0.contains("md"), "{:?}", rows(&["find", "MD Pediatrics"]));
}

#[test]
fn letters_here_and_there_are_shown_only_where_nothing_is_better() {
    for query in ["motto", "books", "seal", "director", "rmaji", "ent"] {
        let tiers: Vec<Value> = rows(&["find", query]).iter().map(|row| row["match"]["tier"].clone()).collect();
        assert!(!tiers.is_empty() && tiers.iter().all(|tier| tier != "scattered"), "{query}: {tiers:?}");
    }
    assert!(rows(&["find", "hspmk"]).iter().all(|row| row["match"]["tier"] == "scattered"));
}

#[test]
fn an_invented_dossier_is_searched_in_the_same_way() {
    let folder = folder(&[("boats.toml", BOAT)]);
    let on = |query: &str| -> Vec<Value> {
        let ran = annals_on(folder.path(), &["find", query, "--format", "json"]);
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{query}: {}", ran.stderr))
    };
    for (query, id, property) in [
        ("home port", "item/trap", ""),
        ("home-port heron", "item/heron", "home-port"),
        ("speed", "item/heron", "speed"),
        ("refit 2014", "item/heron", "refit"),
        ("refit 2016", "item/tern", "refit"),
        ("leba", "item/heron", "home-port"),
        ("reader", "person/ann", "description"),
        ("ann reader", "person/ann", "description"),
        ("harn", "person/ann", ""),
        ("tern", "item/tern", ""),
    ] {
        let found = on(query);
        let (found_id, found_property, _) = first(&found);
        let id = id.replace("item/", "boat/");
        assert_eq!((found_id, found_property.as_str()), (id, property), "{query}: {found:?}");
    }
}

#[test]
fn signs_are_looked_for_as_they_are() {
    assert!(annals(&["find", "++"]).stdout.is_empty());
    for query in ["₹", "kalyani '₹", "'₹ plan"] {
        let ids: Vec<String> = rows(&["find", query]).iter().map(|row| text(row, "id").into()).collect();
        assert_eq!(ids, ["event/planning-commission-allocation"], "{query}");
    }
}

#[test]
fn what_is_unknown_is_suggested_in_the_order_of_a_search() {
    for (typed, first) in [("ramji sin", "person/ramji-singh"), ("obgy", "unit/kalyani-obstetrics-gynaecology")] {
        let ran = annals(&["show", typed]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains("did you mean") && ran.stderr.contains(first), "{typed}: {}", ran.stderr);
    }
    // Several have what was typed, and each is named with its id.
    let ran = annals(&["list", "people", "--of", "direc"]);
    for id in ["did you mean one of these?", "post/kalyani-director", "post/iit-delhi-director"] {
        assert!(ran.stderr.contains(id), "{}", ran.stderr);
    }
}
