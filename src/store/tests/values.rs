//! Sound databases with unsound rows.
//!
//! Invariant: each problem is reported with its table, row and column, all of them at once.

use super::*;
use crate::store::Problem;

fn problems(path: &Path) -> (Vec<Problem>, usize) {
    match refusal(path) {
        StoreError { cause: Cause::Invalid(problems), .. } => (problems.list, problems.more),
        other => panic!("{other}"),
    }
}

/// Each with one change by hand, and the one line that it is to give.
const CHANGES: &[(&str, &str)] = &[
    (
        "UPDATE entity SET kind = 'persn' WHERE kind = 'person'",
        "table entity, row \"person/a-person\", column kind: found \"persn\", expected one of: institution,",
    ),
    (
        "INSERT INTO entity VALUES ('hospital', 'institution', 'H', 'h')",
        "table entity, row \"hospital\", column id: found \"hospital\", expected an id that begins with institution/",
    ),
    (
        "UPDATE claim SET property = 'motte' WHERE property = 'motto'",
        "table claim, row 3, column property: found \"motte\", expected a known property (did you mean \"motto\"?)",
    ),
    (
        "UPDATE claim SET property = 'signed' WHERE property = 'when'",
        "table claim, row 1, column property: found \"signed\", expected a property of the kind event: type, description",
    ),
    (
        "UPDATE claim SET unit = 'furlongs' WHERE property = 'beds'",
        "table claim, row 4, column unit: found \"furlongs\", expected one of: beds",
    ),
    (
        "UPDATE claim SET unit = NULL WHERE property = 'beds'",
        "table claim, row 4, column unit: found nothing, expected a text",
    ),
    (
        "UPDATE claim SET unit = 'beds' WHERE property = 'motto'",
        "table claim, row 3, column unit: found \"beds\", expected nothing, where value_number is empty",
    ),
    (
        "UPDATE claim SET value_number = 9e999 WHERE property = 'beds'",
        "table claim, row 4, column value_number: found inf, expected a finite number",
    ),
    (
        "UPDATE claim SET value_date = '2021-13-01' WHERE property = 'when'",
        "table claim, row 1, column value_date: found \"2021-13-01\" (",
    ),
    (
        "UPDATE claim SET start_date = 'soon' WHERE property = 'city'",
        "table claim, row 2, column start_date: found \"soon\" (",
    ),
    (
        "UPDATE claim SET as_of_label = 'AY' WHERE property = 'city'",
        "table claim, row 2, column as_of_label: found \"AY\", expected a date in as_of_date too",
    ),
    (
        "UPDATE claim SET subject = 'institution/other' WHERE property = 'city'",
        "table claim, row 2, column subject: found \"institution/other\", expected the id of a row of entity",
    ),
    (
        "UPDATE claim SET value_entity = 'person/other' WHERE property = 'person'",
        "table claim, row 6, column value_entity: found \"person/other\", expected the id of a row of entity",
    ),
    (
        "UPDATE claim SET value_entity = 'event/opening' WHERE property = 'person'",
        "table claim, row 6, column value_entity: found \"event/opening\", expected the id of a person",
    ),
    (
        "UPDATE claim SET value_text = 'x' WHERE property = 'person'",
        "table claim, row 6, column value_*: found values in value_text, value_entity, expected exactly one of",
    ),
    (
        "UPDATE claim SET value_text = NULL WHERE property = 'city'",
        "table claim, row 2, column value_*: found no value, expected exactly one of",
    ),
    (
        "UPDATE claim SET value_date = '1957', value_text = NULL WHERE property = 'city'",
        "table claim, row 2, column value_date: found \"1957\", expected nothing; this property takes a text, in value_text",
    ),
    (
        "UPDATE claim SET missing = 2 WHERE property = 'end'",
        "table claim, row 5, column missing: found 2, expected a whole number from 0 to 1",
    ),
    (
        "UPDATE claim SET modality = 'hoped' WHERE id = 1",
        "table claim, row 1, column modality: found \"hoped\", expected one of: actual, planned, alleged, denied",
    ),
    (
        "UPDATE claim SET basis = 'state' WHERE id = 1",
        "table claim, row 1, column basis: found \"state\", expected one of: stated, listed, counted, inferred (did you mean \"stated\"?)",
    ),
    (
        "UPDATE claim SET rank = 'x' WHERE id = 1",
        "table claim, row 1, column rank: found \"x\", expected one of: preferred",
    ),
    (
        "UPDATE claim SET note = CAST(x'ff' AS TEXT) WHERE id = 1",
        "table claim, row 1, column note: found \"\u{fffd}\", expected a text in UTF-8",
    ),
    (
        "INSERT INTO evidence (claim, place) VALUES (99, 1)",
        "table evidence, row 99 1, column claim: found 99, expected the id of a row of claim",
    ),
    (
        "INSERT INTO evidence (claim, place) VALUES (1, 99)",
        "table evidence, row 1 99, column place: found 99, expected the id of a row of place",
    ),
    (
        "INSERT INTO name_evidence VALUES (99, 1)",
        "table name_evidence, row 99 1, column name: found 99, expected the id of a row of name",
    ),
    (
        "UPDATE name SET kind = 'nick'",
        "table name, row 1, column kind: found \"nick\", expected one of: preferred, alias, acronym, short, misspelling, native",
    ),
    (
        "UPDATE name SET entity = 'x'",
        "table name, row 1, column entity: found \"x\", expected the id of a row of entity",
    ),
    (
        "INSERT INTO place (id, document, section, spot) VALUES (9, 'document/other', 'lead', 'heading')",
        "table place, row 9, column document: found \"document/other\", expected the id of a row of document",
    ),
    (
        "INSERT INTO place (id, document, section, spot) VALUES (9, 'document/report', 'lead', 'pages')",
        "table place, row 9, column spot: found \"pages\", expected one of: heading, row, paragraph, sentence, item",
    ),
    (
        "INSERT INTO place (id, document, section, spot, paragraph, page) VALUES (9, 'document/report', 'lead', 'paragraph', 1, 4)",
        "table place, row 9, column page: found 4, expected nothing, where spot is paragraph",
    ),
    (
        "INSERT INTO place (id, document, section, spot, cell) VALUES (9, 'document/report', 'lead', 'heading', 'r1 / Year')",
        "table place, row 9, column cell: found \"r1 / Year\", expected nothing, where spot is heading",
    ),
    (
        "INSERT INTO place (id, document, section, spot, paragraph) VALUES (9, 'document/report', 'lead', 'sentence', 1)",
        "table place, row 9, column sentence: found nothing, expected a whole number from 1 to 65535",
    ),
    (
        "INSERT INTO place (id, document, section, spot, item) VALUES (9, 'document/report', 'lead', 'item', 65536)",
        "table place, row 9, column item: found 65536, expected a whole number from 1 to 65535",
    ),
    (
        "INSERT INTO place (id, document, section, spot, item) VALUES (9, 'document/report', 'lead', 'heading', 1)",
        "table place, row 9, column item: found 1, expected nothing, where spot is heading",
    ),
    (
        "INSERT INTO place (id, document, section, spot) VALUES (9, 'document/report', 'Founding', 'heading');
         UPDATE place SET line = 1, start = 2, length = 3, sha256 = printf('%064d', 0) WHERE id = 9",
        "table place, row 9, column line: found another position or digest, expected what row ",
    ),
    (
        "UPDATE place SET sha256 = 'ABC' WHERE sha256 IS NOT NULL",
        "column sha256: found \"ABC\", expected 64 hexadecimal digits in lower case",
    ),
    (
        "UPDATE place SET line = 0 WHERE sha256 IS NOT NULL",
        "column line: found 0, expected a whole number from 1 to 4294967295",
    ),
    (
        "UPDATE place SET start = NULL WHERE sha256 IS NOT NULL",
        "column start: found nothing, expected a whole number from 0 to 4294967295",
    ),
    (
        "UPDATE document SET length = NULL",
        "table document, row \"document/report\", column length: found nothing, expected a length beside the sha256",
    ),
    (
        "UPDATE document SET published_date = '2025-11-31'",
        "table document, row \"document/report\", column published_date: found \"2025-11-31\" (",
    ),
    (
        "INSERT INTO document (id, key) VALUES ('person/a-person', 'P')",
        "table document, row \"person/a-person\", column id: found \"person/a-person\", expected an id that begins with document/",
    ),
    (
        "UPDATE judgement SET verdict = 'maybe'",
        "table judgement, row 1, column verdict: found \"maybe\", expected one of: same, not-same, unsure",
    ),
    (
        "UPDATE judgement SET a = 'x'",
        "table judgement, row 1, column a: found \"x\", expected the id of a row of entity",
    ),
    (
        "INSERT INTO unclaimed VALUES (99, 'x')",
        "table unclaimed, row 99, column place: found 99, expected the id of a row of place",
    ),
    (
        "UPDATE dossier SET value = '1957/1956' WHERE key = 'span'",
        "table dossier, row \"span\", column value: found \"1957/1956\" (",
    ),
    (
        "DELETE FROM dossier WHERE key = 'title'",
        "table dossier, row \"title\", column value: found no such row, expected",
    ),
    (
        "DELETE FROM dossier WHERE key = 'vocabulary_base'",
        "table dossier, row \"vocabulary_base\", column value: found no such row, expected a row with this key",
    ),
    (
        "UPDATE dossier SET value = 'generall' WHERE key = 'vocabulary_base'",
        "table dossier, row \"vocabulary_base\", column value: found \"generall\", \
         expected one of: core, general, v1 (did you mean \"general\"?)",
    ),
    (
        "INSERT INTO dossier VALUES ('digests', 'salted')",
        "table dossier, row \"digests\", column value: found \"salted\", expected one of: plain, keyed",
    ),
    (
        "INSERT INTO dossier VALUES ('vocabulary', '[[kind]] name')",
        "table dossier, row \"vocabulary\", column value: found \"[[kind]] name\", expected declarations of kinds,",
    ),
    (
        "INSERT INTO dossier VALUES ('colour', 'red')",
        "table dossier, row \"colour\", column key: found \"colour\", expected one of: key, title, span, span_label",
    ),
    (
        "INSERT INTO dossier VALUES ('horizon_label', 'now')",
        "table dossier, row \"horizon\", column value: found a label alone, expected a date in EDTF",
    ),
    (
        "UPDATE claim SET property = 'm' || char(27) || '[31m' || char(0x202e) WHERE property = 'motto'",
        "table claim, row 3, column property: found \"m[31m\", expected a known property",
    ),
    (
        "UPDATE \"check\" SET operation = 'product'",
        "table check, row 1, column operation: found \"product\", expected one of: sum, ratio",
    ),
    (
        "UPDATE check_term SET \"check\" = 9 WHERE id = 1",
        "table check_term, row 1, column check: found 9, expected the id of the row to which this one belongs",
    ),
    (
        "UPDATE check_term SET property = 'motto' WHERE id = 2",
        "table check_term, row 2, column property: found \"motto\", expected a property that takes numbers",
    ),
    (
        "UPDATE check_term SET unit = 'furlongs' WHERE id = 3",
        "table check_term, row 3, column unit: found \"furlongs\", expected a declared unit",
    ),
    (
        "UPDATE check_term SET kind = 'event' WHERE id = 2",
        "table check_term, row 2, column kind: found \"event\", expected nothing, beside what else is in the row",
    ),
    (
        "UPDATE check_term SET number = NULL WHERE id = 3",
        "table check_term, row 3, column unit: found \"acre\", expected nothing, where there is no number",
    ),
    (
        "UPDATE check_term SET entity = NULL WHERE id = 4",
        "table check_term, row 4, column entity: found nothing, expected a text",
    ),
    (
        "UPDATE check_filter SET term = 3 WHERE id = 1",
        "table check_filter, row 1, column term: found 3, expected the id of a term that has a kind",
    ),
    (
        "UPDATE check_filter SET property = 'start' WHERE id = 1",
        "table check_filter, row 1, column property: found \"start\", expected a property of texts or entities",
    ),
    (
        "UPDATE check_filter SET value_entity = 'event/opening' WHERE id = 1",
        "table check_filter, row 1, column value_entity: found \"event/opening\", expected the id of a person",
    ),
    (
        "INSERT INTO check_evidence VALUES (9, 1)",
        "table check_evidence, row 9 1, column check: found 9, expected the id of a row of check",
    ),
];

