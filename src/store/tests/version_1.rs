//! A file of version 1, as the last program that wrote such files exported it.
//!
//! Invariant: `v1.sql` and the files in `v1` never change: the two are the same dossier for good.

use super::*;
use crate::formats::author;
use crate::syntax::SourceFile;
use crate::vocabulary::Base;

/// Returns a folder with the file of version 1 in it.
fn version_1() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    Connection::open(&path).unwrap().execute_batch(include_str!("v1.sql")).unwrap();
    (folder, path)
}

/// Returns the dossier of which the file was made.
fn authored() -> Dossier {
    let files = [
        ("dossier.toml", include_str!("v1/dossier.toml")),
        ("claims.toml", include_str!("v1/claims.toml")),
        ("every.toml", include_str!("v1/every.toml")),
        ("pins.toml", include_str!("v1/pins.toml")),
    ];
    let (dossier, defects) = author::load(&files.map(|(name, text)| SourceFile::new(name, text)));
    assert_eq!(defects, []);
    dossier
}

#[test]
fn a_file_of_version_1_reads_as_the_dossier_of_which_it_was_made() {
    let (folder, path) = version_1();
    let before = contents(folder.path());
    let dossier = open(&path).unwrap();
    assert_eq!(contents(folder.path()), before);
    assert_eq!(dossier.vocabulary().base(), Base::V1);
    assert_eq!(dossier, authored());
}

#[test]
fn every_property_of_version_1_has_a_claim_and_every_table_a_row() {
    let (_folder, path) = version_1();
    let dossier = open(&path).unwrap();
    let connection = Connection::open(&path).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    for table in list("SELECT name FROM sqlite_schema WHERE type = 'table'") {
        assert_ne!(list(&format!("SELECT CAST(count(*) AS TEXT) FROM \"{table}\"")), ["0"], "{table}");
    }
    let properties = list("SELECT name FROM property");
    assert_eq!(properties.len(), 94);
    for name in properties {
        let property = dossier.vocabulary().find_property(&name).unwrap();
        assert!(dossier.all_claims().iter().any(|claim| claim.property == property), "{name}");
    }
}

#[test]
fn a_dossier_of_version_1_is_saved_as_version_2_and_stays_the_same() {
    let (folder, path) = version_1();
    let old = fs::read(&path).unwrap();
    let dossier = open(&path).unwrap();
    let new = folder.path().join("new.sqlite");
    save(&dossier, &new).unwrap();
    assert_eq!(fs::read(&new).unwrap()[60..64], [0, 0, 0, 2]);
    assert_eq!(open(&new).unwrap(), dossier);
    assert_eq!(fs::read(&path).unwrap(), old);
}

#[test]
fn tables_and_keys_of_version_2_are_no_part_of_version_1() {
    let (_folder, path) = version_1();
    edit(&path, "CREATE TABLE kind (colour TEXT, shout TEXT AS (upper(colour))); CREATE VIEW measure AS SELECT 1 AS x");
    assert_eq!(open(&path).unwrap(), authored());
    edit(&path, "INSERT INTO dossier VALUES ('vocabulary_base', 'core')");
    let message = refusal(&path).to_string();
    assert!(message.contains("1 problem in this dossier"), "{message}");
    assert!(message.contains("found \"vocabulary_base\", expected one of: key, title,"), "{message}");
    edit(&path, "DELETE FROM dossier WHERE key = 'vocabulary_base'; DROP VIEW chronology; DROP VIEW statement");
    edit(&path, "ALTER TABLE entity RENAME label TO title");
    let message = refusal(&path).to_string();
    assert!(message.contains("found no such column, expected the columns of version 1"), "{message}");
}
