//! Large files: stages, an early end, damage that is found beside the reading.
//!
//! Invariant: the contents of a stage are a part of the dossier that is read.

use std::ops::ControlFlow;

use super::*;
use crate::model::builder::Handle;
use crate::store::{Stage, open_watched};

/// More than the entities from which on names are given early, in a file that is checked beside its reading.
const ENTITIES: usize = 30_000;

fn large() -> Dossier {
    let mut builder = Builder::with_meta(Meta { title: "Large".into(), ..Meta::default() });
    let volume = builder.entity(CoreKind::Document, "volume", "A volume").unwrap();
    let volume = builder.document(volume, Document::new("V"));
    let place = builder.place(volume, "lead", Spot::Heading);
    let persons: Vec<Handle> = (0..ENTITIES)
        .map(|number| {
            builder.entity(CoreKind::Person, &format!("person-{number}"), &format!("Person {number}")).unwrap()
        })
        .collect();
    for (number, &person) in persons.iter().enumerate() {
        let value = NewValue::Text(format!("profession of {number}, at some length"));
        builder.claim(NewClaim { evidence: vec![place], ..NewClaim::new(person, property("profession"), value) });
        if number % 7 == 0 {
            builder.name(person, &format!("Alias {number}"), NameKind::Alias, None, vec![place]);
        }
    }
    builder.finish()
}

fn saved_large() -> (tempfile::TempDir, PathBuf, Dossier) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let dossier = large();
    save(&dossier, &path).unwrap();
    (folder, path, dossier)
}

#[test]
fn names_are_reported_early_and_equal_those_of_the_whole_dossier() {
    let (_folder, path, whole) = saved_large();
    let (mut stages, mut progress) = (Vec::new(), Vec::new());
    let dossier = open_watched(&path, &mut |stage| {
        match stage {
            Stage::Names(dossier) => stages.push((progress.len(), dossier.clone())),
            Stage::Progress { read, total } => progress.push((read, total)),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(dossier == whole);
    let [(_, first), (after, all)] = stages.as_slice() else { panic!("{} stages", stages.len()) };
    assert_eq!((first.entities().len(), first.all_names().len(), first.documents().len()), (4_096, 0, 0));
    assert_eq!(all.entities().len(), whole.entities().len());
    assert!(*after < progress.len(), "claims come after the names");
    for part in [first, all] {
        assert_eq!(part.meta(), whole.meta());
        for id in part.entities() {
            assert_eq!((part.id(id), part.label(id)), (whole.id(id), whole.label(id)));
            assert_eq!(part.entity(id).label, whole.entity(id).label);
            assert!(part.claims_of(id).is_empty());
            assert_eq!(part.find(part.id(id)), Some(id));
        }
    }
    for id in all.entities() {
        let names = |dossier: &Dossier| -> Vec<_> { dossier.names(id).iter().map(|name| name.value).collect() };
        assert_eq!(names(all), names(&whole));
    }
    let rows = whole.entities().len() + whole.claims().len() + whole.all_names().len() + whole.evidence.len() + 1;
    assert_eq!(progress.last(), Some(&(rows as u64, rows as u64)));
    assert!(progress.is_sorted() && progress.iter().all(|(_, total)| *total == rows as u64));
}

#[test]
fn the_progress_callback_can_cancel_a_load() {
    let (_folder, path, _) = saved_large();
    let mut told = 0;
    let outcome = open_watched(&path, &mut |_| {
        told += 1;
        ControlFlow::Break(())
    });
    assert!(matches!(outcome, Err(StoreError { cause: Cause::Stopped, .. })), "{outcome:?}");
    assert_eq!(told, 1);
}

#[test]
fn damage_outside_of_rows_is_found_in_a_large_file() {
    let (_folder, path, _) = saved_large();
    let root: i64 = Connection::open(&path)
        .unwrap()
        .query_row("SELECT max(rootpage) FROM sqlite_schema WHERE type = 'index'", [], |row| row.get(0))
        .unwrap();
    let mut bytes = fs::read(&path).unwrap();
    assert!(bytes.len() > 5 << 20, "{} bytes", bytes.len());
    let start = (usize::try_from(root).unwrap() - 1) * 4096;
    bytes[start + 3..start + 200].fill(0xff);
    fs::write(&path, bytes).unwrap();
    let error = refusal(&path);
    assert!(matches!(error, StoreError { cause: Cause::Damaged(_), .. }), "{error}");
}

#[test]
fn a_large_file_with_an_unsound_row_names_it() {
    let (_folder, path, _) = saved_large();
    edit(&path, "UPDATE claim SET modality = 'maybe' WHERE id = 29000");
    let error = refusal(&path).to_string();
    assert!(error.contains("table claim, row 29000, column modality: found \"maybe\""), "{error}");
}