#[test]
fn every_unsound_value_is_named() {
    for (change, expected) in CHANGES {
        let (_folder, path) = saved();
        edit(&path, change);
        let (problems, more) = problems(&path);
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert!(lines.len() == 1 && lines[0].contains(expected), "{change}\nexpected {expected}\nfound {lines:#?}");
        assert_eq!(more, 0);
    }
}

#[test]
fn every_rule_of_the_reader_is_a_rule_of_the_file() {
    // SQLite refuses the same values if foreign keys are on, except those that only the program can check: dates,
    // units, the rules of properties, UTF-8.
    let only_judged_here = [
        "value_date",
        "start_date",
        "unit = 'fur",
        "value_entity = 'event",
        "published_date",
        "span",
        "ff",
        "SET property = 'motto'",
        "SET property = 'start'",
        "SET term",
    ];
    for (change, _) in CHANGES.iter().filter(|(change, _)| !change.contains("DELETE FROM")) {
        if only_judged_here.iter().any(|word| change.contains(word)) || change.contains("'signed'") {
            continue;
        }
        if change.contains("horizon_label")
            || change.contains("'Founding', 'heading'")
            || change.contains("start = NULL")
            || change.contains("'vocabulary'")
        {
            continue;
        }
        let (_folder, path) = saved();
        let connection = Connection::open(&path).unwrap();
        let outcome = connection.execute_batch(&format!("PRAGMA foreign_keys = ON; {change}"));
        assert!(outcome.is_err(), "{change}");
    }
}

