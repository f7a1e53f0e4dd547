//! Violations of the rules, and their comparison with the list of known ones.
//!
//! Invariant: a known violation that is no longer found is reported too, so the list only shrinks.

use std::fmt;

use crate::house::room_of;

/// The rules of the guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Every file is valid Rust and lies in a room of the table.
    Place,
    /// A room imports only from rooms below it.
    Downward,
    /// Files do not import each other in a circle.
    Circle,
    /// A crate, a macro or a method is named only in its places.
    OnlyPlace,
    /// The raw writer, which cleans nothing, is passed only to forms that need no cleaning.
    BareWriter,
    /// Files of certain folders do not import each other.
    Apart,
    /// Production code contains no word of the first dossier's subject.
    Subject,
    /// A file states its purpose, then an invariant.
    Page,
    /// No room holds more than a fifth of the lines.
    Share,
    /// The table of rooms in the documentation matches the table of the guard.
    Table,
}

/// One place that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The path below `src`.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The rule.
    pub rule: Rule,
    /// The name at fault, as in the list of known violations.
    pub what: String,
    /// The message of the failure.
    pub text: String,
}

/// Known violations of one kind, which remain to be fixed.
pub struct Known {
    /// The rule.
    pub rule: Rule,
    /// A file below `src`, or a room.
    pub place: &'static str,
    /// The name at fault; any name if empty.
    pub what: &'static str,
    /// The exact number of violations: fewer or more is an error.
    pub count: usize,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "src/{}:{}: {}", self.path, self.line, self.text)
    }
}

impl Known {
    fn covers(&self, violation: &Violation) -> bool {
        let is_there = violation.path == self.place || room_of(&violation.path) == Some(self.place);
        self.rule == violation.rule && is_there && (self.what.is_empty() || self.what == violation.what)
    }
}

/// Compares the violations found with the known ones. Returns one message per difference.
pub fn unexpected(found: &[Violation], known: &[&Known]) -> Vec<String> {
    let mut messages = Vec::new();
    for entry in known {
        let covered: Vec<_> =
            found.iter().filter(|violation| entry.covers(violation)).map(ToString::to_string).collect();
        let name = format!("{:?} in `{}` {}", entry.rule, entry.place, entry.what);
        match covered.len() {
            count if count == entry.count => {}
            0 => messages.push(format!("known.rs: {}: none is left: remove this line of KNOWN", name.trim_end())),
            count if count < entry.count => {
                messages.push(format!(
                    "known.rs: {}: {count} are left of {}: lower the figure",
                    name.trim_end(),
                    entry.count
                ));
            }
            count => messages.push(format!(
                "{}: {count}, and {} are known. One of these is new:\n  {}",
                name.trim_end(),
                entry.count,
                covered.join("\n  ")
            )),
        }
    }
    let fresh = found.iter().filter(|violation| !known.iter().any(|entry| entry.covers(violation)));
    messages.extend(fresh.map(ToString::to_string));
    messages
}
