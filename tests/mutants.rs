//! The targets of the fuzzer without the fuzzer: seeds, every crash that was ever found, and
//! mutants of both from a fixed seed.
//!
//! `ANNALS_MUTANTS` says how many of them each text target gets in place of a short run's;
//! `.ci/run` asks for 200,000.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what it did not expect"
)]

mod hostile;
#[path = "fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use hostile::dice::Dice;
use targets::{TARGETS, Target};

/// How many mutants a text target gets by default.
const MUTANTS: usize = 5_000;

/// Targets that take long for each input get a part: one in so many.
const SLOW: [(&str, usize); 2] = [("sqlite", 100), ("app", 200)];

/// No input may take longer, in the build without optimisation that tests are.
const PATIENCE: Duration = Duration::from_secs(5);

/// The longest mutant, in bytes; databases may be as long as their seed.
const LONGEST: usize = 4096;

/// Words that mean something to one of the parsers.
const WORDS: &[&str] = &[
    "kind:",
    "when:",
    "\"",
    "(",
    ")",
    "-",
    " or ",
    "..",
    "[..",
    "..]",
    "2014",
    "9999-12-31",
    "0000",
    "-9999",
    "?",
    "~",
    "%",
    "X",
    "[[event]]\n",
    "id = ",
    "= [",
    "{",
    "}",
    "\n",
    "\\u{0}",
    "'''",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{301}",
    "| ",
    "== ",
    "* ",
    "e.g. ",
    "Dr. ",
    "(line 4)",
    "99999999999999999999",
    "1e999",
    "nan",
    "lead / p1 s1",
];

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let mut seeds = Vec::new();
    for folder in ["seeds", "crashes"] {
        let Ok(entries) = fs::read_dir(root.join(folder).join(name)) else { continue };
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        seeds.extend(paths.iter().map(|path| fs::read(path).unwrap()));
    }
    if name == "sqlite" {
        // It is made anew, so that it is of the version that is read.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seed");
        annals::store::save(&hostile::world::world(6, 2), &path).unwrap();
        seeds.push(fs::read(path).unwrap());
    }
    assert!(!seeds.is_empty(), "no seeds for {name}");
    seeds
}

fn mutant(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let seed = dice.of(seeds);
    let longest = LONGEST.max(seed.len());
    let mut bytes = seed.clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        match dice.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 if at < bytes.len() => bytes[at] = dice.next() as u8,
            2 => bytes.truncate(at),
            3 if at < bytes.len() => drop(bytes.drain(at..(at + 1 + dice.below(16)).min(bytes.len()))),
            4 => {
                let other = dice.of(seeds);
                let start = dice.below(other.len() + 1);
                let end = (start + dice.below(64)).min(other.len());
                bytes.splice(at..at, other[start..end].iter().copied());
            }
            5 if at < bytes.len() => {
                let end = (at + 1 + dice.below(32)).min(bytes.len());
                let part = bytes[at..end].repeat(1 + dice.below(8));
                bytes.splice(at..at, part);
            }
            _ => drop(bytes.splice(at..at, dice.of::<&str>(WORDS).bytes()).collect::<Vec<_>>()),
        }
    }
    bytes.truncate(longest);
    bytes
}

fn attack(name: &str, target: Target) {
    let count = std::env::var("ANNALS_MUTANTS").map_or(MUTANTS, |count| count.parse().expect("a number of mutants"));
    let part = SLOW.iter().find(|(slow, _)| *slow == name).map_or(1, |(_, part)| *part);
    let seeds = seeds(name);
    let mut dice = Dice::new(count as u64);
    let mutants = (0..count / part).map(|_| mutant(&seeds, &mut dice));
    for bytes in seeds.iter().cloned().chain(mutants) {
        let start = Instant::now();
        let kept = std::env::temp_dir().join(format!("annals-{name}-crash"));
        if std::panic::catch_unwind(|| target(&bytes)).is_err() {
            fs::write(&kept, &bytes).unwrap();
            panic!("{name} fails on {}: keep it in tests/fuzz/crashes/{name}", kept.display());
        }
        assert!(start.elapsed() < PATIENCE, "{name} took {:?} for {bytes:?}", start.elapsed());
    }
}

macro_rules! attacks {
    ($($test:ident = $name:literal;)+) => {
        $(#[test]
        fn $test() {
            let (name, target) = TARGETS.iter().find(|(name, _)| *name == $name).unwrap();
            attack(name, *target);
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
