//! Splits a document into units: the smallest places that evidence can point at.
//!
//! A unit is a heading, an infobox row, a list item or a sentence. The rules look
//! at the shape of lines and words only, so that they serve any document. A change
//! to what they yield is a new [`SPLITTER_VERSION`], because pins rest on them.
//!
//! Invariant: every character that is not white space lies in exactly one unit;
//! units are trimmed, not empty, in the order of the document, and no two of one
//! document have the same section and spot.

pub mod document;
mod lines;
mod marks;
mod sentence;
mod shortened;
#[cfg(test)]
mod tests;
mod unit;

use crate::model::Spot;
use std::borrow::Cow;
use std::collections::HashMap;

use lines::{collapse, dateline, is_title, item, row_key, wiki_heading};
use sentence::sentences;
pub use unit::{Unit, digest, slice, texts};

/// The version of the rules; pins made under another one have to be made again.
pub const SPLITTER_VERSION: u32 = 1;

/// The section before the first heading.
pub const LEAD: &str = "lead";

/// The section of the rows at the top, and of a date line.
pub const INFOBOX: &str = "infobox";

/// The document as places count it: without a byte order mark, `\n` between lines.
/// To be called once on what was read, since a second mark would then go too.
pub fn normalise(document: &str) -> Cow<'_, str> {
    let document = document.strip_prefix('\u{feff}').unwrap_or(document);
    if document.contains("\r\n") { Cow::Owned(document.replace("\r\n", "\n")) } else { Cow::Borrowed(document) }
}

/// The units of a [normalised](normalise) document. Counters that outgrow their
/// type (65,535 paragraphs in one section, 4 Gi characters) stand still.
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
            splitter.top = Top::Over;
        }
        splitter.line = splitter.line.saturating_add(1);
        splitter.pass(line);
        splitter.pass("\n");
    }
    splitter.units
}

/// How far the top of an encyclopedia document has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Top {
    /// Nothing but a date line so far.
    Start,
    /// The title has been read: a caption or rows may follow.
    Title,
    /// Among the infobox rows, or just before the first.
    Rows,
    /// Below the infobox.
    Over,
}

impl Top {
    fn awaits_caption(self) -> bool {
        match self {
            Self::Start | Self::Title => true,
            Self::Rows | Self::Over => false,
        }
    }
}

/// What has been read so far, and where.
struct Splitter {
    units: Vec<Unit>,
    section: String,
    paragraph: u16,
    item: u16,
    names: Taken,
    keys: Taken,
    top: Top,
    /// The current line, from 1, and the code points before it.
    line: u32,
    offset: usize,
}

impl Splitter {
    fn new() -> Self {
        let mut names = Taken::default();
        names.claim(LEAD);
        names.claim(INFOBOX);
        Self {
            units: Vec::new(),
            section: LEAD.to_owned(),
            paragraph: 0,
            item: 0,
            names,
            keys: Taken::default(),
            top: Top::Start,
            line: 1,
            offset: 0,
        }
    }

    /// Takes a date line off the start, and gives what is left.
    fn date<'a>(&mut self, document: &'a str) -> &'a str {
        let Some([before, date, rest]) = dateline(document) else {
            return document;
        };
        self.line = self.line.saturating_add(before.matches('\n').count() as u32);
        self.pass(before);
        let key = self.keys.claim("date");
        self.push_to(INFOBOX.to_owned(), Spot::Row(key), date);
        self.pass(date);
        rest
    }

    /// Goes on behind a text.
    fn pass(&mut self, text: &str) {
        self.offset = self.offset.saturating_add(text.chars().count());
    }

    /// Reads a line of a document that has wiki headings.
    fn wiki_line(&mut self, line: &str, below: &[&str]) {
        if let Some(heading) = wiki_heading(line) {
            if heading.level == 1 && self.top == Top::Start {
                self.top = Top::Title;
            } else {
                self.open(&heading.name);
            }
            self.push(Spot::Heading, line);
            return;
        }
        if self.top != Top::Over
            && let Some(key) = row_key(line)
        {
            self.top = Top::Rows;
            let key = self.keys.claim(&key);
            self.push_to(INFOBOX.to_owned(), Spot::Row(key), line);
            return;
        }
        let rows_follow = below.first().is_some_and(|next| row_key(next).is_some());
        if rows_follow && self.top.awaits_caption() && is_title(line) {
            self.top = Top::Rows;
            self.push_to(INFOBOX.to_owned(), Spot::Heading, line);
            return;
        }
        self.prose(line);
    }

    /// Reads a line of a document without any markup: a title stands above
    /// something, and does not begin the document.
    fn plain_line(&mut self, line: &str, below: &[&str]) {
        let heads = self.top != Top::Start && below.iter().any(|line| !line.trim().is_empty());
        if heads && is_title(line) {
            self.open(&collapse(line));
            self.push(Spot::Heading, line);
        } else {
            self.prose(line);
        }
    }

    /// Reads a line as a list item or a paragraph.
    fn prose(&mut self, line: &str) {
        self.top = Top::Over;
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
            self.push_in(self.section.clone(), spot, range.start, range.len());
        }
    }

    /// Begins a section.
    fn open(&mut self, name: &str) {
        self.top = Top::Over;
        self.section = self.names.claim(name);
        self.paragraph = 0;
        self.item = 0;
    }

    /// Adds a whole line of the current section.
    fn push(&mut self, place: Spot<String>, line: &str) {
        self.push_to(self.section.clone(), place, line);
    }

    /// Adds a whole line of some section.
    fn push_to(&mut self, section: String, place: Spot<String>, line: &str) {
        let white = line.chars().take_while(|c| c.is_whitespace()).count();
        self.push_in(section, place, white, line.trim().chars().count());
    }

    /// Adds `len` code points from the column `start` of the current line.
    fn push_in(&mut self, section: String, place: Spot<String>, start: usize, len: usize) {
        let start = u32::try_from(self.offset.saturating_add(start)).unwrap_or(u32::MAX);
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        self.units.push(Unit { section, place, line: self.line, start, len });
    }
}

/// The names given so far; one that is taken gets a number.
#[derive(Debug, Default)]
struct Taken(HashMap<String, usize>);

impl Taken {
    /// The name itself the first time, then `name #2` and so on.
    fn claim(&mut self, name: &str) -> String {
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
