//! Tests of when a part of a file is enough.
//!
//! Invariant: what the part says is compared in `cli`, with what commands print.

use super::*;
use crate::store::lookup::{Reach, Subject, part};

fn about(path: &Path, id: &str, reach: Reach) -> Option<Dossier> {
    let before = contents(path.parent().unwrap());
    let found = part(path, |_| Ok(Subject { ids: vec![id.to_owned()], reach })).ok();
    assert_eq!(contents(path.parent().unwrap()), before);
    found
}

/// Returns true if the claims of the tenure of the sample can be told from a part.
fn is_told(path: &Path) -> bool {
    let found = about(path, "tenure/a-person", Reach::Card);
    if let Some(dossier) = &found {
        assert_eq!(dossier.claims_of(dossier.find("tenure/a-person").unwrap()).len(), 2);
    }
    found.is_some()
}

#[test]
fn a_part_has_what_it_is_about_and_the_documents() {
    let (_folder, path) = saved();
    let ids = |reach| {
        let dossier = about(&path, "institution/hospital", reach).unwrap();
        let ids: Vec<String> = dossier.entities().map(|entity| dossier.id(entity).to_owned()).collect();
        (ids, dossier.all_claims().len())
    };
    let named = vec!["document/report".to_owned(), "institution/hospital".to_owned()];
    assert_eq!(ids(Reach::Names), (named.clone(), 0));
    assert_eq!(ids(Reach::Card), (named, 3));
}

#[test]
fn a_row_with_a_problem_needs_a_whole_load_only_if_it_is_read() {
    let told = |sql: &str| {
        let (_folder, path) = saved();
        edit(&path, sql);
        assert!(open(&path).is_err(), "{sql}");
        is_told(&path)
    };
    for beside in [
        "UPDATE claim SET value_date = 'soon' WHERE subject = 'event/opening'",
        "UPDATE entity SET kind = 'wizard' WHERE id = 'event/opening'",
        "UPDATE judgement SET verdict = 'perhaps'",
        "INSERT INTO claim_detail (claim, id) SELECT id, 'K 7' FROM claim WHERE subject = 'event/opening' LIMIT 1",
    ] {
        assert!(told(beside), "{beside}");
    }
    for around in [
        "INSERT INTO review (claim, reader, verdict) VALUES ('k7f3', 'Eve', 'perhaps')",
        "UPDATE claim SET modality = 'perhaps' WHERE subject = 'tenure/a-person'",
        "UPDATE claim SET value_entity = 'person/nobody' WHERE property = 'person'",
        "UPDATE claim SET property = 'wizard' WHERE subject = 'tenure/a-person'",
        "UPDATE entity SET kind = 'wizard' WHERE id = 'person/a-person'",
        "UPDATE place SET spot = 'x' WHERE spot = 'sentence'",
        "UPDATE place SET spot = 'page', page = 4, paragraph = NULL, sentence = NULL WHERE spot = 'sentence'",
        "UPDATE place SET page = 4 WHERE spot = 'sentence'",
        "DELETE FROM place",
        "UPDATE document SET key = 7, sha256 = 'x'",
        "DELETE FROM dossier WHERE key = 'title'",
        "DROP TABLE judgement",
        "INSERT INTO name (entity, value, kind, folded) VALUES ('person/a-person', 'A', 'alias', 'a');
         INSERT INTO name_detail (name, start_date) VALUES (last_insert_rowid(), 'soon')",
        "INSERT INTO claim_detail (claim, id) SELECT id, 'K 7' FROM claim WHERE subject = 'tenure/a-person' LIMIT 1",
        "INSERT INTO claim_scope (claim) SELECT id FROM claim WHERE subject = 'tenure/a-person' LIMIT 1",
        "INSERT INTO claim_scope (claim, entity) SELECT id, 'unit/none' FROM claim WHERE subject = 'tenure/a-person'",
        "INSERT INTO complete (entity, list) VALUES ('tenure/a-person', 'wizards')",
    ] {
        assert!(!told(around), "{around}");
    }
}

#[test]
fn a_file_without_an_index_or_with_a_journal_or_of_version_1_needs_a_whole_load() {
    for index in ["claim_subject", "claim_value_entity", "name_entity", "claim_scope_claim", "complete_entity"] {
        let (_folder, path) = saved();
        assert!(is_told(&path));
        edit(&path, &format!("DROP INDEX {index}"));
        assert!(!is_told(&path), "{index}");
    }
    let (_folder, path) = saved();
    fs::write(path.with_file_name("a.sqlite-journal"), "").unwrap();
    assert!(!is_told(&path));
    let (_folder, path) = saved();
    edit(&path, "PRAGMA journal_mode = WAL");
    assert!(!is_told(&path));
    let (_folder, path) = saved();
    edit(&path, "PRAGMA user_version = 1");
    assert!(!is_told(&path));
}

#[test]
fn an_index_that_leads_to_another_entity_is_not_believed() {
    let (_folder, path) = saved();
    let bytes = fs::read(&path).unwrap();
    // The index of subjects is the only place where the two words follow each other.
    let (key, forged) = (b"tenure/a-personperson", b"tenure/a-persomperson");
    let places: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(key)).collect();
    let mut lying = bytes.clone();
    for at in places {
        lying[at..at + key.len()].copy_from_slice(forged);
    }
    assert_ne!(lying, bytes);
    fs::write(&path, &lying).unwrap();
    let found = about(&path, "tenure/a-persom", Reach::Card);
    assert!(found.is_none());
}

#[test]
fn an_answer_about_a_large_part_needs_a_whole_load() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let mut builder = Builder::default();
    let hub = builder.entity(CoreKind::Institution, "hub", "Hub").unwrap();
    let other = builder.entity(CoreKind::Institution, "other", "Other").unwrap();
    for number in 0..4_000 {
        let event = builder.entity(CoreKind::Event, &number.to_string(), "It").unwrap();
        let at = if number < 100 { other } else { hub };
        builder.claim(NewClaim::new(event, Core::Institution, NewValue::Entity(at)));
    }
    save(&builder.finish(), &path).unwrap();
    assert!(about(&path, "institution/hub", Reach::Card).is_none());
    assert_eq!(about(&path, "institution/other", Reach::Card).unwrap().all_claims().len(), 100);
}

#[test]
fn a_name_is_looked_up_however_it_is_written() {
    let (_folder, path) = saved();
    let called = |name: &str| {
        let mut found = None;
        let _ = part(&path, |lookup| {
            found = lookup.called(name).ok();
            Ok(Subject { ids: Vec::new(), reach: Reach::Names })
        });
        found.unwrap_or_default()
    };
    for (name, ids) in [
        ("institution/hospital", &["institution/hospital"][..]),
        ("hospital", &["institution/hospital"]),
        ("the HOSPITAL", &["institution/hospital"]),
        ("hosp", &["institution/hospital"]),
        ("a-person", &["person/a-person", "tenure/a-person"]),
        ("A person", &["person/a-person"]),
        ("nobody", &[]),
        ("", &[]),
    ] {
        assert_eq!(called(name), ids, "{name}");
    }
    // A folded name that is none of the name is not believed.
    edit(&path, "UPDATE entity SET folded = 'nobody'");
    assert_eq!(called("nobody"), [""; 0]);
}
