//! Two dossiers of about ten lines, on a choir and on a river: every command works with them, and nothing that it prints
//! has a word of the first dossier's subject.
//!
//! Invariant: the commands are found in the help itself, so that a new one has to be tried too.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::program::{Ran, annals, annals_on, found};
use crate::support::subject::{OTHERS, SUBJECT, folder_of, found_in};

/// A copy of a dossier, to which commands may write.
struct Copy {
    folder: TempDir,
    text: String,
}

impl Copy {
    fn of(other: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(folder_of(other)).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
        let text = fs::read_to_string(folder.path().join("dossier.toml")).unwrap();
        Self { folder, text }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a command on the dossier and its document.
    fn run(&self, args: &[&str]) -> Ran {
        annals_on(self.path(), &[&["--sources", self.path().to_str().unwrap()], args].concat())
    }

    /// Runs a command that has to succeed without a message.
    fn found(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
        ran.stdout
    }

    /// Writes the dossier with a change, and returns what is found wrong with it.
    fn mistake(&self, text: &str) -> String {
        fs::write(self.path().join("dossier.toml"), text).unwrap();
        let ran = self.run(&["check", "--strict", "--notes"]);
        assert_ne!(ran.code, Some(0), "nothing is wrong with:\n{text}");
        ran.stdout + &ran.stderr
    }
}

/// Texts that were read, each with what printed it.
#[derive(Default)]
struct Read(Vec<(String, String)>);

impl Read {
    fn add(&mut self, what: impl Into<String>, text: impl Into<String>) {
        self.0.push((what.into(), text.into()));
    }

    fn ran(&mut self, what: impl Into<String>, ran: Ran) {
        self.add(what, ran.stdout + &ran.stderr);
    }

    /// Fails if a line has a word of the first subject, except for the given ones.
    #[track_caller]
    fn names_no_subject_but(&self, allowed: &BTreeSet<String>) {
        let mut told = Vec::new();
        for (what, text) in &self.0 {
            for line in text.lines() {
                let words: Vec<_> =
                    found_in(line, SUBJECT).into_iter().filter(|word| !allowed.contains(word)).collect();
                told.extend((!words.is_empty()).then(|| format!("{what}: {words:?} in {line}")));
            }
        }
        assert!(told.is_empty(), "{}", told.join("\n"));
    }

    #[track_caller]
    fn names_no_subject(&self) {
        self.names_no_subject_but(&BTreeSet::new());
    }
}

/// Returns the words that the built-in vocabulary offers to every dossier: a parliament has seats, a school students. They
/// may stand where all words that could be used are listed, and nowhere else.
fn offered() -> BTreeSet<String> {
    let sets = ["core", "general"].map(|set| format!("assets/vocabulary/{set}.toml"));
    let texts = sets.map(|set| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(set)).unwrap());
    texts.iter().flat_map(|text| text.lines()).flat_map(|line| found_in(line, SUBJECT)).collect()
}

/// Returns the names of all commands but `help`.
fn commands() -> Vec<String> {
    let help = found(&["--help"]);
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = list.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    let names: Vec<String> = names.map(str::to_owned).collect();
    assert!(names.len() > 20, "{names:?}");
    names
}

/// Returns every view that `render` draws, by its title in lower case.
fn views() -> Vec<String> {
    let refused = annals(&["render", "zzz"]).stderr;
    let list = refused.split("expected one of: ").nth(1).unwrap_or_default();
    let views: Vec<String> = list.lines().next().unwrap().split(", ").map(str::to_owned).collect();
    assert!(views.len() > 8, "{views:?}");
    views
}

#[test]
fn about_ten_lines_are_a_sound_dossier_with_words_of_its_own() {
    for other in OTHERS {
        let copy = Copy::of(other);
        assert!((9..=11).contains(&copy.text.lines().count()), "{other}");
        copy.found(&["pin"]);
        assert!(copy.found(&["check", "--strict"]).starts_with("Sound: "), "{other}");
    }
    let (choir, river) = (Copy::of("choir"), Copy::of("river"));
    for (copy, args, said) in [
        (&choir, &["list", "choir"][..], "choir/north"),
        (&choir, &["figures"], "38      voices  2021"),
        (&choir, &["find", "singers:>39 kind:institution"], "choir/north"),
        (&choir, &["timeline"], "2021-05-··  planned  Spring concert"),
        (&choir, &["who", "conductor", "--as-of", "2010"], "Ann Low"),
        (&choir, &["show", "choir/north"], "40 voices"),
        (&river, &["list", "river"], "river/ash"),
        (&river, &["figures"], "424     cusecs"),
        (&river, &["find", "flow:\">420 cusecs\" kind:item"], "river/ash"),
        (&river, &["timeline"], "1931-05-··  Ash is dammed at Rye"),
        (&river, &["find", "dammed:1930..1935"], "river/ash"),
        (&river, &["vocabulary", "flow"], "number: m³/s, cusecs"),
    ] {
        let out = copy.found(args);
        assert!(out.contains(said), "{args:?}\n{out}");
    }
}

