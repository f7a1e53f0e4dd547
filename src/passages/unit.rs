//! A unit of a document: its place, its text, and the digest of the text.
//!
//! Invariant: a unit stores no text, only its position in code points of the normalised document.

use std::fmt;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::lines::collapse;
use crate::model::Spot;

/// The position of one unit in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The section's name: its heading, [`LEAD`](super::LEAD) or [`INFOBOX`](super::INFOBOX); a repeated name
    /// gets ` #2`, ` #3` and so on.
    pub section: String,
    /// The spot within the section.
    pub place: Spot<String>,
    /// The line number, from 1.
    pub line: u32,
    /// The first code point in the normalised document, from 0.
    pub start: u32,
    /// The length in code points, at least 1.
    pub len: u32,
}

impl Unit {
    /// Returns the code point after the unit.
    pub fn end(&self) -> u32 {
        self.start.saturating_add(self.len)
    }
}

impl fmt::Display for Unit {
    /// Formats the place as `History / p1 s2`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} / {}", self.section, self.place)
    }
}

/// Returns `len` code points of the document from `start`, or `None` beyond its end.
pub fn slice(document: &str, start: u32, len: u32) -> Option<&str> {
    let (_, rest) = split_points(document, start)?;
    let (words, _) = split_points(rest, len)?;
    Some(words)
}

/// Returns the text of each unit, in one pass over the document that [`split`](super::split) read.
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

/// Returns the SHA-256 of a text in NFC with white space collapsed, so that neither re-encoding nor re-wrapping a
/// document changes it.
pub fn digest(unit_text: &str) -> [u8; 32] {
    let composed: String = unit_text.nfc().collect();
    Sha256::digest(collapse(&composed)).into()
}

/// Splits a text after `count` code points; `None` beyond its end.
fn split_points(text: &str, count: u32) -> Option<(&str, &str)> {
    let mut rest = text.chars();
    if let Some(others) = count.checked_sub(1) {
        rest.nth(others as usize)?;
    }
    text.split_at_checked(text.len().saturating_sub(rest.as_str().len()))
}
