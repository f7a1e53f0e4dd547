//! `annals vocabulary --format schema`: what is right is valid under it, and what is wrong is not.

#![expect(clippy::panic, reason = "a test may stop at what it did not expect")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::json_schema::Schema;
use crate::support::program::{annals_on, folder, found};

/// The schema of the embedded dossier.
static SEEDS: LazyLock<Schema> = LazyLock::new(|| Schema::new(&found(&["vocabulary", "--format", "schema"])));

/// Returns a TOML text as JSON.
fn json(text: &str) -> Value {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => text.into(),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(flag) => flag.into(),
            toml::Value::Datetime(date) => date.to_string().into(),
            toml::Value::Array(items) => items.into_iter().map(convert).collect(),
            toml::Value::Table(fields) => fields.into_iter().map(|(key, value)| (key, convert(value))).collect(),
        }
    }
    convert(toml::Value::Table(toml::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))))
}

/// Returns the TOML files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_file_of_the_embedded_dossier_is_valid() {
    let files = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"));
    assert!(files.len() > 8, "{files:?}");
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(SEEDS.fault(&json(&text)), None, "{}", path.display());
    }
}

#[test]
fn every_file_of_another_dossier_is_valid_under_its_own_schema() {
    let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/tests/v1");
    let schema = Schema::new(&annals_on(&frozen, &["vocabulary", "--format", "schema"]).stdout);
    for path in files(&frozen) {
        assert_eq!(schema.fault(&json(&fs::read_to_string(&path).unwrap())), None, "{}", path.display());
    }
    let words = "[dossier]\nkey = \"k\"\ntitle = \"T\"\nformat = 2\nallow = \"no-evidence\"\n[[kind]]\nname = \"ship\"\nof = \"item\"\nlabel = \"Ship\"\n[[person]]\nid = \"a\"\nlabel = \"A\"\n";
    let ship = "[[ship]]\nid = \"b\"\nlabel = \"B\"\n";
    let folder = folder(&[("a.toml", words)]);
    let schema = Schema::new(&annals_on(folder.path(), &["vocabulary", "--format", "schema"]).stdout);
    assert_eq!(schema.fault(&json(ship)), None);
    assert!(SEEDS.fault(&json(ship)).is_some(), "the words of one dossier are not those of another");
}

/// A sound file with a table of every sort.
const SOUND: &str = r#"
document = "report"
[dossier]
key = "k"
title = "T"
format = 2
span = "1957/2025"
horizon = "2025-11"
hemisphere = "south"
allow = "after-horizon"
digests = "keyed"
[vocabulary]
base = "general"
[[source]]
id = "report"
key = "R"
title = "A report"
published = "2020-04~"
author = ["Doe, Jane", "{A body}"]
private = true
complete = "posts"
[[kind]]
name = "ship"
of = "item"
label = "Ship"
order = 3
[[measure]]
name = "oar"
factor = 2.5
rate = true
[[property]]
name = "rowers"
label = "Rowers"
of = ["institution"]
value = "number"
measure = ["people", "million beds/year"]
counts = { kind = "unit", type = "x", through = "institution" }
[[property]]
name = "topped-out"
label = "Topped out"
of = "item"
value = "date"
happening = "{subject} is topped out[ by {performed-by}]"
role = "begins"
[[matrix]]
name = "votes"
of = "institution"
rows = { kind = "person", through = "member" }
columns = { kind = "event", through = "institution", order = "when" }
cell = { property = ["voted-for"], sign = ["+"] }
[[institution]]
id = "house"
label = "House"
short = "H."
allow = ["shared-name", "no-evidence"]
at = ["lead / p1 s1", "R: Rooms / row Beds"]
names = ["Old house", { value = "H", kind = "acronym", lang = "en", start = "1990", allow = "orphan" }]
established = ["1998", { value = "[..1999]", label = "by 1999", modality = "alleged", by = "person/ada" }]
beds = [4, "1 bed", "2 thousand beds", { value = 5, basis = "counted", state = "capacity", id = "k7f3" }]
budget = "12.5 million EUR"
area = "3 km²"
city = { missing = true }
place = "place/town"
[[tenure]]
id = "ada-chair"
person = "ada"
[[claim]]
of = "person/ada"
at = "lead / item 4"
born = { value = "1957-XX", rank = "preferred", reason = "newer", scope = "phase 1", sentence = "She is born." }
private = false
[[check]]
label = "Beds"
at = "lead / heading"
sum = ["institution/house beds", 4, "5 beds", { count = "event", institution = "house" }]
at-most = "institution/house beds planned @2021"
[[judgement]]
a = "person/ada"
b = "person/eve"
verdict = "not-same"
reason = "They met."
[[unclaimed]]
at = "lead / p2"
reason = "heading"
[[complete]]
of = "institution/house"
list = ["posts", "beds"]
since = "1994"
reason = "read in full"
[[review]]
claim = "k7f3"
by = "Eve"
on = "2024-02-01"
verdict = "confirmed"
[pins.report]
splitter = 1
digest = "hmac-sha256"
length = 9
sha256 = "f516eb1c8180bc2e9bc055e6ab1bba8a7d068d7263264097a257dcbbe33cba8a"
places."lead / p1 s1" = [1, 0, 9, "a070818932374392e34cb32333179e88b8baec32982ea0392a1fdd5b6fe0db12"]
"#;

