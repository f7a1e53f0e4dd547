//! Opens the dossier that the user names, or the embedded one.
//!
//! Invariant: a world is only shown if its dossier has no error. A folder of format 1 may have errors of content, which
//! that format let pass.

use std::fs::Metadata;
use std::io;
#[cfg(test)]
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::defects::Shown;
use super::output::with_prefix;
use crate::formats::author::{self, Written};
use crate::soundness;
use crate::store::{self, StoreError, Watch};
use crate::syntax::{Code, Defect, SourceFile};
use crate::timeline::World;
use crate::tui::loading::Index;

/// A file of `SQLite` with more bytes takes longer to read than a frame or two.
const LONG_BYTES: u64 = 1 << 24;

/// Authored files with more bytes together take longer to read than a frame or two.
const LONG_AUTHORED: u64 = 1 << 20;

/// The greatest number of files of a folder whose sizes are looked at before it is read.
const MAX_SIZES: usize = 256;

#[derive(Debug)]
pub enum LoadError {
    Io {
        path: PathBuf,
        source: io::Error,
    },
    /// The authored files have defects, at least one of them an error.
    Defects(Vec<Defect>),
    /// The database is not a valid dossier.
    Store {
        path: PathBuf,
        error: Box<StoreError>,
    },
}

impl LoadError {
    /// Returns the message: every defect on its own line, then their consequences.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Io { path, source } => {
                let expected = "expected a folder of TOML files or a SQLite file written by annals";
                with_prefix([format!("{}: {source}; {expected}", path.to_string_lossy())])
            }
            Self::Defects(defects) => {
                let mut defects: Vec<Defect> = defects.iter().filter(|defect| defect.is_error()).cloned().collect();
                let count = defects.len();
                let noun = if count == 1 { "defect" } else { "defects" };
                let end = format!("annals: {count} {noun}; nothing was loaded");
                let omitted = soundness::limit(&mut defects);
                Shown { defects, omitted }.lines().into_iter().chain([end]).collect()
            }
            Self::Store { error, .. } => with_prefix(error.to_string().lines().map(str::to_owned)),
        }
    }

    /// Returns the defects for a report, one for each finding.
    pub fn defects(&self) -> Vec<Defect> {
        let of_file = |code: Code, path: &Path, found: String| Defect {
            remedy: None,
            ..Defect::of_file(code, &path.to_string_lossy(), found, "")
        };
        match self {
            Self::Io { path, source } => vec![of_file(Code::Unreadable, path, source.to_string())],
            Self::Defects(defects) => defects.clone(),
            Self::Store { path, error } => {
                let message = error.to_string();
                let start = format!("{}: ", path.to_string_lossy());
                // The message starts with the path and lists further findings below it, indented.
                message
                    .lines()
                    .map(|line| of_file(Code::Unreadable, path, line.trim_start().trim_start_matches(&start).into()))
                    .collect()
            }
        }
    }
}

/// Loads a dossier without progress.
#[cfg(test)]
pub fn load(path: Option<&Path>) -> Result<World, LoadError> {
    load_watched(path, &mut |_| ControlFlow::Continue(()), &World::new)
}

/// Loads a dossier: a folder of TOML files, a `SQLite` file, or the embedded one. `watch` is called with the progress
/// and may cancel; `index` builds the world.
pub fn load_watched(path: Option<&Path>, watch: Watch<'_>, index: Index<'_>) -> Result<World, LoadError> {
    match source(path)? {
        Source::Files(files, unread) => {
            let (dossier, defects) = author::load_after(unread, &files);
            sound(&defects)?;
            let world = index(dossier);
            // A test holds the embedded dossier to it.
            if let Some(path) = path {
                has_sound_content(&world, &files, path)?;
            }
            Ok(world)
        }
        Source::Store(path) => {
            let dossier = store::open_watched(path, watch)
                .map_err(|error| LoadError::Store { path: path.into(), error: error.into() })?;
            Ok(index(dossier))
        }
    }
}

/// Returns true if reading certainly takes long.
pub fn takes_long(path: &Path) -> bool {
    let size = |about: io::Result<Metadata>| about.map_or(0, |about| about.len());
    match path.read_dir() {
        Ok(entries) => {
            let sizes = entries.flatten().take(MAX_SIZES).map(|entry| size(entry.metadata()));
            sizes.fold(0, u64::saturating_add) > LONG_AUTHORED
        }
        Err(_) => size(path.metadata()) > LONG_BYTES,
    }
}

