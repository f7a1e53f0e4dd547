//! The targets of the fuzzer without the fuzzer: seeds, every crash that was ever found, what the guided
//! fuzzer found on its way, and mutants of all of them from a fixed seed.
//!
//! `ANNALS_MUTANTS` says how many of them each text target gets in place of a short run's;
//! `.ci/run` asks for 200,000, and `cargo bench --bench reliability` has two million.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what it did not expect"
)]

mod hostile;

use std::fs;
use std::time::Duration;

use hostile::kept::{self, unescaped};
use hostile::mutants::attack;
use hostile::targets::TARGETS;

/// How many mutants a text target gets by default.
const MUTANTS: usize = 5_000;

/// Targets that take long for each input get a part: one in so many.
const SLOW: [(&str, usize); 2] = [("sqlite", 100), ("app", 200)];

/// No input may take longer, in the build with little optimisation that tests are.
const PATIENCE: Duration = Duration::from_secs(5);

fn withstands(name: &str) {
    let count = std::env::var("ANNALS_MUTANTS").map_or(MUTANTS, |count| count.parse().expect("a number of mutants"));
    let part = SLOW.iter().find(|(slow, _)| *slow == name).map_or(1, |(_, part)| *part);
    if let Err(trouble) = attack(name, count / part, count as u64, true, PATIENCE) {
        panic!("{name}: {trouble}");
    }
}

macro_rules! attacks {
    ($($test:ident = $name:literal;)+) => {
        $(#[test]
        fn $test() {
            withstands($name);
        })+

        #[test]
        fn every_target_is_attacked() {
            assert_eq!(TARGETS.map(|(name, _)| name), [$($name),+]);
        }
    };
}

attacks! {
    authored_files_are_read_or_refused = "authored";
    a_configuration_is_read_or_refused = "config";
    a_query_is_read_or_refused = "query";
    a_date_is_read_or_refused = "when";
    a_moment_is_read_or_refused = "moment";
    any_text_is_split = "splitter";
    any_text_is_cleaned = "clean";
    a_database_is_read_or_refused = "sqlite";
    anything_may_happen_to_the_explorer = "app";
}

#[test]
fn what_is_kept_of_the_fuzzer_is_read_back_as_it_was() {
    let every: Vec<u8> = (0..=u8::MAX).chain(*b"\\x41\\n").collect();
    assert_eq!(unescaped(&every.escape_ascii().to_string()), Some(every));
    assert_eq!(unescaped("\\"), None);
    let kept: usize = TARGETS.iter().map(|(name, _)| kept::read(name).len()).sum();
    assert!(kept > 1_000, "only {kept} inputs are kept");
}

#[test]
#[ignore = "it writes files: tests/fuzz/README.md tells when"]
fn give_the_guided_fuzzer_what_was_kept() {
    for (name, _) in TARGETS {
        let folder = kept::root().join("corpus").join(name);
        fs::create_dir_all(&folder).unwrap();
        for (number, input) in hostile::mutants::seeds(name).into_iter().enumerate() {
            fs::write(folder.join(number.to_string()), input).unwrap();
        }
    }
}

#[test]
#[ignore = "it writes files: tests/fuzz/README.md tells when"]
fn keep_what_the_guided_fuzzer_found() {
    for (name, _) in TARGETS {
        let found = kept::folder(&kept::root().join("merged").join(name));
        if !found.is_empty() {
            kept::write(name, found);
        }
    }
}
