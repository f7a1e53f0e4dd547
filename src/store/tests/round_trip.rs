//! Saved and read back.
//!
//! Invariant: equality is that of whole dossiers, table by table.

use proptest::prelude::*;

use super::*;
use crate::model::arbitrary;
use crate::store::schema::{APPLICATION_ID, TABLES};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_saved_dossier_reads_back_equal(dossier in arbitrary::dossier()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        save(&dossier, &path).unwrap();
        prop_assert_eq!(open(&path).unwrap(), dossier);
    }

    /// Other tools number rows as they like: here from the end.
    #[test]
    fn rows_in_another_order_read_back_the_same(dossier in arbitrary::dossier()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        save(&dossier, &path).unwrap();
        edit(
            &path,
            "UPDATE entity SET rowid = -rowid; UPDATE document SET rowid = -rowid;
             UPDATE name SET id = -id; UPDATE name_evidence SET name = -name, place = -place, rowid = -rowid;
             UPDATE claim SET id = -id; UPDATE evidence SET claim = -claim, place = -place, rowid = -rowid;
             UPDATE place SET id = -id; UPDATE unclaimed SET place = -place;
             UPDATE check_evidence SET place = -place;
             UPDATE name_detail SET name = -name; UPDATE claim_detail SET claim = -claim;
             UPDATE claim_scope SET claim = -claim; UPDATE private SET rowid = -rowid;
             UPDATE review SET id = -id; UPDATE complete SET id = -id;
             UPDATE complete_evidence SET complete = -complete, place = -place, rowid = -rowid;",
        );
        prop_assert_eq!(open(&path).unwrap(), dossier);
    }

    #[test]
    fn a_random_dossier_keeps_every_rule_of_the_file(dossier in arbitrary::dossier()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        save(&dossier, &path).unwrap();
        let connection = Connection::open(&path).unwrap();
        let verdict: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        prop_assert_eq!(verdict, "ok");
        prop_assert!(!connection.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap());
        let statements: u32 = connection.query_row("SELECT count(*) FROM statement", [], |row| row.get(0)).unwrap();
        prop_assert_eq!(statements as usize, dossier.claims().len());
    }
}

#[test]
fn the_sample_and_an_empty_dossier_survive() {
    let folder = tempfile::tempdir().unwrap();
    for (name, dossier) in [("sample", sample()), ("empty", Builder::default().finish())] {
        let path = folder.path().join(name);
        save(&dossier, &path).unwrap();
        assert_eq!(open(&path).unwrap(), dossier);
    }
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["a", "b"].map(|name| {
        let path = folder.path().join(name);
        save(&sample(), &path).unwrap();
        fs::read(path).unwrap()
    });
    assert!(first == second);
    assert_eq!(first[68..72], APPLICATION_ID.to_be_bytes());
    assert_eq!(&first[68..72], b"annl");
    assert_eq!(first[60..64], [0, 0, 0, 2]);
}

#[test]
fn a_negative_zero_is_a_zero() {
    let mut builder = Builder::default();
    let hospital = builder.entity(CoreKind::Institution, "hospital", "H").unwrap();
    builder.claim(NewClaim::new(hospital, property("beds"), NewValue::Number(-0.0, unit("beds"))));
    let dossier = builder.finish();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    save(&dossier, &path).unwrap();
    assert_eq!(open(&path).unwrap(), dossier);
}

#[test]
fn a_file_of_a_bare_name_goes_to_the_current_folder() {
    let resolved = crate::store::file::resolve(Path::new("file:x?mode=memory")).unwrap();
    assert_eq!(resolved, std::env::current_dir().unwrap().canonicalize().unwrap().join("file:x?mode=memory"));
}

#[test]
fn saving_again_replaces_the_file_and_keeps_its_permissions() {
    let (folder, path) = saved();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o604)).unwrap();
    let permissions = fs::metadata(&path).unwrap().permissions();
    let empty = Builder::default().finish();
    save(&empty, &path).unwrap();
    assert_eq!(open(&path).unwrap(), empty);
    assert_eq!(fs::metadata(&path).unwrap().permissions(), permissions);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_dossier_that_cannot_be_stored_is_refused_and_the_old_file_stays() {
    let (folder, path) = saved();
    let before = fs::read(&path).unwrap();
    let unsound = [
        (property("beds"), NewValue::Number(f64::INFINITY, unit("beds")), "CHECK constraint failed"),
        (property("beds"), NewValue::Number(f64::NAN, unit("beds")), "CHECK constraint failed"),
        (property("beds"), NewValue::Number(1.0, unit("acre")), "column unit: found \"acre\", expected one of: beds"),
        (property("profession"), NewValue::Text("x".into()), "expected a property of the kind institution"),
        (property("motto"), NewValue::Date(when("1957")), "column value_date: found \"1957\", expected nothing"),
    ];
    for (property, value, message) in unsound {
        let mut builder = Builder::default();
        let hospital = builder.entity(CoreKind::Institution, "hospital", "H").unwrap();
        builder.claim(NewClaim::new(hospital, property, value));
        let error = save(&builder.finish(), &path).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
        assert!(fs::read(&path).unwrap() == before);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn every_table_is_strict_and_every_foreign_key_has_an_index() {
    let (_folder, path) = saved();
    let connection = Connection::open(&path).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let mut strict = list("SELECT name FROM pragma_table_list WHERE strict AND schema = 'main'");
    let mut known: Vec<_> = TABLES.iter().map(|table| table.name.to_owned()).collect();
    strict.sort();
    known.sort();
    assert_eq!(strict, known);
    let mut keys = 0;
    for table in &known {
        let mut leading = list(&format!("SELECT name FROM pragma_table_info('{table}') WHERE pk = 1"));
        for index in list(&format!("SELECT name FROM pragma_index_list('{table}')")) {
            leading.extend(list(&format!("SELECT name FROM pragma_index_info('{index}') WHERE seqno = 0")));
        }
        for key in list(&format!("SELECT \"from\" FROM pragma_foreign_key_list('{table}')")) {
            keys += 1;
            assert!(leading.contains(&key), "{table}.{key}");
        }
    }
    assert_eq!(keys, 34);
}

#[test]
fn the_views_show_labels() {
    let (_folder, path) = saved();
    let connection = Connection::open(&path).unwrap();
    let line = |sql: &str| -> String { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
    let all = "SELECT group_concat(subject_label || ' | ' || property_label || ' | ' || value || ' | ' || coalesce(evidence, '-'), '
')";
    assert_eq!(
        line(&format!("{all} FROM (SELECT * FROM statement ORDER BY id)")),
        "It opened | When | 2021-01-27 | R: Founding / p1 s2\n\
         The hospital | City | Kalyani | -\n\
         The hospital | Motto | Per aspera | R: Founding / p1 s2\n\
         The hospital | Beds | 960.5 beds | R: infobox / row Beds\n\
         A person, director | End | (left blank) | R: infobox / row Beds\n\
         A person, director | Person | A person | R: Founding / p1 s2"
    );
    assert_eq!(
        line("SELECT date || subject_label || happening || modality FROM chronology"),
        "2021-01-27It openedactual"
    );
}