#[test]
fn a_file_with_every_table_is_valid() {
    assert_eq!(SEEDS.fault(&json(SOUND)), None);
}

#[test]
fn an_extension_may_repeat_what_stays_the_same() {
    let text = "[[property]]\nname = \"born\"\nlabel = \"Birth\"\nvalue = \"date\"\nmany = false\nextend = true\n\
        [[property]]\nname = \"holders\"\nvalue = \"number\"\nextend = true\n\
        [[property]]\nname = \"member\"\nvalue = \"entity\"\nextend = true\n\
        [[kind]]\nname = \"company\"\nof = \"institution\"\nextend = true\n";
    assert_eq!(SEEDS.fault(&json(text)), None);
    let head = "[dossier]\nkey = \"k\"\ntitle = \"T\"\nformat = 2\n[[institution]]\nid = \"house\"\nlabel = \"House\"\nat = \"R: lead / p1 s1\"\nmotto = \"M\"\n\
        [[source]]\nid = \"report\"\nkey = \"R\"\ntitle = \"Report\"\n";
    let folder = folder(&[("k.toml", &format!("{head}{text}"))]);
    let ran = annals_on(folder.path(), &["check"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

/// What makes the sound file wrong, each with the place at which it has to be found.
const MUTANTS: &[(&str, &str, &str)] = &[
    ("document = \"report\"", "document = 1", "/document"),
    ("key = \"k\"", "kee = \"k\"", "/dossier"),
    ("title = \"T\"", "title = 4", "/dossier/title"),
    ("format = 2", "format = 3", "/dossier/format"),
    ("span = \"1957/2025\"", "span = \"soon\"", "/dossier/span"),
    ("horizon = \"2025-11\"", "horizon = 2025", "/dossier/horizon"),
    ("hemisphere = \"south\"", "hemisphere = \"west\"", "/dossier/hemisphere"),
    ("digests = \"keyed\"", "digests = \"secret\"", "/dossier/digests"),
    ("base = \"general\"", "base = \"generl\"", "/vocabulary/base"),
    ("base = \"general\"", "bas = \"general\"", "/vocabulary"),
    ("id = \"report\"", "id = \"The report\"", "/source/0/id"),
    ("key = \"R\"\n", "", "/source/0"),
    ("author = [\"Doe, Jane\", \"{A body}\"]", "author = [1]", "/source/0/author"),
    ("private = true", "private = \"yes\"", "/source/0/private"),
    ("complete = \"posts\"", "complete = \"pots\"", "/source/0/complete"),
    ("name = \"ship\"", "name = \"Ship\"", "/kind/0/name"),
    ("of = \"item\"\nlabel = \"Ship\"", "of = \"itm\"\nlabel = \"Ship\"", "/kind/0/of"),
    ("label = \"Ship\"\n", "", "/kind/0"),
    ("order = 3", "order = -1", "/kind/0/order"),
    ("factor = 2.5", "factor = 0", "/measure/0/factor"),
    ("rate = true", "rate = 1", "/measure/0/rate"),
    ("value = \"number\"", "value = \"numbr\"", "/property/0/value"),
    ("measure = [\"people\", \"million beds/year\"]\n", "", "/property/0"),
    ("\"million beds/year\"", "\"million bedz\"", "/property/0/measure"),
    ("kind = \"unit\", type", "kinds = \"unit\", type", "/property/0/counts"),
    ("{subject} is topped", "it is topped", "/property/1/happening"),
    ("role = \"begins\"", "role = \"begin\"", "/property/1/role"),
    ("label = \"Topped out\"\n", "", "/property/1"),
    ("cell = { property = [\"voted-for\"], sign = [\"+\"] }\n", "", "/matrix/0"),
    ("cell = { property = [\"voted-for\"]", "cell = { property = [\"voted\"]", "/matrix/0/cell"),
    ("order = \"when\" }", "ordr = \"when\" }", "/matrix/0/columns"),
    ("label = \"House\"\nshort", "lable = \"House\"\nshort", "/institution/0"),
    ("id = \"house\"\nlabel", "label", "/institution/0"),
    ("\"lead / p1 s1\", \"R:", "\"lead, p1 s1\", \"R:", "/institution/0/at"),
    ("Rooms / row Beds", "Rooms / line 4", "/institution/0/at"),
    ("kind = \"acronym\"", "kind = \"initials\"", "/institution/0/names"),
    ("established = [\"1998\",", "established = [1998,", "/institution/0/established"),
    ("established = ", "born = ", "/institution/0"),
    ("modality = \"alleged\"", "modality = \"aleged\"", "/institution/0/established"),
    ("\"[..1999]\"", "\"by 1999\"", "/institution/0/established"),
    ("by = \"person/ada\" }", "by = \" \" }", "/institution/0/established"),
    ("\"1 bed\"", "\"1bed\"", "/institution/0/beds"),
    ("\"2 thousand beds\"", "\"2 dozen beds\"", "/institution/0/beds"),
    ("basis = \"counted\"", "basis = \"guessed\"", "/institution/0/beds"),
    ("state = \"capacity\"", "state = \"full\"", "/institution/0/beds"),
    ("id = \"k7f3\"", "id = \"K7\"", "/institution/0/beds"),
    ("value = 5, basis", "basis", "/institution/0/beds"),
    ("budget = \"12.5 million EUR\"", "budget = 12.5", "/institution/0/budget"),
    ("12.5 million EUR", "12.5 Mio EUR", "/institution/0/budget"),
    ("area = \"3 km²\"", "area = \"3 kg\"", "/institution/0/area"),
    ("city = { missing = true }", "city = { missing = true, value = \"x\" }", "/institution/0/city"),
    ("city = { missing = true }", "city = \"\"", "/institution/0/city"),
    ("city = { missing = true }", "city = { value = \"x\", label = \"y\" }", "/institution/0/city"),
    ("place = \"place/town\"", "place = \"person/town\"", "/institution/0/place"),
    ("of = \"person/ada\"\n", "", "/claim/0"),
    ("of = \"person/ada\"", "of = \"persn/ada\"", "/claim/0/of"),
    ("rank = \"preferred\"", "rank = 1", "/claim/0/born"),
    ("scope = \"phase 1\"", "scope = \"\"", "/claim/0/born"),
    ("allow = \"after-horizon\"", "allow = \"unknown-key\"", "/dossier/allow"),
    (
        "allow = [\"shared-name\", \"no-evidence\"]",
        "allow = [\"shared-name\", \"no-evidences\"]",
        "/institution/0/allow",
    ),
    ("allow = \"orphan\"", "alow = \"orphan\"", "/institution/0/names"),
    ("at-most = \"institution", "equal = \"institution", "/check/0"),
    ("at-most = \"institution", "equals = 4\nat-most = \"institution", "/check/0"),
    ("[\"institution/house beds\", 4", "[\"institution/house motto\", 4", "/check/0/sum"),
    ("{ count = \"event\", institution = \"house\" }", "{ count = \"event\" }", "/check/0/sum"),
    ("verdict = \"not-same\"", "verdict = \"different\"", "/judgement/0/verdict"),
    ("reason = \"heading\"", "because = \"heading\"", "/unclaimed/0"),
    ("reason = \"read in full\"\n", "", "/complete/0"),
    ("of = \"institution/house\"\nlist", "of = \"institution/house\"\nsource = \"report\"\nlist", "/complete/0"),
    ("verdict = \"confirmed\"", "verdict = \"fine\"", "/review/0/verdict"),
    ("hmac-sha256", "sha1", "/pins/report/digest"),
    ("length = 9\n", "length = -9\n", "/pins/report/length"),
    ("[1, 0, 9, ", "[1, 0, ", "/pins/report/places/lead ~ p1 s1"),
    ("[[unclaimed]]", "[[unclaimd]]", "/unclaimd"),
    ("[[tenure]]", "[tenure]", "/tenure"),
];

#[test]
fn what_is_wrong_is_found_where_it_is() {
    assert!(MUTANTS.len() >= 30);
    for (sound, wrong, place) in MUTANTS {
        assert_eq!(SOUND.matches(sound).count(), 1, "{sound}");
        let fault = SEEDS.fault(&json(&SOUND.replace(sound, wrong)));
        let fault = fault.unwrap_or_else(|| panic!("valid: {wrong}"));
        assert!(fault.replace("lead / p1", "lead ~ p1").starts_with(place), "{wrong}: {fault}");
    }
}

#[test]
fn every_table_and_key_is_described_for_an_editor() {
    let schema: Value = serde_json::from_str(&found(&["vocabulary", "--format", "schema"])).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for (name, table) in schema["properties"].as_object().unwrap() {
        let table = table.get("items").unwrap_or(table);
        assert!(table["description"].as_str().is_some_and(|text| !text.is_empty()), "{name}");
        for (key, value) in table.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let target = value["$ref"].as_str().and_then(|name| schema["$defs"].get(name.strip_prefix("#/$defs/")?));
            let described = [Some(value), target].into_iter().flatten().any(|value| value["description"].is_string());
            assert!(described, "{name} {key}");
        }
    }
}
