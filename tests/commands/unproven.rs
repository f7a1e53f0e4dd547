//! What is planned, alleged or denied is shown with the word, by every command and on every screen.
//!
//! Invariant: in the dossier of these tests no claim is a fact, so that a value without the word is a fault wherever it
//! stands. The commands are found in the help itself: a new one has to be tried too, or named with a reason.

use std::collections::BTreeSet;

use tempfile::TempDir;

use crate::support::program::{Ran, annals, annals_on, folder};

/// The entities that have a card.
const ENTITIES: [&str; 13] = [
    "institution/north",
    "institution/sub",
    "unit/wing",
    "person/ida",
    "person/bo",
    "place/cove",
    "post/master",
    "tenure/t1",
    "agreement/pact",
    "event/fair",
    "event/feast",
    "programme/craft",
    "document/alog",
];

/// The kinds that are listed.
const KINDS: [&str; 11] =
    ["institution", "unit", "person", "post", "tenure", "agreement", "event", "item", "programme", "place", "document"];

const VIEWS: [&str; 8] =
    ["chronicle", "timeline", "tenures", "matrix", "agreements", "figures", "conflicts", "sources"];

/// Texts that only a claim gives. Dates are looked for in both ways in which they are written.
const VALUES: [&str; 19] = [
    "4711",
    "Zebrawood",
    "Yewtree",
    "Quirkwood",
    "Jadewood",
    "1951-03-09",
    "1953-05-07",
    "1961-04-11",
    "1967-08-13",
    "1971-06-15",
    "1981-07-17",
    "1991-09-19",
    "9 March 1951",
    "7 May 1953",
    "11 April 1961",
    "13 August 1967",
    "15 June 1971",
    "17 July 1981",
    "19 September 1991",
];

/// Labels of which the first is linked with the second by a claim, and by nothing else.
const LINKS: [(&str, &str); 13] = [
    ("Sub House", "North House"),
    ("Sub House", "Gull Cove"),
    ("West Wing", "North House"),
    ("Master", "North House"),
    ("Ida Holm", "Master"),
    ("Pact", "North House"),
    ("Pact", "Sub House"),
    ("Pact", "Bo Berg"),
    ("Fair", "North House"),
    ("Fair", "Ida Holm"),
    ("Feast", "North House"),
    ("Feast", "Bo Berg"),
    ("Craft", "North House"),
];

/// Commands that print no value of a claim, or print it in a form that has the modality elsewhere.
const EXEMPT: [(&str, &str); 14] = [
    ("check", "finds faults in the files and quotes them as they are written"),
    ("debug", "replays keys; its screens are those of render"),
    ("explain", "speaks of rules, not of a dossier"),
    ("help", "speaks of commands"),
    ("id", "writes ids into files"),
    ("index", "writes names into a file"),
    ("keys", "speaks of keys"),
    ("migrate", "writes the files of a dossier"),
    ("passages", "prints documents"),
    ("pick", "prints id and name of what was chosen on a screen; its rows are those of find"),
    ("pin", "prints places"),
    ("vocabulary", "prints declarations"),
    ("render", "is tried with views, not with formats"),
    ("export", "is tried as CSV; its other forms have the modality in each claim"),
];

/// Lines that may do without the word, each with its reason.
fn is_exempt(args: &[&str], line: &str) -> bool {
    let declared =
        "the headings of a matrix are declared; a cell below them has the sign, and its meaning is in a note";
    let grouped = "the lanes of plans stand under the heading Plans and have the sign at each date";
    let cut = "the preview of the finder is cut at its edge, which is marked; the word begins before the cut";
    let reasons = [
        (args.contains(&"matrix") && (line.contains("Performed by") || line.starts_with("Totals:")), declared),
        (args.contains(&"tenures") && line.ends_with(": begins") | line.ends_with(": ends"), grouped),
        (args.contains(&"render") && line.split_once("  ○ ").is_some_and(|(label, _)| label.contains(": ")), grouped),
        (args.contains(&"render") && line.ends_with('…') && line.contains(" ("), cut),
    ];
    reasons.iter().any(|(applies, _)| *applies)
}

/// A dossier of which every claim has one modality.
struct Unproven {
    folder: TempDir,
    modality: &'static str,
    faults: BTreeSet<String>,
}

impl Unproven {
    fn new(modality: &'static str) -> Self {
        let text = include_str!("unproven.toml").replace("MODALITY", modality);
        Self { folder: folder(&[("dossier.toml", &text)]), modality, faults: BTreeSet::new() }
    }

