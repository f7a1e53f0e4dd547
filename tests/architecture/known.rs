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
    known(Rule::OnlyPlace, "app", "chrono", 5),
    known(Rule::OnlyPlace, "cli", "chrono", 3),
    known(Rule::OnlyPlace, "offices", "chrono", 6),
    known(Rule::OnlyPlace, "present", "chrono", 6),
    known(Rule::OnlyPlace, "query", "chrono", 3),
    known(Rule::OnlyPlace, "timeline", "chrono", 7),
    known(Rule::OnlyPlace, "verdicts", "chrono", 1),
    known(Rule::OnlyPlace, "view", "chrono", 4),
    known(Rule::Subject, "cli", "", 60),
    known(Rule::Subject, "formats", "", 14),
    known(Rule::Subject, "graph", "", 11),
    known(Rule::Subject, "keymap", "", 1),
    known(Rule::Subject, "model", "", 73),
    known(Rule::Subject, "passages", "", 1),
    known(Rule::Subject, "present", "", 138),
    known(Rule::Subject, "query", "", 44),
    known(Rule::Subject, "text", "", 13),
    known(Rule::Subject, "timeline", "", 2),
    known(Rule::Subject, "verdicts", "", 5),
    known(Rule::Page, "cli", "invariant", 2),
    known(Rule::Page, "view", "invariant", 9),
];
