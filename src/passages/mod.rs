//! Splits a document into units, the smallest places that evidence can cite.
//!
//! A unit is a heading, an infobox row, a list item or a sentence. The rules look only at the shape of lines and
//! words, so that they apply to any document. A change to their results requires a new [`SPLITTER_VERSION`],
//! because pins depend on them.
//!
//! Invariant: every character other than white space lies in exactly one unit; units are trimmed, not empty and
//! in the order of the document; no two units of a document have the same section and spot. A unit stores no text.

mod abbreviation;
pub mod document;
mod lines;
mod sentence;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::model::Spot;
use crate::text::digest::Sha256Digest;
use crate::text::keyed::Digester;
use lines::{collapse, dateline, is_title, item, row_key, wiki_heading};
use sentence::sentences;

/// The version of the rules. Pins made with another version must be made again.
pub const SPLITTER_VERSION: u32 = 1;

/// The section before the first heading.
pub const LEAD: &str = "lead";

/// The section of the infobox rows at the top, and of a date line.
pub const INFOBOX: &str = "infobox";

/// The position of one unit in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The section's name: its heading, [`LEAD`] or [`INFOBOX`]; a repeated name
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

/// Returns the digest of a text in NFC with white space collapsed, so that neither re-encoding nor re-wrapping a
/// document changes it; `None` without the key that it takes.
pub fn digest(unit_text: &str, digester: &Digester) -> Option<Sha256Digest> {
    let composed: String = unit_text.nfc().collect();
    digester.digest(collapse(&composed).as_bytes())
}

/// Removes a byte order mark and replaces `\r\n` by `\n`.
///
/// Must be called only once for a document, because a second byte order mark would be removed too.
pub fn normalise(document: &str) -> Cow<'_, str> {
    let document = document.strip_prefix('\u{feff}').unwrap_or(document);
    if document.contains("\r\n") { Cow::Owned(document.replace("\r\n", "\n")) } else { Cow::Borrowed(document) }
}

/// Splits a [normalised](normalise) document into units.
///
/// Counters saturate at 65,535 paragraphs or items in one section and at 4 Gi characters.
pub fn split(document: &str) -> Vec<Unit> {
    let mut splitter = Splitter::new();
    let body = splitter.date(document);
    let lines: Vec<&str> = body.split('\n').collect();
    let wiki = lines.iter().any(|line| wiki_heading(line).is_some());
    let mut rest = lines.as_slice();
    while let [line, below @ ..] = rest {
        rest = below;
        if !line.trim().is_empty() {
            if wiki { splitter.wiki_line(line, below) } else { splitter.plain_line(line, below) }
        } else if splitter.top == Top::Rows {
            splitter.top = Top::Body;
        }
        splitter.line = splitter.line.saturating_add(1);
        splitter.advance(line);
        splitter.advance("\n");
    }
    splitter.units
}

/// The part of the top of an encyclopedia document that has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Top {
    /// Only a date line so far.
    Start,
    /// The title; a caption or rows may follow.
    Title,
    /// Infobox rows, or the caption before them.
    Rows,
    /// The whole infobox.
    Body,
}

struct Splitter {
    units: Vec<Unit>,
    section: String,
    paragraph: u16,
    item: u16,
    names: UsedNames,
    keys: UsedNames,
    top: Top,
    /// The number of the current line, from 1; `offset` is the number of code points before it.
    line: u32,
    offset: usize,
}

impl Splitter {
    fn new() -> Self {
        let mut names = UsedNames::default();
        names.unique(LEAD);
        names.unique(INFOBOX);
        Self {
            units: Vec::new(),
            section: LEAD.to_owned(),
            paragraph: 0,
            item: 0,
            names,
            keys: UsedNames::default(),
            top: Top::Start,
            line: 1,
            offset: 0,
        }
    }