#[test]
fn all_problems_are_counted_and_a_hundred_are_listed() {
    let (_folder, path) = saved();
    edit(
        &path,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 130)
         INSERT INTO judgement SELECT i + 10, 'x', 'y', 'maybe', 'because' FROM n",
    );
    let error = refusal(&path);
    let message = error.to_string();
    assert!(message.contains("390 problems in this dossier; correct the rows, or write it anew\n"), "{message}");
    assert!(message.ends_with("\n  and 290 more"), "{message}");
    assert_eq!(message.lines().count(), 102);
}

#[test]
fn a_long_value_is_cut_in_a_message() {
    let (_folder, path) = saved();
    edit(&path, "UPDATE claim SET modality = hex(zeroblob(1000000)) WHERE id = 1");
    let (problems, _) = problems(&path);
    assert!(problems[0].to_string().len() < 400);
}

/// Adds a table of a kind that we know nothing of.
fn virtual_table(name: &str) -> String {
    format!(
        "PRAGMA writable_schema = ON;
         INSERT INTO sqlite_schema VALUES ('table', '{name}', '{name}', 0, 'CREATE VIRTUAL TABLE {name} USING fts5 (id)')"
    )
}

#[test]
fn additions_of_other_tools_are_ignored() {
    let (_folder, path) = saved();
    edit(
        &path,
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT, shout TEXT AS (upper(note)));
         INSERT INTO notes (note) VALUES ('mine');
         CREATE TRIGGER tr AFTER INSERT ON claim BEGIN DELETE FROM claim; END;
         CREATE VIEW mine AS SELECT load_extension('x');
         CREATE INDEX by_label ON entity (upper(label));
         ALTER TABLE claim ADD COLUMN mine TEXT DEFAULT 'x';",
    );
    edit(&path, &virtual_table("found"));
    assert_eq!(open(&path).unwrap(), sample());
}

