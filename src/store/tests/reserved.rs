//! What version 2 reserves for later programs: columns, sorts of spots, and the table of digests.
//!
//! Invariant: rows that only a later program writes pass all checks of the file itself.

use super::*;

/// A place of each reserved sort in the document of the sample: the sort, its columns, and its words in the view `spot`.
const SPOTS: &[(&str, &str, &str, &str)] = &[
    ("field", "field", "'record ab12 / birth_date'", "R: lead / record ab12 / birth_date"),
    ("cell", "cell", "'table 1 r3 / Year'", "R: lead / table 1 r3 / Year"),
    ("note", "note", "3", "R: lead / note 3"),
    ("quote", "quote, sentence", "1, 2", "R: lead / quote 1 s2"),
    ("quote", "quote", "1", "R: lead / quote 1"),
    ("page", "page", "4", "R: lead / page 4"),
];

/// Changes a file as another program would: with all checks of the file.
fn insert(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    let all = format!("PRAGMA foreign_keys = ON; {sql}");
    connection.execute_batch(&all).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

#[test]
fn a_place_of_a_reserved_sort_is_refused_and_not_another_place() {
    for &(sort, columns, values, at) in SPOTS {
        let (_folder, path) = saved();
        let row = format!(
            "(id, document, section, spot, {columns}) VALUES (9, 'document/report', 'lead', '{sort}', {values})"
        );
        insert(&path, &format!("INSERT INTO place {row}; INSERT INTO evidence (claim, place) VALUES (1, 9)"));
        let connection = Connection::open(&path).unwrap();
        let shown: String = connection.query_row("SELECT at FROM spot WHERE id = 9", [], |row| row.get(0)).unwrap();
        assert_eq!(shown, at);
        drop(connection);
        let message = refusal(&path).to_string();
        let expected = format!(
            "table place, row 9, column spot: found \"{sort}\", which this program does not read yet, \
             expected one of: heading, row, paragraph, sentence, item"
        );
        assert!(message.contains("1 problem in") && message.contains(&expected), "{message}");
    }
}

#[test]
fn what_a_later_program_notes_of_evidence_and_damage_changes_nothing() {
    let (_folder, path) = saved();
    insert(
        &path,
        "UPDATE evidence SET via = 'the annual report' WHERE claim = 1;
         INSERT INTO digest VALUES ('claim', 6, printf('%064d', 0)), ('a table of later', 0, printf('%064d', 1))",
    );
    assert_eq!(open(&path).unwrap(), sample());
}

#[test]
fn nothing_is_written_where_something_is_reserved() {
    let (_folder, path) = saved();
    let connection = Connection::open(&path).unwrap();
    let count = |of: &str| connection.query_row(&format!("SELECT count(*) FROM {of}"), [], |row| row.get(0));
    for of in
        ["place WHERE coalesce(field, cell, note, quote, page) IS NOT NULL", "evidence WHERE via IS NOT NULL", "digest"]
    {
        assert_eq!(count(of), Ok(0), "{of}");
    }
}

#[test]
fn a_file_without_what_is_reserved_is_not_one_of_version_2() {
    for (change, expected) in [
        ("ALTER TABLE evidence DROP COLUMN via", "table evidence, column via: found no such column"),
        ("ALTER TABLE digest DROP COLUMN rows", "table digest, column rows: found no such column"),
        ("DROP TABLE digest", "table digest: found no such table, expected a plain table"),
    ] {
        let (_folder, path) = saved();
        let views = "DROP VIEW statement; DROP VIEW chronology; DROP VIEW spot";
        // A column with a check cannot be dropped.
        let plain = "DROP TABLE digest; CREATE TABLE digest (name, rows, sha256)";
        edit(&path, &format!("{views}; {plain}; {change}"));
        let message = refusal(&path).to_string();
        assert!(message.contains(expected), "{change}\n{message}");
    }
}
