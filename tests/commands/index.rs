//! `annals index`: the index beside a dossier, and dossiers that cannot have one.

use std::fs;

use crate::support::program::{annals, annals_on};

#[test]
fn an_index_is_written_beside_the_dossier_which_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    assert_eq!(annals(&["export", "--format", "sqlite", path.to_str().unwrap()]).code, Some(0));
    let before = fs::read(&path).unwrap();
    let ran = annals_on(&path, &["index"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let index = folder.path().join("a.db.annals-index");
    assert!(
        ran.stdout.starts_with(&format!("{}: the names of ", index.canonicalize().unwrap().display())),
        "{}",
        ran.stdout
    );
    assert!(fs::metadata(&index).unwrap().len() > 1_000);
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    // The second run replaces whatever is in its place.
    let first = fs::read(&index).unwrap();
    fs::write(&index, "damaged").unwrap();
    assert_eq!(annals_on(&path, &["index"]).code, Some(0));
    assert!(fs::read(&index).unwrap() == first, "the second index differs from the first");
}

#[test]
fn only_one_file_has_an_index() {
    let folder = tempfile::tempdir().unwrap();
    for ran in [annals(&["index"]), annals_on(folder.path(), &["index"])] {
        assert_eq!(ran.code, Some(2));
    }
    let ran = annals(&["index"]);
    assert_eq!(
        ran.stderr,
        "annals: only a dossier in one SQLite file has an index; expected annals --dossier FILE index\n"
    );
}

#[test]
fn a_search_prints_the_same_with_an_index_as_without() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    assert_eq!(annals(&["export", "--format", "sqlite", path.to_str().unwrap()]).code, Some(0));
    let asked = [
        &["find", "ramji"][..],
        &["find", "cadriology", "--format", "json"],
        &["find", "hospital", "--kind", "unit", "--limit", "3"],
        &["find", "director year:2021"],
        &["find", "director zzzzzz"],
        &["find", "zzzzzz"],
        &["find", "yer:2021"],
    ];
    let all = || asked.map(|arguments| annals_on(&path, arguments)).map(|ran| (ran.code, ran.stdout, ran.stderr));
    let without = all();
    assert_eq!(annals_on(&path, &["index"]).code, Some(0));
    for ((with, without), arguments) in all().into_iter().zip(without).zip(asked) {
        assert_eq!(with, without, "{arguments:?}");
    }
}
