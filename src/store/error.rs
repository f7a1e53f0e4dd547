//! What can be wrong with a dossier file, in words.
//!
//! Invariant: every message names the path, what was found, what was expected and what
//! to do, and holds no character that could act on a terminal.

use std::fmt;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

use super::schema::{APPLICATION_ID, MAX_BYTES, VERSION};
use crate::text::clean;

/// The most problems that are listed; the rest is counted.
pub(super) const MAX_PROBLEMS: usize = 100;

/// Why a dossier could not be read or written.
#[derive(Debug)]
pub enum StoreError {
    /// The operating system refused.
    Io {
        /// The file.
        path: PathBuf,
        /// What was tried, as a verb: "read".
        doing: &'static str,
        /// Its reason.
        source: io::Error,
    },
    /// `SQLite` refused.
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What was tried, as a verb.
        doing: &'static str,
        /// Its reason.
        source: rusqlite::Error,
    },
    /// Not a dossier in one file.
    NotADossier {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        found: Found,
    },
    /// The target of a save is something that a save must not replace.
    Occupied {
        /// The file.
        path: PathBuf,
        /// What it is.
        found: Found,
    },
    /// A file would be saved through a symbolic link.
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// A file would be saved where something else is.
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What is there.
        found: Found,
    },
    /// The target of a save has a journal or the like beside it.
    InUse {
        /// The file beside the target.
        path: PathBuf,
    },
    /// Another program is writing the file.
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// A dossier of another version.
    Version {
        /// The file.
        path: PathBuf,
        /// Its version; another one is expected.
        found: i32,
    },
    /// Larger than a dossier may be.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        bytes: u64,
    },
    /// Whoever watched the reading ended it.
    Stopped {
        /// The file.
        path: PathBuf,
    },
    /// Not sound as a database.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the check found, at most a hundred.
        findings: Vec<String>,
    },
    /// Sound as a database, but not as a dossier.
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong, at most a hundred.
        problems: Vec<Problem>,
        /// How many more there are.
        more: usize,
    },
    /// What was written does not read back.
    Unwritable {
        /// The target.
        path: PathBuf,
        /// Why.
        reason: Box<StoreError>,
    },
    /// What was written reads back as something else.
    NotTheSame {
        /// The target.
        path: PathBuf,
    },
}

/// What stands where a dossier was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A directory.
    Directory,
    /// A symbolic link, to whatever.
    Symlink,
    /// A pipe, socket or device.
    Special,
    /// A file without a byte.
    Empty,
    /// A file that is no `SQLite` database.
    NotSqlite,
    /// A `SQLite` database with this application id.
    Foreign(i32),
    /// A dossier converted to UTF-16.
    Utf16,
    /// A journal that takes part in a transaction over several databases.
    SharedJournal,
}

impl fmt::Display for Found {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory => out.write_str("a directory"),
            Self::Symlink => out.write_str("a symbolic link"),
            Self::Special => out.write_str("a pipe, socket or device"),
            Self::Empty => out.write_str("an empty file"),
            Self::NotSqlite => out.write_str("a file that is no SQLite database"),
            Self::Foreign(0) => out.write_str("a SQLite database of another program (no application id)"),
            Self::Foreign(id) => write!(out, "a SQLite database of another program (application id 0x{id:08x})"),
            Self::Utf16 => out.write_str("a SQLite database with texts in UTF-16"),
            Self::SharedJournal => out.write_str("a journal of a transaction over several databases"),
        }
    }
}

impl Found {
    /// What is there instead of a regular file.
    pub(super) fn other_than_a_file(kind: FileType) -> Option<Self> {
        if kind.is_file() {
            return None;
        }
        Some(match (kind.is_dir(), kind.is_symlink()) {
            (true, _) => Self::Directory,
            (_, true) => Self::Symlink,
            (false, false) => Self::Special,
        })
    }

    /// What to do when a dossier was to be read from it.
    fn remedy(self) -> &'static str {
        match self {
            Self::Directory => "name a file in it",
            Self::Symlink => "name the file that it points to",
            Self::Special => "copy what it gives to a file first",
            Self::Empty | Self::NotSqlite | Self::Foreign(_) => "write one with: annals export --format sqlite FILE",
            Self::Utf16 => "write it anew, with texts in UTF-8",
            Self::SharedJournal => "open the database once with the program that wrote it",
        }
    }
}

/// One thing wrong in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The table.
    pub table: &'static str,
    /// The key of the row; none where the table as a whole is meant.
    pub row: Option<String>,
    /// The column, or the table's columns together.
    pub column: String,
    /// What was found there, quoted where it is a text.
    pub found: String,
    /// What would have been right.
    pub expected: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "table {}", self.table)?;
        if let Some(row) = &self.row {
            write!(out, ", row {}", clean(row))?;
        }
        if !self.column.is_empty() {
            write!(out, ", column {}", clean(&self.column))?;
        }
        write!(out, ": found {}, expected {}", clean(&self.found), clean(&self.expected))
    }
}

