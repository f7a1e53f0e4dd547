//! What a guarded connection allows.
//!
//! Invariant: each guard is tested through a connection to a sound file, so that only the guard can refuse.

use super::*;
use crate::store::connection;
use crate::store::spare::Source;

fn guarded(path: &Path) -> Connection {
    connection::open(&Source::of(path, path).unwrap(), path).unwrap().connection
}

#[test]
fn only_plain_reading_is_allowed() {
    let (folder, path) = saved();
    let connection = guarded(&path);
    let outcome = |sql: &str| connection.execute_batch(sql);
    assert_eq!(outcome("SELECT id FROM claim; PRAGMA quick_check; BEGIN; ROLLBACK"), Ok(()));
    let beside = folder.path().join("other.sqlite");
    for sql in [
        "UPDATE entity SET label = 'x'",
        "CREATE TABLE t (x)",
        "CREATE TEMP TABLE t (x)",
        "PRAGMA writable_schema = ON",
        "PRAGMA query_only = OFF",
        "PRAGMA trusted_schema = ON",
        "PRAGMA user_version = 2; PRAGMA journal_mode = WAL",
        "SELECT upper(label) FROM entity",
        "SELECT * FROM statement",
        "SELECT * FROM pragma_table_list",
        "SELECT * FROM json_each('[1]')",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        &format!("ATTACH '{}' AS other", beside.display()),
        "VACUUM",
        "REINDEX",
        "ANALYZE",
    ] {
        assert!(outcome(sql).is_err(), "{sql}");
    }
    assert!(!beside.exists());
    let (_other, untouched) = saved();
    assert!(fs::read(path).unwrap() == fs::read(untouched).unwrap());
}

#[test]
fn the_work_on_a_file_is_bounded_by_its_size() {
    let (_folder, path) = saved();
    let endless = (0..12).map(|n| format!("claim AS c{n}")).collect::<Vec<_>>().join(", ");
    let connection = guarded(&path);
    let outcome = connection.execute_batch(&format!("SELECT 1 FROM {endless} WHERE c0.id + c11.id < 0"));
    let error = StoreError::sqlite(&path, "read")(outcome.unwrap_err());
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("more work than a file of its size can need"), "{error}");
}

#[test]
fn a_text_beyond_sixteen_mebibytes_is_refused() {
    let (_folder, path) = saved();
    edit(&path, "UPDATE claim SET note = hex(zeroblob(9000000)) WHERE id = 1");
    let message = refusal(&path).to_string();
    assert!(message.contains("too big"), "{message}");
}
