//! Tests of what a guarded connection refuses.
//!
//! Invariant: each guard is tested through a connection to a sound file, so that only the guard can refuse.

use super::*;
use crate::store::connection;
use crate::store::private_copy::Source;

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
        "PRAGMA user_version = 3; PRAGMA journal_mode = WAL",
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

/// Puts virtual tables, and views and triggers that call functions, beside our tables.
fn add_foreign_code(path: &Path) {
    edit(
        path,
        "CREATE VIRTUAL TABLE notes USING fts5 (body);
         INSERT INTO notes VALUES ('a note');
         CREATE VIRTUAL TABLE words USING fts3 (body);
         CREATE VIRTUAL TABLE boxes USING rtree (id, low, high);
         CREATE VIRTUAL TABLE \"strange name\" USING fts5vocab (notes, row);
         CREATE VIEW loads AS SELECT load_extension('x') AS x;
         CREATE VIEW reads AS SELECT * FROM notes;
         CREATE TRIGGER loads_too AFTER INSERT ON entity BEGIN SELECT load_extension('x'); END;",
    );
}

#[test]
fn virtual_tables_and_foreign_code_beside_ours_are_not_touched() {
    let (_folder, path) = saved();
    add_foreign_code(&path);
    assert_eq!(open(&path).unwrap(), sample());
}

#[test]
fn functions_and_virtual_tables_are_refused_by_the_authorizer() {
    let (_folder, path) = saved();
    add_foreign_code(&path);
    let connection = guarded(&path);
    let refused = |sql: &str, words: &str| {
        let message = connection.execute_batch(sql).unwrap_err().to_string();
        assert!(message.contains(words), "{sql}: {message}");
    };
    for table in [
        "notes",
        "words",
        "boxes",
        "\"strange name\"",
        "fts3tokenize('simple')",
        "dbstat",
        "sqlite_stmt",
        "json_each('[1]')",
        "pragma_table_list",
        "pragma_database_list",
        "notes_data",
        "main.\"boxes_node\"",
    ] {
        // Not every one is compiled in, and the authorizer may refuse what the module asks when it is opened.
        let sql = format!("SELECT * FROM {table}");
        let message = connection.execute_batch(&sql).unwrap_err().to_string();
        let known = [" is prohibited", "not authorized", "no such table: sqlite_stmt", "vtable constructor failed"];
        assert!(known.iter().any(|words| message.contains(words)), "{sql}: {message}");
    }
    for call in [
        "load_extension('x')",
        "load_extension('x', 'y')",
        "fts3_tokenizer('simple')",
        "fts5('x')",
        "json('[1]')",
        "printf('%s', 'x')",
        "randomblob(9)",
        "soundex('x')",
        "sqlite_version()",
    ] {
        let name = call.split_once('(').unwrap().0;
        refused(&format!("SELECT {call}"), &format!("not authorized to use function: {name}"));
        refused(&format!("SELECT id FROM entity WHERE {call}"), &format!("not authorized to use function: {name}"));
    }
    // Functions that only a shell has do not exist here at all.
    for call in ["readfile('x')", "writefile('x', 'y')", "edit('x')"] {
        refused(&format!("SELECT {call}"), "no such function");
    }
    for sql in [
        "CREATE VIRTUAL TABLE more USING fts5 (body)",
        "CREATE VIRTUAL TABLE temp.more USING rtree (id, low, high)",
        "PRAGMA table_list",
        "PRAGMA integrity_check",
    ] {
        refused(sql, "not authorized");
    }
    for sql in ["SELECT * FROM loads", "SELECT * FROM reads", "DROP TABLE notes", "INSERT INTO notes VALUES ('x')"] {
        assert!(connection.execute_batch(sql).is_err(), "{sql}");
    }
}

#[test]
fn a_virtual_table_in_the_place_of_ours_is_refused_without_its_module() {
    let schema = "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql =";
    for (statement, found) in [
        ("'CREATE VIRTUAL TABLE unclaimed USING fts5 (place, reason)'", "table unclaimed: found a virtual table"),
        ("'create/**/virtual table [unclaimed] using dbstat'", "table unclaimed: found a virtual table"),
        ("'CREATE VIRTUAL TABLE unclaimed USING dbstat', name = 'other'", "malformed database schema"),
        ("'CREATE VIRTUAL TABLE unclaimed USING dbstat', type = 'view'", "malformed database schema"),
    ] {
        let (_folder, path) = saved();
        edit(&path, &format!("{schema} {statement} WHERE name = 'unclaimed'"));
        let message = refusal(&path).to_string();
        assert!(message.contains(found), "{statement}: {message}");
    }
}

#[test]
fn the_work_on_a_file_is_bounded_by_its_size() {
    let (_folder, path) = saved();
    let endless = (0..12).map(|n| format!("claim AS c{n}")).collect::<Vec<_>>().join(", ");
    let connection = guarded(&path);
    let outcome = connection.execute_batch(&format!("SELECT 1 FROM {endless} WHERE c0.id + c11.id < 0"));
    let error = StoreError::sqlite(&path, "read")(outcome.unwrap_err());
    assert!(matches!(error, StoreError { cause: Cause::Damaged(_), .. }), "{error}");
    assert!(error.to_string().contains("more work than a file of its size can need"), "{error}");
}

#[test]
fn a_text_beyond_sixteen_mebibytes_is_refused() {
    let (_folder, path) = saved();
    edit(&path, "UPDATE claim SET note = hex(zeroblob(9000000)) WHERE id = 1");
    let message = refusal(&path).to_string();
    assert!(message.contains("too big"), "{message}");
}