#[test]
fn an_index_that_differs_from_its_table_is_not_used() {
    let (_folder, path) = saved();
    let wrong = "CREATE INDEX cover ON entity (label, kind, id)";
    let right = "CREATE INDEX cover ON entity (id, kind, label)";
    let swap = format!("UPDATE sqlite_schema SET sql = '{right}' WHERE name = 'cover'");
    // With a column that is not asked for, the index is the shorter way to all others.
    let wider = "ALTER TABLE entity ADD COLUMN note TEXT; ALTER TABLE entity ADD COLUMN more TEXT";
    edit(&path, &format!("{wider}; {wrong}; PRAGMA writable_schema = ON; {swap}"));
    let believed = Connection::open(&path).unwrap();
    let id = |connection: &Connection| {
        connection.query_row("SELECT id, kind, label FROM entity", [], |row| row.get::<_, String>(0))
    };
    assert_eq!(id(&believed).unwrap(), "A person");
    assert_eq!(open(&path).unwrap(), sample());
}

#[test]
fn a_table_that_is_missing_or_not_plain_is_named() {
    let view = "CREATE VIEW claim AS SELECT 1 AS id";
    let generated = "ALTER TABLE claim ADD COLUMN trap TEXT AS (printf('%.*c', 100000000, 'x'))";
    for (change, expected) in [
        ("DROP TABLE claim".to_owned(), "table claim: found no such table, expected a plain table"),
        (format!("DROP TABLE claim; {view}"), "table claim: found no such table, expected a plain table"),
        (format!("DROP TABLE claim; {}", virtual_table("claim")), "table claim: found a virtual table"),
        (
            "ALTER TABLE entity RENAME label TO title".into(),
            "table entity, column label: found no such column, expected",
        ),
        (generated.into(), "table claim, column trap: found a generated column, expected a plain column"),
    ] {
        let (_folder, path) = saved();
        edit(&path, &format!("DROP VIEW statement; DROP VIEW chronology; {change}"));
        let (problems, _) = problems(&path);
        assert!(problems[0].to_string().contains(expected), "{problems:#?}");
    }
}

#[test]
fn a_check_constraint_of_the_file_is_never_run() {
    // SQLite skips the checks of a file that it only reads, but not those of a copy.
    for mode in ["DELETE", "WAL"] {
        let (_folder, path) = saved();
        edit(
            &path,
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'reason TEXT NOT NULL', 'reason TEXT NOT NULL CHECK (length(reason) > 500)')
               WHERE name = 'judgement'",
        );
        edit(&path, &format!("PRAGMA journal_mode = {mode}"));
        assert_eq!(open(&path).unwrap(), sample());
    }
}
