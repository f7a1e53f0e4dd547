//! What `annals check` finds: for each code a small dossier with the fault and one without it.
//!
//! The cases stand in `tests/soundness`, one file a code; `annals explain` has the text that explains it. The
//! case of a fault that no authored file can have is a test of the rules.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use annals::syntax::{Code, Defect, Parsed, SourceFile};

use crate::support::program::{Ran, annals, annals_on, folder};

/// The codes whose faults only an imported dossier can have.
const OF_IMPORTS: &[&str] = &["text-with-number"];

/// The codes of folders and files, whose cases [`files`] builds.
const OF_FILES: &[&str] = &["encoding", "linked-folder", "odd-extension", "outside-folder", "too-deep", "unreadable"];

/// A sound dossier in one file.
const SOUND: &str = "document = \"log\"\n[dossier]\nkey = \"ferry\"\ntitle = \"The Alder ferry\"\nformat = 2\n\
    [[source]]\nid = \"log\"\nkey = \"L\"\ntitle = \"The ferry log\"\n\
    [[item]]\nid = \"swift\"\nlabel = \"The Swift\"\nat = \"lead / p1 s1\"\ntype = \"ferry\"\n";

/// One file of `tests/soundness`.
struct Case {
    code: String,
    severity: String,
    trips: Option<String>,
    silent: Option<String>,
    /// What the message says, and its line.
    found: String,
    line: Option<String>,
    /// The documents, each a file name and a text, if it needs any.
    documents: Option<Vec<(String, String)>>,
}

fn case(path: &Path) -> Case {
    let file = SourceFile::new(path.to_string_lossy(), fs::read_to_string(path).unwrap());
    let mut defects: Vec<Defect> = Vec::new();
    let parsed = Parsed::new(&file, &mut defects);
    let mut fields = parsed.fields();
    let line = fields.get("line").and_then(|node| node.as_number()).map(|line| line.to_string());
    let documents = fields.get("documents").and_then(|node| node.as_table());
    let documents = documents.map(|table| {
        let named = |name| (str::to_owned(name), str::to_owned(table.value(name).unwrap()));
        table.keys().into_iter().map(named).collect()
    });
    let text = |key: &'static str| fields.value(key).map(str::to_owned);
    let case = Case {
        code: text("code").unwrap(),
        severity: text("severity").unwrap(),
        trips: text("trips"),
        silent: text("silent"),
        found: text("found").unwrap(),
        line,
        documents,
    };
    assert_eq!(defects, [], "{}", case.code);
    case
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/soundness");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| case(path)).collect()
}

impl Case {
    /// Returns true if a line of the messages is the one that the case expects at this place.
    fn is_in(&self, ran: &Ran, place: &str) -> bool {
        let what = format!(": {} {}: ", self.severity, self.code);
        ran.stderr.lines().any(|line| line.contains(place) && line.contains(&what) && line.contains(&self.found))
    }

    /// Checks a dossier, with the documents of the case if it has any.
    fn check(&self, dossier: &Path, args: &[&str]) -> Ran {
        let Some(documents) = &self.documents else { return annals_on(dossier, &[&["check"], args].concat()) };
        let documents: Vec<(&str, &str)> = documents.iter().map(|(name, text)| (&**name, &**text)).collect();
        let sources = folder(&documents);
        annals_on(dossier, &[&["--sources", sources.path().to_str().unwrap(), "check"], args].concat())
    }

    /// Returns true if the fault in a dossier is found at a place, with the exit codes of its severity.
    fn is_found(&self, dossier: &Path, place: &str) -> bool {
        let [plain, strict, with_notes] = [&[][..], &["--strict"], &["--notes"]].map(|args| self.check(dossier, args));
        match &*self.severity {
            "error" => [&plain, &strict, &with_notes].iter().all(|ran| self.is_in(ran, place) && ran.code == Some(2)),
            "warning" => {
                let codes = [plain.code, strict.code, with_notes.code];
                [&plain, &strict, &with_notes].iter().all(|ran| self.is_in(ran, place))
                    && codes == [Some(0), Some(2), Some(0)]
            }
            _ => {
                let is_quiet = !self.is_in(&plain, place) && plain.code == Some(0);
                is_quiet && self.is_in(&with_notes, place) && with_notes.code == Some(0)
            }
        }
    }

