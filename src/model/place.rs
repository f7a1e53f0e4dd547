//! Places in documents, without the words there.
//!
//! Invariant: paragraphs, sentences and items count from 1, and a place prints as it is written in `at = "…"`.

use std::cmp::Ordering;
use std::fmt;

use super::id::{DocumentId, Sym};

/// A spot within a section of a document. `T` is the type of the name of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot<T> {
    /// The section's heading.
    Heading,
    /// A row of the infobox, by its name.
    Row(T),
    /// A whole paragraph.
    Paragraph(u16),
    /// A sentence.
    Sentence {
        /// The paragraph in its section.
        paragraph: u16,
        /// The sentence in its paragraph.
        sentence: u16,
    },
    /// An item of the section's list.
    Item(u16),
}

impl<T> Spot<T> {
    /// Converts the name of a row.
    pub fn map<U>(self, name: impl FnOnce(T) -> U) -> Spot<U> {
        match self {
            Self::Heading => Spot::Heading,
            Self::Row(row) => Spot::Row(name(row)),
            Self::Paragraph(paragraph) => Spot::Paragraph(paragraph),
            Self::Sentence { paragraph, sentence } => Spot::Sentence { paragraph, sentence },
            Self::Item(item) => Spot::Item(item),
        }
    }

    /// Returns true for an item of a list or a row of an infobox.
    pub fn is_listed(&self) -> bool {
        matches!(self, Self::Row(_) | Self::Item(_))
    }
}

impl Spot<String> {
    /// Borrows the name of a row.
    pub fn borrowed(&self) -> Spot<&str> {
        match self {
            Self::Heading => Spot::Heading,
            Self::Row(row) => Spot::Row(row),
            Self::Paragraph(paragraph) => Spot::Paragraph(*paragraph),
            Self::Sentence { paragraph, sentence } => Spot::Sentence { paragraph: *paragraph, sentence: *sentence },
            Self::Item(item) => Spot::Item(*item),
        }
    }
}

impl<'a> Spot<&'a str> {
    /// Reads the part of a place after the section: `p2 s3`, `p2`, `item 4`, `row President` or `heading`. `None` for
    /// other texts, and for numbers outside 1 to 65,535.
    pub fn parse(text: &'a str) -> Option<Self> {
        let number = |text: &str| text.parse::<u16>().ok().filter(|&number| number > 0);
        if text == "heading" {
            return Some(Self::Heading);
        }
        if let Some(row) = text.strip_prefix("row ") {
            return Some(Self::Row(row.trim())).filter(|_| !row.trim().is_empty());
        }
        if let Some(item) = text.strip_prefix("item ") {
            return number(item.trim()).map(Self::Item);
        }
        let mut parts = text.split_whitespace();
        let paragraph = parts.next()?.strip_prefix('p').and_then(number)?;
        match (parts.next(), parts.next()) {
            (None, _) => Some(Self::Paragraph(paragraph)),
            (Some(sentence), None) => {
                let sentence = sentence.strip_prefix('s').and_then(number)?;
                Some(Self::Sentence { paragraph, sentence })
            }
            (Some(_), Some(_)) => None,
        }
    }
}

impl<T: fmt::Display> fmt::Display for Spot<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Heading => out.write_str("heading"),
            Self::Row(row) => write!(out, "row {row}"),
            Self::Paragraph(paragraph) => write!(out, "p{paragraph}"),
            Self::Sentence { paragraph, sentence } => write!(out, "p{paragraph} s{sentence}"),
            Self::Item(item) => write!(out, "item {item}"),
        }
    }
}

/// The position of a place in its document, and a digest of the words there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pin {
    /// The line of the document, from 1.
    pub line: u32,
    /// The offset of the first code point, from 0, in the document without its byte order mark, with lines ending in LF.
    pub start: u32,
    /// The length in code points.
    pub length: u32,
    /// SHA-256 of the words in NFC, with white space collapsed.
    pub sha256: [u8; 32],
}

/// One place in one document. A dossier holds each place once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The document.
    pub document: DocumentId,
    /// The heading of the section; `lead` and `infobox` before the first heading.
    pub section: Sym,
    /// The spot in the section.
    pub spot: Spot<Sym>,
    /// The position of the spot; `None` until it is pinned.
    pub pin: Option<Pin>,
}

impl Place {
    /// Compares by document, then by position if both are pinned, then by section and spot.
    pub(crate) fn order<'a>(&self, other: &Self, text: impl Fn(Sym) -> &'a str) -> Ordering {
        let at = |place: &Self| place.pin.map_or((u32::MAX, 0), |pin| (pin.start, pin.length));
        self.document
            .cmp(&other.document)
            .then_with(|| at(self).cmp(&at(other)))
            .then_with(|| text(self.section).cmp(text(other.section)))
            .then_with(|| self.spot.map(&text).cmp(&other.spot.map(&text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_prints_as_it_is_written() {
        for text in ["heading", "row President", "row Other Name", "p2", "p2 s3", "item 41"] {
            assert_eq!(Spot::parse(text).map(|spot| spot.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_text_that_is_no_spot_is_refused() {
        for text in ["", "p", "p0", "p1 s0", "p1 s2 x", "s3", "item", "item four", "row ", "row", "page 3"] {
            assert_eq!(Spot::parse(text), None, "{text}");
        }
    }
}
