//! `annals pin`: a file for each document, what happens to older files, and digests that are keyed or left out.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::support::program::{Ran, finish, folder, program};

const SOURCES: &str = "[dossier]\nkey = \"k\"\ntitle = \"T\"\n\
    [[source]]\nid = \"report\"\nkey = \"R\"\ntitle = \"A report\"\nfile = \"report.txt\"\n\
    [[source]]\nid = \"letter\"\nkey = \"L\"\ntitle = \"A letter\"\nfile = \"letter.txt\"\n";

const CLAIMS: &str = "[[institution]]\nid = \"house\"\nlabel = \"House\"\n\
    beds = { value = 4, at = [\"R: lead / p1 s1\", \"L: lead / p1 s1\"] }\n";

const REPORT: &str = "The house has four beds.\n";
const LETTER: &str = "There are four beds in our house.\n";

/// Returns a dossier with two documents, ready to be pinned.
fn pinnable() -> tempfile::TempDir {
    folder(&[
        ("dossier.toml", SOURCES),
        ("claims.toml", CLAIMS),
        ("documents/report.txt", REPORT),
        ("documents/letter.txt", LETTER),
    ])
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = program();
    command.arg("--dossier").arg(folder).arg("--sources").arg(folder.join("documents")).args(arguments);
    finish(command)
}

/// Runs a command that has to succeed; returns what it printed, with the folder as `DIR`.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let ran = run(folder, arguments);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    ran.stdout.replace(folder.to_str().unwrap(), "DIR")
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn each_document_has_a_file_of_its_own_and_only_changed_files_are_written() {
    let dir = pinnable();
    let dir = dir.path();
    assert_eq!(said(dir, &["pin"]), "Pinned 2 places of 2 documents in DIR/pins: 2 files written, 0 unchanged\n");
    let (report, letter) = (read(dir, "pins/report.toml"), read(dir, "pins/letter.toml"));
    assert!(report.contains("[pins.report]") && !report.contains("letter"));
    assert!(letter.contains("[pins.letter]") && !letter.contains("report"));
    assert!(said(dir, &["check"]).contains("Held against the documents"));

    let modified = || fs::metadata(dir.join("pins/letter.toml")).unwrap().modified().unwrap();
    let before = modified();
    fs::write(dir.join("documents/report.txt"), format!("A new line.\n{REPORT}")).unwrap();
    fs::write(dir.join("claims.toml"), CLAIMS.replace("R: lead / p1", "R: lead / p2")).unwrap();
    assert_eq!(said(dir, &["pin"]), "Pinned 2 places of 2 documents in DIR/pins: 1 file written, 1 unchanged\n");
    assert_ne!(read(dir, "pins/report.toml"), report);
    assert_eq!((read(dir, "pins/letter.toml"), modified()), (letter, before));
}

#[test]
fn the_former_file_still_opens_and_moves_with_the_next_pin() {
    let dir = pinnable();
    let dir = dir.path();
    let former = said(dir, &["pin", "--dry-run"]);
    assert!(former.contains("[pins.report]") && former.contains("[pins.letter]"));
    assert!(!dir.join("pins").exists(), "a dry run writes nothing");
    fs::write(dir.join("pins.toml"), &former).unwrap();
    let checked = said(dir, &["check"]);
    assert!(checked.contains("R  report: the text that was pinned; 1 exact"), "{checked}");

    let moved = "Removed DIR/pins.toml: each document has its pins in pins/ now\n\
        Pinned 2 places of 2 documents in DIR/pins: 2 files written, 0 unchanged\n";
    assert_eq!(said(dir, &["pin"]), moved);
    assert!(!dir.join("pins.toml").exists());
    assert_eq!(said(dir, &["check"]), checked);

    // A merge may bring the former file back: nothing says which of the two is right.
    fs::write(dir.join("pins.toml"), &former).unwrap();
    let both = run(dir, &["check"]);
    assert_eq!(both.code, Some(2));
    let refused = "pins/report.toml:6:1: error duplicate-key: pins of \"report\" a second time; run annals pin again (";
    let line = both.stderr.lines().find(|line| line.contains(refused)).unwrap_or_default();
    assert!(line.ends_with("/pins.toml:14:1)"), "{}", both.stderr);
    said(dir, &["pin"]);
    assert_eq!(said(dir, &["check"]), checked);
}

