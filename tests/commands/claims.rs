//! What version 2 adds to claims: ids, speakers, reviews, what is private; kept in every form of a dossier.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::program::annals_on;

const CHOIR: &str = r#"
document = "book"
[dossier]
key = "choir"
title = "A choir"
format = 2
documents = "papers"
hemisphere = "south"
[[source]]
id = "book"
key = "A"
title = "The book"
short = "Book"
author = ["Low, Ann", "{The choir}"]
url = "https://example.org/book"
accessed = "2020-05-03"
licence = "CC0-1.0"
language = "en"
complete = ["members"]
[[institution]]
id = "choir"
label = "The choir of the north"
short = "Choir"
at = "lead / p1 s1"
names = [{ value = "The northern singers", start = "1998", end = "2004-21" }]
established = { value = "1998", id = "k7f3" }
staff = [
  { value = 12.0, state = "in-service", scope = ["altos", "event/concert"] },
  { value = 90, modality = "alleged", by = "person/ann", said-in = "a letter to the council" },
]
motto = { value = "Sing", private = true, sentence = "The choir sings." }
[[person]]
id = "ann"
label = "Ann Low"
at = "lead / p2 s1"
private = true
born = "1970"
[[event]]
id = "concert"
label = "First concert"
at = "lead / p3 s1"
institution = "choir"
when = "1999-24"
[[complete]]
of = "institution/choir"
list = ["event", "staff"]
since = "1998"
until = "2004"
reason = "The book lists them all."
[[review]]
claim = "k7f3"
by = "Eve"
on = "2020-06-01"
verdict = "confirmed"
note = "Read twice."
[[review]]
claim = "~aaaaaaaa"
by = "Eve"
verdict = "question"
"#;

/// A dossier in which most is planned, alleged or denied.
const RUMOURS: &str = r#"
document = "log"
dossier = { key = "ferry", title = "The Alder ferry", format = 2, horizon = "2020" }
source = [{ id = "log", key = "L", title = "The ferry log", published = "2020-01" }]
[[person]]
id = "ida"
label = "Ida Holm"
at = "lead / p1 s1"
profession = { value = "smuggler", modality = "alleged", by = "The Gazette" }
[[institution]]
id = "line"
label = "The Line"
at = "lead / p1 s1"
established = "1930"
dissolved = { value = "2019", modality = "denied" }
budget = { value = "5 million EUR", modality = "planned" }
motto = { value = "Ever on", modality = "denied" }
[[item]]
id = "swift"
label = "Swift"
at = "lead / p1 s1"
institution = "line"
opened = { value = "2018-05", modality = "planned" }
closed = { value = "2019-06", modality = "alleged", by = "person/ida" }
"#;

#[test]
fn what_is_no_fact_has_its_word_wherever_it_is_shown() {
    let folder = folder(RUMOURS);
    // What is shown, and the word that has to stand in the same line.
    let told = [
        ("smuggler", "alleged"),
        ("2019-06", "alleged"),
        ("The Line: dissolved", "denied"),
        ("Ever on", "denied"),
        ("5 million", "planned"),
        ("2018-05", "planned"),
    ];
    let mut shown = 0;
    for args in [
        &["timeline"][..],
        &["show", "ida"],
        &["show", "line"],
        &["show", "swift"],
        &["find", "smuggler"],
        &["find", "ever"],
        &["find", "smuggler", "--format", "jsonl"],
        &["figures"],
        &["tenures"],
        &["diff", "2010", "2020"],
        &["list", "item"],
        &["list", "person"],
        &["timeline", "--format", "csv"],
        &["figures", "--format", "csv"],
        &["export", "--format", "csv"],
    ] {
        let text = ran(folder.path(), args);
        for (value, word) in told {
            for line in text.lines().filter(|line| line.contains(value)) {
                shown += 1;
                assert!(line.contains(word), "{args:?}: {line}");
            }
        }
    }
    assert!(shown > 25, "{shown}");
}

fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("choir.toml"), text).unwrap();
    folder
}

