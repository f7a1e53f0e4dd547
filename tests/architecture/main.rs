//! The architecture guard: parses `src` with `syn` and checks it against the tables in `tables.rs`.
//!
//! - `tables`: the rooms, the places where names may be used, words of the subject. `known`: known violations.
//! - `reader`, `tokens`: one file: the paths it names, the modules it declares, its lines of test code.
//! - `house`: all files, and the destination of each path.
//! - `rules`, `circles`: the rules. `violation`: the comparison of what they find with what is known.
//! - `planted`: proof that every rule finds what it should.
//!
//! Test code (items compiled for tests only, and files of test modules) is held to one rule alone: a file states its
//! purpose. A test may import from any room, name crates of other rooms and use words of the subject.
//!
//! `cargo test --test architecture -- --ignored --nocapture` prints the rooms, and the list of known violations as it
//! would have to be today.
//!
//! Invariant: a violation is either fixed or listed as known; the listed ones are counted, and the counts only shrink.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
#![expect(clippy::print_stdout, reason = "two tests print on demand")]

mod circles;
mod house;
mod known;
mod planted;
mod reader;
mod rules;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../support/subject.rs"]
mod subject;
mod tables;
mod tokens;
mod violation;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use house::{House, room_of};
use known::KNOWN;
use subject::SUBJECT;
use tables::{APART, BELONGS, FORMS, ROOMS, SHARES};
use violation::{Rule, Violation};

static HOUSE: LazyLock<House> = LazyLock::new(|| House::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")));

static FOUND: LazyLock<Vec<Violation>> = LazyLock::new(|| find(&HOUSE));

/// Returns all violations in a source tree, checked against the tables of this crate.
fn find(house: &House) -> Vec<Violation> {
    let mut found = [
        rules::place(house, ROOMS),
        rules::downward(house, ROOMS),
        circles::circles(house),
        rules::only_place(house, BELONGS),
        rules::bare_writer(house, FORMS),
        rules::apart(house, APART),
        rules::subject(house, SUBJECT),
        rules::page(house),
        rules::share(house, SHARES),
        rules::table(house, ROOMS),
    ]
    .concat();
    found.sort();
    found
}

/// Fails if a rule finds a violation that is not listed in `KNOWN`, or no longer finds one that is.
fn hold(rule: Rule) {
    let found: Vec<_> = FOUND.iter().filter(|violation| violation.rule == rule).cloned().collect();
    let known: Vec<_> = KNOWN.iter().filter(|entry| entry.rule == rule).collect();
    let messages = violation::unexpected(&found, &known);
    assert!(messages.is_empty(), "\n{}\n", messages.join("\n"));
}

#[test]
fn every_file_stands_in_a_room() {
    hold(Rule::Place);
}

#[test]
fn a_room_imports_only_from_rooms_below_it() {
    hold(Rule::Downward);
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    hold(Rule::Circle);
}

#[test]
fn crates_and_ways_to_print_are_named_only_where_they_belong() {
    hold(Rule::OnlyPlace);
}

#[test]
fn the_writer_that_cleans_nothing_goes_to_safe_forms_only() {
    hold(Rule::BareWriter);
}

#[test]
fn files_of_some_folders_do_not_import_each_other() {
    hold(Rule::Apart);
}

#[test]
fn the_program_knows_no_subject() {
    hold(Rule::Subject);
}

#[test]
fn every_file_says_its_purpose_and_an_invariant() {
    hold(Rule::Page);
}

#[test]
fn no_room_holds_more_than_a_fifth_of_the_lines() {
    hold(Rule::Share);
}

#[test]
fn the_documentation_lists_the_rooms_of_the_guard() {
    hold(Rule::Table);
}

#[test]
#[ignore = "prints the rooms"]
fn print_the_rooms() {
    let lines = rules::lines_of_rooms(&HOUSE);
    let (production, tests) = lines.values().fold((0, 0), |all, room| (all.0 + room.0, all.1 + room.1));
    println!("{:<12}{:>10}{:>8}{:>8}  imports", "room", "production", "tests", "share");
    for (room, purpose) in ROOMS.iter().map(|room| (room.name, room.purpose)) {
        let Some((own, own_tests)) = lines.get(room) else { continue };
        let share = 100.0 * (own + own_tests) as f64 / (production + tests) as f64;
        let imports = rules::imports_of(&HOUSE, room, ROOMS).join(" ");
        println!("{room:<12}{own:>10}{own_tests:>8}{share:>6.1} %  {imports}\n{:12}{purpose}", "");
    }
    println!("{:<12}{production:>10}{tests:>8}\n", "all");
    println!("circles: {}", circles::circles(&HOUSE).len());
}

#[test]
#[ignore = "prints the list of known violations as it would have to be"]
fn print_what_is_known() {
    let mut counts = BTreeMap::<(Rule, String, String), usize>::new();
    for violation in FOUND.clone() {
        println!("{violation}");
        let room = room_of(&violation.path).unwrap_or(&violation.path).to_owned();
        let key = match violation.rule {
            // The subject is counted by room, pages and crates by room and name, imports by file.
            Rule::Subject => (violation.rule, room, String::new()),
            Rule::Downward => (violation.rule, violation.path, String::new()),
            Rule::Page | Rule::OnlyPlace => (violation.rule, room, violation.what),
            _ => (violation.rule, violation.path, violation.what),
        };
        *counts.entry(key).or_default() += 1;
    }
    for ((rule, place, what), count) in counts {
        println!("    known(Rule::{rule:?}, {place:?}, {what:?}, {count}),");
    }
}
