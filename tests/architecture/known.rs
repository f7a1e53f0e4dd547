//! Violations that are known and wait to be mended.
//!
//! Invariant: entries are only lowered and removed; a figure that is too high fails like one that is too low.
//! `print_what_is_known` prints the list as it would have to be.

use crate::violation::{Known, Rule};

const fn known(rule: Rule, place: &'static str, what: &'static str, count: usize) -> Known {
    Known { rule, place, what, count }
}

/// The rule, the file or room, what is named there (everything if empty), and how many there are.
pub const KNOWN: &[Known] = &[
    known(Rule::Downward, "search/bits.rs", "", 1),
    known(Rule::Downward, "search/filter.rs", "", 5),
    known(Rule::Downward, "search/highlight.rs", "", 3),
    known(Rule::Downward, "search/hit.rs", "", 4),
    known(Rule::Downward, "search/judge.rs", "", 5),
    known(Rule::Downward, "search/key.rs", "", 1),
    known(Rule::Downward, "search/lines.rs", "", 2),
    known(Rule::Downward, "search/mod.rs", "", 7),
    known(Rule::Downward, "search/plan.rs", "", 3),
    known(Rule::Downward, "search/prefilter.rs", "", 3),
    known(Rule::Downward, "search/scan.rs", "", 2),
    known(Rule::Downward, "search/stored.rs", "", 1),
    known(Rule::Circle, "cli/args.rs", "cli/args.rs cli/commands/diff.rs cli/commands/tables.rs", 1),
    known(Rule::Circle, "cli/failure.rs", "cli/failure.rs cli/load.rs", 1),
    known(
        Rule::Circle,
        "formats/author/check.rs",
        "formats/author/check.rs formats/author/load.rs formats/author/pins.rs formats/author/place.rs formats/author/statement.rs",
        1,
    ),
    known(Rule::Circle, "model/check.rs", "model/check.rs model/dossier.rs", 1),
    known(Rule::Circle, "store/check.rs", "store/check.rs store/read.rs store/statement.rs store/write.rs", 1),
    known(Rule::Circle, "store/connection.rs", "store/connection.rs store/spare.rs", 1),
    known(Rule::Circle, "store/error.rs", "store/error.rs store/file.rs", 1),
    known(Rule::Circle, "tui/events.rs", "tui/events.rs tui/input.rs", 1),
    known(Rule::OnlyPlace, "app", "chrono", 5),
    known(Rule::OnlyPlace, "cli", "chrono", 3),
    known(Rule::OnlyPlace, "offices", "chrono", 6),
    known(Rule::OnlyPlace, "passages", "sha2", 2),
    known(Rule::OnlyPlace, "present", "chrono", 6),
    known(Rule::OnlyPlace, "query", "chrono", 3),
    known(Rule::OnlyPlace, "timeline", "chrono", 7),
    known(Rule::OnlyPlace, "verdicts", "chrono", 1),
    known(Rule::OnlyPlace, "view", "chrono", 4),
    known(Rule::Subject, "cli", "", 62),
    known(Rule::Subject, "formats", "", 14),
    known(Rule::Subject, "graph", "", 11),
    known(Rule::Subject, "keymap", "", 2),
    known(Rule::Subject, "model", "", 77),
    known(Rule::Subject, "passages", "", 1),
    known(Rule::Subject, "present", "", 154),
    known(Rule::Subject, "query", "", 44),
    known(Rule::Subject, "search", "", 2),
    known(Rule::Subject, "text", "", 13),
    known(Rule::Subject, "timeline", "", 2),
    known(Rule::Subject, "verdicts", "", 5),
    known(Rule::Page, "cli", "invariant", 2),
    known(Rule::Page, "present", "invariant", 1),
    known(Rule::Page, "search", "invariant", 1),
    known(Rule::Page, "view", "invariant", 10),
];
