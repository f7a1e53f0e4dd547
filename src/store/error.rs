//! Errors of the store, and the messages that a user reads.
//!
//! Invariant: every message names the path, what was found, what was expected and what to do, and holds no
//! character that could act on a terminal.

use std::fmt::Write as _;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::schema::{APPLICATION_ID, MAX_BYTES, Version};
use crate::text::clean;

/// The most problems that are listed; the rest is counted.
pub(super) const MAX_PROBLEMS: usize = 100;

/// The reason why a file could not be read or written.
#[derive(Debug, Error)]
#[error("{}: {cause}", clean(&path.to_string_lossy()))]
pub struct StoreError {
    /// The file: for a save, the target or a file beside it.
    pub path: PathBuf,
    /// The cause.
    pub cause: Cause,
}

/// The cause of a [`StoreError`].
#[derive(Debug, Error)]
pub enum Cause {
    /// The operating system refused an operation, which is named by a verb: "read".
    #[error("cannot {0} this file: {1}")]
    Io(&'static str, #[source] io::Error),
    /// `SQLite` refused an operation, which is named by a verb.
    #[error("cannot {} this file: {}", .0, clean(&.1.to_string()))]
    Sqlite(&'static str, #[source] rusqlite::Error),
    /// Something else is where a dossier in one file was to be read.
    #[error(
        "found {}, expected a dossier written by annals (application id 0x{:08x}); {}",
        .0, APPLICATION_ID, .0.remedy()
    )]
    NotADossier(Found),
    /// The target of a save is a file that must not be replaced.
    #[error(
        "found {0}, and only a dossier written by annals is ever replaced; nothing was changed; choose another name"
    )]
    Occupied(Found),
    /// A symbolic link is in the place of a file to be written.
    #[error("is a symbolic link; nothing was written; name the file that it points to, or remove the link")]
    Symlink,
    /// A folder, pipe, socket or device is in the place of a file to be written.
    #[error("found {0}, expected a file or a new name; nothing was written")]
    NotAFile(Found),
    /// The file is a journal or log of a database, beside the target of a save.
    #[error(
        "found beside the file to be written, so a program uses or used it; \
         nothing was changed; close that program, or open the database with it once more"
    )]
    InUse,
    /// Another program is writing the file.
    #[error("another program is writing this file; try again when it is done")]
    Busy,
    /// The dossier has this other version of the format.
    #[error("found version {} of the dossier format, expected {}; {}", .0, known_versions(), version_remedy(*.0))]
    Version(i32),
    /// The file has this number of bytes, more than 4 GiB.
    #[error("found {} bytes, expected at most {}; split the dossier", .0, MAX_BYTES)]
    TooLarge(u64),
    /// The progress callback cancelled the load.
    #[error("reading was stopped before the end; open the file again")]
    Stopped,
    /// The file is not sound as a database; at most a hundred lines tell why.
    #[error(
        "this database is damaged; restore it from a copy, or write it anew{}",
        listed(.0.iter().map(|finding| clean(finding)), 0)
    )]
    Damaged(Vec<String>),
    /// The file is sound as a database, but not as a dossier.
    #[error(
        "{} in this dossier; correct the rows, or write it anew{}",
        counted(.0.list.len().saturating_add(.0.more)), listed(&.0.list, .0.more)
    )]
    Invalid(Problems),
    /// The new file cannot be read back.
    #[error("nothing was changed, since the new file would not read back: {0}")]
    Unwritable(#[source] Box<StoreError>),
    /// The new file reads back as another dossier.
    #[error("what was written reads back as another dossier; please report it")]
    NotTheSame,
}