    /// Returns true if a dossier is loaded, and this code is not found in it.
    fn is_silent(&self, dossier: &Path) -> bool {
        let ran = self.check(dossier, &["--notes"]);
        ran.code == Some(0) && !ran.stderr.contains(&format!(" {}: ", self.code))
    }

    /// Returns true if the fault of a case in one file is found where it stands, and its neighbour has none.
    fn holds(&self) -> bool {
        let (Some(trips), Some(silent), Some(line)) = (&self.trips, &self.silent, &self.line) else { return false };
        let [trips, silent] = [trips, silent].map(|text| folder(&[("dossier.toml", text)]));
        self.is_found(trips.path(), &format!("dossier.toml:{line}:")) && self.is_silent(silent.path())
    }
}

/// Returns true if a fault is found where it stands, with its severity and exit codes, and its neighbour is silent.
fn holds(case: &Case) -> bool {
    case.holds() || OF_FILES.contains(&case.code.as_str())
}

#[test]
fn every_fault_that_can_be_authored_is_found_where_it_stands() {
    let cases = cases();
    let missing: BTreeSet<&str> = cases.iter().filter(|case| !holds(case)).map(|case| case.code.as_str()).collect();
    assert_eq!(missing, OF_IMPORTS.iter().copied().collect::<BTreeSet<_>>(), "codes whose cases do not hold");
}

#[test]
fn every_code_has_a_case_of_its_severity() {
    let cases = cases();
    let mut cased: Vec<(&str, &str)> = cases.iter().map(|case| (&*case.code, &*case.severity)).collect();
    let mut all: Vec<(&str, &str)> = Code::ALL.iter().map(|code| (code.as_str(), code.severity().as_str())).collect();
    cased.sort_unstable();
    all.sort_unstable();
    assert_eq!(cased, all);
    for case in &cases {
        let ran = annals(&["explain", &case.code]);
        let head = format!("{} ({}): ", case.code, case.severity);
        assert!(ran.code == Some(0) && ran.stdout.starts_with(&head), "{}: {}", case.code, ran.stdout);
    }
}

/// Asserts that a fault of files is found at a place below the folder of the dossier, and not in its neighbour.
#[track_caller]
fn assert_of_files(code: &str, dossier: &Path, place: &str, silent: &Path) {
    assert!(OF_FILES.contains(&code));
    let cases = cases();
    let case = cases.iter().find(|case| case.code == code).unwrap();
    assert!(case.is_found(dossier, place), "{code}: {}", annals_on(dossier, &["check"]).stderr);
    assert!(case.is_silent(silent), "{code}: {}", annals_on(silent, &["check"]).stderr);
}

#[test]
fn a_file_in_another_encoding_is_an_error_at_its_first_wrong_byte() {
    let cases = cases();
    let text = cases.iter().find(|case| case.code == "encoding").unwrap().silent.clone().unwrap();
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let (bad, good) = (folder(&[]), folder(&[("dossier.toml", &text)]));
    fs::write(bad.path().join("dossier.toml"), latin).unwrap();
    assert_of_files("encoding", bad.path(), "dossier.toml:13:12:", good.path());
}