#[test]
fn the_pins_of_a_document_that_is_no_longer_declared_go_with_a_message() {
    let dir = pinnable();
    let dir = dir.path();
    said(dir, &["pin"]);
    fs::write(dir.join("dossier.toml"), SOURCES.split("[[source]]\nid = \"letter\"").next().unwrap()).unwrap();
    fs::write(dir.join("claims.toml"), CLAIMS.replace(", \"L: lead / p1 s1\"", "")).unwrap();
    let expected = "Removed DIR/pins/letter.toml: no document \"letter\" has a file\n\
        Pinned 1 places of 1 documents in DIR/pins: 0 files written, 1 unchanged\n";
    assert_eq!(said(dir, &["pin"]), expected);
    assert!(!dir.join("pins/letter.toml").exists());
}

#[test]
fn a_file_that_a_person_wrote_is_not_taken_for_pins() {
    let dir = pinnable();
    let dir = dir.path();
    let own = "[[item]]\nid = \"pin\"\nlabel = \"A pin\"\nat = \"R: lead / p1 s1\"\n";
    fs::write(dir.join("pins.toml"), own).unwrap();
    let ran = run(dir, &["pin"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("pins.toml: error unknown-key: \"item\" among pins; move it"), "{}", ran.stderr);
    assert_eq!(read(dir, "pins.toml"), own);
    assert!(!dir.join("pins").exists());
}

const KEYED: &str = "title = \"T\"\ndigests = \"keyed\"\n";

/// Returns the dossier with keyed digests, and what its first `annals pin` printed.
fn keyed() -> (tempfile::TempDir, String) {
    let dir = pinnable();
    fs::write(dir.path().join("dossier.toml"), SOURCES.replacen("title = \"T\"\n", KEYED, 1)).unwrap();
    let printed = said(dir.path(), &["pin"]);
    (dir, printed)
}

fn key(dir: &Path) -> String {
    let key = read(dir, "pins/key");
    assert_eq!((key.len(), key.trim_end().len()), (65, 64));
    key.trim_end().to_owned()
}

/// Returns every file below a folder with its content.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let content = fs::read(&path).unwrap();
            found.push((path, content));
        }
    }
    found
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from_digit(digit.into(), 16).unwrap()).collect()
}