    /// Runs a command and notes each line that shows a value without the word.
    fn tries(&mut self, args: &[&str]) {
        let Ran { code, stdout, stderr } = annals_on(self.folder.path(), args);
        assert!(matches!(code, Some(0 | 1)), "{args:?}: {stderr}");
        for line in stdout.lines() {
            let is_screen = args.first() == Some(&"render");
            // The panes of a screen stand side by side.
            for part in line.split('│').map(str::trim).filter(|_| is_screen).chain((!is_screen).then_some(line)) {
                if self.hides_the_word(part) && !is_exempt(args, part) {
                    self.faults.insert(format!("{}: {part}", args.join(" ")));
                }
            }
        }
    }

    fn hides_the_word(&self, line: &str) -> bool {
        let words: &[&str] = match self.modality {
            "planned" => &["plan"],
            "denied" => &["denied", "denies"],
            other => &[other],
        };
        let folded = line.to_lowercase();
        let has_value = || VALUES.iter().any(|value| line.contains(value));
        let has_link = || LINKS.iter().any(|(from, to)| line.contains(from) && line.contains(to));
        !words.iter().any(|word| folded.contains(word)) && (has_value() || has_link())
    }

    fn tries_in_rows(&mut self, args: &[&str]) {
        for format in ["text", "csv"] {
            self.tries(&[args, &["--format", format]].concat());
        }
    }

    fn tries_everything(&mut self) -> BTreeSet<&'static str> {
        for kind in KINDS {
            self.tries_in_rows(&["list", kind]);
            self.tries_in_rows(&["list", kind, "--of", "institution/north"]);
        }
        for entity in ENTITIES {
            self.tries_in_rows(&["show", entity]);
            self.tries_in_rows(&["timeline", "--of", entity]);
            self.tries_in_rows(&["tenures", "--of", entity]);
            for other in ["institution/north", "person/ida"].iter().filter(|other| **other != entity) {
                self.tries_in_rows(&["path", entity, other]);
            }
        }
        for word in
            ["Sub", "North", "Master", "Pact", "Fair", "Feast", "Craft", "West", "Ida", "Bo", "Zebrawood", "Yewtree"]
        {
            self.tries_in_rows(&["find", word]);
        }
        for table in ["matrix", "agreements", "figures", "conflicts", "names", "sources", "timeline", "tenures"] {
            self.tries_in_rows(&[table]);
            self.tries_in_rows(&[table, "--as-of", "1985"]);
        }
        self.tries(&["agreements", "--cite"]);
        self.tries(&["figures", "--cite"]);
        self.tries_in_rows(&["who", "post/master", "--on", "1964"]);
        self.tries_in_rows(&["diff", "1950", "2000"]);
        for date in
            ["institution/sub", "tenure/t1 start", "tenure/t1 end", "agreement/pact", "event/fair", "programme/craft"]
        {
            self.tries_in_rows(&["between", date, "2000"]);
            self.tries_in_rows(&["between", "2000", date]);
        }
        self.tries(&["export", "--format", "csv"]);
        for view in VIEWS {
            // Wide enough that no line is cut or wrapped.
            let drawn = ["render", view, "--size", "400x120"];
            self.tries(&drawn);
            for entity in ENTITIES {
                self.tries(&[&drawn[..], &["--select", entity]].concat());
            }
        }
        for keys in ["<tab> <enter>", "j <space> j j <space> j j <space>", "f m a s t e r", "f p a c t", "f s u b"] {
            self.tries(&["render", "chronicle", "--size", "400x120", "--keys", keys]);
        }
        BTreeSet::from([
            "list",
            "show",
            "timeline",
            "tenures",
            "find",
            "matrix",
            "agreements",
            "figures",
            "conflicts",
            "names",
            "sources",
            "who",
            "diff",
            "between",
            "path",
            "export",
            "render",
        ])
    }
}

fn nothing_is_shown_without_the_word(modality: &'static str) {
    let mut unproven = Unproven::new(modality);
    let tried = unproven.tries_everything();
    let faults: Vec<&str> = unproven.faults.iter().map(String::as_str).collect();
    assert!(faults.is_empty(), "without \"{modality}\":\n{}", faults.join("\n"));
    let help = annals(&["--help"]).stdout;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let exempt = |command: &str| EXEMPT.iter().any(|(name, _)| *name == command);
    for command in listed.filter_map(|line| line.split_whitespace().next()) {
        assert!(tried.contains(command) || exempt(command), "{command} is neither tried nor exempt");
    }
}

#[test]
fn what_is_alleged_is_shown_with_the_word() {
    nothing_is_shown_without_the_word("alleged");
}

#[test]
fn what_is_denied_is_shown_with_the_word() {
    nothing_is_shown_without_the_word("denied");
}

#[test]
fn what_is_planned_is_shown_with_the_word() {
    nothing_is_shown_without_the_word("planned");
}

/// What is said of two houses: the second is denied to be a part of the first.
const DENIED: &str = r#"
document = "alog"

[dossier]
key = "k"
title = "Trial"
format = 2

