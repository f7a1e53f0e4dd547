//! The values of `--format` and `--glyphs`.
//!
//! Invariant: each command offers exactly the formats that it can write.

use clap::ValueEnum;

use crate::view::glyphs::Glyphs;

/// Which signs the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GlyphTier {
    /// Lines, dots and blocks of Unicode
    Unicode,
    /// What the code page 437 of old consoles has
    Block,
    /// Seven bits
    Ascii,
}

impl GlyphTier {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::Block => "block",
            Self::Ascii => "ascii",
        }
    }
}

impl From<GlyphTier> for Glyphs {
    fn from(tier: GlyphTier) -> Self {
        match tier {
            GlyphTier::Unicode => Self::Unicode,
            GlyphTier::Block => Self::Block,
            GlyphTier::Ascii => Self::Ascii,
        }
    }
}

/// Forms of the table of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeysFormat {
    /// Aligned text, for reading
    Text,
    /// Tables for the README
    Markdown,
}

/// Forms of what a command finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned text, for reading
    Text,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
}

/// Forms of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimelineFormat {
    /// Aligned text, for reading
    Text,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// A picture for a report
    Svg,
}

/// Forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// One finding a line
    Text,
    /// One JSON document
    Json,
}

/// Forms of a whole dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON object an entity, one a line
    Jsonl,
    /// One JSON document
    Json,
    /// One row a claim
    Csv,
    /// A database in one file
    Sqlite,
}

/// Forms of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RenderFormat {
    /// Characters only
    Text,
    /// Characters with ANSI colours
    Ansi,
    /// A picture
    Svg,
}