impl StoreError {
    pub(crate) fn io(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.into(), doing, source }
    }

    /// Sorts what `SQLite` reports into damage, other programs at work, and the rest.
    pub(super) fn sqlite(path: &Path, doing: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked, NotADatabase, OperationInterrupted};
        move |source| {
            let path = path.to_path_buf();
            match source.sqlite_error_code() {
                Some(DatabaseCorrupt | NotADatabase) => Self::Damaged { path, findings: vec![source.to_string()] },
                Some(OperationInterrupted) => {
                    let finding = "reading it takes more work than a file of its size can need";
                    Self::Damaged { path, findings: vec![finding.into()] }
                }
                Some(DatabaseBusy | DatabaseLocked) => Self::Busy { path },
                _ => Self::Sqlite { path, doing, source },
            }
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, doing, source } => write!(out, "{}: cannot {doing} this file: {source}", shown(path)),
            Self::Sqlite { path, doing, source } => {
                write!(out, "{}: cannot {doing} this file: {}", shown(path), clean(&source.to_string()))
            }
            Self::NotADossier { path, found } => {
                write!(out, "{}: found {found}, expected a dossier written by annals ", shown(path))?;
                write!(out, "(application id 0x{APPLICATION_ID:08x}); {}", found.remedy())
            }
            Self::Occupied { path, found } => {
                write!(out, "{}: found {found}, and only a dossier written by annals is ever replaced; ", shown(path))?;
                out.write_str("nothing was changed; choose another name")
            }
            Self::Symlink { path } => {
                write!(out, "{}: is a symbolic link; nothing was written; ", shown(path))?;
                out.write_str("name the file that it points to, or remove the link")
            }
            Self::NotAFile { path, found } => {
                write!(out, "{}: found {found}, expected a file or a new name; nothing was written", shown(path))
            }
            Self::InUse { path } => {
                write!(out, "{}: found beside the file to be written, so a program uses or used it; ", shown(path))?;
                out.write_str("nothing was changed; close that program, or open the database with it once more")
            }
            Self::Busy { path } => {
                write!(out, "{}: another program is writing this file; try again when it is done", shown(path))
            }
            Self::Version { path, found } => {
                write!(out, "{}: found version {found} of the dossier format, expected {VERSION}; ", shown(path))?;
                if *found > VERSION {
                    out.write_str("a newer annals reads it")
                } else {
                    out.write_str("write it anew with: annals export --format sqlite FILE")
                }
            }
            Self::TooLarge { path, bytes } => {
                let limit = MAX_BYTES;
                write!(out, "{}: found {bytes} bytes, expected at most {limit}; split the dossier", shown(path))
            }
            Self::Stopped { path } => {
                write!(out, "{}: reading was stopped before the end; open the file again", shown(path))
            }
            Self::Damaged { path, findings } => {
                write!(out, "{}: this database is damaged; restore it from a copy, or write it anew", shown(path))?;
                findings.iter().try_for_each(|finding| write!(out, "\n  {}", clean(finding)))
            }
            Self::Invalid { path, problems, more } => {
                let count = problems.len().saturating_add(*more);
                let noun = if count == 1 { "problem" } else { "problems" };
                write!(out, "{}: {count} {noun} in this dossier; correct the rows, or write it anew", shown(path))?;
                problems.iter().try_for_each(|problem| write!(out, "\n  {problem}"))?;
                if *more > 0 { write!(out, "\n  and {more} more") } else { Ok(()) }
            }
            Self::Unwritable { path, reason } => {
                write!(out, "{}: nothing was changed, since the new file would not read back: {reason}", shown(path))
            }
            Self::NotTheSame { path } => {
                write!(out, "{}: what was written reads back as another dossier; please report it", shown(path))
            }
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Sqlite { source, .. } => Some(source),
            Self::Unwritable { reason, .. } => Some(reason),
            Self::NotADossier { .. }
            | Self::Occupied { .. }
            | Self::Symlink { .. }
            | Self::NotAFile { .. }
            | Self::InUse { .. }
            | Self::Busy { .. }
            | Self::Version { .. }
            | Self::TooLarge { .. }
            | Self::Stopped { .. }
            | Self::Damaged { .. }
            | Self::Invalid { .. }
            | Self::NotTheSame { .. } => None,
        }
    }
}

/// A path as it may be shown.
fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy()).into_inner().into_owned()
}
