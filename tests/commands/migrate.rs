//! `annals migrate` on real folders.

use std::fs;
use std::path::Path;

use crate::support::program::{annals, annals_on, folder};

const FROZEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/tests/v1");

/// Copies the frozen dossier of format 1, and mends what format 2 does not load: two things that are parts of themselves.
fn frozen() -> tempfile::TempDir {
    let folder = faulty();
    let path = folder.path().join("every.toml");
    let text = fs::read_to_string(&path).unwrap();
    let mended = text.replace(", \"facility/clinic\"]\nsite", "]\nsite").replace("within = \"town\"\n", "\n");
    assert_eq!(text.lines().count(), mended.lines().count());
    fs::write(&path, mended).unwrap();
    folder
}

/// Copies the frozen dossier of format 1 as it is.
fn faulty() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(FROZEN).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    folder
}

/// Returns the bytes of all files, by name.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// Returns what a folder says as JSON, with the old name of a property in place of its new one.
fn said(folder: &Path) -> serde_json::Value {
    fn rename(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Array(items) => items.iter_mut().for_each(rename),
            serde_json::Value::Object(fields) => {
                if fields.get("property").is_some_and(|name| name == "covers") {
                    fields.insert("property".into(), "scope".into());
                }
                // Of a claim without an id of its own it follows from the name of the property.
                if fields.get("id").and_then(serde_json::Value::as_str).is_some_and(|id| id.starts_with('~')) {
                    fields.remove("id");
                }
                fields.values_mut().for_each(rename);
            }
            _ => {}
        }
    }
    let ran = annals_on(folder, &["export", "--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let mut value: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    value.as_object_mut().unwrap().remove("vocabulary");
    rename(&mut value);
    value
}

#[test]
fn a_folder_that_format_2_would_not_load_is_left_as_it_is() {
    let folder = faulty();
    let (path, before) = (folder.path().to_str().unwrap(), contents(folder.path()));
    assert_eq!(annals_on(folder.path(), &["list", "place"]).code, Some(0), "it opens");
    let ran = annals(&["migrate", path]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    let said: Vec<&str> = ran.stderr.lines().collect();
    assert!(said[0].ends_with("nothing was written; mend them or allow them first"), "{}", ran.stderr);
    assert!(
        said[1].contains("every.toml:91:45: error self-link: facility/clinic names itself as its parent"),
        "{}",
        ran.stderr
    );
    assert_eq!((said.len(), contents(folder.path())), (3, before));
}

#[test]
fn a_folder_of_format_1_is_brought_over_once() {
    let folder = frozen();
    let path = folder.path().to_str().unwrap();
    let (before, old) = (contents(folder.path()), said(folder.path()));
    let timeline = annals_on(folder.path(), &["timeline"]).stdout;
    let dry = annals(&["migrate", path, "--dry-run"]);
    assert_eq!((dry.code, dry.stderr.as_str()), (Some(0), ""));
    assert_eq!(contents(folder.path()), before, "--dry-run changes nothing");
    let listed: Vec<&str> = dry.stdout.lines().filter(|line| line.contains(" → ")).collect();
    assert!(listed.contains(&&*format!("{path}/every.toml:75: scope → covers")), "{listed:#?}");
    assert!(listed.contains(&&*format!("{path}/dossier.toml:6: (nothing) → format = 2")), "{listed:#?}");
    assert_eq!(dry.stdout.lines().last(), Some(&*format!("{path}: {} places in 3 files to be changed", listed.len())));

    let ran = annals(&["migrate", path]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(ran.stdout, dry.stdout.replace("to be changed", "changed"));
    assert_eq!(said(folder.path()), old);
    assert_eq!(annals_on(folder.path(), &["timeline"]).stdout, timeline);
    let after = contents(folder.path());
    assert_eq!(after.len(), before.len() + 1, "and nothing is left behind");

    let again = annals(&["migrate", path]);
    assert_eq!((again.code, again.stdout), (Some(0), format!("{path}: already format 2\n")));
    assert_eq!(contents(folder.path()), after);
}

#[test]
fn a_newer_format_a_broken_folder_and_a_missing_one_are_refused() {
    let head = |format: &str| {
        format!("[dossier]\nkey = \"k\"\ntitle = \"T\"\n{format}[[person]]\nid = \"a\"\nlabel = \"A\"\n")
    };
    for (text, said) in [
        (head("format = 3\n"), "format 3; this program reads formats 1 to 2; a newer annals reads it"),
        (head("titel = \"T\"\n"), "unknown key \"titel\"; did you mean \"title\"?"),
    ] {
        let folder = folder(&[("d.toml", &text)]);
        let ran = annals(&["migrate", folder.path().to_str().unwrap()]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        assert_eq!(contents(folder.path()), [("d.toml".to_owned(), text.into_bytes())]);
    }
    let ran = annals(&["migrate", "no/such/folder"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.starts_with("annals: no/such/folder: "), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_a_link_leaves_all_files_as_they_were() {
    let folder = frozen();
    let other = tempfile::tempdir().unwrap();
    let (link, file) = (folder.path().join("every.toml"), other.path().join("every.toml"));
    fs::rename(&link, &file).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let before = contents(folder.path());
    let ran = annals(&["migrate", folder.path().to_str().unwrap()]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(
        ran.stderr
            .contains("/every.toml: error outside-folder: a symbolic link to a file outside the folder of the dossier"),
        "{}",
        ran.stderr
    );
    assert_eq!(contents(folder.path()), before);
}