/// A dossier that is to be checked.
#[derive(Debug)]
pub struct Checked {
    pub world: World,
    /// The places of its rows; `None` if it was not authored.
    pub written: Option<Written>,
    /// What was found while it was read; no errors.
    pub defects: Vec<Defect>,
    /// The file or folder, for findings that have no place of their own.
    pub file: String,
}

/// Loads a dossier with the places of its rows.
pub fn load_to_check(path: Option<&Path>, watch: Watch<'_>) -> Result<Checked, LoadError> {
    let file = path.map_or_else(|| "seeds".to_owned(), |path| path.to_string_lossy().into_owned());
    let Source::Files(files, unread) = source(path)? else {
        let world = load_watched(path, watch, &World::new)?;
        return Ok(Checked { world, written: None, defects: Vec::new(), file });
    };
    let (dossier, written, defects) = author::load_written(unread, &files);
    sound(&defects)?;
    Ok(Checked { world: World::new(dossier), written: Some(written), defects, file })
}

/// Where a dossier is.
enum Source<'a> {
    /// In authored files; with the defects of those that could not be opened.
    Files(Vec<SourceFile>, Vec<Defect>),
    /// In a file of `SQLite`.
    Store(&'a Path),
}

fn source(path: Option<&Path>) -> Result<Source<'_>, LoadError> {
    let Some(path) = path else { return Ok(Source::Files(author::embedded(), Vec::new())) };
    let failed = |source| LoadError::Io { path: path.into(), source };
    if !std::fs::metadata(path).map_err(failed)?.is_dir() {
        return Ok(Source::Store(path));
    }
    let (files, defects) = author::read_folder(path).map_err(failed)?;
    if files.is_empty() && !defects.iter().any(Defect::is_error) {
        let remedy = "expected files such as entities.toml in it";
        let defect = Defect::of_file(Code::Unreadable, &path.to_string_lossy(), "no TOML file in this folder", remedy);
        return Err(LoadError::Defects(defects.into_iter().chain([defect]).collect()));
    }
    Ok(Source::Files(files, defects))
}

/// Returns the errors of content that a folder does not allow, with their places, if there are any.
fn has_sound_content(world: &World, files: &[SourceFile], path: &Path) -> Result<(), LoadError> {
    if soundness::rules::errors(world).is_empty() {
        return Ok(());
    }
    // Read once more: the places of rows are only kept where they are asked for.
    let (errors, format) = soundness::content_errors(files, &path.to_string_lossy());
    if format < author::FORMAT { Ok(()) } else { sound(&errors) }
}

/// Returns true if the format of the files let errors of content pass, so that such a folder still opens.
pub fn opens_with_errors(written: &Written) -> bool {
    written.format() < author::FORMAT
}

/// Returns the defects as an error if there is an error among them.
fn sound(defects: &[Defect]) -> Result<(), LoadError> {
    if defects.iter().any(Defect::is_error) { Err(LoadError::Defects(defects.to_vec())) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_dossier_is_valid() {
        let error = load(None).err().map(|error| error.lines()).unwrap_or_default();
        assert_eq!(error, Vec::<String>::new());
    }

    #[test]
    fn an_empty_folder_is_named_with_what_is_expected_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let lines = load(Some(folder.path())).unwrap_err().lines();
        assert!(lines[0].contains("no TOML file in this folder; expected"), "{lines:?}");
    }

    #[test]
    fn the_files_of_a_folder_are_long_together() {
        let folder = tempfile::tempdir().unwrap();
        let is_long_with = |name: &str| {
            std::fs::write(folder.path().join(name), " ".repeat(600 << 10)).unwrap();
            takes_long(folder.path())
        };
        assert!(!is_long_with("a.toml"));
        assert!(is_long_with("b.toml"));
        assert!(!takes_long(&folder.path().join("a.toml")));
        assert!(!takes_long(Path::new("no/such/folder")));
    }

    #[test]
    fn a_path_that_does_not_exist_is_named() {
        let lines = load(Some(Path::new("no/such/folder"))).unwrap_err().lines();
        assert!(lines[0].starts_with("annals: no/such/folder: "), "{lines:?}");
    }
}
