//! The targets of the fuzzer without the fuzzer: seeds, every crash that was ever found, and
//! mutants of both from a fixed seed.
//!
//! `ANNALS_MUTANTS` says how many of them each text target gets in place of a short run's;
//! `.ci/run` asks for 200,000, and `cargo bench --bench reliability` has two million.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may stop at what it did not expect")]

mod hostile;

use std::time::Duration;

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
