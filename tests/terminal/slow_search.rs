//! A search that takes long: every key and every resize is handled before the search ends, and the query typed last is
//! the one that is answered.

use annals::model::{Builder, CoreKind, Meta};
use annals::store;

use crate::support::{Ending, Session, rows};

const ENTITIES: usize = 12_000;
const PASTED: usize = 10_000;

const WORDS: [&str; 14] = [
    "cardiothoracic",
    "anaesthesiology",
    "gastroenterology",
    "otorhinolaryngology",
    "dermatology",
    "endocrinology",
    "haematology",
    "microbiology",
    "neurosurgery",
    "ophthalmology",
    "pharmacology",
    "pulmonology",
    "radiotherapy",
    "transfusion",
];

/// Starts the explorer with a dossier of names so long that each is compared letter by letter.
fn session(folder: &tempfile::TempDir) -> Session {
    let mut builder = Builder::default();
    builder.set_meta(Meta { key: "busy".into(), title: "Busy".into(), ..Meta::default() });
    for number in 0..ENTITIES {
        builder.entity(CoreKind::Unit, &format!("unit-{number}"), &format!("{} {number}", WORDS.join(" "))).unwrap();
    }
    builder.entity(CoreKind::Institution, "needle", "Needle House").unwrap();
    let path = folder.path().join("busy.db");
    store::save(&builder.finish(), &path).unwrap();
    let session = Session::spawn((80, 24), &["--dossier", path.to_str().unwrap()], &[]);
    session.wait_until("the whole dossier", |screen| {
        let shown = rows(screen).join("\n");
        shown.contains("Needle House") && !shown.contains("reading")
    });
    session
}

/// Returns ten thousand characters of words with a letter left out; every name contains the words' letters in order.
fn long_query() -> String {
    let without_a_letter: Vec<String> = WORDS.iter().map(|word| format!("{}{}", &word[..3], &word[4..])).collect();
    let once = without_a_letter.join(" ");
    once.chars().chain([' ']).cycle().take(PASTED).collect()
}

#[test]
fn a_resize_while_it_searches_repaints_before_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(&folder);
    session.keys("f").sees("Tab kind");
    session.paste(&long_query()).sees("searching…");
    session.resize(120, 40);
    // The overlay is painted at the new size before the answer arrives.
    session.wait_until("the finder of the new size, searching", |screen| {
        let shown = rows(screen);
        let hints = shown.iter().position(|row| row.contains("Tab kind"));
        hints.is_some_and(|row| row > 24) && shown.iter().any(|row| row.contains("searching…"))
    });
    // Deleting the query ends its search, so the next query is answered without waiting for it.
    session.keys("C-u needle").sees("› needle");
    session.wait_until("the answer to what was typed last", |screen| {
        let shown = rows(screen).join("\n");
        shown.contains("1 by name") && shown.contains("Needle House") && !shown.contains("searching…")
    });
    session.keys("⎋").does_not_see("Tab kind");
    session.keys("q");
    assert_eq!(session.wait_ended(), Ending::Code(0));
}