#[test]
fn a_file_that_is_too_deep_is_an_error_of_its_folder() {
    let good = folder(&[("dossier.toml", SOUND), ("a/b/c/d/extra.toml", "")]);
    for path in ["a/b/c/d/e/extra.toml", "a/b/c/d/e/f/g/extra.toml"] {
        let bad = folder(&[("dossier.toml", SOUND), (path, "")]);
        assert_of_files("too-deep", bad.path(), "/a/b/c/d/e:", good.path());
    }
    let other = folder(&[("dossier.toml", SOUND), ("a/b/c/d/e/notes.txt", ""), ("a/b/c/d/e/.x.toml", "")]);
    assert_eq!(annals_on(other.path(), &["check"]).code, Some(0));
}

#[test]
fn a_name_that_is_nearly_that_of_a_toml_file_is_a_warning() {
    let good =
        folder(&[("dossier.toml", SOUND), ("extra.toml", ""), ("notes.txt", ""), (".x.TOML", ""), ("x.toml~", "")]);
    let named = SOUND.replace("key = \"L\"", "key = \"L\"\nfile = \"extra.TOML\"");
    let cited = folder(&[("dossier.toml", &named), ("extra.TOML", "")]);
    assert!(!annals_on(cited.path(), &["check"]).stderr.contains("odd-extension"), "a document has any name");
    let bad = folder(&[("dossier.toml", SOUND), ("extra.TOML", "")]);
    assert_of_files("odd-extension", bad.path(), "/extra.TOML:", good.path());
    for name in ["extra.tml", "extra.toml.txt"] {
        let bad = folder(&[("dossier.toml", SOUND), (name, "")]);
        let ran = annals_on(bad.path(), &["check"]);
        assert!(ran.code == Some(0) && ran.stderr.contains(": warning odd-extension: "), "{name}: {}", ran.stderr);
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_the_dossier() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("extra.toml", ""), ("claims/extra.toml", "")]);
    let good = folder(&[("dossier.toml", SOUND), ("extra.toml", ""), ("claims/extra.toml", "")]);

    let bad = folder(&[("dossier.toml", SOUND)]);
    symlink(outside.path().join("claims"), bad.path().join("claims")).unwrap();
    assert_of_files("linked-folder", bad.path(), "/claims:", good.path());

    for target in [
        outside.path().join("extra.toml"),
        Path::new("../").join(outside.path().file_name().unwrap()).join("extra.toml"),
    ] {
        let bad = folder(&[("dossier.toml", SOUND)]);
        symlink(target, bad.path().join("extra.toml")).unwrap();
        assert_of_files("outside-folder", bad.path(), "/extra.toml:", good.path());
    }
    let inside = folder(&[("dossier.toml", SOUND), (".kept/extra.toml", "")]);
    symlink(".kept/extra.toml", inside.path().join("extra.toml")).unwrap();
    assert_eq!(annals_on(inside.path(), &["check"]).code, Some(0), "a link inside of the folder is a file of it");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    use std::os::unix::fs::symlink;
    let good = folder(&[("dossier.toml", SOUND), ("extra.toml", "")]);
    // A link to nowhere cannot be read by any user.
    let bad = folder(&[("dossier.toml", SOUND)]);
    symlink("nowhere", bad.path().join("extra.toml")).unwrap();
    assert_of_files("unreadable", bad.path(), "/extra.toml:", good.path());
    let pipe = folder(&[("dossier.toml", SOUND)]);
    let made = std::process::Command::new("mkfifo").arg(pipe.path().join("extra.toml")).status();
    if made.is_ok_and(|status| status.success()) {
        assert_of_files("unreadable", pipe.path(), "/extra.toml:", good.path());
    }
}

/// Returns the severity of a code in the output of a check in JSON.
fn codes_of(dossier: &Path, args: &[&str]) -> Vec<(String, String)> {
    let ran = annals_on(dossier, args);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let defects = report["defects"].as_array().unwrap();
    let text = |defect: &serde_json::Value, key: &str| defect[key].as_str().unwrap().to_owned();
    defects.iter().map(|defect| (text(defect, "severity"), text(defect, "code"))).collect()
}