/// A thing at a path where something else was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Found {
    /// A directory.
    #[error("a directory")]
    Directory,
    /// A symbolic link, whatever it points to.
    #[error("a symbolic link")]
    Symlink,
    /// A pipe, socket or device.
    #[error("a pipe, socket or device")]
    Special,
    /// A file of 0 bytes.
    #[error("an empty file")]
    Empty,
    /// A file that is no `SQLite` database.
    #[error("a file that is no SQLite database")]
    NotSqlite,
    /// A `SQLite` database with this application id; 0 is none.
    #[error("a SQLite database of another program ({})", application_id(*.0))]
    Foreign(i32),
    /// A dossier converted to UTF-16.
    #[error("a SQLite database with texts in UTF-16")]
    Utf16,
    /// A journal that takes part in a transaction over several databases.
    #[error("a journal of a transaction over several databases")]
    SharedJournal,
}

impl Found {
    /// Returns what is there instead of a regular file; `None` for a regular file.
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

    /// Returns what to do to read a dossier from it.
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

fn application_id(id: i32) -> String {
    if id == 0 { "no application id".into() } else { format!("application id 0x{id:08x}") }
}

/// The problems of a whole file.
#[derive(Debug, Default)]
pub struct Problems {
    /// The first hundred.
    pub list: Vec<Problem>,
    /// The number of further ones.
    pub more: usize,
}

impl Problems {
    /// Adds a problem. Its message is only made if the list has room for it.
    pub(super) fn add(&mut self, problem: impl FnOnce() -> Problem) {
        if self.list.len() < MAX_PROBLEMS {
            self.list.push(problem());
        } else {
            self.more = self.more.saturating_add(1);
        }
    }
}

/// One problem of one row.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("table {table}{}: found {}, expected {}", self.position(), clean(found), clean(expected))]
pub struct Problem {
    /// The table.
    pub table: &'static str,
    /// The key of the row; `None` if the problem is one of the whole table.
    pub row: Option<String>,
    /// The column, or a pattern of columns; empty if the problem is one of the whole row.
    pub column: String,
    /// The value found there, in quotes if it is a text.
    pub found: String,
    /// The values that are expected.
    pub expected: String,
}

impl Problem {
    fn position(&self) -> String {
        let row = self.row.as_ref().map(|row| format!(", row {}", clean(row))).unwrap_or_default();
        if self.column.is_empty() { row } else { format!("{row}, column {}", clean(&self.column)) }
    }
}

impl Cause {
    /// Returns the error of a file.
    pub(super) fn of(self, path: &Path) -> StoreError {
        StoreError { path: path.into(), cause: self }
    }
}

impl StoreError {
    /// Returns a function that makes an [`Io`](Cause::Io) error of one of the system.
    pub(crate) fn io(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Cause::Io(doing, source).of(path)
    }

    /// Returns a function that makes an error of one of `SQLite`: damage, another program at work, or the rest.
    pub(super) fn sqlite(path: &Path, doing: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked, NotADatabase, OperationInterrupted};
        move |source| {
            let cause = match source.sqlite_error_code() {
                Some(DatabaseCorrupt | NotADatabase) => Cause::Damaged(vec![source.to_string()]),
                Some(OperationInterrupted) => {
                    Cause::Damaged(vec!["reading it takes more work than a file of its size can need".into()])
                }
                Some(DatabaseBusy | DatabaseLocked) => Cause::Busy,
                _ => Cause::Sqlite(doing, source),
            };
            cause.of(path)
        }
    }
}

fn known_versions() -> String {
    format!("{} or {}", Version::One.number(), Version::NEWEST.number())
}

fn version_remedy(found: i32) -> &'static str {
    if found > Version::NEWEST.number() {
        "a newer annals reads it"
    } else {
        "write it anew with: annals export --format sqlite FILE"
    }
}

fn counted(problems: usize) -> String {
    format!("{problems} {}", if problems == 1 { "problem" } else { "problems" })
}

/// Returns an indented line for each item, each with the line break before it, and one for those not listed.
fn listed<T: std::fmt::Display>(items: impl IntoIterator<Item = T>, more: usize) -> String {
    let mut lines = String::new();
    for item in items {
        // Writing to a text cannot fail.
        let _ = write!(lines, "\n  {item}");
    }
    if more > 0 {
        let _ = write!(lines, "\n  and {more} more");
    }
    lines
}
