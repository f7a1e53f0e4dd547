//! The values of `--format`.
//!
//! Invariant: each command offers exactly the formats that it can write.

use clap::ValueEnum;

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

impl TimelineFormat {
    /// The form of its rows; `None` for the picture.
    pub const fn of_rows(self) -> Option<Format> {
        match self {
            Self::Text => Some(Format::Text),
            Self::Json => Some(Format::Json),
            Self::Jsonl => Some(Format::Jsonl),
            Self::Csv => Some(Format::Csv),
            Self::Svg => None,
        }
    }
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
