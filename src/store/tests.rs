//! Tests of the store on real files.
//!
//! Invariant: every file is created in a temporary folder of its own.

mod beside;
mod damage;
mod files;
mod guards;
mod lookup;
mod reserved;
mod round_trip;
mod stages;
mod values;
mod version_1;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rusqlite::Connection;

use super::{Cause, StoreError, open, save};
use crate::model::dossier::Fingerprint;
use crate::model::{
    Basis, Builder, Core, CoreKind, Document, Dossier, EntityId, Meta, Modality, NameKind, NewCheck, NewClaim,
    NewFilter, NewTerm, NewValue, NewWhich, Operation, Pin, Quantity, Rank, Relation, Sameness, Spot, When,
};
use crate::vocabulary::testing::{property, unit};

fn when(text: &str) -> When {
    When::parse(text).unwrap()
}

/// Returns a small dossier with a row in every table and a value of every sort.
fn sample() -> Dossier {
    let meta = Meta { key: "k".into(), title: "A title".into(), span: Some(when("1957/2025")), ..Meta::default() };
    let mut builder = Builder::with_meta(meta);
    let source = builder.entity(CoreKind::Document, "report", "A report").unwrap();
    let hospital = builder.entity(CoreKind::Institution, "hospital", "The hospital").unwrap();
    let person = builder.entity(CoreKind::Person, "a-person", "A person").unwrap();
    let tenure = builder.entity(CoreKind::Tenure, "a-person", "A person, director").unwrap();
    let event = builder.entity(CoreKind::Event, "opening", "It opened").unwrap();
    let document = builder.document(
        source,
        Document {
            entity: EntityId::from_index(0),
            key: "R".into(),
            kind: Some("report".into()),
            publisher: None,
            published: Some(when("2025-11")),
            file: Some("report.txt".into()),
            fingerprint: Some(Fingerprint { sha256: [7; 32], length: 1234 }),
            details: Vec::new(),
        },
    );
    let sentence = builder.place(document, "Founding", Spot::Sentence { paragraph: 1, sentence: 2 });
    builder.pin(sentence, Pin { line: 3, start: 40, length: 50, sha256: [9; 32] });
    let row = builder.place(document, "infobox", Spot::Row("Beds"));
    let heading = builder.place(document, "Founding", Spot::Heading);
    builder.name(hospital, "Hosp.", NameKind::Acronym, Some("en"), vec![row]);
    let mut claim = |subject, property, value, place| {
        builder.claim(NewClaim { evidence: vec![place], ..NewClaim::new(subject, property, value) });
    };
    claim(hospital, property("motto"), NewValue::Text("Per aspera".into()), sentence);
    claim(hospital, property("beds"), NewValue::Number(960.5, unit("beds")), row);
    claim(tenure, Core::Person.into(), NewValue::Entity(person), sentence);
    claim(event, Core::When.into(), NewValue::Date(when("2021-01-27")), sentence);
    claim(tenure, Core::End.into(), NewValue::Missing, row);
    builder.claim(NewClaim {
        start: Some(when("2019").with_label("AY 2019")),
        rank: Rank::Preferred,
        reason: Some("newer".into()),
        ..NewClaim::new(hospital, property("city"), NewValue::Text("Kalyani".into()))
    });
    builder.judgement(hospital, person, Sameness::NotSame, "a house is no person");
    builder.unclaimed(heading, "heading");
    let beds = |which| NewTerm::Slot { entity: hospital, property: property("beds"), which };
    let which = NewWhich {
        modality: Some(Modality::Actual),
        basis: Some(Basis::Stated),
        as_of: Some(when("2021")),
        number: Some(960.5),
    };
    let people = NewTerm::Count(
        CoreKind::Tenure.into(),
        vec![(Core::Person.into(), NewFilter::Entity(person)), (property("title"), NewFilter::Text("Director".into()))],
    );
    builder.check(NewCheck {
        label: "Beds add up".into(),
        operation: Operation::Sum,
        relation: Relation::AtMost,
        terms: vec![
            people,
            beds(which),
            NewTerm::Constant(Quantity { number: 9.5, unit: Some(unit("acre")) }),
            beds(NewWhich::default()),
        ],
        note: Some("invented".into()),
        evidence: vec![row, sentence],
    });
    builder.finish()
}

/// Returns a folder with the sample saved in it.
fn saved() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    save(&sample(), &path).unwrap();
    (folder, path)
}

/// Changes a file by hand, past all its own checks.
fn edit(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    let past = "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;";
    connection.execute_batch(&format!("{past} {sql}")).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// Returns the contents of a folder: paths, bytes, and times of the last change.
fn contents(folder: &Path) -> BTreeMap<PathBuf, (Option<Vec<u8>>, SystemTime)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let about = fs::symlink_metadata(&path).unwrap();
        let bytes = about.is_file().then(|| fs::read(&path).unwrap());
        (path, (bytes, about.modified().unwrap()))
    });
    entries.chain([(folder.to_path_buf(), (None, fs::metadata(folder).unwrap().modified().unwrap()))]).collect()
}

/// Opens a file that is to be refused; nothing in its folder may change.
fn refusal(path: &Path) -> StoreError {
    let before = contents(path.parent().unwrap());
    let error = open(path).unwrap_err();
    assert_eq!(contents(path.parent().unwrap()), before, "{error}");
    assert!(error.to_string().contains(path.file_name().unwrap().to_str().unwrap()), "{error}");
    error
}