fn ran(path: &Path, arguments: &[&str]) -> String {
    let ran = annals_on(path, arguments);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr);
    ran.stdout
}

fn exported(path: &Path) -> Value {
    serde_json::from_str(&ran(path, &["export", "--format", "json"])).unwrap()
}

fn entity<'a>(export: &'a Value, id: &str) -> &'a Value {
    export["entities"].as_array().unwrap().iter().find(|entity| entity["id"] == id).unwrap()
}

fn claims<'a>(export: &'a Value, id: &str, property: &str) -> Vec<&'a Value> {
    let all = entity(export, id)["claims"].as_array().unwrap();
    all.iter().filter(|claim| claim["property"] == property).collect()
}

#[test]
fn every_form_of_a_dossier_has_what_its_claims_have() {
    let folder = folder(CHOIR);
    let export = exported(folder.path());
    assert_eq!((&export["format"], &export["dossier"]["hemisphere"]), (&json!(2), &json!("south")));
    assert_eq!(export["dossier"]["documents"], "papers");
    let book = entity(&export, "document/book");
    assert_eq!(book["author"], json!(["Low, Ann", "{The choir}"]));
    assert_eq!((&book["short"], &book["accessed"]), (&json!("Book"), &json!("2020-05-03")));
    let choir = entity(&export, "institution/choir");
    let former = choir["names"].as_array().unwrap().iter().find(|name| name["kind"] == "alias").unwrap();
    assert_eq!((&former["start"]["edtf"], &former["end"]["edtf"]), (&json!("1998"), &json!("2004-21")));
    // Spring of the south.
    assert_eq!(former["end"]["earliest"], "2004-09-01");
    assert!(choir["names"].as_array().unwrap().iter().any(|name| name["kind"] == "short" && name["value"] == "Choir"));
    assert_eq!(claims(&export, "institution/choir", "established")[0]["id"], "k7f3");
    let staff = claims(&export, "institution/choir", "staff");
    let (first, second) = (staff[0], staff[1]);
    assert_eq!(
        (&first["number"], &first["number_written"], &first["state"]),
        (&json!(12), &json!("12.0"), &json!("in-service"))
    );
    let concert = json!({"entity": "event/concert", "entity_label": "First concert"});
    assert_eq!(first["scope"], json!([{"value": "altos"}, concert]));
    assert_eq!(second["by"], json!({"entity": "person/ann", "entity_label": "Ann Low"}));
    assert_eq!(second["said_in"], "a letter to the council");
    let motto = claims(&export, "institution/choir", "motto")[0];
    assert_eq!((&motto["private"], &motto["sentence"]), (&json!(true), &json!("The choir sings.")));
    assert_eq!(entity(&export, "person/ann")["private"], true);
    let complete = export["complete"].as_array().unwrap();
    let lists: Vec<_> =
        complete.iter().map(|row| (row["of"].as_str().unwrap(), row["list"].as_str().unwrap())).collect();
    assert_eq!(lists, [("document/book", "members"), ("institution/choir", "event"), ("institution/choir", "staff")]);
    assert_eq!(complete[1]["until"]["latest"], "2004-12-31");
    let reviews = export["reviews"].as_array().unwrap();
    assert_eq!((&reviews[0]["claim"], &reviews[0]["stale"]), (&json!("k7f3"), &json!(false)));
    assert_eq!((&reviews[1]["claim"], &reviews[1]["stale"]), (&json!("~aaaaaaaa"), &json!(true)));

    let file = folder.path().join("choir.db");
    ran(folder.path(), &["export", "--format", "sqlite", file.to_str().unwrap()]);
    assert_eq!(exported(&file), export);
    let lines = ran(folder.path(), &["export", "--format", "jsonl"]);
    let header: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&header["kind"], &header["format"], &header["id"]),
        (&json!("dossier"), &json!(2), &json!("dossier/choir"))
    );
    assert_eq!(header["reviews"], export["reviews"]);
}

