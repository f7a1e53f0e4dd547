//! What must not break, measured on the real program in terminals of its own.
//!
//! `cargo bench --bench reliability` writes `tests/RELIABILITY.md`; with `-- --quick` it makes
//! a fifth of the runs. A run that fails counts as a miss and does not end the others.
//!
//! Invariant: a figure is of this run and of this binary; what was not measured is not said.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may stop at what it did not expect, and prints"
)]

#[path = "reliability/commands.rs"]
mod commands;
#[path = "reliability/ends.rs"]
mod ends;
#[path = "reliability/floods.rs"]
mod floods;
#[path = "reliability/pace.rs"]
mod pace;
#[path = "reliability/report.rs"]
mod report;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;

use report::Row;

/// How much is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// What the targets ask for.
    Full,
    /// A fifth.
    Quick,
}

impl Length {
    /// So many of the runs that a target asks for.
    pub fn of(self, full: usize) -> usize {
        match self {
            Self::Full => full,
            Self::Quick => full.div_ceil(5),
        }
    }
}

fn main() {
    let length = if std::env::args().any(|word| word == "--quick") { Length::Quick } else { Length::Full };
    let measures: [fn(Length) -> Vec<Row>; 4] = [ends::measure, floods::measure, pace::measure, commands::measure];
    let rows: Vec<Row> = measures.into_iter().flat_map(|measure| measure(length)).collect();
    let page = report::page(length, &rows);
    println!("{page}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/RELIABILITY.md");
    fs::write(path, page).unwrap();
}