[[source]]
id = "alog"
key = "A"
title = "Alpha log"

[[institution]]
id = "north"
label = "North House"
at = "lead / p1 s1"
established = "1900"

[[institution]]
id = "sub"
label = "Sub House"
at = "lead / p1 s2"
established = "1950"
parent = { value = "north", modality = "WORD" }

[[person]]
id = "ida"
label = "Ida Holm"
at = "lead / p2 s1"
born = "1920"

[[person]]
id = "bo"
label = "Bo Berg"
at = "lead / p2 s2"
born = "1921"

[[post]]
id = "master"
label = "Master"
at = "lead / p2 s3"
institution = "north"

[[tenure]]
id = "t1"
at = "lead / p2 s4"
person = "ida"
post = "master"
start = "1950"
modality = "alleged"
by = "A rival"

[[tenure]]
id = "t2"
at = "lead / p2 s5"
person = "bo"
post = "master"
modality = "denied"

[[agreement]]
id = "pact"
label = "Pact"
at = "lead / p3 s1"
signed = "1960"
modality = "alleged"
party = ["north", { value = "sub", modality = "denied" }]
"#;

/// Returns the lines that a command prints, without their margins.
fn lines(folder: &TempDir, args: &[&str]) -> Vec<String> {
    let ran = annals_on(folder.path(), args);
    ran.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn line_of(lines: &[String], begin: &str) -> String {
    lines.iter().find(|line| line.starts_with(begin)).cloned().unwrap_or_default()
}

#[test]
fn a_link_that_is_no_fact_places_nothing_that_is_one() {
    for word in ["denied", "alleged", "planned"] {
        let folder = folder(&[("dossier.toml", &DENIED.replace("WORD", word))]);
        let listed = line_of(&lines(&folder, &["list", "institution"]), "Sub House");
        assert_eq!(listed, format!("Sub House North House ({word}) institution/sub"));
        let csv = lines(&folder, &["list", "institution", "--format", "csv"]);
        assert!(csv.iter().any(|line| line.contains(&format!("North House ({word})"))), "{csv:?}");
        assert_eq!(line_of(&lines(&folder, &["find", "Sub"]), "institution"), "institution Sub House institution/sub");
        let opened = line_of(&lines(&folder, &["timeline"]), "1950-··-·· Sub House");
        assert_eq!(opened, "1950-··-·· Sub House: established Sub House A p1 s2");
        let shown = lines(&folder, &["show", "institution/north"]);
        assert!(shown.iter().all(|line| !line.contains("Sub House: established")), "{shown:?}");
        let tree = lines(&folder, &["render", "chronicle", "--size", "200x30"]);
        assert!(tree.iter().any(|line| line.starts_with("│ Sub House")), "a root of the tree: {tree:?}");
    }
}

#[test]
fn tenures_and_agreements_that_are_no_facts_have_the_word_in_each_list() {
    let folder = folder(&[("dossier.toml", &DENIED.replace("WORD", "denied"))]);
    let found = |args: &[&str], begin: &str| line_of(&lines(&folder, args), begin);
    assert_eq!(
        found(&["list", "post"], "Master"),
        "Master Ida Holm (alleged, by A rival); Bo Berg (denied) post/master"
    );
    assert_eq!(found(&["list", "person"], "Ida"), "Ida Holm Master (alleged, by A rival) person/ida");
    assert_eq!(found(&["list", "person"], "Total"), "Total: 2 people");
    assert_eq!(found(&["agreements"], "1960"), "1960 Pact North House, Sub House (denied) A p3 s1 alleged");
    let csv = found(&["agreements", "--format", "csv"], "1960");
    assert_eq!(csv, "1960,Pact,\"North House, Sub House (denied)\",,,,A p3 s1,alleged,agreement/pact");
    assert!(found(&["agreements", "--format", "jsonl"], "{").contains(r#""state":"alleged""#));
    assert_eq!(found(&["find", "Pact"], "agreement"), "agreement Pact (alleged) North House agreement/pact");
    assert_eq!(found(&["find", "Ida Master"], "tenure"), "tenure Ida Holm, Master (alleged) tenure/t1");
    assert!(found(&["list", "tenure", "--format", "csv"], "institutions").ends_with(",modality"));
    assert!(found(&["list", "tenure", "--format", "csv"], "North House,tenure/t1").ends_with(",alleged"));
    assert!(
        found(&["list", "tenure", "--format", "jsonl"], "{\"id\":\"tenure/t2\"").ends_with(r#""modality":"denied"}"#)
    );
    assert!(found(&["find", "Pact", "--format", "csv"], "agreement/pact").ends_with(",alleged"));
    assert!(found(&["find", "Pact", "--format", "jsonl"], "{").ends_with(r#""modality":"alleged"}"#));
}
