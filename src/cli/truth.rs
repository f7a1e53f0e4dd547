//! What commands print of bases and dates, against the export of the same dossier.
//!
//! Invariant: the oracle is the export alone. A basis that is printed is that of the claim, and a date that is printed is
//! stated as finely in the export: no digit is added, and no day stands for "open".

use std::collections::{BTreeMap, BTreeSet};

use clap::Parser as _;
use proptest::prelude::*;
use serde_json::Value;

use super::output::{Output, Screen};
use super::{Cli, answer};
use crate::formats::author::{embedded, load};
use crate::model::arbitrary;
use crate::timeline::World;

/// The words for a basis.
const BASES: [&str; 4] = ["stated", "listed", "counted", "inferred"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns what a command prints.
fn printed(world: &World, arguments: &[&str]) -> String {
    let cli = Cli::try_parse_from(std::iter::once(&"annals").chain(arguments)).unwrap();
    let mut bytes = Vec::new();
    // A question without an answer prints nothing.
    let _ = answer(&cli, &|| Ok(world.clone()), &mut Output::new(&mut bytes, Screen::default()));
    String::from_utf8(bytes).unwrap()
}

/// Returns the dates of a text down to the month at least, as numbers: ISO dates and those in words.
fn dates(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let chars: Vec<char> = text.chars().collect();
    for start in 0..chars.len() {
        if start > 0 && chars[start - 1].is_ascii_digit() {
            continue;
        }
        let length = chars[start..].iter().take_while(|c| c.is_ascii_digit() || **c == '-').count();
        let run: String = chars[start..start + length].iter().collect();
        let parts: Vec<&str> = run.trim_end_matches('-').split('-').collect();
        match parts.as_slice() {
            [year, month] if year.len() == 4 && month.len() == 2 => found.insert(format!("{year}-{month}")),
            [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
                found.insert(format!("{year}-{month}-{day}"))
            }
            _ => false,
        };
    }
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches([',', ';', '.', '(', ')'])).collect();
    for (at, pair) in words.windows(2).enumerate() {
        let Some(month) = MONTHS.iter().position(|month| *month == pair[0]) else { continue };
        if pair[1].len() != 4 || !pair[1].bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let day = at.checked_sub(1).and_then(|before| words[before].parse::<u8>().ok()).filter(|day| *day <= 31);
        let month = format!("{}-{:02}", pair[1], month + 1);
        found.insert(day.map_or(month.clone(), |day| format!("{month}-{day:02}")));
    }
    found
}

/// Returns the cells of a table, but for those of the bounds of a date, which are derived.
fn cells(table: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let is_derived = |title: &str| title == "earliest" || title == "latest";
    let derived: Vec<bool> = reader.headers().unwrap().iter().map(is_derived).collect();
    let rows = reader.records().map(Result::unwrap);
    let own = |row: csv::StringRecord| {
        let cells = row.iter().zip(&derived).filter(|(_, derived)| !**derived);
        cells.map(|(cell, _)| cell.to_owned()).collect::<Vec<_>>()
    };
    rows.flat_map(own).collect()
}