#[test]
fn no_command_prints_a_word_of_another_subject() {
    let mut read = Read::default();
    let mut tried: BTreeSet<String> = ["help", "pick", "debug", "vocabulary"].map(str::to_owned).into();
    for other in OTHERS {
        let copy = Copy::of(other);
        let (path, database) = (copy.path().to_str().unwrap(), copy.path().join("copy.db"));
        let database = database.to_str().unwrap();
        let (kind, thing, post) = match other {
            "choir" => ("choir", "choir/north", "conductor"),
            _ => ("river", "river/ash", "ash"),
        };
        for args in [
            &["list", kind][..],
            &["list", kind, "--format", "json"],
            &["show", thing],
            &["show", thing, "--format", "json"],
            &["timeline"],
            &["timeline", "--of", thing, "--format", "csv"],
            &["find", "a"],
            &["find", "kind:item"],
            &["who", post],
            &["who", post, "--as-of", "1990"],
            &["tenures"],
            &["diff", "1930", "2021"],
            &["between", thing, "2021"],
            &["between", "1930", "may 2021", "--format", "json"],
            &["path", thing, post],
            &["path", thing, "document/programme"],
            &["matrix"],
            &["agreements"],
            &["figures"],
            &["conflicts"],
            &["names"],
            &["names", thing],
            &["sources"],
            &["passages", "--words"],
            &["keys"],
            &["explain"],
            &["render", "chronicle"],
            &["check", "--notes", "--reviewed"],
            &["check", "--strict", "--format", "json"],
            &["export", "--format", "json"],
            &["export", "--format", "jsonl", "--public"],
            &["export", "--format", "csv"],
            &["export", "--format", "sqlite", database],
            &["pin", "--dry-run"],
            &["pin"],
            &["id", path],
            &["migrate", path],
            &["index"],
        ] {
            tried.insert(args[0].to_owned());
            let ran = copy.run(args);
            // A finding or nothing found, but no mistake in the arguments.
            let is_understood = ran.code.is_some() && !ran.stderr.starts_with("error:");
            assert!(is_understood, "{args:?}: {}", ran.stderr);
            read.ran(format!("{other}: {}", args.join(" ")), ran);
        }
        for args in [&["check"][..], &["index"], &["show", thing], &["figures"]] {
            read.ran(format!("{other} in SQLite: {}", args.join(" ")), annals_on(Path::new(database), args));
        }
    }
    for line in found(&["explain"]).lines() {
        let code = line.split_whitespace().next().unwrap();
        read.add(format!("explain {code}"), found(&["explain", code]));
    }
    let untried: Vec<String> = commands().into_iter().filter(|name| !tried.contains(name)).collect();
    assert!(untried.is_empty(), "never run: {untried:?}");
    read.names_no_subject();

    // Everything that a dossier could use is listed.
    let mut read = Read::default();
    for other in OTHERS {
        for form in ["text", "json", "toml", "schema"] {
            read.add(format!("vocabulary --format {form}"), Copy::of(other).found(&["vocabulary", "--format", form]));
        }
    }
    read.names_no_subject_but(&offered());
}

#[test]
fn no_drawn_view_and_no_help_has_a_word_of_another_subject() {
    let mut read = Read::default();
    for other in OTHERS {
        let copy = Copy::of(other);
        for view in views() {
            for keys in ["", "?", "f", "f k i n d :", "/", "/ z z : x", "e"] {
                let drawn = copy.found(&["render", &view, "--size", "120x40", "--keys", keys]);
                read.add(format!("{other}: render {view} --keys '{keys}'"), drawn);
            }
        }
    }
    for command in commands() {
        for args in [&["help", &command][..], &[&command, "-h"], &[&command, "--help"]] {
            read.add(args.join(" "), found(args));
        }
    }
    for args in [["--help"], ["-h"], ["help"], ["--version"]] {
        read.add(args[0], found(&args));
    }
    read.names_no_subject();
}

/// Mistakes about two ends.
const TWO_ENDS: [&[&str]; 4] = [
    &["between", "zzz", "2020"],
    &["between", "2020", "1990-13"],
    &["between", "zzz opened", "2020"],
    &["path", "zzz", "yyy"],
];