fn bytes(digits: &str) -> Vec<u8> {
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn plain(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

/// HMAC as RFC 2104 spells it out.
fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let pad = |with: u8| -> Vec<u8> { (0..64).map(|at| key.get(at).copied().unwrap_or(0) ^ with).collect() };
    let inner = Sha256::digest([pad(0x36), text.as_bytes().to_vec()].concat());
    Sha256::digest([pad(0x5c), inner.to_vec()].concat()).to_vec()
}

#[test]
fn keyed_pins_are_hmacs_with_the_key() {
    let (dir, printed) = keyed();
    let dir = dir.path();
    let expected = "Made DIR/pins/key: keep a copy; .gitignore leaves it out\n\
        Pinned 2 places of 2 documents in DIR/pins: 2 files written, 0 unchanged\n";
    assert_eq!(printed, expected);
    assert_eq!(read(dir, ".gitignore"), "pins/key\n");
    let key = key(dir);
    let pins = read(dir, "pins/report.toml");
    let digest = |text| format!("\"{}\"", hex(&hmac(&bytes(&key), text)));
    assert!(pins.contains("splitter = 1\ndigest = \"hmac-sha256\"\n"), "{pins}");
    assert!(pins.contains(&format!("sha256 = {}", digest(REPORT))), "{pins}");
    assert!(pins.contains(&format!("24, {}]", digest("The house has four beds."))), "{pins}");
    let checked = said(dir, &["check"]);
    assert!(checked.contains("R  report: the text that was pinned; 1 exact"), "{checked}");

    // The key stays, and so do the pins.
    let again = "Pinned 2 places of 2 documents in DIR/pins: 0 files written, 2 unchanged\n";
    assert_eq!(said(dir, &["pin"]), again);
    assert_eq!((self::key(dir), read(dir, ".gitignore")), (key, "pins/key\n".into()));

    fs::write(dir.join("documents/report.txt"), REPORT.replace("four", "five")).unwrap();
    let changed = run(dir, &["check"]);
    assert_eq!(changed.code, Some(0));
    assert!(changed.stderr.contains(": warning missing-words: the words of lead / p1"), "{}", changed.stderr);
    assert_eq!(run(dir, &["check", "--strict"]).code, Some(2));
    assert!(changed.stdout.contains("report: another text than was pinned; 1 missing"), "{}", changed.stdout);
    assert!(changed.stdout.contains("letter: the text that was pinned; 1 exact"), "{}", changed.stdout);
}

#[test]
fn neither_the_folder_nor_an_export_tells_a_passage_or_the_key() {
    let (dir, printed) = keyed();
    let dir = dir.path();
    let exports = tempfile::tempdir().unwrap();
    for (format, name) in [("sqlite", "d.db"), ("json", "d.json"), ("jsonl", "d.jsonl"), ("csv", "d.csv")] {
        let path = exports.path().join(name);
        said(dir, &["export", "--format", format, path.to_str().unwrap()]);
    }
    let key = key(dir);
    let digests = [REPORT, LETTER, REPORT.trim_end(), LETTER.trim_end()].map(plain);
    let secrets: Vec<Vec<u8>> = digests.into_iter().chain([bytes(&key)]).collect();
    let holds = |content: &[u8], secret: &[u8]| {
        let digits = hex(secret).into_bytes();
        [secret, &digits].iter().any(|wanted| content.windows(wanted.len()).any(|window| window == *wanted))
    };
    let mut read = 0;
    let texts = [printed, said(dir, &["check"]), said(dir, &["check", "--format", "json"])];
    let texts = texts.into_iter().map(|text| (PathBuf::from("output"), text.into_bytes()));
    for (path, content) in files(dir).into_iter().chain(files(exports.path())).chain(texts) {
        if path.ends_with("pins/key") {
            assert!(holds(&content, &secrets[4]), "the search finds what is there");
            continue;
        }
        assert!(!secrets.iter().any(|secret| holds(&content, secret)), "{}", path.display());
        read += 1;
    }
    // Two authored files, two documents, two files of pins, .gitignore, four exports, three outputs.
    assert_eq!(read, 14);
    // The search would find plain digests.
    fs::write(dir.join("dossier.toml"), SOURCES).unwrap();
    said(dir, &["pin"]);
    let pins = fs::read(dir.join("pins/report.toml")).unwrap();
    assert!(holds(&pins, &secrets[0]) && holds(&pins, &secrets[2]));
}

#[test]
fn without_the_key_each_pin_is_said_to_be_unverified_and_nothing_changed() {
    let (dir, _) = keyed();
    let dir = dir.path();
    fs::remove_file(dir.join("pins/key")).unwrap();
    let ran = run(dir, &["check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), ""));
    assert!(ran.stdout.contains("  the pins are keyed, and there is no key pins/key\n"), "{}", ran.stdout);
    assert_eq!(ran.stdout.matches(": cannot be verified: no key pins/key\n").count(), 2, "{}", ran.stdout);
    assert!(ran.stdout.contains("R  report: cannot be verified; 1 not verified\n"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("another text") && !ran.stdout.contains("missing"), "{}", ran.stdout);
    let report = run(dir, &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&report.stdout).unwrap();
    assert_eq!(report["sound"], false);
    assert_eq!(report["documents"][0]["text"], "unverified");
    assert_eq!(report["documents"][0]["places"][0]["state"], "unverified");
    assert!(run(dir, &["pin", "--dry-run"]).stderr.contains("pins/key: no key; expected one"));

    // With another key, no pin fits.
    fs::write(dir.join("pins/key"), "0".repeat(64)).unwrap();
    let ran = run(dir, &["check"]);
    assert!(ran.stdout.contains("no digest fits: pins/key may be another key"), "{}", ran.stdout);

    // What is no key is neither used nor replaced, and not repeated.
    fs::write(dir.join("pins/key"), "my secret").unwrap();
    for command in ["pin", "check"] {
        let ran = run(dir, &[command]);
        assert_eq!(ran.code, Some(2));
        assert!(
            ran.stderr.contains("pins/key: error wrong-value: not a key; expected 64 hexadecimal digits"),
            "{}",
            ran.stderr
        );
        assert!(!ran.stderr.contains("secret") && !ran.stdout.contains("secret"));
    }
    assert_eq!(read(dir, "pins/key"), "my secret");
}

#[test]
fn a_database_of_keyed_pins_says_that_they_are_keyed() {
    let (dir, _) = keyed();
    let dir = dir.path();
    let file = dir.join("d.db");
    said(dir, &["export", "--format", "sqlite", file.to_str().unwrap()]);
    let mut command = program();
    command.arg("--dossier").arg(&file).arg("--sources").arg(dir.join("documents")).arg("check");
    let ran = finish(command);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), ""));
    let expected = "the pins are keyed, and only the folder of the dossier has their key, pins/key\n";
    assert!(ran.stdout.contains(expected), "{}", ran.stdout);
    assert_eq!(ran.stdout.matches(": cannot be verified").count(), 4, "{}", ran.stdout);

    let bundle: Value = serde_json::from_str(&said(dir, &["export", "--format", "json"])).unwrap();
    assert_eq!(bundle["dossier"]["digests"], "keyed");
}

#[test]
fn plain_and_keyed_pins_are_not_taken_for_each_other_and_pinning_changes_them() {
    let (dir, _) = keyed();
    let dir = dir.path();
    let secret = read(dir, "pins/report.toml");
    let key = key(dir);
    fs::write(dir.join("dossier.toml"), SOURCES).unwrap();
    let ran = run(dir, &["check"]);
    assert_eq!(ran.code, Some(2));
    let expected = "pins with keyed digests, where [dossier] digests is \"plain\"; run annals pin again";
    assert_eq!(ran.stderr.matches(expected).count(), 2, "{}", ran.stderr);
    let written = "Pinned 2 places of 2 documents in DIR/pins: 2 files written, 0 unchanged\n";
    assert_eq!(said(dir, &["pin"]), written);
    assert!(!read(dir, "pins/report.toml").contains("hmac") && said(dir, &["check"]).contains("1 exact"));

    fs::write(dir.join("dossier.toml"), SOURCES.replacen("title = \"T\"\n", KEYED, 1)).unwrap();
    assert!(run(dir, &["check"]).stderr.contains("pins with plain digests, where [dossier] digests is \"keyed\""));
    assert_eq!(said(dir, &["pin"]), written, "the key is still there");
    assert_eq!((read(dir, "pins/report.toml"), self::key(dir)), (secret, key));
}

#[test]
fn an_export_without_digests_has_none_in_any_format() {
    let dir = pinnable();
    let dir = dir.path();
    said(dir, &["pin"]);
    let digests = [REPORT, LETTER, REPORT.trim_end(), LETTER.trim_end()].map(|text| hex(&plain(text)));
    let export = |format: &str, more: &[&str]| {
        let path = dir.join(format!("out.{format}"));
        said(dir, &[&["export", "--format", format, path.to_str().unwrap()], more].concat());
        String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()
    };
    for (format, count) in [("sqlite", 4), ("json", 4), ("jsonl", 4), ("csv", 0)] {
        let held = |content: &str| digests.iter().filter(|digest| content.contains(*digest)).count();
        assert_eq!(held(&export(format, &[])), count, "{format}");
        let bare = export(format, &["--no-digests"]);
        assert_eq!(held(&bare), 0, "{format}");
        assert!(!bare.contains("\"sha256\":"), "{format}");
    }
    // JSON has lines and lengths without digests; SQLite has whole pins or none.
    let bundle: Value = serde_json::from_str(&export("json", &["--no-digests"])).unwrap();
    let documents = bundle["entities"].as_array().unwrap().iter().filter(|entity| entity["kind"] == "document");
    let lengths: Vec<_> = documents.map(|document| document["length"].as_u64()).collect();
    assert_eq!(lengths, [Some(LETTER.len() as u64), Some(REPORT.len() as u64)]);
    export("sqlite", &["--no-digests"]);
    let mut command = program();
    command.arg("--dossier").arg(dir.join("out.sqlite")).arg("--sources").arg(dir.join("documents")).arg("check");
    let ran = finish(command);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stdout.contains("R  report: never pinned; 1 not pinned"), "{}", ran.stdout);
}

