//! A unit: where it stands in its document, its words there, and their digest.
//!
//! Invariant: a unit holds no words; they are borrowed from the document, counted
//! in code points.

use std::fmt;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::lines::collapse;
use crate::model::Spot;

/// One unit of a document: where it stands, not what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The section's name: its heading, [`LEAD`](super::LEAD) or [`INFOBOX`](super::INFOBOX); a name that is
    /// taken gets ` #2`, ` #3` and so on.
    pub section: String,
    /// The place within the section.
    pub place: Spot<String>,
    /// The line of the document, from 1.
    pub line: u32,
    /// Where the unit starts, in code points of the normalised document, from 0.
    pub start: u32,
    /// How many code points it has, at least 1.
    pub len: u32,
}

impl Unit {
    /// Where the unit ends, in code points of the normalised document.
    pub fn end(&self) -> u32 {
        self.start.saturating_add(self.len)
    }
}

impl fmt::Display for Unit {
    /// The place as a person writes it: `History / p1 s2`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} / {}", self.section, self.place)
    }
}

/// The words of a stretch of the document, by code points; `None` if it reaches
/// beyond the end.
pub fn slice(document: &str, start: u32, len: u32) -> Option<&str> {
    let (_, rest) = split_points(document, start)?;
    let (words, _) = split_points(rest, len)?;
    Some(words)
}

/// The words of each unit of [`split`](super::split), in one pass over the same document.
pub fn texts<'a>(document: &'a str, units: &[Unit]) -> Vec<&'a str> {
    let (mut rest, mut at) = (document, 0);
    let mut found = Vec::with_capacity(units.len());
    for unit in units {
        rest = split_points(rest, unit.start.saturating_sub(at)).map(|(_, rest)| rest).unwrap_or_default();
        at = unit.start;
        found.push(slice(rest, 0, unit.len).unwrap_or(rest));
    }
    found
}

/// SHA-256 of a unit's words after NFC and with white space collapsed, so that
/// neither re-encoding nor re-wrapping a document changes it.
pub fn digest(unit_text: &str) -> [u8; 32] {
    let composed: String = unit_text.nfc().collect();
    Sha256::digest(collapse(&composed)).into()
}

/// The first `count` code points of a text, and the rest.
fn split_points(text: &str, count: u32) -> Option<(&str, &str)> {
    let mut rest = text.chars();
    if let Some(others) = count.checked_sub(1) {
        rest.nth(others as usize)?;
    }
    text.split_at_checked(text.len().saturating_sub(rest.as_str().len()))
}