    /// Adds a date line at the start as a unit, and returns the text after it.
    fn date<'a>(&mut self, document: &'a str) -> &'a str {
        let Some([before, date, rest]) = dateline(document) else {
            return document;
        };
        self.line = self.line.saturating_add(before.matches('\n').count() as u32);
        self.advance(before);
        let key = self.keys.unique("date");
        self.push_to(INFOBOX.to_owned(), Spot::Row(key), date);
        self.advance(date);
        rest
    }

    fn advance(&mut self, text: &str) {
        self.offset = self.offset.saturating_add(text.chars().count());
    }

    /// Reads a line of a document with wiki headings.
    fn wiki_line(&mut self, line: &str, below: &[&str]) {
        if let Some(heading) = wiki_heading(line) {
            if heading.level == 1 && self.top == Top::Start {
                self.top = Top::Title;
            } else {
                self.open_section(&heading.name);
            }
            self.push(Spot::Heading, line);
            return;
        }
        if self.top != Top::Body
            && let Some(key) = row_key(line)
        {
            self.top = Top::Rows;
            let key = self.keys.unique(&key);
            self.push_to(INFOBOX.to_owned(), Spot::Row(key), line);
            return;
        }
        let rows_follow = below.first().is_some_and(|next| row_key(next).is_some());
        if rows_follow && matches!(self.top, Top::Start | Top::Title) && is_title(line) {
            self.top = Top::Rows;
            self.push_to(INFOBOX.to_owned(), Spot::Heading, line);
            return;
        }
        self.prose(line);
    }

    /// Reads a line of a document without markup. A title needs text below it and is not the first line.
    fn plain_line(&mut self, line: &str, below: &[&str]) {
        let heads = self.top != Top::Start && below.iter().any(|line| !line.trim().is_empty());
        if heads && is_title(line) {
            self.open_section(&collapse(line));
            self.push(Spot::Heading, line);
        } else {
            self.prose(line);
        }
    }

    /// Reads a line as a list item or a paragraph.
    fn prose(&mut self, line: &str) {
        self.top = Top::Body;
        if item(line).is_some() {
            self.item = self.item.saturating_add(1);
            self.push(Spot::Item(self.item), line);
            return;
        }
        self.paragraph = self.paragraph.saturating_add(1);
        let chars: Vec<char> = line.chars().collect();
        for (number, range) in (1_usize..).zip(sentences(&chars)) {
            let sentence = u16::try_from(number).unwrap_or(u16::MAX);
            let spot = Spot::Sentence { paragraph: self.paragraph, sentence };
            self.push_columns(self.section.clone(), spot, range.start, range.len());
        }
    }

    fn open_section(&mut self, name: &str) {
        self.top = Top::Body;
        self.section = self.names.unique(name);
        self.paragraph = 0;
        self.item = 0;
    }

    /// Adds a line to the current section.
    fn push(&mut self, place: Spot<String>, line: &str) {
        self.push_to(self.section.clone(), place, line);
    }

    fn push_to(&mut self, section: String, place: Spot<String>, line: &str) {
        let white = line.chars().take_while(|c| c.is_whitespace()).count();
        self.push_columns(section, place, white, line.trim().chars().count());
    }

    /// Adds `len` code points from column `start` of the current line.
    fn push_columns(&mut self, section: String, place: Spot<String>, start: usize, len: usize) {
        let start = u32::try_from(self.offset.saturating_add(start)).unwrap_or(u32::MAX);
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        self.units.push(Unit { section, place, line: self.line, start, len });
    }
}

/// The names used so far; a repeated name gets a number.
#[derive(Debug, Default)]
struct UsedNames(HashMap<String, usize>);

impl UsedNames {
    /// Returns the name itself the first time, then `name #2` and so on.
    fn unique(&mut self, name: &str) -> String {
        let mut given = name.to_owned();
        while self.0.contains_key(&given) {
            let times = self.0.entry(name.to_owned()).or_insert(1);
            *times = times.saturating_add(1);
            given = format!("{name} #{times}");
        }
        self.0.insert(given.clone(), 1);
        given
    }
}
