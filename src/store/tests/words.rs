//! The words of a dossier in its file: the row from which they are read, and the tables for people's queries.
//!
//! Invariant: a dossier with words of its own reads back equal.

use std::sync::Arc;

use super::*;
use crate::vocabulary::{Base, read_own};

/// Words among which a kind lies below one that is declared after it.
const OWN: &str = r#"
[[kind]]
name = "choir"
of = "ensemble"
label = "Choir"

[[kind]]
name = "ensemble"
of = "institution"
label = "Ensemble"

[[measure]]
name = "voice"
plural = "voices"

[[measure]]
name = "octave"
plural = "octaves"
dimension = "pitch"

[[property]]
name = "range"
label = "Range"
of = ["choir", "person"]
value = "number"
measure = ["octaves"]
dimension = "pitch"

[[property]]
name = "sang"
label = "Sang"
of = ["choir"]
value = "date"
happening = "{subject}: sang[ in {place}]"
role = "begins"
"#;

/// Returns a dossier with words of its own, based on this set.
fn with_own(base: Base) -> Dossier {
    let words = read_own(base, OWN).unwrap();
    let mut builder = Builder::new(Arc::clone(&words));
    builder.set_meta(Meta { key: "k".into(), title: "A title".into(), ..Meta::default() });
    let choir = builder.entity(words.find_kind("choir").unwrap(), "choir", "Élan Choir").unwrap();
    builder.name(choir, "Dr. CHOIR", NameKind::Alias, None, Vec::new());
    let property = |name: &str| words.find_property(name).unwrap();
    let octaves = NewValue::Number(2.5, words.find_unit("octave").unwrap());
    builder.claim(NewClaim::new(choir, property("range"), octaves));
    builder.claim(NewClaim::new(choir, property("sang"), NewValue::Date(when("1957"))));
    builder.finish()
}

fn save_with_own() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    save(&with_own(Base::General), &path).unwrap();
    (folder, path)
}

/// Returns the rows of a query, cells separated by "|".
fn rows(path: &Path, sql: &str) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let line = |row: &rusqlite::Row<'_>| {
        let cell = |at| match row.get::<_, rusqlite::types::Value>(at).unwrap() {
            rusqlite::types::Value::Null => "-".to_owned(),
            rusqlite::types::Value::Text(text) => text,
            rusqlite::types::Value::Real(number) => number.to_string(),
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Blob(_) => "?".to_owned(),
        };
        Ok((0..columns).map(cell).collect::<Vec<_>>().join("|"))
    };
    statement.query_map([], line).unwrap().map(Result::unwrap).collect()
}

#[test]
fn words_of_the_dossier_are_kept_whatever_their_base() {
    let folder = tempfile::tempdir().unwrap();
    for &base in Base::ALL {
        for dossier in [with_own(base), Builder::new(crate::vocabulary::Vocabulary::built_in(base)).finish()] {
            let path = folder.path().join(base.as_str());
            save(&dossier, &path).unwrap();
            let back = open(&path).unwrap();
            assert_eq!(back.vocabulary().base(), base);
            assert_eq!(back, dossier);
        }
    }
}

#[test]
fn only_words_that_are_used_or_declared_are_rows() {
    let (_folder, path) = save_with_own();
    assert_eq!(
        rows(&path, "SELECT name, parent, label, plural, origin FROM kind ORDER BY rowid"),
        [
            "institution|-|Institution|Institutions|core",
            "ensemble|institution|Ensemble|Ensembles|dossier",
            "choir|ensemble|Choir|Choirs|dossier"
        ]
    );
    assert_eq!(
        rows(&path, "SELECT name, kinds, value, allowed, many, happening, role, origin FROM property ORDER BY name"),
        ["range|choir, person|number|octaves, pitch|one|-|-|dossier", "sang|choir|date|-|one|sang|begins|dossier"]
    );
    assert_eq!(
        rows(&path, "SELECT name, plural, dimension, factor, origin FROM measure ORDER BY name"),
        ["octave|octaves|pitch|1|dossier", "voice|voices|count|1|dossier"]
    );
    let (_folder, path) = saved();
    assert_eq!(rows(&path, "SELECT DISTINCT origin FROM kind"), ["core"]);
    assert_eq!(rows(&path, "SELECT name FROM measure ORDER BY name"), ["acre", "bed"]);
    let unused = "SELECT name FROM property WHERE name NOT IN (SELECT property FROM claim)
        AND name NOT IN (SELECT property FROM check_filter)";
    assert_eq!(rows(&path, unused), Vec::<String>::new());
    assert_eq!(rows(&path, "SELECT value FROM dossier WHERE key LIKE 'vocabulary%'"), ["general"]);
}

#[test]
fn labels_and_names_are_found_by_their_folded_form_through_an_index() {
    let (_folder, path) = save_with_own();
    assert_eq!(rows(&path, "SELECT id FROM entity WHERE folded = 'elan choir'"), ["choir/choir"]);
    assert_eq!(rows(&path, "SELECT entity FROM name WHERE folded = 'choir'"), ["choir/choir"]);
    for table in ["entity", "name"] {
        let plan = rows(&path, &format!("EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE folded = 'x'"));
        assert!(plan[0].contains(&format!("USING INDEX {table}_folded")), "{plan:?}");
    }
}

#[test]
fn without_its_words_a_dossier_has_one_problem() {
    let (_folder, path) = save_with_own();
    edit(&path, "UPDATE dossier SET value = replace(value, 'ensemble', 'orchestra ') WHERE key = 'vocabulary'");
    let message = refusal(&path).to_string();
    assert!(message.contains("1 problem in this dossier"), "{message}");
    assert!(message.contains("table dossier, row \"vocabulary\", column value: found \"[["), "{message}");
    edit(&path, "DELETE FROM dossier WHERE key = 'vocabulary'");
    let message = refusal(&path).to_string();
    assert!(
        message.contains("table entity, row \"choir/choir\", column kind: found \"choir\", expected one of"),
        "{message}"
    );
}

#[test]
fn a_generated_column_of_a_table_of_words_is_refused() {
    for table in ["kind", "property", "measure"] {
        let (_folder, path) = saved();
        let trap = format!("ALTER TABLE {table} ADD COLUMN trap TEXT AS (printf('%.*c', 100000000, 'x'))");
        edit(&path, &trap);
        let message = refusal(&path).to_string();
        assert!(message.contains(&format!("table {table}, column trap: found a generated column")), "{message}");
    }
}