#[test]
fn no_message_of_a_mistake_has_a_word_of_another_subject() {
    let mut read = Read::default();
    for other in OTHERS {
        let copy = Copy::of(other);
        for args in TWO_ENDS.into_iter().chain([
            &["zzz"][..],
            &["list", "zzz"],
            &["list"],
            &["show", "zzz"],
            &["show", "dept:zzz"],
            &["find", "zzz:1"],
            &["find", "kind:zzz"],
            &["find", "has:zzz"],
            &["find", "year:zzz"],
            &["find", "state:zzz"],
            &["find", "sort:zzz"],
            &["find", "flow:>zzz"],
            &["find", "singers:\"3 zzz\""],
            &["find", "flow:\"3 zzz\""],
            &["find", "("],
            &["timeline", "--of", "zzz"],
            &["timeline", "--query", "zzz:1"],
            &["timeline", "--from", "zzz"],
            &["who", "zzz"],
            &["who", "conductor", "--as-of", "zzz"],
            &["tenures", "--of", "zzz"],
            &["diff", "zzz", "2020"],
            &["diff", "2020", "1990"],
            &["names", "zzz"],
            &["export", "--format", "zzz"],
            &["export", "--format", "sqlite"],
            &["render", "zzz"],
            &["render", "chronicle", "--keys", "<zzz>"],
            &["render", "chronicle", "--size", "zzz"],
            &["render", "chronicle", "--select", "zzz"],
            &["explain", "zzz"],
            &["vocabulary", "zzz"],
            &["debug", "keys", "zzz"],
            &["pick", "zzz"],
        ]) {
            let ran = copy.run(args);
            assert_ne!(ran.code, Some(0), "{args:?} is no mistake\n{}", ran.stdout);
            read.ran(format!("{other}: {}", args.join(" ")), ran);
        }
        let missing = copy.path().join("zzz");
        read.ran("no such dossier", annals_on(&missing, &["check"]));
        read.ran("no such documents", annals_on(copy.path(), &["--sources", missing.to_str().unwrap(), "passages"]));
        for (from, to) in [
            ("format = 2", "format = 9"),
            ("title =", "titel ="),
            ("1931-05\"", "May\""),
            ("\"1998\"", "\"98\""),
            ("p1 s1", "p9 s9"),
            ("lead / p1 s1", "zzz"),
            ("P: ", "Q: "),
            ("S: ", "Q: "),
            ("\"voices\"]", "\"voice\", \"choirs\"]"),
            ("[\"12 m³/s\"", "[\"12 m3\""),
            ("singers = [40", "singers = [\"40 singers\""),
            ("post = \"conductor\"", "post = \"leader\""),
            ("person = \"ann\"", "person = \"eve\""),
            ("place = \"rye\"", "place = \"rey\""),
            ("of = \"institution\"", "of = \"zzz\""),
            ("of = \"item\"", "of = \"itme\""),
            ("value = \"number\"", "value = \"zzz\""),
            ("{subject}", "{sbject}"),
            ("born = \"1970\"", "birth = \"1970\""),
            ("born = \"1970\"", "born = { value = \"1970\", modality = \"zzz\", basis = \"zzz\", rank = \"zzz\" }"),
            ("type = \"village\"", "tpye = \"village\", names = [{ value = \"Rye\", kind = \"zzz\" }]"),
            ("label = \"Ash\"", "label = 1"),
            ("]\n", "\n"),
        ] {
            if copy.text.contains(from) {
                read.add(format!("{other}: {to} in place of {from}"), copy.mistake(&copy.text.replace(from, to)));
            }
        }
        let document = if other == "choir" { "P" } else { "S" };
        for more in [
            "[[judgement]]\na = \"zzz\"\nb = 1\nverdict = \"zzz\"",
            "[[check]]\nlabel = \"zzz\"\nsum = [\"zzz\"]\nequals = 1",
            "[[check]]\nlabel = \"zzz\"",
            "[[review]]\nclaim = \"zzz\"\nby = 1\nverdict = \"zzz\"",
            "[[complete]]\nof = \"zzz\"\nlist = \"zzz\"",
            "[[unclaimed]]\nat = \"zzz\"",
            "[[matrix]]\nname = \"zzz\"\nlabel = \"Z\"\nrows = { kind = \"zzz\" }\ncolumns = { kind = \"zzz\" }",
            "[[claim]]\nof = \"zzz\"\nstart = \"zzz\"",
            "[[agreement]]\nid = \"zzz\"\nlabel = \"Z\"\nsigned = \"zzz\"\nparty = \"zzz\"",
            "[[tenur]]\nid = \"zzz\"",
            "[vocabulary]\nbase = \"zzz\"",
        ] {
            let more = format!("{}{more}\nat = \"{document}: zzz\"\n", copy.text);
            read.add(format!("{other}: {more}"), copy.mistake(&more));
        }
    }
    read.names_no_subject();

    // Every word that would be read is listed.
    let copy = Copy::of("river");
    let mut read = Read::default();
    let wrong = copy.mistake(&copy.text.replace("flow = [\"", "zzz = [\""));
    assert!(wrong.contains("unknown key \"zzz\"; expected one of: "), "{wrong}");
    read.add("an unknown key", wrong);
    read.names_no_subject_but(&offered());
}