#[test]
fn an_allowed_code_is_silent_in_its_table_and_a_wrong_one_is_an_error() {
    let twice = format!("{SOUND}[[claim]]\nof = \"item/swift\"\nat = \"lead / p1 s1\"\ntype = \"ferry\"\n");
    let said = |text: &str| annals_on(folder(&[("dossier.toml", text)]).path(), &["check"]);
    assert!(said(&twice).stderr.contains("dossier.toml:18:8: warning duplicate-claim: "));
    let allow = "allow = [\"duplicate-claim\"]\n";
    assert_eq!(said(&format!("{twice}{allow}")).stderr, "");
    assert_eq!(said(&twice.replace("format = 2\n", &format!("format = 2\n{allow}"))).stderr, "");
    let value = twice.replace(
        "s1\"\ntype = \"ferry\"\n[[claim]]",
        "s1\"\ntype = { value = \"ferry\", allow = \"duplicate-claim\" }\n[[claim]]",
    );
    assert!(said(&value).stderr.contains("duplicate-claim"), "the second is reported, not the first");
    let ran = said(&format!("{SOUND}allow = [\"orphn\"]\n"));
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("dossier.toml:15:10: error unknown-word: unknown code \"orphn\"; did you mean \"orphan\"?"),
        "{}",
        ran.stderr
    );
    let ran = said(&format!("{SOUND}allow = [\"unknown-key\"]\nlabl = \"x\"\n"));
    assert!(
        ran.stderr.contains(" error unknown-key: ") && ran.stderr.contains("error wrong-value: \"unknown-key\""),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_is_unsound_by_content_is_not_loaded() {
    let ida = "[[person]]\nid = \"ida\"\nlabel = \"Ida\"\n";
    let dir = folder(&[("dossier.toml", &format!("{SOUND}{ida}"))]);
    let ran = annals_on(dir.path(), &["check"]);
    assert_eq!((ran.code, &*ran.stdout), (Some(2), ""));
    assert!(ran.stderr.contains("error no-evidence: "), "{}", ran.stderr);
    assert_eq!(ran.stderr.lines().last(), Some("annals: 1 defect; nothing was loaded"), "{}", ran.stderr);
    let listed = annals_on(dir.path(), &["list", "person"]);
    assert_eq!((listed.code, &*listed.stdout, &*listed.stderr), (Some(2), "", &*ran.stderr));

    // Allowed at its place, it is no error.
    let dir = folder(&[("dossier.toml", &format!("{SOUND}{ida}allow = [\"no-evidence\"]\n"))]);
    let listed = annals_on(dir.path(), &["list", "person"]);
    assert_eq!((listed.code, &*listed.stderr), (Some(0), ""));
    assert!(listed.stdout.contains("Ida"), "{}", listed.stdout);
}

#[test]
fn a_folder_of_format_1_opens_with_errors_of_content() {
    let dir = folder(&[("dossier.toml", "[[person]]\nid = \"ida\"\nlabel = \"Ida\"\n")]);
    let ran = annals_on(dir.path(), &["check"]);
    assert_eq!((ran.code, &*ran.stdout), (Some(2), ""));
    let last = ran.stderr.lines().last();
    assert_eq!(last, Some("annals: 1 error; other commands show the dossier as it stands"), "{}", ran.stderr);
    let ran = annals_on(dir.path(), &["list", "person"]);
    assert_eq!((ran.code, &*ran.stderr), (Some(0), ""));
    assert!(ran.stdout.contains("Ida"), "{}", ran.stdout);
}

#[test]
fn json_and_github_name_the_same_defects_with_both_places() {
    let twice = format!("{SOUND}[[claim]]\nof = \"item/swift\"\nat = \"lead / p1 s1\"\ntype = \"ferry\"\n");
    let bad = folder(&[("dossier.toml", &twice)]);
    let ran = annals_on(bad.path(), &["check", "--format", "json"]);
    assert_eq!((ran.code, &*ran.stderr), (Some(0), ""));
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report["sound"], true);
    let defect = &report["defects"][0];
    assert_eq!(
        (&defect["code"], &defect["severity"], &defect["line"], &defect["column"]),
        (&"duplicate-claim".into(), &"warning".into(), &18.into(), &8.into())
    );
    assert_eq!((&defect["second"]["line"], &defect["second"]["column"]), (&14.into(), &8.into()));
    let ran = annals_on(bad.path(), &["check", "--format", "github", "--strict"]);
    assert_eq!(ran.code, Some(2));
    let file = bad.path().join("dossier.toml");
    let head = format!("::warning file={},line=18,col=8,title=duplicate-claim::", file.to_string_lossy());
    assert!(ran.stdout.starts_with(&head), "{}", ran.stdout);
    let broken = folder(&[("dossier.toml", &format!("{SOUND}labl = \"x\"\n"))]);
    let expected = ("error".to_owned(), "unknown-key".to_owned());
    assert_eq!(codes_of(broken.path(), &["check", "--format", "json"]), [expected]);
    let ran = annals_on(broken.path(), &["check", "--format", "github"]);
    assert!(ran.code == Some(2) && ran.stdout.contains("::error file=") && ran.stderr.is_empty(), "{}", ran.stdout);
}