#[test]
fn a_card_says_who_is_quoted_and_for_which_part() {
    let folder = folder(CHOIR);
    let card = ran(folder.path(), &["show", "institution/choir"]);
    assert!(card.contains("12.0 people"), "{card}");
    assert!(card.contains("(in service, for altos, First concert)"), "{card}");
    assert!(card.contains("(alleged, by Ann Low, said in a letter to the council)"), "{card}");
}

#[test]
fn a_claim_is_found_by_its_id() {
    let folder = folder(CHOIR);
    let derived = claims(&exported(folder.path()), "institution/choir", "staff")[1]["id"].as_str().unwrap().to_owned();
    assert!(derived.starts_with('~'));
    let shown = ran(folder.path(), &["show", "k7f3"]);
    for part in
        ["The choir of the north", "institution/choir #k7f3", "Established: 1998", "confirmed by Eve, 2020-06-01"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let shown: Value = serde_json::from_str(&ran(folder.path(), &["show", &derived, "--format", "json"])).unwrap();
    assert_eq!((&shown[0]["id"], &shown[0]["subject"]["id"]), (&json!(derived), &json!("institution/choir")));
    let found = |query: &str| {
        let ran = annals_on(folder.path(), &["find", query, "--format", "jsonl"]);
        let rows = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("id:k7f3"), ["institution/choir"]);
    assert_eq!(found(&format!("id:{derived}")), ["institution/choir"]);
    assert_eq!(found("id:zzzz"), [""; 0]);
    assert_eq!(found("has:review"), ["institution/choir"]);
    assert_eq!(found("review:confirmed"), ["institution/choir"]);
    assert_eq!(found("review:disputed,stale"), [""; 0]);
    let open: BTreeSet<String> = found("review:none").into_iter().collect();
    assert!(open.contains("person/ann") && open.contains("event/concert"));
    let unknown = annals_on(folder.path(), &["show", "k7f4"]);
    assert_eq!(unknown.code, Some(2));
    let lines = ran(folder.path(), &["timeline"]);
    assert!(lines.contains("#k7f3"), "{lines}");
}

#[test]
fn a_review_is_stale_once_its_claim_differs() {
    let text = CHOIR.replace("by = \"Eve\"\non", "by = \"Eve\"\nseen = \"SEEN\"\non");
    let first = folder(&text.replace("SEEN", "~aaaaaaaa"));
    let stale = |path: &Path| exported(path)["reviews"][0]["stale"] == true;
    assert!(stale(first.path()));
    let plain = folder(
        &CHOIR
            .replace(", id = \"k7f3\"", "")
            .replace("[[review]]\nclaim = \"k7f3\"", "[[review]]\nclaim = \"~bbbbbbbb\""),
    );
    let derived =
        claims(&exported(plain.path()), "institution/choir", "established")[0]["id"].as_str().unwrap().to_owned();
    let seen = folder(&text.replace("SEEN", &derived));
    assert!(!stale(seen.path()));
    let changed = folder(&text.replace("SEEN", &derived).replace("value = \"1998\", id", "value = \"1997\", id"));
    assert!(stale(changed.path()));
}

#[test]
fn a_review_is_shown_below_its_claim() {
    let choir = folder(CHOIR);
    let card = annals_on(choir.path(), &["show", "institution/choir"]).stdout;
    let (claim, review) = (card.find("1998").unwrap(), card.find("confirmed by Eve").unwrap());
    assert!(claim < review && card.contains("Read twice."), "{card}");
    assert!(!card.contains("question"), "the other is about no claim");
    let card = annals_on(choir.path(), &["show", "institution/choir", "--format", "json"]).stdout;
    let card: Value = serde_json::from_str(&card).unwrap();
    let card = json!({ "entities": [card] });
    let reviews = &claims(&card, "institution/choir", "established")[0]["reviews"];
    assert_eq!(reviews.as_array().map(Vec::len), Some(1), "{reviews}");
    let review = &reviews[0];
    assert_eq!(
        (&review["verdict"], &review["by"], &review["stale"]),
        (&json!("confirmed"), &json!("Eve"), &json!(false))
    );
    assert!(!exported(choir.path())["entities"].to_string().contains("reviews"), "an export has them once");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (old, new, expected) in [
        ("id = \"k7f3\"", "id = \"K7\"", "error wrong-value: id \"K7\" of a claim; expected 4 to 16 lower-case"),
        ("private = true, sentence", "id = \"k7f3\", sentence", "error duplicate-id: duplicate id \"k7f3\" of a claim"),
        ("claim = \"k7f3\"", "claim = \"k7f9\"", "error unknown-id: unknown claim \"k7f9\"; did you mean \"k7f3\"?"),
        (
            "url = \"https://example.org/book\"",
            "copies = \"bok\"",
            "error unknown-id: unknown document \"bok\"; did you mean \"book\"?",
        ),
        (
            "by = \"person/ann\"",
            "by = \"person/anne\"",
            "error unknown-id: unknown id \"person/anne\"; did you mean \"person/ann\"?",
        ),
        (
            "state = \"in-service\"",
            "state = \"in service\"",
            "error unknown-word: unknown word \"in service\"; did you mean \"in-service\"?",
        ),
        (
            "private = true, sentence",
            "state = \"capacity\", sentence",
            "error wrong-value: a state of a value that is no number",
        ),
        ("list = [\"event\"", "list = [\"evnt\"", "error unknown-word: unknown list \"evnt\"; did you mean \"event\"?"),
        ("reason = \"The book lists them all.\"\n", "", "error no-reason: a list that is whole for no reason"),
        ("reason = \"The book lists them all.\"\n", "at = []\n", "error no-reason: a list that is whole for no reason"),
        ("hemisphere = \"south\"", "hemisphere = \"east\"", "error unknown-word: unknown word \"east\""),
        ("accessed = \"2020-05-03\"", "accessed = \"May\"", "error wrong-value: \"May\" is no date"),
        ("private = true\n", "private = \"yes\"\n", "error wrong-value: found \"yes\"; expected true or false"),
        ("verdict = \"question\"", "verdict = \"fine\"", "error unknown-word: unknown word \"fine\""),
    ] {
        assert!(CHOIR.contains(old), "{old}");
        let folder = folder(&CHOIR.replacen(old, new, 1));
        let ran = annals_on(folder.path(), &["check"]);
        assert_eq!(ran.code, Some(2), "{new}");
        assert!(ran.stderr.contains(expected), "{new}: {}", ran.stderr);
        assert!(ran.stderr.contains("choir.toml:"), "{new}: {}", ran.stderr);
    }
}

#[test]
fn ids_are_written_once_and_kept() {
    let folder = folder(CHOIR);
    let file = folder.path().join("choir.toml");
    let path = folder.path().to_str().unwrap();
    let dry = annals_on(folder.path(), &["id", path, "--dry-run"]);
    assert_eq!((dry.code, fs::read_to_string(&file).unwrap() == CHOIR), (Some(0), true));
    let before = exported(folder.path());
    let real = annals_on(folder.path(), &["id", path]);
    assert_eq!(real.code, Some(0), "{}", real.stderr);
    assert_eq!(dry.stdout.replace("to be changed", "changed"), real.stdout);
    let after = exported(folder.path());
    let ids = |export: &Value| -> Vec<String> {
        let entities = export["entities"].as_array().unwrap().iter();
        let claims =
            entities.flat_map(|entity| entity["claims"].as_array().unwrap()).filter(|claim| !claim["id"].is_null());
        claims.map(|claim| claim["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&before).len(), ids(&after).len());
    assert!(ids(&before).iter().any(|id| id.starts_with('~')));
    assert!(ids(&after).iter().all(|id| !id.starts_with('~')), "{:?}", ids(&after));
    let again = annals_on(folder.path(), &["id", path]);
    assert!(again.stdout.ends_with("every claim has an id\n"), "{}", again.stdout);
    // An id stays with its claim when the claim changes.
    let born = ids(&after)
        .into_iter()
        .find(|id| fs::read_to_string(&file).unwrap().contains(&format!("\"1970\", id = \"{id}\"")))
        .unwrap();
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("\"1970\"", "\"1971\"")).unwrap();
    assert!(ran(folder.path(), &["show", &born]).contains("1971"));
}