#[cfg(unix)]
#[test]
fn a_key_that_others_may_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt as _;
    let (dir, _) = keyed();
    let dir = dir.path();
    let path = dir.join("pins/key");
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    for command in ["pin", "check"] {
        let ran = run(dir, &[command]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let warning = "pins/key: warning: others than its owner may read the key (mode 644); expected mode 600\n";
        assert!(ran.stderr.ends_with(warning), "{}", ran.stderr);
    }
    assert_eq!(mode(), 0o644, "what a user set is left to the user");
}

#[cfg(unix)]
#[test]
fn a_key_is_not_written_through_a_link() {
    use std::os::unix::fs::symlink;
    let dir = pinnable();
    let dir = dir.path();
    fs::write(dir.join("dossier.toml"), SOURCES.replacen("title = \"T\"\n", KEYED, 1)).unwrap();
    fs::create_dir(dir.join("pins")).unwrap();
    let victim = dir.join("victim");
    symlink(&victim, dir.join("pins/key")).unwrap();
    let ran = run(dir, &["pin"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("pins/key: error outside-folder: a symbolic link; expected the key itself"),
        "{}",
        ran.stderr
    );
    assert!(!victim.exists() && !dir.join("pins/report.toml").exists());

    fs::remove_file(dir.join("pins/key")).unwrap();
    symlink(&victim, dir.join(".gitignore")).unwrap();
    let ran = run(dir, &["pin"]);
    assert!(ran.stderr.contains("/.gitignore: is a symbolic link; nothing was written"), "{}", ran.stderr);
    assert!(!victim.exists() && !dir.join("pins/key").exists());
}