#[test]
fn claims_that_no_current_review_confirms_are_listed_with_the_state_of_the_latest() {
    let swift = SOUND.replace("type = \"ferry\"", "type = { value = \"ferry\", id = \"k7f3\" }");
    let swift = format!("{swift}description = \"of wood\"\n");
    let listed = |reviews: &str| {
        let folder = folder(&[("dossier.toml", &format!("{swift}{reviews}"))]);
        let ran = annals_on(folder.path(), &["check", "--reviewed"]);
        assert_eq!((ran.code, &*ran.stderr), (Some(0), ""));
        let from = ran.stdout.find("No current review").unwrap();
        ran.stdout[from..].replace(&*folder.path().to_string_lossy(), "DIR")
    };
    let review = |verdict: &str, on: &str, seen: &str| {
        format!("[[review]]\nclaim = \"k7f3\"\nby = \"Eve\"\non = \"{on}\"\nverdict = \"{verdict}\"\n{seen}")
    };
    let none = listed("");
    assert!(none.starts_with("No current review confirms 2 of 2 claims\n"), "{none}");
    assert!(none.contains("  DIR/dossier.toml:14:8: item/swift type #k7f3: not reviewed\n"), "{none}");
    assert!(none.contains("  DIR/dossier.toml:15:15: item/swift description #~"), "{none}");
    let confirmed = review("confirmed", "2020-06-01", "");
    let one = listed(&confirmed);
    assert!(one.starts_with("No current review confirms 1 of 2 claims\n") && !one.contains("k7f3"), "{one}");
    for (later, state) in [
        (review("disputed", "2021-06-01", ""), "disputed"),
        (review("question", "2021-06-01", ""), "in question"),
        (review("confirmed", "2021-06-01", "seen = \"~aaaaaaaa\"\n"), "changed since its review"),
    ] {
        let text = listed(&format!("{confirmed}{later}"));
        assert!(text.contains(&format!("item/swift type #k7f3: {state}\n")), "{text}");
    }
    let gone = format!("{swift}{confirmed}{}", confirmed.replace("k7f3", "~bbbbbbbb"));
    let gone = folder(&[("dossier.toml", &gone)]);
    let ran = annals_on(gone.path(), &["check", "--reviewed"]);
    assert!(ran.stdout.contains("No current review confirms 1 of 2 claims\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("dossier.toml:22:9: #~bbbbbbbb: reviewed, and gone since\n"), "{}", ran.stdout);
    let folder = folder(&[("dossier.toml", &format!("{swift}{confirmed}"))]);
    let report = annals_on(folder.path(), &["check", "--reviewed", "--format", "json"]).stdout;
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let claims = report["unconfirmed"].as_array().unwrap();
    assert_eq!((claims.len(), &claims[0]["property"]), (1, &"description".into()));
    assert_eq!((&claims[0]["review"], &claims[0]["line"]), (&"none".into(), &15.into()));
    let report = annals_on(folder.path(), &["check", "--format", "json"]).stdout;
    assert!(!report.contains("unconfirmed"), "{report}");
}

#[test]
fn a_document_that_is_refused_leaves_the_others_to_be_checked() {
    let news = "[[source]]\nid = \"news\"\nkey = \"N\"\ntitle = \"News\"\nfile = \"FILE\"\n";
    let text =
        SOUND.replace("title = \"The ferry log\"\n", "title = \"The ferry log\"\nfile = \"sub/log.txt\"\n") + news;
    let held = |file: &str| {
        let dossier = folder(&[("dossier.toml", &text.replace("FILE", file))]);
        let sub = dossier.path().join("docs/sub");
        fs::create_dir_all(&sub).unwrap();
        fs::write(sub.join("log.txt"), "The Swift is a ferry.\n").unwrap();
        fs::write(dossier.path().join("out.txt"), "The News.\n").unwrap();
        let docs = dossier.path().join("docs");
        annals_on(dossier.path(), &["check", "--sources", &docs.to_string_lossy()])
    };
    let refused = held("sub");
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.stderr.contains("dossier.toml:20:8: error unreadable: \"sub\" is not a regular file"),
        "{}",
        refused.stderr
    );
    assert!(refused.stdout.contains("L  log: never pinned; 1 not pinned"), "{}", refused.stdout);
    let outside = held("../out.txt");
    assert_eq!(outside.code, Some(0), "{}", outside.stderr);
    assert!(
        outside.stdout.contains("document/news is read from outside the folder of documents: "),
        "{}",
        outside.stdout
    );
}

#[test]
fn what_is_declared_twice_is_told_with_both_places() {
    let claims = "type = [{ value = \"a\", id = \"k7f3\" },\n{ value = \"b\", id = \"k7f3\" }]\n";
    for (more, said, second) in [
        ("[[item]]\nid = \"swift\"\nlabel = \"S\"\n", ":15:1: error duplicate-id: ", "dossier.toml:10:1)"),
        ("[[source]]\nid = \"log\"\nkey = \"M\"\ntitle = \"M\"\n", ":15:1: error duplicate-id: ", "dossier.toml:6:1)"),
        ("[[source]]\nid = \"m\"\nkey = \"L\"\ntitle = \"M\"\n", ":15:1: error duplicate-key: ", "dossier.toml:6:1)"),
        (claims, ":15:21: error duplicate-id: ", "dossier.toml:14:29)"),
    ] {
        let sound = if more == claims { SOUND.replace("type = \"ferry\"\n", "") } else { SOUND.to_owned() };
        let ran = annals_on(folder(&[("dossier.toml", &format!("{sound}{more}"))]).path(), &["check"]);
        let line = ran.stderr.lines().find(|line| line.contains(said));
        assert!(line.is_some_and(|line| line.ends_with(second)), "{second} {}", ran.stderr);
    }
}

#[test]
fn of_a_code_a_thousand_are_shown_and_the_others_counted() {
    let again = "[[claim]]\nof = \"item/swift\"\nat = \"lead / p1 s1\"\ntype = \"ferry\"\n".repeat(1_003);
    let bad = folder(&[("dossier.toml", &format!("{SOUND}{again}"))]);
    let ran = annals_on(bad.path(), &["check"]);
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(lines.len(), 1_001);
    assert!(lines[999].contains(":4014:8: warning duplicate-claim: "), "sorted by line: {}", lines[999]);
    assert_eq!(lines[1_000], "annals: 3 more of duplicate-claim are not shown");
    assert!(ran.stdout.starts_with("Sound: 2 entities, 1 claims; 1003 warnings\n"), "{}", ran.stdout);
}
