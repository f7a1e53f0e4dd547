//! Hostile records on every screen and in every command, form and message: the program prints nothing that acts on a
//! terminal, and no cell holds too many characters.
//!
//! The screens are drawn in process. The commands run in the real program: in the long run those that print every
//! record have a hundred thousand of them, the others four thousand.

use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use annals::store;
use annals::text::clean;

use crate::support::escapes::{acts_on_a_terminal, harm};
use crate::support::hostile::words::check;
use crate::support::hostile::world::world;
use crate::support::hostile::{commands, pages};
use crate::support::tour;

/// The number of dossiers in the long run of the screens, and of records in each.
const WORLDS: u64 = 25;
const RECORDS: usize = 4_000;

#[test]
fn no_character_that_acts_on_a_terminal_is_left_by_cleaning() {
    let harmful: Vec<char> = ('\0'..=char::MAX).filter(|&c| acts_on_a_terminal(c)).collect();
    assert!(harmful.len() > 1_000, "the list is gone");
    for c in harmful {
        let raw = format!("a{c}b");
        assert_eq!(harm(clean(&raw).as_str()), None, "U+{:04X}", u32::from(c));
    }
}

#[test]
fn on_every_screen() {
    assert!(pages::draw_everything(200, 1) > 20);
}

#[test]
#[ignore = "long: the screens of 100,000 records"]
fn on_every_screen_of_a_hundred_thousand_records() {
    thread::scope(|scope| {
        for half in 0..2 {
            let worlds = (0..WORLDS).filter(move |seed| seed % 2 == half);
            scope.spawn(move || worlds.map(|seed| pages::draw_everything(RECORDS, seed)).sum::<usize>());
        }
    });
}

#[test]
fn what_is_typed_and_pasted_is_clean_wherever_it_is_shown() {
    pages::type_everywhere(20);
}

#[test]
#[ignore = "long: 2,400 hostile texts"]
fn whatever_is_typed_and_pasted_is_clean_wherever_it_is_shown() {
    pages::type_everywhere(400);
}

/// Returns a file with a dossier of `records` records, which is made once.
fn dossier(records: usize) -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    /// Held while a file is made, since two tests use the same one.
    static MAKING: Mutex<()> = Mutex::new(());
    let path = FOLDER.get_or_init(|| tempfile::tempdir().unwrap()).path().join(format!("{records}.sqlite"));
    let _one_at_a_time = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    if !path.exists() {
        store::save(&world(records, records as u64), &path).unwrap();
    }
    path
}

#[test]
fn in_every_form_that_holds_all_of_them() {
    commands::in_whole_forms(&dossier(500), 150);
}

#[test]
#[ignore = "long: 100,000 records"]
fn in_every_form_that_holds_a_hundred_thousand_of_them() {
    commands::in_whole_forms(&dossier(100_000), 30_000);
}

#[test]
fn in_every_command_and_every_form() {
    commands::in_every_form(&dossier(100));
}

#[test]
#[ignore = "long: 4,000 records in 80 runs"]
fn in_every_command_and_every_form_of_four_thousand_records() {
    commands::in_every_form(&dossier(4_000));
}

#[test]
fn in_every_message() {
    commands::in_every_message(&dossier(100), 15);
}

#[test]
#[ignore = "long: 60 runs"]
fn in_messages_of_every_kind_four_times() {
    commands::in_every_message(&dossier(1_000), 60);
}

#[test]
fn on_a_real_terminal() {
    let shown = tour::without_our_own(&tour::all_screens(&dossier(500)));
    assert!(shown.len() > 2_000, "only {} bytes were shown", shown.len());
    check("the terminal", &shown.replace('\r', ""));
}
