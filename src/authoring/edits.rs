//! Changes of single places in the text of a file.
//!
//! Invariant: bytes outside of the changed places stay as they are.

use std::fmt;
use std::ops::Range;

use crate::syntax::SourceFile;
use crate::text::clean;

/// A change of one place, as it is reported. Prints as `FILE:LINE: OLD → NEW`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file, as messages show it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// What stands there; empty where something is added.
    pub old: String,
    /// What takes its place.
    pub new: String,
}

impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let old = if self.old.is_empty() { "(nothing)" } else { &self.old };
        write!(out, "{}:{}: {} → {}", clean(&self.file), self.line, clean(old), clean(&self.new))
    }
}

/// A change of some bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// The bytes that go; an empty range where something is added.
    pub bytes: Range<usize>,
    /// The text that comes in their place.
    pub text: String,
    /// What is reported.
    pub change: Change,
}

impl Edit {
    /// Replaces what is written at some bytes.
    pub(super) fn replace(file: &SourceFile, bytes: Range<usize>, text: impl Into<String>) -> Self {
        let text = text.into();
        let old = file.text.get(bytes.clone()).unwrap_or_default().to_owned();
        let (line, _) = file.position(bytes.start);
        Self { change: Change { file: file.name.clone(), line, old, new: text.clone() }, bytes, text }
    }

    /// Adds a text behind a byte that belongs to a change which is reported elsewhere.
    pub(super) fn add_silently(file: &SourceFile, at: usize, text: String) -> Self {
        Self::add(file, at, text, "", 0)
    }

    /// Adds a text behind a byte; `shown` is what is reported, `below` how many lines further down it stands.
    pub(super) fn add(file: &SourceFile, at: usize, text: String, shown: &str, below: u32) -> Self {
        let line = file.position(at).0.saturating_add(below);
        let change = Change { file: file.name.clone(), line, old: String::new(), new: shown.to_owned() };
        Self { bytes: at..at, text, change }
    }
}

/// Returns a text with some places changed. Places that overlap an earlier one, or lie outside, are left as they are.
pub(super) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.bytes.start, edit.bytes.end));
    let mut changed = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let Some(before) = text.get(done..edit.bytes.start) else { continue };
        if text.get(edit.bytes.clone()).is_none() {
            continue;
        }
        changed.push_str(before);
        changed.push_str(&edit.text);
        done = edit.bytes.end;
    }
    changed.push_str(text.get(done..).unwrap_or_default());
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_changed_places_change() {
        let file = SourceFile::new("a.toml", "é = 1\r\nb = 2\r\n");
        let edits = [
            Edit::replace(&file, 8..9, "bee"),
            Edit::replace(&file, 0..2, "e"),
            Edit::add(&file, 6, "\r\nx = 3".into(), "x = 3", 1),
            Edit::replace(&file, 8..10, "overlaps"),
            Edit::replace(&file, 1..2, "within a character"),
            Edit::replace(&file, 90..99, "outside"),
        ];
        assert_eq!(apply(&file.text, &edits), "e = 1\r\nx = 3\r\nbee = 2\r\n");
        let told: Vec<String> = edits.iter().take(3).map(|edit| edit.change.to_string()).collect();
        assert_eq!(told, ["a.toml:2: b → bee", "a.toml:1: é → e", "a.toml:2: (nothing) → x = 3"]);
    }
}