/// Passes every text of a value to `each`, but for the bounds of a date, which are derived.
fn texts<'a>(value: &'a Value, each: &mut dyn FnMut(&'a str)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(items) => {
            for item in items {
                texts(item, each);
            }
        }
        Value::Object(fields) => {
            let is_date = fields.contains_key("edtf");
            for (key, item) in fields {
                if !(is_date && (key == "earliest" || key == "latest")) {
                    texts(item, each);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Passes every object in a value to `each`.
fn objects<'a>(value: &'a Value, each: &mut dyn FnMut(&'a Value)) {
    match value {
        Value::Array(items) => {
            for item in items {
                objects(item, each);
            }
        }
        Value::Object(fields) => {
            each(value);
            for item in fields.values() {
                objects(item, each);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What the export of a dossier says.
struct Exported {
    world: World,
    /// The bases of the claims by id; several where a dossier says one thing twice.
    bases: BTreeMap<String, BTreeSet<String>>,
    /// The dates of each claim by id.
    edtf: BTreeMap<String, BTreeSet<String>>,
    /// Subject, property, date and basis of each claim with a date.
    dated: BTreeSet<[String; 4]>,
    /// All dates, with what is coarser.
    dates: BTreeSet<String>,
    ids: Vec<String>,
}

impl Exported {
    fn new(world: World) -> Self {
        let mut found = Self {
            bases: BTreeMap::new(),
            edtf: BTreeMap::new(),
            dated: BTreeSet::new(),
            dates: BTreeSet::new(),
            ids: Vec::new(),
            world,
        };
        for line in printed(&found.world, &["export", "--format", "jsonl"]).lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            texts(&row, &mut |text| found.dates.extend(dates(text)));
            let subject = row["id"].as_str().unwrap_or_default();
            found.ids.push(subject.to_owned());
            for claim in row["claims"].as_array().into_iter().flatten() {
                let said = |key: &str| claim[key].as_str().unwrap_or_default().to_owned();
                found.bases.entry(said("id")).or_default().insert(said("basis"));
                objects(claim, &mut |object| {
                    found.edtf.entry(said("id")).or_default().extend(object["edtf"].as_str().map(str::to_owned));
                });
                let when = claim["when"]["edtf"].as_str().unwrap_or_default().to_owned();
                found.dated.insert([subject.to_owned(), said("property"), when, said("basis")]);
            }
        }
        let coarser: Vec<String> = found.dates.iter().filter_map(|date| date.get(..7)).map(str::to_owned).collect();
        found.dates.extend(coarser);
        found
    }

    /// Returns the commands that print a basis or a date, but for those that speak of files.
    fn commands(&self) -> Vec<Vec<&str>> {
        let mut commands = vec![
            vec!["timeline"],
            vec!["tenures"],
            vec!["tenures", "--as-of", "1994"],
            vec!["agreements"],
            vec!["figures"],
            vec!["figures", "--as-of", "1994"],
            vec!["conflicts"],
            vec!["sources"],
            vec!["timeline", "--as-of", "1994"],
        ];
        for id in self.ids.iter().take(40) {
            commands.push(vec!["show", id]);
            if id.starts_with("post/") {
                commands.extend([vec!["who", id, "--on", "1994"], vec!["who", id, "--on", "2020"]]);
                commands.push(vec!["show", id, "--as-of", "1994"]);
            }
        }
        commands
    }

    /// Returns what is wrong with a command's bases and dates.
    fn faults(&self, command: &[&str]) -> Vec<String> {
        let mut faults = Vec::new();
        let text = printed(&self.world, command);
        let cells = cells(&printed(&self.world, &[command, &["--format", "csv"]].concat()));
        for text in text.lines().chain(cells.iter().map(String::as_str)) {
            let made_up = dates(text).into_iter().filter(|date| !self.dates.contains(date));
            faults.extend(made_up.map(|date| format!("{command:?}: {date} in {text}")));
        }
        let json: Value = serde_json::from_str(&printed(&self.world, &[command, &["--format", "json"]].concat()))
            .unwrap_or(Value::Null);
        texts(&json, &mut |text| {
            let made_up = dates(text).into_iter().filter(|date| !self.dates.contains(date));
            faults.extend(made_up.map(|date| format!("{command:?} json: {date} in {text}")));
        });
        objects(&json, &mut |object| faults.extend(self.fault_of(object).map(|fault| format!("{command:?}: {fault}"))));
        if command.first() == Some(&"tenures") {
            for lane in json.as_array().into_iter().flatten() {
                faults.extend(self.faults_of_lane(lane));
            }
        }
        faults
    }

    fn fault_of(&self, object: &Value) -> Option<String> {
        let basis = object["basis"].as_str()?;
        let (id, property) = (object["id"].as_str(), object["property"].as_str());
        let is_right = match (object["claims"].as_array(), id) {
            // Something that rests on several claims has the weakest basis of those that give it.
            (Some(claims), _) => {
                let own: Vec<&str> = claims.iter().filter_map(|claim| claim["basis"].as_str()).collect();
                own.contains(&basis) || (own.is_empty() && basis == "inferred")
            }
            (None, Some(id)) if self.bases.contains_key(id) => self.bases[id].contains(basis),
            (None, Some(id)) => {
                // A row of the timeline: its claim is known by subject, property and date; one without a date rests on any
                // claim of its subject.
                let is_undated = object["when"].is_null();
                let when = object["when"]["edtf"].as_str().unwrap_or_default();
                let mut own = self.dated.iter().filter(|[subject, ..]| subject == id).peekable();
                let is_claim = |[_, of, date, own]: &[String; 4]| {
                    let is_row = is_undated || property.is_none_or(|property| property == of && when == date);
                    is_row && own == basis
                };
                // Of some entities nothing is said at all.
                own.peek().is_none() || own.any(is_claim)
            }
            (None, None) => true,
        };
        let state = object["state"].as_str().filter(|state| BASES.contains(state));
        let is_said = state.is_none_or(|state| state == basis);
        (!is_right || !is_said).then(|| object.to_string())
    }

    /// Every date of a lane is one of its claims, or a half of an interval that is.
    fn faults_of_lane(&self, lane: &Value) -> Vec<String> {
        let mut stated: BTreeSet<&str> = BTreeSet::new();
        objects(lane, &mut |object| {
            let own = object["id"].as_str().and_then(|id| self.edtf.get(id));
            stated.extend(own.into_iter().flatten().map(String::as_str));
        });
        let halves: Vec<&str> = stated.iter().flat_map(|date| date.split('/')).collect();
        stated.extend(halves);
        let mut faults = Vec::new();
        let is_of_list = |object: &Value| object["claims"].as_array().is_some_and(Vec::is_empty);
        objects(lane, &mut |object| {
            for key in ["from", "until", "to", "when"] {
                let date = object[key]["edtf"].as_str();
                faults.extend(date.filter(|date| !stated.contains(date) && !is_of_list(object)).map(str::to_owned));
            }
        });
        faults
    }

    fn holds(&self) {
        let faults: Vec<String> = self.commands().iter().flat_map(|command| self.faults(command)).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn the_embedded_dossier_is_told_as_it_is_exported() {
    let exported = Exported::new(World::new(load(&embedded()).0));
    assert!(exported.bases.len() > 1000 && exported.dates.len() > 30);
    exported.holds();
}

#[test]
fn a_date_is_recognized_in_each_form() {
    let found = dates("2020-03 – 2023-07-01; seen 8 March 2021, since May 1994. 1994-··-·· 12345-67 199X-01");
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(found, ["1994-05", "2020-03", "2021-03-08", "2023-07-01"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_dossier_is_told_as_it_is_exported(dossier in arbitrary::dossier()) {
        Exported::new(World::new(dossier)).holds();
    }
}
