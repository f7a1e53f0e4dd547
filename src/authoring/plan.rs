//! Changes of files, planned before any is written.
//!
//! Invariant: after an error the folder is as it was, and a file that changed meanwhile is never overwritten.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::edits::Change;
use crate::formats::author::{self, MAX_BYTES};
use crate::store::{StoreError, replace};
use crate::syntax::{Defect, SourceFile};

/// The reason why a folder is not changed. Nothing was written.
#[derive(Debug, Error)]
pub enum Refusal {
    /// The folder cannot be listed.
    #[error("{}: {source}; expected a folder of TOML files", path.to_string_lossy())]
    Io {
        /// The folder.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The folder is no sound dossier, or has a newer format; never empty.
    #[error("{}", listed(.0))]
    Defects(Vec<Defect>),
    /// No file has a table `[dossier]`, in which the format is stated.
    #[error("{}: no [dossier]; expected key and title in it, to which the format is added", .0.to_string_lossy())]
    NoHead(PathBuf),
    /// The changed files would be no sound dossier; never empty.
    #[error("with these changes this dossier would have defects; nothing was written\n{}", listed(.0))]
    Unsound(Vec<Defect>),
    /// The errors of content for which the new format would not load the files; never empty.
    #[error("format 2 does not load these errors; nothing was written; mend them or allow them first\n{}", listed(.0))]
    Content(Vec<Defect>),
    /// The changed files would say something else; the first line of the export that differs, before and after.
    #[error("with these changes this dossier would not say the same; nothing was written\nbefore: {0}\nafter: {1}")]
    Differs(String, String),
    /// A claim would still have no id; its subject and property.
    #[error("no id can be written for {0}; nothing was written; expected it as NAME = {{ value = … }}")]
    NoId(String),
    /// A file changed since it was read.
    #[error("{0}: changed meanwhile; nothing was written; run the command again")]
    Changed(String),
    /// The files cannot be written; those that were written already have been restored.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn listed(defects: &[Defect]) -> String {
    defects.iter().map(Defect::to_string).collect::<Vec<_>>().join("\n")
}

/// What is to be changed.
#[derive(Debug, Default)]
pub struct Plan {
    pub(super) changes: Vec<Change>,
    /// The files before, with the text that each gets; without a file before for one that is new.
    pub(super) files: Vec<(Option<SourceFile>, SourceFile)>,
}

impl Plan {
    /// Returns what changes, by file and line.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Returns the names of the files that change or are new.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(_, file)| file.name.as_str())
    }

    /// Writes all files: each beside its target first, and then all are renamed.
    ///
    /// # Errors
    ///
    /// [`Refusal::Changed`] if a file is not as it was planned for, [`Refusal::Defects`] if it cannot be read any more,
    /// [`Refusal::Store`] if one cannot be written. The folder is then as it was.
    pub fn write(&self) -> Result<(), Refusal> {
        let mut files = Vec::new();
        for (before, after) in &self.files {
            let path = PathBuf::from(&after.name);
            let old = match before {
                Some(before) => Some(unchanged(&path, before)?),
                None => None,
            };
            let mark = if old.as_deref().is_some_and(|old| old.starts_with(MARK)) { MARK } else { "" };
            files.push(replace::Change {
                path,
                old: old.map(String::into_bytes),
                new: format!("{mark}{}", after.text).into_bytes(),
            });
        }
        Ok(replace::save_all(&files)?)
    }
}

/// The byte order mark, which is not part of the text that is read.
const MARK: &str = "\u{feff}";

/// Returns the text of a file with its byte order mark, if it is what was read before.
fn unchanged(path: &Path, before: &SourceFile) -> Result<String, Refusal> {
    let text = author::read_text(path, MAX_BYTES, "expected a readable TOML file")
        .map_err(|defect| Refusal::Defects(vec![defect]))?;
    if text.strip_prefix(MARK).unwrap_or(&text) == before.text {
        Ok(text)
    } else {
        Err(Refusal::Changed(before.name.clone()))
    }
}
