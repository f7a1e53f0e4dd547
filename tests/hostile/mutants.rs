//! Runs the fuzz targets without the fuzzer: on seeds, on every crash ever found, on what the guided fuzzer found, and
//! on mutants of all of them from a fixed seed.
//!
//! `ANNALS_MUTANTS` sets the number of mutants of each text target in the long run, 200,000 by default;
//! `cargo bench --bench reliability` uses two million.

use std::env;
use std::fs;
use std::time::Duration;

use crate::support::documents::skipped;
use crate::support::hostile::kept::{self, unescaped};
use crate::support::hostile::mutants::{attack, seeds};
use crate::support::hostile::targets::TARGETS;

/// The number of mutants of a text target in the short and in the long run.
const FEW: usize = 500;
const MANY: usize = 200_000;

/// Slow targets, each with the divisor of its number of mutants.
const SLOW: [(&str, usize); 3] = [("sqlite", 100), ("app", 200), ("tables", 10)];

/// The longest time for one input.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 5 } else { 2 });

/// The number of seeds that each target gets unchanged in the short run; the crashes are among the first.
const SEEDS: usize = 100;

/// Runs a target on at most `seeds` of its seeds, and on `count` mutants or the target's share of them.
#[expect(clippy::print_stderr, reason = "a long run tells how long its slowest input took")]
fn withstands(name: &str, seeds: usize, count: usize) {
    let part = SLOW.iter().find(|(slow, _)| *slow == name).map_or(1, |(_, part)| *part);
    match attack(name, count.div_ceil(part), count as u64, seeds, PATIENCE) {
        Ok(attack) => eprintln!("{name}: {} inputs, the slowest took {:?}", attack.inputs, attack.slowest),
        Err(trouble) => panic!("{name}: {trouble}"),
    }
}

/// Returns the number of mutants in the long run.
fn many() -> usize {
    env::var("ANNALS_MUTANTS").map_or(MANY, |count| count.parse().expect("a number of mutants"))
}

macro_rules! attacks {
    ($($test:ident = $name:literal;)+) => {
        $(#[test]
        fn $test() {
            withstands($name, SEEDS, FEW);
        })+

        mod long {
            use super::{many, withstands};

            $(#[test]
            #[ignore = "long: ANNALS_MUTANTS mutants"]
            fn $test() {
                withstands($name, usize::MAX, many());
            })+
        }

        #[test]
        fn every_target_is_attacked() {
            assert_eq!(TARGETS.map(|(name, _)| name), [$($name),+]);
        }
    };
}

attacks! {
    authored_files_are_read_or_refused = "authored";
    declarations_and_tables_are_read_or_refused = "tables";
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

/// Returns true if `ANNALS_FUZZ_WRITE` is set, as described in tests/fuzz/README.md. Otherwise reports that the test is
/// skipped.
fn may_write() -> bool {
    let may = env::var_os("ANNALS_FUZZ_WRITE").is_some();
    if !may {
        skipped("it writes files, and ANNALS_FUZZ_WRITE is not set");
    }
    may
}

#[test]
#[ignore = "writes files if ANNALS_FUZZ_WRITE is set"]
fn give_the_guided_fuzzer_what_was_kept() {
    if !may_write() {
        return;
    }
    for (name, _) in TARGETS {
        let folder = kept::root().join("corpus").join(name);
        fs::create_dir_all(&folder).unwrap();
        for (number, input) in seeds(name).into_iter().enumerate() {
            fs::write(folder.join(number.to_string()), input).unwrap();
        }
    }
}

#[test]
#[ignore = "writes files if ANNALS_FUZZ_WRITE is set"]
fn keep_what_the_guided_fuzzer_found() {
    if !may_write() {
        return;
    }
    for (name, _) in TARGETS {
        let found = kept::folder(&kept::root().join("merged").join(name));
        if !found.is_empty() {
            kept::write(name, found);
        }
    }
}
