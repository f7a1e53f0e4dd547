//! Measures how the program withstands hazards: the real program in terminals of its own, and its parts in process
//! where millions of inputs are needed.
//!
//! `cargo bench --bench reliability` writes `tests/RELIABILITY.md`; with `-- --quick` it makes a fifth of the runs.
//! With names of parts behind `--`, as in `-- saves pace`, it runs these parts and only prints their rows. A run that
//! fails counts as a miss and does not end the others.
//!
//! Invariant: every figure is from this run and this binary; nothing is reported that was not measured.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark may stop at what it did not expect, and prints"
)]

#[path = "reliability/commands.rs"]
mod commands;
#[path = "reliability/ends.rs"]
mod ends;
#[path = "reliability/events.rs"]
mod events;
#[path = "reliability/floods.rs"]
mod floods;
#[path = "reliability/inputs.rs"]
mod inputs;
#[path = "reliability/pace.rs"]
mod pace;
#[path = "reliability/panics.rs"]
mod panics;
#[path = "support/process.rs"]
mod process;
#[path = "reliability/report.rs"]
mod report;
#[path = "reliability/saves.rs"]
mod saves;
#[path = "reliability/sizes.rs"]
mod sizes;
#[path = "../support/mod.rs"]
mod support;
#[path = "reliability/texts.rs"]
mod texts;
#[path = "reliability/work.rs"]
mod work;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::time::Instant;

use report::Row;
use support::hostile;

/// The length of the benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// The number of runs that the targets ask for.
    Full,
    /// A fifth of them.
    Quick,
}

impl Length {
    /// Returns the number of runs, given that of a full benchmark.
    pub fn of(self, full: usize) -> usize {
        match self {
            Self::Full => full,
            Self::Quick => full.div_ceil(5),
        }
    }
}

/// Measures some hazards, and returns a row for each.
type Measure = fn(Length) -> Vec<Row>;

/// The parts by the name used on the command line, in the order of the report.
const PARTS: [(&str, Measure); 10] = [
    ("ends", ends::measure),
    ("panics", panics::measure),
    ("sizes", sizes::measure),
    ("floods", floods::measure),
    ("events", events::measure),
    ("inputs", inputs::measure),
    ("texts", texts::measure),
    ("saves", saves::measure),
    ("pace", pace::measure),
    ("commands", commands::measure),
];

fn main() {
    // Cargo adds an argument of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if inputs::is_child(&words) {
        return;
    }
    let length = if words.iter().any(|word| word == "--quick") { Length::Quick } else { Length::Full };
    let wanted: Vec<&String> = words.iter().filter(|word| *word != "--quick").collect();
    let parts = PARTS.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|word| word == name));
    let started = Instant::now();
    let rows: Vec<Row> = parts
        .flat_map(|(name, measure)| {
            println!("{:>4} s: {name}", started.elapsed().as_secs());
            catch_unwind(|| measure(length)).unwrap_or_else(|_| vec![Row::failed(name)])
        })
        .collect();
    let page = report::page(length, &rows, started.elapsed());
    println!("{page}");
    if wanted.is_empty() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/RELIABILITY.md");
        fs::write(path, page).unwrap();
    }
}
