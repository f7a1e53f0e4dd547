//! Opens the dossier that a user names, or the embedded one.
//!
//! Invariant: a world is only made of a dossier without a single defect.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::output::with_prefix;
use crate::formats::author::{self, SourceFile};
use crate::formats::defect::Defect;
use crate::model::Dossier;
use crate::store::{self, StoreError};
use crate::timeline::World;
use crate::tui::loading::{Index, Watch};

/// A file of more bytes is not read in the time of a frame or two.
const LONG_BYTES: u64 = 1 << 24;

/// Why there is no dossier.
#[derive(Debug)]
pub enum LoadError {
    /// The path cannot be read.
    Io {
        /// As the user named it.
        path: PathBuf,
        /// The reason of the operating system.
        source: io::Error,
    },
    /// The authored files have defects; never empty.
    Defects(Vec<Defect>),
    /// The file is no sound dossier.
    Store {
        /// As the user named it.
        path: PathBuf,
        /// What is wrong with it.
        error: Box<StoreError>,
    },
}

impl LoadError {
    /// The message: every defect on a line of its own, then what follows from them.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Io { path, source } => {
                let expected = "expected a folder of TOML files or a SQLite file written by annals";
                with_prefix([format!("{}: {source}; {expected}", path.to_string_lossy())])
            }
            Self::Defects(defects) => {
                let count = defects.len();
                let noun = if count == 1 { "defect" } else { "defects" };
                let end = format!("annals: {count} {noun}; nothing was loaded");
                defects.iter().map(Defect::to_string).chain([end]).collect()
            }
            Self::Store { error, .. } => with_prefix(error.to_string().lines().map(str::to_owned)),
        }
    }

    /// What is wrong, one finding each, for a report.
    pub fn defects(&self) -> Vec<Defect> {
        let of_file = |path: &Path, found: String| Defect {
            file: path.to_string_lossy().into_owned(),
            line: 0,
            column: 0,
            found,
            remedy: None,
        };
        match self {
            Self::Io { path, source } => vec![of_file(path, source.to_string())],
            Self::Defects(defects) => defects.clone(),
            Self::Store { path, error } => {
                let message = error.to_string();
                let start = format!("{}: ", path.to_string_lossy());
                // The message begins with the path, and lists what it lists below, indented.
                message.lines().map(|line| of_file(path, line.trim_start().trim_start_matches(&start).into())).collect()
            }
        }
    }
}

/// Loads and indexes a dossier: a folder of TOML files, a `SQLite` file, or the embedded one.
///
/// # Errors
///
/// A path that cannot be read, and everything that is wrong with what is there.
pub fn load(path: Option<&Path>) -> Result<World, LoadError> {
    load_watched(path, &mut |_| ControlFlow::Continue(()), &World::new)
}

/// The same; `watch` hears how far it has got, and may call it off, and `index` makes the world.
///
/// # Errors
///
/// As [`load`].
pub fn load_watched(path: Option<&Path>, watch: Watch<'_>, index: Index<'_>) -> Result<World, LoadError> {
    read(path, watch).map(index)
}

/// Whether reading may take more than a moment: what is embedded or authored by hand is small.
pub fn may_be_large(path: Option<&Path>) -> bool {
    path.is_some_and(|path| !path.is_dir())
}

/// Whether reading surely takes longer than a moment.
pub fn takes_long(path: &Path) -> bool {
    path.metadata().is_ok_and(|about| about.len() > LONG_BYTES)
}

fn read(path: Option<&Path>, watch: Watch<'_>) -> Result<Dossier, LoadError> {
    let Some(path) = path else { return authored(&author::embedded(), Vec::new()) };
    let failed = |source| LoadError::Io { path: path.into(), source };
    if !std::fs::metadata(path).map_err(failed)?.is_dir() {
        return store::open_watched(path, watch)
            .map_err(|error| LoadError::Store { path: path.into(), error: error.into() });
    }
    let (files, defects) = author::read_folder(path).map_err(failed)?;
    if files.is_empty() && defects.is_empty() {
        let remedy = "expected files such as entities.toml in it";
        let defect = Defect::of_file(&path.to_string_lossy(), "no TOML file in this folder", remedy);
        return Err(LoadError::Defects(vec![defect]));
    }
    authored(&files, defects)
}

/// Reads authored files; `unread` are the files that could not even be opened.
fn authored(files: &[SourceFile], unread: Vec<Defect>) -> Result<Dossier, LoadError> {
    let (dossier, defects) = author::load_after(unread, files);
    if defects.is_empty() { Ok(dossier) } else { Err(LoadError::Defects(defects)) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_dossier_is_sound() {
        let error = load(None).err().map(|error| error.lines()).unwrap_or_default();
        assert_eq!(error, Vec::<String>::new());
    }

    #[test]
    fn an_empty_folder_is_named_with_what_belongs_there() {
        let folder = tempfile::tempdir().unwrap();
        let lines = load(Some(folder.path())).unwrap_err().lines();
        assert!(lines[0].contains("no TOML file in this folder; expected"), "{lines:?}");
    }

    #[test]
    fn a_path_that_leads_nowhere_is_named() {
        let lines = load(Some(Path::new("no/such/folder"))).unwrap_err().lines();
        assert!(lines[0].starts_with("annals: no/such/folder: "), "{lines:?}");
    }
}
