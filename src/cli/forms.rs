//! The values of `--format`.
//!
//! Invariant: each command offers exactly the formats that it can write.

use clap::ValueEnum;

/// Forms of the table of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeysFormat {
    Text,
    Markdown,
}

/// Forms of what a command finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Jsonl,
    Csv,
}

/// Forms of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimelineFormat {
    Text,
    Json,
    Jsonl,
    Csv,
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

/// Forms of a vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VocabularyFormat {
    Text,
    Json,
    Jsonl,
    Csv,
    Toml,
    Schema,
}

impl VocabularyFormat {
    /// The form of its rows; `None` for the declarations themselves and for the schema of files.
    pub const fn of_rows(self) -> Option<Format> {
        match self {
            Self::Text => Some(Format::Text),
            Self::Json => Some(Format::Json),
            Self::Jsonl => Some(Format::Jsonl),
            Self::Csv => Some(Format::Csv),
            Self::Toml | Self::Schema => None,
        }
    }
}

/// Forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Text,
    Json,
    Github,
}

/// Forms of a whole dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Jsonl,
    Json,
    Csv,
    Sqlite,
}

/// Forms of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RenderFormat {
    Text,
    Ansi,
    Svg,
}
